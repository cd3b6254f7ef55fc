//! SQL of comments to a pupil's marks.

use crate::access::WriteLesson;
use crate::db::{Conn, Tx, on};
use crate::ids::{LessonId, PersonId};

/// What a teacher says of a pupil's marks in a lesson.
pub async fn comment(conn: &mut Conn, lesson: LessonId, pupil: PersonId) -> anyhow::Result<Option<String>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT text FROM comments WHERE lesson_id = $1 AND pupil_id = $2")
        .bind(lesson).bind(pupil).fetch_optional(c).await)?,
    )
}

/// Writes a comment, or takes it away.
pub async fn set_comment(
    tx: &mut Tx,
    _proof: WriteLesson,
    lesson: LessonId,
    pupil: PersonId,
    text: Option<&str>,
) -> anyhow::Result<()> {
    match text {
        Some(text) => on!(tx, c => sqlx::query(
            "INSERT INTO comments (lesson_id, pupil_id, text) VALUES ($1, $2, $3)
             ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET text = excluded.text",
        ).bind(lesson).bind(pupil).bind(text).execute(c).await.map(drop))?,
        None => on!(tx, c => sqlx::query("DELETE FROM comments WHERE lesson_id = $1 AND pupil_id = $2")
            .bind(lesson).bind(pupil).execute(c).await.map(drop))?,
    }
    Ok(())
}
