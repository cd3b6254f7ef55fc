//! What all kinds of charts draw with: a sheet of a phone's width, letters, boxes, lines, and their paint.

use std::fmt::Write as _;

use super::Tone;
use crate::chat::Drawing;
use crate::words::escape;

/// How wide a picture is: a phone shows it at about a third.
pub const WIDTH: u32 = 1080;
/// What stays free at the edges.
pub const EDGE: u32 = 48;
/// No row begins below this: the messenger shows no picture whose sides have ten thousand together.
pub const HIGHEST: u32 = 8_300;

/// What a shape means. The colours are those of Okabe and Ito, which people tell apart whichever cones they lack. No hue
/// says anything alone: a part has its letter in it or its place in a row that is always in one order, and a kind of
/// point its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    /// The darkest: five, and what is one's own.
    Blue,
    /// Four; ill.
    Sky,
    /// Three; late.
    Orange,
    /// Two; absent.
    Vermillion,
    /// One.
    Purple,
    /// Excused.
    Green,
}

impl Hue {
    /// As it is painted.
    pub fn paint(self) -> &'static str {
        match self {
            Self::Blue => "#0072b2",
            Self::Sky => "#56b4e9",
            Self::Orange => "#e69f00",
            Self::Vermillion => "#d55e00",
            Self::Purple => "#cc79a7",
            Self::Green => "#009e73",
        }
    }

    /// Letters that are read on it: on each the darker or the lighter ones have a contrast of at least 4.5.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Blue => "#ffffff",
            Self::Sky | Self::Orange | Self::Vermillion | Self::Purple | Self::Green => "#0b141b",
        }
    }
}

/// What isn't a hue.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    /// Behind everything.
    pub ground: &'static str,
    /// Letters and lines that matter.
    pub ink: &'static str,
    /// Letters that say what is what.
    pub pale: &'static str,
    /// A bar that isn't filled.
    pub empty: &'static str,
    /// Lines of a grid.
    pub line: &'static str,
    /// A line that is followed with the eye.
    pub strong: &'static str,
    /// A sign of one's own among others.
    pub own: &'static str,
}

impl Paint {
    /// The paint of a tone.
    pub fn of(tone: Tone) -> Self {
        match tone {
            Tone::Light => Self {
                ground: "#ffffff",
                ink: "#1b2733",
                pale: "#5b6b7a",
                empty: "#e3e9ef",
                line: "#c9d3dc",
                strong: "#b34e00",
                own: "#0072b2",
            },
            Tone::Dark => Self {
                ground: "#17212b",
                ink: "#f2f5f7",
                pale: "#a9b8c4",
                empty: "#2c3a47",
                line: "#435463",
                strong: "#f0a040",
                own: "#56b4e9",
            },
        }
    }
}

/// A kind of letters: how high, and how many of a middling width are on a line.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// In pixels.
    pub size: u32,
    /// On a line.
    pub letters: u32,
    /// How thick.
    pub weight: u32,
    /// What doesn't fit in so many lines ends in dots.
    pub most_lines: usize,
}

/// What a picture is about.
pub const TITLE: Type = Type {
    size: 42,
    letters: 42,
    weight: 700,
    most_lines: 5,
};
/// What the matter belongs to.
pub const ABOVE: Type = Type {
    size: 32,
    letters: 58,
    weight: 400,
    most_lines: 3,
};
/// What a row is.
pub const NAME: Type = Type {
    size: 34,
    letters: 54,
    weight: 400,
    most_lines: 3,
};
/// What stands below.
pub const NOTE: Type = Type {
    size: 28,
    letters: 66,
    weight: 400,
    most_lines: 4,
};

/// Where letters stand on their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// They begin there.
    Begin,
    /// They are in the middle of it.
    Middle,
    /// They end there.
    End,
}

/// A sheet that is filled from above.
pub struct Canvas {
    /// What it is drawn with.
    pub paint: Paint,
    /// Where the next thing begins.
    pub y: u32,
    drawn: String,
}

impl Canvas {
    /// An empty one.
    pub fn new(tone: Tone) -> Self {
        Self {
            paint: Paint::of(tone),
            y: EDGE,
            drawn: String::new(),
        }
    }

    /// Whether nothing more has room.
    pub fn is_full(&self) -> bool {
        self.y > HIGHEST
    }

    /// Lines below each other.
    pub fn text(&mut self, text: &str, letters: Type, ink: &str) {
        for line in lines(text, letters) {
            self.y += letters.size;
            let (y, size, weight) = (self.y, letters.size, letters.weight);
            self.put(&format!(
                r#"<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}">{}</text>"#,
                escape(&line)
            ));
            self.y += letters.size / 4;
        }
        self.y += 6;
    }

    /// Letters at a place; `y` is the line they stand on.
    pub fn letters(&mut self, (x, y): (u32, u32), (size, weight): (u32, u32), side: Side, ink: &str, text: &str) {
        let side = match side {
            Side::Begin => "start",
            Side::Middle => "middle",
            Side::End => "end",
        };
        self.put(&format!(
            r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{side}" fill="{ink}">{}</text>"#,
            escape(text)
        ));
    }

