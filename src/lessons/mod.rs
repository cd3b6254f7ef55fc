//! The lesson: topic, homework, kind of work, attendance and marks of one class or group on one day.
//!
//! A lesson is there as soon as the timetable has it; its row is made by the first entry. Nothing in it is overwritten
//! without a line of history, and a press tells which version of the lesson it saw.

pub mod cell;
pub mod comments;
pub mod enclosed;
pub mod flow;
pub mod history;
pub mod press;
pub mod replay;
pub mod screens;
pub mod store;
pub mod told;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::ids::{LessonId, PersonId};
use crate::school::store::Pupil;
use crate::timetable::Planned;
use cell::{Cell, Mark, Sign};

/// Marks a lesson needs (P10), by default.
pub const MARKS_NEEDED: usize = 4;
/// Days within which an entry may be corrected without the head's permission, by default.
pub const CORRECTION_DAYS: i64 = 14;
/// How long an opened card takes a plain text as its own.
pub const CARD_LISTENS: TimeDelta = TimeDelta::hours(1);

/// What a lesson holds.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its row; `None` while nothing is written.
    pub id: Option<LessonId>,
    /// Its place in the timetable.
    pub planned: Planned,
    /// Тема.
    pub topic: Option<String>,
    /// Домашнее задание.
    pub homework: Homework,
    /// When the homework is due.
    pub due: Option<NaiveDate>,
    /// The kind of work for the marks to come.
    pub kind: Kind,
    /// Whether attendance was taken: with the first sign or by «all present».
    pub attendance_taken: bool,
    /// Grows with each change.
    pub version: i64,
    /// When the teacher ended it.
    pub finished_at: Option<DateTime<Utc>>,
    /// The register, in its order.
    pub pupils: Vec<Pupil>,
    /// What stands beside a pupil; those without anything are absent here.
    pub cells: BTreeMap<PersonId, Cell>,
    /// Absences that were told and that the teacher hasn't judged; loaded where they are shown or written.
    pub told: BTreeMap<PersonId, told::Suggested>,
}

/// Homework: nothing said yet, said to be none, or a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Homework {
    /// Not entered yet.
    #[default]
    Missing,
    /// «Не задано».
    NotSet,
    /// A text.
    Text(String),
}

impl Homework {
    /// As the history keeps it: a sign that no typed text begins with tells the two empties apart.
    pub fn code(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::NotSet => "\u{1}".to_owned(),
            Self::Text(text) => text.clone(),
        }
    }

    /// Reads it back.
    pub fn of(code: &str) -> Self {
        match code {
            "" => Self::Missing,
            "\u{1}" => Self::NotSet,
            text => Self::Text(text.to_owned()),
        }
    }
}

/// Kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Ответ.
    Answer,
    /// Домашняя работа.
    Homework,
    /// Самостоятельная работа.
    Independent,
    /// Контрольная работа.
    Control,
    /// Тест.
    Test,
    /// Практическая работа.
    Practical,
    /// Лабораторная работа.
    Laboratory,
    /// Проект.
    Project,
    /// Диктант.
    Dictation,
    /// Сочинение.
    Essay,
    /// Изложение.
    Exposition,
    /// Экскурсия: no marks.
    Excursion,
}

impl Kind {
    /// All, in the order of the screen.
    pub const ALL: [Self; 12] = [
        Self::Answer,
        Self::Homework,
        Self::Independent,
        Self::Control,
        Self::Test,
        Self::Practical,
        Self::Laboratory,
        Self::Project,
        Self::Dictation,
        Self::Essay,
        Self::Exposition,
        Self::Excursion,
    ];

    /// As rows of the database and locale keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Homework => "homework",
            Self::Independent => "independent",
            Self::Control => "control",
            Self::Test => "test",
            Self::Practical => "practical",
            Self::Laboratory => "laboratory",
            Self::Project => "project",
            Self::Dictation => "dictation",
            Self::Essay => "essay",
            Self::Exposition => "exposition",
            Self::Excursion => "excursion",
        }
    }

    /// The kind of a stored code; an answer for one that isn't known.
    pub fn of(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or(Self::Answer)
    }

    /// The weight of its marks by default, in hundredths (`domain.md` §1).
    pub fn weight(self) -> i64 {
        match self {
            Self::Answer | Self::Homework | Self::Independent | Self::Practical | Self::Laboratory => 100,
            Self::Test | Self::Project => 150,
            Self::Control | Self::Dictation | Self::Essay | Self::Exposition => 200,
            Self::Excursion => 0,
        }
    }

    /// P12: practical, laboratory and control works and excursions are named in the topic.
    pub fn is_named_in_topic(self) -> bool {
        matches!(
            self,
            Self::Practical | Self::Laboratory | Self::Control | Self::Excursion
        )
    }
}

