//! Every word that the code asks for is there in both languages, and every word that is there is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::none;
use super::source::{Source, closing, is_inside, program, root};

/// A text in both languages.
#[derive(Default)]
pub struct Text {
    pub ru: Option<String>,
    en: Option<String>,
    file: String,
}

/// The forms of a number: all four are written, whichever a language needs.
const FORMS: [&str; 4] = ["one", "few", "many", "other"];

/// Reads our locale files: keys one in another or with dots, `{ ru: "…", en: "…" }` or the two on lines of their own.
pub fn locales() -> BTreeMap<String, Text> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut files: Vec<_> = fs::read_dir(root().join("locales"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in files {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        // The keys above this line, each with its indent.
        let mut above: Vec<(usize, String)> = Vec::new();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') || content == "_version: 2" {
                continue;
            }
            let place = format!("locales/{file}:{}", number + 1);
            let indent = line.len() - line.trim_start().len();
            above.retain(|(it, _)| *it < indent);
            let Some((key, value)) = content.split_once(':') else {
                panic!("{place}: this test can't read «{content}»");
            };
            let value = value.trim();
            let full: Vec<&str> = above.iter().map(|(_, key)| key.as_str()).chain([key]).collect();
            if value.is_empty() {
                above.push((indent, key.to_owned()));
                continue;
            }
            let (of, pairs) = match value.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
                Some(pairs) => (full.join("."), pairs.to_owned()),
                None => (full[..full.len() - 1].join("."), content.to_owned()),
            };
            let text = texts.entry(of).or_default();
            text.file.clone_from(&file);
            let mut rest = pairs.trim();
            while !rest.is_empty() {
                let found = rest.split_once(": \"").and_then(|(language, quoted)| {
                    let end = end_of_text(quoted)?;
                    Some((language.trim(), quoted, end))
                });
                let (said, quoted, end) = match found {
                    Some(("ru", quoted, end)) => (&mut text.ru, quoted, end),
                    Some(("en", quoted, end)) => (&mut text.en, quoted, end),
                    _ => panic!("{place}: this test can't read «{content}»"),
                };
                assert!(said.is_none(), "{place}: a second «{content}»");
                *said = Some(quoted[..end].to_owned());
                rest = quoted[end + 1..].trim_start_matches(',').trim();
            }
        }
    }
    assert!(texts.len() > 100, "the locales aren't where they were");
    texts
}

fn end_of_text(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in quoted.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// The names in `%{…}`.
fn places(text: &str) -> BTreeSet<String> {
    text.split("%{")
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Whether a text of the code could be a key: `lessons.toast.already`.
fn is_key_like(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        })
}

/// `lessons.kind.` of `format!("lessons.kind.{}", …)`.
fn prefix(text: &str) -> Option<&str> {
    let (before, rest) = text.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let is_path = before.len() > 1
        && before.ends_with('.')
        && before
            .chars()
            .all(|it| it.is_ascii_lowercase() || it == '.' || it == '_');
    (is_path && after.is_empty()).then_some(before)
}

/// A text that is asked for by a key that is written out.
struct Asked {
    place: String,
    key: String,
    /// What fills its places, as far as the call says.
    args: Option<BTreeSet<String>>,
}

/// All calls that ask for a text.
fn asked(source: &Source) -> Vec<Asked> {
    /// What is called, what its keys begin with, and whether its arguments are named in the call.
    const CALLS: [(&str, &str, bool); 8] = [
        ("html!(", "", true),
        ("plain!(", "", true),
        ("refuse!(", "", true),
        ("UserError::new(", "", false),
        ("words::text(", "", false),
        ("words::count(", "count", false),
        ("count(", "count", false),
        ("Complaint::new(", "import.problems.", false),
    ];
    let mut found = Vec::new();
    for (call, keys, named) in CALLS {
        for (at, _) in source.code.match_indices(call) {
            if is_inside(&source.code, at) && !source.code[..at].ends_with("crate::") {
                continue;
            }
            let open = at + call.len() - 1;
            let end = closing(&source.code, open);
            let mut texts = source.texts.iter().filter(|(it, _)| (open..end).contains(it));
            // The key stands in the call itself, not in a call within it.
            let Some((_, key)) = texts.find(|(it, _)| depth(&source.code[open..*it]) == 1) else {
                continue;
            };
            let key = match keys {
                "count" => format!("{key}.one"),
                _ => format!("{keys}{key}"),
            };
            let args = named.then(|| arguments(&source.code[open..end]));
            found.push(Asked {
                place: source.place(at),
                key,
                args,
            });
        }
    }
    found
}

fn depth(code: &str) -> usize {
    let opened = code.matches(['(', '[', '{']).count();
    opened - code.matches([')', ']', '}']).count()
}

