//! The results as a picture.

use super::screens::Results;
use super::screens::results::{Counted, share};
use super::{Kind, Survey};
use crate::charts::{Bar, Bars, Group};
use crate::words::{Locale, plain};

/// What is drawn: each question with its options; open ones are words, which have no bars. A bar that reaches the edge is
/// everybody who answered the question that most answered.
pub fn of(locale: Locale, survey: &Survey, results: &Results, (day, time): (&str, &str)) -> Bars {
    let closed = results.questions.iter().filter(|it| it.question.kind != Kind::Open);
    let group = |it: &Counted| Group {
        title: it.question.text.clone(),
        bars: it
            .question
            .options
            .iter()
            .zip(&it.tally.counts)
            .map(|(option, n)| Bar {
                name: option.clone(),
                n: *n,
                said: share(locale, *n, it.tally.voters),
            })
            .collect(),
    };
    let key = if survey.named {
        "surveys.chart.note"
    } else {
        "surveys.chart.note_anonymous"
    };
    Bars {
        line: None,
        full: closed.clone().map(|it| it.tally.voters).max().unwrap_or_default(),
        groups: closed.map(group).collect(),
        note: plain!(locale, key, answered = results.answered(locale), day = day, time = time),
    }
}
