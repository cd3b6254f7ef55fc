//! Samples of all screens, payloads and states of announcements.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::press::{Act, View};
use super::whom::{Several, Ticked, Whom};
use super::{Announcement, Counts, Draft, LIMIT, Open, Reader, State, letters, screens};
use crate::chat::begun::{Begun, offered};
use crate::chat::enclosed::MOST_FILES;
use crate::chat::{Attached, FileKind, Payload, Screen};
use crate::ids::{ClassId, GroupId, PersonId, SchoolId};
use crate::people::Person;
use crate::people::passes::Class;
use crate::people::reach::{Audience, Hindrance, Kin, Place, Post, Reach, Title};
use crate::words::Locale;
use crate::words::names::FullName;

const ZONE: Tz = Tz::Asia__Vladivostok;

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_480_800, 0).unwrap()
}

fn class() -> Place {
    Place::Class(ClassId(7))
}

fn stage() -> Place {
    Place::Grades {
        school: SchoolId(1),
        from: 5,
        to: 9,
    }
}

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let audiences = [
        Audience::Parents(class()),
        Audience::Pupils(Place::Group(GroupId(3))),
        Audience::Families(stage()),
        Audience::Families(Place::Pupil(PersonId(42))),
        Audience::Staff(SchoolId(1)),
        Post::Pedagogues.of(SchoolId(1), (5, 9)),
    ];
    let mut acts: Vec<Act> = audiences.map(Act::Begin).to_vec();
    acts.extend([
        Act::Rewrite,
        Act::Toggle,
        Act::Due(None),
        Act::Due(Some(29_924_680)),
        Act::Send,
        Act::Drop,
        Act::Read(42),
        Act::Remind(42),
        Act::Stop(42),
        Act::Recall(42),
        Act::Correct(42),
        Act::Keep,
        Act::WithoutFiles,
        Act::Files(42),
        Act::Tick(SchoolId(1), ClassId(7), true, 1),
        Act::TickAll(SchoolId(1), false),
        Act::Pick(ClassId(7), PersonId(42), true, 1),
        Act::PickAll(ClassId(7), false),
        Act::To(Kin::Families),
        Act::Resume,
        Act::Discard,
    ]);
    let views = [
        View::Home,
        View::Classes(SchoolId(1), 1),
        View::Of(class()),
        View::Of(stage()),
        View::Groups(ClassId(7)),
        View::Write,
        View::Preview,
        View::When,
        View::Sent(1),
        View::One(42),
        View::Readers(42, 1),
        View::AskRecall(42),
        View::Mine(1),
        View::Copy(42),
        View::Several(SchoolId(1), 1),
        View::Pick(ClassId(7), 1),
        View::Ticked,
        View::Posts(SchoolId(1)),
    ];
    let acts = acts.iter().map(Payload::of);
    acts.chain(views.iter().map(Payload::of)).collect()
}

/// Whatever can be open.
pub fn states() -> Vec<Open> {
    let draft = Draft {
        audience: Some(Whom::One(Audience::Parents(class()))),
        ticked: None,
        text: None,
        files: Vec::new(),
        acknowledged: false,
        due_at: None,
        awaits: true,
    };
    let written = Draft {
        audience: Some(Whom::One(Audience::Families(stage()))),
        ticked: None,
        text: Some("Собрание".to_owned()),
        files: files(),
        acknowledged: true,
        due_at: Some(at()),
        awaits: false,
    };
    let several = Draft {
        audience: Some(Whom::Several(Several::Classes {
            kin: Kin::Parents,
            classes: vec![ClassId(7), ClassId(8)],
        })),
        ticked: Some(Ticked::Pupils(ClassId(7), vec![PersonId(42)])),
        ..Draft::default()
    };
    vec![
        Open::Draft(draft),
        Open::Draft(written),
        Open::Draft(several),
        Open::Correction(42),
    ]
}

/// As many as can go with one, of every kind.
fn files() -> Vec<Attached> {
    let kinds = [FileKind::Picture, FileKind::Document, FileKind::Voice];
    let of = |(i, kind): (usize, FileKind)| Attached {
        id: format!("file{i}"),
        name: "План.pdf".to_owned(),
        size: 1,
        kind,
        album: None,
    };
    kinds.into_iter().cycle().take(MOST_FILES).enumerate().map(of).collect()
}

