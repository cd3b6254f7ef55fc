//! What a family reads and when: news settles first, comes once, and is corrected where it stands.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p1_nothing_leaves_before_the_bell_and_then_five_minutes_after_the_last_press,
    p1_presses_past_the_bell_hold_news_back_for_fifteen_minutes_at_most,
    p1_a_mark_given_and_taken_back_is_silence,
    p1_one_message_a_lesson_and_child,
    p1_two_parents_get_one_each,
    p1_twins_get_two_messages,
    p1_done_twice_tells_once,
    p1_the_teacher_is_not_told_of_what_the_teacher_did,
    p3_an_absence_from_the_first_lesson_leaves_in_five_minutes_and_takes_no_marks_along,
    p3_an_alarm_taken_back_in_time_is_silence,
);

/// Opens the register of one of today's lessons.
async fn register(school: &School, lesson: &str) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, lesson).await;
    teacher.press("Посещаемость и отметки").await;
    teacher
}

/// Minutes pass, and all that is due leaves.
async fn later(school: &School, minutes: i64) {
    school.minutes_pass(minutes);
    school.quiet().await;
}

async fn p1_nothing_leaves_before_the_bell_and_then_five_minutes_after_the_last_press(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = register(school, "7А алгебра").await;
    press_all(&teacher, &["5", "Волкова А."]).await;
    later(school, 43).await;
    press_all(&teacher, &["4", "5 Волкова А.", "Ещё одна: 5 и 4"]).await;
    // 11:25, the bell: the last press is two minutes old.
    later(school, 2).await;
    later(school, 2).await;
    assert_eq!(parent.count("алгебра"), 0);
    later(school, 1).await;
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: 5 и 4
    вт 24.11, 3-й урок. 5 — ответ, 4 — ответ.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p1_presses_past_the_bell_hold_news_back_for_fifteen_minutes_at_most(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = register(school, "7А алгебра").await;
    later(school, 46).await;
    // From 11:26 on somebody gets a mark every four minutes.
    press_all(&teacher, &["5", "Волкова А."]).await;
    for pupil in ["Белова К.", "Орлов Г.", "Ли А."] {
        later(school, 4).await;
        teacher.press(pupil).await;
        assert_eq!(parent.count("алгебра"), 0, "{pupil}");
    }
    later(school, 2).await;
    teacher.press("Ким М.").await;
    later(school, 1).await;
    assert_eq!(parent.count("алгебра"), 1);
}

async fn p1_a_mark_given_and_taken_back_is_silence(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = register(school, "7А алгебра").await;
    press_all(&teacher, &["2", "Волкова А."]).await;
    later(school, 10).await;
    teacher.press("2 Волкова А.").await;
    later(school, 60).await;
    assert_eq!(parent.count("алгебра"), 0);
    // The same after «Готово»: what was told and what is so agree, nobody hears of it.
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 0);
}

