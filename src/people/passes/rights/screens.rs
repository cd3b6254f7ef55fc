//! What the adults of a child may do, and the question before one may do nothing.

use super::super::press::{Act, View};
use super::{Adult, Rights};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::people::entry::store::Child;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain, text};

/// An adult with the day since which it isn't everything, said.
pub type Shown = (Adult, String);

/// «Права взрослых» of a child.
pub fn adults(locale: Locale, child: &Child, adults: &[Shown]) -> Screen {
    let mut screen = Screen::new(html!(locale, "passes.rights.heading", child = child.title()));
    for (adult, since) in adults {
        screen.line(&html!(
            locale,
            "passes.line",
            name = adult.person.name.adult(),
            state = state(locale, adult, since)
        ));
    }
    if adults.is_empty() {
        screen.line(&html!(locale, "passes.rights.nobody"));
    }
    adults
        .iter()
        .map(|(adult, _)| {
            let label = shorten(&adult.person.name.adult(), limits::label_width(1));
            [Button::new(label, &View::RightsOf(adult.person.id, child.id))]
        })
        .fold(screen, Screen::row)
        .row([
            Button::new(plain!(locale, "nav.back"), &View::Family(child.id)),
            Button::door(plain!(locale, "nav.menu"), Door::Menu),
        ])
}

/// «только дневник, с пн 23.11».
pub fn state(locale: Locale, adult: &Adult, since: &str) -> String {
    let rights = text(locale, &format!("passes.rights.state.{}", adult.rights.code()), &[]);
    if since.is_empty() {
        return rights;
    }
    plain!(locale, "passes.rights.since", rights = rights, day = since)
}

/// One adult, with what each of the rights is.
pub fn of(locale: Locale, child: &Child, (adult, since): &Shown) -> Screen {
    let name = adult.person.name.whole();
    let mut screen = Screen::new(html!(locale, "passes.rights.of", name = name, child = child.title()));
    screen.line(&html!(locale, "passes.rights.now", state = state(locale, adult, since)));
    for rights in Rights::ALL {
        screen.line(&html!(
            locale,
            "passes.rights.what",
            what = text(locale, &format!("passes.rights.meaning.{}", rights.code()), &[])
        ));
    }
    let (parent, pupil) = (adult.person.id, child.id);
    Rights::ALL
        .into_iter()
        .filter(|it| *it != adult.rights)
        .map(|it| {
            let label = text(locale, &format!("passes.rights.button.{}", it.code()), &[]);
            [match it {
                Rights::Closed => Button::new(label, &View::AskClose(parent, pupil)),
                Rights::Full | Rights::Reads => Button::new(label, &Act::SetRights(parent, pupil, it)),
            }]
        })
        .fold(screen, Screen::row)
        .row([
            Button::new(plain!(locale, "nav.back"), &View::Rights(pupil)),
            Button::door(plain!(locale, "nav.menu"), Door::Menu),
        ])
}

/// Asks before an adult may do nothing.
pub fn ask_close(locale: Locale, child: &Child, adult: &Adult) -> Screen {
    let (parent, pupil): (PersonId, PersonId) = (adult.person.id, child.id);
    let name = adult.person.name.whole();
    Screen::new(html!(
        locale,
        "passes.rights.ask_close",
        name = name,
        child = child.title()
    ))
    .row([Button::new(
        plain!(locale, "passes.rights.button.close_now"),
        &Act::SetRights(parent, pupil, Rights::Closed),
    )])
    .row([Button::new(
        plain!(locale, "passes.rights.button.keep"),
        &View::RightsOf(parent, pupil),
    )])
}

/// To the adult: neutral, with no reason.
pub fn letter(locale: Locale, rights: Rights, child: &str, day: &str, phone: &str) -> Screen {
    let key = format!("passes.rights.letter.{}", rights.code());
    let said = text(locale, &key, &[("child", child), ("day", day)]);
    let mut screen = Screen::new(html!(locale, "passes.rights.what", what = said));
    if !phone.is_empty() {
        screen.line(&html!(locale, "passes.rights.questions", phone = phone));
    }
    screen
}

/// Where a letter about the child stood.
pub fn covered(locale: Locale) -> Screen {
    Screen::new(html!(locale, "passes.rights.covered"))
}
