//! The sample school's history: a journal from 1 September to the demonstration's day, always the same.
//!
//! [`school`] reads what the timetable has, [`people`] says what pupils can do and how teachers keep the journal,
//! [`journal`] plays all lessons, and [`mod@write`] keeps their presses by the features' own functions, a transaction a day;
//! [`suggestions`] is what parents have suggested meanwhile.

mod dice;
mod journal;
mod lesson;
mod people;
mod school;
mod suggestions;
#[cfg(test)]
mod tests;
mod topics;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};

use crate::db::Db;
use crate::ids::PersonId;

/// Raised when the generator plays differently: databases of another version are begun anew.
const VERSION: u32 = 4;

/// The first of September, on which the journal and its people begin.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap_or_default()
}

/// What names this history: the generator, the workbook and the lists of topics.
pub fn version(workbook: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(VERSION.to_le_bytes());
    hash.update(workbook);
    for list in topics::SAMPLE {
        hash.update(list.as_bytes());
    }
    let bytes = hash.finalize();
    bytes.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes the history up to a moment, or the rest of one that was broken off. `each_day` is called before a
/// day is written, and may break it off; `phone` knows the account of whoever has one, and the others were told nothing.
pub async fn write(
    db: &Db,
    until: DateTime<Utc>,
    phone: &(dyn Fn(PersonId) -> Option<i64> + Sync),
    each_day: impl FnMut(NaiveDate) -> anyhow::Result<()> + Send,
) -> anyhow::Result<()> {
    let courses = topics::read(&topics::SAMPLE)?;
    write::write(db, (first_day(), until), (&courses, phone), each_day).await?;
    suggestions::write(db, until).await
}
