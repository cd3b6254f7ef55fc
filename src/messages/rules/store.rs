//! SQL of a school's rules of talk.

use super::Rules;
use crate::access::rules::KeepTalk;
use crate::access::talk::Pair;
use crate::db::{Conn, Tx, on};
use crate::ids::SchoolId;

/// Between whom nobody writes at a school.
pub async fn closed(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<Pair>> {
    let codes: Vec<String> = on!(conn, c => sqlx::query_scalar("SELECT pair FROM closed_pairs WHERE school_id = $1")
        .bind(school).fetch_all(c).await)?;
    Ok(codes.iter().filter_map(|it| Pair::of(it)).collect())
}

/// Whether letters on behaviour pass the head first.
pub async fn review(conn: &mut Conn, school: SchoolId) -> anyhow::Result<bool> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT review_behaviour FROM schools WHERE id = $1")
        .bind(school).fetch_one(c).await)?,
    )
}

/// All that a school rules.
pub async fn rules(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Rules> {
    Ok(Rules {
        review: review(conn, school).await?,
        closed: closed(conn, school).await?,
    })
}

/// A pair is open or closed from now on.
pub async fn set_pair(tx: &mut Tx, proof: KeepTalk, pair: Pair, open: bool) -> anyhow::Result<()> {
    if open {
        on!(tx, c => sqlx::query("DELETE FROM closed_pairs WHERE school_id = $1 AND pair = $2")
            .bind(proof.school()).bind(pair.code()).execute(c).await.map(drop))?;
    } else {
        on!(tx, c => sqlx::query("INSERT INTO closed_pairs (school_id, pair) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(proof.school()).bind(pair.code()).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Letters on behaviour pass the head first, or leave at once.
pub async fn set_review(tx: &mut Tx, proof: KeepTalk, on: bool) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET review_behaviour = $2 WHERE id = $1")
        .bind(proof.school()).bind(on).execute(c).await.map(drop))?;
    Ok(())
}
