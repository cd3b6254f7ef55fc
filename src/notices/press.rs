//! What the buttons of notices and of their settings carry.

use serde::{Deserialize, Serialize};

use super::settings::{Kind, Moment};
use crate::chat::{Pressable, Tag};
use crate::ids::PersonId;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A kind of news of this pupil is told at this moment from now on.
    Turn(PersonId, Kind, Moment),
    /// Letters say nothing until they are opened, or all at once. The pupil is the one whose page it is.
    Discreet(PersonId, bool),
    /// Quiet from this hour to that one; equal ones are none.
    Quiet(PersonId, u8, u8),
    /// An alarm: the school decides.
    Alarm(PersonId),
    /// A letter that says nothing is opened.
    Show(i64),
}

impl Act {
    /// Whether it stands under a letter, which stays where it is.
    pub fn is_under_a_letter(self) -> bool {
        matches!(self, Self::Show(_))
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// P10, of one pupil.
    Home(PersonId),
    /// Quiet hours, on the way from the page of this pupil.
    Quiet(PersonId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::NoticesAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::NoticesView;
}
