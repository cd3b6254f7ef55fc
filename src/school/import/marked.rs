//! The workbook again with its wrong cells marked: filled, each with a note that says what to write instead.
//!
//! It is written anew from what was read, with the same sheets, rows and columns, also of sheets that the journal
//! doesn't know: one with a misspelt title is mended by renaming it. A sheet in front lists what is to be mended; the
//! journal doesn't know that one either, so the copy can be mended and loaded as it is.

use anyhow::Context as _;
use chrono::NaiveTime;
use std::collections::BTreeMap;

use crate::paper::xlsx::{self, Look, Sheet, Value};
use crate::words::{self, Locale};

use super::book::{self, Book, Extent, Source};
use super::cells;
use super::problems::{Problem, Problems};

/// Widths of the columns in front, in characters.
const WIDTHS: [f64; 4] = [18.0, 10.0, 22.0, 90.0];
/// The width of all others.
const WIDTH: f64 = 20.0;
/// A sheet with a note in each of thousands of cells opens slowly: the rest stands in front only.
const MARKED: usize = 2_000;

/// Writes the marked copy; nothing where the workbook can't be read as one at all.
pub fn mark(source: &Source, problems: &Problems, locale: Locale) -> anyhow::Result<Option<Vec<u8>>> {
    let Ok(book) = Book::read(source, Extent::Whole) else {
        return Ok(None);
    };
    let front = word(locale, "import.marks.sheet");
    let mut sheets = vec![list(problems, &front, locale)];
    let others = book.sheets.iter().filter(|sheet| sheet.title != front);
    sheets.extend(others.map(|sheet| copy(sheet, problems, locale)));
    xlsx::write(&sheets).map(Some).context("writing the marked copy")
}

/// The sheet in front: every problem with its place.
fn list(problems: &Problems, title: &str, locale: Locale) -> Sheet {
    let headings = ["sheet_column", "row", "column", "what"].map(|key| word(locale, &format!("import.marks.{key}")));
    let mut cells: Vec<xlsx::Cell> = (0..)
        .zip(headings)
        .map(|(column, heading)| cell(0, column, Value::Text(heading), Look::Heading))
        .collect();
    for (row, problem) in (1..).zip(problems.all()) {
        let place = &problem.place;
        let sheet = place.sheet.clone().unwrap_or_default();
        let number = place.row.map_or(Value::Empty, |row| Value::Number(f64::from(row)));
        let column = place
            .column
            .as_ref()
            .map(|column| column.text(locale))
            .unwrap_or_default();
        let values = [
            Value::Text(sheet),
            number,
            Value::Text(column),
            Value::Text(problem.matter(locale)),
        ];
        cells.extend(
            (0..)
                .zip(values)
                .map(|(column, value)| cell(row, column, value, Look::Plain)),
        );
    }
    Sheet {
        title: title.to_owned(),
        widths: WIDTHS.to_vec(),
        frozen: 1,
        cells,
        ..Sheet::default()
    }
}

fn copy(sheet: &book::Sheet, problems: &Problems, locale: Locale) -> Sheet {
    let mut notes = notes(sheet, problems, locale);
    let mut cells = Vec::new();
    for (row, of_row) in &sheet.rows {
        for (column, held) in of_row {
            let note = notes.remove(&(*row, *column));
            let look = if note.is_some() { Look::Wrong } else { Look::Plain };
            cells.extend(placed(*row, *column, value(held), look, note));
        }
    }
    // What is missing is marked where it should stand.
    for ((row, column), note) in notes {
        cells.extend(placed(row, column, Value::Empty, Look::Wrong, Some(note)));
    }
    let columns = cells.iter().map(|cell| usize::from(cell.column) + 1).max();
    Sheet {
        title: sheet.title.clone(),
        widths: vec![WIDTH; columns.unwrap_or_default()],
        cells,
        ..Sheet::default()
    }
}

/// What is said of each cell of a sheet, by row and column from 0. What is wrong with the sheet stands on its first.
fn notes(sheet: &book::Sheet, problems: &Problems, locale: Locale) -> BTreeMap<(u32, u32), String> {
    let mut notes: BTreeMap<(u32, u32), String> = BTreeMap::new();
    let of_sheet = |problem: &&Problem| problem.place.sheet.as_ref() == Some(&sheet.title);
    for problem in problems.all().iter().filter(of_sheet).take(MARKED) {
        let row = problem.place.row.map_or(0, |row| row.saturating_sub(1));
        let note = notes.entry((row, problem.place.at.unwrap_or_default())).or_default();
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(&problem.matter(locale));
    }
    notes
}

fn value(held: &book::Cell) -> Value {
    match held {
        book::Cell::Text(text) | book::Cell::Failed(text) => Value::Text(text.clone()),
        book::Cell::Number(number) => Value::Number(*number),
        // A date with a time is no date of a school's; as a text it stays whole.
        book::Cell::Moment(moment) if moment.time() != NaiveTime::MIN => Value::Text(cells::shown(held)),
        book::Cell::Moment(moment) => Value::Moment(*moment),
        book::Cell::Time(time) => Value::Time(*time),
        book::Cell::Uncounted => Value::Empty,
    }
}

fn placed(row: u32, column: u32, value: Value, look: Look, note: Option<String>) -> Option<xlsx::Cell> {
    let column = u16::try_from(column).ok()?;
    Some(xlsx::Cell {
        note,
        ..cell(row, column, value, look)
    })
}

fn cell(row: u32, column: u16, value: Value, look: Look) -> xlsx::Cell {
    xlsx::Cell {
        row,
        column,
        value,
        look,
        note: None,
    }
}

fn word(locale: Locale, key: &str) -> String {
    words::text(locale, key, &[])
}
