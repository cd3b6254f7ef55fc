//! SQL of reach: the ties of an audience.

use super::{Audience, OpenChat, Place, Tie};
use crate::db::{Conn, on};
use crate::ids::{PersonId, SchoolId};
use crate::people::Person;
use crate::people::store::works;
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

async fn staff(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<Tie>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(ties!(concat!(
        "SELECT s.id AS about_id, s.id AS person_id, TRUE AS may_be_told FROM people s WHERE s.school_id = $1 AND ",
        works!("s.id")
    ))).bind(school).fetch_all(c).await)?;
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
