//! A lesson with all that it has of the child: marks with kind, comment and former values, topic, homework, who gave it.

use chrono_tz::Tz;

use super::{cell, foot, mark_with_kind_always, not_held};
use crate::chat::{Button, Screen};
use crate::diary::press::{Act, Back, View};
use crate::diary::{Detail, Eye, Former, Page};
use crate::lessons::Homework;
use crate::lessons::cell::{Cell, Mark};
use crate::lessons::screens::{kind, value};
use crate::words::{Locale, dates, escape, html, plain};

/// Corrections beyond these are told by the newest alone.
const CORRECTIONS: usize = 8;

/// A lesson.
pub fn lesson(locale: Locale, page: &Page, detail: &Detail, back: Back, zone: Tz) -> Screen {
    let today = page.now.date();
    let entry = &detail.entry;
    let key = entry.planned.key;
    let when = plain!(
        locale,
        "lessons.when",
        day = dates::day(locale, key.date, today),
        number = key.number
    );
    let mut parts = vec![super::subject(&entry.planned)];
    if page.eye != Eye::Own {
        parts.push(super::who(&page.child));
    }
    parts.push(when);
    let mut screen = Screen::new(format!("<b>{}</b>", escape(&parts.join(" · "))));
    if let Some(line) = not_held(locale, &entry.planned, &entry.planned.load.subject) {
        screen.line(&line);
    }
    earned(locale, &mut screen, page, detail, zone);
    if let Some(topic) = &entry.topic {
        screen.line(&html!(locale, "diary.lesson.topic", topic = topic));
    }
    match detail.task.as_ref().map(|it| &it.homework) {
        Some(Homework::Text(text)) => screen.line(&html!(locale, "diary.lesson.task", homework = text)),
        Some(Homework::NotSet | Homework::Missing) | None => {}
    }
    let due = entry
        .due
        .map(|day| plain!(locale, "lessons.card.due", day = dates::day(locale, day, today)))
        .unwrap_or_default();
    match &entry.homework {
        Homework::Text(text) => screen.line(&html!(locale, "diary.homework", due = due, homework = text)),
        Homework::NotSet => screen.line(&html!(locale, "diary.no_homework")),
        Homework::Missing => {}
    }
    screen.line(&place(locale, detail));
    let pupil = page.child.id;
    let back = match back {
        Back::Day => Button::new(plain!(locale, "diary.button.to_day"), &View::Day(pupil, Some(key.date))),
        Back::Homework(day) => Button::new(
            plain!(locale, "diary.button.to_homework"),
            &View::Homework(pupil, Some(day)),
        ),
        Back::Past(subject, at) => Button::new(plain!(locale, "diary.button.to_past"), &View::Past(pupil, subject, at)),
        Back::Subject(subject, period, at) => Button::new(
            super::one_line(&format!("‹ {}", entry.planned.load.subject), 15),
            &View::Subject(pupil, subject, period, at),
        ),
    };
    screen = files(locale, page, detail)
        .into_iter()
        .fold(screen, |screen, it| screen.row([it]));
    foot(locale, page, screen, [back])
}

/// «Файлы к ДЗ · 2»: those of the homework that was to be done, and of the one that was set.
fn files(locale: Locale, page: &Page, detail: &Detail) -> Vec<Button> {
    let of = |key: &str, lesson, n: i64| {
        let label = crate::words::text(locale, key, &[("n", &n.to_string())]);
        Button::new(label, &Act::Files(page.child.id, lesson))
    };
    let task = detail.task.as_ref().filter(|it| it.n_files > 0);
    let task = task.map(|it| of("diary.button.files_for", it.lesson, it.n_files));
    let set = detail.files.map(|(lesson, n)| of("diary.button.files_set", lesson, n));
    task.into_iter().chain(set).collect()
}

/// Marks with kind and weight, the teacher's comment, what stood there before.
fn earned(locale: Locale, screen: &mut Screen, page: &Page, detail: &Detail, zone: Tz) {
    let entry = &detail.entry;
    if let Some(state) = super::day::state(locale, entry, page.now) {
        let said = cell(locale, &entry.cell, mark_with_weight);
        screen.line(&escape(if said.is_empty() { &state } else { &said }));
    }
    if let Some(comment) = &detail.comment {
        screen.line(&html!(locale, "diary.lesson.comment", comment = comment));
    }
    for former in detail.former.iter().rev().take(CORRECTIONS).rev() {
        screen.line(&correction(locale, page, former, zone));
    }
}

/// «4, исправлено на 5 пн 23.11: не та кнопка».
fn correction(locale: Locale, page: &Page, former: &Former, zone: Tz) -> String {
    let at = dates::local(former.at, zone).date();
    let reason = if former.reason.is_empty() {
        String::new()
    } else {
        format!(
            ": {}",
            crate::words::text(locale, &format!("lessons.reason.{}", former.reason), &[])
        )
    };
    let day = dates::day(locale, at, page.now.date());
    let was = cell(locale, &former.was, mark_with_kind_always);
    if former.became == Cell::default() {
        return html!(locale, "diary.lesson.removed", was = was, day = day, reason = reason);
    }
    html!(
        locale,
        "diary.lesson.corrected",
        was = was,
        became = cell(locale, &former.became, mark_with_kind_always),
        day = day,
        reason = reason
    )
}

fn mark_with_weight(locale: Locale, mark: Mark) -> String {
    if mark.weight == 100 {
        return mark_with_kind_always(locale, mark);
    }
    plain!(
        locale,
        "diary.weighted_mark",
        value = value(locale, mark.value),
        kind = kind(locale, mark.kind),
        weight = weight(locale, mark.weight)
    )
}

/// «2», «1,5».
pub(super) fn weight(locale: Locale, hundredths: i64) -> String {
    let said = dates::hundredths(locale, hundredths);
    said.trim_end_matches('0').trim_end_matches([',', '.']).to_owned()
}

/// «10:40–11:25, каб. 24 · Смирнова Е. В.»; of a substitution both are named.
fn place(locale: Locale, detail: &Detail) -> String {
    let mut parts = Vec::new();
    if let Some((starts, ends)) = detail.entry.planned.bell {
        parts.push(dates::span(starts, ends));
    }
    parts.extend(super::timetable::room(locale, &detail.entry));
    let place = parts.join(", ");
    let teacher = match &detail.substitute {
        Some(substitute) => plain!(
            locale,
            "diary.lesson.substitution",
            substitute = substitute,
            teacher = detail.teacher
        ),
        None => detail.teacher.clone(),
    };
    let parts: Vec<&str> = [place.as_str(), teacher.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    escape(&parts.join(" · "))
}
