//! What the journal knows of a pupil for a letter: marks of a week, averages of a term, lessons missed. Pure.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use std::collections::BTreeMap;

use super::Kind;
use crate::grading::{self, ENOUGH_MARKS};
use crate::lessons::cell::{Sign, Value};
use crate::words::sort_key;

/// A mark of the term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Of which subject.
    pub subject: String,
    /// On which day.
    pub date: NaiveDate,
    /// What.
    pub value: Value,
    /// Its weight in hundredths.
    pub weight: i64,
}

/// A lesson with a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// On which day.
    pub date: NaiveDate,
    /// Which lesson of it.
    pub number: i64,
    /// How the journal has it.
    pub sign: Sign,
}

/// What stands in the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The week's marks by subject.
    pub marks: Vec<(String, Vec<Value>)>,
    /// Weighted averages of the term in hundredths, of subjects with enough marks.
    pub averages: Vec<(String, i64)>,
    /// Lessons missed and lateness: of the week, or of the term where the letter is about them.
    pub away: Vec<Away>,
}

/// The week that a letter of this day is about: from Wednesday on its own, before it the last one.
pub fn week(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = today.week(Weekday::Mon).checked_first_day().unwrap_or(today);
    let monday = match today.weekday() {
        Weekday::Mon | Weekday::Tue => monday.checked_sub_days(Days::new(7)).unwrap_or(monday),
        Weekday::Wed | Weekday::Thu | Weekday::Fri | Weekday::Sat | Weekday::Sun => monday,
    };
    (monday, monday.checked_add_days(Days::new(5)).unwrap_or(monday))
}

/// The facts for a letter of a kind, from all marks and signs of the term.
pub fn of(kind: Kind, (from, to): (NaiveDate, NaiveDate), marks: &[Mark], away: &[Away]) -> Facts {
    let of_week = |date: NaiveDate| (from..=to).contains(&date);
    match kind {
        Kind::Behaviour | Kind::Praise | Kind::Other => Facts::default(),
        Kind::Absences => Facts {
            away: away.to_vec(),
            ..Facts::default()
        },
        Kind::Study => {
            let mut week: BTreeMap<(String, &str), Vec<Value>> = BTreeMap::new();
            let mut term: BTreeMap<(String, &str), Vec<(Value, i64)>> = BTreeMap::new();
            for mark in marks {
                // Neither database orders Cyrillic alike.
                let subject = (sort_key(&mark.subject, "", ""), mark.subject.as_str());
                if of_week(mark.date) {
                    week.entry(subject.clone()).or_default().push(mark.value);
                }
                term.entry(subject).or_default().push((mark.value, mark.weight));
            }
            let average = |marks: Vec<(Value, i64)>| {
                grading::averages(marks)
                    .filter(|it| it.count >= ENOUGH_MARKS)
                    .map(|it| it.weighted.hundredths())
            };
            Facts {
                marks: week
                    .into_iter()
                    .map(|((_, subject), values)| (subject.to_owned(), values))
                    .collect(),
                averages: term
                    .into_iter()
                    .filter_map(|((_, subject), marks)| Some((subject.to_owned(), average(marks)?)))
                    .collect(),
                away: away.iter().filter(|it| of_week(it.date)).copied().collect(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn mark(subject: &str, on: u32, value: Value, weight: i64) -> Mark {
        Mark {
            subject: subject.to_owned(),
            date: day(on),
            value,
            weight,
        }
    }

    #[test]
    fn p6_a_letter_at_the_weeks_beginning_is_about_the_last_one() {
        assert_eq!(week(day(23)), (day(16), day(21)));
        assert_eq!(week(day(24)), (day(16), day(21)));
        assert_eq!(week(day(25)), (day(23), day(28)));
        assert_eq!(week(day(29)), (day(23), day(28)));
    }

    #[test]
    fn p6_study_has_the_weeks_marks_and_the_terms_averages() {
        let marks = [
            mark("Физика", 18, Value::Four, 100),
            mark("Алгебра", 10, Value::Five, 200),
            mark("Алгебра", 17, Value::Three, 100),
            mark("Алгебра", 20, Value::Four, 100),
            mark("Алгебра", 23, Value::Two, 100),
        ];
        let away = [
            Away {
                date: day(9),
                number: 1,
                sign: Sign::Ill,
            },
            Away {
                date: day(20),
                number: 5,
                sign: Sign::Absent,
            },
        ];
        let facts = of(Kind::Study, week(day(23)), &marks, &away);
        assert_eq!(
            facts.marks,
            [
                ("Алгебра".to_owned(), vec![Value::Three, Value::Four]),
                ("Физика".to_owned(), vec![Value::Four])
            ]
        );
        // (5·2 + 3 + 4 + 2) / 5; physics has too few.
        assert_eq!(facts.averages, [("Алгебра".to_owned(), 380)]);
        assert_eq!(facts.away, away[1..]);
        let facts = of(Kind::Absences, week(day(23)), &marks, &away);
        assert_eq!((facts.marks.len(), facts.away.as_slice()), (0, &away[..]));
        for kind in [Kind::Behaviour, Kind::Praise, Kind::Other] {
            assert_eq!(of(kind, week(day(23)), &marks, &away), Facts::default());
        }
    }
}
