//! A workbook that is loaded again: what a change of it does to what the journal holds, and whose workbook it is.

use super::*;
use crate::db::on;
use crate::ids::{ClassId, LoadId};
use crate::timetable::{self, LessonKey, Standing};

fn day(of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

fn class(held: &Existing, name: &str) -> ClassId {
    held.ids.classes[&names::ClassName::parse(name).unwrap()]
}

fn load_of(held: &Existing, class: &str, subject: &str, group: &str) -> LoadId {
    held.ids.loads[&records::Course {
        class: names::ClassName::parse(class).unwrap(),
        subject: subject.to_owned(),
        group: group.to_owned(),
    }]
}

async fn register(db: &Db, class: ClassId, on: NaiveDate) -> Vec<String> {
    let mut snapshot = db.snapshot().await.unwrap();
    let pupils = crate::school::store::pupils_of_class(&mut snapshot, class, on);
    pupils.await.unwrap().into_iter().map(|pupil| pupil.surname).collect()
}

async fn standing(db: &Db, load: LoadId, date: NaiveDate, number: i64) -> Standing {
    let key = LessonKey { load, date, number };
    let mut snapshot = db.snapshot().await.unwrap();
    let lesson = timetable::store::lesson(&mut snapshot, key).await;
    lesson.unwrap().unwrap().standing
}

#[tokio::test]
async fn p1_a_moved_pupil_stays_in_the_former_class_until_yesterday() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        load(db, &book(&MOVED_PUPIL)).await;
        let held = held(db, &book(&[])).await;
        // The import's day is 24 November.
        let (old, new) = (class(&held, "7А"), class(&held, "7Б"));
        assert_eq!(register(db, old, day(23)).await, ["Абрамов", "Белова"]);
        assert_eq!(register(db, old, day(24)).await, ["Абрамов"]);
        assert_eq!(register(db, new, day(24)).await, ["Белова", "Ефимова"]);
    })
    .await;
}

#[tokio::test]
async fn p1_who_is_left_out_stays_and_is_counted() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let edits = [
            ("п3|Ефимова|Мария||@2013-05-05|7Б\n", ""),
            ("с1|Смирнова|Елена|Викторовна|п3\n", ""),
        ];
        let summary = load(db, &book(&edits)).await;
        assert_eq!((summary.total().removed, summary.unmentioned), (0, 1));
        assert!(summary.text(Locale::Ru).contains("1 человек, которого нет в книге"));
        let held = held(db, &book(&[])).await;
        assert_eq!(register(db, class(&held, "7Б"), day(24)).await, ["Ефимова"]);
    })
    .await;
}

#[tokio::test]
async fn p1_a_dismissed_tutor_and_other_children_lose_what_the_workbook_takes() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        load(
            db,
            &book(&[("\n7А|с1", "\n7А|"), ("Игоревна|п1, п2", "Игоревна|п1, п3")]),
        )
        .await;
        let held = held(db, &book(&[])).await;
        let tutors = timetable::store::tutors(&mut db.snapshot().await.unwrap(), class(&held, "7А")).await;
        assert_eq!(tutors.unwrap(), []);
        let children: Vec<&str> = held.records.guardians.keys().map(|(_, child)| child.as_str()).collect();
        assert_eq!(children, ["п1", "п3", "п3"]);
    })
    .await;
}

#[tokio::test]
async fn p1_a_load_given_to_another_takes_its_lessons_along() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let before = load_of(&held(db, &book(&[])).await, "7А", "Алгебра", "");
        let edits = [
            ("7А|Алгебра||Смирнова Е. В.", "7А|Алгебра||с3"),
            ("Смирнова Е. В.|#14", "|#14"),
        ];
        load(db, &book(&edits)).await;
        let held = held(db, &book(&[])).await;
        assert_eq!(load_of(&held, "7А", "Алгебра", ""), before);
        let lessons =
            timetable::store::teacher_day(&mut db.snapshot().await.unwrap(), held.ids.people["с3"], day(16)).await;
        assert!(lessons.unwrap().iter().any(|lesson| lesson.key.load == before));
    })
    .await;
}

