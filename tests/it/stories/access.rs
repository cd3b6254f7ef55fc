//! Who gets in, and what those who shouldn't find behind a door.

use insta::assert_snapshot;

use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    a1_a_stranger_sees_one_screen,
    a1_a_stranger_reads_english,
    a5_a_parent_comes_in_by_a_link,
    a5_a_pupil_reads_the_own_diary_and_no_other,
    p13_a_parent_forges_a_teachers_press,
    p13_a_teacher_presses_in_anothers_lesson,
    e6_a_load_taken_away_ends_with_the_next_press,
    e6_a_child_taken_away_closes_the_diary,
    p1_another_familys_diary_stays_shut,
    e6_a_section_that_one_does_not_have,
);

async fn a1_a_stranger_sees_one_screen(school: &School) {
    let stranger = school.stranger(77);
    stranger.says("/start").await;
    assert_snapshot!(stranger.screen(), @"
    Это школьный журнал: отметки, пропуски и домашние задания в чате.
    Войти можно по личной ссылке или коду. Родителям и ученикам их даёт тьютор (классный руководитель), сотрудникам — администратор журнала.
    Код уже есть? Напишите его следующим сообщением.
    [Где взять код] [English]
    ");
    let welcome = stranger.screen();
    for typed in ["/today", "/diary", "/help", "/settings", "/cancel"] {
        stranger.says(typed).await;
        assert_eq!(stranger.screen(), welcome, "{typed}");
    }
    let teacher = school.staff("Смирнова").await;
    let (_, data) = teacher.data("Мои уроки сегодня");
    let message = stranger.last().message_id;
    stranger.press_data(message, &data).await;
    assert_eq!(stranger.screen(), welcome);
    stranger.says("Здравствуйте, я мама Ани").await;
    assert_snapshot!(stranger.screen(), @"
    Такой ссылки или кода нет. Проверьте, что скопирован весь код, или попросите новый у того, кто его дал.
    Это школьный журнал: отметки, пропуски и домашние задания в чате.
    Войти можно по личной ссылке или коду. Родителям и ученикам их даёт тьютор (классный руководитель), сотрудникам — администратор журнала.
    Код уже есть? Напишите его следующим сообщением.
    [Где взять код] [English]
    ");
    press_all(&stranger, &["Где взять код", "‹ Назад"]).await;
    assert_eq!(stranger.screen(), welcome);
}

async fn a1_a_stranger_reads_english(school: &School) {
    let stranger = school.stranger(77);
    stranger.says("/start").await;
    stranger.press("English").await;
    assert_snapshot!(stranger.screen(), @"
    This is a school journal: marks, absences and homework in a chat.
    You enter by a personal link or code. Parents and pupils get theirs from the class tutor, staff from the journal administrator.
    Have a code? Write it in your next message.
    [Where from?] [Русский]
    ");
    stranger.press("Where from?").await;
    assert_snapshot!(stranger.screen(), @"
    The code is on a slip that the class tutor gives you, or comes as a link. It works once and for 7 days; four digits of the slip are asked for too.
    If it doesn't open or is lost, ask for a new one: parents and pupils the tutor, staff the journal administrator.
    [‹ Back]
    ");
    press_all(&stranger, &["‹ Back", "Русский"]).await;
    assert!(
        stranger.screen().starts_with("Это школьный журнал"),
        "{}",
        stranger.screen()
    );
}

async fn a5_a_parent_comes_in_by_a_link(school: &School) {
    let parent = school.parent("Волкова").await;
    assert_snapshot!(parent.screen(), @"
    Дневник открыт: Пётр, Анна
    Отметки и пропуски придут сразу, домашние задания — в 19:00 одной сводкой. С 21:00 до 7:00 новости ждут утра.
    [Открыть дневник] [Уведомления]
    [Меню]
    ");
    parent.press("Меню").await;
    assert_snapshot!(parent.screen(), @"
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
    let alone = school.parent("Белова").await;
    alone.press("Меню").await;
    assert_snapshot!(alone.screen(), @"
    Ксения, 7А · вт 24.11 · завтра 6 уроков с 8:30
    [Дневник] [Отметки]
    [ДЗ] [Расписание]
    [Графики]
    [Сообщить о пропуске]
    [Объявления]
    [Сообщения]
    [Настройки] [Помощь]
    ");
}

async fn a5_a_pupil_reads_the_own_diary_and_no_other(school: &School) {
    let pupil = school.pupil("Волкова Анна").await;
    assert_snapshot!(pupil.screen(), @"
    Мой дневник открыт: Анна
    Отметки и пропуски — в дневнике, домашние задания на завтра придут в 19:00.
    [Открыть дневник] [Уведомления]
    [Меню]
    ");
    press_all(&pupil, &["Меню", "Дневник"]).await;
    assert!(
        pupil.screen().starts_with("Мой дневник · вт 24.11"),
        "{}",
        pupil.screen()
    );
    let other = school.parent("Белова").await;
    press_all(&other, &["Меню", "Дневник"]).await;
    let (_, data) = other.data("ср\u{a0}25 ›");
    let message = pupil.last().message_id;
    pupil.press_data(message, &data).await;
    assert_eq!(pupil.toast(), "Этот дневник вам не открыт. Вопросы — к тьютору класса.");
}

/// A press on a pupil in the grid of 7А, as the teacher's screen carries it.
async fn teachers_press(school: &School) -> (Phone, String) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "5"]).await;
    let (_, data) = teacher.data("Волкова А.");
    (teacher, data)
}

async fn p13_a_parent_forges_a_teachers_press(school: &School) {
    let (teacher, data) = teachers_press(school).await;
    let parent = school.parent("Волкова").await;
    let message = parent.last().message_id;
    parent.press_data(message, &data).await;
    assert_eq!(
        parent.toast(),
        "Это больше не ваш урок. Вопросы — к администратору журнала."
    );
    parent.sees("Пётр, 3Б").await;
    teacher.press("4").await;
    assert!(
        teacher.screen().contains("Отметок 0"),
        "nothing is written\n{}",
        teacher.screen()
    );
    // Looking is refused too.
    let (_, grid) = teacher.data("5");
    parent.press_data(message, &grid).await;
    assert_eq!(
        parent.toast(),
        "Это больше не ваш урок. Вопросы — к администратору журнала."
    );
    assert!(!parent.chat().contains("Абрамов"), "{}", parent.chat());
}

async fn p13_a_teacher_presses_in_anothers_lesson(school: &School) {
    let (_, data) = teachers_press(school).await;
    let other = school.staff("Фомина").await;
    let message = other.last().message_id;
    other.press_data(message, &data).await;
    assert_eq!(
        other.toast(),
        "Это больше не ваш урок. Вопросы — к администратору журнала."
    );
    other.sees("У вас").await;
}

const TO_ANOTHER_TEACHER: &str = "UPDATE loads SET teacher_id = (SELECT id FROM people WHERE code = 'с4')
    WHERE class_id = (SELECT id FROM classes WHERE grade = 7 AND letter = 'А')
      AND subject_id = (SELECT id FROM subjects WHERE title = 'Алгебра')";

async fn e6_a_load_taken_away_ends_with_the_next_press(school: &School) {
    let (teacher, _) = teachers_press(school).await;
    school.change(TO_ANOTHER_TEACHER).await;
    teacher.press("Волкова А.").await;
    assert_eq!(
        teacher.toast(),
        "Это больше не ваш урок. Вопросы — к администратору журнала."
    );
    teacher.sees("У вас").await;
    assert_snapshot!(teacher.screen(), @"
    вт 24.11 · Учебная школа
    У вас 5 уроков, заполнено 0.
    Матвей, 3Б: завтра 4 урока с 8:30
    [Мои уроки сегодня]
    [Осталось · 38]
    [Графики классов]
    [Мой класс · 7А]
    [Мои дети]
    [Сообщения]
    [Настройки] [Помощь]
    ");
    teacher.press("Мои уроки сегодня").await;
    assert!(!teacher.screen().contains("7А алгебра"), "{}", teacher.screen());
    // A text that the card awaited is refused in words as well.
    teacher.says("Линейное уравнение").await;
    assert_snapshot!(teacher.screen(), @"
    Это больше не ваш урок. Вопросы — к администратору журнала.
    вт 24.11 · Учебная школа
    У вас 5 уроков, заполнено 0.
    Матвей, 3Б: завтра 4 урока с 8:30
    [Мои уроки сегодня]
    [Осталось · 38]
    [Графики классов]
    [Мой класс · 7А]
    [Мои дети]
    [Сообщения]
    [Настройки] [Помощь]
    ");
}

async fn e6_a_child_taken_away_closes_the_diary(school: &School) {
    let parent = school.parent("Белова").await;
    press_all(&parent, &["Меню", "Дневник"]).await;
    school
        .change("DELETE FROM guardians WHERE pupil_id IN (SELECT id FROM people WHERE code = 'п25')")
        .await;
    parent.press("‹ пн\u{a0}23").await;
    assert_eq!(
        parent.toast(),
        "Этот дневник вам не открыт. Вопросы — к тьютору класса."
    );
    parent.sees("Вход открыт").await;
    assert_snapshot!(parent.screen(), @"
    вт 24.11 · Учебная школа
    Вход открыт. Уроков и детей за вами не записано; если это не так, скажите администратору журнала.
    [Сообщения]
    [Настройки] [Помощь]
    ");
}

async fn p1_another_familys_diary_stays_shut(school: &School) {
    let (mine, other) = (school.parent("Белова").await, school.parent("Волкова").await);
    press_all(&other, &["Меню", "Анна, 7А", "Дневник"]).await;
    let (_, data) = other.data("ср\u{a0}25 ›");
    let message = mine.last().message_id;
    mine.press_data(message, &data).await;
    assert_eq!(mine.toast(), "Этот дневник вам не открыт. Вопросы — к тьютору класса.");
    assert!(!mine.chat().contains("Анна"), "{}", mine.chat());
}

async fn e6_a_section_that_one_does_not_have(school: &School) {
    let parent = school.parent("Белова").await;
    parent.says("/today").await;
    assert_snapshot!(parent.screen(), @"
    Ксения, 7А · вт 24.11
    1. 8:30 Литература — ещё не внесено
    2. 9:25 Геометрия — ещё не внесено
    3. 10:40 Алгебра — ещё не внесено
    4. 11:40 Английский язык, гр. 1
    5. 12:35 История
    6. 13:30 Биология
    [1] [2] [3] [4] [5] [6]
    [‹ пн 23] [Неделя] [ср 25 ›]
    [Дата] [Меню]
    ");
    let teacher = school.staff("Титов").await;
    teacher.says("/marks").await;
    assert_snapshot!(teacher.screen(), @"
    Этого раздела у вас нет.
    вт 24.11 · Учебная школа
    У вас 2 урока, заполнено 0.
    [Мои уроки сегодня]
    [Осталось · 17]
    [Графики классов]
    [Мой класс · 10А]
    [Сообщения]
    [Настройки] [Помощь]
    ");
}
