//! P10: what is told when, and quiet hours. A press goes round.

use super::{Habits, Kind, Moment, Quiet, Wishes, at};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::notices::press::{Act, View};
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain, text};

/// Somebody of whom one hears.
#[derive(Clone, Debug)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// «Анна».
    pub name: String,
    /// «7А»; empty for a child in no class.
    pub class: String,
}

impl Child {
    fn title(&self, width: usize) -> String {
        let tail = if self.class.is_empty() {
            String::new()
        } else {
            format!(", {}", self.class)
        };
        let left = width.saturating_sub(tail.chars().count());
        format!("{}{tail}", shorten(&self.name, left))
    }
}

/// P10.
pub fn home(
    locale: Locale,
    (pupil, is_own): (PersonId, bool),
    children: &[Child],
    wishes: &Wishes,
    habits: &Habits,
) -> Screen {
    let of = children.iter().find(|it| it.id == pupil);
    let who = of.map_or_else(String::new, |it| it.title(60));
    let mut screen = if is_own {
        Screen::new(html!(locale, "notices.settings.own"))
    } else {
        Screen::new(html!(locale, "notices.settings.heading", who = who))
    };
    screen.line(&html!(locale, "notices.settings.about"));
    screen = Kind::ALL
        .into_iter()
        // The tutor writes to parents.
        .filter(|kind| !(is_own && *kind == Kind::Letters))
        .fold(screen, |screen, kind| {
            let moment = wishes.when(kind);
            let label = wish(locale, kind, moment);
            screen.row([Button::new(label, &Act::Turn(pupil, kind, kind.after(moment)))])
        });
    if !is_own {
        let label = plain!(locale, "notices.settings.button.alarm");
        screen = screen.row([Button::new(label, &Act::Alarm(pupil))]);
    }
    let discreet = if habits.discreet {
        plain!(locale, "notices.settings.button.discreet_on")
    } else {
        plain!(locale, "notices.settings.button.discreet_off")
    };
    screen = screen
        .row([Button::new(quiet_line(locale, habits.quiet), &View::Quiet(pupil))])
        .row([Button::new(discreet, &Act::Discreet(pupil, !habits.discreet))]);
    let width = limits::label_width(2);
    let others: Vec<Button> = children
        .iter()
        .filter(|it| it.id != pupil)
        .map(|it| Button::new(it.title(width), &View::Home(it.id)))
        .collect();
    screen
        .grid(&others, 2)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// «Отметки: сразу».
pub fn wish(locale: Locale, kind: Kind, moment: Moment) -> String {
    let kind = text(locale, &format!("notices.settings.kind.{}", kind.code()), &[]);
    let moment = text(locale, &format!("notices.settings.moment.{}", moment.code()), &[]);
    format!("{kind}: {moment}")
}

/// «Тихие часы: 21:00–7:00».
pub fn quiet_line(locale: Locale, quiet: Quiet) -> String {
    if quiet.is_off() {
        plain!(locale, "notices.settings.quiet.none")
    } else {
        plain!(
            locale,
            "notices.settings.quiet.hours",
            from = dates::time(at(quiet.from)),
            until = dates::time(at(quiet.until))
        )
    }
}

/// Quiet hours, an hour earlier or later at either end.
pub fn quiet(locale: Locale, pupil: PersonId, quiet: Quiet) -> Screen {
    let mut screen = Screen::new(format!("<b>{}</b>", quiet_line(locale, quiet)));
    screen.line(&html!(locale, "notices.settings.quiet.about"));
    let act = |from: u32, until: u32| {
        let short = |hour: u32| u8::try_from(hour % 24).unwrap_or_default();
        Act::Quiet(pupil, short(from), short(until))
    };
    if quiet.is_off() {
        let usual = Habits::default().quiet;
        let label = plain!(
            locale,
            "notices.settings.quiet.turn_on",
            from = dates::time(at(usual.from)),
            until = dates::time(at(usual.until))
        );
        screen = screen.row([Button::new(label, &act(usual.from, usual.until))]);
    } else {
        let hours = |ends: [u32; 2], other: u32| {
            // An hour that would leave nothing of the quiet isn't on offer.
            ends.map(|it| it % 24).into_iter().filter(move |it| *it != other)
        };
        let from = hours([quiet.from + 23, quiet.from + 1], quiet.until).map(|hour| {
            let label = plain!(locale, "notices.settings.quiet.from", time = dates::time(at(hour)));
            Button::new(label, &act(hour, quiet.until))
        });
        let until = hours([quiet.until + 23, quiet.until + 1], quiet.from).map(|hour| {
            let label = plain!(locale, "notices.settings.quiet.until", time = dates::time(at(hour)));
            Button::new(label, &act(quiet.from, hour))
        });
        let off = plain!(locale, "notices.settings.quiet.turn_off");
        screen = screen.row(from).row(until).row([Button::new(off, &act(0, 0))]);
    }
    screen.row([
        Button::new(plain!(locale, "notices.settings.button.back"), &View::Home(pupil)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}