#[tokio::test]
async fn p1_a_changed_timetable_leaves_the_lessons_that_were_held() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let algebra = load_of(&held(db, &book(&[])).await, "7Б", "Алгебра", "");
        let moved = book(&[("7Б|Пн|#2", "7Б|Вт|#2")]);
        load(db, &moved).await;
        assert_eq!(standing(db, algebra, day(16), 2).await, Standing::Held);
        assert_eq!(standing(db, algebra, day(30), 2).await, Standing::Absent);
        // Tuesday the 24th is the day of the import.
        assert_eq!(standing(db, algebra, day(17), 2).await, Standing::Absent);
        assert_eq!(standing(db, algebra, day(24), 2).await, Standing::Held);
        assert!(load(db, &moved).await.total().is_idle());
        // And back: the same day, so that nothing of the mistake is left.
        load(db, &book(&[])).await;
        assert_eq!(standing(db, algebra, day(24), 2).await, Standing::Absent);
        assert_eq!(standing(db, algebra, day(16), 2).await, Standing::Held);
        assert_eq!(standing(db, algebra, day(30), 2).await, Standing::Held);
    })
    .await;
}

#[tokio::test]
async fn p1_shifts_weeks_and_short_days_are_what_the_journal_lives_by() {
    on_both(async |db| {
        let short_days = (
            "Сотрудники:",
            "Короткие дни: Дата|День|Вид дня\n@2026-12-07||короткий\n|Вт|короткий\nСотрудники:",
        );
        let file = book(&[&SHIFTS_AND_WEEKS[..], &[short_days]].concat());
        load(db, &file).await;
        assert!(load(db, &file).await.total().is_idle());
        let held = held(db, &file).await;
        assert_eq!(held.records, parsed(&file).unwrap());
        let class = class(&held, "7Б");
        let bells = async |date: NaiveDate| {
            let lessons = timetable::store::class_day(&mut db.snapshot().await.unwrap(), class, date)
                .await
                .unwrap();
            let day = lessons.iter().map(|lesson| lesson.bell.unwrap()).collect::<Vec<_>>();
            // One lesson says the same as its day.
            for lesson in &lessons {
                let alone = timetable::store::lesson(&mut db.snapshot().await.unwrap(), lesson.key)
                    .await
                    .unwrap();
                assert_eq!(alone.unwrap().bell, lesson.bell);
            }
            day.into_iter()
                .map(|(from, to)| format!("{}-{}", from.format("%H:%M"), to.format("%H:%M")))
                .collect::<Vec<_>>()
        };
        // 1 September is a Tuesday: 23 November is in the 13th week, the 30th in the 14th.
        assert_eq!(bells(day(23)).await, Vec::<String>::new());
        assert_eq!(bells(day(30)).await, ["14:00-14:45"]);
        // The 7th of December is short, but odd.
        assert_eq!(
            bells(NaiveDate::from_ymd_opt(2026, 12, 7).unwrap()).await,
            Vec::<String>::new()
        );
        assert_eq!(held.records.short_days.len(), 40);
        // A workbook without the sheet leaves the short days as they are.
        let without = book(&SHIFTS_AND_WEEKS);
        assert_eq!(load(db, &without).await.total().removed, 0);
    })
    .await;
}

/// Two shifts, a lesson in even weeks, and the bells of a short day.
const SHIFTS_AND_WEEKS: [(&str, &str); 6] = [
    ("Урок|Начало|Конец", "Урок|Начало|Конец|Смена|Вид дня"),
    (
        "#2|9:25|10:10",
        "#2|9:25|10:10||\n#1|14:00|14:45|#2|\n#1|14:00|14:30|2|короткий",
    ),
    ("Классы: Класс|Тьютор", "Классы: Класс|Тьютор|Смена"),
    ("\n7Б|\n", "\n7Б||2\n"),
    ("Кабинет\n7А", "Кабинет|Неделя\n7А"),
    ("7Б|Пн|#2|Алгебра|||#14", "7Б|Пн|#1|Алгебра|||#14|чётная"),
];

/// What an import answers that was refused.
async fn refused(db: &Db, file: Vec<u8>, how: &How) -> &'static str {
    match import_as(db, Source::File(file), how, moment()).await.unwrap() {
        Outcome::Refused(problems) => problems.list()[0].complaint.key,
        Outcome::Done(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn p1_a_workbook_of_another_school_is_refused_with_a_way_on() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let how = How::default();
        let renamed = || book(&[("Малая школа", "Большая школа")]);
        assert_eq!(refused(db, renamed(), &how).await, "school_renamed");
        assert_eq!(
            refused(db, data("tests/data/openpyxl_small.xlsx"), &how).await,
            "school_other"
        );
        assert_eq!(
            refused(db, book(&[("2026/27", "2026/2027")]), &how).await,
            "year_renamed"
        );
        // A retyped name is no other school.
        let retyped = import(db, &book(&[("Малая школа", "малая  школа")]), moment())
            .await
            .unwrap();
        assert!(matches!(retyped, Outcome::Done(summary) if summary.total().changed == 1));
        // On purpose.
        let how = How {
            new_name: NewName::Renamed,
            ..How::default()
        };
        let Outcome::Done(summary) = import_as(db, Source::File(renamed()), &how, moment()).await.unwrap() else {
            panic!("it was refused")
        };
        assert_eq!((summary.total().new, summary.total().changed), (0, 1));
        let names = crate::school::store::names(&mut db.snapshot().await.unwrap())
            .await
            .unwrap();
        assert_eq!(names, ["Большая школа"]);
        // For an administrator, only the own school counts.
        let only = held(db, &renamed()).await.ids.school;
        let how = How { only, ..How::default() };
        assert_eq!(
            refused(db, data("tests/data/openpyxl_small.xlsx"), &how).await,
            "school_not_yours"
        );
    })
    .await;
}

