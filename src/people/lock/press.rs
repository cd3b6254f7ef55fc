//! What the buttons of the lock carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{PersonId, SchoolId};
use crate::people::keypad::Key;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A key, for whatever is asked for.
    Key(Key),
    /// Locks this account now.
    Lock,
    /// A new PIN instead of the old one.
    Change,
    /// Nothing is changed after all.
    Keep,
    /// The administrator locks a person's account.
    LockPerson(PersonId),
    /// The administrator takes a forgotten PIN off.
    TakeOff(PersonId),
    /// The administrator says after how many minutes staff accounts lock.
    After(SchoolId, i64),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The keys.
    Keys,
    /// What to do with a forgotten PIN.
    Forgotten,
    /// The locks of a school's staff, on this page.
    Locks(SchoolId, u8),
    /// One person's lock.
    LockOf(PersonId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::LockAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::LockView;
}
