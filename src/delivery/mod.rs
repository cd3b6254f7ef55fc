//! The outbox: what leaves for people's chats, in order, once, at the messenger's pace, through crashes and outages.
//!
//! An act writes letters into the outbox in its own transaction. The postman takes them from there. It knows no feature.

pub mod pace;
pub mod postman;
pub mod store;

use serde::{Deserialize, Serialize};

use crate::chat::{Attached, Poll, Screen, Shape};
use crate::ids::FileId;

/// A letter as it is kept: a message, or a change of a former one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What is done.
    pub verb: Verb,
    /// What it says; empty for a deletion.
    pub screen: Screen,
    /// A file above the text; an edit of such a letter names it too, to say that its text stands under a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<FileId>,
    /// A file that the messenger has already, above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosed: Option<Attached>,
    /// A poll in the place of a text: the screen has only the buttons below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll>,
    /// Without a sound.
    pub silent: bool,
}

impl Letter {
    /// What the message is made of.
    pub fn shape(&self) -> Shape {
        if self.poll.is_some() {
            Shape::Poll
        } else if self.document.is_some() || self.enclosed.is_some() {
            Shape::Document
        } else {
            Shape::Text
        }
    }
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
    /// A former letter, which is a poll, takes no more votes.
    StopPoll,
    /// A former letter of another chat is shown in this one too.
    Forward,
}
