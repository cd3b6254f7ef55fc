//! Looking for people by a part of their surname: what is found, by whom, and when a text is taken for a surname.

use zhurnal::chat::Payload;
use zhurnal::people::passes::press::{Act, View};

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(
    p3_the_administrator_finds_people_by_a_part_of_the_surname,
    p3_a_search_ends_when_something_else_is_opened,
    p3_a_search_forgotten_for_ten_minutes_takes_no_text,
    p3_a_search_stays_within_what_one_oversees,
);

async fn search(phone: &Phone) {
    phone.says("/start").await;
    press_all(phone, &["Люди", "Найти по фамилии"]).await;
    assert!(phone.screen().starts_with("Кого найти?"), "{}", phone.screen());
}

/// The buttons of what was found.
fn found(phone: &Phone) -> Vec<String> {
    let mut labels = phone.labels();
    labels.retain(|it| it != "‹ Назад" && it != "Меню");
    labels.into_iter().map(|it| it.replace('\u{a0}', " ")).collect()
}

async fn p3_the_administrator_finds_people_by_a_part_of_the_surname(school: &School) {
    for sql in [
        "UPDATE people SET surname = 'Ёлкина-О''Нил', sort_key = 'елкина-о''нил ксения' WHERE code = 'п25'",
        "UPDATE people SET surname = 'Сто%_!', sort_key = 'сто%_! глеб' WHERE surname = 'Орлов'",
    ] {
        school.change(sql).await;
    }
    let administrator = school.staff("Савельева").await;
    search(&administrator).await;
    for typed in ["ёлкина", "ЕЛКИНА–О’нил", "о'нил", "  Ёлк "] {
        administrator.says(typed).await;
        let all = found(&administrator);
        assert_eq!(all.len(), 1, "{typed}: {all:?}");
        assert!(
            all[0].starts_with("Ёлкина-О'Нил") && all[0].ends_with(" · 7А"),
            "{all:?}"
        );
    }
    // Wildcards are signs like any other.
    administrator.says("%_!").await;
    assert!(
        administrator.screen().starts_with("Нужны хотя бы две буквы"),
        "{}",
        administrator.screen()
    );
    administrator.says("сто%_").await;
    assert!(!found(&administrator).is_empty());
    administrator.says("а%а").await;
    assert!(
        administrator.screen().starts_with("«а%а»: никого нет"),
        "{}",
        administrator.screen()
    );
    administrator.says("ов").await;
    assert_eq!(found(&administrator).len(), 20);
    assert!(
        administrator.screen().contains("Показаны первые 20"),
        "{}",
        administrator.screen()
    );
    administrator.says("белова").await;
    let all = found(&administrator);
    assert!(all.iter().any(|it| it.contains("родитель, 7А")), "{all:?}");
    administrator.press_ending("родитель, 7А").await;
    assert!(
        administrator.screen().contains("Доступ: "),
        "{}",
        administrator.screen()
    );
    search(&administrator).await;
    administrator.says("смирнова").await;
    administrator.press_ending("сотрудник").await;
    assert!(
        administrator.screen().starts_with("Смирнова"),
        "{}",
        administrator.screen()
    );
}

async fn p3_a_search_ends_when_something_else_is_opened(school: &School) {
    let administrator = school.staff("Савельева").await;
    let unread = "журнал этого сообщения не ждал";
    search(&administrator).await;
    administrator.press("‹ Назад").await;
    administrator.says("Белова").await;
    assert!(administrator.screen().contains(unread), "{}", administrator.screen());
    search(&administrator).await;
    administrator.says("/cancel").await;
    assert!(
        administrator.screen().starts_with("Отменено"),
        "{}",
        administrator.screen()
    );
    administrator.says("Белова").await;
    assert!(administrator.screen().contains(unread), "{}", administrator.screen());
    // A restart in the middle changes nothing.
    search(&administrator).await;
    school.stop_bot().await;
    school.start_bot().await;
    administrator.says("Белова").await;
    assert!(
        administrator.screen().starts_with("Нашлись: «Белова»"),
        "{}",
        administrator.screen()
    );
}

async fn p3_a_search_stays_within_what_one_oversees(school: &School) {
    let head = school.staff("Артемьева").await;
    search(&head).await;
    head.says("Белова").await;
    let all = found(&head);
    assert!(
        !all.is_empty() && all.iter().all(|it| !it.contains("сотрудник")),
        "{all:?}"
    );
    // Staff and other stages aren't the head's.
    head.says("Савельева").await;
    assert!(
        found(&head).iter().all(|it| !it.contains("сотрудник")),
        "{:?}",
        found(&head)
    );
    school
        .change("UPDATE staff_roles SET from_grade = 10, to_grade = 11 WHERE role = 'head_of_stage'")
        .await;
    head.says("Белова").await;
    assert!(found(&head).iter().all(|it| !it.ends_with("7А")), "{:?}", found(&head));
    school
        .change("DELETE FROM staff_roles WHERE role = 'head_of_stage'")
        .await;
    head.says("Белова").await;
    assert!(head.screen().contains("Этого раздела у вас нет."), "{}", head.screen());
    // A forger who was never asked for a surname.
    let tutor = school.staff("Смирнова").await;
    for forged in [Payload::of(&Act::Search), Payload::of(&View::Found)] {
        tutor.press_data(tutor.last().message_id, forged.as_str()).await;
        assert_eq!(tutor.toast(), "Этого раздела у вас нет.");
    }
}

async fn p3_a_search_forgotten_for_ten_minutes_takes_no_text(school: &School) {
    let administrator = school.staff("Савельева").await;
    search(&administrator).await;
    for _ in 0..3 {
        // Each text that is taken awaits the next one anew.
        school.minutes_pass(10);
        administrator.says("Белова").await;
        assert!(
            administrator.screen().starts_with("Нашлись: «Белова»"),
            "{}",
            administrator.screen()
        );
    }
    school.minutes_pass(11);
    administrator.says("Смирнова").await;
    assert!(
        administrator.screen().contains("журнал этого сообщения не ждал"),
        "{}",
        administrator.screen()
    );
    search(&administrator).await;
    administrator.says("Смирнова").await;
    assert!(
        administrator.screen().starts_with("Нашлись: «Смирнова»"),
        "{}",
        administrator.screen()
    );
}
