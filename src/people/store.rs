//! SQL of people: names, duties, accounts, invitations, the audit trail.

use chrono::{DateTime, Utc};

use crate::access::{Actor, Duty, Guard, Identity, PupilScope, Role};
use crate::db::{Conn, Tx, on};
use crate::ids::Account;
use crate::ids::{PersonId, SchoolId};

use super::{Beside, Person, Work};
use crate::school;

pub(crate) use crate::school::store::works;

/// Who stands behind an account, with their duties; nobody for a stranger.
pub async fn actor(conn: &mut Conn, account: Account) -> anyhow::Result<Actor> {
    #[derive(sqlx::FromRow)]
    struct Row {
        person_id: PersonId,
        school_id: SchoolId,
        is_staff: bool,
        lock_after_minutes: i64,
        role: Option<String>,
        from_grade: Option<i64>,
        to_grade: Option<i64>,
        locked: Option<bool>,
        seen_at: Option<DateTime<Utc>>,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT a.person_id, p.school_id, s.lock_after_minutes, r.role, r.from_grade, r.to_grade, k.locked, k.seen_at,
                (r.role IS NOT NULL
                 OR EXISTS (SELECT 1 FROM loads l WHERE l.teacher_id = p.id)
                 OR EXISTS (SELECT 1 FROM class_tutors t WHERE t.person_id = p.id)
                 OR EXISTS (SELECT 1 FROM slot_changes c WHERE c.substitute_id = p.id)) AS is_staff
         FROM accounts a
         JOIN people p ON p.id = a.person_id
         JOIN schools s ON s.id = p.school_id
         LEFT JOIN staff_roles r ON r.person_id = p.id
         LEFT JOIN locks k ON k.transport = a.transport AND k.account = a.account AND k.pin_hash <> ''
         WHERE a.transport = $1 AND a.account = $2
         ORDER BY a.person_id",
    ).bind(account.transport).bind(account.id).fetch_all(c).await)?;
    let mut identities: Vec<Identity> = Vec::new();
    let first = rows.first();
    let guard = first
        .and_then(|row| row.locked.zip(row.seen_at))
        .map(|(locked, seen_at)| Guard { locked, seen_at });
    for row in rows {
        if identities.last().is_none_or(|it| it.person != row.person_id) {
            identities.push(Identity {
                person: row.person_id,
                school: row.school_id,
                is_staff: row.is_staff,
                lock_after_minutes: row.lock_after_minutes,
                duties: Vec::new(),
            });
        }
        let duty = row
            .role
            .as_deref()
            .and_then(Role::of)
            .zip(row.from_grade)
            .zip(row.to_grade);
        if let (Some(identity), Some(((role, from_grade), to_grade))) = (identities.last_mut(), duty) {
            identity.duties.push(Duty {
                role,
                from_grade,
                to_grade,
            });
        }
    }
    Ok(Actor {
        account,
        identities,
        guard,
    })
}

/// A person by id.
pub async fn person(conn: &mut Conn, id: PersonId) -> anyhow::Result<Option<Person>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT id, school_id, surname, name, patronymic FROM people WHERE id = $1")
        .bind(id).fetch_optional(c).await)?,
    )
}

/// Everybody of the kind asked for, with the workbook's code, over all schools of this database.
pub async fn invitable(conn: &mut Conn, invitee: &super::Invitee) -> anyhow::Result<Vec<(Person, String)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: Person,
        code: String,
    }
    let kind = match invitee {
        super::Invitee::Admin(_) => "admin",
        super::Invitee::Staff(_) => "staff",
        super::Invitee::Pupil(_) => "pupil",
        super::Invitee::Parent(_) => "parent",
    };
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(concat!(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic, p.code
         FROM people p
         WHERE ($1 = 'admin' AND EXISTS (SELECT 1 FROM staff_roles r WHERE r.person_id = p.id AND r.role = 'administrator'))
            OR ($1 = 'staff' AND ", works!("p.id"), ")
            OR ($1 = 'pupil' AND EXISTS (SELECT 1 FROM enrolments e WHERE e.pupil_id = p.id))
            OR ($1 = 'parent' AND EXISTS (SELECT 1 FROM guardians g WHERE g.parent_id = p.id))
         ORDER BY p.sort_key, p.id",
    )).bind(kind).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|row| (row.person, row.code)).collect())
}

/// The staff of a school, in the order of their names.
pub async fn staff(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<Person>> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic FROM people p
         WHERE p.school_id = $1 AND ", works!("p.id"), " ORDER BY p.sort_key, p.id",
    )).bind(school).fetch_all(c).await)?)
}

/// Who holds one of two duties at a school.
pub async fn holders(conn: &mut Conn, school: SchoolId, [one, other]: [Role; 2]) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT r.person_id FROM staff_roles r JOIN people p ON p.id = r.person_id
         WHERE p.school_id = $1 AND r.role IN ($2, $3) ORDER BY r.person_id",
    ).bind(school).bind(one.code()).bind(other.code()).fetch_all(c).await)?)
}

/// The accounts of a person that the journal can write to: transport, account, language.
pub async fn open_chats(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<(String, i64, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.transport, a.account, ch.locale
         FROM accounts a
         JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account
         WHERE a.person_id = $1 AND ch.closed_at IS NULL
         ORDER BY a.transport, a.account",
    ).bind(person).fetch_all(c).await)?)
}

