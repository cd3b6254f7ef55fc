//! What the buttons of the pages about access carry.

use serde::{Deserialize, Serialize};

use super::rights::Rights;
use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, PersonId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A new link with digits; what wasn't used before opens no more.
    Give(PersonId),
    /// All access of a person ends.
    Revoke(PersonId),
    /// Slips for those of a class who aren't connected.
    SlipsForTheRest(ClassId),
    /// Slips for everybody of a class.
    SlipsForAll(ClassId),
    /// A surname is awaited.
    Search,
    /// An adult may do this for a child from now on.
    SetRights(PersonId, PersonId, Rights),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// U2: a class.
    Class(ClassId),
    /// A pupil with the parents.
    Family(PersonId),
    /// How a person's access stands.
    Person(PersonId),
    /// The new link, once.
    Given(PersonId),
    /// Asks before access is taken away.
    AskRevoke(PersonId),
    /// All pupils of a class, by pages.
    Pupils(ClassId, u8),
    /// Who of a class came in when, by pages.
    Entries(ClassId, u8),
    /// «Люди»: classes, and the way to the staff.
    People,
    /// The staff, by pages.
    Staff(u8),
    /// Asks for a surname.
    Search,
    /// Who was found.
    Found,
    /// What the adults of a child may do.
    Rights(PersonId),
    /// What one of them may do, and for which child.
    RightsOf(PersonId, PersonId),
    /// Asks before one may do nothing.
    AskClose(PersonId, PersonId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::PassesAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::PassesView;
}
