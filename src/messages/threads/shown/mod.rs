//! A talk that one of its sides shows to the administration: it is read then, and only then (T10).

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, Utc};

use crate::ids::{PersonId, ThreadId};
use crate::words::names::FullName;

/// Talks on a page of the list.
pub const PAGE: usize = 8;

/// That a talk is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Showing {
    /// Which row.
    pub id: i64,
    /// Who asked for it.
    #[sqlx(rename = "by_id")]
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A talk in the administration's list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub thread: ThreadId,
    /// Its two sides.
    pub sides: [FullName; 2],
}
