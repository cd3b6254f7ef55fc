//! Days of months as calendars have them, two months side by side; a day that matters has its letter.

use super::canvas::{Canvas, EDGE, NOTE, Side, TITLE, WIDTH};
use super::{Hue, Tone};
use crate::chat::Drawing;

const COLUMNS: u32 = 7;
const BETWEEN: u32 = 48;
const CELL: u32 = (WIDTH - 2 * EDGE - BETWEEN) / (2 * COLUMNS);

/// Months with their days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Whose, and when.
    pub title: String,
    /// In order.
    pub months: Vec<Month>,
    /// What the days of a week are called, from Monday.
    pub weekdays: [String; 7],
    /// What letters mean, each with its hue.
    pub legend: Vec<(Hue, String, String)>,
    /// What stands below.
    pub note: String,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// «ноябрь».
    pub name: String,
    /// On which day of the week it begins, from 0.
    pub begins: u32,
    /// Its days.
    pub days: Vec<Day>,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// Nothing was that day.
    Off,
    /// Something was, and nothing is to be said.
    Clear,
    /// A letter, perhaps with a number: «н 3».
    Said(Hue, String),
}

impl Calendar {
    /// The picture.
    pub fn draw(&self, tone: Tone) -> Drawing {
        let mut canvas = Canvas::new(tone);
        let (ink, pale) = (canvas.paint.ink, canvas.paint.pale);
        canvas.text(&self.title, TITLE, ink);
        canvas.y += 10;
        for pair in self.months.chunks(2) {
            if canvas.is_full() {
                canvas.text("…", TITLE, ink);
                break;
            }
            let top = canvas.y;
            let mut lowest = top;
            for (idx, month) in (0_u32..).zip(pair) {
                let left = EDGE + idx * (COLUMNS * CELL + BETWEEN);
                lowest = lowest.max(self.month(&mut canvas, month, (left, top)));
            }
            canvas.y = lowest + 20;
        }
        for (hue, letter, name) in &self.legend {
            let top = (EDGE, canvas.y);
            cell(&mut canvas, top, (*hue, letter));
            let at = (EDGE + CELL + 18, canvas.y + 40);
            canvas.letters(at, (NOTE.size, 400), Side::Begin, ink, name);
            canvas.y += CELL + 4;
        }
        canvas.y += 6;
        canvas.text(&self.note, NOTE, pale);
        canvas.done()
    }

    /// A month at a place; where it ends below.
    fn month(&self, canvas: &mut Canvas, month: &Month, (left, top): (u32, u32)) -> u32 {
        let paint = canvas.paint;
        canvas.letters((left, top + 36), (34, 700), Side::Begin, paint.ink, &month.name);
        for (idx, name) in (0_u32..).zip(&self.weekdays) {
            let at = (left + idx * CELL + CELL / 2, top + 78);
            canvas.letters(at, (24, 400), Side::Middle, paint.pale, name);
        }
        let first = top + 92;
        let mut bottom = first;
        for (idx, day) in (0_u32..).zip(&month.days) {
            let at = idx + month.begins;
            let place = (left + at % COLUMNS * CELL, first + at / COLUMNS * CELL);
            bottom = place.1 + CELL;
            let number = (idx + 1).to_string();
            let below = (place.0 + CELL / 2, place.1 + CELL / 2 + 9);
            match day {
                Day::Off => canvas.letters(below, (24, 400), Side::Middle, paint.line, &number),
                Day::Clear => {
                    canvas.bar((place.0 + 2, place.1 + 2), (CELL - 4, CELL - 4), paint.empty);
                    canvas.letters(below, (24, 400), Side::Middle, paint.ink, &number);
                }
                Day::Said(hue, said) => {
                    cell(canvas, place, (*hue, said));
                    let corner = (place.0 + 7, place.1 + 23);
                    canvas.letters(corner, (20, 400), Side::Begin, hue.letters(), &number);
                }
            }
        }
        bottom
    }
}

/// A day with its letter.
fn cell(canvas: &mut Canvas, (x, y): (u32, u32), (hue, said): (Hue, &str)) {
    canvas.bar((x + 2, y + 2), (CELL - 4, CELL - 4), hue.paint());
    let at = (x + CELL / 2, y + CELL - 13);
    canvas.letters(at, (32, 700), Side::Middle, hue.letters(), said);
}
