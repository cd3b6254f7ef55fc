//! What a cell says: words, numbers, dates, times, classes, lists; each reader says what to write instead.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::school::Weeks;

use super::book::{self, Cell};
use super::layout::spellings;
use super::names::{self, ClassName};
use super::problems::Complaint;

/// Letters of a name, a title, a room.
const TEXT_LIMIT: usize = 100;
/// Days since the spreadsheets' epoch that can be meant as dates: 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Weekdays by their keys.
pub const WEEKDAYS: [&str; 7] = [
    "import.weekdays.1",
    "import.weekdays.2",
    "import.weekdays.3",
    "import.weekdays.4",
    "import.weekdays.5",
    "import.weekdays.6",
    "import.weekdays.7",
];

/// Words on one line; a whole number is taken for its digits.
pub fn text(cell: &Cell) -> Result<String, Complaint> {
    let text = long_text(cell)?;
    if text.chars().count() > TEXT_LIMIT {
        return Err(Complaint::new("text_long").said("limit", TEXT_LIMIT));
    }
    Ok(text)
}

/// Words of any length.
pub fn paragraph(cell: &Cell) -> Result<String, Complaint> {
    long_text(cell)
}

/// A surname, name or patronymic.
pub fn person(cell: &Cell) -> Result<String, Complaint> {
    let name = names::person(&text(cell)?);
    if name.chars().any(|c| c.is_ascii_digit()) || !name.chars().any(char::is_alphabetic) {
        return Err(Complaint::new("name").said("value", name));
    }
    Ok(name)
}

/// A person's key.
pub fn code(cell: &Cell) -> Result<String, Complaint> {
    let code = names::code(&text(cell)?);
    if code.contains([',', ';']) {
        return Err(Complaint::new("code_list").said("value", code));
    }
    Ok(code)
}

/// Several words in one cell, by commas, semicolons or lines.
pub fn list(cell: &Cell) -> Result<Vec<String>, Complaint> {
    let text = long_text(cell)?;
    Ok(text
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect())
}

/// A class's name.
pub fn class(cell: &Cell) -> Result<ClassName, Complaint> {
    let text = text(cell)?;
    ClassName::parse(&text).ok_or_else(|| Complaint::new("class").said("value", text))
}

/// A whole number.
#[expect(clippy::cast_possible_truncation, reason = "whole and small, as the guard says")]
pub fn whole(cell: &Cell, allowed: std::ops::RangeInclusive<i64>) -> Result<i64, Complaint> {
    let number = match cell {
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(*number as i64),
        Cell::Text(text) => text.trim_end_matches('.').parse().ok(),
        _ => None,
    };
    number.filter(|number| allowed.contains(number)).ok_or_else(|| {
        let complaint = Complaint::new("number").said("value", shown(cell));
        complaint.said("from", allowed.start()).said("to", allowed.end())
    })
}

/// Hours, in hundredths: half an hour a week is a lesson in two weeks.
#[expect(clippy::cast_possible_truncation, reason = "small, as the guard says")]
pub fn hours(cell: &Cell) -> Result<i64, Complaint> {
    let number = match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => text.replace(',', ".").parse().ok(),
        _ => None,
    };
    let hundredths = number
        .filter(|hours| (0.0..=40.0).contains(hours))
        .map(|hours| hours * 100.0);
    let whole = hundredths.filter(|hours| (hours - hours.round()).abs() < 1e-6);
    whole
        .map(|hours| hours.round() as i64)
        .ok_or_else(|| Complaint::new("hours").said("value", shown(cell)))
}

/// A date: a true one, its number, or the two usual ways of writing it. `likely` is the year in the example.
pub fn date(cell: &Cell, likely: i32) -> Result<NaiveDate, Complaint> {
    let date = match cell {
        Cell::Moment(moment) => Some(moment.date()),
        Cell::Number(days) if SERIALS.contains(days) => from_serial(*days),
        Cell::Text(text) => written_date(text),
        _ => None,
    };
    date.filter(|date| (1900..2200).contains(&date.year())).ok_or_else(|| {
        let day = guess(&shown(cell), likely);
        let example = day.map(|day| day.format("%d.%m.%Y").to_string());
        Complaint::new("date")
            .said("value", shown(cell))
            .said("example", example.unwrap_or(format!("03.03.{likely}")))
    })
}

