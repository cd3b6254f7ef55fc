//! SQL of threads: whose they are, their messages, and to whom one can write.

use chrono::{DateTime, Utc};

use super::{Contact, Heading, Listed, Message, Said, Thread, Tie};
use crate::access::talk::{ReadTalk, Talk, TalkScope};
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, LoadId, MessageId, PersonId, SchoolId, SubjectId, ThreadId};
use crate::messages::rules;
use crate::people::store::works;
use crate::people::{self, Person};
use crate::school::class_name;
use crate::words::names::FullName;

/// Who teaches, leads and oversees a child now, a row a subject.
pub async fn contacts(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Vec<Contact>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        tie: String,
        #[sqlx(flatten)]
        person: Person,
        subject_id: Option<SubjectId>,
        title: Option<String>,
    }
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT w.tie, p.id, p.school_id, p.surname, p.name, p.patronymic, w.subject_id, j.title
         FROM (SELECT 'tutor' AS tie, t.person_id, CAST(NULL AS BIGINT) AS subject_id
               FROM enrolments e JOIN class_tutors t ON t.class_id = e.class_id WHERE e.pupil_id = $1 AND e.ends IS NULL
               UNION SELECT 'teacher', l.teacher_id, l.subject_id
               FROM enrolments e JOIN loads l ON l.class_id = e.class_id
               WHERE e.pupil_id = $1 AND e.ends IS NULL
                 AND (l.group_id IS NULL
                      OR EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = l.group_id AND m.pupil_id = $1))
               UNION SELECT r.role, r.person_id, NULL
               FROM enrolments e JOIN classes c ON c.id = e.class_id JOIN people o ON o.school_id = c.school_id
               JOIN staff_roles r ON r.person_id = o.id
               WHERE e.pupil_id = $1 AND e.ends IS NULL
                 AND (r.role IN ('administrator', 'director')
                      OR r.role = 'head_of_stage' AND c.grade BETWEEN r.from_grade AND r.to_grade)) w
         JOIN people p ON p.id = w.person_id
         LEFT JOIN subjects j ON j.id = w.subject_id
         ORDER BY p.sort_key, p.id",
    ).bind(pupil).fetch_all(c).await)?;
    let mut found: Vec<Contact> = rows
        .into_iter()
        .map(|row| Contact {
            person: row.person,
            tie: match row.tie.as_str() {
                "tutor" => Tie::Tutor,
                "teacher" => Tie::Teacher,
                "director" => Tie::Director,
                "administrator" => Tie::Administrator,
                _ => Tie::Head,
            },
            subject: row.subject_id.zip(row.title),
        })
        .collect();
    let subject = |it: &Contact| {
        it.subject
            .as_ref()
            .map(|(_, title)| crate::words::sort_key(title, "", ""))
    };
    found.sort_by_cached_key(|it| (it.tie, subject(it)));
    Ok(found)
}

/// Between whom a talk about a child is, or one of colleagues; nothing for a child who isn't there.
pub async fn scope(
    conn: &mut Conn,
    school: SchoolId,
    pupil: Option<PersonId>,
    with: PersonId,
) -> anyhow::Result<Option<TalkScope>> {
    let closed = rules::store::closed(conn, school).await?;
    let Some(pupil) = pupil else {
        let works: Option<PersonId> = on!(conn, c => sqlx::query_scalar(concat!(
            "SELECT p.id FROM people p WHERE p.id = $1 AND p.school_id = $2 AND ", works!("p.id")
        )).bind(with).bind(school).fetch_optional(c).await)?;
        return Ok(Some(TalkScope::Staff {
            school,
            colleague: works,
            closed,
        }));
    };
    let Some(found) = people::store::pupil_scope(conn, pupil).await? else {
        return Ok(None);
    };
    let contacts = contacts(conn, pupil).await?;
    Ok(Some(TalkScope::About {
        school: found.school,
        pupil,
        guardians: found.guardians,
        staff: contacts.into_iter().map(|it| (it.person.id, it.tie)).collect(),
        closed,
    }))
}

/// A thread.
pub async fn thread(conn: &mut Conn, id: ThreadId) -> anyhow::Result<Option<Thread>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, school_id, opener_id, other_id, pupil_id, subject_id, closed_at FROM threads WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?)
}

/// The thread of two about a child and a subject; the newest, should there be several.
pub async fn between(
    conn: &mut Conn,
    talk: Talk,
    (pupil, subject): (Option<PersonId>, Option<SubjectId>),
) -> anyhow::Result<Option<ThreadId>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT id FROM threads
         WHERE (opener_id = $1 AND other_id = $2 OR opener_id = $2 AND other_id = $1)
           AND COALESCE(pupil_id, 0) = COALESCE($3, 0) AND COALESCE(subject_id, 0) = COALESCE($4, 0)
         ORDER BY id DESC LIMIT 1",
    ).bind(talk.by()).bind(talk.with()).bind(pupil).bind(subject).fetch_optional(c).await)?)
}

