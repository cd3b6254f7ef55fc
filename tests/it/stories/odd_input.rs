//! What people also send: old buttons, forged ones, texts nobody awaits, stickers, letters to a group.

use insta::assert_snapshot;
use zhurnal::demo::telegram::Sent;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    e1_a_card_from_last_week_still_works,
    e2_forged_data_gets_a_fresh_screen,
    e3_a_text_nobody_awaits_is_asked_about,
    e3_a_text_after_an_hour_is_asked_about,
    e3_a_text_with_no_lesson_open_is_written_nowhere_and_said_so,
    e4_what_the_journal_does_not_read_is_said_and_what_was_awaited_still_is,
    e5_a_group_is_told_once,
    e10_a_text_too_long_is_refused_and_still_awaited,
    a_press_instead_of_the_awaited_text,
    signs_of_markup_are_letters_like_any_other,
    a_name_with_an_apostrophe,
    an_edited_message_changes_nothing_and_says_so,
    an_unknown_command_and_cancel,
    an_update_that_cannot_be_read_holds_nobody_up,
);

async fn card(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher
}

async fn e1_a_card_from_last_week_still_works(school: &School) {
    let teacher = card(school).await;
    let (message, attendance) = teacher.data("Посещаемость и отметки");
    press_all(&teacher, &["Меню"]).await;
    school.minutes_pass(7 * 24 * 60);
    teacher.press_data(message, &attendance).await;
    assert!(
        teacher.screen().starts_with("7А · алгебра · вт 24.11, 3-й урок"),
        "{}",
        teacher.screen()
    );
    teacher.press("Ким М.").await;
    assert_eq!(teacher.toast(), "Ким М. — н");
    let (message, present) = teacher.data("н Ким М.");
    teacher.press("н Ким М.").await;
    // The same press once more, from a screen that is out of date: it says the same and does nothing.
    teacher.press_data(message, &present).await;
    assert_eq!(teacher.toast(), "Уже записано, 10:40");
    assert!(
        teacher.labels().contains(&"б Ким М.".to_owned()),
        "{}",
        teacher.screen()
    );
}

async fn e2_forged_data_gets_a_fresh_screen(school: &School) {
    let teacher = card(school).await;
    let message = teacher.last().message_id;
    let (_, real) = teacher.data("Готово");
    let long = "z".repeat(64);
    let newer = real.replacen('1', "9", 1);
    let cut: String = real.chars().take(real.len() - 2).collect();
    for data in ["", &long, "отметка", &newer, &cut, "1", "\u{0}\u{1}\u{2}"] {
        teacher.press_data(message, data).await;
        assert_eq!(teacher.toast(), "Экран устарел, вот свежий", "{data:?}");
        assert!(
            teacher.screen().contains("У вас 6 уроков"),
            "{data:?}: {}",
            teacher.screen()
        );
    }
}

async fn e3_a_text_nobody_awaits_is_asked_about(school: &School) {
    let teacher = card(school).await;
    teacher.says("Линейное уравнение").await;
    teacher.says("§ 13").await;
    teacher.says("§ 14, № 1").await;
    assert_snapshot!(teacher.screen(), @"
    Куда это? «§ 14, № 1»
    [ДЗ · 7А, 3-й урок]
    [Тема · 7А, 3-й урок]
    [Никуда]
    ");
    teacher.press("ДЗ · 7А, 3-й урок").await;
    assert!(
        teacher.screen().contains("✓ ДЗ к ср 25.11: § 14, № 1\n"),
        "{}",
        teacher.screen()
    );
    teacher.says("Степени").await;
    teacher.press("Тема · 7А, 3-й урок").await;
    assert!(teacher.screen().contains("✓ Тема: Степени\n"), "{}", teacher.screen());
    teacher.says("Хорошо, завтра принесу").await;
    let (message, topic) = teacher.data("Тема · 7А, 3-й урок");
    teacher.press("Никуда").await;
    assert!(teacher.screen().contains("✓ Тема: Степени\n"), "{}", teacher.screen());
    // The question was answered: its other button has nothing to write any more.
    teacher.press_data(message, &topic).await;
    assert_eq!(teacher.toast(), "Экран устарел, вот свежий");
    assert!(teacher.screen().contains("✓ Тема: Степени\n"), "{}", teacher.screen());
    // A text while the question stands takes the place of the first.
    teacher.says("одно").await;
    teacher.says("другое").await;
    assert!(
        teacher.screen().starts_with("Куда это? «другое»"),
        "{}",
        teacher.screen()
    );
    teacher.press("Никуда").await;
}

async fn e3_a_text_after_an_hour_is_asked_about(school: &School) {
    let teacher = card(school).await;
    school.minutes_pass(60);
    teacher.says("Линейное уравнение").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "within the hour\n{}",
        teacher.screen()
    );
    school.minutes_pass(61);
    teacher.says("Да, договорились").await;
    assert!(
        teacher.screen().starts_with("Куда это? «Да, договорились»"),
        "{}",
        teacher.screen()
    );
    teacher.press("Никуда").await;
    assert!(teacher.screen().contains("• ДЗ к ср 25.11\n"), "{}", teacher.screen());
    assert!(
        teacher.screen().contains("Напишите ДЗ следующим сообщением."),
        "{}",
        teacher.screen()
    );
    teacher.says("§ 13").await;
    assert!(
        teacher.screen().contains("✓ ДЗ к ср 25.11: § 13\n"),
        "the card listens again\n{}",
        teacher.screen()
    );
}