/// What a lesson still lacks (P8, P10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The topic.
    Topic,
    /// The homework.
    Homework,
    /// Attendance.
    Attendance,
    /// Marks: so many are needed.
    Marks {
        /// How many there should be.
        needed: usize,
    },
}

impl Lesson {
    /// A lesson of which nothing is written yet.
    pub fn untouched(planned: Planned, pupils: Vec<Pupil>) -> Self {
        Self {
            id: None,
            planned,
            topic: None,
            homework: Homework::Missing,
            due: None,
            kind: Kind::Answer,
            attendance_taken: false,
            version: 0,
            finished_at: None,
            pupils,
            cells: BTreeMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// What lacks, in the order in which it is asked for.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        if self.topic.is_none() {
            gaps.push(Gap::Topic);
        }
        if self.homework == Homework::Missing {
            gaps.push(Gap::Homework);
        }
        if !self.attendance_taken {
            gaps.push(Gap::Attendance);
        }
        let needed = self.marks_needed();
        if self.marks_given() < needed {
            gaps.push(Gap::Marks { needed });
        }
        gaps
    }

    /// P10: four marks, but not more than there are pupils in the room; the first grade and excursions have none.
    pub fn marks_needed(&self) -> usize {
        if self.planned.load.grade == 1 || self.kind == Kind::Excursion {
            return 0;
        }
        MARKS_NEEDED.min(self.pupils.len() - self.away().len().min(self.pupils.len()))
    }

    /// How many marks were given.
    pub fn marks_given(&self) -> usize {
        self.cells.values().map(|cell| cell.marks.len()).sum()
    }

    /// Pupils who weren't there, in the register's order, each with the sign.
    pub fn away(&self) -> Vec<(&Pupil, Sign)> {
        self.with_signs()
            .into_iter()
            .filter(|(_, sign)| sign.is_away())
            .collect()
    }

    /// Pupils with a sign, in the register's order.
    pub fn with_signs(&self) -> Vec<(&Pupil, Sign)> {
        self.pupils
            .iter()
            .filter_map(|pupil| Some((pupil, self.cells.get(&pupil.id)?.sign?)))
            .collect()
    }

    /// What stands beside a pupil.
    pub fn cell(&self, pupil: PersonId) -> Cell {
        self.cells.get(&pupil).cloned().unwrap_or_default()
    }

    /// The pupil of a press, if they belong to the lesson.
    pub fn pupil(&self, id: PersonId) -> Option<&Pupil> {
        self.pupils.iter().find(|pupil| pupil.id == id)
    }

    /// Marks by value, best first, each with the pupils who got it.
    pub fn marks_by_value(&self) -> Vec<(&'static str, Vec<&Pupil>)> {
        let mut by_value = Vec::new();
        for value in cell::Value::ALL {
            let with: Vec<&Pupil> = self
                .pupils
                .iter()
                .flat_map(|pupil| {
                    let marks = self.cells.get(&pupil.id).map_or(&[] as &[Mark], |cell| &cell.marks);
                    marks.iter().filter(|mark| mark.value == value).map(move |_| pupil)
                })
                .collect();
            if !with.is_empty() {
                by_value.push((value.code(), with));
            }
        }
        by_value
    }
}

/// Whether an entry of this day may still be changed without permission; says how old it is if not.
pub fn too_late_to_correct(lesson: NaiveDate, today: NaiveDate) -> Option<i64> {
    let age = (today - lesson).num_days();
    (age > CORRECTION_DAYS).then_some(age)
}

/// Whether the lesson lies ahead: what has not begun isn't written, but for topic and homework on its own day.
pub fn is_ahead(lesson: NaiveDate, today: NaiveDate) -> bool {
    lesson > today
}

/// Why a mark is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Не та кнопка.
    WrongButton,
    /// Пересдача.
    Resit,
    /// Работа пересмотрена.
    Reviewed,
    /// Без причины.
    Unsaid,
}

impl Reason {
    /// All, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::WrongButton, Self::Resit, Self::Reviewed, Self::Unsaid];

    /// As the history and the locale keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongButton => "wrong_button",
            Self::Resit => "resit",
            Self::Reviewed => "reviewed",
            Self::Unsaid => "unsaid",
        }
    }
}

#[cfg(test)]
mod tests;
