//! SQL of lessons: reading one whole, writing its parts, its history.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

use crate::access::WriteLesson;
use crate::db::{Conn, Tx, gathered, on};
use crate::ids::{ClassId, LessonId, PersonId};
use crate::school;
use crate::timetable::{self, LessonKey, Planned};

use super::cell::{Cell, Mark, Sign, Value};
use super::{Homework, Kind, Lesson};

#[derive(sqlx::FromRow)]
struct LessonRow {
    id: LessonId,
    topic: Option<String>,
    homework: Option<String>,
    homework_none: bool,
    homework_due: Option<NaiveDate>,
    kind: String,
    attendance_taken: bool,
    version: i64,
    finished_at: Option<DateTime<Utc>>,
    marks: Option<String>,
    signs: Option<String>,
}

/// A lesson as it stands; `None` when no load of this year has it.
pub async fn lesson(conn: &mut Conn, key: LessonKey) -> anyhow::Result<Option<Lesson>> {
    let Some(planned) = timetable::store::lesson(conn, key).await? else {
        return Ok(None);
    };
    let pupils = match planned.load.group_id {
        Some(group) => school::store::pupils_of_group(conn, group, key.date).await?,
        None => school::store::pupils_of_class(conn, planned.load.class_id, key.date).await?,
    };
    let row: Option<LessonRow> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, l.topic, l.homework, l.homework_none, l.homework_due, l.kind, l.attendance_taken, l.version, l.finished_at,
                (SELECT string_agg(CAST(m.pupil_id AS TEXT) || ' ' || m.value || ' ' || m.kind || ' ' || CAST(m.weight AS TEXT), ','
                                   ORDER BY m.pupil_id, m.position) FROM marks m WHERE m.lesson_id = l.id) AS marks,
                (SELECT string_agg(CAST(a.pupil_id AS TEXT) || ' ' || a.sign, ',')
                 FROM attendance a WHERE a.lesson_id = l.id) AS signs
         FROM lessons l WHERE l.load_id = $1 AND l.date = $2 AND l.number = $3",
    ).bind(key.load).bind(key.date).bind(key.number).fetch_optional(c).await)?;
    let cells = row.as_ref().map(cells).transpose()?.unwrap_or_default();
    Ok(Some(assemble(planned, pupils, row, cells)))
}

fn assemble(
    planned: Planned,
    pupils: Vec<school::store::Pupil>,
    row: Option<LessonRow>,
    cells: BTreeMap<PersonId, Cell>,
) -> Lesson {
    let mut lesson = Lesson {
        cells,
        ..Lesson::untouched(planned, pupils)
    };
    if let Some(row) = row {
        lesson.id = Some(row.id);
        lesson.topic = row.topic;
        lesson.homework = match (row.homework, row.homework_none) {
            (Some(text), _) => Homework::Text(text),
            (None, true) => Homework::NotSet,
            (None, false) => Homework::Missing,
        };
        lesson.due = row.homework_due;
        lesson.kind = Kind::of(&row.kind);
        lesson.attendance_taken = row.attendance_taken;
        lesson.version = row.version;
        lesson.finished_at = row.finished_at;
    }
    lesson
}

/// Signs and marks of a lesson, by pupil.
///
/// They come in one value of the lesson's row: on SQLite each row that is fetched wakes the turn once more.
fn cells(row: &LessonRow) -> anyhow::Result<BTreeMap<PersonId, Cell>> {
    let mut cells: BTreeMap<PersonId, Cell> = BTreeMap::new();
    for mark in gathered::rows(row.marks.as_deref(), ',') {
        let [pupil, value, kind, weight] = gathered::fields(mark, ' ')?;
        if let Some(value) = Value::of(value) {
            cells.entry(PersonId(pupil.parse()?)).or_default().marks.push(Mark {
                value,
                kind: Kind::of(kind),
                weight: weight.parse()?,
            });
        }
    }
    for sign in gathered::rows(row.signs.as_deref(), ',') {
        let [pupil, sign] = gathered::fields(sign, ' ')?;
        cells.entry(PersonId(pupil.parse()?)).or_default().sign = Sign::of(sign);
    }
    Ok(cells)
}

/// The key of a lesson's row.
pub async fn key(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Option<LessonKey>> {
    let row = on!(conn, c => sqlx::query_as::<_, (crate::ids::LoadId, NaiveDate, i64)>(
        "SELECT load_id, date, number FROM lessons WHERE id = $1",
    ).bind(lesson).fetch_optional(c).await)?;
    Ok(row.map(|(load, date, number)| LessonKey { load, date, number }))
}

/// What a list of lessons shows of each: topic, homework, attendance, marks and the end.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Filled {
    /// The load.
    pub load_id: crate::ids::LoadId,
    /// The number by the bells.
    pub number: i64,
    /// Whether there is a topic.
    pub has_topic: bool,
    /// Whether homework was entered or said to be none.
    pub has_homework: bool,
    /// Whether attendance was taken.
    pub attendance_taken: bool,
    /// How many marks.
    pub n_marks: i64,
    /// The kind of work.
    pub kind: String,
}

