//! SQL of digests: whose turn it is, and what a class has, read once for all of its families.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Next, Written};
use crate::db::{Conn, Tx, gathered, on};
use crate::ids::{ClassId, GroupId, LessonId, LoadId, PersonId, SchoolId};
use crate::lessons::cell::{Cell, Mark, Sign, Value};
use crate::lessons::{Homework, Kind};
use crate::notices::Facts;
use crate::notices::hear::SETTLE;
use crate::words::dates;

/// The schools, and where their clocks stand.
pub async fn schools(conn: &mut Conn) -> anyhow::Result<Vec<(SchoolId, Tz)>> {
    let rows: Vec<(SchoolId, String)> =
        on!(conn, c => sqlx::query_as("SELECT id, time_zone FROM schools ORDER BY id").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, zone)| (id, dates::zone(&zone))).collect())
}

/// The evening whose digests a school has begun.
pub async fn begun(conn: &mut Conn, school: SchoolId) -> anyhow::Result<Option<NaiveDate>> {
    let found: Option<Option<NaiveDate>> = on!(conn, c => sqlx::query_scalar("SELECT digest_on FROM schools WHERE id = $1")
        .bind(school).fetch_optional(c).await)?;
    Ok(found.flatten())
}

/// Digests of an evening are begun.
pub async fn begin(tx: &mut Tx, school: SchoolId, evening: NaiveDate) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET digest_on = $2 WHERE id = $1")
        .bind(school).bind(evening).execute(c).await.map(drop))?;
    Ok(())
}

/// Takes the next readers of whom nobody has thought this evening, class by class; says how many they are. Whoever is
/// taken is thought of once, whatever becomes of their wishes.
pub async fn take(tx: &mut Tx, school: SchoolId, evening: NaiveDate, at_once: i64) -> anyhow::Result<u64> {
    let rows = on!(tx, c => sqlx::query(
        "INSERT INTO digests (person_id, date, open)
         SELECT r.person_id, $2, TRUE
         FROM (SELECT e.class_id, g.parent_id AS person_id
               FROM school_years y JOIN classes c ON c.year_id = y.id
               JOIN enrolments e ON e.class_id = c.id AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)
               JOIN guardians g ON g.pupil_id = e.pupil_id
               JOIN consents k ON k.parent_id = g.parent_id AND k.pupil_id = g.pupil_id AND k.withdrawn_at IS NULL
               WHERE y.school_id = $1 AND $2 BETWEEN y.starts AND y.ends
               UNION ALL
               SELECT e.class_id, e.pupil_id
               FROM school_years y JOIN classes c ON c.year_id = y.id
               JOIN enrolments e ON e.class_id = c.id AND e.starts <= $2 AND (e.ends IS NULL OR e.ends >= $2)
               WHERE y.school_id = $1 AND $2 BETWEEN y.starts AND y.ends) r
         WHERE NOT EXISTS (SELECT 1 FROM digests d WHERE d.person_id = r.person_id AND d.date = $2)
           AND EXISTS (SELECT 1 FROM accounts a
                       JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account AND ch.closed_at IS NULL
                       WHERE a.person_id = r.person_id)
         GROUP BY r.person_id ORDER BY MIN(r.class_id), r.person_id LIMIT $3",
    ).bind(school).bind(evening).bind(at_once).execute(c).await.map(|it| it.rows_affected()))?;
    Ok(rows)
}

/// They have been thought of.
pub async fn close(tx: &mut Tx, evening: NaiveDate) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query("UPDATE digests SET open = FALSE WHERE date = $1 AND open")
        .bind(evening).execute(c).await.map(drop))?;
    Ok(())
}

/// Evenings long gone are forgotten.
pub async fn forget(tx: &mut Tx, school: SchoolId, before: NaiveDate) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "DELETE FROM digests WHERE date < $2 AND person_id IN (SELECT id FROM people WHERE school_id = $1)",
    ).bind(school).bind(before).execute(c).await.map(drop))?;
    Ok(())
}

/// A reader's chat and a child of theirs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reader {
    /// Who reads.
    pub person_id: PersonId,
    /// Of whom.
    pub pupil_id: PersonId,
    /// The child's name.
    pub name: String,
    /// The child's class this evening.
    pub class_id: ClassId,
    /// Its grade.
    pub grade: i64,
    /// Its letter.
    pub letter: String,
    /// By which messenger.
    pub transport: String,
    /// To which account.
    pub account: i64,
    /// In which language.
    pub locale: String,
    /// Since when.
    pub connected_at: DateTime<Utc>,
}

