//! Homework by the day on which it is due: for a day, for a week.

use super::week::Week;
use super::{Title, children, day_row, foot, heading, lesson_buttons, not_held, week_rows};
use crate::chat::{Button, Screen, limits};
use crate::diary::press::{Act, Back, View};
use crate::diary::{Day, Entry, Eye, Page, Task, task_for};
use crate::lessons::Homework;
use crate::words::names::shorten;
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
    let to_do = to_do(day, tasks);
    progress(locale, page, &mut screen, &to_do);
    screen = children(screen, pupil, &page.children, |id| View::Homework(id, Some(day.date)));
    if page.eye == Eye::Own {
        screen = ticks(screen, pupil, day, &to_do);
    }
    screen = files(locale, screen, pupil, &to_do);
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
    let task = task_for(entry, entries, tasks);
    let said = said(locale, task, room);
    let done = if task.is_some_and(|it| it.is_done) { "✓ " } else { "" };
    escape(&format!("{done}{head} — {said}"))
}

/// What there is to do for a day, each with the lesson for which it is.
fn to_do<'d>(day: &'d Day, tasks: &'d [Task]) -> Vec<(&'d Entry, &'d Task)> {
    let set = day.entries.iter().filter(|it| it.is_held());
    let set = set.filter_map(|it| Some((it, task_for(it, &day.entries, tasks)?)));
    set.filter(|(_, task)| matches!(task.homework, Homework::Text(_)))
        .collect()
}

/// How much is done. The pupil reads what the buttons are for, others what the sign means, once there is one.
fn progress(locale: Locale, page: &Page, screen: &mut Screen, to_do: &[(&Entry, &Task)]) {
    let done = to_do.iter().filter(|(_, task)| task.is_done).count();
    if done > 0 {
        screen.line(&html!(locale, "diary.tasks.done", done = done, all = to_do.len()));
    } else if page.eye == Eye::Own && !to_do.is_empty() {
        screen.line(&html!(locale, "diary.tasks.press_done"));
    }
}

/// A button for each: a press says that it is done, one more that it isn't.
fn ticks(screen: Screen, pupil: crate::ids::PersonId, day: &Day, to_do: &[(&Entry, &Task)]) -> Screen {
    let buttons: Vec<Button> = to_do
        .iter()
        .map(|(entry, task)| {
            let sign = if task.is_done { "✓ " } else { "" };
            let room = limits::label_width(2) - sign.chars().count();
            let label = format!("{sign}{}", shorten(&entry.planned.load.subject, room));
            Button::new(label, &Act::Tick(pupil, task.lesson, !task.is_done, day.date))
        })
        .collect();
    screen.grid(&buttons, 2)
}

/// A button for each that has files.
fn files(locale: Locale, screen: Screen, pupil: crate::ids::PersonId, to_do: &[(&Entry, &Task)]) -> Screen {
    let with_files = to_do.iter().filter(|(_, task)| task.n_files > 0);
    let rows = with_files.map(|(entry, task)| {
        let label = plain!(
            locale,
            "diary.button.files_of",
            n = task.n_files,
            subject = shorten(&entry.planned.load.subject, limits::label_width(1) - 12)
        );
        [Button::new(label, &Act::Files(pupil, task.lesson))]
    });
    rows.fold(screen, Screen::row)
}

fn said(locale: Locale, task: Option<&Task>, room: usize) -> String {
    match task.map(|it| &it.homework) {
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
    let set: Vec<(&Entry, &str, bool)> = week
        .entries
        .iter()
        .filter_map(|it| {
            let task = task_for(it, &week.entries, tasks)?;
            match &task.homework {
                Homework::Text(text) => Some((it, text.as_str(), task.is_done)),
                Homework::NotSet | Homework::Missing => None,
            }
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
        let of_day: Vec<&(&Entry, &str, bool)> = set.iter().filter(|it| it.0.planned.key.date == day).collect();
        if !of_day.is_empty() {
            screen.line(&format!("<b>{}</b>", dates::day(locale, day, today)));
        }
        for (entry, text, is_done) in of_day {
            let subject = super::one_line(&entry.planned.load.subject, 30);
            let done = if *is_done { "✓ " } else { "" };
            screen.line(&escape(&format!("{done}{subject} — {}", super::one_line(text, room))));
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
