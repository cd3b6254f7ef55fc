//! The school's own text of the consent: read page by page, agreed to by version, followed by newer ones (P3).

use insta::assert_snapshot;
use zhurnal::people::Invitee;

use super::entering::come;
use super::press_all;
use crate::support::school::School;
use crate::support::story;

story!(
    a4_the_schools_own_text_is_read_page_by_page_and_agreed_to,
    a4_a_newer_text_leaves_consents_and_both_can_be_read,
    a4_a_text_that_changed_while_it_was_read_is_asked_again,
);

/// The sample school has a text of its own; these stories begin without it.
const NONE: &str = "DELETE FROM consent_texts";
const FIRST: &str = "INSERT INTO consent_texts (school_id, version, text, created_at)
     SELECT id, 1, 'Школа «Учебная» & родители: <данные> ребёнка.
Второй абзац.', '2026-11-20 00:00:00+00:00' FROM schools";
const SECOND: &str = "INSERT INTO consent_texts (school_id, version, text, created_at)
     SELECT id, 2, 'Новые слова.', '2026-11-24 00:00:00+00:00' FROM schools";

/// Which versions the standing consents were given to, as a number that a story can read.
const GIVEN: [&str; 3] = [
    "SELECT COUNT(*) FROM consents WHERE version = '1-ru' AND withdrawn_at IS NULL AND given_at <= $1",
    "SELECT COUNT(*) FROM consents WHERE version = 's1' AND withdrawn_at IS NULL AND given_at <= $1",
    "SELECT COUNT(*) FROM consents WHERE version = 's2' AND withdrawn_at IS NULL AND given_at <= $1",
];

async fn given(school: &School) -> Vec<i64> {
    let mut found = Vec::new();
    for sql in GIVEN {
        found.push(school.number(sql, school.now()).await);
    }
    found
}

async fn a4_the_schools_own_text_is_read_page_by_page_and_agreed_to(school: &School) {
    school.change(NONE).await;
    school.change(FIRST).await;
    // A page holds so many whole paragraphs as fit.
    school
        .change(
            "UPDATE consent_texts SET text = text || '
' || (SELECT string_agg(it, '
') FROM (SELECT 'Абзац о данных ребёнка: «' || title || '».' AS it FROM subjects UNION ALL SELECT 'Абзац: ' || surname || ' ' || name || ' ' || code FROM people WHERE code LIKE 'п%') AS all_of_them)",
        )
        .await;
    let person = school.person(&Invitee::Parent(String::new()), "Белова").await;
    let phone = school.stranger(78);
    come(&phone, &school.pass(&person).await).await;
    phone.press("Да, мой ребёнок").await;
    phone.press_starting("Прочитать полностью, ").await;
    let first = phone.screen();
    assert!(
        first.starts_with(
            "Согласие на обработку данных, 1 из 2\nТекст школы, версия 1 от пт 20.11\n\nШкола «Учебная» & родители: <данные> ребёнка.\n\nВторой абзац."
        ),
        "{first}"
    );
    phone.press("Страница 2 ›").await;
    assert!(
        phone
            .screen()
            .starts_with("Согласие на обработку данных, 2 из 2\nТекст школы"),
        "{}",
        phone.screen()
    );
    press_all(&phone, &["‹ Страница 1", "‹ Назад", "Даю согласие"]).await;
    assert!(
        phone.screen().starts_with("Дневник открыт: Ксения"),
        "{}",
        phone.screen()
    );
    assert_eq!(given(school).await, [0, 1, 0]);
}

async fn a4_a_newer_text_leaves_consents_and_both_can_be_read(school: &School) {
    school.change(NONE).await;
    let phone = school.parent("Белова").await;
    assert_eq!(given(school).await, [1, 0, 0]);
    press_all(&phone, &["Меню", "Настройки", "Согласие: Ксения"]).await;
    assert_snapshot!(phone.screen(), @"
    Согласие дано: Белова Ксения, 7А
    вт 24.11. Текст журнала, версия 1. Его можно отозвать в любой день.
    [Прочитать полностью, 2 страницы]
    [Отозвать согласие]
    [Меню]
    ");
    school.change(FIRST).await;
    school.change(SECOND).await;
    press_all(&phone, &["Меню", "Настройки", "Согласие: Ксения"]).await;
    assert_snapshot!(phone.screen(), @"
    Согласие дано: Белова Ксения, 7А
    вт 24.11. Текст журнала, версия 1. Его можно отозвать в любой день.
    С тех пор у школы новый текст. Данное согласие в силе.
    [Прочитать полностью, 2 страницы]
    [Прочитать новый текст]
    [Отозвать согласие]
    [Меню]
    ");
    press_all(&phone, &["Меню", "Дневник"]).await;
    assert!(phone.screen().starts_with("Ксения, 7А"), "{}", phone.screen());
    press_all(
        &phone,
        &["Меню", "Настройки", "Согласие: Ксения", "Прочитать новый текст"],
    )
    .await;
    assert_snapshot!(phone.screen(), @"
    Согласие на обработку данных, 1 из 1
    Текст школы, версия 2 от вт 24.11

    Новые слова.
    [‹ Назад]
    ");
    press_all(&phone, &["‹ Назад", "Прочитать полностью, 2 страницы"]).await;
    assert!(phone.screen().contains("Текст журнала, версия 1"), "{}", phone.screen());
    press_all(&phone, &["‹ Назад", "Отозвать согласие", "Отозвать согласие"]).await;
    press_all(&phone, &["Дать согласие снова", "Прочитать полностью, 1 страница"]).await;
    assert!(phone.screen().contains("версия 2 от вт 24.11"), "{}", phone.screen());
    press_all(&phone, &["‹ Назад", "Даю согласие"]).await;
    assert_eq!(given(school).await, [0, 0, 1]);
}

async fn a4_a_text_that_changed_while_it_was_read_is_asked_again(school: &School) {
    school.change(NONE).await;
    school.change(FIRST).await;
    let person = school.person(&Invitee::Parent(String::new()), "Белова").await;
    let phone = school.stranger(78);
    come(&phone, &school.pass(&person).await).await;
    phone.press("Да, мой ребёнок").await;
    school.change(SECOND).await;
    phone.press("Даю согласие").await;
    assert_eq!(phone.toast(), "Текст согласия обновился. Прочитайте его и решите.");
    assert_eq!(given(school).await, [0, 0, 0]);
    // Another parent's text stays shut.
    let other = school.parent("Волкова").await;
    let (_, read) = phone.data("Прочитать полностью, 1 страница");
    other.press_data(other.last().message_id, &read).await;
    assert_eq!(other.toast(), "Этот дневник вам не открыт. Вопросы — к тьютору класса.");
    phone.press("Даю согласие").await;
    phone.sees("Дневник открыт: Ксения").await;
    // The other parent has two children.
    assert_eq!(given(school).await, [0, 0, 3]);
}
