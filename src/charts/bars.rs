//! Bars below each other: the name above its bar, so that a long one has room on a phone.

use super::canvas::{Canvas, EDGE, NAME, NOTE, TITLE, WIDTH};
use super::{Hue, Tone};
use crate::chat::Drawing;

/// What is kept free behind the longest bar for what is said of it.
const SAID: u32 = 190;
const BAR: u32 = 34;

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
            canvas.text(&group.title, TITLE, ink);
            canvas.y += 16;
            for bar in &group.bars {
                if canvas.is_full() {
                    break;
                }
                self.bar(&mut canvas, bar);
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

    fn bar(&self, canvas: &mut Canvas, bar: &Bar) {
        let ink = canvas.paint.ink;
        canvas.text(&bar.name, NAME, ink);
        canvas.y += 2;
        let room = WIDTH - 2 * EDGE - SAID;
        let (y, empty) = (canvas.y, canvas.paint.empty);
        canvas.bar((EDGE, y), (room, BAR), empty);
        let length = length(bar.n, self.full, room);
        if length > 0 {
            canvas.bar((EDGE, y), (length, BAR), Hue::Blue.paint());
        }
        if let Some((at, _)) = self.line
            && self.full > 0
        {
            let x = EDGE + super::canvas::place(at, (0, self.full), room);
            canvas.line((x, y - 6), (x, y + BAR + 6), (canvas.paint.strong, 5), true);
        }
        let x = EDGE + room + 16;
        canvas.letters(
            (x, y + BAR - 7),
            (NAME.size - 2, 700),
            super::canvas::Side::Begin,
            ink,
            &bar.said,
        );
        canvas.y += BAR + 24;
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
