//! The outbox: what leaves for people's chats, in order, once, at the messenger's pace, through crashes and outages.
//!
//! An act writes letters into the outbox in its own transaction. The postman takes them from there. It knows no feature.

pub mod pace;
pub mod postman;
pub mod store;

use serde::{Deserialize, Serialize};

use crate::chat::Screen;

/// A letter as it is kept: a message, or a change of a former one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What is done.
    pub verb: Verb,
    /// What it says; empty for a deletion.
    pub screen: Screen,
    /// Without a sound.
    pub silent: bool,
}

/// What a letter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    /// A new message.
    Send,
    /// A former letter says something else now.
    Edit,
    /// A former letter goes.
    Delete,
}
