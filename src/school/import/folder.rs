//! A folder of CSV files → sheets: one a file, named by the sheet's title.
//!
//! Excel in Russia saves CSV with semicolons and in Windows-1251; others with commas and in UTF-8, with a mark at the
//! start or without. A file that is UTF-8 is taken for it: Russian words in Windows-1251 hardly ever are.

use csv::ReaderBuilder;
use encoding_rs::{UTF_8, WINDOWS_1251};
use std::borrow::Cow;

use super::book::{self, Book, Extent, FILE_LIMIT, Filling};
use super::problems::Complaint;

/// Reads the files of a folder, each with its sheet's title.
pub fn read(files: &[(String, Vec<u8>)], extent: Extent) -> Result<Book, Complaint> {
    if files.is_empty() {
        return Err(Complaint::new("folder_empty"));
    }
    if files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > FILE_LIMIT {
        return Err(Complaint::new("file_too_large"));
    }
    let titles = files.iter().map(|(title, _)| title.clone()).collect();
    let mut filling = Filling::new(titles, extent);
    for sheet in &mut filling.book.sheets {
        let Some((_, bytes)) = files.iter().find(|(title, _)| *title == sheet.title) else {
            continue;
        };
        if bytes.starts_with(b"PK\x03\x04") || bytes.contains(&0) {
            return Err(Complaint::new("csv_unreadable").said("value", &sheet.title));
        }
        // One sign an end of line: the reader counts lines by it.
        let text = text(bytes).replace("\r\n", "\n").replace('\r', "\n");
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&text))
            .from_reader(text.as_bytes());
        for record in reader.records() {
            // The text is UTF-8 and rows may be of any length: only a broken file ends here.
            let Ok(record) = record else {
                return Err(Complaint::new("csv_unreadable").said("value", &sheet.title));
            };
            // Empty lines are skipped by the reader, but a person counts them too.
            let line = record.position().map_or(1, csv::Position::line);
            let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
            for (column, field) in (0..).zip(&record) {
                if let Some(cell) = book::text_cell(field) {
                    book::put(sheet, (row, column), cell, &mut filling.text_left)?;
                }
            }
        }
    }
    Ok(filling.book)
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    // The mark at the start of UTF-8 or of its wider brothers, which Excel calls «Unicode text».
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    UTF_8
        .decode_without_bom_handling_and_without_replacement(bytes)
        .unwrap_or_else(|| WINDOWS_1251.decode_without_bom_handling(bytes).0)
}

/// The sign that parts the first line's cells.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let times = |sign: char| first.matches(sign).count();
    [(';', b';'), ('\t', b'\t'), (',', b',')]
        .into_iter()
        .rev()
        .max_by_key(|(sign, _)| times(*sign))
        .map_or(b';', |(_, byte)| byte)
}
