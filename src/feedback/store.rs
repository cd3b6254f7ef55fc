//! SQL of suggestions. Only `ways` has to whom the answer to one without a name is brought.

use chrono::{DateTime, Utc};

use super::Suggestion;
use crate::access::{ReadSuggestions, Suggest};
use crate::db::{Conn, Tx, on};
use crate::ids::{PersonId, SuggestionId};

/// A suggestion with what follows it.
macro_rules! suggestions {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.school_id, s.author_id, s.words, s.sent_at, s.read_at, s.answer, s.answered_at, s.answered_by,
                    s.answers, s.closed_at, s.withdrawn_at,
                    s.author_id IS NOT NULL
                    OR EXISTS (SELECT 1 FROM suggestion_ways w WHERE w.suggestion_id = s.id) AS reachable
             FROM suggestions s WHERE ",
            $rest
        )
    };
}

/// A suggestion.
pub async fn suggestion(conn: &mut Conn, id: SuggestionId) -> anyhow::Result<Option<Suggestion>> {
    Ok(on!(conn, c => sqlx::query_as(suggestions!("s.id = $1")).bind(id).fetch_optional(c).await)?)
}

/// Whether a suggestion is somebody's own: by name, or as long as it is known where it came from.
pub async fn is_own(conn: &mut Conn, id: SuggestionId, person: PersonId) -> anyhow::Result<bool> {
    let found: Option<SuggestionId> = on!(conn, c => sqlx::query_scalar(
        "SELECT id FROM suggestions WHERE id = $1 AND author_id = $2
         UNION SELECT suggestion_id FROM suggestion_ways WHERE suggestion_id = $1 AND person_id = $2",
    ).bind(id).bind(person).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// One's own suggestions, the newest first, so many of them.
pub async fn own(conn: &mut Conn, proof: Suggest, take: i64) -> anyhow::Result<Vec<Suggestion>> {
    Ok(on!(conn, c => sqlx::query_as(suggestions!(
        "s.id IN (SELECT id FROM suggestions WHERE author_id = $1
                  UNION SELECT suggestion_id FROM suggestion_ways WHERE person_id = $1)
         ORDER BY s.id DESC LIMIT $2"
    )).bind(proof.by()).bind(take).fetch_all(c).await)?)
}

/// How many somebody has sent since a moment, withdrawn ones too.
pub async fn sent_since(conn: &mut Conn, proof: Suggest, since: DateTime<Utc>) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM suggestions s
         WHERE s.sent_at >= $2 AND (s.author_id = $1 OR EXISTS (SELECT 1 FROM suggestion_ways w
                                    WHERE w.suggestion_id = s.id AND w.person_id = $1))",
    ).bind(proof.by()).bind(since).fetch_one(c).await)?)
}

/// A suggestion is sent; without a name only its way knows whose it is.
pub async fn add(
    tx: &mut Tx,
    proof: Suggest,
    named: bool,
    words: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<SuggestionId> {
    let author = named.then_some(proof.by());
    let id: SuggestionId = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO suggestions (school_id, author_id, words, sent_at, answers) VALUES ($1, $2, $3, $4, 0) RETURNING id",
    ).bind(proof.school()).bind(author).bind(words).bind(at).fetch_one(c).await)?;
    if !named {
        on!(tx, c => sqlx::query("INSERT INTO suggestion_ways (suggestion_id, person_id) VALUES ($1, $2)")
            .bind(id).bind(proof.by()).execute(c).await.map(drop))?;
    }
    Ok(id)
}

/// To whom the answer is brought when the suggestion has no name; nobody once that is forgotten.
pub async fn way(conn: &mut Conn, id: SuggestionId) -> anyhow::Result<Option<PersonId>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT person_id FROM suggestion_ways WHERE suggestion_id = $1")
        .bind(id).fetch_optional(c).await)?,
    )
}

/// A letter went that way.
pub async fn keep_letter(tx: &mut Tx, id: SuggestionId, key: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO suggestion_letters (suggestion_id, key) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
    ).bind(id).bind(key).execute(c).await.map(drop))?;
    Ok(())
}

/// The letters that went that way, the newest first.
pub async fn letters(conn: &mut Conn, id: SuggestionId) -> anyhow::Result<Vec<String>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT key FROM suggestion_letters WHERE suggestion_id = $1 ORDER BY id DESC")
        .bind(id).fetch_all(c).await)?,
    )
}

/// Nothing says any more whose it is.
pub async fn forget_way(tx: &mut Tx, id: SuggestionId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM suggestion_letters WHERE suggestion_id = $1").bind(id).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM suggestion_ways WHERE suggestion_id = $1").bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// It is taken back, words and all; `false` when somebody has read it, or it was before.
pub async fn withdraw(tx: &mut Tx, _: Suggest, id: SuggestionId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE suggestions SET withdrawn_at = $2, words = '' WHERE id = $1 AND read_at IS NULL AND withdrawn_at IS NULL",
    ).bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Somebody of the school reads it.
pub async fn read(tx: &mut Tx, _: ReadSuggestions, id: SuggestionId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE suggestions SET read_at = $2 WHERE id = $1 AND read_at IS NULL AND withdrawn_at IS NULL",
    ).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// It is answered, anew perhaps; `false` when it was answered more often than `seen` says.
pub async fn answer(
    tx: &mut Tx,
    proof: ReadSuggestions,
    (id, seen): (SuggestionId, i64),
    words: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE suggestions SET answer = $3, answered_at = $4, answered_by = $5, answers = answers + 1
         WHERE id = $1 AND answers = $2 AND withdrawn_at IS NULL",
    ).bind(id).bind(seen).bind(words).bind(now).bind(proof.by()).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// It is closed without an answer; `false` when there is one, or it was closed before.
pub async fn close(tx: &mut Tx, _: ReadSuggestions, id: SuggestionId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE suggestions SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL AND answer IS NULL AND withdrawn_at IS NULL",
    ).bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// A school's suggestions, so many of them: unread first, then those without an answer, then the others.
pub async fn all(conn: &mut Conn, proof: ReadSuggestions, take: i64) -> anyhow::Result<Vec<Suggestion>> {
    Ok(on!(conn, c => sqlx::query_as(suggestions!(
        "s.school_id = $1 AND s.withdrawn_at IS NULL
         ORDER BY CASE WHEN s.read_at IS NULL THEN 0 WHEN s.answer IS NULL AND s.closed_at IS NULL THEN 1 ELSE 2 END,
                  s.id DESC LIMIT $2"
    )).bind(proof.school()).bind(take).fetch_all(c).await)?)
}

/// How many of a school's nobody has read.
pub async fn unread(conn: &mut Conn, proof: ReadSuggestions) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM suggestions WHERE school_id = $1 AND read_at IS NULL AND withdrawn_at IS NULL",
    ).bind(proof.school()).fetch_one(c).await)?)
}
