//! What is drawn of a child: from the very series that the words beside the picture are read from.

use chrono::{Datelike as _, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

use crate::charts::{Calendar, Course, Day, Month, Point, Row, Spreads, Tone};
use crate::chat::Drawing;
use crate::grading::{BOUND_OF_4, BOUND_OF_5};
use crate::lessons::cell::Sign;
use crate::lessons::screens::{sign, value};
use crate::progress::{Signs, Standing, Step, hue_of};
use crate::school::Span;
use crate::words::{Locale, dates, plain, text};

/// The marks of a subject and their average.
pub fn course(locale: Locale, title: &str, steps: &[Step], tone: Tone) -> Drawing {
    let mut month = 0;
    let points = steps.iter().map(|it| {
        let begins = (it.date.month() != month).then(|| dates::month(locale, it.date));
        month = it.date.month();
        Point {
            at: it.at,
            said: value(locale, it.value),
            is_heavy: it.weight > 100,
            average: it.average,
            begins,
        }
    });
    let last = steps.last().and_then(|it| it.average);
    let bound = |at: i64, mark: i64| {
        let height = dates::hundredths(locale, at);
        (at, plain!(locale, "diary.chart.bound", mark = mark, height = height))
    };
    let course = Course {
        title: title.to_owned(),
        points: points.collect(),
        bounds: vec![bound(BOUND_OF_5, 5), bound(BOUND_OF_4, 4)],
        last: last.map(|it| dates::hundredths(locale, it)).unwrap_or_default(),
        names: [
            plain!(locale, "diary.chart.mark"),
            plain!(locale, "diary.chart.heavy"),
            plain!(locale, "diary.chart.average"),
        ],
        note: plain!(locale, "diary.chart.course_note"),
    };
    course.draw(tone)
}

/// All subjects against the class.
pub fn standings(locale: Locale, title: &str, standings: &[Standing], tone: Tone) -> Drawing {
    let rows = standings.iter().map(|it| {
        let own = it.own.map(|own| own.weighted.hundredths());
        Row {
            name: it.title.clone(),
            own,
            many: it.class.map(|class| (class.lower, class.median, class.upper)),
            said: own.map_or_else(|| "—".to_owned(), |own| dates::hundredths(locale, own)),
        }
    });
    let spreads = Spreads {
        title: title.to_owned(),
        rows: rows.collect(),
        names: [
            plain!(locale, "diary.chart.own"),
            plain!(locale, "diary.chart.median"),
            plain!(locale, "diary.chart.band"),
        ],
        note: plain!(locale, "diary.chart.standings_note"),
    };
    spreads.draw(tone)
}

/// The sign that a day is known by: the one that most lessons had, of as many the graver.
pub fn sign_of(signs: &Signs) -> Option<(Sign, i64)> {
    let with = Sign::ALL.into_iter().zip(*signs).filter(|(_, n)| *n > 0);
    with.fold(None, |best, (sign, n)| match best {
        Some((_, most)) if most >= n => best,
        _ => Some((sign, n)),
    })
}

/// Days with their signs. Months in which nothing was aren't drawn.
pub fn absences(
    locale: Locale,
    title: &str,
    (signs, taken): (&BTreeMap<NaiveDate, Signs>, &BTreeSet<NaiveDate>),
    (span, today): (Span, NaiveDate),
    tone: Tone,
) -> Drawing {
    let first = span.starts.with_day(1).unwrap_or(span.starts);
    let last = span.ends.min(today.max(span.starts));
    let firsts = (0..).map_while(|n| first.checked_add_months(Months::new(n)).filter(|it| *it <= last));
    let months = firsts.map(|first| {
        let days = first.iter_days().take_while(|it| it.month() == first.month());
        Month {
            name: dates::month(locale, first),
            begins: first.weekday().num_days_from_monday(),
            days: days.map(|day| day_of(locale, day, signs, taken)).collect(),
        }
    });
    let mut weekdays = [const { String::new() }; 7];
    for (name, day) in weekdays
        .iter_mut()
        .zip(span.starts.week(chrono::Weekday::Mon).first_day().iter_days())
    {
        *name = dates::weekday(locale, day);
    }
    let calendar = Calendar {
        title: title.to_owned(),
        months: months.collect(),
        weekdays,
        legend: Sign::ALL
            .into_iter()
            .map(|it| (hue_of(it), sign(locale, it), sign_name(locale, it)))
            .collect(),
        note: plain!(locale, "diary.chart.absences_note"),
    };
    calendar.draw(tone)
}

fn day_of(locale: Locale, day: NaiveDate, signs: &BTreeMap<NaiveDate, Signs>, taken: &BTreeSet<NaiveDate>) -> Day {
    match signs.get(&day).and_then(sign_of) {
        Some((it, n)) if n > 1 => Day::Said(hue_of(it), format!("{}{n}", sign(locale, it))),
        Some((it, _)) => Day::Said(hue_of(it), sign(locale, it)),
        None if taken.contains(&day) => Day::Clear,
        None => Day::Off,
    }
}

/// What a sign means.
pub fn sign_name(locale: Locale, sign: Sign) -> String {
    text(locale, &format!("progress.sign.{}", sign.code()), &[])
}
