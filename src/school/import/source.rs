//! Where a workbook is read from on the command line: a file, or a folder of CSV files.

use anyhow::Context as _;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::book::{FILE_LIMIT, Source};

/// Reads a file, or the CSV files of a folder. What is too large is read only as far as is needed to say so.
pub fn open(path: &Path) -> anyhow::Result<Source> {
    if !path.is_dir() {
        return Ok(Source::File(read(path)?));
    }
    let mut files = Vec::new();
    let entries = std::fs::read_dir(path).with_context(|| format!("reading the folder {}", path.display()))?;
    for entry in entries {
        let file = entry
            .with_context(|| format!("reading the folder {}", path.display()))?
            .path();
        let is_table = file
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if let (true, Some(title)) = (is_table, file.file_stem()) {
            files.push((title.to_string_lossy().into_owned(), read(&file)?));
        }
    }
    files.sort();
    Ok(Source::Folder(files))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(FILE_LIMIT as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("reading {}", file.display()))?;
    Ok(bytes)
}
