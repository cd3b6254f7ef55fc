//! Keeps the history: every press through the lessons' replay, what families know of it, a transaction a day.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

use super::journal::{Event, events};
use super::school::{self, School};
use super::topics::Courses;
use crate::access::{Actor, Identity};
use crate::db::{Conn, Db, transact};
use crate::ids::{Account, LessonId, PersonId};
use crate::lessons::replay::{self, Page};
use crate::notices::Facts;
use crate::notices::store::Known;
use crate::timetable::LessonKey;
use crate::words::dates;
use crate::{notices, people};

/// A history in the making.
struct Scribe<'s> {
    school: &'s School,
    pages: BTreeMap<usize, Page>,
    /// Whom a child's news concerns.
    families: BTreeMap<PersonId, Vec<PersonId>>,
    /// What was told last of a child's lesson, and how often.
    told: Told,
}

/// By slot and pupil.
type Told = BTreeMap<(usize, PersonId), (Facts, i64)>;

/// Writes the days that aren't there yet. A day is there whole or not at all.
pub async fn write(
    db: &Db,
    (from, until): (NaiveDate, DateTime<Utc>),
    (courses, unreached): (&Courses, &[PersonId]),
    mut each_day: impl FnMut(NaiveDate) -> anyhow::Result<()> + Send,
) -> anyhow::Result<()> {
    let mut snapshot = db.snapshot().await?;
    let last = replay::store::last_press(&mut snapshot).await?;
    // A demonstration that was used is further than its history.
    if last.is_some_and(|last| last >= until) {
        return Ok(());
    }
    let Some(school) = school::read(&mut snapshot, from, until).await? else {
        return Ok(());
    };
    let events = events(&school, courses);
    if last >= events.last().map(|event| event.at) {
        return Ok(());
    }
    let mut scribe = Scribe {
        school: &school,
        pages: BTreeMap::new(),
        families: families(&mut snapshot, &school, unreached).await?,
        told: BTreeMap::new(),
    };
    let day_of = |event: &Event| dates::local(event.at, school.zone).date();
    for day in events.chunk_by(|one, other| day_of(one) == day_of(other)) {
        let touched = scribe.play(day)?;
        let known = scribe.news(&touched);
        if last >= day.last().map(|event| event.at) {
            scribe.was_written(&touched);
        } else {
            each_day(day.first().map_or(from, day_of))?;
            scribe.keep(db, &touched, &known).await?;
        }
    }
    Ok(())
}

async fn families(
    conn: &mut Conn,
    school: &School,
    unreached: &[PersonId],
) -> anyhow::Result<BTreeMap<PersonId, Vec<PersonId>>> {
    let pupils: BTreeSet<PersonId> = school
        .slots
        .iter()
        .flat_map(|slot| slot.pupils.iter().map(|pupil| pupil.id))
        .collect();
    let mut families = BTreeMap::new();
    for pupil in pupils {
        let scope = people::store::pupil_scope(conn, pupil).await?;
        let mut guardians = scope.map(|it| it.guardians).unwrap_or_default();
        guardians.retain(|it| !unreached.contains(it));
        families.insert(pupil, guardians);
    }
    Ok(families)
}

impl Scribe<'_> {
    /// Plays the presses of a day; says which lessons they touched.
    fn play(&mut self, day: &[Event]) -> anyhow::Result<BTreeSet<usize>> {
        let mut touched = BTreeSet::new();
        for event in day {
            let slot = &self.school.slots[event.slot];
            let page = match self.pages.entry(event.slot) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    let load = &slot.planned.load;
                    let identity = Identity {
                        is_staff: true,
                        lock_after_minutes: 0,
                        person: slot.writer(),
                        school: load.school_id,
                        duties: Vec::new(),
                    };
                    let account = Account {
                        transport: crate::telegram::TRANSPORT,
                        id: 0,
                    };
                    let actor = Actor {
                        guard: None,
                        account,
                        identities: vec![identity],
                    };
                    entry.insert(Page::open(&actor, slot.planned.clone(), slot.pupils.clone(), slot.due)?)
                }
            };
            page.press(event.at, &event.press)?;
            touched.insert(event.slot);
        }
        Ok(touched)
    }

    /// What families hear of the day, by lesson and pupil: that which differs from what they heard last.
    fn news(&mut self, touched: &BTreeSet<usize>) -> Vec<(usize, PersonId)> {
        let mut news = Vec::new();
        for idx in touched {
            let Some(page) = self.pages.get(idx) else { continue };
            let lesson = page.lesson();
            for (pupil, cell) in &lesson.cells {
                let facts = Facts::of(lesson, cell);
                let told = self.told.get(&(*idx, *pupil));
                if facts.is_news() && told.is_none_or(|(former, _)| *former != facts) {
                    let times = told.map_or(0, |(_, times)| *times) + 1;
                    self.told.insert((*idx, *pupil), (facts, times));
                    news.push((*idx, *pupil));
                }
            }
        }
        news
    }

    fn was_written(&mut self, touched: &BTreeSet<usize>) {
        for idx in touched {
            if let Some(page) = self.pages.get_mut(idx) {
                page.was_written();
            }
        }
    }

    /// Writes a day.
    async fn keep(&mut self, db: &Db, touched: &BTreeSet<usize>, news: &[(usize, PersonId)]) -> anyhow::Result<()> {
        let pages = self.pages.iter_mut().filter(|(idx, _)| touched.contains(idx));
        let mut pages: Vec<&mut Page> = pages.map(|(_, page)| page).collect();
        let (told, families) = (&self.told, &self.families);
        let slots = self.school.slots.as_slice();
        transact!(db, tx => {
            let ids = replay::store::write(&mut tx, &pages).await?;
            let known = known(news, (slots, told, families), &ids);
            notices::store::tell_all(&mut tx, &known).await?;
        })?;
        for page in &mut pages {
            page.was_written();
        }
        Ok(())
    }
}

fn known(
    news: &[(usize, PersonId)],
    (slots, told, families): (&[school::Slot], &Told, &BTreeMap<PersonId, Vec<PersonId>>),
    ids: &BTreeMap<LessonKey, LessonId>,
) -> Vec<Known> {
    let mut known = Vec::new();
    for (idx, pupil) in news {
        let lesson = slots.get(*idx).and_then(|slot| ids.get(&slot.planned.key));
        let (Some(lesson), Some((facts, times))) = (lesson, told.get(&(*idx, *pupil))) else {
            continue;
        };
        for parent in families.get(pupil).into_iter().flatten() {
            known.push(Known {
                parent: *parent,
                pupil: *pupil,
                lesson: *lesson,
                facts: facts.clone(),
                times: *times,
            });
        }
    }
    known
}
