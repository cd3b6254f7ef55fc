//! SQL of reach: the ties of an audience, whose it is and what it is called.

use super::{Audience, OpenChat, Place, Post, Tie, Title};
use crate::access::{AudienceScope, Role};
use crate::db::{Conn, on};
use crate::ids::{ClassId, GroupId, PersonId, SchoolId};
use crate::people::store::works;
use crate::people::{self, Person};
use crate::words::Locale;
use crate::words::names::FullName;

#[derive(sqlx::FromRow)]
struct Row {
    about_id: PersonId,
    about_surname: String,
    about_name: String,
    about_patronymic: String,
    #[sqlx(flatten)]
    person: Person,
    may_be_told: bool,
    transport: Option<String>,
    account: Option<i64>,
    locale: Option<String>,
    closed: bool,
}

/// The ties of the people `w (about_id, person_id, may_be_told)`, in the order of the names of whom they are about.
macro_rules! ties {
    ($people:expr) => {
        concat!(
            "SELECT b.id AS about_id, b.surname AS about_surname, b.name AS about_name, b.patronymic AS about_patronymic,
                    p.id, p.school_id, p.surname, p.name, p.patronymic, w.may_be_told,
                    a.transport, a.account, ch.locale, ch.closed_at IS NOT NULL AS closed
             FROM (",
            $people,
            ") w
             JOIN people b ON b.id = w.about_id
             JOIN people p ON p.id = w.person_id
             LEFT JOIN accounts a ON a.person_id = w.person_id
             LEFT JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account
             ORDER BY b.sort_key, b.id, p.sort_key, p.id, a.connected_at, a.account"
        )
    };
}

/// Parents and pupils of the pupils that a query names. A pupil without parents stands for them, and may not be told.
macro_rules! families {
    ($pupils:literal) => {
        ties!(concat!(
            "SELECT s.pupil_id AS about_id, COALESCE(g.parent_id, s.pupil_id) AS person_id, k.id IS NOT NULL AS may_be_told
             FROM (",
            $pupils,
            ") s LEFT JOIN guardians g ON g.pupil_id = s.pupil_id
             LEFT JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
             WHERE $1
             UNION ALL SELECT s.pupil_id, s.pupil_id, TRUE FROM (",
            $pupils,
            ") s WHERE $2"
        ))
    };
}

/// Everybody of an audience, with how each can be reached.
pub async fn ties(conn: &mut Conn, audience: Audience) -> anyhow::Result<Vec<Tie>> {
    let (parents, pupils, place) = match audience {
        Audience::Parents(place) => (true, false, place),
        Audience::Pupils(place) => (false, true, place),
        Audience::Families(place) => (true, true, place),
        Audience::Staff(school) => return staff(conn, school).await,
        Audience::Post { school, post, from, to } => return of_post(conn, school, post, (from, to)).await,
    };
    let rows: Vec<Row> = match place {
        Place::Pupil(pupil) => on!(conn, c => sqlx::query_as(families!(
            "SELECT e.pupil_id FROM enrolments e WHERE e.pupil_id = $3 AND e.ends IS NULL"
        )).bind(parents).bind(pupils).bind(pupil).fetch_all(c).await)?,
        Place::Class(class) => on!(conn, c => sqlx::query_as(families!(
            "SELECT e.pupil_id FROM enrolments e WHERE e.class_id = $3 AND e.ends IS NULL"
        )).bind(parents).bind(pupils).bind(class).fetch_all(c).await)?,
        Place::Group(group) => on!(conn, c => sqlx::query_as(families!(
            "SELECT m.pupil_id FROM group_members m WHERE m.group_id = $3
             AND EXISTS (SELECT 1 FROM enrolments e WHERE e.pupil_id = m.pupil_id AND e.ends IS NULL)"
        )).bind(parents).bind(pupils).bind(group).fetch_all(c).await)?,
        Place::Grades { school, from, to } => on!(conn, c => sqlx::query_as(families!(
            "SELECT e.pupil_id FROM enrolments e JOIN classes c ON c.id = e.class_id
             WHERE c.school_id = $3 AND c.grade BETWEEN $4 AND $5 AND e.ends IS NULL"
        )).bind(parents).bind(pupils).bind(school).bind(from).bind(to).fetch_all(c).await)?,
    };
    Ok(rows.into_iter().map(Tie::from).collect())
}

/// Whose an audience is, and what it is called; nothing for one that isn't there.
pub async fn scope(conn: &mut Conn, audience: Audience) -> anyhow::Result<Option<(AudienceScope, Title)>> {
    match audience.place() {
        None => Ok(match audience {
            Audience::Staff(school) => Some((AudienceScope::of_staff(school), Title::School)),
            Audience::Post { school, post, from, to } if post.has_classes() => {
                let whole = is_whole(conn, school, (from, to)).await?;
                let scope = AudienceScope {
                    school,
                    grades: Some((from, to)),
                    tutors: Vec::new(),
                };
                Some((scope, Title::Post(post, (!whole).then_some((from, to)))))
            }
            Audience::Post { school, post, .. } => Some((AudienceScope::of_staff(school), Title::Post(post, None))),
            Audience::Parents(_) | Audience::Pupils(_) | Audience::Families(_) => None,
        }),
        Some(Place::Grades { school, from, to }) => {
            let whole = is_whole(conn, school, (from, to)).await?;
            let scope = AudienceScope {
                school,
                grades: Some((from, to)),
                tutors: Vec::new(),
            };
            Ok(Some((
                scope,
                if whole { Title::School } else { Title::Grades(from, to) },
            )))
        }
        Some(Place::Class(class)) => {
            let found = class_scope(conn, class).await?;
            Ok(found.map(|(scope, name)| (scope, Title::Class(name))))
        }
        Some(Place::Group(group)) => {
            let row: Option<(ClassId, String)> = on!(conn, c => sqlx::query_as(
                "SELECT g.class_id, s.title || ', ' || g.title FROM study_groups g JOIN subjects s ON s.id = g.subject_id
                 WHERE g.id = $1",
            ).bind(group).fetch_optional(c).await)?;
            let Some((class, title)) = row else {
                return Ok(None);
            };
            let found = class_scope(conn, class).await?;
            Ok(found.map(|(scope, name)| (scope, Title::Group(name, title))))
        }
        Some(Place::Pupil(pupil)) => {
            let row: Option<ClassId> = on!(conn, c => sqlx::query_scalar(
                "SELECT class_id FROM enrolments WHERE pupil_id = $1 AND ends IS NULL ORDER BY class_id DESC LIMIT 1",
            ).bind(pupil).fetch_optional(c).await)?;
            let (Some(class), Some(person)) = (row, people::store::person(conn, pupil).await?) else {
                return Ok(None);
            };
            let found = class_scope(conn, class).await?;
            Ok(found.map(|(scope, class)| (scope, Title::Pupil(class, person.name.pupil()))))
        }
    }
}

/// Whether these grades are all that a school has.
async fn is_whole(conn: &mut Conn, school: SchoolId, (from, to): (i64, i64)) -> anyhow::Result<bool> {
    let (lowest, highest): (Option<i64>, Option<i64>) = on!(conn, c => sqlx::query_as(
        "SELECT MIN(grade), MAX(grade) FROM classes WHERE school_id = $1",
    ).bind(school).fetch_one(c).await)?;
    Ok(lowest.is_some_and(|it| from <= it) && highest.is_some_and(|it| it <= to))
}

/// The pupils of a class as it is now, in the order of their names.
pub async fn pupils(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<Person>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic
         FROM enrolments e JOIN people p ON p.id = e.pupil_id
         WHERE e.class_id = $1 AND e.ends IS NULL ORDER BY p.sort_key, p.id",
    ).bind(class).fetch_all(c).await)?)
}

