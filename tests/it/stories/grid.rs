//! Attendance and marks on one screen: rings, questions, undoing, large classes.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    t3_a_sign_goes_round_its_ring,
    t4_a_mark_is_given_and_taken_back,
    t4_a_second_mark_comes_from_more,
    t5_another_mark_is_asked_about,
    t6_a_mark_for_an_absent_pupil_is_asked_about,
    t7_undo_goes_back_to_the_opening,
    t7_undoing_the_first_sign_takes_attendance_back_too,
    t3b_the_same_pupils_as_at_the_lesson_before,
    t2_all_present_is_one_press,
    a_class_of_thirty_five_fits_on_one_screen,
    a_class_of_forty_eight_has_two_pages,
);

async fn grid(school: &School) -> Phone {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.press("Посещаемость и отметки").await;
    teacher
}

async fn t3_a_sign_goes_round_its_ring(school: &School) {
    let teacher = grid(school).await;
    let mut toasts = Vec::new();
    for label in ["Ким М.", "н Ким М.", "б Ким М.", "п Ким М.", "о Ким М."] {
        teacher.press(label).await;
        toasts.push(teacher.toast());
    }
    assert_eq!(
        toasts,
        [
            "Ким М. — н",
            "Ким М. — б",
            "Ким М. — п",
            "Ким М. — о",
            "Ким М. — на уроке"
        ]
    );
    // With «п» in hand the ring begins there.
    teacher.press("п").await;
    assert!(
        teacher
            .screen()
            .contains("Ставлю: п. Нажмите на фамилию. Ещё нажатие — о, н, б, снять."),
        "{}",
        teacher.screen()
    );
    press_all(
        &teacher,
        &["Ким М.", "п Ким М.", "о Ким М.", "н Ким М.", "б Ким М.", "Ким М."],
    )
    .await;
    assert_eq!(teacher.toast(), "Ким М. — п");
}

async fn t4_a_mark_is_given_and_taken_back(school: &School) {
    let teacher = grid(school).await;
    press_all(&teacher, &["5", "Белова К."]).await;
    assert_eq!(teacher.toast(), "Белова К. — 5");
    teacher.press("5 Белова К.").await;
    assert_eq!(teacher.toast(), "Снято: Белова К., 5");
    press_all(&teacher, &["Белова К.", "Ещё", "зч", "Орлов Г."]).await;
    assert_eq!(teacher.toast(), "Орлов Г. — зч");
    assert!(
        teacher.labels().contains(&"зч Орлов Г.".to_owned()),
        "{}",
        teacher.screen()
    );
}

async fn t4_a_second_mark_comes_from_more(school: &School) {
    let teacher = grid(school).await;
    press_all(&teacher, &["4", "Волкова А.", "Вид", "Самостоят.", "Ещё"]).await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок · другая отметка. С «+» отметка станет второй: рядом с той, что есть.
    [1] [зч] [нз] [осв]
    [+5] [+4] [+3] [+2]
    [Комментарий]
    [‹ Класс]
    ");
    press_all(&teacher, &["+5", "4 Волкова А."]).await;
    assert_eq!(teacher.toast(), "Волкова А. — ещё 5");
    assert!(
        teacher.labels().contains(&"4,5 Волкова А.".to_owned()),
        "{}",
        teacher.screen()
    );
    let parent = school.parent("Волкова").await;
    school.minutes_pass(50);
    let notice = parent.gets("алгебра").await;
    assert!(
        notice
            .text
            .starts_with("Анна, алгебра: 4 и 5\nвт\u{a0}24.11, 3\u{2011}й урок. 4 — ответ, 5 — самостоятельная."),
        "{}",
        notice.text
    );
}