    /// A box with rounded corners.
    pub fn bar(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), paint: &str) {
        let round = (height / 5).min(8);
        self.put(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}" fill="{paint}"/>"#
        ));
    }

    /// The edge of such a box.
    pub fn frame(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), (paint, thick): (&str, u32)) {
        let round = (height / 5).min(8);
        self.put(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}" fill="none" stroke="{paint}" stroke-width="{thick}"/>"#
        ));
    }

    /// A straight line, whole or in dashes.
    pub fn line(&mut self, (x1, y1): (u32, u32), (x2, y2): (u32, u32), (paint, thick): (&str, u32), dashed: bool) {
        let dashes = if dashed { r#" stroke-dasharray="14 10""# } else { "" };
        self.put(&format!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{paint}" stroke-width="{thick}"{dashes}/>"#
        ));
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(u32, u32)], (paint, thick): (&str, u32)) {
        let mut said = String::new();
        for (x, y) in points {
            // Writing to a text can't fail.
            let _ = write!(said, "{x},{y} ");
        }
        self.put(&format!(
            r#"<polyline points="{}" fill="none" stroke="{paint}" stroke-width="{thick}" stroke-linejoin="round" stroke-linecap="round"/>"#,
            said.trim_end()
        ));
    }

    /// A circle about a point.
    pub fn circle(&mut self, (x, y): (u32, u32), radius: u32, paint: &str) {
        let edge = self.paint.ground;
        self.put(&format!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{paint}" stroke="{edge}" stroke-width="2"/>"#
        ));
    }

    /// A square about a point.
    pub fn square(&mut self, (x, y): (u32, u32), half: u32, paint: &str) {
        let (edge, side) = (self.paint.ground, half * 2);
        let (x, y) = (x.saturating_sub(half), y.saturating_sub(half));
        self.put(&format!(
            r#"<rect x="{x}" y="{y}" width="{side}" height="{side}" rx="3" fill="{paint}" stroke="{edge}" stroke-width="2"/>"#
        ));
    }

    /// A square on its corner, about a point.
    pub fn diamond(&mut self, (x, y): (u32, u32), half: u32, paint: &str) {
        let edge = self.paint.ground;
        let (left, right) = (x.saturating_sub(half), x + half);
        let (top, bottom) = (y.saturating_sub(half), y + half);
        self.put(&format!(
            r#"<polygon points="{x},{top} {right},{y} {x},{bottom} {left},{y}" fill="{paint}" stroke="{edge}" stroke-width="2"/>"#
        ));
    }

    fn put(&mut self, shape: &str) {
        self.drawn.push_str(shape);
    }

    /// The picture, as long as what is on it.
    pub fn done(self) -> Drawing {
        let height = self.y + EDGE - 10;
        let (ground, drawn) = (self.paint.ground, self.drawn);
        Drawing(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"><rect width="{WIDTH}" height="{height}" fill="{ground}"/>{drawn}</svg>"#
        ))
    }
}

/// How far along a length a number stands between two others, in pixels.
pub fn place(n: i64, (from, to): (i64, i64), length: u32) -> u32 {
    if to <= from {
        return 0;
    }
    let part = i64::from(length) * (n.clamp(from, to) - from) / (to - from);
    u32::try_from(part).unwrap_or(length)
}

/// A text in lines that have room; what is too long ends in dots.
pub fn lines(text: &str, letters: Type) -> Vec<String> {
    let room = letters.letters * 10;
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let width = width(word);
        if used > 0 && used + 5 + width > room {
            lines.push(String::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { break };
        if used > 0 {
            line.push(' ');
            used += 5;
        }
        if width <= room {
            line.push_str(word);
            used += width;
            continue;
        }
        // A word that is longer than a line is cut where the line ends.
        for letter in word.chars() {
            let wide = wide(letter);
            if used + wide > room {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
            used += wide;
        }
    }
    if lines.len() > letters.most_lines {
        lines.truncate(letters.most_lines);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

/// How wide a word is, in tenths of a middling letter.
pub fn width(word: &str) -> u32 {
    word.chars().map(wide).sum()
}

/// How wide a letter is, in tenths of a middling one.
fn wide(letter: char) -> u32 {
    if letter.is_uppercase() {
        14
    } else if letter.is_ascii_punctuation() {
        6
    } else if letter.is_alphanumeric() {
        10
    } else {
        18
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn p7_no_line_is_wider_than_the_picture_and_no_word_is_lost(text in "(\\PC{1,30} ){0,6}") {
            let found = lines(&text, NAME);
            prop_assert!(found.len() <= NAME.most_lines);
            for line in &found {
                // The dots stand for the letter that they took away.
                let words = line.trim_end_matches('…').split(' ').map(|it| width(it) + 5);
                prop_assert!(words.sum::<u32>() <= NAME.letters * 10 + 5, "{line}");
            }
            if found.len() < NAME.most_lines {
                let kept: String = found.concat().split_whitespace().collect();
                let all: String = text.split_whitespace().collect();
                prop_assert_eq!(kept, all);
            }
        }
    }
}
