//! SQL of the files of a homework.

use chrono::{DateTime, Utc};

use super::Enclosure;
use crate::access::WriteLesson;
use crate::chat::Attached;
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, LessonId, LoadId, PersonId};

/// The files of the homework that a lesson set, in the order in which they came.
pub async fn of(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<Enclosure>> {
    let rows: Vec<(i64, String, String)> = on!(conn, c => sqlx::query_as(
        "SELECT id, transport, file FROM homework_files WHERE lesson_id = $1 AND removed_at IS NULL ORDER BY id",
    ).bind(lesson).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(id, transport, file)| {
            Ok(Enclosure {
                id,
                transport,
                file: serde_json::from_str(&file)?,
            })
        })
        .collect()
}

/// One more file; returns its row.
pub async fn add(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    (transport, file): (&str, &Attached),
    now: DateTime<Utc>,
) -> anyhow::Result<i64> {
    let file = serde_json::to_string(file)?;
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO homework_files (lesson_id, transport, file, added_at) VALUES ($1, $2, $3, $4) RETURNING id",
    ).bind(lesson).bind(transport).bind(&file).bind(now).fetch_one(c).await)?)
}

/// A file goes, or is there again; `false` when it was so before.
pub async fn set_removed(
    tx: &mut Tx,
    _proof: WriteLesson,
    (lesson, id): (LessonId, i64),
    at: Option<DateTime<Utc>>,
) -> anyhow::Result<bool> {
    let n = on!(tx, c => sqlx::query(
        "UPDATE homework_files SET removed_at = $3
         WHERE id = $2 AND lesson_id = $1 AND (removed_at IS NULL) = ($3 IS NOT NULL)",
    ).bind(lesson).bind(id).bind(at).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(n > 0)
}

/// Other loads of a teacher in the same subject and grade, each with its class.
pub async fn parallel(conn: &mut Conn, load: LoadId, teacher: PersonId) -> anyhow::Result<Vec<(LoadId, ClassId)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT o.id, o.class_id FROM loads l JOIN classes k ON k.id = l.class_id
         JOIN classes other ON other.year_id = k.year_id AND other.grade = k.grade
         JOIN loads o ON o.class_id = other.id AND o.subject_id = l.subject_id AND o.teacher_id = $2 AND o.id <> l.id
         WHERE l.id = $1 ORDER BY other.letter, o.id",
    ).bind(load).bind(teacher).fetch_all(c).await)?)
}
