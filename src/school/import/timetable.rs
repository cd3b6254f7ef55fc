//! The week's template: every lesson has a bell and a load, nobody and no room is in two places at once.

use chrono::NaiveTime;
use std::collections::BTreeMap;

use crate::school::Weeks;

use super::calendar;
use super::cells;
use super::layout::{Column as C, Need};
use super::load::{self, Titles};
use super::names::{self, ClassName};
use super::people::{self, Met};
use super::problems::{Complaint, Problems};
use super::records::{Course, Records};
use super::table::Row;

/// A lesson of the template in its place.
struct Placed {
    row: u32,
    course: Course,
    weeks: Weeks,
    time: Time,
    room: String,
}

/// When a lesson is on its day: by its number, and by the clock where its shift has such a bell.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// By the bells.
    pub number: i64,
    /// From when to when, on a usual day.
    pub bell: Option<(NaiveTime, NaiveTime)>,
}

impl Time {
    /// When a class's lesson of this number is.
    pub fn of(class: &ClassName, number: i64, records: &Records) -> Self {
        let shift = records.classes.get(class).copied().unwrap_or(1);
        let bell = records.bells.get(&(String::new(), shift, number)).copied();
        Self { number, bell }
    }

    /// Whether nobody can be at both.
    pub fn meets(self, other: Self) -> bool {
        match (self.bell, other.bell) {
            (Some(one), Some(two)) => one.0 < two.1 && two.0 < one.1,
            _ => self.number == other.number,
        }
    }
}

/// Reads the timetable.
pub fn slots(rows: &[Row<'_>], met: &Met, titles: &Titles, records: &mut Records, problems: &mut Problems) {
    let mut week: BTreeMap<i64, Vec<Placed>> = BTreeMap::new();
    for row in rows {
        let course = load::course(row, met, titles, records, problems);
        let weekday = row.read(C::Weekday, problems, cells::weekday);
        let class = course.as_ref().map(|course| &course.class);
        let number = lesson(row, C::Lesson, Need::Filled, class, records, problems);
        let weeks = if row.holds(C::Weeks) {
            row.read(C::Weeks, problems, cells::weeks)
        } else {
            Some(Weeks::Every)
        };
        let room = room(row, records, problems);
        let (Some(course), Some(weekday), Some(number), Some(weeks)) = (course, weekday, number, weeks) else {
            continue;
        };
        check_teacher(row, &course, met, records, problems);
        let placed = Placed {
            row: row.row(),
            time: Time::of(&course.class, number, records),
            course: course.clone(),
            weeks,
            room: names::fold(&room),
        };
        let others = week.entry(weekday).or_default();
        let at_once: Vec<&Placed> = others
            .iter()
            .filter(|other| other.weeks.meet(weeks) && other.time.meets(placed.time))
            .collect();
        check_clash(row, &course, &at_once, records, problems);
        check_room(row, &placed, &room, &at_once, records, problems);
        others.push(placed);
        records.slots.insert((course, weekday, number, weeks), room);
    }
}

/// A lesson's number for which the class's shift has a bell.
pub fn lesson(
    row: &Row<'_>,
    column: C,
    need: Need,
    class: Option<&ClassName>,
    records: &Records,
    problems: &mut Problems,
) -> Option<i64> {
    if need == Need::Filled && column != C::Lesson && !row.holds(column) {
        problems.add(row.place(column), Complaint::new("empty"));
    }
    let number = row.read(column, problems, |cell| cells::whole(cell, 0..=20))?;
    let shift = class.and_then(|class| records.classes.get(class)).copied();
    let bells = records
        .bells
        .keys()
        .filter(|(kind, at, _)| kind.is_empty() && shift.is_none_or(|shift| shift == *at));
    let known: Vec<i64> = bells.map(|(.., number)| *number).collect();
    if !known.is_empty() && !known.contains(&number) {
        let last = known.iter().max().copied().unwrap_or_default();
        problems.add(
            row.place(column),
            Complaint::new("no_bell").said("value", number).said("last", last),
        );
        return None;
    }
    Some(number)
}

/// Whether two courses need the same pupils.
pub fn share_pupils(one: &Course, other: &Course, records: &Records) -> bool {
    if one.class != other.class {
        return false;
    }
    if one.group.is_empty() || other.group.is_empty() || one == other {
        return true;
    }
    if one.subject == other.subject {
        // Nobody is in two groups of one subject; where somebody is, the sheet of groups was told of it.
        return false;
    }
    let first = (one.clone(), String::new());
    let own = records
        .members
        .range(first..)
        .take_while(|((course, _), ())| course == one);
    own.into_iter()
        .any(|((_, pupil), ())| records.members.contains_key(&(other.clone(), pupil.clone())))
}

/// The code of the course's teacher.
pub fn teacher_of<'r>(course: &Course, records: &'r Records) -> &'r str {
    records.loads.get(course).map_or("", |(teacher, _)| teacher)
}

