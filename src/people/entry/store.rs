//! SQL of the way in: invitations, accounts, consent, wrong tries.

use chrono::{DateTime, NaiveDate, Utc};

use super::Kind;
use super::consent::Version;
use crate::db::{Conn, Tx, on};
use crate::ids::{Account, PersonId, SchoolId};
use crate::people::store::works;

/// An invitation as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitation {
    /// Its row.
    pub id: i64,
    /// Whom it lets in.
    pub person_id: PersonId,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Not before, after wrong digits.
    pub sleeps_until: Option<DateTime<Utc>>,
    /// Wrong digits so far.
    pub wrong: i64,
    /// The hash of its digits.
    pub digits_hash: String,
    /// Who gave it.
    pub given_by: Option<PersonId>,
}

macro_rules! invitations {
    ($where:literal) => {
        concat!(
            "SELECT id, person_id, expires_at, used_at, revoked_at, sleeps_until, wrong, digits_hash, given_by
             FROM invitations WHERE ",
            $where
        )
    };
}

/// The invitation of a code.
pub async fn by_code(conn: &mut Conn, hash: &str) -> anyhow::Result<Option<Invitation>> {
    Ok(on!(conn, c => sqlx::query_as(invitations!("code_hash = $1")).bind(hash).fetch_optional(c).await)?)
}

/// An invitation by its row.
pub async fn by_id(conn: &mut Conn, id: i64) -> anyhow::Result<Option<Invitation>> {
    Ok(on!(conn, c => sqlx::query_as(invitations!("id = $1")).bind(id).fetch_optional(c).await)?)
}

/// An invitation to be kept: hashes only.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    /// For whom.
    pub person: PersonId,
    /// Of its code.
    pub code_hash: &'a str,
    /// Of its digits.
    pub digits_hash: &'a str,
    /// By whom.
    pub given_by: Option<PersonId>,
    /// Until when it opens.
    pub expires: DateTime<Utc>,
}

/// Keeps an invitation. Former ones of the person that weren't used are taken back: only the newest opens.
pub async fn invite(tx: &mut Tx, new: NewInvitation<'_>, now: DateTime<Utc>) -> anyhow::Result<()> {
    revoke_unused(tx, new.person, now).await?;
    on!(tx, c => sqlx::query(
        "INSERT INTO invitations (person_id, code_hash, digits_hash, given_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    ).bind(new.person).bind(new.code_hash).bind(new.digits_hash).bind(new.given_by).bind(now).bind(new.expires)
    .execute(c).await.map(drop))?;
    Ok(())
}

/// Takes back whatever of a person's invitations wasn't used.
pub async fn revoke_unused(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE invitations SET revoked_at = $2 WHERE person_id = $1 AND used_at IS NULL AND revoked_at IS NULL",
    ).bind(person).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Marks an invitation as used by an account; `false` when somebody was faster.
pub async fn use_up(tx: &mut Tx, id: i64, by: Account, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE invitations SET used_at = $2, used_transport = $3, used_account = $4
         WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL",
    ).bind(id).bind(now).bind(by.transport).bind(by.id).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps what wrong digits led to.
pub async fn wrong_digits(
    tx: &mut Tx,
    id: i64,
    wrong: i64,
    (sleeps_until, revoked_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE invitations SET wrong = $2, sleeps_until = $3, revoked_at = $4 WHERE id = $1")
        .bind(id).bind(wrong).bind(sleeps_until).bind(revoked_at).execute(c).await.map(drop))?;
    Ok(())
}

/// How many wrong codes an account typed since a moment.
pub async fn wrong_codes(conn: &mut Conn, account: Account, since: DateTime<Utc>) -> anyhow::Result<i64> {
    let tries: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT tries FROM code_tries WHERE transport = $1 AND account = $2 AND since > $3",
    ).bind(account.transport).bind(account.id).bind(since).fetch_optional(c).await)?;
    Ok(tries.unwrap_or(0))
}

