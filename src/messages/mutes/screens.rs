//! Who doesn't write, why and until when: as the administrator and as the person sees it.

use super::{Mute, PAGE, Term};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::SchoolId;
use crate::messages::rules::press::{Act, View};
use crate::people::Person;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain};

/// How it stands with somebody.
pub fn person(locale: Locale, person: &Person, mute: Option<&Mute>, until: Option<&str>) -> Screen {
    let mut screen = Screen::new(html!(locale, "mutes.person", name = person.name.whole()));
    let back = Button::new(plain!(locale, "mutes.button.list"), &View::Mutes(person.school, 0));
    let menu = Button::door(plain!(locale, "nav.menu"), Door::Menu);
    let Some(mute) = mute else {
        screen.line(&html!(locale, "mutes.writes"));
        for term in Term::ALL {
            let label = match term {
                Term::Day => plain!(locale, "mutes.button.day"),
                Term::Week => plain!(locale, "mutes.button.week"),
                Term::Open => plain!(locale, "mutes.button.open"),
            };
            screen = screen.row([Button::new(label, &Act::Mute(person.id, term))]);
        }
        return screen.row([back, menu]);
    };
    screen.line(&how_long(locale, until));
    screen.line(&html!(locale, "mutes.reason", reason = mute.reason));
    screen
        .row([Button::new(plain!(locale, "mutes.button.lift"), &Act::Lift(mute.id))])
        .row([back, menu])
}

/// «Не пишет до ср 25.11, 10:40.»
fn how_long(locale: Locale, until: Option<&str>) -> String {
    match until {
        Some(until) => html!(locale, "mutes.until", until = until),
        None => html!(locale, "mutes.until_lifted"),
    }
}

/// A reason is awaited.
pub fn muting(locale: Locale, person: &Person, term: Term) -> Screen {
    let name = person.name.whole();
    Screen::new(match term {
        Term::Day => html!(locale, "mutes.ask_day", name = name),
        Term::Week => html!(locale, "mutes.ask_week", name = name),
        Term::Open => html!(locale, "mutes.ask_open", name = name),
    })
    .row([Button::new(plain!(locale, "mutes.button.keep"), &View::Mute(person.id))])
}

/// Who doesn't write.
pub fn list(locale: Locale, school: SchoolId, found: &[Mute], page: u8) -> Screen {
    let mut screen = Screen::new(html!(locale, "mutes.list"));
    if found.is_empty() {
        screen.line(&html!(locale, "mutes.nobody"));
    }
    screen.line(&html!(locale, "mutes.how"));
    for it in found.iter().take(PAGE) {
        let label = shorten(&it.name.adult(), limits::label_width(1));
        screen = screen.row([Button::new(label, &View::Mute(it.person))]);
    }
    let mut pages = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        pages.push(Button::new(plain!(locale, "nav.later"), &View::Mutes(school, before)));
    }
    if found.len() > PAGE && page < u8::MAX {
        pages.push(Button::new(
            plain!(locale, "nav.earlier"),
            &View::Mutes(school, page + 1),
        ));
    }
    screen.row(pages).row([
        Button::new(plain!(locale, "mutes.button.rules"), &View::Home(school)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}

/// What the person is told.
pub fn told(locale: Locale, reason: &str, until: Option<&str>) -> Screen {
    let mut screen = Screen::new(match until {
        Some(until) => html!(locale, "mutes.told_until", until = until),
        None => html!(locale, "mutes.told_open"),
    });
    screen.line(&html!(locale, "mutes.reason", reason = reason));
    screen.line(&html!(locale, "mutes.care"));
    screen
}

/// What the person is told when they may write again.
pub fn lifted(locale: Locale) -> Screen {
    Screen::new(html!(locale, "mutes.told_lifted"))
}

/// What the person sees who would write.
pub fn own(locale: Locale, reason: &str, until: Option<&str>) -> Screen {
    let mut screen = told(locale, reason, until);
    screen.line(&html!(locale, "mutes.not_sent"));
    screen.row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}
