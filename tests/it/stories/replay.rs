//! What the replay of days gone by writes is what a finger writes: the same rows, moments, versions and signatures.

use zhurnal::access::{Actor, Identity};
use zhurnal::db::Raw;
use zhurnal::ids::{Account, PersonId};
use zhurnal::lessons::cell::{Change, Sign, Value};
use zhurnal::lessons::replay::{self, Page, Press};
use zhurnal::lessons::{Homework, Kind, Reason};
use zhurnal::people::Invitee;
use zhurnal::{lessons, timetable};

use super::{open, press_all};
use crate::support::school::School;
use crate::support::story;

story!(presses_and_their_replay_leave_equal_rows);

/// All that a lesson leaves, without the numbers of rows.
const ROWS: &str = "
    SELECT 'lesson ' || CAST(load_id AS TEXT) || ' ' || CAST(date AS TEXT) || ' ' || CAST(number AS TEXT) || ' ' ||
           COALESCE(topic, '-') || '|' || COALESCE(homework, '-') || '|' || CAST(homework_none AS TEXT) || '|' ||
           COALESCE(CAST(homework_due AS TEXT), '-') || '|' || kind || '|' || CAST(attendance_taken AS TEXT) || '|' ||
           CAST(version AS TEXT) || '|' || CAST(first_press_at AS TEXT) || '|' || CAST(last_press_at AS TEXT) || '|' ||
           COALESCE(CAST(late_press_at AS TEXT), '-') || '|' || CAST(bell_ends_at AS TEXT) || '|' ||
           COALESCE(CAST(alarm_at AS TEXT), '-') || '|' || COALESCE(CAST(finished_at AS TEXT), '-') || '|' ||
           COALESCE(CAST(finished_by AS TEXT), '-') FROM lessons
    UNION ALL
    SELECT 'mark ' || CAST(pupil_id AS TEXT) || ' ' || CAST(position AS TEXT) || ' ' || value || ' ' || kind || ' ' ||
           CAST(weight AS TEXT) FROM marks
    UNION ALL
    SELECT 'sign ' || CAST(pupil_id AS TEXT) || ' ' || sign FROM attendance
    UNION ALL
    SELECT 'line ' || CAST(version AS TEXT) || ' ' || CAST(at AS TEXT) || ' ' || CAST(person_id AS TEXT) || ' ' || field || ' ' ||
           CAST(pupil_id AS TEXT) || ' ' || former || ' → ' || later || ' ' || reason || ' ' || CAST(undone AS TEXT)
    FROM lesson_history";

async fn rows(school: &School) -> Vec<String> {
    let mut view = school.db.snapshot().await.unwrap();
    let mut rows: Vec<String> = match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar(ROWS).fetch_all(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(ROWS).fetch_all(conn).await.unwrap(),
    };
    rows.sort();
    rows
}

#[expect(clippy::too_many_lines, reason = "one lesson, told press by press")]
async fn presses_and_their_replay_leave_equal_rows(school: &School) {
    let teacher = school.staff("Смирнова").await;
    let writer = school.person(&Invitee::Staff(String::new()), "Смирнова").await;
    let pupil = async |name: &str| school.person(&Invitee::Pupil(String::new()), name).await.id;
    let (anna, ksenia, mikhail) = (
        pupil("Волкова Анна").await,
        pupil("Белова Ксения").await,
        pupil("Ким Михаил").await,
    );
    let cell = |who: PersonId, change| Press::Cell(who, change, None);
    open(&teacher, "7А алгебра").await;
    let steps: [(&[&str], Press); 9] = [
        (
            &["Посещаемость и отметки", "Ким М."],
            cell(mikhail, Change::Sign(Some(Sign::Absent))),
        ),
        (&["5", "Волкова А."], cell(anna, Change::Put(Value::Five))),
        (&["Вид", "Контрольная ×2"], Press::Kind(Kind::Control)),
        (&["4", "Белова К."], cell(ksenia, Change::Put(Value::Four))),
        (
            &["н Ким М.", "Поставить н/4: сдано позже"],
            cell(mikhail, Change::PutLater(Value::Four)),
        ),
        (
            &["5 Волкова А.", "Ещё одна: 5 и 4"],
            cell(anna, Change::Add(Value::Four)),
        ),
        (&["4 Белова К."], cell(ksenia, Change::Take(Value::Four))),
        (&["Готово", "Закончить так"], Press::Finish),
        (
            &["Исправить", "5,4 Волкова А.", "4 → 3", "Не та кнопка"],
            Press::Cell(
                anna,
                Change::Replace(Value::Four, Value::Three),
                Some(Reason::WrongButton),
            ),
        ),
    ];
    let mut pressed = vec![(school.now(), Press::Topic("Линейное уравнение".to_owned()))];
    teacher.says("Линейное уравнение").await;
    school.minutes_pass(1);
    pressed.push((school.now(), Press::Homework(Homework::Text("§ 13".to_owned()))));
    teacher.says("§ 13").await;
    for (labels, press) in steps {
        school.minutes_pass(1);
        pressed.push((school.now(), press));
        press_all(&teacher, labels).await;
    }
    school.quiet().await;
    let by_finger = rows(school).await;
    assert_eq!(
        by_finger.iter().filter(|it| it.starts_with("line ")).count(),
        12,
        "{by_finger:#?}"
    );

    let mut view = school.db.snapshot().await.unwrap();
    let day = zhurnal::words::dates::local(school.now(), zhurnal::words::dates::zone("Asia/Vladivostok")).date();
    let planned = timetable::store::teacher_day(&mut view, writer.id, day).await.unwrap();
    let planned = planned
        .into_iter()
        .find(|it| it.load.subject == "Алгебра" && it.load.letter == "А")
        .unwrap();
    let due = timetable::store::due(&mut view, &planned).await.unwrap();
    let pupils = lessons::store::lesson(&mut view, planned.key)
        .await
        .unwrap()
        .unwrap()
        .pupils;
    drop(view);
    for sql in [
        "DELETE FROM told",
        "DELETE FROM marks",
        "DELETE FROM attendance",
        "DELETE FROM lesson_history",
        "DELETE FROM lessons",
    ] {
        school.change(sql).await;
    }
    assert_eq!(rows(school).await, Vec::<String>::new());
    let actor = Actor {
        guard: None,
        account: Account {
            transport: "telegram",
            id: teacher.user,
        },
        identities: vec![Identity {
            is_staff: true,
            lock_after_minutes: 0,
            person: writer.id,
            school: writer.school,
            duties: Vec::new(),
        }],
    };
    let mut page = Page::open(&actor, planned, pupils, due).unwrap();
    let mut tx = school.db.begin().await.unwrap();
    // In two goes, as a correction of the next day comes.
    let (first, second) = pressed.split_at(10);
    for part in [first, second] {
        for (at, press) in part {
            page.press(*at, press).unwrap();
        }
        replay::store::write(&mut tx, &[&mut page]).await.unwrap();
        page.was_written();
    }
    tx.commit().await.unwrap();
    assert_eq!(rows(school).await, by_finger);
}
