//! A school as records by natural keys: what a workbook tells, and in the same form what the database holds.
//!
//! Nothing here carries a database's number, so the two can be compared, and the same workbook read twice is equal.

use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;

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
    /// By number.
    pub bells: BTreeMap<i64, (NaiveTime, NaiveTime)>,
    /// By code; staff, pupils and parents alike.
    pub people: BTreeMap<String, PersonRecord>,
    /// By person and role: the grades it reaches over.
    pub roles: BTreeMap<(String, String), (i64, i64)>,
    /// Classes of the year.
    pub classes: BTreeMap<ClassName, ()>,
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
    /// By what is taught to whom: teacher and hours a week.
    pub loads: BTreeMap<Course, (String, i64)>,
    /// Course, weekday, number: the room.
    pub slots: BTreeMap<(Course, i64, i64), String>,
    /// Course, date, number.
    pub changes: BTreeMap<(Course, NaiveDate, i64), ChangeRecord>,
}

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
