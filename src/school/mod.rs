//! The school as its workbook tells it: the year with its terms and holidays, classes, bells, teaching load.

pub mod import;
pub mod store;

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::ids::SchoolId;

/// A school.
#[derive(Clone, Debug)]
pub struct School {
    /// Which.
    pub id: SchoolId,
    /// As people call it.
    pub name: String,
    /// Where its clocks stand.
    pub zone: Tz,
    /// The number of its reception.
    pub phone: String,
}

/// A class's name: «7А».
pub fn class_name(grade: i64, letter: &str) -> String {
    format!("{grade}{letter}")
}

/// Which weeks a lesson of the template is for. The week that holds the school year's first day is odd.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[repr(i64)]
pub enum Weeks {
    /// All of them.
    #[default]
    Every = 0,
    /// The first, the third and so on.
    Odd = 1,
    /// The second, the fourth and so on.
    Even = 2,
}

impl Weeks {
    /// The week of a day, in a year that begins on `first`.
    pub fn of(day: NaiveDate, first: NaiveDate) -> Self {
        let monday =
            |day: NaiveDate| i64::from(day.num_days_from_ce()) - i64::from(day.weekday().num_days_from_monday());
        if ((monday(day) - monday(first)) / 7).rem_euclid(2) == 0 {
            Self::Odd
        } else {
            Self::Even
        }
    }

    /// Whether some week belongs to both.
    pub fn meet(self, other: Self) -> bool {
        self == other || self == Self::Every || other == Self::Every
    }
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Span {
    /// The first day.
    pub starts: NaiveDate,
    /// The last day.
    pub ends: NaiveDate,
}

impl Span {
    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.starts..=self.ends).contains(&day)
    }
}

/// A quarter or a half-year of a grade.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Term {
    /// «II четверть».
    pub title: String,
    /// Its days.
    #[sqlx(flatten)]
    pub span: Span,
}

/// Which of the terms in order a day belongs to: the one that holds it, else the last that has begun, else the first.
pub fn term_of(terms: &[Term], day: NaiveDate) -> Option<usize> {
    if terms.is_empty() {
        return None;
    }
    Some(terms.iter().rposition(|term| term.span.starts <= day).unwrap_or(0))
}

/// What of a school year is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// The term that is now.
    Now,
    /// The term that a day belongs to.
    Of(#[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// The whole school year.
    Year,
}

/// Days of a year that are looked at, and what lies beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// «II четверть», «2026/27».
    pub title: String,
    /// Its days.
    pub span: Span,
    /// The term before it: its title and first day.
    pub former: Option<(String, NaiveDate)>,
    /// The one after it, if it has begun.
    pub next: Option<(String, NaiveDate)>,
}

impl Stretch {
    /// The days of a period; `None` where a year has no terms. `day` is the one that it is about, within the year.
    pub fn of(period: Period, (terms, year): (&[Term], Span), day: NaiveDate, today: NaiveDate) -> Option<Self> {
        if period == Period::Year {
            return Some(Self {
                title: format!("{}/{:02}", year.starts.year(), year.ends.year() % 100),
                span: year,
                former: None,
                next: None,
            });
        }
        let at = term_of(terms, day)?;
        let beside = |idx: Option<usize>| -> Option<(String, NaiveDate)> {
            let term = terms.get(idx?)?;
            Some((term.title.clone(), term.span.starts))
        };
        let term = terms.get(at)?;
        Some(Self {
            title: term.title.clone(),
            span: term.span,
            former: beside(at.checked_sub(1)),
            // A term that hasn't begun has nothing to look for.
            next: beside(at.checked_add(1)).filter(|(_, starts)| *starts <= today),
        })
    }
}

/// The days of a grade in one year.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Quarters or half-years.
    pub terms: Vec<Span>,
    /// Holidays; they may cut into a term.
    pub holidays: Vec<Span>,
}

impl Calendar {
    /// Whether lessons can be held on a day: within a term and outside holidays.
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        self.terms.iter().any(|term| term.holds(day)) && !self.holidays.iter().any(|holiday| holiday.holds(day))
    }

    /// The last day of the holidays that a day is in.
    pub fn holidays_end(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.holidays.iter().filter(|it| it.holds(day)).map(|it| it.ends).max()
    }

    /// The last day on which there can be a lesson.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.terms.iter().map(|term| term.ends).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_week_of_the_years_first_day_is_odd() {
        // 1 September 2026 is a Tuesday: its week began on 31 August.
        let week = |month: u32, of_month: u32| Weeks::of(day(month, of_month), day(9, 1));
        assert_eq!([week(8, 31), week(9, 1), week(9, 6)], [Weeks::Odd; 3]);
        assert_eq!([week(9, 7), week(9, 13)], [Weeks::Even; 2]);
        assert_eq!(week(9, 14), Weeks::Odd);
        // A year that begins on a Sunday has a first week of one school day at most.
        assert_eq!(Weeks::of(day(9, 7), day(9, 6)), Weeks::Even);
    }

    proptest! {
        #[test]
        fn weeks_take_turns(first in 0..400i64, days in 0..400i64) {
            let first = day(1, 1) + chrono::TimeDelta::days(first);
            let it = first + chrono::TimeDelta::days(days);
            let next = it + chrono::TimeDelta::days(7);
            prop_assert_ne!(Weeks::of(it, first), Weeks::of(next, first));
            prop_assert!(!Weeks::of(it, first).meet(Weeks::of(next, first)));
            prop_assert!(Weeks::Every.meet(Weeks::of(it, first)));
            let monday = it - chrono::TimeDelta::days(i64::from(it.weekday().num_days_from_monday()));
            prop_assert_eq!(Weeks::of(it, first), Weeks::of(monday, first));
        }
    }

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn a_day_between_terms_belongs_to_the_former() {
        let term = |title: &str, from: NaiveDate, to: NaiveDate| Term {
            title: title.to_owned(),
            span: Span { starts: from, ends: to },
        };
        let terms = [term("I", day(9, 1), day(10, 24)), term("II", day(11, 3), day(12, 30))];
        assert_eq!(term_of(&terms, day(8, 1)), Some(0));
        assert_eq!(term_of(&terms, day(10, 28)), Some(0));
        assert_eq!(term_of(&terms, day(11, 3)), Some(1));
        assert_eq!(term_of(&terms, day(12, 31)), Some(1));
        assert_eq!(term_of(&[], day(12, 31)), None);
    }

    #[test]
    fn lessons_are_held_within_a_term_and_outside_holidays() {
        let calendar = Calendar {
            terms: vec![
                Span {
                    starts: day(9, 1),
                    ends: day(10, 24),
                },
                Span {
                    starts: day(11, 3),
                    ends: day(12, 30),
                },
            ],
            holidays: vec![
                Span {
                    starts: day(10, 25),
                    ends: day(11, 2),
                },
                Span {
                    starts: day(11, 4),
                    ends: day(11, 4),
                },
            ],
        };
        assert!(calendar.is_school_day(day(9, 1)));
        assert!(!calendar.is_school_day(day(8, 31)));
        assert!(!calendar.is_school_day(day(10, 30)));
        assert!(!calendar.is_school_day(day(11, 4)));
        assert_eq!(calendar.holidays_end(day(10, 30)), Some(day(11, 2)));
        assert_eq!(calendar.last_day(), Some(day(12, 30)));
    }
}
