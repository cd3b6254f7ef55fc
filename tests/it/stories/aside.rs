//! A draft isn't lost: it is laid aside for a lesson or another dialogue, and offered again where it is written.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    p6_an_announcement_is_written_on_after_a_lesson,
    p6_a_letter_is_written_on_after_a_lesson,
    p6_each_of_two_people_finds_the_own_draft,
    p6_a_draft_outlives_a_restart_and_is_kept_a_week,
    p6_of_chosen_readers_the_draft_says_so,
    p6_a_draft_to_a_class_that_was_lost_keeps_its_words,
);

async fn to_parents(tutor: &Phone) {
    tutor.says("/start").await;
    press_all(tutor, &["Мой класс · 7А", "Объявление"]).await;
    tutor.press_starting("Родителям 7А · ").await;
}

async fn home(tutor: &Phone) {
    tutor.says("/announce").await;
}

const MEETING: &str = "Собрание 7А: чт 26.11, 18:30, каб. 24";

async fn p6_an_announcement_is_written_on_after_a_lesson(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    to_parents(&tutor).await;
    tutor.says(MEETING).await;
    // The lesson begins: the topic goes there.
    open(&tutor, "7А алгебра").await;
    tutor.says("Линейное уравнение").await;
    assert!(tutor.screen().contains("Линейное уравнение"), "{}", tutor.screen());
    home(&tutor).await;
    assert_snapshot!(tutor.screen(), @"
    Объявление · кому?
    Черновик: «Собрание 7А: чт 26.11, 18:30, каб. 24».
    Он хранится до вт 01.12.
    [Продолжить черновик: «Собрание 7…»]
    [Удалить черновик]
    [Родителям 7А · 1]
    [Ученикам 7А · 0]
    [Родителям и ученикам 7А · 1]
    [Выбрать людей]
    [Учебной группе]
    [Отправленные]
    [Меню]
    ");
    tutor.press_starting("Продолжить черновик").await;
    assert_snapshot!(tutor.screen(), @"
    Получат: 1 человек, 1 семья.
    Не дойдёт до 24 семей: Абрамов, Белова, Васильев, Григорьев, Егорова, Зайцев, Иванов, Иванов, Ким, Козлова и ещё 14 — позвоните.
    ———
    Собрание 7А: чт 26.11, 18:30, каб. 24
    Смирнова Елена Викторовна, тьютор 7А
    ———
    [Отправить · 1]
    [Кнопка: «Прочитано»]
    [Отложить] [Другой текст]
    [‹ Кому] [Не отправлять]
    ");
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    assert_eq!(parent.count("Собрание"), 1);
    // It was sent: nothing is left of it.
    home(&tutor).await;
    assert!(!tutor.screen().contains("ерновик"), "{}", tutor.screen());
    // One that isn't wanted is thrown away, laid aside or open.
    to_parents(&tutor).await;
    tutor.says("Не то").await;
    tutor.says("/start").await;
    home(&tutor).await;
    tutor.press("Удалить черновик").await;
    assert_eq!(tutor.toast(), "Черновик удалён");
    assert!(!tutor.screen().contains("ерновик"), "{}", tutor.screen());
    to_parents(&tutor).await;
    tutor.says("Опять не то").await;
    press_all(&tutor, &["‹ Кому", "Удалить черновик"]).await;
    assert!(!tutor.screen().contains("ерновик"), "{}", tutor.screen());
}

async fn p6_a_letter_is_written_on_after_a_lesson(school: &School) {
    let parent = school.parent("Волкова").await;
    let tutor = school.staff("Смирнова").await;
    let begin = async || {
        tutor.says("/start").await;
        press_all(&tutor, &["Мой класс · 7А", "Написать родителям"]).await;
    };
    begin().await;
    press_all(&tutor, &["Волкова А.", "Дальше · 1", "Похвала"]).await;
    tutor.says("Анна помогла всему классу.").await;
    open(&tutor, "7А алгебра").await;
    tutor.says("Линейное уравнение").await;
    begin().await;
    assert!(tutor.screen().ends_with("[‹ 7А] [Меню]"), "{}", tutor.screen());
    assert!(
        tutor.screen().contains("Черновик: «Анна помогла всему классу.»."),
        "{}",
        tutor.screen()
    );
    tutor.press_starting("Продолжить черновик").await;
    assert!(
        tutor.screen().contains("Анна помогла всему классу."),
        "{}",
        tutor.screen()
    );
    // Begun anew by mistake: what was written is there still.
    begin().await;
    tutor.press_starting("Продолжить черновик").await;
    tutor.press_starting("Отправить").await;
    school.quiet().await;
    assert_eq!(parent.count("Анна помогла"), 1);
    begin().await;
    assert!(!tutor.screen().contains("ерновик"), "{}", tutor.screen());
}

async fn p6_each_of_two_people_finds_the_own_draft(school: &School) {
    let (tutor, director) = (school.staff("Смирнова").await, school.staff("Воронцов").await);
    to_parents(&tutor).await;
    tutor.says(MEETING).await;
    home(&director).await;
    director.press("Сотрудникам школы").await;
    director.says("Педсовет в пятницу").await;
    for phone in [&tutor, &director] {
        phone.says("/start").await;
    }
    home(&tutor).await;
    assert!(tutor.screen().contains("«Собрание 7А"), "{}", tutor.screen());
    home(&director).await;
    assert!(
        director.screen().contains("«Педсовет в пятницу»"),
        "{}",
        director.screen()
    );
    assert!(!director.screen().contains("Собрание"), "{}", director.screen());
}

async fn p6_a_draft_outlives_a_restart_and_is_kept_a_week(school: &School) {
    let tutor = school.staff("Смирнова").await;
    to_parents(&tutor).await;
    tutor.says(MEETING).await;
    tutor.says("/start").await;
    school.stop_bot().await;
    school.start_bot().await;
    home(&tutor).await;
    tutor.press_starting("Продолжить черновик").await;
    assert!(tutor.screen().contains(MEETING), "{}", tutor.screen());
    tutor.says("/start").await;
    school.clock.advance(TimeDelta::days(6));
    home(&tutor).await;
    assert!(
        tutor.screen().contains("Он хранится до вт 01.12."),
        "{}",
        tutor.screen()
    );
    let (message, resume) = tutor.data(&tutor.labels()[0]);
    school.clock.advance(TimeDelta::days(1) + TimeDelta::minutes(1));
    home(&tutor).await;
    assert!(!tutor.screen().contains("ерновик"), "{}", tutor.screen());
    // Its button is out of date.
    tutor.press_data(message, &resume).await;
    assert_eq!(tutor.toast(), "Экран устарел, вот свежий");
    school.quiet().await;
}

async fn p6_of_chosen_readers_the_draft_says_so(school: &School) {
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Объявление", "Выбрать людей", "Волкова А."]).await;
    tutor.says("/start").await;
    home(&tutor).await;
    assert_snapshot!(tutor.screen(), @"
    Объявление · кому?
    Черновик: люди выбраны, текста ещё нет.
    Он хранится до вт 01.12.
    [Продолжить черновик]
    [Удалить черновик]
    [Родителям 7А · 0]
    [Ученикам 7А · 0]
    [Родителям и ученикам 7А · 0]
    [Выбрать людей]
    [Учебной группе]
    [Отправленные]
    [Меню]
    ");
    tutor.press("Продолжить черновик").await;
    assert!(tutor.screen().contains("Отмечено: 1 из 25"), "{}", tutor.screen());
    press_all(&tutor, &["Дальше · 1", "Родителям · 0"]).await;
    // Words are written by nobody who looks elsewhere.
    tutor.says("/start").await;
    home(&tutor).await;
    tutor.press("Продолжить черновик").await;
    tutor.says("Жду на олимпиаде.").await;
    assert!(tutor.screen().contains("Жду на олимпиаде."), "{}", tutor.screen());
    // What has words isn't pushed out by what has none.
    tutor.says("/start").await;
    to_parents(&tutor).await;
    tutor.says("/start").await;
    home(&tutor).await;
    assert!(tutor.screen().contains("«Жду на олимпиаде.»"), "{}", tutor.screen());
}

async fn p6_a_draft_to_a_class_that_was_lost_keeps_its_words(school: &School) {
    let head = school.staff("Артемьева").await;
    head.says("/announce").await;
    head.press("Одному из классов").await;
    head.press("7А").await;
    head.press_starting("Родителям 7А · ").await;
    head.says("Ярмарка в субботу").await;
    head.says("/start").await;
    school
        .change("UPDATE staff_roles SET from_grade = 10, to_grade = 11 WHERE role = 'head_of_stage'")
        .await;
    head.says("/announce").await;
    head.press_starting("Продолжить черновик").await;
    assert_eq!(
        head.toast(),
        "Этих людей вы больше не ведёте. Текст цел — выберите, кому он."
    );
    head.press("Одному из классов").await;
    head.press("10А").await;
    head.press_starting("Родителям 10А · ").await;
    assert!(head.screen().contains("Ярмарка в субботу"), "{}", head.screen());
}
