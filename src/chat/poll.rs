//! A poll as a messenger shows it: a question with answers to be tapped.

use serde::{Deserialize, Serialize};

use super::limits;

/// What is asked, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// What can be answered.
    pub options: Vec<String>,
    /// Nobody learns who answered what, the journal neither: it hears counts only.
    pub anonymous: bool,
    /// Several answers may be given at once.
    pub multiple: bool,
}

impl Poll {
    /// What is wrong with it, by the limits; empty when all is well.
    pub fn faults(&self) -> Vec<String> {
        let units = |text: &str| text.encode_utf16().count();
        let mut faults = Vec::new();
        if !(1..=limits::POLL_QUESTION).contains(&units(&self.question)) {
            faults.push(format!("the question has {} units", units(&self.question)));
        }
        if !(2..=limits::POLL_OPTIONS).contains(&self.options.len()) {
            faults.push(format!("{} options", self.options.len()));
        }
        for option in &self.options {
            if !(1..=limits::POLL_OPTION).contains(&units(option)) {
                faults.push(format!("«{option}» has {} units", units(option)));
            }
        }
        faults
    }
}
