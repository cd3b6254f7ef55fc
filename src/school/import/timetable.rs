//! The week's template: every lesson has a bell and a load, nobody is in two places at once.

use std::collections::BTreeMap;

use super::cells;
use super::layout::{Column as C, Need};
use super::load::{self, Titles};
use super::people::{self, Met};
use super::problems::{Complaint, Problems};
use super::records::{Course, Records};
use super::table::Row;

const WEEKDAYS: [&str; 7] = [
    "import.weekdays.1",
    "import.weekdays.2",
    "import.weekdays.3",
    "import.weekdays.4",
    "import.weekdays.5",
    "import.weekdays.6",
    "import.weekdays.7",
];

/// Lessons at one time of the week, with the rows that tell them.
type Times = BTreeMap<(i64, i64), Vec<(u32, Course)>>;

/// Reads the timetable.
pub fn slots(rows: &[Row<'_>], met: &Met, titles: &Titles, records: &mut Records, problems: &mut Problems) {
    let mut times = Times::new();
    for row in rows {
        let course = load::course(row, met, titles, records, problems);
        let weekday = row.read(C::Weekday, problems, weekday);
        let number = lesson(row, C::Lesson, Need::Filled, records, problems);
        let room = row.read(C::Room, problems, cells::text).unwrap_or_default();
        let (Some(course), Some(weekday), Some(number)) = (course, weekday, number) else {
            continue;
        };
        check_teacher(row, &course, met, records, problems);
        let others = times.entry((weekday, number)).or_default();
        check_clash(row, &course, others, records, problems);
        others.push((row.row(), course.clone()));
        records.slots.insert((course, weekday, number), room);
    }
}

/// A lesson's number for which there is a bell.
pub fn lesson(row: &Row<'_>, column: C, need: Need, records: &Records, problems: &mut Problems) -> Option<i64> {
    if need == Need::Filled && column != C::Lesson && !row.holds(column) {
        problems.add(row.place(column), Complaint::new("empty"));
    }
    let number = row.read(column, problems, |cell| cells::whole(cell, 0..=20))?;
    if !records.bells.is_empty() && !records.bells.contains_key(&number) {
        let last = records.bells.keys().next_back().copied().unwrap_or_default();
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

fn weekday(cell: &super::book::Cell) -> Result<i64, Complaint> {
    let text = cells::text(cell)?;
    let number = cells::one_of(&text, &WEEKDAYS).and_then(|at| i64::try_from(at + 1).ok());
    let number = number.or_else(|| text.parse().ok().filter(|number| (1..=7).contains(number)));
    number.ok_or_else(|| Complaint::new("weekday").said("value", text))
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

fn check_clash(row: &Row<'_>, course: &Course, others: &[(u32, Course)], records: &Records, problems: &mut Problems) {
    let teacher = teacher_of(course, records);
    for (other_row, other) in others {
        if share_pupils(course, other, records) {
            let key = match (other == course, course.group.is_empty() || other.group.is_empty()) {
                (true, _) => "slot_twice",
                (false, true) => "slot_class",
                (false, false) => "slot_pupils",
            };
            let complaint = Complaint::new(key)
                .said("class", &course.class)
                .said("subject", &other.subject);
            problems.add(row.place(C::Subject), complaint.said("row", other_row));
        } else if !teacher.is_empty() && teacher_of(other, records) == teacher {
            let column = if row.has(C::Teacher) { C::Teacher } else { C::Subject };
            let name = records.people.get(teacher).map(people::short).unwrap_or_default();
            let complaint = Complaint::new("slot_teacher")
                .said("teacher", name)
                .said("class", &other.class);
            problems.add(row.place(column), complaint.said("row", other_row));
        }
    }
}
