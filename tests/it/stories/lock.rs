//! The lock of a staff account, and who did what (P14).

use insta::assert_snapshot;
use zhurnal::people::Invitee;

use super::entering::enter as keys;
use super::{open, press_all};
use crate::support::phone::Phone;
use crate::support::school::{PIN, School};
use crate::support::story;

story!(
    a7_without_a_pin_staff_read_and_do_not_write,
    a7_pins_that_everybody_tries_are_refused_and_two_must_be_the_same,
    l1_three_hours_without_a_press_lock_the_journal,
    l1_what_was_awaited_still_is_when_the_lock_opens,
    l1_nothing_is_seen_or_written_behind_the_lock,
    l1_a_view_asked_for_behind_the_lock_is_shown_when_it_opens,
    l1_what_the_journal_cannot_read_tells_nothing_behind_the_lock,
    l1_a_written_pin_is_taken_out_of_the_chat,
    l1_a_pin_guessed_twenty_times,
    l1_a_pin_is_changed,
    l1_the_administrator_takes_a_forgotten_pin_off,
    l1_the_school_chooses_when_it_locks,
    p14_who_did_what_is_read_by_day_person_and_class,
);

const THREE_HOURS: &str = "UPDATE schools SET lock_after_minutes = 180";

/// A teacher who has just come in and has no PIN yet.
async fn newcomer(school: &School) -> Phone {
    let person = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let phone = school.phone_of(&person).await;
    school.change("DELETE FROM locks").await;
    phone
}