/// A time of day.
pub fn time(cell: &Cell) -> Result<NaiveTime, Complaint> {
    let time = match cell {
        Cell::Time(time) => Some(*time),
        Cell::Moment(moment) => Some(moment.time()),
        Cell::Number(part) if (0.0..1.0).contains(part) => book::time_of_day(*part),
        Cell::Text(text) => {
            let text = text.replace(['.', '-'], ":");
            NaiveTime::parse_from_str(&text, "%H:%M")
                .or_else(|_| NaiveTime::parse_from_str(&text, "%H:%M:%S"))
                .ok()
        }
        _ => None,
    };
    time.ok_or_else(|| Complaint::new("time").said("value", shown(cell)))
}

/// A weekday, 1 being Monday.
pub fn weekday(cell: &Cell) -> Result<i64, Complaint> {
    let text = text(cell)?;
    let number = one_of(&text, &WEEKDAYS).and_then(|at| i64::try_from(at + 1).ok());
    let number = number.or_else(|| text.parse().ok().filter(|number| (1..=7).contains(number)));
    number.ok_or_else(|| Complaint::new("weekday").said("value", text))
}

/// Odd or even weeks.
pub fn weeks(cell: &Cell) -> Result<Weeks, Complaint> {
    let text = text(cell)?;
    match one_of(&text, &["import.weeks.every", "import.weeks.odd", "import.weeks.even"]) {
        Some(0) => Ok(Weeks::Every),
        Some(1) => Ok(Weeks::Odd),
        Some(2) => Ok(Weeks::Even),
        _ => Err(Complaint::new("weeks").said("value", text)),
    }
}

/// One of the words under a key, by its place among them: `import.weekdays.1` and on.
pub fn one_of(text: &str, keys: &[&'static str]) -> Option<usize> {
    let folded = names::fold(text);
    keys.iter().position(|key| spellings(key).contains(&folded))
}

/// What stands in the cell, for the problem's text.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.chars().count() > 40 => text.chars().take(40).chain(['\u{2026}']).collect(),
        Cell::Text(text) | Cell::Failed(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Moment(moment) => moment.format("%d.%m.%Y").to_string(),
        Cell::Time(time) => time.format("%H:%M").to_string(),
        Cell::Uncounted => String::new(),
    }
}

fn long_text(cell: &Cell) -> Result<String, Complaint> {
    match cell {
        Cell::Text(text) => Ok(text.clone()),
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Ok(format!("{number:.0}")),
        // «17,18» typed as a list of codes becomes a number in a Russian spreadsheet.
        other => Err(Complaint::new("not_text").said("value", shown(other))),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the part of a day goes")]
fn from_serial(days: f64) -> Option<NaiveDate> {
    // Day 0 of a calendar in which 1900 had a 29 February: right for all that SERIALS lets in.
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::TimeDelta::days(days as i64))
}

fn written_date(text: &str) -> Option<NaiveDate> {
    let date = text.split(' ').next().unwrap_or(text).trim_end_matches('.');
    let dotted = || NaiveDate::parse_from_str(date, "%d.%m.%Y").ok();
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().or_else(dotted)
}

/// The date that a day with a month in words, or 3/3/2014, was probably meant for; only for the example.
fn guess(text: &str, likely: i32) -> Option<NaiveDate> {
    let folded = names::fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let named = words.iter().find_map(|word| {
        (1..=12).find(|month| {
            month_stem(*month)
                .iter()
                .any(|stem| !stem.is_empty() && word.starts_with(stem.as_str()))
        })
    });
    let year = numbers.iter().find(|number| (1900..2200).contains(*number));
    let year = year.and_then(|year| i32::try_from(*year).ok()).unwrap_or(likely);
    let day = *numbers.first()?;
    let month = named.or_else(|| numbers.get(1).copied())?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month_stem(month: u32) -> Vec<String> {
    spellings(&format!("import.months.{month}"))
}
