//! SQL of jobs.

use chrono::{DateTime, Utc};

use super::Job;
use crate::db::{Conn, Tx, on};

/// Schedules a job, or moves the one of this kind and subject that is there.
pub async fn schedule(tx: &mut Tx, kind: &str, subject: i64, due: DateTime<Utc>) -> anyhow::Result<()> {
    tx.leave_job(due);
    on!(tx, c => sqlx::query(
        "INSERT INTO jobs (kind, subject, due_at, tries, reason) VALUES ($1, $2, $3, 0, '')
         ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, tries = 0",
    ).bind(kind).bind(subject).bind(due).execute(c).await.map(drop))?;
    Ok(())
}

/// Jobs that are due, the oldest first.
pub async fn due(conn: &mut Conn, now: DateTime<Utc>) -> anyhow::Result<Vec<Job>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT id, kind, subject, tries FROM jobs WHERE due_at <= $1 ORDER BY due_at, id LIMIT 100")
        .bind(now).fetch_all(c).await)?,
    )
}

/// When the next job is due.
pub async fn next_due(conn: &mut Conn) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT due_at FROM jobs ORDER BY due_at LIMIT 1").fetch_optional(c).await)?)
}

/// Takes a due job off the list; `false` when it isn't there or not due any more.
pub async fn take(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("DELETE FROM jobs WHERE id = $1 AND due_at <= $2")
        .bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// A failed job waits for its next try.
pub async fn fail(tx: &mut Tx, id: i64, again: DateTime<Utc>, reason: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE jobs SET due_at = $2, tries = tries + 1, reason = $3 WHERE id = $1")
        .bind(id).bind(again).bind(reason).execute(c).await.map(drop))?;
    Ok(())
}