/// How far the lessons of a teacher's day are filled; those without a row have nothing.
pub async fn filled(conn: &mut Conn, teacher: PersonId, day: NaiveDate) -> anyhow::Result<Vec<Filled>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT l.load_id, l.number, l.topic IS NOT NULL AS has_topic,
                (l.homework IS NOT NULL OR l.homework_none) AS has_homework, l.attendance_taken,
                (SELECT COUNT(*) FROM marks m WHERE m.lesson_id = l.id) AS n_marks, l.kind
         FROM lessons l
         WHERE l.date = $1 AND l.load_id IN (SELECT id FROM loads WHERE teacher_id = $2
            UNION SELECT load_id FROM slot_changes WHERE substitute_id = $2 AND date = $1)",
    ).bind(day).bind(teacher).fetch_all(c).await)?)
}

/// Who was away at the class's lesson before this one on the same day, and which lesson that was.
pub async fn away_before(
    conn: &mut Conn,
    class: ClassId,
    day: NaiveDate,
    number: i64,
) -> anyhow::Result<Option<(i64, Vec<PersonId>)>> {
    let before: Option<(LessonId, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, l.number FROM lessons l
         WHERE l.load_id IN (SELECT id FROM loads WHERE class_id = $1 AND group_id IS NULL)
           AND l.date = $2 AND l.number < $3 AND l.attendance_taken
         ORDER BY l.number DESC LIMIT 1",
    ).bind(class).bind(day).bind(number).fetch_optional(c).await)?;
    let Some((lesson, at)) = before else { return Ok(None) };
    let pupils: Vec<PersonId> = on!(conn, c => sqlx::query_scalar(
        "SELECT pupil_id FROM attendance WHERE lesson_id = $1 AND sign <> 'late'",
    ).bind(lesson).fetch_all(c).await)?;
    Ok(Some((at, pupils)))
}

/// The row of a lesson, made when it isn't there.
pub async fn ensure(
    tx: &mut Tx,
    _proof: WriteLesson,
    key: LessonKey,
    bell_ends: DateTime<Utc>,
    now: DateTime<Utc>,
) -> anyhow::Result<LessonId> {
    on!(tx, c => sqlx::query(
        "INSERT INTO lessons (load_id, date, number, homework_none, kind, attendance_taken, version, first_press_at, last_press_at, bell_ends_at)
         VALUES ($1, $2, $3, FALSE, 'answer', FALSE, 0, $4, $4, $5)
         ON CONFLICT (load_id, date, number) DO NOTHING",
    ).bind(key.load).bind(key.date).bind(key.number).bind(now).bind(bell_ends).execute(c).await.map(drop))?;
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT id FROM lessons WHERE load_id = $1 AND date = $2 AND number = $3",
    ).bind(key.load).bind(key.date).bind(key.number).fetch_one(c).await)?)
}

/// One more version of a lesson; returns it.
pub async fn next_version(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "UPDATE lessons SET version = version + 1, last_press_at = $2,
             late_press_at = CASE WHEN late_press_at IS NULL AND $2 > bell_ends_at THEN $2 ELSE late_press_at END
         WHERE id = $1 RETURNING version",
    ).bind(lesson).bind(now).fetch_one(c).await)?)
}

/// Writes the topic.
pub async fn set_topic(tx: &mut Tx, _proof: WriteLesson, lesson: LessonId, topic: Option<&str>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET topic = $2 WHERE id = $1")
        .bind(lesson).bind(topic).execute(c).await.map(drop))?;
    Ok(())
}

/// Writes the homework and when it is due.
pub async fn set_homework(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    homework: &Homework,
    due: Option<NaiveDate>,
) -> anyhow::Result<()> {
    let (text, none) = match homework {
        Homework::Missing => (None, false),
        Homework::NotSet => (None, true),
        Homework::Text(text) => (Some(text.as_str()), false),
    };
    on!(tx, c => sqlx::query("UPDATE lessons SET homework = $2, homework_none = $3, homework_due = $4 WHERE id = $1")
        .bind(lesson).bind(text).bind(none).bind(due).execute(c).await.map(drop))?;
    Ok(())
}

