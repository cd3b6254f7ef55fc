//! N1–N5: the tutor tells the class, the school tells everybody; who has read it, corrected, taken back, put off.

use chrono::TimeDelta;
use zhurnal::announcements::press::Act;
use zhurnal::chat::Payload;
use zhurnal::demo::telegram::Sent;

use super::{picture, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    p6_a_tutor_tells_the_parents_of_the_class,
    p6_an_announcement_is_corrected_where_it_stands_and_taken_back,
    p6_who_has_not_read_it_is_reminded_once,
    p6_an_announcement_waits_for_its_time_and_is_still_the_authors,
    p6_the_school_speaks_to_its_staff_and_a_head_to_the_stage,
    p6_what_is_no_text_for_an_announcement,
    p6_a_closed_chat_is_named_and_an_old_button_does_nothing,
    p6_pictures_and_files_go_with_an_announcement,
    p6_files_are_found_again_with_an_announcement_and_taken_back_with_it,
);

/// Opens the class's page and begins an announcement to its parents.
async fn to_parents(tutor: &Phone) {
    tutor.says("/start").await;
    press_all(tutor, &["Мой класс · 7А", "Объявление"]).await;
    tutor.press_starting("Родителям 7А · ").await;
}

const MEETING: &str = "Собрание 7А: чт 26.11, 18:30, каб. 24\nВозьмите паспорт.";

/// Sends the meeting to the parents.
async fn send_meeting(tutor: &Phone) {
    to_parents(tutor).await;
    tutor.says(MEETING).await;
    tutor.press_starting("Отправить · ").await;
}

