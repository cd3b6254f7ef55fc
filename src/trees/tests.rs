//! Payloads and stored states are readable for ever; every screen keeps the limits in every language.

mod payloads;

use proptest::prelude::*;

use super::asked::{Asked, Place};
use super::*;
use crate::access::Role;
use crate::chat::{Button, Door, Oddity, Payload, limits};
use crate::diary::Child;
use crate::diary::press::Section;
use crate::diary::screens::samples::samples as diary_samples;
use crate::ids::{LoadId, PersonId};
use crate::lessons::Reason;
use crate::lessons::cell::{Change, Sign, Value};
use crate::lessons::flow::Awaiting;
use crate::lessons::press::{Act as LessonAct, CellPress, Field, Hand};
use crate::lessons::screens::samples::{lesson, samples as lesson_samples};
use crate::notices::{Difference, Facts, screens as notice_screens};
use crate::people::Work;
use crate::people::lock::Standing;
use crate::timetable::LessonKey;
use crate::words::Locale;
use crate::words::names::FullName;
use payloads::{key, named, one_of_each};

/// Keyboards of former versions stand in chats for years. Lines are only added: `payload what it is`.
const OLD_PAYLOADS: &str = include_str!("../../tests/data/payloads.txt");
/// States of former versions. Lines are only added.
const OLD_STATES: &str = include_str!("../../tests/data/states.txt");

#[test]
fn old_payloads_are_readable_for_ever() {
    let known: Vec<(&str, &str)> = OLD_PAYLOADS.lines().filter_map(|line| line.split_once(' ')).collect();
    for (payload, name) in &known {
        assert_eq!(named(payload).as_deref(), Some(*name), "{payload}");
    }
    // Whatever can be pressed today must be in the file, so that it can be pressed for ever.
    let missing: Vec<String> = one_of_each()
        .into_iter()
        .filter(|payload| !known.iter().any(|(it, _)| *it == payload.as_str()))
        .map(|payload| format!("{} {}", payload.as_str(), named(payload.as_str()).unwrap_or_default()))
        .collect();
    assert!(
        missing.is_empty(),
        "add to tests/data/payloads.txt:\n{}",
        missing.join("\n")
    );
}

#[test]
fn old_states_are_readable_for_ever_and_unknown_ones_are_a_new_start() {
    for line in OLD_STATES.lines() {
        assert!(Flow::read(line).is_some(), "{line}");
    }
    let mut missing = Vec::new();
    for awaiting in [
        Awaiting::Nothing,
        Awaiting::Field(Field::Topic),
        Awaiting::Choice(Field::Homework, "§ 13".to_owned()),
        Awaiting::Place("§ 13".to_owned()),
        Awaiting::Comment(PersonId(42)),
    ] {
        let at = chrono::DateTime::from_timestamp(1_795_480_800, 0).unwrap();
        let hand = Hand::Sign(Sign::Absent);
        let open = lessons::flow::Flow {
            key: key(),
            opened_version: 1,
            heard_at: at,
            seen: 2,
            awaiting,
            hand,
        };
        let stored = Flow::Lessons(open.clone()).store();
        assert_eq!(Flow::read(&stored), Some(Flow::Lessons(open)));
        if !OLD_STATES.lines().any(|line| line == stored) {
            missing.push(stored);
        }
    }
    let search = people::passes::search::Search {
        heard_at: "2026-11-24T00:40:00Z".parse().unwrap(),
        typed: "Ли".to_owned(),
    };
    let stored = Flow::Search(search.clone()).store();
    assert_eq!(Flow::read(&stored), Some(Flow::Search(search)));
    if !OLD_STATES.lines().any(|line| line == stored) {
        missing.push(stored);
    }
    for open in announcements::samples::states() {
        let stored = Flow::Announcement(open.clone()).store();
        assert_eq!(Flow::read(&stored), Some(Flow::Announcement(open)));
        if !OLD_STATES.lines().any(|line| line == stored) {
            missing.push(stored);
        }
    }
    for awaited in surveys::samples::states() {
        let stored = Flow::Surveys(awaited).store();
        assert_eq!(Flow::read(&stored), Some(Flow::Surveys(awaited)));
        if !OLD_STATES.lines().any(|line| line == stored) {
            missing.push(stored);
        }
    }
    let drafts = letters::samples::states().map(|it| Flow::Letters(it).store());
    let talks = threads::samples::states().map(|it| Flow::Threads(it).store());
    let suggestions = feedback::samples::states().map(|it| Flow::Feedback(it).store());
    let awaited = rules::samples::states().map(|it| Flow::Rules(it).store());
    let absences = absences::samples::states().map(|it| Flow::Absences(it).store());
    let talks = drafts.into_iter().chain(talks).chain(suggestions);
    for stored in talks.chain(awaited).chain(absences) {
        assert!(Flow::read(&stored).is_some());
        if !OLD_STATES.lines().any(|line| line == stored) {
            missing.push(stored);
        }
    }
    for stored in people::entry::samples::states().map(|it| Flow::Entry(it).store()) {
        assert!(Flow::read(&stored).is_some());
        if !OLD_STATES.lines().any(|line| line == stored) {
            missing.push(stored);
        }
    }
    assert!(
        missing.is_empty(),
        "add to tests/data/states.txt:\n{}",
        missing.join("\n")
    );
    assert_eq!(Flow::read(""), Some(Flow::Idle));
    assert_eq!(Flow::read("{\"v\":99,\"flow\":\"Idle\"}"), None);
    assert_eq!(Flow::read("{\"v\":1,\"flow\":\"Dancing\"}"), None);
}

