//! SQL of absences: what is known of days, what is asked, and what the journal has missed.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Absence, Days, Draft, Inquiry, Missed, Reason, Told};
use crate::access::{KeepAbsences, TellAbsence};
use crate::db::{Conn, Tx, on};
use crate::ids::{AbsenceId, ClassId, InquiryId, LessonId, PersonId};

macro_rules! absences {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.pupil_id, a.starts, a.ends, a.reason, a.words, a.note, a.by_id, a.at, a.by_family,
                    a.accepted_at, a.withdrawn_at
             FROM absences a WHERE ",
            $rest
        )
    };
}

macro_rules! inquiries {
    ($rest:literal) => {
        concat!(
            "SELECT q.id, q.pupil_id, q.starts, q.ends, q.lesson_id, q.unknown_at, q.absence_id, q.closed_at
             FROM absence_inquiries q WHERE ",
            $rest
        )
    };
}

/// An absence.
pub async fn absence(conn: &mut Conn, id: AbsenceId) -> anyhow::Result<Option<Absence>> {
    Ok(on!(conn, c => sqlx::query_as(absences!("a.id = $1")).bind(id).fetch_optional(c).await)?)
}

/// What is known of a pupil on a day: the newest word.
pub async fn on_day(conn: &mut Conn, pupil: PersonId, day: NaiveDate) -> anyhow::Result<Option<Absence>> {
    Ok(on!(conn, c => sqlx::query_as(absences!(
        "a.pupil_id = $1 AND a.starts <= $2 AND a.ends >= $2 AND a.withdrawn_at IS NULL ORDER BY a.id DESC LIMIT 1"
    )).bind(pupil).bind(day).fetch_optional(c).await)?)
}

/// What is known of days that begin or end within others, the oldest first.
pub async fn between(conn: &mut Conn, days: Days) -> anyhow::Result<Vec<Absence>> {
    Ok(on!(conn, c => sqlx::query_as(absences!(
        "a.pupil_id = $1 AND a.starts <= $3 AND a.ends >= $2 AND a.withdrawn_at IS NULL ORDER BY a.starts, a.id"
    )).bind(days.pupil).bind(days.from).bind(days.to).fetch_all(c).await)?)
}

/// What is known of the pupils of a class on some days, the newest last.
pub async fn of_class(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Absence>> {
    Ok(on!(conn, c => sqlx::query_as(absences!(
        "a.pupil_id IN (SELECT e.pupil_id FROM enrolments e WHERE e.class_id = $1)
         AND a.ends >= $2 AND a.starts <= $3 AND a.withdrawn_at IS NULL ORDER BY a.id"
    )).bind(class).bind(from).bind(to).fetch_all(c).await)?)
}

/// What was told of a pupil, taken back or not, the newest first.
pub async fn of_pupil(conn: &mut Conn, pupil: PersonId, take: i64) -> anyhow::Result<Vec<Absence>> {
    Ok(
        on!(conn, c => sqlx::query_as(absences!("a.pupil_id = $1 ORDER BY a.starts DESC, a.id DESC LIMIT $2"))
        .bind(pupil).bind(take).fetch_all(c).await)?,
    )
}

/// Whose word it is, and what it says.
struct New<'n> {
    by: PersonId,
    told: Told,
    words: &'n str,
    note: Option<String>,
    by_family: bool,
}

async fn add(tx: &mut Tx, new: New<'_>, now: DateTime<Utc>) -> anyhow::Result<AbsenceId> {
    let days = new.told.days;
    // What the tutor notes needs nobody's acceptance.
    let accepted = (!new.by_family).then_some((new.by, now));
    let id: AbsenceId = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO absences (pupil_id, starts, ends, reason, words, note, by_id, at, by_family, accepted_by, accepted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
    )
    .bind(days.pupil).bind(days.from).bind(days.to).bind(new.told.reason.code()).bind(new.words).bind(new.note)
    .bind(new.by).bind(now).bind(new.by_family).bind(accepted.map(|it| it.0)).bind(accepted.map(|it| it.1))
    .fetch_one(c).await)?;
    let later = format!("{} {} {}", days.from, days.to, new.told.reason.code());
    keep(tx, id, new.by, ("told", "", &later), now).await?;
    Ok(id)
}

