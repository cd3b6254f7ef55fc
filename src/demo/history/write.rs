//! Keeps the history: every press through the lessons' replay, what families know of it, a transaction a day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

use super::journal::{Event, events};
use super::school::{self, School};
use super::topics::Courses;
use crate::access::{Actor, Identity};
use crate::db::{Conn, Db, transact};
use crate::ids::{Account, PersonId};
use crate::lessons::Lesson;
use crate::lessons::replay::{self, Page};
use crate::lessons::store::Presses;
use crate::notices::store::{Known, Recipient};
use crate::notices::{Facts, replay::Past};
use crate::telegram::TRANSPORT;
use crate::timetable::LessonKey;
use crate::words::{Locale, dates};
use crate::{jobs, notices, people};

/// So far back families find their messages in their chats; what is older nobody scrolls to.
const CHATS_BEGIN: TimeDelta = TimeDelta::days(5);

/// A history in the making.
struct Scribe<'s> {
    school: &'s School,
    pages: BTreeMap<usize, Page>,
    /// Whom a child's news concerns.
    families: Families,
    /// What was told last of a child's lesson, and how often.
    told: Told,
}

/// By slot and pupil.
type Told = BTreeMap<(usize, PersonId), (Facts, i64)>;

/// Which lessons a day touched, and when last.
type Touched = BTreeMap<usize, DateTime<Utc>>;

/// By pupil: who is told, and on which account.
type Families = BTreeMap<PersonId, Vec<(PersonId, i64)>>;

/// What of a day's lessons families hear.
#[derive(Default)]
struct News {
    /// What differs from what they heard last.
    heard: Vec<Heard>,
    /// Lessons whose news hasn't settled when the history ends, and when it will.
    unsettled: Vec<(usize, DateTime<Utc>)>,
}

/// A child's news of a lesson.
struct Heard {
    slot: usize,
    pupil: PersonId,
    former: Option<Facts>,
    at: DateTime<Utc>,
}

/// Writes the days that aren't there yet. A day is there whole or not at all.
pub async fn write(
    db: &Db,
    (from, until): (NaiveDate, DateTime<Utc>),
    (courses, phone): (&Courses, &(dyn Fn(PersonId) -> Option<i64> + Sync)),
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
        families: families(&mut snapshot, &school, phone).await?,
        told: BTreeMap::new(),
    };
    let day_of = |event: &Event| dates::local(event.at, school.zone).date();
    for day in events.chunk_by(|one, other| day_of(one) == day_of(other)) {
        let touched = scribe.play(day)?;
        let news = scribe.news(&touched);
        if last >= day.last().map(|event| event.at) {
            scribe.was_written(&touched);
        } else {
            each_day(day.first().map_or(from, day_of))?;
            scribe.keep(db, &touched, &news).await?;
        }
    }
    Ok(())
}

async fn families(
    conn: &mut Conn,
    school: &School,
    phone: &(dyn Fn(PersonId) -> Option<i64> + Sync),
) -> anyhow::Result<Families> {
    let pupils: BTreeSet<PersonId> = school
        .slots
        .iter()
        .flat_map(|slot| slot.pupils.iter().map(|pupil| pupil.id))
        .collect();
    let mut families = BTreeMap::new();
    for pupil in pupils {
        let scope = people::store::pupil_scope(conn, pupil).await?;
        // They enter, and consent, when the history is there: in it they have long been in.
        let guardians = scope.map(|it| [it.guardians, it.without_consent].concat());
        let reached = guardians.into_iter().flatten().filter_map(|it| Some((it, phone(it)?)));
        families.insert(pupil, reached.collect());
    }
    Ok(families)
}

