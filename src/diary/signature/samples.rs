//! Samples of signatures: everybody's names are long, and nobody has signed.

use chrono::{DateTime, NaiveDate};

use super::screens::{self, ClassWeek};
use super::{Family, Signed, Signing, State};
use crate::chat::Screen;
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::reach::Hindrance;
use crate::school::Span;
use crate::words::Locale;

const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

/// Four adults have signed, and one may still.
pub fn signing() -> Signing {
    let signed = Signed {
        by: "Константинопольская-Преображенская Е. В.".to_owned(),
        at: DateTime::UNIX_EPOCH,
    };
    Signing {
        signed: vec![signed; 4],
        is_open: true,
    }
}

/// Every screen of signatures.
pub fn samples(locale: Locale) -> Vec<(String, Screen)> {
    let mut all = Vec::new();
    let mut add = |name: &str, screen: Screen| all.push((format!("signatures, {name}"), screen));
    let family = |state| Family {
        pupil: "Константинопольская-Преображенская А.".to_owned(),
        state,
    };
    let states = [
        State::Signed,
        State::Waiting,
        State::Unreached(Hindrance::NotConnected),
        State::Unreached(Hindrance::ChatClosed),
    ];
    let mut mixed: Vec<Family> = states.into_iter().cycle().take(36).map(family).collect();
    for (name, n) in [("mixed", 36), ("nobody", 0)] {
        mixed.truncate(n);
        let it = ClassWeek {
            class: (ClassId(9_876_543_210), "11Ю"),
            monday: MONDAY,
            year: Span {
                starts: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
                ends: NaiveDate::from_ymd_opt(2027, 5, 26).unwrap(),
            },
            newest: NaiveDate::MAX,
            families: mixed.clone(),
        };
        add(name, screens::class(locale, &it));
    }
    for on in [true, false] {
        add("switch", screens::switch(locale, SchoolId(1), on));
    }
    let name = "Константина-Александра-Анна-Мария-Оглы-я";
    add("reminder", screens::reminder(locale, (PersonId(1), name), MONDAY));
    all
}
