//! SQL of the diary: a child's lessons, homework and marks over days. A page is a few statements, however many days it has.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, HashMap};

use super::{Entry, Given, Past, Task};
use crate::access::TickHomework;
use crate::db::{Conn, Tx, gathered, on};
use crate::ids::{ClassId, GroupId, LessonId, LoadId, PersonId, SubjectId};
use crate::lessons::cell::{Cell, Mark, Sign, Value};
use crate::lessons::history::Line;
use crate::lessons::{Homework, Kind};
use crate::people::Person;
use crate::timetable::{self, LessonKey};

#[derive(sqlx::FromRow)]
struct LessonRow {
    load_id: LoadId,
    date: NaiveDate,
    number: i64,
    topic: Option<String>,
    homework: Option<String>,
    homework_none: bool,
    homework_due: Option<NaiveDate>,
    attendance_taken: bool,
    marks: Option<String>,
    sign: Option<String>,
}

#[derive(sqlx::FromRow)]
struct GivenRow {
    load_id: LoadId,
    date: NaiveDate,
    number: i64,
    subject_id: SubjectId,
    title: String,
    value: String,
    kind: String,
    weight: i64,
    sign: Option<String>,
}

/// The lessons of the class `$1` from `$2` to `$3` with what the pupil `$4` has in each.
///
/// Marks and sign are asked for lesson by lesson, so that no planner goes over all that a pupil ever earned; and they
/// come in the lesson's row: on SQLite each row that is fetched wakes the turn once more.
const ENTRIES: &str = "
    SELECT l.load_id, l.date, l.number, l.topic, l.homework, l.homework_none, l.homework_due, l.attendance_taken,
           (SELECT string_agg(m.value || ' ' || m.kind || ' ' || CAST(m.weight AS TEXT), ',' ORDER BY m.position)
            FROM marks m WHERE m.lesson_id = l.id AND m.pupil_id = $4) AS marks,
           (SELECT a.sign FROM attendance a WHERE a.lesson_id = l.id AND a.pupil_id = $4) AS sign
    FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
    WHERE o.class_id = $1";

/// The marks of the pupil `$1` from `$2` to `$3`, in the classes of these days.
///
/// The way leads over loads and lessons: one over the pupil's marks would grow with the years kept. SQLite keeps to the
/// order that CROSS JOIN says; PostgreSQL counts for itself, and comes to the same.
const MARKS: &str = "
    SELECT l.load_id, l.date, l.number, o.subject_id, j.title, m.value, m.kind, m.weight,
           (SELECT a.sign FROM attendance a WHERE a.lesson_id = l.id AND a.pupil_id = $1) AS sign
    FROM loads o JOIN subjects j ON j.id = o.subject_id CROSS JOIN lessons l CROSS JOIN marks m
    WHERE o.class_id IN (SELECT e.class_id FROM enrolments e
                         WHERE e.pupil_id = $1 AND e.starts <= $3 AND (e.ends IS NULL OR e.ends >= $2))
      AND l.load_id = o.id AND l.date BETWEEN $2 AND $3
      AND m.lesson_id = l.id AND m.pupil_id = $1
    ORDER BY l.date, l.number, l.id, m.position";

/// The lessons of a child's class over days of one school year, only those of the child's own groups.
pub async fn entries(
    conn: &mut Conn,
    pupil: PersonId,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Entry>> {
    let groups = groups(conn, pupil).await?;
    let planned = timetable::store::class_days(conn, class, from, to).await?;
    let slots = timetable::store::slots_of_class(conn, class).await?;
    let rows: Vec<LessonRow> = on!(conn, c => sqlx::query_as(ENTRIES)
        .bind(class).bind(from).bind(to).bind(pupil).fetch_all(c).await)?;
    let mut rows: HashMap<LessonKey, LessonRow> = rows
        .into_iter()
        .map(|row| {
            let key = LessonKey {
                load: row.load_id,
                date: row.date,
                number: row.number,
            };
            (key, row)
        })
        .collect();
    let mut entries = Vec::new();
    for planned in planned {
        if planned.load.group_id.is_some_and(|group| !groups.contains(&group)) {
            continue;
        }
        let key = planned.key;
        entries.push(entry(planned, timetable::room_of(&slots, key), rows.remove(&key))?);
    }
    Ok(entries)
}

async fn groups(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Vec<GroupId>> {
    // The primary key begins with the group: the way leads over the groups of the pupil's classes.
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT m.group_id FROM enrolments e
         JOIN study_groups g ON g.class_id = e.class_id
         JOIN group_members m ON m.group_id = g.id AND m.pupil_id = e.pupil_id
         WHERE e.pupil_id = $1",
    ).bind(pupil).fetch_all(c).await)?)
}

