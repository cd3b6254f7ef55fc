//! What wholes are made of: bars of parts side by side, always in one order, each with its letter where it has room.

use super::canvas::{Canvas, EDGE, NAME, NOTE, Side, TITLE, WIDTH};
use super::{Hue, Tone};
use crate::chat::Drawing;

const BAR: u32 = 46;
/// What is kept free behind the bars for what is said.
const SAID: u32 = 130;
/// A part that isn't nothing is at least so wide.
const LEAST: u32 = 6;

/// Bars of parts, below each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stacks {
    /// What is shown.
    pub title: String,
    /// From above.
    pub rows: Vec<Stack>,
    /// The sum that reaches the edge; without it each bar does, whatever its sum.
    pub full: Option<i64>,
    /// What parts are called.
    pub legend: Vec<(Hue, String, String)>,
    /// What stands below.
    pub note: String,
}

/// A bar of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// What it is of.
    pub name: String,
    /// Its parts in order: the hue, how many, and the letter within.
    pub parts: Vec<(Hue, i64, String)>,
    /// What stands behind.
    pub said: String,
}

impl Stacks {
    /// The picture.
    pub fn draw(&self, tone: Tone) -> Drawing {
        let mut canvas = Canvas::new(tone);
        let (ink, pale) = (canvas.paint.ink, canvas.paint.pale);
        canvas.text(&self.title, TITLE, ink);
        canvas.y += 12;
        for row in &self.rows {
            if canvas.is_full() {
                canvas.text("…", TITLE, ink);
                break;
            }
            self.row(&mut canvas, row);
        }
        canvas.y += 10;
        for (hue, letter, name) in &self.legend {
            canvas.bar((EDGE, canvas.y), (52, 38), hue.paint());
            let within = (EDGE + 26, canvas.y + 29);
            canvas.letters(within, (28, 700), Side::Middle, hue.letters(), letter);
            canvas.letters((EDGE + 70, canvas.y + 29), (NOTE.size, 400), Side::Begin, ink, name);
            canvas.y += 48;
        }
        canvas.text(&self.note, NOTE, pale);
        canvas.done()
    }

    fn row(&self, canvas: &mut Canvas, row: &Stack) {
        let paint = canvas.paint;
        canvas.text(&row.name, NAME, paint.ink);
        canvas.y += 2;
        let room = WIDTH - 2 * EDGE - SAID;
        canvas.bar((EDGE, canvas.y), (room, BAR), paint.empty);
        let sum: i64 = row.parts.iter().map(|it| it.1).sum();
        let lengths = lengths(&row.parts, self.full.unwrap_or(sum), room);
        let mut x = EDGE;
        for ((hue, _, letter), length) in row.parts.iter().zip(lengths) {
            if length == 0 {
                continue;
            }
            canvas.bar((x, canvas.y), (length.saturating_sub(3).max(3), BAR), hue.paint());
            if length >= 34 {
                let within = (x + length / 2 - 1, canvas.y + BAR - 12);
                canvas.letters(within, (30, 700), Side::Middle, hue.letters(), letter);
            }
            x += length;
        }
        let behind = (WIDTH - EDGE, canvas.y + BAR - 12);
        canvas.letters(behind, (32, 700), Side::End, paint.ink, &row.said);
        canvas.y += BAR + 22;
    }
}

/// How long the parts are, together no longer than the room.
fn lengths(parts: &[(Hue, i64, String)], full: i64, room: u32) -> Vec<u32> {
    let mut before = 0;
    let mut used = 0;
    let places = parts.iter().map(|(_, n, _)| {
        before += (*n).max(0);
        let end = super::canvas::place(before, (0, full), room);
        let least = if *n > 0 { used + LEAST } else { used };
        let length = end.max(least).min(room).saturating_sub(used);
        used += length;
        length
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_stay_within_the_bar_and_none_that_is_there_is_lost(
            counts in prop::collection::vec(0_i64..400, 5),
            more in 0_i64..1_000,
        ) {
            let parts: Vec<_> = counts.iter().map(|n| (Hue::Blue, *n, String::new())).collect();
            let sum: i64 = counts.iter().sum();
            let lengths = lengths(&parts, sum + more, 800);
            prop_assert!(lengths.iter().sum::<u32>() <= 800);
            if sum + more > 0 && more > 100 {
                for (n, length) in counts.iter().zip(&lengths) {
                    prop_assert_eq!(*n > 0, *length > 0);
                }
            }
        }
    }
}
