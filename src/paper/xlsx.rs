//! Rows → a workbook in XLSX: headings, notes, drop-down lists, cells that stand out.
//!
//! A text is a text here: one that begins like a formula is kept from becoming one, also when somebody edits it later.

use chrono::{Datelike as _, NaiveDateTime, NaiveTime, Timelike as _};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, FormatBorder, Formula, Note, Workbook,
    Worksheet, XlsxError,
};
use std::collections::HashMap;

/// The rows for which a drop-down list is set.
const LISTED_ROWS: u32 = 2_000;
/// The letters that a spreadsheet may take for the beginning of a formula.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// The pixels of a note's frame: a line has about 40 characters.
const NOTE_WIDTH: u32 = 280;
const NOTE_LINE: u32 = 18;

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// Widths of its columns, in characters.
    pub widths: Vec<f64>,
    /// How many rows at the top stay in sight.
    pub frozen: u32,
    /// Columns whose cells offer choices.
    pub lists: Vec<List>,
    /// What stands in it.
    pub cells: Vec<Cell>,
}

/// A column whose cells offer choices. Something else may be typed too: a cell can hold several.
#[derive(Clone, Debug)]
pub struct List {
    /// From 0.
    pub column: u16,
    /// The first row of it, from 0.
    pub from_row: u32,
    /// What is offered.
    pub choices: Choices,
}

/// What a list offers.
#[derive(Clone, Debug)]
pub enum Choices {
    /// These words.
    Words(Vec<String>),
    /// What stands in a column of a sheet, below a row.
    Column {
        /// The sheet's title.
        sheet: String,
        /// From 0.
        column: u16,
        /// The first row, from 0.
        from_row: u32,
    },
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u16,
    /// What stands there.
    pub value: Value,
    /// How it looks.
    pub look: Look,
    /// A note on it.
    pub note: Option<String>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing; a look and a note it may have.
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, or a moment.
    Moment(NaiveDateTime),
    /// A time of day.
    Time(NaiveTime),
    /// A formula of our own, with what it gives now.
    Formula(String, String),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Look {
    /// As all.
    #[default]
    Plain,
    /// A heading.
    Heading,
    /// An example: slanted and pale.
    Example,
    /// Something is wrong with it.
    Wrong,
}

/// Writes a workbook.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut formats = Formats::default();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.title)?;
        for (column, width) in (0..).zip(&sheet.widths) {
            page.set_column_width(column, *width)?;
        }
        if sheet.frozen > 0 {
            page.set_freeze_panes(sheet.frozen, 0)?;
        }
        for cell in &sheet.cells {
            write_cell(page, cell, &mut formats)?;
        }
        for list in &sheet.lists {
            let last = list.from_row + LISTED_ROWS;
            page.add_data_validation(list.from_row, list.column, last, list.column, &offered(list)?)?;
        }
    }
    book.save_to_buffer()
}

fn offered(list: &List) -> Result<DataValidation, XlsxError> {
    let offered = match &list.choices {
        Choices::Words(words) => DataValidation::new().allow_list_strings(words)?,
        Choices::Column {
            sheet,
            column,
            from_row,
        } => {
            let letter = rust_xlsxwriter::column_number_to_name(*column);
            let (first, last) = (from_row + 1, from_row + LISTED_ROWS);
            let sheet = sheet.replace('\'', "''");
            let range = format!("='{sheet}'!${letter}${first}:${letter}${last}");
            DataValidation::new().allow_list_formula(Formula::new(range))
        }
    };
    // The list is a help: a cell with two roles or two tutors isn't on it.
    Ok(offered
        .set_error_style(DataValidationErrorStyle::Information)
        .show_error_message(false))
}

