//! Samples of digests: a child's usual evening, several children, the longest there can be.

use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;

use super::screens::{Digest, digest};
use super::{How, Plan, PlanLine, Section, What};
use crate::chat::Screen;
use crate::ids::PersonId;
use crate::lessons::Homework;
use crate::lessons::cell::Sign;
use crate::notices::discreet;
use crate::notices::{Difference, Facts};
use crate::words::Locale;

fn day(of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

fn line(number: i64, subject: &str, how: How, task: Option<Homework>) -> PlanLine {
    PlanLine {
        number,
        subject: subject.to_owned(),
        how,
        has_files: number % 2 == 0 && matches!(task, Some(Homework::Text(_))),
        task,
    }
}

/// Anna's Monday evening.
pub fn section(pupil: i64, name: &str) -> Section {
    let text = |it: &str| Some(Homework::Text(it.to_owned()));
    let plan = Plan {
        date: day(24),
        n: 4,
        starts: NaiveTime::from_hms_opt(8, 30, 0),
        with_homework: true,
        lines: vec![
            line(1, "Литература", How::Usual, text("стихотворение наизусть")),
            line(2, "Геометрия", How::Cancelled, None),
            line(3, "Физкультура", How::Usual, Some(Homework::NotSet)),
            line(4, "Английский язык", How::Substituted, text("упр. 5,\nслова")),
            line(5, "История", How::MovedHere, Some(Homework::Missing)),
            line(6, "Труд", How::MovedAway, None),
        ],
    };
    let facts = Facts {
        marks: vec![("5".to_owned(), "control".to_owned())],
        ..Facts::default()
    };
    let corrected = vec![Difference::Corrected("4".to_owned(), "5".to_owned())];
    Section {
        pupil: PersonId(pupil),
        name: name.to_owned(),
        marks: Some(vec![
            ("Алгебра".to_owned(), vec!["4".to_owned(), "5".to_owned()]),
            ("Русский язык".to_owned(), vec!["4".to_owned()]),
        ]),
        signs: Some(Vec::new()),
        missing: vec!["Биология".to_owned()],
        changed: BTreeMap::from([(
            day(20),
            vec![
                ("Физика".to_owned(), What::News(facts)),
                ("Алгебра".to_owned(), What::Changed(corrected)),
            ],
        )]),
        plan: Some(plan),
    }
}

fn longest(pupil: i64) -> Section {
    let subject = "Основы безопасности и защиты Родины, модуль второй".to_owned();
    let task = Homework::Text("упражнение, ".repeat(80));
    let mut section = section(pupil, "Константина-Александра-Анна-Мария (11А)");
    let marks = (0..8).map(|_| (subject.clone(), vec!["5".to_owned(); 3]));
    section.marks = Some(marks.collect());
    section.signs = Some((0..3).map(|_| (subject.clone(), Sign::Absent)).collect());
    section.missing = vec![subject.clone(); 2];
    if let Some(plan) = &mut section.plan {
        let lines = (1..=9).map(|number| line(number, &subject, How::Usual, Some(task.clone())));
        plan.lines = lines.collect();
    }
    section
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let anna = section(42, "Анна");
    let quiet = Section {
        marks: Some(Vec::new()),
        signs: Some(vec![("Алгебра".to_owned(), Sign::Late)]),
        missing: Vec::new(),
        changed: BTreeMap::new(),
        ..section(43, "Пётр")
    };
    let mut changes = Section {
        marks: None,
        signs: None,
        ..quiet.clone()
    };
    if let Some(plan) = &mut changes.plan {
        plan.with_homework = false;
        plan.lines.retain(|it| it.how != How::Usual);
    }
    let drawn = |sections: &[Section]| {
        digest(
            locale,
            &Digest {
                day: day(23),
                today: day(23),
                sections,
                school: Some("Муниципальная школа № 1234 имени Преображенского"),
            },
        )
    };
    vec![
        ("digest", drawn(std::slice::from_ref(&anna))),
        ("digest, two children", drawn(&[anna, quiet])),
        ("digest, changes only", drawn(&[changes])),
        ("digest, the longest", drawn(&[longest(42), longest(43)])),
        (
            "digest, many children",
            drawn(&(40..45).map(|id| section(id, "Анна-Мария")).collect::<Vec<_>>()),
        ),
        ("covered", discreet::cover(locale, day(23), day(23), 5)),
    ]
}
