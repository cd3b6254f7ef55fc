//! The diary's statements go over the days that are asked for, not over all that a pupil ever earned.

#![expect(
    clippy::disallowed_types,
    reason = "ten years of rows are written with their numbers in the query's text"
)]

use chrono::{Days, NaiveDate};
use sqlx::AssertSqlSafe;

use super::{ENTRIES, MARKS};
use crate::db::tests::on_both;
use crate::db::{Conn, Db, Raw};
use crate::ids::{ClassId, PersonId};

const YEARS: i64 = 10;
const SUBJECTS: i64 = 15;
const PUPILS: i64 = 25;
/// Lessons of a subject in a year, one every fourth day.
const LESSONS: i64 = 68;
/// The pupil whose diary is read.
const PUPIL: i64 = 101;

fn year_starts(year: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(i32::try_from(2017 + year).unwrap(), 9, 1).unwrap()
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.unsigned_abs())).unwrap()
}

/// The second quarter of the last year.
fn term() -> (NaiveDate, NaiveDate) {
    let starts = after(year_starts(YEARS - 1), 65);
    (starts, after(starts, 52))
}

async fn run(conn: &mut Conn, sql: String) {
    match conn.raw().unwrap() {
        Raw::Sqlite(c) => drop(sqlx::query(AssertSqlSafe(sql)).execute(c).await.unwrap()),
        Raw::Postgres(c) => drop(sqlx::query(AssertSqlSafe(sql)).execute(c).await.unwrap()),
    }
}

async fn insert(conn: &mut Conn, into: &str, rows: Vec<String>) {
    run(conn, format!("INSERT INTO {into} VALUES {}", rows.join(","))).await;
}

/// A class of many years: every pupil has a mark in every third lesson, and an absence in every ninth.
async fn fill(conn: &mut Conn) {
    let people = (1..=PUPILS).map(|it| it + 100).chain([1]);
    let people = people.map(|it| format!("({it}, 1, '{it}', 'A', 'B', 'C', '{it}')"));
    run(
        conn,
        "INSERT INTO schools (id, name, time_zone, phone) VALUES (1, 'S', 'UTC', '')".to_owned(),
    )
    .await;
    let into = "people (id, school_id, code, surname, name, patronymic, sort_key)";
    insert(conn, into, people.collect()).await;
    let subjects = (1..=SUBJECTS).map(|it| format!("({it}, 1, 'S{it}')"));
    insert(conn, "subjects (id, school_id, title)", subjects.collect()).await;
    for year in 0..YEARS {
        fill_year(conn, year).await;
    }
    // As a database that has been at work knows its tables. SQLite isn't told: the journal never tells it.
    if let Raw::Postgres(c) = conn.raw().unwrap() {
        sqlx::query("ANALYZE").execute(c).await.unwrap();
    }
}

