//! What is seen: chats as people see them, the answers to their presses, and what the bot called.

use std::{collections::VecDeque, sync::Arc};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    BOT_ID, Telegram,
    files::{FileKind, Stored},
    keyboard::{Button, Keyboard},
    polls::Poll,
    settings::Command,
    state::{Body, Message, State},
};

/// Calls beyond these are forgotten, the oldest first.
const CALLS_KEPT: usize = 50_000;

/// A message as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing seen by itself")]
pub struct Shown {
    /// Its id.
    pub message_id: i32,
    /// Who sent it: a person's id or the bot's.
    pub from: i64,
    /// Whether the bot sent it.
    pub from_bot: bool,
    /// Plain text or caption, entities taken out; a poll's question.
    pub text: String,
    /// The same as HTML in one canonical spelling, everything else escaped.
    pub html: String,
    /// Whether `text` stands under a picture or a document.
    pub caption: bool,
    /// Rows of buttons.
    pub keyboard: Vec<Vec<Key>>,
    /// The picture.
    pub photo: Option<PhotoShown>,
    /// The document.
    pub document: Option<DocumentShown>,
    /// The poll, with this moment's counts.
    pub poll: Option<PollShown>,
    /// `sticker`, `voice`, `contact` or `location`, for what is none of the above.
    pub other: Option<&'static str>,
    /// Arrived without sound.
    pub silent: bool,
    /// Its text or media was changed.
    pub edited: bool,
    /// When it was edited last.
    pub edit_date: Option<DateTime<Utc>>,
    /// The message it replies to.
    pub reply_to: Option<i32>,
    /// Whether it was forwarded from elsewhere.
    pub forwarded: bool,
    /// When it was sent.
    pub date: DateTime<Utc>,
    /// Can't be forwarded or saved.
    pub protected: bool,
}

impl Shown {
    /// All labels in order, for messages of tests.
    pub fn labels(&self) -> Vec<&str> {
        self.keyboard.iter().flatten().map(|it| it.label.as_str()).collect()
    }

    /// The button with this label.
    pub fn key(&self, label: &str) -> Option<&Key> {
        self.keyboard.iter().flatten().find(|it| it.label == label)
    }
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What stands on it.
    pub label: String,
    /// What the bot gets when it is pressed.
    pub data: Option<String>,
    /// What is opened when it is pressed.
    pub url: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoShown {
    /// The id of its file.
    pub file_id: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Bytes,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentShown {
    /// The id of its file.
    pub file_id: String,
    /// The file's name.
    pub name: String,
    /// What kind of file it says it is.
    pub mime: String,
    /// The file.
    pub bytes: Bytes,
}

/// A poll as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollShown {
    /// The poll's id.
    pub id: String,
    /// The question.
    pub question: String,
    /// Options with their votes.
    pub options: Vec<(String, usize)>,
    /// No votes are taken any more.
    pub closed: bool,
    /// The bot learns counts only.
    pub anonymous: bool,
    /// More than one option may be chosen.
    pub multiple: bool,
    /// How many people voted.
    pub voters: usize,
    /// What the one whose chat this is has chosen; empty in groups.
    pub chosen: Vec<u8>,
    /// When it closes by itself.
    pub close_date: Option<DateTime<Utc>>,
}

/// The answer to a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// The press.
    pub callback_id: String,
    /// Empty when the bot only said that it heard.
    pub text: String,
    /// A window with OK instead of a line at the top.
    pub alert: bool,
}

/// A call of the bot.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Its number, from 1.
    pub n: u64,
    /// The method as the Bot API spells it; unknown ones as they came.
    pub method: String,
    /// The chat it is about.
    pub chat: Option<i64>,
    /// What was given, files left out.
    pub params: Value,
    /// Whether it took effect (false too while it is under way).
    pub ok: bool,
    /// Whether it took effect or was refused, so that nothing more comes of it.
    pub ended: bool,
}

/// What is new in a chat, for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatNews {
    /// The chat.
    pub chat: i64,
    /// The revision at which something changed here last.
    pub revision: u64,
    /// How many messages the bot has put here.
    pub from_bot: u64,
}

/// The bot's calls, numbered over all, kept while there is room.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// How many there were, kept or not.
    pub(super) count: u64,
    kept: VecDeque<Arc<Call>>,
}

impl Calls {
    pub(super) fn keep(&mut self, call: Call) {
        self.kept.push_back(Arc::new(call));
        if self.kept.len() > CALLS_KEPT {
            self.kept.pop_front();
        }
    }

    pub(super) fn ended(&mut self, n: u64, ok: bool) {
        if let Ok(idx) = self.kept.binary_search_by_key(&n, |it| it.n) {
            let call = Arc::make_mut(&mut self.kept[idx]);
            (call.ok, call.ended) = (ok, true);
        }
    }
}

impl Telegram {
    /// The messages of a chat in order, deleted ones left out.
    pub fn chat(&self, chat: i64) -> Vec<Shown> {
        self.look(|state| {
            state.close_due_polls();
            let messages = state.chats.get(&chat).map(|it| it.messages.as_slice());
            messages
                .unwrap_or_default()
                .iter()
                .filter(|it| !it.deleted)
                .map(|it| state.shown(it))
                .collect()
        })
    }

    /// The newest message of a chat that the bot sent.
    pub fn last(&self, chat: i64) -> Option<Shown> {
        self.look(|state| {
            let messages = state.chats.get(&chat)?.messages.iter().rev();
            let newest = messages.filter(|it| !it.deleted).find(|it| it.from == BOT_ID)?;
            Some(state.shown(newest))
        })
    }