async fn class_scope(conn: &mut Conn, class: ClassId) -> anyhow::Result<Option<(AudienceScope, String)>> {
    let found = people::passes::store::class_scope(conn, class).await?;
    Ok(found.map(|(class, access)| {
        let grade = access.grades.first().copied();
        let scope = AudienceScope {
            school: access.school,
            grades: grade.map(|it| (it, it)),
            tutors: access.tutors,
        };
        (scope, class.name)
    }))
}

/// The study groups of a class, by subject.
pub async fn groups(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<(GroupId, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT g.id, s.title || ', ' || g.title FROM study_groups g JOIN subjects s ON s.id = g.subject_id
         WHERE g.class_id = $1 ORDER BY s.title, g.title",
    ).bind(class).fetch_all(c).await)?)
}

async fn staff(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<Tie>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(ties!(concat!(
        "SELECT s.id AS about_id, s.id AS person_id, TRUE AS may_be_told FROM people s WHERE s.school_id = $1 AND ",
        works!("s.id")
    ))).bind(school).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Tie::from).collect())
}

/// Those of a school's staff who do something, with classes of its newest year.
async fn of_post(conn: &mut Conn, school: SchoolId, post: Post, (from, to): (i64, i64)) -> anyhow::Result<Vec<Tie>> {
    let (teaches, tutors) = match post {
        Post::Pedagogues => (true, true),
        Post::Teachers => (true, false),
        Post::Tutors => (false, true),
        Post::Heads => return of_roles(conn, school, [Role::Head; 2]).await,
        Post::Administration => return of_roles(conn, school, [Role::Director, Role::Administrator]).await,
        Post::Office => return of_roles(conn, school, [Role::Secretary, Role::Operator]).await,
    };
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(ties!(
        "SELECT s.id AS about_id, s.id AS person_id, TRUE AS may_be_told FROM people s
         WHERE s.school_id = $1
           AND EXISTS (
               SELECT 1 FROM classes c
               WHERE c.school_id = $1 AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = $1)
                 AND c.grade BETWEEN $2 AND $3
                 AND ($4 AND EXISTS (SELECT 1 FROM loads l WHERE l.class_id = c.id AND l.teacher_id = s.id)
                      OR $5 AND EXISTS (SELECT 1 FROM class_tutors t WHERE t.class_id = c.id AND t.person_id = s.id)))"
    )).bind(school).bind(from).bind(to).bind(teaches).bind(tutors).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Tie::from).collect())
}

async fn of_roles(conn: &mut Conn, school: SchoolId, [one, other]: [Role; 2]) -> anyhow::Result<Vec<Tie>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(ties!(
        "SELECT s.id AS about_id, s.id AS person_id, TRUE AS may_be_told FROM people s
         WHERE s.school_id = $1
           AND EXISTS (SELECT 1 FROM staff_roles r WHERE r.person_id = s.id AND r.role IN ($2, $3))"
    )).bind(school).bind(one.code()).bind(other.code()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Tie::from).collect())
}

impl From<Row> for Tie {
    fn from(row: Row) -> Self {
        let about = Person {
            id: row.about_id,
            school: row.person.school,
            name: FullName {
                surname: row.about_surname,
                name: row.about_name,
                patronymic: row.about_patronymic,
            },
        };
        let locale = Locale::of(row.locale.as_deref().unwrap_or_default());
        Self {
            about,
            person: row.person,
            may_be_told: row.may_be_told,
            chat: row.transport.zip(row.account).map(|(transport, account)| OpenChat {
                transport,
                account,
                locale,
            }),
            closed: row.closed,
        }
    }
}
