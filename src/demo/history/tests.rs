//! The history looks like a school's, is always the same, and goes on where it was broken off.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use std::collections::BTreeMap;
use tempfile::TempDir;

use super::dice::{Dice, key};
use super::journal::{Event, events};
use super::school::{School, read};
use super::topics::{self, Courses};
use crate::access::{Actor, Identity};
use crate::db::Db;
use crate::feedback;
use crate::ids::{Account, SuggestionId};
use crate::lessons::cell::{Sign, Value};
use crate::lessons::replay::Page;
use crate::lessons::{Homework, Lesson};
use crate::school::import::{self, Outcome};
use crate::words::{dates, entries};

const WORKBOOK: &[u8] = include_bytes!("../../../assets/sample/school.xlsx");

fn until() -> DateTime<Utc> {
    "2026-11-24T00:40:00Z".parse().unwrap()
}

async fn open(folder: &TempDir) -> Db {
    let url = format!("sqlite://{}", folder.path().join("history.db").display());
    let db = Db::open(&url).await.unwrap();
    db.migrate().await.unwrap();
    let outcome = import::import(&db, WORKBOOK, until()).await.unwrap();
    assert!(matches!(outcome, Outcome::Done(_)));
    db
}

/// The school, its lists and what was pressed.
struct Told {
    school: School,
    courses: Courses,
    events: Vec<Event>,
}

async fn told() -> Told {
    let folder = TempDir::new().unwrap();
    let db = open(&folder).await;
    let first = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let mut snapshot = db.snapshot().await.unwrap();
    let school = read(&mut snapshot, first, until()).await.unwrap().unwrap();
    drop(snapshot);
    db.close().await;
    let courses = topics::read(&topics::SAMPLE).unwrap();
    let events = events(&school, &courses);
    Told {
        school,
        courses,
        events,
    }
}

impl Told {
    /// All lessons as they stand in the end, filled or not, with the days on which the first press came.
    fn lessons(&self) -> Vec<(Lesson, Option<NaiveDate>)> {
        let mut pressed: BTreeMap<usize, Vec<&Event>> = BTreeMap::new();
        for event in &self.events {
            pressed.entry(event.slot).or_default().push(event);
        }
        let mut lessons = Vec::new();
        for (idx, slot) in self.school.slots.iter().enumerate() {
            let identity = Identity {
                is_staff: true,
                lock_after_minutes: 0,
                person: slot.writer(),
                school: slot.planned.load.school_id,
                duties: Vec::new(),
            };
            let account = Account {
                transport: "test",
                id: 0,
            };
            let actor = Actor {
                guard: None,
                account,
                identities: vec![identity],
            };
            let mut page = Page::open(&actor, slot.planned.clone(), slot.pupils.clone(), slot.due).unwrap();
            let presses = pressed.get(&idx).map_or(&[] as &[_], Vec::as_slice);
            for event in presses {
                page.press(event.at, &event.press).unwrap();
            }
            let first = presses
                .first()
                .map(|event| dates::local(event.at, self.school.zone).date());
            lessons.push((page.lesson().clone(), first));
        }
        lessons
    }

    /// The same without the day that is still going on.
    fn past(&self) -> Vec<(Lesson, Option<NaiveDate>)> {
        let today = dates::local(until(), self.school.zone).date();
        let mut lessons = self.lessons();
        lessons.retain(|(lesson, _)| lesson.planned.key.date < today);
        lessons
    }
}

fn number(value: Value) -> Option<f64> {
    value.code().parse().ok()
}

fn percent(part: usize, whole: usize) -> f64 {
    let count = |it: usize| f64::from(u32::try_from(it).unwrap());
    100.0 * count(part) / count(whole)
}

