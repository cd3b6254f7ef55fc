//! The text to which a parent consents: the school's own, once its workbook has one, else the built-in one.
//!
//! A version is kept for ever, since consents were given to it; a newer one leaves them as they are.

use chrono::{DateTime, Utc};

use super::CONSENT_VERSION;
use crate::db::Conn;
use crate::ids::SchoolId;
use crate::school;
use crate::words::{Html, Locale, escape, text};

/// The longest page, in UTF-16 units; its heading and the messenger's limit leave room for more.
const PAGE: usize = 3_000;

/// Which text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The journal's own, with the language in which it was read.
    BuiltIn(u32, Locale),
    /// The school's.
    School(i64),
}

impl Version {
    /// As it is kept with a consent: `1-ru`, `s2`.
    pub fn code(self) -> String {
        match self {
            Self::BuiltIn(version, locale) => format!("{version}-{}", locale.code()),
            Self::School(version) => format!("s{version}"),
        }
    }

    /// Of what is kept.
    pub fn of(code: &str) -> Option<Self> {
        if let Some(version) = code.strip_prefix('s') {
            return version.parse().ok().map(Self::School);
        }
        let (version, locale) = code.split_once('-')?;
        Some(Self::BuiltIn(version.parse().ok()?, Locale::of(locale)))
    }

    /// As a button carries it: 0 is the built-in one.
    pub fn number(self) -> i64 {
        match self {
            Self::BuiltIn(..) => 0,
            Self::School(version) => version,
        }
    }
}

/// A text of the consent.
#[derive(Clone, Debug)]
pub struct Text {
    /// Which.
    pub version: Version,
    /// Since when the school has it; the built-in one has no date.
    pub since: Option<DateTime<Utc>>,
    /// What is read, page by page: finished HTML.
    pub pages: Vec<Html>,
}

impl Text {
    /// The journal's own, in a language.
    pub fn built_in(locale: Locale) -> Self {
        let pages = ["entry.consent.text_1", "entry.consent.text_2"];
        Self {
            version: Version::BuiltIn(CONSENT_VERSION, locale),
            since: None,
            pages: pages.map(|key| Html(text(locale, key, &[]))).to_vec(),
        }
    }

    /// The school's.
    pub fn of_school(it: &school::store::ConsentText) -> Self {
        Self {
            version: Version::School(it.version),
            since: Some(it.created_at),
            pages: pages(&it.text).iter().map(|page| Html(escape(page))).collect(),
        }
    }
}

/// To what consent is asked for now.
pub async fn newest(conn: &mut Conn, locale: Locale, school: SchoolId) -> anyhow::Result<Text> {
    let own = school::store::newest_consent_text(conn, school).await?;
    Ok(own.map_or_else(|| Text::built_in(locale), |it| Text::of_school(&it)))
}

/// A text by its version; `None` where the school has no such.
pub async fn of_version(conn: &mut Conn, school: SchoolId, version: Version) -> anyhow::Result<Option<Text>> {
    Ok(match version {
        Version::BuiltIn(_, locale) => Some(Text::built_in(locale)),
        Version::School(version) => school::store::consent_text(conn, school, version)
            .await?
            .map(|it| Text::of_school(&it)),
    })
}

/// Cuts a text into pages, between its paragraphs where they allow it, else between words, else anywhere.
fn pages(text: &str) -> Vec<String> {
    let mut pages = vec![String::new()];
    for paragraph in text.lines() {
        for piece in pieces(paragraph) {
            let page = pages.last_mut().filter(|it| units(it) + 2 + units(&piece) <= PAGE);
            match page {
                Some(page) if page.is_empty() => page.push_str(&piece),
                Some(page) => {
                    page.push_str("\n\n");
                    page.push_str(&piece);
                }
                None => pages.push(piece),
            }
        }
    }
    pages.retain(|it| !it.is_empty());
    pages
}

/// A paragraph in pieces that fit a page.
fn pieces(paragraph: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in paragraph.split_inclusive(' ') {
        let mut rest = word;
        while !rest.is_empty() {
            let fitting = fitting(rest);
            let (part, after) = rest.split_at(fitting);
            match pieces.last_mut().filter(|it| units(it) + units(part) + 2 <= PAGE) {
                Some(piece) => piece.push_str(part),
                None => pieces.push(part.to_owned()),
            }
            rest = after;
        }
    }
    pieces.into_iter().map(|it| it.trim().to_owned()).collect()
}

/// How many bytes of a word fit a page.
fn fitting(word: &str) -> usize {
    let mut left = PAGE - 2;
    for (at, letter) in word.char_indices() {
        match left.checked_sub(letter.len_utf16()) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    word.len()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p3_versions_of_former_consents_are_readable() {
        for version in [
            Version::BuiltIn(1, Locale::Ru),
            Version::BuiltIn(1, Locale::En),
            Version::School(12),
        ] {
            assert_eq!(Version::of(&version.code()), Some(version));
        }
        assert_eq!(Version::of("1-ru"), Some(Version::BuiltIn(1, Locale::Ru)));
        assert_eq!(
            (Version::of(""), Version::of("s"), Version::of("x-ru")),
            (None, None, None)
        );
    }

    #[test]
    fn p3_a_short_text_is_a_page_and_paragraphs_stay_whole() {
        assert_eq!(pages("Первый\nВторой"), ["Первый\n\nВторой"]);
        let paragraph = "слово ".repeat(300).trim().to_owned();
        let text = [paragraph.as_str(); 3].join("\n");
        assert_eq!(pages(&text), [paragraph.as_str(); 3]);
    }

    proptest! {
        #[test]
        fn p3_no_word_of_a_text_is_lost_and_every_page_fits(
            paragraphs in prop::collection::vec("[а-я😀<& ]{0,3500}", 1..5),
        ) {
            let text = paragraphs.join("\n");
            let pages = pages(&text);
            for page in &pages {
                prop_assert!(!page.is_empty() && units(page) <= PAGE, "{} units", units(page));
            }
            let letters = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&pages.concat()), letters(&text));
        }
    }
}