impl Scribe<'_> {
    /// Plays the presses of a day; says which lessons they touched, and when last.
    fn play(&mut self, day: &[Event]) -> anyhow::Result<Touched> {
        let mut touched = Touched::new();
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
                        transport: TRANSPORT,
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
            touched.insert(event.slot, event.at);
        }
        Ok(touched)
    }

    /// What families hear of the day, by lesson and pupil: that which differs from what they heard last.
    fn news(&mut self, touched: &Touched) -> News {
        let mut news = News::default();
        for (idx, pressed_at) in touched {
            let Some(page) = self.pages.get(idx) else { continue };
            let lesson = page.lesson();
            let at = settles_at(lesson, *pressed_at);
            if at > self.school.until {
                news.unsettled.push((*idx, at));
                continue;
            }
            for (pupil, cell) in &lesson.cells {
                let facts = Facts::of(lesson, cell, None);
                let told = self.told.get(&(*idx, *pupil)).cloned();
                if facts.is_news() && told.as_ref().is_none_or(|(former, _)| *former != facts) {
                    let (former, times) = told.map_or((None, 0), |(former, times)| (Some(former), times));
                    self.told.insert((*idx, *pupil), (facts, times + 1));
                    news.heard.push(Heard {
                        slot: *idx,
                        pupil: *pupil,
                        former,
                        at,
                    });
                }
            }
        }
        news.heard.sort_by_key(|it| (it.at, it.slot, it.pupil));
        news
    }

    fn was_written(&mut self, touched: &Touched) {
        for idx in touched.keys() {
            if let Some(page) = self.pages.get_mut(idx) {
                page.was_written();
            }
        }
    }

    /// Writes a day.
    async fn keep(&mut self, db: &Db, touched: &Touched, news: &News) -> anyhow::Result<()> {
        let mut pages: Vec<&mut Page> = Vec::new();
        let mut keys: BTreeMap<usize, LessonKey> = BTreeMap::new();
        for (idx, page) in self.pages.iter_mut().filter(|(idx, _)| touched.contains_key(idx)) {
            keys.insert(*idx, page.key());
            pages.push(page);
        }
        let (told, families) = (&self.told, &self.families);
        let slots = self.school.slots.as_slice();
        let chats_begin = self.school.until - CHATS_BEGIN;
        transact!(db, tx => {
            let ids = replay::store::write(&mut tx, &pages).await?;
            let id_of = |idx: &usize| keys.get(idx).and_then(|key| ids.get(key)).copied();
            let mut known = Vec::new();
            for heard in &news.heard {
                let lesson = pages.iter().map(|page| page.lesson()).find(|it| Some(&it.planned.key) == keys.get(&heard.slot));
                let (Some(lesson), Some(id), Some((facts, times))) =
                    (lesson, id_of(&heard.slot), told.get(&(heard.slot, heard.pupil)))
                else {
                    continue;
                };
                let past = Past { lesson, id, former: heard.former.as_ref(), facts, times: *times, at: heard.at };
                // The one who wrote it isn't told of it.
                let told = families.get(&heard.pupil).into_iter().flatten();
                for (parent, account) in told.filter(|it| it.0 != slots[heard.slot].writer()) {
                    known.push(Known { parent: *parent, pupil: heard.pupil, lesson: id, facts: facts.clone(), times: *times });
                    if heard.at >= chats_begin {
                        notices::replay::tell(&mut tx, &past, &recipient(heard, (*parent, *account))).await?;
                    }
                }
            }
            notices::store::tell_all(&mut tx, &known).await?;
            for (idx, at) in &news.unsettled {
                if let Some(id) = id_of(idx) {
                    jobs::store::schedule(&mut tx, notices::hear::SETTLE, id.0, *at).await?;
                }
            }
        })?;
        for page in &mut pages {
            page.was_written();
        }
        Ok(())
    }
}

/// When a lesson's news leaves: at once when it is finished, else as if nobody had said so.
fn settles_at(lesson: &Lesson, pressed_at: DateTime<Utc>) -> DateTime<Utc> {
    let (_, ends) = lesson.planned.bell.unwrap_or_default();
    let presses = Presses {
        last_press_at: pressed_at,
        late_press_at: None,
        bell_ends_at: dates::moment(lesson.planned.key.date, ends, lesson.planned.load.zone()),
        alarm_at: None,
    };
    if lesson.finished_at.is_some() {
        pressed_at
    } else {
        notices::due(&presses)
    }
}

fn recipient(heard: &Heard, (parent_id, account): (PersonId, i64)) -> Recipient {
    Recipient {
        pupil_id: heard.pupil,
        parent_id,
        transport: TRANSPORT.to_owned(),
        account,
        locale: Locale::Ru.code().to_owned(),
        connected_at: heard.at,
    }
}
