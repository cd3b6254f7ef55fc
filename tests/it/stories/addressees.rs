//! N1: several classes at once, people who are picked, the staff by what they do; who isn't the author's any more.

use chrono::TimeDelta;
use insta::assert_snapshot;
use zhurnal::announcements::press::{Act, View};
use zhurnal::chat::Payload;
use zhurnal::ids::{ClassId, SchoolId};
use zhurnal::people::reach::Kin;

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    p6_a_parent_in_two_classes_gets_one_copy,
    p6_a_class_lost_before_it_leaves_is_left_out,
    p6_a_tutor_picks_people_of_the_class,
    p6_of_nobody_ticked_nobody_is_meant,
    p6_another_tutors_class_is_ticked_by_no_forged_button,
    p6_a_pupil_who_left_is_left_out,
    p6_the_staff_is_spoken_to_by_what_it_does,
);

const FAIR: &str = "Ярмарка в субботу, 28.11.\nПриходите всей семьёй.";

async fn begin(author: &Phone) {
    author.says("/announce").await;
}

async fn p6_a_parent_in_two_classes_gets_one_copy(school: &School) {
    // Anna is in 7А, Pyotr in 3Б.
    let (both, one) = (school.parent("Волкова").await, school.parent("Белова").await);
    let director = school.staff("Воронцов").await;
    begin(&director).await;
    assert_snapshot!(director.screen(), @"
    Объявление · кому?
    [Всей школе]
    [Сотрудникам школы]
    [Сотрудникам по должности]
    [Одному из классов]
    [Нескольким классам]
    [Отправленные]
    [Меню]
    ");
    director.press("Нескольким классам").await;
    assert_snapshot!(director.screen(), @"
    Объявление · каким классам? Отмечено: 0 из 4.
    [3Б] [7А] [7Б] [10А]
    [Все классы]
    [‹ Кому] [Меню]
    ");
    press_all(&director, &["3Б", "7А"]).await;
    assert_snapshot!(director.screen(), @"
    Объявление · каким классам? Отмечено: 2 из 4.
    [✓ 3Б] [✓ 7А] [7Б] [10А]
    [Все классы] [Дальше · 2]
    [‹ Кому] [Меню]
    ");
    director.press("Дальше · 2").await;
    assert_snapshot!(director.screen(), @"
    Объявление · 3Б, 7А: кому из них?
    [Родителям · 2]
    [Ученикам · 0]
    [Родителям и ученикам · 2]
    [‹ Назад] [Меню]
    ");
    director.press("Родителям · 2").await;
    assert!(
        director.screen().starts_with("Объявление · родителям 3Б, 7А"),
        "{}",
        director.screen()
    );
    director.says(FAIR).await;
    assert_snapshot!(director.screen(), @"
    Получат: 2 человека, 3 семьи.
    Не дойдёт до 45 семей: Алексеев, Беляева, Быкова, Герасимов, Гончарова, Дёмин, Жданова, Журавлёва, Захаров, Калинин и ещё 35 — позвоните.
    ———
    Ярмарка в субботу, 28.11.
    Приходите всей семьёй.
    Воронцов Михаил Евгеньевич, директор
    ———
    [Отправить · 2]
    [Кнопка: «Прочитано»]
    [Отложить] [Другой текст]
    [‹ Кому] [Не отправлять]
    ");
    director.press("Отправить · 2").await;
    school.quiet().await;
    assert_eq!((both.count("Ярмарка"), one.count("Ярмарка")), (1, 1));
    // It is one announcement: read once, counted once, corrected and taken back everywhere.
    both.press("Прочитано").await;
    school.quiet().await;
    director.press("Обновить").await;
    assert_snapshot!(director.screen(), @"
    Ярмарка в субботу, 28.11.
    Родителям 3Б, 7А · вт 24.11, 10:40
    Дошло 2 из 2, прочитали: 1.
    [Напомнить · 1] [Кто прочитал]
    [Исправить] [Отозвать]
    [Отправленные] [Меню]
    ");
    director.press("Напомнить · 1").await;
    school.quiet().await;
    assert_eq!((both.count("ждёт вашего"), one.count("ждёт вашего")), (0, 1));
    director.press("Исправить").await;
    director.says("Ярмарка в воскресенье, 29.11.").await;
    school.quiet().await;
    assert_eq!((both.count("в воскресенье"), one.count("в воскресенье")), (1, 1));
    press_all(&director, &["Отозвать", "Отозвать · 2"]).await;
    school.quiet().await;
    assert_eq!((both.count("отозвано"), one.count("отозвано")), (1, 1));
}

/// 7Б is the tutor's of 7А too.
const BOTH_CLASSES: &str = "INSERT INTO class_tutors (class_id, person_id)
    SELECT c.id, p.id FROM classes c, people p WHERE c.grade = 7 AND c.letter = 'Б' AND p.code = 'с1'";
const ONE_CLASS: &str = "DELETE FROM class_tutors
    WHERE person_id = (SELECT id FROM people WHERE code = 'с1')
      AND class_id = (SELECT id FROM classes WHERE grade = 7 AND letter = 'Б')";
const NO_CLASS: &str = "DELETE FROM class_tutors WHERE person_id = (SELECT id FROM people WHERE code = 'с1')";

async fn p6_a_class_lost_before_it_leaves_is_left_out(school: &School) {
    let (mine, lost) = (school.parent("Волкова").await, school.parent("Андреева").await);
    let tutor = school.staff("Смирнова").await;
    school.change(BOTH_CLASSES).await;
    let write = async || {
        begin(&tutor).await;
        press_all(&tutor, &["Нескольким классам", "Все классы", "Дальше · 2"]).await;
        tutor.press("Родителям · 2").await;
        tutor.says(FAIR).await;
    };
    // Lost while it was looked at: whoever sends it hears of it.
    write().await;
    assert!(tutor.screen().contains("тьютор 7А, 7Б"), "{}", tutor.screen());
    school.change(ONE_CLASS).await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    tutor.press("Обновить").await;
    assert_snapshot!(tutor.screen(), @"
    Ярмарка в субботу, 28.11.
    Родителям 7А · вт 24.11, 10:40
    Не получат: 7Б — писать туда вы больше не можете.
    Дошло 1 из 1, прочитали: 0.
    [Напомнить · 1] [Кто прочитал]
    [Исправить] [Отозвать]
    [Отправленные] [Меню]
    ");
    assert_eq!((mine.count("Ярмарка"), lost.count("Ярмарка")), (1, 0));
    assert!(mine.last().text.ends_with("тьютор 7А"), "{}", mine.screen());
    // Lost while it waited for its time: the same, and a letter says so.
    school.change(BOTH_CLASSES).await;
    write().await;
    press_all(&tutor, &["Отложить", "вт\u{a0}24.11, 18:00", "Отправить · 2"]).await;
    school.change(ONE_CLASS).await;
    school.clock.advance(TimeDelta::hours(8));
    school.quiet().await;
    assert_eq!((mine.count("Ярмарка"), lost.count("Ярмарка")), (2, 0));
    assert_snapshot!(tutor.screen(), @"
    Ушло не всем: Ярмарка в субботу, 28.11.
    Не получат: 7Б — писать туда вы больше не можете.
    [К объявлению]
    ");
    tutor.press("К объявлению").await;
    assert!(tutor.screen().contains("Не получат: 7Б"), "{}", tutor.screen());
    // Lost after it was sent: it isn't the author's to say more there, but to take it back it is.
    school.change(BOTH_CLASSES).await;
    write().await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    assert_eq!(lost.count("Ярмарка"), 1);
    tutor.press("Обновить").await;
    school.change(ONE_CLASS).await;
    tutor.press("Исправить").await;
    assert!(tutor.toast().contains("(7Б)"), "{}", tutor.toast());
    press_all(&tutor, &["Отозвать", "Отозвать · 2"]).await;
    school.quiet().await;
    assert_eq!((mine.count("отозвано"), lost.count("отозвано")), (1, 1));
    // All of them lost: nothing leaves.
    school.change(BOTH_CLASSES).await;
    write().await;
    press_all(&tutor, &["Отложить", "ср\u{a0}25.11, 8:00", "Отправить · 2"]).await;
    school.change(NO_CLASS).await;
    school.clock.advance(TimeDelta::hours(24));
    school.quiet().await;
    tutor.gets("Не отправлено: Ярмарка").await;
    assert_eq!((mine.count("Ярмарка"), lost.count("Ярмарка")), (2, 0));
}

async fn p6_a_tutor_picks_people_of_the_class(school: &School) {
    let (picked, other) = (school.parent("Волкова").await, school.parent("Белова").await);
    let pupil = school.pupil("Волкова Анна").await;
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Объявление", "Выбрать людей"]).await;
    press_all(&tutor, &["Волкова А.", "Белова К.", "✓ Белова К."]).await;
    assert!(
        tutor.screen().starts_with("Объявление · кому в 7А? Отмечено: 1 из 25."),
        "{}",
        tutor.screen()
    );
    tutor.press("Дальше · 1").await;
    assert_snapshot!(tutor.screen(), @"
    Объявление · Волкова Анна: кому из них?
    [Родителям · 1]
    [Ученикам · 1]
    [Родителям и ученикам · 2]
    [‹ Назад] [Меню]
    ");
    tutor.press("Родителям и ученикам · 2").await;
    tutor.says("Жду на олимпиаде.").await;
    assert_snapshot!(tutor.screen(), @"
    Получат: 2 человека, 1 семья.
    ———
    Жду на олимпиаде.
    Смирнова Елена Викторовна, тьютор 7А
    ———
    [Отправить · 2]
    [Кнопка: «Прочитано»]
    [Отложить] [Другой текст]
    [‹ Кому] [Не отправлять]
    ");
    // Somebody else is picked after all: the words stay.
    press_all(&tutor, &["‹ Кому"]).await;
    press_all(&tutor, &["Выбрать людей", "Волкова А.", "Дальше · 1"]).await;
    tutor.press("Родителям · 1").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    assert_eq!(
        (
            picked.count("олимпиаде"),
            pupil.count("олимпиаде"),
            other.count("олимпиаде")
        ),
        (1, 0, 0)
    );
    tutor.press("Обновить").await;
    assert_snapshot!(tutor.screen(), @"
    Жду на олимпиаде.
    Родителям учеников: Волкова Анна · вт 24.11, 10:40
    Дошло 1 из 1, прочитали: 0.
    [Напомнить · 1] [Кто прочитал]
    [Исправить] [Отозвать]
    [Отправленные] [Меню]
    ");
}

async fn p6_of_nobody_ticked_nobody_is_meant(school: &School) {
    let director = school.staff("Воронцов").await;
    begin(&director).await;
    press_all(&director, &["Нескольким классам", "Все классы"]).await;
    let (message, next) = director.data("Дальше · 4");
    director.press("Снять отметки").await;
    assert!(!director.screen().contains("Дальше"), "{}", director.screen());
    // The button from the screen before leads back to the ticks.
    director.press_data(message, &next).await;
    director.sees("Отмечено: 0 из 4").await;
    let forged = Payload::of(&Act::To(Kin::Parents));
    director.press_data(message, forged.as_str()).await;
    assert_eq!(director.toast(), "Отметьте хотя бы один класс");
    // With one ticked it is that class, as if it had been chosen alone.
    press_all(&director, &["3Б", "Дальше · 1"]).await;
    director.press_starting("Родителям · ").await;
    assert!(
        director.screen().starts_with("Объявление · родителям 3Б"),
        "{}",
        director.screen()
    );
    press_all(&director, &["Не отправлять", "Нескольким классам"]).await;
    assert!(director.screen().contains("Отмечено: 0 из 4"), "{}", director.screen());
}

async fn p6_another_tutors_class_is_ticked_by_no_forged_button(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let number = |sql| school.number(sql, school.now());
    let other = number("SELECT id FROM classes WHERE grade = 3 AND $1 IS NOT NULL").await;
    let of = SchoolId(number("SELECT id FROM schools WHERE $1 IS NOT NULL").await);
    tutor.says("/start").await;
    for forged in [
        Payload::of(&Act::Tick(of, ClassId(other), true, 0)),
        Payload::of(&Act::PickAll(ClassId(other), true)),
        Payload::of(&View::Pick(ClassId(other), 0)),
        Payload::of(&View::Posts(of)),
    ] {
        tutor.press_data(tutor.last().message_id, forged.as_str()).await;
        assert_eq!(tutor.toast(), "Этого раздела у вас нет.");
    }
    // Neither has the list of the tutor's own classes another's.
    let own = Payload::of(&Act::TickAll(of, true));
    tutor.press_data(tutor.last().message_id, own.as_str()).await;
    tutor.sees("Отмечено: 1 из 1").await;
}

async fn p6_a_pupil_who_left_is_left_out(school: &School) {
    let (stays, left) = (school.parent("Волкова").await, school.parent("Белова").await);
    let tutor = school.staff("Смирнова").await;
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Объявление", "Выбрать людей"]).await;
    press_all(&tutor, &["Волкова А.", "Белова К.", "Дальше · 2"]).await;
    tutor.press("Родителям · 2").await;
    tutor.says("Жду на олимпиаде.").await;
    press_all(&tutor, &["Отложить", "вт\u{a0}24.11, 18:00", "Отправить · 2"]).await;
    school
        .change("UPDATE enrolments SET ends = '2026-11-24' WHERE pupil_id = (SELECT id FROM people WHERE surname = 'Белова' AND name = 'Ксения')")
        .await;
    school.clock.advance(TimeDelta::hours(8));
    school.quiet().await;
    assert_eq!((stays.count("олимпиаде"), left.count("олимпиаде")), (1, 0));
    assert!(
        tutor
            .last()
            .text
            .contains("Не получат: Белова Ксения — в этом классе их больше нет."),
        "{}",
        tutor.screen()
    );
}

async fn p6_the_staff_is_spoken_to_by_what_it_does(school: &School) {
    let (teacher, other) = (school.staff("Орлова").await, school.staff("Лукина").await);
    let tutor = school.staff("Фомина").await;
    let director = school.staff("Воронцов").await;
    begin(&director).await;
    director.press("Сотрудникам по должности").await;
    assert_snapshot!(director.screen(), @"
    Объявление · кому?
    [Сотрудникам школы · 4]
    [Всем педагогам · 2]
    [Учителям · 2]
    [Тьюторам · 1]
    [Руководителям ступеней · 0]
    [Директору и администраторам · 1]
    [Секретарям и техподдержке · 1]
    [‹ Кому] [Меню]
    ");
    director.press_starting("Тьюторам · ").await;
    director.says("Совещание тьюторов в четверг.").await;
    assert!(director.screen().contains("директор"), "{}", director.screen());
    director.press_starting("Отправить · ").await;
    school.quiet().await;
    assert_eq!(
        (
            tutor.count("Совещание"),
            teacher.count("Совещание"),
            other.count("Совещание")
        ),
        (1, 0, 0)
    );
    // A head speaks to those who teach in the stage.
    let head = school.staff("Артемьева").await;
    begin(&head).await;
    head.press("Сотрудникам по должности").await;
    assert_snapshot!(head.screen(), @"
    Объявление · кому?
    [Всем педагогам 5–9 классов · 2]
    [Учителям 5–9 классов · 2]
    [Тьюторам 5–9 классов · 1]
    [‹ Кому] [Меню]
    ");
    head.press_starting("Всем педагогам 5–9").await;
    head.says("Сдайте планы до пятницы.").await;
    head.press_starting("Отправить · ").await;
    school.quiet().await;
    assert_eq!((teacher.count("Сдайте планы"), other.count("Сдайте планы")), (1, 0));
}
