//! The question before a talk is shown, what its sides and the administration are told, and how it is read.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Listed, PAGE};
use crate::chat::{Attached, Button, Door, Screen, enclosed, limits};
use crate::ids::ThreadId;
use crate::messages::threads::press::{Act, View};
use crate::messages::threads::screens::said;
use crate::messages::threads::{Heading, Message, Thread};
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain};

/// How one of the sides sees that a talk is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It isn't.
    Hidden,
    /// The reader asked for it.
    Mine,
    /// The other did.
    Theirs,
}

impl Standing {
    /// What stands in the talk about it.
    pub fn line(self, locale: Locale) -> Option<String> {
        match self {
            Self::Hidden => None,
            Self::Mine => Some(html!(locale, "threads.shown.mine")),
            Self::Theirs => Some(html!(locale, "threads.shown.theirs")),
        }
    }

    /// What can be done about it.
    pub fn button(self, locale: Locale, thread: ThreadId) -> Option<Button> {
        match self {
            Self::Hidden => Some(Button::new(
                plain!(locale, "threads.shown.button.ask"),
                &View::AskShow(thread),
            )),
            Self::Mine => Some(Button::new(
                plain!(locale, "threads.shown.button.hide"),
                &Act::Hide(thread),
            )),
            Self::Theirs => None,
        }
    }
}

/// Asks before a talk is shown.
pub fn ask(locale: Locale, thread: ThreadId, heading: &Heading) -> Screen {
    Screen::new(html!(locale, "threads.shown.ask", who = heading.who()))
        .row([Button::new(
            plain!(locale, "threads.shown.button.show"),
            &Act::Show(thread),
        )])
        .row([Button::new(
            plain!(locale, "threads.shown.button.keep"),
            &View::Thread(thread, 0),
        )])
}

/// What the other side is told: that it is shown, or isn't any more.
pub fn told(locale: Locale, thread: ThreadId, heading: &Heading, shown: bool) -> Screen {
    let who = heading.who();
    Screen::new(if shown {
        html!(locale, "threads.shown.told", who = who)
    } else {
        html!(locale, "threads.shown.told_hidden", who = who)
    })
    .row([Button::new(
        plain!(locale, "threads.button.whole"),
        &Act::OpenHere(thread),
    )])
}

/// What those who read are told.
pub fn asked(locale: Locale, thread: ThreadId, (opener, heading): (&str, &Heading)) -> Screen {
    Screen::new(html!(locale, "threads.shown.asked", one = opener, two = heading.who())).row([Button::new(
        plain!(locale, "threads.shown.button.read"),
        &Act::OpenShownHere(thread),
    )])
}

/// What is shown.
pub fn list(locale: Locale, found: &[Listed], page: u8) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.shown.list"));
    if found.is_empty() {
        screen.line(&html!(locale, "threads.shown.none"));
    }
    for it in found.iter().take(PAGE) {
        let [one, two] = &it.sides;
        let label = shorten(&format!("{} · {}", one.adult(), two.adult()), limits::label_width(1));
        screen = screen.row([Button::new(label, &Act::OpenShown(it.thread))]);
    }
    let mut pages = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        pages.push(Button::new(plain!(locale, "nav.later"), &View::ShownList(before)));
    }
    if found.len() > PAGE && page < u8::MAX {
        pages.push(Button::new(plain!(locale, "nav.earlier"), &View::ShownList(page + 1)));
    }
    screen
        .row(pages)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// A page of a shown talk.
pub struct Read<'r> {
    /// Which.
    pub thread: &'r Thread,
    /// What it is called by the side that opened it.
    pub heading: &'r Heading,
    /// Who opened it.
    pub opener: &'r str,
    /// Its messages, the oldest first.
    pub messages: &'r [Message],
    /// Where the school's clocks stand.
    pub zone: Tz,
    /// The school's day.
    pub today: NaiveDate,
    /// Which page from the newest.
    pub page: u8,
    /// Whether there are older ones.
    pub older: bool,
}

/// A shown talk.
pub fn thread(locale: Locale, read: &Read<'_>) -> Screen {
    let (other, about) = (read.heading.who(), read.heading.about());
    let mut screen = Screen::new(html!(
        locale,
        "threads.shown.title",
        one = read.opener,
        two = other,
        about = about
    ));
    for message in read.messages {
        let at = dates::local(message.at, read.zone);
        let when = format!(
            "{}, {}",
            dates::day(locale, at.date(), read.today),
            dates::time(at.time())
        );
        let who = if message.author == read.thread.opener {
            read.opener
        } else {
            &other
        };
        let words = said(locale, message);
        screen.line(&html!(locale, "threads.line", who = who, when = when, words = words));
    }
    screen.line(&html!(locale, "threads.shown.read_only"));
    let id = read.thread.id;
    let files: Vec<Attached> = read.messages.iter().filter_map(|it| it.file.0.clone()).collect();
    if !files.is_empty() {
        let label = enclosed::label(locale, &files);
        screen = screen.row([Button::new(label, &Act::ShownFiles(id, read.page))]);
    }
    let mut pages = Vec::new();
    if read.older && read.page < u8::MAX {
        let older = View::ShownThread(id, read.page + 1);
        pages.push(Button::new(plain!(locale, "threads.button.older_messages"), &older));
    }
    if let Some(before) = read.page.checked_sub(1) {
        let newer = View::ShownThread(id, before);
        pages.push(Button::new(plain!(locale, "threads.button.newer_messages"), &newer));
    }
    screen.row(pages).row([
        Button::new(plain!(locale, "threads.shown.button.list"), &View::ShownList(0)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}
