//! Bars as an SVG picture: the name above its bar, so that a long one has room on a phone.

use std::fmt::Write as _;

use super::{Bar, Chart, Group};
use crate::words::escape;

/// The letters.
pub const FAMILY: &str = "PT Sans";

const WIDTH: u32 = 1080;
const EDGE: u32 = 48;
/// What is kept free behind the longest bar for what is said of it.
const SAID: u32 = 190;
const BAR: u32 = 34;
/// What is kept free for a narrow name beside its bar, and the widest of them.
const BESIDE: u32 = 96;
const NARROW: u32 = 45;
/// No bar begins below this: the messenger shows no picture whose sides have ten thousand together.
const HIGHEST: u32 = 8_300;

const INK: &str = "#1b2733";
const PALE: &str = "#5b6b7a";
const FULL: &str = "#1f6fb2";
const EMPTY: &str = "#e3e9ef";

/// A kind of letters: how high, and how many of a middling width are on a line.
#[derive(Clone, Copy)]
struct Type {
    size: u32,
    letters: u32,
    weight: u32,
    most_lines: usize,
}

const TITLE: Type = Type {
    size: 42,
    letters: 42,
    weight: 700,
    most_lines: 5,
};
const ABOVE: Type = Type {
    size: 32,
    letters: 58,
    weight: 400,
    most_lines: 3,
};
const NAME: Type = Type {
    size: 34,
    letters: 54,
    weight: 400,
    most_lines: 3,
};
const NOTE: Type = Type {
    size: 28,
    letters: 66,
    weight: 400,
    most_lines: 3,
};

/// The picture.
pub fn svg(chart: &Chart) -> String {
    let mut drawn = String::new();
    let mut y = EDGE;
    for group in &chart.groups {
        y = draw_group(&mut drawn, group, chart.full, y);
        if y > HIGHEST {
            y = draw_text(&mut drawn, "…", TITLE, INK, y);
            break;
        }
    }
    y = draw_text(&mut drawn, &chart.note, NOTE, PALE, y);
    let height = y + EDGE - 10;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"><rect width="{WIDTH}" height="{height}" fill="white"/>{drawn}</svg>"#
    )
}

fn draw_group(drawn: &mut String, group: &Group, full: i64, y: u32) -> u32 {
    let y = if group.above.is_empty() {
        y
    } else {
        draw_text(drawn, &group.above, ABOVE, PALE, y)
    };
    let mut y = draw_text(drawn, &group.title, TITLE, INK, y) + 16;
    // Names of classes and numbers stand beside their bars: a row each.
    let is_narrow = group.bars.iter().all(|it| width(&it.name) <= NARROW);
    for bar in &group.bars {
        if y > HIGHEST {
            break;
        }
        y = draw_bar(drawn, bar, (full, is_narrow), y);
    }
    y + 20
}

fn draw_bar(drawn: &mut String, bar: &Bar, (full, is_narrow): (i64, bool), y: u32) -> u32 {
    let (y, left) = if is_narrow {
        let (name, middle) = (escape(&bar.name), y + BAR - 5);
        // Writing to a text can't fail.
        let _ = write!(
            drawn,
            r#"<text x="{EDGE}" y="{middle}" font-size="{}" fill="{INK}">{name}</text>"#,
            NAME.size
        );
        (y, EDGE + BESIDE)
    } else {
        (draw_text(drawn, &bar.name, NAME, INK, y) + 2, EDGE)
    };
    let room = WIDTH - EDGE - SAID - left;
    let length = length(bar.n, full, room);
    let filled = if length > 0 {
        format!(r#"<rect x="{left}" y="{y}" width="{length}" height="{BAR}" rx="6" fill="{FULL}"/>"#)
    } else {
        String::new()
    };
    let said = escape(&bar.said);
    let (middle, x) = (y + BAR - 7, left + room + 16);
    let _ = write!(
        drawn,
        r#"<rect x="{left}" y="{y}" width="{room}" height="{BAR}" rx="6" fill="{EMPTY}"/>{filled}<text x="{x}" y="{middle}" font-size="{}" font-weight="700" fill="{INK}">{said}</text>"#,
        NAME.size - 2
    );
    y + BAR + if is_narrow { 14 } else { 24 }
}

/// How long a bar is, in pixels: what is there at all is seen.
fn length(n: i64, full: i64, room: u32) -> u32 {
    if n <= 0 || full <= 0 {
        return 0;
    }
    let part = i64::from(room) * n.min(full) / full;
    u32::try_from(part).unwrap_or(room).max(12)
}

/// Lines below each other; where the next thing begins.
fn draw_text(drawn: &mut String, text: &str, letters: Type, ink: &str, y: u32) -> u32 {
    let mut y = y;
    for line in lines(text, letters) {
        y += letters.size;
        let (size, weight) = (letters.size, letters.weight);
        let line = escape(&line);
        let _ = write!(
            drawn,
            r#"<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}">{line}</text>"#
        );
        y += letters.size / 4;
    }
    y + 6
}

/// A text in lines that have room; what is too long ends in dots.
fn lines(text: &str, letters: Type) -> Vec<String> {
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

fn width(word: &str) -> u32 {
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

    #[test]
    fn p7_a_bar_is_as_long_as_its_share_and_what_is_there_is_seen() {
        assert_eq!(length(0, 10, 800), 0);
        assert_eq!(length(5, 10, 800), 400);
        assert_eq!(length(10, 10, 800), 800);
        assert_eq!(length(1, 1_000, 800), 12);
        assert_eq!(length(3, 0, 800), 0, "nobody answered");
        assert_eq!(length(12, 10, 800), 800, "several options each");
    }

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
