//! Presses of days gone by, written a day at a time: what the flow writes press by press, with the same versions, moments,
//! signatures and lines of history, but many rows a statement.
//!
//! A [`Page`] is a lesson in the making. Each press goes through the same rules as a finger's ([`decide`], the reason of
//! a correction, P12's kind in the topic).

pub mod store;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{self, Actor, WriteLesson};
use crate::ids::PersonId;
use crate::school::store::Pupil;
use crate::timetable::{LessonKey, Planned};
use crate::words::dates;

use super::cell::{Cell, Change, Decision, Sign, decide};
use super::flow::{UNTAKEN, topic_with_kind};
use super::{Homework, Kind, Lesson, Reason};

/// What was pressed or typed in a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// The kind of work for the marks to come.
    Kind(Kind),
    /// The topic.
    Topic(String),
    /// The homework, or that there is none.
    Homework(Homework),
    /// Nobody is away.
    AllPresent,
    /// A pupil, in an open lesson or, with a reason, in a finished one.
    Cell(PersonId, Change, Option<Reason>),
    /// «Готово».
    Finish,
}

/// A lesson in the making.
#[derive(Clone, Debug)]
pub struct Page {
    lesson: Lesson,
    proof: WriteLesson,
    /// When its homework is due.
    due: Option<NaiveDate>,
    bell_ends_at: DateTime<Utc>,
    /// The first and the last press.
    pressed: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Lines that aren't in the database yet.
    lines: Vec<NewLine>,
}

/// A line of the history to be kept.
#[derive(Clone, Debug)]
struct NewLine {
    version: i64,
    at: DateTime<Utc>,
    field: &'static str,
    pupil: Option<PersonId>,
    former: String,
    later: String,
    reason: &'static str,
}

impl Page {
    /// Opens a lesson for whoever may write it.
    pub fn open(actor: &Actor, planned: Planned, pupils: Vec<Pupil>, due: Option<NaiveDate>) -> anyhow::Result<Self> {
        let proof = access::write_lesson(actor, &planned.scope(Vec::new()))?;
        let (_, ends) = planned.bell.context("a lesson without a bell")?;
        let bell_ends_at = dates::moment(planned.key.date, ends, planned.load.zone());
        Ok(Self {
            lesson: Lesson::untouched(planned, pupils),
            proof,
            due,
            bell_ends_at,
            pressed: None,
            lines: Vec::new(),
        })
    }

    /// The lesson as it stands.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// Which lesson.
    pub fn key(&self) -> LessonKey {
        self.lesson.planned.key
    }

    /// Whether something of it was in the database before.
    fn was_there(&self) -> bool {
        self.lines.first().is_some_and(|line| line.version > 1)
    }

    /// All that was pressed is in the database.
    pub fn was_written(&mut self) {
        self.lines.clear();
    }

    /// Does what a press does. One that a person would be asked about is refused: nobody is here to answer.
    pub fn press(&mut self, at: DateTime<Utc>, press: &Press) -> anyhow::Result<()> {
        self.lesson.version += 1;
        self.pressed = Some((self.pressed.map_or(at, |(first, _)| first), at));
        match press {
            Press::Kind(kind) => {
                self.line(at, "kind", self.lesson.kind.code(), kind.code());
                self.lesson.kind = *kind;
                if let Some(topic) = self.lesson.topic.clone() {
                    let named = topic_with_kind(*kind, &topic);
                    if named != topic {
                        self.topic(at, named);
                    }
                }
            }
            Press::Topic(text) => self.topic(at, topic_with_kind(self.lesson.kind, text)),
            Press::Homework(homework) => {
                let (former, later) = (self.lesson.homework.code(), homework.code());
                self.line(at, "homework", &former, &later);
                self.lesson.homework = homework.clone();
                self.lesson.due = self.due;
            }
            Press::AllPresent => {
                ensure!(!self.lesson.attendance_taken, "attendance was taken already");
                self.lesson.attendance_taken = true;
                self.line(at, "taken", "", "taken");
            }
            Press::Cell(pupil, change, reason) => self.cell(at, *pupil, *change, *reason)?,
            Press::Finish => {
                self.lesson.finished_at = self.lesson.finished_at.or(Some(at));
                self.line(at, "finished", "", "finished");
            }
        }
        Ok(())
    }

    fn topic(&mut self, at: DateTime<Utc>, topic: String) {
        let former = self.lesson.topic.take().unwrap_or_default();
        self.line(at, "topic", &former, &topic);
        self.lesson.topic = Some(topic);
    }

    fn cell(
        &mut self,
        at: DateTime<Utc>,
        pupil: PersonId,
        change: Change,
        reason: Option<Reason>,
    ) -> anyhow::Result<()> {
        ensure!(self.lesson.pupil(pupil).is_some(), "the pupil isn't in the class");
        ensure!(
            reason.is_some() == self.lesson.finished_at.is_some(),
            "a finished lesson is corrected with a reason, an open one without"
        );
        let former = self.lesson.cell(pupil);
        let Decision::Write(later) = decide(&former, change, self.lesson.kind) else {
            anyhow::bail!("the journal would ask about {change:?} beside {former:?}");
        };
        let reason = reason.map_or("", Reason::code);
        if former.sign != later.sign {
            let was = former.sign.map_or("", Sign::code);
            // The first sign takes the attendance; taking it back must take that back too.
            let was = if self.lesson.attendance_taken { was } else { UNTAKEN };
            self.lesson.attendance_taken = true;
            let is = later.sign.map_or("", Sign::code);
            self.line_of(at, "sign", Some(pupil), (was, is), reason);
        }
        if former.marks != later.marks {
            let (was, is) = (former.marks_code(), later.marks_code());
            self.line_of(at, "marks", Some(pupil), (&was, &is), reason);
        }
        if later == Cell::default() {
            self.lesson.cells.remove(&pupil);
        } else {
            self.lesson.cells.insert(pupil, later);
        }
        Ok(())
    }

    fn line(&mut self, at: DateTime<Utc>, field: &'static str, former: &str, later: &str) {
        self.line_of(at, field, None, (former, later), "");
    }

    fn line_of(
        &mut self,
        at: DateTime<Utc>,
        field: &'static str,
        pupil: Option<PersonId>,
        (former, later): (&str, &str),
        reason: &'static str,
    ) {
        self.lines.push(NewLine {
            version: self.lesson.version,
            at,
            field,
            pupil,
            former: former.to_owned(),
            later: later.to_owned(),
            reason,
        });
    }
}
