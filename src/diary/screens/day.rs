//! P5: a day of the diary.

use chrono::NaiveDateTime;

use super::{Title, cell, children, day_row, foot, heading, lesson_buttons, mark_with_kind, not_held};
use crate::chat::{Button, Screen};
use crate::diary::press::{Back, View};
use crate::diary::{Day, Entry, Page};
use crate::lessons::Homework;
use crate::words::{Locale, dates, escape, html, plain};

/// P5.
pub fn day(locale: Locale, page: &Page, day: &Day) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let date = dates::day(locale, day.date, today);
    let mut screen = Screen::new(heading(locale, page, Title::Diary, &date));
    super::standing(locale, &mut screen, day, today);
    let room = super::room_for_each(day.entries.len());
    for entry in &day.entries {
        screen.line(&line(locale, entry, page.now, room));
    }
    screen = children(screen, pupil, &page.children, |id| View::Day(id, Some(day.date)));
    screen = lesson_buttons(screen, page, &day.entries, Back::Day);
    let row = day_row(
        locale,
        day,
        |it| View::Day(pupil, Some(it)),
        &View::Week(pupil, Some(day.date)),
    );
    screen = screen.row(row);
    let mut last = vec![Button::new(
        plain!(locale, "diary.button.date"),
        &View::Month(pupil, day.date),
    )];
    if day.date != today {
        last.push(Button::new(
            plain!(locale, "diary.button.today"),
            &View::Day(pupil, None),
        ));
    }
    foot(locale, page, screen, last)
}

/// One line a lesson: what was earned, then what is to be done.
fn line(locale: Locale, entry: &Entry, now: NaiveDateTime, room: usize) -> String {
    let time = entry
        .planned
        .bell
        .map(|(starts, _)| format!("{} ", dates::time(starts)))
        .unwrap_or_default();
    let head = format!("{}. {time}{}", entry.planned.key.number, super::subject(&entry.planned));
    if let Some(line) = not_held(locale, &entry.planned, &head) {
        return line;
    }
    let mut parts = vec![match state(locale, entry, now) {
        Some(state) => escape(&format!("{head} — {state}")),
        None => escape(&head),
    }];
    let due = entry
        .due
        .map(|day| plain!(locale, "lessons.card.due", day = dates::day(locale, day, now.date())));
    match &entry.homework {
        Homework::Text(text) => parts.push(html!(
            locale,
            "diary.homework",
            due = due.unwrap_or_default(),
            homework = super::one_line(text, room)
        )),
        Homework::NotSet => parts.push(html!(locale, "diary.no_homework")),
        Homework::Missing => {}
    }
    parts.join(". ")
}

/// «4 (диктант)», «н», «ещё не внесено»; nothing of a lesson that is still to come.
pub(super) fn state(locale: Locale, entry: &Entry, now: NaiveDateTime) -> Option<String> {
    let said = cell(locale, &entry.cell, mark_with_kind);
    let key = entry.planned.key;
    let begun = entry
        .planned
        .bell
        .map_or(key.date <= now.date(), |(starts, _)| key.date.and_time(starts) <= now);
    match (said.is_empty(), entry.entered, begun) {
        (false, ..) => Some(said),
        (true, true, true) => Some(plain!(locale, "diary.no_mark")),
        (true, false, true) => Some(plain!(locale, "diary.not_entered")),
        // A topic written beforehand says nothing of marks.
        (true, _, false) => None,
    }
}