/// A family tells of an absence.
pub async fn tell(tx: &mut Tx, proof: TellAbsence, draft: &Draft, now: DateTime<Utc>) -> anyhow::Result<AbsenceId> {
    let new = New {
        by: proof.by(),
        told: draft.told,
        words: &draft.words,
        note: draft.note.as_ref().map(serde_json::to_string).transpose()?,
        by_family: true,
    };
    add(tx, new, now).await
}

/// The tutor notes a reason.
pub async fn explain(tx: &mut Tx, proof: KeepAbsences, told: Told, now: DateTime<Utc>) -> anyhow::Result<AbsenceId> {
    let new = New {
        by: proof.by(),
        told,
        words: "",
        note: None,
        by_family: false,
    };
    add(tx, new, now).await
}

/// A line of the history.
async fn keep(
    tx: &mut Tx,
    id: AbsenceId,
    by: PersonId,
    (what, former, later): (&str, &str, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO absence_history (absence_id, at, person_id, what, former, later) VALUES ($1, $2, $3, $4, $5, $6)",
    ).bind(id).bind(now).bind(by).bind(what).bind(former).bind(later).execute(c).await.map(drop))?;
    Ok(())
}

/// How many lines its history has: letters that change are told apart by it.
pub async fn n_changes(conn: &mut Conn, id: AbsenceId) -> anyhow::Result<i64> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM absence_history WHERE absence_id = $1")
        .bind(id).fetch_one(c).await)?,
    )
}

/// Its last day is another one.
pub async fn set_end(
    tx: &mut Tx,
    proof: TellAbsence,
    absence: &Absence,
    last: NaiveDate,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE absences SET ends = $2 WHERE id = $1")
        .bind(absence.id).bind(last).execute(c).await.map(drop))?;
    let change = ("ends", &*absence.ends.to_string(), &*last.to_string());
    keep(tx, absence.id, proof.by(), change, now).await
}

/// It is taken back; `false` when it was before.
pub async fn withdraw(tx: &mut Tx, proof: TellAbsence, id: AbsenceId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE absences SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL",
    ).bind(id).bind(now).bind(proof.by()).execute(c).await.map(|it| it.rows_affected()))?;
    if rows == 1 {
        keep(tx, id, proof.by(), ("withdrawn", "", "withdrawn"), now).await?;
    }
    Ok(rows == 1)
}

/// The tutor accepts it; `false` when it was accepted or taken back before.
pub async fn accept(tx: &mut Tx, proof: KeepAbsences, id: AbsenceId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE absences SET accepted_at = $2, accepted_by = $3
         WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
    ).bind(id).bind(now).bind(proof.by()).execute(c).await.map(|it| it.rows_affected()))?;
    if rows == 1 {
        keep(tx, id, proof.by(), ("accepted", "", "accepted"), now).await?;
    }
    Ok(rows == 1)
}

/// A question to a family.
pub async fn inquiry(conn: &mut Conn, id: InquiryId) -> anyhow::Result<Option<Inquiry>> {
    Ok(on!(conn, c => sqlx::query_as(inquiries!("q.id = $1")).bind(id).fetch_optional(c).await)?)
}

/// The question that an alarm of a lesson asked about a pupil, answered or not.
pub async fn of_lesson(conn: &mut Conn, lesson: LessonId, pupil: PersonId) -> anyhow::Result<Option<Inquiry>> {
    Ok(on!(conn, c => sqlx::query_as(inquiries!(
        "q.lesson_id = $1 AND q.pupil_id = $2 ORDER BY q.id DESC LIMIT 1"
    )).bind(lesson).bind(pupil).fetch_optional(c).await)?)
}

/// Questions about a pupil on some days that wait for an answer.
pub async fn open_inquiries(conn: &mut Conn, days: Days) -> anyhow::Result<Vec<Inquiry>> {
    Ok(on!(conn, c => sqlx::query_as(inquiries!(
        "q.pupil_id = $1 AND q.starts <= $3 AND q.ends >= $2 AND q.closed_at IS NULL ORDER BY q.id"
    )).bind(days.pupil).bind(days.from).bind(days.to).fetch_all(c).await)?)
}

/// A family is asked about some days: by the alarm of a lesson, or by the tutor.
pub async fn ask(
    tx: &mut Tx,
    days: Days,
    (lesson, by): (Option<LessonId>, Option<PersonId>),
    now: DateTime<Utc>,
) -> anyhow::Result<InquiryId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO absence_inquiries (pupil_id, starts, ends, lesson_id, asked_by, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    ).bind(days.pupil).bind(days.from).bind(days.to).bind(lesson).bind(by).bind(now).fetch_one(c).await)?)
}

