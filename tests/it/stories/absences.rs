//! T9, P11: a family tells of an absence, teachers see it above the register and agree by a press, the tutor accepts it.

use insta::assert_snapshot;
use zhurnal::absences::press::{Act, View};
use zhurnal::absences::{Days, Reason, Told};
use zhurnal::chat::Payload;
use zhurnal::people::Invitee;

use super::{open, picture, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::School;
use crate::support::story;

story!(
    t9_an_absence_is_told_in_four_presses_and_everybody_concerned_sees_it,
    t9_what_was_told_is_written_by_the_teachers_press_and_not_told_back,
    t9_a_pupil_who_came_after_all_is_there_by_one_press,
    t9_done_agrees_with_what_was_told,
    t9_several_days_are_told_shortened_and_taken_back,
    t9_another_reason_is_said_in_words_and_a_note_goes_along,
    t9_days_that_cannot_be_told_of_get_a_clear_answer,
    t9_two_parents_tell_at_once_and_a_press_twice_tells_once,
    t9_a_substitute_sees_what_was_told_and_others_may_not_touch_it,
    t9_the_command_asks_a_tutor_who_is_a_parent_which_is_meant,
    t2_the_tutor_finds_out_reasons_and_sees_the_month,
);

/// From the menu to the question when.
async fn tell(parent: &Phone) {
    parent.says("/start").await;
    parent.press("Сообщить о пропуске").await;
}

async fn t9_an_absence_is_told_in_four_presses_and_everybody_concerned_sees_it(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей, 7А · когда?
    [Сегодня] [Завтра, ср 25]
    [Несколько дней] [Другая дата]
    [Мои сообщения о пропусках]
    [Меню]
    ");
    parent.press("Завтра, ср 25").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · ср 25.11 · почему?
    [Болеет] [К врачу]
    [Семейное] [Соревнования]
    [Другое] [‹ Назад]
    ");
    parent.press("Болеет").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · ср 25.11 · болеет.
    Увидят тьютор и учителя этого дня; тревоги утром не будет.
    Пару слов можно дописать следующим сообщением.
    [Отправить]
    [Фото записки] [‹ Назад]
    ");
    parent.press("Отправить").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · ср 25.11 · болеет
    Сообщено: Иванова М. В., вт 24.11, 10:40.
    [Другой последний день]
    [Отозвать]
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    assert_snapshot!(draw(&tutor.gets("Иванов Алексей").await), @"
    Иванов Алексей, 7А: болеет, ср 25.11
    Сообщено: Иванова М. В., вт 24.11, 10:40.
    [Принять] [Пропуски]
    ");
    tutor.press_under("Иванов Алексей", "Принять").await;
    school.quiet().await;
    assert_snapshot!(draw(&tutor.gets("Иванов Алексей").await), @"
    Иванов Алексей, 7А: болеет, ср 25.11
    Сообщено: Иванова М. В., вт 24.11, 10:40.
    ✓ Принято тьютором, вт 24.11, 10:40.
    [Пропуски]
    ");
    parent.press("‹ Сообщения").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей, 7А · что сообщено
    [ср 25.11 · болеет]
    [Сообщить о новом]
    [Меню]
    ");
    parent.press_starting("ср").await;
    assert!(parent.screen().contains("✓ Принято тьютором"), "{}", parent.screen());
    // The lesson of that day shows it before it has come.
    tutor.press_under("Иванов Алексей", "Пропуски").await;
    tutor.sees("7А · пропуски").await;
    assert_snapshot!(tutor.screen(), @"
    7А · пропуски · вт 24.11
    Всё выяснено: пропусков без причины нет, сообщения семей приняты.
    [За месяц]
    [‹ 7А] [Меню]
    ");
    school.minutes_pass(21 * 60 + 55);
    open(&tutor, "7А алгебра").await;
    assert!(
        tutor.screen().contains("б: Иванов А. (сообщила семья)"),
        "{}",
        tutor.screen()
    );
}

/// On Tuesday the child is ill; the parent's and the teacher's phones, the register of algebra open.
async fn ill_today(school: &School) -> (Phone, Phone) {
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    press_all(&parent, &["Сегодня", "Болеет", "Отправить"]).await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    (parent, teacher)
}

async fn t9_what_was_told_is_written_by_the_teachers_press_and_not_told_back(school: &School) {
    let (parent, teacher) = ill_today(school).await;
    assert_snapshot!(teacher.screen(), @"
    Алгебра · 7А · вт 24.11, 3-й урок, 10:40–11:25
    • Тема
    • ДЗ к ср 25.11
    • Посещаемость
    б: Иванов А. (сообщила семья). Запишется по «Готово».
    • Отметки: 0, нужно от 4 · вид работы: ответ
    Напишите тему следующим сообщением.
    [Посещаемость и отметки]
    [Тема] [ДЗ]
    [Вид работы] [Остальные здесь]
    [Готово]
    [‹ Уроки] [Меню]
    ");
    teacher.press("Посещаемость и отметки").await;
    assert_snapshot!(teacher.screen(), @"
    7А · алгебра · вт 24.11, 3-й урок
    Ставлю: н. Нажмите на фамилию. Ещё нажатие — б, п, о, снять.
    б: Иванов А. (сообщила семья)
    Отметок 0
    [Абрамов Д.] [Белова К.]
    [Васильев И.] [Волкова А.]
    [Григорьев М.] [Егорова П.]
    [Зайцев Н.] [б Иванов А.]
    [Иванов П.] [Ким М.]
    [Козлова Е.] [Кузнецов Р.]
    [Лебедева О.] [Ли А.]
    [Морозов С.] [Новикова В.]
    [Орлов Г.] [Павлова Т.]
    [Петрова С.] [Попов Д.]
    [Семёнова Л.] [Сидоров К.]
    [Соколова Я.] [Фёдоров Б.]
    [Яковлева Н.]
    [Записать: б Иванов А.]
    [✓ н] [б] [п] [о]
    [5] [4] [3] [2] [Вид] [Ещё]
    [‹ Урок] [Отменить] [Готово]
    ");
    let signs = "SELECT COUNT(*) FROM attendance a JOIN lessons l ON l.id = a.lesson_id WHERE l.first_press_at <= $1";
    assert_eq!(
        school.number(signs, school.now()).await,
        0,
        "nothing is written by itself"
    );
    teacher.press("Записать: б Иванов А.").await;
    assert_eq!(teacher.toast(), "Записано, как сообщили: 1");
    assert!(teacher.screen().contains("б: Иванов А.\n"), "{}", teacher.screen());
    teacher.press("Отменить").await;
    assert!(
        teacher.screen().contains("б: Иванов А. (сообщила семья)"),
        "{}",
        teacher.screen()
    );
    press_all(&teacher, &["‹ Урок", "Остальные здесь"]).await;
    assert!(teacher.screen().contains("нет 1"), "{}", teacher.screen());
    press_all(&teacher, &["Готово", "Закончить так"]).await;
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 0, "{}", parent.chat());
    // A mark beside it is news.
    press_all(&teacher, &["Исправить", "б Иванов А.", "5"]).await;
    school.quiet().await;
    assert_eq!(parent.count("Алексей, алгебра: добавлено 5"), 1, "{}", parent.chat());
}

async fn t9_a_pupil_who_came_after_all_is_there_by_one_press(school: &School) {
    let (parent, teacher) = ill_today(school).await;
    teacher.says("Линейное уравнение").await;
    // All are there, says the teacher; the journal asks about the one of whom it was told.
    let all = Payload::of(&zhurnal::lessons::press::Act::AllPresent(
        key(school).await,
        zhurnal::lessons::press::Place::Card,
    ));
    teacher.press_data(teacher.last().message_id, all.as_str()).await;
    teacher.sees("Ставлю: н").await;
    assert!(teacher.toast().contains("сообщили, что нет 1"), "{}", teacher.toast());
    // A mark for somebody who is told to be ill is asked about.
    press_all(&teacher, &["5", "б Иванов А."]).await;
    assert!(
        teacher.screen().contains("Иванов А. — б на этом уроке. Откуда 5?"),
        "{}",
        teacher.screen()
    );
    press_all(&teacher, &["Ничего", "н", "б Иванов А."]).await;
    assert_eq!(teacher.toast(), "Иванов А. — на уроке");
    assert!(!teacher.screen().contains("сообщила семья"), "{}", teacher.screen());
    // Another press is as any other.
    teacher.press("Иванов А.").await;
    assert!(teacher.screen().contains("н: Иванов А."), "{}", teacher.screen());
    press_all(&teacher, &["Отменить", "Отменить"]).await;
    assert!(teacher.screen().contains("сообщила семья"), "{}", teacher.screen());
    press_all(&teacher, &["б Иванов А.", "Ким М.", "Готово", "Закончить так"]).await;
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 0, "{}", parent.chat());
}

/// The lesson in which something was written.
async fn key(school: &School) -> zhurnal::timetable::LessonKey {
    let load = "SELECT load_id FROM lessons WHERE first_press_at <= $1";
    zhurnal::timetable::LessonKey {
        load: zhurnal::ids::LoadId(school.number(load, school.now()).await),
        date: day(24),
        number: 3,
    }
}

fn day(of_month: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

async fn t9_done_agrees_with_what_was_told(school: &School) {
    let (parent, teacher) = ill_today(school).await;
    press_all(&teacher, &["Готово"]).await;
    assert_snapshot!(teacher.screen(), @"
    7А, алгебра, 3-й урок — почти всё
    б: Иванов А. (сообщила семья). Запишется по «Готово».
    • Тема не записана
    • ДЗ не записано
    • Посещаемость не отмечена
    • Отметок 0, нужно от 4
    Можно закончить и так: недостающее останется в «Мои уроки».
    [Записать тему]
    [ДЗ не задано] [Записать ДЗ]
    [Остальные здесь] [Отметить]
    [К отметкам]
    [Закончить так]
    [‹ Урок] [Меню]
    ");
    teacher.press("Закончить так").await;
    assert!(teacher.screen().contains("Пропуски — 1"), "{}", teacher.screen());
    school.minutes_pass(60);
    school.quiet().await;
    assert_eq!(parent.count("алгебра"), 0, "{}", parent.chat());
    parent.says("/diary").await;
    assert_snapshot!(parent.screen(), @"
    Алексей, 7А · вт 24.11
    1. 8:30 Литература — ещё не внесено
    2. 9:25 Геометрия — ещё не внесено
    3. 10:40 Алгебра — б
    4. 11:40 Английский язык, гр. 1 — ещё не внесено
    5. 12:35 История
    6. 13:30 Биология
    [1] [2] [3] [4] [5] [6]
    [‹ пн 23] [Неделя] [ср 25 ›]
    [Дата] [Меню]
    ");
}

async fn t9_several_days_are_told_shortened_and_taken_back(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    parent.press("Несколько дней").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей, 7А · с какого дня?
    [вт 24.11] [ср 25.11] [чт 26.11]
    [пт 27.11] [пн 30.11] [вт 01.12]
    [ср 02.12] [чт 03.12] [пт 04.12]
    [пн 07.12] [вт 08.12] [ср 09.12]
    [Дальше ›]
    [‹ Назад] [Меню]
    ");
    parent.press("ср 25.11").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей, 7А · с ср 25.11, по какой день?
    [чт 26.11] [пт 27.11] [пн 30.11]
    [вт 01.12] [ср 02.12] [чт 03.12]
    [пт 04.12] [пн 07.12] [вт 08.12]
    [ср 09.12] [чт 10.12] [пт 11.12]
    [Дальше ›]
    [‹ Назад] [Меню]
    ");
    press_all(
        &parent,
        &["пт 27.11", "Соревнования", "Отправить", "Другой последний день"],
    )
    .await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · 25–27.11 · соревнования
    Последний день пропуска?
    [ср 25.11] [чт 26.11] [✓ пт 27]
    [пн 30.11] [вт 01.12] [ср 02.12]
    [чт 03.12] [пт 04.12] [пн 07.12]
    [вт 08.12] [ср 09.12] [чт 10.12]
    [Дальше ›]
    [‹ Назад] [Меню]
    ");
    parent.press("чт 26.11").await;
    assert_eq!(parent.toast(), "Последний день — чт\u{a0}26.11, тьютор видит");
    school.quiet().await;
    assert_eq!(
        tutor.count("Иванов Алексей, 7А: соревнования, 25–26.11"),
        1,
        "{}",
        tutor.chat()
    );
    // On the second day it can't be taken back any more, only be over since yesterday.
    school.minutes_pass(24 * 60 * 2);
    parent.says("/absence").await;
    press_all(&parent, &["Мои сообщения о пропусках"]).await;
    parent.press_starting("25–26.11").await;
    assert!(!parent.labels().contains(&"Отозвать".to_owned()), "{}", parent.screen());
    press_all(&parent, &["Другой последний день", "ср 25.11"]).await;
    assert!(
        parent.screen().contains("ср 25.11 · соревнования"),
        "{}",
        parent.screen()
    );
    // One that lies ahead is taken back, and its history stays.
    tell(&parent).await;
    press_all(&parent, &["Завтра, пт 27", "Семейное", "Отправить", "Отозвать"]).await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · пт 27.11 · семейное
    Сообщено: Иванова М. В., чт 26.11, 10:40.
    Отозвано семьёй, чт 26.11, 10:40.
    [‹ Сообщения] [Меню]
    ");
    school.quiet().await;
    assert!(tutor.chat().contains("Отозвано семьёй"), "{}", tutor.chat());
    let lines = "SELECT COUNT(*) FROM absence_history WHERE at <= $1";
    assert_eq!(
        school.number(lines, school.now()).await,
        5,
        "told, ends, ends, told, withdrawn"
    );
    // Taken back, it can be told anew.
    tell(&parent).await;
    press_all(&parent, &["Завтра, пт 27", "Болеет", "Отправить"]).await;
    assert_eq!(parent.toast(), "Тьютор и учителя видят");
}

async fn t9_another_reason_is_said_in_words_and_a_note_goes_along(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    press_all(&parent, &["Завтра, ср 25", "Другое"]).await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · ср 25.11 · другое.
    Увидят тьютор и учителя этого дня; тревоги утром не будет.
    Напишите причину следующим сообщением, до 300 знаков.
    [Фото записки] [‹ Назад]
    ");
    parent.says(&"о".repeat(301)).await;
    parent.sees("до 300 знаков, у вас 301").await;
    parent.press("‹ Назад").await;
    parent.says("Едем к бабушке <на юбилей> & обратно").await;
    assert!(
        parent.screen().contains("«Едем к бабушке <на юбилей> & обратно»"),
        "{}",
        parent.screen()
    );
    parent.press("Фото записки").await;
    parent.sends(picture("")).await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей · ср 25.11 · другое.
    «Едем к бабушке <на юбилей> & обратно»
    Приложено фото записки.
    Увидят тьютор и учителя этого дня; тревоги утром не будет.
    Пару слов можно дописать следующим сообщением.
    [Отправить]
    [Фото записки] [‹ Назад]
    ");
    parent.press("Отправить").await;
    school.quiet().await;
    assert_eq!(tutor.count("Записка: Иванов Алексей"), 1, "{}", tutor.chat());
    assert_snapshot!(draw(&tutor.gets("другое").await), @"
    Иванов Алексей, 7А: другое, ср 25.11
    «Едем к бабушке <на юбилей> & обратно»
    Сообщено: Иванова М. В., вт 24.11, 10:40.
    Приложено фото записки.
    [Принять] [Пропуски]
    ");
    // The photo is brought once more to whoever asks.
    parent.press("Показать записку").await;
    school.quiet().await;
    assert_eq!(parent.count("Записка: Иванов Алексей"), 1, "{}", parent.chat());
}

async fn t9_days_that_cannot_be_told_of_get_a_clear_answer(school: &School) {
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    parent.press("Другая дата").await;
    assert_snapshot!(parent.screen(), @"
    Пропуск · Алексей, 7А · какой день?
    Нажмите на день или напишите следующим сообщением: 27.11 или 25–27.11.
    [вт 24.11] [ср 25.11] [чт 26.11]
    [пт 27.11] [пн 30.11] [вт 01.12]
    [ср 02.12] [чт 03.12] [пт 04.12]
    [пн 07.12] [вт 08.12] [ср 09.12]
    [Дальше ›]
    [‹ Назад] [Меню]
    ");
    for (typed, answer) in [
        ("послезавтра", "День не прочитан"),
        ("23.11", "Этот день уже прошёл"),
        ("31.08", "Учебный год начинается вт\u{a0}01.09"),
        ("26.05-28.05", "Учебный год кончается ср\u{a0}26.05"),
        ("27.11-25.11", "Последний день раньше первого"),
        ("31.12-05.01", "Это каникулы до вс\u{a0}10.01"),
        ("29.11", "Уроков в эти дни нет"),
    ] {
        parent.says(typed).await;
        parent.sees(answer).await;
        parent.press("‹ Назад").await;
    }
    parent.says("26–27.11").await;
    parent.sees("26–27.11 · почему?").await;
    // A screen of another day, or a forger's.
    let told = |pupil, reason| Told {
        days: Days {
            pupil,
            from: day(23),
            to: day(23),
        },
        reason,
    };
    let own = school.person(&Invitee::Pupil(String::new()), "Иванов Алексей").await.id;
    let message = parent.last().message_id;
    parent
        .press_data(message, Payload::of(&Act::Choose(told(own, Reason::Ill))).as_str())
        .await;
    assert!(parent.toast().starts_with("Этот день уже прошёл"), "{}", parent.toast());
    parent
        .press_data(
            message,
            Payload::of(&Act::Choose(told(own, Reason::Unexcused))).as_str(),
        )
        .await;
    parent.sees("Алексей, 7А").await;
    let another = school.person(&Invitee::Pupil(String::new()), "Ким Михаил").await.id;
    parent
        .press_data(message, Payload::of(&View::When(another)).as_str())
        .await;
    assert!(!parent.chat().contains("Михаил"), "{}", parent.chat());
    let kept = "SELECT COUNT(*) FROM absences WHERE at <= $1";
    assert_eq!(school.number(kept, school.now()).await, 0);
}

async fn t9_two_parents_tell_at_once_and_a_press_twice_tells_once(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let (mother, father) = (
        school.parent("Иванова Мария").await,
        school.parent("Иванов Сергей").await,
    );
    for parent in [&mother, &father] {
        tell(parent).await;
        press_all(parent, &["Завтра, ср 25", "Болеет"]).await;
    }
    let (message, send) = mother.data("Отправить");
    mother.press("Отправить").await;
    mother.press_data(message, &send).await;
    mother.sees("Сообщено: Иванова\u{a0}М.\u{a0}В.").await;
    father.press("Отправить").await;
    father.sees("Сообщено: Иванова\u{a0}М.\u{a0}В.").await;
    assert!(father.toast().starts_with("Уже сообщено: ср"), "{}", father.toast());
    school.quiet().await;
    assert_eq!(tutor.count("Иванов Алексей, 7А: болеет"), 1, "{}", tutor.chat());
    // Either may take it back; the other hears that it was.
    father.press("Отозвать").await;
    mother.press("Отозвать").await;
    assert_eq!(mother.toast(), "Уже отозвано");
}

async fn t9_a_substitute_sees_what_was_told_and_others_may_not_touch_it(school: &School) {
    let parent = school.parent("Иванова Мария").await;
    tell(&parent).await;
    press_all(&parent, &["Сегодня", "К врачу", "Отправить"]).await;
    school
        .change(
            "INSERT INTO slot_changes (load_id, date, number, kind, substitute_id)
             SELECT l.id, '2026-11-24', 3, 'substituted', p.id FROM loads l JOIN classes c ON c.id = l.class_id
             JOIN subjects s ON s.id = l.subject_id, people p
             WHERE c.grade = 7 AND c.letter = 'А' AND s.title = 'Алгебра' AND p.code = 'с2'",
        )
        .await;
    let substitute = school.staff("Орлова").await;
    open(&substitute, "7А алгебра, замена").await;
    assert!(
        substitute.screen().contains("п: Иванов А. (сообщила семья)"),
        "{}",
        substitute.screen()
    );
    // A teacher isn't the class's tutor.
    substitute.says("/absence").await;
    substitute.sees("Этого раздела у вас нет").await;
    // Consent that is withdrawn ends it.
    school.change("UPDATE consents SET withdrawn_at = given_at").await;
    let (message, when) = (parent.last().message_id, View::When(pupil(school).await));
    parent.press_data(message, Payload::of(&when).as_str()).await;
    parent.sees("Нет согласия").await;
    parent.says("/absence").await;
    parent.sees("Этого раздела у вас нет").await;
}

async fn pupil(school: &School) -> zhurnal::ids::PersonId {
    school.person(&Invitee::Pupil(String::new()), "Иванов Алексей").await.id
}

async fn t9_the_command_asks_a_tutor_who_is_a_parent_which_is_meant(school: &School) {
    let tutor = school.staff("Смирнова").await;
    tutor.says("/absence").await;
    assert_snapshot!(tutor.screen(), @"
    Пропуски · чьи?
    [7А]
    [Матвей, 3Б]
    [Меню]
    ");
    press_all(&tutor, &["Матвей, 3Б"]).await;
    tutor.sees("Пропуск · Матвей, 3Б").await;
    // A pupil doesn't tell of itself.
    let pupil = school.pupil("Иванов Алексей").await;
    pupil.says("/absence").await;
    pupil.sees("Этого раздела у вас нет").await;
    pupil.says("/start").await;
    assert!(!pupil.screen().contains("Сообщить о пропуске"), "{}", pupil.screen());
}

/// The same pupil is absent from a lesson on Tuesday, Wednesday and Thursday, and another on Thursday.
async fn absent_for_days(school: &School, teacher: &Phone) {
    for lesson in 0..3 {
        open(teacher, "7А алгебра").await;
        teacher.press("Посещаемость и отметки").await;
        teacher.press("Иванов А.").await;
        if lesson == 2 {
            teacher.press("Ким М.").await;
        }
        press_all(teacher, &["Готово", "Закончить так"]).await;
        school.minutes_pass(24 * 60);
        school.quiet().await;
    }
}

async fn t2_the_tutor_finds_out_reasons_and_sees_the_month(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let mother = school.parent("Иванова Мария").await;
    absent_for_days(school, &tutor).await;
    tutor.says("/start").await;
    tutor.press("Мой класс · 7А").await;
    tutor.press_starting("Пропуски").await;
    assert_snapshot!(tutor.screen(), @"
    7А · пропуски · пт 27.11
    Причина неизвестна
    • Иванов А. — 3 дня без причины, 24–26.11: уроков 3
    • Ким М. — чт 26.11: 3-й урок
    [• Иванов А. · чт 26]
    [• Ким М. · чт 26]
    [Выяснить причину · 2]
    [За месяц]
    [‹ 7А] [Меню]
    ");
    // Nobody of the second family can be asked.
    tutor.press("Выяснить причину · 2").await;
    assert_eq!(
        tutor.toast(),
        "Спросили: 1. Не спросить: 1 — у семьи журнал не открыт, позвоните."
    );
    tutor.sees("7А · пропуски").await;
    school.quiet().await;
    assert_snapshot!(draw(&mother.gets("нет на уроках").await), @"
    Алексей: нет на уроках
    24–26.11: уроков 3. Школе причина неизвестна, спрашивает тьютор: Смирнова Е. В.
    [Знаю, болеет] [Знаю, другое]
    [Не знаю]
    ");
    tutor.press_starting("• Иванов А.").await;
    assert_snapshot!(tutor.screen(), @"
    Причина неизвестна · Иванов Алексей, 7А
    24–26.11: уроков 3
    Семью спросили: пт 27.11, 10:40, ответа ещё нет. Причину можно поставить и здесь.
    [Выяснить у семьи]
    [Болеет] [К врачу]
    [Семейное] [Соревнования]
    [Неуважительная причина]
    [‹ Пропуски] [Меню]
    ");
    tutor.press("Выяснить у семьи").await;
    assert_eq!(tutor.toast(), "Сегодня уже спросили, ответа ещё нет");
    mother.press_under("нет на уроках", "Знаю, другое").await;
    mother.sees("почему?").await;
    mother.press("Семейное").await;
    mother.sees("До какого дня?").await;
    assert_snapshot!(mother.screen(), @"
    Алексей, 24–26.11: семейное. Тьютор и учителя видят.
    До какого дня?
    [Больше нет] [До пт 27.11]
    [Другая дата]
    [Меню]
    ");
    school.quiet().await;
    // Wednesday's alarm is answered by it too.
    assert_eq!(mother.count("Алексей: семейное"), 2, "{}", mother.chat());
    tutor.press("‹ Пропуски").await;
    tutor.press_starting("• Ким М.").await;
    tutor.press("Неуважительная причина").await;
    assert_eq!(tutor.toast(), "Причина записана: неуважительная");
    assert_snapshot!(tutor.screen(), @"
    7А · пропуски · пт 27.11
    От родителей, ждут вас
    Иванов А. — 24–26.11, семейное
    [Иванов А. · семейное]
    [За месяц]
    [‹ 7А] [Меню]
    ");
    tutor.press_starting("Иванов А.").await;
    assert_snapshot!(tutor.screen(), @"
    Пропуск · Иванов Алексей · 24–26.11 · семейное
    Сообщено: Иванова М. В., пт 27.11, 10:40.
    [Принять]
    [‹ Пропуски] [Меню]
    ");
    // The tutor's own letter about it is brought up to date at the same time.
    tutor.press("Принять").await;
    school.quiet().await;
    tutor.sees("✓ Принято тьютором").await;
    tutor.press("‹ Пропуски").await;
    tutor.sees("7А · пропуски · пт").await;
    tutor.press("За месяц").await;
    tutor.sees("ноябрь 2026").await;
    assert_snapshot!(tutor.screen(), @"
    7А · пропуски · ноябрь 2026
    Всего 4 урока · с причиной 3, неуважительно 1
    Иванов Алексей: 3 урока · с причиной 3
    Ким Михаил: 1 урок · неуважительно 1
    [‹ октябрь] [декабрь ›]
    [‹ Пропуски] [Меню]
    ");
    // The journal's own signs are as the teacher left them.
    let absent = "SELECT COUNT(*) FROM attendance a JOIN lessons l ON l.id = a.lesson_id WHERE a.sign = 'absent' AND l.first_press_at <= $1";
    assert_eq!(school.number(absent, school.now()).await, 4);
}
