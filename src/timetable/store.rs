//! SQL of the timetable: loads, the template, a day's changes.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::db::{Conn, on};
use crate::ids::{ClassId, LoadId, PersonId};
use crate::school::{self, Weeks};

use super::{Bell, Change, LessonKey, Load, Planned, Slot, Standing, WhatChanged, bell, lessons_on, next_lesson};

/// The columns of [`Load`] and the tables they come from; loads of the year that holds the day `$1`.
macro_rules! loads {
    ($where:literal) => {
        concat!(
            "SELECT l.id, c.school_id, s.time_zone, l.class_id, c.grade, c.letter, j.title AS subject,
                    l.group_id, g.title AS group_title, l.teacher_id
             FROM loads l
             JOIN classes c ON c.id = l.class_id
             JOIN school_years y ON y.id = c.year_id AND $1 BETWEEN y.starts AND y.ends
             JOIN schools s ON s.id = c.school_id
             JOIN subjects j ON j.id = l.subject_id
             LEFT JOIN study_groups g ON g.id = l.group_id
             WHERE ",
            $where,
            " ORDER BY l.id"
        )
    };
}

/// The columns of a template row and of a change, for loads chosen by the same condition.
macro_rules! slots {
    ($where:literal) => {
        concat!(
            "SELECT sl.load_id, sl.weekday, sl.number, sl.weeks, y.starts AS year_starts, sl.since, sl.until,
                    sl.room FROM slots sl
             JOIN loads l ON l.id = sl.load_id
             JOIN classes c ON c.id = l.class_id
             JOIN school_years y ON y.id = c.year_id
             WHERE ",
            $where
        )
    };
}

macro_rules! changes {
    ($where:literal) => {
        concat!(
            "SELECT ch.load_id, ch.date, ch.number, ch.kind, ch.to_date, ch.to_number, ch.substitute_id
             FROM slot_changes ch JOIN loads l ON l.id = ch.load_id WHERE ",
            $where,
            " ORDER BY ch.id"
        )
    };
}

/// A load, and what the template, the bells and the calendar say of one lesson of it.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "four answers of one query")]
struct LessonRow {
    #[sqlx(flatten)]
    load: Load,
    year_starts: NaiveDate,
    bell_starts: Option<NaiveTime>,
    bell_ends: Option<NaiveTime>,
    usual_starts: Option<NaiveTime>,
    usual_ends: Option<NaiveTime>,
    in_odd_weeks: bool,
    in_even_weeks: bool,
    is_changed: bool,
    is_school_day: bool,
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    load_id: LoadId,
    date: NaiveDate,
    number: i64,
    kind: String,
    to_date: Option<NaiveDate>,
    to_number: Option<i64>,
    substitute_id: Option<PersonId>,
}

impl ChangeRow {
    fn read(self) -> anyhow::Result<Change> {
        let what = match (self.kind.as_str(), self.to_date, self.to_number, self.substitute_id) {
            ("cancelled", ..) => WhatChanged::Cancelled,
            ("moved", Some(date), Some(number), _) => WhatChanged::Moved { date, number },
            ("substituted", _, _, Some(by)) => WhatChanged::Substituted(by),
            (kind, ..) => anyhow::bail!(
                "slot_changes of load {} on {}: incomplete {kind}",
                self.load_id,
                self.date
            ),
        };
        Ok(Change {
            load: self.load_id,
            date: self.date,
            number: self.number,
            what,
        })
    }
}

/// The lessons of a teacher on a day, with those they give for others and without those others give for them.
pub async fn teacher_day(conn: &mut Conn, teacher: PersonId, day: NaiveDate) -> anyhow::Result<Vec<Planned>> {
    let loads: Vec<Load> = on!(conn, c => sqlx::query_as(loads!(
        "(l.teacher_id = $2 OR l.id IN (SELECT load_id FROM slot_changes WHERE substitute_id = $2 AND date = $1))"
    )).bind(day).bind(teacher).fetch_all(c).await)?;
    let slots: Vec<Slot> = on!(conn, c => sqlx::query_as(slots!(
        "(l.teacher_id = $2 OR l.id IN (SELECT load_id FROM slot_changes WHERE substitute_id = $2 AND date = $1))
         AND sl.weekday = $3 AND sl.since <= $1 AND (sl.until IS NULL OR sl.until >= $1)"
    )).bind(day).bind(teacher).bind(weekday(day)).fetch_all(c).await)?;
    let changes: Vec<ChangeRow> = on!(conn, c => sqlx::query_as(changes!(
        "(ch.date = $1 OR ch.to_date = $1) AND (l.teacher_id = $2 OR ch.substitute_id = $2)"
    )).bind(day).bind(teacher).fetch_all(c).await)?;
    let mut planned = plan(conn, &[day], loads, &slots, changes).await?;
    planned.retain(|it| it.substitute.unwrap_or(it.load.teacher_id) == teacher);
    Ok(planned)
}

