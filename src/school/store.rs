//! SQL of the school: its own row, the calendar of a class, who is in a class.

use chrono::NaiveDate;

use crate::db::{Conn, on};
use crate::ids::{ClassId, GroupId, PersonId, SchoolId, SubjectId};
use crate::words::dates;
use crate::words::names::FullName;

use super::{Calendar, School, Span, Term, class_name};

/// A pupil of a class or a group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Pupil {
    /// Who.
    pub id: PersonId,
    /// Surname.
    pub surname: String,
    /// Name.
    pub name: String,
    /// Patronymic.
    pub patronymic: String,
}

impl Pupil {
    /// The name as one value.
    pub fn full_name(&self) -> FullName {
        FullName {
            surname: self.surname.clone(),
            name: self.name.clone(),
            patronymic: self.patronymic.clone(),
        }
    }
}

/// A school by id.
pub async fn school(conn: &mut Conn, id: SchoolId) -> anyhow::Result<Option<School>> {
    let row: Option<(String, String, String)> = on!(conn, c => sqlx::query_as(
        "SELECT name, time_zone, phone FROM schools WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?;
    Ok(row.map(|(name, zone, phone)| School {
        id,
        name,
        zone: dates::zone(&zone),
        phone,
    }))
}

/// The calendar of a class.
pub async fn calendar(conn: &mut Conn, class: ClassId) -> anyhow::Result<Calendar> {
    let terms: Vec<Span> = on!(conn, c => sqlx::query_as(
        "SELECT t.starts, t.ends FROM terms t JOIN classes c ON c.year_id = t.year_id
         WHERE c.id = $1 AND c.grade BETWEEN t.from_grade AND t.to_grade ORDER BY t.starts",
    ).bind(class).fetch_all(c).await)?;
    let holidays: Vec<Span> = on!(conn, c => sqlx::query_as(
        "SELECT h.starts, h.ends FROM holidays h JOIN classes c ON c.year_id = h.year_id
         WHERE c.id = $1 AND c.grade BETWEEN h.from_grade AND h.to_grade ORDER BY h.starts",
    ).bind(class).fetch_all(c).await)?;
    Ok(Calendar { terms, holidays })
}

/// The terms of a class with their titles, in order.
pub async fn terms(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<Term>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT t.title, t.starts, t.ends FROM terms t JOIN classes c ON c.year_id = t.year_id
         WHERE c.id = $1 AND c.grade BETWEEN t.from_grade AND t.to_grade ORDER BY t.starts",
    ).bind(class).fetch_all(c).await)?)
}

/// The school year of a class.
pub async fn year_of(conn: &mut Conn, class: ClassId) -> anyhow::Result<Option<Span>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT y.starts, y.ends FROM school_years y JOIN classes c ON c.year_id = y.id WHERE c.id = $1",
    ).bind(class).fetch_optional(c).await)?)
}

/// The title of a school's subject.
pub async fn subject(conn: &mut Conn, school: SchoolId, id: SubjectId) -> anyhow::Result<Option<String>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT title FROM subjects WHERE id = $1 AND school_id = $2")
        .bind(id).bind(school).fetch_optional(c).await)?,
    )
}

/// The pupils of a class on a day, in the order of the register.
pub async fn pupils_of_class(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Vec<Pupil>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.surname, p.name, p.patronymic
         FROM enrolments e JOIN people p ON p.id = e.pupil_id
         WHERE e.class_id = $1 AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)
         ORDER BY p.sort_key, p.id",
    ).bind(class).bind(day).fetch_all(c).await)?)
}

/// The pupils of a study group on a day, in the order of the register.
pub async fn pupils_of_group(conn: &mut Conn, group: GroupId, day: NaiveDate) -> anyhow::Result<Vec<Pupil>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id, p.surname, p.name, p.patronymic
         FROM group_members m
         JOIN study_groups g ON g.id = m.group_id
         JOIN enrolments e ON e.pupil_id = m.pupil_id AND e.class_id = g.class_id
         JOIN people p ON p.id = m.pupil_id
         WHERE m.group_id = $1 AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)
         ORDER BY p.sort_key, p.id",
    ).bind(group).bind(day).fetch_all(c).await)?)
}

/// The class that a pupil is in on a day: its id, grade and letter.
pub async fn class_of(
    conn: &mut Conn,
    pupil: PersonId,
    day: NaiveDate,
) -> anyhow::Result<Option<(ClassId, i64, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT c.id, c.grade, c.letter FROM enrolments e JOIN classes c ON c.id = e.class_id
         WHERE e.pupil_id = $1 AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)
         ORDER BY e.starts DESC LIMIT 1",
    ).bind(pupil).bind(day).fetch_optional(c).await)?)
}

/// The last days of a school's terms.
pub async fn term_ends(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<NaiveDate>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT t.ends FROM terms t JOIN school_years y ON y.id = t.year_id WHERE y.school_id = $1 ORDER BY t.ends",
    ).bind(school).fetch_all(c).await)?)
}

/// What a person teaches: subject, and the classes by name.
pub async fn taught(conn: &mut Conn, teacher: PersonId) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let rows: Vec<(String, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT j.title, c.grade, c.letter FROM loads l
         JOIN subjects j ON j.id = l.subject_id JOIN classes c ON c.id = l.class_id
         WHERE l.teacher_id = $1 ORDER BY j.title, c.grade, c.letter",
    ).bind(teacher).fetch_all(c).await)?;
    let mut taught: Vec<(String, Vec<String>)> = Vec::new();
    for (subject, grade, letter) in rows {
        let class = class_name(grade, &letter);
        match taught.last_mut().filter(|(known, _)| *known == subject) {
            Some((_, classes)) => classes.push(class),
            None => taught.push((subject, vec![class])),
        }
    }
    Ok(taught)
}

/// Whose tutor a person is: the classes by name.
pub async fn tutored(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<String>> {
    let rows: Vec<(i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT c.grade, c.letter FROM class_tutors t JOIN classes c ON c.id = t.class_id
         WHERE t.person_id = $1 ORDER BY c.grade, c.letter",
    ).bind(person).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(grade, letter)| class_name(grade, &letter))
        .collect())
}

/// The schools of this database, by name.
pub async fn names(conn: &mut Conn) -> anyhow::Result<Vec<String>> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT name FROM schools ORDER BY name").fetch_all(c).await)?)
}