#[tokio::test]
async fn p1_a_dry_run_says_the_same_and_writes_nothing() {
    on_both(async |db| {
        let how = How {
            is_dry: true,
            ..How::default()
        };
        let dry = async |file: Vec<u8>| match import_as(db, Source::File(file), &how, moment()).await.unwrap() {
            Outcome::Done(summary) => summary,
            Outcome::Refused(problems) => panic!("{}", problems.text(Locale::Ru)),
        };
        let first = dry(book(&[])).await;
        assert!(
            first
                .forecast(Locale::Ru)
                .starts_with("В журнале пока ничего не изменилось.")
        );
        assert_eq!(held(db, &book(&[])).await.ids.school, None);
        assert_eq!(load(db, &book(&[])).await, first);
        let changed = || book(&[("п2|Белова", "п2|Белых")]);
        assert_eq!(dry(changed()).await.total().changed, 1);
        assert_eq!(load(db, &changed()).await.total().changed, 1);
    })
    .await;
}

#[tokio::test]
async fn p1_names_with_signs_and_of_sixty_letters_are_kept_as_they_are() {
    on_both(async |db| {
        let long = "Я".to_owned() + &"ж".repeat(59);
        let edits = [
            ("п2|Белова|Ксения", "п2|Римская-Корсакова|Мария-Луиза"),
            ("п1|Абрамов|Даниил", "п1|О’Коннор|Д'Артаньян"),
            ("п3|Ефимова", &format!("п3|{long}")),
        ];
        load(db, &book(&edits)).await;
        let held = held(db, &book(&edits)).await;
        let names = |code: &str| {
            let person = &held.records.people[code];
            (person.surname.clone(), person.name.clone())
        };
        assert_eq!(names("п1"), ("О'Коннор".to_owned(), "Д'Артаньян".to_owned()));
        assert_eq!(names("п2"), ("Римская-Корсакова".to_owned(), "Мария-Луиза".to_owned()));
        assert_eq!(names("п3").0, long);
    })
    .await;
}

#[tokio::test]
async fn p14_a_pin_goes_with_the_work_that_a_workbook_ends() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let people = held(db, &book(&[])).await.ids.people;
        let mut tx = db.begin().await.unwrap();
        for (account, code) in (1_i64..).zip(["с1", "с2", "с3"]) {
            let person = people[code];
            on!(tx, c => sqlx::query(
                "INSERT INTO accounts (transport, account, person_id, connected_at) VALUES ('t', $1, $2, $3)",
            ).bind(account).bind(person).bind(moment()).execute(c).await.map(drop))
            .unwrap();
            on!(tx, c => sqlx::query(
                "INSERT INTO locks (transport, account, pin_hash, entry, tries, pauses, locked, seen_at)
                 VALUES ('t', $1, 'hash', '', 0, 0, FALSE, $2)",
            ).bind(account).bind(moment()).execute(c).await.map(drop))
            .unwrap();
        }
        tx.commit().await.unwrap();
        // Another load of the same book ends nobody's work.
        load(db, &book(&[])).await;
        assert_eq!(locked(db).await, [1, 2, 3]);
        let edits = [
            ("Нина|Сергеевна|руководитель ступени 5–9", "Нина|Сергеевна|"),
            ("гр. 1|с2|#3", "гр. 1|с3|#3"),
            ("7А|Пн|#2|Английский язык|гр. 1||#31\n", ""),
        ];
        load(db, &book(&edits)).await;
        assert_eq!(locked(db).await, [1, 3]);
    })
    .await;
}

async fn locked(db: &Db) -> Vec<i64> {
    let mut view = db.snapshot().await.unwrap();
    on!(view, c => sqlx::query_scalar("SELECT account FROM locks ORDER BY account").fetch_all(c).await).unwrap()
}
