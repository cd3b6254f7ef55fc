//! SQL of the history of lessons.

use chrono::{DateTime, Utc};

use super::{Entry, Line};
use crate::access::WriteLesson;
use crate::db::{Conn, Tx, on};
use crate::ids::{LessonId, PersonId};

/// Keeps a line of the history.
pub async fn keep(
    tx: &mut Tx,
    proof: WriteLesson,
    (lesson, version): (LessonId, i64),
    entry: Entry<'_>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO lesson_history (lesson_id, version, at, person_id, field, pupil_id, former, later, reason, undone)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)",
    )
    .bind(lesson).bind(version).bind(now).bind(proof.author()).bind(entry.field).bind(entry.pupil.map_or(0, |it| it.0))
    .bind(entry.former).bind(entry.later).bind(entry.reason)
    .execute(c).await.map(drop))?;
    Ok(())
}

/// The newest change of a field by somebody else since a version that was seen.
pub async fn changed_by_another(
    conn: &mut Conn,
    lesson: LessonId,
    me: PersonId,
    seen: i64,
    (field, pupil): (&str, Option<PersonId>),
) -> anyhow::Result<Option<Line>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, version, at, person_id, field, pupil_id, former, later, reason FROM lesson_history
         WHERE lesson_id = $1 AND version > $2 AND person_id <> $3 AND field = $4 AND pupil_id = $5
         ORDER BY version DESC, id DESC LIMIT 1",
    ).bind(lesson).bind(seen).bind(me).bind(field).bind(pupil.map_or(0, |it| it.0)).fetch_optional(c).await)?)
}

/// The lines of a person's last step that isn't taken back, made after a version; a step may have several.
pub async fn last_step(conn: &mut Conn, lesson: LessonId, person: PersonId, after: i64) -> anyhow::Result<Vec<Line>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, version, at, person_id, field, pupil_id, former, later, reason FROM lesson_history
         WHERE lesson_id = $1 AND field <> 'finished' AND NOT undone AND person_id = $2
           AND version = (SELECT MAX(version) FROM lesson_history
                          WHERE lesson_id = $1 AND person_id = $2 AND NOT undone AND field <> 'finished' AND version > $3)
         ORDER BY id DESC",
    ).bind(lesson).bind(person).bind(after).fetch_all(c).await)?)
}

/// Marks a version of the history as taken back, the line that takes it back included.
pub async fn mark_undone(tx: &mut Tx, _proof: WriteLesson, lesson: LessonId, version: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE lesson_history SET undone = TRUE WHERE lesson_id = $1 AND version = $2",
    ).bind(lesson).bind(version).execute(c).await.map(drop))?;
    Ok(())
}

/// All that was changed about a pupil in a lesson, oldest first.
pub async fn history_of(conn: &mut Conn, lesson: LessonId, pupil: PersonId) -> anyhow::Result<Vec<Line>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, version, at, person_id, field, pupil_id, former, later, reason FROM lesson_history
         WHERE lesson_id = $1 AND pupil_id = $2 ORDER BY version, id",
    ).bind(lesson).bind(pupil).fetch_all(c).await)?)
}

/// The last change of a field of the lesson itself.
pub async fn last_of_field(conn: &mut Conn, lesson: LessonId, field: &str) -> anyhow::Result<Option<Line>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, version, at, person_id, field, pupil_id, former, later, reason FROM lesson_history
         WHERE lesson_id = $1 AND field = $2 AND pupil_id = 0 ORDER BY version DESC, id DESC LIMIT 1",
    ).bind(lesson).bind(field).fetch_optional(c).await)?)
}

/// Everybody who wrote in a lesson.
pub async fn authors(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT DISTINCT person_id FROM lesson_history WHERE lesson_id = $1")
        .bind(lesson).fetch_all(c).await)?,
    )
}

/// Pupils whose sign somebody has judged in a lesson, and it wasn't taken back.
pub async fn judged(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT pupil_id FROM lesson_history WHERE lesson_id = $1 AND field = 'sign' AND NOT undone",
    ).bind(lesson).fetch_all(c).await)?)
}
