//! Samples of all screens, payloads and states of suggestions.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::press::{Act, View};
use super::screens::{self, Page, Shown};
use super::{ANSWER_LIMIT, Draft, Open, Suggestion, WORDS_LIMIT};
use crate::chat::{Payload, Screen};
use crate::ids::{PersonId, SchoolId, SuggestionId};
use crate::school::School;
use crate::words::Locale;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
/// A moment in microseconds: what a draft is told apart by.
const MARK: i64 = 1_795_480_800_000_000;

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let id = SuggestionId(7);
    let acts = [
        Act::Write(SchoolId(1)),
        Act::Named(MARK, true),
        Act::Named(MARK, false),
        Act::Send(MARK, true),
        Act::Send(MARK, false),
        Act::Stop,
        Act::Withdraw(id),
        Act::SeeHere(id),
        Act::Open(id),
        Act::OpenHere(id),
        Act::Answer(id),
        Act::Replace(2),
        Act::Close(id),
    ];
    let views = [
        View::Mine(1),
        View::Writing,
        View::Preview,
        View::One(id),
        View::Words(id),
        View::All(1),
        View::Read(id),
        View::ReadAnswer(id),
        View::Answering,
        View::Clash,
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Where a dialogue can stand.
pub fn states() -> [Open; 4] {
    [
        Open::Writing(SchoolId(1)),
        Open::Draft(draft(false, "Больше скамеек во дворе")),
        Open::Answering {
            id: SuggestionId(7),
            seen: 1,
        },
        Open::Clash {
            id: SuggestionId(7),
            words: "Поставим весной".to_owned(),
        },
    ]
}

fn draft(named: bool, words: &str) -> Draft {
    Draft {
        school: SchoolId(1),
        words: words.to_owned(),
        named,
        mark: MARK,
    }
}

/// The longest there is, in one of its states.
fn suggestion(id: i64) -> Suggestion {
    let at = |yes: bool| yes.then(|| NOW + TimeDelta::days(400));
    let answered = matches!(id % 5, 2);
    Suggestion {
        id: SuggestionId(id),
        school: SchoolId(1),
        author: (id % 2 == 0).then_some(PersonId(42)),
        words: "Ё<".repeat(WORDS_LIMIT / 2),
        sent_at: NOW,
        read_at: at(matches!(id % 5, 1..=3)),
        answer: answered.then(|| "Щ&".repeat(ANSWER_LIMIT / 2)),
        answered_at: at(answered),
        answered_by: answered.then_some(PersonId(43)),
        answers: i64::from(answered),
        closed_at: at(id % 5 == 3),
        withdrawn_at: at(id % 5 == 4),
        reachable: id % 7 != 0,
    }
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let long = "Константинопольская-Преображенская А. К.".repeat(2);
    let school = |id| School {
        id: SchoolId(id),
        name: "Государственное бюджетное общеобразовательное учреждение, средняя школа № 77".to_owned(),
        zone: Tz::UTC,
        phone: String::new(),
    };
    let page = |number| Page {
        number,
        zone: Tz::UTC,
        today: (NOW + TimeDelta::days(400)).date_naive(),
    };
    let many: Vec<Suggestion> = (0..9).map(suggestion).collect();
    let listed: Vec<(Suggestion, Option<String>)> = (0..9)
        .map(|id| (suggestion(id), (id % 2 == 0).then(|| long.clone())))
        .collect();
    let words = "Ё<".repeat(WORDS_LIMIT / 2);
    let name = school(1).name;
    let mut all = vec![
        (
            "suggestions",
            screens::family::mine(locale, &[school(1), school(2)], &many, page(1)),
        ),
        (
            "no suggestions",
            screens::family::mine(locale, &[school(1)], &[], page(0)),
        ),
        ("suggesting", screens::family::writing(locale, None)),
        (
            "suggesting to one of two",
            screens::family::writing(locale, Some(&name)),
        ),
        (
            "suggestion by name",
            screens::family::preview(locale, &draft(true, &words), &long, Some(&name)),
        ),
        (
            "suggestion without a name, longest",
            screens::family::preview(locale, &draft(false, &words), &long, Some(&name)),
        ),
        ("words of a suggestion", screens::family::words(locale, &suggestion(2))),
        (
            "answer to a suggestion",
            screens::family::answered(locale, &suggestion(2), "пн 24.11.2025", Some(&long)),
        ),
        (
            "suggestion, closed",
            screens::family::closed(locale, &suggestion(3), "пн 24.11.2025"),
        ),
        (
            "suggestions of parents",
            screens::office::all(locale, &listed, 1234, page(1)),
        ),
        (
            "no suggestions of parents",
            screens::office::all(locale, &[], 0, page(0)),
        ),
        ("whole answer", screens::office::answer(locale, &suggestion(2))),
        ("answering", screens::office::answering(locale, &suggestion(1))),
        (
            "correcting an answer",
            screens::office::answering(locale, &suggestion(2)),
        ),
        (
            "two answers",
            screens::office::clash(locale, &suggestion(2), Some(&long), &"Щ&".repeat(ANSWER_LIMIT / 2)),
        ),
        (
            "notice of a suggestion",
            screens::office::notice(locale, SuggestionId(7), Some(&long)),
        ),
        (
            "notice of one without a name",
            screens::office::notice(locale, SuggestionId(7), None),
        ),
        ("suggestion withdrawn", screens::office::withdrawn(locale)),
    ];
    for id in 0..10 {
        let it = suggestion(id);
        let shown = Shown {
            suggestion: &it,
            by: it.answered_by.map(|_| long.as_str()),
            author: it.author.map(|_| long.as_str()),
            now: NOW + TimeDelta::days(400),
            zone: Tz::UTC,
        };
        all.push(("one suggestion", screens::family::one(locale, &shown)));
        all.push(("one suggestion, read", screens::office::read(locale, &shown)));
    }
    all
}
