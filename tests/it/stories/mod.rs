//! Stories in the school's words, each on both databases.

mod access;
mod corrections;
mod day;
mod diary;
mod entering;
mod family;
mod grid;
mod history;
mod lesson;
mod lock;
mod odd_input;
mod passes;
mod together;
mod told;
mod weather;

use crate::support::phone::Phone;

/// Opens one of today's lessons by what its button ends with.
async fn open(teacher: &Phone, lesson: &str) {
    teacher.says("/today").await;
    teacher.press_ending(lesson).await;
}

/// Presses several buttons, one after another.
async fn press_all(phone: &Phone, labels: &[&str]) {
    for label in labels {
        phone.press(label).await;
    }
}
