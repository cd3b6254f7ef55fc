//! Identifiers as types of their own, so that a pupil's number can't be taken for a lesson's; accounts and updates too.

/// Declares newtypes over the database's 64-bit keys.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }
    )*};
}

ids! {
    /// A school.
    SchoolId,
    /// A school year of one school.
    YearId,
    /// A person of one school: member of staff, pupil or parent.
    PersonId,
    /// A class of one year.
    ClassId,
    /// A subject of one school.
    SubjectId,
    /// A study group: a part of a class for one subject.
    GroupId,
    /// Teaching load: who teaches which subject to which class or group.
    LoadId,
    /// A lesson in the journal.
    LessonId,
    /// A line of the outbox.
    LetterId,
    /// A file that waits to be sent or to be read.
    FileId,
    /// A survey.
    SurveyId,
    /// A question of a survey.
    QuestionId,
    /// A poll of a survey, as it was sent into a chat.
    SentPollId,
    /// What a tutor wrote to families: a letter for each of them.
    MailingId,
    /// Words of one's own, kept to be written again.
    TemplateId,
    /// A talk of two people.
    ThreadId,
    /// A message of a talk.
    MessageId,
    /// What a parent suggests to the school.
    SuggestionId,
    /// A letter to families that waited for the head.
    HeldLetterId,
    /// A time in which somebody doesn't write.
    MuteId,
    /// An absence of a pupil, with its reason.
    AbsenceId,
    /// A question to a family where its child is.
    InquiryId,
}

/// A person's account of a messenger. It is who pressed, never a user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    /// The messenger's name, as rows of the database keep it.
    pub transport: &'static str,
    /// The messenger's number of the person.
    pub id: i64,
}

impl Account {
    /// Nobody's: what a messenger tells of by itself.
    pub fn nobody(transport: &'static str) -> Self {
        Self { transport, id: 0 }
    }

    /// Whether it is nobody's.
    pub fn is_nobody(self) -> bool {
        self.id == 0
    }
}

/// What identifies an update for ever: handling it twice is harmless because its key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UpdateKey {
    /// The bot that got it.
    pub bot: i64,
    /// The messenger's number of it.
    pub id: i64,
}
