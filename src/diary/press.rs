//! What the buttons of the diary carry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::PersonId;

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// A child's day; `None` is today.
    Day(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// My first child's today, or mine.
    Mine,
}

impl Pressable for View {
    const TAG: Tag = Tag::DiaryView;
}
