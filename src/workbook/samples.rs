//! Samples of all screens and payloads about the workbook.

use chrono::{DateTime, Utc};

use super::press::{Act, View};
use super::{Counts, Found, Load, State, Workbook, screens};
use crate::chat::{Payload, Screen};
use crate::ids::SchoolId;
use crate::words::Locale;

const SCHOOL: (SchoolId, &str) = (SchoolId(1), "Gymnasium <№ 3> & Co");

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let acts = [
        Act::Load(42),
        Act::Drop(42),
        Act::Mark(42),
        Act::Renamed(42),
        Act::Template(SCHOOL.0),
        Act::SendBack(SCHOOL.0),
    ];
    let views = [View::Home(SCHOOL.0), View::Book(42), View::Loads(SCHOOL.0, 1)];
    let acts = acts.iter().map(Payload::of);
    acts.chain(views.iter().map(Payload::of)).collect()
}

fn load(by: Option<&str>) -> Load {
    Load {
        at: DateTime::<Utc>::UNIX_EPOCH,
        by: by.map(str::to_owned),
        name: super::kept_name(&"<school> & co ".repeat(20)),
        counts: Counts {
            added: 12_116,
            changed: 4,
            removed: 1,
        },
    }
}

fn book(state: State) -> Workbook {
    Workbook {
        id: i64::from(i32::MAX),
        school: SCHOOL.0,
        from: ("telegram".to_owned(), 1),
        name: super::kept_name(&"<school> & co ".repeat(20)),
        file: "x".to_owned(),
        state,
        found: Found {
            counts: load(None).counts,
            problems: 1_999,
            marks: 1_998,
            told: vec!["& <place> ".repeat(400); 200].join("\n"),
            asks_renamed: true,
        },
        is_renamed: false,
    }
}

/// All screens.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let zone = chrono_tz::Asia::Vladivostok;
    let loads: Vec<Load> = (0..screens::PAGE)
        .map(|_| load(Some("Konstantinopolskaya-P. K. V.")))
        .collect();
    let few = Workbook {
        found: Found {
            counts: Counts {
                added: 116,
                changed: 4,
                removed: 0,
            },
            ..Found::default()
        },
        ..book(State::Checked)
    };
    let mut all = vec![
        ("workbook", screens::home(locale, SCHOOL, Some(&load(None)), zone)),
        ("workbook, the first", screens::home(locale, SCHOOL, None, zone)),
        ("loads", screens::loads(locale, SCHOOL, (&loads, 99, 1), zone)),
        ("no loads", screens::loads(locale, SCHOOL, (&[], 0, 0), zone)),
        (
            "loads, forged page",
            screens::loads(locale, SCHOOL, (&[], 3, u8::MAX), zone),
        ),
        ("refused", screens::refused(locale, &book(State::Refused))),
        ("checked", screens::checked(locale, &book(State::Checked), true)),
        ("checked, few", screens::checked(locale, &few, false)),
        ("loaded", screens::loaded(locale, &book(State::Loaded), "16:20")),
        (
            "same meanwhile",
            screens::same_meanwhile(locale, &book(State::Same), loads.first(), zone),
        ),
        ("marked", screens::marked(locale)),
        ("template", screens::template(locale)),
        ("sent back", screens::sent_back(locale, &book(State::Loaded).name)),
    ];
    all.extend(State::ALL.map(|state| ("a workbook", screens::book(locale, &book(state)))));
    all
}
