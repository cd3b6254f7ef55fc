//! SQL of polls that were sent, votes, counts and answers.

use crate::db::{Conn, Tx, on};
use crate::ids::{Account, ClassId, PersonId, QuestionId, SchoolId, SentPollId, SurveyId};

/// A poll as it was sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SentPoll {
    /// Which.
    pub id: SentPollId,
    /// Of which question.
    pub question_id: QuestionId,
    /// Of which survey.
    pub survey_id: SurveyId,
    /// To whom; nobody's is an anonymous one.
    pub person_id: Option<PersonId>,
    /// For which class an anonymous one is.
    pub class_id: Option<ClassId>,
    /// By which messenger.
    pub transport: String,
    /// Into which chat.
    pub chat: i64,
}

macro_rules! polls {
    ($where:literal) => {
        concat!(
            "SELECT p.id, p.question_id, q.survey_id, p.person_id, p.class_id, p.transport, p.chat
             FROM survey_polls p JOIN survey_questions q ON q.id = p.question_id WHERE ",
            $where
        )
    };
}

/// A poll.
pub async fn poll(conn: &mut Conn, id: SentPollId) -> anyhow::Result<Option<SentPoll>> {
    Ok(on!(conn, c => sqlx::query_as(polls!("p.id = $1")).bind(id).fetch_optional(c).await)?)
}

/// All polls of a survey.
pub async fn polls(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<SentPoll>> {
    Ok(on!(conn, c => sqlx::query_as(polls!("q.survey_id = $1 ORDER BY p.id")).bind(survey).fetch_all(c).await)?)
}

/// A poll will be sent to a person's chat.
pub async fn add_poll(
    tx: &mut Tx,
    question: QuestionId,
    person: PersonId,
    (transport, chat): (&str, i64),
) -> anyhow::Result<SentPollId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO survey_polls (question_id, person_id, transport, chat) VALUES ($1, $2, $3, $4) RETURNING id",
    ).bind(question).bind(person).bind(transport).bind(chat).fetch_one(c).await)?)
}

/// An anonymous poll of a class will be sent to its author.
pub async fn add_class_poll(
    tx: &mut Tx,
    question: QuestionId,
    class: ClassId,
    (transport, chat): (&str, i64),
) -> anyhow::Result<SentPollId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO survey_polls (question_id, class_id, transport, chat) VALUES ($1, $2, $3, $4) RETURNING id",
    ).bind(question).bind(class).bind(transport).bind(chat).fetch_one(c).await)?)
}

/// Whether an account is still a person's.
pub async fn is_theirs(conn: &mut Conn, account: Account, person: PersonId) -> anyhow::Result<bool> {
    let found: Option<PersonId> = on!(conn, c => sqlx::query_scalar(
        "SELECT person_id FROM accounts WHERE transport = $1 AND account = $2 AND person_id = $3",
    ).bind(account.transport).bind(account.id).bind(person).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// A vote as it is now: the former one goes. Nothing chosen is no vote.
pub async fn vote(
    tx: &mut Tx,
    voter: Account,
    (poll, sent): (&str, Option<SentPollId>),
    options: &str,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM survey_votes WHERE transport = $1 AND poll = $2 AND account = $3")
        .bind(voter.transport).bind(poll).bind(voter.id).execute(c).await.map(drop))?;
    if options.is_empty() {
        return Ok(());
    }
    on!(tx, c => sqlx::query("INSERT INTO survey_votes (transport, poll, account, sent_poll_id, options) VALUES ($1, $2, $3, $4, $5)")
        .bind(voter.transport).bind(poll).bind(voter.id).bind(sent).bind(options).execute(c).await.map(drop))?;
    Ok(())
}

/// How an anonymous poll stands now.
pub async fn count(
    tx: &mut Tx,
    transport: &str,
    (poll, sent): (&str, Option<SentPollId>),
    (counts, voters): (&str, i64),
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO survey_counts (transport, poll, sent_poll_id, counts, voters) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (transport, poll) DO UPDATE SET
             sent_poll_id = COALESCE(excluded.sent_poll_id, survey_counts.sent_poll_id),
             counts = excluded.counts, voters = excluded.voters",
    ).bind(transport).bind(poll).bind(sent).bind(counts).bind(voters).execute(c).await.map(drop))?;
    Ok(())
}

/// A vote that stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VoteRow {
    /// In answer to which question.
    pub question_id: QuestionId,
    /// Whose.
    pub person_id: PersonId,
    /// Of which family.
    pub family_id: PersonId,
    /// Places of options, with commas.
    pub options: String,
    /// A later vote has a higher one.
    pub id: i64,
}

