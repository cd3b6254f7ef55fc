//! The school's workbook sent to the bot (P1): checked first, loaded when its sender says so, told how it ended.
//!
//! The check and the load are heavy jobs: turns go on meanwhile. What is loaded is the very file that was checked, and
//! only if it would still do what the check foresaw.

pub mod flow;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
pub mod work;

use chrono::{DateTime, Utc};

use crate::ids::{PersonId, SchoolId};

/// How long a workbook waits for an answer before it is forgotten.
pub const WAITS_HOURS: i64 = 24;
/// The longest name that is kept, in signs.
const NAME: usize = 60;

/// What became of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is fetched and checked.
    Checking,
    /// Something in it is wrong.
    Refused,
    /// All is well: it waits for a word.
    Checked,
    /// It says what the journal has already.
    Same,
    /// It is being loaded.
    Loading,
    /// It is in the journal.
    Loaded,
    /// Its sender doesn't want it loaded.
    Dropped,
    /// The messenger didn't give it, or the journal couldn't read or write it.
    Failed,
    /// Nobody said a word in time.
    Forgotten,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Checking,
        Self::Refused,
        Self::Checked,
        Self::Same,
        Self::Loading,
        Self::Loaded,
        Self::Dropped,
        Self::Failed,
        Self::Forgotten,
    ];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Refused => "refused",
            Self::Checked => "checked",
            Self::Same => "same",
            Self::Loading => "loading",
            Self::Loaded => "loaded",
            Self::Dropped => "dropped",
            Self::Failed => "failed",
            Self::Forgotten => "forgotten",
        }
    }

    /// The state of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A workbook that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workbook {
    /// Its row.
    pub id: i64,
    /// Which school's.
    pub school: SchoolId,
    /// Who sent it.
    pub person: PersonId,
    /// From which account, by which messenger.
    pub from: (String, i64),
    /// As its sender's phone calls it.
    pub name: String,
    /// The messenger's own name for it.
    pub file: String,
    /// What became of it.
    pub state: State,
    /// What the check found.
    pub found: Found,
    /// Whether another title of the school was said to be on purpose.
    pub is_renamed: bool,
}

/// What a check found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What would be new, changed, removed.
    pub counts: Counts,
    /// What is to be mended.
    pub problems: i64,
    /// How much of that is a place in a sheet, which can be marked.
    pub marks: i64,
    /// Whether only the school's title is unknown: it may be a new one.
    pub asks_renamed: bool,
}

/// Records by what happens to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New.
    pub added: i64,
    /// Changed.
    pub changed: i64,
    /// Taken away.
    pub removed: i64,
}

/// A load that was done, from the chat or from the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; nobody on the command line.
    pub by: Option<String>,
    /// What the file was called.
    pub name: String,
    /// What it did.
    pub counts: Counts,
}

/// Whether a file looks like a workbook by its name.
pub fn is_table(name: &str) -> bool {
    matches!(extension(name).as_str(), "xlsx" | "xlsm" | "xls" | "ods" | "csv")
}

/// A table by itself is a sheet of a workbook, and no workbook.
fn is_one_sheet(name: &str) -> bool {
    extension(name) == "csv"
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, extension)| extension.trim().to_lowercase())
        .unwrap_or_default()
}

/// A file's name as it is kept and shown: one line, not too long, its end left whole.
pub fn kept_name(name: &str) -> String {
    let name: String = name.chars().filter(|sign| !sign.is_control()).collect();
    let n = name.chars().count();
    if n <= NAME {
        return name;
    }
    let end: String = name.chars().skip(n - 10).collect();
    let start: String = name.chars().take(NAME - 11).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("school.xlsx", true)]
    #[case("School 2026.XLSX", true)]
    #[case("school.ods", true)]
    #[case("school.xls", true)]
    #[case("sheet.csv", true)]
    #[case("photo.jpg", false)]
    #[case("xlsx", false)]
    #[case("", false)]
    fn p1_a_workbook_is_known_by_its_name(#[case] name: &str, #[case] is: bool) {
        assert_eq!(is_table(name), is);
    }

    #[test]
    fn a_long_name_keeps_its_end_and_stays_on_one_line() {
        assert_eq!(kept_name("a\nb\u{7}.xlsx"), "ab.xlsx");
        let long = kept_name(&format!("{}-2026.xlsx", "я".repeat(300)));
        assert_eq!(long.chars().count(), NAME);
        assert!(long.ends_with("-2026.xlsx"), "{long}");
    }

    #[test]
    fn states_are_kept_by_their_codes() {
        for state in State::ALL {
            assert_eq!(State::of(state.code()), Some(state));
        }
        assert_eq!(State::of("lost"), None);
    }
}
