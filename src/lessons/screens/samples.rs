//! Samples of every screen of a lesson: a usual class, a full one with the longest names, an empty one.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::collections::BTreeMap;

use super::card::CardState;
use super::homework::Parallel;
use super::{Scene, card, day, grid, homework, pupil, texts};
use crate::absences::Reason;
use crate::chat::{Attached, FileKind, Screen};
use crate::ids::{ClassId, LessonId, LoadId, PersonId, SchoolId};
use crate::lessons::cell::{Cell, Change, Mark, Sign, Value};
use crate::lessons::enclosed::{self, Enclosure};
use crate::lessons::history::Line;
use crate::lessons::press::{CellPress, Field, Hand, Place};
use crate::lessons::store::Filled;
use crate::lessons::told::Suggested;
use crate::lessons::{Homework, Kind, Lesson};
use crate::school::store::Pupil;
use crate::timetable::{LessonKey, Load, Planned, Standing};
use crate::words::Locale;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
const SURNAMES: [&str; 6] = [
    "Абрамов",
    "Белова",
    "Иванов",
    "Иванов",
    "О'Нил-Константинопольская",
    "Ким",
];

/// A lesson of so many pupils, with everything in it.
pub fn lesson(n_pupils: usize) -> Lesson {
    let pupils: Vec<Pupil> = (0..n_pupils)
        .map(|idx| Pupil {
            id: PersonId(1_000_000 + i64::try_from(idx).unwrap()),
            surname: SURNAMES[idx % SURNAMES.len()].to_owned(),
            name: ["Алексей", "Александра", "Ян"][idx % 3].to_owned(),
            patronymic: String::new(),
        })
        .collect();
    let mark = |value, kind: Kind| Mark {
        value,
        kind,
        weight: kind.weight(),
    };
    let mut cells = BTreeMap::new();
    for (idx, pupil) in pupils.iter().enumerate() {
        let cell = match idx % 5 {
            0 => Cell {
                sign: Some(Sign::Absent),
                marks: Vec::new(),
            },
            1 => Cell {
                sign: None,
                marks: vec![mark(Value::Five, Kind::Answer), mark(Value::Four, Kind::Control)],
            },
            2 => Cell {
                sign: Some(Sign::Ill),
                marks: vec![mark(Value::Exempt, Kind::Test)],
            },
            _ => continue,
        };
        cells.insert(pupil.id, cell);
    }
    Lesson {
        id: Some(LessonId(123_456_789)),
        planned: planned(3, Standing::Held),
        topic: Some("Решение задач <b>&</b> «уравнений»".to_owned()),
        homework: Homework::Text("§ 13, № 8, 10".to_owned()),
        due: NaiveDate::from_ymd_opt(2026, 11, 25),
        kind: Kind::Answer,
        attendance_taken: true,
        version: 4_000,
        finished_at: None,
        pupils,
        cells,
        told: BTreeMap::new(),
    }
}

/// A lesson's place in the timetable.
pub fn planned(number: i64, standing: Standing) -> Planned {
    let load = Load {
        id: LoadId(98_765_432),
        school_id: SchoolId(1),
        time_zone: "Asia/Vladivostok".to_owned(),
        class_id: ClassId(7),
        grade: 11,
        letter: "А".to_owned(),
        subject: "Основы безопасности и защиты Родины".to_owned(),
        group_id: None,
        group_title: Some("гр. 1".to_owned()),
        teacher_id: PersonId(5),
    };
    let bell = NaiveTime::from_hms_opt(10, 40, 0).zip(NaiveTime::from_hms_opt(11, 25, 0));
    let key = LessonKey {
        load: load.id,
        date: TODAY,
        number,
    };
    Planned {
        key,
        load,
        bell,
        substitute: None,
        standing,
    }
}

fn empty() -> Lesson {
    Lesson {
        id: None,
        topic: None,
        homework: Homework::Missing,
        due: None,
        attendance_taken: false,
        version: 0,
        cells: BTreeMap::new(),
        ..lesson(25)
    }
}

fn moment() -> DateTime<Utc> {
    "2026-11-23T01:27:00Z".parse().unwrap()
}

