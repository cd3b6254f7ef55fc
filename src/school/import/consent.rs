//! The sheet with the school's own text of the consent: a row a paragraph, in their order.

use super::cells;
use super::layout::Column as C;
use super::problems::{Complaint, Problems};
use super::records::Records;
use super::table::Row;

/// Characters of the whole text: a dozen screens. It is less than what is kept of one cell, so a cell that was cut is
/// told as well.
const LIMIT: usize = 30_000;

/// Reads the text.
pub fn consent(rows: &[Row<'_>], records: &mut Records, problems: &mut Problems) {
    let mut paragraphs = Vec::new();
    let mut length = 0;
    let mut last = None;
    for row in rows {
        let Some(paragraph) = row.read(C::Text, problems, cells::paragraph) else {
            continue;
        };
        length += paragraph.chars().count();
        if length > LIMIT && last.is_none() {
            last = Some(row);
        }
        paragraphs.push(paragraph);
    }
    match last {
        Some(row) => {
            let told = Complaint::new("consent_long").said("value", length);
            problems.add(row.place(C::Text), told.said("limit", LIMIT));
        }
        None if paragraphs.is_empty() => {}
        None => drop(records.consent.insert((), paragraphs.join("\n"))),
    }
}
