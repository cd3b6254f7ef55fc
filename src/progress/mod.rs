//! Progress: what the marks and signs of many come to, for charts and the words beside them. Looking records nothing.
//!
//! Each of these series feeds a picture and its words alike, so that neither says what the other doesn't. Averages are
//! counted by `grading` only.

pub mod flow;
pub mod pictures;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeMap;

use crate::charts::Hue;
use crate::grading::{Averages, ENOUGH_MARKS, Spread, averages, spread};
use crate::ids::{ClassId, LoadId, PersonId, SubjectId};
use crate::lessons::cell::{Sign, Value};

/// What a teacher gave in a class over days: one load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// The load.
    pub load: LoadId,
    /// Whose it is.
    pub teacher: PersonId,
    /// Its subject.
    pub subject: SubjectId,
    /// The subject's title.
    pub title: String,
    /// Lessons of which something was entered.
    pub lessons: i64,
    /// All marks: whose, what, and its weight.
    pub marks: Vec<(PersonId, Value, i64)>,
}

/// Values that are counted apart, best first; those that are no numbers aren't.
pub const COUNTED: [Value; 5] = [Value::Five, Value::Four, Value::Three, Value::Two, Value::One];

/// Marks of one matter, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What it is: a subject, a class.
    pub title: String,
    /// How many of each of [`COUNTED`].
    pub counts: [i64; 5],
    /// Their weighted average, in hundredths.
    pub average: Option<i64>,
    /// Lessons of which something was entered.
    pub lessons: i64,
    /// All marks, those that are no numbers too.
    pub marks: i64,
}

impl Tally {
    /// Counts marks, each of them so many times.
    pub fn of(title: String, lessons: i64, marks: impl Iterator<Item = (Value, i64, usize)> + Clone) -> Self {
        let mut counts = [0; 5];
        let mut all = 0;
        for (value, _, times) in marks.clone() {
            let times = i64::try_from(times).unwrap_or_default();
            all += times;
            if let Some(idx) = COUNTED.iter().position(|it| *it == value) {
                counts[idx] += times;
            }
        }
        let each = marks.flat_map(|(value, weight, times)| std::iter::repeat_n((value, weight), times));
        Self {
            title,
            counts,
            average: averages(each).map(|it| it.weighted.hundredths()),
            lessons,
            marks: all,
        }
    }

    /// Marks that are numbers.
    pub fn numbers(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// Marks a lesson, in hundredths; `None` where no lesson was entered (P10).
    pub fn a_lesson(&self) -> Option<i64> {
        (self.lessons > 0).then(|| (self.marks * 200 + self.lessons) / (self.lessons * 2))
    }
}

/// Marks by subject: loads of one subject are one.
pub fn by_subject(taught: &[Taught]) -> Vec<Tally> {
    let mut subjects: BTreeMap<(String, SubjectId), Vec<&Taught>> = BTreeMap::new();
    for it in taught {
        let key = (crate::words::sort_key(&it.title, "", ""), it.subject);
        subjects.entry(key).or_default().push(it);
    }
    let tallies = subjects.into_values().map(|loads| {
        let title = loads.first().map(|it| it.title.clone()).unwrap_or_default();
        let lessons = loads.iter().map(|it| it.lessons).sum();
        let marks = loads.iter().flat_map(|it| &it.marks);
        Tally::of(title, lessons, marks.map(|(_, value, weight)| (*value, *weight, 1)))
    });
    tallies.collect()
}

/// How a pupil stands in a subject, and where the class does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The subject.
    pub subject: SubjectId,
    /// Its title.
    pub title: String,
    /// The pupil's average, once there are enough marks.
    pub own: Option<Averages>,
    /// Where the averages of the class lie, if enough pupils have one. Nobody else's is ever in it by itself.
    pub class: Option<Spread>,
}

/// A pupil against the class, by subject; subjects in which the pupil has no mark that counts aren't among them.
pub fn standings(taught: &[Taught], pupil: PersonId, class: &[PersonId]) -> Vec<Standing> {
    let mut subjects: BTreeMap<(String, SubjectId), Vec<&Taught>> = BTreeMap::new();
    for it in taught {
        let key = (crate::words::sort_key(&it.title, "", ""), it.subject);
        subjects.entry(key).or_default().push(it);
    }
    let mut found = Vec::new();
    for ((_, subject), loads) in subjects {
        let of = |who: PersonId| {
            let marks = loads.iter().flat_map(|it| &it.marks).filter(|it| it.0 == who);
            averages(marks.map(|(_, value, weight)| (*value, *weight)))
        };
        let Some(own) = of(pupil) else { continue };
        let enough = |it: &Averages| it.count >= ENOUGH_MARKS;
        let all = class.iter().filter_map(|it| of(*it)).filter(enough);
        found.push(Standing {
            subject,
            title: loads.first().map(|it| it.title.clone()).unwrap_or_default(),
            own: Some(own).filter(enough),
            class: spread(all.map(|it| it.weighted.hundredths())),
        });
    }
    found
}

/// A mark among those of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its day.
    pub date: NaiveDate,
    /// What it is; a number.
    pub value: Value,
    /// What it counts, in hundredths.
    pub at: i64,
    /// Its weight, in hundredths.
    pub weight: i64,
    /// The weighted average with it and all before it, in hundredths, once there are enough.
    pub average: Option<i64>,
}

