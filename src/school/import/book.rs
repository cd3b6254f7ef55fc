//! A file's bytes → the sheets that the journal knows, and nothing that could hurt: sizes are measured before a
//! cell is believed.
//!
//! A workbook is a ZIP archive: 20 MB of it can hold gigabytes. XLSX is read cell by cell, so that one cell in the
//! last row and column doesn't make a table of seventeen milliards. ODS is read by calamine as a whole, therefore
//! its repeated cells are counted first (`ods`).

use calamine::{Data, DataRef, Ods, Reader as _, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

use super::layout::Kind;
use super::problems::Complaint;
use super::{folder, names, ods};

/// The largest file that is opened.
pub const FILE_LIMIT: usize = 20 * 1024 * 1024;
/// What a file may unpack to.
const UNPACKED_LIMIT: u64 = 150 * 1024 * 1024;
/// Rows of a sheet that may hold something; 60 classes' timetable takes about 3,000.
pub const ROW_LIMIT: u32 = 20_000;
/// Columns to the right of this one are not looked at.
const COLUMN_LIMIT: u32 = 64;
/// Characters kept of a cell: as many as a spreadsheet's own cell holds, and more than any text here may have.
const CELL_LIMIT: usize = 32_767;
/// Characters kept of a whole book.
const TEXT_LIMIT: usize = 64 * 1024 * 1024;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number; dates are numbers too in files that lost their formats.
    Number(f64),
    /// A date with a time of day.
    Moment(NaiveDateTime),
    /// A time of day without a date.
    Time(NaiveTime),
    /// The program's own complaint, `#REF!`.
    Failed(String),
    /// A formula that nobody has counted yet.
    Uncounted,
}

/// Where a workbook comes from.
#[derive(Clone)]
pub enum Source {
    /// One file, XLSX or ODS.
    File(Vec<u8>),
    /// A folder of CSV files: titles of sheets with what is in them.
    Folder(Vec<(String, Vec<u8>)>),
}

/// How much of a workbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The sheets that the journal knows.
    Known,
    /// All of them, for a copy.
    Whole,
}

/// A sheet: its cells by row and column, both from 0.
#[derive(Debug)]
pub struct Sheet {
    /// What it holds; nothing when the journal doesn't know its title.
    pub kind: Option<Kind>,
    /// Its title as it stands in the file.
    pub title: String,
    /// Rows that hold something.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// There are rows beyond [`ROW_LIMIT`].
    pub too_long: bool,
}

/// A workbook.
#[derive(Debug)]
pub struct Book {
    /// The sheets that were read.
    pub sheets: Vec<Sheet>,
    /// Titles of the others.
    pub strangers: Vec<String>,
}

impl Book {
    /// Reads a workbook, or says what is wrong with it as a whole.
    pub fn read(source: &Source, extent: Extent) -> Result<Self, Complaint> {
        match source {
            Source::File(file) => Self::read_file(file, extent),
            Source::Folder(files) => folder::read(files, extent),
        }
    }

    fn read_file(file: &[u8], extent: Extent) -> Result<Self, Complaint> {
        if file.len() > FILE_LIMIT {
            return Err(Complaint::new("file_too_large"));
        }
        if file.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Complaint::new("file_old"));
        }
        // The readers are for files that programs wrote; what they do with others is caught here.
        catch_unwind(AssertUnwindSafe(|| read_archive(file, extent))).unwrap_or_else(|_| Err(unreadable()))
    }
}

fn read_archive(file: &[u8], extent: Extent) -> Result<Book, Complaint> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| unreadable())?;
    let mut content = None;
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| unreadable())?;
        let is_content = entry.name().is_ok_and(|name| name == "content.xml");
        // The size that the archive declares may lie, the one that was read doesn't.
        let mut counted = (&mut entry).take(left + 1);
        let taken = if is_content {
            let mut bytes = Vec::new();
            counted.read_to_end(&mut bytes).map_err(|_| unreadable())?;
            let taken = bytes.len() as u64;
            content = Some(bytes);
            taken
        } else {
            std::io::copy(&mut counted, &mut std::io::sink()).map_err(|_| unreadable())?
        };
        left = left.checked_sub(taken).ok_or_else(|| Complaint::new("file_bomb"))?;
    }
    match content {
        Some(content) if ods::is_modest(&content) => {
            drop(content);
            read_ods(file, extent)
        }
        Some(_) => Err(Complaint::new("file_bomb")),
        None => read_xlsx(file, extent),
    }
}

fn read_xlsx(file: &[u8], extent: Extent) -> Result<Book, Complaint> {
    let mut source = Xlsx::new(Cursor::new(file)).map_err(|_| unreadable())?;
    let mut filling = Filling::new(source.sheet_names(), extent);
    for sheet in &mut filling.book.sheets {
        // A chart's sheet has no cells; it counts as an empty one.
        let Ok(mut cells) = source.worksheet_cells_reader(&sheet.title) else {
            continue;
        };
        while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
            let cell_value = match cell.get_value() {
                DataRef::SharedString(text) => text_cell(text),
                DataRef::String(text) => text_cell(text),
                other => value(&Data::from(other.clone())),
            };
            if let Some(cell_value) = cell_value {
                put(sheet, cell.get_position(), cell_value, &mut filling.text_left)?;
            }
        }
        drop(cells);
        let Ok(mut formulas) = source.worksheet_cells_reader(&sheet.title) else {
            continue;
        };
        while let Some(cell) = formulas.next_formula().map_err(|_| unreadable())? {
            if !cell.get_value().is_empty() {
                put_uncounted(sheet, cell.get_position());
            }
        }
    }
    Ok(filling.book)
}

