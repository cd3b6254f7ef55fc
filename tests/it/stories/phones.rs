//! A member of staff changes the phone: the PIN belongs to the account, and goes with it (P14).

use zhurnal::people::Invitee;

use super::entering::{come, enter};
use super::{open, press_all};
use crate::support::school::School;
use crate::support::story;

story!(
    p14_a_new_phone_chooses_a_pin_of_its_own_and_the_old_one_is_shut,
    p14_whoever_works_with_the_account_later_has_another_pin,
);

async fn p14_a_new_phone_chooses_a_pin_of_its_own_and_the_old_one_is_shut(school: &School) {
    let old = school.staff("Смирнова").await;
    open(&old, "7А алгебра").await;
    let (card, present) = old.data("Все на месте");
    let person = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let pass = school.pass(&person).await;
    let new = school.stranger(78);
    come(&new, &pass).await;
    new.sees("Придумайте PIN").await;
    old.gets("Вход перенесён на другой телефон вт\u{a0}24.11 в 10:40").await;
    // The old phone writes nothing more, by words or by a button, and reads nothing either.
    old.says("Линейное уравнение").await;
    assert!(old.screen().contains("Это школьный журнал"), "{}", old.screen());
    old.press_data(card, &present).await;
    old.says("/today").await;
    assert!(old.screen().starts_with("Это школьный журнал"), "{}", old.screen());
    let written = "SELECT COUNT(*) FROM lessons WHERE first_press_at <= $1";
    assert_eq!(school.number(written, school.now()).await, 0);
    // The new one writes after its own PIN, and not by that of the old one.
    open(&new, "7А алгебра").await;
    new.press_data(new.last().message_id, &present).await;
    assert_eq!(new.toast(), "Сначала придумайте PIN: без него не записать.");
    new.sees("Придумайте PIN").await;
    enter(&new, "7093").await;
    new.sees("Ещё раз").await;
    enter(&new, "7093").await;
    new.press_data(new.last().message_id, &present).await;
    assert_eq!(school.number(written, school.now()).await, 1);
    assert_eq!(
        school
            .number("SELECT COUNT(*) FROM locks WHERE seen_at <= $1", school.now())
            .await,
        1
    );
}

async fn p14_whoever_works_with_the_account_later_has_another_pin(school: &School) {
    let phone = school.staff("Титов").await;
    let parent = school.person(&Invitee::Parent(String::new()), "Белова").await;
    come(&phone, &school.pass(&parent).await).await;
    press_all(&phone, &["Да, мой ребёнок", "Даю согласие"]).await;
    let teacher = school.person(&Invitee::Staff(String::new()), "Титов").await;
    come(&school.stranger(78), &school.pass(&teacher).await).await;
    phone.gets("Вход перенесён").await;
    // The parent's part of the same account stays.
    phone.says("/diary").await;
    assert!(phone.screen().starts_with("Ксения, 7А"), "{}", phone.screen());
    let other = school.person(&Invitee::Staff(String::new()), "Фомина").await;
    come(&phone, &school.pass(&other).await).await;
    phone.sees("Придумайте PIN").await;
}