/// A new thread.
pub async fn add(
    tx: &mut Tx,
    talk: Talk,
    (pupil, subject): (Option<PersonId>, Option<SubjectId>),
    now: DateTime<Utc>,
) -> anyhow::Result<ThreadId> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO threads (school_id, opener_id, other_id, pupil_id, subject_id, opened_at, last_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id",
    ).bind(talk.school()).bind(talk.by()).bind(talk.with()).bind(pupil).bind(subject).bind(now).fetch_one(c).await)?)
}

/// A new message; it opens a closed topic again.
pub async fn say(
    tx: &mut Tx,
    talk: Talk,
    thread: ThreadId,
    said: Said<'_>,
    (now, due): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<MessageId> {
    on!(tx, c => sqlx::query("UPDATE threads SET last_at = $2, closed_at = NULL WHERE id = $1")
        .bind(thread).bind(now).execute(c).await.map(drop))?;
    let file = said.file.map(serde_json::to_string).transpose()?;
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO messages (thread_id, author_id, words, file, at, due_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    ).bind(thread).bind(talk.by()).bind(said.words).bind(&file).bind(now).bind(due).fetch_one(c).await)?)
}

/// A message.
pub async fn message(conn: &mut Conn, id: MessageId) -> anyhow::Result<Option<Message>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, thread_id, author_id, words, file, at, due_at, read_at, recalled_at, stopped_at FROM messages WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?)
}

/// A page of a thread's messages, the newest first, and one more: what waits for office hours only its author sees.
pub async fn messages(
    conn: &mut Conn,
    proof: ReadTalk,
    thread: ThreadId,
    (skip, take): (i64, i64),
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Message>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, thread_id, author_id, words, file, at, due_at, read_at, recalled_at, stopped_at FROM messages
         WHERE thread_id = $1 AND (author_id = $2 OR due_at <= $3 AND recalled_at IS NULL AND stopped_at IS NULL)
         ORDER BY id DESC LIMIT $5 OFFSET $4",
    ).bind(thread).bind(proof.me()).bind(now).bind(skip).bind(take).fetch_all(c).await)?)
}

/// What somebody wrote in a thread is read by the other.
pub async fn read(tx: &mut Tx, proof: ReadTalk, thread: ThreadId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "UPDATE messages SET read_at = $3 WHERE thread_id = $1 AND author_id = $2 AND read_at IS NULL AND due_at <= $3
           AND stopped_at IS NULL",
    ).bind(thread).bind(proof.other()).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// The topic of a thread is closed.
pub async fn close(tx: &mut Tx, _: ReadTalk, thread: ThreadId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE threads SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(thread).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// A message of one's own is taken back; `false` when it was before.
pub async fn take_back(tx: &mut Tx, proof: ReadTalk, id: MessageId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let rows = on!(tx, c => sqlx::query(
        "UPDATE messages SET recalled_at = $3 WHERE id = $1 AND author_id = $2 AND recalled_at IS NULL",
    ).bind(id).bind(proof.me()).bind(now).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows == 1)
}

/// A message doesn't leave: the right to say it went while it waited.
pub async fn stop(tx: &mut Tx, id: MessageId, now: DateTime<Utc>) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE messages SET stopped_at = $2 WHERE id = $1")
        .bind(id).bind(now).execute(c).await.map(drop))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: ThreadId,
    with_id: PersonId,
    surname: String,
    name: String,
    patronymic: String,
    pupil_id: Option<PersonId>,
    pupil_surname: Option<String>,
    pupil_name: Option<String>,
    pupil_patronymic: Option<String>,
    title: Option<String>,
    unread: i64,
    closed: bool,
}

impl From<ListedRow> for Listed {
    fn from(row: ListedRow) -> Self {
        let pupil = row.pupil_id.map(|id| {
            let name = FullName {
                surname: row.pupil_surname.unwrap_or_default(),
                name: row.pupil_name.unwrap_or_default(),
                patronymic: row.pupil_patronymic.unwrap_or_default(),
            };
            (id, name)
        });
        Self {
            id: row.id,
            heading: Heading {
                with: row.with_id,
                name: FullName {
                    surname: row.surname,
                    name: row.name,
                    patronymic: row.patronymic,
                },
                pupil,
                class: None,
                subject: row.title,
                school: None,
            },
            unread: row.unread,
            closed: row.closed,
        }
    }
}

