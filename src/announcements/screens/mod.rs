//! N5: what became of an announcement, who has read it, and what one was told; `write` has the screens before it is sent,
//! `pick` those on which readers are ticked.

mod pick;
mod write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::press::{Act, View};
use super::{Announcement, Counts, Reader, State, letters, title};
use crate::chat::{Button, Door, Screen, enclosed, limits};
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain};

pub use pick::{pick, posts, several, ticked};
pub use write::{Choice, classes, correction, groups, home, left_out_line, of, of_all, preview, when, whom, write};

/// Announcements on a page.
pub const PAGE: i64 = 10;
/// People on a page.
pub const READERS: i64 = 30;

/// «ср 25.11, 8:00».
fn moment(locale: Locale, at: DateTime<Utc>, zone: Tz) -> String {
    let (day, time) = dates::day_and_time(locale, at, zone);
    format!("{day}, {time}")
}

/// N5: what became of it.
pub fn one(
    locale: Locale,
    (announcement, whom, left_out): (&Announcement, &str, &str),
    counts: &Counts,
    (now, zone): (DateTime<Utc>, Tz),
) -> Screen {
    let id = announcement.id;
    let mut screen = Screen::new(html!(
        locale,
        "announcements.became",
        title = title(&announcement.text),
        when = moment(locale, announcement.due_at, zone),
        whom = whom
    ));
    if !left_out.is_empty() {
        screen.line(left_out);
    }
    let counted = |key: &str| {
        html!(
            locale,
            key,
            arrived = dates::number(counts.arrived),
            people = dates::number(counts.people),
            read = dates::number(counts.read)
        )
    };
    let is_waiting = announcement.state == State::Waiting && announcement.due_at > now;
    screen.line(&match announcement.state {
        State::Waiting if is_waiting => html!(locale, "announcements.state.waiting"),
        State::Waiting | State::Sending => html!(locale, "announcements.state.begins"),
        State::Sent if counts.people == 0 => html!(locale, "announcements.state.nobody"),
        State::Sent if counts.waiting > 0 => counted("announcements.state.under_way"),
        State::Sent => counted("announcements.state.sent"),
        State::Stopped => counted("announcements.state.stopped"),
        State::Recalled => counted("announcements.state.recalled"),
        State::Refused => html!(locale, "announcements.state.refused"),
    });
    if counts.lost() > 0 && announcement.state == State::Sent {
        screen.line(&html!(locale, "announcements.lost", n = dates::number(counts.lost())));
    }
    let stop = Button::new(plain!(locale, "announcements.button.stop"), &Act::Stop(id));
    let how = Button::new(plain!(locale, "announcements.button.how"), &View::One(id));
    let correct = Button::new(plain!(locale, "announcements.button.correct"), &Act::Correct(id));
    let recall = Button::new(plain!(locale, "announcements.button.recall"), &View::AskRecall(id));
    let readers = Button::new(plain!(locale, "announcements.button.readers"), &View::Readers(id, 0));
    let screen = match announcement.state {
        State::Waiting if is_waiting => screen.row([correct, stop]),
        State::Waiting | State::Sending => screen.row([stop, how]),
        State::Sent if counts.waiting > 0 => screen.row([stop, how]).row([correct, recall]),
        State::Sent | State::Stopped if counts.people > 0 => {
            let unread = counts.unread();
            let remind = (unread > 0).then(|| {
                let label = plain!(locale, "announcements.button.remind", n = dates::number(unread));
                Button::new(label, &Act::Remind(id))
            });
            // Thousands don't fit beside another button.
            let screen = match remind {
                Some(remind) if remind.label.chars().count() > limits::label_width(2) => {
                    screen.row([remind]).row([readers])
                }
                remind => screen.row(remind.into_iter().chain([readers])),
            };
            screen.row([correct, recall]).row(files(locale, announcement))
        }
        State::Recalled if counts.people > 0 => screen.row([readers]),
        State::Sent | State::Stopped | State::Recalled | State::Refused => screen,
    };
    screen.row([to_sent(locale), menu(locale)])
}

/// Whether it is really to be taken back.
pub fn ask_recall(locale: Locale, announcement: &Announcement, counts: &Counts) -> Screen {
    let id = announcement.id;
    let mut screen = Screen::new(html!(
        locale,
        "announcements.ask_recall",
        title = title(&announcement.text)
    ));
    screen.line(&html!(
        locale,
        "announcements.ask_recall_more",
        arrived = dates::number(counts.arrived),
        read = dates::number(counts.read)
    ));
    if !announcement.files.is_empty() {
        screen.line(&html!(locale, "announcements.ask_recall_files"));
    }
    screen
        .row([Button::new(plain!(locale, "announcements.button.keep"), &View::One(id))])
        .row([Button::new(
            plain!(
                locale,
                "announcements.button.recall_from",
                n = dates::number(counts.arrived)
            ),
            &Act::Recall(id),
        )])
}

