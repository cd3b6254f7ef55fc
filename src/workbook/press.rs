//! What the buttons about the workbook carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::SchoolId;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A checked workbook is loaded.
    Load(i64),
    /// It isn't wanted.
    Drop(i64),
    /// Its copy with marks is sent.
    Mark(i64),
    /// The school's other title is on purpose: it is checked again.
    Renamed(i64),
    /// The empty workbook is sent.
    Template(SchoolId),
    /// The workbook that was loaded last is sent back.
    SendBack(SchoolId),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// How a school's data are loaded.
    Home(SchoolId),
    /// What became of a workbook.
    Book(i64),
    /// What was loaded when, by pages.
    Loads(SchoolId, u8),
}

impl Pressable for Act {
    const TAG: Tag = Tag::WorkbookAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::WorkbookView;
}
