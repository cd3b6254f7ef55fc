//! SQL of letters that waited for the head.

use chrono::{DateTime, Utc};

use super::{Held, State};
use crate::access::rules::ReviewLetters;
use crate::access::talk::WriteFamilies;
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, SchoolId};
use crate::messages::letters::Draft;
use crate::people::Person;
use crate::school::class_name;
use crate::words::names::FullName;

/// Keeps a letter until somebody decides.
pub async fn hold(
    tx: &mut Tx,
    proof: WriteFamilies,
    draft: &Draft,
    now: DateTime<Utc>,
) -> anyhow::Result<HeldLetterId> {
    let kept = serde_json::to_string(draft)?;
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO held_letters (school_id, class_id, author_id, draft, held_at, state, remark)
         VALUES ($1, $2, $3, $4, $5, 'waiting', '') RETURNING id",
    ).bind(proof.school()).bind(draft.class).bind(proof.by()).bind(&kept).bind(now).fetch_one(c).await)?)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: HeldLetterId,
    school_id: SchoolId,
    class_id: ClassId,
    author_id: PersonId,
    draft: String,
    held_at: DateTime<Utc>,
    state: String,
    decided_by: Option<PersonId>,
    decided_at: Option<DateTime<Utc>>,
    remark: String,
    mailing_id: Option<MailingId>,
}

fn held(row: Row) -> anyhow::Result<Held> {
    Ok(Held {
        id: row.id,
        school: row.school_id,
        class: row.class_id,
        author: row.author_id,
        draft: serde_json::from_str(&row.draft)?,
        held_at: row.held_at,
        state: match (row.state.as_str(), row.mailing_id) {
            ("sent", Some(mailing)) => State::Sent(mailing),
            ("returned", _) => State::Returned,
            ("rewritten", _) => State::Rewritten,
            ("taken_back", _) => State::TakenBack,
            _ => State::Waiting,
        },
        decided: row.decided_by.zip(row.decided_at),
        remark: row.remark,
    })
}

/// A held letter.
pub async fn one(conn: &mut Conn, id: HeldLetterId) -> anyhow::Result<Option<Held>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, class_id, author_id, draft, held_at, state, decided_by, decided_at, remark, mailing_id
         FROM held_letters WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?;
    row.map(held).transpose()
}

/// Letters to families of a class that wait, and those that came back or are written anew, the newest first.
pub async fn of_class(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<Held>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, class_id, author_id, draft, held_at, state, decided_by, decided_at, remark, mailing_id
         FROM held_letters WHERE class_id = $1 AND state IN ('waiting', 'returned', 'rewritten') ORDER BY id DESC LIMIT 6",
    ).bind(class).fetch_all(c).await)?;
    rows.into_iter().map(held).collect()
}

/// Letters that wait for somebody, `$1`: for a head by grades, for a director all of the school.
macro_rules! waiting {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM people p JOIN held_letters h ON h.school_id = p.school_id AND h.state = 'waiting'
             JOIN classes c ON c.id = h.class_id JOIN people a ON a.id = h.author_id
             WHERE p.id = $1
               AND EXISTS (SELECT 1 FROM staff_roles r WHERE r.person_id = p.id
                           AND (r.role = 'director' OR r.role = 'head_of_stage' AND c.grade BETWEEN r.from_grade AND r.to_grade)) ",
            $rest
        )
    };
}

/// Which wait for somebody, the oldest first: each with its class and author.
pub async fn waiting(conn: &mut Conn, head: PersonId) -> anyhow::Result<Vec<(HeldLetterId, String, FullName)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: HeldLetterId,
        grade: i64,
        letter: String,
        #[sqlx(flatten)]
        author: FullName,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(waiting!(
        "h.id, c.grade, c.letter, a.surname, a.name, a.patronymic", "ORDER BY h.id LIMIT 25"
    )).bind(head).fetch_all(c).await)?;
    let listed = |row: Row| (row.id, class_name(row.grade, &row.letter), row.author);
    Ok(rows.into_iter().map(listed).collect())
}

/// How many wait for somebody.
pub async fn n_waiting(conn: &mut Conn, head: PersonId) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(waiting!("COUNT(*)", "")).bind(head).fetch_one(c).await)?)
}

/// Who decides about letters to a class: the heads of its stage, and the director where there is none.
pub async fn heads(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<Person>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT p.id, p.school_id, p.surname, p.name, p.patronymic, p.sort_key
         FROM classes c JOIN people p ON p.school_id = c.school_id JOIN staff_roles r ON r.person_id = p.id
         WHERE c.id = $1
           AND (r.role = 'head_of_stage' AND c.grade BETWEEN r.from_grade AND r.to_grade
                OR r.role = 'director'
                   AND NOT EXISTS (SELECT 1 FROM staff_roles h JOIN people o ON o.id = h.person_id
                                   WHERE o.school_id = c.school_id AND h.role = 'head_of_stage'
                                     AND c.grade BETWEEN h.from_grade AND h.to_grade))
         ORDER BY p.sort_key, p.id",
    ).bind(class).fetch_all(c).await)?)
}

/// It left as a mailing.
pub async fn sent(
    tx: &mut Tx,
    proof: ReviewLetters,
    (id, mailing): (HeldLetterId, MailingId),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE held_letters SET state = 'sent', decided_by = $2, decided_at = $3, mailing_id = $4
         WHERE id = $1 AND state = 'waiting'",
    ).bind(id).bind(proof.by()).bind(now).bind(mailing).execute(c).await.map(drop))?;
    Ok(())
}

/// It goes back to its author.
pub async fn give_back(
    tx: &mut Tx,
    proof: ReviewLetters,
    (id, remark): (HeldLetterId, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE held_letters SET state = 'returned', decided_by = $2, decided_at = $3, remark = $4
         WHERE id = $1 AND state = 'waiting'",
    ).bind(id).bind(proof.by()).bind(now).bind(remark).execute(c).await.map(drop))?;
    Ok(())
}

/// Its author needs it no more: it waits for nobody, and doesn't stand among those that came back.
pub async fn take_back(tx: &mut Tx, _: WriteFamilies, id: HeldLetterId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE held_letters SET state = 'taken_back' WHERE id = $1 AND state IN ('waiting', 'returned', 'rewritten')",
    ).bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// Its author writes it anew: nobody decides about its former words, and it stands there until another takes its place.
pub async fn rewrite(tx: &mut Tx, _: WriteFamilies, id: HeldLetterId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE held_letters SET state = 'rewritten' WHERE id = $1 AND state IN ('waiting', 'returned')",
    ).bind(id).execute(c).await.map(drop))?;
    Ok(())
}
