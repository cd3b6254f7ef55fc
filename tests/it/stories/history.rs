//! The sample school's history: the same on both databases, whole also after a start that was broken off, and silent.

use chrono::{DateTime, NaiveDate, Utc};
use zhurnal::db::{Db, Raw};
use zhurnal::demo::history;
use zhurnal::ids::PersonId;

use crate::support::databases::{self, Database, start};
use crate::support::tell;

/// Everything that the history writes, by names instead of rows' numbers.
const LINES: &str = "
    SELECT 'lesson ' || CAST(l.date AS TEXT) || ' ' || CAST(l.number AS TEXT) || ' ' || CAST(c.grade AS TEXT) || c.letter || ' ' ||
           j.title || ' ' || COALESCE(l.topic, '') || '|' || COALESCE(l.homework, '') || '|' || l.kind || '|' ||
           COALESCE(CAST(l.homework_due AS TEXT), '') || '|' || CAST(l.version AS TEXT) || '|' ||
           CASE WHEN l.attendance_taken THEN 'taken' ELSE '' END || CASE WHEN l.finished_at IS NULL THEN '' ELSE 'finished' END AS line,
           l.last_press_at AS at
    FROM lessons l JOIN loads o ON o.id = l.load_id JOIN classes c ON c.id = o.class_id JOIN subjects j ON j.id = o.subject_id
    UNION ALL SELECT 'mark ' || p.surname || p.name || ' ' || CAST(m.position AS TEXT) || ' ' || m.value || ' ' || m.kind, l.first_press_at
    FROM marks m JOIN people p ON p.id = m.pupil_id JOIN lessons l ON l.id = m.lesson_id
    UNION ALL SELECT 'sign ' || p.surname || p.name || ' ' || a.sign, l.first_press_at
    FROM attendance a JOIN people p ON p.id = a.pupil_id JOIN lessons l ON l.id = a.lesson_id
    UNION ALL SELECT 'told ' || p.surname || p.name || ' ' || t.facts || ' ' || CAST(t.told_times AS TEXT), l.first_press_at
    FROM told t JOIN people p ON p.id = t.parent_id JOIN lessons l ON l.id = t.lesson_id
    UNION ALL SELECT 'letter ' || p.surname || p.name || ' ' || o.state, o.due_at FROM outbox o JOIN people p ON p.id + 100000 = o.chat
    UNION ALL SELECT 'history ' || w.surname || ' ' || CAST(h.version AS TEXT) || h.field || ' ' || h.former || ' → ' || h.later || h.reason, h.at
    FROM lesson_history h JOIN people w ON w.id = h.person_id";

/// Lessons of days gone by that a colleague gave, and lines about them: by whoever stood in, and by anyone else.
const STOOD_IN: &str = "
    SELECT COUNT(DISTINCT l.id), COUNT(CASE WHEN h.person_id = ch.substitute_id THEN 1 END),
           COUNT(CASE WHEN h.person_id <> ch.substitute_id THEN 1 END)
    FROM slot_changes ch JOIN lessons l ON l.load_id = ch.load_id AND l.date = ch.date AND l.number = ch.number
    JOIN lesson_history h ON h.lesson_id = l.id
    WHERE ch.kind = 'substituted' AND ch.date < '2026-11-24'";

async fn substitutes_signed(db: &Db) {
    let mut view = db.snapshot().await.unwrap();
    let (lessons, by_them, by_others): (i64, i64, i64) = match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_as(STOOD_IN).fetch_one(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_as(STOOD_IN).fetch_one(conn).await.unwrap(),
    };
    assert!(
        lessons >= 8 && by_them >= 5 * lessons,
        "{lessons} lessons, {by_them} lines"
    );
    assert_eq!(by_others, 0);
}

async fn lines(db: &Db) -> Vec<(String, DateTime<Utc>)> {
    let mut view = db.snapshot().await.unwrap();
    let mut lines: Vec<(String, DateTime<Utc>)> = match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_as(LINES).fetch_all(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_as(LINES).fetch_all(conn).await.unwrap(),
    };
    lines.sort();
    lines
}

/// Writes the history; broken off before a day, and gone on with, when there is one.
async fn written(database: Database, broken_off: Option<NaiveDate>) -> Vec<(String, DateTime<Utc>)> {
    let db = Db::open(&database.url).await.unwrap();
    // Everybody has one.
    let phone = |person: PersonId| Some(100_000 + person.0);
    if let Some(broken_off) = broken_off {
        let breaks = |day| {
            anyhow::ensure!(day < broken_off, "the power went");
            Ok(())
        };
        let failed = history::write(&db, start(), &phone, breaks).await;
        assert_eq!(failed.unwrap_err().to_string(), "the power went");
    }
    let mut days = Vec::new();
    let keep = |day| {
        days.push(day);
        Ok(())
    };
    history::write(&db, start(), &phone, keep).await.unwrap();
    assert!(days.len() > 20 && days.iter().all(|day| broken_off.is_none_or(|from| *day >= from)));
    // A second start finds it there.
    let nothing_left = |day| anyhow::bail!("{day} is written again");
    history::write(&db, start(), &phone, nothing_left).await.unwrap();
    let lines = lines(&db).await;
    substitutes_signed(&db).await;
    assert_eq!(
        zhurnal::delivery::store::n_unsent(&mut db.snapshot().await.unwrap())
            .await
            .unwrap(),
        0
    );
    // Only what was pressed a moment ago still settles.
    let due = zhurnal::jobs::store::next_due(&mut db.snapshot().await.unwrap(), zhurnal::jobs::Lane::Quick).await;
    assert!(due.unwrap().is_none_or(|due| due > start()));
    db.close().await;
    database.remove().await;
    lines
}

#[test]
fn the_history_is_always_the_same() {
    tell(async {
        let whole = written(databases::sqlite().await, None).await;
        assert!(whole.len() > 25_000, "{} lines", whole.len());
        let told = whole.iter().filter(|(line, _)| line.starts_with("told ")).count();
        assert!(told > 4_000, "{told} told");
        let letters: Vec<_> = whole.iter().filter(|(line, _)| line.starts_with("letter ")).collect();
        assert!((600..1_800).contains(&letters.len()), "{} letters", letters.len());
        let last_days = start() - chrono::TimeDelta::days(5)..=start();
        assert!(
            letters
                .iter()
                .all(|(line, at)| line.ends_with(" sent") && last_days.contains(at))
        );
        let october = NaiveDate::from_ymd_opt(2026, 10, 15);
        let mended = written(databases::sqlite().await, october).await;
        assert!(whole == mended, "a history that was broken off differs");
        if let Some(database) = databases::postgres().await {
            let other = written(database, october).await;
            assert!(whole == other, "the databases differ");
        }
    });
}
