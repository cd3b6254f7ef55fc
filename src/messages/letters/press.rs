//! What the buttons of letters carry.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, TemplateId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A new letter to families of a class.
    Begin(ClassId),
    /// A pupil's family is meant or not; the page of the list.
    Pick(ClassId, PersonId, bool, u8),
    /// The whole class is, or nobody.
    PickAll(ClassId, bool),
    /// What it is about.
    About(ClassId, Kind),
    /// With the facts of the journal or without.
    Facts(ClassId, bool),
    /// Words that were kept.
    Use(ClassId, TemplateId),
    /// Words that the journal has ready for this kind.
    Ready(ClassId, u8),
    /// The draft's words are kept.
    Keep(ClassId),
    /// Words aren't kept any more.
    Forget(ClassId, TemplateId),
    /// It leaves; the mailing after which it was begun.
    Send(ClassId, MailingId),
    /// It isn't sent.
    Drop(ClassId),
    /// Those who haven't read are asked to.
    Remind(MailingId),
    /// It is taken back.
    Recall(MailingId),
    /// «Прочитано», under a letter about a pupil.
    Read(MailingId, PersonId),
    /// A letter that waited leaves to the parents.
    Approve(HeldLetterId),
    /// The same, from under the letter by which one was asked.
    ApproveHere(HeldLetterId),
    /// The next text is the remark with which it goes back.
    Return(HeldLetterId),
    /// The same, from under that letter.
    ReturnHere(HeldLetterId),
    /// A letter of one's own that waits, or came back, is written anew.
    Redo(HeldLetterId),
    /// It isn't sent.
    TakeBack(HeldLetterId),
    /// Words that the school keeps.
    UseShared(ClassId, TemplateId),
    /// The draft that was laid aside is written on; the class from whose page.
    Resume(ClassId),
    /// It isn't wanted any more.
    Discard(ClassId),
}

impl Act {
    /// Whether its button stands under a letter that came by itself.
    pub fn is_under_a_letter(self) -> bool {
        matches!(self, Self::Read(..) | Self::ApproveHere(_) | Self::ReturnHere(_))
    }

    /// Whether it is a parent's, who needs no PIN for it.
    pub fn is_a_familys(self) -> bool {
        matches!(self, Self::Read(..))
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// U3: whose families, by pages.
    Whom(ClassId, u8),
    /// U4.
    Kinds(ClassId),
    /// U5.
    Preview(ClassId),
    /// Words to be written again.
    Templates(ClassId),
    /// U6.
    Sent(MailingId),
    /// «Отправленное», by pages.
    Outbox(ClassId, u8),
    /// Asks before a mailing is taken back.
    AskRecall(MailingId),
    /// A letter that waits for the head, or waited.
    Held(HeldLetterId),
    /// What waits for whoever decides.
    Waiting,
    /// A remark is awaited.
    Returning(HeldLetterId),
    /// Words that the school keeps, to be taken.
    Shared(ClassId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::LettersAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::LettersView;
}
