//! SQL of covered letters.

use chrono::{DateTime, Utc};

use super::Letter;
use crate::chat::Screen;
use crate::db::{Conn, Tx, on};
use crate::ids::PersonId;

/// A letter that says nothing until it is opened.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Covered {
    /// Which.
    pub id: i64,
    /// Its key in the outbox.
    pub key: String,
    /// By which messenger.
    pub transport: String,
    /// To which account.
    pub account: i64,
    /// To whom.
    pub person_id: PersonId,
    pupils: String,
    content: String,
    cover: String,
    /// Until when it is open.
    pub shown_until: Option<DateTime<Utc>>,
}

impl Covered {
    /// Of whom it tells.
    pub fn pupils(&self) -> Vec<PersonId> {
        let ids = self.pupils.split(' ').filter_map(|it| it.parse().ok());
        ids.map(PersonId).collect()
    }

    /// What it says.
    pub fn content(&self) -> anyhow::Result<Screen> {
        Ok(serde_json::from_str(&self.content)?)
    }

    /// What stands there while it says nothing.
    pub fn cover(&self) -> anyhow::Result<Screen> {
        Ok(serde_json::from_str(&self.cover)?)
    }
}

/// Keeps what a letter says, which is closed from now on.
pub async fn keep(tx: &mut Tx, letter: &Letter<'_>, content: &Screen) -> anyhow::Result<i64> {
    let pupils: Vec<String> = letter.pupils.iter().map(ToString::to_string).collect();
    let content = serde_json::to_string(content)?;
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO covered_letters (key, transport, account, person_id, pupils, content, cover, turns)
         VALUES ($1, $2, $3, $4, $5, $6, '', 0)
         ON CONFLICT (key) DO UPDATE SET content = excluded.content, pupils = excluded.pupils, shown_until = NULL
         RETURNING id",
    ).bind(letter.key).bind(letter.to.0).bind(letter.to.1).bind(letter.reader).bind(pupils.join(" ")).bind(content)
    .fetch_one(c).await)?)
}

/// Keeps what stands there while it is closed.
pub async fn keep_cover(tx: &mut Tx, id: i64, cover: &Screen) -> anyhow::Result<()> {
    let cover = serde_json::to_string(cover)?;
    on!(tx, c => sqlx::query("UPDATE covered_letters SET cover = $2 WHERE id = $1")
        .bind(id).bind(cover).execute(c).await.map(drop))?;
    Ok(())
}

/// A letter that isn't covered any more; its row stays, for its turns are in the keys of what changed it.
pub async fn uncover(tx: &mut Tx, key: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE covered_letters SET shown_until = NULL WHERE key = $1")
        .bind(key).execute(c).await.map(drop))?;
    Ok(())
}

/// One of them.
pub async fn covered(conn: &mut Conn, id: i64) -> anyhow::Result<Option<Covered>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, key, transport, account, person_id, pupils, content, cover, shown_until
         FROM covered_letters WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?)
}

/// It is opened until then, or closed; says how often that was done.
pub async fn turn(tx: &mut Tx, id: i64, shown_until: Option<DateTime<Utc>>) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "UPDATE covered_letters SET turns = turns + 1, shown_until = $2 WHERE id = $1 RETURNING turns",
    ).bind(id).bind(shown_until).fetch_one(c).await)?)
}
