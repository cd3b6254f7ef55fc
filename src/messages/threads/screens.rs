//! M1–M4: the list, a thread, what arrives, what is awaited, and to whom one can write.

mod ways;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::hours::{Hours, screens::line as hours_line};
use super::press::{Act, View};
use super::shown::screens::Standing;
use super::{Heading, Listed, Message, THREADS, Thread};
use crate::access::talk::Halt;
use crate::chat::{Attached, Button, Door, Screen, enclosed, limits};
use crate::ids::{PersonId, ThreadId};
use crate::words::names::{FullName, shorten};
use crate::words::{Locale, dates, html, plain};

pub use ways::{classes, colleagues, contacts, family, new, pupils};

/// Letters of each message that a page of a thread shows; all of it stands in the chat.
const SHOWN: usize = 600;

/// «Сообщения», with the talks that one has left and still shows to the administration.
pub fn list(locale: Locale, (threads, page): (&[Listed], u8), left: &[(ThreadId, FullName)]) -> Screen {
    let unread: i64 = threads.iter().take(THREADS).map(|it| it.unread).sum();
    let mut screen = Screen::new(if unread > 0 {
        html!(locale, "threads.list_unread", n = unread)
    } else {
        html!(locale, "threads.list")
    });
    if threads.is_empty() {
        screen.line(&html!(locale, "threads.none"));
    }
    for it in threads.iter().take(THREADS) {
        screen = screen.row([Button::new(label(locale, it), &Act::Open(it.id))]);
    }
    let mut pages = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        pages.push(Button::new(plain!(locale, "threads.button.newer"), &View::List(before)));
    }
    if threads.len() > THREADS && page < u8::MAX {
        pages.push(Button::new(
            plain!(locale, "threads.button.older"),
            &View::List(page + 1),
        ));
    }
    screen = screen.row(pages);
    for (thread, other) in left.iter().take(THREADS) {
        let label = plain!(locale, "threads.shown.button.hide_left", who = other.adult());
        screen = screen.row([Button::new(
            shorten(&label, limits::label_width(1)),
            &Act::Hide(*thread),
        )]);
    }
    screen.row([
        Button::new(plain!(locale, "threads.button.new"), &View::New),
        menu(locale),
    ])
}

/// «• Волкова О. П. · Анна, алгебра».
fn label(locale: Locale, it: &Listed) -> String {
    let about = it.heading.about();
    let mut label = it.heading.person();
    if it.unread > 0 {
        label = format!("• {label}");
    }
    if !about.is_empty() {
        label = format!("{label} · {about}");
    }
    // Last: whom and what about tell talks apart when there is no room for it.
    if let Some(school) = &it.heading.school {
        label = format!("{label} · {school}");
    }
    if it.closed {
        label = plain!(locale, "threads.closed_label", label = label);
    }
    shorten(&label, limits::label_width(1))
}

/// «<b>Волкова О. П.</b> · Анна, 7А, алгебра».
fn title(locale: Locale, heading: &Heading) -> String {
    let about = heading.about();
    if about.is_empty() {
        html!(locale, "threads.title", who = heading.who())
    } else {
        html!(locale, "threads.title_about", who = heading.who(), about = about)
    }
}

/// Whether one may still write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// One may.
    Write,
    /// The school has closed this pair.
    Closed,
    /// The other has no more to do with the child, or left.
    Nothing,
}

/// A page of a thread.
pub struct Shown<'s> {
    /// Which.
    pub thread: &'s Thread,
    /// What it is called.
    pub heading: &'s Heading,
    /// Its messages, the oldest first.
    pub messages: &'s [Message],
    /// Who reads.
    pub me: PersonId,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Where the school's clocks stand.
    pub zone: Tz,
    /// Which page from the newest.
    pub page: u8,
    /// Whether there are older ones.
    pub older: bool,
    /// Whether one may still write.
    pub may: May,
    /// Whether the administration reads it.
    pub shown: Standing,
}

