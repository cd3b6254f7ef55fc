//! What a school rules of talk (T10) and of letters (P6): who writes to whom, and what passes the head first.

pub mod flow;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use serde::{Deserialize, Serialize};

use crate::access::talk::Pair;
use crate::ids::{HeldLetterId, PersonId, SchoolId};
use crate::messages::mutes::Term;

/// The longest reason: it stands in a message with what it is about.
pub const REASON_LIMIT: usize = 500;

/// What a school rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Letters on behaviour pass the head of the stage first.
    pub review: bool,
    /// Between whom nobody writes.
    pub closed: Vec<Pair>,
}

/// Which text is awaited. Kept as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Awaited {
    /// Why a letter goes back to its author.
    Remark(HeldLetterId),
    /// Why somebody doesn't write for a while.
    Reason(PersonId, Term),
    /// Words for all tutors.
    Words(SchoolId),
}