/// Whether `$1` may read a thread of theirs: one about a child only while the child is theirs, or they work there.
macro_rules! visible {
    () => {
        concat!(
            "(t.opener_id = $1 OR t.other_id = $1)
             AND (t.pupil_id IS NULL OR t.pupil_id = $1
                  OR EXISTS (SELECT 1 FROM guardians g
                             JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
                             WHERE g.parent_id = $1 AND g.pupil_id = t.pupil_id)
                  OR ",
            works!("$1"),
            ") "
        )
    };
}

/// Threads as one side of them, `$1`, sees them at the moment `$2`.
macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, p.id AS with_id, p.surname, p.name, p.patronymic, t.pupil_id,
                    b.surname AS pupil_surname, b.name AS pupil_name, b.patronymic AS pupil_patronymic, j.title,
                    (SELECT COUNT(*) FROM messages m WHERE m.thread_id = t.id AND m.author_id <> $1 AND m.read_at IS NULL
                        AND m.due_at <= $2 AND m.recalled_at IS NULL AND m.stopped_at IS NULL) AS unread,
                    t.closed_at IS NOT NULL AS closed
             FROM threads t
             JOIN people p ON p.id = CASE WHEN t.opener_id = $1 THEN t.other_id ELSE t.opener_id END
             LEFT JOIN people b ON b.id = t.pupil_id
             LEFT JOIN subjects j ON j.id = t.subject_id
             WHERE ",
            visible!(),
            $rest
        )
    };
}

/// A page of somebody's threads and one more: unread first, then the newest.
pub async fn list(
    conn: &mut Conn,
    person: PersonId,
    now: DateTime<Utc>,
    (skip, take): (i64, i64),
) -> anyhow::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = on!(conn, c => sqlx::query_as(listed!(
        "ORDER BY CASE WHEN EXISTS (SELECT 1 FROM messages m WHERE m.thread_id = t.id AND m.author_id <> $1
                       AND m.read_at IS NULL AND m.due_at <= $2 AND m.recalled_at IS NULL AND m.stopped_at IS NULL) THEN 0 ELSE 1 END,
                  t.last_at DESC, t.id DESC LIMIT $4 OFFSET $3"
    )).bind(person).bind(now).bind(skip).bind(take).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Listed::from).collect())
}

/// Open threads whose last message is the other's and waits for an answer, the newest first.
pub async fn unanswered(conn: &mut Conn, person: PersonId, now: DateTime<Utc>, n: i64) -> anyhow::Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = on!(conn, c => sqlx::query_as(listed!(
        "AND t.closed_at IS NULL
         AND (SELECT m.author_id FROM messages m WHERE m.thread_id = t.id AND m.due_at <= $2 AND m.recalled_at IS NULL AND m.stopped_at IS NULL
              ORDER BY m.id DESC LIMIT 1) <> $1
         ORDER BY t.last_at DESC, t.id DESC LIMIT $3"
    )).bind(person).bind(now).bind(n).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Listed::from).collect())
}

/// How many messages somebody hasn't read.
pub async fn unread(conn: &mut Conn, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<i64> {
    Ok(on!(conn, c => sqlx::query_scalar(concat!(
        "SELECT COUNT(*) FROM threads t JOIN messages m ON m.thread_id = t.id
         WHERE m.author_id <> $1 AND m.read_at IS NULL AND m.due_at <= $2 AND m.recalled_at IS NULL AND m.stopped_at IS NULL AND ",
        visible!()
    )).bind(person).bind(now).fetch_one(c).await)?)
}

/// Whose a load is, and of which subject.
pub async fn load(conn: &mut Conn, id: LoadId) -> anyhow::Result<Option<(PersonId, SubjectId)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT teacher_id, subject_id FROM loads WHERE id = $1",
    ).bind(id).fetch_optional(c).await)?)
}

/// Classes whose families somebody writes to: taught, led, or between the grades of a duty.
pub async fn classes(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<(ClassId, String)>> {
    let rows: Vec<(ClassId, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT c.id, c.grade, c.letter FROM people p JOIN classes c ON c.school_id = p.school_id
         WHERE p.id = $1 AND c.year_id = (SELECT MAX(y.id) FROM school_years y WHERE y.school_id = p.school_id)
           AND (EXISTS (SELECT 1 FROM loads l WHERE l.class_id = c.id AND l.teacher_id = $1)
                OR EXISTS (SELECT 1 FROM class_tutors t WHERE t.class_id = c.id AND t.person_id = $1)
                OR EXISTS (SELECT 1 FROM staff_roles r WHERE r.person_id = $1
                           AND (r.role IN ('administrator', 'director')
                                OR r.role = 'head_of_stage' AND c.grade BETWEEN r.from_grade AND r.to_grade)))
         ORDER BY c.grade, c.letter",
    ).bind(person).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, grade, letter)| (id, class_name(grade, &letter)))
        .collect())
}

/// Colleagues of somebody, by name.
pub async fn colleagues(conn: &mut Conn, person: PersonId) -> anyhow::Result<Vec<Person>> {
    Ok(on!(conn, c => sqlx::query_as(concat!(
        "SELECT p.id, p.school_id, p.surname, p.name, p.patronymic FROM people me JOIN people p ON p.school_id = me.school_id
         WHERE me.id = $1 AND p.id <> $1 AND ", works!("p.id"), " ORDER BY p.sort_key, p.id",
    )).bind(person).fetch_all(c).await)?)
}