/// The school of a person one of whose accounts has to do with another school too: there letters say which it is.
pub async fn school_beside(conn: &mut Conn, person: PersonId) -> anyhow::Result<Option<String>> {
    let name: Option<String> = on!(conn, c => sqlx::query_scalar(
        "SELECT s.name FROM people p JOIN schools s ON s.id = p.school_id
         WHERE p.id = $1 AND EXISTS (
             SELECT 1 FROM accounts a
             JOIN accounts b ON b.transport = a.transport AND b.account = a.account
             JOIN people q ON q.id = b.person_id
             WHERE a.person_id = $1 AND q.school_id <> p.school_id)",
    ).bind(person).fetch_optional(c).await)?;
    Ok(name)
}

/// Everybody of a school to whom that applies, and its name.
pub async fn beside(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Beside> {
    let people: Vec<PersonId> = on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT p.id FROM people p
         JOIN accounts a ON a.person_id = p.id
         JOIN accounts b ON b.transport = a.transport AND b.account = a.account
         JOIN people q ON q.id = b.person_id
         WHERE p.school_id = $1 AND q.school_id <> $1",
    ).bind(school).fetch_all(c).await)?;
    let found = school::store::school(conn, school).await?;
    Ok(Beside {
        school: found.map(|it| it.name).unwrap_or_default(),
        people: people.into_iter().collect(),
    })
}

/// Whose a pupil is.
pub async fn pupil_scope(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Option<PupilScope>> {
    let Some(found) = person(conn, pupil).await? else {
        return Ok(None);
    };
    let grade: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT c.grade FROM enrolments e JOIN classes c ON c.id = e.class_id WHERE e.pupil_id = $1 AND e.ends IS NULL",
    ).bind(pupil).fetch_optional(c).await)?;
    let related: Vec<(PersonId, bool, bool)> = on!(conn, c => sqlx::query_as(
        "SELECT g.parent_id, k.id IS NOT NULL, l.rights IS NOT NULL
         FROM guardians g
         LEFT JOIN guardian_limits l ON l.parent_id = g.parent_id AND l.pupil_id = g.pupil_id
         LEFT JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
         WHERE g.pupil_id = $1 ORDER BY g.parent_id",
    ).bind(pupil).fetch_all(c).await)?;
    let with = |consent: bool| {
        related
            .iter()
            .filter(move |it| it.1 == consent)
            .map(|it| it.0)
            .collect()
    };
    let tutors: Vec<PersonId> = on!(conn, c => sqlx::query_scalar(
        "SELECT t.person_id FROM enrolments e JOIN class_tutors t ON t.class_id = e.class_id
         WHERE e.pupil_id = $1 AND e.ends IS NULL ORDER BY t.person_id",
    ).bind(pupil).fetch_all(c).await)?;
    Ok(Some(PupilScope {
        school: found.school,
        pupil,
        grade,
        guardians: with(true),
        without_consent: with(false),
        only_read: related.iter().filter(|it| it.2).map(|it| it.0).collect(),
        tutors,
    }))
}

/// Children of a parent for whom consent stands, in the order of their names: nothing is shown of another (A4).
pub async fn children(conn: &mut Conn, parent: PersonId) -> anyhow::Result<Vec<Person>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic
         FROM guardians g JOIN people p ON p.id = g.pupil_id
         JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
         WHERE g.parent_id = $1 ORDER BY p.sort_key, p.id",
    ).bind(parent).fetch_all(c).await)?)
}

/// Whether a person teaches anything or takes somebody's place.
pub async fn teaches(conn: &mut Conn, person: PersonId) -> anyhow::Result<bool> {
    let found: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT id FROM loads WHERE teacher_id = $1
         UNION ALL SELECT id FROM slot_changes WHERE substitute_id = $1 LIMIT 1",
    ).bind(person).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// Whether a person is enrolled as a pupil.
pub async fn is_pupil(conn: &mut Conn, person: PersonId) -> anyhow::Result<bool> {
    let found: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT id FROM enrolments WHERE pupil_id = $1 AND ends IS NULL LIMIT 1",
    ).bind(person).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// One line of the audit trail: who did what to which object, in ids.
pub async fn audit(
    tx: &mut Tx,
    now: DateTime<Utc>,
    account: Account,
    person: Option<PersonId>,
    (action, object): (&str, &str),
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO audit (at, person_id, transport, account, action, object) VALUES ($1, $2, $3, $4, $5, $6)",
    ).bind(now).bind(person).bind(account.transport).bind(account.id).bind(action).bind(object).execute(c).await.map(drop))?;
    Ok(())
}

/// What a person does at the school.
pub async fn work(conn: &mut Conn, person: PersonId) -> anyhow::Result<Work> {
    let roles: Vec<String> = on!(conn, c => sqlx::query_scalar("SELECT role FROM staff_roles WHERE person_id = $1 ORDER BY role")
        .bind(person).fetch_all(c).await)?;
    Ok(Work {
        taught: school::store::taught(conn, person).await?,
        tutored: school::store::tutored(conn, person).await?,
        duties: roles.iter().filter_map(|role| Role::of(role)).collect(),
    })
}
