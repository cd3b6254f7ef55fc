//! What the buttons of threads carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, LoadId, MailingId, MessageId, PersonId, SubjectId, ThreadId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A thread is opened, and what is in it is read.
    Open(ThreadId),
    /// The same, from under a letter.
    OpenHere(ThreadId),
    /// The next text is a message of this thread.
    Answer(ThreadId),
    /// The same, from under a letter.
    AnswerHere(ThreadId),
    /// The same, from under a tutor's letter about a pupil.
    AnswerLetter(MailingId, PersonId),
    /// A question to whoever teaches a pupil this, from under a notice.
    AskTeacher(PersonId, LoadId),
    /// The next text is a message to somebody, about a child and a subject.
    Write(PersonId, Option<PersonId>, Option<SubjectId>),
    /// A text that nobody awaited goes into this thread.
    PutLoose(ThreadId),
    /// It goes nowhere.
    DropLoose,
    /// No message is written.
    Stop,
    /// The topic of a thread is closed.
    Close(ThreadId),
    /// A message of one's own is taken back.
    TakeBack(MessageId),
    /// The files of a thread's page are brought once more.
    Files(ThreadId, u8),
    /// A talk is shown to the administration.
    Show(ThreadId),
    /// It isn't shown any more.
    Hide(ThreadId),
    /// The administration reads a talk that is shown.
    OpenShown(ThreadId),
    /// The same, from under a letter.
    OpenShownHere(ThreadId),
    /// One answers on this weekday, counted from Monday, or doesn't.
    HoursDay(PersonId, u8, bool),
    /// From this hour.
    HoursFrom(PersonId, u8),
    /// Until this hour.
    HoursUntil(PersonId, u8),
    /// As the school does.
    HoursReset(PersonId),
    /// The administration brings the files of a shown talk's page.
    ShownFiles(ThreadId, u8),
}

impl Act {
    /// Whether its button stands under a letter that came by itself.
    pub fn is_under_a_letter(self) -> bool {
        matches!(
            self,
            Self::OpenHere(_)
                | Self::AnswerHere(_)
                | Self::AnswerLetter(..)
                | Self::AskTeacher(..)
                | Self::OpenShownHere(_)
        )
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// «Сообщения», by pages.
    List(u8),
    /// M1: a thread, by pages from the newest.
    Thread(ThreadId, u8),
    /// M3: a text is awaited.
    Writing,
    /// M4: a message waits for office hours.
    Waits(MessageId),
    /// To whom: one's children, or the ways of staff.
    New,
    /// To whom of those who teach a child.
    Contacts(PersonId),
    /// Colleagues, by pages.
    Colleagues(u8),
    /// Classes whose families one may write to.
    Classes,
    /// Pupils of such a class, by pages.
    Pupils(ClassId, u8),
    /// A pupil's family.
    Family(PersonId),
    /// Where a text belongs that nobody awaited.
    Where,
    /// Why one doesn't write, and until when.
    Muted,
    /// Asks before a talk is shown to the administration.
    AskShow(ThreadId),
    /// What is shown to the administration, by pages.
    ShownList(u8),
    /// A shown talk, by pages from the newest.
    ShownThread(ThreadId, u8),
    /// When one answers.
    Hours(PersonId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::ThreadsAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::ThreadsView;
}
