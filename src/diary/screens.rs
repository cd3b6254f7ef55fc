//! P5: a day of the diary.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, Weekday};

use super::press::View;
use super::{Day, Entry};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::Homework;
use crate::lessons::screens::{kind, sign, value};
use crate::timetable::Standing;
use crate::words::names::shorten;
use crate::words::{Html, Locale, dates, escape, html, plain};

/// P5.
pub fn day(locale: Locale, day: &Day, now: NaiveDateTime, children: &[(PersonId, String)]) -> Screen {
    let today = now.date();
    let date = dates::day(locale, day.date, today);
    let who = if day.class.is_empty() {
        day.name.clone()
    } else {
        format!("{}, {}", day.name, day.class)
    };
    let mut screen = Screen::new(html!(locale, "diary.heading", who = who, day = date));
    if day.class.is_empty() {
        screen.line(&html!(locale, "diary.no_class"));
    } else if day.entries.is_empty() {
        screen.line(&match day.holidays_end {
            Some(end) => html!(locale, "diary.holidays", day = dates::day(locale, end, today)),
            None => html!(locale, "diary.no_lessons"),
        });
    }
    for entry in &day.entries {
        screen.line(&line(locale, entry, now));
    }
    if children.len() > 1 {
        let width = limits::label_width(children.len().min(3));
        let buttons = children.iter().map(|(id, name)| {
            let chosen = if *id == day.pupil { "✓ " } else { "" };
            Button::new(
                shorten(&format!("{chosen}{name}"), width),
                &View::Day(*id, Some(day.date)),
            )
        });
        screen = screen.grid(&buttons.collect::<Vec<_>>(), children.len().min(3));
    }
    let to = |date: NaiveDate| View::Day(day.pupil, Some(date));
    let mut row = Vec::new();
    if let Some(former) = neighbour(day.date, false) {
        row.push(Button::new(
            format!("‹ {}", dates::day_of_month(locale, former)),
            &to(former),
        ));
    }
    if day.date != today {
        row.push(Button::new(
            plain!(locale, "diary.button.today"),
            &View::Day(day.pupil, None),
        ));
    }
    if let Some(next) = neighbour(day.date, true) {
        row.push(Button::new(
            format!("{} ›", dates::day_of_month(locale, next)),
            &to(next),
        ));
    }
    screen
        .row(row)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

fn neighbour(day: NaiveDate, forward: bool) -> Option<NaiveDate> {
    let mut there = day;
    loop {
        there = if forward {
            there.checked_add_days(Days::new(1))?
        } else {
            there.checked_sub_days(Days::new(1))?
        };
        if there.weekday() != Weekday::Sun {
            return Some(there);
        }
    }
}

/// One line a lesson: what was earned, then what is to be done.
fn line(locale: Locale, entry: &Entry, now: NaiveDateTime) -> String {
    let load = &entry.planned.load;
    let time = entry
        .planned
        .bell
        .map(|(starts, _)| format!("{} ", dates::time(starts)))
        .unwrap_or_default();
    let group = load
        .group_title
        .as_ref()
        .map(|it| format!(", {it}"))
        .unwrap_or_default();
    let head = escape(&format!("{}. {time}{}{group}", entry.planned.key.number, load.subject));
    match entry.planned.standing {
        Standing::Cancelled => return html!(locale, "diary.cancelled", lesson = Html(format!("<s>{head}</s>"))),
        Standing::MovedAway => return html!(locale, "diary.moved", lesson = Html(format!("<s>{head}</s>"))),
        Standing::Held | Standing::Absent => {}
    }
    let mut parts = vec![head];
    if let Some(state) = state(locale, entry, now) {
        parts = vec![format!("{} — {}", parts.concat(), escape(&state))];
    }
    let due = entry
        .due
        .map(|day| plain!(locale, "lessons.card.due", day = dates::day(locale, day, now.date())));
    match &entry.homework {
        Homework::Text(text) => {
            parts.push(html!(
                locale,
                "diary.homework",
                due = due.unwrap_or_default(),
                homework = text
            ));
        }
        Homework::NotSet => parts.push(html!(locale, "diary.no_homework")),
        Homework::Missing => {}
    }
    parts.join(". ")
}

/// «4 (диктант)», «н», «ещё не внесено»; nothing of a lesson that is still to come.
fn state(locale: Locale, entry: &Entry, now: NaiveDateTime) -> Option<String> {
    let mut said = Vec::new();
    if let Some(it) = entry.cell.sign {
        said.push(sign(locale, it));
    }
    for mark in &entry.cell.marks {
        said.push(plain!(
            locale,
            "diary.mark",
            value = value(locale, mark.value),
            kind = kind(locale, mark.kind)
        ));
    }
    let key = entry.planned.key;
    let begun = entry
        .planned
        .bell
        .is_none_or(|(starts, _)| key.date.and_time(starts) <= now);
    match (said.is_empty(), entry.entered, begun) {
        (false, ..) => Some(said.join(", ")),
        (true, true, _) => Some(plain!(locale, "diary.no_mark")),
        (true, false, true) => Some(plain!(locale, "diary.not_entered")),
        (true, false, false) => None,
    }
}