/// The same for several days of the school year that holds the last of them, in order: as many statements as for one.
pub async fn teacher_days(
    conn: &mut Conn,
    teacher: PersonId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Planned>> {
    let loads: Vec<Load> = on!(conn, c => sqlx::query_as(loads!(
        "(l.teacher_id = $3 OR l.id IN (SELECT load_id FROM slot_changes
                                        WHERE substitute_id = $3 AND date BETWEEN $2 AND $1))"
    )).bind(to).bind(from).bind(teacher).fetch_all(c).await)?;
    let slots: Vec<Slot> = on!(conn, c => sqlx::query_as(slots!(
        "(l.teacher_id = $3 OR l.id IN (SELECT load_id FROM slot_changes
                                        WHERE substitute_id = $3 AND date BETWEEN $2 AND $1))
         AND sl.since <= $1 AND (sl.until IS NULL OR sl.until >= $2)"
    )).bind(to).bind(from).bind(teacher).fetch_all(c).await)?;
    let changes: Vec<ChangeRow> = on!(conn, c => sqlx::query_as(changes!(
        "(ch.date BETWEEN $2 AND $1 OR ch.to_date BETWEEN $2 AND $1) AND (l.teacher_id = $3 OR ch.substitute_id = $3)"
    )).bind(to).bind(from).bind(teacher).fetch_all(c).await)?;
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).collect();
    let mut planned = plan(conn, &days, loads, &slots, changes).await?;
    planned.retain(|it| it.substitute.unwrap_or(it.load.teacher_id) == teacher);
    Ok(planned)
}

/// The lessons of a class on a day, all groups.
pub async fn class_day(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Vec<Planned>> {
    class_days(conn, class, day, day).await
}

/// Whether the day of a lesson's class begins with it: nothing that is held comes before.
///
/// An absence asks this at every press. The lesson itself is held, so it is a school day.
pub async fn begins_the_day(conn: &mut Conn, lesson: &Planned) -> anyhow::Result<bool> {
    let (class, key) = (lesson.load.class_id, lesson.key);
    let slots: Vec<Slot> = on!(conn, c => sqlx::query_as(slots!(
        "l.class_id = $2 AND sl.number < $4 AND sl.weekday = $3 AND sl.since <= $1 AND (sl.until IS NULL OR sl.until >= $1)"
    )).bind(key.date).bind(class).bind(weekday(key.date)).bind(key.number).fetch_all(c).await)?;
    let changes = read_changes(on!(conn, c => sqlx::query_as(changes!(
        "(ch.date = $1 OR ch.to_date = $1) AND l.class_id = $2"
    )).bind(key.date).bind(class).fetch_all(c).await)?)?;
    let mut held = lessons_on(key.date, &slots, &changes, true).into_iter();
    Ok(!held.any(|(_, number, _, standing)| standing == Standing::Held && number < key.number))
}

/// 1 is Monday.
fn weekday(day: NaiveDate) -> i64 {
    i64::from(day.weekday().number_from_monday())
}

fn read_changes(rows: Vec<ChangeRow>) -> anyhow::Result<Vec<Change>> {
    rows.into_iter().map(ChangeRow::read).collect()
}

/// The same for several days of one school year, in order: as many statements as for one.
pub async fn class_days(
    conn: &mut Conn,
    class: ClassId,
    from: NaiveDate,
    to: NaiveDate,
) -> anyhow::Result<Vec<Planned>> {
    let loads: Vec<Load> =
        on!(conn, c => sqlx::query_as(loads!("l.class_id = $2")).bind(from).bind(class).fetch_all(c).await)?;
    let slots: Vec<Slot> = on!(conn, c => sqlx::query_as(slots!("l.class_id = $1")).bind(class).fetch_all(c).await)?;
    let changes: Vec<ChangeRow> = on!(conn, c => sqlx::query_as(changes!(
        "(ch.date BETWEEN $1 AND $2 OR ch.to_date BETWEEN $1 AND $2) AND l.class_id = $3"
    )).bind(from).bind(to).bind(class).fetch_all(c).await)?;
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).collect();
    plan(conn, &days, loads, &slots, changes).await
}

