//! Words for people: texts of `locales/`, their plural forms, names, dates and the HTML they stand in.
//!
//! Every text is asked for with an explicit locale. Arguments are escaped here, once, before they enter a text.

pub mod dates;
pub mod entries;
pub mod names;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::LazyLock;

pub use names::sort_key;

/// A language of the interface. Entries of the journal are in Russian whatever it is (P12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// Russian, the first and the default.
    #[default]
    Ru,
    /// English.
    En,
}

impl Locale {
    /// Both, for tests and for setting the commands of every language.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The two-letter code that is stored and that Telegram knows.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The locale of a stored code; Russian for anything else.
    pub fn of(code: &str) -> Self {
        if code.starts_with("en") { Self::En } else { Self::Ru }
    }
}

/// A piece of finished HTML: it enters a text as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html(pub String);

/// What may stand in a text for people.
pub trait Argument {
    /// As HTML: a person's words are escaped, finished HTML isn't.
    fn html(&self) -> String;
}

impl Argument for Html {
    fn html(&self) -> String {
        self.0.clone()
    }
}

impl<T: fmt::Display> Argument for T
where
    T: NotHtml,
{
    fn html(&self) -> String {
        escape(&self.to_string())
    }
}

/// Keeps [`Html`] out of the escaping of everything that can be displayed.
pub trait NotHtml {}
impl NotHtml for String {}
impl NotHtml for str {}
impl NotHtml for &str {}
impl NotHtml for &String {}
impl NotHtml for i64 {}
impl NotHtml for usize {}

/// A text of the message: arguments are escaped as HTML.
macro_rules! html {
    ($locale:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::text($locale, $key, &[$((stringify!($name), &$crate::words::Argument::html(&$value))),*])
    };
}
pub(crate) use html;

/// A plain text (a button's label, a toast): nothing is escaped.
macro_rules! plain {
    ($locale:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::text($locale, $key, &[$((stringify!($name), &$value.to_string())),*])
    };
}
pub(crate) use plain;

/// The text of a key with its places filled in. A key that isn't there shows itself: a test finds those.
pub fn text(locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
    let Some(found) = crate::_rust_i18n_try_translate(locale.code(), key) else {
        return key.to_owned();
    };
    if args.is_empty() {
        return found.into_owned();
    }
    let names: Vec<&str> = args.iter().map(|(name, _)| *name).collect();
    let values: Vec<String> = args.iter().map(|(_, value)| (*value).to_owned()).collect();
    rust_i18n::replace_patterns(&found, &names, &values)
}

/// The right form for a number: `key.one`, `key.few`, `key.many` (`key.other` in English), with `%{n}` filled in.
pub fn count(locale: Locale, key: &str, n: i64) -> String {
    let form = format!("{key}.{}", category(locale, n));
    text(locale, &form, &[("n", &dates::number(n))])
}

/// The forms that a locale needs; a test asks for each of them.
pub fn forms(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::Ru => &["one", "few", "many"],
        Locale::En => &["one", "other"],
    }
}

fn category(locale: Locale, n: i64) -> &'static str {
    static RU: LazyLock<Option<PluralRules>> = LazyLock::new(|| rules("ru"));
    static EN: LazyLock<Option<PluralRules>> = LazyLock::new(|| rules("en"));
    let (rules, last) = match locale {
        Locale::Ru => (&RU, "many"),
        Locale::En => (&EN, "other"),
    };
    match rules.as_ref().and_then(|rules| rules.select(n.unsigned_abs()).ok()) {
        Some(PluralCategory::ONE) => "one",
        Some(PluralCategory::FEW) => "few",
        Some(_) | None => last,
    }
}

fn rules(code: &str) -> Option<PluralRules> {
    PluralRules::create(
        code.parse::<unic_langid::LanguageIdentifier>().ok()?,
        PluralRuleType::CARDINAL,
    )
    .ok()
}

/// Escapes what HTML would read as its own.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// What is left of our HTML for the eye: tags gone, entities read.
pub fn visible(html: &str) -> String {
    let mut seen = String::with_capacity(html.len());
    let mut inside_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            other if !inside_tag => seen.push(other),
            _ => {}
        }
    }
    seen.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// A refusal that a person should read: a key of the locales with its arguments. Rendered in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The text's key.
    pub key: &'static str,
    /// What fills its places.
    pub args: Vec<(&'static str, String)>,
}

impl UserError {
    /// A refusal without arguments.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Fills one place.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The words, for a toast or a plain text.
    pub fn text(&self, locale: Locale) -> String {
        let args: Vec<(&str, &str)> = self.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        text(locale, self.key, &args)
    }
}

impl fmt::Display for UserError {
    /// For the log: the key alone, since arguments may hold names.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.key)
    }
}

impl std::error::Error for UserError {}

/// Returns early with a refusal.
macro_rules! refuse {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        return Err(anyhow::Error::new($crate::words::UserError::new($key)$(.with(stringify!($name), $value))*))
    };
}
pub(crate) use refuse;

#[cfg(test)]
mod tests;
