//! Who gives access and takes it away: the tutor for the class, the administrator for the school.

use insta::assert_snapshot;
use zhurnal::people::Invitee;

use super::entering::{come, enter};
use super::press_all;
use crate::support::phone::draw;
use crate::support::school::School;
use crate::support::story;

story!(
    u2_the_tutor_gives_a_link_that_is_shown_once,
    u2_slips_come_as_a_document,
    u2_another_tutor_a_former_one_and_a_forger_get_nothing,
    u2_a_teacher_of_the_class_is_not_the_tutors_to_let_in,
    u2_the_tutor_finds_the_class_and_a_pupils_diary,
    u2_wrong_digits_and_a_sleeping_link_stand_on_the_page,
    p3_the_administrator_gives_staff_their_access,
    p3_a_head_of_stage_looks_and_changes_nothing,
);

/// The link and the digits that stand on a screen.
fn pass_on(screen: &str) -> (String, String) {
    let code = screen
        .split("?start=")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let digits = screen.split("Цифры ").nth(1).unwrap().chars().take(4).collect();
    (code.to_owned(), digits)
}

async fn u2_the_tutor_gives_a_link_that_is_shown_once(school: &School) {
    let tutor = school.staff("Смирнова").await;
    press_all(&tutor, &["Меню", "Мой класс · 7А", "Доступы"]).await;
    assert_snapshot!(tutor.screen(), @"
    7А · доступы · учеников 25
    ✓ Подключены: 0 семей, 0 учеников
    • Не подключены: Абрамов, Белова, Васильев, Волкова, Григорьев, Егорова, Зайцев, Иванов, Иванов, Ким, Козлова, Кузнецов, Лебедева, Ли, Морозов, Новикова, Орлов, Павлова, Петрова, Попов и ещё 5
    [Листки неподключённым · 60]
    [Листки на весь класс (PDF)]
    [Абрамов Д.] [Белова К.]
    [Васильев И.] [Волкова А.]
    [Григорьев М.] [Егорова П.]
    [Зайцев Н.] [Иванов А.]
    [Иванов П.] [Ким М.]
    [Козлова Е.] [Кузнецов Р.]
    [Лебедева О.] [Ли А.]
    [Морозов С.] [Новикова В.]
    [Орлов Г.] [Павлова Т.]
    [Петрова С.] [Попов Д.]
    [Все ученики]
    [Кто и когда вошёл]
    [‹ Класс] [Меню]
    ");
    press_all(&tutor, &["Белова К."]).await;
    assert_snapshot!(tutor.screen(), @"
    Белова Ксения · доступ семьи
    Ученик: не подключено
    Белов Д. О.: не подключено
    Белова И. А.: не подключено
    [• Ученик]
    [• Белов Д. О.]
    [• Белова И. А.]
    [‹ Доступы] [Меню]
    ");
    tutor.press_ending("Белова\u{a0}И.\u{a0}А.").await;
    tutor.press("Дать ссылку").await;
    let pass = pass_on(&tutor.screen());
    let (_, again) = tutor.data("‹ Назад");
    // Whatever is kept of the update, the code isn't: the same screen shows it no more.
    let parent = school.stranger(78);
    come(&parent, &pass).await;
    press_all(&parent, &["Да, мой ребёнок", "Даю согласие"]).await;
    assert!(
        parent.screen().starts_with("Дневник открыт: Ксения"),
        "{}",
        parent.screen()
    );
    tutor.press_data(tutor.last().message_id, &again).await;
    assert_snapshot!(tutor.screen(), @"
    Белова Ирина Алексеевна
    Доступ: подключено вт 24.11, 10:40
    [Ссылка на новый телефон]
    [Отозвать доступ]
    [‹ Назад] [Меню]
    ");
    press_all(&tutor, &["‹ Назад", "Кто и когда вошёл"]).await;
    assert_snapshot!(tutor.screen(), @"
    7А · кто и когда вошёл
    Белова И. А.: вт 24.11, 10:40, по ссылке от вт 24.11
    [‹ Доступы] [Меню]
    ");
}

async fn u2_slips_come_as_a_document(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let former = school
        .pass(&school.person(&Invitee::Parent(String::new()), "Белова").await)
        .await;
    press_all(&tutor, &["Меню", "Мой класс · 7А", "Доступы"]).await;
    tutor.press_ending("Листки на весь класс (PDF)").await;
    assert_eq!(tutor.toast(), "Готовлю листки, пришлю сюда");
    school.quiet().await;
    tutor.gets("Разрежьте и отдайте лично").await;
    // Links that weren't used open no more.
    let phone = school.stranger(78);
    phone.says(&format!("/start {}", former.0)).await;
    assert!(
        phone.screen().starts_with("Такой ссылки или кода нет."),
        "{}",
        phone.screen()
    );
}

async fn u2_another_tutor_a_former_one_and_a_forger_get_nothing(school: &School) {
    let tutor = school.staff("Смирнова").await;
    press_all(&tutor, &["Меню", "Мой класс · 7А", "Доступы", "Белова К."]).await;
    tutor.press_ending("Белова\u{a0}И.\u{a0}А.").await;
    let (message, give) = tutor.data("Дать ссылку");
    let refused = "Доступ этого человека ведёте не вы. Вопросы — к администратору журнала.";
    for other in [school.staff("Фомина").await, school.parent("Волкова").await] {
        other.press_data(other.last().message_id, &give).await;
        assert_eq!(other.toast(), refused);
    }
    school.change("DELETE FROM class_tutors").await;
    tutor.press_data(message, &give).await;
    assert_eq!(tutor.toast(), refused);
    assert!(!tutor.screen().contains("Доступы"), "{}", tutor.screen());
    let stranger = school.stranger(77);
    stranger.says("/start").await;
    stranger.press_data(stranger.last().message_id, &give).await;
    assert!(!stranger.chat().contains("Белова"), "{}", stranger.chat());
}

async fn u2_a_teacher_of_the_class_is_not_the_tutors_to_let_in(school: &School) {
    use zhurnal::chat::Payload;
    use zhurnal::people::passes::press::Act;
    let tutor = school.staff("Смирнова").await;
    // An administrator whose child is in the class stays out of the tutor's hands.
    school
        .change(
            "INSERT INTO guardians (parent_id, pupil_id)
             SELECT a.id, p.id FROM people a, people p WHERE a.surname = 'Савельева' AND p.code = 'п25'",
        )
        .await;
    let administrator = school.person(&Invitee::Admin(String::new()), "Савельева").await;
    for act in [Act::Give(administrator.id), Act::Revoke(administrator.id)] {
        tutor
            .press_data(tutor.last().message_id, Payload::of(&act).as_str())
            .await;
        assert_eq!(
            tutor.toast(),
            "Доступ этого человека ведёте не вы. Вопросы — к администратору журнала."
        );
    }
}

async fn p3_the_administrator_gives_staff_their_access(school: &School) {
    let administrator = school.staff("Савельева").await;
    press_all(&administrator, &["Меню", "Люди", "Сотрудники"]).await;
    administrator.press_ending("Орлова\u{a0}Н.\u{a0}С.").await;
    administrator.press("Дать ссылку").await;
    let pass = pass_on(&administrator.screen());
    let teacher = school.stranger(78);
    come(&teacher, &pass).await;
    assert!(teacher.screen().contains("это ваш журнал"), "{}", teacher.screen());
    press_all(&administrator, &["‹ Назад", "Отозвать доступ"]).await;
    assert_snapshot!(administrator.screen(), @"
    Закрыть доступ: Орлова Наталья Сергеевна?
    Чат этого человека закроется сразу, сообщения не придут, ссылки не откроются. Дать доступ снова можно новой ссылкой.
    [Закрыть доступ]
    [Не закрывать]
    ");
    administrator.press("Закрыть доступ").await;
    assert_snapshot!(draw(&teacher.gets("Доступ закрыт").await), @"
    Доступ закрыт вт 24.11. Вопросы — в приёмную школы: 20-00-00
    ");
    teacher.says("/today").await;
    assert!(
        teacher.screen().starts_with("Это школьный журнал"),
        "{}",
        teacher.screen()
    );
}

async fn p3_a_head_of_stage_looks_and_changes_nothing(school: &School) {
    let head = school.staff("Артемьева").await;
    press_all(&head, &["Меню", "Люди", "7А"]).await;
    assert!(!head.screen().contains("Листки"), "{}", head.screen());
    assert!(head.screen().contains("Не подключены"), "{}", head.screen());
}

async fn u2_the_tutor_finds_the_class_and_a_pupils_diary(school: &School) {
    let tutor = school.staff("Титов").await;
    press_all(&tutor, &["Меню", "Мой класс · 10А"]).await;
    assert!(tutor.screen().starts_with("Мой класс · 10А · "), "{}", tutor.screen());
    let (message, class) = (tutor.last().message_id, tutor.labels());
    let (_, diary) = tutor.data(&class[0]);
    tutor.press(&class[0]).await;
    assert!(tutor.screen().contains(", 10А · вт 24.11"), "{}", tutor.screen());
    press_all(&tutor, &["Меню", "Мой класс · 10А", "Доступы", "‹ Класс", "Меню"]).await;
    // Another class's tutor and a former one read no diary by the same button.
    school.change("DELETE FROM class_tutors").await;
    tutor.press_data(message, &diary).await;
    assert_eq!(tutor.toast(), "Этот дневник вам не открыт. Вопросы — к тьютору класса.");
}

async fn u2_wrong_digits_and_a_sleeping_link_stand_on_the_page(school: &School) {
    let tutor = school.staff("Смирнова").await;
    let parent = school.person(&Invitee::Parent(String::new()), "Белова").await;
    let (code, digits) = school.pass(&parent).await;
    let wrong = if digits == "9999" { "8888" } else { "9999" };
    let thief = school.stranger(78);
    come(&thief, &(code.clone(), wrong.to_owned())).await;
    let stands = async |text: &str| {
        tutor.says("/start").await;
        press_all(&tutor, &["Мой класс · 7А", "Доступы", "Белова К."]).await;
        tutor.press_ending("Белова\u{a0}И.\u{a0}А.").await;
        let screen = tutor.screen();
        assert!(screen.contains(text), "{text}: {screen}");
    };
    stands("Доступ: не подключено, ссылка ждёт до вт 01.12, неверных попыток 1\n").await;
    for _ in 0..4 {
        enter(&thief, wrong).await;
    }
    tutor.gets("Цифры приглашения не подошли пять раз").await;
    stands("неверных попыток 5, спит до 11:40\n").await;
    school.minutes_pass(61);
    stands("неверных попыток 5\n").await;
}
