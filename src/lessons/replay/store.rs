//! SQL of the replay: a day's pages written many rows a statement.

use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use crate::db::{Conn, Tx, on};
use crate::ids::{LessonId, LoadId};
use crate::lessons::Homework;
use crate::lessons::cell::Sign;
use crate::timetable::LessonKey;

/// Rows of one statement; SQLite takes 32,766 values.
const CHUNK: usize = 500;

type Ids = BTreeMap<LessonKey, LessonId>;

/// Writes what was pressed since the last time: the lessons' rows, what stands in them, their history. News that old has
/// settled: nothing is left to wait for a bell. Returns the rows of those days' lessons.
pub async fn write(tx: &mut Tx, pages: &[&mut Page]) -> anyhow::Result<Ids> {
    for chunk in pages.chunks(CHUNK) {
        on!(tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO lessons (load_id, date, number, topic, homework, homework_none, homework_due, kind,
                                      attendance_taken, version, first_press_at, last_press_at, bell_ends_at,
                                      finished_at, finished_by) ",
            );
            query.push_values(chunk, |mut row, page| {
                let lesson = &page.lesson;
                let key = lesson.planned.key;
                let (text, none) = match &lesson.homework {
                    Homework::Missing => (None, false),
                    Homework::NotSet => (None, true),
                    Homework::Text(text) => (Some(text.clone()), false),
                };
                let (first, last) = page.pressed.unwrap_or((page.bell_ends_at, page.bell_ends_at));
                row.push_bind(key.load).push_bind(key.date).push_bind(key.number)
                    .push_bind(lesson.topic.clone()).push_bind(text).push_bind(none).push_bind(lesson.due)
                    .push_bind(lesson.kind.code()).push_bind(lesson.attendance_taken).push_bind(lesson.version)
                    .push_bind(first).push_bind(last).push_bind(page.bell_ends_at).push_bind(lesson.finished_at)
                    .push_bind(lesson.finished_at.map(|_| page.proof.author()));
            });
            query.push(
                " ON CONFLICT (load_id, date, number) DO UPDATE SET topic = excluded.topic, homework = excluded.homework,
                  homework_none = excluded.homework_none, homework_due = excluded.homework_due, kind = excluded.kind,
                  attendance_taken = excluded.attendance_taken, version = excluded.version,
                  last_press_at = excluded.last_press_at, finished_at = excluded.finished_at,
                  finished_by = excluded.finished_by",
            );
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    let days: BTreeSet<NaiveDate> = pages.iter().map(|page| page.key().date).collect();
    let mut ids = BTreeMap::new();
    for day in days {
        ids.extend(ids_on(tx, day).await?);
    }
    write_cells(tx, pages, &ids).await?;
    write_lines(tx, pages, &ids).await?;
    Ok(ids)
}

/// The lessons of a day that have a row.
async fn ids_on(conn: &mut Conn, day: NaiveDate) -> anyhow::Result<Vec<(LessonKey, LessonId)>> {
    let rows: Vec<(LessonId, LoadId, i64)> = on!(conn, c => sqlx::query_as("SELECT id, load_id, number FROM lessons WHERE date = $1")
        .bind(day).fetch_all(c).await)?;
    let named = |(id, load, number)| {
        let key = LessonKey {
            load,
            date: day,
            number,
        };
        (key, id)
    };
    Ok(rows.into_iter().map(named).collect())
}

async fn write_cells(tx: &mut Tx, pages: &[&mut Page], ids: &Ids) -> anyhow::Result<()> {
    let (mut marks, mut signs) = (Vec::new(), Vec::new());
    for page in pages {
        let Some(id) = ids.get(&page.key()).copied() else {
            continue;
        };
        // What stood there before is written anew.
        if page.was_there() {
            on!(tx, c => sqlx::query("DELETE FROM marks WHERE lesson_id = $1").bind(id).execute(c).await.map(drop))?;
            on!(tx, c => sqlx::query("DELETE FROM attendance WHERE lesson_id = $1").bind(id).execute(c).await.map(drop))?;
        }
        for (pupil, cell) in &page.lesson.cells {
            signs.extend(cell.sign.map(|sign| (id, *pupil, Sign::code(sign))));
            let numbered = (1_i64..).zip(&cell.marks);
            marks.extend(numbered.map(|(position, mark)| (id, *pupil, position, *mark)));
        }
    }
    for chunk in signs.chunks(CHUNK) {
        on!(tx, c => {
            let mut query = QueryBuilder::new("INSERT INTO attendance (lesson_id, pupil_id, sign) ");
            query.push_values(chunk, |mut row, (lesson, pupil, sign)| {
                row.push_bind(*lesson).push_bind(*pupil).push_bind(*sign);
            });
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    for chunk in marks.chunks(CHUNK) {
        on!(tx, c => {
            let mut query =
                QueryBuilder::new("INSERT INTO marks (lesson_id, pupil_id, position, value, kind, weight) ");
            query.push_values(chunk, |mut row, (lesson, pupil, position, mark)| {
                row.push_bind(*lesson).push_bind(*pupil).push_bind(*position)
                    .push_bind(mark.value.code()).push_bind(mark.kind.code()).push_bind(mark.weight);
            });
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

async fn write_lines(tx: &mut Tx, pages: &[&mut Page], ids: &Ids) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for page in pages {
        let author = page.proof.author();
        if let Some(id) = ids.get(&page.key()) {
            lines.extend(page.lines.iter().map(|line| (*id, author, line)));
        }
    }
    // As they came about: a row's number says no other order than its moment.
    lines.sort_by_key(|(_, _, line)| line.at);
    for chunk in lines.chunks(CHUNK) {
        on!(tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO lesson_history (lesson_id, version, at, person_id, field, pupil_id, former, later, reason, undone) ",
            );
            query.push_values(chunk, |mut row, (lesson, author, line)| {
                row.push_bind(*lesson).push_bind(line.version).push_bind(line.at).push_bind(*author)
                    .push_bind(line.field).push_bind(line.pupil.map_or(0, |it| it.0))
                    .push_bind(line.former.clone()).push_bind(line.later.clone()).push_bind(line.reason)
                    .push_bind(false);
            });
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The last press in any lesson; `None` in an empty journal.
pub async fn last_press(conn: &mut Conn) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT MAX(last_press_at) FROM lessons").fetch_one(c).await)?)
}
