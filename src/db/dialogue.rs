//! Where a conversation stands: the dialogue's state, the living screen, the updates that were handled.
//!
//! The state is written in the turn's own transaction; the living screen's id after the messenger took it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Conn, Tx, on};
use crate::ids::{Account, UpdateKey};
use crate::words::Locale;

/// A chat with a person.
#[derive(Clone, Debug, Default)]
pub struct Chat {
    /// The person's language.
    pub locale: Locale,
    /// The dialogue's state, as JSON; empty for a new one.
    pub dialogue: String,
    /// Whether the row is there.
    pub known: bool,
    /// Whether the messenger said that the person closed the chat.
    pub closed: bool,
}

/// The chat of an account; a fresh one for somebody new.
pub async fn chat(conn: &mut Conn, account: Account) -> anyhow::Result<Chat> {
    let row: Option<(String, String, bool)> = on!(conn, c => sqlx::query_as(
        "SELECT locale, dialogue, closed_at IS NOT NULL FROM chats WHERE transport = $1 AND account = $2",
    ).bind(account.transport).bind(account.id).fetch_optional(c).await)?;
    Ok(row.map_or_else(Chat::default, |(locale, dialogue, closed)| Chat {
        locale: Locale::of(&locale),
        dialogue,
        known: true,
        closed,
    }))
}

/// The chat of an account, and what was answered to an update of it that was handled before: how every act begins.
pub async fn chat_and_answer(
    conn: &mut Conn,
    account: Account,
    key: UpdateKey,
) -> anyhow::Result<(Chat, Option<String>)> {
    type Row = (Option<String>, Option<String>, bool, Option<String>);
    let (locale, dialogue, closed, answer): Row = on!(conn, c => sqlx::query_as(
        "SELECT ch.locale, ch.dialogue, ch.closed_at IS NOT NULL, h.answer
         FROM (SELECT 1 AS one) always
         LEFT JOIN chats ch ON ch.transport = $1 AND ch.account = $2
         LEFT JOIN handled_updates h ON h.bot = $3 AND h.update_id = $4",
    ).bind(account.transport).bind(account.id).bind(key.bot).bind(key.id).fetch_one(c).await)?;
    let chat = locale
        .zip(dialogue)
        .map_or_else(Chat::default, |(locale, dialogue)| Chat {
            locale: Locale::of(&locale),
            dialogue,
            known: true,
            closed,
        });
    Ok((chat, answer))
}

/// Keeps language and state; whoever writes to us has an open chat.
pub async fn keep_chat(tx: &mut Tx, account: Account, locale: Locale, dialogue: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO chats (transport, account, locale, dialogue) VALUES ($1, $2, $3, $4)
         ON CONFLICT (transport, account) DO UPDATE SET locale = excluded.locale, dialogue = excluded.dialogue, closed_at = NULL",
    ).bind(account.transport).bind(account.id).bind(locale.code()).bind(dialogue).execute(c).await.map(drop))?;
    Ok(())
}

/// Notes that a person closed the chat; the first time stays.
pub async fn close_chat(tx: &mut Tx, transport: &str, account: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE chats SET closed_at = COALESCE(closed_at, $3) WHERE transport = $1 AND account = $2",
    ).bind(transport).bind(account).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Notes that a person opened the chat again.
pub async fn reopen_chat(tx: &mut Tx, account: Account) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE chats SET closed_at = NULL WHERE transport = $1 AND account = $2")
        .bind(account.transport).bind(account.id).execute(c).await.map(drop))?;
    Ok(())
}

/// What somebody began to write can be laid aside for something else: one of a kind and account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// An announcement.
    Announcement,
    /// A letter to families.
    Letter,
}

/// For how long it is kept.
pub const ASIDE_KEPT: TimeDelta = TimeDelta::days(7);

impl Aside {
    fn code(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Letter => "letter",
        }
    }
}

