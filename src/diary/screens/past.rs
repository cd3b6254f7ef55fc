//! The lessons of a subject, newest first: what was taught, what was set, what the child has.

use super::{cell, children, foot, mark_with_letter};
use crate::chat::{Button, Screen};
use crate::diary::press::{Back, Period, View};
use crate::diary::{Eye, Page, Past};
use crate::ids::SubjectId;
use crate::lessons::Homework;
use crate::words::{Locale, dates, escape, html, plain};

/// Lessons on a page.
pub const PAGE: usize = 10;

/// A page of the lessons of a subject; `more` says that there are older ones.
pub fn past(
    locale: Locale,
    page: &Page,
    (subject, title): (SubjectId, &str),
    (lessons, more): (&[Past], bool),
    at: u8,
) -> Screen {
    let pupil = page.child.id;
    let mut parts = vec![super::one_line(title, 60)];
    if page.eye != Eye::Own {
        parts.push(super::who(&page.child));
    }
    parts.push(plain!(locale, "diary.past.title"));
    let mut screen = Screen::new(format!("<b>{}</b>", escape(&parts.join(" · "))));
    if lessons.is_empty() {
        screen.line(&html!(locale, "diary.past.none"));
    }
    let room = super::room_for_each(PAGE * 2);
    for it in lessons {
        screen.line(&line(locale, page, it, room));
    }
    let back = Back::Past(subject, at);
    let buttons: Vec<Button> = lessons
        .iter()
        .map(|it| {
            Button::new(
                it.key.date.format("%d.%m").to_string(),
                &View::Lesson(pupil, it.key, back),
            )
        })
        .collect();
    screen = children(screen, pupil, &page.children, |id| View::Marks(id, Period::Now));
    screen = screen.grid(&buttons, 4);
    let turn = |to: u8| View::Past(pupil, subject, to);
    let mut row = Vec::new();
    if more {
        row.push(Button::new(
            plain!(locale, "diary.button.older"),
            &turn(at.saturating_add(1)),
        ));
    }
    if at > 0 {
        row.push(Button::new(plain!(locale, "diary.button.newer"), &turn(at - 1)));
    }
    let subject = View::Subject(pupil, subject, Period::Now, 0);
    let back = Button::new(plain!(locale, "diary.button.to_subject"), &subject);
    foot(locale, page, screen.row(row), [back])
}

/// «пт 20.11 — 5, 4к. Линейное уравнение. ДЗ: § 13»: what isn't there is left out.
fn line(locale: Locale, page: &Page, it: &Past, room: usize) -> String {
    let day = dates::day(locale, it.key.date, page.now.date());
    let earned = cell(locale, &it.cell, mark_with_letter);
    let head = if earned.is_empty() {
        format!("<b>{}</b>", escape(&day))
    } else {
        format!("<b>{}</b> — {}", escape(&day), escape(&earned))
    };
    let mut parts = vec![head];
    parts.extend(it.topic.as_ref().map(|topic| escape(&super::one_line(topic, room))));
    match &it.homework {
        Homework::Text(text) => parts.push(html!(
            locale,
            "diary.homework",
            due = "",
            homework = super::one_line(text, room)
        )),
        Homework::NotSet => parts.push(html!(locale, "diary.no_homework")),
        Homework::Missing => {}
    }
    parts.join(". ")
}
