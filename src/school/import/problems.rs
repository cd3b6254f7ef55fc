//! What is wrong with a workbook, told so that whoever filled it can mend it: place, what stands there, what to
//! write instead.

use crate::words::{self, Locale};

use super::layout::{Column, Kind};

/// Problems that are told in full; more are only counted.
pub const LISTED: usize = 200;

/// A word in a problem's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// As it stands in the workbook.
    Said(String),
    /// A word of the journal's own, in the reader's language.
    Key(String),
    /// Choices: this or that.
    Either(Vec<String>),
}

/// What is wrong, without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Under `import.problems.` in the locales.
    pub key: &'static str,
    /// What the text's places are filled with.
    pub args: Vec<(&'static str, Word)>,
}

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whose order tells where in the list it stands; none: the file as a whole.
    pub kind: Option<Kind>,
    /// The sheet's title in the file.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    /// The column's heading.
    pub column: Option<Word>,
    /// The column's place, from 0, where the cell itself is meant.
    pub at: Option<u32>,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What, and what to write instead.
    pub complaint: Complaint,
}

/// All that is to be mended before the workbook can be loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    all: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Complaint {
    /// A complaint without particulars.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// With what stands in the workbook.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a literal, a number or a name is written as it is"
    )]
    pub fn said(mut self, name: &'static str, word: impl ToString) -> Self {
        self.args.push((name, Word::Said(word.to_string())));
        self
    }

    /// With choices.
    #[must_use]
    pub fn either(mut self, name: &'static str, choices: Vec<String>) -> Self {
        self.args.push((name, Word::Either(choices)));
        self
    }

    /// With the journal's name of a column.
    #[must_use]
    pub fn column(mut self, name: &'static str, column: Column) -> Self {
        self.args.push((name, Word::Key(column.key())));
        self
    }

    /// With the journal's name of a sheet.
    #[must_use]
    pub fn sheet(mut self, name: &'static str, kind: Kind) -> Self {
        self.args.push((name, Word::Key(kind.key())));
        self
    }
}

impl Word {
    /// As people read it.
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Self::Said(text) => text.clone(),
            // The first spelling is the one we teach.
            Self::Key(key) => words::text(locale, key, &[])
                .split('|')
                .next()
                .unwrap_or_default()
                .to_owned(),
            Self::Either(choices) => choices.join(&words::text(locale, "import.or", &[])),
        }
    }
}

impl Problem {
    /// What is wrong, and the way out.
    pub fn matter(&self, locale: Locale) -> String {
        let told: Vec<(&str, String)> = self
            .complaint
            .args
            .iter()
            .map(|(name, word)| (*name, word.text(locale)))
            .collect();
        let args: Vec<(&str, &str)> = told.iter().map(|(name, word)| (*name, word.as_str())).collect();
        words::text(locale, &format!("import.problems.{}", self.complaint.key), &args)
    }

    /// A line for people: place, matter, way out.
    pub fn text(&self, locale: Locale) -> String {
        let matter = self.matter(locale);
        let Some(sheet) = &self.place.sheet else { return matter };
        let row = self.place.row.unwrap_or_default().to_string();
        let column = self
            .place
            .column
            .as_ref()
            .map(|column| column.text(locale))
            .unwrap_or_default();
        let key = match (&self.place.row, &self.place.column) {
            (Some(_), Some(_)) => "import.place.cell",
            (Some(_), None) => "import.place.row",
            (None, Some(_)) => "import.place.column",
            (None, None) => "import.place.sheet",
        };
        let place = words::text(locale, key, &[("sheet", sheet), ("row", &row), ("column", &column)]);
        format!("{place}: {matter}")
    }
}

impl Problems {
    /// One problem with the file as a whole.
    pub fn of_file(complaint: Complaint) -> Self {
        Self {
            all: vec![Problem {
                place: Place::default(),
                complaint,
            }],
            warnings: Vec::new(),
        }
    }

    /// Notes one more.
    pub fn add(&mut self, place: Place, complaint: Complaint) {
        self.all.push(Problem { place, complaint });
    }

    /// Notes what somebody should look at, and what stops nothing.
    pub fn warn(&mut self, place: Place, complaint: Complaint) {
        self.warnings.push(Problem { place, complaint });
    }

    /// What somebody should look at, in the order of sheets and rows.
    pub(super) fn into_warnings(mut self) -> Vec<Problem> {
        self.warnings
            .sort_by_key(|problem| (problem.place.kind, problem.place.row));
        self.warnings.dedup();
        self.warnings
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.all.len()
    }

    /// All of them.
    pub fn all(&self) -> &[Problem] {
        &self.all
    }

    /// The first of them, in the order of sheets and rows.
    pub fn list(&self) -> &[Problem] {
        self.all.get(..LISTED).unwrap_or(&self.all)
    }

    /// Puts them in the order in which the workbook is read: file, then sheet by sheet, row by row.
    pub(super) fn sort(&mut self) {
        self.all.sort_by_key(|problem| (problem.place.kind, problem.place.row));
        self.all.dedup();
    }

    /// A block for a terminal or a chat.
    pub fn text(&self, locale: Locale) -> String {
        let count = |key: &str, n: usize| words::count(locale, key, i64::try_from(n).unwrap_or(i64::MAX));
        let mut lines = vec![count("import.refused", self.total())];
        lines.extend(self.list().iter().map(|problem| problem.text(locale)));
        let more = self.total() - self.list().len();
        if more > 0 {
            lines.push(count("import.more", more));
        }
        lines.push(words::text(locale, "import.again", &[]));
        lines.join("\n")
    }
}
