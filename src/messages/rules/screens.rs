//! The switches: what is on is marked, a press turns it.

use super::Rules;
use super::press::{Act, View};
use crate::access::talk::Pair;
use crate::chat::{Button, Door, Screen};
use crate::ids::SchoolId;
use crate::words::{Locale, html, plain, text};

/// «Правила переписки».
pub fn home(locale: Locale, school: SchoolId, rules: &Rules) -> Screen {
    let mut screen = Screen::new(html!(locale, "rules.home"));
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
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

fn marked(on: bool, label: &str) -> String {
    if on { format!("✓ {label}") } else { label.to_owned() }
}

/// Into the rules, from the menu.
pub fn way(locale: Locale, school: SchoolId) -> Button {
    Button::new(plain!(locale, "rules.button.home"), &View::Home(school))
}
