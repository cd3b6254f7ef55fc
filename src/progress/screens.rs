//! Screens of progress: a picture with its words below. Words are in `locales/progress.yml`.

use super::pictures;
use super::press::{Period, View, What};
use super::{COUNTED, ClassTally, MonthOfSigns, Tally};
use crate::charts::Tone;
use crate::chat::{Button, Door, Drawing, Screen, limits};
use crate::ids::SchoolId;
use crate::lessons::cell::Sign;
use crate::lessons::screens::{sign, value};
use crate::people::passes::Class;
use crate::school::Stretch;
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, escape, html, plain};

/// The longest title in a line below a picture.
const TITLE: usize = 40;
/// Classes of which each has a button of its own: those of more teachers than one has.
const CLASSES: usize = 60;

/// What a chart of a class is drawn from.
#[derive(Clone, Debug)]
pub enum Series {
    /// Marks by subject.
    Marks(Vec<Tally>),
    /// Marks a lesson, by subject.
    Lessons(Vec<Tally>),
    /// Absences by month.
    Absences(Vec<MonthOfSigns>),
}

impl Series {
    fn what(&self) -> What {
        match self {
            Self::Marks(_) => What::Marks,
            Self::Lessons(_) => What::Lessons,
            Self::Absences(_) => What::Absences,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Marks(tallies) => tallies.iter().all(|it| it.numbers() == 0),
            Self::Lessons(tallies) => tallies.iter().all(|it| it.lessons == 0),
            Self::Absences(months) => months.is_empty(),
        }
    }
}

/// Of which class, or of which grade.
pub fn home(locale: Locale, classes: &[Class], grades: &[(SchoolId, i64)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "progress.home"));
    let buttons: Vec<Button> = classes
        .iter()
        .take(CLASSES)
        .map(|it| {
            let view = View::Class(it.id, What::Marks, Period::Now, Tone::Light);
            Button::new(shorten(&it.name, limits::label_width(4)), &view)
        })
        .collect();
    screen = screen.grid(&buttons, 4);
    if !grades.is_empty() {
        screen.line(&html!(locale, "progress.home_grades"));
    }
    let buttons: Vec<Button> = grades
        .iter()
        .map(|(school, grade)| {
            let label = plain!(locale, "progress.button.grade", grade = grade);
            Button::new(label, &View::Grade(*school, *grade, Period::Now, Tone::Light))
        })
        .collect();
    screen.grid(&buttons, 2).row([menu(locale)])
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}

/// A class: the picture, its words, the ways to what else there is.
pub fn class(
    locale: Locale,
    (class, is_whole): (&Class, bool),
    (series, stretch): (&Series, &Stretch),
    (period, tone): (Period, Tone),
) -> Screen {
    let what = series.what();
    let heading = heading(locale, (&class.name, is_whole), what, stretch);
    let view = |what, period, tone| View::Class(class.id, what, period, tone);
    let mut screen = if series.is_empty() {
        let mut screen = Screen::new(format!("<b>{}</b>", escape(&heading)));
        screen.line(&html!(locale, "progress.none"));
        screen
    } else {
        let drawing = match series {
            Series::Marks(tallies) => pictures::marks(locale, &heading, tallies, tone),
            Series::Lessons(tallies) => pictures::lessons(locale, &heading, tallies, tone),
            Series::Absences(months) => pictures::absences(locale, &heading, months, tone),
        };
        below(locale, &heading, drawing, &words(locale, series))
    };
    let others = What::ALL.into_iter().filter(|it| *it != what);
    screen = screen.row(others.map(|it| Button::new(what_label(locale, it), &view(it, period, tone))));
    screen = periods(locale, screen, (period, stretch), |period| view(what, period, tone));
    screen = screen.row([tone_button(locale, tone, &view(what, period, tone.other()))]);
    let back = if is_whole {
        Button::door(plain!(locale, "progress.button.to_class"), Door::Class(class.id, 0))
    } else {
        Button::new(plain!(locale, "progress.button.to_home"), &View::Home)
    };
    screen.row([back, menu(locale)])
}

/// The classes of a grade side by side; each has a button into it.
pub fn grade(
    locale: Locale,
    (school, grade): (SchoolId, i64),
    (classes, stretch): (&[ClassTally], &Stretch),
    (period, tone): (Period, Tone),
) -> Screen {
    let heading = plain!(locale, "progress.heading.grade", grade = grade, period = stretch.title);
    let tallies: Vec<Tally> = classes.iter().map(|it| it.tally.clone()).collect();
    let mut screen = if tallies.iter().all(|it| it.numbers() == 0) {
        let mut screen = Screen::new(format!("<b>{}</b>", escape(&heading)));
        screen.line(&html!(locale, "progress.none"));
        screen
    } else {
        let drawing = pictures::marks(locale, &heading, &tallies, tone);
        below(locale, &heading, drawing, &words(locale, &Series::Marks(tallies)))
    };
    let buttons: Vec<Button> = classes
        .iter()
        .take(CLASSES)
        .map(|it| {
            let view = View::Class(it.class, What::Marks, period, tone);
            Button::new(shorten(&it.tally.title, limits::label_width(4)), &view)
        })
        .collect();
    screen = screen.grid(&buttons, 4);
    screen = periods(locale, screen, (period, stretch), |period| {
        View::Grade(school, grade, period, tone)
    });
    screen = screen.row([tone_button(
        locale,
        tone,
        &View::Grade(school, grade, period, tone.other()),
    )]);
    let home = Button::new(plain!(locale, "progress.button.to_home"), &View::Home);
    screen.row([home, menu(locale)])
}

