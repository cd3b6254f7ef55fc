//! SQL of the diary: a child's lessons of one day with what was entered of them.

use chrono::NaiveDate;

use super::Entry;
use crate::db::{Conn, on};
use crate::ids::{ClassId, GroupId, LessonId, LoadId, PersonId};
use crate::lessons::cell::{Cell, Mark, Sign, Value};
use crate::lessons::{Homework, Kind};
use crate::timetable;

#[derive(sqlx::FromRow)]
struct LessonRow {
    id: LessonId,
    load_id: LoadId,
    number: i64,
    topic: Option<String>,
    homework: Option<String>,
    homework_none: bool,
    homework_due: Option<NaiveDate>,
    attendance_taken: bool,
}

/// The lessons of a child's class on a day, only those of the child's own groups.
pub async fn entries(conn: &mut Conn, pupil: PersonId, class: ClassId, day: NaiveDate) -> anyhow::Result<Vec<Entry>> {
    let groups: Vec<GroupId> = on!(conn, c => sqlx::query_scalar("SELECT group_id FROM group_members WHERE pupil_id = $1")
        .bind(pupil).fetch_all(c).await)?;
    let planned = timetable::store::class_day(conn, class, day).await?;
    let rows: Vec<LessonRow> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, l.load_id, l.number, l.topic, l.homework, l.homework_none, l.homework_due, l.attendance_taken
         FROM lessons l WHERE l.load_id IN (SELECT id FROM loads WHERE class_id = $1) AND l.date = $2",
    ).bind(class).bind(day).fetch_all(c).await)?;
    let mut entries = Vec::new();
    for planned in planned {
        if planned.load.group_id.is_some_and(|group| !groups.contains(&group)) {
            continue;
        }
        let row = rows
            .iter()
            .find(|row| row.load_id == planned.key.load && row.number == planned.key.number);
        let cell = match row {
            Some(row) => cell(conn, row.id, pupil).await?,
            None => Cell::default(),
        };
        entries.push(entry(planned, row, cell));
    }
    Ok(entries)
}

fn entry(planned: timetable::Planned, row: Option<&LessonRow>, cell: Cell) -> Entry {
    let homework = match row {
        Some(LessonRow {
            homework: Some(text), ..
        }) => Homework::Text(text.clone()),
        Some(LessonRow {
            homework_none: true, ..
        }) => Homework::NotSet,
        _ => Homework::Missing,
    };
    let topic = row.and_then(|row| row.topic.clone());
    let entered = topic.is_some() || homework != Homework::Missing || row.is_some_and(|row| row.attendance_taken);
    Entry {
        planned,
        topic,
        homework,
        due: row.and_then(|row| row.homework_due),
        cell,
        entered,
    }
}

async fn cell(conn: &mut Conn, lesson: LessonId, pupil: PersonId) -> anyhow::Result<Cell> {
    let sign: Option<String> = on!(conn, c => sqlx::query_scalar("SELECT sign FROM attendance WHERE lesson_id = $1 AND pupil_id = $2")
        .bind(lesson).bind(pupil).fetch_optional(c).await)?;
    let marks: Vec<(String, String, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT value, kind, weight FROM marks WHERE lesson_id = $1 AND pupil_id = $2 ORDER BY position",
    ).bind(lesson).bind(pupil).fetch_all(c).await)?;
    let marks = marks
        .into_iter()
        .filter_map(|(value, kind, weight)| {
            Some(Mark {
                value: Value::of(&value)?,
                kind: Kind::of(&kind),
                weight,
            })
        })
        .collect();
    Ok(Cell {
        sign: sign.as_deref().and_then(Sign::of),
        marks,
    })
}