async fn t5_another_mark_is_asked_about(school: &School) {
    let teacher = grid(school).await;
    press_all(
        &teacher,
        &["4", "Волкова А.", "Зайцев Н.", "Ли А.", "5", "4 Волкова А."],
    )
    .await;
    assert_snapshot!(teacher.screen(), @"
    Волкова А. — уже 4 (ответ). Что сделать с 5?
    [Исправить 4 → 5]
    [Ещё одна: 4 и 5]
    [Ничего]
    ");
    teacher.press("Исправить 4 → 5").await;
    assert_eq!(teacher.toast(), "Исправлено: Волкова А., 4 → 5");
    press_all(&teacher, &["4 Зайцев Н.", "Ещё одна: 4 и 5"]).await;
    assert_eq!(teacher.toast(), "Зайцев Н. — ещё 5");
    press_all(&teacher, &["4 Ли А.", "Ничего"]).await;
    let labels = teacher.labels();
    for there in ["5 Волкова А.", "4,5 Зайцев Н.", "4 Ли А.", "✓ 5"] {
        assert!(labels.contains(&there.to_owned()), "{there}: {}", teacher.screen());
    }
}

async fn t6_a_mark_for_an_absent_pupil_is_asked_about(school: &School) {
    let teacher = grid(school).await;
    press_all(&teacher, &["Ким М.", "Ли А.", "Попов Д.", "5", "н Ким М."]).await;
    assert_snapshot!(teacher.screen(), @"
    Ким М. — н на этом уроке. Откуда 5?
    [Поставить 5, «н» снять]
    [Поставить н/5: сдано позже]
    [Ничего]
    ");
    teacher.press("Поставить 5, «н» снять").await;
    assert_eq!(teacher.toast(), "Ким М. — 5");
    press_all(&teacher, &["н Ли А.", "Поставить н/5: сдано позже"]).await;
    assert_eq!(teacher.toast(), "Ли А. — 5, сдано позже");
    press_all(&teacher, &["н Попов Д.", "Ничего"]).await;
    let labels = teacher.labels();
    for there in ["5 Ким М.", "н/5 Ли А.", "н Попов Д."] {
        assert!(labels.contains(&there.to_owned()), "{there}: {}", teacher.screen());
    }
}

async fn t7_undo_goes_back_to_the_opening(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Первая тема").await;
    teacher.press("Меню").await;
    // Opened anew: what was written before isn't undone from here.
    open(&teacher, "7А алгебра").await;
    teacher.says("§ 13").await;
    press_all(&teacher, &["Тема"]).await;
    teacher.says("Вторая тема").await;
    press_all(&teacher, &["Вид работы", "Контрольная ×2", "Посещаемость и отметки"]).await;
    press_all(
        &teacher,
        &["Ким М.", "н Ким М.", "5", "Белова К.", "5 Белова К.", "Орлов Г."],
    )
    .await;
    let mut undone = Vec::new();
    loop {
        teacher.press("Отменить").await;
        undone.push(teacher.toast());
        if teacher.toast() == "Отменять нечего" || undone.len() > 20 {
            break;
        }
    }
    assert_snapshot!(undone.join("\n"), @"
    Отменено: Орлов Г. — 5
    Отменено: Белова К. — без отметки
    Отменено: Белова К. — 5
    Отменено: Ким М. — б
    Отменено: Ким М. — н
    Отменено: вид работы
    Отменено: тема
    Отменено: ДЗ
    Отменять нечего
    ");
    teacher.press("‹ Урок").await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    ✓ Тема: Первая тема
    • ДЗ к ср 25.11
    • Посещаемость
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите ДЗ следующим сообщением.
    [ДЗ не задано]
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы] [Все на месте]
    [Готово]
    [‹ Уроки] [Меню]
    ");
}

async fn t7_undoing_the_first_sign_takes_attendance_back_too(school: &School) {
    let teacher = grid(school).await;
    teacher.press("Ким М.").await;
    teacher.press("Отменить").await;
    assert_eq!(teacher.toast(), "Отменено: Ким М. — н");
    teacher.press("‹ Урок").await;
    assert!(teacher.screen().contains("• Посещаемость"), "{}", teacher.screen());
    assert!(
        teacher.labels().contains(&"Все на месте".to_owned()),
        "{}",
        teacher.screen()
    );
}

async fn t3b_the_same_pupils_as_at_the_lesson_before(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А геометрия").await;
    press_all(
        &teacher,
        &["Посещаемость и отметки", "Ким М.", "Ли А.", "о", "Попов Д."],
    )
    .await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "н как на 2-м уроке: Ким, Ли"]).await;
    assert_eq!(teacher.toast(), "Отмечено как на прошлом уроке: 2");
    assert!(teacher.screen().contains("н: Ким, Ли\n"), "{}", teacher.screen());
    assert!(
        !teacher.labels().iter().any(|label| label.contains("как на")),
        "{}",
        teacher.screen()
    );
    teacher.press("Отменить").await;
    assert!(
        teacher.labels().contains(&"н как на 2-м уроке: Ким, Ли".to_owned()),
        "{}",
        teacher.screen()
    );
}

