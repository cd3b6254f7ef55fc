//! The way in over the wire: link, digits, name, consent; and those who shouldn't get any further.

use insta::assert_snapshot;
use zhurnal::people::{Code, Invitee, Person};

use super::{open, press_all};
use crate::support::phone::{Phone, draw};
use crate::support::school::{PIN, School};
use crate::support::story;

story!(
    a2_a_parent_comes_in_step_by_step,
    a2_a_birthday_opens_instead_of_the_digits,
    a2_wrong_digits_make_the_link_sleep_and_twenty_close_it,
    a2_a_restart_in_the_middle_changes_nothing_and_digits_typed_as_a_text_are_no_code,
    a3_another_name_goes_back_to_the_tutor,
    a4_without_consent_nothing_opens_and_the_link_waits,
    a4_consent_withdrawn_holds_back_what_waits_in_the_outbox,
    a6_the_other_parent_is_asked_and_the_tutor_closes,
    a7_a_teacher_comes_in_by_a_code_and_digits,
    a7_a_new_phone_closes_the_old_one,
    a8_a_used_link_opens_for_nobody_else,
    a8_a_link_lives_for_seven_days,
    a8_five_wrong_codes_make_a_pause_of_an_hour,
    a8_one_account_is_not_two_people,
    p3_a_teacher_who_is_a_parent_has_both,
);

async fn parent(school: &School, surname: &str) -> Person {
    school.person(&Invitee::Parent(String::new()), surname).await
}

/// Opens a link and enters the digits.
pub async fn come(phone: &Phone, (code, digits): &(String, String)) {
    phone.says(&format!("/start {code}")).await;
    enter(phone, digits).await;
}

/// Enters digits by the keys.
pub async fn enter(phone: &Phone, digits: &str) {
    for digit in digits.chars() {
        phone.press(&digit.to_string()).await;
    }
}

/// Digits that are surely not these, nor anybody's birthday.
fn other_than(digits: &str) -> &'static str {
    if digits == "9999" { "8888" } else { "9999" }
}