/// Counts one more wrong code; the count begins anew when the last one is older than `window_start`.
pub async fn add_wrong_code(
    tx: &mut Tx,
    account: Account,
    now: DateTime<Utc>,
    window_start: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO code_tries (transport, account, tries, since) VALUES ($1, $2, 1, $3)
         ON CONFLICT (transport, account) DO UPDATE SET
             tries = CASE WHEN code_tries.since > $4 THEN code_tries.tries + 1 ELSE 1 END,
             since = excluded.since",
    ).bind(account.transport).bind(account.id).bind(now).bind(window_start).execute(c).await.map(drop))?;
    Ok(())
}

/// As what a person comes in; `None` for somebody who isn't at the school any more.
pub async fn kind(conn: &mut Conn, person: PersonId) -> anyhow::Result<Option<Kind>> {
    let (staff, parent, pupil): (bool, bool, bool) = on!(conn, c => sqlx::query_as(concat!(
        "SELECT ", works!("$1"), ",
                EXISTS (SELECT 1 FROM guardians WHERE parent_id = $1),
                EXISTS (SELECT 1 FROM enrolments WHERE pupil_id = $1 AND ends IS NULL)",
    )).bind(person).fetch_one(c).await)?;
    Ok(match (staff, pupil, parent) {
        (true, ..) => Some(Kind::Staff),
        (false, true, _) => Some(Kind::Pupil),
        (false, false, true) => Some(Kind::Parent),
        (false, false, false) => None,
    })
}

/// Birthdays that open an invitation instead of its digits: a pupil's own, a parent's children's. Staff have none.
pub async fn birthdays(conn: &mut Conn, person: PersonId, kind: Kind) -> anyhow::Result<Vec<NaiveDate>> {
    let found: Vec<Option<NaiveDate>> = match kind {
        Kind::Staff => Vec::new(),
        Kind::Pupil => on!(conn, c => sqlx::query_scalar("SELECT birth_date FROM people WHERE id = $1")
            .bind(person).fetch_all(c).await)?,
        Kind::Parent => on!(conn, c => sqlx::query_scalar(
            "SELECT p.birth_date FROM guardians g JOIN people p ON p.id = g.pupil_id WHERE g.parent_id = $1",
        ).bind(person).fetch_all(c).await)?,
    };
    Ok(found.into_iter().flatten().collect())
}

/// Lets an account be a person.
pub async fn connect(tx: &mut Tx, account: Account, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO accounts (transport, account, person_id, connected_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (transport, account, person_id) DO NOTHING",
    ).bind(account.transport).bind(account.id).bind(person).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// An account isn't a person's any more.
pub async fn disconnect(tx: &mut Tx, transport: &str, account: i64, person: PersonId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM accounts WHERE transport = $1 AND account = $2 AND person_id = $3")
        .bind(transport).bind(account).bind(person).execute(c).await.map(drop))?;
    Ok(())
}

/// Whether nobody is behind an account any more.
pub async fn is_nobodys(conn: &mut Conn, transport: &str, account: i64) -> anyhow::Result<bool> {
    let n: i64 = on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE transport = $1 AND account = $2")
        .bind(transport).bind(account).fetch_one(c).await)?;
    Ok(n == 0)
}

/// All accounts of a person: messenger, account, language if it is known, since when.
pub async fn accounts(
    conn: &mut Conn,
    person: PersonId,
) -> anyhow::Result<Vec<(String, i64, Option<String>, DateTime<Utc>)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.transport, a.account, ch.locale, a.connected_at
         FROM accounts a LEFT JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account
         WHERE a.person_id = $1 ORDER BY a.connected_at",
    ).bind(person).fetch_all(c).await)?)
}

