//! SQL of surveys: what is asked, of whom, until when.

use chrono::{DateTime, Utc};

use super::{Kind, Question, State, Survey, Typed, Who};
use crate::access::AskFamilies;
use crate::db::{Conn, Tx, on};
use crate::ids::{Account, PersonId, QuestionId, SchoolId, SurveyId};
use crate::people::reach::Place;
use crate::words::names::FullName;

#[derive(sqlx::FromRow)]
struct Row {
    id: SurveyId,
    school_id: SchoolId,
    author_id: PersonId,
    #[sqlx(flatten)]
    author_name: FullName,
    transport: String,
    account: i64,
    place: String,
    who: String,
    named: bool,
    by_family: bool,
    state: String,
    days: i64,
    closes_at: Option<DateTime<Utc>>,
    reminded_at: Option<DateTime<Utc>>,
    shared_at: Option<DateTime<Utc>>,
}

/// A survey with its questions.
pub async fn survey(conn: &mut Conn, id: SurveyId) -> anyhow::Result<Option<Survey>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(
        "SELECT s.id, s.school_id, s.author_id, p.surname, p.name, p.patronymic, s.transport, s.account, s.place, s.who,
                s.named, s.by_family, s.state, s.days, s.closes_at, s.reminded_at, s.shared_at
         FROM surveys s JOIN people p ON p.id = s.author_id WHERE s.id = $1",
    ).bind(id).fetch_optional(c).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Survey {
        id: row.id,
        school: row.school_id,
        author: row.author_id,
        author_name: row.author_name,
        chat: (row.transport, row.account),
        place: serde_json::from_str(&row.place)?,
        who: Who::of(&row.who),
        named: row.named,
        by_family: row.by_family,
        state: State::of(&row.state),
        days: row.days,
        closes_at: row.closes_at,
        reminded_at: row.reminded_at,
        shared_at: row.shared_at,
        questions: questions(conn, id).await?,
    }))
}

#[derive(sqlx::FromRow)]
struct QuestionRow {
    id: QuestionId,
    kind: String,
    question: String,
    options: String,
}

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        Self {
            id: row.id,
            kind: Kind::of(&row.kind),
            text: row.question,
            options: row.options.lines().map(str::to_owned).collect(),
        }
    }
}

async fn questions(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<Question>> {
    let rows: Vec<QuestionRow> = on!(conn, c => sqlx::query_as(
        "SELECT id, kind, question, options FROM survey_questions WHERE survey_id = $1 ORDER BY id",
    ).bind(survey).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Question::from).collect())
}

/// The survey of a question.
pub async fn survey_of(conn: &mut Conn, question: QuestionId) -> anyhow::Result<Option<SurveyId>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT survey_id FROM survey_questions WHERE id = $1")
        .bind(question).fetch_optional(c).await)?,
    )
}

/// A new survey before anybody is asked, with the defaults. Former drafts of the author about the place go.
pub async fn draft(
    tx: &mut Tx,
    proof: AskFamilies,
    (place, chat): (Place, Account),
    typed: &Typed,
    now: DateTime<Utc>,
) -> anyhow::Result<SurveyId> {
    let place = serde_json::to_string(&place)?;
    on!(tx, c => sqlx::query(
        "DELETE FROM survey_questions WHERE survey_id IN
             (SELECT id FROM surveys WHERE author_id = $1 AND school_id = $2 AND place = $3 AND state = 'draft')",
    ).bind(proof.by()).bind(proof.school()).bind(&place).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM surveys WHERE author_id = $1 AND school_id = $2 AND place = $3 AND state = 'draft'")
        .bind(proof.by()).bind(proof.school()).bind(&place).execute(c).await.map(drop))?;
    let id: SurveyId = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO surveys (school_id, author_id, transport, account, place, who, named, by_family, state, days, created_at)
         VALUES ($1, $2, $3, $4, $5, 'parents', TRUE, TRUE, 'draft', 2, $6) RETURNING id",
    ).bind(proof.school()).bind(proof.by()).bind(chat.transport).bind(chat.id).bind(&place).bind(now)
    .fetch_one(c).await)?;
    add_question(tx, id, typed).await?;
    Ok(id)
}

/// One more question of a draft.
pub async fn add_question(tx: &mut Tx, survey: SurveyId, typed: &Typed) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("INSERT INTO survey_questions (survey_id, kind, question, options) VALUES ($1, $2, $3, $4)")
        .bind(survey).bind(typed.kind.code()).bind(&typed.question).bind(typed.options.join("\n"))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// How a draft will be asked.
pub async fn preset(tx: &mut Tx, survey: &Survey) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE surveys SET who = $2, named = $3, by_family = $4, days = $5 WHERE id = $1 AND state = 'draft'")
        .bind(survey.id).bind(survey.who.code()).bind(survey.named).bind(survey.by_family).bind(survey.days)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// How a question of a draft is answered.
