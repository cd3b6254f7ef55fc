//! Pictures and files that go with a homework. The messenger keeps them; who needs them has them brought.

pub mod store;

use crate::access::Actor;
use crate::chat::{Attached, Ctx};
use crate::delivery::store::{NewLetter, enclosures};
use crate::lessons::screens::homework::caption;
use crate::words::UserError;

/// As the history names it: the row that came, or that went.
pub const FIELD: &str = "enclosed";

/// A file of a homework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Its row.
    pub id: i64,
    /// With which messenger it is.
    pub transport: String,
    /// The file.
    pub file: Attached,
}

/// What they are, without their rows.
pub fn files(enclosed: &[Enclosure]) -> Vec<Attached> {
    enclosed.iter().map(|it| it.file.clone()).collect()
}

/// The files as letters to whoever asks; a file is with one messenger and can't be sent by another.
pub fn letters(ctx: &Ctx, actor: &Actor, enclosed: &[Enclosure], key: &str) -> Result<Vec<NewLetter>, UserError> {
    let account = (actor.account.transport.to_owned(), actor.account.id);
    if enclosed.iter().any(|it| it.transport != account.0) {
        return Err(UserError::new("lessons.enclosed.other_messenger"));
    }
    let files = files(enclosed);
    let key = format!("{key}:{}:{}", account.1, ctx.now.timestamp_millis());
    let words = |n| caption(ctx.locale, n, files.len());
    Ok(enclosures(&account, &key, &files, words, ctx.now))
}
