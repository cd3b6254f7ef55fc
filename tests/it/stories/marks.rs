//! The family's marks: by subject, each with its lesson, its former values and its comment.

use insta::assert_snapshot;

use super::{algebra, open, press_all};
use crate::support::phone::draw;
use crate::support::school::School;
use crate::support::story;

story!(
    p7_marks_by_subject_and_each_opens_its_lesson,
    p7_a_corrected_mark_keeps_what_it_was,
    t13_a_comment_stands_beside_the_mark,
    p1_a_comment_comes_with_the_mark_and_changes_without_a_sound,
    p7_a_subject_without_marks_is_opened_too,
);

#[expect(clippy::too_many_lines, reason = "one story, from the empty page to a lesson")]
async fn p7_marks_by_subject_and_each_opens_its_lesson(school: &School) {
    let parent = school.parent("Белова").await;
    parent.says("/marks").await;
    assert_snapshot!(parent.screen(), @"
    Отметки · Ксения, 7А · II четверть
    Отметок здесь ещё нет. Первая появится сама.
    [Алгебра] [Английский язык]
    [Биология] [География]
    [Геометрия] [Информатика]
    [История] [Литература]
    [Музыка] [Обществознание]
    [Русский язык] [Физика]
    [Физическая культура]
    [‹ I четверть] [Год]
    [Графики] [Меню]
    ");
    let teacher = algebra(school).await;
    press_all(&teacher, &["Исправить", "5 Белова К.", "+4", "+3"]).await;
    open(&teacher, "7А геометрия").await;
    press_all(
        &teacher,
        &[
            "Посещаемость и отметки",
            "Белова К.",
            "4",
            "н Белова К.",
            "Поставить н/4: сдано позже",
        ],
    )
    .await;
    // Corrections reach the family at once, each in its message: the pages come below them.
    school.quiet().await;
    parent.says("/marks").await;
    assert_snapshot!(parent.screen(), @"
    Отметки · Ксения, 7А · II четверть
    Алгебра: 5 4к 3к · средний 3,80
    Геометрия: н/4 · отметок пока мало
    Отметок ещё нет: Английский язык, Биология, География, Информатика, История, Литература, Музыка, Обществознание, Русский язык, Физика, Физическая культура.
    [Алгебра] [Английский язык]
    [Биология] [География]
    [Геометрия] [Информатика]
    [История] [Литература]
    [Музыка] [Обществознание]
    [Русский язык] [Физика]
    [Физическая культура]
    [‹ I четверть] [Год]
    [Графики] [Меню]
    ");
    parent.press("Алгебра").await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Ксения, 7А · II четверть
    5 4к 3к — средний 3,80, без весов 4,00.
    к — контрольная, вес 2
    вт 24.11, 3-й урок — 3к
    вт 24.11, 3-й урок — 4к
    вт 24.11, 3-й урок — 5
    [24.11 · 3к] [24.11 · 4к]
    [24.11 · 5]
    [‹ I четверть] [Год]
    [График] [Уроки]
    [‹ Отметки] [Меню]
    ");
    parent.press("24.11 · 4к").await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Ксения, 7А · вт 24.11, 3-й урок
    5 (ответ), 4 (контрольная, вес 2), 3 (контрольная, вес 2)
    Тема: Контрольная работа. Линейное уравнение
    ДЗ к ср 25.11: § 13, № 8, 10
    10:40–11:25, каб. 14 · Смирнова Е. В.
    [‹ Алгебра] [Меню]
    ");
    press_all(&parent, &["‹ Алгебра", "Год", "‹ Отметки"]).await;
    assert_snapshot!(parent.screen(), @"
    Отметки · Ксения, 7А · 2026/27
    Алгебра: 3 отметки · средний 3,80
    Геометрия: 1 отметка · отметок пока мало
    Отметок ещё нет: Английский язык, Биология, География, Информатика, История, Литература, Музыка, Обществознание, Русский язык, Физика, Физическая культура.
    [Алгебра] [Английский язык]
    [Биология] [География]
    [Геометрия] [Информатика]
    [История] [Литература]
    [Музыка] [Обществознание]
    [Русский язык] [Физика]
    [Физическая культура]
    [Сейчас]
    [Графики] [Меню]
    ");
    press_all(&parent, &["Сейчас", "‹ I четверть"]).await;
    assert_snapshot!(parent.screen(), @"
    Отметки · Ксения, 7А · I четверть
    Отметок здесь ещё нет. Первая появится сама.
    [Алгебра] [Английский язык]
    [Биология] [География]
    [Геометрия] [Информатика]
    [История] [Литература]
    [Музыка] [Обществознание]
    [Русский язык] [Физика]
    [Физическая культура]
    [II четверть ›] [Год]
    [Графики] [Меню]
    ");
}

async fn p7_a_corrected_mark_keeps_what_it_was(school: &School) {
    let teacher = algebra(school).await;
    let parent = school.parent("Белова").await;
    school.minutes_pass(60);
    press_all(&teacher, &["Исправить", "5 Белова К.", "5 → 3", "Не та кнопка"]).await;
    school.quiet().await;
    parent.says("/marks").await;
    press_all(&parent, &["Алгебра", "24.11 · 3"]).await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Ксения, 7А · вт 24.11, 3-й урок
    3 (ответ)
    Было: 5 (ответ), исправлено на 3 (ответ) вт 24.11: не та кнопка
    Тема: Контрольная работа. Линейное уравнение
    ДЗ к ср 25.11: § 13, № 8, 10
    10:40–11:25, каб. 14 · Смирнова Е. В.
    [‹ Алгебра] [Меню]
    ");
    school.minutes_pass(24 * 60);
    press_all(&teacher, &["Снять 3", "Без причины"]).await;
    school.quiet().await;
    parent.says("/diary").await;
    press_all(&parent, &["‹ вт\u{a0}24", "3"]).await;
    assert_snapshot!(parent.screen(), @"
    Алгебра · Ксения, 7А · вт 24.11, 3-й урок
    без отметки
    Было: 5 (ответ), исправлено на 3 (ответ) вт 24.11: не та кнопка
    Было: 3 (ответ), снято ср 25.11
    Тема: Контрольная работа. Линейное уравнение
    ДЗ к ср 25.11: § 13, № 8, 10
    10:40–11:25, каб. 14 · Смирнова Е. В.
    [‹ День] [Меню]
    ");
}

async fn t13_a_comment_stands_beside_the_mark(school: &School) {
    let teacher = algebra(school).await;
    let parent = school.parent("Белова").await;
    press_all(&teacher, &["Исправить", "5 Белова К.", "Комментарий"]).await;
    assert_snapshot!(teacher.screen(), @"
    Белова Ксения · алгебра · вт 24.11, 3-й урок
    Напишите комментарий к отметке следующим сообщением, до 300 знаков. Его увидит семья.
    [‹ Не писать]
    ");
    teacher.says(&"а".repeat(301)).await;
    assert!(
        teacher.screen().starts_with("Комментарий — до 300 знаков, у вас 301."),
        "{}",
        teacher.screen()
    );
    open(&teacher, "7А алгебра").await;
    press_all(
        &teacher,
        &["Исправить отметки и пропуски", "5 Белова К.", "Комментарий"],
    )
    .await;
    teacher.says("Задача <2> решена красиво").await;
    assert_snapshot!(teacher.screen(), @"
    Записано: комментарий, Белова К.
    Белова Ксения · алгебра · вт 24.11, 3-й урок
    5 — записано вт 24.11, 10:40.
    Комментарий: Задача <2> решена красиво
    [5 → 4] [5 → 3]
    [5 → 2] [Снять 5]
    [+5] [+4] [+3] [+2]
    [н] [б] [п] [о]
    [Комментарий] [История]
    [‹ Класс]
    ");
    school.quiet().await;
    parent.says("/marks").await;
    press_all(&parent, &["Алгебра", "24.11 · 5"]).await;
    assert!(
        parent.screen().contains("Комментарий: Задача <2> решена красиво"),
        "{}",
        parent.screen()
    );
    // Somebody else's child has none of it.
    let other = school.parent("Волкова").await;
    press_all(&other, &["Меню", "Анна, 7А", "Дневник", "3"]).await;
    assert!(!other.screen().contains("Комментарий"), "{}", other.screen());
    press_all(&teacher, &["Комментарий", "Снять комментарий", "История"]).await;
    assert_snapshot!(teacher.screen(), @"
    История · Белова Ксения · алгебра · вт 24.11, 3-й урок
    вт 24.11, 10:40: пусто → 5. Смирнова Е. В.
    вт 24.11, 10:40: пусто → комментарий: Задача <2> решена красиво. Смирнова Е. В.
    вт 24.11, 10:40: комментарий: Задача <2> решена красиво → пусто. Смирнова Е. В.
    [‹ Назад]
    ");
    parent.says("/diary").await;
    parent.press("3").await;
    assert!(!parent.screen().contains("Комментарий"), "{}", parent.screen());
}

async fn p1_a_comment_comes_with_the_mark_and_changes_without_a_sound(school: &School) {
    let parent = school.parent("Белова").await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "Ещё", "Комментарий"]).await;
    assert_snapshot!(teacher.screen(), @"
    Отметок и пропусков здесь ещё нет: комментарий стоит рядом с ними.
    [‹ Класс]
    ");
    press_all(&teacher, &["‹ Класс", "5", "Белова К.", "Ещё", "Комментарий"]).await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок · к чьей отметке комментарий?
    [5 Белова К.]
    [‹ Класс]
    ");
    teacher.press("5 Белова К.").await;
    teacher.says("Решено красиво").await;
    // Before «Готово» a press in the grid corrects, and nothing else does.
    assert_snapshot!(teacher.screen(), @"
    Записано: комментарий, Белова К.
    Белова Ксения · алгебра · вт 24.11, 3-й урок
    5 — записано вт 24.11, 10:40.
    Комментарий: Решено красиво
    [Комментарий] [История]
    [‹ Класс]
    ");
    press_all(&teacher, &["‹ Класс", "Готово", "Закончить так"]).await;
    school.quiet().await;
    let told = parent.last();
    assert_snapshot!(draw(&told), @"
    Ксения, алгебра: 5
    вт 24.11, 3-й урок. 5 — ответ.
    Комментарий: Решено красиво
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    press_all(&teacher, &["Исправить", "5 Белова К.", "Комментарий"]).await;
    teacher.says("Решено красиво и коротко").await;
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(parent.last().message_id, told.message_id, "no new message");
    assert_snapshot!(draw(&parent.last()), @"
    Ксения, алгебра: 5
    вт 24.11, 3-й урок. 5 — ответ.
    Комментарий: Решено красиво и коротко
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    press_all(&teacher, &["Комментарий", "Снять комментарий"]).await;
    school.minutes_pass(10);
    school.quiet().await;
    assert!(!parent.chat().contains("Решено красиво"), "{}", parent.chat());
}

async fn p7_a_subject_without_marks_is_opened_too(school: &School) {
    let parent = school.parent("Белова").await;
    parent.says("/marks").await;
    parent.press("Физическая культура").await;
    assert_snapshot!(parent.screen(), @"
    Физическая культура · Ксения, 7А · II четверть
    Отметок здесь ещё нет. Первая появится сама.
    [‹ I четверть] [Год]
    [График] [Уроки]
    [‹ Отметки] [Меню]
    ");
}
