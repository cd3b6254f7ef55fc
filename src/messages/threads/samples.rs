//! Samples of all screens, payloads and states of threads.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::hours::{self, Hours};
use super::press::{Act, View};
use super::screens::{self, Shown};
use super::shown::{self, screens::Standing};
use super::{Contact, Enclosed, Heading, Listed, Message, Open, PAGE, THREADS, Thread, Tie, To, WORDS_LIMIT};
use crate::access::talk::Halt;
use crate::chat::{Attached, FileKind, Payload, Screen};
use crate::ids::{ClassId, LoadId, MailingId, MessageId, PersonId, SchoolId, SubjectId, ThreadId};
use crate::people::Person;
use crate::school::store::Pupil;
use crate::words::Locale;
use crate::words::names::FullName;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let (thread, person) = (ThreadId(5), PersonId(42));
    let acts = [
        Act::Open(thread),
        Act::OpenHere(thread),
        Act::Answer(thread),
        Act::AnswerHere(thread),
        Act::AnswerLetter(MailingId(9), person),
        Act::AskTeacher(person, LoadId(17)),
        Act::Write(person, Some(person), Some(SubjectId(3))),
        Act::Write(person, None, None),
        Act::PutLoose(thread),
        Act::DropLoose,
        Act::Stop,
        Act::Close(thread),
        Act::TakeBack(MessageId(11)),
        Act::Files(thread, 1),
        Act::Show(thread),
        Act::Hide(thread),
        Act::OpenShown(thread),
        Act::OpenShownHere(thread),
        Act::HoursDay(person, 5, true),
        Act::HoursFrom(person, 9),
        Act::HoursUntil(person, 17),
        Act::HoursReset(person),
        Act::ShownFiles(thread, 1),
    ];
    let views = [
        View::List(1),
        View::Thread(thread, 1),
        View::Writing,
        View::Waits(MessageId(11)),
        View::New,
        View::Contacts(person),
        View::Colleagues(1),
        View::Classes,
        View::Pupils(ClassId(7), 1),
        View::Family(person),
        View::Where,
        View::Muted,
        View::AskShow(thread),
        View::ShownList(1),
        View::ShownThread(thread, 1),
        View::Hours(person),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Where a dialogue can stand.
pub fn states() -> [Open; 4] {
    let person = To::Person {
        with: PersonId(42),
        pupil: Some(PersonId(43)),
        subject: None,
    };
    [
        Open::Writing(To::Thread(ThreadId(5))),
        Open::Writing(person),
        Open::Loose("Да, договорились".to_owned()),
        Open::Album(person, "13".to_owned()),
    ]
}

fn file() -> Attached {
    Attached {
        id: "file".to_owned(),
        name: "Самостоятельная работа по алгебре за первую четверть, вариант второй.docx".to_owned(),
        size: 1,
        kind: FileKind::Document,
        album: None,
    }
}

fn name() -> FullName {
    FullName {
        surname: "Константинопольская-Преображенская".to_owned(),
        name: "Александра".to_owned(),
        patronymic: "Константиновна".to_owned(),
    }
}

fn person(id: i64) -> Person {
    Person {
        id: PersonId(id),
        school: SchoolId(1),
        name: name(),
    }
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let mut all = talks(locale);
    all.extend(ways(locale));
    all.extend(hours::samples::screens(locale));
    all
}

/// Threads, and what arrives and is written.
#[expect(clippy::too_many_lines, reason = "a list")]
fn talks(locale: Locale) -> Vec<(&'static str, Screen)> {
    let heading = Heading {
        with: PersonId(2),
        name: name(),
        pupil: Some((PersonId(1), name())),
        class: Some("11А".to_owned()),
        subject: Some("Основы безопасности и защиты Родины".to_owned()),
        school: Some("Муниципальная школа № 1234 имени Преображенского".to_owned()),
    };
    let colleague = Heading {
        pupil: None,
        class: None,
        subject: None,
        ..heading.clone()
    };
    let pupil = Heading {
        with: PersonId(1),
        ..heading.clone()
    };
    let listed = |id: i64| Listed {
        id: ThreadId(id),
        heading: [&heading, &colleague, &pupil][usize::try_from(id % 3).unwrap()].clone(),
        unread: id % 2,
        closed: id % 4 == 0,
    };
    let many: Vec<Listed> = (0..20).map(listed).collect();
    let words = "Ё<".repeat(WORDS_LIMIT / 2);
    let message = |id: i64| Message {
        id: MessageId(id),
        thread: ThreadId(5),
        author: PersonId(1 + id % 2),
        words: words.clone(),
        file: Enclosed((id == 4).then(file)),
        at: NOW - TimeDelta::days(id),
        due_at: if id == 1 { NOW + TimeDelta::days(1) } else { NOW },
        read_at: (id == 2).then_some(NOW),
        recalled_at: (id == 3).then_some(NOW),
        stopped_at: (id == 2).then_some(NOW),
    };
    let messages: Vec<Message> = (0..i64::try_from(PAGE).unwrap()).map(message).collect();
    let thread = |closed_at| Thread {
        id: ThreadId(5),
        school: SchoolId(1),
        opener: PersonId(1),
        other: PersonId(2),
        pupil: Some(PersonId(1)),
        subject: None,
        closed_at,
    };
    let (open, closed) = (thread(None), thread(Some(NOW)));
    let shown = Shown {
        thread: &open,
        heading: &heading,
        messages: &messages,
        me: PersonId(1),
        now: NOW,
        zone: Tz::UTC,
        page: 1,
        older: true,
        may: screens::May::Write,
        shown: Standing::Mine,
    };
    let over = Shown {
        thread: &closed,
        heading: &colleague,
        messages: &[],
        me: PersonId(1),
        now: NOW,
        zone: Tz::UTC,
        page: 0,
        older: false,
        may: screens::May::Nothing,
        shown: Standing::Theirs,
    };
    let mut all = shown::samples::screens(locale, (&open, &heading), &messages);
    all.extend([
        ("threads", screens::list(locale, (&many, 1), &[])),
        ("no threads", screens::list(locale, (&[], 0), &[])),
        (
            "threads, some left and still shown",
            screens::list(locale, (&many, 1), &vec![(ThreadId(5), name()); THREADS]),
        ),
        ("thread, longest", screens::thread(locale, &shown)),
        ("thread, over", screens::thread(locale, &over)),
        (
            "thread of a closed pair",
            screens::thread(
                locale,
                &Shown {
                    may: screens::May::Closed,
                    ..over
                },
            ),
        ),
        (
            "message, longest",
            screens::letter(locale, ThreadId(5), &heading, &words),
        ),
        (
            "message of a colleague",
            screens::letter(locale, ThreadId(5), &colleague, "Да"),
        ),
        (
            "message, stopped",
            screens::stopped(locale, Halt::OtherLeft, (ThreadId(5), &heading), &words),
        ),
        (
            "message, stopped, of whom the child isn't any more",
            screens::stopped(locale, Halt::NotYours, (ThreadId(5), &heading), ""),
        ),
        (
            "message, taken back",
            screens::taken_back(locale, ("пн 23.11", "17:52")),
        ),
        ("a file by itself", screens::enclosure(locale)),
        (
            "a file once more",
            screens::enclosure_again(locale, None, ("пн 23.11", "17:52")),
        ),
        (
            "writing",
            screens::writing(locale, &heading, Some(ThreadId(5)), Some(Hours::default())),
        ),
        (
            "writing to a colleague",
            screens::writing(locale, &colleague, None, None),
        ),
        (
            "waits",
            screens::waits(locale, &heading, &message(1), (Hours::default(), Tz::UTC)),
        ),
        ("where does it belong", screens::place(locale, &words, &many)),
    ]);
    all
}

/// To whom one can write.
fn ways(locale: Locale) -> Vec<(&'static str, Screen)> {
    let ties = [Tie::Tutor, Tie::Teacher, Tie::Head, Tie::Administrator, Tie::Director];
    let contacts: Vec<Contact> = (0..40)
        .map(|id| Contact {
            person: person(id),
            tie: ties[usize::try_from(id).unwrap() % 5],
            subject: (id % 5 == 1).then(|| (SubjectId(id), "Основы безопасности и защиты Родины".to_owned())),
        })
        .collect();
    let people: Vec<Person> = (0..60).map(person).collect();
    let pupils: Vec<Pupil> = (0..52)
        .map(|id| Pupil {
            id: PersonId(id),
            surname: "Ли".to_owned(),
            name: "Ян".to_owned(),
            patronymic: String::new(),
        })
        .collect();
    let classes: Vec<(ClassId, String)> = (0..120).map(|id| (ClassId(id), "11А".to_owned())).collect();
    vec![
        (
            "new of a teacher with children",
            screens::new(locale, &people, (true, true)),
        ),
        ("new of nobody", screens::new(locale, &[], (false, false))),
        ("new without colleagues", screens::new(locale, &[], (true, false))),
        ("contacts", screens::contacts(locale, &person(1), &contacts)),
        ("no contacts", screens::contacts(locale, &person(1), &[])),
        ("colleagues", screens::colleagues(locale, &people, u8::MAX)),
        ("classes", screens::classes(locale, &classes)),
        ("pupils", screens::pupils(locale, (ClassId(7), "11А"), &pupils, u8::MAX)),
        (
            "family",
            screens::family(locale, &person(1), (&people[..3], true), Some(ClassId(7))),
        ),
        (
            "family of nobody",
            screens::family(locale, &person(1), (&[], false), None),
        ),
    ]
}
