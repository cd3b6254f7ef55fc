//! What the buttons of the rules carry.

use serde::{Deserialize, Serialize};

use crate::access::talk::Pair;
use crate::chat::{Pressable, Tag};
use crate::ids::{MuteId, PersonId, SchoolId, TemplateId};
use crate::messages::mutes::Term;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A pair is open or closed.
    Pair(SchoolId, Pair, bool),
    /// Letters on behaviour pass the head first, or leave at once.
    Review(SchoolId, bool),
    /// The next text is the reason for which somebody doesn't write so long.
    Mute(PersonId, Term),
    /// Somebody writes again.
    Lift(MuteId),
    /// The next text is kept for all tutors.
    AddWords(SchoolId),
    /// Words aren't kept any more.
    DropWords(SchoolId, TemplateId),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The switches.
    Home(SchoolId),
    /// How it stands with somebody's right to write.
    Mute(PersonId),
    /// Who doesn't write, by pages.
    Mutes(SchoolId, u8),
    /// A reason is awaited.
    Muting(PersonId, Term),
    /// Words that the school keeps for its tutors.
    Words(SchoolId),
    /// New ones are awaited.
    NewWords(SchoolId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::RulesAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::RulesView;
}