/// Keeps a consent; one that stands stays as it is.
pub async fn agree(
    tx: &mut Tx,
    (parent, pupil): (PersonId, PersonId),
    version: Version,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO consents (parent_id, pupil_id, version, given_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (parent_id, pupil_id) WHERE withdrawn_at IS NULL DO NOTHING",
    ).bind(parent).bind(pupil).bind(version.code()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes a consent back; `false` when there was none.
pub async fn withdraw(tx: &mut Tx, parent: PersonId, pupil: PersonId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE consents SET withdrawn_at = $3 WHERE parent_id = $1 AND pupil_id = $2 AND withdrawn_at IS NULL",
    ).bind(parent).bind(pupil).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Takes all of a parent's consents back.
pub async fn withdraw_all(tx: &mut Tx, parent: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE consents SET withdrawn_at = $2 WHERE parent_id = $1 AND withdrawn_at IS NULL")
        .bind(parent).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// A child of a parent, with how consent stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// Surname.
    pub surname: String,
    /// Name.
    pub name: String,
    /// The class, if the child is enrolled.
    pub grade: Option<i64>,
    /// Its letter.
    pub letter: Option<String>,
    /// Since when consent stands.
    pub given_at: Option<DateTime<Utc>>,
    /// To which text.
    pub version: Option<String>,
    /// The school, whose text it is.
    pub school_id: SchoolId,
}

impl Child {
    /// «Волкова Анна, 7А».
    pub fn title(&self) -> String {
        match (self.grade, &self.letter) {
            (Some(grade), Some(letter)) => {
                let class = crate::school::class_name(grade, letter);
                format!("{} {}, {class}", self.surname, self.name)
            }
            _ => format!("{} {}", self.surname, self.name),
        }
    }
}

/// All children of a parent, whether or not consent stands.
pub async fn children(conn: &mut Conn, parent: PersonId) -> anyhow::Result<Vec<Child>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.surname, p.name, c.grade, c.letter, k.given_at, k.version, p.school_id
         FROM guardians g
         JOIN people p ON p.id = g.pupil_id
         LEFT JOIN enrolments e ON e.pupil_id = p.id AND e.ends IS NULL
         LEFT JOIN classes c ON c.id = e.class_id
         LEFT JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = p.id AND k.withdrawn_at IS NULL
         WHERE g.parent_id = $1 ORDER BY p.sort_key, p.id",
    ).bind(parent).fetch_all(c).await)?)
}

/// A pupil with the class.
pub async fn pupil(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Option<Child>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.surname, p.name, c.grade, c.letter, CAST(NULL AS TIMESTAMPTZ) AS given_at,
                CAST(NULL AS TEXT) AS version, p.school_id
         FROM people p
         LEFT JOIN enrolments e ON e.pupil_id = p.id AND e.ends IS NULL
         LEFT JOIN classes c ON c.id = e.class_id
         WHERE p.id = $1",
    ).bind(pupil).fetch_optional(c).await)?)
}

/// Tutors of all classes where a pupil is, or the children of a parent are.
pub async fn tutors(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT t.person_id FROM enrolments e JOIN class_tutors t ON t.class_id = e.class_id
         WHERE e.ends IS NULL
           AND (e.pupil_id = $1 OR e.pupil_id IN (SELECT pupil_id FROM guardians WHERE parent_id = $1))
         ORDER BY t.person_id",
    ).bind(person).fetch_all(c).await)?)
}

/// The administrators of a person's school.
pub async fn administrators(conn: &mut Conn, of: PersonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT p.id FROM people p JOIN staff_roles r ON r.person_id = p.id AND r.role = 'administrator'
         WHERE p.school_id = (SELECT school_id FROM people WHERE id = $1) ORDER BY p.id",
    ).bind(of).fetch_all(c).await)?)
}

/// Other guardians of a parent's children who are connected and have consented, each with such a child.
pub async fn other_guardians(conn: &mut Conn, parent: PersonId) -> anyhow::Result<Vec<(PersonId, PersonId)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT o.parent_id, o.pupil_id
         FROM guardians g
         JOIN guardians o ON o.pupil_id = g.pupil_id AND o.parent_id <> g.parent_id
         JOIN consents k ON k.parent_id = o.parent_id AND k.pupil_id = o.pupil_id AND k.withdrawn_at IS NULL
         WHERE g.parent_id = $1 AND EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = o.parent_id)
         ORDER BY o.parent_id, o.pupil_id",
    ).bind(parent).fetch_all(c).await)?)
}
