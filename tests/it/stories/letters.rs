//! P6: a tutor's letters to families: facts, words, who has read, reminders, taking back.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::messages::letters::press::Act;

use super::{algebra, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    p6_a_letter_has_the_journals_facts_and_says_who_has_read_it,
    p6_a_letter_is_taken_back_where_it_stands,
    p6_a_word_to_the_class_is_one_letter_a_parent,
    p6_words_are_kept_as_templates,
    p6_what_is_too_long_or_out_of_date_is_not_sent,
    p6_rights_that_are_lost_before_sending_send_nothing,
);

/// Presses a button under a letter, which shows nothing new below it.
async fn press_under(school: &School, phone: &Phone, text: &str, label: &str) {
    phone.press_under(text, label).await;
    school.quiet().await;
}

/// The tutor opens the list of the class.
async fn begin(tutor: &Phone) {
    tutor.says("/start").await;
    press_all(tutor, &["Мой класс · 7А", "Написать родителям"]).await;
}

async fn p6_a_letter_has_the_journals_facts_and_says_who_has_read_it(school: &School) {
    let parent = school.parent("Волкова").await;
    let pupil = school.pupil("Волкова Анна").await;
    let tutor = algebra(school).await;
    // From Wednesday on a letter is about the week itself.
    school.minutes_pass(24 * 60);
    begin(&tutor).await;
    tutor.press("Волкова А.").await;
    assert!(tutor.screen().contains("[✓ Волкова А.]"), "{}", tutor.screen());
    press_all(&tutor, &["Дальше · 1", "Учёба"]).await;
    assert_snapshot!(tutor.screen(), @"
    Получат родители — 1 (Волкова Анна, учёба)
    ———
    Анна: об учёбе, неделя 23–27.11
    Алгебра 5, 4.
    Смирнова Елена Викторовна, тьютор 7А
    ———
    Напишите своё следующим сообщением — встанет после фактов.
    [Отправить · 1]
    [Без фактов]
    [Шаблоны] [Не отправлять]
    [‹ О чём] [Меню]
    ");
    tutor.says("Работать лучше в тишине.\nЕ. В.").await;
    let before = parent.chat().len();
    tutor.press("Отправить · 1").await;
    assert_eq!(tutor.toast(), "Отправлено: 1");
    school.quiet().await;
    assert!(parent.chat().len() > before);
    let letter = parent.gets("об учёбе").await;
    assert_snapshot!(draw(&letter), @"
    Анна: об учёбе, неделя 23–27.11
    Алгебра 5, 4.
    Работать лучше в тишине.
    Е. В.
    Смирнова Елена Викторовна, тьютор 7А
    [Прочитано] [Ответить]
    ");
    // Neither the pupil nor anybody else hears of it.
    assert_eq!(pupil.count("об учёбе"), 0);
    tutor.press("Обновить").await;
    assert_snapshot!(tutor.screen(), @"
    Отправлено ср 25.11, 10:40: Волкова Анна, учёба
    «Работать лучше в тишине.
    Е. В.»
    • Дошло, кнопка не нажата — 1: Волкова О. П.
    [Напомнить · 1] [Отозвать]
    [Обновить]
    [‹ Отправленное] [Меню]
    ");
    tutor.press("Напомнить · 1").await;
    assert_eq!(tutor.toast(), "Напомнили: 1");
    school.quiet().await;
    tutor.press("Напомнить · 1").await;
    assert_eq!(tutor.toast(), "Сегодня уже напоминали");
    assert_eq!(parent.count("Ждёт вашего"), 1);
    press_under(school, &parent, "Ждёт вашего", "Прочитано").await;
    assert!(
        parent.toast().starts_with("✓ Прочитано, узнает: Смирнова"),
        "{}",
        parent.toast()
    );
    let letter = parent.gets("Работать лучше").await;
    assert!(
        draw(&letter).contains("✓ Прочитано: ср 25.11, 10:40"),
        "{}",
        draw(&letter)
    );
    assert!(letter.key("Прочитано").is_none());
    tutor.press("Обновить").await;
    assert!(
        tutor.screen().contains("✓ Прочитано — 1: Волкова О. П., 10:40"),
        "{}",
        tutor.screen()
    );
}

async fn p6_a_letter_is_taken_back_where_it_stands(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor).await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Поведение"]).await;
    tutor.says("Не для вас.").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    let (message, recall) = (
        tutor.last().message_id,
        Payload::of(&Act::Recall(zhurnal::ids::MailingId(1))),
    );
    // Others can't take it back.
    let other = school.staff("Фомина").await;
    other.press_data(other.last().message_id, recall.as_str()).await;
    assert_eq!(
        other.toast(),
        "Доступ этого человека ведёте не вы. Вопросы — к администратору журнала."
    );
    press_all(&tutor, &["Отозвать", "Отозвать у 1"]).await;
    school.quiet().await;
    assert_eq!(parent.count("Не для вас."), 0, "{}", parent.chat());
    assert_eq!(parent.count("в 10:40: оно было не для вас."), 1);
    assert!(
        tutor.screen().contains("Отозвано вт 24.11, 10:40."),
        "{}",
        tutor.screen()
    );
    // Twice is once.
    tutor.press_data(message, recall.as_str()).await;
    assert_eq!(tutor.toast(), "Уже отозвано");
}

async fn p6_a_word_to_the_class_is_one_letter_a_parent(school: &School) {
    let parent = school.parent("Волкова").await;
    let blocked = school.parent("Иванова").await;
    school.telegram.block(blocked.user);
    school.quiet().await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor).await;
    press_all(&tutor, &["Весь класс"]).await;
    tutor.press_starting("Дальше").await;
    tutor.press("Другое").await;
    tutor.says("Завтра фотографируемся, форма парадная").await;
    assert!(
        tutor.screen().contains("Не дойдёт: Абрамов, Белова"),
        "{}",
        tutor.screen()
    );
    assert!(tutor.screen().contains("7А: сообщение тьютора"), "{}", tutor.screen());
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    assert_eq!(parent.count("Завтра фотографируемся"), 1);
    assert!(
        tutor.screen().contains("• Не дошло, позвоните — "),
        "{}",
        tutor.screen()
    );
    tutor.press("‹ Отправленное").await;
    assert!(
        tutor.screen().contains("вт 24.11 · другое · ✓ 0 из "),
        "{}",
        tutor.screen()
    );
}

async fn p6_words_are_kept_as_templates(school: &School) {
    let tutor = school.staff("Смирнова").await;
    begin(&tutor).await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Похвала"]).await;
    tutor.says("Спасибо за стенгазету").await;
    press_all(
        &tutor,
        &["Шаблоны", "Сохранить этот текст", "‹ Сообщение", "Не отправлять"],
    )
    .await;
    assert_eq!(tutor.toast(), "Не отправлено");
    begin(&tutor).await;
    press_all(&tutor, &["Белова К.", "Дальше · 1", "Похвала", "Шаблоны"]).await;
    assert_snapshot!(tutor.screen(), @"
    Шаблоны · нажмите, и текст встанет в сообщение
    1. Спасибо за стенгазету
    [Хорошая неделя: видно старание. С…]
    [Спасибо за помощь классу!]
    [Спасибо за сте…] [Удалить 1]
    [Шаблоны школы]
    [‹ Сообщение] [Меню]
    ");
    tutor.press_starting("Спасибо за сте").await;
    assert!(
        tutor.screen().contains("\nСпасибо за стенгазету\n"),
        "{}",
        tutor.screen()
    );
    press_all(&tutor, &["Шаблоны", "Удалить 1"]).await;
    assert!(tutor.screen().contains("Своих пока нет"), "{}", tutor.screen());
}

async fn p6_what_is_too_long_or_out_of_date_is_not_sent(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor).await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Похвала"]).await;
    // Telegram itself cuts what is longer into pieces.
    tutor.says(&"ё".repeat(4000)).await;
    assert!(
        tutor.screen().starts_with("Текст — до 1500 знаков, у вас 4000."),
        "{}",
        tutor.screen()
    );
    tutor.says("Короче").await;
    let (message, send) = tutor.data("Отправить · 1");
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    tutor.press_data(message, &send).await;
    assert_eq!(tutor.toast(), "Это сообщение уже отправлено или закрыто");
    // Another letter isn't sent by the button of the former.
    begin(&tutor).await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Похвала"]).await;
    tutor.says("Другое письмо").await;
    tutor.press_data(message, &send).await;
    school.quiet().await;
    assert_eq!((parent.count("Короче"), parent.count("Другое письмо")), (1, 0));
    // Looking at something else ends it: a later text isn't taken for its words.
    tutor.press("Меню").await;
    tutor.says("Просто так").await;
    assert!(!tutor.screen().contains("Получат"), "{}", tutor.screen());
}

async fn p6_rights_that_are_lost_before_sending_send_nothing(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    begin(&tutor).await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Похвала"]).await;
    tutor.says("Молодец").await;
    school.change("DELETE FROM class_tutors").await;
    tutor.press("Отправить · 1").await;
    assert!(
        tutor.toast().starts_with("Доступ этого человека ведёте не вы."),
        "{}",
        tutor.toast()
    );
    school.quiet().await;
    assert_eq!(parent.count("Молодец"), 0);
}
