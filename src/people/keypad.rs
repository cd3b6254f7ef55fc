//! The inline keypad for digits that must not stand in the chat as a text: a PIN, the digits of a slip.
//!
//! What was typed so far is in the dialogue's state, not in the buttons: people tap faster than a screen is redrawn.

use crate::chat::{Button, Screen};
use crate::words::{Locale, plain};
use serde::{Deserialize, Serialize};

/// How many digits are asked for, everywhere.
pub const DIGITS: usize = 4;

/// A key of the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// A digit, 0 to 9; anything else is forged.
    Digit(u8),
    /// Takes the last digit back.
    Erase,
}

/// Digits typed so far.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(String);

impl Typed {
    /// A key was pressed. Returns all digits, and starts anew, when the last one is there.
    pub fn press(&mut self, key: Key) -> Option<String> {
        match key {
            Key::Digit(digit) if digit < 10 => self.0.push(char::from(b'0' + digit)),
            Key::Digit(_) => {}
            Key::Erase => drop(self.0.pop()),
        }
        (self.0.len() >= DIGITS).then(|| std::mem::take(&mut self.0))
    }

    /// «● ● ○ ○»: how many are there, and never which.
    pub fn dots(&self) -> String {
        let dot = |idx| if idx < self.0.len() { "●" } else { "○" };
        (0..DIGITS).map(dot).collect::<Vec<_>>().join(" ")
    }
}

/// Digits aren't for the log.
impl std::fmt::Debug for Typed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Typed({} digits)", self.0.len())
    }
}

/// Adds the pad to a screen; `key` makes a key's button of a label, and `way_out` stands to the right of the nought.
#[must_use]
pub fn under(screen: Screen, locale: Locale, key: impl Fn(String, Key) -> Button, way_out: Button) -> Screen {
    let digit = |it: u8| key(it.to_string(), Key::Digit(it));
    let erase = key(plain!(locale, "keypad.erase"), Key::Erase);
    screen
        .row([1, 2, 3].map(digit))
        .row([4, 5, 6].map(digit))
        .row([7, 8, 9].map(digit))
        .row([erase, digit(0), way_out])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_digits_are_all_and_the_pad_is_empty_again() {
        let mut typed = Typed::default();
        let keys = [Key::Digit(0), Key::Digit(7), Key::Erase, Key::Digit(9), Key::Digit(1)];
        for key in keys {
            assert_eq!(typed.press(key), None);
        }
        assert_eq!(typed.dots(), "● ● ● ○");
        assert_eq!(typed.press(Key::Digit(2)), Some("0912".to_owned()));
        assert_eq!(typed.dots(), "○ ○ ○ ○");
    }

    proptest! {
        #[test]
        fn forged_keys_type_nothing(keys in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut typed = Typed::default();
            for key in keys {
                if let Some(all) = typed.press(Key::Digit(key)) {
                    prop_assert!(all.len() == DIGITS && all.bytes().all(|it| it.is_ascii_digit()));
                }
            }
        }
    }
}
