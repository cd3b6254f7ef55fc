//! A workbook → a school's records, or everything that is wrong with it.

use super::book::{Book, Extent, Source};
use super::calendar;
use super::changes;
use super::consent;
use super::curriculum;
use super::doubles;
use super::layout::Kind;
use super::load::{self, Titles};
use super::people::{self, Met};
use super::problems::{Complaint, Place, Problem, Problems};
use super::records::Records;
use super::table::{self, Row, Table};
use super::timetable;

/// Sheets that may hold nothing but headings.
const MAY_BE_EMPTY: [Kind; 8] = [
    Kind::Holidays,
    Kind::ShortDays,
    Kind::Rooms,
    Kind::Parents,
    Kind::Groups,
    Kind::Curriculum,
    Kind::Timetable,
    Kind::Changes,
];

/// What a workbook says.
#[derive(Debug)]
pub struct Parsed {
    /// Its records.
    pub records: Records,
    /// Which of the sheets that may be left out it has.
    pub optional: Vec<Kind>,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

/// Reads and checks a workbook.
pub fn parse(source: &Source) -> Result<Parsed, Problems> {
    let book = Book::read(source, Extent::Known).map_err(Problems::of_file)?;
    let mut problems = Problems::default();
    let records = records(&book, &mut problems);
    if problems.total() > 0 {
        problems.sort();
        return Err(problems);
    }
    let optional = Kind::ALL.into_iter().filter(|kind| kind.is_optional());
    Ok(Parsed {
        records,
        optional: optional
            .filter(|kind| book.sheets.iter().any(|sheet| sheet.kind == Some(*kind)))
            .collect(),
        warnings: problems.into_warnings(),
    })
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
    calendar::short_days(&rows(Kind::ShortDays, problems), year, records_mut, problems);
    calendar::rooms(&rows(Kind::Rooms, problems), records_mut, problems);
    people::staff(&rows(Kind::Staff, problems), &mut met, records_mut, problems);
    people::classes(&rows(Kind::Classes, problems), &met, records_mut, problems);
    let (pupils, parents) = (rows(Kind::Pupils, problems), rows(Kind::Parents, problems));
    people::pupils(&pupils, year, &mut met, records_mut, problems);
    people::parents(&parents, &mut met, records_mut, problems);
    doubles::pupils(&pupils, &met, records_mut, problems);
    doubles::parents(&parents, &met, records_mut, problems);
    load::subjects(&rows(Kind::Subjects, problems), &mut titles, records_mut, problems);
    load::groups(&rows(Kind::Groups, problems), &met, &mut titles, records_mut, problems);
    load::loads(&rows(Kind::Load, problems), &met, &mut titles, records_mut, problems);
    let planned = rows(Kind::Curriculum, problems);
    curriculum::curriculum(&planned, &met, &titles, records_mut, problems);
    timetable::slots(&rows(Kind::Timetable, problems), &met, &titles, records_mut, problems);
    changes::changes(
        &rows(Kind::Changes, problems),
        year,
        &met,
        &titles,
        records_mut,
        problems,
    );
    consent::consent(&rows(Kind::Consent, problems), records_mut, problems);
    records
}

fn rows<'b>(tables: &'b [Table<'b>], kind: Kind, problems: &mut Problems) -> Vec<Row<'b>> {
    let Some(table) = tables.iter().find(|table| table.kind == kind) else {
        return Vec::new();
    };
    let rows = table.rows(problems);
    // A template whose example was left in its optional sheet is like one without it.
    let left_out = kind.is_optional() && table.holds_example();
    if rows.is_empty() && !left_out && !MAY_BE_EMPTY.contains(&kind) {
        let place = Place {
            kind: Some(kind),
            ..Place::default()
        };
        let key = if kind.is_optional() {
            "sheet_empty_free"
        } else {
            "sheet_empty"
        };
        problems.add(place, Complaint::new(key).sheet("sheet", kind));
    }
    rows
}
