//! T1: a teacher's lessons of one day, by the bell, each with what it still lacks.

use chrono::{NaiveDate, NaiveDateTime};

use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::press::{Act, View};
use crate::lessons::store::Filled;
use crate::lessons::{Kind, MARKS_NEEDED};
use crate::timetable::{Planned, Standing};
use crate::words::names::shorten;
use crate::words::{Html, Locale, count, dates, escape, html, plain};

/// A lesson of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place in the timetable.
    pub planned: Planned,
    /// Whether it is a substitution for whoever looks.
    pub substitution: bool,
    /// How far it is filled.
    pub state: State,
    /// What lacks, as keys of the locales.
    pub lacks: Vec<&'static str>,
}

/// How far a lesson is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All is there.
    Full,
    /// It has begun and something lacks.
    Waiting,
    /// Still to come.
    Ahead,
    /// Cancelled or moved away.
    NotHeld,
}

impl Row {
    /// A row from the timetable and from what is filled, as seen now.
    pub fn of(planned: Planned, filled: &[Filled], teacher: PersonId, now: NaiveDateTime) -> Self {
        let row = filled
            .iter()
            .find(|it| it.load_id == planned.key.load && it.number == planned.key.number);
        let mut lacks = Vec::new();
        if !row.is_some_and(|it| it.has_topic) {
            lacks.push("lessons.lacks.topic");
        }
        if !row.is_some_and(|it| it.has_homework) {
            lacks.push("lessons.lacks.homework");
        }
        if !row.is_some_and(|it| it.attendance_taken) {
            lacks.push("lessons.lacks.attendance");
        }
        let unmarked = planned.load.grade == 1 || row.is_some_and(|it| Kind::of(&it.kind) == Kind::Excursion);
        if !unmarked && row.map_or(0, |it| it.n_marks) < i64::try_from(MARKS_NEEDED).unwrap_or(i64::MAX) {
            lacks.push("lessons.lacks.marks");
        }
        let begun = planned
            .bell
            .is_none_or(|(starts, _)| planned.key.date.and_time(starts) <= now);
        let state = match (planned.standing == Standing::Held, lacks.is_empty(), begun) {
            (false, ..) => State::NotHeld,
            (true, true, _) => State::Full,
            (true, false, true) => State::Waiting,
            (true, false, false) => State::Ahead,
        };
        Self {
            substitution: planned.substitute == Some(teacher),
            planned,
            state,
            lacks,
        }
    }

    fn label(&self, locale: Locale) -> String {
        let load = &self.planned.load;
        let sign = match self.state {
            State::Full => "✓ ",
            State::Waiting => "• ",
            State::Ahead | State::NotHeld => "",
        };
        let time = self
            .planned
            .bell
            .map(|(starts, _)| format!(" · {}", dates::time(starts)))
            .unwrap_or_default();
        let note = if self.substitution {
            plain!(locale, "lessons.day.substitution")
        } else {
            String::new()
        };
        let label = format!(
            "{sign}{}{time} · {} {}{note}",
            self.planned.key.number,
            load.audience(),
            load.subject.to_lowercase()
        );
        shorten(&label, limits::label_width(1))
    }
}

/// T1.
pub fn day(locale: Locale, day: NaiveDate, today: NaiveDate, rows: &[Row], holidays_end: Option<NaiveDate>) -> Screen {
    let mut screen = Screen::new(html!(locale, "lessons.day.title", day = dates::day(locale, day, today)));
    let held: Vec<&Row> = rows.iter().filter(|row| row.state != State::NotHeld).collect();
    if held.is_empty() {
        let line = match holidays_end {
            Some(end) => html!(locale, "lessons.day.holidays", day = dates::day(locale, end, today)),
            None => html!(locale, "lessons.day.none"),
        };
        screen.line(&line);
    } else {
        screen.line(&summary(locale, &held));
    }
    for row in rows.iter().filter(|row| row.state == State::NotHeld) {
        screen.line(&not_held(locale, row));
    }
    for row in &held {
        screen = screen.row([Button::new(row.label(locale), &Act::Open(row.planned.key))]);
    }
    let to = |date: NaiveDate| View::Day(Some(date));
    let mut days = Vec::new();
    if let Some(former) = neighbour(day, -1) {
        days.push(Button::new(
            format!("‹ {}", dates::day_of_month(locale, former)),
            &to(former),
        ));
    }
    if day != today {
        days.push(Button::new(plain!(locale, "lessons.day.today"), &View::Day(None)));
    }
    if let Some(next) = neighbour(day, 1) {
        days.push(Button::new(
            format!("{} ›", dates::day_of_month(locale, next)),
            &to(next),
        ));
    }
    screen
        .row(days)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

fn summary(locale: Locale, held: &[&Row]) -> String {
    let full = held.iter().filter(|row| row.state == State::Full).count();
    let waiting: Vec<String> = held
        .iter()
        .filter(|row| row.state == State::Waiting)
        .map(|row| waiting(locale, row))
        .collect();
    if full == held.len() {
        return html!(
            locale,
            "lessons.day.all_full",
            lessons = count(locale, "count.lessons", held.len().try_into().unwrap_or(0))
        );
    }
    let done = html!(locale, "lessons.day.full", full = full, all = held.len());
    if waiting.is_empty() {
        done
    } else {
        html!(
            locale,
            "lessons.day.waiting",
            done = Html(done),
            lessons = waiting.join("; ")
        )
    }
}

fn waiting(locale: Locale, row: &Row) -> String {
    let lacks: Vec<String> = match row.lacks.len() {
        4 => vec![plain!(locale, "lessons.lacks.all")],
        _ => row.lacks.iter().map(|key| plain!(locale, key)).collect(),
    };
    plain!(
        locale,
        "lessons.day.waits",
        number = row.planned.key.number,
        class = row.planned.load.audience(),
        lacks = lacks.join(", ")
    )
}

fn not_held(locale: Locale, row: &Row) -> String {
    let load = &row.planned.load;
    let what = escape(&format!(
        "{} · {} {}",
        row.planned.key.number,
        load.audience(),
        load.subject.to_lowercase()
    ));
    let key = if row.planned.standing == Standing::MovedAway {
        "lessons.day.moved"
    } else {
        "lessons.day.cancelled"
    };
    html!(locale, key, lesson = Html(format!("<s>{what}</s>")))
}

/// The day before or after, Sundays left out.
fn neighbour(day: NaiveDate, step: i64) -> Option<NaiveDate> {
    use chrono::{Datelike as _, Days, Weekday};
    let mut there = day;
    loop {
        there = if step < 0 {
            there.checked_sub_days(Days::new(1))?
        } else {
            there.checked_add_days(Days::new(1))?
        };
        if there.weekday() != Weekday::Sun {
            return Some(there);
        }
    }
}