async fn t2_all_present_is_one_press(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    let (message, data) = teacher.data("Все на месте");
    teacher.press("Все на месте").await;
    assert_eq!(teacher.toast(), "Все на месте");
    assert!(
        teacher.screen().contains("✓ Посещаемость: все на месте"),
        "{}",
        teacher.screen()
    );
    teacher.press_data(message, &data).await;
    assert_eq!(teacher.toast(), "Посещаемость уже отмечена");
}

/// Puts pupils of 3Б into 7А.
const TEN_MORE: &str = "UPDATE enrolments SET class_id = (SELECT id FROM classes WHERE grade = 7 AND letter = 'А')
    WHERE pupil_id IN (SELECT p.id FROM people p JOIN enrolments e ON e.pupil_id = p.id JOIN classes c ON c.id = e.class_id
                       WHERE c.grade = 3 ORDER BY p.sort_key LIMIT 10)";
const ALL_OF_THEM: &str = "UPDATE enrolments SET class_id = (SELECT id FROM classes WHERE grade = 7 AND letter = 'А')
    WHERE class_id = (SELECT id FROM classes WHERE grade = 3)";

async fn a_class_of_thirty_five_fits_on_one_screen(school: &School) {
    school.change(TEN_MORE).await;
    let teacher = grid(school).await;
    let shown = teacher.last();
    assert_eq!(
        (shown.keyboard.len(), shown.labels().len()),
        (21, 48),
        "{}",
        teacher.screen()
    );
    press_all(&teacher, &["Яковлева Н.", "Алексеев М."]).await;
    assert_eq!(teacher.toast(), "Алексеев М. — н");
}

async fn a_class_of_forty_eight_has_two_pages(school: &School) {
    school.change(ALL_OF_THEM).await;
    let teacher = grid(school).await;
    assert_eq!(teacher.last().keyboard.len(), 24, "{}", teacher.screen());
    teacher.press("41–48 ›").await;
    assert_snapshot!(teacher.screen(), @"
    7А · алгебра · вт 24.11, 3-й урок
    Ставлю: н. Нажмите на фамилию. Ещё нажатие — б, п, о, снять.
    Отметок 0
    [Семёнова Л.] [Сидоров К.]
    [Смирнов М.] [Соколова Я.]
    [Тарасова К.] [Фёдоров Б.]
    [Цой Р.] [Яковлева Н.]
    [‹ 1–40]
    [✓ н] [б] [п] [о]
    [5] [4] [3] [2] [Вид] [Ещё]
    [‹ Урок] [Отменить] [Готово]
    ");
    teacher.press("Яковлева Н.").await;
    assert_eq!(teacher.toast(), "Яковлева Н. — н");
    assert!(
        teacher.labels().contains(&"н Яковлева Н.".to_owned()),
        "a press stays on its page\n{}",
        teacher.screen()
    );
    teacher.press("5").await;
    assert!(
        teacher.labels().contains(&"‹ 1–40".to_owned()),
        "so does what is taken in hand\n{}",
        teacher.screen()
    );
    press_all(&teacher, &["‹ 1–40", "Абрамов Д."]).await;
    assert_eq!(teacher.toast(), "Абрамов Д. — 5");
}