async fn a2_a_parent_comes_in_step_by_step(school: &School) {
    let pass = school.pass(&parent(school, "Белова").await).await;
    let phone = school.stranger(78);
    phone.says(&format!("/start {}", pass.0)).await;
    assert_snapshot!(phone.screen(), @"
    Приглашение в дневник ребёнка.
    Введите 4 цифры с листка. Листка нет — день и месяц рождения ребёнка: 7 марта — это 0703.
    ○ ○ ○ ○ · попыток: 5
    [1] [2] [3]
    [4] [5] [6]
    [7] [8] [9]
    [Стереть] [0] [Нет цифр]
    ");
    phone.press("Нет цифр").await;
    phone.press("‹ Назад").await;
    enter(&phone, &pass.1).await;
    assert_snapshot!(phone.screen(), @"
    Белова Ксения, 7А. Учебная школа. Вы родитель или законный представитель?
    [Да, мой ребёнок] [Нет, не мой]
    ");
    phone.press("Да, мой ребёнок").await;
    assert_snapshot!(phone.screen(), @"
    Согласие на обработку данных: Белова Ксения, 7А.
    Дневник хранит школа, сообщения идут через Telegram. Без согласия школа не может показать отметки. Отозвать его можно в любой день: Настройки.
    [Прочитать полностью, 1 страница]
    [Даю согласие]
    [Не сейчас]
    ");
    phone.press("Прочитать полностью, 1 страница").await;
    assert!(
        phone.screen().starts_with(
            "Согласие на обработку данных, 1 из 1\nТекст школы, версия 1 от вт 24.11\n\nУчебная школа ведёт"
        ),
        "{}",
        phone.screen()
    );
    press_all(&phone, &["‹ Назад", "Даю согласие"]).await;
    assert_snapshot!(phone.screen(), @"
    Дневник открыт: Ксения
    Отметки и пропуски придут сразу, домашние задания — в 19:00 одной сводкой. С 21:00 до 7:00 новости ждут утра.
    [Открыть дневник] [Уведомления]
    [Меню]
    ");
    // The link once more: they are in already.
    phone.says(&format!("/start {}", pass.0)).await;
    assert!(phone.screen().starts_with("Дневник открыт"), "{}", phone.screen());
}

async fn a2_a_birthday_opens_instead_of_the_digits(school: &School) {
    school
        .change("UPDATE people SET birth_date = '2013-03-07' WHERE code = 'п25'")
        .await;
    let (code, _) = school.pass(&parent(school, "Белова").await).await;
    let phone = school.stranger(78);
    come(&phone, &(code, "0703".to_owned())).await;
    assert!(phone.screen().contains("Вы родитель"), "{}", phone.screen());
}

async fn a2_wrong_digits_make_the_link_sleep_and_twenty_close_it(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let (code, digits) = school.pass(&parent(school, "Белова").await).await;
    let thief = school.stranger(78);
    let wrong = other_than(&digits);
    thief.says(&format!("/start {code}")).await;
    for _ in 0..4 {
        enter(&thief, wrong).await;
        assert!(thief.toast().starts_with("Не те цифры."), "{}", thief.toast());
    }
    thief.sees("попыток: 1").await;
    enter(&thief, wrong).await;
    assert_eq!(
        thief.toast(),
        "Цифры не подошли пять раз. Ссылка откроется снова вт\u{a0}24.11 в 11:40; тот, кто её дал, уже знает."
    );
    thief.sees("Это школьный журнал").await;
    assert!(!thief.chat().contains("Ксения") && !thief.chat().contains("Белова"));
    tutor.gets("Цифры приглашения не подошли пять раз").await;
    // The right digits don't wake it either.
    thief.says(&format!("/start {code}")).await;
    assert!(
        thief.screen().starts_with("Цифры не подошли пять раз"),
        "{}",
        thief.screen()
    );
    for _ in 0..2 {
        school.minutes_pass(61);
        thief.says(&format!("/start {code}")).await;
        for _ in 0..5 {
            enter(&thief, wrong).await;
        }
        // An alert doesn't wait for the screen behind it.
        thief.sees("Это школьный журнал").await;
    }
    assert!(
        thief.toast().starts_with("Цифры не подошли пятнадцать раз"),
        "{}",
        thief.toast()
    );
    tutor.gets("Ссылка закрыта, доступа по ней нет").await;
    school.minutes_pass(61);
    thief.says(&format!("/start {code}")).await;
    assert!(
        thief.screen().starts_with("Такой ссылки или кода нет."),
        "{}",
        thief.screen()
    );
}

async fn a2_a_restart_in_the_middle_changes_nothing_and_digits_typed_as_a_text_are_no_code(school: &School) {
    let (code, digits) = school.pass(&parent(school, "Белова").await).await;
    let phone = school.stranger(78);
    phone.says(&format!("/start {code}")).await;
    let (first, rest) = digits.split_at(2);
    enter(&phone, first).await;
    school.stop_bot().await;
    school.start_bot().await;
    phone.says(&digits).await;
    assert!(phone.screen().contains("● ● ○ ○"), "{}", phone.screen());
    enter(&phone, rest).await;
    assert!(phone.screen().contains("Вы родитель"), "{}", phone.screen());
    // A second link replaces the first, whose buttons do nothing any more.
    let (_, yes) = phone.data("Да, мой ребёнок");
    let (code, _) = school.pass(&parent(school, "Иванова").await).await;
    phone.says(&format!("/start {code}")).await;
    phone.press_data(phone.last().message_id, &yes).await;
    assert_eq!(phone.toast(), "Экран устарел, вот свежий");
}

async fn a3_another_name_goes_back_to_the_tutor(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let pass = school.pass(&parent(school, "Белова").await).await;
    let stranger = school.stranger(78);
    come(&stranger, &pass).await;
    stranger.press("Нет, не мой").await;
    assert_snapshot!(stranger.screen(), @"
    Эта ссылка не для вас. Верните её тому, кто прислал.
    [Меню]
    ");
    assert_snapshot!(draw(&tutor.gets("не мой").await), @"
    Ссылку открыл кто-то другой и ответил «не мой»: Белова Ирина Алексеевна. Ссылка ещё действует; если она ушла не туда, дайте новую.
    [Доступ: Белова]
    ");
    // The right one still gets in.
    let phone = school.stranger(79);
    come(&phone, &pass).await;
    assert!(phone.screen().contains("Вы родитель"), "{}", phone.screen());
}

async fn a4_without_consent_nothing_opens_and_the_link_waits(school: &School) {
    let pass = school.pass(&parent(school, "Белова").await).await;
    let phone = school.stranger(78);
    come(&phone, &pass).await;
    press_all(&phone, &["Да, мой ребёнок", "Не сейчас"]).await;
    assert_snapshot!(phone.screen(), @"
    Без согласия дневник закрыт. Ссылка действует до вт 01.12; вопросы — к тьютору: Смирнова Е. В.
    [Вернуться к согласию]
    [Меню]
    ");
    phone.says("/diary").await;
    assert!(phone.screen().starts_with("Это школьный журнал"), "{}", phone.screen());
    come(&phone, &pass).await;
    press_all(&phone, &["Да, мой ребёнок", "Даю согласие", "Открыть дневник"]).await;
    assert!(phone.screen().starts_with("Ксения, 7А"), "{}", phone.screen());
}

async fn a4_consent_withdrawn_holds_back_what_waits_in_the_outbox(school: &School) {
    let phone = school.parent("Белова").await;
    let teacher = school.staff("Смирнова").await;
    open(&teacher, "7А алгебра").await;
    press_all(&teacher, &["Посещаемость и отметки", "5", "Белова К."]).await;
    let (_, diary) = {
        phone.press("Открыть дневник").await;
        phone.data("ср\u{a0}25 ›")
    };
    press_all(&phone, &["Меню", "Настройки", "Согласие: Ксения", "Отозвать согласие"]).await;
    assert_snapshot!(phone.screen(), @"
    Отозвать согласие: Белова Ксения, 7А?
    Дневник закроется сразу, сообщения больше не придут. Тьютор узнает. Дать согласие снова можно в любой день.
    [Отозвать согласие]
    [Не отзывать]
    ");
    phone.press("Отозвать согласие").await;
    assert_snapshot!(phone.screen(), @"
    Согласие отозвано: Белова Ксения, 7А
    Дневник закрыт, сообщения не придут. Тьютор знает.
    [Дать согласие снова]
    [Меню]
    ");
    teacher.gets("Согласие отозвано: Белова").await;
    school.minutes_pass(120);
    school.quiet().await;
    assert_eq!(phone.count("алгебра"), 0);
    phone.press_data(phone.last().message_id, &diary).await;
    assert_eq!(
        phone.toast(),
        "Дневник закрыт: нет вашего согласия на обработку данных. Дать его можно из меню."
    );
    phone.sees("Нет согласия, дневник закрыт: Ксения.").await;
    press_all(&phone, &["Согласие: Ксения", "Даю согласие", "Открыть дневник"]).await;
    assert!(phone.screen().starts_with("Ксения, 7А"), "{}", phone.screen());
}

async fn a6_the_other_parent_is_asked_and_the_tutor_closes(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let mother = school.parent("Иванова Мария").await;
    let father = parent(school, "Иванов Сергей").await;
    let pass = school.pass(&father).await;
    let phone = school.stranger(78);
    come(&phone, &pass).await;
    press_all(&phone, &["Да, мой ребёнок", "Даю согласие"]).await;
    let letter = mother.gets("К дневнику подключён ещё один взрослый").await;
    assert_snapshot!(draw(&letter), @"
    К дневнику подключён ещё один взрослый: Иванов С. А., вт 24.11, 10:40 (Алексей, 7А).
    [Знаю, кто это]
    [Не знаю]
    ");
    mother.press("Не знаю").await;
    assert_eq!(mother.toast(), "Тьютор узнает сейчас и закроет доступ, если это чужой");
    assert_snapshot!(draw(&tutor.gets("Семья не знает").await), @"
    Семья не знает подключённого взрослого: Иванов С. А.. Проверьте и, если это чужой, закройте доступ.
    [Отозвать доступ]
    [Доступ: Иванов]
    ");
    press_all(&tutor, &["Отозвать доступ", "Закрыть доступ"]).await;
    assert_snapshot!(draw(&phone.gets("Доступ закрыт").await), @"
    Доступ закрыт вт 24.11. Вопросы — в приёмную школы: 20-00-00
    ");
    phone.says("/diary").await;
    assert!(phone.screen().starts_with("Это школьный журнал"), "{}", phone.screen());
}

async fn a7_a_teacher_comes_in_by_a_code_and_digits(school: &School) {
    let person = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let (code, digits) = school.pass(&person).await;
    let teacher = school.stranger(78);
    teacher.says("/start").await;
    teacher.says(&Code::parse(&code).unwrap().spoken().to_lowercase()).await;
    assert!(
        teacher.screen().starts_with("Приглашение в журнал."),
        "{}",
        teacher.screen()
    );
    enter(&teacher, &digits).await;
    assert_snapshot!(teacher.screen(), @"
    Елена Викторовна, это ваш журнал.
    За вами: алгебра (7А, 7Б), геометрия (7А, 7Б), математика (3Б, 10А); тьютор 7А. Что-то не так — скажите администратору журнала.
    Записи подписаны вашим именем: не давайте телефон ученикам.
    Придумайте PIN из 4 цифр
    Он отпирает журнал, если его заперли. Пока PIN нет, журнал можно читать, а записывать — нет.
    ○ ○ ○ ○
    [1] [2] [3]
    [4] [5] [6]
    [7] [8] [9]
    [Стереть] [0] [Позже]
    ");
    enter(&teacher, PIN).await;
    teacher.sees("Ещё раз").await;
    enter(&teacher, PIN).await;
    assert_eq!(teacher.toast(), "PIN записан");
    teacher.sees("У вас").await;
    assert_snapshot!(teacher.screen(), @"
    вт 24.11 · Учебная школа
    У вас 6 уроков, заполнено 0.
    Нет согласия, дневник закрыт: Матвей.
    [Мои уроки сегодня]
    [Осталось · 46]
    [Графики классов]
    [Мой класс · 7А]
    [Сообщения]
    [Согласие: Матвей]
    [Настройки] [Помощь]
    ");
}

async fn a7_a_new_phone_closes_the_old_one(school: &School) {
    let old = school.staff("Смирнова").await;
    let person = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let pass = school.pass(&person).await;
    let new = school.stranger(78);
    come(&new, &pass).await;
    assert!(new.screen().contains("это ваш журнал"), "{}", new.screen());
    assert_snapshot!(draw(&old.gets("Вход перенесён").await), @"
    Вход перенесён на другой телефон вт 24.11 в 10:40, здесь журнал закрыт. Не вы? Сразу скажите администратору журнала.
    ");
    old.says("/today").await;
    assert!(old.screen().starts_with("Это школьный журнал"), "{}", old.screen());
}

async fn a8_a_used_link_opens_for_nobody_else(school: &School) {
    let pass = school.pass(&parent(school, "Белова").await).await;
    let (mother, thief) = (school.stranger(78), school.stranger(79));
    come(&mother, &pass).await;
    press_all(&mother, &["Да, мой ребёнок", "Даю согласие"]).await;
    school.minutes_pass(30);
    thief.says(&format!("/start {}", pass.0)).await;
    let said = "Эта ссылка уже открыта вт 24.11 в 10:40. Если не вами — скажите тьютору или администратору журнала, доступ закроют.";
    assert!(thief.screen().starts_with(said), "{}", thief.screen());
}

async fn a8_a_link_lives_for_seven_days(school: &School) {
    let first = school.pass(&parent(school, "Белова").await).await;
    let second = school.pass(&parent(school, "Иванова").await).await;
    let phone = school.stranger(78);
    school.minutes_pass(7 * 24 * 60 - 1);
    come(&phone, &first).await;
    assert!(phone.screen().contains("Вы родитель"), "{}", phone.screen());
    school.minutes_pass(1);
    let other = school.stranger(79);
    other.says(&format!("/start {}", second.0)).await;
    assert!(
        other.screen().starts_with("Срок ссылки вышел вт 01.12."),
        "{}",
        other.screen()
    );
    // It ran out in the middle of the way in, too.
    phone.press("Да, мой ребёнок").await;
    assert_eq!(phone.toast(), "Экран устарел, вот свежий");
}

async fn a8_five_wrong_codes_make_a_pause_of_an_hour(school: &School) {
    let (code, _) = school.pass(&parent(school, "Белова").await).await;
    let guesser = school.stranger(78);
    for guess in 0..5 {
        guesser.says(&format!("/start {guess:0>26}")).await;
        assert!(
            guesser.screen().starts_with("Такой ссылки или кода нет."),
            "{guess}: {}",
            guesser.screen()
        );
    }
    // The sixth isn't looked at, right or wrong.
    guesser.says(&format!("/start {code}")).await;
    assert!(
        guesser.screen().starts_with("Неверных кодов было слишком много."),
        "{}",
        guesser.screen()
    );
    school.minutes_pass(61);
    guesser.says(&code).await;
    assert!(
        guesser.screen().starts_with("Приглашение в дневник ребёнка."),
        "{}",
        guesser.screen()
    );
}

async fn a8_one_account_is_not_two_people(school: &School) {
    let pupil = school.pupil("Волкова Анна").await;
    let refused = "Эта ссылка не для вас. Верните её тому, кто прислал.";
    let (code, _) = school.pass(&parent(school, "Волкова").await).await;
    pupil.says(&format!("/start {code}")).await;
    assert!(pupil.screen().starts_with(refused), "{}", pupil.screen());
    let teacher = school.staff("Титов").await;
    let other = school.person(&Invitee::Staff(String::new()), "Фомина").await;
    let (code, _) = school.pass(&other).await;
    teacher.says(&format!("/start {code}")).await;
    assert!(teacher.screen().starts_with(refused), "{}", teacher.screen());
}

async fn p3_a_teacher_who_is_a_parent_has_both(school: &School) {
    let teacher = school.staff("Титов").await;
    let pass = school.pass(&parent(school, "Белова").await).await;
    come(&teacher, &pass).await;
    press_all(&teacher, &["Да, мой ребёнок", "Даю согласие", "Меню"]).await;
    assert!(teacher.screen().contains("У вас 2 урока"), "{}", teacher.screen());
    assert!(
        teacher.screen().contains("Ксения, 7А: завтра 6 уроков"),
        "{}",
        teacher.screen()
    );
}
