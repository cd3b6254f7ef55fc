//! SQL of letters to families: facts of a class, mailings, for whom they were, words that are kept.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

use super::facts::{Away, Mark};
use super::{Addressee, Fate, Kind, Mailing};
use crate::access::talk::WriteFamilies;
use crate::db::{Conn, Tx, gathered, on};
use crate::ids::{ClassId, MailingId, PersonId, SchoolId, TemplateId};
use crate::lessons::cell::{Sign, Value};
use crate::words::names::FullName;

/// The marks of a class over days by pupil; of one pupil where one is named.
pub async fn marks(
    conn: &mut Conn,
    class: ClassId,
    pupil: Option<PersonId>,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<HashMap<PersonId, Vec<Mark>>> {
    let rows: Vec<(PersonId, String)> = on!(conn, c => sqlx::query_as(
        "SELECT m.pupil_id, string_agg(j.title || '\u{1f}' || CAST(l.date AS TEXT) || '\u{1f}' || m.value || '\u{1f}' || CAST(m.weight AS TEXT), '\u{1e}'
                                       ORDER BY l.date, l.number, l.id, m.position)
         FROM loads o
         JOIN subjects j ON j.id = o.subject_id
         JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         JOIN marks m ON m.lesson_id = l.id
         WHERE o.class_id = $1 AND m.pupil_id = COALESCE($4, m.pupil_id)
         GROUP BY m.pupil_id",
    ).bind(class).bind(from).bind(to).bind(pupil).fetch_all(c).await)?;
    let mut found = HashMap::new();
    for (pupil, text) in rows {
        let mut marks = Vec::new();
        for row in gathered::rows(Some(&text), '\u{1e}') {
            let [subject, date, value, weight] = gathered::fields(row, '\u{1f}')?;
            if let Some(value) = Value::of(value) {
                marks.push(Mark {
                    subject: subject.to_owned(),
                    date: date.parse()?,
                    value,
                    weight: weight.parse()?,
                });
            }
        }
        found.insert(pupil, marks);
    }
    Ok(found)
}

/// The signs of a class over days by pupil; of one pupil where one is named.
pub async fn away(
    conn: &mut Conn,
    class: ClassId,
    pupil: Option<PersonId>,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<HashMap<PersonId, Vec<Away>>> {
    let rows: Vec<(PersonId, String)> = on!(conn, c => sqlx::query_as(
        "SELECT a.pupil_id, string_agg(CAST(l.date AS TEXT) || '\u{1f}' || CAST(l.number AS TEXT) || '\u{1f}' || a.sign, '\u{1e}'
                                       ORDER BY l.date, l.number, l.id)
         FROM loads o
         JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         JOIN attendance a ON a.lesson_id = l.id
         WHERE o.class_id = $1 AND a.pupil_id = COALESCE($4, a.pupil_id)
         GROUP BY a.pupil_id",
    ).bind(class).bind(from).bind(to).bind(pupil).fetch_all(c).await)?;
    let mut found = HashMap::new();
    for (pupil, text) in rows {
        let mut away = Vec::new();
        for row in gathered::rows(Some(&text), '\u{1e}') {
            let [date, number, sign] = gathered::fields(row, '\u{1f}')?;
            if let Some(sign) = Sign::of(sign) {
                away.push(Away {
                    date: date.parse()?,
                    number: number.parse()?,
                    sign,
                });
            }
        }
        found.insert(pupil, away);
    }
    Ok(found)
}

/// The author's last mailing; 0 where there is none.
pub async fn last(conn: &mut Conn, author: PersonId) -> anyhow::Result<MailingId> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM mailings WHERE author_id = $1")
        .bind(author).fetch_one(c).await)?,
    )
}

/// Keeps a mailing.
pub async fn add(
    tx: &mut Tx,
    proof: WriteFamilies,
    (class, kind, words): (ClassId, Kind, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<MailingId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO mailings (school_id, class_id, author_id, kind, words, sent_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    ).bind(proof.school()).bind(class).bind(proof.by()).bind(kind.code()).bind(words).bind(now).fetch_one(c).await)?)
}

/// Keeps for whom it was; a second row for the same account is none.
pub async fn address(
    tx: &mut Tx,
    mailing: MailingId,
    (pupil, parent): (PersonId, PersonId),
    (transport, account): (&str, i64),
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO mailing_letters (mailing_id, pupil_id, parent_id, transport, account, key) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    ).bind(mailing).bind(pupil).bind(parent).bind(transport).bind(account).bind(super::key(mailing, pupil, parent, account))
    .execute(c).await.map(drop))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct MailingRow {
    id: MailingId,
    school_id: SchoolId,
    class_id: ClassId,
    author_id: PersonId,
    kind: String,
    words: String,
    sent_at: DateTime<Utc>,
    recalled_at: Option<DateTime<Utc>>,
}

