//! Many small rows gathered into one text by `string_agg`, and read again.
//!
//! SQLite's connection hands each row over by itself and wakes the turn for it: a register of 25 pupils cost as much as
//! all the writes of a press.

use anyhow::Context as _;

/// The rows of a text; none of an empty group.
pub fn rows(text: Option<&str>, between: char) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(move |it| it.split(between))
}

/// The fields of a row: as many as the query wrote.
pub fn fields<const N: usize>(row: &str, between: char) -> anyhow::Result<[&str; N]> {
    let mut fields = row.split(between);
    let mut read = [""; N];
    for field in &mut read {
        *field = fields.next().context("a gathered row lacks a field")?;
    }
    Ok(read)
}
