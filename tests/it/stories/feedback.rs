//! A parent suggests something to the school, by name or without, and sees when it was read and answered.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::feedback::press::{Act, View};
use zhurnal::ids::SuggestionId;

use super::press_all;
use crate::matrix::digest;
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;
use zhurnal::demo::telegram::Sent;

story!(
    a_suggestion_by_name_is_read_and_answered,
    a_suggestion_without_a_name_is_nobodys_for_the_school,
    nothing_says_whose_it_was_when_its_time_is_over,
    an_unread_suggestion_is_withdrawn_and_a_read_one_is_not,
    one_is_closed_with_a_kind_word_and_can_be_answered_later,
    two_administrators_answer_at_once_and_nothing_is_lost,
    what_is_too_long_or_too_much_is_not_sent,
    a_press_twice_or_on_an_old_screen_sends_nothing_more,
    rights_that_are_lost_before_sending_send_nothing,
    whose_it_is_not_reads_and_writes_nothing,
    lists_turn_their_pages,
);

const WORDS: &str = "Поставьте у школы скамейки: ждать детей негде.";

/// The parent writes a suggestion and sees what is to be sent.
async fn write(parent: &Phone, words: &str) {
    parent.says("/messages").await;
    press_all(parent, &["Предложение школе", "Новое предложение"]).await;
    parent.says(words).await;
}

/// The parent sends a suggestion without a name.
async fn send_nameless(parent: &Phone, words: &str) {
    write(parent, words).await;
    press_all(parent, &["Без имени", "Отправить без имени"]).await;
}

