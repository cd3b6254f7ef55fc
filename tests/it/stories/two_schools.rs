//! A parent of two schools, an administrator of two: whatever comes, and whatever is chosen, says of which school it is.

use chrono::TimeDelta;
use insta::assert_snapshot;
use zhurnal::people::{self, Invitee, Person};
use zhurnal::school::import::{How, NewName, Outcome, Source, import_as};

use super::{algebra, press_all};
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;
use crate::support::workbook::school_of_today;

story!(
    a_parent_of_two_schools_reads_which_it_is,
    a_parent_of_two_schools_tells_talks_and_surveys_apart,
    the_evenings_digest_says_which_school_it_is,
    an_administrator_of_two_schools_reaches_the_rules_of_each,
);

/// «Малая школа» in the same journal.
async fn another(school: &School) {
    let how = How {
        new_name: NewName::Another,
        ..How::default()
    };
    let workbook = Source::File(school_of_today(school.now()));
    let loaded = import_as(&school.db, workbook, &how, school.now()).await.unwrap();
    assert!(matches!(loaded, Outcome::Done(_)), "{loaded:?}");
}

/// Somebody of the school that came last.
async fn of_another(school: &School, kind: &Invitee, surname: &str) -> Person {
    let found = people::store::invitable(&mut school.db.snapshot().await.unwrap(), kind)
        .await
        .unwrap();
    let newest = found.iter().map(|(person, _)| person.school).max().unwrap();
    let (person, _) = found
        .into_iter()
        .find(|(person, _)| person.school == newest && person.name.surname == surname)
        .unwrap();
    person
}

/// Volkova, whose Anna and Pyotr are in one school, and Marat in the other.
async fn parent_of_two(school: &School) -> Phone {
    let parent = school.parent("Волкова").await;
    another(school).await;
    let there = of_another(school, &Invitee::Parent(String::new()), "Ким").await;
    school.admit(&parent, &there).await;
    parent
}

async fn a_parent_of_two_schools_reads_which_it_is(school: &School) {
    let (of_two, of_one) = (parent_of_two(school).await, school.parent("Белова").await);
    let tutor = algebra(school).await;
    let first_line = |phone: &Phone, text: &str| {
        let found = phone.telegram().chat(phone.user);
        let shown = found.iter().rfind(|it| it.from_bot && it.text.contains(text)).unwrap();
        shown.text.lines().next().unwrap().to_owned()
    };
    assert_eq!(first_line(&of_two, "алгебра"), "Анна (Учебная школа), алгебра: 5 и 4");
    assert_eq!(first_line(&of_one, "алгебра"), "Ксения, алгебра: 5");
    // An announcement, with the reminder of it and its correction.
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Объявление"]).await;
    tutor.press_starting("Родителям 7А · ").await;
    tutor.says("Собрание в четверг").await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    assert_eq!(first_line(&of_two, "Собрание"), "Учебная школа · Собрание в четверг");
    assert_eq!(first_line(&of_one, "Собрание"), "Собрание в четверг");
    tutor.press("Обновить").await;
    tutor.press("Напомнить · 2").await;
    school.quiet().await;
    assert_eq!(first_line(&of_two, "ждёт вашего"), "Учебная школа · Собрание в четверг");
    tutor.press("Исправить").await;
    tutor.says("Собрание в пятницу").await;
    school.quiet().await;
    assert_eq!(first_line(&of_two, "в пятницу"), "Учебная школа · Собрание в пятницу");
    of_two.press_under("Собрание в пятницу", "Прочитано").await;
    school.quiet().await;
    assert_eq!(first_line(&of_two, "✓ Прочитано"), "Учебная школа · Собрание в пятницу");
    // A letter of the tutor's.
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Написать родителям"]).await;
    press_all(&tutor, &["Волкова А.", "Белова К.", "Дальше · 2", "Похвала"]).await;
    tutor.says("Помогла всему классу.").await;
    tutor.press("Отправить · 2").await;
    school.quiet().await;
    assert!(
        first_line(&of_two, "Помогла").contains("Анна (Учебная школа)"),
        "{}",
        of_two.screen()
    );
    assert!(
        !first_line(&of_one, "Помогла").contains("Учебная"),
        "{}",
        of_one.screen()
    );
}

