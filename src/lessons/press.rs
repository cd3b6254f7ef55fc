//! What the buttons of a lesson carry: every act and every view, complete in themselves and harmless to repeat.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cell::{Cell, Change, Sign, Value};
use super::{Kind, Reason};
use crate::chat::{Pressable, Tag};
use crate::ids::PersonId;
use crate::timetable::LessonKey;

/// What can be typed into a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Тема.
    Topic,
    /// Домашнее задание.
    Homework,
}

impl Field {
    /// As the history names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Homework => "homework",
        }
    }
}

/// What a press on a pupil does in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    /// Sets a sign, then the next in the ring.
    Sign(Sign),
    /// Puts a mark, or takes it back.
    Mark(Value),
    /// Adds a mark beside those that are there.
    Second(Value),
}

/// Where a press was made, so that the answer leads back there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The card.
    Card,
    /// The grid, with this in hand, on this page.
    Grid(Hand, u8),
    /// The hint that something lacks.
    Missing,
}

/// What can be done in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Opens the card: from now on a text belongs to it.
    Open(LessonKey),
    /// The next text is this.
    Ask(LessonKey, Field),
    /// A press on a pupil in the grid.
    Cell(CellPress),
    /// Everybody is there.
    AllPresent(LessonKey, Place),
    /// The same pupils are away as at the lesson before.
    SameAsBefore(LessonKey, Place),
    /// The kind of work for the marks to come.
    Kind(LessonKey, Kind, Place),
    /// There is no homework.
    NoHomework(LessonKey, Place),
    /// Takes back my last step.
    Undo(LessonKey, Place),
    /// Done, if nothing lacks.
    Finish(LessonKey),
    /// Done all the same.
    FinishAnyway(LessonKey),
    /// A correction in a finished lesson.
    Correct(CellPress, Reason),
    /// Somebody else's text stays.
    KeepTheirs(LessonKey),
    /// My text instead of somebody else's.
    WriteMine(LessonKey),
    /// The text that nobody awaited is this.
    PutText(LessonKey, Field),
    /// The text that nobody awaited is nothing.
    ForgetText(LessonKey),
    /// The next text is a comment to this pupil's marks.
    AskComment(LessonKey, PersonId),
    /// There is no comment any more.
    NoComment(LessonKey, PersonId),
    /// Those are away of whom it was told, and the others are there.
    AsTold(LessonKey, Place),
    /// The files of the homework are brought.
    ShowEnclosed(LessonKey),
    /// A file doesn't go with the homework any more.
    DropEnclosed(LessonKey, i64),
    /// The homework of the first is that of the second too.
    CopyHomework(LessonKey, LessonKey),
}

/// A press on a pupil: what it wants, and which version of the lesson it saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellPress {
    /// The lesson.
    pub key: LessonKey,
    /// The pupil.
    pub pupil: PersonId,
    /// What becomes of the cell.
    pub change: Change,
    /// The version that the screen was drawn from.
    pub seen: i64,
    /// Where it was pressed.
    pub hand: Hand,
    /// On which page of the grid.
    pub page: u8,
}

impl CellPress {
    /// The grid from which it was pressed.
    pub fn grid(self) -> View {
        View::Grid(self.key, self.hand, self.page)
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The lessons of a day; `None` is today.
    Day(#[serde(with = "crate::chat::packed_day_or_none")] Option<NaiveDate>),
    /// The card.
    Card(LessonKey),
    /// Attendance and marks.
    Grid(LessonKey, Hand, u8),
    /// Marks beyond the usual four.
    More(LessonKey, Hand, u8),
    /// Kinds of work.
    Kinds(LessonKey, Place),
    /// What lacks before the end.
    Missing(LessonKey),
    /// The end.
    Done(LessonKey),
    /// One pupil in a finished lesson.
    Cell(LessonKey, PersonId),
    /// What was changed about a pupil.
    History(LessonKey, PersonId),
    /// Why is it corrected?
    Why(CellPress),
    /// A mark beside another mark or a sign.
    AskMark(CellPress),
    /// Somebody else changed this cell meanwhile.
    CellConflict(CellPress),
    /// Somebody else changed this text meanwhile.
    TextConflict(LessonKey),
    /// Where does a text belong?
    Where(LessonKey),
    /// A comment to this pupil's marks is awaited.
    Comment(LessonKey, PersonId),
    /// Whose mark or sign gets a comment?
    Whom(LessonKey, Hand, u8),
    /// What goes with the homework.
    Enclosed(LessonKey),
    /// Parallel classes that may have the same homework.
    Parallel(LessonKey),
}

impl Pressable for Act {
    const TAG: Tag = Tag::LessonsAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::LessonsView;
}

/// What a press on a pupil does with this in hand, from what stands there now.
pub fn change_in_hand(cell: &Cell, hand: Hand) -> Change {
    let has = |value: Value| cell.marks.iter().any(|mark| mark.value == value);
    match hand {
        Hand::Sign(sign) => Change::Sign(Sign::after(cell.sign, sign)),
        Hand::Mark(value) if has(value) => Change::Take(value),
        Hand::Mark(value) => Change::Put(value),
        Hand::Second(value) => Change::Add(value),
    }
}
