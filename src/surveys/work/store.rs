//! SQL of sending: whom a survey has reached.

use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, PersonId, SurveyId};
use crate::words::names::FullName;

/// Somebody whom a survey has reached.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Asked {
    /// Who.
    pub person_id: PersonId,
    /// Of which family.
    pub family_id: PersonId,
    /// The name.
    #[sqlx(flatten)]
    pub name: FullName,
}

/// Everybody whom a survey has reached, by the alphabet.
pub async fn asked(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<Asked>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.person_id, a.family_id, p.surname, p.name, p.patronymic
         FROM survey_people a JOIN people p ON p.id = a.person_id
         WHERE a.survey_id = $1 ORDER BY p.sort_key, p.id",
    ).bind(survey).fetch_all(c).await)?)
}

/// A survey reaches somebody.
pub async fn ask(tx: &mut Tx, survey: SurveyId, (person, family): (PersonId, PersonId)) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("INSERT INTO survey_people (survey_id, person_id, family_id) VALUES ($1, $2, $3)")
        .bind(survey).bind(person).bind(family).execute(c).await.map(drop))?;
    Ok(())
}

/// The class of each pupil of a school whom a survey may be about.
pub async fn classes(conn: &mut Conn, (from, to): (i64, i64), school: i64) -> anyhow::Result<Vec<(PersonId, ClassId)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT e.pupil_id, e.class_id FROM enrolments e JOIN classes c ON c.id = e.class_id
         WHERE c.school_id = $1 AND c.grade BETWEEN $2 AND $3 AND e.ends IS NULL ORDER BY c.grade, c.letter, e.id",
    ).bind(school).bind(from).bind(to).fetch_all(c).await)?)
}