fn class_samples(locale: Locale) -> Vec<(&'static str, Screen)> {
    let name = FullName {
        surname: "Преображенская".into(),
        name: "Анна-Мария".into(),
        patronymic: "Олеговна".into(),
    };
    let class = people::passes::Class {
        id: ClassId(7),
        name: "11А".to_owned(),
    };
    let pupils: Vec<(PersonId, FullName)> = (0..52).map(|id| (PersonId(id), name.clone())).collect();
    let diary = |pupil| Door::Diary {
        pupil,
        date: key().date,
    };
    let places = [
        Place::Lessons,
        Place::Class(class.clone()),
        Place::Child(Child {
            id: PersonId(42),
            name: "Константина-Александра-Анна-Мария-Оглы-я".to_owned(),
            class: "11А".to_owned(),
            school: Some("Средняя общеобразовательная школа № 77".to_owned()),
        }),
    ];
    let which = |asked| asked::which(locale, asked, &places);
    vec![
        ("which diary", which(Asked::Diary)),
        ("which marks", which(Asked::Page(Section::Marks))),
        ("which homework", which(Asked::Page(Section::Homework))),
        ("which timetable", which(Asked::Page(Section::Timetable))),
        ("which absences", which(Asked::Absence)),
        ("class", tutor::draw(locale, &class, &pupils, 0, diary)),
        (
            "class, forged page",
            tutor::draw(locale, &class, &pupils, u8::MAX, diary),
        ),
        ("class, empty", tutor::draw(locale, &class, &[], 0, diary)),
    ]
}

