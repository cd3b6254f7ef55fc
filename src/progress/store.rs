//! SQL of progress: the marks and signs of many over days. A page is a statement or two: what is many comes gathered.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use super::{ClassTally, Signs, Tally, Taught, place_of};
use crate::access::Oversee;
use crate::db::{Conn, gathered, on};
use crate::ids::{ClassId, LoadId, PersonId, SubjectId};
use crate::lessons::cell::{Sign, Value};
use crate::people::passes::Class;
use crate::school::class_name;

/// The marks that were given in a class over days, load by load.
///
/// The way leads over loads and their lessons, so that it doesn't grow with the years kept.
pub async fn taught(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Taught>> {
    type Row = (LoadId, PersonId, SubjectId, String, i64, Option<String>);
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT o.id, o.teacher_id, o.subject_id, j.title,
                (SELECT COUNT(*) FROM lessons l WHERE l.load_id = o.id AND l.date BETWEEN $2 AND $3
                 AND (l.attendance_taken OR l.topic IS NOT NULL
                      OR EXISTS (SELECT 1 FROM marks n WHERE n.lesson_id = l.id))),
                (SELECT string_agg(CAST(m.pupil_id AS TEXT) || ' ' || m.value || ' ' || CAST(m.weight AS TEXT), ',')
                 FROM lessons l CROSS JOIN marks m
                 WHERE l.load_id = o.id AND l.date BETWEEN $2 AND $3 AND m.lesson_id = l.id)
         FROM loads o JOIN subjects j ON j.id = o.subject_id
         WHERE o.class_id = $1",
    ).bind(class).bind(from).bind(to).fetch_all(c).await)?;
    let mut found = Vec::new();
    for (load, teacher, subject, title, lessons, gathered) in rows {
        let mut marks = Vec::new();
        for one in gathered::rows(gathered.as_deref(), ',') {
            let [pupil, value, weight] = gathered::fields(one, ' ')?;
            if let Some(value) = Value::of(value) {
                marks.push((PersonId(pupil.parse()?), value, weight.parse()?));
            }
        }
        found.push(Taught {
            load,
            teacher,
            subject,
            title,
            lessons,
            marks,
        });
    }
    Ok(found)
}

/// Who teaches a class or takes somebody's place there.
pub async fn teachers(conn: &mut Conn, class: ClassId) -> anyhow::Result<Vec<PersonId>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT DISTINCT teacher_id FROM loads WHERE class_id = $1")
        .bind(class).fetch_all(c).await)?,
    )
}

/// The signs of a class over days, day by day, with the lessons in which attendance was taken: of all loads, or of one
/// teacher's.
pub async fn signs_of_class(
    conn: &mut Conn,
    class: ClassId,
    teacher: Option<PersonId>,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<(NaiveDate, i64, Signs)>> {
    let rows: Vec<(NaiveDate, i64, i64, i64, i64, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT l.date, COUNT(DISTINCT l.id),
                COUNT(CASE WHEN a.sign = 'absent' THEN 1 END), COUNT(CASE WHEN a.sign = 'ill' THEN 1 END),
                COUNT(CASE WHEN a.sign = 'excused' THEN 1 END), COUNT(CASE WHEN a.sign = 'late' THEN 1 END)
         FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         LEFT JOIN attendance a ON a.lesson_id = l.id
         WHERE o.class_id = $1 AND ($4 = 0 OR o.teacher_id = $4)
           AND (l.attendance_taken OR a.sign IS NOT NULL)
         GROUP BY l.date ORDER BY l.date",
    ).bind(class).bind(from).bind(to).bind(teacher.map_or(0, |it| it.0)).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(date, lessons, absent, ill, excused, late)| (date, lessons, [absent, ill, excused, late]))
        .collect())
}

/// A pupil's signs over days, day by day: how many lessons had each.
pub async fn signs_of_pupil(
    conn: &mut Conn,
    pupil: PersonId,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<BTreeMap<NaiveDate, Signs>> {
    let rows: Vec<(NaiveDate, String, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT l.date, a.sign, COUNT(*)
         FROM loads o CROSS JOIN lessons l CROSS JOIN attendance a
         WHERE o.class_id = $2 AND l.load_id = o.id AND l.date BETWEEN $3 AND $4
           AND a.lesson_id = l.id AND a.pupil_id = $1
         GROUP BY l.date, a.sign ORDER BY l.date",
    ).bind(pupil).bind(class).bind(from).bind(to).fetch_all(c).await)?;
    let mut days: BTreeMap<NaiveDate, Signs> = BTreeMap::new();
    for (date, sign, n) in rows {
        if let Some(sign) = Sign::of(&sign) {
            days.entry(date).or_default()[place_of(sign)] += n;
        }
    }
    Ok(days)
}

/// Days on which attendance was taken in a class.
pub async fn taken_days(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<NaiveDate>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT l.date FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         WHERE o.class_id = $1 AND l.attendance_taken",
    ).bind(class).bind(from).bind(to).fetch_all(c).await)?)
}

/// Classes in which a person teaches, in the newest year of the school.
pub async fn classes_taught(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<Class>> {
    let rows: Vec<(ClassId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT c.id, c.grade, c.letter FROM loads o JOIN classes c ON c.id = o.class_id
         WHERE o.teacher_id = $1
           AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = c.school_id)
         ORDER BY c.grade, c.letter",
    ).bind(person).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, grade, letter)| Class {
            id,
            name: class_name(grade, &letter),
        })
        .collect())
}

/// Grades that somebody oversees and in which there are classes, in the newest year.
pub async fn grades(conn: &mut Conn, proof: Oversee) -> anyhow::Result<Vec<i64>> {
    let (from, to) = proof.grades();
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT c.grade FROM classes c
         WHERE c.school_id = $1 AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = $1)
           AND c.grade BETWEEN $2 AND $3
         ORDER BY c.grade",
    ).bind(proof.school()).bind(from).bind(to).fetch_all(c).await)?)
}

/// The marks of some classes over days, each class's counted; a class without a mark has none.
pub async fn of_classes(
    conn: &mut Conn,
    classes: &[Class],
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<ClassTally>> {
    let mut found = Vec::new();
    for class in classes {
        let rows: Vec<(String, i64, i64)> = on!(conn, c => sqlx::query_as(
            "SELECT m.value, m.weight, COUNT(*)
             FROM loads o CROSS JOIN lessons l CROSS JOIN marks m
             WHERE o.class_id = $1 AND l.load_id = o.id AND l.date BETWEEN $2 AND $3 AND m.lesson_id = l.id
             GROUP BY m.value, m.weight",
        ).bind(class.id).bind(from).bind(to).fetch_all(c).await)?;
        let marks: Vec<(Value, i64, usize)> = rows
            .iter()
            .filter_map(|(value, weight, n)| Some((Value::of(value)?, *weight, usize::try_from(*n).ok()?)))
            .collect();
        found.push(ClassTally {
            class: class.id,
            tally: Tally::of(class.name.clone(), 0, marks.iter().copied()),
        });
    }
    Ok(found)
}
