//! How words of a workbook are read: what a person sees as the same is the same here.
//!
//! Spreadsheets bring no-break spaces, typographic apostrophes, decomposed letters, and Latin letters that look
//! Cyrillic. Letters are written as escapes, since Cyrillic belongs to the locales.

use std::fmt;

/// Lower-case Latin letters whose capitals look like Cyrillic ones, and those Cyrillic ones.
const LOOK_ALIKE: [(char, char); 12] = [
    ('a', '\u{430}'),
    ('b', '\u{432}'),
    ('c', '\u{441}'),
    ('e', '\u{435}'),
    ('h', '\u{43d}'),
    ('k', '\u{43a}'),
    ('m', '\u{43c}'),
    ('o', '\u{43e}'),
    ('p', '\u{440}'),
    ('t', '\u{442}'),
    ('x', '\u{445}'),
    ('y', '\u{443}'),
];

/// A class as the school calls it: the grade and its letter, which small schools leave out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassName {
    /// 1 to 11.
    pub grade: i64,
    /// A capital, Cyrillic where it looks so.
    pub letter: String,
}

impl ClassName {
    /// Reads a grade and a letter however they were typed: with a space, a hyphen, quotes or a Latin letter.
    pub fn parse(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let digits = bare.chars().take_while(char::is_ascii_digit).count();
        let (grade, letter) = (bare.get(..digits)?, bare.get(digits..)?);
        let grade = grade.parse().ok().filter(|grade| (1..=11).contains(grade))?;
        if letter.chars().count() > 3 || !letter.chars().all(char::is_alphabetic) {
            return None;
        }
        Some(Self {
            grade,
            letter: letter
                .to_lowercase()
                .chars()
                .map(cyrillic)
                .collect::<String>()
                .to_uppercase(),
        })
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.grade, self.letter)
    }
}

/// The text without what nobody sees: odd spaces, invisible signs, letters in two pieces.
pub fn clean(text: &str) -> String {
    let whole = text
        .replace("\u{438}\u{306}", "\u{439}")
        .replace("\u{418}\u{306}", "\u{419}")
        .replace("\u{435}\u{308}", "\u{451}")
        .replace("\u{415}\u{308}", "\u{401}");
    let seen = whole
        .chars()
        .filter(|c| !matches!(c, '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    seen.collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A person's name: clean, with one kind of hyphen and of apostrophe, and no Latin letters among Cyrillic ones.
pub fn person(text: &str) -> String {
    let plain: String = clean(text).chars().map(plain_sign).collect();
    if !plain.chars().any(is_cyrillic) {
        return plain;
    }
    plain
        .chars()
        .map(|c| {
            if c.is_lowercase() {
                cyrillic(c)
            } else {
                upper(cyrillic(lower(c)), c)
            }
        })
        .collect()
}

/// What two spellings that mean the same have in common; for comparing only.
pub fn fold(text: &str) -> String {
    let lowered = clean(text).to_lowercase();
    let signs = lowered
        .chars()
        .map(plain_sign)
        .filter(|c| !matches!(c, '"' | '*' | ':'));
    let letters = signs.map(|c| if c == '\u{451}' { '\u{435}' } else { cyrillic(c) });
    letters.collect::<String>().trim_end_matches('.').trim().to_owned()
}

/// A person's key as it is kept: lower case, and Cyrillic when each of its Latin letters looks so.
pub fn code(text: &str) -> String {
    let lowered: String = clean(text).to_lowercase().chars().map(plain_sign).collect();
    if lowered
        .chars()
        .filter(char::is_ascii_lowercase)
        .all(|c| cyrillic(c) != c)
    {
        lowered.chars().map(cyrillic).collect()
    } else {
        lowered
    }
}

/// Whether a surname, followed by as much of name and patronymic as one likes, can mean this person.
pub fn names_person(typed: &str, surname: &str, name: &str, patronymic: &str) -> bool {
    let spaced = fold(typed).replace('.', " ");
    let mut words = spaced.split_whitespace();
    if words.next() != Some(fold(surname).as_str()) {
        return false;
    }
    let (name, patronymic) = (fold(name), fold(patronymic));
    let fits = [name, patronymic]
        .iter()
        .all(|known| words.next().is_none_or(|word| known.starts_with(word)));
    fits && words.next().is_none()
}

/// The candidate that was probably meant: at most a third of its letters differ.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Long texts aren't slips of a finger, and comparing them takes long.
    let typed: Vec<char> = fold(typed).chars().take(60).collect();
    let scored = candidates.into_iter().map(|candidate| {
        let known: Vec<char> = fold(candidate).chars().take(60).collect();
        (distance(&typed, &known), known.len().max(3) / 3, candidate)
    });
    scored
        .filter(|(far, allowed, _)| far <= allowed)
        .min_by_key(|(far, ..)| *far)
        .map(|(.., candidate)| candidate)
}

/// How many letters must be put in, taken out or changed.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut before = i;
        let mut left = i + 1;
        for (b, cell) in other.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (before + usize::from(a != b)).min(above + 1).min(left + 1);
            before = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(one.len())
}

fn plain_sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{60}' | '\u{b4}' => '\'',
        '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' => '"',
        other => other,
    }
}

fn cyrillic(c: char) -> char {
    LOOK_ALIKE
        .iter()
        .find(|(latin, _)| *latin == c)
        .map_or(c, |(_, same)| *same)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The capital of a letter that stands for `original`, or the original when it was no capital.
fn upper(c: char, original: char) -> char {
    if original.is_uppercase() {
        c.to_uppercase().next().unwrap_or(c)
    } else {
        original
    }
}