/// The room as its sheet has it; any where the sheet is empty.
fn room(row: &Row<'_>, records: &Records, problems: &mut Problems) -> String {
    let Some(typed) = row.read(C::Room, problems, cells::text) else {
        return String::new();
    };
    if let Some((title, _)) = calendar::room(&typed, records) {
        return title.clone();
    }
    if !records.rooms.is_empty() {
        let near = names::nearest(&typed, records.rooms.keys().map(String::as_str));
        let complaint = Complaint::new(if near.is_some() { "room_misspelt" } else { "room" }).said("value", &typed);
        problems.add(
            row.place(C::Room),
            near.into_iter().fold(complaint, |told, near| told.said("near", near)),
        );
    }
    typed
}

/// The teacher may stand in the timetable too; then it is the one of the load.
fn check_teacher(row: &Row<'_>, course: &Course, met: &Met, records: &Records, problems: &mut Problems) {
    let Some(told) = load::teacher(row, C::Teacher, met, records, problems) else {
        return;
    };
    let known = teacher_of(course, records);
    if told != known && !known.is_empty() {
        let name = records.people.get(known).map(people::short).unwrap_or_default();
        problems.add(
            row.place(C::Teacher),
            Complaint::new("teacher_not_of_load").said("teacher", name),
        );
    }
}

fn check_clash(row: &Row<'_>, course: &Course, others: &[&Placed], records: &Records, problems: &mut Problems) {
    let teacher = teacher_of(course, records);
    for other in others {
        if share_pupils(course, &other.course, records) {
            let key = match (
                other.course == *course,
                course.group.is_empty() || other.course.group.is_empty(),
            ) {
                (true, _) => "slot_twice",
                (false, true) => "slot_class",
                (false, false) => "slot_pupils",
            };
            let complaint = Complaint::new(key)
                .said("class", &course.class)
                .said("subject", &other.course.subject);
            problems.add(row.place(C::Subject), complaint.said("row", other.row));
        } else if !teacher.is_empty() && teacher_of(&other.course, records) == teacher {
            let column = if row.has(C::Teacher) { C::Teacher } else { C::Subject };
            let name = records.people.get(teacher).map(people::short).unwrap_or_default();
            let complaint = Complaint::new("slot_teacher")
                .said("teacher", name)
                .said("class", &other.course.class);
            problems.add(row.place(column), complaint.said("row", other.row));
        }
    }
}

/// A room holds as many lessons as its sheet says. Where it isn't listed, a gym can't be told from a mistake: the
/// second lesson is only remarked on.
fn check_room(
    row: &Row<'_>,
    placed: &Placed,
    room: &str,
    at_once: &[&Placed],
    records: &Records,
    problems: &mut Problems,
) {
    if placed.room.is_empty() {
        return;
    }
    let there: Vec<&&Placed> = at_once
        .iter()
        .filter(|other| other.room == placed.room && other.course != placed.course)
        .collect();
    let Some(last) = there.last() else { return };
    let complaint = |key| {
        Complaint::new(key)
            .said("value", room)
            .said("class", &last.course.class)
            .said("subject", &last.course.subject)
            .said("row", last.row)
    };
    match calendar::room(room, records) {
        Some((_, holds)) if i64::try_from(there.len()).unwrap_or(i64::MAX) >= holds => {
            problems.add(row.place(C::Room), complaint("room_full"));
        }
        None if records.rooms.is_empty() => problems.warn(row.place(C::Room), complaint("room_shared")),
        Some(_) | None => {}
    }
}