async fn fill_year(conn: &mut Conn, year: i64) {
    let (class, starts) = (year + 1, year_starts(year));
    let ends = after(starts, 267);
    let into = "school_years (id, school_id, title, starts, ends)";
    insert(
        conn,
        into,
        vec![format!("({class}, 1, '{year}', '{starts}', '{ends}')")],
    )
    .await;
    let into = "classes (id, school_id, year_id, grade, letter)";
    insert(conn, into, vec![format!("({class}, 1, {class}, {class}, 'A')")]).await;
    let enrolled = (1..=PUPILS).map(|it| format!("({class}, {}, '{starts}', '{ends}')", it + 100));
    insert(
        conn,
        "enrolments (class_id, pupil_id, starts, ends)",
        enrolled.collect(),
    )
    .await;
    let load = |subject: i64| year * SUBJECTS + subject;
    let loads = (1..=SUBJECTS).map(|it| format!("({}, {class}, {it}, 1, 200)", load(it)));
    insert(
        conn,
        "loads (id, class_id, subject_id, teacher_id, week_hours)",
        loads.collect(),
    )
    .await;
    let (mut lessons, mut marks, mut signs) = (Vec::new(), Vec::new(), Vec::new());
    for subject in 1..=SUBJECTS {
        for nth in 0..LESSONS {
            let id = load(subject) * 1000 + nth;
            let date = after(starts, nth * 4 - nth % 2);
            let at = format!("'{date} 10:00:00+00:00'");
            lessons.push(format!(
                "({id}, {}, '{date}', {}, TRUE, 'answer', TRUE, 1, {at}, {at}, {at})",
                load(subject),
                subject % 7 + 1
            ));
            for pupil in (1..=PUPILS).filter(|it| (it + nth) % 3 == 0) {
                marks.push(format!("({id}, {}, 1, '4', 'answer', 100)", pupil + 100));
                if nth % 3 == 0 {
                    signs.push(format!("({id}, {}, 'late')", pupil + 100));
                }
            }
        }
    }
    let into = "lessons (id, load_id, date, number, homework_none, kind, attendance_taken, version, first_press_at, last_press_at, bell_ends_at)";
    insert(conn, into, lessons).await;
    insert(
        conn,
        "marks (lesson_id, pupil_id, position, value, kind, weight)",
        marks,
    )
    .await;
    insert(conn, "attendance (lesson_id, pupil_id, sign)", signs).await;
}

/// How a statement is done, in the database's own words.
async fn plan(conn: &mut Conn, sql: &str, (from, to): (NaiveDate, NaiveDate)) -> String {
    let for_class = sql == ENTRIES;
    let whose = if for_class { YEARS } else { PUPIL };
    let steps: Vec<String> = match conn.raw().unwrap() {
        Raw::Sqlite(c) => {
            let query = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
            let query = query.bind(whose).bind(from).bind(to);
            let query = if for_class { query.bind(PUPIL) } else { query };
            let steps: Vec<(i64, i64, i64, String)> = query.fetch_all(c).await.unwrap();
            steps.into_iter().map(|it| it.3).collect()
        }
        Raw::Postgres(c) => {
            let query = sqlx::query_scalar(AssertSqlSafe(format!("EXPLAIN {sql}")));
            let query = query.bind(whose).bind(from).bind(to);
            let query = if for_class { query.bind(PUPIL) } else { query };
            query.fetch_all(c).await.unwrap()
        }
    };
    steps.join("\n")
}

async fn story(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    fill(&mut tx).await;
    tx.commit().await.unwrap();
    let mut snapshot = db.snapshot().await.unwrap();
    let (from, _) = term();
    for (what, sql) in [("entries", ENTRIES), ("marks", MARKS)] {
        for days in [(from, from), (from, after(from, 6)), term()] {
            let plan = plan(&mut snapshot, sql, days).await;
            let over_all = [
                "marks_pupil",
                "attendance_pupil",
                "Seq Scan on marks",
                "Seq Scan on attendance",
                "SCAN",
            ];
            for way in over_all {
                assert!(!plan.contains(way), "{what} over {days:?} by {way}:\n{plan}");
            }
            // The day stands in the index by which lessons are found.
            let by_day = [
                "lessons_load_id_date_number_key",
                "lessons_date",
                "load_id=? AND date>?",
            ];
            assert!(by_day.iter().any(|it| plan.contains(it)), "{what}:\n{plan}");
        }
    }
    let given = super::marks(&mut snapshot, PersonId(PUPIL), term()).await.unwrap();
    let in_term = (0..LESSONS).filter(|nth| {
        let date = after(year_starts(YEARS - 1), nth * 4 - nth % 2);
        (1 + nth) % 3 == 0 && term().0 <= date && date <= term().1
    });
    assert_eq!(given.len(), in_term.count() * usize::try_from(SUBJECTS).unwrap());
    assert!(
        super::teachers(&mut snapshot, ClassId(YEARS), term())
            .await
            .unwrap()
            .len()
            == 1
    );
}

#[tokio::test]
async fn a_term_costs_what_it_holds_however_many_years_are_kept() {
    on_both(story).await;
}
