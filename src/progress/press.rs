//! What the buttons of progress carry.

use serde::{Deserialize, Serialize};

use crate::charts::Tone;
use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, SchoolId};

pub use crate::school::Period;

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Of which class, or of which grade.
    Home,
    /// A class.
    Class(ClassId, What, Period, Tone),
    /// The classes of a grade side by side.
    Grade(SchoolId, i64, Period, Tone),
}

/// What of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Which marks there are, by subject.
    Marks,
    /// Marks a lesson, by subject.
    Lessons,
    /// Absences by month.
    Absences,
}

impl What {
    /// All.
    pub const ALL: [Self; 3] = [Self::Marks, Self::Lessons, Self::Absences];
}

impl Pressable for View {
    const TAG: Tag = Tag::ProgressView;
}
