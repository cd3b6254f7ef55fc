//! A teacher's day: arrows to former days and back, lessons that aren't held, substitutions, lessons to come.

use chrono::NaiveDate;
use insta::assert_snapshot;
use zhurnal::school as records;
use zhurnal::timetable::{self, Standing};

use super::{open, press_all};
use crate::support::school::School;
use crate::support::story;

story!(
    t1_days_have_arrows_back_and_forth,
    t1_a_cancelled_lesson_is_struck_through,
    t1_a_moved_lesson_is_struck_through_and_stands_where_it_went,
    p9_the_substitute_keeps_the_lesson_and_the_absent_teacher_does_not,
    t1_a_filled_lesson_is_ticked,
    t1_holidays_say_until_when,
    a_lesson_to_come_takes_its_topic_and_no_marks,
    p3_each_lesson_knows_whether_the_day_begins_with_it,
);

async fn t1_days_have_arrows_back_and_forth(school: &School) {
    let teacher = school.staff("Смирнова").await;
    teacher.press("Мои уроки сегодня").await;
    assert_snapshot!(teacher.screen(), @"
    Мои уроки · вт 24.11
    Заполнено 0 из 6. Ждут: 1-й, 3Б — всё; 2-й, 7А — всё; 3-й, 7А — всё.
    [• 1 · 8:30 · 3Б математика]
    [• 2 · 9:25 · 7А геометрия]
    [• 3 · 10:40 · 7А алгебра]
    [4 · 11:40 · 7Б алгебра]
    [5 · 12:35 · 10А математика]
    [6 · 13:30 · 7Б география, замена]
    [‹ пн 23] [ср 25 ›]
    [Меню]
    ");
    teacher.press("‹ пн\u{a0}23").await;
    assert_snapshot!(teacher.screen(), @"
    Мои уроки · пн 23.11
    Заполнено 0 из 5. Ждут: 1-й, 3Б — всё; 3-й, 7А — всё; 4-й, 7Б — всё; 5-й, 7Б — всё; 6-й, 10А — всё.
    [• 1 · 8:30 · 3Б математика]
    [• 3 · 10:40 · 7А геометрия]
    [• 4 · 11:40 · 7Б геометрия]
    [• 5 · 12:35 · 7Б алгебра]
    [• 6 · 13:30 · 10А математика]
    [‹ сб 21] [Сегодня] [вт 24 ›]
    [Меню]
    ");
    // Sunday is left out.
    press_all(&teacher, &["‹ сб\u{a0}21", "пн\u{a0}23 ›"]).await;
    teacher.press("Сегодня").await;
    assert!(teacher.screen().contains("Мои уроки · вт"), "{}", teacher.screen());
}

async fn t1_a_cancelled_lesson_is_struck_through(school: &School) {
    let teacher = school.staff("Дорофеева").await;
    teacher.press("Мои уроки сегодня").await;
    for day in [
        "‹ пн\u{a0}23",
        "‹ сб\u{a0}21",
        "‹ пт\u{a0}20",
        "‹ чт\u{a0}19",
        "‹ ср\u{a0}18",
        "‹ вт\u{a0}17",
        "‹ пн\u{a0}16",
    ] {
        teacher.press(day).await;
    }
    assert!(
        teacher.last().html.contains("<s>6 · 7А музыка</s> — отменён"),
        "{}",
        teacher.last().html
    );
    assert!(
        !teacher.labels().iter().any(|label| label.contains("7А музыка")),
        "nothing to press"
    );
}

async fn t1_a_moved_lesson_is_struck_through_and_stands_where_it_went(school: &School) {
    let teacher = school.staff("Осипов").await;
    teacher.press("Мои уроки сегодня").await;
    press_all(&teacher, &["ср\u{a0}25 ›", "чт\u{a0}26 ›"]).await;
    assert_snapshot!(teacher.last().html, @"
    <b>Мои уроки · чт 26.11</b>
    Заполнено 0 из 1.
    <s>4 · 10А информатика</s> — перенесён
    ");
    teacher.press("пт\u{a0}27 ›").await;
    assert_snapshot!(teacher.screen(), @"
    Мои уроки · пт 27.11
    Заполнено 0 из 1.
    [7 · 14:25 · 10А информатика]
    [‹ чт 26] [Сегодня] [сб 28 ›]
    [Меню]
    ");
    teacher.press("7 · 14:25 · 10А информатика").await;
    teacher.says("Алгоритмы и исполнители").await;
    assert!(
        teacher.screen().contains("✓ Тема: Алгоритмы и исполнители"),
        "{}",
        teacher.screen()
    );
}

async fn p9_the_substitute_keeps_the_lesson_and_the_absent_teacher_does_not(school: &School) {
    let absent = school.staff("Фролов").await;
    let substitute = school.staff("Смирнова").await;
    absent.press("Мои уроки сегодня").await;
    assert!(!absent.screen().contains("7Б география"), "{}", absent.screen());
    open(&substitute, "6 · 13:30 · 7Б география, замена").await;
    substitute.says("Реки России").await;
    substitute.press("Посещаемость и отметки").await;
    let pupil = substitute.labels()[0].clone();
    let (_, press) = substitute.data(&pupil);
    // The absent teacher's phone makes the same press: it is refused in words, and nothing is written.
    let message = absent.last().message_id;
    absent.press_data(message, &press).await;
    assert_eq!(absent.toast(), "Урок сегодня ведёт другой учитель, записывает тоже он.");
    substitute.press(&pupil).await;
    assert_eq!(substitute.toast(), format!("{pupil} — н"));
    substitute.press("‹ Урок").await;
    assert_snapshot!(substitute.screen(), @"
    География · 7Б · вт 24.11, 6-й урок, 13:30–14:15
    ✓ Тема: Реки России
    • ДЗ к пн 30.11
    ✓ Посещаемость: нет 1
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите ДЗ следующим сообщением.
    [ДЗ не задано]
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    ");
}

async fn t1_a_filled_lesson_is_ticked(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Степень с натуральным показателем").await;
    press_all(
        &teacher,
        &["ДЗ не задано", "Все на месте", "Посещаемость и отметки", "5"],
    )
    .await;
    press_all(
        &teacher,
        &["Абрамов Д.", "Белова К.", "Ким М.", "Ли А.", "Готово", "Мои уроки"],
    )
    .await;
    assert_snapshot!(teacher.screen(), @"
    Мои уроки · вт 24.11
    Заполнено 1 из 6. Ждут: 1-й, 3Б — всё; 2-й, 7А — всё.
    [• 1 · 8:30 · 3Б математика]
    [• 2 · 9:25 · 7А геометрия]
    [✓ 3 · 10:40 · 7А алгебра]
    [4 · 11:40 · 7Б алгебра]
    [5 · 12:35 · 10А математика]
    [6 · 13:30 · 7Б география, замена]
    [‹ пн 23] [ср 25 ›]
    [Меню]
    ");
}

async fn t1_holidays_say_until_when(school: &School) {
    let teacher = school.staff("Смирнова").await;
    school.minutes_pass(40 * 24 * 60);
    teacher.says("/today").await;
    assert_snapshot!(teacher.screen(), @"
    Мои уроки · вс 03.01
    Уроков нет: каникулы до вс 10.01.
    [‹ сб 2] [пн 4 ›]
    [Меню]
    ");
}

async fn a_lesson_to_come_takes_its_topic_and_no_marks(school: &School) {
    let teacher = school.staff("Смирнова").await;
    teacher.press("Мои уроки сегодня").await;
    teacher.press("ср\u{a0}25 ›").await;
    teacher.press("1 · 8:30 · 7А алгебра").await;
    teacher.press("Все на месте").await;
    assert_eq!(
        teacher.toast(),
        "Урок ещё не начался: отметки и посещаемость — в его день. Тему и ДЗ можно записать."
    );
    teacher.says("Степень и её свойства").await;
    teacher.says("§ 14, № 3").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · ср 25.11, 1-й урок, 8:30–9:15
    ✓ Тема: Степень и её свойства
    ✓ ДЗ к чт 26.11: § 14, № 3
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [ДЗ для других]
    [Вид работы] [Все на месте]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.press("Посещаемость и отметки").await;
    teacher.press("Ким М.").await;
    assert!(
        teacher.toast().starts_with("Урок ещё не начался"),
        "{}",
        teacher.toast()
    );
}

async fn p3_each_lesson_knows_whether_the_day_begins_with_it(school: &School) {
    // One first lesson more is cancelled, and one of Thursday is moved to its place.
    school
        .change(
            "INSERT INTO slot_changes (load_id, date, number, kind) SELECT load_id, '2026-11-25', number, 'cancelled'
             FROM slots WHERE weekday = 3 AND number = 1 AND load_id IN (SELECT MIN(load_id) FROM slots WHERE weekday = 3 AND number = 1)",
        )
        .await;
    school
        .change(
            "INSERT INTO slot_changes (load_id, date, number, kind, to_date, to_number)
             SELECT load_id, '2026-11-26', number, 'moved', '2026-11-25', 1
             FROM slots WHERE weekday = 4 AND number = 3 AND load_id IN (SELECT MAX(load_id) FROM slots WHERE weekday = 4 AND number = 3)",
        )
        .await;
    let mut view = school.db.snapshot().await.unwrap();
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let (mut first, mut later) = (0, 0);
    for day in monday.iter_days().take(7) {
        for (class, _) in records::store::classes_on(&mut view, day).await.unwrap() {
            let planned = timetable::store::class_day(&mut view, class, day).await.unwrap();
            let held: Vec<_> = planned.into_iter().filter(|it| it.standing == Standing::Held).collect();
            let begins = held.iter().map(|it| it.key.number).min();
            for lesson in &held {
                let is_first = timetable::store::begins_the_day(&mut view, lesson).await.unwrap();
                assert_eq!(is_first, Some(lesson.key.number) == begins, "{:?}", lesson.key);
                if is_first { first += 1 } else { later += 1 }
            }
        }
    }
    assert!(first > 20 && later > 80, "{first} first lessons, {later} later ones");
}
