//! A school as records by natural keys: what a workbook tells, and in the same form what the database holds.
//!
//! Nothing here carries a database's number, so the two can be compared, and the same workbook read twice is equal.

use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;

use crate::school::Weeks;

use super::names::ClassName;

/// Everything about one school and one of its years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// By name.
    pub school: BTreeMap<String, SchoolRecord>,
    /// By title.
    pub year: BTreeMap<String, (NaiveDate, NaiveDate)>,
    /// By title and first grade.
    pub terms: BTreeMap<(String, i64), Span>,
    /// By title and first grade.
    pub holidays: BTreeMap<(String, i64), Span>,
    /// By kind of day (empty: the usual one), shift and number.
    pub bells: BTreeMap<BellKey, (NaiveTime, NaiveTime)>,
    /// Days whose bells are not the usual ones: which kind of day it is.
    pub short_days: BTreeMap<NaiveDate, String>,
    /// Rooms: how many lessons they hold at once.
    pub rooms: BTreeMap<String, i64>,
    /// By code; staff, pupils and parents alike.
    pub people: BTreeMap<String, PersonRecord>,
    /// By person and role: the grades it reaches over.
    pub roles: BTreeMap<(String, String), (i64, i64)>,
    /// Classes of the year with their shifts.
    pub classes: BTreeMap<ClassName, i64>,
    /// Class and tutor.
    pub tutors: BTreeMap<(ClassName, String), ()>,
    /// By pupil.
    pub enrolments: BTreeMap<String, ClassName>,
    /// Parent and child.
    pub guardians: BTreeMap<(String, String), ()>,
    /// By title.
    pub subjects: BTreeMap<String, ()>,
    /// Study groups.
    pub groups: BTreeMap<Course, ()>,
    /// Group and pupil.
    pub members: BTreeMap<(Course, String), ()>,
    /// By what is to be taught to whom: hours a week, in hundredths, and a year.
    pub curriculum: BTreeMap<Course, (i64, i64)>,
    /// By what is taught to whom: teacher and hours a week, in hundredths.
    pub loads: BTreeMap<Course, (String, i64)>,
    /// What, when: the room.
    pub slots: BTreeMap<SlotKey, String>,
    /// Course, date, number.
    pub changes: BTreeMap<(Course, NaiveDate, i64), ChangeRecord>,
    /// The school's text of the consent, its paragraphs parted by line breaks; of its versions the newest.
    pub consent: BTreeMap<(), String>,
}

/// Kind of day, shift, number.
pub type BellKey = (String, i64, i64);

/// Course, weekday, number, weeks.
pub type SlotKey = (Course, i64, i64, Weeks);

/// A school's own particulars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolRecord {
    /// An IANA name.
    pub time_zone: String,
    /// As it is to be shown.
    pub phone: String,
}

/// A part of the year for some grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The last grade.
    pub to_grade: i64,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day.
    pub ends: NaiveDate,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// As written in papers.
    pub surname: String,
    /// The first name.
    pub name: String,
    /// Empty for those who have none.
    pub patronymic: String,
    /// Only pupils' are asked for.
    pub birth_date: Option<NaiveDate>,
}

/// A subject taught to a class, or to a study group of it (an empty title: the whole class).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Course {
    /// The class.
    pub class: ClassName,
    /// The subject's title.
    pub subject: String,
    /// The group's title.
    pub group: String,
}

/// What differs from the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeRecord {
    /// The lesson doesn't take place.
    Cancelled,
    /// It takes place then.
    Moved(NaiveDate, i64),
    /// Somebody else gives it.
    Substituted(String),
}
