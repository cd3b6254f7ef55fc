//! A draft that was begun: how it is offered where such things are written.

use chrono::NaiveDate;

use super::{Button, Pressable, Screen, limits};
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain};

/// A draft that can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// How it begins; nothing while only its readers were chosen.
    pub title: Option<String>,
    /// The last day on which it is kept, and today, when it was laid aside; one that is open stays.
    pub kept: Option<(NaiveDate, NaiveDate)>,
}

/// A draft is taken up by one button and thrown away by the other.
#[must_use]
pub fn offered<V: Pressable, D: Pressable>(
    mut screen: Screen,
    locale: Locale,
    begun: &Begun,
    (go_on, delete): (&V, &D),
) -> Screen {
    screen.line(&match &begun.title {
        Some(title) => html!(locale, "begun.words", title = title),
        None => html!(locale, "begun.no_words"),
    });
    if let Some((until, today)) = begun.kept {
        screen.line(&html!(locale, "begun.kept", day = dates::day(locale, until, today)));
    }
    let label = match &begun.title {
        Some(title) => {
            let room = limits::label_width(1) - plain!(locale, "begun.button.titled", title = "").chars().count();
            plain!(locale, "begun.button.titled", title = shorten(title, room))
        }
        None => plain!(locale, "begun.button.go_on"),
    };
    // Above everything else that can be done there.
    let delete = Button::new(plain!(locale, "begun.button.delete"), delete);
    screen
        .rows
        .splice(0..0, [vec![Button::new(label, go_on)], vec![delete]]);
    screen
}
