//! A teacher's comment to a pupil's marks in a lesson: kept beside them, with each change in the lesson's history.

pub mod store;

/// The longest comment, in characters.
pub const COMMENT_LIMIT: usize = 300;

/// As the history names it.
pub const FIELD: &str = "comment";