/// The votes of a survey by name: of each poll those given in the chat it was sent to, known from the vote itself or,
/// when that came before the poll's receipt, from the receipt.
pub async fn votes(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<VoteRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.question_id, p.person_id, f.family_id, v.options, v.id
         FROM survey_questions q
         JOIN survey_polls p ON p.question_id = q.id
         JOIN survey_people f ON f.survey_id = q.survey_id AND f.person_id = p.person_id
         JOIN survey_votes v ON v.sent_poll_id = p.id
         WHERE q.survey_id = $1
         UNION ALL
         SELECT p.question_id, p.person_id, f.family_id, v.options, v.id
         FROM survey_questions q
         JOIN survey_polls p ON p.question_id = q.id
         JOIN survey_people f ON f.survey_id = q.survey_id AND f.person_id = p.person_id
         JOIN outbox o ON o.key = 'poll:' || CAST(p.id AS TEXT)
         JOIN receipts r ON r.outbox_id = o.id
         JOIN survey_votes v ON v.transport = p.transport AND v.poll = r.poll_id AND v.account = p.chat AND v.sent_poll_id IS NULL
         WHERE q.survey_id = $1
         ORDER BY 5",
    ).bind(survey).fetch_all(c).await)?)
}

/// How a class's anonymous poll stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CountRow {
    /// Of which poll.
    pub sent_poll_id: SentPollId,
    /// In answer to which question.
    pub question_id: QuestionId,
    /// Votes by options, with commas.
    pub counts: String,
    /// How many voted.
    pub voters: i64,
}

/// The counts of an anonymous survey, by classes; a count may have come before the receipt of its poll too.
pub async fn counts(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<CountRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT p.id AS sent_poll_id, p.question_id, n.counts, n.voters
         FROM survey_questions q
         JOIN survey_polls p ON p.question_id = q.id
         JOIN survey_counts n ON n.sent_poll_id = p.id
         WHERE q.survey_id = $1
         UNION ALL
         SELECT p.id AS sent_poll_id, p.question_id, n.counts, n.voters
         FROM survey_questions q
         JOIN survey_polls p ON p.question_id = q.id
         JOIN outbox o ON o.key = 'poll:' || CAST(p.id AS TEXT)
         JOIN receipts r ON r.outbox_id = o.id
         JOIN survey_counts n ON n.transport = p.transport AND n.poll = r.poll_id AND n.sent_poll_id IS NULL
         WHERE q.survey_id = $1",
    ).bind(survey).fetch_all(c).await)?)
}

/// An answer in words; a second one takes the place of the first.
pub async fn answer(tx: &mut Tx, question: QuestionId, person: PersonId, text: &str) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO survey_answers (question_id, person_id, answer) VALUES ($1, $2, $3)
         ON CONFLICT (question_id, person_id) DO UPDATE SET answer = excluded.answer",
    ).bind(question).bind(person).bind(text).execute(c).await.map(drop))?;
    Ok(())
}

/// An answer in words, and whose.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    /// To which question.
    pub question_id: QuestionId,
    /// Whose.
    pub person_id: PersonId,
    /// Of which family.
    pub family_id: PersonId,
    /// What was written.
    pub answer: String,
}

/// The answers in words of a survey.
pub async fn answers(conn: &mut Conn, survey: SurveyId) -> anyhow::Result<Vec<AnswerRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.question_id, a.person_id, f.family_id, a.answer
         FROM survey_questions q
         JOIN survey_answers a ON a.question_id = q.id
         JOIN survey_people f ON f.survey_id = q.survey_id AND f.person_id = a.person_id
         WHERE q.survey_id = $1 ORDER BY a.id",
    ).bind(survey).fetch_all(c).await)?)
}

/// What a person answered to a question in words.
pub async fn own_answer(conn: &mut Conn, question: QuestionId, person: PersonId) -> anyhow::Result<Option<String>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT answer FROM survey_answers WHERE question_id = $1 AND person_id = $2")
        .bind(question).bind(person).fetch_optional(c).await)?,
    )
}

/// Whether a person is still of those who are asked: a pupil there, or a parent of one who has consented.
pub async fn belongs(
    conn: &mut Conn,
    person: PersonId,
    (parents, pupils): (bool, bool),
    (school, class, (from, to)): (SchoolId, ClassId, (i64, i64)),
) -> anyhow::Result<bool> {
    let found: Option<i64> = on!(conn, c => sqlx::query_scalar(
        "SELECT e.id FROM enrolments e JOIN classes c ON c.id = e.class_id
         WHERE e.ends IS NULL AND c.school_id = $4 AND ($5 = 0 OR c.id = $5) AND c.grade BETWEEN $6 AND $7
           AND (($3 AND e.pupil_id = $1)
                OR ($2 AND EXISTS (SELECT 1 FROM guardians g
                                   JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id
                                                   AND k.withdrawn_at IS NULL
                                   WHERE g.parent_id = $1 AND g.pupil_id = e.pupil_id)))
         LIMIT 1",
    ).bind(person).bind(parents).bind(pupils).bind(school).bind(class).bind(from).bind(to).fetch_optional(c).await)?;
    Ok(found.is_some())
}
