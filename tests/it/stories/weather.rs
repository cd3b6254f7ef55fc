//! When Telegram refuses, stumbles or falls silent: nobody is left without an answer, and nobody gets a letter twice.

use insta::assert_snapshot;
use zhurnal::demo::telegram::{Telegram, Trouble, TroubleKind};

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    trap_429_on_a_screen_is_waited_out,
    trap_429_on_a_letter_is_waited_out,
    trap_400_on_a_letter_is_kept_with_its_reason,
    trap_an_edit_that_telegram_refuses_becomes_a_new_screen,
    trap_half_an_answer_to_a_letter_makes_one_message,
    trap_no_answer_to_a_letter_makes_one_message,
    trap_a_lost_answer_to_a_letter_makes_one_message,
    trap_a_letter_is_never_looked_for_in_the_living_screen,
    trap_500_on_a_letter_makes_one_message,
    trap_a_correction_whose_edit_is_lost_comes_once,
    trap_get_updates_that_fails_is_asked_again,
    trap_a_screen_whose_answer_is_lost_is_shown,
    e7_the_unforeseen_has_a_code_and_can_be_pressed_again,
);

fn trouble(school: &School, method: &str, chat: Option<i64>, kind: TroubleKind) {
    school.telegram.trouble(Trouble {
        method: Some(method.to_owned()),
        chat,
        times: 1,
        kind,
    });
}

fn refused(code: u16, description: &str) -> TroubleKind {
    TroubleKind::Status {
        code,
        description: description.to_owned(),
    }
}

async fn tells(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "4", "Волкова А.", "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
    teacher
}

async fn trap_429_on_a_screen_is_waited_out(school: &School) {
    let teacher = school.staff("Смирнова").await;
    trouble(
        school,
        "editMessageText",
        Some(teacher.user),
        TroubleKind::RetryAfter(1),
    );
    trouble(school, "sendMessage", Some(teacher.user), TroubleKind::RetryAfter(1));
    teacher.press("Мои уроки сегодня").await;
    teacher.sees("Мои уроки · вт").await;
    teacher.says("/today").await;
    teacher.sees("Мои уроки · вт").await;
}

async fn trap_429_on_a_letter_is_waited_out(school: &School) {
    let parent = school.parent("Волкова").await;
    trouble(school, "sendMessage", Some(parent.user), TroubleKind::RetryAfter(1));
    tells(school).await;
    assert_eq!(parent.count("Анна, алгебра: 4"), 1);
}

async fn trap_400_on_a_letter_is_kept_with_its_reason(school: &School) {
    let parent = school.parent("Волкова").await;
    trouble(
        school,
        "sendMessage",
        Some(parent.user),
        refused(400, "Bad Request: message text is strange"),
    );
    school.expect_failures(1);
    let teacher = tells(school).await;
    assert_eq!(parent.count("алгебра"), 0);
    let kept = school
        .number(
            "SELECT COUNT(*) FROM outbox WHERE state = 'failed' AND reason LIKE '%message text is strange%' AND created_at <= $1",
            school.now(),
        )
        .await;
    assert_eq!(kept, 1);
    // The next letter isn't held up by it.
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"]).await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, алгебра: исправлено 4 → 5"), 1);
}

async fn trap_an_edit_that_telegram_refuses_becomes_a_new_screen(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let former = teacher.last().message_id;
    trouble(
        school,
        "editMessageText",
        Some(teacher.user),
        refused(400, "Bad Request: message can't be edited"),
    );
    teacher.press("Мои уроки сегодня").await;
    teacher.sees("Мои уроки · вт").await;
    assert!(teacher.last().message_id > former);
}

async fn one_message_in_spite_of(school: &School, kind: TroubleKind) {
    let parent = school.parent("Волкова").await;
    trouble(school, "sendMessage", Some(parent.user), kind);
    tells(school).await;
    assert_eq!(parent.count("Анна, алгебра: 4"), 1, "{}", parent.chat());
}

async fn trap_half_an_answer_to_a_letter_makes_one_message(school: &School) {
    one_message_in_spite_of(school, TroubleKind::HalfAnswer).await;
}

async fn trap_no_answer_to_a_letter_makes_one_message(school: &School) {
    one_message_in_spite_of(school, TroubleKind::NoAnswer).await;
}

async fn trap_a_lost_answer_to_a_letter_makes_one_message(school: &School) {
    one_message_in_spite_of(school, TroubleKind::LostAnswer).await;
}

