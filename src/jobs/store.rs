//! SQL of jobs.

use chrono::{DateTime, Utc};

use super::{Job, Lane};
use crate::db::{Conn, Tx, on};

/// Schedules a job, or moves the one of this kind and subject that is there.
pub async fn schedule(tx: &mut Tx, kind: &str, subject: i64, due: DateTime<Utc>) -> anyhow::Result<()> {
    schedule_in(tx, Lane::Quick, (kind, subject), due).await
}

/// The same for work that takes longer than a transaction may.
pub async fn schedule_heavy(tx: &mut Tx, kind: &str, subject: i64, due: DateTime<Utc>) -> anyhow::Result<()> {
    schedule_in(tx, Lane::Heavy, (kind, subject), due).await
}

async fn schedule_in(tx: &mut Tx, lane: Lane, (kind, subject): (&str, i64), due: DateTime<Utc>) -> anyhow::Result<()> {
    tx.leave_job(due);
    on!(tx, c => sqlx::query(
        "INSERT INTO jobs (kind, subject, heavy, due_at, tries, reason) VALUES ($1, $2, $3, $4, 0, '')
         ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, tries = 0",
    ).bind(kind).bind(subject).bind(lane == Lane::Heavy).bind(due).execute(c).await.map(drop))?;
    Ok(())
}

/// Whether a job of this kind and subject waits.
pub async fn is_scheduled(conn: &mut Conn, kind: &str, subject: i64) -> anyhow::Result<bool> {
    let found: Option<i64> = on!(conn, c => sqlx::query_scalar("SELECT id FROM jobs WHERE kind = $1 AND subject = $2")
        .bind(kind).bind(subject).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// Jobs of a lane that are due, the oldest first.
pub async fn due(conn: &mut Conn, lane: Lane, now: DateTime<Utc>) -> anyhow::Result<Vec<Job>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, kind, subject, due_at, tries FROM jobs WHERE heavy = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT 100",
    ).bind(lane == Lane::Heavy).bind(now).fetch_all(c).await)?)
}

/// When the next job of a lane is due.
pub async fn next_due(conn: &mut Conn, lane: Lane) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT due_at FROM jobs WHERE heavy = $1 ORDER BY due_at LIMIT 1")
        .bind(lane == Lane::Heavy).fetch_optional(c).await)?,
    )
}

/// Takes a due job off the list; `false` when it isn't there or not due any more.
pub async fn take(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("DELETE FROM jobs WHERE id = $1 AND due_at <= $2")
        .bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Heavy work is done: its job goes, unless it was scheduled anew meanwhile.
pub async fn finish(tx: &mut Tx, job: &Job) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM jobs WHERE id = $1 AND due_at = $2")
        .bind(job.id).bind(job.due_at).execute(c).await.map(drop))?;
    Ok(())
}

/// A failed job waits for its next try.
pub async fn fail(tx: &mut Tx, id: i64, again: DateTime<Utc>, reason: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE jobs SET due_at = $2, tries = tries + 1, reason = $3 WHERE id = $1")
        .bind(id).bind(again).bind(reason).execute(c).await.map(drop))?;
    Ok(())
}