#[tokio::test]
async fn the_history_looks_like_a_school() {
    let told = told().await;
    let past = told.past();
    let mut by_class: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut by_value: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_load: BTreeMap<(String, String), (usize, usize, usize)> = BTreeMap::new();
    let (mut seats, mut away, mut flawed) = (0, 0, 0);
    let mut ordinary = BTreeMap::new();
    for (lesson, first) in &past {
        let load = &lesson.planned.load;
        for mark in lesson.cells.values().flat_map(|cell| &cell.marks) {
            *by_value.entry(mark.value.code()).or_default() += 1;
            let class = crate::school::class_name(load.grade, &load.letter);
            by_class.entry(class).or_default().extend(number(mark.value));
        }
        if lesson.attendance_taken {
            seats += lesson.pupils.len();
            away += lesson.away().len();
        }
        let tally = by_load.entry((load.audience(), load.subject.clone())).or_default();
        tally.0 += 1;
        tally.1 += lesson.marks_given();
        tally.2 = lesson.pupils.len();
        *ordinary.entry(lesson.marks_given().min(9)).or_insert(0) += 1;
        if !lesson.gaps().is_empty() || *first != Some(lesson.planned.key.date) {
            flawed += 1;
        }
    }
    let marks: usize = by_value.values().sum();
    println!(
        "{} lessons, {marks} marks, by value {by_value:?}, by number {ordinary:?}",
        past.len()
    );
    for (class, marks) in &by_class {
        let n = f64::from(u32::try_from(marks.len()).unwrap());
        let mean = marks.iter().sum::<f64>() / n;
        println!("{class}: {mean:.2}");
        assert!((3.4..=4.4).contains(&mean), "{class}: {mean}");
    }
    let twos = percent(by_value.get("2").copied().unwrap_or_default(), marks);
    let attendance = 100.0 - percent(away, seats);
    let flaws = percent(flawed, past.len());
    println!("twos {twos:.1} %, attendance {attendance:.1} %, flaws {flaws:.1} %");
    assert!((1.0..=6.0).contains(&twos), "twos {twos}");
    assert!((90.0..=97.0).contains(&attendance), "attendance {attendance}");
    assert!((5.0..=12.0).contains(&flaws), "flaws {flaws}");
    for ((class, subject), (lessons, marks, pupils)) in &by_load {
        // The least for a term by the hours a week, over two terms of which the second is a third gone.
        let weekly = lessons.div_ceil(11);
        let least = if weekly >= 4 { 9 } else { 2 * weekly + 1 };
        println!(
            "{class} {subject}: {lessons} lessons, {:.1} marks a pupil",
            percent(*marks, *pupils) / 100.0
        );
        assert!(
            *marks >= least * pupils,
            "{class} {subject}: {marks} marks for {pupils}"
        );
    }
}

#[tokio::test]
async fn no_rule_of_the_school_is_broken() {
    let told = told().await;
    let calendar = |date: NaiveDate| {
        let holidays = [(10, 24, 11, 2), (11, 4, 11, 4)];
        let at = (date.month(), date.day());
        !holidays
            .iter()
            .any(|(m, d, to_m, to_d)| ((*m, *d)..=(*to_m, *to_d)).contains(&at))
            && date.weekday().number_from_monday() <= 5
    };
    let mut last_theme: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (lesson, _) in told.lessons() {
        let key = lesson.planned.key;
        assert!(calendar(key.date), "a lesson on {}", key.date);
        assert!(
            lesson.topic.as_deref().is_none_or(entries::is_russian),
            "{:?}",
            lesson.topic
        );
        if let Homework::Text(text) = &lesson.homework {
            assert!(
                !text.is_empty() && lesson.due.is_some_and(|due| due > key.date),
                "{text}: {:?}",
                lesson.due
            );
        }
        for (pupil, cell) in &lesson.cells {
            assert!(
                cell.sign != Some(Sign::Ill) || cell.marks.iter().all(|it| it.kind.is_named_in_topic()),
                "{pupil}"
            );
        }
        if let Some(topic) = lesson.topic {
            last_theme.entry(key.load).or_default().push(topic);
        }
    }
    for event in &told.events {
        let slot = &told.school.slots[event.slot];
        let day = dates::local(event.at, told.school.zone).date();
        assert!(event.at <= until() && day >= slot.planned.key.date, "{event:?}");
        assert!((day - slot.planned.key.date).num_days() <= 14, "{event:?}");
    }
    // The lists are long enough: nobody teaches the last topic again and again.
    for slot in &told.school.slots {
        let load = &slot.planned.load;
        let themes = &told.courses[&(load.grade, load.subject.clone())].themes;
        let held = told
            .school
            .slots
            .iter()
            .filter(|it| it.planned.load.id == load.id)
            .count();
        assert!(
            themes.len() >= held,
            "{} {}: {} topics for {held} lessons",
            load.grade,
            load.subject,
            themes.len()
        );
    }
    assert!(last_theme.values().all(|topics| topics.len() > 5));
}

