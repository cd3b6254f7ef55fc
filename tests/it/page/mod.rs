//! The demonstration's page in a real browser, when `TEST_BROWSER` names one: presses, keys, widths, colours, names.

mod browser;
mod lesson;
mod looks;
mod stage;
mod things;