/// A child's sign and marks in a lesson.
fn cell(row: &LessonRow) -> anyhow::Result<Cell> {
    let mut cell = Cell {
        sign: row.sign.as_deref().and_then(Sign::of),
        marks: Vec::new(),
    };
    for one in gathered::rows(row.marks.as_deref(), ',') {
        let [value, kind, weight] = gathered::fields(one, ' ')?;
        cell.marks.extend(mark(value, kind, weight.parse()?));
    }
    Ok(cell)
}

fn mark(value: &str, kind: &str, weight: i64) -> Option<Mark> {
    Some(Mark {
        value: Value::of(value)?,
        kind: Kind::of(kind),
        weight,
    })
}

fn entry(planned: timetable::Planned, room: String, row: Option<LessonRow>) -> anyhow::Result<Entry> {
    let Some(row) = row else {
        return Ok(Entry {
            planned,
            room,
            topic: None,
            homework: Homework::Missing,
            due: None,
            cell: Cell::default(),
            entered: false,
        });
    };
    let cell = cell(&row)?;
    let homework = homework(row.homework, row.homework_none);
    let entered = row.topic.is_some() || homework != Homework::Missing || row.attendance_taken;
    Ok(Entry {
        planned,
        room,
        topic: row.topic,
        homework,
        due: row.homework_due,
        cell,
        entered,
    })
}

fn homework(text: Option<String>, none: bool) -> Homework {
    match (text, none) {
        (Some(text), _) => Homework::Text(text),
        (None, true) => Homework::NotSet,
        (None, false) => Homework::Missing,
    }
}

#[derive(sqlx::FromRow)]
struct TaskRow {
    id: LessonId,
    load_id: LoadId,
    homework_due: NaiveDate,
    homework: Option<String>,
    homework_none: bool,
    is_done: bool,
    n_files: i64,
}

/// What is due in a class over days, with what the pupil says is done. The lesson that set it isn't older than a holiday
/// and a while.
pub async fn tasks(
    conn: &mut Conn,
    pupil: PersonId,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Task>> {
    const LONGEST: chrono::Days = chrono::Days::new(60);
    let oldest = from.checked_sub_days(LONGEST).unwrap_or(from);
    let rows: Vec<TaskRow> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, l.load_id, l.homework_due, l.homework, l.homework_none, t.lesson_id IS NOT NULL AS is_done,
                (SELECT COUNT(*) FROM homework_files f WHERE f.lesson_id = l.id AND f.removed_at IS NULL) AS n_files
         FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $4 AND $3
         LEFT JOIN homework_ticks t ON t.pupil_id = $5 AND t.lesson_id = l.id AND t.homework = l.homework
         WHERE o.class_id = $1 AND l.homework_due BETWEEN $2 AND $3
         ORDER BY l.date, l.number",
    ).bind(class).bind(from).bind(to).bind(oldest).bind(pupil).fetch_all(c).await)?;
    let tasks = rows.into_iter().map(|row| Task {
        load: row.load_id,
        due: row.homework_due,
        homework: homework(row.homework, row.homework_none),
        lesson: row.id,
        is_done: row.is_done,
        n_files: row.n_files,
    });
    Ok(tasks.collect())
}

