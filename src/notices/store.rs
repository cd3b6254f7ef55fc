//! SQL of notices: whom a pupil's news concerns, and what they were told.

use chrono::{DateTime, Utc};

use crate::db::{Conn, Tx, on};
use crate::ids::{LessonId, PersonId};

use super::Facts;

/// A guardian of a pupil, or the pupil, whom a message can reach.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Recipient {
    /// The pupil.
    pub pupil_id: PersonId,
    /// The guardian, or the pupil.
    pub parent_id: PersonId,
    /// Their messenger.
    pub transport: String,
    /// Their account.
    pub account: i64,
    /// Their language.
    pub locale: String,
    /// Since when the account is theirs.
    pub connected_at: DateTime<Utc>,
}

/// Everybody to whom a lesson's news may go: pupils with a sign, a mark or something told, and their guardians who have
/// consented; those of them with an open chat.
pub async fn recipients(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<Recipient>> {
    Ok(on!(conn, c => sqlx::query_as(
        "WITH concerned AS (SELECT pupil_id FROM marks WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM attendance WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM told WHERE lesson_id = $1)
         SELECT r.pupil_id, r.parent_id, a.transport, a.account, ch.locale, a.connected_at
         FROM (SELECT g.pupil_id, g.parent_id FROM concerned n
               JOIN guardians g ON g.pupil_id = n.pupil_id
               JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
               UNION ALL SELECT pupil_id, pupil_id FROM concerned) r
         JOIN accounts a ON a.person_id = r.parent_id
         JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account AND ch.closed_at IS NULL
         ORDER BY r.pupil_id, r.parent_id, a.transport, a.account",
    ).bind(lesson).fetch_all(c).await)?)
}

/// What a parent was last told, and how often.
pub async fn told(
    conn: &mut Conn,
    parent: PersonId,
    pupil: PersonId,
    lesson: LessonId,
) -> anyhow::Result<Option<(Facts, i64)>> {
    let row: Option<(String, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT facts, told_times FROM told WHERE parent_id = $1 AND pupil_id = $2 AND lesson_id = $3",
    ).bind(parent).bind(pupil).bind(lesson).fetch_optional(c).await)?;
    row.map(|(facts, times)| Ok((serde_json::from_str(&facts)?, times)))
        .transpose()
}

/// Keeps what a parent is told now.
pub async fn tell(
    tx: &mut Tx,
    (parent, pupil, lesson): (PersonId, PersonId, LessonId),
    facts: &Facts,
    times: i64,
) -> anyhow::Result<()> {
    let facts = serde_json::to_string(facts)?;
    on!(tx, c => sqlx::query(
        "INSERT INTO told (parent_id, pupil_id, lesson_id, facts, told_times) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (parent_id, pupil_id, lesson_id) DO UPDATE SET facts = excluded.facts, told_times = excluded.told_times",
    ).bind(parent).bind(pupil).bind(lesson).bind(facts).bind(times).execute(c).await.map(drop))?;
    Ok(())
}

/// Something that a family knows.
#[derive(Clone, Debug)]
pub struct Known {
    /// The guardian.
    pub parent: PersonId,
    /// The pupil.
    pub pupil: PersonId,
    /// The lesson.
    pub lesson: LessonId,
    /// What was told last.
    pub facts: Facts,
    /// How often.
    pub times: i64,
}

/// Keeps what families know already, many rows a statement: no letter leaves for it.
pub async fn tell_all(tx: &mut Tx, known: &[Known]) -> anyhow::Result<()> {
    let rows = known
        .iter()
        .map(|it| Ok((it, serde_json::to_string(&it.facts)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    // SQLite takes 32,766 values.
    for chunk in rows.chunks(500) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new("INSERT INTO told (parent_id, pupil_id, lesson_id, facts, told_times) ");
            query.push_values(chunk, |mut row, (it, facts)| {
                row.push_bind(it.parent).push_bind(it.pupil).push_bind(it.lesson).push_bind(facts.clone()).push_bind(it.times);
            });
            query.push(
                " ON CONFLICT (parent_id, pupil_id, lesson_id)
                  DO UPDATE SET facts = excluded.facts, told_times = excluded.told_times",
            );
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// How many children of one school a parent has by each name: those who share it are told apart by their class.
pub async fn children_of_that_name(conn: &mut Conn, parent: PersonId, name: &str) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM guardians g JOIN people p ON p.id = g.pupil_id WHERE g.parent_id = $1 AND p.name = $2",
    ).bind(parent).bind(name).fetch_one(c).await)?)
}