#[tokio::test]
async fn the_day_that_the_screens_draw_is_there() {
    let told = told().await;
    let today = dates::local(until(), told.school.zone).date();
    let mut mine = told.lessons();
    mine.retain(|(lesson, _)| {
        let writer = lesson.planned.substitute.unwrap_or(lesson.planned.load.teacher_id);
        lesson.planned.key.date == today && Some(writer) == told.school.opening
    });
    let gaps: Vec<usize> = mine.iter().map(|(lesson, _)| lesson.gaps().len()).collect();
    assert_eq!(gaps, [0, 1, 4, 4, 4, 4]);
    assert_eq!(mine[1].0.homework, Homework::Missing);
}

#[tokio::test]
async fn who_is_good_at_a_subject_stays_so() {
    let told = told().await;
    let mut halves: BTreeMap<_, [Vec<f64>; 2]> = BTreeMap::new();
    for (lesson, _) in told.lessons() {
        let half = usize::from(lesson.planned.key.date.month() > 9);
        for (pupil, cell) in &lesson.cells {
            let marks = cell.marks.iter().filter_map(|mark| number(mark.value));
            halves.entry(*pupil).or_default()[half].extend(marks);
        }
    }
    let mean = |marks: &[f64]| marks.iter().sum::<f64>() / f64::from(u32::try_from(marks.len()).unwrap());
    let means: Vec<(f64, f64)> = halves.values().map(|[one, other]| (mean(one), mean(other))).collect();
    let close = means.iter().filter(|(one, other)| (one - other).abs() < 0.5).count();
    assert!(percent(close, means.len()) > 90.0, "{means:?}");
    let (low, high) = means.iter().fold((5.0_f64, 0.0_f64), |(low, high), (one, _)| {
        (low.min(*one), high.max(*one))
    });
    assert!(low < 3.6 && high > 4.6, "from {low} to {high}");
}

#[tokio::test]
async fn parents_have_suggested_something_once() {
    let folder = TempDir::new().unwrap();
    let db = open(&folder).await;
    for _ in 0..2 {
        super::suggestions::write(&db, until()).await.unwrap();
    }
    let mut found = Vec::new();
    let mut view = db.snapshot().await.unwrap();
    for id in 1..=3 {
        found.extend(feedback::store::suggestion(&mut view, SuggestionId(id)).await.unwrap());
    }
    drop(view);
    db.close().await;
    let [answered, nameless] = found.as_slice() else {
        panic!("{} suggestions", found.len());
    };
    assert!(answered.author.is_some() && answered.answer.is_some());
    assert!(nameless.author.is_none() && nameless.read_at.is_none() && nameless.reachable);
    assert_eq!(
        nameless.sent_at,
        "2026-11-22T14:00:00Z".parse::<DateTime<Utc>>().unwrap(),
        "the day alone"
    );
}

#[test]
fn luck_is_the_same_for_ever() {
    let mut dice = Dice::of(&[1, key("Анна")]);
    let drawn: Vec<i64> = (0..6).map(|_| dice.between(1, 100)).collect();
    assert_eq!(drawn, [7, 4, 2, 89, 45, 40]);
    let sum: f64 = (0..10_000).map(|_| dice.bell()).sum();
    assert!((sum / 10_000.0).abs() < 0.05);
}