/// The names before `=` in a call of a macro.
fn arguments(call: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in call.match_indices(" = ") {
        if depth(&call[..at]) != 1 {
            continue;
        }
        let name = call[..at].rsplit(|it: char| !it.is_alphanumeric() && it != '_').next();
        names.extend(name.map(str::to_owned));
    }
    names
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_places() {
    let mut broken = Vec::new();
    for (key, text) in locales() {
        let (Some(ru), Some(en)) = (&text.ru, &text.en) else {
            broken.push(format!("locales/{}: {key} has one language", text.file));
            continue;
        };
        if ru.is_empty() || en.is_empty() {
            broken.push(format!("locales/{}: {key} is empty", text.file));
        }
        if places(ru) != places(en) {
            broken.push(format!(
                "locales/{}: {key} has other places in the other language",
                text.file
            ));
        }
    }
    none("a text has both languages, with the same places", &broken);
}

#[test]
fn every_number_has_all_its_forms() {
    let texts = locales();
    let counted: BTreeSet<&str> = texts
        .keys()
        .filter_map(|key| key.rsplit_once('.'))
        // «Other» alone is a word as any other.
        .filter(|(_, form)| FORMS[..3].contains(form))
        .map(|(key, _)| key)
        .collect();
    assert!(!counted.is_empty(), "no forms are found any more");
    let mut broken = Vec::new();
    for key in counted {
        for form in FORMS {
            match texts.get(&format!("{key}.{form}")) {
                None => broken.push(format!("{key}.{form} isn't there")),
                Some(text) if text.ru.as_deref().is_some_and(|it| !it.contains("%{n}")) && form != "one" => {
                    broken.push(format!("{key}.{form} doesn't say how many"));
                }
                Some(_) => {}
            }
        }
    }
    none("what is counted has the forms one, few, many and other", &broken);
}

#[test]
fn every_text_that_is_asked_for_is_there_and_gets_what_it_needs() {
    let texts = locales();
    let sections: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('.').next()).collect();
    let (mut broken, mut n_asked) = (Vec::new(), 0);
    for source in &program() {
        for it in asked(source) {
            n_asked += 1;
            let Some(text) = texts.get(&it.key) else {
                broken.push(format!("{}: no text {}", it.place, it.key));
                continue;
            };
            let places = places(text.ru.as_deref().unwrap_or_default());
            if let Some(args) = it.args.filter(|args| *args != places) {
                broken.push(format!("{}: {} has {places:?} and gets {args:?}", it.place, it.key));
            }
        }
        // Keys that take a way round before they are asked for.
        for (at, text) in &source.texts {
            let ours = text.split('.').next().is_some_and(|it| sections.contains(it));
            if ours && is_key_like(text) && !texts.contains_key(text) && !texts.contains_key(&format!("{text}.one")) {
                broken.push(format!("{}: no text {text}", source.place(*at)));
            }
        }
    }
    assert!(n_asked > 100, "calls aren't found any more");
    none("a text that is asked for is in the locales", &broken);
}

#[test]
fn every_text_is_asked_for() {
    let program = program();
    let said: BTreeSet<&str> = program
        .iter()
        .flat_map(|source| source.texts.iter().map(|(_, text)| text.as_str()))
        .collect();
    let prefixes: BTreeSet<&str> = said.iter().filter_map(|text| prefix(text)).collect();
    // A key that is put together ends with a word of the code: the name of a variant, or a code that is a text.
    let mut words: BTreeSet<String> = program.iter().flat_map(|source| words(&source.code)).collect();
    words.extend(said.iter().map(|&text| text.to_owned()));
    let mut broken = Vec::new();
    for (key, text) in locales() {
        let counted = key.rsplit_once('.').filter(|(_, form)| FORMS.contains(form));
        let base = counted.map_or(key.as_str(), |(base, _)| base);
        let put_together = prefixes.iter().any(|prefix| {
            base.strip_prefix(prefix)
                .is_some_and(|rest| is_number(rest) || words.contains(rest))
        });
        if !said.contains(key.as_str()) && !said.contains(base) && !put_together {
            broken.push(format!("locales/{}: {key}", text.file));
        }
    }
    none("a text that nobody asks for", &broken);
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
}

#[test]
fn calls_are_read_as_they_are_written() {
    assert_eq!(prefix("lessons.kind.{}"), Some("lessons.kind."));
    assert_eq!(prefix("commands.{name}"), Some("commands."));
    assert_eq!(prefix("lessons.kind.{}x"), None);
    assert_eq!(prefix("{date}.{month}"), None);
    assert!(is_key_like("lessons.toast.already") && !is_key_like("lessons.") && !is_key_like("a.B"));
    assert_eq!(places("%{a} and %{b_c}"), ["a", "b_c"].map(str::to_owned).into());
    let call = "(locale, \"    \", day = day(a, b == c), number = plain!(l, \" \", x = y))";
    assert_eq!(arguments(call), ["day", "number"].map(str::to_owned).into());
}