async fn p1_one_message_a_lesson_and_child(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = register(school, "7А алгебра").await;
    press_all(
        &teacher,
        &[
            "о",
            "Волкова А.",
            "5",
            "о Волкова А.",
            "Вид",
            "Тест ×1,5",
            "Ещё",
            "+4",
            "о/5 Волкова А.",
        ],
    )
    .await;
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 1);
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: 5 и 4, опоздание
    вт 24.11, 3-й урок. 5 — ответ, 4 — тест.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    // The lesson of the other child is another message.
    open(&teacher, "3Б математика").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "Волков П.", "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
    assert_snapshot!(draw(&parent.last()), @"
    Пётр, математика: нет на уроке (н)
    вт 24.11, 1-й урок.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p1_two_parents_get_one_each(school: &School) {
    let (mother, father) = (
        school.parent("Иванова Мария").await,
        school.parent("Иванов Сергей").await,
    );
    let teacher = register(school, "7А алгебра").await;
    press_all(&teacher, &["5", "Иванов А.", "Готово", "Закончить так"]).await;
    assert!(
        teacher.screen().contains("Узнают сейчас или в сводке: 1 семья."),
        "{}",
        teacher.screen()
    );
    school.quiet().await;
    for parent in [mother, father] {
        assert_eq!(parent.count("Алексей, алгебра: 5"), 1);
    }
}

async fn p1_twins_get_two_messages(school: &School) {
    let parent = school.parent("Кравцова").await;
    let teacher = register(school, "3Б математика").await;
    press_all(
        &teacher,
        &["5", "Кравцов П.", "4", "Кравцова П.", "Готово", "Закончить так"],
    )
    .await;
    assert_snapshot!(teacher.screen(), @"
    Записано, 10:40: 3Б, математика, 1-й урок
    Отметки — 2.
    Узнают сейчас или в сводке: 2 семьи.
    [Дальше: 2 · 9:25 · 7А геометрия]
    [Исправить] [Мои уроки]
    ");
    school.quiet().await;
    assert_eq!(parent.count("Платон, математика: 5"), 1);
    assert_eq!(parent.count("Полина, математика: 4"), 1);
}

async fn p1_done_twice_tells_once(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = register(school, "7А алгебра").await;
    press_all(&teacher, &["5", "Волкова А.", "Готово"]).await;
    let (message, done) = teacher.data("Закончить так");
    teacher.press("Закончить так").await;
    teacher.press_data(message, &done).await;
    assert!(teacher.screen().starts_with("Записано, 10:40"), "{}", teacher.screen());
    school.minutes_pass(3);
    teacher.press_data(message, &done).await;
    assert!(
        teacher.screen().starts_with("Записано, 10:40"),
        "the first end stays\n{}",
        teacher.screen()
    );
    later(school, 60).await;
    assert_eq!(parent.count("алгебра"), 1);
}

async fn p1_the_teacher_is_not_told_of_what_the_teacher_did(school: &School) {
    let father = school.parent("Смирнов").await;
    let teacher = register(school, "3Б математика").await;
    press_all(&teacher, &["5", "Смирнов М.", "Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(father.count("Матвей, математика: 5"), 1);
    assert_eq!(teacher.count("Матвей, математика"), 0);
    // A lesson of somebody else comes to her as to any parent.
    let other = school.staff("Мельникова").await;
    open(&other, "3Б русский язык").await;
    press_all(
        &other,
        &["Посещаемость и отметки", "4", "Смирнов М.", "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
    assert_eq!(teacher.count("Матвей, русский язык: 4"), 1);
}

/// Wednesday, 8:35: the first lesson of 7А.
async fn first_lesson(school: &School) -> Phone {
    school.minutes_pass(21 * 60 + 55);
    register(school, "7А алгебра").await
}

async fn p3_an_absence_from_the_first_lesson_leaves_in_five_minutes_and_takes_no_marks_along(school: &School) {
    let (alarmed, other) = (school.parent("Ким Ирина").await, school.parent("Волкова").await);
    let teacher = first_lesson(school).await;
    press_all(&teacher, &["Ким М.", "5", "Волкова А."]).await;
    later(school, 4).await;
    assert_eq!(alarmed.count("алгебра"), 0);
    later(school, 1).await;
    assert_snapshot!(draw(&alarmed.last()), @"
    Михаил, алгебра: нет на уроке (н)
    ср 25.11, 1-й урок.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    assert_eq!(other.count("алгебра"), 0, "a mark waits for the bell");
    // 9:15, the bell.
    later(school, 35).await;
    assert_eq!(other.count("Анна, алгебра: 5"), 1);
    assert_eq!(alarmed.count("алгебра"), 1);
    // The second lesson is no alarm: it waits for its own bell.
    open(&teacher, "3Б математика").await;
}

async fn p3_an_alarm_taken_back_in_time_is_silence(school: &School) {
    let parent = school.parent("Ким Ирина").await;
    let teacher = first_lesson(school).await;
    press_all(&teacher, &["Ким М."]).await;
    later(school, 3).await;
    teacher.press("Отменить").await;
    later(school, 60).await;
    assert_eq!(parent.count("алгебра"), 0);
}