async fn e3_a_text_with_no_lesson_open_is_written_nowhere_and_said_so(school: &School) {
    let teacher = school.staff("Смирнова").await;
    teacher.says("§ 13, № 8").await;
    assert_snapshot!(teacher.screen(), @"
    «§ 13, № 8» — пока никуда не записано. Откройте урок, чтобы записать тему или ДЗ.
    вт 24.11 · Учебная школа
    У вас 6 уроков, заполнено 0.
    Матвей, 3Б: завтра 4 урока с 8:30
    [Мои уроки сегодня]
    [Осталось · 46]
    [Графики классов]
    [Мой класс · 7А]
    [Мои дети]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    let parent = school.parent("Волкова").await;
    parent.says("Аня болеет").await;
    assert_snapshot!(parent.screen(), @"
    «Аня болеет» — журнал этого сообщения не ждал и никому его не передал. Всё открывается кнопками.
    Пётр, 3Б · вт 24.11 · завтра 4 урока с 8:30
    [✓ Пётр, 3Б] [Анна, 7А]
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
}

async fn e4_what_the_journal_does_not_read_is_said_and_what_was_awaited_still_is(school: &School) {
    let teacher = card(school).await;
    teacher.sends(Sent::Sticker).await;
    assert_snapshot!(teacher.screen(), @"
    Журнал читает слова. Напишите или надиктуйте с клавиатуры телефона.
    Напишите тему следующим сообщением.
    [‹ Урок] [Меню]
    ");
    let said = teacher.screen();
    let things = [
        Sent::Voice,
        Sent::Photo {
            bytes: vec![0xff, 0xd8],
            caption: "Тема с фото".into(),
        },
        Sent::Document {
            name: "план.docx".into(),
            mime: "application/msword".into(),
            bytes: vec![1],
            caption: String::new(),
        },
        Sent::Contact { user_id: teacher.user },
        Sent::Location,
    ];
    for thing in things {
        let what = format!("{thing:?}");
        teacher.sends(thing).await;
        assert_eq!(teacher.screen(), said, "{what}");
    }
    teacher
        .sends(Sent::Forwarded {
            text: "Контрольная работа".into(),
        })
        .await;
    assert_snapshot!(teacher.screen(), @"
    Пересланное журнал не записывает. Напишите своими словами.
    Напишите тему следующим сообщением.
    [‹ Урок] [Меню]
    ");
    teacher.says("Линейное уравнение").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        teacher.screen()
    );
}

async fn e5_a_group_is_told_once(school: &School) {
    let teacher = school.staff("Смирнова").await;
    for text in ["/start", "/today", "Кто заболел?"] {
        school.telegram.say_in_group(500, teacher.user, text);
    }
    // The private chat goes on, so all three have been read.
    teacher.says("/today").await;
    school.quiet().await;
    let said: Vec<String> = school
        .telegram
        .chat(-500)
        .into_iter()
        .filter(|it| it.from_bot)
        .map(|it| it.text)
        .collect();
    assert_eq!(
        said,
        ["Здесь данные детей увидят посторонние, поэтому журнал отвечает только в личном чате."]
    );
    assert!(teacher.screen().starts_with("Мои уроки"), "{}", teacher.screen());
}

async fn e10_a_text_too_long_is_refused_and_still_awaited(school: &School) {
    let teacher = card(school).await;
    teacher.says(&"ж".repeat(4096)).await;
    assert_snapshot!(teacher.screen(), @"
    Тема — до 300 знаков, у вас 4096. Не записано; сократите и пришлите снова.
    [‹ Урок] [Меню]
    ");
    teacher.press("‹ Урок").await;
    assert!(
        teacher.screen().contains("Напишите тему следующим сообщением."),
        "{}",
        teacher.screen()
    );
    teacher.says(&"ж".repeat(300)).await;
    teacher.says(&"з".repeat(1001)).await;
    assert!(
        teacher.screen().starts_with("ДЗ — до 1000 знаков, у вас 1001."),
        "{}",
        teacher.screen()
    );
    teacher.says(&"з".repeat(1000)).await;
    assert!(
        teacher.screen().contains("✓ ДЗ к ср 25.11: зззз"),
        "{}",
        teacher.screen()
    );
    teacher.says(&"я".repeat(4096)).await;
    assert!(
        teacher.screen().starts_with("Запись — до 1000 знаков, у вас 4096."),
        "{}",
        teacher.screen()
    );
    teacher.says(&"ё".repeat(1000)).await;
    assert!(teacher.screen().starts_with("Куда это? «ёёё"), "{}", teacher.screen());
    teacher.press("Тема · 7А, 3-й урок").await;
    assert_eq!(
        teacher.toast(),
        "Тема — до 300 знаков, у вас 1000. Не записано; сократите и пришлите снова."
    );
}

async fn a_press_instead_of_the_awaited_text(school: &School) {
    let teacher = card(school).await;
    press_all(&teacher, &["Посещаемость и отметки", "Ким М.", "‹ Урок"]).await;
    assert!(
        teacher.screen().contains("Напишите тему следующим сообщением."),
        "{}",
        teacher.screen()
    );
    teacher.says("Линейное уравнение").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        teacher.screen()
    );
}

async fn signs_of_markup_are_letters_like_any_other(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = card(school).await;
    teacher.says("Знаки <b>&\" и ' в тексте 🙂 &lt;").await;
    teacher.says("№ 5 < № 6 & </i>\n\n  упр. 3  ").await;
    assert_snapshot!(teacher.screen(), @r#"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Знаки <b>&" и ' в тексте 🙂 &lt;
    ✓ ДЗ к ср 25.11: № 5 < № 6 & </i>
    упр. 3
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [ДЗ для других]
    [Вид работы] [Все на месте]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    "#);
    press_all(
        &teacher,
        &[
            "Посещаемость и отметки",
            "5",
            "Волкова А.",
            "Готово",
            "Все были",
            "Закончить так",
        ],
    )
    .await;
    school.quiet().await;
    assert_snapshot!(crate::support::phone::draw(&parent.last()), @r#"
    Анна, алгебра: 5
    вт 24.11, 3-й урок. 5 — ответ.
    Тема: Знаки <b>&" и ' в тексте 🙂 &lt;
    ДЗ к ср 25.11: № 5 < № 6 & </i>
    упр. 3
    [Дневник] [Вопрос учителю]
    [Уведомления]
    "#);
}

async fn a_name_with_an_apostrophe(school: &School) {
    school
        .change("UPDATE people SET surname = 'О''Нил <i>', name = 'Д''Артаньян&' WHERE code = 'п33'")
        .await;
    let parent = school.parent("Ким Ирина").await;
    let teacher = card(school).await;
    teacher.press("Посещаемость и отметки").await;
    press_all(&teacher, &["О'Нил <i> Д.", "5", "н О'Нил <i> Д."]).await;
    assert!(
        teacher.screen().starts_with("О'Нил <i> Д. — н на этом уроке."),
        "{}",
        teacher.screen()
    );
    press_all(&teacher, &["Поставить н/5: сдано позже", "Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(
        parent.count("Д'Артаньян&, алгебра: н/5, сдано позже"),
        1,
        "{}",
        parent.chat()
    );
}

async fn an_edited_message_changes_nothing_and_says_so(school: &School) {
    let teacher = card(school).await;
    let message = teacher.says("Линейное уровнение").await;
    teacher.edits(message, "Линейное уравнение").await;
    assert_snapshot!(teacher.screen(), @"
    Правку сообщения журнал не видит: записано как было. Чтобы изменить, откройте урок и пришлите новое сообщение.
    Напишите ДЗ следующим сообщением.
    [‹ Урок] [Меню]
    ");
    teacher.press("‹ Урок").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уровнение\n"),
        "{}",
        teacher.screen()
    );
}

async fn an_unknown_command_and_cancel(school: &School) {
    let teacher = card(school).await;
    teacher.says("/hausaufgaben").await;
    assert_snapshot!(teacher.screen(), @"
    Такой команды нет. Всё открывается кнопками.
    Напишите тему следующим сообщением.
    [‹ Урок] [Меню]
    ");
    teacher.says("/").await;
    assert!(
        teacher.screen().starts_with("Такой команды нет."),
        "{}",
        teacher.screen()
    );
    teacher.says("/cancel").await;
    assert_snapshot!(teacher.screen(), @"
    Отменено, записанное цело
    вт 24.11 · Учебная школа
    У вас 6 уроков, заполнено 0.
    Матвей, 3Б: завтра 4 урока с 8:30
    [Мои уроки сегодня]
    [Осталось · 46]
    [Графики классов]
    [Мой класс · 7А]
    [Мои дети]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    teacher.says("/cancel").await;
    assert!(!teacher.screen().contains("Отменено"), "{}", teacher.screen());
    teacher.says("/TODAY@zhurnal_demo_bot").await;
    assert!(teacher.screen().starts_with("Мои уроки"), "{}", teacher.screen());
}

async fn an_update_that_cannot_be_read_holds_nobody_up(school: &School) {
    let teacher = card(school).await;
    school.telegram.garble();
    teacher.says("Линейное уравнение").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейное уравнение\n"),
        "{}",
        teacher.screen()
    );
}
