//! The house's rules, as far as a test can read them from the source: each was seen to fail once.

#![expect(clippy::string_slice, reason = "places come from searching the same text")]

mod arrows;
mod documents;
mod locales;
mod migrations;
mod source;

use source::{program, sources};

/// Fails with all of them, each on its line.
fn none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

/// The longest file of `src/`.
const LINES: usize = 450;

#[test]
fn every_file_says_what_it_is() {
    let broken: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("src/{}", source.path))
        .collect();
    none("a file opens with `//!` and what it is for", &broken);
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let broken: Vec<String> = sources()
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(source, lines)| format!("src/{}: {lines} lines", source.path))
        .collect();
    none(&format!("a file has at most {LINES} lines"), &broken);
}

#[test]
fn sql_is_in_stores_and_in_the_databases_room() {
    const VERBS: [&str; 10] = [
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "WITH ",
        "CREATE ",
        "ALTER ",
        "DROP ",
        "BEGIN",
        "PRAGMA ",
    ];
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| !may_hold_sql(&it.path)) {
        for (at, text) in &source.texts {
            if VERBS.iter().any(|verb| text.trim_start().starts_with(verb)) {
                broken.push(format!("{}: «{text}»", source.place(*at)));
            }
        }
        for (at, _) in source.code.match_indices("sqlx") {
            // A row or an id of the database says so of itself; it asks for nothing.
            if !is_in_attribute(&source.code, at) {
                broken.push(source.place(at));
            }
        }
    }
    none("SQL stands in `store.rs` files and in `db/`", &broken);
}

fn may_hold_sql(path: &str) -> bool {
    path.starts_with("db/") || path.ends_with("/store.rs")
}

/// Whether a place is in `#[…]`.
fn is_in_attribute(code: &str, at: usize) -> bool {
    code[..at]
        .rfind("#[")
        .is_some_and(|open| source::closing(code, open + 1) > at)
}

#[test]
fn sql_is_written_out_and_never_put_together() {
    let broken: Vec<String> = program()
        .iter()
        .flat_map(|source| {
            source
                .code
                .match_indices("AssertSqlSafe")
                .map(|(at, _)| source.place(at))
                .collect::<Vec<_>>()
        })
        .collect();
    none("a query is a literal", &broken);
}

#[test]
fn only_its_room_knows_teloxide() {
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| !it.path.starts_with("telegram/")) {
        for (at, word) in source.code.match_indices("teloxide") {
            if !source::is_inside(&source.code, at) && source.code[at + word.len()..].starts_with("::") {
                broken.push(source.place(at));
            }
        }
    }
    none("teloxide's types stay in `telegram/`", &broken);
}

#[test]
fn time_comes_from_the_clock() {
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| it.path != "clock.rs") {
        // The model of Telegram counts its own limits, as Telegram does: by nobody's clock.
        let instant = (!source.path.starts_with("demo/telegram/")).then_some("Instant::now");
        for now in ["Utc::now", "Local::now", "SystemTime::now"].into_iter().chain(instant) {
            broken.extend(source.code.match_indices(now).map(|(at, _)| source.place(at)));
        }
    }
    none("the time is asked of the clock", &broken);
}

#[test]
fn words_for_people_are_in_the_locales() {
    let mut broken = Vec::new();
    for source in program().iter().filter(|it| !it.path.starts_with("words/")) {
        let texts = source.texts.iter().map(|(at, text)| (*at, text.as_str()));
        for (at, text) in texts.chain([(0, source.code.as_str())]) {
            if let Some(letter) = text.find(is_cyrillic) {
                let line: String = text[letter..].chars().take(40).collect();
                broken.push(format!("{}: {line}", source.place(at)));
            }
        }
    }
    // Comments may name a thing as the school does: «н», Тема.
    none("Cyrillic stands in `locales/`, `assets/` and `words/`", &broken);
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}
