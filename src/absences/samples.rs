//! Samples of all screens, payloads and states of absences.

use chrono::{DateTime, Days as ChronoDays, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

use super::press::{Act, View};
use super::screens::family::{self, Ahead, Choice, Shown};
use super::screens::letters::{self, Pupil};
use super::screens::tutor::{self, Month, Names, Page};
use super::screens::{Child, Today};
use super::{Absence, Days, Draft, First, Inquiry, Open, PAGE, Reason, Run, Sum, Told, WORDS_LIMIT};
use crate::chat::enclosed::Enclosed;
use crate::chat::{Attached, FileKind, Payload, Screen};
use crate::ids::{AbsenceId, ClassId, InquiryId, LessonId, PersonId};
use crate::people::passes::Class;
use crate::school::Span;
use crate::words::Locale;
use crate::words::names::FullName;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const PUPIL: PersonId = PersonId(42);

fn day(offset: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    first.checked_add_days(ChronoDays::new(offset)).unwrap()
}

fn days(n: u64) -> Days {
    Days {
        pupil: PUPIL,
        from: day(0),
        to: day(n),
    }
}

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let (id, asked, class) = (AbsenceId(7), InquiryId(9), ClassId(3));
    let mut acts = vec![
        Act::OtherDay(PUPIL),
        Act::Stop(PUPIL),
        Act::Withdraw(id),
        Act::End(id, day(3)),
        Act::ShowNote(id),
        Act::Ill(asked),
        Act::OtherReason(asked),
        Act::DontKnow(asked),
        Act::Accept(id),
        Act::AcceptHere(id),
        Act::Ask(days(2)),
        Act::AskAll(class),
        Act::OpenHere(class),
    ];
    for reason in Reason::ALL {
        let told = Told { days: days(2), reason };
        acts.extend([
            Act::Choose(told),
            Act::Send(told),
            Act::Explain(told),
            Act::Because(asked, reason),
        ]);
    }
    let views = [
        View::When(PUPIL),
        View::Dates(PUPIL, 1),
        View::First(PUPIL, 1),
        View::Last(PUPIL, day(0), 1),
        View::Why(days(2)),
        View::Preview,
        View::Note,
        View::Mine(PUPIL),
        View::One(id),
        View::Until(id, 1),
        View::AskedWhy(asked),
        View::TutorKnows(asked),
        View::Class(class),
        View::Unknown(days(2)),
        View::Read(id),
        View::Month(class, day(0), 1),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

fn photo() -> Attached {
    Attached {
        id: "photo".to_owned(),
        name: String::new(),
        size: 1,
        kind: FileKind::Picture,
        album: None,
    }
}

/// Where a dialogue can stand.
pub fn states() -> [Open; 3] {
    let told = |reason| Told { days: days(2), reason };
    [
        Open::Dates(PUPIL),
        Open::Draft(Draft::new(told(Reason::Ill), Some(InquiryId(9)))),
        Open::Draft(Draft {
            words: "Олимпиада".to_owned(),
            note: Some(photo()),
            ..Draft::new(told(Reason::Other), None)
        }),
    ]
}

fn absence(n: i64) -> Absence {
    let at = |yes: bool| yes.then(|| NOW + TimeDelta::days(400));
    Absence {
        id: AbsenceId(n),
        pupil: PersonId(n),
        starts: day(0),
        ends: day(u64::from(n % 2 == 0) * 20),
        reason: Reason::ALL[usize::try_from(n).unwrap() % Reason::ALL.len()],
        words: if n % 3 == 0 {
            "Ё<".repeat(WORDS_LIMIT / 2)
        } else {
            String::new()
        },
        note: Enclosed((n % 2 == 0).then(photo)),
        by: PersonId(1),
        at: NOW,
        by_family: n % 4 != 1,
        accepted_at: at(n % 4 < 2),
        withdrawn_at: at(n % 4 == 2),
    }
}

/// Every screen.
#[expect(clippy::too_many_lines, reason = "a list")]
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let long = "Константинопольская-Преображенская А. К.".repeat(2);
    let today = Today {
        date: day(0),
        zone: Tz::UTC,
    };
    let child = Child {
        id: PUPIL,
        name: "Константина-Александра-Анна-Мария".to_owned(),
        class: "11А".to_owned(),
    };
    let classless = Child {
        class: String::new(),
        ..child.clone()
    };
    let twins = [child.clone(), classless.clone()];
    let many: Vec<NaiveDate> = (0..=u64::try_from(PAGE).unwrap()).map(day).collect();
    let choice = |page| Choice {
        days: &many,
        page,
        today: day(0),
    };
    let all: Vec<Absence> = (0..12).map(absence).collect();
    let draft = |reason, words: &str| Draft {
        words: words.to_owned(),
        note: Some(photo()),
        ..Draft::new(Told { days: days(2), reason }, None)
    };
    let inquiry = Inquiry {
        id: InquiryId(9),
        pupil: PUPIL,
        starts: day(0),
        ends: day(2),
        lesson: None,
        unknown_at: None,
        absence: None,
        closed_at: None,
    };
    let lesson = First {
        lesson: LessonId(1),
        date: day(0),
        number: 1,
        starts: None,
        subject: "Основы безопасности и защиты Родины".to_owned(),
    };
    let run = |n: u64| Run {
        days: days(n),
        n_days: usize::try_from(n).unwrap() + 1,
        lessons: (1..8).map(|number| (day(0), number)).collect(),
    };
    let name = FullName {
        surname: "Константинопольская-Преображенская".into(),
        name: "Анна-Мария".into(),
        patronymic: "Олеговна".into(),
    };
    let pupils: Vec<(PersonId, FullName)> = (0..45).map(|id| (PersonId(id), name.clone())).collect();
    let names = Names::of(&pupils);
    let class = Class {
        id: ClassId(3),
        name: "11А".to_owned(),
    };
    let runs: Vec<Run> = (0..12)
        .map(|n| Run {
            days: Days {
                pupil: PersonId(n),
                ..days(u64::try_from(n).unwrap())
            },
            ..run(u64::try_from(n).unwrap())
        })
        .collect();
    let page = |runs, waiting, known| Page {
        class: &class,
        names: &names,
        runs,
        waiting,
        known,
        today,
    };
    let sum = Sum {
        all: 1234,
        ill: 1,
        valid: 2,
        unexcused: 3,
        unknown: 4,
    };
    let sums: BTreeMap<PersonId, Sum> = (0..45).map(|id| (PersonId(id), sum)).collect();
    let none = BTreeMap::new();
    let month = |sums, page| Month {
        class: &class,
        names: &names,
        first: day(0),
        year: Span {
            starts: day(0),
            ends: day(200),
        },
        sums,
        page,
    };
    let pupil = Pupil {
        name: &long,
        class: (class.id, &class.name),
    };
    let ahead = Ahead {
        today: Some(day(0)),
        next: Some(day(1)),
    };
    let far = Ahead {
        today: None,
        next: Some(day(300)),
    };
    let asked = letters::alarm(locale, InquiryId(9), &child.name, &lesson);
    let mut found = vec![
        (
            "absence, when",
            family::when(locale, (&child, &twins), ahead, &all[..4], today),
        ),
        (
            "absence, when, no class",
            family::when(locale, (&classless, &[]), Ahead::default(), &[], today),
        ),
        (
            "absence, when, far",
            family::when(locale, (&child, &[]), far, &[], today),
        ),
        ("absence, another day", family::other_day(locale, &child, choice(1))),
        ("absence, from", family::first(locale, &child, choice(0))),
        ("absence, until", family::last(locale, &child, day(0), choice(1))),
        ("absence, why", family::why(locale, &child, days(2), day(0))),
        (
            "absence, preview",
            family::preview(locale, &child, &draft(Reason::Ill, &"Ё<".repeat(150)), day(0)),
        ),
        (
            "absence, no words",
            family::preview(locale, &child, &draft(Reason::Other, ""), day(0)),
        ),
        ("absence, note", family::note(locale)),
        ("absences told", family::mine(locale, &child, &all, today)),
        ("no absences told", family::mine(locale, &child, &[], today)),
        (
            "absence, asked why",
            family::asked_why(locale, &child, &inquiry, day(0)),
        ),
        (
            "absence, tutor knows",
            family::tutor_knows(locale, &long, "20-00-00", true),
        ),
        ("absence, no tutor", family::tutor_knows(locale, "", "", false)),
        (
            "absence, asked",
            letters::asked(locale, InquiryId(9), (&child.name, &long), &run(0), day(0)),
        ),
        (
            "absence, asked, days",
            letters::asked(locale, InquiryId(9), (&child.name, &long), &run(5), day(0)),
        ),
        (
            "absence, nobody knows",
            letters::nobody_knows(locale, asked.clone(), &long, "8:52"),
        ),
        ("absence, alarm", asked),
        (
            "absence, unknown",
            letters::unknown(locale, pupil, "24–26.11", (&long, "8:52")),
        ),
        ("absence, found", letters::found(locale, pupil)),
        ("absence, note's words", letters::note(locale, &long)),
        ("absences of a class", tutor::class(locale, page(&runs, &all, &all))),
        ("no absences of a class", tutor::class(locale, page(&[], &[], &[]))),
        (
            "absence without a reason",
            tutor::unknown(locale, (&class, &long), &run(0), None, today),
        ),
        (
            "absence without a reason, asked",
            tutor::unknown(locale, (&class, &long), &run(5), Some("вт 24.11, 12:30"), today),
        ),
        ("absences by month", tutor::month(locale, month(&sums, 1))),
        ("no absences in a month", tutor::month(locale, month(&none, 0))),
    ];
    for it in &all {
        let shown = Shown {
            absence: it,
            by: &long,
            today,
        };
        found.push(("an absence", family::one(locale, &child, shown)));
        found.push(("an absence, read", tutor::read(locale, (&class, &long), shown)));
        found.push(("an absence, told", letters::told(locale, pupil, shown)));
        found.push(("an absence, answered", letters::answered(locale, &child.name, shown)));
        found.push((
            "an absence, until",
            family::until(locale, &child, it, Some(day(3)), day(0)),
        ));
        found.push(("an absence, its end", family::end(locale, &child, it, choice(1))));
    }
    found
}
