//! SQL of locks.

use chrono::{DateTime, NaiveDate, Utc};

use super::Lock;
use crate::access::KeepLocks;
use crate::db::{Conn, Tx, on};
use crate::ids::{Account, PersonId, SchoolId};
use crate::people::store::works;
use crate::words::names::FullName;

/// The lock of an account.
pub async fn lock(conn: &mut Conn, account: Account) -> anyhow::Result<Option<Lock>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT pin_hash, entry, tries, pauses, paused_until, locked, seen_at FROM locks WHERE transport = $1 AND account = $2",
    ).bind(account.transport).bind(account.id).fetch_optional(c).await)?)
}

/// Keeps the lock of an account.
pub async fn keep(tx: &mut Tx, account: Account, lock: &Lock) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO locks (transport, account, pin_hash, entry, tries, pauses, paused_until, locked, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (transport, account) DO UPDATE SET
             pin_hash = excluded.pin_hash, entry = excluded.entry, tries = excluded.tries, pauses = excluded.pauses,
             paused_until = excluded.paused_until, locked = excluded.locked, seen_at = excluded.seen_at",
    )
    .bind(account.transport).bind(account.id).bind(&lock.pin_hash).bind(&lock.entry).bind(lock.tries).bind(lock.pauses)
    .bind(lock.paused_until).bind(lock.locked).bind(lock.seen_at)
    .execute(c).await.map(drop))?;
    Ok(())
}

/// When a person was born, if the school knows.
pub async fn born(conn: &mut Conn, person: PersonId) -> anyhow::Result<Option<NaiveDate>> {
    let born: Option<Option<NaiveDate>> = on!(conn, c => sqlx::query_scalar("SELECT birth_date FROM people WHERE id = $1")
        .bind(person).fetch_optional(c).await)?;
    Ok(born.flatten())
}

/// The account was used now.
pub async fn seen(tx: &mut Tx, account: Account, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE locks SET seen_at = $3 WHERE transport = $1 AND account = $2")
        .bind(account.transport).bind(account.id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// A member of staff with the state of the lock; several rows for one with several accounts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Who.
    pub person_id: PersonId,
    /// How they are called.
    #[sqlx(flatten)]
    pub name: FullName,
    /// Whether a PIN was chosen.
    pub has_pin: bool,
    /// Locked by hand.
    pub locked: bool,
    /// Until when nothing is taken.
    pub paused_until: Option<DateTime<Utc>>,
    /// The last press; `None` without a PIN.
    pub seen_at: Option<DateTime<Utc>>,
}

/// The staff of a school who have an account, in the order of their names.
pub async fn of_staff(conn: &mut Conn, _proof: KeepLocks, school: SchoolId) -> anyhow::Result<Vec<Row>> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT p.id AS person_id, p.surname, p.name, p.patronymic,
                COALESCE(k.pin_hash, '') <> '' AS has_pin, COALESCE(k.locked, FALSE) AS locked, k.paused_until, k.seen_at
         FROM people p
         JOIN accounts a ON a.person_id = p.id
         LEFT JOIN locks k ON k.transport = a.transport AND k.account = a.account
         WHERE p.school_id = $1 AND (", works!("p.id"), "
             OR EXISTS (SELECT 1 FROM slot_changes s WHERE s.substitute_id = p.id))
         ORDER BY p.sort_key, p.id",
    )).bind(school).fetch_all(c).await)?)
}

/// Locks all accounts of a person.
pub async fn lock_person(tx: &mut Tx, _proof: KeepLocks, person: PersonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE locks SET locked = TRUE, entry = ''
         WHERE EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = $1 AND a.transport = locks.transport AND a.account = locks.account)",
    ).bind(person).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes the PIN off: the next press asks for a new one.
pub async fn take_off(tx: &mut Tx, _proof: KeepLocks, person: PersonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "DELETE FROM locks
         WHERE EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = $1 AND a.transport = locks.transport AND a.account = locks.account)",
    ).bind(person).execute(c).await.map(drop))?;
    Ok(())
}

/// The lock of an account behind which no member of staff is any more goes with the PIN: whoever works with this account
/// later chooses one of their own.
pub async fn forget(tx: &mut Tx, transport: &str, account: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(concat!(
        "DELETE FROM locks
         WHERE transport = $1 AND account = $2 AND NOT EXISTS (
             SELECT 1 FROM accounts a
             WHERE a.transport = $1 AND a.account = $2 AND (", works!("a.person_id"), "
                 OR EXISTS (SELECT 1 FROM slot_changes s WHERE s.substitute_id = a.person_id)))",
    )).bind(transport).bind(account).execute(c).await.map(drop))?;
    Ok(())
}

/// After how many minutes staff accounts of a school lock.
pub async fn after(conn: &mut Conn, school: SchoolId) -> anyhow::Result<i64> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT lock_after_minutes FROM schools WHERE id = $1")
        .bind(school).fetch_one(c).await)?,
    )
}

/// Sets it; 0 is never.
pub async fn set_after(tx: &mut Tx, _proof: KeepLocks, school: SchoolId, minutes: i64) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET lock_after_minutes = $2 WHERE id = $1")
        .bind(school).bind(minutes).execute(c).await.map(drop))?;
    Ok(())
}
