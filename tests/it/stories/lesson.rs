//! A teacher logs a lesson from a phone; the family knows.

use insta::{allow_duplicates, assert_snapshot};

use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

/// The lesson of `screens.md` §3.7; returns how many presses it took.
async fn whole_lesson(teacher: &Phone) -> usize {
    let mut taps = 0;
    let mut press = async |label: &str| {
        teacher.press(label).await;
        taps += 1;
    };
    press("Мои уроки сегодня").await;
    press("• 3 · 10:40 · 7А алгебра").await;
    teacher.says("Линейное уравнение с одной переменной").await;
    teacher.says("§ 13, № 8, 10").await;
    press("Посещаемость и отметки").await;
    for pupil in ["Ким М.", "Ли А.", "Попов Д."] {
        press(pupil).await;
    }
    press("5").await;
    press("Белова К.").await;
    press("Орлов Г.").await;
    press("4").await;
    press("Волкова А.").await;
    press("Зайцев Н.").await;
    press("3").await;
    press("Морозов С.").await;
    press("Готово").await;
    taps
}

story!(t2_a_whole_lesson_takes_fifteen_taps_and_two_texts);

async fn t2_a_whole_lesson_takes_fifteen_taps_and_two_texts(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let parent = school.parent("Волкова").await;
    teacher.press("Меню").await;
    assert_eq!(whole_lesson(&teacher).await, 15);
    allow_duplicates! { assert_snapshot!(teacher.screen(), @"
    Записано, 10:40: 7А, алгебра, 3-й урок
    Тема, ДЗ, пропуски — 3, отметки — 5.
    Узнают сейчас: 1 семья.
    Не дойдёт до 7 семей: Белова, Зайцев, Ким, Ли, Морозов, Орлов, Попов.
    [Дальше: 4 · 11:40 · 7Б алгебра]
    [Исправить] [Мои уроки]
    ") };
    let notice = parent.gets("алгебра").await;
    allow_duplicates! { assert_snapshot!(draw(&notice), @"
    Анна, алгебра: 4
    вт 24.11, 3-й урок. 4 — ответ.
    Тема: Линейное уравнение с одной переменной
    ДЗ к ср 25.11: § 13, № 8, 10
    [Дневник]
    ") };
    assert!(!notice.silent, "a mark comes with a sound");
}
