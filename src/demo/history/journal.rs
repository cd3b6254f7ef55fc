//! The generator: from the school and its people to the presses of a history, in the order of their moments. Pure.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

use super::dice::{Dice, key};
use super::lesson::{Draft, Scene};
use super::people::{Away, Pupil, Teacher, absences};
use super::school::{School, Slot};
use super::topics::{Courses, Gift, Theme};
use crate::ids::{ClassId, LoadId, PersonId};
use crate::lessons::replay::Press;
use crate::lessons::{Homework, Kind};
use crate::words::dates;

/// Luck for each matter is drawn apart.
const LESSON: u64 = 10;
/// A class that its teacher keeps behind the plan: this share of its lessons repeats the last topic.
const STALLS: f64 = 0.16;

/// Something that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// In which of the school's slots.
    pub slot: usize,
    /// What.
    pub press: Press,
}

/// How far a load has come.
#[derive(Default)]
struct Thread {
    next: usize,
    marks: BTreeMap<PersonId, i64>,
}

/// Who is away when.
type AwayDays = BTreeMap<PersonId, BTreeMap<NaiveDate, Away>>;

/// The presses of the whole history.
pub fn events(school: &School, courses: &Courses) -> Vec<Event> {
    let pupils: BTreeMap<PersonId, Pupil> = school.keys.iter().map(|(id, key)| (*id, Pupil::of(*key))).collect();
    let away = away(school);
    let mut threads: BTreeMap<LoadId, Thread> = BTreeMap::new();
    let stalled = stalled(school);
    let mut events = Vec::new();
    for (idx, slot) in school.slots.iter().enumerate() {
        let key = slot.planned.key;
        let Some(course) = courses.get(&(slot.planned.load.grade, slot.planned.load.subject.clone())) else {
            continue;
        };
        let mut dice = luck(slot);
        let thread = threads.entry(key.load).or_default();
        let theme = theme(thread, &course.themes, stalled == Some(key.load), &mut dice);
        let scene = scene(school, slot, &pupils, &away, (theme, course.gift));
        let mut draft = Draft::new(scene, dice, &mut thread.marks);
        draft.play();
        events.extend(
            draft
                .presses
                .into_iter()
                .map(|(at, press)| Event { at, slot: idx, press }),
        );
    }
    events.retain(|event| event.at <= school.until);
    events.sort_by_key(|event| (event.at, event.slot));
    events
}

fn luck(slot: &Slot) -> Dice {
    let load = &slot.planned.load;
    let whose = format!("{} {}", load.audience(), load.subject);
    let day = u64::from(slot.planned.key.date.num_days_from_ce().unsigned_abs());
    Dice::of(&[LESSON, key(&whose), day, slot.planned.key.number.unsigned_abs()])
}

/// The load that lags: the first of a class with a twin in its grade, taught by whoever is behind.
fn stalled(school: &School) -> Option<LoadId> {
    let mut loads = school.slots.iter().map(|slot| &slot.planned.load);
    loads
        .find(|load| Some(load.teacher_id) == school.behind && load.grade == 7)
        .map(|load| load.id)
}

/// The lesson's theme by the plan; work that is known ahead is never put off.
fn theme(thread: &mut Thread, themes: &[Theme], stalls: bool, dice: &mut Dice) -> Theme {
    let again = stalls && thread.next > 0 && dice.chance(STALLS);
    if !again {
        thread.next += 1;
    }
    let theme = themes.get(thread.next - 1).or_else(|| themes.last());
    let mut theme = theme.cloned().unwrap_or(Theme {
        topic: String::new(),
        homework: Homework::NotSet,
        kind: None,
    });
    if again {
        theme.kind = None;
    }
    theme
}

fn away(school: &School) -> AwayDays {
    let mut classes: BTreeMap<PersonId, (ClassId, i64)> = BTreeMap::new();
    for slot in &school.slots {
        let load = &slot.planned.load;
        classes.extend(slot.pupils.iter().map(|pupil| (pupil.id, (load.class_id, load.grade))));
    }
    let mut away = AwayDays::new();
    for (pupil, (class, grade)) in classes {
        let days = school.days.get(&class).map_or(&[] as &[_], Vec::as_slice);
        let luck = school.keys.get(&pupil).copied().unwrap_or_default();
        away.insert(pupil, absences(luck, grade, days));
    }
    away
}

fn scene<'s>(
    school: &'s School,
    slot: &'s Slot,
    pupils: &'s BTreeMap<PersonId, Pupil>,
    away: &AwayDays,
    (theme, gift): (Theme, Gift),
) -> Scene<'s> {
    let planned = &slot.planned;
    let key = planned.key;
    let moment = |time: NaiveTime| dates::moment(key.date, time, school.zone);
    let (starts, ends) = planned.bell.unwrap_or_default();
    let signs = slot.pupils.iter().filter_map(|pupil| {
        let it = away.get(&pupil.id)?.get(&key.date)?;
        (it.from..=it.to).contains(&key.number).then_some((pupil.id, it.sign))
    });
    let signs: BTreeMap<PersonId, _> = signs.collect();
    // Those who come back, and when: work is handed in later.
    let present_on = |pupil: PersonId, day: NaiveDate| away.get(&pupil).is_none_or(|days| !days.contains_key(&day));
    let back = signs.keys().map(|pupil| {
        let days = school
            .days
            .get(&planned.load.class_id)
            .map_or(&[] as &[_], Vec::as_slice);
        let next = days.iter().map(|(day, _)| *day).filter(|day| *day > key.date);
        (*pupil, next.clone().find(|day| present_on(*pupil, *day)))
    });
    let back = back.filter_map(|(pupil, day)| Some((pupil, day?))).collect();
    let writer = slot.writer();
    let teacher = Teacher::of(
        school.keys.get(&writer).copied().unwrap_or_default(),
        school.behind == Some(writer),
    );
    let today = dates::local(school.until, school.zone).date();
    Scene {
        slot,
        pupils,
        teacher,
        theme,
        gift,
        signs,
        back,
        starts: moment(starts),
        ends: moment(ends),
        time: time(key.date),
        is_today: key.date == today,
        is_opening: school.opening == Some(writer) && key.date == today,
        weekly: weekly(school, planned.load.id),
    }
}

/// How far a day is into the history, from 0 in September to 1 in December: the same whatever the history's last day.
fn time(day: NaiveDate) -> f64 {
    let days = i32::try_from(day.ordinal()).map_or(0, |it| it - 244);
    f64::from(days) / 91.0
}

/// Lessons a week.
fn weekly(school: &School, load: LoadId) -> usize {
    let of_load = school.slots.iter().filter(|slot| slot.planned.load.id == load);
    let places: BTreeSet<_> = of_load
        .map(|slot| {
            (
                slot.planned.key.date.weekday().number_from_monday(),
                slot.planned.key.number,
            )
        })
        .collect();
    places.len()
}

/// Whether a kind of work is written: it is marked at home, and everybody gets a mark.
pub fn is_written(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Control | Kind::Dictation | Kind::Essay | Kind::Exposition | Kind::Test | Kind::Independent
    )
}
