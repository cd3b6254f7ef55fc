//! The switches: what is on is marked, a press turns it.

use super::Rules;
use super::press::{Act, View};
use crate::access::talk::Pair;
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::SchoolId;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain, text};

/// «Правила переписки».
pub fn home(locale: Locale, (school, name): (SchoolId, Option<&str>), rules: &Rules) -> Screen {
    let mut screen = Screen::new(match name {
        Some(name) => html!(locale, "rules.of_school", school = shorten(name, 60)),
        None => html!(locale, "rules.home"),
    });
    screen.line(&html!(locale, "rules.pairs"));
    if rules.review {
        screen.line(&html!(locale, "rules.review_on"));
    } else {
        screen.line(&html!(locale, "rules.review_off"));
    }
    for pair in Pair::ALL {
        let open = !rules.closed.contains(&pair);
        let label = marked(open, &text(locale, &format!("rules.pair.{}", pair.code()), &[]));
        screen = screen.row([Button::new(label, &Act::Pair(school, pair, !open))]);
    }
    let label = marked(rules.review, &plain!(locale, "rules.button.review"));
    screen
        .row([Button::new(label, &Act::Review(school, !rules.review))])
        .row([Button::new(
            plain!(locale, "rules.button.mutes"),
            &View::Mutes(school, 0),
        )])
        .row([
            Button::door(plain!(locale, "nav.back"), Door::Menu),
            Button::door(plain!(locale, "nav.menu"), Door::Menu),
        ])
}

/// What is of one of several schools says of which.
pub fn of_several(label: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => shorten(&format!("{label} · {name}"), limits::label_width(1)),
        None => label.to_owned(),
    }
}

fn marked(on: bool, label: &str) -> String {
    if on { format!("✓ {label}") } else { label.to_owned() }
}

/// Into the rules, from the menu; of several schools each has its own.
pub fn way(locale: Locale, school: SchoolId, name: Option<&str>) -> Button {
    let label = plain!(locale, "rules.button.home");
    Button::new(of_several(&label, name), &View::Home(school))
}
