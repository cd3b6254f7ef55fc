//! T5, T8: files that go with a homework, and the same homework for a parallel class.

use insta::assert_snapshot;
use zhurnal::demo::telegram::Sent;

use super::{open, picture, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t8_files_go_with_the_homework_and_the_family_opens_them,
    t8_a_picture_alone_is_a_homework,
    t8_a_file_is_taken_away_and_taken_back,
    t8_too_many_files_are_refused,
    t8_a_parallel_class_gets_the_same_homework,
    t8_what_a_parallel_class_has_already_stays,
    t5_files_are_nobodys_but_the_classs,
    t5_lessons_of_a_subject_are_found_without_the_day,
);

async fn homework_awaited(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher
}

fn sheet() -> Sent {
    Sent::Document {
        name: "Листок.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        bytes: vec![1, 2, 3],
        caption: String::new(),
    }
}

async fn t8_files_go_with_the_homework_and_the_family_opens_them(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.sends(picture("§ 13, № 8 — чертёж на фото")).await;
    assert_snapshot!(teacher.screen(), @"
    Приложено к ДЗ
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Линейное уравнение
    ✓ ДЗ к ср 25.11: § 13, № 8 — чертёж на фото
    К ДЗ приложено: 1 фото
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Файлы · 1] [ДЗ для других]
    [Вид работы] [Все на месте]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.sends(sheet()).await;
    teacher.press("Файлы · 2").await;
    assert_snapshot!(teacher.screen(), @"
    Файлы к ДЗ · 7А, алгебра, 3-й урок
    Приложено: 1 фото, 1 файл. Семьи открывают их в дневнике.
    Добавить — пришлите фото или файл, пока урок открыт; до десяти к одному ДЗ.
    [Показать файлы]
    [Убрать 1: фото]
    [Убрать 2: файл «Листок.pdf»]
    [‹ Урок] [Меню]
    ");
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/homework").await;
    assert_snapshot!(anna.screen(), @"
    Моё ДЗ · на ср 25.11
    6 уроков с 8:30
    1. Алгебра — § 13, № 8 — чертёж на фото
    2. История — ещё не внесено
    3. Русский язык — ещё не внесено
    4. География — ещё не внесено
    5. Физическая культура — ещё не внесено
    6. Информатика — ещё не внесено
    Сделано? Нажмите на предмет.
    [Алгебра]
    [Файлы · 2 · Алгебра]
    [1] [2] [3] [4] [5] [6]
    [‹ вт 24] [Неделя] [чт 26 ›]
    [Меню]
    ");
    anna.press_starting("Файлы · 2").await;
    assert_eq!(anna.toast(), "Файлы ниже в чате");
    anna.gets("К домашнему заданию · 1 из 2").await;
    let file = anna.gets("К домашнему заданию · 2 из 2").await;
    assert!(file.silent, "{}", anna.chat());
    let mother = school.parent("Волкова").await;
    mother.says("/start").await;
    press_all(&mother, &["Анна, 7А", "Дневник", "3"]).await;
    mother.press("Файлы к ДЗ · 2").await;
    mother.gets("К домашнему заданию · 2 из 2").await;
}

async fn t8_a_picture_alone_is_a_homework(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.sends_album(vec![picture(""), picture("")]).await;
    school.handled().await;
    teacher.says("/today").await;
    open(&teacher, "7А алгебра").await;
    assert!(teacher.screen().contains("См. фото"), "{}", teacher.screen());
    assert!(
        teacher.screen().contains("К ДЗ приложено: 2 фото"),
        "{}",
        teacher.screen()
    );
    assert_eq!(
        school
            .number("SELECT COUNT(*) FROM homework_files WHERE added_at <= $1", school.now())
            .await,
        2
    );
}

async fn t8_a_file_is_taken_away_and_taken_back(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.says("§ 13").await;
    teacher.sends(sheet()).await;
    let (message, data) = {
        teacher.press("Файлы · 1").await;
        teacher.data("Убрать 1: файл «Листок.pdf»")
    };
    teacher.press("Убрать 1: файл «Листок.pdf»").await;
    assert_eq!(teacher.toast(), "Убрано из ДЗ");
    assert!(!teacher.screen().contains("приложено"), "{}", teacher.screen());
    teacher.press_data(message, &data).await;
    assert_eq!(teacher.toast(), "Этого файла здесь уже нет");
    press_all(&teacher, &["‹ Урок", "Отменить"]).await;
    assert_eq!(teacher.toast(), "Отменено: файл к ДЗ");
    assert!(
        teacher.screen().contains("К ДЗ приложено: 1 файл"),
        "{}",
        teacher.screen()
    );
    // Once more: the file had come.
    teacher.press("Отменить").await;
    assert!(!teacher.screen().contains("приложено"), "{}", teacher.screen());
}

async fn t8_too_many_files_are_refused(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.says("§ 13").await;
    for _ in 0..10 {
        teacher.sends(sheet()).await;
    }
    teacher.sends(sheet()).await;
    assert_snapshot!(teacher.screen(), @"
    К одному ДЗ — до 10 фото и файлов, этот не взят. Лишнее можно убрать: урок, «Файлы».
    [‹ Урок] [Меню]
    ");
}

async fn t8_a_parallel_class_gets_the_same_homework(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.sends(picture("§ 13, № 8")).await;
    teacher.press("ДЗ для других").await;
    assert_snapshot!(teacher.screen(), @"
    ДЗ другому классу · 7А, алгебра, 3-й урок
    Задание: § 13, № 8
    7Б, вт 24.11 — ДЗ к чт 26.11 ещё нет
    [Записать и 7Б]
    [‹ Урок] [Меню]
    ");
    teacher.press("Записать и 7Б").await;
    assert_snapshot!(teacher.toast(), @"Записано: 7Б, урок вт 24.11");
    assert_snapshot!(teacher.screen(), @"
    ДЗ другому классу · 7А, алгебра, 3-й урок
    Задание: § 13, № 8
    7Б, вт 24.11 — уже записано: § 13, № 8
    [7Б: открыть урок]
    [‹ Урок] [Меню]
    ");
    teacher.press("7Б: открыть урок").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7Б · вт 24.11, 4-й урок, 11:40–12:25
    • Тема
    ✓ ДЗ к чт 26.11: § 13, № 8
    К ДЗ приложено: 1 фото
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите тему следующим сообщением.
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Файлы · 1] [ДЗ для других]
    [Вид работы] [Все на месте]
    [Готово]
    [‹ Уроки] [Меню]
    ");
}

async fn t8_what_a_parallel_class_has_already_stays(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.says("§ 13, № 8").await;
    teacher.press("ДЗ для других").await;
    let (message, data) = teacher.data("Записать и 7Б");
    teacher.press("Записать и 7Б").await;
    // An old button, pressed twice or after somebody wrote there, changes nothing.
    teacher.press_data(message, &data).await;
    assert_eq!(teacher.toast(), "ДЗ там уже записано, оно цело");
    let stranger = school.staff("Орлова").await;
    stranger.says("/start").await;
    stranger.press_data(stranger.last().message_id, &data).await;
    assert!(!stranger.toast().contains("Записано"), "{}", stranger.toast());
}

async fn t5_files_are_nobodys_but_the_classs(school: &School) {
    let teacher = homework_awaited(school).await;
    teacher.sends(picture("§ 13, № 8")).await;
    let anna = school.pupil("Волкова Анна").await;
    anna.says("/homework").await;
    let (_, data) = anna.data("Файлы · 1 · Алгебра");
    let other = school.parent("Андреева").await;
    other.says("/start").await;
    other.press_data(other.last().message_id, &data).await;
    assert!(other.toast().contains("не открыт"), "{}", other.toast());
    // What was taken away meanwhile isn't brought.
    press_all(&teacher, &["Файлы · 1", "Убрать 1: фото"]).await;
    anna.press_data(anna.last().message_id, &data).await;
    assert_eq!(anna.toast(), "Файлов к этому заданию больше нет");
    assert_eq!(anna.count("К домашнему заданию"), 0);
}

async fn t5_lessons_of_a_subject_are_found_without_the_day(school: &School) {
    super::algebra(school).await;
    let mother = school.parent("Волкова").await;
    mother.says("/start").await;
    press_all(&mother, &["Анна, 7А", "Отметки", "Алгебра", "Уроки"]).await;
    assert_snapshot!(mother.screen(), @"
    Алгебра · Анна, 7А · уроки
    вт 24.11 — 5, 4к. Контрольная работа. Линейное уравнение. ДЗ: § 13, № 8, 10
    [Пётр, 3Б] [✓ Анна, 7А]
    [24.11]
    [‹ Предмет] [Меню]
    ");
    mother.press("24.11").await;
    assert!(mother.screen().contains("Линейное уравнение"), "{}", mother.screen());
    press_all(&mother, &["‹ Уроки", "‹ Предмет", "‹ Отметки", "История"]).await;
    mother.press("Уроки").await;
    assert_snapshot!(mother.screen(), @"
    История · Анна, 7А · уроки
    Уроков этого предмета в журнале ещё нет. Они появятся, когда учитель их запишет.
    [Пётр, 3Б] [✓ Анна, 7А]
    [‹ Предмет] [Меню]
    ");
}
