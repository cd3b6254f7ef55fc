//! Import: a school's workbook (XLSX, ODS or a folder of CSV files) becomes the school's records, whole or not at all (P1).
//!
//! Bytes → [`book`] (cells, with limits) → [`table`] (sheets and headings) → the rules of each sheet ([`calendar`],
//! [`people`], [`load`], [`curriculum`], [`timetable`], [`changes`]) → [`records`] by natural keys, or [`Problems`] that say where
//! and what to write instead. Records are compared with the database on a reader, and only what differs is written.
//!
//! A row of the workbook says everything about its person, class or day; what the workbook doesn't mention stays:
//! nothing that marks and lessons hang on is ever removed by an import.

mod book;
mod calendar;
mod cells;
mod changes;
mod compare;
mod consent;
mod curriculum;
mod doubles;
mod existing;
mod folder;
mod identity;
mod layout;
mod load;
mod marked;
mod names;
mod ods;
mod parse;
mod people;
mod problems;
mod records;
mod source;
mod store;
mod summary;
mod table;
mod template;
mod timetable;
mod write;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{Conn, Db, transact};
use crate::ids::{PersonId, SchoolId};

pub use book::{FILE_LIMIT, Source};
pub use compare::Counts;
pub use identity::NewName;
pub use marked::mark;
pub use problems::{Complaint, Place, Problem, Problems, Word};
pub use source::open;
pub use summary::Summary;
pub use template::template;

use existing::Existing;
use records::Records;

/// Another import that came in between is waited for so often.
const TRIES: usize = 3;

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was written; this is to be mended.
    Refused(Problems),
    /// Everything was written, or would be.
    Done(Summary),
}

/// How a workbook is to be loaded.
#[derive(Clone, Debug)]
pub struct How {
    /// What the file is called.
    pub name: String,
    /// Who loads it; nobody on the command line.
    pub by: Option<PersonId>,
    /// The only school that it may be of.
    pub only: Option<SchoolId>,
    /// What a school's name that the journal doesn't have means.
    pub new_name: NewName,
    /// Only says what would be done.
    pub is_dry: bool,
    /// What somebody agreed to: how many records are new, changed and removed. Anything else is only said, not done.
    pub agreed: Option<[i64; 3]>,
}

impl Default for How {
    fn default() -> Self {
        Self {
            name: String::new(),
            by: None,
            only: None,
            new_name: NewName::Refused,
            is_dry: false,
            agreed: None,
        }
    }
}

/// Reads, checks and writes a workbook's file. Nothing is written when anything in it is wrong.
pub async fn import(db: &Db, file: &[u8], now: DateTime<Utc>) -> anyhow::Result<Outcome> {
    import_as(db, Source::File(file.to_vec()), &How::default(), now).await
}

/// The same with all that may be said about it.
pub async fn import_as(db: &Db, source: Source, how: &How, now: DateTime<Utc>) -> anyhow::Result<Outcome> {
    // A large workbook takes a second: turns go on meanwhile.
    let parsed = tokio::task::spawn_blocking(move || parse::parse(&source))
        .await
        .context("reading a workbook")?;
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(problems) => return Ok(Outcome::Refused(problems)),
    };
    let today = today(&parsed.records, now)?;
    for _ in 0..TRIES {
        // Compared on a reader: presses go on meanwhile.
        let existing = match existing(&mut *db.snapshot().await?, &parsed.records, how).await? {
            Ok(existing) => existing,
            Err(complaint) => return Ok(Outcome::Refused(Problems::of_file(complaint))),
        };
        let changes = compare::compare(&parsed, &existing);
        let summary = Summary::of(&changes, &parsed, &existing);
        let is_agreed = how.agreed.is_none_or(|agreed| agreed == summary.written());
        if how.is_dry || !is_agreed || summary.total().is_idle() {
            return Ok(Outcome::Done(summary));
        }
        let written = transact!(db, tx => {
            let is_current = match existing.ids.school {
                Some(school) => store::last_import(&mut tx, school).await? == existing.last_import,
                None => true,
            };
            if is_current {
                let school = write::write(&mut tx, &parsed.records, &existing, &changes, (now, today)).await?;
                store::note_import(&mut tx, school, (now, how.by, &how.name), summary.written()).await?;
            }
            is_current
        })?;
        if written {
            return Ok(Outcome::Done(summary));
        }
    }
    anyhow::bail!("other imports of this school came in between: load the file again")
}

/// What the database has of the workbook's school, or why it isn't this workbook's.
async fn existing(conn: &mut Conn, told: &Records, how: &How) -> anyhow::Result<Result<Existing, Complaint>> {
    let school = match identity::school(conn, told, how).await? {
        Ok(school) => school,
        Err(complaint) => return Ok(Err(complaint)),
    };
    if let Some(complaint) = identity::other_year(conn, told, school).await? {
        return Ok(Err(complaint));
    }
    Ok(Ok(Existing::read(conn, told, school).await?))
}

/// The date at the school.
fn today(told: &Records, now: DateTime<Utc>) -> anyhow::Result<NaiveDate> {
    let school = told.school.values().next().context("the workbook's school")?;
    let zone: chrono_tz::Tz = school.time_zone.parse().context("the workbook's time zone")?;
    Ok(now.with_timezone(&zone).date_naive())
}

#[cfg(test)]
mod tests;