/// M1.
pub fn thread(locale: Locale, shown: &Shown<'_>) -> Screen {
    let mut screen = Screen::new(title(locale, shown.heading));
    if shown.messages.is_empty() {
        screen.line(&html!(locale, "threads.empty"));
    }
    for message in shown.messages {
        screen.line(&line(locale, shown, message));
    }
    if shown.thread.closed_at.is_some() {
        screen.line(&html!(locale, "threads.closed"));
    }
    match shown.may {
        May::Write => {}
        May::Closed => screen.line(&html!(locale, "threads.pair_closed")),
        May::Nothing => screen.line(&html!(locale, "threads.may_not")),
    }
    if let Some(line) = shown.shown.line(locale) {
        screen.line(&line);
    }
    let id = shown.thread.id;
    if shown.may == May::Write {
        screen = screen.row([Button::new(plain!(locale, "threads.button.answer"), &Act::Answer(id))]);
    }
    let mut pages = Vec::new();
    if shown.older && shown.page < u8::MAX {
        let older = View::Thread(id, shown.page + 1);
        pages.push(Button::new(plain!(locale, "threads.button.older_messages"), &older));
    }
    if let Some(before) = shown.page.checked_sub(1) {
        let newer = View::Thread(id, before);
        pages.push(Button::new(plain!(locale, "threads.button.newer_messages"), &newer));
    }
    let mut ways = Vec::new();
    if let Some((pupil, _)) = &shown.heading.pupil {
        let date = dates::local(shown.now, shown.zone).date();
        let diary = Door::Diary { pupil: *pupil, date };
        ways.push(Button::door(plain!(locale, "threads.button.diary"), diary));
    }
    if shown.thread.closed_at.is_none() && !shown.messages.is_empty() {
        ways.push(Button::new(plain!(locale, "threads.button.close"), &Act::Close(id)));
    }
    let files: Vec<Attached> = shown
        .messages
        .iter()
        .filter(|it| it.recalled_at.is_none())
        .filter_map(|it| it.file.0.clone())
        .collect();
    if !files.is_empty() {
        screen = screen.row([Button::new(
            enclosed::label(locale, &files),
            &Act::Files(id, shown.page),
        )]);
    }
    screen = screen.row(pages).row(ways);
    if !shown.messages.is_empty() {
        screen = screen.row(shown.shown.button(locale, id));
    }
    screen.row([to_list(locale), menu(locale)])
}

/// «\[фото\] Да, в четверг»: what a message says in a line.
pub fn said(locale: Locale, message: &Message) -> String {
    let words = shorten(&message.words, SHOWN);
    match &message.file.0 {
        Some(file) => {
            let file = enclosed::named(locale, file);
            let said = plain!(locale, "threads.with_file", file = file, words = words);
            said.trim().to_owned()
        }
        None => words,
    }
}

/// «Вы, 18:10: Да, в четверг после 6-го урока.»
fn line(locale: Locale, shown: &Shown<'_>, message: &Message) -> String {
    let at = dates::local(message.at, shown.zone);
    let today = dates::local(shown.now, shown.zone).date();
    let when = if at.date() == today {
        dates::time(at.time())
    } else {
        format!("{}, {}", dates::day(locale, at.date(), today), dates::time(at.time()))
    };
    let who = if message.author == shown.me {
        plain!(locale, "threads.you")
    } else {
        shown.heading.who()
    };
    if message.recalled_at.is_some() {
        return html!(locale, "threads.line_recalled", who = who, when = when);
    }
    let words = said(locale, message);
    let words = words.as_str();
    if message.stopped_at.is_some() {
        return html!(locale, "threads.line_stopped", who = who, when = when, words = words);
    }
    let leaves = dates::local(message.due_at, shown.zone);
    if message.due_at > shown.now {
        let leaves = format!(
            "{}, {}",
            dates::day(locale, leaves.date(), today),
            dates::time(leaves.time())
        );
        return html!(
            locale,
            "threads.line_waits",
            who = who,
            when = when,
            words = words,
            leaves = leaves
        );
    }
    if message.author == shown.me && message.read_at.is_some() {
        return html!(locale, "threads.line_read", who = who, when = when, words = words);
    }
    html!(locale, "threads.line", who = who, when = when, words = words)
}

/// M2: what arrives.
pub fn letter(locale: Locale, thread: ThreadId, heading: &Heading, words: &str) -> Screen {
    let mut screen = Screen::new(title(locale, heading));
    screen.line(&crate::words::escape(words));
    screen.row([
        Button::new(plain!(locale, "threads.button.answer"), &Act::AnswerHere(thread)),
        Button::new(plain!(locale, "threads.button.whole"), &Act::OpenHere(thread)),
    ])
}

/// Under a file whose words stand below it.
pub fn enclosure(locale: Locale) -> Screen {
    Screen::new(html!(locale, "threads.enclosure"))
}

