//! SQL of the trail. Both books are read by index: a day of one school, whatever years are kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::press::Whose;
use super::{Entry, Line, What};
use crate::access::ReadTrail;
use crate::db::{Conn, on};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::{self, Person};
use crate::school::class_name;
use crate::words::names::FullName;

/// Lines of a day that are looked at; more are told as «and more».
pub const MOST: usize = 500;

/// The deeds between two moments, the newest first.
pub async fn lines(
    conn: &mut Conn,
    _proof: ReadTrail,
    (school, whose): (SchoolId, Whose),
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<Vec<Line>> {
    let (person, class) = match whose {
        Whose::All => (PersonId(0), ClassId(0)),
        Whose::Person(person) => (person, ClassId(0)),
        Whose::Class(class) => (PersonId(0), class),
    };
    let mut lines = entries(conn, school, (person, class), (from, to)).await?;
    if class == ClassId(0) {
        lines.extend(acts(conn, school, person, (from, to)).await?);
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    lines.truncate(MOST);
    Ok(lines)
}

async fn entries(
    conn: &mut Conn,
    school: SchoolId,
    (person, class): (PersonId, ClassId),
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<Vec<Line>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        at: DateTime<Utc>,
        person_id: PersonId,
        #[sqlx(flatten)]
        who: FullName,
        grade: i64,
        letter: String,
        group_title: Option<String>,
        subject: String,
        date: NaiveDate,
        number: i64,
        field: String,
        pupil_surname: Option<String>,
        pupil_name: Option<String>,
        former: String,
        later: String,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT h.at, h.person_id, p.surname, p.name, p.patronymic, c.grade, c.letter, g.title AS group_title,
                j.title AS subject, l.date, l.number, h.field, u.surname AS pupil_surname, u.name AS pupil_name,
                h.former, h.later
         FROM lesson_history h
         JOIN people p ON p.id = h.person_id
         JOIN lessons l ON l.id = h.lesson_id
         JOIN loads o ON o.id = l.load_id
         JOIN classes c ON c.id = o.class_id
         JOIN subjects j ON j.id = o.subject_id
         LEFT JOIN study_groups g ON g.id = o.group_id
         LEFT JOIN people u ON u.id = h.pupil_id
         WHERE h.at >= $2 AND h.at < $3 AND p.school_id = $1
           AND ($4 = 0 OR h.person_id = $4) AND ($5 = 0 OR o.class_id = $5)
         ORDER BY h.at DESC, h.id DESC LIMIT 501",
    ).bind(school).bind(from).bind(to).bind(person).bind(class).fetch_all(c).await)?;
    let line = |row: Row| {
        let class = class_name(row.grade, &row.letter);
        let audience = row
            .group_title
            .map_or(class.clone(), |group| format!("{class} · {group}"));
        Line {
            at: row.at,
            who: Some((row.person_id, row.who)),
            what: What::Entry(Entry {
                audience,
                subject: row.subject,
                date: row.date,
                number: row.number,
                field: row.field,
                pupil: row.pupil_surname.zip(row.pupil_name).map(|(surname, name)| FullName {
                    surname,
                    name,
                    patronymic: String::new(),
                }),
                former: row.former,
                later: row.later,
            }),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn acts(
    conn: &mut Conn,
    school: SchoolId,
    person: PersonId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<Vec<Line>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        at: DateTime<Utc>,
        person_id: PersonId,
        #[sqlx(flatten)]
        who: FullName,
        action: String,
        about_surname: Option<String>,
        about_name: Option<String>,
        about_patronymic: Option<String>,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT a.at, p.id AS person_id, p.surname, p.name, p.patronymic, a.action,
                b.surname AS about_surname, b.name AS about_name, b.patronymic AS about_patronymic
         FROM audit a JOIN people p ON p.id = a.person_id
         LEFT JOIN people b ON b.id = CASE WHEN a.object LIKE 'person:%' THEN CAST(SUBSTR(a.object, 8) AS BIGINT) END
                           AND b.id <> p.id
         WHERE a.at >= $2 AND a.at < $3 AND p.school_id = $1 AND ($4 = 0 OR a.person_id = $4)
         ORDER BY a.at DESC, a.id DESC LIMIT 501",
    ).bind(school).bind(from).bind(to).bind(person).fetch_all(c).await)?;
    let line = |row: Row| {
        let about = row.about_surname.zip(row.about_name).zip(row.about_patronymic);
        let about = about.map(|((surname, name), patronymic)| FullName {
            surname,
            name,
            patronymic,
        });
        Line {
            at: row.at,
            who: Some((row.person_id, row.who)),
            what: What::Act(row.action, about),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The staff of a school, in the order of their names.
pub async fn staff(conn: &mut Conn, _proof: ReadTrail, school: SchoolId) -> anyhow::Result<Vec<Person>> {
    people::store::staff(conn, school).await
}

/// The classes of a school's newest year.
pub async fn classes(conn: &mut Conn, _proof: ReadTrail, school: SchoolId) -> anyhow::Result<Vec<(ClassId, String)>> {
    let rows: Vec<(ClassId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT c.id, c.grade, c.letter FROM classes c
         WHERE c.year_id = (SELECT y.id FROM school_years y WHERE y.school_id = $1 ORDER BY y.starts DESC LIMIT 1)
         ORDER BY c.grade, c.letter",
    ).bind(school).fetch_all(c).await)?;
    let named = |(id, grade, letter): (ClassId, i64, String)| (id, class_name(grade, &letter));
    Ok(rows.into_iter().map(named).collect())
}
