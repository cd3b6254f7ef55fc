//! A teacher logs a lesson from a phone; the family knows.

use insta::assert_snapshot;

use super::{open, press_all};
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
    assert_snapshot!(teacher.screen(), @"
    Записано, 10:40: 7А, алгебра, 3-й урок
    Тема, ДЗ, пропуски — 3, отметки — 5.
    Узнают сейчас или в сводке: 1 семья.
    Не дойдёт до 7 семей: Белова, Зайцев, Ким, Ли, Морозов, Орлов, Попов.
    [Дальше: 4 · 11:40 · 7Б алгебра]
    [Исправить] [Мои уроки]
    ");
    let notice = parent.gets("алгебра").await;
    assert_snapshot!(draw(&notice), @"
    Анна, алгебра: 4
    вт 24.11, 3-й урок. 4 — ответ.
    Тема: Линейное уравнение с одной переменной
    ДЗ к ср 25.11: § 13, № 8, 10
    [Дневник] [Вопрос учителю]
    [Уведомления]
    ");
    assert!(!notice.silent, "a mark comes with a sound");
}

story!(
    t2_the_screens_of_a_lesson_in_order,
    t10_done_with_something_missing_is_a_hint_and_no_wall,
    t10_each_missing_thing_is_put_right_from_there,
    p12_a_control_work_is_named_in_the_topic,
    p12_a_topic_that_is_not_russian_is_warned_of_and_kept,
    t2_the_card_in_english,
);

async fn t2_the_screens_of_a_lesson_in_order(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    • Тема
    • ДЗ к ср 25.11
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите тему следующим сообщением.
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы] [Все на месте]
    [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.says("Линейное уравнение").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Линейное уравнение
    • ДЗ к ср 25.11
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите ДЗ следующим сообщением.
    [ДЗ не задано]
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы] [Все на месте]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.says("§ 13, № 8, 10").await;
    teacher.press("Посещаемость и отметки").await;
    press_all(&teacher, &["Ким М.", "Ли А.", "б", "Попов Д."]).await;
    press_all(&teacher, &["4", "Волкова А.", "5", "Белова К.", "Орлов Г."]).await;
    assert_snapshot!(teacher.screen(), @"
    7А · алгебра · вт 24.11, 3-й урок
    Ставлю: 5, ответ. Нажмите на фамилию. Ещё нажатие — снять.
    н: Ким, Ли · б: Попов
    5: Белова, Орлов · 4: Волкова
    [Абрамов Д.] [5 Белова К.]
    [Васильев И.] [4 Волкова А.]
    [Григорьев М.] [Егорова П.]
    [Зайцев Н.] [Иванов А.]
    [Иванов П.] [н Ким М.]
    [Козлова Е.] [Кузнецов Р.]
    [Лебедева О.] [н Ли А.]
    [Морозов С.] [Новикова В.]
    [5 Орлов Г.] [Павлова Т.]
    [Петрова С.] [б Попов Д.]
    [Семёнова Л.] [Сидоров К.]
    [Соколова Я.] [Фёдоров Б.]
    [Яковлева Н.]
    [н] [б] [п] [о]
    [✓ 5] [4] [3] [2] [Вид] [Ещё]
    [‹ Урок] [Отменить] [Готово]
    ");
    teacher.press("Вид").await;
    assert_snapshot!(teacher.screen(), @"
    Вид работы · 7А, алгебра — для следующих отметок; поставленные останутся как есть.
    [✓ Ответ] [Домашняя]
    [Самостоят.] [Контрольная ×2]
    [Тест ×1,5] [Практическая]
    [Лабораторная] [Проект ×1,5]
    [Диктант ×2] [Сочинение ×2]
    [Изложение ×2] [Экскурсия]
    [‹ Класс]
    ");
    press_all(&teacher, &["Тест ×1,5", "Зайцев Н.", "‹ Урок"]).await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Линейное уравнение
    ✓ ДЗ к ср 25.11: § 13, № 8, 10
    ✓ Посещаемость: нет 3
    ✓ Отметки: 4 · вид работы: тест
    [Готово]
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [ДЗ для других]
    [Вид работы]
    [Отменить]
    [‹ Уроки] [Меню]
    ");
}

async fn t10_done_with_something_missing_is_a_hint_and_no_wall(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "Ким М.", "5", "Белова К.", "Готово"],
    )
    .await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — почти всё
    ✓ Тема, посещаемость: нет 1
    • ДЗ не записано
    • Отметок 1, нужно от 4
    Можно закончить и так: недостающее останется в «Мои уроки».
    [ДЗ не задано] [Записать ДЗ]
    [К отметкам]
    [Закончить так]
    [‹ Урок] [Меню]
    ");
    teacher.press("Закончить так").await;
    assert_snapshot!(teacher.screen(), @"
    Записано, 10:40: 7А, алгебра, 3-й урок
    Тема, пропуски — 1, отметки — 1.
    Не дойдёт до 2 семей: Белова, Ким.
    [Дальше: 4 · 11:40 · 7Б алгебра]
    [Исправить] [Мои уроки]
    ");
    teacher.press("Мои уроки").await;
    assert!(
        teacher.screen().contains("3-й, 7А — ДЗ, отметки"),
        "{}",
        teacher.screen()
    );
}

async fn t10_each_missing_thing_is_put_right_from_there(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.press("Готово").await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — почти всё
    • Тема не записана
    • ДЗ не записано
    • Посещаемость не отмечена
    • Отметок 0, нужно от 4
    Можно закончить и так: недостающее останется в «Мои уроки».
    [Записать тему]
    [ДЗ не задано] [Записать ДЗ]
    [Все были] [Отметить]
    [К отметкам]
    [Закончить так]
    [‹ Урок] [Меню]
    ");
    press_all(&teacher, &["Все были", "ДЗ не задано", "Записать тему"]).await;
    teacher.says("Линейное уравнение").await;
    press_all(&teacher, &["Готово", "К отметкам"]).await;
    press_all(&teacher, &["Белова К.", "Орлов Г.", "Ли А.", "Ким М.", "Готово"]).await;
    assert!(
        teacher.screen().starts_with("Записано, 10:40: 7А, алгебра, 3-й урок"),
        "{}",
        teacher.screen()
    );
}

async fn p12_a_control_work_is_named_in_the_topic(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейные уравнения").await;
    press_all(&teacher, &["Вид работы", "Контрольная ×2"]).await;
    assert!(
        teacher
            .screen()
            .contains("✓ Тема: Контрольная работа. Линейные уравнения\n"),
        "{}",
        teacher.screen()
    );
    teacher.press("Тема").await;
    teacher.says("Контрольная работа № 2").await;
    assert!(
        teacher.screen().contains("✓ Тема: Контрольная работа № 2\n"),
        "it is named already\n{}",
        teacher.screen()
    );
    teacher.press("Отменить").await;
    assert!(
        teacher
            .screen()
            .contains("✓ Тема: Контрольная работа. Линейные уравнения\n"),
        "{}",
        teacher.screen()
    );
    teacher.press("Отменить").await;
    assert!(
        teacher.screen().contains("✓ Тема: Линейные уравнения\n"),
        "{}",
        teacher.screen()
    );
    assert!(teacher.screen().contains("вид работы: ответ"), "{}", teacher.screen());
}

async fn p12_a_topic_that_is_not_russian_is_warned_of_and_kept(school: &School) {
    let teacher = school.staff("Белых").await;
    open(&teacher, "10А английский язык").await;
    teacher.says("Present Perfect").await;
    assert_snapshot!(teacher.screen(), @"
    Английский язык · 10А · вт 24.11, 2-й урок, 9:25–10:10
    ✓ Тема: Present Perfect
    В журнале пишут по-русски. Допишите: «Present Perfect — настоящее совершённое время». Пока записано так.
    • ДЗ к ср 25.11
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите ДЗ следующим сообщением.
    [ДЗ не задано]
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы] [Все на месте]
    [Отменить] [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.press("Тема").await;
    teacher.says("Present Perfect — настоящее совершённое время").await;
    assert!(!teacher.screen().contains("по-русски"), "{}", teacher.screen());
}

async fn t2_the_card_in_english(school: &School) {
    let teacher = school.staff("Смирнова").await;
    press_all(&teacher, &["Меню", "Настройки", "English", "Menu", "My lessons today"]).await;
    assert_snapshot!(teacher.screen(), @"
    My lessons · Tue 24.11
    0 of 6 filled in. Waiting: 1, 3Б — everything; 2, 7А — everything; 3, 7А — everything.
    [• 1 · 8:30 · 3Б математика]
    [• 2 · 9:25 · 7А геометрия]
    [• 3 · 10:40 · 7А алгебра]
    [4 · 11:40 · 7Б алгебра]
    [5 · 12:35 · 10А математика]
    [6 · 13:30 · 7Б география, subst.]
    [‹ Mon 23] [Wed 25 ›]
    [Menu]
    ");
    teacher.press_ending("7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    press_all(&teacher, &["Attendance, marks", "Ким М.", "5", "Белова К."]).await;
    assert_eq!(teacher.toast(), "Белова К. — 5");
    teacher.press("‹ Lesson").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · Tue 24.11, lesson 3, 10:40–11:25
    ✓ Topic: Линейное уравнение
    • Homework for Wed 25.11
    ✓ Attendance: 1 away
    • Marks: 1, at least 4 needed · kind of work: ответ
    Write the homework in your next message.
    [No homework]
    [Attendance, marks]
    [Topic] [Homework]
    [Kind of work]
    [Undo] [Done]
    [‹ Lessons] [Menu]
    ");
    press_all(&teacher, &["Done", "Finish as it is"]).await;
    assert_snapshot!(teacher.screen(), @"
    Done, 10:40: 7А, алгебра, lesson 3
    Topic, absences: 1, marks: 1.
    Can't reach 2 families: Белова, Ким.
    [Next: 4 · 11:40 · 7Б алгебра]
    [Correct] [My lessons]
    ");
}
