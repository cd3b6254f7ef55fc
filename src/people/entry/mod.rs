//! The way in: a link or code, four digits given apart from it, the name, consent, and only then the journal.
//!
//! A link alone shows nothing: it may have been forwarded. What was entered so far is in the dialogue's state.

pub mod connect;
pub mod consent;
pub mod family;
pub mod flow;
pub mod press;
mod reading;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Code;
use super::keypad::{DIGITS, Typed};
use crate::chat::Secret;
use crate::ids::PersonId;
use rand::RngExt as _;

/// How long an invitation opens, by link and by slip alike.
pub const INVITATION_DAYS: i64 = 7;
/// Wrong codes an account may type before it has to wait.
pub const CODE_TRIES: i64 = 5;
/// How long it waits then.
pub const CODE_PAUSE_MINUTES: i64 = 60;
/// Wrong digits after which an invitation sleeps.
pub const DIGIT_TRIES: i64 = 5;
/// How long it sleeps.
pub const SLEEP_MINUTES: i64 = 60;
/// Wrong digits after which it never wakes: a birthday is one of 366, and a week has time for many sleeps.
pub const DIGIT_TRIES_IN_ALL: i64 = 15;
/// Which built-in consent text this is; it grows with each change of the words. The language is kept with it.
pub const CONSENT_VERSION: u32 = 1;

/// Where somebody stands on the way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// By which invitation: a second link replaces the first.
    pub invitation: i64,
    /// What is asked now.
    pub step: Step,
    /// Digits typed so far.
    #[serde(default)]
    pub typed: Typed,
    /// Children for whom consent was put off on this way in.
    #[serde(default)]
    pub put_off: Vec<PersonId>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The digits.
    Digits,
    /// Whether the name is right.
    Name,
    /// Consent for this child.
    Consent(PersonId),
    /// Consent was put off for all children: nothing opens, the link stays unused.
    PutOff,
}

/// As what a person comes in. Whoever is staff is staff first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A member of staff.
    Staff,
    /// A parent.
    Parent,
    /// A pupil.
    Pupil,
}

impl Kind {
    /// The end of the key of its texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Parent => "parent",
            Self::Pupil => "pupil",
        }
    }
}

/// A new code with its digits: shown or printed once, kept nowhere. It has no `Debug`.
#[derive(Clone)]
pub struct Pass {
    /// What opens the first door.
    pub code: Code,
    /// What opens the second.
    pub digits: String,
}

impl Pass {
    /// A new one.
    pub fn random() -> (Self, Secret) {
        let secret = Secret {
            code: rand::rng().random(),
            digits: rand::rng().random_range(0..10_000),
        };
        (Self::of(secret), secret)
    }

    /// The pass of what an act left for its screen.
    pub fn of(secret: Secret) -> Self {
        Self {
            code: Code::from_bits(secret.code),
            digits: format!("{:0width$}", secret.digits % 10_000, width = DIGITS),
        }
    }
}

/// Whether an invitation opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// It does.
    Open,
    /// It was used then.
    Used(DateTime<Utc>),
    /// Its time was over then.
    Expired(DateTime<Utc>),
    /// Digits were wrong too often: not before then.
    Sleeps(DateTime<Utc>),
    /// It was taken back. A stranger isn't told more than of a code that never was.
    Revoked,
}

/// Whether an invitation opens now.
pub fn code_state(invitation: &store::Invitation, now: DateTime<Utc>) -> CodeState {
    match (invitation.used_at, invitation.revoked_at, invitation.sleeps_until) {
        (Some(at), ..) => CodeState::Used(at),
        (None, Some(_), _) => CodeState::Revoked,
        _ if invitation.expires_at <= now => CodeState::Expired(invitation.expires_at),
        (None, None, Some(until)) if until > now => CodeState::Sleeps(until),
        _ => CodeState::Open,
    }
}

/// What a wrong try leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// So many tries are left.
    Left(i64),
    /// It sleeps until then.
    Sleeps(DateTime<Utc>),
    /// It never opens again.
    Closed,
}

/// After so many wrong tries in all.
pub fn after_wrong(wrong: i64, now: DateTime<Utc>) -> Wrong {
    if wrong >= DIGIT_TRIES_IN_ALL {
        Wrong::Closed
    } else if wrong % DIGIT_TRIES == 0 {
        Wrong::Sleeps(now + TimeDelta::minutes(SLEEP_MINUTES))
    } else {
        Wrong::Left(tries_left(wrong))
    }
}

/// Tries left before the next sleep.
pub fn tries_left(wrong: i64) -> i64 {
    DIGIT_TRIES - wrong % DIGIT_TRIES
}

/// «0703» is 7 March.
pub fn is_birthday(typed: &str, born: NaiveDate) -> bool {
    born.format("%d%m").to_string() == typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a2_five_tries_then_sleep_and_fifteen_are_the_end() {
        let now = DateTime::from_timestamp(1_795_480_800, 0).unwrap();
        let until = now + TimeDelta::hours(1);
        let seen: Vec<Wrong> = (1..=15).map(|it| after_wrong(it, now)).collect();
        assert_eq!(seen[0], Wrong::Left(4));
        assert_eq!(seen[3], Wrong::Left(1));
        assert_eq!(
            (seen[4], seen[9], seen[14]),
            (Wrong::Sleeps(until), Wrong::Sleeps(until), Wrong::Closed)
        );
        assert_eq!(tries_left(0), 5);
    }

    #[test]
    fn a2_a_birthday_is_day_and_month() {
        let born = NaiveDate::from_ymd_opt(2013, 3, 7).unwrap();
        assert!(is_birthday("0703", born) && !is_birthday("0307", born) && !is_birthday("", born));
    }

    #[test]
    fn p3_a_pass_is_the_same_for_the_one_who_draws_it() {
        let (pass, secret) = Pass::random();
        let drawn = Pass::of(secret);
        assert!(pass.code == drawn.code && pass.digits == drawn.digits && pass.digits.len() == 4);
    }
}
