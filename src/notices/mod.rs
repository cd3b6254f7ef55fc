//! What families are told of a lesson and when: news settles first, is compared with what was told, and then leaves.
//!
//! Features only say what happened; nobody else tells anyone anything.

pub mod alarm;
pub mod digest;
pub mod discreet;
pub mod hear;
pub mod press;
pub mod replay;
pub mod screens;
pub mod settings;
pub mod store;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{LessonId, PersonId};
use crate::lessons::cell::{Cell, Mark, Sign};
use crate::lessons::store::Presses;
use crate::lessons::{Homework, Lesson};

/// How long after the last press a lesson's news leaves by itself, by default.
pub const SETTLING: TimeDelta = TimeDelta::minutes(5);
/// How long presses past the bell can hold it back.
pub const LONGEST_SETTLING: TimeDelta = TimeDelta::minutes(15);

/// When a lesson's news leaves without «Готово»: 5 minutes after the last press, not before the bell, at most 15 after
/// the first press past the bell; an absence from the first lesson 5 minutes after its press, bell or not.
pub fn due(presses: &Presses) -> DateTime<Utc> {
    let settled = (presses.last_press_at + SETTLING).max(presses.bell_ends_at);
    let held_back = presses.late_press_at.map(|first| first + LONGEST_SETTLING);
    let alarm = presses.alarm_at.map(|pressed| pressed + SETTLING);
    [held_back, alarm].into_iter().flatten().fold(settled, DateTime::min)
}

/// Of which lesson and child a letter of ours tells, by its key in the outbox.
pub fn of_key(key: &str) -> Option<(LessonId, PersonId)> {
    let mut parts = key.strip_prefix("notice:")?.split(':');
    let lesson = parts.next()?.parse().ok()?;
    let pupil = parts.next()?.parse().ok()?;
    Some((LessonId(lesson), PersonId(pupil)))
}

/// What is told of one child's lesson. Stored as versioned JSON: fields are only added, with a default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The sign's code, if any.
    #[serde(default)]
    pub sign: Option<String>,
    /// Marks: value and kind, by their codes, in the order in which they were given.
    #[serde(default)]
    pub marks: Vec<(String, String)>,
    /// Тема.
    #[serde(default)]
    pub topic: Option<String>,
    /// Домашнее задание.
    #[serde(default)]
    pub homework: Homework,
    /// When it is due.
    #[serde(default)]
    pub due: Option<NaiveDate>,
    /// What the teacher says of the marks. By itself it is no news.
    #[serde(default)]
    pub comment: Option<String>,
}

impl Facts {
    /// What there is to tell of a child's place in a lesson.
    pub fn of(lesson: &Lesson, cell: &Cell, comment: Option<&str>) -> Self {
        Self {
            sign: cell.sign.map(|it| Sign::code(it).to_owned()),
            marks: cell.marks.iter().map(Self::mark).collect(),
            topic: lesson.topic.clone(),
            homework: lesson.homework.clone(),
            due: lesson.due,
            comment: comment.map(str::to_owned),
        }
    }

    /// A mark as it is told.
    fn mark(mark: &Mark) -> (String, String) {
        (mark.value.code().to_owned(), mark.kind.code().to_owned())
    }

    /// Whether there is something to tell of the child: a mark or a sign.
    pub fn is_news(&self) -> bool {
        self.sign.is_some() || !self.marks.is_empty()
    }
}

/// What follows from comparing what was told with what is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing leaves: a mark given and taken back is silence.
    Nothing,
    /// The first message about this lesson.
    First,
    /// The child's own facts changed: a message, and the former one is corrected where it stands.
    Changed(Vec<Difference>),
    /// Only topic, homework or comment changed: the former message is brought up to date without a sound.
    Words,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A mark came.
    Added(String),
    /// A mark went.
    Removed(String),
    /// A mark became another.
    Corrected(String, String),
    /// The sign came, went or became another.
    Sign(Option<String>, Option<String>),
}

/// Compares what was told with what is so.
pub fn news(told: Option<&Facts>, now: &Facts) -> News {
    let Some(told) = told else {
        return if now.is_news() { News::First } else { News::Nothing };
    };
    let differences = differences(told, now);
    if !differences.is_empty() {
        News::Changed(differences)
    } else if told == now {
        News::Nothing
    } else {
        News::Words
    }
}

fn differences(told: &Facts, now: &Facts) -> Vec<Difference> {
    let mut differences = Vec::new();
    if told.sign != now.sign {
        differences.push(Difference::Sign(told.sign.clone(), now.sign.clone()));
    }
    // What is on both sides is no difference, whatever its place.
    let mut gone: Vec<&(String, String)> = told.marks.iter().collect();
    let mut came: Vec<&(String, String)> = Vec::new();
    for mark in &now.marks {
        match gone.iter().position(|it| *it == mark) {
            Some(idx) => drop(gone.remove(idx)),
            None => came.push(mark),
        }
    }
    let n_corrected = gone.len().min(came.len());
    for (former, later) in gone.iter().zip(&came) {
        differences.push(Difference::Corrected(former.0.clone(), later.0.clone()));
    }
    differences.extend(
        gone[n_corrected..]
            .iter()
            .map(|mark| Difference::Removed(mark.0.clone())),
    );
    differences.extend(came[n_corrected..].iter().map(|mark| Difference::Added(mark.0.clone())));
    differences
}

#[cfg(test)]
mod tests;
