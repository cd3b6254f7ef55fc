//! Finding the sheets and headings in a file, and going through their rows.

use std::collections::BTreeMap;

use super::book::{Book, Cell, ROW_LIMIT, Sheet};
use super::cells;
use super::layout::{Column, Kind, Need, spellings};
use super::names;
use super::problems::{Complaint, Place, Problems, Word};
use super::template;

/// A heading is looked for in this many rows from the top: titles and notes may stand above it.
const HEADING_ROWS: usize = 10;

/// A sheet whose headings were found.
pub struct Table<'b> {
    /// What it holds.
    pub kind: Kind,
    sheet: &'b Sheet,
    heading_row: u32,
    columns: Vec<(Column, u32, String)>,
}

/// A row of a table that holds something.
#[derive(Clone, Copy)]
pub struct Row<'b> {
    table: &'b Table<'b>,
    /// From 0.
    number: u32,
    cells: &'b BTreeMap<u32, Cell>,
}

/// The tables that can be read. Those with something wrong in their headings are told and left out.
pub fn tables<'b>(book: &'b Book, problems: &mut Problems) -> Vec<Table<'b>> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        match book.sheets.iter().find(|sheet| sheet.kind == Some(kind)) {
            Some(sheet) => found.extend(Table::find(kind, sheet, problems)),
            None if kind.is_optional() && misspelt(kind, book).is_none() => {}
            None => {
                let place = Place {
                    kind: Some(kind),
                    ..Place::default()
                };
                let complaint = match misspelt(kind, book) {
                    Some(stranger) => Complaint::new("sheet_misspelt").said("near", stranger),
                    None => Complaint::new("sheet_missing"),
                };
                problems.add(place, complaint.sheet("sheet", kind));
            }
        }
    }
    found
}

/// The title of an unknown sheet that was probably meant for this one.
fn misspelt(kind: Kind, book: &Book) -> Option<&String> {
    let titles = spellings(&kind.key());
    let near = |stranger: &&String| names::nearest(stranger, titles.iter().map(String::as_str)).is_some();
    book.strangers.iter().find(near)
}

impl<'b> Table<'b> {
    fn find(kind: Kind, sheet: &'b Sheet, problems: &mut Problems) -> Option<Self> {
        let known: Vec<(Column, Vec<String>)> = kind
            .columns()
            .iter()
            .map(|(column, _)| (*column, spellings(&column.key())))
            .collect();
        let matching = |cells: &BTreeMap<u32, Cell>| -> Vec<(Column, u32, String)> {
            let texts = cells.iter().filter_map(|(at, cell)| match cell {
                Cell::Text(text) => Some((*at, text)),
                _ => None,
            });
            let named = texts.filter_map(|(at, text)| {
                let folded = names::fold(text);
                let (column, _) = known.iter().find(|(_, spelt)| spelt.contains(&folded))?;
                Some((*column, at, text.clone()))
            });
            named.collect()
        };
        let top = sheet
            .rows
            .iter()
            .take(HEADING_ROWS)
            .map(|(row, cells)| (*row, matching(cells)));
        // Of equals the first one: a row of data may repeat a heading's word.
        let (heading_row, columns) = top.rev().max_by_key(|(_, columns)| columns.len()).unwrap_or_default();
        let table = Table {
            kind,
            sheet,
            heading_row,
            columns,
        };
        table.check_headings(problems).then_some(table)
    }

    /// Tells of headings that are missing or there twice, and of what was probably meant.
    fn check_headings(&self, problems: &mut Problems) -> bool {
        let mut whole = true;
        let strangers =
            self.sheet
                .rows
                .get(&self.heading_row)
                .into_iter()
                .flatten()
                .filter_map(|(at, cell)| match cell {
                    Cell::Text(text) if !self.columns.iter().any(|(_, known, _)| known == at) => Some(text.as_str()),
                    _ => None,
                });
        let strangers: Vec<&str> = strangers.collect();
        for (column, need) in self.kind.columns() {
            let times = self.columns.iter().filter(|(known, ..)| known == column).count();
            if times == 1 || (times == 0 && *need == Need::Free) {
                continue;
            }
            whole = false;
            let spelt = spellings(&column.key());
            let near = strangers
                .iter()
                .find(|word| names::nearest(word, spelt.iter().map(String::as_str)).is_some());
            let complaint = match near {
                _ if times > 1 => Complaint::new("heading_twice"),
                Some(word) => Complaint::new("heading_misspelt").said("near", word),
                None => Complaint::new("heading_missing"),
            };
            // Where no heading was found, no row is to blame.
            let row = (!self.columns.is_empty()).then_some(self.heading_row + 1);
            problems.add(Place { row, ..self.place() }, complaint.column("column", *column));
        }
        whole
    }