/// How the marks of a subject went, with the average after each; those that are no numbers don't count.
pub fn course(marks: impl IntoIterator<Item = (NaiveDate, Value, i64)>) -> Vec<Step> {
    let mut before: Vec<(Value, i64)> = Vec::new();
    let mut steps = Vec::new();
    for (date, value, weight) in marks {
        let Some(number) = crate::grading::number(value) else {
            continue;
        };
        before.push((value, weight));
        let average = averages(before.iter().copied()).filter(|it| it.count >= ENOUGH_MARKS);
        steps.push(Step {
            date,
            value,
            at: number * 100,
            weight,
            average: average.map(|it| it.weighted.hundredths()),
        });
    }
    steps
}

/// Signs of a day: how many lessons had each of [`Sign::ALL`].
pub type Signs = [i64; 4];

/// The place of a sign among [`Sign::ALL`].
pub fn place_of(sign: Sign) -> usize {
    Sign::ALL.iter().position(|it| *it == sign).unwrap_or_default()
}

/// The hue of a sign: one everywhere.
pub fn hue_of(sign: Sign) -> Hue {
    match sign {
        Sign::Absent => Hue::Vermillion,
        Sign::Ill => Hue::Sky,
        Sign::Excused => Hue::Green,
        Sign::Late => Hue::Orange,
    }
}

/// A month of a class: signs, and lessons in which attendance was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthOfSigns {
    /// Its first day.
    pub first: NaiveDate,
    /// How many of each sign.
    pub signs: Signs,
    /// Lessons in which attendance was taken.
    pub lessons: i64,
}

/// Days by month, in order.
pub fn by_month(days: &[(NaiveDate, i64, Signs)]) -> Vec<MonthOfSigns> {
    let mut months: BTreeMap<NaiveDate, MonthOfSigns> = BTreeMap::new();
    for (date, lessons, signs) in days {
        let first = date.with_day(1).unwrap_or(*date);
        let month = months.entry(first).or_insert(MonthOfSigns {
            first,
            signs: Signs::default(),
            lessons: 0,
        });
        month.lessons += lessons;
        for (sum, n) in month.signs.iter_mut().zip(signs) {
            *sum += n;
        }
    }
    months.into_values().collect()
}

/// A class beside others, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassTally {
    /// Which.
    pub class: ClassId,
    /// Its marks.
    pub tally: Tally,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn taught(load: i64, subject: i64, title: &str, marks: &[(i64, Value, i64)]) -> Taught {
        Taught {
            load: LoadId(load),
            teacher: PersonId(100 + load),
            subject: SubjectId(subject),
            title: title.to_owned(),
            lessons: 2,
            marks: marks
                .iter()
                .map(|(who, value, weight)| (PersonId(*who), *value, *weight))
                .collect(),
        }
    }

    #[test]
    fn t5_the_average_goes_with_the_marks_and_begins_when_there_are_enough() {
        let steps = course([
            (day(2), Value::Five, 100),
            (day(3), Value::Five, 200),
            (day(4), Value::Pass, 100),
            (day(5), Value::Four, 100),
            (day(6), Value::Three, 100),
        ]);
        let averages: Vec<Option<i64>> = steps.iter().map(|it| it.average).collect();
        assert_eq!(averages, [None, None, Some(475), Some(440)]);
        assert_eq!(course([]), []);
    }

    #[test]
    fn t5_groups_of_one_subject_are_one_and_marks_are_counted() {
        let english = [
            taught(1, 7, "Английский язык", &[(1, Value::Five, 100), (2, Value::Two, 200)]),
            taught(
                2,
                7,
                "Английский язык",
                &[(3, Value::Four, 100), (3, Value::Exempt, 100)],
            ),
            taught(3, 5, "Алгебра", &[]),
        ];
        let found = by_subject(&english);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].title.as_str(), found[0].average), ("Алгебра", None));
        assert_eq!(found[1].counts, [1, 1, 0, 1, 0]);
        // (5 + 4 + 2 · 2) / 4.
        assert_eq!(found[1].average, Some(325));
        // Four marks, one of them no number, in four lessons.
        assert_eq!((found[1].marks, found[1].a_lesson()), (4, Some(100)));
    }

    #[test]
    fn t5_a_class_of_few_shows_no_class() {
        let marks = |who: i64| {
            [
                (who, Value::Four, 100),
                (who, Value::Five, 100),
                (who, Value::Five, 100),
            ]
        };
        let five: Vec<_> = (1..=5).flat_map(marks).collect();
        let class: Vec<PersonId> = (1..=5).map(PersonId).collect();
        let found = standings(&[taught(1, 1, "Алгебра", &five)], PersonId(1), &class);
        assert_eq!(found[0].own.unwrap().weighted.hundredths(), 467);
        assert_eq!(found[0].class.unwrap().median, 467);
        let found = standings(&[taught(1, 1, "Алгебра", &five)], PersonId(1), &class[..4]);
        assert_eq!(found[0].class, None, "four pupils are nobody's class");
        // The fifth has two marks only: too little for an average.
        let found = standings(&[taught(1, 1, "Алгебра", &five[..14])], PersonId(1), &class);
        assert_eq!(found[0].class, None);
        assert_eq!(standings(&[taught(1, 1, "Алгебра", &five)], PersonId(9), &class), []);
    }

    #[test]
    fn t5_days_are_added_up_by_month() {
        let october = NaiveDate::from_ymd_opt(2026, 10, 30).unwrap();
        let months = by_month(&[
            (october, 3, [1, 0, 0, 0]),
            (day(2), 2, [0, 2, 0, 1]),
            (day(3), 1, [1, 0, 1, 0]),
        ]);
        assert_eq!(months.len(), 2);
        assert_eq!((months[1].lessons, months[1].signs), (3, [1, 2, 1, 1]));
    }
}
