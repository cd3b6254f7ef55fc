//! A1, A5, A7 in their first form: before the door, behind it, settings and help.

use super::Person;
use super::flow::{Act, View};
use crate::chat::{Button, Door, Screen};
use crate::words::{Locale, html, plain};

/// A1. A stranger learns no school, class or name.
pub fn welcome(locale: Locale) -> Screen {
    let other = if locale == Locale::Ru { Locale::En } else { Locale::Ru };
    Screen::new(html!(locale, "people.welcome")).row([
        Button::new(plain!(locale, "people.button.where_from"), &View::WhereFrom),
        Button::new(plain!(other, "people.button.language"), &Act::Speak(other)),
    ])
}

/// Where a code comes from.
pub fn where_from(locale: Locale) -> Screen {
    Screen::new(html!(locale, "people.where_from")).row([Button::new(plain!(locale, "nav.back"), &View::Welcome)])
}

/// The journal is open: to whom, and what they will find.
pub fn entered(locale: Locale, person: &Person, children: &[Person], teaches: bool) -> Screen {
    let names: Vec<&str> = children.iter().map(|child| child.name.name.as_str()).collect();
    let mut screen = if names.is_empty() {
        Screen::new(html!(locale, "people.entered.staff", name = person.name.greeting()))
    } else if teaches {
        Screen::new(html!(
            locale,
            "people.entered.staff_parent",
            name = person.name.greeting(),
            children = names.join(", ")
        ))
    } else {
        Screen::new(html!(locale, "people.entered.parent", children = names.join(", ")))
    };
    if teaches {
        screen = screen.row([Button::door(
            plain!(locale, "people.button.lessons"),
            Door::Lessons(None),
        )]);
    }
    screen.row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// Settings: the language, for now.
pub fn settings(locale: Locale) -> Screen {
    let languages = Locale::ALL.map(|it| {
        let chosen = if it == locale { "✓ " } else { "" };
        Button::new(
            format!("{chosen}{}", plain!(it, "people.button.language")),
            &Act::Speak(it),
        )
    });
    Screen::new(html!(locale, "people.settings"))
        .row(languages)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// Help.
pub fn help(locale: Locale, stranger: bool) -> Screen {
    if stranger {
        return welcome(locale);
    }
    Screen::new(html!(locale, "people.help")).row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}
