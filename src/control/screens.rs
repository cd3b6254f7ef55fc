//! Debts as they are seen: a teacher's own, a class's day, a school's classes, and the letters about them.

use chrono::{NaiveDate, NaiveDateTime};

use super::press::{Act, View};
use super::{Debt, Lack};
use crate::absences::Reason;
use crate::absences::press::View as Absences;
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::{ClassId, SchoolId};
use crate::lessons::cell::Sign;
use crate::lessons::press::Act as Lessons;
use crate::lessons::screens::sign;
use crate::people::passes::{Class, screens::turning};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, escape, html, plain, text};

/// Lines on a page.
pub const PAGE: usize = 8;
/// Lines of a letter; more are counted.
const IN_LETTER: usize = 10;
/// Names in a line; more are counted.
const NAMES: usize = 12;

/// The page, or the last where there aren't so many.
pub fn within(page: u8, all: usize) -> u8 {
    let last = all.saturating_sub(1) / PAGE;
    page.min(u8::try_from(last).unwrap_or(u8::MAX))
}

/// «2-й, алгебра, 7А»: of another day with the day before.
fn lesson(locale: Locale, debt: &Debt, today: NaiveDate, with_class: bool) -> String {
    let planned = &debt.planned;
    let mut parts = Vec::new();
    if planned.key.date != today {
        parts.push(dates::day(locale, planned.key.date, today));
    }
    parts.push(plain!(locale, "control.number", number = planned.key.number));
    let subject = shorten(&planned.load.subject.to_lowercase(), 40);
    let group = planned.load.group_title.as_deref().map(|it| shorten(it, 30));
    if with_class {
        parts.push(planned.load.audience());
        parts.push(subject);
    } else {
        parts.push(subject);
        parts.extend(group);
    }
    parts.join(", ")
}

/// «тема, ДЗ».
fn lacking(locale: Locale, lacks: &[Lack]) -> String {
    let words: Vec<String> = lacks
        .iter()
        .map(|it| text(locale, &format!("control.lack.{}", it.code()), &[]))
        .collect();
    words.join(", ")
}

/// A button that opens the lesson: from then on it listens.
fn button(locale: Locale, debt: &Debt, today: NaiveDate) -> Button {
    let key = debt.planned.key;
    let what = format!(
        "{}, {}",
        debt.planned.load.audience(),
        debt.planned.load.subject.to_lowercase()
    );
    let number = plain!(locale, "control.number", number = key.number);
    let when = if key.date == today {
        number
    } else {
        format!("{}, {number}", dates::day(locale, key.date, today))
    };
    let label = shorten(&format!("{when}: {what}"), limits::label_width(1));
    Button::new(label, &Lessons::Open(key))
}

/// «Осталось»: a teacher's own, oldest first.
pub fn mine(locale: Locale, debts: &[Debt], (today, page): (NaiveDate, u8)) -> Screen {
    let n = i64::try_from(debts.len()).unwrap_or(i64::MAX);
    let mut screen = Screen::new(if debts.is_empty() {
        html!(locale, "control.mine.none")
    } else {
        let lessons = count(locale, "count.lessons", n);
        html!(locale, "control.mine.heading", lessons = lessons)
    });
    let page = within(page, debts.len());
    let shown: Vec<&Debt> = debts.iter().skip(usize::from(page) * PAGE).take(PAGE).collect();
    for debt in &shown {
        screen.line(&html!(
            locale,
            "control.line",
            lesson = lesson(locale, debt, today, true),
            lacks = lacking(locale, &debt.lacks)
        ));
    }
    shown
        .iter()
        .fold(screen, |screen, debt| screen.row([button(locale, debt, today)]))
        .row(turning(page, debts.len(), PAGE, View::Mine))
        .row([
            Button::new(
                plain!(locale, "lessons.button.my_lessons"),
                &crate::lessons::press::View::Day(None),
            ),
            Button::door(plain!(locale, "nav.menu"), Door::Menu),
        ])
}

