//! The trail: who did what, by day, person and class (P14). It is read by those who answer for the journal.
//!
//! Two books are read as one: the history of lessons, which keeps every entry, and the audit of everything else.

pub mod flow;
pub mod press;
pub mod screens;
pub mod store;

use chrono::{DateTime, Utc};

use crate::ids::PersonId;
use crate::words::names::FullName;

/// One line of the trail.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, and how they are called; nobody when somebody without access did it.
    pub who: Option<(PersonId, FullName)>,
    /// What.
    pub what: What,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum What {
    /// An entry in a lesson.
    Entry(Entry),
    /// Anything else: the action as the audit has it, and whom it is about.
    Act(String, Option<FullName>),
}

/// An entry in a lesson.
#[derive(Clone, Debug)]
pub struct Entry {
    /// «7А» or «7А · гр. 1».
    pub audience: String,
    /// Its subject.
    pub subject: String,
    /// The lesson's day.
    pub date: chrono::NaiveDate,
    /// The lesson's number.
    pub number: i64,
    /// As the history names the field.
    pub field: String,
    /// About whom.
    pub pupil: Option<FullName>,
    /// From what.
    pub former: String,
    /// To what.
    pub later: String,
}