/// The words of a homework that was set to a class in which the pupil was on the lesson's day, and to the pupil's group
/// where it is one's.
pub async fn set_homework(conn: &mut Conn, pupil: PersonId, lesson: LessonId) -> anyhow::Result<Option<String>> {
    let found: Option<Option<String>> = on!(conn, c => sqlx::query_scalar(
        "SELECT l.homework FROM lessons l JOIN loads o ON o.id = l.load_id
         WHERE l.id = $2
           AND EXISTS (SELECT 1 FROM enrolments e WHERE e.pupil_id = $1 AND e.class_id = o.class_id
                       AND e.starts <= l.date AND (e.ends IS NULL OR e.ends >= l.date))
           AND (o.group_id IS NULL
                OR EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = o.group_id AND m.pupil_id = $1))",
    ).bind(pupil).bind(lesson).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// A pupil says that a homework of these words is done, or isn't.
pub async fn tick(
    tx: &mut Tx,
    proof: TickHomework,
    (lesson, words): (LessonId, &str),
    done: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    if done {
        on!(tx, c => sqlx::query(
            "INSERT INTO homework_ticks (pupil_id, lesson_id, homework, ticked_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (pupil_id, lesson_id) DO UPDATE SET homework = excluded.homework, ticked_at = excluded.ticked_at",
        ).bind(proof.pupil()).bind(lesson).bind(words).bind(now).execute(c).await.map(drop))?;
    } else {
        on!(tx, c => sqlx::query("DELETE FROM homework_ticks WHERE pupil_id = $1 AND lesson_id = $2")
            .bind(proof.pupil()).bind(lesson).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// A child's marks over days, by subject and in order.
pub async fn marks(conn: &mut Conn, pupil: PersonId, (from, to): (NaiveDate, NaiveDate)) -> anyhow::Result<Vec<Given>> {
    let rows: Vec<GivenRow> = on!(conn, c => sqlx::query_as(MARKS).bind(pupil).bind(from).bind(to).fetch_all(c).await)?;
    let mut given: Vec<Given> = rows
        .into_iter()
        .filter_map(|row| {
            Some(Given {
                key: LessonKey {
                    load: row.load_id,
                    date: row.date,
                    number: row.number,
                },
                subject: row.subject_id,
                mark: mark(&row.value, &row.kind, row.weight)?,
                title: row.title,
                sign: row.sign.as_deref().and_then(Sign::of),
            })
        })
        .collect();
    // Neither database orders Cyrillic alike; the order of days stays within a subject.
    given.sort_by_cached_key(|it| (crate::words::sort_key(&it.title, "", ""), it.subject));
    Ok(given)
}

/// Lessons of a subject that the pupil `$1` was in during the year of the class `$2`, in the classes and groups of these
/// days.
const PAST: &str = "
    SELECT l.load_id, l.date, l.number, l.topic, l.homework, l.homework_none, l.homework_due, l.attendance_taken,
           (SELECT string_agg(m.value || ' ' || m.kind || ' ' || CAST(m.weight AS TEXT), ',' ORDER BY m.position)
            FROM marks m WHERE m.lesson_id = l.id AND m.pupil_id = $1) AS marks,
           (SELECT a.sign FROM attendance a WHERE a.lesson_id = l.id AND a.pupil_id = $1) AS sign
    FROM enrolments e
    JOIN classes k ON k.id = e.class_id AND k.year_id = (SELECT year_id FROM classes WHERE id = $2)
    JOIN loads o ON o.class_id = e.class_id AND o.subject_id = $3
    JOIN lessons l ON l.load_id = o.id AND l.date >= e.starts AND (e.ends IS NULL OR l.date <= e.ends)
    WHERE e.pupil_id = $1
      AND (o.group_id IS NULL
           OR EXISTS (SELECT 1 FROM group_members g WHERE g.group_id = o.group_id AND g.pupil_id = $1))
    ORDER BY l.date DESC, l.number DESC LIMIT $5 OFFSET $4";

/// Lessons of a subject in which something was entered, newest first: so many after so many.
pub async fn past(
    conn: &mut Conn,
    pupil: PersonId,
    (class, subject): (ClassId, SubjectId),
    skipped: usize,
    most: usize,
) -> anyhow::Result<Vec<Past>> {
    let (skipped, most) = (i64::try_from(skipped)?, i64::try_from(most)?);
    let rows: Vec<LessonRow> = on!(conn, c => sqlx::query_as(PAST)
        .bind(pupil).bind(class).bind(subject).bind(skipped).bind(most).fetch_all(c).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Past {
                key: LessonKey {
                    load: row.load_id,
                    date: row.date,
                    number: row.number,
                },
                cell: cell(&row)?,
                topic: row.topic,
                homework: homework(row.homework, row.homework_none),
            })
        })
        .collect()
}

/// The subjects that a child of a class is taught, those of the child's own groups only; in no order.
pub async fn taught(conn: &mut Conn, pupil: PersonId, class: ClassId) -> anyhow::Result<Vec<(SubjectId, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT o.subject_id, j.title FROM loads o JOIN subjects j ON j.id = o.subject_id
         LEFT JOIN group_members m ON m.group_id = o.group_id AND m.pupil_id = $1
         WHERE o.class_id = $2 AND (o.group_id IS NULL OR m.pupil_id IS NOT NULL)",
    ).bind(pupil).bind(class).fetch_all(c).await)?)
}

/// The names of those who teach a class, and of those who take their place over days.
pub async fn teachers(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<BTreeMap<PersonId, String>> {
    let rows: Vec<Person> = on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic FROM loads l JOIN people p ON p.id = l.teacher_id
         WHERE l.class_id = $1
         UNION
         SELECT p.id, p.school_id, p.surname, p.name, p.patronymic
         FROM loads l JOIN slot_changes ch ON ch.load_id = l.id JOIN people p ON p.id = ch.substitute_id
         WHERE l.class_id = $1 AND ch.date BETWEEN $2 AND $3",
    ).bind(class).bind(from).bind(to).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|it| (it.id, it.name.adult())).collect())
}

/// What was changed about a child in a lesson and not taken back, oldest first.
pub async fn lasting_history(conn: &mut Conn, lesson: LessonId, pupil: PersonId) -> anyhow::Result<Vec<Line>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, version, at, person_id, field, pupil_id, former, later, reason FROM lesson_history
         WHERE lesson_id = $1 AND pupil_id = $2 AND NOT undone ORDER BY version, id",
    ).bind(lesson).bind(pupil).fetch_all(c).await)?)
}

#[cfg(test)]
mod tests;
