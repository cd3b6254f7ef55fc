//! The evening's work: a job looks every hour where it is evening, another thinks of a school's readers, some of them in
//! each transaction, until it has thought of everybody.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use super::screens::{self, Digest};
use super::store::Reader;
use super::{ClassDay, LATEST, Next, OLDEST, Section, Tie, last_evening, section, store};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::jobs;
use crate::notices::discreet;
use crate::notices::settings::{self, EVENING, at, store::Book};
use crate::notices::store::{Known, tell_all};
use crate::people;
use crate::school;
use crate::timetable::{self, Standing};
use crate::words::{Locale, dates};

/// The job that looks where it is evening.
pub const LOOK: &str = "digests";
/// The job that thinks of a school's readers.
pub const SEND: &str = "digest";

/// Readers of whom one transaction thinks: it must be short.
const AT_ONCE: i64 = 60;
/// How often it is looked for evenings: a school may be loaded at any time.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// What is older than this many days was told by the digests that came since.
const TOUCHED: TimeDelta = TimeDelta::days(9);
/// So long it is known of whom was thought.
const KEPT: Days = Days::new(30);

/// Begins the digests of schools where it has become evening.
pub async fn look(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut again = now + EVERY;
    for (school, zone) in store::schools(tx).await? {
        let evening = last_evening(dates::local(now, zone));
        let begins = dates::moment(evening, at(EVENING), zone);
        let begun = store::begun(tx, school).await?;
        if begun.is_none_or(|it| it < evening) {
            store::begin(tx, school, evening).await?;
            // The evening before a school's first day with digests had none.
            if begun.is_some() && now - begins <= LATEST {
                jobs::store::schedule(tx, SEND, school.0, now).await?;
            }
        }
        let next = evening.succ_opt().unwrap_or(evening);
        again = again.min(dates::moment(next, at(EVENING), zone));
    }
    jobs::store::schedule(tx, LOOK, 0, again).await
}

/// Thinks of the next readers of a school.
pub async fn send(tx: &mut Tx, school: SchoolId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(evening) = store::begun(tx, school).await? else {
        return Ok(());
    };
    let zone = school::store::zone(tx, school).await?;
    if now - dates::moment(evening, at(EVENING), zone) > LATEST {
        return Ok(());
    }
    let taken = store::take(tx, school, evening, AT_ONCE).await?;
    if taken == 0 {
        let long_ago = evening.checked_sub_days(KEPT).unwrap_or(evening);
        return store::forget(tx, school, long_ago).await;
    }
    let mut by_reader: BTreeMap<PersonId, Vec<Reader>> = BTreeMap::new();
    for row in store::readers(tx, evening).await? {
        by_reader.entry(row.person_id).or_default().push(row);
    }
    let book = settings::store::of_digest(tx, evening).await?;
    let mut classes: BTreeMap<ClassId, ClassDay> = BTreeMap::new();
    for row in by_reader.values().flatten() {
        if let Entry::Vacant(unknown) = classes.entry(row.class_id) {
            unknown.insert(class_day(tx, row.class_id, (evening, now)).await?);
        }
    }
    let evening = Evening { evening, now, zone };
    let mut known = Vec::new();
    for (reader, rows) in by_reader {
        evening.tell(tx, (reader, &rows), (&classes, &book), &mut known).await?;
    }
    tell_all(tx, &known).await?;
    store::close(tx, evening.evening).await?;
    jobs::store::schedule(tx, SEND, school.0, now).await
}

/// When it is, and where.
#[derive(Clone, Copy)]
struct Evening {
    evening: NaiveDate,
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
}