#[expect(clippy::too_many_lines, reason = "one story, from the first screen to the last")]
async fn a_suggestion_by_name_is_read_and_answered(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    let director = school.staff("Воронцов").await;
    parent.says("/messages").await;
    assert_snapshot!(parent.screen(), @"
    Сообщения
    Разговоров ещё нет. «Новое» — кому написать.
    [Объявления] [Опросы]
    [Предложение школе]
    [Новое] [Меню]
    ");
    parent.press("Предложение школе").await;
    assert_snapshot!(parent.screen(), @"
    Мои предложения школе
    Пока ни одного. Предложения читают администратор журнала и директор; здесь видно, когда прочли и что ответили.
    [Новое предложение]
    [‹ Сообщения] [Меню]
    ");
    parent.press("Новое предложение").await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе
    Его прочитают администратор журнала и директор. С именем или без — спросим перед отправкой. До 3500 знаков.
    Напишите предложение следующим сообщением.
    [Не отправлять]
    ");
    // What isn't a text is no suggestion, and the text is awaited still.
    parent.sends(Sent::Sticker).await;
    assert_snapshot!(parent.screen(), @"
    Журнал читает слова. Напишите или надиктуйте с клавиатуры телефона.
    [‹ Назад] [Меню]
    ");
    parent.says(WORDS).await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе
    Поставьте у школы скамейки: ждать детей негде.

    С именем. Школа увидит, кто пишет, — Волкова О. П.
    Новый текст следующим сообщением заменит этот.
    [✓ С именем] [Без имени]
    [Отправить с именем]
    [Не отправлять]
    ");
    parent.press("Отправить с именем").await;
    assert_eq!(parent.toast(), "Отправлено школе");
    assert_snapshot!(parent.screen(), @"
    Предложение школе · вт 24.11, с именем
    Поставьте у школы скамейки: ждать детей негде.
    Отправлено, ещё не прочитано.
    [Отозвать]
    [‹ Предложения] [Меню]
    ");
    school.quiet().await;
    let notice = administrator.gets("Предложение школе").await;
    assert_snapshot!(draw(&notice), @"
    Предложение школе · Волкова О. П.
    Откроете — родитель увидит, что прочитано.
    [Открыть]
    ");
    director.gets("Предложение школе").await;
    // Looking at the list reads nothing.
    director.says("/messages").await;
    director.press("Предложения родителей · 1").await;
    assert_snapshot!(director.screen(), @"
    Предложения родителей · непрочитанных 1
    [• вт 24.11 · Волкова О. П.]
    [‹ Сообщения] [Меню]
    ");
    press_all(&parent, &["‹ Предложения"]).await;
    parent.press_starting("вт").await;
    assert!(parent.screen().contains("ещё не прочитано"), "{}", parent.screen());

    administrator.press_under("Предложение школе", "Открыть").await;
    assert_snapshot!(administrator.screen(), @"
    Предложение · вт 24.11, 10:40 · Волкова О. П.
    Поставьте у школы скамейки: ждать детей негде.
    [Ответить]
    [Закрыть без ответа]
    [‹ Предложения] [Меню]
    ");
    parent.press("‹ Предложения").await;
    parent.press_starting("вт").await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе · вт 24.11, с именем
    Поставьте у школы скамейки: ждать детей негде.
    ✓ Прочитано, вт 24.11. Ответа ещё нет.
    [‹ Предложения] [Меню]
    ");
    administrator.press("Ответить").await;
    assert_snapshot!(administrator.screen(), @"
    Ответ на предложение
    «Поставьте у школы скамейки: ждать детей негде.»
    Напишите ответ следующим сообщением. Он уйдёт сразу, с вашим именем.
    [Не отвечать сейчас]
    ");
    administrator.says("Поставим три до каникул.").await;
    administrator.sees("Ответ отправлен").await;
    school.quiet().await;
    let answer = parent.gets("Поставим три").await;
    assert_snapshot!(draw(&answer), @"
    Ответ школы на ваше предложение · Савельева О. Б.
    Поставим три до каникул.
    Вы писали, вт 24.11: Поставьте у школы скамейки: ждать детей негде.
    [Моё предложение]
    ");
    // A corrected answer stands where the first one came.
    administrator.press("Исправить ответ").await;
    administrator.says("Поставим четыре до каникул.").await;
    administrator.sees("Ответ исправлен").await;
    school.quiet().await;
    assert_eq!((parent.count("Поставим три"), parent.count("Поставим четыре")), (0, 1));
    parent.press_under("Поставим четыре", "Моё предложение").await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе · вт 24.11, с именем
    Поставьте у школы скамейки: ждать детей негде.
    Ответ, вт 24.11 · Савельева О. Б.
    Поставим четыре до каникул.
    [‹ Предложения] [Меню]
    ");
    administrator.press("‹ Предложения").await;
    assert_snapshot!(administrator.screen(), @"
    Предложения родителей
    [✓ вт 24.11 · Волкова О. П. · отве…]
    [‹ Сообщения] [Меню]
    ");
}

async fn a_suggestion_without_a_name_is_nobodys_for_the_school(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    write(&parent, WORDS).await;
    parent.press("Без имени").await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе
    Поставьте у школы скамейки: ждать детей негде.

    Без имени. В школе никто не увидит, кто написал: ни на экранах, ни в таблицах, ни в истории действий. Чтобы принести ответ, журнал хранит, кому его нести. Эта запись удаляется через 14 дней после ответа, закрытия или отзыва, в любом случае — через 90 дней после отправки. До этого узнать вас мог бы лишь тот, у кого сама база журнала или её копия. По тексту могут и догадаться.
    Новый текст следующим сообщением заменит этот.
    [С именем] [✓ Без имени]
    [Отправить без имени]
    [Не отправлять]
    ");
    parent.press("Отправить без имени").await;
    assert_snapshot!(parent.screen(), @"
    Предложение школе · вт 24.11, без имени
    Поставьте у школы скамейки: ждать детей негде.
    Отправлено, ещё не прочитано.
    Оно без имени, поэтому уйдёт из этого списка через 14 дней после ответа.
    [Отозвать]
    [‹ Предложения] [Меню]
    ");
    school.quiet().await;
    administrator.press_under("без имени", "Открыть").await;
    assert_snapshot!(administrator.screen(), @"
    Предложение · вт 24.11 · без имени
    Поставьте у школы скамейки: ждать детей негде.
    [Ответить]
    [Закрыть без ответа]
    [‹ Предложения] [Меню]
    ");
    administrator.press("Ответить").await;
    administrator.says("Поставим весной.").await;
    school.quiet().await;
    assert_eq!(parent.count("Поставим весной."), 1);
    administrator.press("‹ Предложения").await;
    // Of all that the administrator was ever shown nothing names the parent, and no button carries who it is.
    let person = school
        .person(&zhurnal::people::Invitee::Parent(String::new()), "Волкова")
        .await;
    let told = school.telegram.calls().into_iter();
    let told: Vec<String> = told
        .filter(|call| call.chat == Some(administrator.user))
        .map(|call| call.params.to_string())
        .collect();
    assert!(
        told.iter().any(|it| it.contains("скамейки")),
        "the administrator read it"
    );
    for call in told {
        let name = &person.name.surname;
        let number = parent.user.to_string();
        assert!(!call.contains(name.as_str()) && !call.contains(&number), "{call}");
    }
    // Who did what at the school has no word of it.
    administrator.says("/start").await;
    administrator.press("Действия людей").await;
    assert!(
        !administrator.screen().contains("редложени"),
        "{}",
        administrator.screen()
    );
}

async fn nothing_says_whose_it_was_when_its_time_is_over(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    let person = school
        .person(&zhurnal::people::Invitee::Parent(String::new()), "Волкова")
        .await;
    parent.says("/start").await;
    school.quiet().await;
    let naming = || digest::naming(&school.db, person.id.0, parent.user);
    let before = naming().await;
    assert!(before.contains_key("accounts"), "{before:?}");
    // What was there before isn't told: which tables have more than that.
    let more = |now: std::collections::BTreeMap<String, i64>| -> Vec<(String, i64)> {
        let rows = now.into_iter();
        rows.map(|(table, n)| (table.clone(), n - before.get(&table).unwrap_or(&0)))
            .filter(|(_, n)| *n != 0)
            .collect()
    };
    let tables = |rows: &[(&str, i64)]| -> Vec<(String, i64)> {
        rows.iter().map(|(table, n)| ((*table).to_owned(), *n)).collect()
    };
    send_nameless(&parent, WORDS).await;
    school.quiet().await;
    // One row says to whom the answer is brought. No other does: not the suggestion, not the audit, not a job or letter.
    assert_eq!(more(naming().await), tables(&[("suggestion_ways", 1)]));
    administrator.press_under("без имени", "Открыть").await;
    administrator.press("Ответить").await;
    administrator.says("Поставим весной.").await;
    school.quiet().await;
    administrator.press("Исправить ответ").await;
    administrator.says("Поставим летом.").await;
    school.quiet().await;
    // The answer and its correction went into the parent's chat.
    let known = [("outbox", 2), ("suggestion_letters", 2), ("suggestion_ways", 1)];
    assert_eq!(more(naming().await), tables(&known));
    // Two weeks later, but for an hour.
    school.minutes_pass(14 * 24 * 60 - 60);
    school.quiet().await;
    assert_eq!(more(naming().await), tables(&known));
    parent.says("/messages").await;
    parent.press("Предложение школе").await;
    assert!(parent.screen().contains("отвечено"), "{}", parent.screen());
    school.minutes_pass(120);
    school.quiet().await;
    assert_eq!(more(naming().await), tables(&[]), "nothing says any more whose it was");
    parent.press("‹ Сообщения").await;
    parent.press("Предложение школе").await;
    assert!(parent.screen().contains("Пока ни одного"), "{}", parent.screen());
    // The answer is in the chat still; its button has nothing behind it.
    parent.press_under("Поставим летом.", "Моё предложение").await;
    assert!(parent.toast().contains("не открыто"), "{}", parent.toast());
    // The school has the words, and knows that no answer arrives.
    let id = SuggestionId(
        school
            .number("SELECT MAX(id) FROM suggestions WHERE sent_at <= $1", school.now())
            .await,
    );
    unlock(school, &administrator).await;
    administrator.says("/messages").await;
    administrator.press("Предложения родителей").await;
    administrator.press_starting("✓").await;
    assert_snapshot!(administrator.screen(), @"
    Предложение · вт 24.11 · без имени
    Поставьте у школы скамейки: ждать детей негде.
    Ответ, вт 24.11 · Савельева О. Б.
    Поставим летом.
    Предложение без имени, и кому нести ответ, журнал уже забыл: срок вышел. Ответ не дойдёт.
    [‹ Предложения] [Меню]
    ");
    let answer = Payload::of(&Act::Answer(id));
    administrator
        .press_data(administrator.last().message_id, answer.as_str())
        .await;
    assert!(
        administrator.screen().contains("срок вышел"),
        "{}",
        administrator.screen()
    );
}

/// The lock has closed meanwhile.
async fn unlock(school: &School, phone: &Phone) {
    school.give_pin(phone).await;
    phone.says("/start").await;
}

async fn an_unread_suggestion_is_withdrawn_and_a_read_one_is_not(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    write(&parent, "Передумаю.").await;
    parent.press("Отправить с именем").await;
    school.quiet().await;
    let notice = administrator.gets("Предложение школе").await;
    let open = notice.key("Открыть").unwrap().data.clone().unwrap();
    parent.press("Отозвать").await;
    assert_eq!(parent.toast(), "Отозвано, текст удалён");
    assert_snapshot!(parent.screen(), @"
    Предложение школе · вт 24.11, с именем
    Отозвано, вт 24.11: текст удалён, школа его не читала.
    [‹ Предложения] [Меню]
    ");
    school.quiet().await;
    assert_eq!(administrator.count("Предложение отозвано автором"), 1);
    administrator.press_data(notice.message_id, &open).await;
    assert!(
        administrator.screen().contains("отозвано автором"),
        "{}",
        administrator.screen()
    );
    administrator.press("‹ Предложения").await;
    assert!(
        administrator.screen().contains("Предложений ещё нет"),
        "{}",
        administrator.screen()
    );
    let kept = school
        .number(
            "SELECT COUNT(*) FROM suggestions WHERE words <> '' AND sent_at <= $1",
            school.now(),
        )
        .await;
    assert_eq!(kept, 0, "the words are deleted");

    write(&parent, "Не передумаю.").await;
    parent.press("Отправить с именем").await;
    school.quiet().await;
    administrator.press_under("Предложение школе", "Открыть").await;
    assert!(
        administrator.screen().contains("Не передумаю."),
        "{}",
        administrator.screen()
    );
    parent.press("Отозвать").await;
    assert!(
        parent.toast().starts_with("Не отозвано: школа успела прочитать."),
        "{}",
        parent.toast()
    );
    parent.sees("✓ Прочитано").await;
}

async fn one_is_closed_with_a_kind_word_and_can_be_answered_later(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    send_nameless(&parent, WORDS).await;
    school.quiet().await;
    administrator.press_under("без имени", "Открыть").await;
    let (message, close) = administrator.data("Закрыть без ответа");
    administrator.press("Закрыть без ответа").await;
    assert_eq!(administrator.toast(), "Закрыто, родитель узнает");
    assert!(
        administrator.screen().contains("закрыто без ответа, вт 24.11"),
        "{}",
        administrator.screen()
    );
    administrator.press_data(message, &close).await;
    assert_eq!(administrator.toast(), "Уже отвечено или закрыто");
    school.quiet().await;
    let letter = parent.gets("Школа прочитала").await;
    assert_snapshot!(draw(&letter), @"
    Школа прочитала ваше предложение
    Спасибо, что написали. Отдельного ответа не будет, но сказанное услышано.
    Вы писали, вт 24.11: Поставьте у школы скамейки: ждать детей негде.
    [Моё предложение]
    ");
    assert_eq!(parent.count("Школа прочитала"), 1);
    administrator.press("Ответить").await;
    administrator.says("Нашли деньги, поставим.").await;
    school.quiet().await;
    assert_eq!(parent.count("Нашли деньги"), 1);
}

async fn two_administrators_answer_at_once_and_nothing_is_lost(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    let director = school.staff("Воронцов").await;
    write(&parent, WORDS).await;
    parent.press("Отправить с именем").await;
    school.quiet().await;
    for phone in [&administrator, &director] {
        phone.press_under("Предложение школе", "Открыть").await;
        phone.press("Ответить").await;
    }
    administrator.says("Поставим весной.").await;
    director.says("Поставим завтра.").await;
    assert_snapshot!(director.screen(), @"
    Не отправлено: ответ уже есть. Ваш текст цел, выберите.
    Ответ уже есть: Савельева О. Б.
    Поставим весной.
    Ваш, ещё не отправлен:
    Поставим завтра.
    [Отправить мой вместо него]
    [Оставить тот ответ]
    ");
    school.quiet().await;
    assert_eq!((parent.count("весной"), parent.count("завтра")), (1, 0));
    // A third answer comes while the director looks at the two.
    administrator.press("Исправить ответ").await;
    administrator.says("Поставим летом.").await;
    director.press("Отправить мой вместо него").await;
    director.sees("Поставим летом.").await;
    director.press("Отправить мой вместо него").await;
    assert_eq!(director.toast(), "Ответ исправлен");
    school.quiet().await;
    assert_eq!((parent.count("летом"), parent.count("завтра")), (0, 1));
    // Who keeps the other's answer writes nothing.
    administrator.press("Исправить ответ").await;
    director.press("Исправить ответ").await;
    administrator.says("Поставим осенью.").await;
    director.says("Поставим вчера.").await;
    director.press("Оставить тот ответ").await;
    assert!(director.screen().contains("Поставим осенью."), "{}", director.screen());
    school.quiet().await;
    assert_eq!(parent.count("вчера"), 0);
}

async fn what_is_too_long_or_too_much_is_not_sent(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    parent.says("/messages").await;
    press_all(&parent, &["Предложение школе", "Новое предложение"]).await;
    parent.says(&"ж".repeat(3_501)).await;
    assert_snapshot!(parent.screen(), @"
    Предложение — до 3500 знаков, у вас 3501. Не отправлено; сократите и пришлите снова: ваш текст цел в чате.
    [‹ Назад] [Меню]
    ");
    // The longest is awaited still, and nothing of it is lost.
    parent.says(&"ж".repeat(3_500)).await;
    press_all(&parent, &["Без имени", "Отправить без имени"]).await;
    school.quiet().await;
    administrator.press_under("без имени", "Открыть").await;
    assert!(administrator.screen().contains(&"ж".repeat(3_500)));
    administrator.press("Ответить").await;
    administrator.says(&"щ".repeat(3_001)).await;
    assert!(
        administrator.screen().contains("до 3000 знаков, у вас 3001"),
        "{}",
        administrator.screen()
    );
    administrator.says(&"щ".repeat(3_000)).await;
    administrator.press("Ответ целиком").await;
    assert!(administrator.screen().contains(&"щ".repeat(3_000)));
    school.quiet().await;
    parent.press_under("Ответ школы", "Моё предложение").await;
    assert!(parent.screen().contains(&"щ".repeat(3_000)));
    parent.press("Мой текст целиком").await;
    assert!(parent.screen().contains(&"ж".repeat(3_500)));
    // Withdrawn ones count too: five a day.
    for n in 2..=5 {
        write(&parent, &format!("Предложение {n}")).await;
        parent.press("Отправить с именем").await;
        parent.press("Отозвать").await;
    }
    parent.press("‹ Предложения").await;
    parent.press("Новое предложение").await;
    assert_eq!(
        parent.toast(),
        "Предложений в день — до 5, сегодня столько уже есть. Не отправлено; ваш текст цел в чате, пришлите его завтра."
    );
    school.minutes_pass(24 * 60);
    write(&parent, "Шестое").await;
    parent.press("Отправить с именем").await;
    assert_eq!(parent.toast(), "Отправлено школе");
}

async fn a_press_twice_or_on_an_old_screen_sends_nothing_more(school: &School) {
    let parent = school.parent("Волкова").await;
    write(&parent, "Первое").await;
    let (message, first) = parent.data("Отправить с именем");
    parent.says("Второе").await;
    assert_eq!(parent.count("Это новый текст"), 1, "{}", parent.screen());
    // The button of the first text sends no second.
    parent.press_data(message, &first).await;
    assert_eq!(parent.toast(), "Экран устарел, ничего не отправлено");
    // Nor does one that stood when it went with a name.
    let (message, named) = parent.data("Отправить с именем");
    parent.press("Без имени").await;
    parent.press_data(message, &named).await;
    assert_eq!(parent.toast(), "Экран устарел, ничего не отправлено");
    let (message, send) = parent.data("Отправить без имени");
    parent.press("Отправить без имени").await;
    parent.press_data(message, &send).await;
    assert_eq!(parent.toast(), "Уже отправлено или не сохранилось");
    let sent = school
        .number("SELECT COUNT(*) FROM suggestions WHERE sent_at <= $1", school.now())
        .await;
    assert_eq!(sent, 1);
    // Who looks at something else has nothing written; a text goes nowhere then.
    write(&parent, "Третье").await;
    parent.says("/timetable").await;
    parent.says("Четвёртое").await;
    assert!(!parent.screen().contains("Отправить"), "{}", parent.screen());
}

async fn rights_that_are_lost_before_sending_send_nothing(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    send_nameless(&parent, WORDS).await;
    school.quiet().await;
    administrator.press_under("без имени", "Открыть").await;
    administrator.press("Ответить").await;
    write(&parent, "Ещё одно").await;
    school
        .change("DELETE FROM guardians WHERE parent_id IN (SELECT id FROM people WHERE surname = 'Волкова')")
        .await;
    parent.press("Отправить с именем").await;
    assert!(
        parent.toast().starts_with("Это предложение вам не открыто"),
        "{}",
        parent.toast()
    );
    // Whoever is a parent no more gets no answer either.
    administrator.says("Поставим весной.").await;
    school.quiet().await;
    assert_eq!(parent.count("весной"), 0);
    // An administrator who is none any more answers nothing.
    administrator.press("Исправить ответ").await;
    school
        .change("DELETE FROM staff_roles WHERE role = 'administrator'")
        .await;
    administrator.says("Поставим летом.").await;
    assert!(
        administrator.screen().contains("не открыто"),
        "{}",
        administrator.screen()
    );
    let n = school
        .number(
            "SELECT COUNT(*) FROM suggestions WHERE answers = 1 AND sent_at <= $1",
            school.now(),
        )
        .await;
    assert_eq!(n, 1);
}

async fn whose_it_is_not_reads_and_writes_nothing(school: &School) {
    let parent = school.parent("Волкова").await;
    send_nameless(&parent, WORDS).await;
    school.quiet().await;
    let id = SuggestionId(
        school
            .number("SELECT MAX(id) FROM suggestions WHERE sent_at <= $1", school.now())
            .await,
    );
    let others = [
        school.parent("Белова").await,
        school.staff("Фомина").await,
        school.staff("Артемьева").await,
        school.staff("Лукина").await,
        school.pupil("Волкова Анна").await,
    ];
    let presses = [
        Payload::of(&View::One(id)),
        Payload::of(&View::Words(id)),
        Payload::of(&View::Read(id)),
        Payload::of(&View::ReadAnswer(id)),
        Payload::of(&Act::Open(id)),
        Payload::of(&Act::Answer(id)),
        Payload::of(&Act::Close(id)),
        Payload::of(&Act::Withdraw(id)),
        Payload::of(&Act::SeeHere(id)),
        Payload::of(&Act::Open(SuggestionId(4_000))),
        Payload::of(&View::One(SuggestionId(4_000))),
    ];
    for other in &others {
        for press in &presses {
            other.press_data(other.last().message_id, press.as_str()).await;
            assert!(!other.chat().contains("скамейки"), "{}", other.chat());
        }
        other.says("/messages").await;
        assert!(!other.screen().contains("Предложения родителей"), "{}", other.screen());
    }
    // Pupils suggest nothing.
    let pupil = &others[4];
    assert!(!pupil.screen().contains("Предложение школе"), "{}", pupil.screen());
    let untouched = school
        .number(
            "SELECT COUNT(*) FROM suggestions WHERE read_at IS NULL AND answer IS NULL AND closed_at IS NULL
             AND withdrawn_at IS NULL AND sent_at <= $1",
            school.now(),
        )
        .await;
    assert_eq!(untouched, 1);
}

async fn lists_turn_their_pages(school: &School) {
    let parents = [school.parent("Волкова").await, school.parent("Белова").await];
    let administrator = school.staff("Савельева").await;
    for parent in &parents {
        for n in 1..=5 {
            write(parent, &format!("Пожелание {n}")).await;
            parent.press("Отправить с именем").await;
        }
    }
    school.quiet().await;
    administrator.says("/messages").await;
    administrator.press("Предложения родителей · 10").await;
    administrator.press("Старше ›").await;
    assert_eq!(
        administrator.labels().iter().filter(|it| it.starts_with('•')).count(),
        2
    );
    // One of the oldest is read, so it stands below the others.
    let labels = administrator.labels();
    administrator.press(&labels[0]).await;
    assert!(
        administrator.screen().contains("Пожелание 2"),
        "{}",
        administrator.screen()
    );
    press_all(&administrator, &["‹ Предложения", "Старше ›"]).await;
    assert!(
        administrator.screen().contains("[вт 24.11 · Волкова О. П. · Пожела…]"),
        "{}",
        administrator.screen()
    );
    administrator.press("‹ Новее").await;
    assert!(
        administrator.screen().contains("непрочитанных 9"),
        "{}",
        administrator.screen()
    );
}