fn other_samples(locale: Locale) -> Vec<(&'static str, Screen)> {
    let name = |surname: &str| FullName {
        surname: surname.into(),
        name: "Анна-Мария".into(),
        patronymic: "Олеговна".into(),
    };
    let person = |id, surname| people::Person {
        id: PersonId(id),
        school: crate::ids::SchoolId(1),
        name: name(surname),
    };
    let lesson = lesson(25);
    let facts = |sign: Option<&str>, marks: &[(&str, &str)]| Facts {
        sign: sign.map(str::to_owned),
        marks: marks
            .iter()
            .map(|(value, kind)| ((*value).to_owned(), (*kind).to_owned()))
            .collect(),
        topic: lesson.topic.clone(),
        homework: lesson.homework.clone(),
        due: lesson.due,
        comment: Some("к".repeat(300)),
    };
    let now = "2026-11-23T02:10:00Z".parse().unwrap();
    let children = people::entry::samples::children();
    let work = Work {
        taught: vec![("Алгебра".to_owned(), vec!["7А".to_owned(), "7Б".to_owned()])],
        tutored: vec!["7А".to_owned()],
        duties: Role::ALL.to_vec(),
    };
    let several = facts(None, &[("4", "answer"), ("5", "independent")]);
    let away = facts(Some("absent"), &[]);
    let later = facts(Some("ill"), &[("4", "control")]);
    let notice = |facts| notice_screens::Notice {
        locale,
        lesson: &lesson,
        facts,
        child: "Анна (7А)",
        pupil: PersonId(42),
        now,
    };
    let differences = [
        Difference::Corrected("4".into(), "5".into()),
        Difference::Added("3".into()),
        Difference::Removed("2".into()),
        Difference::Sign(Some("absent".into()), None),
        Difference::Sign(None, Some("late".into())),
    ];
    vec![
        ("welcome", people::screens::welcome(locale)),
        ("where from", people::screens::where_from(locale)),
        (
            "entered, parent",
            people::screens::entered(locale, &person(1, "Волкова"), &children, &Work::default()),
        ),
        (
            "entered, staff",
            people::screens::entered(locale, &person(1, "Смирнова"), &[], &work),
        ),
        (
            "entered, both",
            people::screens::entered(locale, &person(1, "Смирнова"), &children, &work),
        ),
        (
            "entered, pupil",
            people::screens::entered_pupil(locale, &person(2, "Волкова")),
        ),
        (
            "settings",
            people::screens::settings(locale, Standing::Free, &children, (Some(PersonId(42)), &[])),
        ),
        (
            "settings, no PIN",
            people::screens::settings(locale, Standing::NoPin, &[], (None, &[PersonId(42)])),
        ),
        (
            "settings, staff",
            people::screens::settings(locale, Standing::Open, &children, (Some(PersonId(42)), &[PersonId(42)])),
        ),
        ("help", people::screens::help(locale, false)),
        ("notice", notice_screens::first(&notice(&several))),
        ("notice, away", notice_screens::first(&notice(&away))),
        ("notice, handed in later", notice_screens::first(&notice(&later))),
        (
            "notice, corrected",
            notice_screens::corrected(&notice(&several), &differences),
        ),
        (
            "correction",
            notice_screens::correction(&notice(&several), &differences, Some("wrong_button")),
        ),
    ]
}

#[test]
fn every_screen_keeps_the_limits_in_every_language() {
    for locale in Locale::ALL {
        let named = |(name, screen): (&'static str, Screen)| (name.to_owned(), screen);
        let samples = lesson_samples(locale)
            .into_iter()
            .chain(other_samples(locale))
            .chain(class_samples(locale))
            .chain(lock::screens::samples::samples(locale))
            .chain(trail::screens::samples::samples(locale))
            .chain(people::entry::samples::screens(locale))
            .chain(people::passes::samples::screens(locale))
            .chain(workbook::samples::screens(locale))
            .chain(announcements::samples::screens(locale))
            .chain(surveys::samples::screens(locale))
            .chain(letters::samples::screens(locale))
            .chain(threads::samples::screens(locale))
            .chain(feedback::samples::screens(locale))
            .chain(rules::samples::screens(locale))
            .chain(absences::samples::screens(locale))
            .chain(notices::settings::samples::screens(locale))
            .chain(notices::digest::samples::screens(locale))
            .chain(progress::samples::screens(locale))
            .map(named);
        for (name, screen) in samples
            .chain(diary_samples(locale))
            .chain(control::samples::samples(locale))
        {
            assert_eq!(
                screen.faults(),
                Vec::<String>::new(),
                "«{name}» in {locale:?}:\n{}",
                screen.text
            );
            // A key that isn't in the locales shows itself; a place that wasn't filled too.
            let shown = format!("{} {}", screen.text, labels(&screen).join(" "));
            assert!(!shown.contains("%{"), "«{name}» in {locale:?}: {shown}");
            for room in [
                "lessons.",
                "notices.",
                "people.",
                "entry.",
                "passes.",
                "letters.",
                "threads.",
                "feedback.",
                "absences.",
                "menu.",
                "diary.",
                "nav.",
                "count.",
            ] {
                let key = shown
                    .split(room)
                    .skip(1)
                    .any(|rest| rest.starts_with(|it: char| it.is_ascii_lowercase()));
                assert!(!key, "«{name}» in {locale:?}: {shown}");
            }
            for button in screen.rows.iter().flatten() {
                assert!(
                    read_payload(button.payload.as_str()).is_some(),
                    "«{}» of «{name}»",
                    button.label
                );
            }
        }
    }
}

fn labels(screen: &Screen) -> Vec<String> {
    screen
        .rows
        .iter()
        .flatten()
        .map(|button| button.label.clone())
        .collect()
}

#[test]
fn a_class_of_forty_five_fits_two_pages_and_everybody_is_on_one_of_them() {
    let samples = lesson_samples(Locale::Ru);
    let page = |name: &str| {
        samples
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, screen)| labels(screen))
            .unwrap()
    };
    let (first, second) = (page("grid of 45, first page"), page("grid of 45, second page"));
    assert!(first.contains(&"41–45 ›".to_owned()) && second.contains(&"‹ 1–40".to_owned()));
    let buttons = |screen: &str| {
        samples
            .iter()
            .find(|(it, _)| *it == screen)
            .map_or(0, |(_, it)| it.rows.iter().flatten().count())
    };
    assert!(buttons("grid of 45, first page") <= limits::BUTTONS);
}

