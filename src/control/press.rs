//! What the buttons of control carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, SchoolId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// The teachers of a class's lessons that lack something are reminded.
    Remind(ClassId),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// What one's own lessons lack, by pages.
    Mine(u8),
    /// A class's day: who isn't there, and what its lessons lack, by pages.
    Class(ClassId, u8),
    /// The classes that one oversees at a school, by pages.
    School(SchoolId, u8),
}

impl Pressable for Act {
    const TAG: Tag = Tag::ControlAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::ControlView;
}
