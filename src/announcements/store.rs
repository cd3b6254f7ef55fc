//! SQL of announcements and of their copies.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::{Announcement, Counts, Reader, State};
use crate::access::Announce;
use crate::db::{Conn, Tx, on};
use crate::ids::{PersonId, SchoolId};
use crate::words::Locale;
use crate::words::names::FullName;

/// An announcement to be kept.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Of which school.
    pub school: SchoolId,
    /// From which account.
    pub from: (&'a str, i64),
    /// To whom, as JSON.
    pub audience: String,
    /// What of them is left out, as JSON.
    pub left_out: String,
    /// In which office, and of what.
    pub office: (String, String),
    /// What it says.
    pub text: &'a str,
    /// What goes with it, as JSON.
    pub files: String,
    /// Whether it asks to be acknowledged.
    pub acknowledged: bool,
    /// When it leaves.
    pub due_at: DateTime<Utc>,
}

/// Keeps it; returns its row.
pub async fn add(tx: &mut Tx, proof: Announce, new: New<'_>, now: DateTime<Utc>) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO announcements (school_id, author_id, transport, account, audience, office, office_of, text, acknowledged,
                                    state, created_at, due_at, corrections, reminders, files, left_out)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, 0, 0, $12, $13) RETURNING id",
    ).bind(new.school).bind(proof.by()).bind(new.from.0).bind(new.from.1).bind(&new.audience).bind(&new.office.0)
    .bind(&new.office.1).bind(new.text).bind(new.acknowledged).bind(now).bind(new.due_at).bind(&new.files).bind(&new.left_out)
    .fetch_one(c).await)?)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    school_id: SchoolId,
    author_id: PersonId,
    #[sqlx(flatten)]
    name: FullName,
    transport: String,
    account: i64,
    audience: String,
    office: String,
    office_of: String,
    text: String,
    files: String,
    left_out: String,
    acknowledged: bool,
    state: String,
    due_at: DateTime<Utc>,
    corrections: i64,
    corrected_at: Option<DateTime<Utc>>,
    recalled_at: Option<DateTime<Utc>>,
    reminders: i64,
}

impl TryFrom<Row> for Announcement {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.id,
            school: row.school_id,
            author: row.author_id,
            name: row.name,
            from: (row.transport, row.account),
            audience: serde_json::from_str(&row.audience)?,
            left_out: serde_json::from_str(&row.left_out)?,
            office: (row.office, row.office_of),
            text: row.text,
            files: serde_json::from_str(&row.files)?,
            acknowledged: row.acknowledged,
            state: State::of(&row.state).context("an announcement's state isn't known")?,
            due_at: row.due_at,
            corrections: row.corrections,
            corrected_at: row.corrected_at,
            recalled_at: row.recalled_at,
            reminders: row.reminders,
        })
    }
}

macro_rules! announcements {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.school_id, n.author_id, p.surname, p.name, p.patronymic, n.transport, n.account, n.audience, n.office,
                    n.office_of, n.text, n.files, n.left_out, n.acknowledged, n.state, n.due_at, n.corrections, n.corrected_at, n.recalled_at,
                    n.reminders
             FROM announcements n JOIN people p ON p.id = n.author_id ",
            $rest
        )
    };
}

/// An announcement.
pub async fn announcement(conn: &mut Conn, id: i64) -> anyhow::Result<Option<Announcement>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(announcements!("WHERE n.id = $1"))
        .bind(id).fetch_optional(c).await)?;
    row.map(Announcement::try_from).transpose()
}

/// What a person sent, the newest first; one more than a page holds when there is more.
pub async fn sent(conn: &mut Conn, author: PersonId, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Announcement>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(announcements!(
        "WHERE n.author_id = $1 ORDER BY n.id DESC LIMIT $2 OFFSET $3"
    )).bind(author).bind(take + 1).bind(skip).fetch_all(c).await)?;
    rows.into_iter().map(Announcement::try_from).collect()
}

