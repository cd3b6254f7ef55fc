//! T11, T12: a text that collides with another's, or has no place yet.

use chrono::NaiveTime;

use super::Scene;
use super::card::sentence;
use crate::chat::{Button, Screen, limits};
use crate::lessons::press::{Act, Field};
use crate::words::names::shorten;
use crate::words::{Html, dates, escape, html, plain};

/// T12 for a text.
pub fn text_conflict(
    scene: &Scene<'_>,
    field: Field,
    mine: &str,
    theirs: &str,
    by: Option<(NaiveTime, String)>,
) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let (time, name) = by.map(|(at, name)| (dates::time(at), name)).unwrap_or_default();
    let field = match field {
        Field::Topic => plain!(locale, "lessons.field.topic"),
        Field::Homework => plain!(locale, "lessons.field.homework"),
    };
    let mut screen = Screen::new(html!(
        locale,
        "lessons.conflict.heading",
        lesson = scene.title(),
        time = time,
        name = name
    ));
    screen.line(&html!(
        locale,
        "lessons.conflict.text",
        field = sentence(&field),
        mine = shorten(mine, 300),
        theirs = shorten(theirs, 300)
    ));
    screen.line(&html!(locale, "lessons.conflict.safe"));
    screen
        .row([Button::new(
            plain!(locale, "lessons.button.keep_theirs"),
            &Act::KeepTheirs(key),
        )])
        .row([Button::new(
            plain!(locale, "lessons.button.write_mine"),
            &Act::WriteMine(key),
        )])
}

/// E3: a text nobody awaits.
pub fn whose_text(scene: &Scene<'_>, text: &str) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let lesson = plain!(
        locale,
        "lessons.where.lesson",
        class = scene.lesson.planned.load.audience(),
        number = key.number
    );
    let label = |name: &str| shorten(&format!("{name} · {lesson}"), limits::label_width(1));
    Screen::new(html!(
        locale,
        "lessons.where.question",
        text = Html(escape(&shorten(text, 200)))
    ))
    .row([Button::new(
        label(&plain!(locale, "lessons.button.homework")),
        &Act::PutText(key, Field::Homework),
    )])
    .row([Button::new(
        label(&plain!(locale, "lessons.button.topic")),
        &Act::PutText(key, Field::Topic),
    )])
    .row([Button::new(
        plain!(locale, "lessons.button.nowhere"),
        &Act::ForgetText(key),
    )])
}
