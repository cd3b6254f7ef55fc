//! T10: a family and those who teach its child talk, and colleagues do; nobody's account is shown.

use insta::assert_snapshot;
use zhurnal::chat::Payload;
use zhurnal::demo::telegram::Sent;
use zhurnal::ids::ThreadId;
use zhurnal::messages::threads::press::{Act, View};

use super::{algebra, picture, press_all};
use crate::support::phone::draw;
use crate::support::school::School;
use crate::support::story;

story!(
    t10_a_parent_asks_a_teacher_under_a_notice_and_is_answered_by_a_reply,
    t10_a_parent_chooses_whom_to_write_to,
    t10_outside_office_hours_a_message_waits_and_can_be_taken_back,
    t10_a_tutors_letter_is_answered,
    t10_a_text_nobody_awaits_may_be_an_answer,
    t10_colleagues_and_families_are_written_to,
    t10_a_teacher_who_left_and_a_parent_who_is_none_any_more_are_not_written_to,
    t10_a_message_that_is_too_long_or_changed_later_goes_nowhere,
    t10_pictures_files_and_voices_are_messages_too,
    t10_a_picture_is_taken_back_with_its_message,
);

async fn t10_a_parent_asks_a_teacher_under_a_notice_and_is_answered_by_a_reply(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    assert_snapshot!(parent.screen(), @"
    Сообщение увидит Смирнова Е. В. · Анна, алгебра
    Часы ответа: пн–пт, 8:00–18:00.
    Напишите его следующим сообщением; можно фото, файл, голосовое.
    [Не писать]
    ");
    parent.says("Можно переписать самостоятельную?").await;
    assert_snapshot!(parent.screen(), @"
    Отправлено
    Смирнова Е. В. · Анна, алгебра
    Вы, 10:40: Можно переписать самостоятельную?
    [Ответить]
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    let letter = teacher.gets("Можно переписать").await;
    assert_snapshot!(draw(&letter), @"
    Волкова О. П. · Волкова Анна, 7А, алгебра
    Можно переписать самостоятельную?
    [Ответить] [Весь разговор]
    ");
    // Nobody's account is on a screen.
    assert!(!teacher.chat().contains(&parent.user.to_string()), "{}", teacher.chat());
    teacher.says("/start").await;
    assert!(teacher.screen().contains("[Сообщения · 1]"), "{}", teacher.screen());
    // A reply goes into the talk, whatever else is awaited.
    teacher.says("/today").await;
    teacher.press_ending("7А геометрия").await;
    teacher.replies(letter.message_id, "Да, в четверг").await;
    assert_snapshot!(teacher.screen(), @"
    Отправлено
    Волкова О. П. · Волкова Анна, 7А, алгебра
    Волкова О. П., 10:40: Можно переписать самостоятельную?
    Вы, 10:40: Да, в четверг
    [Ответить]
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    assert_eq!(parent.count("Да, в четверг"), 1);
    parent.press_under("Да, в четверг", "Весь разговор").await;
    assert!(
        parent.screen().contains("Смирнова Е. В. · Анна, алгебра"),
        "{}",
        parent.screen()
    );
    teacher.press("‹ Сообщения").await;
    assert_snapshot!(teacher.screen(), @"
    Сообщения
    [Волкова О. П. · Анна, алгебра]
    [Объявления] [Опросы]
    [Предложение школе]
    [Новое] [Меню]
    ");
    teacher.press_starting("Волкова").await;
    assert!(teacher.screen().contains("Да, в четверг ✓"), "{}", teacher.screen());
    teacher.press("Закрыть тему").await;
    assert!(
        teacher.screen().contains("[Закрыто: Волкова О. П. · Анна, ал"),
        "{}",
        teacher.screen()
    );
    // A question about the same child and subject goes on in the same talk.
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Спасибо!").await;
    school.quiet().await;
    // So does Telegram's own reply to the notice.
    let notice = parent.gets("Анна, алгебра: 5 и 4").await;
    parent.replies(notice.message_id, "И последний вопрос").await;
    school.quiet().await;
    assert_eq!(teacher.count("И последний вопрос"), 1);
    let n = school
        .number(
            "SELECT COUNT(*) FROM threads WHERE opened_at <= $1 AND closed_at IS NULL",
            school.now(),
        )
        .await;
    assert_eq!(n, 1);
}

async fn t10_a_parent_chooses_whom_to_write_to(school: &School) {
    let parent = school.parent("Волкова").await;
    let administrator = school.staff("Савельева").await;
    parent.says("/messages").await;
    press_all(&parent, &["Новое", "Учителям: Анна"]).await;
    assert_snapshot!(parent.screen(), @"
    Кому написать · Анна
    [Смирнова Е. В., тьютор]
    [Смирнова Е. В., алгебра]
    [Зуева М. К., английский язык]
    [Орлова Н. С., биология]
    [Фролов А. И., география]
    [Смирнова Е. В., геометрия]
    [Осипов Д. О., информатика]
    [Титов В. А., история]
    [Фомина Т. А., литература]
    [Дорофеева Ж. Л., музыка]
    [Титов В. А., обществознание]
    [Фомина Т. А., русский язык]
    [Пак С. В., физика]
    [Гусев Р. П., физическая культура]
    [Артемьева Г. С., рук. ступени]
    [Савельева О. Б., администратор]
    [Воронцов М. Е., директор]
    [‹ Сообщения] [Меню]
    ");
    parent.press_starting("Савельева").await;
    parent.says("Когда собрание?").await;
    school.quiet().await;
    administrator.gets("Когда собрание?").await;
    // Who isn't there yet reads it later.
    press_all(&parent, &["‹ Сообщения", "Новое", "Учителям: Анна"]).await;
    parent.press("Фомина\u{a0}Т.\u{a0}А., литература").await;
    parent.says("Здравствуйте").await;
    assert!(parent.toast().is_empty() || !parent.toast().contains("Отправлено"));
    assert!(
        parent.screen().contains("журнал у этого человека не открыт"),
        "{}",
        parent.screen()
    );
    let later = school.staff("Фомина").await;
    later.says("/messages").await;
    assert!(later.screen().contains("непрочитанных 1"), "{}", later.screen());
}

async fn t10_outside_office_hours_a_message_waits_and_can_be_taken_back(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    // 21:15 on Tuesday.
    school.minutes_pass(10 * 60 + 35);
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Это передумаю").await;
    assert_snapshot!(parent.screen(), @"
    Отправлено, 21:15: Смирнова Е. В.
    Сейчас не часы ответа. Дойдёт ср 25.11 в 8:00.
    Часы ответа: пн–пт, 8:00–18:00.
    [Отозвать]
    [‹ Сообщения] [Меню]
    ");
    parent.press("Отозвать").await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("А это важно").await;
    school.quiet().await;
    assert_eq!(teacher.count("А это важно"), 0);
    teacher.says("/messages").await;
    assert!(!teacher.screen().contains("непрочитанных"), "{}", teacher.screen());
    // 8:00 on Wednesday.
    school.minutes_pass(10 * 60 + 45);
    school.quiet().await;
    assert_eq!((teacher.count("А это важно"), teacher.count("Это передумаю")), (1, 0));
    // A teacher's own message leaves at any hour.
    school.minutes_pass(12 * 60);
    teacher.press_under("А это важно", "Ответить").await;
    teacher.says("Поздно, но отвечаю").await;
    school.quiet().await;
    assert_eq!(parent.count("Поздно, но отвечаю"), 1);
}

async fn t10_a_tutors_letter_is_answered(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    press_all(
        &tutor,
        &[
            "Меню",
            "Мой класс · 7А",
            "Написать родителям",
            "Волкова А.",
            "Дальше · 1",
            "Похвала",
        ],
    )
    .await;
    tutor.says("Спасибо за стенгазету").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    parent.press_under("Спасибо за стенгазету", "Ответить").await;
    parent.says("Передам, спасибо").await;
    school.quiet().await;
    let answer = tutor.gets("Передам, спасибо").await;
    assert!(
        draw(&answer).starts_with("Волкова О. П. · Волкова Анна, 7А"),
        "{}",
        draw(&answer)
    );
    // Telegram's own reply to the letter goes the same way.
    let letter = parent.gets("Спасибо за стенгазету").await;
    parent.replies(letter.message_id, "И ещё вопрос").await;
    school.quiet().await;
    assert_eq!(tutor.count("И ещё вопрос"), 1);
    let n = school
        .number("SELECT COUNT(*) FROM threads WHERE opened_at <= $1", school.now())
        .await;
    assert_eq!(n, 1);
}

async fn t10_a_text_nobody_awaits_may_be_an_answer(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Когда пересдача?").await;
    school.quiet().await;
    teacher.says("/start").await;
    teacher.says("В пятницу").await;
    assert_snapshot!(teacher.screen(), @"
    Куда это? «В пятницу»
    [Ответ: Волкова О. П.]
    [Никуда]
    ");
    teacher.press("Ответ: Волкова\u{a0}О.\u{a0}П.").await;
    school.quiet().await;
    assert_eq!(parent.count("В пятницу"), 1);
    // With a finished lesson open, the question has the talk too.
    parent.says("А в четверг нельзя?").await;
    parent.press("Ответ: Смирнова\u{a0}Е.\u{a0}В.").await;
    school.quiet().await;
    teacher.says("/today").await;
    teacher.press_ending("7А алгебра").await;
    teacher.says("Можно и в четверг").await;
    assert!(
        teacher.screen().starts_with("Куда это? «Можно и в четверг»"),
        "{}",
        teacher.screen()
    );
    teacher.press("Ответ: Волкова\u{a0}О.\u{a0}П.").await;
    school.quiet().await;
    assert_eq!(parent.count("Можно и в четверг"), 1);
    teacher.says("Просто мысли").await;
    assert!(
        !teacher.screen().contains("Ответ:"),
        "everything is answered: {}",
        teacher.screen()
    );
}

async fn t10_colleagues_and_families_are_written_to(school: &School) {
    let teacher = school.staff("Орлова").await;
    let other = school.staff("Смирнова").await;
    let parent = school.parent("Волкова").await;
    let pupil = school.pupil("Волкова Анна").await;
    press_all(&teacher, &["Меню", "Сообщения", "Новое", "Коллеге"]).await;
    teacher.press_starting("Смирнова").await;
    teacher.says("Кабинет свободен?").await;
    school.quiet().await;
    other.press_under("Кабинет свободен?", "Ответить").await;
    assert_snapshot!(other.screen(), @"
    Сообщение увидит Орлова Н. С.
    Напишите его следующим сообщением; можно фото, файл, голосовое.
    [Не писать] [Весь разговор]
    ");
    other.says("Да").await;
    school.quiet().await;
    teacher.gets("Да").await;
    press_all(&teacher, &["‹ Сообщения", "Новое", "Семье ученика", "7А", "Волкова А."]).await;
    assert_snapshot!(teacher.screen(), @"
    Волкова Анна · кому написать?
    [Родителю: Волкова О. П.]
    [Ученику: Волкова Анна]
    [‹ Назад] [Меню]
    ");
    teacher.press("Родителю: Волкова\u{a0}О.\u{a0}П.").await;
    teacher.says("Гербарий к пятнице").await;
    school.quiet().await;
    assert_eq!((parent.count("Гербарий"), pupil.count("Гербарий")), (1, 0));
    press_all(
        &teacher,
        &[
            "‹ Сообщения",
            "Новое",
            "Семье ученика",
            "7А",
            "Волкова А.",
            "Ученику: Волкова Анна",
        ],
    )
    .await;
    teacher.says("Принеси тетрадь").await;
    school.quiet().await;
    assert_eq!((parent.count("тетрадь"), pupil.count("тетрадь")), (0, 1));
    pupil.press_under("тетрадь", "Ответить").await;
    pupil.says("Хорошо").await;
    school.quiet().await;
    let answer = teacher.gets("Хорошо").await;
    assert!(draw(&answer).starts_with("Волкова Анна · 7А"), "{}", draw(&answer));
}

async fn t10_a_teacher_who_left_and_a_parent_who_is_none_any_more_are_not_written_to(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says("Первый вопрос").await;
    school.quiet().await;
    teacher.press_under("Первый вопрос", "Ответить").await;
    // While the answer is written, the child leaves the parent's care.
    school
        .change("UPDATE consents SET withdrawn_at = '2026-11-24 01:00:00+00:00'")
        .await;
    teacher.says("Ответ уже некому").await;
    assert!(
        teacher.screen().contains("Этот разговор вам больше не открыт"),
        "{}",
        teacher.screen()
    );
    let open = Payload::of(&Act::Open(ThreadId(1)));
    parent.says("/messages").await;
    parent.press_data(parent.last().message_id, open.as_str()).await;
    assert!(parent.toast().starts_with("Этот разговор"), "{}", parent.toast());
    school.change("UPDATE consents SET withdrawn_at = NULL").await;
    // The teacher leaves: what was said is still read, and nothing more is written.
    school.change("UPDATE loads SET teacher_id = (SELECT id FROM people WHERE code = 'с18') WHERE teacher_id = (SELECT id FROM people WHERE code = 'с1')").await;
    school.change("UPDATE slot_changes SET substitute_id = (SELECT id FROM people WHERE code = 'с18') WHERE substitute_id = (SELECT id FROM people WHERE code = 'с1')").await;
    school.change("DELETE FROM class_tutors").await;
    parent.says("/messages").await;
    parent.press_starting("Смирнова").await;
    assert!(
        parent.screen().contains("Писать сюда больше нельзя"),
        "{}",
        parent.screen()
    );
    assert!(!parent.screen().contains("[Ответить]"), "{}", parent.screen());
    let answer = Payload::of(&Act::Answer(ThreadId(1)));
    parent.press_data(parent.last().message_id, answer.as_str()).await;
    assert!(parent.toast().starts_with("Этот разговор"), "{}", parent.toast());
    let thread = Payload::of(&View::Thread(ThreadId(1), 0));
    teacher.says("/start").await;
    teacher.press_data(teacher.last().message_id, thread.as_str()).await;
    assert!(!teacher.screen().contains("Первый вопрос"), "{}", teacher.screen());
    school.quiet().await;
    assert_eq!(parent.count("Ответ уже некому"), 0);
}

async fn t10_a_message_that_is_too_long_or_changed_later_goes_nowhere(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.says(&"ё".repeat(4000)).await;
    assert!(
        parent.screen().starts_with("Сообщение — до 3000 знаков, у вас 4000."),
        "{}",
        parent.screen()
    );
    let short = parent.says(&"ё".repeat(3000)).await;
    school.quiet().await;
    assert_eq!(teacher.count(&"ё".repeat(3000)), 1);
    parent.edits(short, "Иначе").await;
    school.quiet().await;
    assert_eq!(teacher.count("Иначе"), 0);
    // A reply to what is no letter of ours is a text as any other.
    parent.replies(parent.last().message_id, "Мысли вслух").await;
    assert!(parent.screen().contains("Мысли вслух"), "{}", parent.screen());
    assert_eq!(teacher.count("Мысли вслух"), 0);
}

async fn t10_pictures_files_and_voices_are_messages_too(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.sends(picture("Верно ли решено?")).await;
    assert_snapshot!(parent.screen(), @"
    Отправлено
    Смирнова Е. В. · Анна, алгебра
    Вы, 10:40: [фото] Верно ли решено?
    [Ответить]
    [Файлы · 1]
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    let letter = teacher.gets("Верно ли решено?").await;
    assert!(letter.photo.is_some());
    assert_snapshot!(draw(&letter), @"
    Волкова О. П. · Волкова Анна, 7А, алгебра
    Верно ли решено?
    [Ответить] [Весь разговор]
    ");
    // Spoken words by Telegram's own reply, a file by the button.
    teacher.replies_with(letter.message_id, Sent::Voice).await;
    school.quiet().await;
    assert_eq!(parent.count("[голосовое]"), 0);
    let spoken = parent.last();
    assert_eq!(spoken.other, Some("voice"));
    let data = spoken.key("Ответить").unwrap().data.clone().unwrap();
    parent.press_data(spoken.message_id, &data).await;
    // An album is several messages, and all of them arrive.
    parent
        .sends_album(vec![picture("Вот вся тетрадь"), picture(""), picture("")])
        .await;
    school.quiet().await;
    assert_snapshot!(parent.screen(), @"
    Отправлено
    Смирнова Е. В. · Анна, алгебра
    Вы, 10:40: [фото] Верно ли решено? ✓
    Смирнова Е. В., 10:40: [голосовое]
    Вы, 10:40: [фото] Вот вся тетрадь
    Вы, 10:40: [фото]
    Вы, 10:40: [фото]
    [Ответить]
    [Файлы · 5]
    [Дневник] [Закрыть тему]
    [Показать администрации]
    [‹ Сообщения] [Меню]
    ");
    teacher.press_under("Вот вся тетрадь", "Весь разговор").await;
    teacher.press("Файлы · 5").await;
    school.quiet().await;
    assert_snapshot!(teacher.last().text, @"
    Волкова О. П., вт 24.11, 10:40
    ");
    // The album is over: another picture is nobody's.
    parent.says("/start").await;
    parent.sends(picture("")).await;
    assert!(
        parent.screen().starts_with("Этого файла журнал не ждал"),
        "{}",
        parent.screen()
    );
    // Words that don't fit under a picture stand below it.
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.sends(picture(&"Длинно. ".repeat(126))).await;
    school.quiet().await;
    assert_eq!(teacher.count("К сообщению ниже"), 1);
}

async fn t10_a_picture_is_taken_back_with_its_message(school: &School) {
    let parent = school.parent("Волкова").await;
    let teacher = algebra(school).await;
    // In the evening it waits for the morning, and nobody has it before.
    school.minutes_pass(11 * 60);
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.sends(picture("Не то")).await;
    parent.press("Отозвать").await;
    school.quiet().await;
    assert_eq!(teacher.count("Не то"), 0);
    // In the morning it is there, and goes again.
    parent.press_under("Анна, алгебра: 5 и 4", "Вопрос учителю").await;
    parent.sends(picture("И это не то")).await;
    let (message, taken_back) = parent.data("Отозвать");
    school.minutes_pass(11 * 60);
    let letter = teacher.gets("И это не то").await;
    assert!(letter.photo.is_some() && letter.silent);
    parent.press_data(message, &taken_back).await;
    school.quiet().await;
    assert_eq!((teacher.count("И это не то"), teacher.count("отозвано")), (0, 0));
    assert!(
        parent.screen().contains("Вы, вт 24.11, 21:40: сообщение отозвано"),
        "{}",
        parent.screen()
    );
}
