//! Homework by the day on which it is due: for a day, for a week.

use super::week::Week;
use super::{Title, children, day_row, foot, heading, lesson_buttons, not_held, week_rows};
use crate::chat::Screen;
use crate::diary::press::{Back, View};
use crate::diary::{Day, Entry, Page, Task, task_for};
use crate::lessons::Homework;
use crate::words::{Locale, count, dates, escape, html, plain};

/// What is to be done for a day.
pub fn day(locale: Locale, page: &Page, day: &Day, tasks: &[Task]) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let date = plain!(locale, "diary.tasks.for", day = dates::day(locale, day.date, today));
    let mut screen = Screen::new(heading(locale, page, Title::Homework, &date));
    super::standing(locale, &mut screen, day, today);
    let held: Vec<&Entry> = day.entries.iter().filter(|it| it.is_held()).collect();
    if let Some(starts) = held.iter().find_map(|it| it.planned.bell).map(|(starts, _)| starts) {
        let lessons = count(locale, "count.lessons", i64::try_from(held.len()).unwrap_or(i64::MAX));
        screen.line(&html!(
            locale,
            "diary.lessons_from",
            lessons = lessons,
            time = dates::time(starts)
        ));
    }
    let room = super::room_for_each(day.entries.len());
    for entry in &day.entries {
        screen.line(&line(locale, entry, (&day.entries, tasks), room));
    }
    screen = children(screen, pupil, &page.children, |id| View::Homework(id, Some(day.date)));
    screen = lesson_buttons(screen, page, &day.entries, Back::Homework(day.date));
    let row = day_row(
        locale,
        day,
        |it| View::Homework(pupil, Some(it)),
        &View::HomeworkWeek(pupil, Some(day.date)),
    );
    foot(locale, page, screen.row(row), [])
}

fn line(locale: Locale, entry: &Entry, (entries, tasks): (&[Entry], &[Task]), room: usize) -> String {
    let head = format!("{}. {}", entry.planned.key.number, super::subject(&entry.planned));
    if let Some(line) = not_held(locale, &entry.planned, &head) {
        return line;
    }
    let is_second = entries.iter().any(|it| {
        it.is_held() && it.planned.load == entry.planned.load && it.planned.key.number < entry.planned.key.number
    });
    if is_second {
        return escape(&head);
    }
    let said = said(locale, task_for(entry, entries, tasks), room);
    escape(&format!("{head} — {said}"))
}

fn said(locale: Locale, task: Option<&Homework>, room: usize) -> String {
    match task {
        Some(Homework::Text(text)) => super::one_line(text, room),
        Some(Homework::NotSet) => plain!(locale, "diary.tasks.none"),
        Some(Homework::Missing) | None => plain!(locale, "diary.not_entered"),
    }
}

/// What is to be done in a week: only what was set.
pub fn week(locale: Locale, page: &Page, week: &Week, tasks: &[Task]) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let mut screen = Screen::new(heading(locale, page, Title::Homework, &week.title()));
    let set: Vec<(&Entry, &str)> = week
        .entries
        .iter()
        .filter_map(|it| match task_for(it, &week.entries, tasks) {
            Some(Homework::Text(text)) => Some((it, text.as_str())),
            Some(Homework::NotSet | Homework::Missing) | None => None,
        })
        .collect();
    if week.entries.is_empty() {
        screen.line(&match week.holidays_end {
            Some(end) => html!(locale, "diary.holidays", day = dates::day(locale, end, today)),
            None => html!(locale, "diary.no_lessons"),
        });
    } else if set.is_empty() {
        screen.line(&html!(locale, "diary.tasks.nothing_yet"));
    }
    let room = super::room_for_each(set.len());
    for day in week.days() {
        let of_day: Vec<&(&Entry, &str)> = set.iter().filter(|(it, _)| it.planned.key.date == day).collect();
        if !of_day.is_empty() {
            screen.line(&format!("<b>{}</b>", dates::day(locale, day, today)));
        }
        for (entry, text) in of_day {
            let subject = super::one_line(&entry.planned.load.subject, 30);
            screen.line(&escape(&format!("{subject} — {}", super::one_line(text, room))));
        }
    }
    screen = children(screen, pupil, &page.children, |id| {
        View::HomeworkWeek(id, Some(week.monday))
    });
    screen = week_rows(
        screen,
        locale,
        week,
        |it| View::Homework(pupil, Some(it)),
        |it| View::HomeworkWeek(pupil, Some(it)),
    );
    foot(locale, page, screen, [])
}
