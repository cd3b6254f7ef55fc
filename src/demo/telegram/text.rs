//! Formatted text: a plain string and its entities, counted in UTF-16 units as Telegram counts.

use serde::{Deserialize, Serialize};

use super::{html, params::Params, refusal::Refusal};

/// What is longer is refused, in UTF-16 units after the entities are taken out.
pub(super) const TEXT_LIMIT: usize = 4096;
/// The same for the words under a picture or a document.
pub(super) const CAPTION_LIMIT: usize = 1024;
/// Telegram silently forgets the entities after these.
const ENTITIES_LIMIT: usize = 100;

/// Plain text with its formatting beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Formatted {
    pub(super) text: String,
    pub(super) entities: Vec<Entity>,
}

/// One formatted stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    /// In UTF-16 units, like `length`.
    pub(super) offset: usize,
    pub(super) length: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
}

/// The kinds of entities the model knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Code,
    Pre,
    TextLink,
    Blockquote,
    ExpandableBlockquote,
    BotCommand,
    Mention,
    Hashtag,
    Url,
    Email,
    PhoneNumber,
}

impl Formatted {
    /// What a person types: no formatting, but commands are found.
    pub(super) fn typed(text: &str) -> Self {
        let text = text.trim();
        Self {
            text: text.to_owned(),
            entities: commands(text),
        }
    }

    /// The text of a call, by its parse mode or its list of entities.
    pub(super) fn from_params(
        params: &Params,
        text: &str,
        mode_key: &str,
        entities_key: &str,
    ) -> Result<Self, Refusal> {
        let parsed = match params.text(mode_key).unwrap_or_default() {
            "" => Self {
                text: text.to_owned(),
                entities: params.parse(entities_key)?.unwrap_or_default(),
            },
            mode if mode.eq_ignore_ascii_case("html") => html::parse(text)?,
            _ => return Err(Refusal::bad("unsupported parse_mode")),
        };
        Ok(parsed.tidy())
    }

    /// The length that Telegram's limits mean.
    pub(super) fn units(&self) -> usize {
        units(&self.text)
    }

    /// As HTML in one canonical spelling, safe to be read by a whitelist.
    pub(super) fn html(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 32);
        let mut open: Vec<(usize, &Entity)> = Vec::new();
        let mut waiting = self.entities.iter().peekable();
        let mut at = 0;
        for letter in self.text.chars() {
            close(&mut out, &mut open, at);
            while let Some(entity) = waiting.next_if(|it| it.offset <= at) {
                let outer = open.last().map_or(usize::MAX, |(end, _)| *end);
                out.push_str(&start_tag(entity));
                open.push(((entity.offset + entity.length).min(outer), entity));
            }
            push_escaped(&mut out, letter);
            at += letter.len_utf16();
        }
        close(&mut out, &mut open, usize::MAX);
        out
    }

    /// White space at both ends goes, as in Telegram, and the entities follow.
    fn tidy(mut self) -> Self {
        let cut: usize = self
            .text
            .chars()
            .take_while(|it| it.is_whitespace())
            .map(char::len_utf16)
            .sum();
        self.text = self.text.trim().to_owned();
        let total = self.units();
        for it in &mut self.entities {
            let end = (it.offset + it.length).saturating_sub(cut).min(total);
            it.offset = it.offset.saturating_sub(cut).min(total);
            it.length = end.saturating_sub(it.offset);
        }
        self.entities.retain(|it| it.length > 0);
        // The outer of two that begin together comes first; the sort is stable for the rest.
        self.entities.sort_by_key(|it| (it.offset, usize::MAX - it.length));
        self.entities.truncate(ENTITIES_LIMIT);
        self
    }
}

/// UTF-16 units of a text.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// Escapes what HTML would read as markup.
pub(super) fn push_escaped(out: &mut String, letter: char) {
    match letter {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        other => out.push(other),
    }
}

fn close(out: &mut String, open: &mut Vec<(usize, &Entity)>, at: usize) {
    while let Some((_, entity)) = open.pop_if(|(end, _)| *end <= at) {
        out.push_str(end_tag(entity.kind));
    }
}

fn start_tag(entity: &Entity) -> String {
    let attribute = |before: &str, value: Option<&String>, after: &str| {
        let mut out = before.to_owned();
        value
            .into_iter()
            .flat_map(|it| it.chars())
            .for_each(|it| push_escaped(&mut out, it));
        out + after
    };
    match entity.kind {
        Kind::TextLink => attribute("<a href=\"", entity.url.as_ref(), "\">"),
        Kind::Pre if entity.language.is_some() => attribute("<pre class=\"language-", entity.language.as_ref(), "\">"),
        Kind::Pre => "<pre>".to_owned(),
        Kind::Bold => "<b>".to_owned(),
        Kind::Italic => "<i>".to_owned(),
        Kind::Underline => "<u>".to_owned(),
        Kind::Strikethrough => "<s>".to_owned(),
        Kind::Spoiler => "<tg-spoiler>".to_owned(),
        Kind::Code => "<code>".to_owned(),
        Kind::Blockquote | Kind::ExpandableBlockquote => "<blockquote>".to_owned(),
        Kind::BotCommand | Kind::Mention | Kind::Hashtag | Kind::Url | Kind::Email | Kind::PhoneNumber => String::new(),
    }
}

fn end_tag(kind: Kind) -> &'static str {
    match kind {
        Kind::TextLink => "</a>",
        Kind::Pre => "</pre>",
        Kind::Bold => "</b>",
        Kind::Italic => "</i>",
        Kind::Underline => "</u>",
        Kind::Strikethrough => "</s>",
        Kind::Spoiler => "</tg-spoiler>",
        Kind::Code => "</code>",
        Kind::Blockquote | Kind::ExpandableBlockquote => "</blockquote>",
        Kind::BotCommand | Kind::Mention | Kind::Hashtag | Kind::Url | Kind::Email | Kind::PhoneNumber => "",
    }
}

/// Commands are words of Latin letters, digits and `_` after a slash, at the start or after white space.
fn commands(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        if is_command(trimmed) {
            found.push(Entity {
                kind: Kind::BotCommand,
                offset: at,
                length: units(trimmed),
                url: None,
                language: None,
            });
        }
        at += units(word);
    }
    found
}

fn is_command(word: &str) -> bool {
    let Some(name) = word.strip_prefix('/') else {
        return false;
    };
    let (name, at) = name.split_once('@').unwrap_or((name, ""));
    let plain = |it: &str| it.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (1..=32).contains(&name.len()) && plain(name) && plain(at)
}