impl Evening {
    async fn tell(
        &self,
        tx: &mut Tx,
        (reader, rows): (PersonId, &[Reader]),
        (classes, book): (&BTreeMap<ClassId, ClassDay>, &Book),
        known: &mut Vec<Known>,
    ) -> anyhow::Result<()> {
        let mut sections: Vec<Section> = Vec::new();
        let mut seen = HashSet::new();
        for row in rows.iter().filter(|it| seen.insert(it.pupil_id)) {
            let Some(class) = classes.get(&row.class_id) else {
                continue;
            };
            let tie = Tie {
                reader,
                pupil: row.pupil_id,
                name: name(row, rows),
                connected_at: rows.iter().map(|it| it.connected_at).min().unwrap_or(self.now),
            };
            let wishes = book.wishes(reader, row.pupil_id);
            let (found, heard) = section(class, &tie, &wishes, self.evening);
            sections.extend(found);
            known.extend(heard.into_iter().map(|it| Known {
                parent: reader,
                pupil: row.pupil_id,
                lesson: it.lesson,
                facts: it.facts,
                times: it.times,
            }));
        }
        if sections.is_empty() {
            return Ok(());
        }
        let school = people::store::school_beside(tx, reader).await?;
        let habits = book.habits(reader);
        let today = dates::local(self.now, self.zone).date();
        let digest = Digest {
            day: self.evening,
            today,
            sections: &sections,
            school: school.as_deref(),
        };
        let pupils: Vec<PersonId> = sections.iter().map(|it| it.pupil).collect();
        let mut chats = HashSet::new();
        for row in rows.iter().filter(|it| chats.insert((&it.transport, it.account))) {
            let locale = Locale::of(&row.locale);
            let key = format!("digest:{}:{reader}:{}", self.evening, row.account);
            let letter = discreet::Letter {
                key: &key,
                to: (&row.transport, row.account),
                reader,
                pupils: &pupils,
                locale,
                day: self.evening,
                today,
            };
            let screen = discreet::drawn(tx, &letter, screens::digest(locale, &digest), habits.discreet).await?;
            let mut letter = NewLetter::new((row.transport.clone(), row.account), key, screen, self.now);
            letter.letter.silent = true;
            letter.due_at = habits.quiet.ends_at(self.now, self.zone).unwrap_or(self.now);
            delivery::store::post(tx, letter, self.now).await?;
        }
        Ok(())
    }
}

/// «Анна»; with the class where two children of the reader share the name.
fn name(of: &Reader, rows: &[Reader]) -> String {
    let is_shared = rows.iter().any(|it| it.name == of.name && it.pupil_id != of.pupil_id);
    if is_shared {
        format!("{} ({})", of.name, school::class_name(of.grade, &of.letter))
    } else {
        of.name.clone()
    }
}

/// All that the families of a class may be told of.
async fn class_day(
    conn: &mut Conn,
    class: ClassId,
    (evening, now): (NaiveDate, DateTime<Utc>),
) -> anyhow::Result<ClassDay> {
    let from = evening.checked_sub_days(OLDEST).unwrap_or(evening);
    let touched = now - TOUCHED;
    Ok(ClassDay {
        planned: timetable::store::class_day(conn, class, evening).await?,
        written: store::written(conn, class, (from, evening), touched).await?,
        next: next(conn, class, evening).await?,
        groups: store::groups(conn, class).await?,
        unsettled: store::unsettled(conn, class).await?,
        authors: store::authors(conn, class, (from, evening), touched).await?,
        told: store::told(conn, class, (from, evening), touched).await?,
    })
}

/// The next day on which a class has lessons, within its year.
async fn next(conn: &mut Conn, class: ClassId, evening: NaiveDate) -> anyhow::Result<Option<Next>> {
    let calendar = school::store::calendar(conn, class).await?;
    let Some(last) = calendar.last_day() else {
        return Ok(None);
    };
    let tomorrow = evening.succ_opt().unwrap_or(evening);
    let first = tomorrow
        .iter_days()
        .take_while(|it| *it <= last)
        .find(|it| calendar.is_school_day(*it));
    let Some(first) = first else { return Ok(None) };
    // A week from there holds a lesson, whichever weekdays the class has.
    let week = first.checked_add_days(Days::new(7)).unwrap_or(first).min(last);
    let mut planned = timetable::store::class_days(conn, class, first, week).await?;
    let held = planned.iter().find(|it| it.standing == Standing::Held);
    let Some(date) = held.map(|it| it.key.date) else {
        return Ok(None);
    };
    planned.retain(|it| it.key.date == date);
    let slots = timetable::store::slots_of_class(conn, class).await?;
    let is_usual = |key: timetable::LessonKey| {
        let mut here = slots
            .iter()
            .filter(|it| it.load_id == key.load && it.number == key.number);
        here.any(|it| it.falls_on(key.date))
    };
    let moved = planned.iter().map(|it| it.key).filter(|key| !is_usual(*key));
    let mut next = Next {
        date,
        moved_here: moved.map(|key| (key.load, key.number)).collect(),
        planned,
        tasks: Vec::new(),
    };
    next.tasks = store::tasks(conn, class, &next).await?;
    Ok(Some(next))
}
