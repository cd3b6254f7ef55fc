//! A link as a square for a phone's camera.

use anyhow::Context as _;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// The square as an SVG picture, with its quiet edge.
pub fn svg(link: &str) -> anyhow::Result<String> {
    // A slip is folded and carried in a pocket: a quarter of it may be spoilt.
    let code = QrCode::with_error_correction_level(link, EcLevel::Q).context("a link that is too long for a square")?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(200, 200).build())
}