/// Writes the kind of work for the marks to come.
pub async fn set_kind(tx: &mut Tx, _proof: WriteLesson, lesson: LessonId, kind: Kind) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET kind = $2 WHERE id = $1")
        .bind(lesson).bind(kind.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// Writes whether attendance was taken.
pub async fn set_taken(tx: &mut Tx, _proof: WriteLesson, lesson: LessonId, taken: bool) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET attendance_taken = $2 WHERE id = $1")
        .bind(lesson).bind(taken).execute(c).await.map(drop))?;
    Ok(())
}

/// Notes when an absence from the first lesson was pressed.
pub async fn set_alarm(tx: &mut Tx, _proof: WriteLesson, lesson: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET alarm_at = COALESCE(alarm_at, $2) WHERE id = $1")
        .bind(lesson).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Writes a pupil's sign.
pub async fn set_sign(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    pupil: PersonId,
    sign: Option<Sign>,
) -> anyhow::Result<()> {
    match sign {
        Some(sign) => on!(tx, c => sqlx::query(
            "INSERT INTO attendance (lesson_id, pupil_id, sign) VALUES ($1, $2, $3)
             ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET sign = excluded.sign",
        ).bind(lesson).bind(pupil).bind(sign.code()).execute(c).await.map(drop))?,
        None => on!(tx, c => sqlx::query("DELETE FROM attendance WHERE lesson_id = $1 AND pupil_id = $2")
            .bind(lesson).bind(pupil).execute(c).await.map(drop))?,
    }
    Ok(())
}

/// Writes a pupil's marks.
pub async fn set_marks(
    tx: &mut Tx,
    proof: WriteLesson,
    lesson: LessonId,
    pupil: PersonId,
    marks: &[Mark],
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM marks WHERE lesson_id = $1 AND pupil_id = $2")
        .bind(lesson).bind(pupil).execute(c).await.map(drop))?;
    add_marks(tx, proof, lesson, pupil, marks).await
}

/// Writes the marks of a pupil who has none.
pub async fn add_marks(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    pupil: PersonId,
    marks: &[Mark],
) -> anyhow::Result<()> {
    for (position, mark) in (1_i64..).zip(marks) {
        on!(tx, c => sqlx::query(
            "INSERT INTO marks (lesson_id, pupil_id, position, value, kind, weight) VALUES ($1, $2, $3, $4, $5, $6)",
        ).bind(lesson).bind(pupil).bind(position).bind(mark.value.code()).bind(mark.kind.code()).bind(mark.weight)
        .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Ends the lesson; the first end stays.
pub async fn finish(tx: &mut Tx, proof: WriteLesson, lesson: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE lessons SET finished_at = COALESCE(finished_at, $2), finished_by = COALESCE(finished_by, $3) WHERE id = $1",
    ).bind(lesson).bind(now).bind(proof.author()).execute(c).await.map(drop))?;
    Ok(())
}

/// When a lesson was pressed, for settling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Presses {
    /// The last press.
    pub last_press_at: DateTime<Utc>,
    /// The first press past the bell since the last settling.
    pub late_press_at: Option<DateTime<Utc>>,
    /// The lesson's bell.
    pub bell_ends_at: DateTime<Utc>,
    /// An absence from the first lesson.
    pub alarm_at: Option<DateTime<Utc>>,
}

/// When a lesson was pressed.
pub async fn presses(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Option<Presses>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT last_press_at, late_press_at, bell_ends_at, alarm_at FROM lessons WHERE id = $1",
    ).bind(lesson).fetch_optional(c).await)?)
}

/// Settling begins anew.
pub async fn settled(tx: &mut Tx, lesson: LessonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET late_press_at = NULL, alarm_at = NULL WHERE id = $1")
        .bind(lesson).execute(c).await.map(drop))?;
    Ok(())
}

/// The alarm of an absence has left; the rest of the lesson still settles.
pub async fn alarm_left(tx: &mut Tx, lesson: LessonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE lessons SET alarm_at = NULL WHERE id = $1")
        .bind(lesson).execute(c).await.map(drop))?;
    Ok(())
}

/// Pupils of whom a lesson says something: a sign or a mark.
pub async fn touched(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT pupil_id FROM marks WHERE lesson_id = $1 UNION SELECT pupil_id FROM attendance WHERE lesson_id = $1",
    ).bind(lesson).fetch_all(c).await)?)
}

/// Those of them whose family has a chat that is open.
pub async fn reached(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT g.pupil_id FROM guardians g
         JOIN accounts a ON a.person_id = g.parent_id
         JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account AND ch.closed_at IS NULL
         WHERE g.pupil_id IN (SELECT pupil_id FROM marks WHERE lesson_id = $1
                              UNION SELECT pupil_id FROM attendance WHERE lesson_id = $1)",
    ).bind(lesson).fetch_all(c).await)?)
}