/// What a person was told, the newest first; one more than a page holds when there is more.
pub async fn told(conn: &mut Conn, person: PersonId, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Announcement>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(announcements!(
        "WHERE n.state <> 'recalled' AND n.id IN (SELECT announcement_id FROM announcement_copies WHERE person_id = $1)
         ORDER BY n.id DESC LIMIT $2 OFFSET $3"
    )).bind(person).bind(take + 1).bind(skip).fetch_all(c).await)?;
    rows.into_iter().map(Announcement::try_from).collect()
}

/// Turns its state; `false` when it isn't the one that was taken for granted.
pub async fn turn(tx: &mut Tx, id: i64, from: State, to: State) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE announcements SET state = $3 WHERE id = $1 AND state = $2")
        .bind(id).bind(from.code()).bind(to.code()).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Notes what it leaves out, as JSON, and in which office it is said to the others.
pub async fn leave_out(tx: &mut Tx, id: i64, left_out: &str, office: &(String, String)) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE announcements SET left_out = $2, office = $3, office_of = $4 WHERE id = $1")
        .bind(id).bind(left_out).bind(&office.0).bind(&office.1).execute(c).await.map(drop))?;
    Ok(())
}

/// Notes when it was taken back.
pub async fn set_recalled(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE announcements SET recalled_at = $2 WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Its text is another from now on.
pub async fn correct(tx: &mut Tx, id: i64, text: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE announcements SET text = $2, corrections = corrections + 1, corrected_at = $3 WHERE id = $1",
    ).bind(id).bind(text).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// A reminder of it leaves now.
pub async fn count_reminder(tx: &mut Tx, id: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE announcements SET reminders = reminders + 1 WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// When the last reminder of it left.
pub async fn reminded_at(conn: &mut Conn, id: i64) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT MAX(o.created_at) FROM announcements n
         JOIN announcement_copies k ON k.announcement_id = n.id
         JOIN outbox o ON o.key = k.key || ':reminder:' || n.reminders
         WHERE n.id = $1",
    ).bind(id).fetch_one(c).await)?)
}

/// A copy: whose, and in which chat.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Copy {
    /// Whose.
    pub person_id: PersonId,
    /// By which messenger.
    pub transport: String,
    /// For which account.
    pub account: i64,
    /// In which language.
    pub locale: String,
    /// The key of its letter.
    pub key: String,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

impl Copy {
    /// Its language.
    pub fn language(&self) -> Locale {
        Locale::of(&self.locale)
    }

    /// Where its letter goes.
    pub fn address(&self) -> (String, i64) {
        (self.transport.clone(), self.account)
    }
}

/// Keeps copies; those that are there already stay.
pub async fn add_copies(tx: &mut Tx, id: i64, copies: &[Copy]) -> anyhow::Result<()> {
    // SQLite takes 32,766 values.
    for chunk in copies.chunks(1_000) {
        on!(tx, c => {
            let mut query = sqlx::QueryBuilder::new(
                "INSERT INTO announcement_copies (announcement_id, person_id, transport, account, locale, key) ",
            );
            query.push_values(chunk, |mut row, it| {
                row.push_bind(id).push_bind(it.person_id).push_bind(&it.transport).push_bind(it.account)
                    .push_bind(&it.locale).push_bind(&it.key);
            });
            query.push(" ON CONFLICT DO NOTHING");
            query.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The copies that have left or are leaving: what changes must change there too. With what the key of one of their files
/// has more, the copies whose file is there.
pub async fn out(conn: &mut Conn, id: i64, suffix: &str) -> anyhow::Result<Vec<Copy>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT k.person_id, k.transport, k.account, k.locale, k.key, k.read_at
         FROM announcement_copies k JOIN outbox o ON o.key = k.key || $2
         WHERE k.announcement_id = $1 AND (o.state = 'sending' OR o.state = 'sent' AND o.reason = '')
         ORDER BY k.account",
    ).bind(id).bind(suffix).fetch_all(c).await)?)
}

/// The copies of one person.
pub async fn of_person(conn: &mut Conn, id: i64, person: PersonId) -> anyhow::Result<Vec<Copy>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT person_id, transport, account, locale, key, read_at FROM announcement_copies
         WHERE announcement_id = $1 AND person_id = $2 ORDER BY account",
    ).bind(id).bind(person).fetch_all(c).await)?)
}