fn write_cell(page: &mut Worksheet, cell: &Cell, formats: &mut Formats) -> Result<(), XlsxError> {
    let (row, column) = (cell.row, cell.column);
    match &cell.value {
        Value::Empty if cell.look == Look::Plain => {}
        Value::Empty => drop(page.write_blank(row, column, formats.of(cell.look, Kind::Plain))?),
        Value::Text(text) => {
            let kind = if text.starts_with(FORMULA_SIGNS) {
                Kind::Quoted
            } else {
                Kind::Plain
            };
            page.write_string_with_format(row, column, text, formats.of(cell.look, kind))?;
        }
        Value::Number(number) => {
            page.write_number_with_format(row, column, *number, formats.of(cell.look, Kind::Plain))?;
        }
        Value::Moment(moment) => {
            let date = moment.date();
            let day = ExcelDateTime::from_ymd(
                u16::try_from(date.year()).unwrap_or(1900),
                u8::try_from(date.month()).unwrap_or(1),
                u8::try_from(date.day()).unwrap_or(1),
            )?;
            page.write_datetime_with_format(row, column, day, formats.of(cell.look, Kind::Date))?;
        }
        Value::Time(time) => {
            let time = ExcelDateTime::from_hms(
                u16::try_from(time.hour()).unwrap_or_default(),
                u8::try_from(time.minute()).unwrap_or_default(),
                time.second(),
            )?;
            page.write_datetime_with_format(row, column, time, formats.of(cell.look, Kind::Time))?;
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result);
            page.write_formula_with_format(row, column, formula, formats.of(cell.look, Kind::Plain))?;
        }
    }
    if let Some(text) = &cell.note {
        let lines = text.lines().map(|line| 1 + line.chars().count() / 40).sum::<usize>();
        let height = NOTE_LINE * u32::try_from(lines + 1).unwrap_or(20);
        let note = Note::new(text)
            .add_author_prefix(false)
            .set_width(NOTE_WIDTH)
            .set_height(height);
        page.insert_note(row, column, &note)?;
    }
    Ok(())
}

/// What a cell's number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Plain,
    Quoted,
    Date,
    Time,
}

/// The looks that were needed so far: a workbook keeps each once.
#[derive(Default)]
struct Formats {
    made: HashMap<(Look, Kind), Format>,
}

impl Formats {
    fn of(&mut self, look: Look, kind: Kind) -> &Format {
        self.made.entry((look, kind)).or_insert_with(|| {
            let format = match look {
                Look::Plain => Format::new(),
                Look::Heading => Format::new()
                    .set_bold()
                    .set_background_color(Color::RGB(0xDD_EB_F7))
                    .set_border_bottom(FormatBorder::Thin),
                Look::Example => Format::new().set_italic().set_font_color(Color::RGB(0x80_80_80)),
                Look::Wrong => Format::new()
                    .set_background_color(Color::RGB(0xFF_C7_CE))
                    .set_font_color(Color::RGB(0x9C_00_06)),
            };
            match kind {
                Kind::Plain => format,
                Kind::Quoted => format.set_quote_prefix(),
                Kind::Date => format.set_num_format("dd.mm.yyyy"),
                Kind::Time => format.set_num_format("hh:mm"),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use std::io::Cursor;

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text() {
        let texts = ["=1+1", "+7 900", "-5", "@here", "plain"];
        let cells = (0..).zip(texts).map(|(row, text)| Cell {
            row,
            column: 0,
            value: Value::Text(text.to_owned()),
            look: Look::Plain,
            note: None,
        });
        let sheet = Sheet {
            title: "S".to_owned(),
            cells: cells.collect(),
            ..Sheet::default()
        };
        let file = write(&[sheet]).unwrap();
        let mut book = Xlsx::new(Cursor::new(file)).unwrap();
        assert!(book.worksheet_formula("S").unwrap().is_empty());
        let range = book.worksheet_range("S").unwrap();
        let read: Vec<String> = range.rows().map(|row| row[0].to_string()).collect();
        assert_eq!(read, texts);
        assert!(range.rows().all(|row| matches!(row[0], Data::String(_))));
    }
}
