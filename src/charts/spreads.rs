//! One's own against the many: in each row the middle half as a band, the median as a line, one's own as a diamond.

use super::Tone;
use super::canvas::{Canvas, EDGE, NAME, NOTE, Side, TITLE, WIDTH, place};
use crate::chat::Drawing;

const LANE: u32 = 46;
/// What is kept free behind the lanes for what is said.
const SAID: u32 = 130;

/// Rows on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spreads {
    /// Whose, and when.
    pub title: String,
    /// From above.
    pub rows: Vec<Row>,
    /// What a diamond, a line and a band are called.
    pub names: [String; 3],
    /// What stands below.
    pub note: String,
}

/// A row. Heights are in hundredths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// One's own.
    pub own: Option<i64>,
    /// The lower quartile, the median and the upper quartile of the many.
    pub many: Option<(i64, i64, i64)>,
    /// What stands behind: one's own in words.
    pub said: String,
}

impl Spreads {
    /// The picture.
    pub fn draw(&self, tone: Tone) -> Drawing {
        let mut canvas = Canvas::new(tone);
        let (ink, pale) = (canvas.paint.ink, canvas.paint.pale);
        canvas.text(&self.title, TITLE, ink);
        canvas.y += 12;
        let own = self.rows.iter().filter_map(|it| it.own);
        let low = own
            .chain(self.rows.iter().filter_map(|it| it.many).map(|it| it.0))
            .min()
            .unwrap_or(200);
        let scale = (if low < 200 { 100 } else { 200 }, 500);
        Self::numbers(&mut canvas, scale);
        for row in &self.rows {
            if canvas.is_full() {
                canvas.text("…", TITLE, ink);
                break;
            }
            lane(&mut canvas, row, scale);
        }
        Self::numbers(&mut canvas, scale);
        canvas.y += 14;
        self.legend(&mut canvas);
        canvas.text(&self.note, NOTE, pale);
        canvas.done()
    }

    /// The scale above the lanes and below them.
    fn numbers(canvas: &mut Canvas, scale: (i64, i64)) {
        let pale = canvas.paint.pale;
        for mark in (scale.0 / 100)..=(scale.1 / 100) {
            let at = (across(mark * 100, scale), canvas.y + 28);
            canvas.letters(at, (28, 700), Side::Middle, pale, &mark.to_string());
        }
        canvas.y += 40;
    }

    fn legend(&self, canvas: &mut Canvas) {
        let (ink, paint) = (canvas.paint.ink, canvas.paint);
        let [own, median, band] = &self.names;
        let many = self.rows.iter().any(|it| it.many.is_some());
        for (idx, name) in [own, median, band]
            .into_iter()
            .enumerate()
            .take(if many { 3 } else { 1 })
        {
            let place = (EDGE + 30, canvas.y + 18);
            match idx {
                0 => canvas.diamond(place, 16, paint.own),
                1 => canvas.line(
                    (place.0, place.1 - 16),
                    (place.0, place.1 + 16),
                    (paint.strong, 7),
                    false,
                ),
                _ => band_at(canvas, (EDGE, canvas.y + 4), (60, 28)),
            }
            canvas.letters((EDGE + 78, canvas.y + 28), (NOTE.size, 400), Side::Begin, ink, name);
            canvas.y += 44;
        }
        canvas.y += 4;
    }
}

fn across(n: i64, scale: (i64, i64)) -> u32 {
    EDGE + 20 + place(n, scale, WIDTH - 2 * EDGE - SAID - 40)
}

fn band_at(canvas: &mut Canvas, at: (u32, u32), size: (u32, u32)) {
    let paint = canvas.paint;
    canvas.bar(at, size, paint.empty);
    canvas.frame(at, size, (paint.pale, 3));
}

fn lane(canvas: &mut Canvas, row: &Row, scale: (i64, i64)) {
    let paint = canvas.paint;
    canvas.text(&row.name, NAME, paint.ink);
    let (top, middle) = (canvas.y, canvas.y + LANE / 2);
    let (left, right) = (across(scale.0, scale), across(scale.1, scale));
    canvas.line((left, middle), (right, middle), (paint.line, 2), false);
    for mark in (scale.0 / 100)..=(scale.1 / 100) {
        let x = across(mark * 100, scale);
        canvas.line((x, middle - 10), (x, middle + 10), (paint.line, 2), false);
    }
    if let Some((lower, median, upper)) = row.many {
        let (from, to) = (across(lower, scale), across(upper, scale));
        band_at(canvas, (from, top + 5), ((to - from).max(8), LANE - 10));
        let x = across(median, scale);
        canvas.line((x, top), (x, top + LANE), (paint.strong, 7), false);
    }
    if let Some(own) = row.own {
        canvas.diamond((across(own, scale), middle), 19, paint.own);
    }
    let behind = (WIDTH - EDGE, middle + 11);
    canvas.letters(behind, (32, 700), Side::End, paint.ink, &row.said);
    canvas.y += LANE + 18;
}
