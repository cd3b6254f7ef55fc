//! What waits for the head, as the head, the author and the other tutors of the class see it.

use super::{Held, State};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::HeldLetterId;
use crate::messages::letters::press::{Act, View};
use crate::messages::letters::screens::{Letter, letter_text, some_of};
use crate::people::passes::Class;
use crate::words::names::{FullName, shorten};
use crate::words::{Html, Locale, html, plain};

/// Who looks at a held letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Who decides, in the letter by which they are asked.
    Letter,
    /// Who decides, on a screen.
    Head,
    /// Who wrote it.
    Author,
    /// Another tutor of the class.
    Tutor,
}

/// What a held letter is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    /// The letter.
    pub held: &'s Held,
    /// To families of this class.
    pub class: &'s Class,
    /// About these pupils.
    pub pupils: &'s [FullName],
    /// How many parents it reaches.
    pub n: usize,
    /// Who decides.
    pub heads: &'s [FullName],
    /// Who decided, on which day and when.
    pub decided: Option<(&'s FullName, &'s str, &'s str)>,
    /// As the first family would see it.
    pub letter: &'s Letter<'s>,
}

/// A held letter.
pub fn held(locale: Locale, shown: &Shown<'_>, viewer: Viewer) -> Screen {
    let (held, id) = (shown.held, shown.held.id);
    let mut screen = Screen::new(html!(
        locale,
        "letters.review.heading",
        class = shown.class.name,
        author = shown.letter.author.adult()
    ));
    screen.line(&html!(
        locale,
        "letters.review.whom",
        n = shown.n,
        pupils = some_of(locale, shown.pupils.iter().map(FullName::pupil))
    ));
    let line = plain!(locale, "letters.preview.line");
    screen.line(&html!(
        locale,
        "letters.preview.letter",
        line = line,
        letter = Html(letter_text(locale, shown.letter))
    ));
    screen.line(&standing(locale, shown));
    let decides = matches!(viewer, Viewer::Letter | Viewer::Head);
    if held.state == State::Waiting && decides {
        let (approve, give_back) = if viewer == Viewer::Letter {
            (Act::ApproveHere(id), Act::ReturnHere(id))
        } else {
            (Act::Approve(id), Act::Return(id))
        };
        screen = screen
            .row([Button::new(plain!(locale, "letters.review.button.approve"), &approve)])
            .row([Button::new(plain!(locale, "letters.review.button.return"), &give_back)]);
    }
    if viewer == Viewer::Author && matches!(held.state, State::Waiting | State::Returned | State::Rewritten) {
        screen = screen.row([
            Button::new(plain!(locale, "letters.review.button.redo"), &Act::Redo(id)),
            Button::new(plain!(locale, "letters.review.button.take_back"), &Act::TakeBack(id)),
        ]);
    }
    if let (State::Sent(mailing), Viewer::Author | Viewer::Tutor) = (held.state, viewer) {
        let label = plain!(locale, "letters.review.button.readers");
        screen = screen.row([Button::new(label, &View::Sent(mailing))]);
    }
    let menu = Button::door(plain!(locale, "nav.menu"), Door::Menu);
    match viewer {
        Viewer::Letter => screen,
        Viewer::Head => screen.row([
            Button::new(plain!(locale, "letters.review.button.waiting"), &View::Waiting),
            menu,
        ]),
        Viewer::Author | Viewer::Tutor => screen.row([
            Button::new(
                plain!(locale, "letters.button.outbox"),
                &View::Outbox(shown.class.id, 0),
            ),
            menu,
        ]),
    }
}

/// «• Ждёт: Артемьева Г. С.», or what was decided.
fn standing(locale: Locale, shown: &Shown<'_>) -> String {
    let (who, day, time) = match shown.decided {
        Some((who, day, time)) => (who.adult(), day, time),
        None => (String::new(), "", ""),
    };
    match shown.held.state {
        State::Waiting => html!(
            locale,
            "letters.review.waits",
            heads = some_of(locale, shown.heads.iter().map(FullName::adult))
        ),
        State::Sent(_) => html!(locale, "letters.review.sent", who = who, day = day, time = time),
        State::Returned => html!(
            locale,
            "letters.review.returned",
            who = who,
            day = day,
            time = time,
            remark = shown.held.remark
        ),
        State::Rewritten => html!(locale, "letters.review.rewritten"),
        State::TakenBack => html!(locale, "letters.review.taken_back"),
    }
}

/// What its author hears.
pub fn told(locale: Locale, shown: &Shown<'_>) -> Screen {
    let whose = some_of(locale, shown.pupils.iter().map(FullName::pupil));
    let mut screen = Screen::new(if matches!(shown.held.state, State::Returned) {
        html!(
            locale,
            "letters.review.told_returned",
            class = shown.class.name,
            whose = whose
        )
    } else {
        html!(
            locale,
            "letters.review.told_sent",
            class = shown.class.name,
            whose = whose
        )
    });
    screen.line(&standing(locale, shown));
    screen.row([Button::notice(
        plain!(locale, "letters.review.button.open"),
        Door::HeldLetter(shown.held.id),
    )])
}

/// A remark is awaited.
pub fn returning(locale: Locale, id: HeldLetterId, class: &str, author: &FullName) -> Screen {
    Screen::new(html!(
        locale,
        "letters.review.returning",
        class = class,
        author = author.adult()
    ))
    .row([Button::new(
        plain!(locale, "letters.review.button.keep"),
        &View::Held(id),
    )])
}

/// What waits for somebody who decides.
pub fn waiting(locale: Locale, found: &[(HeldLetterId, String, FullName)], n: i64) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.review.waiting", n = n));
    for (id, class, author) in found.iter().take(limits::ROWS - 1) {
        let label = shorten(&format!("{class} · {}", author.adult()), limits::label_width(1));
        screen = screen.row([Button::new(label, &View::Held(*id))]);
    }
    screen.row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}
