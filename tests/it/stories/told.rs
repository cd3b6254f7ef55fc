//! What was told before: corrections edit it where it stands, nobody is told of the past, a notice stays a notice.

use insta::assert_snapshot;
use zhurnal::people::Invitee;

use super::{open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p2_a_correction_comes_below_and_the_former_message_says_both,
    p2_a_mark_taken_back_later_is_said,
    p2_an_absence_taken_back_later_is_said,
    p2_a_topic_changed_later_is_edited_in_silence,
    p2_a_mark_that_came_later_is_added,
    a_parent_who_connects_later_is_not_told_of_the_past,
    whoever_comes_later_is_told_of_a_correction_as_one,
    a_diary_opened_from_a_notice_stands_below_it,
    p1_the_notice_in_english,
);

/// A lesson with a topic, homework and a 4 for Анна, told at 10:40.
async fn told(school: &School) -> (Phone, Phone) {
    let parent = school.parent("Волкова").await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13").await;
    press_all(
        &teacher,
        &[
            "Посещаемость и отметки",
            "Ким М.",
            "4",
            "Волкова А.",
            "Готово",
            "Закончить так",
        ],
    )
    .await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, алгебра: 4"), 1);
    (teacher, parent)
}

async fn p2_a_correction_comes_below_and_the_former_message_says_both(school: &School) {
    let (teacher, parent) = told(school).await;
    school.minutes_pass(90);
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"]).await;
    school.quiet().await;
    assert_snapshot!(parent.letters(), @"
    Анна, алгебра: 5
    вт 24.11, 3-й урок. 5 — ответ.
    Тема: Линейное уравнение
    ДЗ к ср 25.11: § 13
    Изменено вт 24.11, 12:10: исправлено 4 → 5.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ---
    Анна, алгебра: исправлено 4 → 5
    вт 24.11, 3-й урок. 5 — ответ. Исправлено вт 24.11, 12:10. Причина: не та кнопка.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    assert!(!parent.last().silent, "a correction comes with a sound");
    school.minutes_pass(10);
    press_all(&teacher, &["5 → 3", "Без причины"]).await;
    school.quiet().await;
    assert_snapshot!(parent.letters(), @"
    Анна, алгебра: 3
    вт 24.11, 3-й урок. 3 — ответ.
    Тема: Линейное уравнение
    ДЗ к ср 25.11: § 13
    Изменено вт 24.11, 12:20: исправлено 5 → 3.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ---
    Анна, алгебра: исправлено 4 → 5
    вт 24.11, 3-й урок. 5 — ответ. Исправлено вт 24.11, 12:10. Причина: не та кнопка.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ---
    Анна, алгебра: исправлено 5 → 3
    вт 24.11, 3-й урок. 3 — ответ. Исправлено вт 24.11, 12:20.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p2_a_mark_taken_back_later_is_said(school: &School) {
    let (teacher, parent) = told(school).await;
    press_all(&teacher, &["Исправить", "4 Волкова А.", "Снять 4", "Не та кнопка"]).await;
    school.quiet().await;
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: отметка 4 снята
    вт 24.11, 3-й урок. Исправлено вт 24.11, 10:40. Причина: не та кнопка.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p2_an_absence_taken_back_later_is_said(school: &School) {
    let parent = school.parent("Ким Ирина").await;
    let (teacher, _) = told(school).await;
    assert_eq!(parent.count("Михаил, алгебра: нет на уроке (н)"), 1);
    press_all(&teacher, &["Исправить", "н Ким М.", "был"]).await;
    school.quiet().await;
    assert_snapshot!(parent.letters(), @"
    Михаил, алгебра: без отметки
    вт 24.11, 3-й урок.
    Тема: Линейное уравнение
    ДЗ к ср 25.11: § 13
    Изменено вт 24.11, 10:40: на уроке есть, «н» снято.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ---
    Михаил, алгебра: на уроке есть, «н» снято
    вт 24.11, 3-й урок. Исправлено вт 24.11, 10:40.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p2_a_topic_changed_later_is_edited_in_silence(school: &School) {
    let (teacher, parent) = told(school).await;
    let before = parent.last();
    open(&teacher, "7А алгебра").await;
    teacher.press("Тема").await;
    teacher.says("Решение уравнений").await;
    school.minutes_pass(60);
    school.quiet().await;
    let after = parent.last();
    assert_eq!(after.message_id, before.message_id, "no new message");
    assert_snapshot!(draw(&after), @"
    Анна, алгебра: 4
    вт 24.11, 3-й урок. 4 — ответ.
    Тема: Решение уравнений
    ДЗ к ср 25.11: § 13
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn p2_a_mark_that_came_later_is_added(school: &School) {
    let (teacher, parent) = told(school).await;
    press_all(&teacher, &["Исправить", "4 Волкова А.", "+5"]).await;
    school.quiet().await;
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: добавлено 5
    вт 24.11, 3-й урок. 4 — ответ, 5 — ответ. Исправлено вт 24.11, 10:40.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn a_parent_who_connects_later_is_not_told_of_the_past(school: &School) {
    let (teacher, _) = told(school).await;
    school.minutes_pass(120);
    let late = school.parent("Ким Ирина").await;
    // Somebody else's mark is put right; the late family hears nothing of a lesson that was over before they came.
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"]).await;
    school.quiet().await;
    assert_eq!(late.count("алгебра"), 0, "{}", late.chat());
    // What changes about their own child is news to them too.
    press_all(&teacher, &["‹ Класс", "н Ким М.", "п"]).await;
    school.quiet().await;
    assert_eq!(
        late.count("Михаил, алгебра: нет на уроке, причина известна (п)"),
        1,
        "{}",
        late.chat()
    );
}

async fn whoever_comes_later_is_told_of_a_correction_as_one(school: &School) {
    let (teacher, first) = told(school).await;
    press_all(&teacher, &["Исправить", "Зайцев Н.", "4"]).await;
    school.quiet().await;
    school.minutes_pass(90);
    // A family without a phone until now, and the second phone of one that was told: the mark stood in the diary when
    // they came, no message said it.
    let late = school.parent("Зайцева").await;
    let mother = school.person(&Invitee::Parent(String::new()), "Волкова").await;
    let second = school.stranger(900_001);
    school.admit(&second, &mother).await;
    second.says("/start").await;
    school.minutes_pass(10);
    press_all(&teacher, &["4 → 5", "Не та кнопка", "‹ Класс"]).await;
    press_all(&teacher, &["4 Волкова А.", "4 → 5", "Без причины", "‹ Класс"]).await;
    school.quiet().await;
    assert_snapshot!(late.letters(), @"
    Никита, алгебра: исправлено 4 → 5
    вт 24.11, 3-й урок. 5 — ответ. Исправлено вт 24.11, 12:20. Причина: не та кнопка.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    assert_snapshot!(second.letters(), @"
    Анна, алгебра: исправлено 4 → 5
    вт 24.11, 3-й урок. 5 — ответ. Исправлено вт 24.11, 12:20.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    assert_eq!(first.count("Анна, алгебра"), 2, "{}", first.chat());
    // The next one comes below too; of a topic put right they hear nothing, for no message of theirs has it.
    press_all(&teacher, &["5 Зайцев Н.", "5 → 3", "Без причины"]).await;
    open(&teacher, "7А алгебра").await;
    teacher.press("Тема").await;
    teacher.says("Решение уравнений").await;
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(late.count("алгебра: исправлено 5 → 3"), 1, "{}", late.chat());
    assert_eq!(late.count("Тема: ") + second.count("Тема: "), 0, "{}", late.chat());
    assert_eq!(first.count("Тема: Решение уравнений"), 1, "{}", first.chat());
    let nowhere = "SELECT COUNT(*) FROM outbox WHERE reason = 'the former message is gone' AND created_at <= $1";
    assert_eq!(school.number(nowhere, school.now()).await, 0, "an edit of nothing");
}

async fn a_diary_opened_from_a_notice_stands_below_it(school: &School) {
    let (_, parent) = told(school).await;
    let notice = parent.last();
    parent.press("Дневник").await;
    parent.sees("Анна, 7А · вт").await;
    let there = parent
        .telegram()
        .chat(parent.user)
        .into_iter()
        .find(|it| it.message_id == notice.message_id);
    assert_eq!(there, Some(notice.clone()), "the notice stays as it was");
    assert_snapshot!(draw(&parent.last()), @"
    Анна, 7А · вт 24.11
    1. 8:30 Литература — ещё не внесено
    2. 9:25 Геометрия — ещё не внесено
    3. 10:40 Алгебра — 4. ДЗ к ср 25.11: § 13
    4. 11:40 Английский язык, гр. 1
    5. 12:35 История
    6. 13:30 Биология
    [Пётр, 3Б] [✓ Анна, 7А]
    [1] [2] [3] [4] [5] [6]
    [‹ пн 23] [Неделя] [ср 25 ›]
    [Дата] [Меню]
    ");
    // Pressed again, it opens a screen again.
    let (data, message) = (notice.key("Дневник").unwrap().data.clone().unwrap(), notice.message_id);
    parent.press_data(message, &data).await;
    parent.sees("Анна, 7А · вт").await;
}

async fn p1_the_notice_in_english(school: &School) {
    let parent = school.parent("Волкова").await;
    press_all(&parent, &["Меню", "Настройки", "English"]).await;
    let (teacher, _) = told_to(school, &parent).await;
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: 4
    Tue 24.11, lesson 3. 4 — ответ.
    Topic: Линейное уравнение
    Homework: none
    [Diary] [Ask the teacher]
    [Notifications]
    ");
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Пересдача"]).await;
    school.quiet().await;
    assert_snapshot!(draw(&parent.last()), @"
    Анна, алгебра: corrected 4 → 5
    Tue 24.11, lesson 3. 5 — ответ. Corrected Tue 24.11, 10:40. Reason: resit.
    [Diary] [Ask the teacher]
    [Notifications]
    ");
}

async fn told_to<'p>(school: &School, parent: &'p Phone) -> (Phone, &'p Phone) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    press_all(
        &teacher,
        &[
            "ДЗ не задано",
            "Посещаемость и отметки",
            "4",
            "Волкова А.",
            "Готово",
            "Закончить так",
        ],
    )
    .await;
    school.quiet().await;
    (teacher, parent)
}
