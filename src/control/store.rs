//! SQL of debts: how far the lessons of days are filled, and which schools have an evening.

use chrono::NaiveDate;

use super::Filled;
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, PersonId, SchoolId};

/// The columns of [`Filled`] for lessons chosen by a condition.
macro_rules! filled {
    ($where:literal) => {
        concat!(
            "SELECT l.load_id, l.date, l.number, l.topic IS NOT NULL AS has_topic,
                    (l.homework IS NOT NULL OR l.homework_none) AS has_homework, l.attendance_taken,
                    EXISTS (SELECT 1 FROM marks m WHERE m.lesson_id = l.id) AS has_marks, l.kind
             FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3 WHERE ",
            $where
        )
    };
}

/// How far the lessons that a teacher gives, or gave for another, are filled.
pub async fn of_teacher(
    conn: &mut Conn,
    teacher: PersonId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Filled>> {
    Ok(on!(conn, c => sqlx::query_as(filled!(
        "o.id IN (SELECT id FROM loads WHERE teacher_id = $1
                  UNION SELECT load_id FROM slot_changes WHERE substitute_id = $1 AND date BETWEEN $2 AND $3)"
    )).bind(teacher).bind(from).bind(to).fetch_all(c).await)?)
}

/// How far the lessons of a class are filled.
pub async fn of_class(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Filled>> {
    Ok(on!(conn, c => sqlx::query_as(filled!("o.class_id = $1"))
        .bind(class).bind(from).bind(to).fetch_all(c).await)?)
}

/// A school's time zone, and the last evening on which its teachers were told.
#[derive(Debug, sqlx::FromRow)]
pub struct School {
    /// Which.
    pub id: SchoolId,
    /// Its zone, by name.
    pub time_zone: String,
    /// The evening.
    pub debts_on: Option<NaiveDate>,
}

/// All schools.
pub async fn schools(conn: &mut Conn) -> anyhow::Result<Vec<School>> {
    Ok(on!(conn, c => sqlx::query_as("SELECT id, time_zone, debts_on FROM schools ORDER BY id").fetch_all(c).await)?)
}

/// This evening a school's teachers are told.
pub async fn begin(tx: &mut Tx, school: SchoolId, evening: NaiveDate) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET debts_on = $2 WHERE id = $1")
        .bind(school).bind(evening).execute(c).await.map(drop))?;
    Ok(())
}

/// The teachers of a school who have an open chat, some after another.
pub async fn teachers(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT p.id FROM people p WHERE p.school_id = $1
           AND (EXISTS (SELECT 1 FROM loads o WHERE o.teacher_id = p.id)
                OR EXISTS (SELECT 1 FROM slot_changes ch WHERE ch.substitute_id = p.id))
           AND EXISTS (SELECT 1 FROM accounts a
                       JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account AND ch.closed_at IS NULL
                       WHERE a.person_id = p.id)
         ORDER BY p.id",
    ).bind(school).fetch_all(c).await)?)
}
