//! «Опросы» of a recipient: what waits for an answer, what was answered, what is over.

use super::{Survey, menu, turning};
use crate::chat::{Button, Screen, limits};
use crate::surveys::State;
use crate::surveys::press::{Act, View};
use crate::words::names::shorten;
use crate::words::{Locale, html, plain};

/// Surveys on a page.
pub const PAGE: usize = 8;
/// Letters of a question that waits.
const ASKED: usize = 120;

/// How a survey stands for a recipient, what waits first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It waits for an answer.
    Silent,
    /// It is open, and anonymous: nobody knows who has answered.
    Unknown,
    /// It is open and answered.
    Answered,
    /// It is over.
    Over,
}

impl Standing {
    /// Of a survey of whose recipients somebody is silent, or isn't.
    pub fn of(survey: &Survey, is_silent: bool) -> Self {
        match survey.state {
            State::Draft | State::Closed => Self::Over,
            State::Open if !survey.named => Self::Unknown,
            State::Open if is_silent => Self::Silent,
            State::Open => Self::Answered,
        }
    }
}

/// A survey in the list.
#[derive(Clone, Debug)]
pub struct Own {
    /// Which, with its first question.
    pub survey: crate::surveys::store::Own,
    /// How it stands.
    pub standing: Standing,
    /// When it closes or closed.
    pub closes: String,
}

/// The list, by pages.
pub fn mine(locale: Locale, found: &[Own], page: u8, are_more: bool) -> Screen {
    let n = found.iter().filter(|it| it.standing == Standing::Silent).count();
    let mut screen = Screen::new(match (found.is_empty() && page == 0, n) {
        (true, _) => html!(locale, "surveys.mine.none"),
        (false, 0) => html!(locale, "surveys.mine.heading"),
        (false, n) => html!(locale, "surveys.mine.heading_waits", n = n),
    });
    for it in found {
        let question = it.survey.question.as_str();
        if matches!(it.standing, Standing::Silent | Standing::Unknown) {
            let asked = shorten(question, ASKED);
            let day = it.closes.as_str();
            screen.line(&if it.standing == Standing::Silent {
                html!(locale, "surveys.mine.waits", question = asked, day = day)
            } else {
                html!(locale, "surveys.mine.nameless", question = asked, day = day)
            });
        }
        screen = screen.row([button(locale, it, question)]);
    }
    // One more than the pages so far, when there is another.
    let total = (usize::from(page) + 1) * PAGE + usize::from(are_more);
    screen.row(turning(page, total, PAGE, View::Mine)).row([menu(locale)])
}

fn button(locale: Locale, it: &Own, question: &str) -> Button {
    let id = it.survey.id;
    let fitted = |label: String| shorten(&label, limits::label_width(1));
    match it.standing {
        Standing::Silent | Standing::Unknown => Button::new(
            fitted(plain!(locale, "surveys.mine.button.to_poll", question = question)),
            &Act::Again(id),
        ),
        Standing::Answered => Button::new(
            fitted(plain!(locale, "surveys.mine.button.answered", question = question)),
            &View::About(id),
        ),
        Standing::Over => Button::new(
            fitted(plain!(
                locale,
                "surveys.button.over",
                day = it.closes,
                question = question
            )),
            &View::About(id),
        ),
    }
}

/// What a recipient sees of one that is over and whose results were shown.
pub fn shown(locale: Locale, mut results: Screen) -> Screen {
    results.line(&html!(locale, "surveys.is_closed"));
    results.row(around(locale))
}

/// The way back to the list, and to the menu.
pub fn around(locale: Locale) -> [Button; 2] {
    [
        Button::new(plain!(locale, "surveys.button.home"), &View::Mine(0)),
        menu(locale),
    ]
}
