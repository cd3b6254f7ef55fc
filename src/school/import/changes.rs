//! A day's changes: cancelled, moved and substituted lessons, of which each exists and collides with none.

use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeMap;

use crate::school::Weeks;

use super::calendar::{self, Year};
use super::cells;
use super::layout::{Column as C, Need};
use super::load::{self, Titles};
use super::names::{self, ClassName};
use super::people::{self, Met};
use super::problems::{Complaint, Problems};
use super::records::{ChangeRecord, Course, Records};
use super::table::Row;
use super::timetable::{Time, lesson, share_pupils, teacher_of};

/// What may happen to a lesson, by keys.
pub const KINDS: [&str; 3] = [
    "import.changes.cancelled",
    "import.changes.moved",
    "import.changes.substituted",
];

/// The lessons of the template on each weekday, with number and weeks.
type Template<'r> = BTreeMap<i64, Vec<(&'r Course, i64, Weeks)>>;

/// Reads the changes.
pub fn changes(
    rows: &[Row<'_>],
    year: Year,
    met: &Met,
    titles: &Titles,
    records: &mut Records,
    problems: &mut Problems,
) {
    let mut told = Vec::new();
    for row in rows {
        let Some((key, change)) = change(row, year, met, titles, records, problems) else {
            continue;
        };
        if records.changes.insert(key.clone(), change.clone()).is_some() {
            problems.add(row.place(C::Lesson), Complaint::new("change_twice"));
        }
        told.push((row, key, change));
    }
    let mut template = Template::new();
    for (course, weekday, number, weeks) in records.slots.keys() {
        template.entry(*weekday).or_default().push((course, *number, *weeks));
    }
    let first = year.map(|(first, _)| first);
    // Only now, when all changes are known, can it be said who is free.
    for (row, (course, date, number), change) in &told {
        let (at, teacher, column) = match change {
            ChangeRecord::Cancelled => continue,
            ChangeRecord::Moved(to_date, to_number) => ((*to_date, *to_number), teacher_of(course, records), C::ToDate),
            ChangeRecord::Substituted(substitute) => ((*date, *number), substitute.as_str(), C::Substitute),
        };
        for (other, other_teacher) in lessons_at(course, at, first, &template, records) {
            if other == course {
                continue;
            }
            let complaint = if other_teacher == teacher {
                let name = records.people.get(teacher).map(people::short).unwrap_or_default();
                Complaint::new("change_teacher").said("teacher", name)
            } else if column == C::ToDate && share_pupils(course, other, records) {
                Complaint::new("change_class")
            } else {
                continue;
            };
            problems.add(
                row.place(column),
                complaint.said("class", &other.class).said("subject", &other.subject),
            );
        }
    }
}

type Key = (Course, NaiveDate, i64);

fn change(
    row: &Row<'_>,
    year: Year,
    met: &Met,
    titles: &Titles,
    records: &Records,
    problems: &mut Problems,
) -> Option<(Key, ChangeRecord)> {
    let class = people::known_class(row, met, records, problems);
    let date = school_day(row, C::Date, class.as_ref(), year, records, problems);
    let number = lesson(row, C::Lesson, Need::Filled, class.as_ref(), records, problems);
    let what = row.read(C::What, problems, |cell| {
        let text = cells::text(cell)?;
        cells::one_of(&text, &KINDS).ok_or_else(|| Complaint::new("change_kind").said("value", text))
    });
    let change = match what? {
        0 => Some(ChangeRecord::Cancelled),
        1 => {
            let to_date = filled(row, C::ToDate, problems)
                .then(|| school_day(row, C::ToDate, class.as_ref(), year, records, problems));
            let to_number = lesson(row, C::ToLesson, Need::Filled, class.as_ref(), records, problems);
            to_date
                .flatten()
                .zip(to_number)
                .map(|(date, number)| ChangeRecord::Moved(date, number))
        }
        _ => {
            let told = filled(row, C::Substitute, problems);
            let code = told.then(|| load::teacher(row, C::Substitute, met, records, problems));
            code.flatten().map(ChangeRecord::Substituted)
        }
    };
    let at = (date?, number?);
    let course = taught(row, &class?, (at, year), titles, records, problems)?;
    if matches!(&change, Some(ChangeRecord::Substituted(code)) if code == teacher_of(&course, records)) {
        problems.add(row.place(C::Substitute), Complaint::new("substitute_same"));
    }
    Some(((course, at.0, at.1), change?))
}

/// The lesson of the template that the row means; subject and group may be left out where only one is meant.
fn taught(
    row: &Row<'_>,
    class: &ClassName,
    ((date, number), year): ((NaiveDate, i64), Year),
    titles: &Titles,
    records: &Records,
    problems: &mut Problems,
) -> Option<Course> {
    let subject = if row.holds(C::Subject) {
        Some(load::subject(row, titles, problems)?)
    } else {
        None
    };
    let group = row
        .read(C::Group, problems, cells::text)
        .map(|group| names::fold(&group));
    let weekday = i64::from(date.weekday().number_from_monday());
    let week = year.map_or(Weeks::Every, |(first, _)| Weeks::of(date, first));
    let slots = records
        .slots
        .keys()
        .filter(|(course, day, at, weeks)| (&course.class, *day, *at) == (class, weekday, number) && weeks.meet(week));
    let all: Vec<&Course> = slots.map(|(course, ..)| course).collect();
    let meant = all
        .iter()
        .filter(|course| subject.as_ref().is_none_or(|subject| *subject == course.subject));
    let meant: Vec<&&Course> = meant
        .filter(|course| group.as_ref().is_none_or(|group| *group == names::fold(&course.group)))
        .collect();
    match meant.as_slice() {
        [only] => Some((**only).clone()),
        _ if records.slots.is_empty() => None,
        [] if all.is_empty() => {
            problems.add(
                row.place(C::Lesson),
                Complaint::new("change_no_lesson").said("class", class),
            );
            None
        }
        _ => {
            let choices = all
                .iter()
                .map(|c| format!("{} {}", c.subject, c.group).trim().to_owned())
                .collect();
            let complaint = Complaint::new("change_which").either("choices", choices);
            problems.add(row.place(C::Subject), complaint);
            None
        }
    }
}

/// A date of the year on which the class isn't on holiday.
fn school_day(
    row: &Row<'_>,
    column: C,
    class: Option<&ClassName>,
    year: Year,
    records: &Records,
    problems: &mut Problems,
) -> Option<NaiveDate> {
    let date = row.read(column, problems, |cell| {
        cells::date(cell, year.map_or(2026, |year| year.0.year()))
    })?;
    if !calendar::in_year(row, column, date, year, problems) {
        return None;
    }
    let holiday = records.holidays.iter().find(|((_, from), span)| {
        let concerned = class.is_some_and(|class| (*from..=span.to_grade).contains(&class.grade));
        concerned && (span.starts..=span.ends).contains(&date)
    });
    if let Some(((title, _), _)) = holiday {
        let complaint = Complaint::new("in_holidays")
            .said("value", date.format("%d.%m.%Y"))
            .said("title", title);
        problems.add(row.place(column), complaint);
        return None;
    }
    Some(date)
}

fn filled(row: &Row<'_>, column: C, problems: &mut Problems) -> bool {
    let holds = row.holds(column);
    if !holds {
        problems.add(row.place(column), Complaint::new("empty"));
    }
    holds
}

/// Who gives what on a day while a course would have its lesson of this number, all changes considered.
fn lessons_at<'r>(
    course: &Course,
    (date, number): (NaiveDate, i64),
    first: Option<NaiveDate>,
    template: &Template<'r>,
    records: &'r Records,
) -> Vec<(&'r Course, &'r str)> {
    let time = Time::of(&course.class, number, records);
    let meets = |other: &Course, number: i64| Time::of(&other.class, number, records).meets(time);
    let week = first.map_or(Weeks::Every, |first| Weeks::of(date, first));
    let weekday = i64::from(date.weekday().number_from_monday());
    let usual = template
        .get(&weekday)
        .into_iter()
        .flatten()
        .filter(|(course, number, weeks)| weeks.meet(week) && meets(course, *number))
        .filter_map(
            |(course, number, _)| match records.changes.get(&((*course).clone(), date, *number)) {
                None => Some((*course, teacher_of(course, records))),
                Some(ChangeRecord::Substituted(substitute)) => Some((*course, substitute.as_str())),
                Some(ChangeRecord::Cancelled | ChangeRecord::Moved(..)) => None,
            },
        );
    let moved = records.changes.iter().filter(|((course, ..), change)| {
        matches!(change, ChangeRecord::Moved(to, number) if *to == date && meets(course, *number))
    });
    usual
        .chain(moved.map(|((course, ..), _)| (course, teacher_of(course, records))))
        .collect()
}
