//! Samples of all screens and payloads of the settings.

use super::screens::{self, Child};
use super::{Habits, Kind, Moment, Quiet, Wishes};
use crate::chat::{Payload, Screen};
use crate::ids::PersonId;
use crate::notices::press::{Act, View};
use crate::words::Locale;

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let pupil = PersonId(42);
    let mut acts: Vec<Act> = Kind::ALL
        .into_iter()
        .flat_map(|kind| kind.ring().iter().map(move |moment| Act::Turn(pupil, kind, *moment)))
        .collect();
    acts.extend([
        Act::Discreet(pupil, true),
        Act::Quiet(pupil, 22, 7),
        Act::Alarm(pupil),
        Act::Show(5),
    ]);
    let views = [View::Home(pupil), View::Quiet(pupil)];
    acts.iter()
        .map(Payload::of)
        .chain(views.iter().map(Payload::of))
        .collect()
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let child = |id, name: &str, class: &str| Child {
        id: PersonId(id),
        name: name.to_owned(),
        class: class.to_owned(),
    };
    let children = [
        child(42, "Константина-Александра-Анна-Мария", "11А"),
        child(43, "Пётр", "3Б"),
        child(44, "Константин-Александр-Иоанн", ""),
    ];
    let odd = Kind::ALL.into_iter().fold(Wishes::of_parent(), |wishes, kind| {
        wishes.with(kind, Moment::Week).with(kind, Moment::Never)
    });
    let weekly = [Kind::Marks, Kind::Absences]
        .into_iter()
        .fold(Wishes::of_parent(), |wishes, kind| wishes.with(kind, Moment::Week));
    let discreet = Habits {
        quiet: Quiet::OFF,
        discreet: true,
    };
    let home = |wishes, habits| screens::home(locale, (PersonId(42), false), &children, wishes, habits);
    vec![
        ("notices", home(&Wishes::of_parent(), &Habits::default())),
        ("notices, nothing", home(&odd, &discreet)),
        ("notices, weekly", home(&weekly, &discreet)),
        (
            "notices, a pupil's",
            screens::home(
                locale,
                (PersonId(43), true),
                &children[1..2],
                &Wishes::of_pupil(),
                &Habits::default(),
            ),
        ),
        ("quiet", screens::quiet(locale, PersonId(42), Habits::default().quiet)),
        (
            "quiet, an hour",
            screens::quiet(locale, PersonId(42), Quiet { from: 0, until: 1 }),
        ),
        ("quiet, off", screens::quiet(locale, PersonId(42), Quiet::OFF)),
    ]
}
