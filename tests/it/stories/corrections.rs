//! A finished lesson is corrected with a reason, and never without trace.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t13_a_correction_asks_why_and_keeps_what_was,
    t13_attendance_and_a_forgotten_mark_are_put_right,
    t13_an_old_grid_opens_the_pupil_instead_of_writing,
    t13b_after_fourteen_days_it_needs_permission,
);

async fn finished(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "Ким М.", "4", "Волкова А.", "Зайцев Н."],
    )
    .await;
    press_all(&teacher, &["5", "Белова К.", "Орлов Г.", "Готово"]).await;
    teacher
}

async fn t13_a_correction_asks_why_and_keeps_what_was(school: &School) {
    let teacher = finished(school).await;
    school.minutes_pass(90);
    teacher.press("Исправить").await;
    assert!(
        teacher
            .screen()
            .contains("Урок записан. Нажмите на фамилию, чтобы исправить."),
        "{}",
        teacher.screen()
    );
    teacher.press("4 Волкова А.").await;
    assert_snapshot!(teacher.screen(), @"
    Волкова Анна · алгебра · вт 24.11, 3-й урок
    4 — записано вт 24.11, 10:40.
    [4 → 5] [4 → 3]
    [4 → 2] [Снять 4]
    [+5] [+4] [+3] [+2]
    [н] [б] [п] [о]
    [Комментарий] [История]
    [‹ Класс]
    ");
    teacher.press("4 → 5").await;
    assert_snapshot!(teacher.screen(), @"
    Волкова А.: 4 → 5. Семья получит исправление, прежняя отметка останется в истории. Почему?
    [Не та кнопка] [Пересдача]
    [Работа пересмотрена]
    [Без причины]
    [‹ Не исправлять]
    ");
    teacher.press("‹ Не исправлять").await;
    assert!(
        teacher.screen().contains("4 — записано"),
        "nothing is written before the reason\n{}",
        teacher.screen()
    );
    press_all(&teacher, &["4 → 5", "Пересдача"]).await;
    assert_eq!(teacher.toast(), "Исправлено: Волкова А., 4 → 5");
    school.minutes_pass(10);
    press_all(&teacher, &["5 → 3", "Без причины", "История"]).await;
    assert_snapshot!(teacher.screen(), @"
    История · Волкова Анна · алгебра · вт 24.11, 3-й урок
    вт 24.11, 10:40: пусто → 4. Смирнова Е. В.
    вт 24.11, 12:10: 4 → 5. Смирнова Е. В., пересдача
    вт 24.11, 12:20: 5 → 3. Смирнова Е. В.
    [‹ Назад]
    ");
}

async fn t13_attendance_and_a_forgotten_mark_are_put_right(school: &School) {
    let teacher = finished(school).await;
    press_all(&teacher, &["Исправить", "н Ким М."]).await;
    assert_snapshot!(teacher.screen(), @"
    Ким Михаил · алгебра · вт 24.11, 3-й урок
    н — записано вт 24.11, 10:40.
    [5] [4] [3] [2]
    [б] [п] [о] [был]
    [Комментарий] [История]
    [‹ Класс]
    ");
    teacher.press("был").await;
    assert_eq!(teacher.toast(), "Ким М. — на уроке");
    teacher.press("5").await;
    assert_eq!(teacher.toast(), "Ким М. — 5");
    press_all(&teacher, &["‹ Класс", "Попов Д.", "б"]).await;
    assert_eq!(teacher.toast(), "Попов Д. — б");
    press_all(&teacher, &["‹ Класс", "5 Белова К.", "Снять 5"]).await;
    assert_snapshot!(teacher.screen(), @"
    Белова К.: снять 5. Семья получит исправление, прежняя отметка останется в истории. Почему?
    [Не та кнопка] [Пересдача]
    [Работа пересмотрена]
    [Без причины]
    [‹ Не исправлять]
    ");
    teacher.press("Не та кнопка").await;
    assert_eq!(teacher.toast(), "Снято: Белова К., 5");
    press_all(&teacher, &["История", "‹ Назад", "‹ Класс", "‹ Урок"]).await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Линейное уравнение
    ✓ ДЗ к ср 25.11: § 13
    ✓ Посещаемость: нет 1
    ✓ Отметки: 4 · вид работы: ответ
    [Исправить отметки и пропуски]
    [Тема] [ДЗ]
    [ДЗ для других]
    [Вид работы]
    [‹ Уроки] [Меню]
    ");
}

async fn t13_an_old_grid_opens_the_pupil_instead_of_writing(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    let (message, data) = teacher.data("Белова К.");
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    teacher.press_data(message, &data).await;
    assert_snapshot!(teacher.screen(), @"
    Белова Ксения · алгебра · вт 24.11, 3-й урок
    На уроке, без отметки.
    [5] [4] [3] [2]
    [н] [б] [п] [о]
    [Комментарий] [История]
    [‹ Класс]
    ");
}

async fn t13b_after_fourteen_days_it_needs_permission(school: &School) {
    let teacher = finished(school).await;
    let refusal = "С урока прошло 15 дней: исправить можно с разрешения руководителя ступени. Не записано.";
    school.minutes_pass(14 * 24 * 60);
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 3", "Без причины"]).await;
    assert_eq!(teacher.toast(), "Исправлено: Волкова А., 4 → 3");
    school.minutes_pass(24 * 60);
    press_all(&teacher, &["3 → 5", "Без причины"]).await;
    assert_eq!(teacher.toast(), refusal);
    press_all(&teacher, &["‹ Не исправлять", "‹ Класс", "‹ Урок", "Тема"]).await;
    assert_eq!(teacher.toast(), refusal);
    teacher.says("Другая тема").await;
    assert!(
        teacher.screen().starts_with("Куда это? «Другая тема»"),
        "{}",
        teacher.screen()
    );
    teacher.press("Тема · 7А, 3-й урок").await;
    assert_eq!(teacher.toast(), refusal);
    teacher.press("Никуда").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        teacher.screen()
    );
}
