//! The signatures of a week: on the family's own page, in the tutor's list, and the school's switch.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Family, Signed, Signing, State};
use crate::chat::{Button, Door, Screen};
use crate::diary::Page;
use crate::diary::press::{Act, View};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::reach::Hindrance;
use crate::school::Span;
use crate::words::{Locale, dates, html, plain};

/// What the page of a week says: who has signed.
pub fn said(locale: Locale, signed: &[Signed], (today, zone): (NaiveDate, Tz)) -> Option<String> {
    let said: Vec<String> = signed
        .iter()
        .map(|it| {
            let day = dates::day(locale, dates::local(it.at, zone).date(), today);
            format!("{}, {day}", it.by)
        })
        .collect();
    (!said.is_empty()).then(|| html!(locale, "diary.signature.signed", who = said.join("; ")))
}

/// «Подписать неделю», where it is open to the reader.
pub fn button(locale: Locale, page: &Page, monday: NaiveDate, signing: Option<&Signing>) -> Option<Button> {
    let is_open = signing.is_some_and(|it| it.is_open);
    is_open.then(|| {
        Button::new(
            plain!(locale, "diary.signature.button.sign"),
            &Act::Sign(page.child.id, monday),
        )
    })
}

/// A class's signatures of a week.
#[derive(Clone, Debug)]
pub struct ClassWeek<'c> {
    /// The class.
    pub class: (ClassId, &'c str),
    /// The week's Monday.
    pub monday: NaiveDate,
    /// The school year.
    pub year: Span,
    /// The newest week that can be signed.
    pub newest: NaiveDate,
    /// Its families, by the alphabet.
    pub families: Vec<Family>,
}

/// The tutor's list.
pub fn class(locale: Locale, it: &ClassWeek<'_>) -> Screen {
    let friday = it.monday.checked_add_days(super::OPENS).unwrap_or(it.monday);
    let days = dates::days(it.monday, friday);
    let mut screen = Screen::new(html!(locale, "diary.signature.class", class = it.class.1, days = days));
    let of = |state: State| -> Vec<&str> {
        let of = it.families.iter().filter(|family| family.state == state);
        of.map(|family| family.pupil.as_str()).collect()
    };
    let n_signed = of(State::Signed).len();
    screen.line(&html!(
        locale,
        "diary.signature.count",
        signed = n_signed,
        all = it.families.len()
    ));
    let waiting = of(State::Waiting);
    let lists = [
        ("diary.signature.waiting", &waiting),
        (
            "diary.signature.not_connected",
            &of(State::Unreached(Hindrance::NotConnected)),
        ),
        ("diary.signature.closed", &of(State::Unreached(Hindrance::ChatClosed))),
    ];
    for (key, names) in lists {
        if !names.is_empty() {
            let names = names.join(", ");
            screen.line(&crate::words::escape(&crate::words::text(
                locale,
                key,
                &[("names", &names)],
            )));
        }
    }
    if !waiting.is_empty() {
        let label = plain!(locale, "diary.signature.button.remind", n = waiting.len());
        screen = screen.row([Button::new(label, &Act::RemindToSign(it.class.0, it.monday))]);
    }
    let (former, next) = crate::diary::screens::week_arrows(it.year, it.monday);
    let to = |monday| View::Signatures(it.class.0, Some(monday));
    let former = former.map(|at| crate::diary::screens::week_arrow(at, false, &to(at)));
    let next = next.filter(|at| *at <= it.newest);
    let next = next.map(|at| crate::diary::screens::week_arrow(at, true, &to(at)));
    screen.row(former.into_iter().chain(next)).row([
        Button::door(format!("‹ {}", it.class.1), Door::Class(it.class.0, 0)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}

/// The way to the tutor's list.
pub fn way(locale: Locale, class: ClassId) -> Button {
    let label = plain!(locale, "diary.signature.button.class");
    Button::new(label, &View::Signatures(class, None))
}

/// The school's switch.
pub fn switch(locale: Locale, school: SchoolId, on: bool) -> Screen {
    let mut screen = Screen::new(html!(locale, "diary.signature.switch.heading"));
    let (now, label) = if on {
        (
            html!(locale, "diary.signature.switch.on"),
            plain!(locale, "diary.signature.button.off"),
        )
    } else {
        (
            html!(locale, "diary.signature.switch.off"),
            plain!(locale, "diary.signature.button.on"),
        )
    };
    screen.line(&now);
    screen
        .row([Button::new(label, &Act::AskSignatures(school, !on))])
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// To a family that hasn't signed yet.
pub fn reminder(locale: Locale, (pupil, name): (PersonId, &str), monday: NaiveDate) -> Screen {
    let friday = monday.checked_add_days(super::OPENS).unwrap_or(monday);
    let days = dates::days(monday, friday);
    Screen::new(html!(locale, "diary.signature.reminder", child = name, days = days)).row([Button::notice(
        plain!(locale, "diary.signature.button.open"),
        Door::DiaryWeek { pupil, date: monday },
    )])
}
