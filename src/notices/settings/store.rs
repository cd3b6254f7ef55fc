//! SQL of what people wish to hear, and when.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

use super::{Habits, Kind, Moment, Quiet, Wishes};
use crate::access::ChooseNotices;
use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, LessonId, PersonId};

#[derive(sqlx::FromRow)]
struct WishRow {
    person_id: PersonId,
    pupil_id: PersonId,
    kind: String,
    moment: String,
    since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct HabitRow {
    person_id: PersonId,
    quiet_from: i64,
    quiet_until: i64,
    discreet: bool,
}

/// The wishes and habits of many, read by a few statements: whoever isn't in it has the usual ones.
#[derive(Debug, Default)]
pub struct Book {
    wishes: HashMap<(PersonId, PersonId), Wishes>,
    habits: HashMap<PersonId, Habits>,
}

impl Book {
    fn of(wishes: Vec<WishRow>, habits: Vec<HabitRow>) -> Self {
        let mut book = Self::default();
        for row in wishes {
            let usual = usual(row.person_id, row.pupil_id);
            let wishes = book.wishes.entry((row.person_id, row.pupil_id)).or_insert(usual);
            let (Some(kind), Some(moment)) = (Kind::of(&row.kind), Moment::of(&row.moment)) else {
                continue;
            };
            *wishes = wishes.with(kind, moment);
            if matches!(kind, Kind::Marks | Kind::Absences) {
                wishes.since = wishes.since.max(Some(row.since));
            }
        }
        for row in habits {
            let habits = Habits {
                quiet: Quiet::of(row.quiet_from, row.quiet_until),
                discreet: row.discreet,
            };
            book.habits.insert(row.person_id, habits);
        }
        book
    }

    /// What somebody wishes to hear of a pupil.
    pub fn wishes(&self, reader: PersonId, pupil: PersonId) -> Wishes {
        let own = self.wishes.get(&(reader, pupil)).copied();
        own.unwrap_or_else(|| usual(reader, pupil))
    }

    /// Somebody's habits.
    pub fn habits(&self, reader: PersonId) -> Habits {
        self.habits.get(&reader).copied().unwrap_or_default()
    }
}

fn usual(reader: PersonId, pupil: PersonId) -> Wishes {
    if reader == pupil {
        Wishes::of_pupil()
    } else {
        Wishes::of_parent()
    }
}

/// What one person wishes to hear of one pupil.
pub async fn of_one(conn: &mut Conn, reader: PersonId, pupil: PersonId) -> anyhow::Result<(Wishes, Habits)> {
    let wishes: Vec<WishRow> = on!(conn, c => sqlx::query_as(
        "SELECT person_id, pupil_id, kind, moment, since FROM notice_wishes WHERE person_id = $1 AND pupil_id = $2",
    ).bind(reader).bind(pupil).fetch_all(c).await)?;
    let habits: Vec<HabitRow> = on!(conn, c => sqlx::query_as(
        "SELECT person_id, quiet_from, quiet_until, discreet FROM notice_habits WHERE person_id = $1",
    ).bind(reader).fetch_all(c).await)?;
    let book = Book::of(wishes, habits);
    Ok((book.wishes(reader, pupil), book.habits(reader)))
}

/// Of all whom the news of a lesson may reach.
pub async fn of_lesson(conn: &mut Conn, lesson: LessonId) -> anyhow::Result<Book> {
    let wishes: Vec<WishRow> = on!(conn, c => sqlx::query_as(
        "SELECT person_id, pupil_id, kind, moment, since FROM notice_wishes
         WHERE pupil_id IN (SELECT pupil_id FROM marks WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM attendance WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM told WHERE lesson_id = $1)",
    ).bind(lesson).fetch_all(c).await)?;
    let habits: Vec<HabitRow> = on!(conn, c => sqlx::query_as(
        "WITH concerned AS (SELECT pupil_id FROM marks WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM attendance WHERE lesson_id = $1
                            UNION SELECT pupil_id FROM told WHERE lesson_id = $1)
         SELECT person_id, quiet_from, quiet_until, discreet FROM notice_habits
         WHERE person_id IN (SELECT pupil_id FROM concerned
                             UNION SELECT g.parent_id FROM concerned c JOIN guardians g ON g.pupil_id = c.pupil_id)",
    ).bind(lesson).fetch_all(c).await)?;
    Ok(Book::of(wishes, habits))
}

/// Of all parents of a class.
pub async fn of_class(conn: &mut Conn, class: ClassId) -> anyhow::Result<Book> {
    let wishes: Vec<WishRow> = on!(conn, c => sqlx::query_as(
        "SELECT w.person_id, w.pupil_id, w.kind, w.moment, w.since FROM notice_wishes w
         WHERE w.pupil_id IN (SELECT pupil_id FROM enrolments WHERE class_id = $1)",
    ).bind(class).fetch_all(c).await)?;
    let habits: Vec<HabitRow> = on!(conn, c => sqlx::query_as(
        "SELECT person_id, quiet_from, quiet_until, discreet FROM notice_habits
         WHERE person_id IN (SELECT g.parent_id FROM enrolments e JOIN guardians g ON g.pupil_id = e.pupil_id
                             WHERE e.class_id = $1)",
    ).bind(class).fetch_all(c).await)?;
    Ok(Book::of(wishes, habits))
}

/// Of those of whom a transaction thinks this evening.
pub async fn of_digest(conn: &mut Conn, evening: NaiveDate) -> anyhow::Result<Book> {
    let wishes: Vec<WishRow> = on!(conn, c => sqlx::query_as(
        "SELECT w.person_id, w.pupil_id, w.kind, w.moment, w.since
         FROM digests d JOIN notice_wishes w ON w.person_id = d.person_id WHERE d.date = $1 AND d.open",
    ).bind(evening).fetch_all(c).await)?;
    let habits: Vec<HabitRow> = on!(conn, c => sqlx::query_as(
        "SELECT h.person_id, h.quiet_from, h.quiet_until, h.discreet
         FROM digests d JOIN notice_habits h ON h.person_id = d.person_id WHERE d.date = $1 AND d.open",
    ).bind(evening).fetch_all(c).await)?;
    Ok(Book::of(wishes, habits))
}

/// Keeps when a kind is told. Whoever begins to listen again isn't told of what came before.
pub async fn set(
    tx: &mut Tx,
    proof: ChooseNotices,
    (kind, moment): (Kind, Moment),
    since: DateTime<Utc>,
) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO notice_wishes (person_id, pupil_id, kind, moment, since) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person_id, pupil_id, kind) DO UPDATE SET moment = excluded.moment,
             since = CASE WHEN notice_wishes.moment = 'never' THEN excluded.since ELSE notice_wishes.since END",
    ).bind(proof.reader()).bind(proof.pupil()).bind(kind.code()).bind(moment.code()).bind(since).execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps somebody's habits.
pub async fn set_habits(tx: &mut Tx, proof: ChooseNotices, habits: Habits) -> anyhow::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO notice_habits (person_id, quiet_from, quiet_until, discreet) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
             discreet = excluded.discreet",
    ).bind(proof.reader()).bind(i64::from(habits.quiet.from)).bind(i64::from(habits.quiet.until)).bind(habits.discreet)
    .execute(c).await.map(drop))?;
    Ok(())
}
