//! SQL of office hours.

use super::Hours;
use crate::db::{Conn, Tx, on};
use crate::ids::PersonId;

/// When somebody answers: in hours of their own, or as the school does.
pub async fn of(conn: &mut Conn, person: PersonId) -> anyhow::Result<Hours> {
    let row: Option<(i64, i64, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT days, opens_hour, closes_hour FROM office_hours WHERE person_id = $1",
    ).bind(person).fetch_optional(c).await)?;
    Ok(row.map_or_else(Hours::default, |(days, opens, closes)| Hours::of(days, opens, closes)))
}

/// Somebody answers then from now on.
pub async fn set(tx: &mut Tx, person: PersonId, hours: Hours) -> anyhow::Result<()> {
    let [days, opens, closes] = hours.kept();
    on!(tx, c => sqlx::query(
        "INSERT INTO office_hours (person_id, days, opens_hour, closes_hour) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET days = excluded.days, opens_hour = excluded.opens_hour,
                                               closes_hour = excluded.closes_hour",
    ).bind(person).bind(days).bind(opens).bind(closes).execute(c).await.map(drop))?;
    Ok(())
}

/// Somebody answers as the school does.
pub async fn reset(tx: &mut Tx, person: PersonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM office_hours WHERE person_id = $1")
        .bind(person).execute(c).await.map(drop))?;
    Ok(())
}
