//! Samples of all screens, payloads and states of the rules.

use super::press::{Act, View};
use super::{Awaited, Rules, screens};
use crate::access::talk::Pair;
use crate::chat::{Payload, Screen};
use crate::ids::{HeldLetterId, MuteId, PersonId, SchoolId, TemplateId};
use crate::messages::mutes::{self, Term};
use crate::words::Locale;

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let school = SchoolId(1);
    let mut acts = vec![Act::Review(school, true)];
    acts.extend(Pair::ALL.map(|pair| Act::Pair(school, pair, false)));
    acts.extend(Term::ALL.map(|term| Act::Mute(PersonId(42), term)));
    acts.extend([
        Act::Lift(MuteId(3)),
        Act::AddWords(school),
        Act::DropWords(school, TemplateId(3)),
    ]);
    let views = [
        View::Home(school),
        View::Mute(PersonId(42)),
        View::Mutes(school, 1),
        View::Muting(PersonId(42), Term::Week),
        View::Words(school),
        View::NewWords(school),
    ];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Where a dialogue can stand.
pub fn states() -> [Awaited; 3] {
    [
        Awaited::Remark(HeldLetterId(5)),
        Awaited::Reason(PersonId(42), Term::Open),
        Awaited::Words(SchoolId(1)),
    ]
}

/// A long name.
const LONG: &str = "Муниципальная школа № 1234 имени Преображенского";

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let strict = Rules {
        review: true,
        closed: Pair::ALL.to_vec(),
    };
    let mut all = mutes::samples::screens(locale);
    all.extend([
        ("rules", screens::home(locale, (SchoolId(1), None), &Rules::default())),
        (
            "rules, strict",
            screens::home(locale, (SchoolId(1), Some(LONG)), &strict),
        ),
    ]);
    all
}
