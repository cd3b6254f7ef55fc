//! Who doesn't write for a while (T10): an administrator says so with a reason; marks, absences and notices still come.

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{MuteId, PersonId, SchoolId};
use crate::words::names::FullName;

/// Mutes on a page.
pub const PAGE: usize = 20;

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// A day.
    Day,
    /// A week.
    Week,
    /// Until it is lifted.
    Open,
}

impl Term {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Open];

    /// When it ends by itself.
    pub fn ends(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Day => Some(now + TimeDelta::days(1)),
            Self::Week => Some(now + TimeDelta::days(7)),
            Self::Open => None,
        }
    }
}

/// A time in which somebody doesn't write.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mute {
    /// Which.
    pub id: MuteId,
    /// At which school.
    #[sqlx(rename = "school_id")]
    pub school: SchoolId,
    /// Who.
    #[sqlx(rename = "person_id")]
    pub person: PersonId,
    /// Their name.
    #[sqlx(flatten)]
    pub name: FullName,
    /// Why.
    pub reason: String,
    /// Until when; until it is lifted, where there is none.
    pub ends_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t10_a_mute_ends_by_itself_or_when_it_is_lifted() {
        let now = DateTime::UNIX_EPOCH;
        let days = |term: Term| term.ends(now).map(|at| (at - now).num_days());
        assert_eq!(Term::ALL.map(days), [Some(1), Some(7), None]);
    }
}
