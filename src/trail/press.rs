//! What the buttons of the trail carry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, PersonId, SchoolId};

/// Whose deeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// Everybody's.
    All,
    /// One person's.
    Person(PersonId),
    /// Those in the lessons of a class.
    Class(ClassId),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// A day of the trail; `None` is today; on this page.
    Day(
        SchoolId,
        Whose,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
        u8,
    ),
    /// Whose? The staff, on this page.
    People(SchoolId, u8),
    /// Whose? The classes.
    Classes(SchoolId),
}

impl Pressable for View {
    const TAG: Tag = Tag::TrailView;
}
