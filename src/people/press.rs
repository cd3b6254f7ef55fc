//! What the buttons before the door and behind it carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::PersonId;
use crate::words::Locale;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// From now on in this language.
    Speak(Locale),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// A1: anyone without access.
    Welcome,
    /// Where a code comes from.
    WhereFrom,
    /// The journal is open to this person.
    Entered(PersonId),
    /// Settings.
    Settings,
    /// Help.
    Help,
}

impl Pressable for Act {
    const TAG: Tag = Tag::PeopleAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::PeopleView;
}
