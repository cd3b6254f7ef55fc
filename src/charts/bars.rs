//! Bars below each other: the name above its bar, so that a long one has room on a phone.

use super::canvas::{ABOVE, Canvas, EDGE, NAME, NOTE, TITLE, WIDTH, width};
use super::{Hue, Tone};
use crate::chat::Drawing;

/// What is kept free behind the longest bar for what is said of it.
const SAID: u32 = 190;
const BAR: u32 = 34;
/// What is kept free for a narrow name beside its bar, and the widest of them.
const BESIDE: u32 = 96;
const NARROW: u32 = 45;

/// Bars below each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The groups, from above.
    pub groups: Vec<Group>,
    /// The number of a bar that reaches the edge.
    pub full: i64,
    /// A number that bars are held against, with its name.
    pub line: Option<(i64, String)>,
    /// What stands below: of how many, and when.
    pub note: String,
}

/// One question, or one matter: what stands above its bars, and the bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the matter belongs to, in smaller letters above it; nothing where that is said already.
    pub above: String,
    /// What is counted.
    pub title: String,
    /// Each with its name, its number and what is said of it: «12 (67 %)».
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub name: String,
    /// How long it is, of [`Bars::full`].
    pub n: i64,
    /// What stands at its end.
    pub said: String,
}

impl Bars {
    /// The picture.
    pub fn draw(&self, tone: Tone) -> Drawing {
        let mut canvas = Canvas::new(tone);
        let (ink, pale) = (canvas.paint.ink, canvas.paint.pale);
        for group in &self.groups {
            if !group.above.is_empty() {
                canvas.text(&group.above, ABOVE, pale);
            }
            canvas.text(&group.title, TITLE, ink);
            canvas.y += 16;
            // Names of classes and numbers stand beside their bars: a row each.
            let is_narrow = group.bars.iter().all(|it| width(&it.name) <= NARROW);
            for bar in &group.bars {
                if canvas.is_full() {
                    break;
                }
                self.bar(&mut canvas, bar, is_narrow);
            }
            canvas.y += 20;
            if canvas.is_full() {
                canvas.text("…", TITLE, ink);
                break;
            }
        }
        if let Some((_, name)) = &self.line {
            canvas.line(
                (EDGE, canvas.y + 18),
                (EDGE + 60, canvas.y + 18),
                (canvas.paint.strong, 5),
                true,
            );
            canvas.letters(
                (EDGE + 78, canvas.y + 28),
                (NOTE.size, 400),
                super::canvas::Side::Begin,
                ink,
                name,
            );
            canvas.y += 48;
        }
        canvas.text(&self.note, NOTE, pale);
        canvas.done()
    }

    fn bar(&self, canvas: &mut Canvas, bar: &Bar, is_narrow: bool) {
        let ink = canvas.paint.ink;
        let left = if is_narrow {
            let at = (EDGE, canvas.y + BAR - 5);
            canvas.letters(at, (NAME.size, 400), super::canvas::Side::Begin, ink, &bar.name);
            EDGE + BESIDE
        } else {
            canvas.text(&bar.name, NAME, ink);
            canvas.y += 2;
            EDGE
        };
        let room = WIDTH - EDGE - SAID - left;
        let (y, empty) = (canvas.y, canvas.paint.empty);
        canvas.bar((left, y), (room, BAR), empty);
        let length = length(bar.n, self.full, room);
        if length > 0 {
            canvas.bar((left, y), (length, BAR), Hue::Blue.paint());
        }
        if let Some((at, _)) = self.line
            && self.full > 0
        {
            let x = left + super::canvas::place(at, (0, self.full), room);
            canvas.line((x, y - 6), (x, y + BAR + 6), (canvas.paint.strong, 5), true);
        }
        let x = left + room + 16;
        canvas.letters(
            (x, y + BAR - 7),
            (NAME.size - 2, 700),
            super::canvas::Side::Begin,
            ink,
            &bar.said,
        );
        canvas.y += BAR + if is_narrow { 14 } else { 24 };
    }
}

/// How long a bar is, in pixels: what is there at all is seen.
fn length(n: i64, full: i64, room: u32) -> u32 {
    if n <= 0 || full <= 0 {
        return 0;
    }
    let part = i64::from(room) * n.min(full) / full;
    u32::try_from(part).unwrap_or(room).max(12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p7_a_bar_is_as_long_as_its_share_and_what_is_there_is_seen() {
        assert_eq!(length(0, 10, 800), 0);
        assert_eq!(length(5, 10, 800), 400);
        assert_eq!(length(10, 10, 800), 800);
        assert_eq!(length(1, 1_000, 800), 12);
        assert_eq!(length(3, 0, 800), 0, "nobody answered");
        assert_eq!(length(12, 10, 800), 800, "several options each");
    }
}