/// When days of a pupil were asked about last and no answer came.
pub async fn asked_at(conn: &mut Conn, days: Days) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT MAX(asked_at) FROM absence_inquiries
         WHERE pupil_id = $1 AND starts <= $3 AND ends >= $2 AND closed_at IS NULL",
    ).bind(days.pupil).bind(days.from).bind(days.to).fetch_one(c).await)?)
}

/// Nobody of the family knows; `false` when that was said before.
pub async fn unknown(tx: &mut Tx, proof: TellAbsence, id: InquiryId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE absence_inquiries SET unknown_at = $2, unknown_by = $3
         WHERE id = $1 AND unknown_at IS NULL AND closed_at IS NULL",
    ).bind(id).bind(now).bind(proof.by()).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// Nothing is asked any more: by an answer, or because the pupil is there.
pub async fn close(tx: &mut Tx, id: InquiryId, answer: Option<AbsenceId>, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE absence_inquiries SET closed_at = $2, absence_id = $3 WHERE id = $1 AND closed_at IS NULL",
    ).bind(id).bind(now).bind(answer).execute(c).await.map(drop))?;
    Ok(())
}

/// A letter with a question.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Asked {
    /// Its key in the outbox.
    pub key: String,
    /// Whom it asks.
    #[sqlx(rename = "parent_id")]
    pub parent: PersonId,
    /// By which messenger.
    pub transport: String,
    /// In whose chat.
    pub account: i64,
}

/// The question stands there.
pub async fn keep_letter(tx: &mut Tx, id: InquiryId, letter: &Asked) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO absence_letters (key, inquiry_id, parent_id, transport, account) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (key) DO NOTHING",
    ).bind(&letter.key).bind(id).bind(letter.parent).bind(&letter.transport).bind(letter.account)
    .execute(c).await.map(drop))?;
    Ok(())
}

/// Where a question stands.
pub async fn letters(conn: &mut Conn, id: InquiryId) -> anyhow::Result<Vec<Asked>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT key, parent_id, transport, account FROM absence_letters WHERE inquiry_id = $1 ORDER BY key",
    ).bind(id).fetch_all(c).await)?)
}

/// Whether a letter, by its key, is a question.
pub async fn is_question(conn: &mut Conn, key: &str) -> anyhow::Result<bool> {
    let found: Option<InquiryId> = on!(conn, c => sqlx::query_scalar(
        "SELECT inquiry_id FROM absence_letters WHERE key = $1",
    ).bind(key).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// Pupils of a lesson whom an alarm looks for, and who are there now.
pub async fn found(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Vec<PersonId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT q.pupil_id FROM absence_inquiries q
         LEFT JOIN attendance a ON a.lesson_id = q.lesson_id AND a.pupil_id = q.pupil_id
         WHERE q.lesson_id = $1 AND q.found_at IS NULL AND (a.sign IS NULL OR a.sign = 'late')",
    ).bind(lesson).fetch_all(c).await)?)
}

/// The pupil is there: the alarm is over, whatever was answered.
pub async fn set_found(tx: &mut Tx, id: InquiryId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE absence_inquiries SET found_at = $2, closed_at = COALESCE(closed_at, $2) WHERE id = $1",
    ).bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Lessons that pupils of a class missed, in order.
pub async fn missed(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Missed>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.pupil_id, l.date, l.number, a.sign
         FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         JOIN attendance a ON a.lesson_id = l.id AND a.sign <> 'late'
         WHERE o.class_id = $1 ORDER BY l.date, l.number, a.pupil_id",
    ).bind(class).bind(from).bind(to).fetch_all(c).await)?)
}

/// Days on which a register of the class was taken, in order.
pub async fn register_days(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<NaiveDate>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT l.date FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         WHERE o.class_id = $1 AND l.attendance_taken ORDER BY l.date",
    ).bind(class).bind(from).bind(to).fetch_all(c).await)?)
}

/// What is known of each pupil of a class on a day, for its lessons: the reason, and whether the family says so. The newest
/// word of a pupil is the last.
pub async fn reasons(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Vec<(PersonId, Reason, bool)>> {
    let known = of_class(conn, class, (day, day)).await?;
    Ok(known
        .into_iter()
        .map(|it| (it.pupil, it.reason, it.by_family))
        .collect())
}