/// Under a file that is brought once more: whose it is, and when it was sent.
pub fn enclosure_again(locale: Locale, who: Option<String>, (day, time): (&str, &str)) -> Screen {
    let who = who.unwrap_or_else(|| plain!(locale, "threads.you"));
    Screen::new(html!(
        locale,
        "threads.enclosure_again",
        who = who,
        day = day,
        time = time
    ))
}

/// What stands where a message was that is taken back.
pub fn taken_back(locale: Locale, (day, time): (&str, &str)) -> Screen {
    Screen::new(html!(locale, "threads.taken_back", day = day, time = time))
}

/// Why a message that waited didn't leave, with its words: a press on them takes them along.
pub fn stopped(locale: Locale, why: Halt, (thread, heading): (ThreadId, &Heading), words: &str) -> Screen {
    let about = heading.about();
    let mut screen = Screen::new(if about.is_empty() {
        html!(locale, "threads.stopped.title", who = heading.who())
    } else {
        html!(
            locale,
            "threads.stopped.title_about",
            who = heading.who(),
            about = about
        )
    });
    screen.line(&match why {
        Halt::NotYours => html!(locale, "threads.stopped.not_yours"),
        Halt::OtherLeft => html!(locale, "threads.stopped.other_left"),
        Halt::Closed => html!(locale, "threads.stopped.closed"),
        Halt::Muted => html!(locale, "threads.stopped.muted"),
    });
    if !words.is_empty() {
        screen.line(&html!(locale, "threads.stopped.words", words = words));
    }
    if why == Halt::NotYours {
        return screen;
    }
    screen.row([Button::new(
        plain!(locale, "threads.button.whole"),
        &Act::OpenHere(thread),
    )])
}

/// M3.
pub fn writing(locale: Locale, heading: &Heading, thread: Option<ThreadId>, hours: Option<Hours>) -> Screen {
    let about = heading.about();
    let mut screen = Screen::new(if about.is_empty() {
        html!(locale, "threads.writing", who = heading.who())
    } else {
        html!(locale, "threads.writing_about", who = heading.who(), about = about)
    });
    if let Some(hours) = hours {
        screen.line(&hours_line(locale, hours));
    }
    screen.line(&html!(locale, "threads.ask"));
    let stop = Button::new(plain!(locale, "threads.button.stop"), &Act::Stop);
    match thread {
        Some(id) => screen.row([
            stop,
            Button::new(plain!(locale, "threads.button.whole"), &Act::Open(id)),
        ]),
        None => screen.row([stop]),
    }
}

/// M4.
pub fn waits(locale: Locale, heading: &Heading, message: &Message, (hours, zone): (Hours, Tz)) -> Screen {
    let (at, leaves) = (dates::local(message.at, zone), dates::local(message.due_at, zone));
    let mut screen = Screen::new(html!(
        locale,
        "threads.waits",
        time = dates::time(at.time()),
        who = heading.who(),
        day = dates::day(locale, leaves.date(), leaves.date()),
        leaves = dates::time(leaves.time())
    ));
    screen.line(&hours_line(locale, hours));
    screen
        .row([Button::new(
            plain!(locale, "threads.button.take_back"),
            &Act::TakeBack(message.id),
        )])
        .row([to_list(locale), menu(locale)])
}

/// E3: where a text belongs that nobody awaited.
pub fn place(locale: Locale, words: &str, threads: &[Listed]) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.place", text = shorten(words, 100)));
    for row in answers(locale, threads) {
        screen = screen.row(row);
    }
    screen.row([Button::new(plain!(locale, "threads.button.nowhere"), &Act::DropLoose)])
}

/// «Ответ: Волкова О. П.», a row each.
pub fn answers(locale: Locale, threads: &[Listed]) -> Vec<[Button; 1]> {
    let button = |it: &Listed| {
        let label = plain!(locale, "threads.button.answer_to", who = it.heading.who());
        [Button::new(
            shorten(&label, limits::label_width(1)),
            &Act::PutLoose(it.id),
        )]
    };
    threads.iter().take(3).map(button).collect()
}

fn to_list(locale: Locale) -> Button {
    Button::new(plain!(locale, "threads.button.list"), &View::List(0))
}

fn back_to_new(locale: Locale) -> Button {
    Button::new(plain!(locale, "threads.button.to_new"), &View::New)
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