/// Lays a draft aside, as JSON. One without words doesn't take the place of one that has some.
pub async fn lay_aside(
    tx: &mut Tx,
    account: Account,
    (kind, draft, has_words): (Aside, &str, bool),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO asides (transport, account, kind, draft, has_words, laid_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (transport, account, kind) DO UPDATE
         SET draft = excluded.draft, has_words = excluded.has_words, laid_at = excluded.laid_at
         WHERE excluded.has_words OR NOT asides.has_words",
    ).bind(account.transport).bind(account.id).bind(kind.code()).bind(draft).bind(has_words).bind(now)
    .execute(c).await.map(drop))?;
    Ok(())
}

/// What was laid aside of a kind, and when, while it is kept.
pub async fn aside(
    conn: &mut Conn,
    account: Account,
    kind: Aside,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<(String, DateTime<Utc>)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT draft, laid_at FROM asides WHERE transport = $1 AND account = $2 AND kind = $3 AND laid_at > $4",
    ).bind(account.transport).bind(account.id).bind(kind.code()).bind(now - ASIDE_KEPT).fetch_optional(c).await)?)
}

/// It is taken up again, or isn't wanted any more.
pub async fn drop_aside(tx: &mut Tx, account: Account, kind: Aside) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM asides WHERE transport = $1 AND account = $2 AND kind = $3")
        .bind(account.transport).bind(account.id).bind(kind.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets what nobody has taken up again.
pub async fn forget_asides(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM asides WHERE laid_at <= $1").bind(now - ASIDE_KEPT)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps that an update was handled, and its answer.
pub async fn remember(tx: &mut Tx, key: UpdateKey, answer: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("INSERT INTO handled_updates (bot, update_id, at, answer) VALUES ($1, $2, $3, $4)")
        .bind(key.bot).bind(key.id).bind(now).bind(answer).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets updates that no messenger repeats any more.
pub async fn forget_updates(tx: &mut Tx, before: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM handled_updates WHERE at < $1").bind(before).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps an update that was given up: its id and kind, nothing of what it said.
pub async fn give_up(tx: &mut Tx, key: UpdateKey, kind: &str, code: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO given_up_updates (bot, update_id, at, kind, code) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (bot, update_id) DO NOTHING",
    ).bind(key.bot).bind(key.id).bind(now).bind(kind).bind(code).execute(c).await.map(drop))?;
    Ok(())
}

/// The id of a chat's living screen.
pub async fn living_screen(conn: &mut Conn, transport: &str, chat: i64) -> anyhow::Result<Option<i64>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT message_id FROM living_screens WHERE transport = $1 AND chat = $2")
        .bind(transport).bind(chat).fetch_optional(c).await)?,
    )
}

/// Keeps the id of a chat's living screen.
pub async fn keep_living_screen(tx: &mut Tx, transport: &str, chat: i64, message: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO living_screens (transport, chat, message_id) VALUES ($1, $2, $3)
         ON CONFLICT (transport, chat) DO UPDATE SET message_id = excluded.message_id",
    ).bind(transport).bind(chat).bind(message).execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets all living screens: for a demonstration whose chats begin anew.
pub async fn forget_screens(tx: &mut Tx) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM living_screens").execute(c).await.map(drop))?;
    Ok(())
}

/// Whether a group was told now for the first time why the journal is silent there.
pub async fn tell_group(tx: &mut Tx, transport: &str, chat: i64) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("INSERT INTO told_groups (transport, chat) VALUES ($1, $2) ON CONFLICT (transport, chat) DO NOTHING")
        .bind(transport).bind(chat).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// The highest message id that was kept: a letter sent after it has a higher one.
pub async fn highest_message(conn: &mut Conn, transport: &str) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT COALESCE(MAX(message_id), 0) FROM (
             SELECT MAX(message_id) AS message_id FROM receipts
             UNION ALL SELECT MAX(message_id) FROM living_screens WHERE transport = $1
         ) known",
    ).bind(transport).fetch_one(c).await)?)
}
