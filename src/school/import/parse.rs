//! A workbook → a school's records, or everything that is wrong with it.

use super::book::Book;
use super::calendar;
use super::changes;
use super::layout::Kind;
use super::load::{self, Titles};
use super::people::{self, Met};
use super::problems::{Complaint, Place, Problems};
use super::records::Records;
use super::table::{self, Row, Table};
use super::timetable;

/// Sheets that may hold nothing but headings.
const MAY_BE_EMPTY: [Kind; 5] = [
    Kind::Holidays,
    Kind::Parents,
    Kind::Groups,
    Kind::Timetable,
    Kind::Changes,
];

/// Reads and checks a file.
pub fn parse(file: &[u8]) -> Result<Records, Problems> {
    let book = Book::read(file).map_err(Problems::of_file)?;
    let mut problems = Problems::default();
    let records = records(&book, &mut problems);
    if problems.total() == 0 {
        return Ok(records);
    }
    problems.sort();
    Err(problems)
}

/// Sheet by sheet, each looking only at those before it.
fn records(book: &Book, problems: &mut Problems) -> Records {
    let tables = table::tables(book, problems);
    let rows = |kind: Kind, problems: &mut Problems| rows(&tables, kind, problems);
    let read = |kind: Kind| tables.iter().any(|table| table.kind == kind);
    let mut records = Records::default();
    let records_mut = &mut records;
    let mut met = Met::new(read);
    let mut titles = Titles::new(read);
    let year = calendar::school(&rows(Kind::School, problems), records_mut, problems);
    calendar::terms(&rows(Kind::Terms, problems), year, records_mut, problems);
    calendar::holidays(&rows(Kind::Holidays, problems), year, records_mut, problems);
    calendar::bells(&rows(Kind::Bells, problems), records_mut, problems);
    people::staff(&rows(Kind::Staff, problems), &mut met, records_mut, problems);
    people::classes(&rows(Kind::Classes, problems), &met, records_mut, problems);
    people::pupils(&rows(Kind::Pupils, problems), year, &mut met, records_mut, problems);
    people::parents(&rows(Kind::Parents, problems), &mut met, records_mut, problems);
    load::subjects(&rows(Kind::Subjects, problems), &mut titles, records_mut, problems);
    load::groups(&rows(Kind::Groups, problems), &met, &mut titles, records_mut, problems);
    load::loads(&rows(Kind::Load, problems), &met, &mut titles, records_mut, problems);
    timetable::slots(&rows(Kind::Timetable, problems), &met, &titles, records_mut, problems);
    changes::changes(
        &rows(Kind::Changes, problems),
        year,
        &met,
        &titles,
        records_mut,
        problems,
    );
    records
}

fn rows<'b>(tables: &'b [Table<'b>], kind: Kind, problems: &mut Problems) -> Vec<Row<'b>> {
    let Some(table) = tables.iter().find(|table| table.kind == kind) else {
        return Vec::new();
    };
    let rows = table.rows(problems);
    if rows.is_empty() && !MAY_BE_EMPTY.contains(&kind) {
        let place = Place {
            kind: Some(kind),
            ..Place::default()
        };
        problems.add(place, Complaint::new("sheet_empty").sheet("sheet", kind));
    }
    rows
}
