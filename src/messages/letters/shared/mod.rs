//! Words that a school keeps for the letters of its tutors, beside the tutors' own.

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;

/// As many as a page of buttons shows.
pub const MOST: usize = 20;