/// Those who were taken, with their children and open chats: a row for each pair of them.
pub async fn readers(conn: &mut Conn, evening: NaiveDate) -> anyhow::Result<Vec<Reader>> {
    Ok(on!(conn, c => sqlx::query_as(
        "WITH ties AS (SELECT d.person_id, g.pupil_id FROM digests d
                       JOIN guardians g ON g.parent_id = d.person_id
                       JOIN consents s ON s.parent_id = g.parent_id AND s.pupil_id = g.pupil_id AND s.withdrawn_at IS NULL
                       WHERE d.date = $1 AND d.open
                       UNION ALL SELECT person_id, person_id FROM digests WHERE date = $1 AND open)
         SELECT t.person_id, p.id AS pupil_id, p.name, k.id AS class_id, k.grade, k.letter,
                a.transport, a.account, ch.locale, a.connected_at
         FROM ties t
         JOIN people p ON p.id = t.pupil_id
         JOIN enrolments e ON e.pupil_id = p.id AND e.starts <= $1 AND (e.ends IS NULL OR e.ends >= $1)
         JOIN classes k ON k.id = e.class_id
         JOIN accounts a ON a.person_id = t.person_id
         JOIN chats ch ON ch.transport = a.transport AND ch.account = a.account AND ch.closed_at IS NULL
         ORDER BY t.person_id, p.sort_key, p.id, a.transport, a.account, k.id",
    ).bind(evening).fetch_all(c).await)?)
}

#[derive(sqlx::FromRow)]
struct WrittenRow {
    id: LessonId,
    load_id: LoadId,
    date: NaiveDate,
    number: i64,
    title: String,
    topic: Option<String>,
    homework: Option<String>,
    homework_none: bool,
    homework_due: Option<NaiveDate>,
    attendance_taken: bool,
    bell_ends_at: DateTime<Utc>,
    marks: Option<String>,
    signs: Option<String>,
}

/// The lessons of a class this evening, and those since a day that were touched since a moment; oldest first.
pub async fn written(
    conn: &mut Conn,
    class: ClassId,
    (from, evening): (NaiveDate, NaiveDate),
    touched: DateTime<Utc>,
) -> anyhow::Result<Vec<Written>> {
    let rows: Vec<WrittenRow> = on!(conn, c => sqlx::query_as(
        "SELECT l.id, l.load_id, l.date, l.number, j.title, l.topic, l.homework, l.homework_none, l.homework_due,
                l.attendance_taken, l.bell_ends_at,
                (SELECT string_agg(CAST(m.pupil_id AS TEXT) || ' ' || m.value || ' ' || m.kind || ' ' || CAST(m.weight AS TEXT), ','
                                   ORDER BY m.pupil_id, m.position) FROM marks m WHERE m.lesson_id = l.id) AS marks,
                (SELECT string_agg(CAST(a.pupil_id AS TEXT) || ' ' || a.sign, ',')
                 FROM attendance a WHERE a.lesson_id = l.id) AS signs
         FROM loads o JOIN subjects j ON j.id = o.subject_id
         JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         WHERE o.class_id = $1 AND (l.date = $3 OR l.last_press_at >= $4)
         ORDER BY l.date, l.number, l.id",
    ).bind(class).bind(from).bind(evening).bind(touched).fetch_all(c).await)?;
    rows.into_iter().map(read).collect()
}

fn read(row: WrittenRow) -> anyhow::Result<Written> {
    let mut cells: BTreeMap<PersonId, Cell> = BTreeMap::new();
    for one in gathered::rows(row.marks.as_deref(), ',') {
        let [pupil, value, kind, weight] = gathered::fields(one, ' ')?;
        if let Some(value) = Value::of(value) {
            cells.entry(PersonId(pupil.parse()?)).or_default().marks.push(Mark {
                value,
                kind: Kind::of(kind),
                weight: weight.parse()?,
            });
        }
    }
    for one in gathered::rows(row.signs.as_deref(), ',') {
        let [pupil, sign] = gathered::fields(one, ' ')?;
        cells.entry(PersonId(pupil.parse()?)).or_default().sign = Sign::of(sign);
    }
    Ok(Written {
        id: row.id,
        load: row.load_id,
        date: row.date,
        number: row.number,
        subject: row.title,
        topic: row.topic,
        homework: homework(row.homework, row.homework_none),
        due: row.homework_due,
        attendance_taken: row.attendance_taken,
        bell_ends_at: row.bell_ends_at,
        cells,
    })
}

