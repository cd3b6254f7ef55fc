//! Samples of all screens, payloads and states of letters to families.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::facts::{Away, Facts};
use super::press::{Act, View};
use super::screens::{self, Letter};
use super::{Addressee, Draft, Fate, Kind, Mailing, TEMPLATES, WORDS_LIMIT, review, shared};
use crate::chat::{Payload, Screen};
use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, SchoolId, TemplateId};
use crate::lessons::cell::{Sign, Value};
use crate::people::Person;
use crate::people::passes::Class;
use crate::people::reach::{Hindrance, OpenChat, Reach, Recipient};
use crate::words::Locale;
use crate::words::names::FullName;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let (class, pupil, mailing) = (ClassId(7), PersonId(42), MailingId(9));
    let held = HeldLetterId(5);
    let mut acts = vec![
        Act::Begin(class),
        Act::Pick(class, pupil, true, 1),
        Act::Pick(class, pupil, false, 0),
        Act::PickAll(class, true),
        Act::Facts(class, false),
        Act::Use(class, TemplateId(3)),
        Act::Ready(class, 1),
        Act::Keep(class),
        Act::Forget(class, TemplateId(3)),
        Act::Send(class, mailing),
        Act::Drop(class),
        Act::Remind(mailing),
        Act::Recall(mailing),
        Act::Read(mailing, pupil),
        Act::Approve(held),
        Act::ApproveHere(held),
        Act::Return(held),
        Act::ReturnHere(held),
        Act::Redo(held),
        Act::TakeBack(held),
        Act::UseShared(class, TemplateId(3)),
        Act::Resume(class),
        Act::Discard(class),
    ];
    acts.extend(Kind::ALL.map(|kind| Act::About(class, kind)));
    let views = [
        View::Whom(class, 1),
        View::Kinds(class),
        View::Preview(class),
        View::Templates(class),
        View::Sent(mailing),
        View::Outbox(class, 1),
        View::AskRecall(mailing),
        View::Held(held),
        View::Waiting,
        View::Returning(held),
        View::Shared(class),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Where a dialogue can stand.
pub fn states() -> [Draft; 2] {
    let mut draft = Draft::new(ClassId(7), MailingId(9));
    draft.pick(PersonId(42), true);
    draft.kind = Some(Kind::Study);
    draft.words = "Завтра собрание".to_owned();
    [Draft::new(ClassId(7), MailingId(0)), draft]
}

pub(super) fn name(idx: i64) -> FullName {
    let surnames = ["Ли", "Орлова", "Константинопольская-Преображенская", "Иванова"];
    FullName {
        surname: surnames[usize::try_from(idx).unwrap_or_default() % 4].to_owned(),
        name: "Александра".to_owned(),
        patronymic: "Константиновна".to_owned(),
    }
}

fn person(idx: i64) -> Person {
    Person {
        id: PersonId(idx),
        school: SchoolId(1),
        name: name(idx),
    }
}

fn addressees(n: i64) -> Vec<Addressee> {
    let fates = [Fate::Read(NOW), Fate::Arrived, Fate::OnItsWay, Fate::Missed];
    (0..n)
        .map(|idx| Addressee {
            person: PersonId(idx),
            name: name(idx),
            pupil: PersonId(1000 + idx / 2),
            pupil_name: name(idx / 2),
            chat: ("telegram".to_owned(), idx),
            key: String::new(),
            fate: fates[usize::try_from(idx).unwrap_or_default() % 4],
            reminded_at: None,
        })
        .collect()
}

/// As much as a term brings to one letter.
fn heavy() -> Facts {
    let subject = |idx: usize| format!("Основы безопасности и защиты Родины {idx}");
    let day = |idx: u32| NaiveDate::from_ymd_opt(2026, 10, 1 + idx % 28).unwrap();
    Facts {
        marks: (0..18)
            .map(|idx| (subject(idx), vec![Value::Five, Value::Two, Value::Fail]))
            .collect(),
        averages: (0..18).map(|idx| (subject(idx), 443)).collect(),
        away: (0..60)
            .map(|idx| Away {
                date: day(idx / 3),
                number: i64::from(idx % 3) + 1,
                sign: Sign::ALL[usize::try_from(idx / 3 % 4).unwrap()],
            })
            .collect(),
    }
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let mut all = steps(locale);
    all.extend(sent(locale));
    all.extend(letters(locale));
    all.extend(review::samples::screens(locale));
    all.extend(shared::samples::screens(locale));
    all
}

pub(super) fn class() -> Class {
    Class {
        id: ClassId(7),
        name: "11А".to_owned(),
    }
}

/// As much as is taken.
pub(super) fn longest() -> String {
    "Ё<".repeat(WORDS_LIMIT / 2)
}

pub(super) fn letter<'l>(kind: Kind, facts: Option<&'l Facts>, words: &'l str, author: &'l FullName) -> Letter<'l> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Letter {
        mailing: MailingId(9),
        pupil: PersonId(42),
        child: "Александра",
        class: "11А",
        kind,
        week: super::facts::week(today),
        facts,
        words,
        author,
        today,
        school: None,
    }
}