/// The teacher's mark is on its way to the family, and the first try has failed.
async fn failed_once(school: &School, parent: &Phone, kind: TroubleKind) {
    trouble(school, "sendMessage", Some(parent.user), kind);
    let sent = |telegram: &Telegram| {
        let calls = telegram.calls();
        let to_parent = calls.iter().filter(|call| call.chat == Some(parent.user));
        to_parent.filter(|call| call.method == "sendMessage").count()
    };
    let before = sent(&school.telegram);
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "4", "Волкова А.", "Готово", "Закончить так"],
    )
    .await;
    let tried = school
        .telegram
        .until("the first try", |it| (sent(it) > before).then_some(()));
    assert_eq!(tried.await, Ok(()));
}

async fn trap_a_letter_is_never_looked_for_in_the_living_screen(school: &School) {
    let parent = school.parent("Волкова").await;
    failed_once(school, &parent, TroubleKind::NoAnswer).await;
    parent.says("/diary").await;
    parent.press("Пётр, 3Б").await;
    parent.sees("Пётр, 3Б · вт").await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, алгебра: 4"), 1, "{}", parent.chat());
    assert_eq!(
        parent.count("Пётр, 3Б · вт"),
        1,
        "the screen is still there\n{}",
        parent.chat()
    );
}

/// The client itself waits for ten seconds after a 500.
async fn trap_500_on_a_letter_makes_one_message(school: &School) {
    let parent = school.parent("Волкова").await;
    failed_once(school, &parent, refused(500, "Internal Server Error")).await;
    let looked = school.telegram.until("the letter looked for", |it| {
        let calls = it.calls();
        let edits = calls.iter().filter(|call| call.method == "editMessageText");
        edits.rev().find(|call| call.chat == Some(parent.user)).map(drop)
    });
    assert_eq!(looked.await, Ok(()));
    parent.gets("Анна, алгебра: 4").await;
    school.quiet().await;
    assert_eq!(parent.count("Анна, алгебра: 4"), 1, "{}", parent.chat());
}

async fn trap_a_correction_whose_edit_is_lost_comes_once(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = tells(school).await;
    trouble(school, "editMessageText", Some(parent.user), TroubleKind::LostAnswer);
    press_all(&teacher, &["Исправить", "4 Волкова А.", "4 → 5", "Не та кнопка"]).await;
    school.quiet().await;
    assert_snapshot!(parent.letters(), @"
    Анна, алгебра: 5
    вт 24.11, 3-й урок. 5 — ответ.
    Изменено вт 24.11, 10:40: исправлено 4 → 5.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ---
    Анна, алгебра: исправлено 4 → 5
    вт 24.11, 3-й урок. 5 — ответ. Исправлено вт 24.11, 10:40. Причина: не та кнопка.
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
}

async fn trap_get_updates_that_fails_is_asked_again(school: &School) {
    let teacher = school.staff("Смирнова").await;
    for kind in [TroubleKind::RetryAfter(1), TroubleKind::HalfAnswer] {
        trouble(school, "getUpdates", None, kind);
        teacher.says("/today").await;
        teacher.press("Меню").await;
    }
    assert!(teacher.screen().contains("У вас 6 уроков"), "{}", teacher.screen());
}

async fn trap_a_screen_whose_answer_is_lost_is_shown(school: &School) {
    let teacher = school.staff("Смирнова").await;
    trouble(school, "editMessageText", Some(teacher.user), TroubleKind::NoAnswer);
    teacher.press("Мои уроки сегодня").await;
    teacher.sees("Мои уроки · вт").await;
    trouble(school, "answerCallbackQuery", None, TroubleKind::LostAnswer);
    teacher.press("‹ пн\u{a0}23").await;
    teacher.sees("Мои уроки · пн").await;
}

async fn e7_the_unforeseen_has_a_code_and_can_be_pressed_again(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    let (message, press) = teacher.data("Волкова А.");
    school.expect_given_up(1);
    school
        .change("ALTER TABLE lesson_history RENAME TO lesson_history_elsewhere")
        .await;
    teacher.press("Волкова А.").await;
    let said = teacher.toast();
    assert!(said.starts_with("Не записано, код "), "{said}");
    let code: String = said.chars().skip(17).take(4).collect();
    teacher.sees(&format!("Не записано, код {code}. Прежнее цело.")).await;
    school
        .change("ALTER TABLE lesson_history_elsewhere RENAME TO lesson_history")
        .await;
    teacher.press_data(message, &press).await;
    assert_eq!(teacher.toast(), "Волкова А. — 5");
}
