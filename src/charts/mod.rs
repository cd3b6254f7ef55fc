//! Charts: numbers and words become a picture that a phone shows in the chat. It knows no feature: whoever draws says
//! every word.
//!
//! A chart is written as SVG, which is pure and takes no time, and becomes pixels by resvg when it is shown. plotters was
//! weighed and not taken: it draws axes and lines well, but has neither a calendar nor words that break into lines, its
//! letters are measured by another rasteriser than those of the printed papers, and two ways of drawing in one house
//! would be two looks. What it would do here is a page of arithmetic.

mod bars;
mod calendar;
mod canvas;
mod course;
mod spreads;
mod stacks;

use anyhow::Context as _;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

use crate::chat::Drawing;

pub use bars::{Bar, Bars, Group};
pub use calendar::{Calendar, Day, Month};
pub use canvas::Hue;
pub use course::{Course, Point};
pub use spreads::{Row, Spreads};
pub use stacks::{Stack, Stacks};

/// Whether a picture is for the day or for the night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Tone {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The letters.
const FAMILY: &str = "PT Sans";

/// PT Sans: the letters of paper and of charts are the same.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../assets/fonts/PTS55F.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../assets/fonts/PTS75F.ttf").to_vec());
    Arc::new(fonts)
});

/// Makes pixels of a drawing, as a PNG, in a thread where that holds nobody up.
pub async fn draw(drawing: Drawing) -> anyhow::Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || png(&drawing))
        .await
        .context("the thread that draws")?
}

/// The picture.
pub fn png(drawing: &Drawing) -> anyhow::Result<Vec<u8>> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(&drawing.0, &options).context("a chart that can't be read")?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).context("a chart without a size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().context("writing a picture")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Bars {
        let bar = |name: &str, n: i64, said: &str| Bar {
            name: name.to_owned(),
            n,
            said: said.to_owned(),
        };
        Bars {
            groups: vec![
                Group {
                    above: String::new(),
                    title: "Когда удобно собрание, чтобы успели и те, кто работает до шести?".to_owned(),
                    bars: vec![
                        bar("чт 26.11, 18:30", 12, "12 (67 %)"),
                        bar(
                            "пт 27.11, 18:30, в актовом зале вместе с параллельным классом, если придёт больше тридцати",
                            4,
                            "4 (22 %)",
                        ),
                        bar("не смогу <совсем> & «никак»", 2, "2 (11 %)"),
                    ],
                },
                Group {
                    above: "О поездке".to_owned(),
                    title: "Как прошла поездка?".to_owned(),
                    bars: (1..=5).map(|n| bar(&n.to_string(), n * n - 1, "0 (0 %)")).collect(),
                },
            ],
            full: 18,
            line: None,
            note: "Итоги на вт 24.11, 17:52: ответили 18 из 21 семьи".to_owned(),
        }
    }

    /// How many pixels are as dark as letters or as blue as a bar.
    fn drawn(png: &[u8]) -> (usize, usize) {
        let pixels = Pixmap::decode_png(png).unwrap();
        let is = |r: u8, g: u8, b: u8| {
            pixels
                .pixels()
                .iter()
                .filter(|it| (it.red(), it.green(), it.blue()) == (r, g, b))
                .count()
        };
        (is(0x1b, 0x27, 0x33), is(0x00, 0x72, 0xb2))
    }

    #[test]
    fn p7_a_chart_has_its_letters_and_its_bars() {
        let (letters, blue) = drawn(&png(&chart().draw(Tone::Light)).unwrap());
        assert!(letters > 5_000, "{letters}: no letters, the fonts aren't found");
        // 12 + 4 + 2 + 0 + 3 + 8 + 15 + 18 of the second's 24, which is cut at the edge.
        assert!(blue > 60 * 34 * 30, "{blue}");
        let mut nobody = chart();
        nobody
            .groups
            .iter_mut()
            .flat_map(|it| &mut it.bars)
            .for_each(|it| it.n = 0);
        assert_eq!(drawn(&png(&nobody.draw(Tone::Light)).unwrap()).1, 0);
    }

    #[test]
    fn p7_many_questions_stay_within_what_telegram_shows() {
        let mut long = chart();
        long.groups = vec![long.groups[0].clone(); 60];
        let pixels = Pixmap::decode_png(&png(&long.draw(Tone::Light)).unwrap()).unwrap();
        assert!(pixels.width() + pixels.height() <= 10_000, "{}", pixels.height());
    }
}
