//! Who has access and who gives it (P3): the tutor's page of the class, the administrator's page of the school, slips.

pub mod flow;
pub mod press;
pub mod rights;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod search;
pub mod slips;
pub mod store;

use chrono::{DateTime, Utc};

use super::Person;
use crate::ids::{ClassId, PersonId};

/// Names on a page.
pub const PAGE: usize = 20;

/// A class whose access is looked at.
#[derive(Clone, Debug)]
pub struct Class {
    /// Which.
    pub id: ClassId,
    /// «7А».
    pub name: String,
}

/// How a person's access stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Standing {
    /// Whose.
    #[sqlx(flatten)]
    pub person: Person,
    /// Since when the person is connected.
    pub connected_at: Option<DateTime<Utc>>,
    /// Since when the chat is closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Until when a link opens that wasn't used yet.
    pub invited_until: Option<DateTime<Utc>>,
    /// Wrong digits that were entered for it so far.
    pub wrong: Option<i64>,
    /// Until when it sleeps because of them.
    pub sleeps_until: Option<DateTime<Utc>>,
}

/// A pupil of a class with everybody who belongs to the pupil.
#[derive(Clone, Debug)]
pub struct Family {
    /// The pupil.
    pub pupil: Standing,
    /// The parents.
    pub parents: Vec<Standing>,
}

/// What is to be done about a family, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyState {
    /// No parent is connected.
    NotConnected,
    /// Every connected parent has closed the chat, the last one then.
    Closed(DateTime<Utc>),
    /// A parent reads the journal.
    Connected,
}

impl Family {
    /// How it stands.
    pub fn state(&self) -> FamilyState {
        let mut connected = self.parents.iter().filter(|it| it.connected_at.is_some()).peekable();
        if connected.peek().is_none() {
            return FamilyState::NotConnected;
        }
        let closed: Option<Vec<DateTime<Utc>>> = connected.map(|it| it.closed_at).collect();
        match closed.and_then(|all| all.into_iter().max()) {
            Some(at) => FamilyState::Closed(at),
            None => FamilyState::Connected,
        }
    }

    /// Everybody of it.
    pub fn everybody(&self) -> impl Iterator<Item = &Standing> {
        std::iter::once(&self.pupil).chain(&self.parents)
    }
}

/// Those of a class who aren't connected: a slip each.
pub fn not_connected(families: &[Family]) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = Vec::new();
    for it in families.iter().flat_map(Family::everybody) {
        if it.connected_at.is_none() && !people.contains(&it.person.id) {
            people.push(it.person.id);
        }
    }
    people
}