impl From<MailingRow> for Mailing {
    fn from(row: MailingRow) -> Self {
        Self {
            id: row.id,
            school: row.school_id,
            class: row.class_id,
            author: row.author_id,
            kind: Kind::of(&row.kind),
            words: row.words,
            sent_at: row.sent_at,
            recalled_at: row.recalled_at,
        }
    }
}

/// A mailing.
pub async fn mailing(conn: &mut Conn, id: MailingId) -> anyhow::Result<Option<Mailing>> {
    let row: Option<MailingRow> = on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, class_id, author_id, kind, words, sent_at, recalled_at FROM mailings WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Mailing::from))
}

/// What was sent to families of a class, the newest first: one more than a page.
pub async fn outbox(conn: &mut Conn, class: ClassId, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Mailing>> {
    let rows: Vec<MailingRow> = on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, class_id, author_id, kind, words, sent_at, recalled_at FROM mailings
         WHERE class_id = $1 ORDER BY id DESC LIMIT $3 OFFSET $2",
    ).bind(class).bind(skip).bind(take).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Mailing::from).collect())
}

#[derive(sqlx::FromRow)]
struct AddresseeRow {
    pupil_id: PersonId,
    pupil_surname: String,
    pupil_name: String,
    pupil_patronymic: String,
    parent_id: PersonId,
    surname: String,
    name: String,
    patronymic: String,
    transport: String,
    account: i64,
    key: String,
    read_at: Option<DateTime<Utc>>,
    reminded_at: Option<DateTime<Utc>>,
    state: Option<String>,
}

/// For whom a mailing was, and how it stands with each, in the order of the pupils' names.
pub async fn addressees(conn: &mut Conn, mailing: MailingId) -> anyhow::Result<Vec<Addressee>> {
    let rows: Vec<AddresseeRow> = on!(conn, c => sqlx::query_as(
        "SELECT m.pupil_id, b.surname AS pupil_surname, b.name AS pupil_name, b.patronymic AS pupil_patronymic,
                m.parent_id, p.surname, p.name, p.patronymic, m.transport, m.account, m.key, m.read_at, m.reminded_at,
                o.state
         FROM mailing_letters m
         JOIN people b ON b.id = m.pupil_id
         JOIN people p ON p.id = m.parent_id
         LEFT JOIN outbox o ON o.key = m.key
         WHERE m.mailing_id = $1
         ORDER BY b.sort_key, b.id, p.sort_key, p.id, m.account",
    ).bind(mailing).fetch_all(c).await)?;
    Ok(rows.into_iter().map(addressee).collect())
}

fn addressee(row: AddresseeRow) -> Addressee {
    let fate = match (row.read_at, row.state.as_deref()) {
        (Some(at), _) => Fate::Read(at),
        (None, Some("sent")) => Fate::Arrived,
        (None, Some("waiting" | "sending")) => Fate::OnItsWay,
        (None, _) => Fate::Missed,
    };
    Addressee {
        person: row.parent_id,
        name: FullName {
            surname: row.surname,
            name: row.name,
            patronymic: row.patronymic,
        },
        pupil: row.pupil_id,
        pupil_name: FullName {
            surname: row.pupil_surname,
            name: row.pupil_name,
            patronymic: row.pupil_patronymic,
        },
        chat: (row.transport, row.account),
        key: row.key,
        fate,
        reminded_at: row.reminded_at,
    }
}

/// A mailing is taken back; `false` when it was before.
pub async fn recall(tx: &mut Tx, _: WriteFamilies, id: MailingId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE mailings SET recalled_at = $2 WHERE id = $1 AND recalled_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Somebody has read their letter; `false` when they had before.
pub async fn read(tx: &mut Tx, key: &str, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE mailing_letters SET read_at = $2 WHERE key = $1 AND read_at IS NULL")
        .bind(key).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Somebody is reminded of their letter.
pub async fn reminded(tx: &mut Tx, _: WriteFamilies, key: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE mailing_letters SET reminded_at = $2 WHERE key = $1")
        .bind(key).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Words that somebody keeps, the newest first.
pub async fn templates(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<(TemplateId, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, words FROM letter_templates WHERE person_id = $1 ORDER BY id DESC",
    ).bind(person).fetch_all(c).await)?)
}

/// Keeps words; the same once.
pub async fn keep(tx: &mut Tx, proof: WriteFamilies, words: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO letter_templates (person_id, words, created_at) SELECT p.id, $2, $3 FROM people p
         WHERE p.id = $1 AND NOT EXISTS (SELECT 1 FROM letter_templates t WHERE t.person_id = $1 AND t.words = $2)",
    ).bind(proof.by()).bind(words).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps words no longer, if they are one's own.
pub async fn forget(tx: &mut Tx, proof: WriteFamilies, id: TemplateId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM letter_templates WHERE id = $1 AND person_id = $2")
        .bind(id).bind(proof.by()).execute(c).await.map(drop))?;
    Ok(())
}
