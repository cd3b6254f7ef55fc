//! Samples of the screens about who doesn't write.

use super::{Mute, PAGE, Term, screens};
use crate::chat::Screen;
use crate::ids::{MuteId, PersonId, SchoolId};
use crate::messages::rules::REASON_LIMIT;
use crate::people::Person;
use crate::words::Locale;
use crate::words::names::FullName;

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let name = FullName {
        surname: "Константинопольская-Преображенская".to_owned(),
        name: "Александра".to_owned(),
        patronymic: "Константиновна".to_owned(),
    };
    let person = Person {
        id: PersonId(42),
        school: SchoolId(1),
        name: name.clone(),
    };
    let reason = "Ё<".repeat(REASON_LIMIT / 2);
    let mute = Mute {
        id: MuteId(3),
        school: SchoolId(1),
        person: PersonId(42),
        name,
        reason: reason.clone(),
        ends_at: None,
    };
    let many = vec![mute.clone(); PAGE + 1];
    let until = Some("ср 25.11, 10:40");
    let mut all = vec![
        ("mutes, writes", screens::person(locale, &person, None, None)),
        ("mutes, muted", screens::person(locale, &person, Some(&mute), until)),
        (
            "mutes, till lifted",
            screens::person(locale, &person, Some(&mute), None),
        ),
        ("mutes, list", screens::list(locale, SchoolId(1), &many, 1)),
        ("mutes, nobody", screens::list(locale, SchoolId(1), &[], 0)),
        ("mutes, told", screens::told(locale, &reason, until)),
        ("mutes, told lifted", screens::lifted(locale)),
        ("mutes, own", screens::own(locale, &reason, None)),
    ];
    all.extend(Term::ALL.map(|term| ("mutes, asks", screens::muting(locale, &person, term))));
    all
}
