//! SQL of signatures.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{AskSignatures, SignWeek};
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, PersonId, SchoolId};

/// Whether a school asks for signatures.
pub async fn is_asked(conn: &mut Conn, school: SchoolId) -> anyhow::Result<bool> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT weekly_signature FROM schools WHERE id = $1")
        .bind(school).fetch_one(c).await)?,
    )
}

/// A school asks for signatures from now on, or doesn't.
pub async fn ask(tx: &mut Tx, proof: AskSignatures, on: bool) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET weekly_signature = $2 WHERE id = $1")
        .bind(proof.school()).bind(on).execute(c).await.map(drop))?;
    Ok(())
}

/// A week is signed; `false` when this person had signed it before.
pub async fn sign(tx: &mut Tx, proof: SignWeek, monday: NaiveDate, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let n = on!(tx, c => sqlx::query(
        "INSERT INTO week_signatures (pupil_id, monday, person_id, signed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (pupil_id, monday, person_id) DO NOTHING",
    ).bind(proof.pupil()).bind(monday).bind(proof.by()).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(n > 0)
}

/// Who signed a week of a pupil, first come first.
pub async fn signed(
    conn: &mut Conn,
    pupil: PersonId,
    monday: NaiveDate,
) -> anyhow::Result<Vec<(PersonId, DateTime<Utc>)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT person_id, signed_at FROM week_signatures WHERE pupil_id = $1 AND monday = $2
         ORDER BY signed_at, person_id",
    ).bind(pupil).bind(monday).fetch_all(c).await)?)
}

/// The pupils of a class whose week somebody has signed.
pub async fn signed_in_class(conn: &mut Conn, class: ClassId, monday: NaiveDate) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT s.pupil_id FROM enrolments e JOIN week_signatures s ON s.pupil_id = e.pupil_id AND s.monday = $2
         WHERE e.class_id = $1",
    ).bind(class).bind(monday).fetch_all(c).await)?)
}

/// The adults of a class's pupils to whom the school left the diary only: they don't sign.
pub async fn only_readers(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<(PersonId, PersonId)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT l.parent_id, l.pupil_id FROM enrolments e JOIN guardian_limits l ON l.pupil_id = e.pupil_id
         WHERE e.class_id = $1",
    ).bind(class).fetch_all(c).await)?)
}
