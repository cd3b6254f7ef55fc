//! The sheets about time and place: the school and its year, terms, holidays, bells, short days, rooms.

use chrono::{Datelike as _, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

use super::cells;
use super::layout::Column as C;
use super::names;
use super::problems::{Complaint, Problems};
use super::records::{Records, SchoolRecord, Span};
use super::table::Row;

/// The school year, as far as it could be read.
pub type Year = Option<(NaiveDate, NaiveDate)>;

/// Reads the one row of the school's sheet.
pub fn school(rows: &[Row<'_>], records: &mut Records, problems: &mut Problems) -> Year {
    for extra in rows.iter().skip(1) {
        problems.add(extra.place(C::Title), Complaint::new("school_twice"));
    }
    let row = rows.first()?;
    let name = row.read(C::Title, problems, cells::text);
    let zone = row
        .read(C::TimeZone, problems, cells::text)
        .and_then(|typed| time_zone(row, &typed, problems));
    let phone = row.read(C::Phone, problems, cells::text);
    if let (Some(name), Some(time_zone), Some(phone)) = (name, zone, phone) {
        records.school.insert(name, SchoolRecord { time_zone, phone });
    }
    let title = row.read(C::Year, problems, cells::text);
    let year = days(row, 2026, problems)?;
    let long = (year.1 - year.0).num_days() > 400;
    if long {
        problems.add(row.place(C::Ends), Complaint::new("year_long"));
    }
    records.year.extend(title.map(|title| (title, year)));
    Some(year)
}

/// Reads the terms; those of one grade may not overlap.
pub fn terms(rows: &[Row<'_>], year: Year, records: &mut Records, problems: &mut Problems) {
    let mut known: Vec<(u32, String, i64, Span)> = Vec::new();
    for row in rows {
        let Some((title, from, span)) = span(row, year, problems) else {
            continue;
        };
        let clash = known.iter().find(|(_, other_title, other_from, other)| {
            let twice = *other_title == title && *other_from == from;
            let grades = from <= other.to_grade && *other_from <= span.to_grade;
            twice || (grades && span.starts <= other.ends && other.starts <= span.ends)
        });
        if let Some((other_row, other, ..)) = clash {
            let complaint = Complaint::new("term_overlap")
                .said("other", other)
                .said("row", other_row);
            problems.add(row.place(C::Starts), complaint);
        }
        known.push((row.row(), title.clone(), from, span.clone()));
        records.terms.insert((title, from), span);
    }
}

/// Reads the holidays; grades left out mean all.
pub fn holidays(rows: &[Row<'_>], year: Year, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let Some((title, from, span)) = span(row, year, problems) else {
            continue;
        };
        if records.holidays.insert((title.clone(), from), span).is_some() {
            problems.add(row.place(C::Title), Complaint::new("span_twice").said("value", title));
        }
    }
}

/// Reads the bells: in each shift and on each kind of day, lessons in their order, one after the other.
pub fn bells(rows: &[Row<'_>], records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let number = row.read(C::Lesson, problems, |cell| cells::whole(cell, 0..=20));
        let starts = row.read(C::Starts, problems, cells::time);
        let ends = row.read(C::Ends, problems, cells::time);
        let shift = shift(row, problems);
        let kind = row
            .read(C::DayKind, problems, cells::text)
            .map(|typed| day_kind(typed, records));
        let (Some(number), Some(starts), Some(ends), Some(shift)) = (number, starts, ends, shift) else {
            continue;
        };
        let kind = kind.unwrap_or_default();
        if ends <= starts {
            problems.add(row.place(C::Ends), Complaint::new("ends_before"));
        }
        let at = |number: i64| (kind.clone(), shift, number);
        let before = records.bells.range(at(i64::MIN)..at(number)).next_back();
        let after = records.bells.range(at(number + 1)..=at(i64::MAX)).next();
        if before.is_some_and(|(_, bell)| bell.1 > starts) || after.is_some_and(|(_, bell)| bell.0 < ends) {
            problems.add(row.place(C::Starts), Complaint::new("bell_overlap"));
        }
        if records.bells.insert(at(number), (starts, ends)).is_some() {
            problems.add(row.place(C::Lesson), Complaint::new("bell_twice").said("value", number));
        }
    }
}

/// Reads the days with bells of their own. A weekday means each of the year's; a date's row comes before it.
pub fn short_days(rows: &[Row<'_>], year: Year, records: &mut Records, problems: &mut Problems) {
    let mut dates = BTreeMap::new();
    let mut weekdays = BTreeMap::new();
    for row in rows {
        let date = row.read(C::Date, problems, |cell| {
            cells::date(cell, year.map_or(2026, |year| year.0.year()))
        });
        let weekday = row.read(C::Weekday, problems, cells::weekday);
        if row.holds(C::Date) == row.holds(C::Weekday) {
            problems.add(row.place(C::Date), Complaint::new("short_day_when"));
            continue;
        }
        // An empty kind is the usual day: a date that is no short one though its weekday is.
        let kind = row.read(C::DayKind, problems, cells::text);
        let kind = kind.map(|typed| day_kind(typed, records)).unwrap_or_default();
        let known: BTreeSet<&String> = records.bells.keys().map(|(kind, ..)| kind).collect();
        if !known.contains(&kind) && !records.bells.is_empty() {
            let named = known.iter().filter(|kind| !kind.is_empty()).map(|kind| (*kind).clone());
            let complaint = Complaint::new("day_kind").said("value", &kind);
            problems.add(row.place(C::DayKind), complaint.either("near", named.collect()));
        }
        if let Some(date) = date.filter(|date| in_year(row, C::Date, *date, year, problems)) {
            let twice = dates.insert(date, kind.clone()).is_some();
            if twice {
                problems.add(row.place(C::Date), Complaint::new("short_day_twice"));
            }
        }
        if let Some(weekday) = weekday
            && weekdays.insert(weekday, kind).is_some()
        {
            problems.add(row.place(C::Weekday), Complaint::new("short_day_twice"));
        }
    }
    let days = year
        .into_iter()
        .flat_map(|(first, last)| first.iter_days().take_while(move |day| *day <= last));
    for day in days {
        let of_weekday = || weekdays.get(&i64::from(day.weekday().number_from_monday()));
        if let Some(kind) = dates.get(&day).or_else(of_weekday).filter(|kind| !kind.is_empty()) {
            records.short_days.insert(day, kind.clone());
        }
    }
}

/// Reads the rooms.
pub fn rooms(rows: &[Row<'_>], records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let Some(title) = row.read(C::Room, problems, cells::text) else {
            continue;
        };
        let at_once = row.read(C::AtOnce, problems, |cell| cells::whole(cell, 1..=20));
        if room(&title, records).is_some() {
            problems.add(row.place(C::Room), Complaint::new("room_twice").said("value", &title));
        }
        records.rooms.insert(title, at_once.unwrap_or(1));
    }
}

/// The room that is meant, as its sheet has it, and how many lessons it holds.
pub fn room<'r>(typed: &str, records: &'r Records) -> Option<(&'r String, i64)> {
    let exact = records.rooms.get_key_value(typed);
    let found = exact.or_else(|| {
        let folded = names::fold(typed);
        records.rooms.iter().find(|(title, _)| names::fold(title) == folded)
    });
    found.map(|(title, at_once)| (title, *at_once))
}

/// The shift in a row: the first where nothing is said.
pub fn shift(row: &Row<'_>, problems: &mut Problems) -> Option<i64> {
    if !row.holds(C::Shift) {
        return Some(1);
    }
    row.read(C::Shift, problems, |cell| cells::whole(cell, 1..=4))
}

/// A kind of day as it was spelt first.
fn day_kind(typed: String, records: &Records) -> String {
    let folded = names::fold(&typed);
    let mut known = records.bells.keys().map(|(kind, ..)| kind);
    known.find(|kind| names::fold(kind) == folded).cloned().unwrap_or(typed)
}

/// Whether a day is in the school year; tells when it isn't.
pub fn in_year(row: &Row<'_>, column: C, day: NaiveDate, year: Year, problems: &mut Problems) -> bool {
    let Some((first, last)) = year.filter(|(first, last)| day < *first || day > *last) else {
        return true;
    };
    let shown = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
    let complaint = Complaint::new("outside_year").said("value", shown(day));
    problems.add(
        row.place(column),
        complaint.said("from", shown(first)).said("to", shown(last)),
    );
    false
}

/// The row's first and last day, the year of examples being `likely`.
fn days(row: &Row<'_>, likely: i32, problems: &mut Problems) -> Year {
    let starts = row.read(C::Starts, problems, |cell| cells::date(cell, likely));
    let ends = row.read(C::Ends, problems, |cell| cells::date(cell, likely));
    let (starts, ends) = (starts?, ends?);
    if ends < starts {
        problems.add(row.place(C::Ends), Complaint::new("ends_before"));
        return None;
    }
    Some((starts, ends))
}

fn span(row: &Row<'_>, year: Year, problems: &mut Problems) -> Option<(String, i64, Span)> {
    let title = row.read(C::Title, problems, cells::text);
    let grade = |cell: &_| cells::whole(cell, 1..=11);
    let from = row.read(C::FromGrade, problems, grade).unwrap_or(1);
    let to_grade = row
        .read(C::ToGrade, problems, grade)
        .unwrap_or(if row.holds(C::ToGrade) { from } else { 11 });
    if to_grade < from {
        problems.add(row.place(C::ToGrade), Complaint::new("grades_order"));
    }
    let (starts, ends) = days(row, year.map_or(2026, |year| year.0.year()), problems)?;
    in_year(row, C::Starts, starts, year, problems);
    in_year(row, C::Ends, ends, year, problems);
    Some((title?, from, Span { to_grade, starts, ends }))
}

fn time_zone(row: &Row<'_>, typed: &str, problems: &mut Problems) -> Option<String> {
    // Zone names are Latin and told apart by every letter: they are compared as they are, only without case.
    let known = chrono_tz::TZ_VARIANTS
        .iter()
        .find(|zone| zone.name().eq_ignore_ascii_case(typed));
    if known.is_none() {
        let near = names::nearest(typed, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let complaint = Complaint::new("time_zone").said("value", typed);
        problems.add(
            row.place(C::TimeZone),
            complaint.said("near", near.unwrap_or("Asia/Vladivostok")),
        );
    }
    known.map(|zone| zone.name().to_owned())
}