/// Who has read it.
pub fn readers(locale: Locale, announcement: &Announcement, (readers, page): (&[Reader], u8), zone: Tz) -> Screen {
    let id = announcement.id;
    let mut screen = Screen::new(html!(
        locale,
        "announcements.readers",
        title = title(&announcement.text)
    ));
    let shown = usize::try_from(READERS).unwrap_or(usize::MAX);
    if readers.is_empty() {
        screen.line(&html!(locale, "announcements.state.nobody"));
    }
    let shown_readers = || readers.iter().take(shown).filter(|it| it.read_at.is_none());
    let mut group = |key: &str, fits: &dyn Fn(&Reader) -> bool| {
        let names: Vec<String> = shown_readers()
            .filter(|it| fits(it))
            .map(|it| it.name.adult())
            .collect();
        if !names.is_empty() {
            screen.line(&html!(locale, key, names = names.join(", ")));
        }
    };
    group("announcements.reader.lost", &|it| !it.arrived && !it.waits);
    group("announcements.reader.waits", &|it| !it.arrived && it.waits);
    group("announcements.reader.arrived", &|it| it.arrived);
    for (reader, at) in readers
        .iter()
        .take(shown)
        .filter_map(|it| it.read_at.map(|at| (it, at)))
    {
        screen.line(&html!(
            locale,
            "announcements.reader.read",
            name = reader.name.adult(),
            when = moment(locale, at, zone)
        ));
    }
    let back = Button::new(plain!(locale, "nav.back"), &View::One(id));
    screen
        .row(turning(locale, page, readers.len() > shown, |it| View::Readers(id, it)))
        .row([back, menu(locale)])
}

/// What one sent.
pub fn sent(locale: Locale, found: &[Announcement], page: u8, zone: Tz) -> Screen {
    let heading = if found.is_empty() {
        html!(locale, "announcements.none_sent")
    } else {
        html!(locale, "announcements.sent")
    };
    listed(locale, heading, (found, page), zone, (View::One, View::Sent)).row([to_whom(locale), menu(locale)])
}

/// What one was told.
pub fn mine(locale: Locale, found: &[Announcement], page: u8, zone: Tz) -> Screen {
    let heading = if found.is_empty() {
        html!(locale, "announcements.none_told")
    } else {
        html!(locale, "announcements.told")
    };
    listed(locale, heading, (found, page), zone, (View::Copy, View::Mine)).row([menu(locale)])
}

fn listed(
    locale: Locale,
    heading: String,
    (found, page): (&[Announcement], u8),
    zone: Tz,
    (one, turned): (impl Fn(i64) -> View, impl Fn(u8) -> View),
) -> Screen {
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let mut screen = Screen::new(heading);
    for it in found.iter().take(shown) {
        let day = dates::local(it.due_at, zone).date();
        let label = format!("{} · {}", dates::day(locale, day, day), title(&it.text));
        screen = screen.row([Button::new(shorten(&label, limits::label_width(1)), &one(it.id))]);
    }
    screen.row(turning(locale, page, found.len() > shown, turned))
}

/// One's own copy, opened from a list or a reminder.
pub fn copy(locale: Locale, announcement: &Announcement, read_at: Option<DateTime<Utc>>, zone: Tz) -> Screen {
    let screen = match announcement.recalled_at {
        Some(at) => letters::recalled(locale, at, zone),
        None => letters::copy(locale, announcement, read_at, zone),
    };
    let back = Button::new(plain!(locale, "announcements.button.told"), &View::Mine(0));
    let screen = match announcement.recalled_at {
        Some(_) => screen,
        None => screen.row(files(locale, announcement)),
    };
    screen.row([back, menu(locale)])
}

/// N4: how far a long sending is, in one message that is edited.
pub fn progress(locale: Locale, announcement: &Announcement, counts: &Counts) -> Screen {
    let key = if counts.waiting > 0 {
        "announcements.progress"
    } else {
        "announcements.finished"
    };
    Screen::new(html!(
        locale,
        key,
        title = title(&announcement.text),
        arrived = dates::number(counts.arrived),
        people = dates::number(counts.people)
    ))
    .row([Button::notice(
        plain!(locale, "announcements.button.how"),
        Door::SentAnnouncement(announcement.id),
    )])
}

/// Its time came, and its author may not speak to them any more.
pub fn refused(locale: Locale, announcement: &Announcement) -> Screen {
    Screen::new(html!(
        locale,
        "announcements.refused",
        title = title(&announcement.text)
    ))
    .row([Button::notice(
        plain!(locale, "announcements.button.open"),
        Door::SentAnnouncement(announcement.id),
    )])
}

/// Its time came, and some of them weren't the author's any more.
pub fn left_out(locale: Locale, announcement: &Announcement, names: &[String]) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "announcements.left.told",
        title = title(&announcement.text)
    ));
    screen.line(&left_out_line(locale, &announcement.audience, names));
    screen.row([Button::notice(
        plain!(locale, "announcements.button.open"),
        Door::SentAnnouncement(announcement.id),
    )])
}

/// A button that brings what goes with it.
fn files(locale: Locale, announcement: &Announcement) -> Option<Button> {
    let label = enclosed::label(locale, &announcement.files);
    (!announcement.files.is_empty()).then(|| Button::new(label, &Act::Files(announcement.id)))
}

fn turning(locale: Locale, page: u8, has_more: bool, to: impl Fn(u8) -> View) -> Vec<Button> {
    let mut turning = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        turning.push(Button::new(plain!(locale, "nav.later"), &to(before)));
    }
    if let Some(after) = page.checked_add(1).filter(|_| has_more) {
        turning.push(Button::new(plain!(locale, "nav.earlier"), &to(after)));
    }
    turning
}

fn to_whom(locale: Locale) -> Button {
    Button::new(plain!(locale, "announcements.button.whom"), &View::Home)
}

fn to_sent(locale: Locale) -> Button {
    Button::new(plain!(locale, "announcements.button.sent"), &View::Sent(0))
}

fn drop(locale: Locale) -> Button {
    Button::new(plain!(locale, "announcements.button.drop"), &Act::Drop)
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