/// The way to one's own, with how many there are.
pub fn way(locale: Locale, n: usize) -> Button {
    let label = if n == 0 {
        plain!(locale, "control.button.mine")
    } else {
        plain!(locale, "control.button.mine_n", n = n)
    };
    Button::new(label, &View::Mine(0))
}

/// A pupil who isn't at today's lessons.
#[derive(Clone, Debug)]
pub struct Away {
    /// «Попов Дмитрий».
    pub pupil: String,
    /// The first sign of the day.
    pub sign: String,
    /// From which lesson on.
    pub since: i64,
    /// What is known.
    pub reason: Option<Reason>,
    /// Whether anybody of the family is reached.
    pub is_reached: bool,
}

/// A debt with whose it is.
#[derive(Clone, Debug)]
pub struct Line<'d> {
    /// The debt.
    pub debt: &'d Debt,
    /// «Орлова Н. С.».
    pub teacher: String,
}

/// A class's day.
#[derive(Clone, Debug)]
pub struct ClassDay<'d> {
    /// The class.
    pub class: (ClassId, &'d str),
    /// The school's civil time.
    pub now: NaiveDateTime,
    /// Who isn't there.
    pub away: Vec<Away>,
    /// What lacks, oldest first.
    pub lines: Vec<Line<'d>>,
    /// Teachers to remind, the reader apart.
    pub n_others: usize,
    /// Whether the reader keeps the class's absences.
    pub is_tutor: bool,
}

