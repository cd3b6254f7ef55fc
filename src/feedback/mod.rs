//! What parents suggest to their school, by name or without, and what the school answers.
//!
//! Of a suggestion without a name nothing is kept that says whose it is, but one row: to whom the answer is brought.
//! That row goes at its time, together with the letters that were sent there. No type here but that row's has both.

pub mod flow;
pub mod post;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, SchoolId, SuggestionId};
use press::View;

/// The longest suggestion, as messengers count: what stands around it in a chat finds room too.
pub const WORDS_LIMIT: usize = 3500;
/// The longest answer, the same.
pub const ANSWER_LIMIT: usize = 3000;
/// So many a day from one parent.
pub const A_DAY: i64 = 5;
/// Suggestions on a page of a list.
pub const PAGE: usize = 8;
/// So long after the answer it is still known where one without a name came from: the answer can be read and corrected.
pub const KNOWN_AFTER: TimeDelta = TimeDelta::days(14);
/// So long at most.
pub const KNOWN_AT_MOST: TimeDelta = TimeDelta::days(90);

/// When it is forgotten where a suggestion without a name came from, when it was answered, closed or withdrawn.
pub fn forgotten_at(sent_at: DateTime<Utc>, settled_at: DateTime<Utc>) -> DateTime<Utc> {
    (settled_at + KNOWN_AFTER).min(sent_at + KNOWN_AT_MOST)
}

/// A suggestion. Whose one without a name is isn't in it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Suggestion {
    /// Which.
    pub id: SuggestionId,
    /// To which school.
    #[sqlx(rename = "school_id")]
    pub school: SchoolId,
    /// By whom; nobody without a name.
    #[sqlx(rename = "author_id")]
    pub author: Option<PersonId>,
    /// What; empty once it was withdrawn.
    pub words: String,
    /// When; without a name the beginning of that day.
    pub sent_at: DateTime<Utc>,
    /// When somebody of the school opened it first.
    pub read_at: Option<DateTime<Utc>>,
    /// What the school answers.
    pub answer: Option<String>,
    /// Since when it says so.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub answered_by: Option<PersonId>,
    /// How often it was answered: a corrected answer is one more.
    pub answers: i64,
    /// When it was closed without an answer.
    pub closed_at: Option<DateTime<Utc>>,
    /// When its author withdrew it.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Whether an answer can still be brought.
    pub reachable: bool,
}

/// How a suggestion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has read it.
    Sent,
    /// Read, not answered.
    Read,
    /// Answered.
    Answered,
    /// Closed without an answer.
    Closed,
    /// Withdrawn before anybody read it.
    Withdrawn,
}

impl Suggestion {
    /// How it stands.
    pub fn state(&self) -> State {
        if self.withdrawn_at.is_some() {
            State::Withdrawn
        } else if self.answer.is_some() {
            State::Answered
        } else if self.closed_at.is_some() {
            State::Closed
        } else if self.read_at.is_some() {
            State::Read
        } else {
            State::Sent
        }
    }
}

/// A suggestion that is written and not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// To which school.
    pub school: SchoolId,
    /// What.
    pub words: String,
    /// Whether the school sees by whom.
    pub named: bool,
    /// Told apart from others by this: the button of an older one sends nothing.
    pub mark: i64,
}

/// Where a dialogue stands. Kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// The next text is a suggestion to this school.
    Writing(SchoolId),
    /// It is written.
    Draft(Draft),
    /// The next text is the answer.
    Answering {
        /// To which.
        id: SuggestionId,
        /// How often it had been answered when the answer was begun.
        seen: i64,
    },
    /// Somebody else answered meanwhile: both answers are shown, and one is chosen.
    Clash {
        /// To which.
        id: SuggestionId,
        /// One's own answer.
        words: String,
    },
}

impl Open {
    /// The screen that stands there while it is open.
    pub fn view(&self) -> View {
        match self {
            Self::Writing(_) => View::Writing,
            Self::Draft(_) => View::Preview,
            Self::Answering { .. } => View::Answering,
            Self::Clash { .. } => View::Clash,
        }
    }
}

/// Whether a text is too long, as messengers count; says how long it is.
pub fn too_long(words: &str, limit: usize) -> Option<usize> {
    let units = words.encode_utf16().count();
    (units > limit).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    // Answered on the third day: two weeks later.
    #[case(3, 17)]
    // In the last days before it would be forgotten anyway.
    #[case(80, 90)]
    #[case(200, 90)]
    fn whose_one_without_a_name_is_is_forgotten_in_time(#[case] settled: i64, #[case] forgotten: i64) {
        let day = |n| DateTime::UNIX_EPOCH + TimeDelta::days(n);
        assert_eq!(forgotten_at(day(0), day(settled)), day(forgotten));
    }

    #[test]
    fn length_is_what_a_messenger_counts() {
        assert_eq!(too_long(&"Ё".repeat(WORDS_LIMIT), WORDS_LIMIT), None);
        assert_eq!(
            too_long(&"🙂".repeat(WORDS_LIMIT / 2 + 1), WORDS_LIMIT),
            Some(WORDS_LIMIT + 2)
        );
    }
}