/// Every screen, with a name to find it by.
#[expect(clippy::too_many_lines, reason = "a list")]
pub fn samples(locale: Locale) -> Vec<(&'static str, Screen)> {
    let (usual, bare, crowd, nobody) = (lesson(35), empty(), lesson(45), lesson(0));
    let finished = Lesson {
        finished_at: Some(moment()),
        ..lesson(35)
    };
    let control = Lesson {
        kind: Kind::Control,
        ..lesson(25)
    };
    let mut told = empty();
    for (pupil, reason) in told
        .pupils
        .clone()
        .iter()
        .zip([Reason::Ill, Reason::Doctor, Reason::Unexcused])
    {
        let by_family = reason != Reason::Unexcused;
        told.told.insert(pupil.id, Suggested::of(reason, by_family));
    }
    let foreign = Lesson {
        topic: Some("Present Perfect".to_owned()),
        ..lesson(25)
    };
    let scene = |lesson| Scene {
        locale,
        lesson,
        today: TODAY,
        zone: chrono_tz::Tz::Asia__Vladivostok,
    };
    let due = NaiveDate::from_ymd_opt(2026, 11, 25);
    let bare_state = CardState {
        awaited: Some(Field::Topic),
        due,
        undoable: true,
        ..CardState::default()
    };
    let files = homework_files();
    let line = |field: &str, former: &str, later: &str, reason: &str| Line {
        id: 1,
        version: 2,
        at: moment(),
        person_id: PersonId(5),
        field: field.to_owned(),
        pupil_id: usual.pupils[1].id,
        former: former.to_owned(),
        later: later.to_owned(),
        reason: reason.to_owned(),
    };
    let lines = vec![
        line("sign", "?", "absent", ""),
        line("marks", "4:answer:100", "5:answer:100", "wrong_button"),
        line("marks", "", "", "undo"),
    ];
    let authors = vec!["Константинопольская Е. В.".to_owned(); 3];
    let press = |idx: usize, change| CellPress {
        key: usual.planned.key,
        pupil: usual.pupils[idx].id,
        change,
        seen: 4_000,
        hand: Hand::Mark(Value::Five),
        page: 1,
    };
    let by = Some((NaiveTime::from_hms_opt(11, 2, 0).unwrap(), "Орлова Н. С.".to_owned()));
    let touched: Vec<PersonId> = usual.pupils.iter().map(|pupil| pupil.id).collect();
    let absent = Hand::Sign(Sign::Absent);
    vec![
        ("day", day::day(locale, TODAY, TODAY, &rows(), None)),
        (
            "day without lessons",
            day::day(locale, TODAY, TODAY.succ_opt().unwrap(), &[], due),
        ),
        ("card, bare", card::card(&scene(&bare), &bare_state)),
        (
            "card, full",
            card::card(
                &scene(&usual),
                &CardState {
                    hand: Some(absent),
                    files: &enclosed::files(&files),
                    parallel: true,
                    ..CardState::default()
                },
            ),
        ),
        ("card, finished", card::card(&scene(&finished), &CardState::default())),
        ("card, not Russian", card::card(&scene(&foreign), &CardState::default())),
        (
            "card to read",
            card::read_only(&scene(&usual), &enclosed::files(&files)),
        ),
        ("files of a homework", homework::list(&scene(&usual), &files)),
        ("files of a homework, none", homework::list(&scene(&usual), &[])),
        ("a file of a homework", homework::caption(locale, 10, 10)),
        (
            "homework for others",
            homework::parallel(&scene(&usual), &parallel_classes()),
        ),
        ("homework for nobody", homework::parallel(&scene(&usual), &[])),
        ("kinds, control work", card::kinds(&scene(&control), Place::Card)),
        ("kinds", card::kinds(&scene(&usual), Place::Grid(absent, 0))),
        ("missing", card::missing(&scene(&bare))),
        ("card, told", card::card(&scene(&told), &bare_state)),
        ("missing, told", card::missing(&scene(&told))),
        (
            "grid, told",
            grid::grid(&scene(&told), absent, 0, Some((2, touched.clone()))),
        ),
        ("nothing missing", card::missing(&scene(&usual))),
        (
            "done",
            card::done(
                &scene(&finished),
                &touched,
                &touched[..20],
                Some(&planned(4, Standing::Held)),
            ),
        ),
        (
            "text conflict",
            texts::text_conflict(
                &scene(&usual),
                Field::Homework,
                &"а".repeat(1000),
                &"б".repeat(1000),
                by.clone(),
            ),
        ),
        (
            "whose text",
            texts::whose_text(&scene(&usual), &"длинный <текст> ".repeat(50)),
        ),
        ("grid", grid::grid(&scene(&bare), absent, 0, Some((2, touched.clone())))),
        (
            "grid of 35",
            grid::grid(&scene(&usual), Hand::Mark(Value::Five), 0, None),
        ),
        (
            "grid of 45, second page",
            grid::grid(&scene(&crowd), Hand::Second(Value::Two), 1, None),
        ),
        (
            "grid of 45, first page",
            grid::grid(&scene(&crowd), absent, 0, Some((2, touched.clone()))),
        ),
        ("grid, finished", grid::grid(&scene(&finished), absent, 0, None)),
        ("grid of nobody", grid::grid(&scene(&nobody), absent, 0, None)),
        ("more", grid::more(&scene(&usual), absent, 0)),
        ("whom", grid::whom(&scene(&usual), absent, 0)),
        ("whom, nobody", grid::whom(&scene(&nobody), absent, 0)),
        (
            "cell",
            pupil::cell(&scene(&finished), &finished.pupils[1], &lines, Some(&"ш".repeat(300))),
        ),
        (
            "cell, away",
            pupil::cell(&scene(&finished), &finished.pupils[0], &lines[..1], None),
        ),
        (
            "cell, empty",
            pupil::cell(&scene(&finished), &finished.pupils[4], &[], None),
        ),
        (
            "comment",
            pupil::ask_comment(&scene(&finished), &finished.pupils[1], Some(&"ш".repeat(300))),
        ),
        (
            "comment, none yet",
            pupil::ask_comment(&scene(&finished), &finished.pupils[1], None),
        ),
        (
            "history",
            pupil::history(&scene(&finished), &finished.pupils[1], &lines, &authors),
        ),
        (
            "history, empty",
            pupil::history(&scene(&finished), &finished.pupils[4], &[], &[]),
        ),
        (
            "why",
            pupil::why(&scene(&finished), press(1, Change::Replace(Value::Four, Value::Five))),
        ),
        (
            "why taken",
            pupil::why(&scene(&finished), press(1, Change::Take(Value::Four))),
        ),
        (
            "another mark",
            pupil::ask_mark(&scene(&usual), press(1, Change::Put(Value::Three))),
        ),
        (
            "a mark for somebody away",
            pupil::ask_mark(&scene(&usual), press(0, Change::Put(Value::Three))),
        ),
        (
            "cell conflict",
            pupil::conflict(&scene(&usual), press(1, Change::Sign(Some(Sign::Late))), by),
        ),
    ]
}