fn name() -> FullName {
    FullName {
        surname: "Константинопольская-Преображенская".to_owned(),
        name: "Анна-Мария".to_owned(),
        patronymic: "Александровна".to_owned(),
    }
}

fn announcement(text: &str, state: State) -> Announcement {
    Announcement {
        id: 42,
        school: SchoolId(1),
        author: PersonId(1),
        name: name(),
        from: ("telegram".to_owned(), 1),
        audience: Whom::One(Audience::Parents(class())),
        left_out: Vec::new(),
        office: ("tutor".to_owned(), "11А".to_owned()),
        text: text.to_owned(),
        files: files(),
        acknowledged: true,
        state,
        due_at: at(),
        corrections: 1,
        corrected_at: Some(at() + TimeDelta::hours(2)),
        recalled_at: (state == State::Recalled).then(at),
        reminders: 0,
    }
}

fn long() -> String {
    "<Собрание> & «всё» ".repeat(LIMIT / 19)
}

fn group() -> Title {
    Title::Group("11А".to_owned(), "Основы безопасности, группа 1".to_owned())
}

fn picked() -> Whom {
    Whom::Several(Several::Picked {
        kin: Kin::Families,
        class: ClassId(7),
        pupils: vec![PersonId(42)],
    })
}

/// Those on which readers are ticked.
fn ticking(locale: Locale) -> Vec<(&'static str, Screen)> {
    let classes: Vec<Class> = (0..45)
        .map(|id| Class {
            id: ClassId(id),
            name: "11А".to_owned(),
        })
        .collect();
    let all: Vec<ClassId> = classes.iter().map(|it| it.id).collect();
    let pupils: Vec<Person> = (0..45)
        .map(|id| Person {
            id: PersonId(id),
            school: SchoolId(1),
            name: name(),
        })
        .collect();
    let everybody: Vec<PersonId> = pupils.iter().map(|it| it.id).collect();
    let titles = vec![Title::Pupil("11А".to_owned(), name().pupil()); 30];
    let counts = Kin::ALL.map(|kin| (kin, 12_000));
    let posts = Post::ALL.map(|it| {
        let grades = it.has_classes().then_some((10, 11));
        (it.of(SchoolId(1), (10, 11)), Title::Post(it, grades), 12_000)
    });
    let draft = |title| {
        let today = at().date_naive();
        let kept = Some((today, today));
        let begun = Begun { title, kept };
        offered(
            screens::posts(locale, &posts),
            locale,
            &begun,
            (&Act::Resume, &Act::Discard),
        )
    };
    let several = |ticked: &[ClassId], page| screens::several(locale, SchoolId(1), (&classes, ticked), page);
    let pick = |ticked: &[PersonId], page| screens::pick(locale, &classes[0], (&pupils, ticked), page);
    vec![
        ("announcements: several", several(&[], 0)),
        ("announcements: several, all", several(&all, 1)),
        ("announcements: pick", pick(&[], 0)),
        ("announcements: pick, all", pick(&everybody, 1)),
        (
            "announcements: ticked",
            screens::ticked(locale, &titles, &counts, View::Pick(ClassId(7), 0)),
        ),
        ("announcements: posts", screens::posts(locale, &posts)),
        ("announcements: posts, a draft", draft(Some(long()))),
        ("announcements: posts, a draft without words", draft(None)),
    ]
}

/// Every screen and letter, with the longest texts that can come.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let mut all = before(locale);
    all.extend(ticking(locale));
    all.extend(after(locale));
    all
}

