//! What a parent and the school see of suggestions.

pub mod family;
pub mod office;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::press::View;
use super::{PAGE, State, Suggestion};
use crate::chat::{Button, Door, limits};
use crate::words::names::shorten;
use crate::words::{Locale, dates, plain};

/// Letters of the suggestion that stand above its answer; all of it is one press away.
const ABOVE_AN_ANSWER: usize = 300;
/// Letters of the answer that stand below the suggestion, the same.
const BELOW_THE_WORDS: usize = 250;

/// A suggestion as it is shown to either side.
pub struct Shown<'s> {
    /// Which.
    pub suggestion: &'s Suggestion,
    /// Who answered.
    pub by: Option<&'s str>,
    /// Who suggested, for the school; nobody without a name.
    pub author: Option<&'s str>,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Where the school's clocks stand.
    pub zone: Tz,
}

impl Shown<'_> {
    fn day(&self, locale: Locale, at: DateTime<Utc>) -> String {
        let today = dates::local(self.now, self.zone).date();
        dates::day(locale, dates::local(at, self.zone).date(), today)
    }
}

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Which.
    pub number: u8,
    /// Where the school's clocks stand.
    pub zone: Tz,
    /// The day.
    pub today: NaiveDate,
}

impl Page {
    fn day(self, locale: Locale, at: DateTime<Utc>) -> String {
        dates::day(locale, dates::local(at, self.zone).date(), self.today)
    }

    fn turning(self, locale: Locale, n: usize, to: fn(u8) -> View) -> Vec<Button> {
        let mut pages = Vec::new();
        if let Some(before) = self.number.checked_sub(1) {
            pages.push(Button::new(plain!(locale, "feedback.button.newer"), &to(before)));
        }
        if n > PAGE && self.number < u8::MAX {
            pages.push(Button::new(
                plain!(locale, "feedback.button.older"),
                &to(self.number + 1),
            ));
        }
        pages
    }
}

/// «прочитано».
fn state(locale: Locale, state: State) -> String {
    match state {
        State::Sent => plain!(locale, "feedback.state.sent"),
        State::Read => plain!(locale, "feedback.state.read"),
        State::Answered => plain!(locale, "feedback.state.answered"),
        State::Closed => plain!(locale, "feedback.state.closed"),
        State::Withdrawn => plain!(locale, "feedback.state.withdrawn"),
    }
}

/// A row's label, as wide as a row.
fn label(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|it| !it.is_empty()).collect();
    shorten(&parts.join(" · "), limits::label_width(1))
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
