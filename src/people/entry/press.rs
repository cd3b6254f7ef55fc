//! What the buttons on the way in carry. Each step names its invitation, so that a former link's buttons do nothing to a later one.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::PersonId;
use crate::people::keypad::Key;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A key of the pad.
    Key(i64, Key),
    /// The name is right.
    Mine(i64),
    /// It isn't.
    NotMine(i64),
    /// Consent for a child.
    Agree(PersonId),
    /// Consent is put off on the way in.
    PutOff(i64),
    /// Consent for a child is taken back.
    Withdraw(PersonId),
    /// A6: the other adult is known.
    Known(PersonId),
    /// A6: nobody knows the other adult.
    Unknown(PersonId),
    /// Consent for a child to this version of the text; 0 is the built-in one.
    AgreeTo(PersonId, i64),
}

impl Act {
    /// Whether its button stands under a letter, which stays as it is.
    pub fn is_under_a_letter(self) -> bool {
        matches!(self, Self::Known(_) | Self::Unknown(_))
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// What is asked now.
    Step,
    /// Where the digits come from.
    NoDigits,
    /// «Нет, не мой».
    NotYours,
    /// A page of the consent's text, for a child; 0 is the first.
    Text(PersonId, u8),
    /// A child's consent: asked for, or how it stands.
    Consent(PersonId),
    /// Asks before it is taken back.
    AskWithdraw(PersonId),
    /// It is taken back.
    Withdrawn(PersonId),
    /// What was done about the other adult.
    Answered,
    /// A page of this version of the text, for a child.
    Version(PersonId, i64, u8),
}

impl Pressable for Act {
    const TAG: Tag = Tag::EntryAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::EntryView;
}