/// As many files as there may be, each with a long name.
fn homework_files() -> Vec<Enclosure> {
    let kinds = [FileKind::Picture, FileKind::Document, FileKind::Voice];
    (1..=10)
        .zip(kinds.into_iter().cycle())
        .map(|(id, kind)| Enclosure {
            id: 98_765_000 + id,
            transport: "telegram".to_owned(),
            file: Attached {
                id: String::new(),
                name: "Литературное чтение на родном (русском) языке.pdf".to_owned(),
                size: 1,
                kind,
                album: None,
            },
        })
        .collect()
}

/// Parallel classes with a homework, without one, and with none set.
fn parallel_classes() -> Vec<Parallel> {
    let texts = [Homework::Text("§ ".repeat(500)), Homework::Missing, Homework::NotSet];
    let found = texts.into_iter().cycle().take(8).map(|homework| Parallel {
        key: planned(7, Standing::Held).key,
        audience: "11Ю, английский язык, гр. 2".to_owned(),
        due: Some(TODAY),
        homework,
    });
    found.collect()
}

fn rows() -> Vec<day::Row> {
    let now = TODAY.and_hms_opt(11, 0, 0).unwrap();
    let standings = [Standing::Held, Standing::Cancelled, Standing::MovedAway, Standing::Held];
    let filled = [Filled {
        load_id: LoadId(98_765_432),
        number: 4,
        has_topic: true,
        has_homework: true,
        attendance_taken: true,
        n_marks: 5,
        kind: "answer".to_owned(),
    }];
    let lesson = |(number, standing): (i64, Standing)| {
        let planned = Planned {
            substitute: (number == 1).then_some(PersonId(9)),
            ..planned(number, standing)
        };
        day::Row::of(planned, &filled, PersonId(9), now)
    };
    (1..).zip(standings).map(lesson).collect()
}