#[test]
fn a_toast_is_one_line() {
    let lesson = lesson(45);
    for locale in Locale::ALL {
        for pupil in &lesson.pupils {
            for change in [
                Change::Sign(None),
                Change::PutLater(Value::Exempt),
                Change::Replace(Value::Four, Value::Five),
            ] {
                let toast = lessons::screens::cell_toast(locale, &lesson, pupil.id, change);
                assert!(toast.chars().count() <= limits::TOAST, "{toast}");
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_a_forger_sends_is_read_or_refused_without_a_panic(payload in "\\PC{0,64}") {
        let _ = read_payload(&payload);
    }

    #[test]
    fn bytes_after_a_known_tag_too(tag in prop::sample::select(vec!["la", "lv", "pa", "pv", "ea", "ev", "xa", "xv", "do", "nd", "dv"]), body in "[A-Za-z0-9_-]{0,60}") {
        let _ = read_payload(&format!("1{tag}{body}"));
    }

    #[test]
    fn a_press_survives_the_way_through_a_chat(load in 1_i64..1 << 40, pupil in 1_i64..1 << 40, seen in 0_i64..1 << 30, number in 1_i64..20, page in 0_u8..9) {
        let key = LessonKey { load: LoadId(load), number, ..key() };
        let press = CellPress { key, pupil: PersonId(pupil), change: Change::Replace(Value::Exempt, Value::One), seen, hand: Hand::Second(Value::Pass), page };
        let act = LessonAct::Correct(press, Reason::Unsaid);
        let payload = Payload::of(&act);
        prop_assert!(payload.as_str().len() <= limits::PAYLOAD_BYTES);
        prop_assert_eq!(read_payload(payload.as_str()), Some(Pressed::Act(Act::Lessons(act))));
    }
}

#[test]
fn what_is_no_text_has_a_plan_too() {
    use super::plan::{Plan, plan};
    use crate::chat::Input;
    for what in [Oddity::Forwarded, Oddity::Other] {
        assert!(matches!(plan(&Input::Odd { what, message: 1 }), Plan::Unreadable(_)));
    }
    let forged = Input::Press {
        payload: "rm -rf".into(),
        callback: "1".into(),
        message: 1,
    };
    assert_eq!(plan(&forged), Plan::Outdated);
    let button = Button::door("x", Door::Menu);
    let pressed = Input::Press {
        payload: button.payload.as_str().into(),
        callback: "1".into(),
        message: 1,
    };
    assert_eq!(plan(&pressed), Plan::Look(View::Menu));
}