async fn a_parent_of_two_schools_tells_talks_and_surveys_apart(school: &School) {
    let parent = parent_of_two(school).await;
    let tutor = school.staff("Смирнова").await;
    // What is written says where it goes.
    algebra(school).await;
    parent.press_under("алгебра", "Вопрос учителю").await;
    assert!(
        parent
            .screen()
            .starts_with("Сообщение увидит Смирнова Е. В., Учебная школа"),
        "{}",
        parent.screen()
    );
    parent.says("Когда пересдача?").await;
    school.quiet().await;
    let asked = tutor.gets("Когда пересдача?").await;
    assert!(!asked.text.contains("Учебная"), "{}", asked.text);
    tutor.press_under("Когда пересдача?", "Ответить").await;
    tutor.says("В четверг.").await;
    school.quiet().await;
    let answer = parent.gets("В четверг.").await;
    assert!(
        answer.text.contains("Смирнова Е.\u{a0}В., Учебная школа") || answer.text.contains(", Учебная школа"),
        "{}",
        answer.text
    );
    parent.says("/start").await;
    parent.press_starting("Сообщения").await;
    assert_snapshot!(parent.screen(), @"
    Сообщения · непрочитанных 1
    [• Смирнова Е. В. · Анна, алгебра…]
    [Объявления] [Опросы]
    [Предложение школе]
    [Новое] [Меню]
    ");
    // A survey and its list.
    tutor.says("/start").await;
    press_all(&tutor, &["Мой класс · 7А", "Опрос", "Новый опрос"]).await;
    tutor.says("Когда собрание?\nчт\nпт").await;
    tutor.press_starting("Отправить").await;
    school.quiet().await;
    let line = parent.gets("Опрос").await;
    assert!(line.text.starts_with("Учебная школа · Опрос"), "{}", line.text);
    parent.says("/start").await;
    parent.press_starting("Сообщения").await;
    parent.press("Опросы").await;
    assert!(
        parent.screen().contains("Учебная школа · Когда собрание?"),
        "{}",
        parent.screen()
    );
}

async fn the_evenings_digest_says_which_school_it_is(school: &School) {
    let (of_two, of_one) = (parent_of_two(school).await, school.parent("Белова").await);
    school.digests_come().await;
    algebra(school).await;
    school.clock.advance(TimeDelta::hours(9));
    school.quiet().await;
    assert_eq!(
        of_two.count("Анна (Учебная школа), вт\u{a0}24.11"),
        1,
        "{}",
        of_two.chat()
    );
    assert_eq!(of_one.count("Учебная школа"), 0, "{}", of_one.chat());
}

async fn an_administrator_of_two_schools_reaches_the_rules_of_each(school: &School) {
    let administrator = school.staff("Савельева").await;
    another(school).await;
    let there = of_another(school, &Invitee::Staff(String::new()), "Смирнова").await;
    school.admit(&administrator, &there).await;
    administrator.says("/start").await;
    assert_snapshot!(administrator.screen(), @"
    вт 24.11 · Учебная школа
    У вас 1 урок, заполнено 0.
    [Мои уроки сегодня]
    [Осталось · 14]
    [Графики классов]
    [Мой класс · 7А]
    [Сообщения]
    [Люди]
    [Заполнение журнала · Учебная школа]
    [Заполнение журнала · Малая школа]
    [Объявление]
    [Загрузка базы · Учебная школа]
    [Загрузка базы · Малая школа]
    [Опрос]
    [Правила переписки · Учебная школа]
    [Правила переписки · Малая школа]
    [Подписи недели · Учебная школа]
    [Подписи недели · Малая школа]
    [Шаблоны школы · Учебная школа]
    [Шаблоны школы · Малая школа]
    [Замки] [Действия людей]
    [Настройки] [Помощь]
    ");
    administrator.press("Правила переписки · Малая школа").await;
    administrator.press("✓ Родители и учителя").await;
    assert!(
        administrator.screen().starts_with("Правила переписки · Малая школа"),
        "{}",
        administrator.screen()
    );
    // The other school's stay as they were.
    press_all(&administrator, &["‹ Назад", "Правила переписки · Учебная школа"]).await;
    assert!(
        administrator.screen().contains("[✓ Родители и учителя]"),
        "{}",
        administrator.screen()
    );
    administrator.says("/announce").await;
    assert_snapshot!(administrator.screen(), @"
    Объявление · кому?
    [Моему классу · 7А]
    [Всей школе · Учебная школа]
    [Сотрудникам школы · Учебная школа]
    [Сотрудникам по должности · Учебна…]
    [Одному из классов · Учебная школа]
    [Всей школе · Малая школа]
    [Сотрудникам школы · Малая школа]
    [Сотрудникам по должности · Малая…]
    [Одному из классов · Малая школа]
    [Нескольким классам · Учебная школа]
    [Отправленные]
    [Меню]
    ");
}
