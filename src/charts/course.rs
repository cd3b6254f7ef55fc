//! How marks went: each at its height, the average that they come to, and the bounds that it is held against.

use super::canvas::{Canvas, EDGE, NOTE, Side, TITLE, WIDTH, place};
use super::{Hue, Tone};
use crate::chat::Drawing;

const HIGH: u32 = 620;
/// What is kept free on the left for the scale, and on the right for the last average.
const SCALE: u32 = 60;
const LAST: u32 = 110;

/// Marks in order, and their average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Whose, in what, when.
    pub title: String,
    /// The marks in order.
    pub points: Vec<Point>,
    /// Heights that the average is held against, in hundredths, each with its name.
    pub bounds: Vec<(i64, String)>,
    /// What the last average is, as words: «4,43».
    pub last: String,
    /// What a circle, a square and the line are called.
    pub names: [String; 3],
    /// What stands below.
    pub note: String,
}

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it counts, in hundredths.
    pub at: i64,
    /// As it is said.
    pub said: String,
    /// Whether it weighs more than a usual one.
    pub is_heavy: bool,
    /// The average that it makes, in hundredths.
    pub average: Option<i64>,
    /// What begins with it, as a month: its name.
    pub begins: Option<String>,
}

impl Course {
    /// The picture.
    pub fn draw(&self, tone: Tone) -> Drawing {
        let mut canvas = Canvas::new(tone);
        let (ink, pale) = (canvas.paint.ink, canvas.paint.pale);
        canvas.text(&self.title, TITLE, ink);
        canvas.y += 24;
        let top = canvas.y;
        let low = self.points.iter().map(|it| it.at).min().unwrap_or(200).min(200);
        let height = |at: i64| top + 40 + (HIGH - 80) - place(at, (low, 500), HIGH - 80);
        Self::scale(&mut canvas, (low, top), &height);
        let xs = self.places();
        self.months(&mut canvas, &xs, top);
        for (at, name) in &self.bounds {
            let y = height(*at);
            canvas.line((EDGE + SCALE, y), (WIDTH - EDGE - LAST, y), (ink, 2), true);
            // No mark stands at a bound's height, so there is room.
            canvas.letters((EDGE + SCALE + 10, y - 10), (26, 400), Side::Begin, ink, name);
        }
        // The marks stand before the line, so that each is read.
        self.average(&mut canvas, &xs, &height);
        let radius = self.radius();
        for (point, x) in self.points.iter().zip(&xs) {
            let place = (*x, height(point.at));
            let hue = if point.is_heavy { Hue::Sky } else { Hue::Blue };
            if point.is_heavy {
                canvas.square(place, radius, hue.paint());
            } else {
                canvas.circle(place, radius, hue.paint());
            }
            if radius >= 16 {
                let size = radius * 6 / 5;
                let below = place.1 + size * 36 / 100;
                canvas.letters((place.0, below), (size, 700), Side::Middle, hue.letters(), &point.said);
            }
        }
        self.last(&mut canvas, &xs, &height);
        canvas.y = top + HIGH + 60;
        self.legend(&mut canvas);
        canvas.text(&self.note, NOTE, pale);
        canvas.done()
    }

    /// The heights of the marks that there are.
    fn scale(canvas: &mut Canvas, (low, top): (i64, u32), height: &impl Fn(i64) -> u32) {
        let (pale, line) = (canvas.paint.pale, canvas.paint.line);
        for mark in (low / 100)..=5 {
            let y = height(mark * 100);
            canvas.line((EDGE + SCALE, y), (WIDTH - EDGE - LAST, y), (line, 2), false);
            canvas.letters((EDGE, y + 12), (36, 700), Side::Begin, pale, &mark.to_string());
        }
        let bottom = (EDGE + SCALE, top + HIGH);
        canvas.line(bottom, (WIDTH - EDGE - LAST, top + HIGH), (line, 2), false);
    }

