//! SQL of workbooks that were sent, and of what was loaded.

use chrono::{DateTime, Utc};

use super::{Counts, Found, Load, State, Workbook};
use crate::access::LoadSchool;
use crate::chat::Document;
use crate::db::{Conn, Tx, on};
use crate::ids::SchoolId;
use crate::words::names::FullName;

/// A workbook to be kept.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Which school's; the check finds out when its sender has several.
    pub school: SchoolId,
    /// From which account, by which messenger.
    pub from: (&'a str, i64),
    /// As its sender's phone calls it.
    pub name: &'a str,
    /// The messenger's own name for it.
    pub file: &'a str,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    school_id: SchoolId,
    transport: String,
    account: i64,
    name: String,
    file: String,
    state: String,
    added: i64,
    changed: i64,
    removed: i64,
    problems: i64,
    marks: i64,
    told: String,
    renamed: bool,
    asks_renamed: bool,
}

/// Keeps a workbook that is to be checked; its id.
pub async fn add(tx: &mut Tx, proof: LoadSchool, new: New<'_>, now: DateTime<Utc>) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO workbooks (school_id, person_id, transport, account, name, file, state,
                                added, changed, removed, problems, marks, told, renamed, asks_renamed, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'checking', 0, 0, 0, 0, 0, '', FALSE, FALSE, $7) RETURNING id",
    ).bind(new.school).bind(proof.by()).bind(new.from.0).bind(new.from.1).bind(new.name).bind(new.file).bind(now)
    .fetch_one(c).await)?)
}

/// A workbook without its bytes.
pub async fn workbook(conn: &mut Conn, id: i64) -> anyhow::Result<Option<Workbook>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, transport, account, name, file, state, added, changed, removed, problems, marks,
                told, renamed, asks_renamed FROM workbooks WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?;
    Ok(row.map(|it| Workbook {
        id: it.id,
        school: it.school_id,
        from: (it.transport, it.account),
        name: it.name,
        file: it.file,
        // A state of a later version is none that this one can go on from.
        state: State::of(&it.state).unwrap_or(State::Forgotten),
        found: Found {
            counts: Counts {
                added: it.added,
                changed: it.changed,
                removed: it.removed,
            },
            problems: it.problems,
            marks: it.marks,
            told: it.told,
            asks_renamed: it.asks_renamed,
        },
        is_renamed: it.renamed,
    }))
}

/// The bytes of a workbook, as long as they are kept.
pub async fn bytes(conn: &mut Conn, id: i64) -> anyhow::Result<Option<Vec<u8>>> {
    let bytes: Option<Option<Vec<u8>>> = on!(conn, c => sqlx::query_scalar("SELECT bytes FROM workbooks WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    Ok(bytes.flatten())
}

/// Its state becomes another; `false` when it was no longer what one thought.
pub async fn turn(tx: &mut Tx, id: i64, from: State, to: State) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE workbooks SET state = $3 WHERE id = $1 AND state = $2")
        .bind(id).bind(from.code()).bind(to.code()).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// The school's other title is on purpose.
pub async fn set_renamed(tx: &mut Tx, id: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE workbooks SET renamed = TRUE WHERE id = $1").bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// What a check found; its bytes stay for the load and the marks.
pub async fn set_found(tx: &mut Tx, id: i64, (school, bytes): (SchoolId, &[u8]), found: &Found) -> anyhow::Result<()> {
    let Counts {
        added,
        changed,
        removed,
    } = found.counts;
    on!(tx, c => sqlx::query(
        "UPDATE workbooks SET school_id = $2, bytes = $3, added = $4, changed = $5, removed = $6, problems = $7, marks = $8,
                asks_renamed = $9, told = $10 WHERE id = $1",
    ).bind(id).bind(school).bind(bytes).bind(added).bind(changed).bind(removed).bind(found.problems).bind(found.marks)
    .bind(found.asks_renamed).bind(&found.told).execute(c).await.map(drop))?;
    Ok(())
}

/// Its bytes go, and what was said of them: they are the data of children.
pub async fn drop_bytes(tx: &mut Tx, id: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE workbooks SET bytes = NULL, told = '' WHERE id = $1").bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// Of those that were loaded only the last one is kept whole.
pub async fn drop_former(tx: &mut Tx, school: SchoolId, last: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE workbooks SET bytes = NULL WHERE school_id = $1 AND state = 'loaded' AND id <> $2",
    ).bind(school).bind(last).execute(c).await.map(drop))?;
    Ok(())
}

/// The workbook that was loaded last, if it is still kept.
pub async fn last_loaded(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Option<(i64, Document)>> {
    let row: Option<(i64, String, Vec<u8>)> = on!(conn, c => sqlx::query_as(
        "SELECT id, name, bytes FROM workbooks WHERE school_id = $1 AND state = 'loaded' AND bytes IS NOT NULL
         ORDER BY id DESC LIMIT 1",
    ).bind(school).fetch_optional(c).await)?;
    Ok(row.map(|(id, name, bytes)| (id, Document { name, bytes })))
}

/// Whether a workbook that waited was loaded by whoever confirmed it: then its import stands among the school's, with what
/// the check foresaw.
pub async fn is_loaded(conn: &mut Conn, id: i64, proof: LoadSchool) -> anyhow::Result<bool> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT 1 FROM workbooks w
             JOIN imports i ON i.school_id = w.school_id AND i.at >= w.sent_at AND i.person_id = $2 AND i.name = w.name
                 AND i.added = w.added AND i.changed = w.changed AND i.removed = w.removed
             WHERE w.id = $1)",
    ).bind(id).bind(proof.by()).fetch_one(c).await)?)
}

/// Loads of a school, the last one first; and how many there are.
pub async fn loads(conn: &mut Conn, school: SchoolId, (skip, take): (i64, i64)) -> anyhow::Result<(Vec<Load>, i64)> {
    type Loaded = (
        DateTime<Utc>,
        String,
        i64,
        i64,
        i64,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let rows: Vec<Loaded> = on!(conn, c => sqlx::query_as(
        "SELECT i.at, i.name, i.added, i.changed, i.removed, p.surname, p.name, p.patronymic
         FROM imports i LEFT JOIN people p ON p.id = i.person_id
         WHERE i.school_id = $1 ORDER BY i.at DESC, i.id DESC LIMIT $3 OFFSET $2",
    ).bind(school).bind(skip).bind(take).fetch_all(c).await)?;
    let n: i64 = on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM imports WHERE school_id = $1")
        .bind(school).fetch_one(c).await)?;
    let load = |(at, name, added, changed, removed, surname, first, patronymic): Loaded| Load {
        at,
        by: surname.map(|surname| {
            let name = FullName {
                surname,
                name: first.unwrap_or_default(),
                patronymic: patronymic.unwrap_or_default(),
            };
            name.adult()
        }),
        name,
        counts: Counts {
            added,
            changed,
            removed,
        },
    };
    Ok((rows.into_iter().map(load).collect(), n))
}
