//! Two at once: two people on one lesson, one person on two phones, one update twice, a chat that was closed.

use insta::assert_snapshot;
use zhurnal::demo::telegram::{Trouble, TroubleKind};
use zhurnal::people::Invitee;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t12_two_topics_are_shown_side_by_side,
    t12_mine_is_written_when_i_say_so,
    t12_two_signs_for_one_pupil,
    t12_two_marks_for_one_pupil,
    t12_what_does_not_collide_is_written,
    one_teacher_on_two_phones_sees_both,
    an_update_repeated_by_telegram_does_nothing_twice,
    a_blocked_bot_writes_again_when_it_is_let,
    a_chat_that_telegram_calls_closed_opens_with_the_next_word,
);

const SUBSTITUTED: &str = "INSERT INTO slot_changes (load_id, date, number, kind, substitute_id)
    SELECT l.id, '2026-11-24', 3, 'substituted', p.id FROM loads l JOIN classes c ON c.id = l.class_id
    JOIN subjects s ON s.id = l.subject_id, people p
    WHERE c.grade = 7 AND c.letter = 'А' AND s.title = 'Алгебра' AND p.code = 'с2'";
const BACK_AGAIN: &str = "DELETE FROM slot_changes WHERE kind = 'substituted' AND number = 3";

/// The teacher has a lesson open when a substitute comes, writes in it, and the teacher comes back.
async fn meanwhile(school: &School, presses: &[&str], topic: Option<&str>) {
    school.change(SUBSTITUTED).await;
    school.minutes_pass(5);
    let substitute = school.staff("Орлова").await;
    open(&substitute, "7А алгебра, замена").await;
    if let Some(topic) = topic {
        substitute.says(topic).await;
    }
    substitute.press("Посещаемость и отметки").await;
    press_all(&substitute, presses).await;
    school.change(BACK_AGAIN).await;
}

async fn card(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher
}

async fn t12_two_topics_are_shown_side_by_side(school: &School) {
    let teacher = card(school).await;
    meanwhile(school, &[], Some("Решение уравнений")).await;
    teacher.says("Линейное уравнение").await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — урок изменён в 10:45: Орлова Н. С.
    Тема. У вас: «Линейное уравнение». В журнале: «Решение уравнений».
    Ваше пока не записано, журнал цел. Ваш текст сохранён.
    [Оставить, как в журнале]
    [Записать, как у меня]
    ");
    teacher.press("Оставить, как в журнале").await;
    assert!(
        teacher.screen().contains("✓ Тема: Решение уравнений\n"),
        "{}",
        teacher.screen()
    );
    press_all(&teacher, &["Тема"]).await;
    teacher.says("Линейное уравнение").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "now it was seen\n{}",
        teacher.screen()
    );
}

async fn t12_mine_is_written_when_i_say_so(school: &School) {
    let teacher = card(school).await;
    meanwhile(school, &["Ким М."], Some("Решение уравнений")).await;
    teacher.says("Линейное уравнение").await;
    teacher.press("Записать, как у меня").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        teacher.screen()
    );
    assert!(
        teacher.screen().contains("нет 1"),
        "theirs stays where nothing collides\n{}",
        teacher.screen()
    );
    teacher.says("§ 13").await;
    assert!(
        teacher.screen().contains("✓ ДЗ к ср 25.11: § 13\n"),
        "{}",
        teacher.screen()
    );
}

async fn t12_two_signs_for_one_pupil(school: &School) {
    let teacher = card(school).await;
    teacher.press("Посещаемость и отметки").await;
    meanwhile(school, &["б", "Ким М.", "Ли А."], None).await;
    teacher.press("Ким М.").await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — урок изменён в 10:45: Орлова Н. С.
    Ким М. У вас: н. В журнале: б.
    Ваше пока не записано, журнал цел.
    [Оставить, как в журнале]
    [Записать, как у меня]
    ");
    teacher.press("Оставить, как в журнале").await;
    assert!(
        teacher.labels().contains(&"б Ким М.".to_owned()),
        "{}",
        teacher.screen()
    );
    // From the fresh screen the next press is a press like any other.
    teacher.press("б Ким М.").await;
    assert_eq!(teacher.toast(), "Ким М. — п");
}

async fn t12_two_marks_for_one_pupil(school: &School) {
    let teacher = card(school).await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    meanwhile(school, &["4", "Иванов А.", "Иванов П."], None).await;
    teacher.press("Иванов А.").await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — урок изменён в 10:45: Орлова Н. С.
    Иванов А. У вас: 5. В журнале: 4.
    Ваше пока не записано, журнал цел.
    [Оставить, как в журнале]
    [Записать, как у меня]
    ");
    teacher.press("Записать, как у меня").await;
    assert_eq!(teacher.toast(), "Исправлено: Иванов А., 4 → 5");
    let labels = teacher.labels();
    assert!(
        labels.contains(&"5 Иванов А.".to_owned()) && labels.contains(&"4 Иванов П.".to_owned()),
        "{labels:?}"
    );
}