/// A person has read it, on whichever phone; `false` when that was known.
pub async fn read(tx: &mut Tx, id: i64, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE announcement_copies SET read_at = $3 WHERE announcement_id = $1 AND person_id = $2 AND read_at IS NULL",
    ).bind(id).bind(person).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows > 0)
}

/// Copies that haven't begun to leave don't leave; with what the key of one of their files has more, those files.
pub async fn hold_back(tx: &mut Tx, id: i64, suffix: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE outbox SET state = 'sent', reason = 'taken back'
         WHERE state = 'waiting' AND key IN (SELECT key || $2 FROM announcement_copies WHERE announcement_id = $1)",
    ).bind(id).bind(suffix).execute(c).await.map(drop))?;
    Ok(())
}

/// Copies that haven't begun to leave say something else, in one language.
pub async fn rewrite(tx: &mut Tx, id: i64, locale: Locale, letter: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE outbox SET letter = $3
         WHERE state = 'waiting' AND key IN (SELECT key FROM announcement_copies WHERE announcement_id = $1 AND locale = $2)",
    ).bind(id).bind(locale.code()).bind(letter).execute(c).await.map(drop))?;
    Ok(())
}

/// One copy that hasn't begun to leave says something else.
pub async fn rewrite_one(tx: &mut Tx, key: &str, letter: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE outbox SET letter = $2 WHERE state = 'waiting' AND key = $1")
        .bind(key).bind(letter).execute(c).await.map(drop))?;
    Ok(())
}

/// The copies that haven't begun to leave.
pub async fn waiting(conn: &mut Conn, id: i64) -> anyhow::Result<Vec<Copy>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT k.person_id, k.transport, k.account, k.locale, k.key, k.read_at
         FROM announcement_copies k JOIN outbox o ON o.key = k.key
         WHERE k.announcement_id = $1 AND o.state = 'waiting' ORDER BY k.account",
    ).bind(id).fetch_all(c).await)?)
}

macro_rules! arrived {
    () => {
        "o.state = 'sent' AND o.reason = ''"
    };
}

/// How far it has come, in people.
pub async fn counts(conn: &mut Conn, id: i64) -> anyhow::Result<Counts> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT COUNT(DISTINCT k.person_id) AS people,
                COUNT(DISTINCT CASE WHEN ", arrived!(), " THEN k.person_id END) AS arrived,
                COUNT(DISTINCT CASE WHEN k.read_at IS NOT NULL THEN k.person_id END) AS read,
                COUNT(DISTINCT CASE WHEN o.state IN ('waiting', 'sending') THEN k.person_id END) AS waiting
         FROM announcement_copies k LEFT JOIN outbox o ON o.key = k.key WHERE k.announcement_id = $1",
    )).bind(id).fetch_one(c).await)?)
}

/// Who got it: first those who haven't read it, each by the alphabet; one more than a page holds when there is more.
pub async fn readers(conn: &mut Conn, id: i64, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Reader>> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT p.surname, p.name, p.patronymic, MIN(k.read_at) AS read_at,
                MAX(CASE WHEN ", arrived!(), " THEN 1 ELSE 0 END) = 1 AS arrived,
                MAX(CASE WHEN o.state IN ('waiting', 'sending') THEN 1 ELSE 0 END) = 1 AS waits
         FROM announcement_copies k JOIN people p ON p.id = k.person_id LEFT JOIN outbox o ON o.key = k.key
         WHERE k.announcement_id = $1
         GROUP BY p.id, p.surname, p.name, p.patronymic, p.sort_key
         ORDER BY CASE WHEN MIN(k.read_at) IS NULL THEN 0 ELSE 1 END, p.sort_key, p.id LIMIT $2 OFFSET $3",
    )).bind(id).bind(take + 1).bind(skip).fetch_all(c).await)?)
}

/// The copies that arrived and weren't read.
pub async fn unread(conn: &mut Conn, id: i64) -> anyhow::Result<Vec<Copy>> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT k.person_id, k.transport, k.account, k.locale, k.key, k.read_at
         FROM announcement_copies k JOIN outbox o ON o.key = k.key
         WHERE k.announcement_id = $1 AND k.read_at IS NULL AND ", arrived!(), " ORDER BY k.account",
    )).bind(id).fetch_all(c).await)?)
}
