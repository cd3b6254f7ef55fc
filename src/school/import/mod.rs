//! Import: a school's workbook (XLSX or ODS) becomes the school's records, whole or not at all (P1).
//!
//! Bytes → [`book`] (cells, with limits) → [`table`] (sheets and headings) → the rules of each sheet ([`calendar`],
//! [`people`], [`load`], [`timetable`], [`changes`]) → [`records`] by natural keys, or [`Problems`] that say where
//! and what to write instead. Records are compared with the database on a reader, and only what differs is written.
//!
//! A row of the workbook says everything about its person, class or day; what the workbook doesn't mention stays:
//! nothing that marks and lessons hang on is ever removed by an import.

mod book;
mod calendar;
mod cells;
mod changes;
mod compare;
mod existing;
mod layout;
mod load;
mod names;
mod ods;
mod parse;
mod people;
mod problems;
mod records;
mod store;
mod summary;
mod table;
mod timetable;
mod write;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{Db, transact};

pub use compare::Counts;
pub use problems::{Complaint, Place, Problem, Problems, Word};
pub use summary::Summary;

use existing::Existing;
use records::Records;

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was written; this is to be mended.
    Refused(Problems),
    /// Everything was written.
    Done(Summary),
}

/// Reads, checks and writes a workbook. Nothing is written when anything in it is wrong.
pub async fn import(db: &Db, file: &[u8], now: DateTime<Utc>) -> anyhow::Result<Outcome> {
    let file = file.to_vec();
    // A large workbook takes a second: turns go on meanwhile.
    let parsed = tokio::task::spawn_blocking(move || parse::parse(&file))
        .await
        .context("reading a workbook")?;
    let told = match parsed {
        Ok(told) => told,
        Err(problems) => return Ok(Outcome::Refused(problems)),
    };
    let today = today(&told, now)?;
    let mut snapshot = db.snapshot().await?;
    let existing = Existing::read(&mut snapshot, &told).await?;
    drop(snapshot);
    let changes = compare::compare(&told, &existing);
    let summary = Summary::of(&changes);
    if summary.total()
        != (Counts {
            same: summary.total().same,
            ..Counts::default()
        })
    {
        transact!(db, tx => write::write(&mut tx, &told, &existing, &changes, today).await?)?;
    }
    Ok(Outcome::Done(summary))
}

/// The date at the school.
fn today(told: &Records, now: DateTime<Utc>) -> anyhow::Result<NaiveDate> {
    let school = told.school.values().next().context("the workbook's school")?;
    let zone: chrono_tz::Tz = school.time_zone.parse().context("the workbook's time zone")?;
    Ok(now.with_timezone(&zone).date_naive())
}

#[cfg(test)]
mod tests;