/// The template of a class, which knows the rooms.
pub async fn slots_of_class(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<Slot>> {
    Ok(on!(conn, c => sqlx::query_as(slots!("l.class_id = $1 ORDER BY sl.id")).bind(class).fetch_all(c).await)?)
}

/// One lesson, held or not; `None` when there is no such load this year.
///
/// Every press comes here: what the template, the bells and the calendar say of this one lesson is a single query.
pub async fn lesson(conn: &mut Conn, key: LessonKey) -> anyhow::Result<Option<Planned>> {
    let weekday = weekday(key.date);
    let row: Option<LessonRow> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, c.school_id, s.time_zone, l.class_id, c.grade, c.letter, j.title AS subject,
                l.group_id, g.title AS group_title, l.teacher_id, y.starts AS year_starts,
                b.starts AS bell_starts, b.ends AS bell_ends, u.starts AS usual_starts, u.ends AS usual_ends,
                EXISTS (SELECT 1 FROM slots sl WHERE sl.load_id = l.id AND sl.weekday = $4 AND sl.number = $3
                        AND sl.weeks <> 2 AND sl.since <= $1 AND (sl.until IS NULL OR sl.until >= $1)) AS in_odd_weeks,
                EXISTS (SELECT 1 FROM slots sl WHERE sl.load_id = l.id AND sl.weekday = $4 AND sl.number = $3
                        AND sl.weeks <> 1 AND sl.since <= $1 AND (sl.until IS NULL OR sl.until >= $1)) AS in_even_weeks,
                EXISTS (SELECT 1 FROM slot_changes ch
                        WHERE ch.load_id = l.id AND (ch.date = $1 OR ch.to_date = $1)) AS is_changed,
                (EXISTS (SELECT 1 FROM terms t WHERE t.year_id = c.year_id
                         AND c.grade BETWEEN t.from_grade AND t.to_grade AND $1 BETWEEN t.starts AND t.ends)
                 AND NOT EXISTS (SELECT 1 FROM holidays h WHERE h.year_id = c.year_id
                         AND c.grade BETWEEN h.from_grade AND h.to_grade AND $1 BETWEEN h.starts AND h.ends)) AS is_school_day
         FROM loads l
         JOIN classes c ON c.id = l.class_id
         JOIN school_years y ON y.id = c.year_id AND $1 BETWEEN y.starts AND y.ends
         JOIN schools s ON s.id = c.school_id
         JOIN subjects j ON j.id = l.subject_id
         LEFT JOIN study_groups g ON g.id = l.group_id
         LEFT JOIN short_days d ON d.year_id = c.year_id AND d.date = $1
         LEFT JOIN bells b ON b.school_id = c.school_id AND b.kind = d.kind AND b.shift = c.shift AND b.number = $3
         LEFT JOIN bells u ON u.school_id = c.school_id AND u.kind = '' AND u.shift = c.shift AND u.number = $3
         WHERE l.id = $2",
    ).bind(key.date).bind(key.load).bind(key.number).bind(weekday).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    let rows: Vec<ChangeRow> = if row.is_changed {
        on!(conn, c => sqlx::query_as(changes!(
            "(ch.date = $1 OR ch.to_date = $1) AND l.id = $2"
        )).bind(key.date).bind(key.load).fetch_all(c).await)?
    } else {
        Vec::new()
    };
    let changes = read_changes(rows)?;
    let weeks = match (row.in_odd_weeks, row.in_even_weeks) {
        (true, true) => Some(Weeks::Every),
        (true, false) => Some(Weeks::Odd),
        (false, true) => Some(Weeks::Even),
        (false, false) => None,
    };
    let slot = weeks.map(|weeks| Slot {
        load_id: key.load,
        weekday,
        number: key.number,
        weeks,
        year_starts: row.year_starts,
        since: key.date,
        until: None,
        room: String::new(),
    });
    let held = lessons_on(key.date, slot.as_slice(), &changes, row.is_school_day)
        .into_iter()
        .find(|(load, number, ..)| (*load, *number) == (key.load, key.number));
    let (bell, substitute, standing) = match held {
        Some((_, _, substitute, standing)) => {
            let usual = row.usual_starts.zip(row.usual_ends);
            (row.bell_starts.zip(row.bell_ends).or(usual), substitute, standing)
        }
        None => (None, None, Standing::Absent),
    };
    Ok(Some(Planned {
        key,
        load: row.load,
        bell,
        substitute,
        standing,
    }))
}