/// Those before it is sent.
fn before(locale: Locale) -> Vec<(&'static str, Screen)> {
    let places = [
        screens::Choice::Class(ClassId(7), "11А".to_owned()),
        screens::Choice::Stage(SchoolId(1), 10, 11),
        screens::Choice::School(SchoolId(1)),
        screens::Choice::Staff(SchoolId(1)),
        screens::Choice::Classes(SchoolId(1)),
        screens::Choice::Several(SchoolId(1)),
        screens::Choice::Posts(SchoolId(1)),
    ];
    let schools = [(
        SchoolId(1),
        "Муниципальная школа № 1234 имени Преображенского".to_owned(),
    )];
    let class_of = |id| Class {
        id: ClassId(id),
        name: "11А".to_owned(),
    };
    let classes: Vec<Class> = (0..60).map(class_of).collect();
    let person = |id: i64| Person {
        id: PersonId(id),
        school: SchoolId(1),
        name: name(),
    };
    let reach = Reach {
        recipients: Vec::new(),
        missing: (0..30).map(|id| (person(id), Hindrance::ChatClosed)).collect(),
    };
    let sent = announcement(&long(), State::Sent);
    let whom = screens::whom(locale, Audience::Families(class()), &group());
    let lost: Vec<String> = (0..30).map(|_| name().pupil()).collect();
    let left_out = screens::left_out_line(locale, &picked(), &lost);
    let counted = [
        (Audience::Parents(class()), 2_000),
        (Audience::Pupils(class()), 0),
        (Audience::Families(class()), 2_000),
    ];
    let groups = [(GroupId(1), "Английский язык, группа 1".to_owned())];
    let of = |title: &Title, more| screens::of(locale, title, &counted, more);
    let preview = |n, due| screens::preview(locale, &sent, (n, &reach, &left_out), (due, ZONE));
    vec![
        ("announcements: home", screens::home(locale, &places, &schools)),
        (
            "announcements: classes",
            screens::classes(locale, SchoolId(1), (&classes, 1)),
        ),
        (
            "announcements: of",
            of(&group(), (Some(ClassId(7)), Some(ClassId(7)), true)),
        ),
        (
            "announcements: of stage",
            of(&Title::Grades(10, 11), (None, None, false)),
        ),
        ("announcements: of school", of(&Title::School, (None, None, false))),
        (
            "announcements: groups",
            screens::groups(locale, (ClassId(7), &group()), &groups),
        ),
        ("announcements: write", screens::write(locale, &whom, true, &files())),
        ("announcements: correction", screens::correction(locale, &sent)),
        ("announcements: preview", preview(12_000, Some(at()))),
        ("announcements: preview, nobody", preview(0, None)),
        ("announcements: when", screens::when(locale, at(), ZONE)),
    ]
}

/// Those of one that was sent, and what arrives.
fn after(locale: Locale) -> Vec<(&'static str, Screen)> {
    let counts = Counts {
        people: 12_000,
        arrived: 11_000,
        read: 9_000,
        waiting: 0,
    };
    let sending = Counts { waiting: 900, ..counts };
    let sent = announcement(&long(), State::Sent);
    let whom = screens::whom(locale, Audience::Families(class()), &group());
    let reader = |read_at, arrived, waits| Reader {
        name: name(),
        read_at,
        arrived,
        waits,
    };
    let each = [
        reader(Some(at()), true, false),
        reader(None, true, false),
        reader(None, false, true),
        reader(None, false, false),
    ];
    let readers: Vec<Reader> = each.into_iter().cycle().take(31).collect();
    let list: Vec<Announcement> = std::iter::repeat_n(sent.clone(), 11).collect();
    let mut all = vec![
        ("announcements: ask recall", screens::ask_recall(locale, &sent, &counts)),
        (
            "announcements: readers",
            screens::readers(locale, &sent, (&readers, 1), ZONE),
        ),
        ("announcements: sent", screens::sent(locale, &list, 1, ZONE)),
        ("announcements: none sent", screens::sent(locale, &[], 0, ZONE)),
        ("announcements: mine", screens::mine(locale, &list, 0, ZONE)),
        ("announcements: none told", screens::mine(locale, &[], 0, ZONE)),
        ("announcements: copy", screens::copy(locale, &sent, Some(at()), ZONE)),
        ("announcements: progress", screens::progress(locale, &sent, &sending)),
        ("announcements: finished", screens::progress(locale, &sent, &counts)),
        ("announcements: refused", screens::refused(locale, &sent)),
        (
            "announcements: left out",
            screens::left_out(locale, &sent, &vec![name().pupil(); 30]),
        ),
        ("announcements: letter", letters::copy(locale, &sent, None, ZONE)),
        ("announcements: enclosure", letters::enclosure(locale, 10, 10)),
        ("announcements: letter, recalled", letters::recalled(locale, at(), ZONE)),
        ("announcements: reminder", letters::reminder(locale, &sent)),
    ];
    let states = [
        State::Waiting,
        State::Sending,
        State::Sent,
        State::Stopped,
        State::Recalled,
        State::Refused,
    ];
    let now = (at() - TimeDelta::hours(1), ZONE);
    for one in states.map(|state| announcement(&long(), state)) {
        for counts in [counts, sending, Counts::default()] {
            all.push((
                "announcements: one",
                screens::one(locale, (&one, &whom, &whom), &counts, now),
            ));
        }
    }
    all
}
