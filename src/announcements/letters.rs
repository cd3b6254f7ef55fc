//! What arrives in people's chats, and how it changes there.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::press::Act;
use super::{Announcement, title};
use crate::chat::{Button, Door, Screen};
use crate::words::{Locale, dates, escape, html, plain};

/// The text with its signature.
pub fn body(locale: Locale, announcement: &Announcement, zone: Tz) -> String {
    let mut body = escape(&announcement.text);
    let signature = signature(locale, announcement);
    body.push('\n');
    body.push_str(&html!(locale, "announcements.signature", who = signature));
    if let Some(at) = announcement.corrected_at {
        let (day, time) = dates::day_and_time(locale, at, zone);
        body.push('\n');
        body.push_str(&html!(locale, "announcements.corrected", day = day, time = time));
    }
    body
}

/// «Смирнова Елена Викторовна, тьютор 7А».
fn signature(locale: Locale, announcement: &Announcement) -> String {
    let (office, of) = &announcement.office;
    let office = match office.as_str() {
        "tutor" => plain!(locale, "announcements.office.tutor", class = of),
        "head" => plain!(locale, "announcements.office.head", grades = of),
        "director" => plain!(locale, "announcements.office.director"),
        _ => plain!(locale, "announcements.office.administrator"),
    };
    plain!(
        locale,
        "announcements.who",
        name = announcement.name.whole(),
        office = office
    )
}

/// A copy as it arrives, or as it stands since it was read.
pub fn copy(locale: Locale, announcement: &Announcement, read_at: Option<DateTime<Utc>>, zone: Tz) -> Screen {
    let mut screen = Screen::new(body(locale, announcement, zone));
    match read_at {
        None => screen.row([Button::new(button(locale, announcement), &Act::Read(announcement.id))]),
        Some(at) => {
            screen.line(&read_line(locale, announcement, at, zone));
            screen
        }
    }
}

/// Under a file that goes with one.
pub fn enclosure(locale: Locale, n: usize, of: usize) -> Screen {
    Screen::new(if of == 1 {
        html!(locale, "announcements.enclosure")
    } else {
        html!(locale, "announcements.enclosure_of", n = n, of = of)
    })
}

/// What stands on the button: «Прочитано» or «Ознакомлен(а)».
pub fn button(locale: Locale, announcement: &Announcement) -> String {
    button_label(locale, announcement.acknowledged)
}

/// The same of one that isn't sent yet.
pub fn button_label(locale: Locale, acknowledged: bool) -> String {
    if acknowledged {
        plain!(locale, "announcements.button.acknowledged")
    } else {
        plain!(locale, "announcements.button.read")
    }
}

fn read_line(locale: Locale, announcement: &Announcement, at: DateTime<Utc>, zone: Tz) -> String {
    let (day, time) = dates::day_and_time(locale, at, zone);
    html!(
        locale,
        "announcements.is_read",
        what = button(locale, announcement),
        day = day,
        time = time
    )
}

/// What stands where a copy stood that was taken back.
pub fn recalled(locale: Locale, at: DateTime<Utc>, zone: Tz) -> Screen {
    let (day, time) = dates::day_and_time(locale, at, zone);
    Screen::new(html!(locale, "announcements.recalled", day = day, time = time))
}

/// To those who haven't pressed.
pub fn reminder(locale: Locale, announcement: &Announcement) -> Screen {
    let what = button(locale, announcement);
    Screen::new(html!(
        locale,
        "announcements.reminder",
        what = what,
        title = title(&announcement.text)
    ))
    .row([Button::notice(
        plain!(locale, "announcements.button.open"),
        Door::Announcement(announcement.id),
    )])
}