    fn place(&self) -> Place {
        Place {
            kind: Some(self.kind),
            sheet: Some(self.sheet.title.clone()),
            ..Place::default()
        }
    }

    /// Whether the column was given a heading.
    pub fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(known, ..)| *known == column)
    }

    /// Whether the template's example still stands in it, as it was.
    pub fn holds_example(&'b self) -> bool {
        let mut below = self.sheet.rows.range(self.heading_row + 1..);
        below.any(|(number, cells)| {
            let row = Row {
                table: self,
                number: *number,
                cells,
            };
            row.is_example(&mut Problems::default())
        })
    }

    /// Its rows that hold something; tells of cells that are empty and mustn't be, and of formulas without a result.
    pub fn rows(&'b self, problems: &mut Problems) -> Vec<Row<'b>> {
        if self.sheet.too_long {
            problems.add(self.place(), Complaint::new("too_many_rows").said("limit", ROW_LIMIT));
        }
        let below = self.sheet.rows.range(self.heading_row + 1..);
        let rows = below.map(|(number, cells)| Row {
            table: self,
            number: *number,
            cells,
        });
        let rows: Vec<Row<'b>> = rows
            .filter(|row| self.columns.iter().any(|(_, at, _)| row.cells.contains_key(at)))
            .filter(|row| !row.is_example(problems))
            .collect();
        for row in &rows {
            row.check(problems);
        }
        rows
    }
}

impl<'b> Row<'b> {
    /// Where a cell of it is.
    pub fn place(&self, column: Column) -> Place {
        let heading = self.table.columns.iter().find(|(known, ..)| *known == column);
        let word = heading.map_or_else(|| Word::Key(column.key()), |(.., heading)| Word::Said(heading.clone()));
        Place {
            row: Some(self.row()),
            column: Some(word),
            at: heading.map(|(_, at, _)| *at),
            ..self.table.place()
        }
    }

    /// Its sheet.
    pub fn kind(&self) -> Kind {
        self.table.kind
    }

    /// Its number as the spreadsheet shows it.
    pub fn row(&self) -> u32 {
        self.number + 1
    }

    /// Whether its table has the column.
    pub fn has(&self, column: Column) -> bool {
        self.table.has(column)
    }

    /// What a reader makes of a cell; nothing when it is empty, or wrong and told.
    pub fn read<T>(
        &self,
        column: Column,
        problems: &mut Problems,
        reader: impl FnOnce(&Cell) -> Result<T, Complaint>,
    ) -> Option<T> {
        match self.cell(column)? {
            // Told already, when the rows were gone through.
            Cell::Failed(_) | Cell::Uncounted => None,
            cell => reader(cell)
                .map_err(|complaint| problems.add(self.place(column), complaint))
                .ok(),
        }
    }

    /// Whether there is anything in the cell.
    pub fn holds(&self, column: Column) -> bool {
        self.cell(column).is_some()
    }

    fn cell(&self, column: Column) -> Option<&'b Cell> {
        let (_, at, _) = self.table.columns.iter().find(|(known, ..)| *known == column)?;
        self.cells.get(at)
    }

    /// Whether it is the template's example, left as it was; tells of one that was written over with its mark left in.
    fn is_example(&self, problems: &mut Problems) -> bool {
        let marks = template::marks().map(|mark| names::fold(&mark));
        let is_mark = |at: &u32, cell: &Cell| match cell {
            Cell::Text(text) => {
                marks.contains(&names::fold(text)) && !self.table.columns.iter().any(|(_, known, _)| known == at)
            }
            _ => false,
        };
        let Some((at, _)) = self.cells.iter().find(|(at, cell)| is_mark(at, cell)) else {
            return false;
        };
        let columns = self.table.kind.columns().iter();
        let said: Vec<String> = columns
            .map(|(column, _)| self.cell(*column).map(cells::shown).unwrap_or_default())
            .collect();
        if template::examples(self.table.kind).contains(&said) {
            return true;
        }
        let place = Place {
            row: Some(self.row()),
            at: Some(*at),
            ..self.table.place()
        };
        problems.add(place, Complaint::new("example_changed"));
        false
    }

    fn check(&self, problems: &mut Problems) {
        for (column, need) in self.table.kind.columns() {
            let complaint = match self.cell(*column) {
                None if *need == Need::Filled => Complaint::new("empty"),
                Some(Cell::Failed(text)) => Complaint::new("failed").said("value", text),
                Some(Cell::Uncounted) => Complaint::new("uncounted"),
                _ => continue,
            };
            problems.add(self.place(*column), complaint);
        }
    }
}
