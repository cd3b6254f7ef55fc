//! What the generator knows of the school: its days, its lessons, who sits in them. Read through the features' stores.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

use super::dice::key;
use crate::db::Conn;
use crate::ids::{ClassId, GroupId, LoadId, PersonId};
use crate::people;
use crate::school::store::Pupil;
use crate::school::{self};
use crate::timetable::{self, Planned, Standing};
use crate::words::dates;

/// How far ahead the next lesson is looked for, where a homework is due.
const AHEAD: TimeDelta = TimeDelta::days(21);

/// A lesson that was held.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its place in the timetable.
    pub planned: Planned,
    /// Who sits in it.
    pub pupils: Vec<Pupil>,
    /// When its homework is due.
    pub due: Option<NaiveDate>,
}

impl Slot {
    /// Who writes it.
    pub fn writer(&self) -> PersonId {
        self.planned.substitute.unwrap_or(self.planned.load.teacher_id)
    }
}

/// The school up to a moment.
#[derive(Clone, Debug)]
pub struct School {
    /// Where its clocks stand.
    pub zone: Tz,
    /// The last moment of the history.
    pub until: DateTime<Utc>,
    /// Lessons that were held, by day and number.
    pub slots: Vec<Slot>,
    /// Days of each class with the day's last lesson.
    pub days: BTreeMap<ClassId, Vec<(NaiveDate, i64)>>,
    /// Names of people as luck knows them.
    pub keys: BTreeMap<PersonId, u64>,
    /// The teacher with whom the demonstration opens.
    pub opening: Option<PersonId>,
    /// The teacher who is behind with the journal.
    pub behind: Option<PersonId>,
}

/// Reads the school's lessons from a day to a moment.
pub async fn read(conn: &mut Conn, from: NaiveDate, until: DateTime<Utc>) -> anyhow::Result<Option<School>> {
    let classes = school::store::classes_on(conn, from).await?;
    let Some((first, time_zone)) = classes.first().cloned() else {
        return Ok(None);
    };
    let zone = dates::zone(&time_zone);
    let today = dates::local(until, zone).date();
    let mut told = School {
        zone,
        until,
        slots: Vec::new(),
        days: BTreeMap::from([(first, Vec::new())]),
        keys: BTreeMap::new(),
        opening: None,
        behind: None,
    };
    let mut registers: BTreeMap<(ClassId, Option<GroupId>), Vec<Pupil>> = BTreeMap::new();
    // The days on which a load has a lesson, to find where a homework is due.
    let mut held: Vec<(LoadId, NaiveDate, i64)> = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= today + AHEAD) {
        for (class, _) in &classes {
            let mut planned = timetable::store::class_day(conn, *class, day).await?;
            planned.retain(|it| it.standing == Standing::Held && it.bell.is_some());
            let Some(last) = planned.iter().map(|it| it.key.number).max() else {
                continue;
            };
            held.extend(planned.iter().map(|it| (it.load.id, day, it.key.number)));
            if day > today {
                continue;
            }
            told.days.entry(*class).or_default().push((day, last));
            for it in planned {
                let at = (*class, it.load.group_id);
                if let std::collections::btree_map::Entry::Vacant(entry) = registers.entry(at) {
                    entry.insert(match it.load.group_id {
                        Some(group) => school::store::pupils_of_group(conn, group, day).await?,
                        None => school::store::pupils_of_class(conn, *class, day).await?,
                    });
                }
                told.slots.push(Slot {
                    planned: it,
                    pupils: registers.get(&at).cloned().unwrap_or_default(),
                    due: None,
                });
            }
        }
    }
    told.slots
        .sort_by_key(|slot| (slot.planned.key.date, slot.planned.key.number, slot.planned.load.id));
    for slot in &mut told.slots {
        let key = slot.planned.key;
        let next = held
            .iter()
            .filter(|(load, day, number)| *load == key.load && (*day, *number) > (key.date, key.number));
        slot.due = next.map(|(_, day, number)| (*day, *number)).min().map(|(day, _)| day);
    }
    told.name(conn).await?;
    Ok(Some(told))
}

impl School {
    async fn name(&mut self, conn: &mut Conn) -> anyhow::Result<()> {
        let opening = crate::words::plain!(crate::words::Locale::Ru, "demo.first_teacher");
        let behind = crate::words::plain!(crate::words::Locale::Ru, "demo.teacher_behind");
        for slot in &self.slots {
            for pupil in &slot.pupils {
                self.keys
                    .entry(pupil.id)
                    .or_insert_with(|| key(&pupil.full_name().whole()));
            }
        }
        let writers: std::collections::BTreeSet<PersonId> = self.slots.iter().map(Slot::writer).collect();
        for id in writers {
            let Some(person) = people::store::person(conn, id).await? else {
                continue;
            };
            self.keys.insert(id, key(&person.name.whole()));
            if person.name.surname == opening {
                self.opening = Some(id);
            } else if person.name.surname == behind {
                self.behind = Some(id);
            }
        }
        Ok(())
    }
}
