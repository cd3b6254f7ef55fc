//! Names, dates, plural forms, and what HTML would read as its own.

use super::names::{FullName, grid_labels, search_key, shorten, sort_key};
use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;

fn name(surname: &str, name: &str) -> FullName {
    FullName {
        surname: surname.into(),
        name: name.into(),
        patronymic: String::new(),
    }
}

#[rstest]
#[case(0, "0 уроков")]
#[case(1, "1 урок")]
#[case(2, "2 урока")]
#[case(5, "5 уроков")]
#[case(11, "11 уроков")]
#[case(21, "21 урок")]
#[case(1240, "1\u{a0}240 уроков")]
fn russian_counts_have_three_forms(#[case] n: i64, #[case] said: &str) {
    assert_eq!(count(Locale::Ru, "count.lessons", n), said);
}

#[test]
fn namesakes_get_as_many_letters_as_tell_them_apart() {
    let class = [
        name("Иванов", "Алексей"),
        name("Иванов", "Андрей"),
        name("Иванова", "Мария"),
        name("Ким", "Ян"),
        name("Ким", "Ян"),
        name("Александропольская", "Виктория"),
        name("О'Нил", "Шон"),
    ];
    assert_eq!(
        grid_labels(&class, 13),
        [
            "Иванов Ал.",
            "Иванов Ан.",
            "Иванова М.",
            "Ким Я1",
            "Ким Я2",
            "Александропо…",
            "О'Нил Ш."
        ]
    );
}

#[test]
fn people_are_ordered_with_yo_as_ye() {
    let mut keys = [
        sort_key("Семёнов", "Б", ""),
        sort_key("Семенов", "А", ""),
        sort_key("Сёмин", "А", ""),
        sort_key("Сазонов", "Я", ""),
    ];
    keys.sort();
    assert_eq!(keys, ["сазонов я", "семенов а", "семенов б", "семин а"]);
}

#[rstest]
#[case("Линейное уравнение", true)]
#[case("Present Perfect", false)]
#[case("Present Perfect — настоящее совершённое время", true)]
#[case("§ 13, № 8", true)]
fn p12_an_entry_is_russian_when_half_of_its_letters_are(#[case] entry: &str, #[case] russian: bool) {
    assert_eq!(entries::is_russian(entry), russian);
}

#[test]
fn a_day_of_another_school_year_says_its_year() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let former = NaiveDate::from_ymd_opt(2025, 11, 24).unwrap();
    assert_eq!(dates::day(Locale::Ru, today, today), "пн\u{a0}23.11");
    assert_eq!(dates::day(Locale::Ru, former, today), "пн\u{a0}24.11.2025");
    assert_eq!(dates::day(Locale::En, today, today), "Mon\u{a0}23.11");
}

proptest! {
    #[test]
    fn a_shortened_label_never_exceeds_its_column(label in "\\PC{0,80}", width in 1_usize..40) {
        prop_assert!(shorten(&label, width).chars().count() <= width);
    }

    #[test]
    fn tidying_twice_changes_nothing(typed in "\\PC{0,200}") {
        let once = entries::tidy(&typed);
        prop_assert_eq!(entries::tidy(&once), once);
    }

    #[test]
    fn escaped_text_has_nothing_that_html_would_read(typed in ".{0,80}") {
        let safe = escape(&typed);
        prop_assert!(!safe.contains('<') && !safe.contains('>'));
    }
}

#[rstest]
#[case("Ёлкина", "елкина")]
#[case("  Ли  ", "ли")]
#[case("Римская – Корсакова", "римская - корсакова")]
#[case("РИМСКАЯ‑КОРСАКОВА", "римская-корсакова")]
#[case("О’Нил", "о'нил")]
#[case("ДʼАгостино  Марко", "д'агостино марко")]
#[case("", "")]
fn a_typed_name_is_looked_for_as_it_is_ordered(#[case] typed: &str, #[case] key: &str) {
    assert_eq!(search_key(typed), key);
}

#[test]
fn a_name_that_is_typed_as_it_is_written_finds_its_own_key() {
    for surname in ["Ёлкина", "Римская-Корсакова", "Д'Агостино", "Ли"] {
        assert_eq!(search_key(surname), sort_key(surname, "", ""));
    }
}
