//! How the model's things are written as the Bot API's JSON.
//!
//! All of it borrows: a message with a hundred buttons is written straight from memory.

use serde::Serialize;
use serde_json::Value;

use super::{
    BOT_ID, BOT_USERNAME,
    files::{FileKind, Stored},
    keyboard::Button,
    polls::Poll,
    state::{Body, Message, Origin, State},
    text::{Entity, Formatted},
};

/// How long the model's voices are: it doesn't listen to them.
const VOICE_SECONDS: u32 = 3;

#[derive(Serialize)]
pub(super) struct UserOut<'a> {
    id: i64,
    is_bot: bool,
    first_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ChatOut<'a> {
    id: i64,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct FileOut<'a> {
    file_id: &'a str,
    file_unique_id: String,
    file_size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<&'a str>,
    /// Of a voice, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct PollOut<'a> {
    id: &'a str,
    question: &'a str,
    options: Vec<OptionOut<'a>>,
    total_voter_count: usize,
    is_closed: bool,
    is_anonymous: bool,
    #[serde(rename = "type")]
    kind: &'static str,
    allows_multiple_answers: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    correct_option_id: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close_date: Option<i64>,
}

#[derive(Serialize)]
struct OptionOut<'a> {
    text: &'a str,
    voter_count: usize,
}

#[derive(Serialize)]
struct Markup<'a> {
    inline_keyboard: &'a [Vec<Button>],
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum OriginOut<'a> {
    User { date: i64, sender_user: UserOut<'a> },
    HiddenUser { date: i64, sender_user_name: &'a str },
}

#[derive(Serialize)]
pub(super) struct MessageOut<'a> {
    message_id: i32,
    from: UserOut<'a>,
    date: i64,
    chat: ChatOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forward_origin: Option<OriginOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to_message: Option<Box<MessageOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_group_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    entities: &'a [Entity],
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<[FileOut<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<FileOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    caption_entities: &'a [Entity],
    #[serde(skip_serializing_if = "Option::is_none")]
    poll: Option<PollOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sticker: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<FileOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Markup<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    has_protected_content: bool,
}

impl<'a> FileOut<'a> {
    pub(super) fn of(stored: &'a Stored) -> Self {
        let sides = match stored.kind {
            FileKind::Photo { width, height } => Some((width, height)),
            FileKind::Document | FileKind::Voice => None,
        };
        let document = stored.kind == FileKind::Document;
        let voice = stored.kind == FileKind::Voice;
        Self {
            file_id: &stored.id,
            file_unique_id: stored.unique_id(),
            file_size: stored.bytes.len(),
            width: sides.map(|it| it.0),
            height: sides.map(|it| it.1),
            file_name: document.then_some(stored.name.as_str()),
            mime_type: (document || voice).then_some(stored.mime.as_str()),
            duration: voice.then_some(VOICE_SECONDS),
        }
    }
}

impl<'a> PollOut<'a> {
    pub(super) fn of(poll: &'a Poll) -> Self {
        Self {
            id: &poll.id,
            question: &poll.question,
            options: poll
                .counts()
                .map(|(text, voter_count)| OptionOut { text, voter_count })
                .collect(),
            total_voter_count: poll.votes.len(),
            is_closed: poll.closed,
            is_anonymous: poll.anonymous,
            kind: if poll.correct.is_some() { "quiz" } else { "regular" },
            allows_multiple_answers: poll.multiple,
            correct_option_id: poll.correct,
            close_date: poll.close_date.map(|it| it.timestamp()),
        }
    }
}

impl State {
    pub(super) fn user_out(&self, user: i64) -> UserOut<'_> {
        if user == BOT_ID {
            return UserOut {
                id: BOT_ID,
                is_bot: true,
                first_name: "Zhurnal",
                username: Some(BOT_USERNAME),
                language_code: None,
            };
        }
        let person = self.people.get(&user);
        UserOut {
            id: user,
            is_bot: false,
            first_name: person.map_or("", |it| it.first_name.as_str()),
            username: None,
            language_code: person.map(|it| it.language.as_str()),
        }
    }

    pub(super) fn chat_out(&self, chat: i64) -> ChatOut<'_> {
        if chat < 0 {
            let title = self.chats.get(&chat).and_then(|it| it.title.as_deref());
            return ChatOut {
                id: chat,
                kind: "group",
                title,
                first_name: None,
            };
        }
        let first_name = self.people.get(&chat).map(|it| it.first_name.as_str());
        ChatOut {
            id: chat,
            kind: "private",
            title: None,
            first_name,
        }
    }

    /// A message with the one it replies to, whose own reply is left out, as in Telegram.
    pub(super) fn message_out<'a>(&'a self, message: &'a Message) -> MessageOut<'a> {
        let mut out = self.message_alone(message);
        out.reply_to_message = message
            .reply_to
            .and_then(|id| self.message(message.chat, id))
            .map(|it| Box::new(self.message_alone(it)));
        out
    }

    fn message_alone<'a>(&'a self, message: &'a Message) -> MessageOut<'a> {
        let mut out = MessageOut {
            message_id: message.id,
            from: self.user_out(message.from),
            date: message.date.timestamp(),
            chat: self.chat_out(message.chat),
            forward_origin: message.origin.as_ref().map(|it| self.origin_out(it)),
            reply_to_message: None,
            media_group_id: message.album.as_deref(),
            edit_date: message.edited.map(|it| it.timestamp()),
            text: None,
            entities: &[],
            photo: None,
            document: None,
            caption: None,
            caption_entities: &[],
            poll: None,
            sticker: None,
            voice: None,
            contact: None,
            location: None,
            reply_markup: (!message.keyboard.is_empty()).then_some(Markup {
                inline_keyboard: &message.keyboard,
            }),
            has_protected_content: message.protected,
        };
        out.fill(self, &message.body);
        out
    }

    fn origin_out<'a>(&'a self, origin: &'a Origin) -> OriginOut<'a> {
        match origin {
            Origin::User { user, date } => OriginOut::User {
                date: date.timestamp(),
                sender_user: self.user_out(*user),
            },
            Origin::Hidden { name, date } => OriginOut::HiddenUser {
                date: date.timestamp(),
                sender_user_name: name,
            },
        }
    }
}

impl<'a> MessageOut<'a> {
    fn fill(&mut self, state: &'a State, body: &'a Body) {
        match body {
            Body::Text(it) => {
                self.text = Some(&it.text);
                self.entities = &it.entities;
            }
            Body::Photo(file, caption) => {
                self.photo = Some([FileOut::of(file)]);
                self.caption(caption);
            }
            Body::Document(file, caption) => {
                self.document = Some(FileOut::of(file));
                self.caption(caption);
            }
            Body::Voice(file, caption) => {
                self.voice = Some(FileOut::of(file));
                self.caption(caption);
            }
            Body::Poll(idx) => self.poll = state.polls.get(*idx).map(PollOut::of),
            Body::Other(field, value) => match *field {
                "sticker" => self.sticker = Some(value),
                "contact" => self.contact = Some(value),
                _ => self.location = Some(value),
            },
        }
    }

    fn caption(&mut self, caption: &'a Formatted) {
        if !caption.text.is_empty() {
            self.caption = Some(&caption.text);
            self.caption_entities = &caption.entities;
        }
    }
}