fn homework(text: Option<String>, none: bool) -> Homework {
    match (text, none) {
        (Some(text), _) => Homework::Text(text),
        (None, true) => Homework::NotSet,
        (None, false) => Homework::Missing,
    }
}

/// What is to be done for each load of a class on a day, the last that was set last. It isn't older than a holiday and
/// a while.
pub async fn tasks(conn: &mut Conn, class: ClassId, next: &Next) -> anyhow::Result<Vec<(LoadId, Homework, bool)>> {
    const LONGEST: chrono::Days = chrono::Days::new(60);
    let oldest = next.date.checked_sub_days(LONGEST).unwrap_or(next.date);
    let rows: Vec<(LoadId, Option<String>, bool, bool)> = on!(conn, c => sqlx::query_as(
        "SELECT l.load_id, l.homework, l.homework_none,
                EXISTS (SELECT 1 FROM homework_files f WHERE f.lesson_id = l.id AND f.removed_at IS NULL)
         FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $3 AND $2
         WHERE o.class_id = $1 AND l.homework_due = $2 ORDER BY l.date, l.number",
    ).bind(class).bind(next.date).bind(oldest).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(load, text, none, has_files)| (load, homework(text, none), has_files))
        .collect())
}

/// Who is in which group of a class.
pub async fn groups(conn: &mut Conn, class: ClassId) -> anyhow::Result<HashSet<(GroupId, PersonId)>> {
    let rows: Vec<(GroupId, PersonId)> = on!(conn, c => sqlx::query_as(
        "SELECT m.group_id, m.pupil_id FROM study_groups g JOIN group_members m ON m.group_id = g.id WHERE g.class_id = $1",
    ).bind(class).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

/// Lessons of a class whose news hasn't settled.
pub async fn unsettled(conn: &mut Conn, class: ClassId) -> anyhow::Result<HashSet<LessonId>> {
    let rows: Vec<LessonId> = on!(conn, c => sqlx::query_scalar(
        "SELECT l.id FROM jobs w JOIN lessons l ON l.id = w.subject JOIN loads o ON o.id = l.load_id
         WHERE w.kind = $2 AND o.class_id = $1",
    ).bind(class).bind(SETTLE).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

/// Who of a class's families wrote these lessons.
pub async fn authors(
    conn: &mut Conn,
    class: ClassId,
    (from, evening): (NaiveDate, NaiveDate),
    touched: DateTime<Utc>,
) -> anyhow::Result<HashSet<(LessonId, PersonId)>> {
    let rows: Vec<(LessonId, PersonId)> = on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT h.lesson_id, h.person_id FROM loads o
         JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         JOIN lesson_history h ON h.lesson_id = l.id
         WHERE o.class_id = $1 AND (l.date = $3 OR l.last_press_at >= $4)
           AND h.person_id IN (SELECT g.parent_id FROM enrolments e JOIN guardians g ON g.pupil_id = e.pupil_id
                               WHERE e.class_id = $1)",
    ).bind(class).bind(from).bind(evening).bind(touched).fetch_all(c).await)?;
    Ok(rows.into_iter().collect())
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    parent_id: PersonId,
    pupil_id: PersonId,
    lesson_id: LessonId,
    facts: String,
    told_times: i64,
}

/// What those who were taken know of these lessons.
pub async fn told(
    conn: &mut Conn,
    class: ClassId,
    (from, evening): (NaiveDate, NaiveDate),
    touched: DateTime<Utc>,
) -> anyhow::Result<HashMap<(PersonId, PersonId, LessonId), (Facts, i64)>> {
    let rows: Vec<ToldRow> = on!(conn, c => sqlx::query_as(
        "SELECT t.parent_id, t.pupil_id, t.lesson_id, t.facts, t.told_times
         FROM loads o JOIN lessons l ON l.load_id = o.id AND l.date BETWEEN $2 AND $3
         JOIN told t ON t.lesson_id = l.id
         JOIN digests d ON d.person_id = t.parent_id AND d.date = $3 AND d.open
         WHERE o.class_id = $1 AND (l.date = $3 OR l.last_press_at >= $4)",
    ).bind(class).bind(from).bind(evening).bind(touched).fetch_all(c).await)?;
    rows.into_iter()
        .map(|row| {
            let key = (row.parent_id, row.pupil_id, row.lesson_id);
            Ok((key, (serde_json::from_str(&row.facts)?, row.told_times)))
        })
        .collect()
}
