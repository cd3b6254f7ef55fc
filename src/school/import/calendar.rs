//! The sheets about time: the school and its year, terms, holidays, bells.

use chrono::{Datelike as _, NaiveDate};

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

/// Reads the bells: lessons in their order, one after the other.
pub fn bells(rows: &[Row<'_>], records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let number = row.read(C::Lesson, problems, |cell| cells::whole(cell, 0..=20));
        let starts = row.read(C::Starts, problems, cells::time);
        let ends = row.read(C::Ends, problems, cells::time);
        let (Some(number), Some(starts), Some(ends)) = (number, starts, ends) else {
            continue;
        };
        if ends <= starts {
            problems.add(row.place(C::Ends), Complaint::new("ends_before"));
        }
        let before = records.bells.range(..number).next_back();
        let after = records.bells.range(number + 1..).next();
        if before.is_some_and(|(_, bell)| bell.1 > starts) || after.is_some_and(|(_, bell)| bell.0 < ends) {
            problems.add(row.place(C::Starts), Complaint::new("bell_overlap"));
        }
        if records.bells.insert(number, (starts, ends)).is_some() {
            problems.add(row.place(C::Lesson), Complaint::new("bell_twice").said("value", number));
        }
    }
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
    if let Some((first, last)) = year {
        let shown = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
        for (column, day) in [(C::Starts, starts), (C::Ends, ends)] {
            if day < first || day > last {
                let complaint = Complaint::new("outside_year").said("value", shown(day));
                problems.add(
                    row.place(column),
                    complaint.said("from", shown(first)).said("to", shown(last)),
                );
            }
        }
    }
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
