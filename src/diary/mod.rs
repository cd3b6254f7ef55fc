//! The diary: what a parent and a pupil see of a day.

pub mod flow;
pub mod press;
pub mod screens;
pub mod store;

use chrono::NaiveDate;

use crate::ids::PersonId;
use crate::lessons::Homework;
use crate::lessons::cell::Cell;
use crate::timetable::Planned;

/// A child's day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Whose.
    pub pupil: PersonId,
    /// «Анна».
    pub name: String,
    /// «7А»; empty for a child in no class.
    pub class: String,
    /// Which day.
    pub date: NaiveDate,
    /// Its lessons in order.
    pub entries: Vec<Entry>,
    /// The last day of the holidays, when the day is in them.
    pub holidays_end: Option<NaiveDate>,
}

/// A lesson in the diary.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the timetable.
    pub planned: Planned,
    /// Тема.
    pub topic: Option<String>,
    /// Домашнее задание.
    pub homework: Homework,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Marks and sign.
    pub cell: Cell,
    /// Whether anything of the lesson was entered.
    pub entered: bool,
}