fn read_ods(file: &[u8], extent: Extent) -> Result<Book, Complaint> {
    let mut source = Ods::new(Cursor::new(file)).map_err(|_| unreadable())?;
    let mut filling = Filling::new(source.sheet_names(), extent);
    for sheet in &mut filling.book.sheets {
        let Ok(range) = source.worksheet_range(&sheet.title) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let position = (further(top, row), further(left, column));
            if let Some(cell) = value(data) {
                put(sheet, position, cell, &mut filling.text_left)?;
            }
        }
        let Ok(range) = source.worksheet_formula(&sheet.title) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, formula) in range.used_cells() {
            if !formula.is_empty() {
                put_uncounted(sheet, (further(top, row), further(left, column)));
            }
        }
    }
    Ok(filling.book)
}

fn further(start: u32, by: usize) -> u32 {
    start.saturating_add(u32::try_from(by).unwrap_or(u32::MAX))
}

/// A book while it fills.
pub struct Filling {
    /// What was read so far.
    pub book: Book,
    /// Characters that may still come.
    pub text_left: usize,
}

impl Filling {
    /// The sheets in the file's order; of two that mean the same the first counts, the other is a stranger.
    pub fn new(titles: Vec<String>, extent: Extent) -> Self {
        let mut book = Book {
            sheets: Vec::new(),
            strangers: Vec::new(),
        };
        for title in titles {
            let kind = Kind::called(&title).filter(|kind| book.sheets.iter().all(|sheet| sheet.kind != Some(*kind)));
            if kind.is_none() {
                book.strangers.push(title.clone());
            }
            if kind.is_some() || extent == Extent::Whole {
                book.sheets.push(Sheet {
                    kind,
                    title,
                    rows: BTreeMap::new(),
                    too_long: false,
                });
            }
        }
        Self {
            book,
            text_left: TEXT_LIMIT,
        }
    }
}

/// Puts a cell into its sheet, within the limits.
pub fn put(sheet: &mut Sheet, (row, column): (u32, u32), cell: Cell, text_left: &mut usize) -> Result<(), Complaint> {
    if row >= ROW_LIMIT {
        sheet.too_long = true;
        return Ok(());
    }
    if column >= COLUMN_LIMIT {
        return Ok(());
    }
    if let Cell::Text(text) = &cell {
        *text_left = text_left
            .checked_sub(text.len())
            .ok_or_else(|| Complaint::new("file_bomb"))?;
    }
    sheet.rows.entry(row).or_default().insert(column, cell);
    Ok(())
}

/// A formula without a value: openpyxl and its like write such, since they don't count.
fn put_uncounted(sheet: &mut Sheet, (row, column): (u32, u32)) {
    if row < ROW_LIMIT && column < COLUMN_LIMIT {
        sheet
            .rows
            .entry(row)
            .or_default()
            .entry(column)
            .or_insert(Cell::Uncounted);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a cell's number is a float in every program")]
fn value(data: &Data) -> Option<Cell> {
    match data {
        Data::Int(number) => Some(Cell::Number(*number as f64)),
        Data::Float(number) => Some(Cell::Number(*number)),
        Data::String(text) => text_cell(text),
        Data::Bool(yes) => Some(Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned())),
        Data::DateTime(serial) if serial.as_f64().is_finite() && (0.0..1.0).contains(&serial.as_f64()) => {
            time_of_day(serial.as_f64()).map(Cell::Time)
        }
        Data::DateTime(serial) => Some(serial.as_datetime().map_or(Cell::Number(serial.as_f64()), Cell::Moment)),
        Data::DateTimeIso(text) => iso_moment(text).map(Cell::Moment).or_else(|| text_cell(text)),
        Data::DurationIso(text) => iso_time(text).map(Cell::Time).or_else(|| text_cell(text)),
        Data::Error(kind) => Some(Cell::Failed(kind.to_string())),
        Data::Empty => None,
    }
}

/// A text as people read it; nothing when there is nothing to read.
pub fn text_cell(text: &str) -> Option<Cell> {
    let clean: String = names::clean(text).chars().take(CELL_LIMIT).collect();
    // An error that a program wrote as a text is an error still.
    let failed = clean.starts_with('#') && clean.ends_with(['!', '?', 'A']) && clean.len() < 10;
    match clean {
        empty if empty.is_empty() => None,
        error if failed => Some(Cell::Failed(error)),
        text => Some(Cell::Text(text)),
    }
}

/// A fraction of a day, to the minute.
#[expect(clippy::cast_possible_truncation, reason = "whole, and less than a day's minutes")]
pub fn time_of_day(fraction: f64) -> Option<NaiveTime> {
    let minutes = (fraction * 24.0 * 60.0).round();
    ((0.0..24.0 * 60.0).contains(&minutes)).then_some(NaiveTime::MIN + TimeDelta::minutes(minutes as i64))
}

fn iso_moment(text: &str) -> Option<NaiveDateTime> {
    let moment = text.parse().ok();
    moment.or_else(|| text.parse::<NaiveDate>().ok().map(|date| date.and_time(NaiveTime::MIN)))
}

/// `PT08H30M00S`, as ODS keeps a time of day.
fn iso_time(text: &str) -> Option<NaiveTime> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

/// What is said of a file that is no workbook.
pub fn unreadable() -> Complaint {
    Complaint::new("file_unreadable")
}
