//! T10: files of a talk that is shown, who ends the showing, and a mute in the middle of an album.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::ids::ThreadId;
use zhurnal::messages::threads::press::Act;

use super::{picture, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t10_the_administration_brings_the_files_of_a_shown_talk,
    t10_whoever_showed_a_talk_ends_it_when_they_are_no_side_any_more,
    t10_a_mute_holds_the_later_files_of_an_album,
);

/// A mother writes to the teacher of biology.
async fn writing(parent: &Phone) {
    parent.says("/messages").await;
    press_all(parent, &["Новое", "Учителям: Анна"]).await;
    parent.press_starting("Орлова").await;
}

fn pictures(phone: &Phone) -> usize {
    let chat = phone.telegram().chat(phone.user);
    chat.iter().filter(|it| it.photo.is_some()).count()
}

async fn t10_the_administration_brings_the_files_of_a_shown_talk(school: &School) {
    let parent = school.parent("Волкова").await;
    let director = school.staff("Воронцов").await;
    let administrator = school.staff("Савельева").await;
    let files = Payload::of(&Act::ShownFiles(ThreadId(1), 0));
    writing(&parent).await;
    parent.sends(picture("Вот работа")).await;
    school.quiet().await;
    // Neither before it is shown, nor before it is opened.
    administrator
        .press_data(administrator.last().message_id, files.as_str())
        .await;
    press_all(&parent, &["Показать администрации", "Показать разговор"]).await;
    school.quiet().await;
    administrator
        .press_data(administrator.last().message_id, files.as_str())
        .await;
    school.quiet().await;
    assert_eq!(pictures(&administrator), 0, "{}", administrator.chat());
    director.press_under("показан администрации", "Прочитать").await;
    assert_snapshot!(director.screen(), @"
    Волкова О. П. — Орлова Н. С. · Волкова Анна, 7А, биология
    Волкова О. П., вт 24.11, 10:40: [фото] Вот работа
    Только чтение: разговор показала одна из сторон.
    [Файлы · 1]
    [‹ Показанные] [Меню]
    ");
    director.press("Файлы · 1").await;
    school.quiet().await;
    assert_eq!(pictures(&director), 1);
    let chat = director.telegram().chat(director.user);
    let brought = chat.iter().rfind(|it| it.photo.is_some()).expect("no picture");
    assert_eq!(brought.text, "Волкова\u{a0}О.\u{a0}П., вт\u{a0}24.11, 10:40");
    // What waits for office hours isn't shown, and what was brought goes when the showing ends.
    school.minutes_pass(12 * 60);
    writing(&parent).await;
    parent.sends(picture("Ещё одна, ночью")).await;
    parent.sees("Сейчас не часы ответа").await;
    director.says("/start").await;
    director.press("Показанные разговоры · 1").await;
    director.press_starting("Волкова").await;
    assert!(
        !director.screen().contains("ночью"),
        "what waits isn't shown: {}",
        director.screen()
    );
    parent.says("/messages").await;
    parent.press_starting("Орлова").await;
    parent.press("Больше не показывать").await;
    school.quiet().await;
    assert_eq!(pictures(&director), 0, "{}", director.chat());
    director.press_data(director.last().message_id, files.as_str()).await;
    assert_eq!(director.toast(), "Этого раздела у вас нет.");
}

async fn t10_whoever_showed_a_talk_ends_it_when_they_are_no_side_any_more(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = school.staff("Орлова").await;
    let director = school.staff("Воронцов").await;
    writing(&parent).await;
    parent.says("Почему четыре?").await;
    press_all(&parent, &["Показать администрации", "Показать разговор"]).await;
    school.quiet().await;
    school
        .change("UPDATE consents SET withdrawn_at = '2026-11-24 00:50:00+00:00'")
        .await;
    parent.says("/messages").await;
    let left = "Не показывать: Орлова\u{a0}Н.\u{a0}С.".to_owned();
    assert!(parent.labels().contains(&left), "{}", parent.screen());
    assert!(
        !parent.screen().contains("биология"),
        "it isn't theirs to read: {}",
        parent.screen()
    );
    // Nobody else ends it.
    let hide = Payload::of(&Act::Hide(ThreadId(1)));
    teacher.press_data(teacher.last().message_id, hide.as_str()).await;
    director.press_data(director.last().message_id, hide.as_str()).await;
    director.says("/start").await;
    assert!(
        director.labels().contains(&"Показанные разговоры · 1".to_owned()),
        "{}",
        director.screen()
    );
    parent.press_starting("Не показывать").await;
    assert_eq!(parent.toast(), "Больше не показано");
    assert!(
        !parent.labels().iter().any(|it| it.starts_with("Не показывать")),
        "{}",
        parent.screen()
    );
    school.quiet().await;
    teacher.gets("больше не показан администрации").await;
    director.says("/start").await;
    assert!(!director.screen().contains("Показанные"), "{}", director.screen());
}

async fn t10_a_mute_holds_the_later_files_of_an_album(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = school.staff("Орлова").await;
    let administrator = school.staff("Савельева").await;
    writing(&parent).await;
    parent.sends_album(vec![picture("Первая страница")]).await;
    school.quiet().await;
    assert_eq!(pictures(&teacher), 1);
    administrator.says("/start").await;
    press_all(&administrator, &["Люди", "7А", "Все ученики", "✓ Волкова А."]).await;
    administrator.press_ending("Волкова\u{a0}О.\u{a0}П.").await;
    press_all(&administrator, &["Право писать", "Ограничить на день"]).await;
    administrator.says("Не по делу").await;
    let chat = parent.telegram().chat(parent.user);
    let first = chat
        .iter()
        .rfind(|it| it.photo.is_some())
        .expect("no picture")
        .message_id;
    parent
        .telegram()
        .send_on(parent.user, first, picture("Вторая страница"));
    parent.sees("Ничего не отправлено").await;
    school.quiet().await;
    assert_eq!(pictures(&teacher), 1, "{}", teacher.chat());
}
