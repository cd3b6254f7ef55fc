//! The files of a homework, and the classes that may have the same.

use chrono::NaiveDate;

use super::Scene;
use crate::chat::enclosed::{counted, named};
use crate::chat::{Attached, Button, Door, Screen, limits};
use crate::lessons::Homework;
use crate::lessons::enclosed::{Enclosure, files};
use crate::lessons::press::{Act, View};
use crate::timetable::LessonKey;
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain};

/// So much of another class's homework is shown.
const SHOWN: usize = 80;

/// The nearest lesson of a parallel class.
#[derive(Clone, Debug)]
pub struct Parallel {
    /// Which.
    pub key: LessonKey,
    /// «7Б».
    pub audience: String,
    /// When its homework is due.
    pub due: Option<NaiveDate>,
    /// What it has.
    pub homework: Homework,
}

/// «К ДЗ: 2 фото, 1 файл», on the card.
pub fn line(locale: Locale, files: &[Attached]) -> Option<String> {
    (!files.is_empty()).then(|| html!(locale, "lessons.enclosed.line", files = counted(locale, files)))
}

/// The card's row: what goes with the homework, and whom else it can be set.
pub fn row(locale: Locale, key: LessonKey, files: &[Attached], parallel: bool) -> Vec<Button> {
    let mut row = Vec::new();
    if !files.is_empty() {
        let label = crate::chat::enclosed::label(locale, files);
        row.push(Button::new(label, &View::Enclosed(key)));
    }
    if parallel {
        row.push(Button::new(
            plain!(locale, "lessons.copy.button.open"),
            &View::Parallel(key),
        ));
    }
    row
}

/// What is written under a file that was brought.
pub fn caption(locale: Locale, n: usize, of: usize) -> Screen {
    Screen::new(if of == 1 {
        html!(locale, "lessons.enclosed.caption")
    } else {
        html!(locale, "lessons.enclosed.caption_of", n = n, of = of)
    })
}

/// The teacher's list.
pub fn list(scene: &Scene<'_>, enclosed: &[Enclosure]) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let mut screen = Screen::new(html!(locale, "lessons.enclosed.heading", lesson = scene.title()));
    screen.line(&match enclosed {
        [] => html!(locale, "lessons.enclosed.none"),
        some => html!(locale, "lessons.enclosed.some", files = counted(locale, &files(some))),
    });
    screen.line(&html!(locale, "lessons.enclosed.more"));
    if !enclosed.is_empty() {
        let label = plain!(locale, "lessons.enclosed.button.show");
        screen = screen.row([Button::new(label, &Act::ShowEnclosed(key))]);
    }
    for (idx, it) in enclosed.iter().enumerate() {
        let label = plain!(
            locale,
            "lessons.enclosed.button.drop",
            n = idx + 1,
            file = named(locale, &it.file)
        );
        let label = shorten(&label, limits::label_width(1));
        screen = screen.row([Button::new(label, &Act::DropEnclosed(key, it.id))]);
    }
    back(screen, locale, key)
}

/// The parallel classes.
pub fn parallel(scene: &Scene<'_>, found: &[Parallel]) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let mut screen = Screen::new(html!(locale, "lessons.copy.heading", lesson = scene.title()));
    if let Homework::Text(text) = &scene.lesson.homework {
        screen.line(&html!(locale, "lessons.copy.what", homework = shorten(text, 300)));
    }
    if found.is_empty() {
        screen.line(&html!(locale, "lessons.copy.nobody"));
    }
    for it in found {
        let day = dates::day(locale, it.key.date, scene.today);
        let line = match &it.homework {
            Homework::Text(text) => html!(
                locale,
                "lessons.copy.there",
                class = it.audience,
                day = day,
                homework = shorten(text, SHOWN)
            ),
            Homework::NotSet | Homework::Missing => {
                let due = it.due.map(|due| dates::day(locale, due, scene.today));
                let due = due.map(|due| plain!(locale, "lessons.card.due", day = due));
                html!(
                    locale,
                    "lessons.copy.free",
                    class = it.audience,
                    day = day,
                    due = due.unwrap_or_default()
                )
            }
        };
        screen.line(&line);
    }
    for it in found {
        let button = match &it.homework {
            Homework::Text(_) => Button::new(
                fitting(&plain!(locale, "lessons.copy.button.lesson", class = it.audience)),
                &Act::Open(it.key),
            ),
            Homework::NotSet | Homework::Missing => Button::new(
                fitting(&plain!(locale, "lessons.copy.button.copy", class = it.audience)),
                &Act::CopyHomework(key, it.key),
            ),
        };
        screen = screen.row([button]);
    }
    back(screen, locale, key)
}

fn fitting(label: &str) -> String {
    shorten(label, limits::label_width(1))
}

fn back(screen: Screen, locale: Locale, key: LessonKey) -> Screen {
    screen.row([
        Button::new(plain!(locale, "lessons.button.to_lesson"), &View::Card(key)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}