fn below(locale: Locale, heading: &str, drawing: Drawing, lines: &[String]) -> Screen {
    let mut screen = Screen::new(format!("<b>{}</b>", escape(heading))).picture(drawing);
    screen.lines_below(lines, |n| html!(locale, "progress.more", n = n));
    screen
}

fn heading(locale: Locale, (class, is_whole): (&str, bool), what: What, stretch: &Stretch) -> String {
    let title = match what {
        What::Marks => plain!(locale, "progress.heading.marks", class = class, period = stretch.title),
        What::Lessons => plain!(
            locale,
            "progress.heading.lessons",
            class = class,
            period = stretch.title
        ),
        What::Absences => plain!(
            locale,
            "progress.heading.absences",
            class = class,
            period = stretch.title
        ),
    };
    if is_whole {
        title
    } else {
        plain!(locale, "progress.heading.own", title = title)
    }
}

fn what_label(locale: Locale, what: What) -> String {
    match what {
        What::Marks => plain!(locale, "progress.button.marks"),
        What::Lessons => plain!(locale, "progress.button.lessons"),
        What::Absences => plain!(locale, "progress.button.absences"),
    }
}

fn tone_button(locale: Locale, tone: Tone, other: &View) -> Button {
    let label = match tone {
        Tone::Light => plain!(locale, "progress.button.dark"),
        Tone::Dark => plain!(locale, "progress.button.light"),
    };
    Button::new(label, other)
}

/// The terms beside it, and the year.
fn periods(
    locale: Locale,
    screen: Screen,
    (period, stretch): (Period, &Stretch),
    to: impl Fn(Period) -> View,
) -> Screen {
    let width = limits::label_width(2);
    let mut row = Vec::new();
    if let Some((title, starts)) = &stretch.former {
        row.push(Button::new(
            shorten(&format!("‹ {title}"), width),
            &to(Period::Of(*starts)),
        ));
    }
    if let Some((title, starts)) = &stretch.next {
        let title = shorten(title, width - 2);
        row.push(Button::new(format!("{title} ›"), &to(Period::Of(*starts))));
    }
    row.push(if period == Period::Year {
        Button::new(plain!(locale, "diary.button.term"), &to(Period::Now))
    } else {
        Button::new(plain!(locale, "diary.button.year"), &to(Period::Year))
    });
    screen.grid(&row, 2)
}

/// The same in words.
pub fn words(locale: Locale, series: &Series) -> Vec<String> {
    match series {
        Series::Marks(tallies) => tallies
            .iter()
            .filter(|it| it.numbers() > 0)
            .map(|it| marks_line(locale, it))
            .collect(),
        Series::Lessons(tallies) => {
            let with_lessons = tallies.iter().filter_map(|it| Some((it, it.a_lesson()?)));
            with_lessons
                .map(|(it, n)| {
                    html!(
                        locale,
                        "progress.line.lessons",
                        title = shorten(&it.title, TITLE),
                        n = dates::hundredths(locale, n),
                        marks = count(locale, "count.marks", it.marks),
                        lessons = count(locale, "count.lessons", it.lessons)
                    )
                })
                .collect()
        }
        Series::Absences(months) => months.iter().map(|it| month_line(locale, it)).collect(),
    }
}

/// «Алгебра: 5 — 12, 4 — 20, 3 — 7 · средний 4,13».
fn marks_line(locale: Locale, tally: &Tally) -> String {
    let counts: Vec<String> = COUNTED
        .iter()
        .zip(tally.counts)
        .filter(|(_, n)| *n > 0)
        .map(|(it, n)| format!("{} — {}", value(locale, *it), dates::number(n)))
        .collect();
    let average = tally
        .average
        .map(|it| dates::hundredths(locale, it))
        .unwrap_or_default();
    html!(
        locale,
        "progress.line.marks",
        title = shorten(&tally.title, TITLE),
        counts = counts.join(", "),
        average = average
    )
}

/// «ноябрь: н — 12, б — 30, п — 4, о — 7 · 120 уроков».
fn month_line(locale: Locale, month: &MonthOfSigns) -> String {
    let signs: Vec<String> = Sign::ALL
        .iter()
        .zip(month.signs)
        .map(|(it, n)| format!("{} — {}", sign(locale, *it), dates::number(n)))
        .collect();
    html!(
        locale,
        "progress.line.absences",
        month = dates::month(locale, month.first),
        signs = signs.join(", "),
        lessons = count(locale, "count.lessons", month.lessons)
    )
}
