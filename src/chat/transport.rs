//! What a messenger must be able to do for the journal.

use futures::future::BoxFuture;

use super::{Attached, Incoming, Outcome, Poll, Screen, Toast};
use crate::ids::Account;

/// A messenger.
pub trait Transport: Send + Sync + 'static {
    /// Its name, as rows of the database keep it.
    fn name(&self) -> &'static str;

    /// Shows a screen in a chat, soon: only the newest one waits while an edit is under way.
    fn show(&self, account: Account, screen: Screen, origin: Origin);

    /// Answers a press with a word at the top, at once.
    fn answer(&self, callback: String, toast: Option<Toast>);

    /// Takes a message of the person's out of the chat, soon: a PIN that was written where it can be read.
    fn erase(&self, account: Account, message: i64);

    /// Notes that a message is there: the living screen is edited only while it is the last one.
    fn saw(&self, account: Account, message: i64);

    /// The highest message id known over all chats.
    fn highest_message(&self) -> i64;

    /// Delivers one letter.
    fn deliver<'a>(&'a self, chat: i64, what: Delivery<'a>) -> BoxFuture<'a, Delivered>;

    /// Looks for a letter that may have arrived before its receipt was kept: among the chat's messages past `floor`.
    fn find<'a>(&'a self, chat: i64, screen: &'a Screen, shape: Shape, floor: i64) -> BoxFuture<'a, Found>;

    /// Looks for a message of another chat that may have been shown in this one before its receipt was kept: among the
    /// chat's messages past `floor`, but for those that are `known` to be other letters.
    fn find_shown<'a>(&'a self, chat: i64, floor: i64, known: &'a [i64]) -> BoxFuture<'a, Found>;

    /// Brings a file that somebody sent, if it has at most so many bytes.
    fn fetch<'a>(&'a self, file: &'a str, limit: usize) -> BoxFuture<'a, Fetched>;
}

/// Where the update came from to which a screen is the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A press under this message, which is a screen of ours.
    Screen(i64),
    /// A press under a notice: it stays, the screen comes below it.
    Notice,
    /// A message of the person's: the screen comes below it.
    Message,
}

/// What is delivered.
#[derive(Clone, Copy, Debug)]
pub enum Delivery<'a> {
    /// A new message.
    Send {
        /// What it says.
        screen: &'a Screen,
        /// A file above the text.
        document: Option<&'a Document>,
        /// Without a sound.
        silent: bool,
    },
    /// A new message: a file that the messenger has already, with a screen under it.
    Enclosed {
        /// The file.
        file: &'a Attached,
        /// What stands under it.
        screen: &'a Screen,
        /// Without a sound.
        silent: bool,
    },
    /// A former message says this now.
    Edit {
        /// Which.
        message: i64,
        /// What.
        screen: &'a Screen,
        /// Whether its text stands alone or under a file.
        shape: Shape,
    },
    /// A former message goes.
    Delete {
        /// Which.
        message: i64,
    },
    /// A new poll.
    Poll {
        /// What is asked.
        poll: &'a Poll,
        /// The buttons below it; a poll has no text of ours.
        screen: &'a Screen,
        /// Without a sound.
        silent: bool,
    },
    /// A former poll takes no more votes.
    StopPoll {
        /// Which.
        message: i64,
        /// The buttons that stay below it.
        screen: &'a Screen,
    },
    /// A message of another chat is shown in this one too, and can't be passed on from there.
    Forward {
        /// Of which chat.
        from: i64,
        /// Which.
        message: i64,
        /// Without a sound.
        silent: bool,
    },
}

/// A file with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// As it is saved on a phone.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Whether it is a picture, which is shown in the chat.
    pub fn is_picture(&self) -> bool {
        std::path::Path::new(&self.name)
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("png"))
    }
}

/// What is in a file is nobody's business in a log.
impl std::fmt::Debug for Document {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Document({} bytes)", self.bytes.len())
    }
}

/// What a message is made of: a messenger changes a text and the words under a file by different calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A file with words under it.
    Document,
    /// A poll.
    Poll,
}

/// How fetching a file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// Here it is.
    Here(Vec<u8>),
    /// It has more bytes than were allowed, or than the messenger gives to anybody.
    TooLarge,
    /// The messenger doesn't have it any more.
    Gone,
    /// Worth another try.
    NotNow,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is there under this id.
    There(i64),
    /// A poll is there under this id, and by this name votes speak of it.
    PollThere(i64, String),
    /// The message that it was about is gone: there is nothing more to do.
    TargetGone,
    /// The person closed the chat.
    ChatClosed,
    /// The messenger doesn't take it, and never will.
    Refused(String),
    /// Not before so many seconds; the messenger said so.
    Later(u32),
    /// It certainly isn't there; worth another try.
    NotSent,
    /// Nobody knows whether it is there.
    Unsure,
}

/// Whether a letter was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Under this id.
    There(i64),
    /// A poll, under this id and by this name.
    PollThere(i64, String),
    /// It isn't.
    Nowhere,
    /// The messenger doesn't answer.
    Unknown,
}

/// Who handles what a messenger brings: `app` hands it to the messenger's room.
pub trait Handler: Send + Sync + 'static {
    /// Handles an update until it has an outcome.
    fn handle<'a>(&'a self, incoming: &'a Incoming) -> BoxFuture<'a, Outcome>;

    /// Gives an update up: its id and kind are kept, the person gets an apology.
    fn give_up<'a>(&'a self, incoming: &'a Incoming, reason: &'a str) -> BoxFuture<'a, Outcome>;
}