    /// Where the marks stand, side by side and as far apart.
    fn places(&self) -> Vec<u32> {
        let room = WIDTH - 2 * EDGE - SCALE - LAST - 60;
        let n = u32::try_from(self.points.len()).unwrap_or(u32::MAX).max(1);
        (0..n)
            .map(|idx| EDGE + SCALE + 30 + (room * (2 * idx + 1)) / (2 * n))
            .take(self.points.len())
            .collect()
    }

    fn radius(&self) -> u32 {
        let n = u32::try_from(self.points.len()).unwrap_or(u32::MAX).max(1);
        ((WIDTH - 2 * EDGE - SCALE - LAST - 60) / n * 45 / 100).clamp(7, 26)
    }

    /// Lines between months, each with its name below.
    fn months(&self, canvas: &mut Canvas, xs: &[u32], top: u32) {
        let (pale, line) = (canvas.paint.pale, canvas.paint.line);
        // A name that would run into the one before isn't written.
        let mut free = 0;
        for (idx, (point, x)) in self.points.iter().zip(xs).enumerate() {
            let Some(name) = &point.begins else { continue };
            let before = idx.checked_sub(1).and_then(|it| xs.get(it));
            let at = before.map_or(EDGE + SCALE, |before| before.midpoint(*x));
            canvas.line((at, top), (at, top + HIGH), (line, 2), idx > 0);
            if at >= free {
                canvas.letters((at + 6, top + HIGH + 34), (26, 400), Side::Begin, pale, name);
                free = at + 30 + u32::try_from(name.chars().count()).unwrap_or(10) * 16;
            }
        }
    }

    fn line_of(&self, xs: &[u32], height: &impl Fn(i64) -> u32) -> Vec<(u32, u32)> {
        let with = self.points.iter().zip(xs);
        with.filter_map(|(point, x)| Some((*x, height(point.average?))))
            .collect()
    }

    fn average(&self, canvas: &mut Canvas, xs: &[u32], height: &impl Fn(i64) -> u32) {
        let mut line = self.line_of(xs, height);
        // It goes on to the edge, where its last value stands and no mark does.
        if let Some((_, y)) = line.last().copied() {
            line.push((WIDTH - EDGE - LAST, y));
            canvas.path(&line, (canvas.paint.strong, 7));
        }
    }

    /// Where the average has come to.
    fn last(&self, canvas: &mut Canvas, xs: &[u32], height: &impl Fn(i64) -> u32) {
        let strong = canvas.paint.strong;
        if let Some((_, y)) = self.line_of(xs, height).last().copied() {
            let end = WIDTH - EDGE - LAST;
            canvas.diamond((end, y), 13, strong);
            let place = (end + 22, y + 14);
            canvas.letters(place, (38, 700), Side::Begin, strong, &self.last);
        }
    }

    fn legend(&self, canvas: &mut Canvas) {
        let (ink, strong) = (canvas.paint.ink, canvas.paint.strong);
        let [usual, heavy, average] = &self.names;
        for (idx, name) in [usual, heavy, average].into_iter().enumerate() {
            let is_there = match idx {
                0 => self.points.iter().any(|it| !it.is_heavy),
                1 => self.points.iter().any(|it| it.is_heavy),
                _ => self.points.iter().any(|it| it.average.is_some()),
            };
            if !is_there {
                continue;
            }
            let place = (EDGE + 30, canvas.y + 18);
            match idx {
                0 => canvas.circle(place, 14, Hue::Blue.paint()),
                1 => canvas.square(place, 14, Hue::Sky.paint()),
                _ => {
                    canvas.line((EDGE, place.1), (EDGE + 60, place.1), (strong, 7), false);
                    canvas.diamond(place, 13, strong);
                }
            }
            canvas.letters((EDGE + 78, canvas.y + 28), (NOTE.size, 400), Side::Begin, ink, name);
            canvas.y += 44;
        }
        canvas.y += 4;
    }
}
