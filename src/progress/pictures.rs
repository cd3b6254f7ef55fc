//! What is drawn of a class: from the very series that the words beside the picture are read from.

use super::{COUNTED, MonthOfSigns, Tally, hue_of};
use crate::charts::{Bar, Bars, Group, Hue, Stack, Stacks, Tone};
use crate::chat::Drawing;
use crate::lessons::cell::Sign;
use crate::lessons::screens::{sign, value};
use crate::words::{Locale, count, dates, plain, text};

/// Marks a lesson that a school asks for, in hundredths (P10).
pub const ASKED_A_LESSON: i64 = 400;

/// The hues of [`COUNTED`].
const HUES: [Hue; 5] = [Hue::Blue, Hue::Sky, Hue::Orange, Hue::Vermillion, Hue::Purple];

/// Which marks there are: by subject, or by class.
pub fn marks(locale: Locale, title: &str, tallies: &[Tally], tone: Tone) -> Drawing {
    let of = |idx: usize| tallies.iter().map(|it| it.counts[idx]).sum::<i64>();
    let present = (0..COUNTED.len()).filter(|idx| of(*idx) > 0);
    let legend = present
        .map(|idx| {
            (
                HUES[idx],
                value(locale, COUNTED[idx]),
                count(locale, "count.marks", of(idx)),
            )
        })
        .collect();
    let with_marks = tallies.iter().filter(|it| it.numbers() > 0);
    let rows = with_marks.map(|it| Stack {
        name: it.title.clone(),
        parts: (0..COUNTED.len())
            .map(|idx| (HUES[idx], it.counts[idx], value(locale, COUNTED[idx])))
            .collect(),
        said: it.average.map(|it| dates::hundredths(locale, it)).unwrap_or_default(),
    });
    let stacks = Stacks {
        title: title.to_owned(),
        rows: rows.collect(),
        full: None,
        legend,
        note: plain!(locale, "progress.note.marks"),
    };
    stacks.draw(tone)
}

/// Marks a lesson, by subject.
pub fn lessons(locale: Locale, title: &str, tallies: &[Tally], tone: Tone) -> Drawing {
    let bars: Vec<Bar> = tallies
        .iter()
        .filter_map(|it| {
            let n = it.a_lesson()?;
            Some(Bar {
                name: it.title.clone(),
                n,
                said: dates::hundredths(locale, n),
            })
        })
        .collect();
    let most = bars.iter().map(|it| it.n).max().unwrap_or_default();
    let chart = Bars {
        groups: vec![Group {
            above: String::new(),
            title: title.to_owned(),
            bars,
        }],
        full: most.max(ASKED_A_LESSON + 50),
        line: Some((ASKED_A_LESSON, plain!(locale, "progress.note.asked"))),
        note: plain!(locale, "progress.note.lessons"),
    };
    chart.draw(tone)
}

/// Absences by month.
pub fn absences(locale: Locale, title: &str, months: &[MonthOfSigns], tone: Tone) -> Drawing {
    let rows = months.iter().map(|month| Stack {
        name: dates::month(locale, month.first),
        parts: Sign::ALL
            .iter()
            .zip(month.signs)
            .map(|(it, n)| (hue_of(*it), n, sign(locale, *it)))
            .collect(),
        said: dates::number(month.signs.iter().sum()),
    });
    let stacks = Stacks {
        title: title.to_owned(),
        rows: rows.collect(),
        full: months.iter().map(|it| it.signs.iter().sum()).max(),
        legend: Sign::ALL
            .iter()
            .map(|it| (hue_of(*it), sign(locale, *it), sign_name(locale, *it)))
            .collect(),
        note: plain!(locale, "progress.note.absences"),
    };
    stacks.draw(tone)
}

/// What a sign means.
pub fn sign_name(locale: Locale, sign: Sign) -> String {
    text(locale, &format!("progress.sign.{}", sign.code()), &[])
}