async fn a7_without_a_pin_staff_read_and_do_not_write(school: &School) {
    let teacher = newcomer(school).await;
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    assert_snapshot!(teacher.screen(), @"
    Сначала придумайте PIN: без него не записать.
    Придумайте PIN из 4 цифр
    Он отпирает журнал, если его заперли. Пока PIN нет, журнал можно читать, а записывать — нет.
    ○ ○ ○ ○
    [1] [2] [3]
    [4] [5] [6]
    [7] [8] [9]
    [Стереть] [0] [Позже]
    ");
    // The lesson that was open is shown again, and still takes the text.
    keys(&teacher, "2468").await;
    teacher.sees("Ещё раз").await;
    keys(&teacher, "2468").await;
    assert_eq!(teacher.toast(), "PIN записан");
    teacher.sees("Алгебра · 7А").await;
    teacher.says("Линейное уравнение").await;
    teacher.sees("✓ Тема: Линейное уравнение").await;
}

async fn a7_pins_that_everybody_tries_are_refused_and_two_must_be_the_same(school: &School) {
    let teacher = newcomer(school).await;
    teacher.says("/settings").await;
    teacher.press("Придумать PIN").await;
    keys(&teacher, "1234").await;
    assert_eq!(
        teacher.toast(),
        "Такой PIN угадают первым. Придумайте другой: не подряд, не год, не день рождения и не одинаковые цифры."
    );
    teacher.sees("○ ○ ○ ○").await;
    press_all(&teacher, &["7", "0", "Стереть"]).await;
    teacher.sees("● ○ ○ ○").await;
    keys(&teacher, "093").await;
    teacher.sees("Ещё раз").await;
    keys(&teacher, "7094").await;
    assert_eq!(teacher.toast(), "PIN не совпали. Придумайте ещё раз.");
    teacher.sees("Придумайте PIN").await;
    keys(&teacher, "7093").await;
    teacher.sees("Ещё раз").await;
    keys(&teacher, "7093").await;
    assert_eq!(teacher.toast(), "PIN записан");
    teacher.sees("У вас").await;
}

async fn l1_three_hours_without_a_press_lock_the_journal(school: &School) {
    school.change(THREE_HOURS).await;
    let teacher = school.staff("Смирнова").await;
    school.minutes_pass(178);
    teacher.says("/today").await;
    teacher.sees("Мои уроки").await;
    // Looking around counts as a press.
    school.minutes_pass(178);
    teacher.says("/today").await;
    teacher.sees("Мои уроки").await;
    school.minutes_pass(181);
    teacher.says("/today").await;
    assert_snapshot!(teacher.screen(), @"
    Журнал заперт · Смирнова Е. В.
    ○ ○ ○ ○
    [1] [2] [3]
    [4] [5] [6]
    [7] [8] [9]
    [Стереть] [0] [Забыли?]
    ");
    teacher.press("Забыли?").await;
    assert_snapshot!(teacher.screen(), @"
    PIN забыт
    Его снимет администратор журнала — зайдите или позвоните. После этого придумаете новый; записанное цело.
    [‹ Назад]
    ");
    teacher.press("‹ Назад").await;
    keys(&teacher, PIN).await;
    assert_eq!(teacher.toast(), "Открыто");
    teacher.sees("Мои уроки").await;
}

async fn l1_what_was_awaited_still_is_when_the_lock_opens(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.says("/lock").await;
    teacher.sees("Журнал заперт").await;
    teacher.says("Линейное уравнение").await;
    assert_snapshot!(teacher.screen().lines().next().unwrap(), @"Журнал заперт: сообщение не записано. Отоприте его и пришлите снова.");
    teacher.says("2468").await;
    assert_snapshot!(teacher.screen().lines().next().unwrap(), @"PIN набирают кнопками, а не словами. Сообщение с цифрами журнал убирает; осталось в чате — удалите.");
    // A restart in the middle of the PIN forgets nothing.
    keys(&teacher, "24").await;
    school.stop_bot().await;
    school.start_bot().await;
    keys(&teacher, "68").await;
    teacher.sees("Алгебра · 7А").await;
    teacher.says("Линейное уравнение").await;
    teacher.sees("✓ Тема: Линейное уравнение").await;
}

async fn l1_nothing_is_seen_or_written_behind_the_lock(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    teacher.press("Посещаемость и отметки").await;
    let (message, absent) = teacher.data("Ким М.");
    let (_, card) = teacher.data("‹ Урок");
    teacher.says("/lock").await;
    for data in [&absent, &card] {
        teacher.press_data(message, data).await;
        teacher.sees("Журнал заперт").await;
    }
    for command in ["/start", "/today", "/diary", "/settings", "/help", "/cancel"] {
        teacher.says(command).await;
        teacher.sees("Журнал заперт").await;
    }
    let written = school
        .number("SELECT COUNT(*) FROM lesson_history WHERE at <= $1", school.now())
        .await;
    assert_eq!(written, 0);
    // The diary of the teacher's own child is behind the same lock; its notices still arrive. What was asked for last is
    // shown, and the lesson is still open.
    keys(&teacher, PIN).await;
    teacher.sees("Помощь").await;
    teacher.says("Линейное уравнение").await;
    teacher.sees("✓ Тема: Линейное уравнение").await;
}

async fn l1_a_view_asked_for_behind_the_lock_is_shown_when_it_opens(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    let (message, grid) = teacher.data("Посещаемость и отметки");
    teacher.says("/lock").await;
    keys(&teacher, "24").await;
    // The newest is shown; digits typed before it stay.
    teacher.says("/settings").await;
    teacher.press_data(message, &grid).await;
    teacher.sees("● ● ○ ○").await;
    keys(&teacher, "68").await;
    teacher.sees("Ставлю: н").await;
    let now = school.now();
    let signed = school
        .number(
            "SELECT COUNT(*) FROM audit WHERE action IN ('locked', 'unlocked') AND at <= $1",
            now,
        )
        .await;
    assert_eq!(signed, 2);
}

async fn l1_what_the_journal_cannot_read_tells_nothing_behind_the_lock(school: &School) {
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    let typed = teacher.says("Линейное уравнение").await;
    teacher.says("/lock").await;
    teacher.says("/nonsense").await;
    teacher.sees("Журнал заперт").await;
    teacher.edits(typed, "Квадратное уравнение").await;
    teacher.sees("Журнал заперт").await;
    assert!(!teacher.screen().contains("7А"), "{}", teacher.screen());
    keys(&teacher, PIN).await;
    teacher.sees("Алгебра · 7А").await;
}

async fn l1_a_written_pin_is_taken_out_of_the_chat(school: &School) {
    let teacher = school.staff("Смирнова").await;
    // Digits that no lock asks for are a text like any other.
    teacher.says("1357").await;
    teacher.says("/lock").await;
    let written = teacher.says("2468").await;
    let gone = school
        .telegram
        .until("the written PIN gone", |it| {
            let there = it.chat(teacher.user).iter().any(|shown| shown.message_id == written);
            (!there).then_some(())
        })
        .await;
    assert_eq!(gone, Ok(()));
    assert!(teacher.chat().contains("> 1357"), "{}", teacher.chat());
}

async fn l1_a_pin_guessed_twenty_times(school: &School) {
    let administrator = school.staff("Савельева").await;
    let teacher = school.staff("Смирнова").await;
    teacher.says("/lock").await;
    let mut said = Vec::new();
    for minutes in [5, 15, 60, 60] {
        for _ in 0..5 {
            keys(&teacher, "1111").await;
            said.push(teacher.toast());
        }
        // Even the right one isn't taken in a pause.
        teacher.press("2").await;
        said.push(teacher.toast());
        school.minutes_pass(minutes);
    }
    assert_snapshot!(said[..7].join("\n"), @"
    Не тот PIN. Осталось 4 попытки.
    Не тот PIN. Осталось 3 попытки.
    Не тот PIN. Осталось 2 попытки.
    Не тот PIN. Осталась 1 попытка.
    Пауза: ещё 5 минут. Забыли PIN — его снимет администратор журнала.
    Пауза: ещё 5 минут. Забыли PIN — его снимет администратор журнала.
    Не тот PIN. Осталось 4 попытки.
    ");
    assert_eq!(
        said[10],
        "Пауза: ещё 15 минут. Забыли PIN — его снимет администратор журнала."
    );
    assert_eq!(
        said[16],
        "Пауза: ещё 60 минут. Забыли PIN — его снимет администратор журнала."
    );
    keys(&teacher, PIN).await;
    teacher.sees("У вас").await;
    let told = administrator.gets("PIN не угадан пять раз").await;
    assert_eq!(
        administrator.count("PIN не угадан пять раз"),
        1,
        "told once, not at every pause"
    );
    assert_snapshot!(told.text.replace('\u{a0}', " "), @"
    PIN не угадан пять раз: Смирнова Е. В.
    вт 24.11, 10:40. Ввод остановлен на 5 минут. Телефон может быть в чужих руках.
    ");
}

async fn l1_a_pin_is_changed(school: &School) {
    let teacher = school.staff("Смирнова").await;
    teacher.says("/settings").await;
    teacher.press("Сменить PIN").await;
    assert_snapshot!(teacher.screen(), @"
    Новый PIN
    Сначала введите прежний.
    ○ ○ ○ ○
    [1] [2] [3]
    [4] [5] [6]
    [7] [8] [9]
    [Стереть] [0] [Отмена]
    ");
    keys(&teacher, PIN).await;
    teacher.sees("Придумайте PIN").await;
    keys(&teacher, "7093").await;
    teacher.sees("Ещё раз").await;
    keys(&teacher, "7093").await;
    teacher.says("/lock").await;
    keys(&teacher, PIN).await;
    assert_eq!(teacher.toast(), "Не тот PIN. Осталось 4 попытки.");
    keys(&teacher, "7093").await;
    teacher.sees("У вас").await;
    // Begun and left: the PIN stays.
    teacher.says("/settings").await;
    press_all(&teacher, &["Сменить PIN", "Отмена"]).await;
    assert_eq!(teacher.toast(), "PIN прежний");
}

async fn l1_the_administrator_takes_a_forgotten_pin_off(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let administrator = school.staff("Савельева").await;
    teacher.says("/lock").await;
    administrator.says("/start").await;
    administrator.press("Замки").await;
    assert_snapshot!(administrator.screen(), @"
    Замки сотрудников · 2 сотрудника, без PIN — 0
    Сам журнал не запирается. Сменить:
    [Савельева О. Б. · PIN есть]
    [Смирнова Е. В. · заперт]
    [30мин] [1ч] [3ч] [8ч]
    [Меню]
    ");
    administrator.press_ending("· заперт").await;
    assert_snapshot!(administrator.screen(), @"
    Смирнова Елена Викторовна
    заперт
    Последнее нажатие: вт 24.11, 10:40.
    Снимайте PIN, только если видите или слышите самого человека: новый придумает тот, у кого телефон.
    [Запереть]
    [Снять PIN]
    [‹ Замки] [Меню]
    ");
    administrator.press("Снять PIN").await;
    assert_eq!(administrator.toast().replace('\u{a0}', " "), "PIN снят: Смирнова Е. В.");
    administrator.sees("без PIN").await;
    teacher.says("/start").await;
    teacher.sees("У вас").await;
    open(&teacher, "7А алгебра").await;
    teacher.press("Все на месте").await;
    teacher.sees("Придумайте PIN").await;
}

async fn l1_the_school_chooses_when_it_locks(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let administrator = school.staff("Савельева").await;
    administrator.says("/start").await;
    press_all(&administrator, &["Замки", "30мин"]).await;
    administrator.sees("Журнал запирается через 30 мин без нажатий").await;
    school.minutes_pass(31);
    teacher.says("/today").await;
    teacher.sees("Журнал заперт").await;
}

async fn p14_who_did_what_is_read_by_day_person_and_class(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let administrator = school.staff("Савельева").await;
    school.minutes_pass(2);
    open(&teacher, "7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    school.minutes_pass(2);
    press_all(&teacher, &["Посещаемость и отметки", "Ким М.", "5", "Волкова А."]).await;
    administrator.says("/start").await;
    administrator.press("Действия людей").await;
    assert_snapshot!(administrator.screen(), @"
    Действия людей · вт 24.11
    Учебная школа
    10:44 Смирнова Е. В.: 7А, алгебра, 3-й урок — Волкова Анна: 5
    10:44 Смирнова Е. В.: 7А, алгебра, 3-й урок — Ким Михаил: н
    10:42 Смирнова Е. В.: 7А, алгебра, 3-й урок — тема: «Линейное уравнение»
    10:40 Савельева О. Б.: вход в журнал
    10:40 Смирнова Е. В.: вход в журнал
    [‹ пн 23]
    [Человек] [Класс]
    [Меню]
    ");
    administrator.press("Класс").await;
    administrator.press("7Б").await;
    administrator.sees("В этот день ничего не записано.").await;
    administrator.press("Все").await;
    administrator.press("Человек").await;
    administrator.press_starting("Савельева").await;
    assert_snapshot!(administrator.screen(), @"
    Действия людей · вт 24.11
    Савельева О. Б.
    10:40 Савельева О. Б.: вход в журнал
    [‹ пн 23]
    [Все] [Человек] [Класс]
    [Меню]
    ");
    administrator.press_starting("‹").await;
    administrator.sees("В этот день ничего не записано.").await;
}
