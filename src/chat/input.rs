//! What comes in: one update of a messenger, decoded.

use serde::{Deserialize, Serialize};

use crate::ids::{Account, UpdateKey};

/// One update.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Which update.
    pub key: UpdateKey,
    /// Who; [`Account::nobody`] for what comes from the messenger itself.
    pub from: Account,
    /// What.
    pub input: Input,
}

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Wrote a text.
    Text {
        /// The text.
        text: String,
        /// The message's id.
        message: i64,
        /// The message that it answers, by the messenger's own means.
        answers: Option<i64>,
    },
    /// Changed a text written before.
    Edited {
        /// The new text.
        text: String,
        /// The message's id.
        message: i64,
    },
    /// Pressed a button.
    Press {
        /// What the button carries; anything at all, since it can be forged.
        payload: String,
        /// Which press to answer.
        callback: String,
        /// The message under which the button is.
        message: i64,
    },
    /// Sent a file, a picture or spoken words.
    File {
        /// The file, still with the messenger.
        file: Attached,
        /// What is written under it.
        words: String,
        /// The message's id.
        message: i64,
        /// The message that it answers, by the messenger's own means.
        answers: Option<i64>,
    },
    /// Sent something that is neither a text nor a file.
    Odd {
        /// What it was.
        what: Oddity,
        /// The message's id.
        message: i64,
    },
    /// Wrote in a group, where the journal doesn't speak.
    Group {
        /// The group.
        chat: i64,
    },
    /// Blocked the bot.
    Closed,
    /// Unblocked the bot.
    Opened,
    /// Voted in a poll that isn't anonymous.
    Vote {
        /// The messenger's name for the poll.
        poll: String,
        /// What was chosen, by places; nothing when the vote was taken back.
        options: Vec<u8>,
    },
    /// An anonymous poll stands so now. It comes from nobody: who voted isn't known.
    Counts {
        /// The messenger's name for the poll.
        poll: String,
        /// Votes by options.
        counts: Vec<i64>,
        /// How many people voted.
        voters: i64,
    },
}

impl Input {
    /// What it was, for the log: nothing of what it said.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Edited { .. } => "edited",
            Self::Press { .. } => "press",
            Self::File { .. } => "file",
            Self::Odd { .. } => "odd",
            Self::Group { .. } => "group",
            Self::Closed => "closed",
            Self::Opened => "opened",
            Self::Vote { .. } => "vote",
            Self::Counts { .. } => "counts",
        }
    }
}

/// A file that somebody sent; its bytes are still with the messenger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// The messenger's own name for it, for [`super::Transport::fetch`].
    pub id: String,
    /// As the person's phone calls it; anything at all.
    pub name: String,
    /// In bytes, as the messenger says.
    pub size: u64,
    /// As what it was sent, and as what it can be sent on.
    #[serde(default)]
    pub kind: FileKind,
    /// The album that it came in: one gesture of the person's, though it comes as several messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<String>,
}

/// As what a file was sent: the messenger's name of one serves for no other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A file with a name.
    #[default]
    Document,
    /// A picture, shown in the chat.
    Picture,
    /// Spoken words.
    Voice,
}

/// What isn't a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A text of somebody else's, passed on: nobody's answer to the journal.
    Forwarded,
    /// Sticker, place, contact and whatever comes yet.
    Other,
}

/// How an update ended; the messenger is told that it is handled only when there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its records are on disk.
    Committed,
    /// It was refused, with a word to the person.
    Refused,
    /// It asks for nothing.
    Nothing,
    /// It was handled before; the answer was shown again.
    Repeated,
    /// It couldn't be read.
    Unreadable,
    /// It failed for good; its id and kind are kept.
    GivenUp,
}