/// U3–U5.
fn steps(locale: Locale) -> Vec<(&'static str, Screen)> {
    let class = class();
    let pupils: Vec<(PersonId, FullName)> = (0..52).map(|id| (PersonId(id), name(id))).collect();
    let fresh = Draft::new(class.id, MailingId(0));
    let mut all = fresh.clone();
    all.picked = pupils.iter().map(|it| it.0).collect();
    let mut one = fresh.clone();
    one.pick(PersonId(2), true);
    let mut full = all.clone();
    (full.kind, full.words) = (Some(Kind::Study), longest());
    let mut praise = one.clone();
    praise.kind = Some(Kind::Praise);
    let recipient = |id: i64| Recipient {
        person: person(id),
        pupils: vec![PersonId(id)],
        chats: vec![OpenChat {
            transport: "telegram".to_owned(),
            account: id,
            locale,
        }],
    };
    let reach = Reach {
        recipients: (0..40).map(recipient).collect(),
        missing: (0..30).map(|id| (person(id), Hindrance::NotConnected)).collect(),
    };
    let (facts, author) = (heavy(), name(2));
    let study = letter(Kind::Study, Some(&facts), &full.words, &author);
    let own: Vec<(TemplateId, String)> = (0..i64::try_from(TEMPLATES).unwrap())
        .map(|id| (TemplateId(id), full.words.clone()))
        .collect();
    vec![
        ("whom of 52", screens::whom(locale, &class, &pupils, &fresh, 0)),
        ("whom, all picked", screens::whom(locale, &class, &pupils, &all, 1)),
        ("whom, one", screens::whom(locale, &class, &pupils, &one, u8::MAX)),
        ("whom of none", screens::whom(locale, &class, &[], &fresh, 0)),
        ("kinds", screens::kinds(locale, &class, &one)),
        (
            "preview, longest",
            screens::preview(locale, &class, &full, &reach, (&author, &study)),
        ),
        (
            "preview, empty",
            screens::preview(
                locale,
                &class,
                &praise,
                &Reach::default(),
                (&author, &letter(Kind::Praise, None, "", &author)),
            ),
        ),
        (
            "templates",
            screens::templates(locale, &class, (&full, Kind::Study), &own),
        ),
        (
            "no templates",
            screens::templates(locale, &class, (&full, Kind::Behaviour), &[]),
        ),
    ]
}

/// U6.
fn sent(locale: Locale) -> Vec<(&'static str, Screen)> {
    let class = class();
    let mailing = |recalled_at| Mailing {
        id: MailingId(9),
        school: SchoolId(1),
        class: class.id,
        author: PersonId(2),
        kind: Kind::Absences,
        words: longest(),
        sent_at: NOW,
        recalled_at,
    };
    let sent = [(mailing(None), addressees(60)), (mailing(Some(NOW)), addressees(2))];
    let many: Vec<_> = sent.iter().cycle().take(screens::SENT + 1).cloned().collect();
    let held = [review::State::Waiting, review::State::Returned].map(review::samples::held);
    vec![
        (
            "sent",
            screens::sent(locale, &class, &mailing(None), &addressees(60), Tz::UTC),
        ),
        (
            "sent, taken back",
            screens::sent(locale, &class, &mailing(Some(NOW)), &addressees(2), Tz::UTC),
        ),
        (
            "ask recall",
            screens::ask_recall(locale, &mailing(None), &addressees(60)),
        ),
        ("outbox", screens::outbox(locale, &class, (&held, &many), 1, Tz::UTC)),
        ("nothing sent", screens::outbox(locale, &class, (&[], &[]), 0, Tz::UTC)),
    ]
}

/// What stands in a family's chat.
fn letters(locale: Locale) -> Vec<(&'static str, Screen)> {
    let (facts, empty, author, words) = (heavy(), Facts::default(), name(2), longest());
    let kept = screens::letter(locale, &letter(Kind::Study, Some(&facts), &words, &author));
    let read = Act::Read(MailingId(9), PersonId(42));
    let reminder = screens::reminder(locale, (MailingId(9), PersonId(42)), (&author, "пн 23.11"), "<b>x</b>");
    let about = |kind| screens::letter(locale, &letter(kind, None, "Слова", &author));
    vec![
        ("letter, longest", kept.clone()),
        (
            "letter, nothing",
            screens::letter(locale, &letter(Kind::Study, Some(&empty), "", &author)),
        ),
        (
            "letter, never away",
            screens::letter(locale, &letter(Kind::Absences, Some(&empty), "", &author)),
        ),
        ("letter, behaviour", about(Kind::Behaviour)),
        ("letter, study", about(Kind::Study)),
        ("letter, praise", about(Kind::Praise)),
        ("letter, other", about(Kind::Other)),
        (
            "letter, read",
            screens::marked_read(locale, kept, ("пн 23.11", "17:52"), &read),
        ),
        ("letter, taken back", screens::recalled(locale, ("пн 23.11", "17:52"))),
        ("reminder", reminder.clone()),
        (
            "reminder, heard",
            screens::reminder_heard(locale, reminder, ("пн 23.11", "17:52"), &read),
        ),
    ]
}
