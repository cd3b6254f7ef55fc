//! Stories in the school's words, each on both databases.

mod lesson;
