//! Samples of every screen of a lesson, for the test that draws them all in every language.
