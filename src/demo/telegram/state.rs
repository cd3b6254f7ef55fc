//! Everything the model remembers, and the few things that all of it is built from: people, chats, messages.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    BOT_ID,
    files::Stored,
    keyboard::Keyboard,
    polls::Poll,
    refusal::Refusal,
    seen::{Calls, Toast},
    settings::{Command, WebhookSet},
    text::Formatted,
    trouble::{Pace, Troubles},
    updates::Updates,
};

/// All of Telegram.
#[derive(Debug)]
pub(super) struct State {
    /// The time of the act that holds the state, set when it is locked.
    pub(super) now: DateTime<Utc>,
    pub(super) revision: u64,
    pub(super) people: HashMap<i64, Person>,
    /// Private chats by the person's id, groups by their negative one.
    pub(super) chats: HashMap<i64, Chat>,
    /// The chat of each message; ids start with 1 and have no gaps, so the index is the id less one.
    chat_of: Vec<i64>,
    pub(super) files: HashMap<String, Arc<Stored>>,
    pub(super) last_file: u64,
    pub(super) polls: Vec<Poll>,
    /// Presses that wait for their answer.
    pub(super) queries: HashMap<String, Query>,
    pub(super) last_query: u64,
    pub(super) updates: Updates,
    pub(super) commands: BTreeMap<String, Vec<Command>>,
    pub(super) webhook: Option<WebhookSet>,
    pub(super) keep_calls: bool,
    pub(super) calls: Calls,
    pub(super) troubles: Troubles,
    pub(super) pace: Option<Pace>,
}

/// Somebody with a phone.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) first_name: String,
    pub(super) language: String,
    /// Wrote or pressed START once: only then may the bot write first.
    pub(super) started: bool,
    pub(super) blocked: bool,
}

/// A private chat or a group.
#[derive(Debug, Default)]
pub(super) struct Chat {
    /// Groups only.
    pub(super) title: Option<String>,
    /// In order of their ids; a deleted one stays, marked.
    pub(super) messages: Vec<Message>,
    pub(super) toasts: Vec<Toast>,
    /// The state's revision at the last change here.
    pub(super) revision: u64,
    /// How many messages the bot has put here.
    pub(super) from_bot: u64,
}

/// One message.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: i32,
    pub(super) chat: i64,
    /// A person, or the bot.
    pub(super) from: i64,
    pub(super) date: DateTime<Utc>,
    pub(super) edited: Option<DateTime<Utc>>,
    pub(super) body: Body,
    pub(super) keyboard: Keyboard,
    pub(super) reply_to: Option<i32>,
    /// Of which album it is.
    pub(super) album: Option<String>,
    pub(super) origin: Option<Origin>,
    pub(super) silent: bool,
    pub(super) protected: bool,
    pub(super) deleted: bool,
}

/// What a message consists of.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Text(Formatted),
    Photo(Arc<Stored>, Formatted),
    Document(Arc<Stored>, Formatted),
    Voice(Arc<Stored>, Formatted),
    /// Index in [`State::polls`]: forwarded, a poll stays one poll with shared counts.
    Poll(usize),
    /// A sticker, a contact or a location, as the Bot API writes it: field and value.
    Other(&'static str, Value),
}

/// Where a forwarded message comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    User { user: i64, date: DateTime<Utc> },
    Hidden { name: String, date: DateTime<Utc> },
}

/// A press that the bot owes an answer.
#[derive(Debug)]
pub(super) struct Query {
    /// Who pressed, and so who sees the toast.
    pub(super) user: i64,
    pub(super) asked: DateTime<Utc>,
}

impl Message {
    /// A message with nothing but what every one has; its id and chat are set when it is put there.
    pub(super) fn new(from: i64, body: Body) -> Self {
        Self {
            id: 0,
            chat: 0,
            from,
            date: DateTime::UNIX_EPOCH,
            edited: None,
            body,
            keyboard: Vec::new(),
            reply_to: None,
            album: None,
            origin: None,
            silent: false,
            protected: false,
            deleted: false,
        }
    }
}

impl State {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            now,
            revision: 0,
            people: HashMap::new(),
            chats: HashMap::new(),
            chat_of: Vec::new(),
            files: HashMap::new(),
            last_file: 0,
            polls: Vec::new(),
            queries: HashMap::new(),
            last_query: 0,
            updates: Updates::default(),
            commands: BTreeMap::new(),
            webhook: None,
            keep_calls: true,
            calls: Calls::default(),
            troubles: Troubles::default(),
            pace: None,
        }
    }

    /// The person, made with a private chat when there was none.
    pub(super) fn person(&mut self, user: i64) -> &mut Person {
        self.chats.entry(user).or_default();
        self.people.entry(user).or_insert_with(|| Person {
            first_name: format!("Person {user}"),
            language: "ru".to_owned(),
            started: false,
            blocked: false,
        })
    }

    /// The chat, marked as changed by the act under way.
    pub(super) fn touch(&mut self, chat: i64) -> &mut Chat {
        let revision = self.revision + 1;
        let chat = self.chats.entry(chat).or_default();
        chat.revision = revision;
        chat
    }

    /// Puts a message into a chat and returns its id.
    pub(super) fn put(&mut self, chat: i64, mut message: Message) -> i32 {
        self.chat_of.push(chat);
        let id = i32::try_from(self.chat_of.len()).unwrap_or(i32::MAX);
        message.id = id;
        message.chat = chat;
        message.date = self.now;
        let from_bot = message.from == BOT_ID;
        let chat = self.touch(chat);
        chat.from_bot += u64::from(from_bot);
        chat.messages.push(message);
        id
    }

    /// The chat in which a message was put, also when it is deleted.
    pub(super) fn chat_of(&self, message: i32) -> Option<i64> {
        let idx = usize::try_from(message).ok()?.checked_sub(1)?;
        self.chat_of.get(idx).copied()
    }

    /// A message that is there and not deleted.
    pub(super) fn message(&self, chat: i64, id: i32) -> Option<&Message> {
        let messages = &self.chats.get(&chat)?.messages;
        let idx = messages.binary_search_by_key(&id, |it| it.id).ok()?;
        messages.get(idx).filter(|it| !it.deleted)
    }

    /// The same, to be changed.
    pub(super) fn message_mut(&mut self, chat: i64, id: i32) -> Option<&mut Message> {
        let messages = &mut self.chats.get_mut(&chat)?.messages;
        let idx = messages.binary_search_by_key(&id, |it| it.id).ok()?;
        messages.get_mut(idx).filter(|it| !it.deleted)
    }

    /// Whether the bot may write into a chat, or Telegram's words why not.
    pub(super) fn writable(&self, chat: Option<i64>) -> Result<i64, Refusal> {
        let Some(chat) = chat.filter(|it| self.chats.contains_key(it)) else {
            return Err(Refusal::bad("chat not found"));
        };
        match self.people.get(&chat) {
            Some(person) if person.blocked => Err(Refusal::forbidden("bot was blocked by the user")),
            Some(person) if !person.started => Err(Refusal::forbidden("bot can't initiate conversation with a user")),
            Some(_) | None => Ok(chat),
        }
    }
}
