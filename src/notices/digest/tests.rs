//! What an evening brings.

use super::*;
use crate::ids::SchoolId;
use crate::lessons::Kind as Work;
use crate::lessons::cell::{Mark, Value};
use crate::timetable::{LessonKey, Load};
use insta::assert_snapshot;
use proptest::prelude::*;

const ANNA: PersonId = PersonId(42);
const MOTHER: PersonId = PersonId(43);

fn day(of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

fn planned(load: i64, date: NaiveDate, number: i64) -> Planned {
    let subject = ["Алгебра", "Биология", "История"][usize::try_from(load - 1).unwrap()];
    Planned {
        key: LessonKey {
            load: LoadId(load),
            date,
            number,
        },
        load: Load {
            id: LoadId(load),
            school_id: SchoolId(1),
            time_zone: "UTC".to_owned(),
            class_id: crate::ids::ClassId(1),
            grade: 7,
            letter: "А".to_owned(),
            subject: subject.to_owned(),
            group_id: None,
            group_title: None,
            teacher_id: PersonId(1),
        },
        bell: NaiveTime::from_hms_opt(8, 30, 0).zip(NaiveTime::from_hms_opt(9, 15, 0)),
        substitute: None,
        standing: Standing::Held,
    }
}

fn written(id: i64, date: NaiveDate, marks: &[Value], sign: Option<Sign>) -> Written {
    let marks = marks.iter().map(|value| Mark {
        value: *value,
        kind: Work::Answer,
        weight: 100,
    });
    let cell = Cell {
        sign,
        marks: marks.collect(),
    };
    Written {
        id: LessonId(id),
        load: LoadId(1),
        date,
        number: 1,
        subject: "Алгебра".to_owned(),
        topic: Some("Тема".to_owned()),
        homework: Homework::Missing,
        due: None,
        attendance_taken: true,
        bell_ends_at: date.and_hms_opt(9, 15, 0).unwrap().and_utc(),
        cells: BTreeMap::from([(ANNA, cell)]),
    }
}

/// Tuesday, with algebra written and biology not; tomorrow history.
fn tuesday(lessons: Vec<Written>) -> ClassDay {
    let next = Next {
        date: day(25),
        planned: vec![planned(3, day(25), 1)],
        moved_here: HashSet::new(),
        tasks: vec![(LoadId(3), Homework::Text("§ 5".to_owned()), false)],
    };
    ClassDay {
        planned: vec![planned(1, day(24), 1), planned(2, day(24), 2)],
        written: lessons,
        next: Some(next),
        ..ClassDay::default()
    }
}

fn tie() -> Tie {
    Tie {
        reader: MOTHER,
        pupil: ANNA,
        name: "Анна".to_owned(),
        connected_at: DateTime::UNIX_EPOCH,
    }
}

fn knows(class: &mut ClassDay, lesson: i64, sign: Option<&str>, marks: &[&str]) {
    let facts = Facts {
        sign: sign.map(str::to_owned),
        marks: marks.iter().map(|it| ((*it).to_owned(), "answer".to_owned())).collect(),
        ..Facts::default()
    };
    class.told.insert((MOTHER, ANNA, LessonId(lesson)), (facts, 1));
}

fn wishes(marks: Moment, homework: Moment) -> Wishes {
    Wishes::of_parent()
        .with(Kind::Marks, marks)
        .with(Kind::Absences, marks)
        .with(Kind::Homework, homework)
        .with(Kind::Timetable, homework)
}

fn said(section: &Section) -> String {
    let digest = screens::Digest {
        day: day(24),
        today: day(24),
        sections: std::slice::from_ref(section),
        school: None,
    };
    crate::words::visible(&screens::digest(crate::words::Locale::Ru, &digest).text).replace('\u{a0}', " ")
}

#[test]
fn p4_what_was_told_at_once_stands_in_the_day_and_is_no_news() {
    let mut class = tuesday(vec![written(1, day(24), &[Value::Five], None)]);
    knows(&mut class, 1, None, &["5"]);
    let (section, heard) = section(&class, &tie(), &Wishes::of_parent(), day(24));
    assert_eq!(heard, []);
    assert_snapshot!(said(&section.unwrap()), @"
    Анна, вт 24.11: алгебра 5
    Пропусков нет. Биология: ещё не внесено.
    На ср 25.11, 1 урок с 8:30
    1. История — § 5
    ");
    // By itself it makes no letter.
    let alone = super::section(&class, &tie(), &wishes(Moment::Now, Moment::Never), day(24));
    assert!(alone.0.is_none());
}

#[test]
fn p4_what_waited_for_the_evening_is_told_and_known_from_then_on() {
    let class = tuesday(vec![
        written(1, day(23), &[Value::Four], None),
        written(2, day(24), &[Value::Five], Some(Sign::Late)),
    ]);
    let wishes = wishes(Moment::Evening, Moment::Never);
    let (section, heard) = section(&class, &tie(), &wishes, day(24));
    assert_snapshot!(said(&section.unwrap()), @"
    Анна, вт 24.11: алгебра 5
    Посещаемость: алгебра о. Биология: ещё не внесено.
    Урок пн 23.11 — алгебра: 4
    ");
    assert_eq!(heard.len(), 2);
    let mut class = class;
    for it in heard {
        class.told.insert((MOTHER, ANNA, it.lesson), (it.facts, it.times));
    }
    let again = super::section(&class, &tie(), &wishes, day(24));
    assert!(again.0.is_none() && again.1.is_empty(), "told once");
}

#[test]
fn p4_what_changed_since_it_was_told_is_told_as_a_change() {
    let mut class = tuesday(vec![
        written(1, day(23), &[Value::Four], None),
        written(2, day(24), &[], None),
    ]);
    knows(&mut class, 1, None, &["3"]);
    knows(&mut class, 2, None, &["2"]);
    let (section, _) = section(&class, &tie(), &wishes(Moment::Evening, Moment::Never), day(24));
    assert_snapshot!(said(&section.unwrap()), @"
    Анна, вт 24.11: отметок нет
    Пропусков нет. Биология: ещё не внесено.
    Урок пн 23.11 — алгебра: исправлено 3 → 4
    Урок вт 24.11 — алгебра: отметка 2 снята
    ");
}

#[test]
fn p4_once_a_week_is_on_the_weeks_last_school_day() {
    let weekly = wishes(Moment::Week, Moment::Never);
    let mut class = tuesday(vec![written(1, day(23), &[Value::Four], None)]);
    assert!(section(&class, &tie(), &weekly, day(24)).0.is_none());
    // The next lessons are on Monday.
    if let Some(next) = &mut class.next {
        next.date = day(30);
    }
    let (found, heard) = section(&class, &tie(), &weekly, day(24));
    assert!(found.is_some());
    assert_eq!(heard.len(), 1);
}

#[test]
fn p4_what_has_not_settled_and_what_one_did_oneself_is_no_news() {
    let wishes = wishes(Moment::Evening, Moment::Never);
    let mut class = tuesday(vec![written(1, day(24), &[Value::Five], None)]);
    class.unsettled.insert(LessonId(1));
    assert!(section(&class, &tie(), &wishes, day(24)).0.is_none());
    class.unsettled.clear();
    class.authors.insert((LessonId(1), MOTHER));
    assert!(section(&class, &tie(), &wishes, day(24)).0.is_none());
    class.authors.clear();
    let late = Tie {
        connected_at: day(24).and_hms_opt(18, 0, 0).unwrap().and_utc(),
        ..tie()
    };
    assert!(
        section(&class, &late, &wishes, day(24)).0.is_none(),
        "found in the diary"
    );
    assert!(section(&class, &tie(), &wishes, day(24)).0.is_some());
}

#[test]
fn p4_a_free_day_says_nothing_of_the_next() {
    let class = ClassDay {
        planned: Vec::new(),
        ..tuesday(Vec::new())
    };
    assert!(section(&class, &tie(), &Wishes::of_parent(), day(24)).0.is_none());
}

#[test]
fn p4_of_the_next_day_as_much_is_told_as_is_wished_for() {
    let mut class = tuesday(Vec::new());
    if let Some(next) = &mut class.next {
        next.planned.push(Planned {
            standing: Standing::Cancelled,
            ..planned(2, day(25), 2)
        });
        next.planned.push(planned(1, day(25), 3));
        next.moved_here.insert((LoadId(1), 3));
    }
    let with = |homework, timetable| {
        let wishes = Wishes::of_parent()
            .with(Kind::Homework, homework)
            .with(Kind::Timetable, timetable);
        section(&class, &tie(), &wishes, day(24)).0.map(|it| said(&it))
    };
    assert_snapshot!(with(Moment::Evening, Moment::Evening).unwrap(), @"
    Анна, вт 24.11: отметок нет
    Алгебра, биология: ещё не внесено.
    На ср 25.11, 2 урока с 8:30
    1. История — § 5
    2. Биология — отменён
    3. Алгебра, перенесён сюда — ещё не внесено
    ");
    assert_snapshot!(with(Moment::Never, Moment::Evening).unwrap(), @"
    Анна, вт 24.11: отметок нет
    Алгебра, биология: ещё не внесено.
    Изменения, ср 25.11
    2. Биология — отменён
    3. Алгебра, перенесён сюда
    ");
    assert_snapshot!(with(Moment::Evening, Moment::Never).unwrap(), @"
    Анна, вт 24.11: отметок нет
    Алгебра, биология: ещё не внесено.
    На ср 25.11, 2 урока с 8:30
    1. История — § 5
    3. Алгебра — ещё не внесено
    ");
    assert_eq!(with(Moment::Never, Moment::Never), None);
}

#[test]
fn p4_the_evening_begins_at_seven() {
    let at = |hour| day(24).and_hms_opt(hour, 0, 0).unwrap();
    assert_eq!(last_evening(at(18)), day(23));
    assert_eq!(last_evening(at(19)), day(24));
}

fn any_lesson() -> impl Strategy<Value = Written> {
    let values = prop::collection::vec(prop::sample::select(Value::ALL.to_vec()), 0..3);
    let sign = prop::option::of(prop::sample::select(Sign::ALL.to_vec()));
    (20_u32..25, values, sign).prop_map(|(date, values, sign)| written(1, day(date), &values, sign))
}

proptest! {
    #[test]
    fn after_a_digest_what_was_wished_for_is_known_as_it_is(
        lesson in any_lesson(), marks in prop::sample::select(Moment::ALL.to_vec()), told: bool,
    ) {
        let mut class = tuesday(vec![lesson.clone()]);
        if told {
            knows(&mut class, 1, None, &["2"]);
        }
        let wishes = wishes(marks, Moment::Evening);
        let (_, heard) = section(&class, &tie(), &wishes, day(24));
        for it in heard {
            class.told.insert((MOTHER, ANNA, it.lesson), (it.facts, it.times));
        }
        let known = class.told.get(&(MOTHER, ANNA, LessonId(1))).map(|it| it.0.clone()).unwrap_or_default();
        if matches!(marks, Moment::Now | Moment::Evening) {
            prop_assert_eq!(known.marks, lesson.facts(ANNA, None).marks);
            prop_assert_eq!(known.sign, lesson.facts(ANNA, None).sign);
        } else if !told {
            prop_assert!(!known.is_news(), "what isn't wished for now isn't told");
        }
        let (_, again) = section(&class, &tie(), &wishes, day(24));
        prop_assert!(again.is_empty(), "told once");
    }
}
