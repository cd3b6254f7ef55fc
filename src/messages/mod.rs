//! What people of the school say to each other: letters of tutors to families (P6), and talk of two (T10).
//!
//! Everything leaves through the outbox; a key of a letter names what it says and to whom, so nothing arrives twice.

pub mod letters;
pub mod mutes;
pub mod rules;
pub mod threads;
