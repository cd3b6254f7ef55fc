//! What the buttons of the diary carry. The child stands in each, so that who was chosen stays chosen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::charts::Tone;
use crate::chat::{Pressable, Tag};
use crate::ids::{ClassId, LessonId, PersonId, SchoolId, SubjectId};
use crate::timetable::LessonKey;

pub use crate::school::Period;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// The pupil says whether the homework that a lesson set is done; the day for which it is.
    Tick(
        PersonId,
        LessonId,
        bool,
        #[serde(with = "crate::chat::packed_day")] NaiveDate,
    ),
    /// A guardian signs a week, by a day of it.
    Sign(PersonId, #[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// The school asks for signatures, or doesn't.
    AskSignatures(SchoolId, bool),
    /// Families of a class that haven't signed a week are reminded.
    RemindToSign(ClassId, #[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// The files of a homework that a lesson set are brought.
    Files(PersonId, LessonId),
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// A child's day; `None` is today.
    Day(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// My first child's today, or mine.
    Mine,
    /// The week of a day; `None` is this week.
    Week(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// The month of a day, to choose a day from.
    Month(PersonId, #[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// A lesson with all that it has of the child.
    Lesson(PersonId, LessonKey, Back),
    /// What is to be done for a day; `None` is the next school day.
    Homework(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// What is to be done in a week; `None` is the one of the next school day.
    HomeworkWeek(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// A day's timetable; `None` is the next school day.
    Timetable(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// A week's timetable; `None` is the one of the next school day.
    TimetableWeek(
        PersonId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// When lessons begin and end.
    Bells(PersonId),
    /// Marks by subject.
    Marks(PersonId, Period),
    /// The marks of a subject, newest first, by pages.
    Subject(PersonId, SubjectId, Period, u8),
    /// A page of my first child, or mine.
    MyPage(Section),
    /// A subject's marks and their average as a picture.
    Course(PersonId, SubjectId, Period, Tone),
    /// All subjects against the class as a picture.
    Standings(PersonId, Period, Tone),
    /// Absences as a calendar.
    Absences(PersonId, Period, Tone),
    /// Who of a class has signed a week; `None` is the newest that can be signed.
    Signatures(
        ClassId,
        #[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>,
    ),
    /// Whether the school asks for signatures.
    SignatureSwitch(SchoolId),
    /// The lessons of a subject, newest first, by pages.
    Past(PersonId, SubjectId, u8),
}

/// From where a lesson was opened, so that the way back leads there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Back {
    /// From its day.
    Day,
    /// From the marks of its subject, on this page.
    Subject(SubjectId, Period, u8),
    /// From the homework of a day.
    Homework(#[serde(with = "crate::chat::packed_day")] NaiveDate),
    /// From the lessons of its subject, on this page.
    Past(SubjectId, u8),
}

/// A section of the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Section {
    /// Отметки.
    Marks,
    /// ДЗ.
    Homework,
    /// Расписание.
    Timetable,
}

impl Section {
    /// The section of a child.
    pub fn of(self, pupil: PersonId) -> View {
        match self {
            Self::Marks => View::Marks(pupil, Period::Now),
            Self::Homework => View::Homework(pupil, None),
            Self::Timetable => View::Timetable(pupil, None),
        }
    }
}

impl Pressable for Act {
    const TAG: Tag = Tag::DiaryAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::DiaryView;
}
