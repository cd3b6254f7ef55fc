//! SQL of the school: its own row, the calendar of a class, who is in a class.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::db::{Conn, gathered, on};
use crate::ids::{ClassId, GroupId, PersonId, SchoolId, SubjectId};
use crate::words::dates;
use crate::words::names::FullName;

use super::{Calendar, School, Span, Term, class_name};

/// Whether a person works at the school: has a duty, teaches or is a tutor.
macro_rules! works {
    ($person:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM staff_roles r WHERE r.person_id = ",
            $person,
            ") OR EXISTS (SELECT 1 FROM loads l WHERE l.teacher_id = ",
            $person,
            ") OR EXISTS (SELECT 1 FROM class_tutors t WHERE t.person_id = ",
            $person,
            "))"
        )
    };
}
pub(crate) use works;

/// A pupil of a class or a group.
#[derive(Clone, Debug)]
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

/// A version of a school's own text of the consent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConsentText {
    /// From 1.
    pub version: i64,
    /// Paragraphs, a line each.
    pub text: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A version of it.
pub async fn consent_text(conn: &mut Conn, school: SchoolId, version: i64) -> anyhow::Result<Option<ConsentText>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT version, text, created_at FROM consent_texts WHERE school_id = $1 AND version = $2",
    ).bind(school).bind(version).fetch_optional(c).await)?)
}

/// The newest version, to which consent is asked for.
pub async fn newest_consent_text(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Option<ConsentText>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT version, text, created_at FROM consent_texts WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
    ).bind(school).fetch_optional(c).await)?)
}

/// Where a school's clocks stand.
pub async fn zone(conn: &mut Conn, id: SchoolId) -> anyhow::Result<Tz> {
    let zone: Option<String> = on!(conn, c => sqlx::query_scalar("SELECT time_zone FROM schools WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    Ok(zone.map(|it| dates::zone(&it)).unwrap_or_default())
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

/// As much of the calendar of a class as says whether lessons can be held on a day.
pub async fn calendar_on(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Calendar> {
    let is_school_day: bool = on!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM terms t JOIN classes c ON c.year_id = t.year_id
                        WHERE c.id = $1 AND c.grade BETWEEN t.from_grade AND t.to_grade AND $2 BETWEEN t.starts AND t.ends)
            AND NOT EXISTS (SELECT 1 FROM holidays h JOIN classes c ON c.year_id = h.year_id
                        WHERE c.id = $1 AND c.grade BETWEEN h.from_grade AND h.to_grade AND $2 BETWEEN h.starts AND h.ends)",
    ).bind(class).bind(day).fetch_one(c).await)?;
    let term = Span { starts: day, ends: day };
    Ok(Calendar {
        terms: is_school_day.then_some(term).into_iter().collect(),
        holidays: Vec::new(),
    })
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
    let gathered: Option<String> = on!(conn, c => sqlx::query_scalar(
        "SELECT string_agg(CAST(p.id AS TEXT) || '\u{1f}' || p.surname || '\u{1f}' || p.name || '\u{1f}' || p.patronymic, '\u{1e}'
                           ORDER BY p.sort_key, p.id)
         FROM enrolments e JOIN people p ON p.id = e.pupil_id
         WHERE e.class_id = $1 AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)",
    ).bind(class).bind(day).fetch_one(c).await)?;
    register(gathered.as_deref())
}

/// The pupils of a study group on a day, in the order of the register.
pub async fn pupils_of_group(conn: &mut Conn, group: GroupId, day: NaiveDate) -> anyhow::Result<Vec<Pupil>> {
    let gathered: Option<String> = on!(conn, c => sqlx::query_scalar(
        "SELECT string_agg(CAST(p.id AS TEXT) || '\u{1f}' || p.surname || '\u{1f}' || p.name || '\u{1f}' || p.patronymic, '\u{1e}'
                           ORDER BY p.sort_key, p.id)
         FROM group_members m
         JOIN study_groups g ON g.id = m.group_id
         JOIN enrolments e ON e.pupil_id = m.pupil_id AND e.class_id = g.class_id
         JOIN people p ON p.id = m.pupil_id
         WHERE m.group_id = $1 AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)",
    ).bind(group).bind(day).fetch_one(c).await)?;
    register(gathered.as_deref())
}

/// A register that was gathered into one text; the signs between its parts are in no name.
fn register(text: Option<&str>) -> anyhow::Result<Vec<Pupil>> {
    gathered::rows(text, '\u{1e}')
        .map(|row| {
            let [id, surname, name, patronymic] = gathered::fields(row, '\u{1f}')?;
            Ok(Pupil {
                id: PersonId(id.parse()?),
                surname: surname.to_owned(),
                name: name.to_owned(),
                patronymic: patronymic.to_owned(),
            })
        })
        .collect()
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

/// The classes of the year that holds a day, each with its school's time zone by its IANA name.
pub async fn classes_on(conn: &mut Conn, day: NaiveDate) -> anyhow::Result<Vec<(ClassId, String)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT c.id, s.time_zone FROM classes c
         JOIN school_years y ON y.id = c.year_id AND $1 BETWEEN y.starts AND y.ends
         JOIN schools s ON s.id = c.school_id ORDER BY c.id",
    ).bind(day).fetch_all(c).await)?)
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
