//! P5: a day of the diary.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::flow::View;
use super::{Day, Entry};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::Homework;
use crate::lessons::screens::{kind, sign, value};
use crate::timetable::Standing;
use crate::words::names::shorten;
use crate::words::{Html, Locale, dates, escape, html, plain};

/// P5.
pub fn day(locale: Locale, day: &Day, today: NaiveDate, children: &[(PersonId, String)]) -> Screen {
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
        for line in lines(locale, entry, today) {
            screen.line(&line);
        }
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

fn lines(locale: Locale, entry: &Entry, today: NaiveDate) -> Vec<String> {
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
        Standing::Cancelled => {
            return vec![html!(
                locale,
                "diary.cancelled",
                lesson = Html(format!("<s>{head}</s>"))
            )];
        }
        Standing::MovedAway => return vec![html!(locale, "diary.moved", lesson = Html(format!("<s>{head}</s>")))],
        Standing::Held | Standing::Absent => {}
    }
    let mut lines = vec![format!("{head} — {}", escape(&state(locale, entry)))];
    if let Some(topic) = &entry.topic {
        lines.push(html!(locale, "diary.topic", topic = topic));
    }
    let due = entry
        .due
        .map(|day| plain!(locale, "lessons.card.due", day = dates::day(locale, day, today)))
        .unwrap_or_default();
    match &entry.homework {
        Homework::Text(text) => lines.push(html!(locale, "diary.homework", due = due, homework = text)),
        Homework::NotSet => lines.push(html!(locale, "diary.no_homework")),
        Homework::Missing => {}
    }
    lines
}

/// «4 (диктант)», «нет (н)», «ещё не внесено».
fn state(locale: Locale, entry: &Entry) -> String {
    let mut said = Vec::new();
    if let Some(it) = entry.cell.sign {
        said.push(plain!(locale, "diary.sign", sign = sign(locale, it)));
    }
    for mark in &entry.cell.marks {
        said.push(plain!(
            locale,
            "diary.mark",
            value = value(locale, mark.value),
            kind = kind(locale, mark.kind)
        ));
    }
    if !said.is_empty() {
        return said.join(", ");
    }
    if entry.entered {
        plain!(locale, "diary.no_mark")
    } else {
        plain!(locale, "diary.not_entered")
    }
}
