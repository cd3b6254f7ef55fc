//! Tear-off slips: one a person, each with a link as a square to be photographed, a code, four digits, and how to use them.

use serde::{Deserialize, Serialize};

/// A sheet of slips, eight a page.
#[derive(Clone, Serialize, Deserialize)]
pub struct Slips {
    /// What stands at the top of each slip: the school.
    pub school: String,
    /// The words before the code.
    pub code_label: String,
    /// The words before the digits.
    pub digits_label: String,
    /// How to use a slip: three lines.
    pub how: Vec<String>,
    /// One a person.
    pub slips: Vec<Slip>,
}

/// One slip. It has no `Debug`: its code and digits aren't for a log.
#[derive(Clone, Serialize, Deserialize)]
pub struct Slip {
    /// Whose diary: «Волкова Анна, 7А».
    pub heading: String,
    /// For whom it is.
    pub person: String,
    /// What a phone's camera opens; `None` when nobody knows the bot's name.
    pub link: Option<String>,
    /// The code as it is read out and typed.
    pub code: String,
    /// The four digits.
    pub digits: String,
    /// Until when it opens, and to whom it belongs.
    pub note: String,
}
