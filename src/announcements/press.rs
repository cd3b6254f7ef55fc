//! What the buttons of announcements carry.

use serde::{Deserialize, Serialize};

use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::reach::{Audience, Kin, Place};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A new one to this audience is written next.
    Begin(Audience),
    /// Its text is written anew.
    Rewrite,
    /// The other of the two buttons stands under it.
    Toggle,
    /// It leaves then, in minutes since 1970; at once without.
    Due(Option<i64>),
    /// It is sent.
    Send,
    /// It isn't.
    Drop,
    /// One's own copy was read.
    Read(i64),
    /// Those who haven't read it are reminded.
    Remind(i64),
    /// Copies that haven't left stay.
    Stop(i64),
    /// It is taken back everywhere.
    Recall(i64),
    /// Its new text is written next.
    Correct(i64),
    /// The text stays as it was.
    Keep,
    /// What goes with it doesn't.
    WithoutFiles,
    /// The files of one are brought once more.
    Files(i64),
    /// A class of a school is meant or not; the page of the list.
    Tick(SchoolId, ClassId, bool, u8),
    /// All classes of a school are, or none.
    TickAll(SchoolId, bool),
    /// A pupil of a class is meant or not; the page of the list.
    Pick(ClassId, PersonId, bool, u8),
    /// The whole class is, or nobody.
    PickAll(ClassId, bool),
    /// Who of the families of what is ticked; it is written next.
    To(Kin),
    /// The draft that was laid aside is written on.
    Resume,
    /// It isn't wanted any more.
    Discard,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// To whom one may speak.
    Home,
    /// The classes of a school, by pages.
    Classes(SchoolId, u8),
    /// Whom of a place one means.
    Of(Place),
    /// The study groups of a class.
    Groups(ClassId),
    /// The text is awaited.
    Write,
    /// How it will look.
    Preview,
    /// When it leaves.
    When,
    /// What one sent, by pages.
    Sent(u8),
    /// What became of one of them.
    One(i64),
    /// Who has read it, by pages.
    Readers(i64, u8),
    /// Whether it is really to be taken back.
    AskRecall(i64),
    /// What one was told, by pages.
    Mine(u8),
    /// One's own copy.
    Copy(i64),
    /// Which classes of a school, by pages.
    Several(SchoolId, u8),
    /// Which pupils of a class, by pages.
    Pick(ClassId, u8),
    /// Who of the families of what is ticked.
    Ticked,
    /// Who of the staff of a school.
    Posts(SchoolId),
}

impl Pressable for Act {
    const TAG: Tag = Tag::AnnouncementsAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::AnnouncementsView;
}
