//! The history of a lesson: append-only; undoing is one more line.

pub mod store;

use chrono::{DateTime, Utc};

use crate::ids::PersonId;

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Its row.
    pub id: i64,
    /// The version that it made.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub person_id: PersonId,
    /// Which field.
    pub field: String,
    /// Whose; 0 for the lesson itself.
    pub pupil_id: PersonId,
    /// From what.
    pub former: String,
    /// To what.
    pub later: String,
    /// Why, for a correction.
    pub reason: String,
}

/// What a line of the history says; the rest comes from the turn.
#[derive(Clone, Debug)]
pub struct Entry<'e> {
    /// Which field.
    pub field: &'static str,
    /// Whose; `None` for the lesson itself.
    pub pupil: Option<PersonId>,
    /// From what.
    pub former: &'e str,
    /// To what.
    pub later: &'e str,
    /// Why.
    pub reason: &'e str,
}
