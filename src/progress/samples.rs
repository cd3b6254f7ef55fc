//! Samples of the screens of progress, and of what their buttons carry.

use chrono::NaiveDate;

use super::press::{Period, View, What};
use super::screens::{self, Series};
use super::{ClassTally, MonthOfSigns, Tally};
use crate::charts::Tone;
use crate::chat::{Payload, Screen};
use crate::ids::{ClassId, SchoolId};
use crate::lessons::cell::Value;
use crate::people::passes::Class;
use crate::school::{Span, Stretch};
use crate::words::Locale;

const CLASS: ClassId = ClassId(9_876_543_210);
const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let mut views = vec![View::Home];
    for what in What::ALL {
        views.push(View::Class(CLASS, what, Period::Of(DAY), Tone::Dark));
    }
    views.push(View::Grade(SchoolId(9_876_543_210), 11, Period::Year, Tone::Light));
    views.iter().map(Payload::of).collect()
}

fn tally(title: &str, lessons: i64, n: usize) -> Tally {
    let marks = [
        (Value::Five, 100, n),
        (Value::Four, 200, n * 2),
        (Value::Two, 100, n / 3),
        (Value::Pass, 100, n),
    ];
    Tally::of(title.to_owned(), lessons, marks.into_iter())
}

fn tallies(n: usize) -> Vec<Tally> {
    (0..n)
        .map(|idx| {
            tally(
                &format!("{idx:02} литературное чтение на родном (русском) языке"),
                30,
                idx * 7,
            )
        })
        .collect()
}

/// Every screen: nothing yet, one, and too many of what has long names.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let stretch = Stretch {
        title: "II полугодие".to_owned(),
        span: Span { starts: DAY, ends: DAY },
        former: Some(("I полугодие с длинным названием".to_owned(), DAY)),
        next: Some(("III полугодие с длинным названием".to_owned(), DAY)),
    };
    let class = Class {
        id: CLASS,
        name: "11Ю".to_owned(),
    };
    let months = |n: u32| -> Vec<MonthOfSigns> {
        let month = |idx: u32| MonthOfSigns {
            first: NaiveDate::from_ymd_opt(2026, idx, 1).unwrap(),
            signs: [12, 1_240, 0, 7],
            lessons: 12_400,
        };
        (1..=n).map(month).collect()
    };
    let every = [
        Series::Marks(Vec::new()),
        Series::Marks(tallies(1)),
        Series::Marks(tallies(60)),
        Series::Lessons(Vec::new()),
        Series::Lessons(tallies(1)),
        Series::Lessons(tallies(60)),
        Series::Absences(Vec::new()),
        Series::Absences(months(1)),
        Series::Absences(months(12)),
    ];
    let crowd = vec![class.clone(); 100];
    let grades: Vec<(SchoolId, i64)> = (1..=11).map(|it| (SchoolId(9_876_543_210), it)).collect();
    let mut all = vec![
        ("charts, home", screens::home(locale, &crowd, &grades)),
        ("charts, home of one", screens::home(locale, &crowd[..1], &[])),
    ];
    for tone in [Tone::Light, Tone::Dark] {
        for (series, whole) in every.iter().flat_map(|it| [(it, true), (it, false)]) {
            let asked = (Period::Of(DAY), tone);
            all.push((
                "charts of a class",
                screens::class(locale, (&class, whole), (series, &stretch), asked),
            ));
        }
        for n in [0, 1, 60] {
            let beside: Vec<ClassTally> = (0..n)
                .map(|idx| ClassTally {
                    class: CLASS,
                    tally: tally("11Ю", 0, idx * 7),
                })
                .collect();
            let grade = screens::grade(
                locale,
                (SchoolId(9_876_543_210), 11),
                (&beside, &stretch),
                (Period::Year, tone),
            );
            all.push(("charts of a grade", grade));
        }
    }
    all
}
