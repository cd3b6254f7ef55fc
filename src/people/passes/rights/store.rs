//! SQL of what the adults of a child may do.

use chrono::{DateTime, Utc};

use super::{Adult, Rights};
use crate::db::{Conn, Tx, on};
use crate::ids::PersonId;
use crate::people::Person;

/// The adults of a child, in the order of their names, those without rights among them.
pub async fn adults(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Vec<Adult>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: Person,
        rights: Option<String>,
        since: Option<DateTime<Utc>>,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic, l.rights, l.since
         FROM (SELECT parent_id FROM guardians WHERE pupil_id = $1
               UNION SELECT parent_id FROM guardian_limits WHERE pupil_id = $1) w
         JOIN people p ON p.id = w.parent_id
         LEFT JOIN guardian_limits l ON l.parent_id = w.parent_id AND l.pupil_id = $1
         ORDER BY p.sort_key, p.id",
    ).bind(pupil).fetch_all(c).await)?;
    let adult = |row: Row| Adult {
        person: row.person,
        rights: Rights::of(row.rights.as_deref()),
        since: row.since,
    };
    Ok(rows.into_iter().map(adult).collect())
}

/// From now on an adult may do this for a child.
pub async fn set(
    tx: &mut Tx,
    (parent, pupil): (PersonId, PersonId),
    rights: Rights,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    if rights == Rights::Full {
        on!(tx, c => sqlx::query("DELETE FROM guardian_limits WHERE parent_id = $1 AND pupil_id = $2")
            .bind(parent).bind(pupil).execute(c).await.map(drop))?;
    } else {
        on!(tx, c => sqlx::query(
            "INSERT INTO guardian_limits (parent_id, pupil_id, rights, since) VALUES ($1, $2, $3, $4)
             ON CONFLICT (parent_id, pupil_id) DO UPDATE SET rights = excluded.rights, since = excluded.since",
        ).bind(parent).bind(pupil).bind(rights.code()).bind(now).execute(c).await.map(drop))?;
    }
    if rights == Rights::Closed {
        on!(tx, c => sqlx::query("DELETE FROM guardians WHERE parent_id = $1 AND pupil_id = $2")
            .bind(parent).bind(pupil).execute(c).await.map(drop))?;
    } else {
        on!(tx, c => sqlx::query(
            "INSERT INTO guardians (parent_id, pupil_id) VALUES ($1, $2) ON CONFLICT (parent_id, pupil_id) DO NOTHING",
        ).bind(parent).bind(pupil).execute(c).await.map(drop))?;
    }
    Ok(())
}
