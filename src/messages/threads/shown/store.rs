//! SQL of talks that are shown to the administration.

use chrono::{DateTime, Utc};

use super::{Listed, Showing};
use crate::access::rules::{EndShowing, ReadShown};
use crate::access::talk::ReadTalk;
use crate::db::{Conn, Tx, on};
use crate::ids::{PersonId, SchoolId, ThreadId};
use crate::messages::threads::Message;
use crate::words::names::FullName;

/// Whether a talk is shown now, and by whom.
pub async fn of(conn: &mut Conn, thread: ThreadId) -> anyhow::Result<Option<Showing>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, by_id, at FROM shown_threads WHERE thread_id = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
    ).bind(thread).fetch_optional(c).await)?)
}

/// A side of it shows a talk.
pub async fn show(tx: &mut Tx, proof: ReadTalk, thread: ThreadId, now: DateTime<Utc>) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO shown_threads (thread_id, by_id, at) VALUES ($1, $2, $3) RETURNING id",
    ).bind(thread).bind(proof.me()).bind(now).fetch_one(c).await)?)
}

/// Whoever showed it doesn't any more.
pub async fn hide(tx: &mut Tx, proof: EndShowing, thread: ThreadId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE shown_threads SET ended_at = $3 WHERE thread_id = $1 AND by_id = $2 AND ended_at IS NULL",
    ).bind(thread).bind(proof.by()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// What somebody shows now.
pub async fn shown_by(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<ThreadId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT thread_id FROM shown_threads WHERE by_id = $1 AND ended_at IS NULL ORDER BY id",
    ).bind(person).fetch_all(c).await)?)
}

/// A page of talks that are shown at a school, the newest first, and one more.
pub async fn list(conn: &mut Conn, school: SchoolId, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Listed>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        thread_id: ThreadId,
        #[sqlx(flatten)]
        opener: FullName,
        other_surname: String,
        other_name: String,
        other_patronymic: String,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT s.thread_id, p.surname, p.name, p.patronymic, o.surname AS other_surname, o.name AS other_name,
                o.patronymic AS other_patronymic
         FROM shown_threads s JOIN threads t ON t.id = s.thread_id
         JOIN people p ON p.id = t.opener_id JOIN people o ON o.id = t.other_id
         WHERE t.school_id = $1 AND s.ended_at IS NULL ORDER BY s.id DESC LIMIT $3 OFFSET $2",
    ).bind(school).bind(skip).bind(take).fetch_all(c).await)?;
    let listed = |row: Row| Listed {
        thread: row.thread_id,
        sides: [
            row.opener,
            FullName {
                surname: row.other_surname,
                name: row.other_name,
                patronymic: row.other_patronymic,
            },
        ],
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Whether somebody opened a talk since it is shown: each opening is recorded.
pub async fn has_opened(
    conn: &mut Conn,
    proof: ReadShown,
    thread: ThreadId,
    since: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let n: i64 = on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM audit WHERE person_id = $1 AND action = 'thread_read' AND object = $2 AND at >= $3",
    ).bind(proof.by()).bind(format!("thread:{thread}")).bind(since).fetch_one(c).await)?;
    Ok(n > 0)
}

/// How many talks are shown at a school.
pub async fn n_shown(conn: &mut Conn, school: SchoolId) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM shown_threads s JOIN threads t ON t.id = s.thread_id
         WHERE t.school_id = $1 AND s.ended_at IS NULL",
    ).bind(school).fetch_one(c).await)?)
}

/// A page of a shown talk's messages, the newest first, and one more: what has left and wasn't taken back.
pub async fn messages(
    conn: &mut Conn,
    _: ReadShown,
    thread: ThreadId,
    (skip, take): (i64, i64),
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Message>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, thread_id, author_id, words, file, at, due_at, read_at, recalled_at, stopped_at FROM messages
         WHERE thread_id = $1 AND due_at <= $2 AND recalled_at IS NULL AND stopped_at IS NULL
         ORDER BY id DESC LIMIT $4 OFFSET $3",
    ).bind(thread).bind(now).bind(skip).bind(take).fetch_all(c).await)?)
}
