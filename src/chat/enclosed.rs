//! Files that go with somebody's words: how many, and how they are called.

use super::{Attached, FileKind};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, plain};

/// Files that may go with one text: as many as one album has.
pub const MOST_FILES: usize = 10;
/// So much of a file's name is shown.
const NAME: usize = 40;

/// The file that goes with something, if there is one: JSON where it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosed(pub Option<Attached>);

impl TryFrom<Option<String>> for Enclosed {
    type Error = serde_json::Error;

    fn try_from(kept: Option<String>) -> Result<Self, Self::Error> {
        kept.map(|it| serde_json::from_str(&it)).transpose().map(Self)
    }
}

/// «2 фото, 1 файл, 1 голосовое»; nothing when there are none.
pub fn counted(locale: Locale, files: &[Attached]) -> String {
    let kinds = [
        (FileKind::Picture, "count.pictures"),
        (FileKind::Document, "count.files"),
        (FileKind::Voice, "count.voices"),
    ];
    let counted: Vec<String> = kinds
        .into_iter()
        .filter_map(|(kind, key)| {
            let n = files.iter().filter(|it| it.kind == kind).count();
            (n > 0).then(|| count(locale, key, as_number(n)))
        })
        .collect();
    counted.join(", ")
}

/// «фото», «файл «План.pdf»», «голосовое».
pub fn named(locale: Locale, file: &Attached) -> String {
    match file.kind {
        FileKind::Picture => plain!(locale, "chat.file.picture"),
        FileKind::Voice => plain!(locale, "chat.file.voice"),
        FileKind::Document if file.name.trim().is_empty() => plain!(locale, "chat.file.nameless"),
        FileKind::Document => plain!(locale, "chat.file.document", name = shorten(file.name.trim(), NAME)),
    }
}

/// A button that brings them once more.
pub fn label(locale: Locale, files: &[Attached]) -> String {
    plain!(locale, "chat.files", n = dates::number(as_number(files.len())))
}

fn as_number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_what_they_are() {
        let of = |kind| Attached {
            id: String::new(),
            name: String::new(),
            size: 1,
            kind,
            album: None,
        };
        let files = [
            FileKind::Picture,
            FileKind::Voice,
            FileKind::Picture,
            FileKind::Document,
        ]
        .map(of);
        assert_eq!(counted(Locale::Ru, &files), "2 фото, 1 файл, 1 голосовое");
        assert_eq!(counted(Locale::En, &files), "2 pictures, 1 file, 1 voice message");
        assert_eq!(counted(Locale::Ru, &[]), "");
    }
}
