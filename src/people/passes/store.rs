//! SQL of the pages about access: how everybody of a class or of the staff stands, and what slips were asked for.

use chrono::{DateTime, Utc};

use super::{Class, Family, Standing};
use crate::access::{AccessScope, Oversee};
use crate::db::{Conn, Tx, on};
use crate::ids::{Account, ClassId, PersonId, SchoolId};
use crate::people::entry::{self, Kind};
use crate::people::store::works;
use crate::people::{self, Person};
use crate::school::class_name;

/// What follows from the people `w (pupil_id, person_id)`.
macro_rules! standings {
    ($people:literal, $order:literal) => {
        concat!(
            "SELECT w.pupil_id, q.id, q.school_id, q.surname, q.name, q.patronymic,
                    a.connected_at, ch.closed_at, i.expires_at AS invited_until, i.wrong,
                    i.sleeps_until
             FROM (",
            $people,
            ") w
             JOIN people q ON q.id = w.person_id
             LEFT JOIN accounts a ON a.person_id = w.person_id
             LEFT JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account
             LEFT JOIN invitations i ON i.person_id = w.person_id AND i.used_at IS NULL AND i.revoked_at IS NULL
                                    AND i.expires_at > $2 ",
            $order
        )
    };
}

/// The pupils of a class, each with the parents.
pub async fn families(conn: &mut Conn, class: ClassId, now: DateTime<Utc>) -> anyhow::Result<Vec<Family>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        pupil_id: PersonId,
        #[sqlx(flatten)]
        standing: Standing,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(standings!(
        "SELECT e.pupil_id, e.pupil_id AS person_id, 0 AS place FROM enrolments e WHERE e.class_id = $1 AND e.ends IS NULL
         UNION ALL
         SELECT e.pupil_id, g.parent_id, 1 FROM enrolments e JOIN guardians g ON g.pupil_id = e.pupil_id
         WHERE e.class_id = $1 AND e.ends IS NULL",
        "JOIN people p ON p.id = w.pupil_id ORDER BY p.sort_key, p.id, w.place, q.sort_key, q.id"
    )).bind(class).bind(now).fetch_all(c).await)?;
    let mut families: Vec<Family> = Vec::new();
    for row in rows {
        let (pupil, person) = (row.pupil_id, row.standing.person.id);
        match families.last_mut().filter(|it| it.pupil.person.id == pupil) {
            // A second account or link of the same person is no second person.
            Some(family) if family.everybody().any(|it| it.person.id == person) => {}
            Some(family) => family.parents.push(row.standing),
            None => families.push(Family {
                pupil: row.standing,
                parents: Vec::new(),
            }),
        }
    }
    Ok(families)
}

/// The staff of a school.
pub async fn staff(conn: &mut Conn, school: SchoolId, now: DateTime<Utc>) -> anyhow::Result<Vec<Standing>> {
    let mut staff: Vec<Standing> = on!(conn, c => sqlx::query_as(concat!(
        standings!("SELECT p.id AS pupil_id, p.id AS person_id FROM people p WHERE p.school_id = $1", ""),
        "WHERE ", works!("q.id"), " ORDER BY q.sort_key, q.id"
    )).bind(school).bind(now).fetch_all(c).await)?;
    staff.dedup_by_key(|it| it.person.id);
    Ok(staff)
}

/// How one person's access stands.
pub async fn standing(conn: &mut Conn, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<Option<Standing>> {
    Ok(on!(conn, c => sqlx::query_as(standings!(
        "SELECT p.id AS pupil_id, p.id AS person_id FROM people p WHERE p.id = $1",
        "ORDER BY a.connected_at LIMIT 1"
    )).bind(person).bind(now).fetch_optional(c).await)?)
}

/// Whose a person's access is.
pub async fn scope(conn: &mut Conn, person: PersonId) -> anyhow::Result<Option<AccessScope>> {
    let (Some(found), Some(kind)) = (
        people::store::person(conn, person).await?,
        entry::store::kind(conn, person).await?,
    ) else {
        return Ok(None);
    };
    let grades: Vec<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT c.grade FROM enrolments e JOIN classes c ON c.id = e.class_id
         WHERE e.ends IS NULL
           AND (e.pupil_id = $1 OR e.pupil_id IN (SELECT pupil_id FROM guardians WHERE parent_id = $1))",
    ).bind(person).fetch_all(c).await)?;
    Ok(Some(AccessScope {
        school: found.school,
        staff: kind == Kind::Staff,
        tutors: entry::store::tutors(conn, person).await?,
        grades,
    }))
}

/// A class, and whose its families' access is.
pub async fn class_scope(conn: &mut Conn, class: ClassId) -> anyhow::Result<Option<(Class, AccessScope)>> {
    let row: Option<(SchoolId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT school_id, grade, letter FROM classes WHERE id = $1",
    ).bind(class).fetch_optional(c).await)?;
    let Some((school, grade, letter)) = row else {
        return Ok(None);
    };
    let tutors = on!(conn, c => sqlx::query_scalar("SELECT person_id FROM class_tutors WHERE class_id = $1")
        .bind(class).fetch_all(c).await)?;
    let scope = AccessScope {
        school,
        staff: false,
        tutors,
        grades: vec![grade],
    };
    let name = class_name(grade, &letter);
    Ok(Some((Class { id: class, name }, scope)))
}

/// Classes of which a person is the tutor, in the newest year of the school.
pub async fn tutored(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<Class>> {
    let rows: Vec<(ClassId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT c.id, c.grade, c.letter FROM class_tutors t JOIN classes c ON c.id = t.class_id
         WHERE t.person_id = $1 AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = c.school_id)
         ORDER BY c.grade, c.letter",
    ).bind(person).fetch_all(c).await)?;
    Ok(classes(rows))
}

