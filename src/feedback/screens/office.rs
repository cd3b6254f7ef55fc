//! The school's side: what parents suggest, unread first.

use std::cmp::Reverse;

use super::super::press::{Act, View};
use super::super::{PAGE, State, Suggestion};
use super::{BELOW_THE_WORDS, Page, Shown, label, menu, state};
use crate::chat::{Button, Screen};
use crate::ids::SuggestionId;
use crate::messages::threads;
use crate::words::entries::one_line;
use crate::words::names::shorten;
use crate::words::{Locale, dates, escape, html, plain};

/// Letters of either answer when two of them are compared.
const COMPARED: usize = 1500;

/// Unread first, then those without an answer, then the others; the newest of each first.
pub fn rank(suggestion: &Suggestion) -> (u8, Reverse<SuggestionId>) {
    let rank = match suggestion.state() {
        State::Sent => 0,
        State::Read => 1,
        State::Answered | State::Closed | State::Withdrawn => 2,
    };
    (rank, Reverse(suggestion.id))
}

/// «Предложения родителей», each with its author's name or nobody's.
pub fn all(locale: Locale, found: &[(Suggestion, Option<String>)], unread: i64, page: Page) -> Screen {
    let mut screen = Screen::new(if unread > 0 {
        html!(locale, "feedback.all_unread", n = unread)
    } else {
        html!(locale, "feedback.all")
    });
    if found.is_empty() {
        screen.line(&html!(locale, "feedback.all_none"));
    }
    for (it, author) in found.iter().take(PAGE) {
        let day = page.day(locale, it.sent_at);
        let author = name(locale, author.as_deref());
        let label = match it.state() {
            // What it says is seen by reading it.
            State::Sent => label(&[&format!("• {day}"), &author]),
            State::Read => label(&[&day, &author, &one_line(&it.words)]),
            other @ (State::Answered | State::Closed | State::Withdrawn) => {
                label(&[&format!("✓ {day}"), &author, &state(locale, other)])
            }
        };
        screen = screen.row([Button::new(label, &Act::Open(it.id))]);
    }
    let messages = threads::press::View::List(0);
    screen.row(page.turning(locale, found.len(), View::All)).row([
        Button::new(plain!(locale, "feedback.button.messages"), &messages),
        menu(locale),
    ])
}

fn name(locale: Locale, author: Option<&str>) -> String {
    author.map_or_else(|| plain!(locale, "feedback.nameless"), str::to_owned)
}

/// One of them.
pub fn read(locale: Locale, shown: &Shown<'_>) -> Screen {
    let it = shown.suggestion;
    let day = shown.day(locale, it.sent_at);
    if it.withdrawn_at.is_some() {
        return withdrawn(locale).row([to_all(locale), menu(locale)]);
    }
    let mut screen = Screen::new(match shown.author {
        Some(author) => {
            let at = dates::time(dates::local(it.sent_at, shown.zone).time());
            html!(
                locale,
                "feedback.read",
                day = day,
                time = at,
                author = shorten(author, 60)
            )
        }
        None => html!(locale, "feedback.read_nameless", day = day),
    });
    screen.line(&escape(&it.words));
    let mut whole = true;
    if let (Some(answer), Some(at)) = (&it.answer, it.answered_at) {
        let short = shorten(&one_line(answer), BELOW_THE_WORDS);
        whole = short == *answer;
        screen.line(&html!(
            locale,
            "feedback.became.answered",
            day = shown.day(locale, at),
            by = shorten(shown.by.unwrap_or_default(), 60),
            answer = short
        ));
    } else if let Some(at) = it.closed_at {
        screen.line(&html!(locale, "feedback.became.closed", day = shown.day(locale, at)));
    }
    if !it.reachable {
        screen.line(&html!(locale, "feedback.out_of_reach"));
    }
    if !whole {
        let answer = View::ReadAnswer(it.id);
        screen = screen.row([Button::new(plain!(locale, "feedback.button.whole_answer"), &answer)]);
    }
    if it.reachable {
        let label = if it.answer.is_some() {
            plain!(locale, "feedback.button.correct")
        } else {
            plain!(locale, "feedback.button.answer")
        };
        screen = screen.row([Button::new(label, &Act::Answer(it.id))]);
    }
    if it.state() == State::Read {
        screen = screen.row([Button::new(plain!(locale, "feedback.button.close"), &Act::Close(it.id))]);
    }
    screen.row([to_all(locale), menu(locale)])
}

/// The answer, all of it.
pub fn answer(locale: Locale, suggestion: &Suggestion) -> Screen {
    let mut screen = Screen::new(html!(locale, "feedback.the_answer"));
    screen.line(&escape(suggestion.answer.as_deref().unwrap_or_default()));
    screen.row([
        Button::new(plain!(locale, "nav.back"), &View::Read(suggestion.id)),
        menu(locale),
    ])
}

/// An answer is awaited.
pub fn answering(locale: Locale, suggestion: &Suggestion) -> Screen {
    let mut screen = Screen::new(html!(locale, "feedback.answering"));
    screen.line(&html!(
        locale,
        "feedback.answering_to",
        words = shorten(&one_line(&suggestion.words), BELOW_THE_WORDS)
    ));
    screen.line(&if suggestion.answer.is_some() {
        html!(locale, "feedback.ask_correction")
    } else {
        html!(locale, "feedback.ask_answer")
    });
    screen.row([Button::new(plain!(locale, "feedback.button.no_answer"), &Act::Stop)])
}

/// Two answered at once: the other's answer and one's own, of which one is chosen.
pub fn clash(locale: Locale, suggestion: &Suggestion, by: Option<&str>, words: &str) -> Screen {
    let other = suggestion.answer.as_deref().unwrap_or_default();
    let mut screen = Screen::new(html!(
        locale,
        "feedback.clash",
        by = shorten(by.unwrap_or_default(), 60)
    ));
    screen.line(&escape(&shorten(other, COMPARED)));
    screen.line(&html!(locale, "feedback.clash_mine"));
    screen.line(&escape(&shorten(words, COMPARED)));
    screen
        .row([Button::new(
            plain!(locale, "feedback.button.replace"),
            &Act::Replace(suggestion.answers),
        )])
        .row([Button::new(plain!(locale, "feedback.button.keep_theirs"), &Act::Stop)])
}

/// What comes to those who read suggestions.
pub fn notice(locale: Locale, id: SuggestionId, author: Option<&str>) -> Screen {
    let screen = Screen::new(match author {
        Some(author) => html!(locale, "feedback.letter.new", author = shorten(author, 60)),
        None => html!(locale, "feedback.letter.new_nameless"),
    });
    screen.row([Button::new(plain!(locale, "feedback.button.open"), &Act::OpenHere(id))])
}

/// What stands where such a notice was of one that was withdrawn.
pub fn withdrawn(locale: Locale) -> Screen {
    Screen::new(html!(locale, "feedback.letter.withdrawn"))
}

fn to_all(locale: Locale) -> Button {
    Button::new(plain!(locale, "feedback.button.all"), &View::All(0))
}
