//! P4: the evening's digest. One letter brings a reader all their children, one below the other: the day as it stands in
//! the journal, what changed of days before, and tomorrow. A day with nothing sends nothing.
//!
//! What was told at once stands in it as part of the day and makes no letter by itself. What a digest tells is kept as
//! told, like that which a lesson's own letter tells.

#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
pub mod work;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::settings::{EVENING, Kind, Moment, Parts, Wishes, at};
use super::{Difference, Facts, differences};
use crate::ids::{GroupId, LessonId, LoadId, PersonId};
use crate::lessons::Homework;
use crate::lessons::cell::{Cell, Sign};
use crate::timetable::{Planned, Standing};

/// A digest that couldn't leave in its evening leaves later, until noon; past it the next one tells.
pub const LATEST: TimeDelta = TimeDelta::hours(17);
/// Lessons this old are looked through for what changed: corrections are older only with leave.
pub const OLDEST: Days = Days::new(30);

/// The last evening that has begun.
pub fn last_evening(now: NaiveDateTime) -> NaiveDate {
    if now.time() >= at(EVENING) {
        now.date()
    } else {
        now.date().pred_opt().unwrap_or(now.date())
    }
}

/// A lesson as it was written, with all of its pupils.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its row.
    pub id: LessonId,
    /// Of which load.
    pub load: LoadId,
    /// On which day.
    pub date: NaiveDate,
    /// By the bells.
    pub number: i64,
    /// The subject's title.
    pub subject: String,
    /// Тема.
    pub topic: Option<String>,
    /// Домашнее задание.
    pub homework: Homework,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Whether somebody said who was there.
    pub attendance_taken: bool,
    /// When it was over.
    pub bell_ends_at: DateTime<Utc>,
    /// Signs and marks.
    pub cells: BTreeMap<PersonId, Cell>,
}

impl Written {
    fn facts(&self, pupil: PersonId, told: Option<&Facts>) -> Facts {
        let cell = self.cells.get(&pupil).cloned().unwrap_or_default();
        Facts {
            sign: cell.sign.map(|it| Sign::code(it).to_owned()),
            marks: cell.marks.iter().map(Facts::mark).collect(),
            topic: self.topic.clone(),
            homework: self.homework.clone(),
            due: self.due,
            // A comment by itself is no news; the lesson's own letter brings it.
            comment: told.and_then(|it| it.comment.clone()),
        }
    }

    fn is_entered(&self) -> bool {
        self.topic.is_some() || self.homework != Homework::Missing || self.attendance_taken
    }
}

/// The next day on which a class has lessons.
#[derive(Clone, Debug)]
pub struct Next {
    /// Which.
    pub date: NaiveDate,
    /// Its lessons, held or not.
    pub planned: Vec<Planned>,
    /// Those of them that are there only on this day.
    pub moved_here: HashSet<(LoadId, i64)>,
    /// What is to be done for each load, as it was set, and whether files go with it.
    pub tasks: Vec<(LoadId, Homework, bool)>,
}

/// What a class has on an evening: read once, told to all of its families.
#[derive(Clone, Debug, Default)]
pub struct ClassDay {
    /// Today's lessons, held or not.
    pub planned: Vec<Planned>,
    /// Today's written lessons, and those of days before that were touched of late; oldest first.
    pub written: Vec<Written>,
    /// The next school day.
    pub next: Option<Next>,
    /// Who is in which group.
    pub groups: HashSet<(GroupId, PersonId)>,
    /// Lessons whose news hasn't settled.
    pub unsettled: HashSet<LessonId>,
    /// Who wrote what: the one who did a thing isn't told of it.
    pub authors: HashSet<(LessonId, PersonId)>,
    /// What was told: to whom, of whom, of which lesson, and how often.
    pub told: HashMap<(PersonId, PersonId, LessonId), (Facts, i64)>,
}

impl ClassDay {
    /// Whether the class had lessons.
    fn had_lessons(&self) -> bool {
        self.planned.iter().any(|it| it.standing == Standing::Held)
    }

    /// Whether the week ends with this day.
    fn ends_the_week(&self, date: NaiveDate) -> bool {
        let week = |day: NaiveDate| day.iso_week();
        self.had_lessons() && self.next.as_ref().is_none_or(|next| week(next.date) != week(date))
    }

    fn is_in(&self, planned: &Planned, pupil: PersonId) -> bool {
        planned
            .load
            .group_id
            .is_none_or(|group| self.groups.contains(&(group, pupil)))
    }
}