/// All classes of a school's newest year between two grades.
pub async fn classes_between(conn: &mut Conn, school: SchoolId, (from, to): (i64, i64)) -> anyhow::Result<Vec<Class>> {
    let rows: Vec<(ClassId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT c.id, c.grade, c.letter FROM classes c
         WHERE c.school_id = $1 AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = $1)
           AND c.grade BETWEEN $2 AND $3
         ORDER BY c.grade, c.letter",
    ).bind(school).bind(from).bind(to).fetch_all(c).await)?;
    Ok(classes(rows))
}

fn classes(rows: Vec<(ClassId, i64, String)>) -> Vec<Class> {
    rows.into_iter()
        .map(|(id, grade, letter)| Class {
            id,
            name: class_name(grade, &letter),
        })
        .collect()
}

/// The class of a pupil, or of a parent's first child: where the way back leads.
pub async fn class_of(conn: &mut Conn, person: PersonId) -> anyhow::Result<Option<ClassId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT e.class_id FROM enrolments e JOIN people p ON p.id = e.pupil_id
         WHERE e.ends IS NULL
           AND (e.pupil_id = $1 OR e.pupil_id IN (SELECT pupil_id FROM guardians WHERE parent_id = $1))
         ORDER BY p.sort_key, p.id LIMIT 1",
    ).bind(person).fetch_optional(c).await)?)
}

/// Who of a class came in when, the newest first: name, and whether it was a slip's invitation that is used up.
pub async fn entries(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<(Person, DateTime<Utc>, DateTime<Utc>)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: Person,
        used_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic, i.used_at, i.created_at
         FROM invitations i JOIN people p ON p.id = i.person_id
         WHERE i.used_at IS NOT NULL AND i.person_id IN (
             SELECT e.pupil_id FROM enrolments e WHERE e.class_id = $1 AND e.ends IS NULL
             UNION SELECT g.parent_id FROM enrolments e JOIN guardians g ON g.pupil_id = e.pupil_id
                   WHERE e.class_id = $1 AND e.ends IS NULL)
         ORDER BY i.used_at DESC, i.id DESC",
    ).bind(class).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, row.used_at, row.created_at))
        .collect())
}

/// Somebody who was looked for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Found {
    /// Who.
    #[sqlx(flatten)]
    pub person: Person,
    /// Whether they work at the school.
    pub is_staff: bool,
    /// Whether they are a pupil.
    pub is_pupil: bool,
    /// The class of the pupil, or of a parent's child.
    pub grade: Option<i64>,
    /// Its letter.
    pub letter: Option<String>,
}

/// People of whom one may read the access, with this in their surname, or with a name that begins so: one more than is shown.
pub async fn search(conn: &mut Conn, proof: Oversee, key: &str) -> anyhow::Result<Vec<Found>> {
    // The wildcards of the pattern are letters here.
    let safe = key.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let (from, to) = proof.grades();
    let limit = i64::try_from(super::search::SHOWN + 1)?;
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT f.id, f.school_id, f.surname, f.name, f.patronymic, f.is_staff, f.is_pupil, k.grade, k.letter
         FROM (SELECT p.id, p.school_id, p.surname, p.name, p.patronymic, p.sort_key, ", works!("p.id"), " AS is_staff,
                      EXISTS (SELECT 1 FROM enrolments e WHERE e.pupil_id = p.id AND e.ends IS NULL) AS is_pupil,
                      (SELECT MIN(e.class_id) FROM enrolments e JOIN classes c ON c.id = e.class_id
                       WHERE e.ends IS NULL AND c.grade BETWEEN $4 AND $5
                         AND (e.pupil_id = p.id
                              OR e.pupil_id IN (SELECT g.pupil_id FROM guardians g WHERE g.parent_id = p.id))) AS class_id
               FROM people p
               WHERE p.school_id = $1
                 AND (substr(p.sort_key, 1, length(p.surname)) LIKE $2 ESCAPE '!' OR p.sort_key LIKE $3 ESCAPE '!')) f
         LEFT JOIN classes k ON k.id = f.class_id
         WHERE (f.is_staff AND $6) OR (NOT f.is_staff AND f.class_id IS NOT NULL)
         ORDER BY f.sort_key, f.id LIMIT $7",
    )).bind(proof.school()).bind(format!("%{safe}%")).bind(format!("{safe}%")).bind(from).bind(to).bind(proof.staff()).bind(limit)
    .fetch_all(c).await)?)
}

/// Slips that somebody asked for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SlipOrder {
    /// For this class.
    pub class_id: ClassId,
    /// For those who are connected too.
    pub whole: bool,
    /// By which messenger.
    pub transport: String,
    /// For whose chat.
    pub account: i64,
}

/// Keeps an order; returns its row.
pub async fn order_slips(tx: &mut Tx, class: ClassId, whole: bool, by: Account) -> anyhow::Result<i64> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO slip_orders (class_id, whole, transport, account) VALUES ($1, $2, $3, $4) RETURNING id",
    ).bind(class).bind(whole).bind(by.transport).bind(by.id).fetch_one(c).await)?)
}

/// An order.
pub async fn slip_order(conn: &mut Conn, id: i64) -> anyhow::Result<Option<SlipOrder>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT class_id, whole, transport, account FROM slip_orders WHERE id = $1")
        .bind(id).fetch_optional(c).await)?,
    )
}

/// An order is done with; `false` when it was before.
pub async fn end_order(tx: &mut Tx, id: i64) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("DELETE FROM slip_orders WHERE id = $1")
        .bind(id).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}