/// Where the homework of a lesson is due.
pub async fn due(conn: &mut Conn, planned: &Planned) -> anyhow::Result<Option<NaiveDate>> {
    let key = planned.key;
    let slots: Vec<Slot> = on!(conn, c => sqlx::query_as(slots!("l.id = $1")).bind(key.load).fetch_all(c).await)?;
    let rows: Vec<ChangeRow> = on!(conn, c => sqlx::query_as(changes!(
        "l.id = $2 AND (ch.date >= $1 OR ch.to_date >= $1)"
    )).bind(key.date).bind(key.load).fetch_all(c).await)?;
    let changes = read_changes(rows)?;
    let calendar = school::store::calendar(conn, planned.load.class_id).await?;
    Ok(next_lesson(
        key.load,
        (key.date, key.number),
        &slots,
        &changes,
        &calendar,
    ))
}

/// The tutors of a class.
pub async fn tutors(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT person_id FROM class_tutors WHERE class_id = $1 ORDER BY person_id",
    ).bind(class).fetch_all(c).await)?)
}

async fn plan(
    conn: &mut Conn,
    days: &[NaiveDate],
    loads: Vec<Load>,
    slots: &[Slot],
    rows: Vec<ChangeRow>,
) -> anyhow::Result<Vec<Planned>> {
    let changes = read_changes(rows)?;
    let mut planned = Vec::new();
    let mut calendars = std::collections::HashMap::new();
    let mut bells = std::collections::HashMap::new();
    let lessons = days.iter().flat_map(|day| {
        lessons_on(*day, slots, &changes, true)
            .into_iter()
            .map(|(load, number, substitute, standing)| (*day, load, number, substitute, standing))
    });
    for (day, load_id, number, substitute, standing) in lessons {
        let Some(load) = loads.iter().find(|it| it.id == load_id) else {
            continue;
        };
        if let std::collections::hash_map::Entry::Vacant(entry) = calendars.entry(load.class_id) {
            entry.insert(match days {
                [day] => school::store::calendar_on(conn, load.class_id, *day).await?,
                _ => school::store::calendar(conn, load.class_id).await?,
            });
        }
        if let std::collections::hash_map::Entry::Vacant(entry) = bells.entry((load.class_id, day)) {
            entry.insert(class_bells(conn, load.class_id, day).await?);
        }
        if !calendars.get(&load.class_id).is_some_and(|it| it.is_school_day(day)) {
            continue;
        }
        let bell = bells.get(&(load.class_id, day)).and_then(|bells| bell(bells, number));
        let key = LessonKey {
            load: load_id,
            date: day,
            number,
        };
        planned.push(Planned {
            key,
            load: load.clone(),
            bell,
            substitute,
            standing,
        });
    }
    // By the clock: a teacher of both shifts has two first lessons.
    planned.sort_by_key(|it| (it.key.date, it.bell, it.key.number, it.key.load));
    Ok(planned)
}

/// The bells of a class's shift: the usual ones, and those of a day that has its own.
async fn class_bells(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Vec<Bell>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT b.number, b.starts, b.ends, b.kind <> '' AS special FROM classes c
         LEFT JOIN short_days d ON d.year_id = c.year_id AND d.date = $2
         JOIN bells b ON b.school_id = c.school_id AND b.shift = c.shift AND (b.kind = '' OR b.kind = d.kind)
         WHERE c.id = $1",
    ).bind(class).bind(day).fetch_all(c).await)?)
}

/// Any class that a teacher teaches: whose holidays are theirs.
pub async fn a_class_of(conn: &mut Conn, teacher: PersonId) -> anyhow::Result<Option<ClassId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT class_id FROM loads WHERE teacher_id = $1 ORDER BY class_id DESC LIMIT 1",
    ).bind(teacher).fetch_optional(c).await)?)
}
