//! Telegram's HTML parse mode, with its own error texts and byte offsets.
//!
//! Stricter than life in one thing: an unknown named entity (`&nbsp;`) is refused, where Telegram would show it to
//! people letter by letter.

use super::{
    refusal::Refusal,
    text::{Entity, Formatted, Kind},
};

/// Reads HTML into plain text and entities.
pub(super) fn parse(source: &str) -> Result<Formatted, Refusal> {
    let mut parser = Parser {
        source,
        at: 0,
        text: String::new(),
        units: 0,
        open: vec![],
        done: vec![],
    };
    while let Some(letter) = parser.peek() {
        match letter {
            '<' if parser.rest().starts_with("</") => parser.end_tag()?,
            '<' => parser.start_tag()?,
            '&' => parser.reference()?,
            other => {
                parser.at += other.len_utf8();
                parser.push(other);
            }
        }
    }
    if let Some(open) = parser.open.last() {
        return Err(fault(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            open.tag
        )));
    }
    Ok(Formatted {
        text: parser.text,
        entities: parser.done,
    })
}

struct Parser<'a> {
    source: &'a str,
    /// Byte offset in the source.
    at: usize,
    text: String,
    /// UTF-16 units in `text` so far.
    units: usize,
    open: Vec<Open>,
    done: Vec<Entity>,
}

/// A tag that still waits for its end.
struct Open {
    tag: String,
    kind: Kind,
    offset: usize,
    /// `href` of a link, the class of code.
    value: Option<String>,
}

fn fault(what: impl AsRef<str>) -> Refusal {
    Refusal::bad(format!("can't parse entities: {}", what.as_ref()))
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, letter: char) {
        self.text.push(letter);
        self.units += letter.len_utf16();
    }

    /// Takes everything up to the first letter that `stop` names.
    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        let taken = self.rest().split(stop).next().unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn reference(&mut self) -> Result<(), Refusal> {
        let after = self.rest().strip_prefix('&').unwrap_or_default();
        let name = after.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next();
        let name = name.unwrap_or_default();
        let ended = after.strip_prefix(name).is_some_and(|rest| rest.starts_with(';'));
        let letter = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            other => other.strip_prefix('#').and_then(numeric),
        };
        match letter {
            Some(letter) => {
                self.at += 1 + name.len() + usize::from(ended);
                self.push(letter);
                Ok(())
            }
            None if ended && !name.is_empty() => Err(fault(format!(
                "Unsupported entity \"&{name};\" at byte offset {}",
                self.at
            ))),
            None => {
                self.at += 1;
                self.push('&');
                Ok(())
            }
        }
    }

    fn start_tag(&mut self) -> Result<(), Refusal> {
        let begin = self.at;
        self.at += 1;
        let tag = self.take_until(|c| c.is_whitespace() || c == '>').to_ascii_lowercase();
        if self.rest().is_empty() {
            return Err(fault(format!("Unclosed start tag at byte offset {begin}")));
        }
        let mut kind =
            kind_of(&tag).ok_or_else(|| fault(format!("Unsupported start tag \"{tag}\" at byte offset {begin}")))?;
        let mut value = None;
        while let Some((name, content)) = self.attribute(&tag, begin)? {
            match (tag.as_str(), name.as_str()) {
                ("a", "href") => value = Some(content),
                ("code", "class") => value = content.strip_prefix("language-").map(str::to_owned),
                ("span", "class") if content == "tg-spoiler" => value = Some(content),
                ("blockquote", "expandable") => kind = Kind::ExpandableBlockquote,
                _ => {}
            }
        }
        if tag == "span" && value.take().is_none() {
            return Err(fault(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            )));
        }
        self.open.push(Open {
            tag,
            kind,
            offset: self.units,
            value,
        });
        Ok(())
    }

    /// The next attribute of a start tag; none at its `>`, which is taken.
    fn attribute(&mut self, tag: &str, begin: usize) -> Result<Option<(String, String)>, Refusal> {
        self.take_until(|c| !c.is_whitespace());
        if self.rest().starts_with('>') {
            self.at += 1;
            return Ok(None);
        }
        let name = self
            .take_until(|c| c.is_whitespace() || c == '=' || c == '>')
            .to_ascii_lowercase();
        if self.rest().is_empty() {
            return Err(fault(format!("Unclosed start tag at byte offset {begin}")));
        }
        if name.is_empty() {
            return Err(fault(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            )));
        }
        self.take_until(|c| !c.is_whitespace());
        if !self.rest().starts_with('=') {
            if name == "expandable" {
                return Ok(Some((name, String::new())));
            }
            return Err(fault(format!(
                "Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte offset {begin}"
            )));
        }
        self.at += 1;
        self.take_until(|c| !c.is_whitespace());
        let raw = match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                let raw = self.take_until(|c| c == quote);
                if self.rest().is_empty() {
                    return Err(fault(format!("Unclosed start tag at byte offset {begin}")));
                }
                self.at += 1;
                raw
            }
            _ => self.take_until(|c| c.is_whitespace() || c == '>'),
        };
        let mut inner = Parser {
            source: raw,
            at: 0,
            text: String::new(),
            units: 0,
            open: vec![],
            done: vec![],
        };
        while let Some(letter) = inner.peek() {
            if letter == '&' {
                inner.reference()?;
            } else {
                inner.at += letter.len_utf8();
                inner.push(letter);
            }
        }
        Ok(Some((name, inner.text)))
    }

    fn end_tag(&mut self) -> Result<(), Refusal> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(fault(format!("Unexpected end tag at byte offset {begin}")));
        };
        self.at += 2;
        let tag = self.take_until(|c| c.is_whitespace() || c == '>').to_ascii_lowercase();
        self.take_until(|c| !c.is_whitespace());
        if !self.rest().starts_with('>') {
            return Err(fault(format!("Unclosed end tag at byte offset {begin}")));
        }
        self.at += 1;
        if !tag.is_empty() && tag != open.tag {
            return Err(fault(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{tag}>\"",
                open.tag
            )));
        }
        self.finish(open);
        Ok(())
    }

    fn finish(&mut self, open: Open) {
        let length = self.units - open.offset;
        if length == 0 {
            return;
        }
        let mut entity = Entity {
            kind: open.kind,
            offset: open.offset,
            length,
            url: None,
            language: None,
        };
        match open.kind {
            // A link without an address stays plain text, as in Telegram.
            Kind::TextLink if open.value.is_none() => return,
            Kind::TextLink => entity.url = open.value,
            Kind::Code => entity.language = open.value,
            Kind::Pre => {
                let same = |it: &mut Entity| it.kind == Kind::Code && (it.offset, it.length) == (open.offset, length);
                entity.language = self.done.pop_if(same).and_then(|it| it.language);
            }
            _ => {}
        }
        // Code keeps its language only while a `pre` may still take it over.
        if entity.kind == Kind::Code && self.open.last().is_none_or(|it| it.kind != Kind::Pre) {
            entity.language = None;
        }
        self.done.push(entity);
    }
}

fn numeric(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|it| *it != '\0')
}

fn kind_of(tag: &str) -> Option<Kind> {
    Some(match tag {
        "b" | "strong" => Kind::Bold,
        "i" | "em" => Kind::Italic,
        "u" | "ins" => Kind::Underline,
        "s" | "strike" | "del" => Kind::Strikethrough,
        "tg-spoiler" | "span" => Kind::Spoiler,
        "code" => Kind::Code,
        "pre" => Kind::Pre,
        "a" => Kind::TextLink,
        "blockquote" => Kind::Blockquote,
        _ => return None,
    })
}
