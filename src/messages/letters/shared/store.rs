//! SQL of a school's words.

use chrono::{DateTime, Utc};

use crate::access::rules::KeepWords;
use crate::db::{Conn, Tx, on};
use crate::ids::{SchoolId, TemplateId};

/// A school's words, the newest first.
pub async fn list(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<(TemplateId, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, words FROM school_templates WHERE school_id = $1 ORDER BY id DESC",
    ).bind(school).fetch_all(c).await)?)
}

/// Keeps words; the same once.
pub async fn add(tx: &mut Tx, proof: KeepWords, words: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO school_templates (school_id, words, by_id, created_at) SELECT s.id, $2, $3, $4 FROM schools s
         WHERE s.id = $1 AND NOT EXISTS (SELECT 1 FROM school_templates t WHERE t.school_id = $1 AND t.words = $2)",
    ).bind(proof.school()).bind(words).bind(proof.by()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps words no longer.
pub async fn drop_one(tx: &mut Tx, proof: KeepWords, id: TemplateId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM school_templates WHERE id = $1 AND school_id = $2")
        .bind(id).bind(proof.school()).execute(c).await.map(drop))?;
    Ok(())
}