pub async fn set_kind(tx: &mut Tx, question: QuestionId, kind: Kind) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE survey_questions SET kind = $2 WHERE id = $1")
        .bind(question).bind(kind.code()).execute(c).await.map(drop))?;
    Ok(())
}

/// A draft goes.
pub async fn drop_draft(tx: &mut Tx, id: SurveyId) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "DELETE FROM survey_questions WHERE survey_id = (SELECT id FROM surveys WHERE id = $1 AND state = 'draft')",
    ).bind(id).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM surveys WHERE id = $1 AND state = 'draft'").bind(id).execute(c).await.map(drop))?;
    Ok(())
}

/// A draft opens; `false` when it did before.
pub async fn open(tx: &mut Tx, id: SurveyId, closes: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE surveys SET state = 'open', closes_at = $2 WHERE id = $1 AND state = 'draft'")
        .bind(id).bind(closes).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// An open survey closes; `false` when it was closed before.
pub async fn close(tx: &mut Tx, id: SurveyId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE surveys SET state = 'closed', closes_at = $2 WHERE id = $1 AND state = 'open'")
        .bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Those without an answer are reminded; `false` when they were before.
pub async fn reminded(tx: &mut Tx, id: SurveyId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE surveys SET reminded_at = $2 WHERE id = $1 AND state = 'open' AND reminded_at IS NULL",
    ).bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// The families are shown the results; `false` when they were before.
pub async fn shared(tx: &mut Tx, id: SurveyId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query("UPDATE surveys SET shared_at = $2 WHERE id = $1 AND state = 'closed' AND shared_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// A survey in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Which.
    pub id: SurveyId,
    /// How far it is.
    pub state: String,
    /// Its first question.
    pub question: String,
    /// When it closes or closed.
    pub closes_at: Option<DateTime<Utc>>,
}

/// The newest surveys of a place that were sent, those still open first.
pub async fn listed(conn: &mut Conn, school: SchoolId, place: Place, limit: i64) -> anyhow::Result<Vec<Listed>> {
    let place = serde_json::to_string(&place)?;
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT s.id, s.state, s.closes_at,
                (SELECT q.question FROM survey_questions q WHERE q.survey_id = s.id ORDER BY q.id LIMIT 1) AS question
         FROM surveys s WHERE s.school_id = $1 AND s.place = $2 AND s.state <> 'draft'
         ORDER BY CASE WHEN s.state = 'open' THEN 0 ELSE 1 END, s.id DESC LIMIT $3",
    ).bind(school).bind(place).bind(limit).fetch_all(c).await)?)
}

/// A survey in the list of somebody who was asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Own {
    /// Which.
    pub id: SurveyId,
    /// Its first question.
    pub question: String,
}

/// A page of the surveys by which somebody was asked: those still open, then the newest.
pub async fn own(conn: &mut Conn, person: PersonId, (skip, take): (i64, i64)) -> anyhow::Result<Vec<Own>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT s.id, (SELECT q.question FROM survey_questions q WHERE q.survey_id = s.id ORDER BY q.id LIMIT 1) AS question
         FROM survey_people a JOIN surveys s ON s.id = a.survey_id
         WHERE a.person_id = $1 AND s.state <> 'draft'
         ORDER BY CASE WHEN s.state = 'open' THEN 0 ELSE 1 END, s.closes_at DESC, s.id DESC LIMIT $3 OFFSET $2",
    ).bind(person).bind(skip).bind(take).fetch_all(c).await)?)
}

/// An open survey of the same place that asks the same first.
pub async fn same(conn: &mut Conn, survey: &Survey) -> anyhow::Result<Option<(SurveyId, FullName)>> {
    #[derive(sqlx::FromRow)]
    struct Same {
        id: SurveyId,
        #[sqlx(flatten)]
        author: FullName,
    }
    let place = serde_json::to_string(&survey.place)?;
    let question = survey.questions.first().map(|it| it.text.as_str()).unwrap_or_default();
    let found: Option<Same> = on!(conn, c => sqlx::query_as(
        "SELECT s.id, p.surname, p.name, p.patronymic FROM surveys s JOIN people p ON p.id = s.author_id
         WHERE s.school_id = $1 AND s.place = $2 AND s.state = 'open' AND s.id <> $3
           AND EXISTS (SELECT 1 FROM survey_questions q WHERE q.survey_id = s.id AND q.question = $4)
         ORDER BY s.id DESC LIMIT 1",
    ).bind(survey.school).bind(place).bind(survey.id).bind(question).fetch_optional(c).await)?;
    Ok(found.map(|it| (it.id, it.author)))
}