async fn p6_a_tutor_tells_the_parents_of_the_class(school: &School) {
    let (first, second) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    to_parents(&tutor).await;
    insta::assert_snapshot!(tutor.screen(), @"
    Объявление · родителям 7А
    Напишите его следующим сообщением; можно с фото и файлами. Перед отправкой увидите, как оно выглядит у людей.
    [‹ Кому] [Не отправлять]
    ");
    tutor.says(MEETING).await;
    insta::assert_snapshot!(tutor.screen(), @"
    Получат: 2 человека, 2 семьи.
    Не дойдёт до 23 семей: Абрамов, Васильев, Григорьев, Егорова, Зайцев, Иванов, Иванов, Ким, Козлова, Кузнецов и ещё 13 — позвоните.
    ———
    Собрание 7А: чт 26.11, 18:30, каб. 24
    Возьмите паспорт.
    Смирнова Елена Викторовна, тьютор 7А
    ———
    [Отправить · 2]
    [Кнопка: «Прочитано»]
    [Отложить] [Другой текст]
    [‹ Кому] [Не отправлять]
    ");
    tutor.press("Кнопка: «Прочитано»").await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    let signed = "\nСмирнова Елена Викторовна, тьютор 7А";
    assert_eq!(first.gets("Собрание 7А").await.text, format!("{MEETING}{signed}"));
    assert_eq!(second.labels(), ["Ознакомлен(а)"]);
    // The menu, the lesson: whatever stands in the chat stays, and the letter says that it was read.
    first.press("Ознакомлен(а)").await;
    assert!(first.toast().starts_with("Ознакомлен(а), 10:4"), "{}", first.toast());
    school.quiet().await;
    assert!(
        first.last().text.contains("✓ Ознакомлен(а): вт\u{a0}24.11, 10:4"),
        "{}",
        first.screen()
    );
    assert_eq!(first.labels(), [""; 0]);
    tutor.press("Обновить").await;
    insta::assert_snapshot!(tutor.screen(), @"
    Собрание 7А: чт 26.11, 18:30, каб. 24
    Родителям 7А · вт 24.11, 10:40
    Дошло 2 из 2, прочитали: 1.
    [Напомнить · 1] [Кто прочитал]
    [Исправить] [Отозвать]
    [Отправленные] [Меню]
    ");
    tutor.press("Кто прочитал").await;
    insta::assert_snapshot!(tutor.screen(), @"
    Собрание 7А: чт 26.11, 18:30, каб. 24 · кто прочитал
    • Дошло, кнопка не нажата: Белова И. А.
    ✓ Волкова О. П.: вт 24.11, 10:40
    [‹ Назад] [Меню]
    ");
    // The family finds it again; nobody else does.
    first.says("/start").await;
    first.press("Объявления").await;
    first.press_ending("Собрание 7А: чт 26.11,…").await;
    assert!(first.screen().starts_with("Собрание 7А"), "{}", first.screen());
    let other = school.parent("Андреева").await;
    other.says("/start").await;
    other.press("Объявления").await;
    assert!(other.screen().contains("Пока ни одного"), "{}", other.screen());
}

async fn p6_an_announcement_is_corrected_where_it_stands_and_taken_back(school: &School) {
    let (first, second) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    send_meeting(&tutor).await;
    school.quiet().await;
    first.press("Прочитано").await;
    tutor.press("Обновить").await;
    tutor.press("Исправить").await;
    assert!(tutor.screen().contains("Возьмите паспорт."), "{}", tutor.screen());
    school.minutes_pass(5);
    tutor.says("Собрание 7А: чт 26.11, 19:00, каб. 24").await;
    school.quiet().await;
    for parent in [&first, &second] {
        let letter = parent.gets("19:00, каб").await;
        assert!(
            letter.text.contains("Исправлено вт\u{a0}24.11 в 10:45."),
            "{}",
            letter.text
        );
        assert_eq!(parent.count("18:30"), 0);
    }
    // Whoever had read it needn't press again; the other still can.
    assert_eq!((first.labels().len(), second.labels().len()), (0, 1));
    tutor.press("Отозвать").await;
    insta::assert_snapshot!(tutor.screen(), @"
    Отозвать «Собрание 7А: чт 26.11, 19:00, каб. 24»?
    Дошло: 2, прочитали: 1. На его месте встанет: «Объявление отозвано». Вернуть будет нельзя.
    [Оставить как есть]
    [Отозвать · 2]
    ");
    tutor.press("Отозвать · 2").await;
    assert!(
        tutor.screen().contains("Отозвано у 2, успели прочитать: 1."),
        "{}",
        tutor.screen()
    );
    school.quiet().await;
    for parent in [&first, &second] {
        assert_eq!(parent.count("19:00, каб"), 0);
        assert_eq!(parent.count("Объявление отозвано вт\u{a0}24.11 в 10:45."), 1);
    }
}

async fn p6_who_has_not_read_it_is_reminded_once(school: &School) {
    let (first, second) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    send_meeting(&tutor).await;
    school.quiet().await;
    first.press("Прочитано").await;
    tutor.press("Обновить").await;
    tutor.press("Напомнить · 1").await;
    assert_eq!(tutor.toast(), "Напоминание отправлено");
    school.quiet().await;
    let reminder = "Это объявление ждёт вашего «Прочитано».";
    assert_eq!((first.count(reminder), second.count(reminder)), (0, 1));
    tutor.press("Напомнить · 1").await;
    assert_eq!(tutor.toast(), "Уже напоминали: вт\u{a0}24.11, 10:40");
    // The reminder leads to it.
    second.press("К объявлению").await;
    second.press("Прочитано").await;
    school.quiet().await;
    tutor.press("Напомнить · 1").await;
    assert!(tutor.screen().contains("прочитали: 2"), "{}", tutor.screen());
}

async fn p6_an_announcement_waits_for_its_time_and_is_still_the_authors(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let put_off = async |when: &str| {
        to_parents(&tutor).await;
        tutor.says(MEETING).await;
        tutor.press("Отложить").await;
        tutor.press(when).await;
        tutor.press("Отправить · 1").await;
    };
    put_off("вт\u{a0}24.11, 18:00").await;
    assert!(tutor.screen().contains("ждёт своего времени"), "{}", tutor.screen());
    school.quiet().await;
    assert_eq!(parent.count("Собрание"), 0);
    school.clock.advance(TimeDelta::hours(8));
    school.quiet().await;
    parent.gets("Собрание").await;
    // One that is stopped before its time never leaves.
    put_off("ср\u{a0}25.11, 8:00").await;
    tutor.press("Остановить").await;
    school.clock.advance(TimeDelta::hours(14));
    school.quiet().await;
    assert_eq!(parent.count("Собрание"), 1);
    // The class has another tutor when the time comes: nothing leaves, and the author hears of it.
    put_off("ср\u{a0}25.11, 18:00").await;
    school.change("DELETE FROM class_tutors").await;
    school.clock.advance(TimeDelta::hours(12));
    school.quiet().await;
    assert_eq!(parent.count("Собрание"), 1);
    tutor.gets("Не отправлено: Собрание 7А").await;
}

async fn p6_the_school_speaks_to_its_staff_and_a_head_to_the_stage(school: &School) {
    let (parent, teacher) = (school.parent("Волкова").await, school.staff("Орлова").await);
    let pupil = school.pupil("Волкова").await;
    let director = school.staff("Воронцов").await;
    director.says("/announce").await;
    insta::assert_snapshot!(director.screen(), @"
    Объявление · кому?
    [Всей школе]
    [Сотрудникам школы]
    [Сотрудникам по должности]
    [Одному из классов]
    [Нескольким классам]
    [Отправленные]
    [Меню]
    ");
    director.press("Сотрудникам школы").await;
    director.says("Педсовет в пятницу в 15:00.").await;
    director.press_starting("Отправить · ").await;
    school.quiet().await;
    assert!(teacher.gets("Педсовет").await.text.contains("Воронцов"));
    assert_eq!((parent.count("Педсовет"), director.count(", директор")), (0, 0));
    let head = school.staff("Артемьева").await;
    head.says("/announce").await;
    head.press_starting("Ступени").await;
    head.press_starting("Родителям и ученикам").await;
    head.says("Ярмарка ремёсел в субботу.").await;
    head.press("Отправить · 2").await;
    school.quiet().await;
    for family in [&parent, &pupil] {
        assert!(family.gets("Ярмарка").await.text.contains("руководитель ступени"));
    }
    assert_eq!(teacher.count("Ярмарка"), 0);
}

async fn p6_what_is_no_text_for_an_announcement(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    to_parents(&tutor).await;
    tutor.says(&"ы".repeat(3_001)).await;
    assert!(
        tutor.screen().starts_with("Объявление — до 3 000 знаков, у вас 3 001."),
        "{}",
        tutor.screen()
    );
    tutor.says("<b>Привет</b> & «О'Нил» 🙂").await;
    assert!(
        tutor.screen().contains("<b>Привет</b> & «О'Нил» 🙂"),
        "{}",
        tutor.screen()
    );
    // Another text, then the former one after all; other readers keep it.
    tutor.press("Другой текст").await;
    tutor.press("Оставить прежний текст").await;
    tutor.press("‹ Кому").await;
    tutor.press_starting("Родителям 7А · ").await;
    // What nobody awaits here isn't taken for its text.
    tutor.says("Просто слова").await;
    assert!(tutor.screen().contains("пока никуда не записано"), "{}", tutor.screen());
    tutor.says("/announce").await;
    tutor.press_starting("Продолжить черновик: ").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    assert!(
        parent.last().text.starts_with("<b>Привет</b> & «О'Нил» 🙂"),
        "{}",
        parent.screen()
    );
}

async fn p6_a_closed_chat_is_named_and_an_old_button_does_nothing(school: &School) {
    let parent = school.parent("Волкова").await;
    let other = school.parent("Белова").await;
    let tutor = school.staff("Смирнова").await;
    parent.telegram().block(parent.user);
    school.quiet().await;
    to_parents(&tutor).await;
    tutor.says(MEETING).await;
    assert!(tutor.screen().contains("закрыли чат: 1"), "{}", tutor.screen());
    let (message, send) = tutor.data("Отправить · 1");
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    tutor.press_data(message, &send).await;
    assert_eq!(tutor.toast(), "Экран устарел, вот свежий");
    school.quiet().await;
    assert_eq!((other.count("Собрание"), parent.count("Собрание")), (1, 0));
    // Somebody else's copy can't be read by a forged press.
    let stranger = school.parent("Андреева").await;
    let forged = Payload::of(&Act::Read(1));
    stranger.press_data(stranger.last().message_id, forged.as_str()).await;
    assert_eq!(stranger.toast(), "Этого раздела у вас нет.");
}

fn plan() -> Sent {
    Sent::Document {
        name: "План поездки.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        bytes: vec![1, 2, 3],
        caption: String::new(),
    }
}

async fn p6_pictures_and_files_go_with_an_announcement(school: &School) {
    school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    // A file that nobody awaits goes nowhere, and that is said.
    tutor.sends(plan()).await;
    assert!(
        tutor.screen().starts_with("Этого файла журнал не ждал"),
        "{}",
        tutor.screen()
    );
    to_parents(&tutor).await;
    // First the files, then the words.
    tutor.sends(plan()).await;
    insta::assert_snapshot!(tutor.screen(), @"
    Добавлено
    Объявление · родителям 7А
    С ним уйдут: 1 файл.
    Теперь напишите сам текст следующим сообщением.
    [Убрать фото и файлы]
    [‹ Кому] [Не отправлять]
    ");
    tutor
        .sends_album(vec![picture("Поездка 7А: сб 28.11"), picture("")])
        .await;
    insta::assert_snapshot!(tutor.screen(), @"
    Добавлено
    Получат: 1 человек, 1 семья.
    Не дойдёт до 24 семей: Абрамов, Белова, Васильев, Григорьев, Егорова, Зайцев, Иванов, Иванов, Ким, Козлова и ещё 14 — позвоните.
    ———
    Поездка 7А: сб 28.11
    Смирнова Елена Викторовна, тьютор 7А
    ———
    С ним уйдут: 2 фото, 1 файл.
    [Отправить · 1]
    [Убрать фото и файлы]
    [Кнопка: «Прочитано»]
    [Отложить] [Другой текст]
    [‹ Кому] [Не отправлять]
    ");
    // What is said later stands below.
    tutor.sends(picture("Возьмите тёплое.")).await;
    assert!(
        tutor.screen().contains("Поездка 7А: сб 28.11\nВозьмите тёплое."),
        "{}",
        tutor.screen()
    );
    for _ in 0..6 {
        tutor.sends(picture("")).await;
    }
    tutor.sends(picture("")).await;
    assert!(
        tutor
            .screen()
            .starts_with("К одному тексту — до 10 фото и файлов, этот не взят."),
        "{}",
        tutor.screen()
    );
    press_all(&tutor, &["‹ Назад", "Убрать фото и файлы"]).await;
    assert!(!tutor.screen().contains("С ним уйдут"), "{}", tutor.screen());
    tutor.sends(plan()).await;
    assert!(tutor.screen().contains("С ним уйдут: 1 файл."), "{}", tutor.screen());
}

async fn p6_files_are_found_again_with_an_announcement_and_taken_back_with_it(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    to_parents(&tutor).await;
    tutor.sends(plan()).await;
    tutor.sends(picture("Поездка 7А: сб 28.11\nВозьмите тёплое.")).await;
    tutor.press_starting("Отправить · ").await;
    school.quiet().await;
    // The words stand last, with their button.
    insta::assert_snapshot!(parent.chat(), @"
    > /start
    ---
    Дневник открыт: Пётр, Анна
    Отметки и пропуски придут сразу, домашние задания — в 19:00 одной сводкой. С 21:00 до 7:00 новости ждут утра.
    [Открыть дневник] [Уведомления]
    [Меню]
    ---
    К объявлению · 1 из 2
    ---
    К объявлению · 2 из 2
    ---
    Поездка 7А: сб 28.11
    Возьмите тёплое.
    Смирнова Елена Викторовна, тьютор 7А
    [Прочитано]
    ");
    parent.press("Прочитано").await;
    school.quiet().await;
    // They are found again with the announcement.
    parent.says("/start").await;
    parent.press("Объявления").await;
    parent.press_ending("Поездка 7А: сб 28.11").await;
    parent.press("Файлы · 2").await;
    school.quiet().await;
    assert_eq!(parent.count("К объявлению · 1 из 2"), 2);
    let brought = parent.gets("К объявлению · 1 из 2").await;
    assert_eq!(brought.document.unwrap().name, "План поездки.pdf");
    // Only words are corrected.
    press_all(&tutor, &["Обновить", "Исправить"]).await;
    tutor.sends(picture("")).await;
    assert!(
        tutor.screen().starts_with("Исправляется только текст"),
        "{}",
        tutor.screen()
    );
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Объявление", "‹ Кому", "Отправленные"]).await;
    tutor.press_ending("Поездка 7А: сб 28.11").await;
    tutor.press("Отозвать").await;
    insta::assert_snapshot!(tutor.screen(), @"
    Отозвать «Поездка 7А: сб 28.11»?
    Дошло: 1, прочитали: 1. На его месте встанет: «Объявление отозвано». Вернуть будет нельзя.
    Фото и файлы исчезнут там, где они пришли меньше 48 часов назад: раньше Telegram удалить не даёт.
    [Оставить как есть]
    [Отозвать · 1]
    ");
    tutor.press_starting("Отозвать").await;
    school.quiet().await;
    // Those that were brought once more go too.
    assert_eq!(parent.count("К объявлению · 1 из 2"), 0);
    assert_eq!(parent.count("Объявление отозвано"), 1);
}
