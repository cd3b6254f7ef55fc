//! Days as somebody types them: «25.11», «25.11.2026», «25–27.11», «25.11 - 2.12».

use chrono::{Datelike as _, NaiveDate};

/// Reads a day or days; `None` for anything else. A date without a year is of the school year of `today`.
pub fn days(typed: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let typed: String = typed
        .chars()
        .filter(|it| !it.is_whitespace())
        .map(|it| match it {
            '–' | '—' | '−' => '-',
            '/' => '.',
            other => other,
        })
        .collect();
    match typed.split_once('-') {
        None => day(&typed, today).map(|it| (it, it)),
        Some((first, last)) => {
            let last = day(last, today)?;
            // «25–27.11»: the month is said once.
            let first = match first.parse::<u32>() {
                Ok(of_month) => last.with_day(of_month)?,
                Err(_) => day(first, today)?,
            };
            Some((first, last))
        }
    }
}

fn day(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut parts = typed.trim_end_matches('.').split('.');
    let (of_month, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = match parts.next() {
        None => {
            let begins = if today.month() >= 8 {
                today.year()
            } else {
                today.year() - 1
            };
            if month >= 8 { begins } else { begins + 1 }
        }
        Some(year) => {
            let year: i32 = year.parse().ok()?;
            if (0..100).contains(&year) { 2000 + year } else { year }
        }
    };
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    type Day = (i32, u32, u32);

    #[rstest]
    #[case("25.11", Some(((2026, 11, 25), (2026, 11, 25))))]
    #[case(" 25.11. ", Some(((2026, 11, 25), (2026, 11, 25))))]
    #[case("12.01", Some(((2027, 1, 12), (2027, 1, 12))))]
    #[case("25.11.26", Some(((2026, 11, 25), (2026, 11, 25))))]
    #[case("25 – 27.11", Some(((2026, 11, 25), (2026, 11, 27))))]
    #[case("30.11 - 2.12", Some(((2026, 11, 30), (2026, 12, 2))))]
    #[case("27.11-25.11", Some(((2026, 11, 27), (2026, 11, 25))))]
    #[case("31.11", None)]
    #[case("завтра", None)]
    #[case("25", None)]
    #[case("25.11.2026.1", None)]
    fn days_are_read_as_people_write_them(#[case] typed: &str, #[case] read: Option<(Day, Day)>) {
        let read = read.map(|(from, to)| (date(from.0, from.1, from.2), date(to.0, to.1, to.2)));
        assert_eq!(days(typed, date(2026, 11, 24)), read);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_not(typed in "\\PC{0,30}") {
            let _ = days(&typed, date(2026, 11, 24));
        }
    }
}
