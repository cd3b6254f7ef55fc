//! Samples of the screens of a school's words.

use super::{MOST, screens};
use crate::chat::Screen;
use crate::ids::{ClassId, SchoolId, TemplateId};
use crate::messages::letters::samples::longest;
use crate::words::Locale;

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let many: Vec<(TemplateId, String)> = (0..i64::try_from(MOST).unwrap())
        .map(|id| (TemplateId(id), longest()))
        .collect();
    vec![
        ("shared words", screens::kept(locale, SchoolId(1), &many)),
        ("no shared words", screens::kept(locale, SchoolId(1), &[])),
        ("new shared words", screens::new(locale, SchoolId(1))),
        ("shared words to take", screens::to_take(locale, ClassId(7), &many)),
        ("no shared words to take", screens::to_take(locale, ClassId(7), &[])),
    ]
}