/// A reader and a child of theirs.
#[derive(Clone, Debug)]
pub struct Tie {
    /// Who reads.
    pub reader: PersonId,
    /// Of whom.
    pub pupil: PersonId,
    /// «Анна», with the class where two children share the name.
    pub name: String,
    /// Since when they have the journal open.
    pub connected_at: DateTime<Utc>,
}

/// A child's part of a digest.
#[derive(Clone, Debug)]
pub struct Section {
    /// Whose.
    pub pupil: PersonId,
    /// «Анна».
    pub name: String,
    /// The day's marks by subject; `None` where none are wished for, or there was no lesson.
    pub marks: Option<Vec<(String, Vec<String>)>>,
    /// Where the child wasn't, or came late; `None` where that isn't wished for or nobody said who was there.
    pub signs: Option<Vec<(String, Sign)>>,
    /// Subjects of the day of which nothing was entered.
    pub missing: Vec<String>,
    /// What changed, by the lesson's day.
    pub changed: BTreeMap<NaiveDate, Vec<(String, What)>>,
    /// The next school day.
    pub plan: Option<Plan>,
}

/// What is told of a lesson of which not all was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing was known.
    News(Facts),
    /// Something else was known.
    Changed(Vec<Difference>),
}

/// The next school day as one child has it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which day.
    pub date: NaiveDate,
    /// How many lessons are held.
    pub n: i64,
    /// When the first begins.
    pub starts: Option<NaiveTime>,
    /// Whether the lessons stand below with what is to be done, or only what isn't as usual.
    pub with_homework: bool,
    /// The lessons.
    pub lines: Vec<PlanLine>,
}

/// A lesson of the next school day.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// By the bells.
    pub number: i64,
    /// The subject.
    pub subject: String,
    /// What isn't as usual.
    pub how: How,
    /// What is to be done; `None` for the second of two, or where it isn't asked for.
    pub task: Option<Homework>,
    /// Whether files go with it.
    pub has_files: bool,
}

/// How a lesson of the next day differs from the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Not at all.
    Usual,
    /// Another gives it.
    Substituted,
    /// It is usually at another time.
    MovedHere,
    /// It isn't held.
    Cancelled,
    /// It is held at another time.
    MovedAway,
}

/// What is known from now on of a lesson: it was told by the digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Of which lesson.
    pub lesson: LessonId,
    /// What.
    pub facts: Facts,
    /// How often it was told.
    pub times: i64,
}

/// What an evening brings a reader of one child, and what they know from then on. `None` when it brings nothing.
pub fn section(class: &ClassDay, tie: &Tie, wishes: &Wishes, evening: NaiveDate) -> (Option<Section>, Vec<Heard>) {
    let mut moments = vec![Moment::Now, Moment::Evening];
    if class.ends_the_week(evening) {
        moments.push(Moment::Week);
    }
    let parts = Parts::at(wishes, &moments);
    let since = wishes.since.map_or(tie.connected_at, |it| it.max(tie.connected_at));
    let mut heard = Vec::new();
    let mut changed: BTreeMap<NaiveDate, Vec<(String, What)>> = BTreeMap::new();
    let mut of_today: HashMap<(LoadId, i64), (Facts, &Written)> = HashMap::new();
    for lesson in &class.written {
        let told = class.told.get(&(tie.reader, tie.pupil, lesson.id));
        let known = told.map(|it| &it.0);
        let is_today = lesson.date == evening;
        // What isn't settled may be taken back yet.
        let unsettled = class.unsettled.contains(&lesson.id);
        let now = if unsettled {
            known.cloned().unwrap_or_default()
        } else {
            parts.told_of(known, &lesson.facts(tie.pupil, known))
        };
        // Whoever wrote it knows it, and whoever came when it was over found it in the diary.
        let is_known =
            class.authors.contains(&(lesson.id, tie.reader)) || told.is_none() && lesson.bell_ends_at < since;
        let differences = if is_known {
            Vec::new()
        } else {
            differences(&known.cloned().unwrap_or_default(), &now)
        };
        if !differences.is_empty() {
            let was_told = told.is_some_and(|it| it.1 > 0 && it.0.is_news());
            // What came to today's lessons stands in the day itself.
            let is_shown = is_today && differences.iter().all(is_addition);
            if !is_shown {
                let what = if was_told {
                    What::Changed(differences)
                } else {
                    What::News(now.clone())
                };
                let of_day = changed.entry(lesson.date).or_default();
                of_day.push((lesson.subject.clone(), what));
            }
            heard.push(Heard {
                lesson: lesson.id,
                facts: now.clone(),
                times: told.map_or(0, |it| it.1) + 1,
            });
        }
        if is_today {
            of_today.insert((lesson.load, lesson.number), (now, lesson));
        }
    }
    let plan = plan(class, tie.pupil, wishes);
    if heard.is_empty() && plan.is_none() {
        return (None, Vec::new());
    }
    let mut section = Section {
        pupil: tie.pupil,
        name: tie.name.clone(),
        marks: None,
        signs: None,
        missing: Vec::new(),
        changed,
        plan,
    };
    overview(class, &mut section, parts, &of_today);
    (Some(section), heard)
}

