//! What the buttons of absences carry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Days, Reason, Told};
use crate::chat::{Pressable, Tag};
use crate::ids::{AbsenceId, ClassId, InquiryId, PersonId};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// The next text is a day of this child, or a button is.
    OtherDay(PersonId),
    /// Days and reason are chosen.
    Choose(Told),
    /// The absence of the draft is told, if it is this one.
    Send(Told),
    /// Nothing is told.
    Stop(PersonId),
    /// An absence is taken back.
    Withdraw(AbsenceId),
    /// Its last day is this one.
    End(AbsenceId, #[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// The photo of its note is brought once more.
    ShowNote(AbsenceId),
    /// From under a question: the child is ill.
    Ill(InquiryId),
    /// From under a question: the reason is known, and another.
    OtherReason(InquiryId),
    /// From under a question: nobody of the family knows.
    DontKnow(InquiryId),
    /// The answer to a question.
    Because(InquiryId, Reason),
    /// The tutor accepts what a family told.
    Accept(AbsenceId),
    /// The same, from under a letter.
    AcceptHere(AbsenceId),
    /// The tutor notes the reason of days without one.
    Explain(Told),
    /// The tutor asks the family about days without a reason.
    Ask(Days),
    /// The same of everybody in the class.
    AskAll(ClassId),
    /// The tutor opens the class's absences, from under a letter.
    OpenHere(ClassId),
}

impl Act {
    /// Whether its button stands under a letter that came by itself.
    pub fn is_under_a_letter(self) -> bool {
        matches!(
            self,
            Self::Ill(_) | Self::OtherReason(_) | Self::DontKnow(_) | Self::AcceptHere(_) | Self::OpenHere(_)
        )
    }

    /// Whether it is the tutor's, not a family's.
    pub fn is_of_the_school(self) -> bool {
        match self {
            Self::Accept(_)
            | Self::AcceptHere(_)
            | Self::Explain(_)
            | Self::Ask(_)
            | Self::AskAll(_)
            | Self::OpenHere(_) => true,
            Self::OtherDay(_)
            | Self::Choose(_)
            | Self::Send(_)
            | Self::Stop(_)
            | Self::Withdraw(_)
            | Self::End(..)
            | Self::ShowNote(_)
            | Self::Ill(_)
            | Self::OtherReason(_)
            | Self::DontKnow(_)
            | Self::Because(..) => false,
        }
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// P11: when?
    When(PersonId),
    /// Days to choose one from, by pages; a typed one is awaited.
    Dates(PersonId, u8),
    /// The first of several days, by pages.
    First(PersonId, u8),
    /// The last of them.
    Last(PersonId, #[serde(with = "crate::chat::packed_day")] NaiveDate, u8),
    /// Why?
    Why(Days),
    /// What is to be told.
    Preview,
    /// A photo of a note is awaited.
    Note,
    /// «Мои сообщения о пропусках» of a child.
    Mine(PersonId),
    /// One of them.
    One(AbsenceId),
    /// Until which day, by pages?
    Until(AbsenceId, u8),
    /// Why, to a question?
    AskedWhy(InquiryId),
    /// The tutor knows that the family doesn't.
    TutorKnows(InquiryId),
    /// The tutor's «Пропуски».
    Class(ClassId),
    /// Days without a reason.
    Unknown(Days),
    /// What a family told, as the tutor sees it.
    Read(AbsenceId),
    /// A month of the class, by its first day; which page of it.
    Month(ClassId, #[serde(with = "crate::chat::packed_day")] NaiveDate, u8),
}

impl Pressable for Act {
    const TAG: Tag = Tag::AbsencesAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::AbsencesView;
}