async fn t12_what_does_not_collide_is_written(school: &School) {
    let teacher = card(school).await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    meanwhile(school, &["4", "Иванов А.", "5", "Белова К."], None).await;
    teacher.press("Волкова А.").await;
    assert_eq!(teacher.toast(), "Волкова А. — 5");
    assert!(
        teacher.screen().contains("5: Белова, Волкова · 4: Иванов А."),
        "{}",
        teacher.screen()
    );
}

async fn one_teacher_on_two_phones_sees_both(school: &School) {
    let first = card(school).await;
    let person = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let second = school.stranger(78);
    school.admit(&second, &person).await;
    school.give_pin(&second).await;
    open(&second, "7А алгебра").await;
    first.says("Линейное уравнение").await;
    press_all(&second, &["Посещаемость и отметки", "Ким М.", "‹ Урок"]).await;
    assert!(
        second.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        second.screen()
    );
    press_all(&first, &["Посещаемость и отметки"]).await;
    assert!(first.labels().contains(&"н Ким М.".to_owned()), "{}", first.screen());
}

async fn an_update_repeated_by_telegram_does_nothing_twice(school: &School) {
    let teacher = card(school).await;
    press_all(&teacher, &["Посещаемость и отметки", "Ещё", "+5", "Волкова А."]).await;
    assert!(
        teacher.labels().contains(&"5 Волкова А.".to_owned()),
        "{}",
        teacher.screen()
    );
    let made = |method: &str| {
        let calls = school.telegram.calls();
        calls.iter().filter(|call| call.method == method && call.ended).count()
    };
    // Only what was confirmed can be repeated.
    let confirmed = school
        .telegram
        .until("the press confirmed", |it| (it.pending() == 0).then_some(()));
    assert_eq!(confirmed.await, Ok(()));
    let before = (made("answerCallbackQuery"), made("editMessageText"));
    assert!(school.telegram.repeat_update(school.latest_update()));
    let again = school
        .telegram
        .until("the press answered and its screen shown once more", |_| {
            let now = (made("answerCallbackQuery"), made("editMessageText"));
            (now.0 > before.0 && now.1 > before.1).then_some(())
        })
        .await;
    assert_eq!(again, Ok(()), "{}", teacher.screen());
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки"]).await;
    assert!(
        teacher.labels().contains(&"5 Волкова А.".to_owned()),
        "once\n{}",
        teacher.screen()
    );
}

async fn tells_a_mark(school: &School, teacher: &Phone, lesson: &str, pupil: &str) {
    open(teacher, lesson).await;
    press_all(
        teacher,
        &["Посещаемость и отметки", "5", pupil, "Готово", "Закончить так"],
    )
    .await;
    school.quiet().await;
}

async fn a_blocked_bot_writes_again_when_it_is_let(school: &School) {
    let parent = school.parent("Белова").await;
    let teacher = school.staff("Смирнова").await;
    school.telegram.block(parent.user);
    teacher.says("/today").await;
    tells_a_mark(school, &teacher, "7А алгебра", "Белова К.").await;
    assert_eq!(parent.count("Ксения, алгебра"), 0);
    school.telegram.unblock(parent.user);
    teacher.says("/today").await;
    tells_a_mark(school, &teacher, "7А геометрия", "Белова К.").await;
    assert_eq!(parent.count("Ксения, геометрия: 5"), 1);
}

async fn a_chat_that_telegram_calls_closed_opens_with_the_next_word(school: &School) {
    let parent = school.parent("Белова").await;
    let teacher = school.staff("Смирнова").await;
    school.telegram.trouble(Trouble {
        method: Some("sendMessage".into()),
        chat: Some(parent.user),
        times: 1,
        kind: TroubleKind::Status {
            code: 403,
            description: "Forbidden: bot was blocked by the user".into(),
        },
    });
    school.expect_failures(1);
    tells_a_mark(school, &teacher, "7А алгебра", "Белова К.").await;
    assert_eq!(parent.count("Ксения, алгебра"), 0);
    teacher.press("Исправить").await;
    // From now on the family is one that a message doesn't reach.
    open(&teacher, "7А геометрия").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "4", "Белова К.", "Готово", "Закончить так"],
    )
    .await;
    assert!(
        teacher.screen().contains("Не дойдёт до 1 семьи: Белова."),
        "{}",
        teacher.screen()
    );
    parent.says("/start").await;
    let other = school.staff("Фомина").await;
    tells_a_mark(school, &other, "7А литература", "Белова К.").await;
    assert_eq!(parent.count("Ксения, литература: 5"), 1);
}
