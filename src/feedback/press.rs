//! What the buttons of suggestions carry. Nothing in them says whose one is.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{SchoolId, SuggestionId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// The next text is a suggestion to this school.
    Write(SchoolId),
    /// The draft with this mark goes with a name or without.
    Named(i64, bool),
    /// The draft with this mark is sent, by name or not, as its screen said.
    Send(i64, bool),
    /// Nothing is sent, nothing is answered.
    Stop,
    /// One of one's own is taken back while nobody has read it.
    Withdraw(SuggestionId),
    /// One of one's own is looked at, from under the letter with its answer.
    SeeHere(SuggestionId),
    /// Somebody of the school opens one, which makes it read.
    Open(SuggestionId),
    /// The same, from under a notice.
    OpenHere(SuggestionId),
    /// The next text is the answer.
    Answer(SuggestionId),
    /// One's own answer stands instead of the other's, when so many were there.
    Replace(i64),
    /// It is closed without an answer.
    Close(SuggestionId),
}

impl Act {
    /// Whether its button stands under a letter that came by itself.
    pub fn is_under_a_letter(self) -> bool {
        matches!(self, Self::SeeHere(_) | Self::OpenHere(_))
    }

    /// Whether it is the school's, not a parent's.
    pub fn is_of_the_school(self) -> bool {
        match self {
            Self::Open(_) | Self::OpenHere(_) | Self::Answer(_) | Self::Replace(_) | Self::Close(_) => true,
            Self::Write(_) | Self::Named(..) | Self::Send(..) | Self::Stop | Self::Withdraw(_) | Self::SeeHere(_) => {
                false
            }
        }
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// One's own suggestions, by pages.
    Mine(u8),
    /// A text is awaited.
    Writing,
    /// What is to be sent.
    Preview,
    /// One of one's own.
    One(SuggestionId),
    /// Its words, all of them.
    Words(SuggestionId),
    /// Those of the school's parents, by pages.
    All(u8),
    /// One of those.
    Read(SuggestionId),
    /// The answer to it, all of it.
    ReadAnswer(SuggestionId),
    /// An answer is awaited.
    Answering,
    /// Somebody else answered meanwhile.
    Clash,
}

impl Pressable for Act {
    const TAG: Tag = Tag::FeedbackAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::FeedbackView;
}
