//! Samples of all screens and payloads of the pages about access.

use chrono::{DateTime, Utc};

use super::press::{Act, View};
use super::rights::{self, Adult, Rights};
use super::store::Found;
use super::{Class, Family, Standing, screens};
use crate::chat::{Ctx, Links, Payload, Screen};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::Person;
use crate::people::entry::Pass;
use crate::people::entry::store::Child;
use crate::words::Locale;
use crate::words::names::FullName;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn standing(id: i64, surname: &str, connected: bool) -> Standing {
    Standing {
        person: Person {
            id: PersonId(id),
            school: SchoolId(1),
            name: FullName {
                surname: surname.to_owned(),
                name: "Александра".to_owned(),
                patronymic: "Константиновна".to_owned(),
            },
        },
        connected_at: connected.then_some(NOW),
        closed_at: (connected && id % 5 == 0).then_some(NOW),
        invited_until: (id % 2 == 0).then_some(NOW),
        wrong: None,
        sleeps_until: None,
    }
}

fn families(n: i64) -> Vec<Family> {
    let surnames = ["Ли", "Орлова", "Константинопольская-Преображенская", "Иванова"];
    (0..n)
        .map(|idx| Family {
            pupil: standing(
                idx * 3,
                surnames[usize::try_from(idx).unwrap_or_default() % 4],
                idx % 3 == 0,
            ),
            parents: vec![
                standing(idx * 3 + 1, "Ли", idx % 2 == 0),
                standing(idx * 3 + 2, "Ли", false),
            ],
        })
        .collect()
}

fn child() -> Child {
    Child {
        id: PersonId(42),
        surname: "Константинопольская-Преображенская".to_owned(),
        name: "Александра".to_owned(),
        grade: Some(11),
        letter: Some("А".to_owned()),
        given_at: None,
        version: None,
        school_id: SchoolId(1),
    }
}

fn adults() -> Vec<rights::screens::Shown> {
    Rights::ALL
        .into_iter()
        .zip(43..)
        .map(|(rights, id)| {
            let since = (rights != Rights::Full).then_some(NOW);
            let adult = Adult {
                person: standing(id, "Константинопольская-Преображенская", true).person,
                rights,
                since,
            };
            (adult, since.map_or_else(String::new, |_| "пн\u{a0}23.11".to_owned()))
        })
        .collect()
}

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let (id, class) = (PersonId(42), ClassId(7));
    let acts = [
        Act::Give(id),
        Act::Revoke(id),
        Act::SlipsForTheRest(class),
        Act::SlipsForAll(class),
        Act::Search,
        Act::SetRights(id, PersonId(43), Rights::Closed),
    ];
    let views = [
        View::Class(class),
        View::Family(id),
        View::Person(id),
        View::Given(id),
        View::AskRevoke(id),
        View::Pupils(class, 1),
        View::Entries(class, 1),
        View::People,
        View::Staff(2),
        View::Search,
        View::Found,
        View::Rights(id),
        View::RightsOf(id, PersonId(43)),
        View::AskClose(id, PersonId(43)),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let class = Class {
        id: ClassId(7),
        name: "7А".to_owned(),
    };
    let ctx = Ctx {
        now: NOW,
        locale,
        links: Links::beginning("https://t.me/a_journal_of_a_school_bot?start=".to_owned()),
        secret: None,
    };
    let many = families(52);
    let closed: Vec<(&Family, String)> = many.iter().take(3).map(|it| (it, "пт\u{a0}20.11".to_owned())).collect();
    let someone = standing(8, "Константинопольская-Преображенская", true);
    let (pass, _) = Pass::random();
    let row = (
        "Ли А. К.".to_owned(),
        "пн 23.11, 10:42".to_owned(),
        "пт 20.11".to_owned(),
    );
    let rows = vec![row; super::PAGE];
    let lines = vec!["подключено".to_owned(); 3];
    let staff: Vec<Standing> = (0..60).map(|id| standing(id, "Смирнова", id % 2 == 0)).collect();
    let classes = vec![class.clone(); 60];
    let found: Vec<Found> = (0..21)
        .map(|id| Found {
            person: standing(id, "Константинопольская-Преображенская", false).person,
            is_staff: id % 3 == 0,
            is_pupil: id % 3 == 1,
            grade: (id % 3 > 0).then_some(11),
            letter: (id % 3 > 0).then(|| "А".to_owned()),
        })
        .collect();
    let mut all = vec![
        ("class of 52", screens::class(locale, &class, &many, &closed, true)),
        (
            "class, to a reader",
            screens::class(locale, &class, &families(3), &[], false),
        ),
        ("empty class", screens::class(locale, &class, &[], &[], true)),
        ("pupils", screens::pupils(locale, &class, &many, 0)),
        ("pupils, last page", screens::pupils(locale, &class, &many, 1)),
        ("pupils, forged page", screens::pupils(locale, &class, &many, u8::MAX)),
        ("entries", screens::entries(locale, &class, &rows, (1, 60))),
        ("no entries", screens::entries(locale, &class, &[], (0, 0))),
        (
            "family",
            screens::family(locale, &many[0], &lines, class.id, (&adults(), true)),
        ),
        (
            "person",
            screens::person(
                locale,
                &someone,
                "подключено",
                Some(View::Class(class.id)),
                (true, true),
            ),
        ),
        (
            "person, to a reader",
            screens::person(locale, &someone, "подключено", None, (false, false)),
        ),
        (
            "person, invited",
            screens::person(locale, &standing(2, "Ли", false), "", None, (true, true)),
        ),
        (
            "person, new",
            screens::person(locale, &standing(1, "Ли", false), "", None, (true, true)),
        ),
        (
            "given",
            screens::given(&ctx, &someone.person, Some(&pass), "пн 30.11", false),
        ),
        (
            "given to staff",
            screens::given(&ctx, &someone.person, Some(&pass), "пн 30.11", true),
        ),
        (
            "given before",
            screens::given(&ctx, &someone.person, None, "пн 30.11", false),
        ),
        ("ask", screens::ask_revoke(locale, &someone.person)),
        ("people", screens::people(locale, &classes, true)),
        ("staff", screens::staff(locale, &staff, 1)),
        ("search", screens::search(locale)),
        ("found nobody", screens::found(locale, &"Ё<'-".repeat(25), &[])),
        ("found many", screens::found(locale, "ли", &found)),
        ("staff, forged page", screens::staff(locale, &staff, u8::MAX)),
    ];
    all.extend(of_rights(locale));
    all
}

fn of_rights(locale: Locale) -> Vec<(&'static str, Screen)> {
    vec![
        ("rights of nobody", rights::screens::adults(locale, &child(), &[])),
        ("rights", rights::screens::adults(locale, &child(), &adults())),
        ("rights of one", rights::screens::of(locale, &child(), &adults()[1])),
        (
            "ask to close",
            rights::screens::ask_close(locale, &child(), &adults()[0].0),
        ),
        (
            "rights closed",
            rights::screens::letter(locale, Rights::Closed, "Александра", "пн 23.11", "20-00-00"),
        ),
        (
            "rights limited",
            rights::screens::letter(locale, Rights::Reads, "Александра", "пн 23.11", ""),
        ),
        (
            "rights given back",
            rights::screens::letter(locale, Rights::Full, "Александра", "пн 23.11", "20-00-00"),
        ),
        ("covered", rights::screens::covered(locale)),
    ]
}
