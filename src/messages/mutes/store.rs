//! SQL of mutes.

use chrono::{DateTime, Utc};

use super::Mute;
use crate::access::rules::KeepTalk;
use crate::db::{Conn, Tx, on};
use crate::ids::{MuteId, PersonId, SchoolId};

/// The time in which somebody doesn't write now; the one that ends last.
pub async fn of(conn: &mut Conn, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<Option<Mute>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT m.id, m.school_id, m.person_id, p.surname, p.name, p.patronymic, m.reason, m.ends_at
         FROM mutes m JOIN people p ON p.id = m.person_id
         WHERE m.person_id = $1 AND m.lifted_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > $2)
         ORDER BY CASE WHEN m.ends_at IS NULL THEN 0 ELSE 1 END, m.ends_at DESC, m.id DESC LIMIT 1",
    ).bind(person).bind(now).fetch_optional(c).await)?)
}

/// One, if it hasn't ended.
pub async fn one(conn: &mut Conn, id: MuteId, now: DateTime<Utc>) -> anyhow::Result<Option<Mute>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT m.id, m.school_id, m.person_id, p.surname, p.name, p.patronymic, m.reason, m.ends_at
         FROM mutes m JOIN people p ON p.id = m.person_id
         WHERE m.id = $1 AND m.lifted_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > $2)",
    ).bind(id).bind(now).fetch_optional(c).await)?)
}

/// A page of a school's, the newest first, and one more.
pub async fn list(
    conn: &mut Conn,
    school: SchoolId,
    (skip, take): (i64, i64),
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Mute>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT m.id, m.school_id, m.person_id, p.surname, p.name, p.patronymic, m.reason, m.ends_at
         FROM mutes m JOIN people p ON p.id = m.person_id
         WHERE m.school_id = $1 AND m.lifted_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > $2)
         ORDER BY m.id DESC LIMIT $4 OFFSET $3",
    ).bind(school).bind(now).bind(skip).bind(take).fetch_all(c).await)?)
}

/// Somebody doesn't write from now on.
pub async fn add(
    tx: &mut Tx,
    proof: KeepTalk,
    person: PersonId,
    (reason, ends): (&str, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> anyhow::Result<MuteId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO mutes (school_id, person_id, reason, by_id, at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    ).bind(proof.school()).bind(person).bind(reason).bind(proof.by()).bind(now).bind(ends).fetch_one(c).await)?)
}

/// Somebody writes again.
pub async fn lift(tx: &mut Tx, proof: KeepTalk, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE mutes SET lifted_at = $3, lifted_by = $4 WHERE person_id = $1 AND school_id = $2 AND lifted_at IS NULL",
    ).bind(person).bind(proof.school()).bind(now).bind(proof.by()).execute(c).await.map(drop))?;
    Ok(())
}

/// Whether somebody writes as a family: a pupil, or somebody's guardian.
pub async fn is_family(conn: &mut Conn, person: PersonId) -> anyhow::Result<bool> {
    let found: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(1 AS BIGINT) FROM people p
         WHERE p.id = $1 AND (EXISTS (SELECT 1 FROM enrolments e WHERE e.pupil_id = p.id AND e.ends IS NULL)
                              OR EXISTS (SELECT 1 FROM guardians g WHERE g.parent_id = p.id))",
    ).bind(person).fetch_optional(c).await)?;
    Ok(found.is_some())
}