    /// The answers to a person's presses, in order.
    pub fn toasts(&self, user: i64) -> Vec<Toast> {
        self.look(|state| state.chats.get(&user).map(|it| it.toasts.clone()).unwrap_or_default())
    }

    /// Presses that the bot never answered.
    pub fn unanswered(&self) -> Vec<String> {
        self.look(|state| {
            let mut ids: Vec<_> = state.queries.keys().cloned().collect();
            ids.sort();
            ids
        })
    }

    /// How many updates aren't confirmed yet.
    pub fn pending(&self) -> usize {
        self.look(|state| state.pending())
    }

    /// What the bot called, unless [`Telegram::keep_calls`] is off.
    pub fn calls(&self) -> Vec<Call> {
        self.look(|state| state.calls.kept.iter().map(|it| Call::clone(it)).collect())
    }

    /// How many calls of the bot's fit.
    pub fn count_calls(&self, fits: impl Fn(&Call) -> bool) -> usize {
        self.look(|state| state.calls.kept.iter().filter(|it| fits(it)).count())
    }

    /// What `setMyCommands` set: by scope (`default`, `all_private_chats`, `chat 42`), with `/en` for a language.
    pub fn commands(&self) -> std::collections::BTreeMap<String, Vec<Command>> {
        self.look(|state| state.commands.clone())
    }

    /// The commands that a person's menu offers: the narrowest scope wins, then the person's language.
    pub fn commands_of(&self, user: i64) -> Vec<Command> {
        self.look(|state| {
            let language = state.people.get(&user).map_or("", |it| it.language.as_str());
            let scopes = [
                format!("chat {user}"),
                "all_private_chats".to_owned(),
                "default".to_owned(),
            ];
            let keys = scopes.iter().flat_map(|it| [format!("{it}/{language}"), it.clone()]);
            keys.into_iter()
                .find_map(|it| state.commands.get(&it).cloned())
                .unwrap_or_default()
        })
    }

    /// The kinds of updates the bot asked for, as last sent with `getUpdates`.
    pub fn allowed_updates(&self) -> Option<Vec<String>> {
        self.look(|state| state.updates.allowed.clone())
    }

    /// Chats where something changed after a revision, and the revision of this moment.
    pub fn news(&self, after: u64) -> (u64, Vec<ChatNews>) {
        self.look(|state| {
            let changed = state.chats.iter().filter(|(_, it)| it.revision > after);
            let news = changed.map(|(&chat, it)| ChatNews {
                chat,
                revision: it.revision,
                from_bot: it.from_bot,
            });
            (state.revision, news.collect())
        })
    }

    /// Name, kind and bytes of a file, by its id.
    pub fn file(&self, file_id: &str) -> Option<DocumentShown> {
        self.look(|state| state.files.get(file_id).map(document))
    }
}

impl State {
    fn shown(&self, message: &Message) -> Shown {
        let mut shown = Shown {
            message_id: message.id,
            from: message.from,
            from_bot: message.from == BOT_ID,
            text: String::new(),
            html: String::new(),
            caption: false,
            keyboard: keys(&message.keyboard),
            photo: None,
            document: None,
            poll: None,
            other: None,
            silent: message.silent,
            edited: message.edited.is_some(),
            edit_date: message.edited,
            reply_to: message.reply_to,
            forwarded: message.origin.is_some(),
            date: message.date,
            protected: message.protected,
        };
        match &message.body {
            Body::Text(text) => (shown.text, shown.html) = (text.text.clone(), text.html()),
            Body::Photo(file, text) | Body::Document(file, text) | Body::Voice(file, text) => {
                (shown.text, shown.html, shown.caption) = (text.text.clone(), text.html(), true);
                if let FileKind::Photo { width, height } = file.kind {
                    let bytes = file.bytes.clone();
                    shown.photo = Some(PhotoShown {
                        file_id: file.id.clone(),
                        width,
                        height,
                        bytes,
                    });
                } else if file.kind == FileKind::Voice {
                    shown.other = Some("voice");
                } else {
                    shown.document = Some(document(file));
                }
            }
            Body::Poll(idx) => {
                shown.poll = self.polls.get(*idx).map(|it| poll(it, message.chat));
                shown.text = shown.poll.as_ref().map(|it| it.question.clone()).unwrap_or_default();
            }
            Body::Other(field, _) => shown.other = Some(*field),
        }
        shown
    }
}

fn keys(keyboard: &Keyboard) -> Vec<Vec<Key>> {
    let key = |it: &Button| Key {
        label: it.text.clone(),
        data: it.callback_data.clone(),
        url: it.url.clone(),
    };
    keyboard.iter().map(|row| row.iter().map(key).collect()).collect()
}

fn document(file: &Arc<Stored>) -> DocumentShown {
    DocumentShown {
        file_id: file.id.clone(),
        name: file.name.clone(),
        mime: file.mime.clone(),
        bytes: file.bytes.clone(),
    }
}

fn poll(poll: &Poll, reader: i64) -> PollShown {
    PollShown {
        id: poll.id.clone(),
        question: poll.question.clone(),
        options: poll.counts().map(|(text, n)| (text.to_owned(), n)).collect(),
        closed: poll.closed,
        anonymous: poll.anonymous,
        multiple: poll.multiple,
        voters: poll.votes.len(),
        chosen: poll.votes.get(&reader).cloned().unwrap_or_default(),
        close_date: poll.close_date,
    }
}