fn is_addition(difference: &Difference) -> bool {
    matches!(difference, Difference::Added(_) | Difference::Sign(None, Some(_)))
}

/// The day as it stands in the journal.
fn overview(
    class: &ClassDay,
    section: &mut Section,
    parts: Parts,
    of_today: &HashMap<(LoadId, i64), (Facts, &Written)>,
) {
    let held: Vec<&Planned> = class
        .planned
        .iter()
        .filter(|it| it.standing == Standing::Held && class.is_in(it, section.pupil))
        .collect();
    if held.is_empty() {
        return;
    }
    let (mut marks, mut signs, mut is_taken) = (Vec::new(), Vec::new(), false);
    for planned in held {
        let subject = &planned.load.subject;
        let Some((facts, written)) = of_today.get(&(planned.key.load, planned.key.number)) else {
            section.missing.push(subject.clone());
            continue;
        };
        is_taken |= written.attendance_taken;
        if !written.is_entered() && !facts.is_news() {
            section.missing.push(subject.clone());
        }
        let values: Vec<String> = facts.marks.iter().map(|it| it.0.clone()).collect();
        if !values.is_empty() {
            marks.push((subject.clone(), values));
        }
        signs.extend(facts.sign.as_deref().and_then(Sign::of).map(|it| (subject.clone(), it)));
    }
    if !parts.marks && !parts.sign {
        section.missing.clear();
    }
    is_taken |= !signs.is_empty();
    section.marks = parts.marks.then_some(marks);
    section.signs = (parts.sign && is_taken).then_some(signs);
    // Twice on one day is one subject.
    let mut seen = BTreeSet::new();
    section.missing.retain(|it| seen.insert(it.clone()));
}

/// The next school day, in the evening of one: as far as it is wished for.
fn plan(class: &ClassDay, pupil: PersonId, wishes: &Wishes) -> Option<Plan> {
    let next = class.next.as_ref().filter(|_| class.had_lessons())?;
    let with_homework = wishes.when(Kind::Homework) == Moment::Evening;
    let with_changes = wishes.when(Kind::Timetable) == Moment::Evening;
    let own: Vec<&Planned> = next.planned.iter().filter(|it| class.is_in(it, pupil)).collect();
    let held = || own.iter().filter(|it| it.standing == Standing::Held);
    let mut lines = Vec::new();
    for planned in &own {
        let how = how(planned, next);
        let is_held = planned.standing == Standing::Held;
        let is_told = if with_changes && how != How::Usual {
            true
        } else {
            with_homework && is_held
        };
        if !is_told {
            continue;
        }
        // Of a double lesson the first has the homework.
        let first = held().find(|it| it.key.load == planned.key.load);
        let is_first = first.is_some_and(|it| it.key == planned.key);
        let task = next.tasks.iter().rfind(|it| it.0 == planned.key.load);
        lines.push(PlanLine {
            number: planned.key.number,
            subject: planned.load.subject.clone(),
            how: if with_changes { how } else { How::Usual },
            task: (with_homework && is_held && is_first).then(|| task.map_or(Homework::Missing, |it| it.1.clone())),
            has_files: with_homework && is_held && is_first && task.is_some_and(|it| it.2),
        });
    }
    let plan = Plan {
        date: next.date,
        n: i64::try_from(held().count()).unwrap_or(i64::MAX),
        starts: held().find_map(|it| it.bell).map(|(starts, _)| starts),
        with_homework,
        lines,
    };
    (!plan.lines.is_empty()).then_some(plan)
}

fn how(planned: &Planned, next: &Next) -> How {
    match planned.standing {
        Standing::Cancelled | Standing::Absent => How::Cancelled,
        Standing::MovedAway => How::MovedAway,
        Standing::Held if next.moved_here.contains(&(planned.key.load, planned.key.number)) => How::MovedHere,
        Standing::Held if planned.substitute.is_some() => How::Substituted,
        Standing::Held => How::Usual,
    }
}

#[cfg(test)]
mod tests;
