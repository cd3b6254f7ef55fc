//! Samples of the screen of office hours.

use super::{Hours, screens};
use crate::chat::Screen;
use crate::ids::PersonId;
use crate::words::Locale;

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let odd = Hours::of(0b101_0101, 0, 23);
    vec![
        (
            "hours of the school",
            screens::hours(locale, PersonId(42), Hours::default()),
        ),
        ("hours of one's own", screens::hours(locale, PersonId(42), odd)),
        ("an hour", screens::hours(locale, PersonId(42), Hours::of(1, 22, 23))),
    ]
}
