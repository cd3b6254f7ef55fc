//! What the README says is so.

use std::collections::BTreeSet;
use std::fs;

use super::locales::locales;
use super::none;
use super::source::{closing, program, root};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
fn the_readme_has_every_sheet_and_heading_of_the_workbook() {
    let readme = readme();
    let table: Vec<&str> = readme.lines().filter(|line| line.starts_with('|')).collect();
    let words: BTreeSet<&str> = table
        .iter()
        .flat_map(|line| line.split(['|', ',', '·', '(', ')']))
        .map(str::trim)
        .collect();
    let texts = locales();
    let taught = texts
        .iter()
        .filter(|(key, _)| key.starts_with("import.sheets.") || key.starts_with("import.columns."))
        .map(|(_, text)| {
            text.ru
                .as_deref()
                .unwrap_or_default()
                .split('|')
                .next()
                .unwrap_or_default()
        });
    let broken: Vec<String> = taught.filter(|word| !words.contains(word)).map(str::to_owned).collect();
    none("a sheet or heading that the README doesn't name", &broken);
}

#[test]
fn the_readme_has_every_setting_and_command() {
    let readme = readme();
    let config = program().into_iter().find(|source| source.path == "config.rs").unwrap();
    let mut missing = Vec::new();
    for (at, _) in config.code.match_indices("env = ") {
        let (_, name) = config.texts.iter().find(|(it, _)| *it > at).unwrap();
        if !readme.contains(&format!("| `{name}` |")) {
            missing.push(name.clone());
        }
    }
    let commands = ["enum Command", "enum Work"]
        .map(|name| variants(&config.code, name))
        .concat();
    assert!(commands.len() >= 5, "the commands have moved");
    for command in commands {
        if !readme.contains(&format!("zhurnal {command}")) && !readme.contains(&format!("-- {command}")) {
            missing.push(command);
        }
    }
    none("what the README doesn't tell", &missing);
}

/// The commands that an enum of the command line has.
fn variants(code: &str, name: &str) -> Vec<String> {
    let at = code.find(name).unwrap();
    let open = at + code[at..].find('{').unwrap();
    let body = &code[open..closing(code, open)];
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    lines
        .filter(|line| line.starts_with(|it: char| it.is_ascii_uppercase()))
        .map(|line| line.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default())
        .filter(|word| *word != "Work")
        .map(str::to_lowercase)
        .collect()
}
