//! Samples of all screens, payloads and states of the way in.

use chrono::DateTime;

use super::consent::Text;
use super::press::{Act, View};
use super::store::Child;
use super::{Entry, Kind, Step, screens};
use crate::chat::{Payload, Screen};
use crate::ids::{PersonId, SchoolId};
use crate::people::Person;
use crate::people::keypad::{Key, Typed};
use crate::school::store::ConsentText;
use crate::words::Locale;
use crate::words::names::FullName;

fn child(id: i64, surname: &str, agreed: bool) -> Child {
    Child {
        id: PersonId(id),
        surname: surname.to_owned(),
        name: "Анна-Мария Александра Константиновна".to_owned(),
        grade: Some(7),
        letter: Some("А".to_owned()),
        given_at: agreed.then_some(DateTime::UNIX_EPOCH),
        version: agreed.then(|| "1-ru".to_owned()),
        school_id: SchoolId(1),
    }
}

/// One with consent and one without.
pub fn children() -> [Child; 2] {
    [child(2, "Волкова", true), child(3, "Волков", false)]
}

fn person() -> Person {
    Person {
        id: PersonId(1),
        school: SchoolId(1),
        name: FullName {
            surname: "Константинопольская-Преображенская".into(),
            name: "Ольга".into(),
            patronymic: "Петровна".into(),
        },
    }
}

fn entry(step: Step) -> Entry {
    let mut typed = Typed::default();
    let _ = (typed.press(Key::Digit(4)), typed.press(Key::Digit(8)));
    Entry {
        invitation: 17,
        step,
        typed,
        put_off: vec![PersonId(3)],
    }
}

/// As long as a school's text may be, of signs that HTML has for itself.
fn long_text() -> Text {
    Text::of_school(&ConsentText {
        version: 12,
        text: vec!["<&> ".repeat(450); 16].join("\n"),
        created_at: DateTime::UNIX_EPOCH,
    })
}

/// Where somebody can stand.
pub fn states() -> impl Iterator<Item = Entry> {
    [Step::Digits, Step::Name, Step::Consent(PersonId(2)), Step::PutOff]
        .into_iter()
        .map(entry)
}

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let (id, invitation) = (PersonId(42), 17);
    let acts = [
        Act::Key(invitation, Key::Digit(7)),
        Act::Key(invitation, Key::Erase),
        Act::Mine(invitation),
        Act::NotMine(invitation),
        Act::Agree(id),
        Act::PutOff(invitation),
        Act::Withdraw(id),
        Act::Known(id),
        Act::Unknown(id),
        Act::AgreeTo(id, 0),
        Act::AgreeTo(id, 12),
    ];
    let views = [
        View::Step,
        View::NoDigits,
        View::NotYours,
        View::Text(id, 1),
        View::Consent(id),
        View::AskWithdraw(id),
        View::Withdrawn(id),
        View::Answered,
        View::Version(id, 12, 1),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Every screen and letter.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let [agreed, other] = children();
    let (person, moment) = (person(), ("пн\u{a0}23.11", "10:42"));
    let (built_in, long) = (Text::built_in(locale), long_text());
    let title = screens::text_title(locale, long.version, moment.0);
    let mut all = vec![
        ("where the digits come from", screens::no_digits(locale)),
        (
            "name, parent",
            screens::name(locale, Kind::Parent, ("Волкова Анна, 7А", "Учебная школа"), 17),
        ),
        (
            "name, pupil",
            screens::name(locale, Kind::Pupil, ("Волкова Анна, 7А", "Учебная школа"), 17),
        ),
        (
            "consent, on the way in",
            screens::consent(locale, &other, Some(17), &long),
        ),
        ("consent, later", screens::consent(locale, &other, None, &built_in)),
        (
            "consent, given",
            screens::consent_given(locale, &agreed, (moment.0, &title), &built_in, None),
        ),
        (
            "consent, given to an older text",
            screens::consent_given(locale, &agreed, (moment.0, &title), &built_in, Some(&long)),
        ),
        ("consent, ask", screens::ask_withdraw(locale, &agreed)),
        ("consent, withdrawn", screens::withdrawn(locale, &other)),
        (
            "put off",
            screens::without_consent(locale, (moment.0, person.name.adult()), 17),
        ),
        (
            "put off, no tutor",
            screens::without_consent(locale, (moment.0, String::new()), 17),
        ),
        ("not yours", screens::not_yours(locale)),
        ("over", screens::over(locale)),
        ("answered", screens::answered(locale)),
        (
            "moved, staff",
            screens::moved(locale, moment.0, moment.1, Some(Kind::Staff)),
        ),
        (
            "moved, family",
            screens::moved(locale, moment.0, moment.1, Some(Kind::Pupil)),
        ),
        ("revoked", screens::revoked(locale, moment.0, "20-00-00")),
        (
            "another adult",
            screens::another_adult(locale, &person, &children(), moment),
        ),
        ("unknown adult", screens::unknown_adult(locale, &person)),
        (
            "withdrawn, to the tutor",
            screens::withdrawn_letter(locale, &person, &other),
        ),
    ];
    for kind in [Kind::Staff, Kind::Parent, Kind::Pupil] {
        all.push(("digits", screens::digits(locale, kind, &entry(Step::Digits), 5)));
    }
    for about in ["sleeps", "closed", "not_mine"] {
        all.push(("to the keeper", screens::keepers_letter(locale, &person, about)));
    }
    for text in [&built_in, &long] {
        for page in 0..=u8::try_from(text.pages.len()).unwrap_or(u8::MAX) {
            let screen = screens::consent_text(locale, PersonId(2), text, &title, page);
            all.push(("the text", screen));
        }
    }
    all
}
