//! The timetable: a day with rooms and teachers, a week, the bells.

use chrono::NaiveTime;
use std::collections::BTreeMap;

use super::week::Week;
use super::{Title, children, day_row, foot, heading, not_held, week_rows};
use crate::chat::{Button, Screen};
use crate::diary::press::View;
use crate::diary::{Day, Entry, Page};
use crate::ids::PersonId;
use crate::words::{Locale, dates, escape, html, plain};

/// A day.
pub fn day(locale: Locale, page: &Page, day: &Day, teachers: &BTreeMap<PersonId, String>) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let date = dates::day(locale, day.date, today);
    let mut screen = Screen::new(heading(locale, page, Title::Timetable, &date));
    super::standing(locale, &mut screen, day, today);
    for entry in &day.entries {
        screen.line(&line(locale, entry, teachers));
    }
    screen = children(screen, pupil, &page.children, |id| View::Timetable(id, Some(day.date)));
    let row = day_row(
        locale,
        day,
        |it| View::Timetable(pupil, Some(it)),
        &View::TimetableWeek(pupil, Some(day.date)),
    );
    foot(locale, page, screen.row(row), [bells_button(locale, pupil)])
}

fn bells_button(locale: Locale, pupil: PersonId) -> Button {
    Button::new(plain!(locale, "diary.button.bells"), &View::Bells(pupil))
}

/// «2. 9:25 Геометрия, каб. 24 · Смирнова Е. В.».
fn line(locale: Locale, entry: &Entry, teachers: &BTreeMap<PersonId, String>) -> String {
    let planned = &entry.planned;
    let time = planned
        .bell
        .map(|(starts, _)| format!("{} ", dates::time(starts)))
        .unwrap_or_default();
    let head = format!("{}. {time}{}", planned.key.number, super::subject(planned));
    if let Some(line) = not_held(locale, planned, &head) {
        return line;
    }
    let mut said = head;
    if let Some(room) = room(locale, entry) {
        said.push_str(&format!(", {room}"));
    }
    let name = teachers.get(&planned.substitute.unwrap_or(planned.load.teacher_id));
    if let Some(name) = name {
        said.push_str(&format!(" · {name}"));
    }
    if planned.substitute.is_some() {
        said.push_str(&plain!(locale, "lessons.day.substitution"));
    }
    escape(&said)
}

/// «каб. 24»; a room that isn't a number is called by its name: «зал».
pub(super) fn room(locale: Locale, entry: &Entry) -> Option<String> {
    let room = entry.room.trim();
    if room.is_empty() {
        return None;
    }
    if room.starts_with(|it: char| it.is_ascii_digit()) {
        Some(plain!(locale, "diary.room", room = super::one_line(room, 20)))
    } else {
        Some(super::one_line(room, 30))
    }
}

/// A week: what there is, by day.
pub fn week(locale: Locale, page: &Page, week: &Week) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let mut screen = Screen::new(heading(locale, page, Title::Timetable, &week.title()));
    if week.entries.is_empty() {
        screen.line(&match week.holidays_end {
            Some(end) => html!(locale, "diary.holidays", day = dates::day(locale, end, today)),
            None => html!(locale, "diary.no_lessons"),
        });
    }
    for day in week.days() {
        screen.line(&format!("<b>{}</b>", dates::day(locale, day, today)));
        for entry in week.entries.iter().filter(|it| it.planned.key.date == day) {
            let subject = super::one_line(&entry.planned.load.subject, 40);
            let head = format!("{}. {subject}", entry.planned.key.number);
            let line = not_held(locale, &entry.planned, &head).unwrap_or_else(|| {
                let room = room(locale, entry).map(|it| format!(", {it}")).unwrap_or_default();
                escape(&format!("{head}{room}"))
            });
            screen.line(&line);
        }
    }
    screen = children(screen, pupil, &page.children, |id| {
        View::TimetableWeek(id, Some(week.monday))
    });
    screen = week_rows(
        screen,
        locale,
        week,
        |it| View::Timetable(pupil, Some(it)),
        |it| View::TimetableWeek(pupil, Some(it)),
    );
    foot(locale, page, screen, [bells_button(locale, pupil)])
}

/// When lessons begin and end.
pub fn bells(locale: Locale, page: &Page, bells: &[(i64, NaiveTime, NaiveTime)]) -> Screen {
    let pupil = page.child.id;
    let mut screen = Screen::new(heading(locale, page, Title::Bells, ""));
    if bells.is_empty() {
        screen.line(&html!(locale, "diary.no_bells"));
    }
    for (number, starts, ends) in bells {
        screen.line(&escape(&format!("{number}. {}", dates::span(*starts, *ends))));
    }
    let back = Button::new(
        plain!(locale, "diary.button.to_timetable"),
        &View::Timetable(pupil, None),
    );
    let screen = children(screen, pupil, &page.children, View::Bells);
    foot(locale, page, screen, [back])
}
