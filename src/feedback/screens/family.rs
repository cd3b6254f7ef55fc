//! A parent's suggestions: what is written, what is sent, and what became of it.

use super::super::press::{Act, View};
use super::super::{Draft, KNOWN_AFTER, KNOWN_AT_MOST, PAGE, State, Suggestion, WORDS_LIMIT};
use super::{ABOVE_AN_ANSWER, Page, Shown, label, menu, state};
use crate::chat::{Button, Screen, limits};
use crate::messages::threads;
use crate::school::School;
use crate::words::entries::one_line;
use crate::words::names::shorten;
use crate::words::{Locale, count, escape, html, plain};

/// «Мои предложения».
pub fn mine(locale: Locale, schools: &[School], found: &[Suggestion], page: Page) -> Screen {
    let mut screen = Screen::new(html!(locale, "feedback.mine"));
    if found.is_empty() {
        screen.line(&html!(locale, "feedback.mine_none"));
    }
    for it in found.iter().take(PAGE) {
        let day = page.day(locale, it.sent_at);
        let words = one_line(&it.words);
        let label = label(&[&day, &state(locale, it.state()), &words]);
        screen = screen.row([Button::new(label, &View::One(it.id))]);
    }
    screen = screen.row(page.turning(locale, found.len(), View::Mine));
    for school in schools {
        let label = if schools.len() > 1 {
            plain!(locale, "feedback.button.new_to", school = school.name)
        } else {
            plain!(locale, "feedback.button.new")
        };
        screen = screen.row([Button::new(
            shorten(&label, limits::label_width(1)),
            &Act::Write(school.id),
        )]);
    }
    let messages = threads::press::View::List(0);
    screen.row([
        Button::new(plain!(locale, "feedback.button.messages"), &messages),
        menu(locale),
    ])
}

fn heading(locale: Locale, school: Option<&str>) -> String {
    match school {
        Some(school) => html!(locale, "feedback.heading_to", school = shorten(school, 60)),
        None => html!(locale, "feedback.heading"),
    }
}

/// A text is awaited.
pub fn writing(locale: Locale, school: Option<&str>) -> Screen {
    let mut screen = Screen::new(heading(locale, school));
    screen.line(&html!(locale, "feedback.writing", limit = WORDS_LIMIT));
    screen.line(&html!(locale, "feedback.ask"));
    screen.row([Button::new(plain!(locale, "feedback.button.stop"), &Act::Stop)])
}

/// What is sent, and what the school sees of its author: said before it is sent.
pub fn preview(locale: Locale, draft: &Draft, author: &str, school: Option<&str>) -> Screen {
    let mut screen = Screen::new(heading(locale, school));
    screen.line(&escape(&draft.words));
    screen.line("");
    screen.line(&if draft.named {
        html!(locale, "feedback.with_name", author = shorten(author, 60))
    } else {
        let after = count(locale, "count.days", KNOWN_AFTER.num_days());
        let most = count(locale, "count.days", KNOWN_AT_MOST.num_days());
        html!(locale, "feedback.without_name", after = after, most = most)
    });
    screen.line(&html!(locale, "feedback.replace"));
    let named = |chosen: bool, label: String| {
        let label = if chosen == draft.named {
            format!("✓ {label}")
        } else {
            label
        };
        Button::new(label, &Act::Named(draft.mark, chosen))
    };
    screen
        .row([
            named(true, plain!(locale, "feedback.button.named")),
            named(false, plain!(locale, "feedback.button.nameless")),
        ])
        .row([Button::new(
            if draft.named {
                plain!(locale, "feedback.button.send_named")
            } else {
                plain!(locale, "feedback.button.send_nameless")
            },
            &Act::Send(draft.mark, draft.named),
        )])
        .row([Button::new(plain!(locale, "feedback.button.stop"), &Act::Stop)])
}

/// One of one's own.
pub fn one(locale: Locale, shown: &Shown<'_>) -> Screen {
    let it = shown.suggestion;
    let day = shown.day(locale, it.sent_at);
    let mut screen = Screen::new(if it.author.is_some() {
        html!(locale, "feedback.own", day = day)
    } else {
        html!(locale, "feedback.own_nameless", day = day)
    });
    let above = if it.answer.is_some() {
        shorten(&it.words, ABOVE_AN_ANSWER)
    } else {
        it.words.clone()
    };
    if it.withdrawn_at.is_none() {
        screen.line(&escape(&above));
    }
    screen.line(&became(locale, shown));
    if it.author.is_none() && it.withdrawn_at.is_none() {
        let after = count(locale, "count.days", KNOWN_AFTER.num_days());
        screen.line(&html!(locale, "feedback.goes", after = after));
    }
    if above != it.words {
        let words = View::Words(it.id);
        screen = screen.row([Button::new(plain!(locale, "feedback.button.my_words"), &words)]);
    }
    if it.state() == State::Sent {
        screen = screen.row([Button::new(
            plain!(locale, "feedback.button.withdraw"),
            &Act::Withdraw(it.id),
        )]);
    }
    screen.row([to_mine(locale), menu(locale)])
}

/// «Прочитано, вт 24.11».
fn became(locale: Locale, shown: &Shown<'_>) -> String {
    let it = shown.suggestion;
    let day = |at: Option<_>| at.map_or_else(String::new, |at| shown.day(locale, at));
    match it.state() {
        State::Sent => html!(locale, "feedback.became.sent"),
        State::Read => html!(locale, "feedback.became.read", day = day(it.read_at)),
        State::Answered => html!(
            locale,
            "feedback.became.answered",
            day = day(it.answered_at),
            by = shorten(shown.by.unwrap_or_default(), 60),
            answer = it.answer.as_deref().unwrap_or_default()
        ),
        State::Closed => html!(locale, "feedback.became.closed", day = day(it.closed_at)),
        State::Withdrawn => html!(locale, "feedback.became.withdrawn", day = day(it.withdrawn_at)),
    }
}

/// One's own words, all of them.
pub fn words(locale: Locale, suggestion: &Suggestion) -> Screen {
    let mut screen = Screen::new(html!(locale, "feedback.words"));
    screen.line(&escape(&suggestion.words));
    screen.row([
        Button::new(plain!(locale, "nav.back"), &View::One(suggestion.id)),
        menu(locale),
    ])
}

/// What comes to the author with the answer.
pub fn answered(locale: Locale, suggestion: &Suggestion, day: &str, by: Option<&str>) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "feedback.letter.answered",
        by = shorten(by.unwrap_or_default(), 60)
    ));
    screen.line(&escape(suggestion.answer.as_deref().unwrap_or_default()));
    screen.line(&about(locale, suggestion, day));
    screen.row([see(locale, suggestion)])
}

/// What comes to the author of one that is closed without an answer.
pub fn closed(locale: Locale, suggestion: &Suggestion, day: &str) -> Screen {
    let mut screen = Screen::new(html!(locale, "feedback.letter.closed"));
    screen.line(&about(locale, suggestion, day));
    screen.row([see(locale, suggestion)])
}

fn about(locale: Locale, suggestion: &Suggestion, day: &str) -> String {
    let words = shorten(&one_line(&suggestion.words), ABOVE_AN_ANSWER);
    html!(locale, "feedback.letter.about", day = day, words = words)
}

fn see(locale: Locale, suggestion: &Suggestion) -> Button {
    Button::new(plain!(locale, "feedback.button.see"), &Act::SeeHere(suggestion.id))
}

fn to_mine(locale: Locale) -> Button {
    Button::new(plain!(locale, "feedback.button.mine"), &View::Mine(0))
}
