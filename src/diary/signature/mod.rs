//! The week that parents sign, where their school asks for it: that they have seen it (T9).

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::people::reach::Hindrance;

/// From Friday on a week can be signed, counted from its Monday.
const OPENS: Days = Days::new(4);

/// Who signed a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// «Волкова О. П.».
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the page of a week says of signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// Who has signed, in order.
    pub signed: Vec<Signed>,
    /// Whether the reader may sign now.
    pub is_open: bool,
}

/// How a family of a class stands with a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// «Волкова А.».
    pub pupil: String,
    /// How it stands.
    pub state: State,
}

/// How a family stands with a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody of it has signed.
    Signed,
    /// Nobody has yet.
    Waiting,
    /// Nobody can be reminded.
    Unreached(Hindrance),
}

/// Whether a week can be signed: from its Friday on, and later as well.
pub fn is_open(monday: NaiveDate, today: NaiveDate) -> bool {
    monday.checked_add_days(OPENS).is_some_and(|friday| friday <= today)
}

/// The newest week that can be signed, by its Monday.
pub fn newest(today: NaiveDate) -> NaiveDate {
    let (monday, _) = super::week_of(today);
    if is_open(monday, today) {
        return monday;
    }
    monday.checked_sub_days(Days::new(7)).unwrap_or(monday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn november(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    /// T9.
    #[rstest]
    #[case::on_monday(23, 16)]
    #[case::on_thursday(26, 16)]
    #[case::on_friday(27, 23)]
    #[case::on_sunday(29, 23)]
    fn a_week_is_signed_from_its_friday_on(#[case] today: u32, #[case] monday: u32) {
        assert_eq!(newest(november(today)), november(monday));
        assert!(is_open(november(monday), november(today)));
        assert!(!is_open(november(monday + 7), november(today)));
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        assert!(!is_open(NaiveDate::MAX, NaiveDate::MAX));
        newest(NaiveDate::MIN);
    }
}
