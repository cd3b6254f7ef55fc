//! Letters on behaviour that wait for the head of the stage, where the school asks for it (P6).

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, Utc};

use super::Draft;
use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, SchoolId};

/// A letter that was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub id: HeldLetterId,
    /// Of which school.
    pub school: SchoolId,
    /// To families of which class.
    pub class: ClassId,
    /// By whom.
    pub author: PersonId,
    /// As it was written.
    pub draft: Draft,
    /// When it was handed in.
    pub held_at: DateTime<Utc>,
    /// How it stands.
    pub state: State,
    /// Who decided, and when.
    pub decided: Option<(PersonId, DateTime<Utc>)>,
    /// Why it was returned.
    pub remark: String,
}

/// How a held letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided yet.
    Waiting,
    /// It left as this mailing.
    Sent(MailingId),
    /// It went back with a remark.
    Returned,
    /// Its author writes it anew.
    Rewritten,
    /// Its author took it back.
    TakenBack,
}

impl State {
    /// What the key of a change has of it, where somebody was asked.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent(_) => "sent",
            Self::Returned => "returned",
            Self::Rewritten => "rewritten",
            Self::TakenBack => "taken_back",
        }
    }
}

/// The key of the letter by which somebody who decides is asked.
pub fn key(held: HeldLetterId, head: PersonId, account: i64) -> String {
    format!("held:{held}:{head}:{account}")
}