/// U1: «Сегодня в классе».
pub fn class(locale: Locale, it: &ClassDay<'_>, page: u8) -> Screen {
    let today = it.now.date();
    let mut screen = Screen::new(html!(
        locale,
        "control.class.heading",
        class = it.class.1,
        day = dates::day(locale, today, today),
        time = dates::time(it.now.time())
    ));
    screen.line(&if it.away.is_empty() {
        html!(locale, "control.class.nobody_away")
    } else {
        let mut away: Vec<String> = it.away.iter().take(NAMES).map(|it| absent(locale, it)).collect();
        if let more @ 1.. = it.away.len().saturating_sub(NAMES) {
            away.push(plain!(locale, "control.more", n = more));
        }
        html!(locale, "control.class.away", away = away.join("; "))
    });
    let page = within(page, it.lines.len());
    let shown: Vec<&Line<'_>> = it.lines.iter().skip(usize::from(page) * PAGE).take(PAGE).collect();
    screen.line(&if it.lines.is_empty() {
        html!(locale, "control.class.filled")
    } else {
        html!(locale, "control.class.unfilled", n = it.lines.len())
    });
    for line in &shown {
        screen.line(&html!(
            locale,
            "control.class.line",
            lesson = lesson(locale, line.debt, today, false),
            teacher = line.teacher,
            lacks = lacking(locale, &line.debt.lacks)
        ));
    }
    if it.n_others > 0 {
        let label = plain!(locale, "control.button.remind", n = it.n_others);
        screen = screen.row([Button::new(label, &Act::Remind(it.class.0))]);
    }
    screen = shown
        .iter()
        .fold(screen, |screen, line| screen.row([button(locale, line.debt, today)]));
    screen = screen.row(turning(page, it.lines.len(), PAGE, |to| View::Class(it.class.0, to)));
    if it.is_tutor {
        let label = plain!(locale, "absences.button.absences");
        screen = screen.row([Button::new(label, &Absences::Class(it.class.0))]);
    }
    screen.row([
        Button::door(format!("‹ {}", it.class.1), Door::Class(it.class.0, 0)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}

/// «Ли Александр — н с 1-го урока, причина неизвестна, семья не подключена: позвоните».
fn absent(locale: Locale, it: &Away) -> String {
    let sign = Sign::of(&it.sign).map(|it| sign(locale, it)).unwrap_or_default();
    let since = plain!(locale, "control.since", sign = sign, number = it.since);
    let mut parts = vec![format!("{} — {since}", it.pupil)];
    match it.reason {
        Some(reason) => parts.push(text(locale, &format!("absences.reason.{}", reason.code()), &[])),
        None if it.sign == "absent" => {
            parts.push(plain!(locale, "control.unknown"));
            if !it.is_reached {
                parts.push(plain!(locale, "control.call"));
            }
        }
        None => {}
    }
    parts.join(", ")
}

/// What became of reminding.
pub fn reminded(locale: Locale, told: &[String], before: usize, unreached: &[String]) -> String {
    let mut said = Vec::new();
    if !told.is_empty() {
        said.push(plain!(locale, "control.toast.reminded", names = told.join(", ")));
    } else if before > 0 {
        said.push(plain!(locale, "control.toast.before"));
    } else if unreached.is_empty() {
        said.push(plain!(locale, "control.toast.nothing"));
    }
    if !unreached.is_empty() {
        said.push(plain!(locale, "control.toast.unreached", names = unreached.join(", ")));
    }
    shorten(&said.join("\n"), limits::ALERT)
}

/// A school's classes with how many lessons lack something.
pub fn overview(
    locale: Locale,
    (title, school): (&str, SchoolId),
    rows: &[(Class, usize, Vec<String>)],
    (page, all): (u8, usize),
) -> Screen {
    let mut screen = Screen::new(format!("<b>{}</b>", escape(title)));
    screen.line(&html!(locale, "control.overview.days"));
    for (class, n, teachers) in rows {
        screen.line(&if *n == 0 {
            html!(locale, "control.overview.filled", class = class.name)
        } else {
            let mut names: Vec<String> = teachers.iter().take(NAMES / 2).cloned().collect();
            if let more @ 1.. = teachers.len().saturating_sub(NAMES / 2) {
                names.push(plain!(locale, "control.more", n = more));
            }
            let lessons = count(locale, "count.lessons", i64::try_from(*n).unwrap_or(i64::MAX));
            html!(
                locale,
                "control.overview.line",
                class = class.name,
                lessons = lessons,
                teachers = names.join(", ")
            )
        });
    }
    let buttons: Vec<Button> = rows
        .iter()
        .map(|(class, n, _)| {
            let label = if *n == 0 {
                class.name.clone()
            } else {
                format!("{} · {n}", class.name)
            };
            Button::new(shorten(&label, limits::label_width(3)), &View::Class(class.id, 0))
        })
        .collect();
    screen
        .grid(&buttons, 3)
        .row(turning(page, all, PAGE, |to| View::School(school, to)))
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// T14: the evening's letter to a teacher.
pub fn evening(locale: Locale, debts: &[Debt], today: NaiveDate) -> Screen {
    let lessons = count(locale, "count.lessons", i64::try_from(debts.len()).unwrap_or(i64::MAX));
    let screen = Screen::new(html!(locale, "control.evening", lessons = lessons));
    with_lines(locale, screen, debts.iter(), today)
}

/// A tutor's reminder to a teacher: of the class, by whom.
pub fn reminder(locale: Locale, (class, by): (&str, &str), debts: &[&Debt], today: NaiveDate) -> Screen {
    let screen = Screen::new(html!(locale, "control.reminder", class = class, by = by));
    with_lines(locale, screen, debts.iter().copied(), today)
}

fn with_lines<'d>(
    locale: Locale,
    mut screen: Screen,
    debts: impl ExactSizeIterator<Item = &'d Debt>,
    today: NaiveDate,
) -> Screen {
    let all = debts.len();
    for debt in debts.take(IN_LETTER) {
        screen.line(&html!(
            locale,
            "control.line",
            lesson = lesson(locale, debt, today, true),
            lacks = lacking(locale, &debt.lacks)
        ));
    }
    if let more @ 1.. = all.saturating_sub(IN_LETTER) {
        screen.line(&html!(locale, "control.more", n = more));
    }
    screen.row([Button::notice(plain!(locale, "control.button.mine"), Door::Debts)])
}
