//! What people do. Everything returns at once and makes an update for the bot.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    BOT_ID, Telegram,
    files::{FileKind, sides},
    state::{Body, Message, Origin, Query, State},
    text::Formatted,
    updates::write,
};

/// What a person can send besides text.
#[derive(Clone, Debug)]
pub enum Sent {
    /// A sticker.
    Sticker,
    /// A voice message.
    Voice,
    /// A picture.
    Photo {
        /// The file.
        bytes: Vec<u8>,
        /// The words under it, or nothing.
        caption: String,
    },
    /// A file.
    Document {
        /// Its name.
        name: String,
        /// What kind of file it says it is.
        mime: String,
        /// The file.
        bytes: Vec<u8>,
        /// The words under it, or nothing.
        caption: String,
    },
    /// A contact card: one's own when the id is the sender's.
    Contact {
        /// Whose card.
        user_id: i64,
    },
    /// A place on the map.
    Location,
    /// Somebody else's words.
    Forwarded {
        /// The words.
        text: String,
    },
    /// A poll that stands elsewhere.
    ForwardedPoll {
        /// What it asks.
        question: String,
    },
}

impl Telegram {
    /// Makes a person who has Telegram but hasn't opened the bot: it can't write to them yet.
    pub fn meet(&self, user: i64, first_name: &str) {
        self.change(|state| first_name.clone_into(&mut state.person(user).first_name));
    }

    /// Makes a person who pressed START some time ago, so that the bot may write first.
    pub fn acquaint(&self, user: i64, first_name: &str) {
        self.change(|state| {
            let person = state.person(user);
            first_name.clone_into(&mut person.first_name);
            person.started = true;
        });
    }

    /// Sets the language of a person's Telegram (`ru` at first).
    pub fn speak(&self, user: i64, language: &str) {
        self.change(|state| language.clone_into(&mut state.person(user).language));
    }

    /// Writes a message; its id.
    pub fn say(&self, user: i64, text: &str) -> i32 {
        let message = Message::new(user, Body::Text(Formatted::typed(text)));
        self.change(|state| state.arrive(user, message))
    }

    /// Writes a message as a reply to another.
    pub fn reply(&self, user: i64, to: i32, text: &str) -> i32 {
        let mut message = Message::new(user, Body::Text(Formatted::typed(text)));
        message.reply_to = Some(to);
        self.change(|state| state.arrive(user, message))
    }

    /// Changes a message one has written.
    pub fn edit(&self, user: i64, message: i32, text: &str) {
        self.change(|state| {
            let now = state.now;
            let Some(chat) = state.chat_of(message) else {
                return;
            };
            let Some(it) = state.message_mut(chat, message).filter(|it| it.from == user) else {
                return;
            };
            it.body = Body::Text(Formatted::typed(text));
            it.edited = Some(now);
            state.touch(chat);
            state.announce("edited_message", chat, message);
        });
    }

    /// Sends something that isn't plain text; its id.
    pub fn send(&self, user: i64, what: Sent) -> i32 {
        self.change(|state| {
            let message = state.sent(user, what);
            state.arrive(user, message)
        })
    }

    /// Answers a message with something that isn't plain text; its id.
    pub fn reply_with(&self, user: i64, to: i32, what: Sent) -> i32 {
        self.change(|state| {
            let mut message = state.sent(user, what);
            message.reply_to = Some(to);
            state.arrive(user, message)
        })
    }

    /// Sends several at once, as one album.
    pub fn send_album(&self, user: i64, album: Vec<Sent>) -> Vec<i32> {
        self.change(|state| {
            let name = format!("album{}", state.last_file);
            let messages = album.into_iter().map(|what| {
                let mut message = state.sent(user, what);
                message.album = Some(name.clone());
                state.arrive(user, message)
            });
            messages.collect()
        })
    }

    /// Sends one more file of an album whose first is there.
    pub fn send_on(&self, user: i64, first: i32, what: Sent) -> i32 {
        self.change(|state| {
            let album = state.message(user, first).and_then(|it| it.album.clone());
            let mut message = state.sent(user, what);
            message.album = album;
            state.arrive(user, message)
        })
    }

    /// Writes into a group, which is made with the bot in it when there was none.
    pub fn say_in_group(&self, group: i64, user: i64, text: &str) -> i32 {
        let group = -group.abs();
        let message = Message::new(user, Body::Text(Formatted::typed(text)));
        self.change(|state| {
            state.person(user);
            if !state.chats.contains_key(&group) {
                state.chats.entry(group).or_default().title = Some(format!("Group {}", -group));
                state.membership(group, user, "left", "member");
            }
            state.arrive(group, message)
        })
    }

    /// Presses a button that carries `data`, or pretends to; the id of the press.
    ///
    /// The message need not be there any more, and need not have such a button: data can be forged.
    pub fn press(&self, user: i64, message: i32, data: &str) -> String {
        self.change(|state| {
            state.wake(user);
            state.last_query += 1;
            let id = format!("{}", 4_000_000_000_000_000_u64 + state.last_query);
            let query = Query { user, asked: state.now };
            state.queries.insert(id.clone(), query);
            let chat = state.chat_of(message).unwrap_or(user);
            let shown = match state.message(chat, message) {
                Some(it) => write(&state.message_out(it)),
                None => write(&json!({"message_id": message, "date": 0, "chat": state.chat_out(chat)})),
            };
            let (from, data) = (write(&state.user_out(user)), write(&data));
            let content = format!(
                "{{\"id\":\"{id}\",\"from\":{from},\"message\":{shown},\"chat_instance\":\"{chat}\",\"data\":{data}}}"
            );
            state.update("callback_query", &content);
            id
        })
    }

    /// Sends an update that no client can read, as Telegram may after a change of its API.
    pub fn garble(&self) {
        self.change(|state| {
            state.update("message", "{\"message_id\":\"?\"}");
        });
    }

    /// Presses the button with this label in the newest message of the chat that has it; the id of the press.
    ///
    /// # Errors
    /// Lists the labels that are there when none fits.
    pub fn press_label(&self, user: i64, label: &str) -> Result<String, String> {
        let (message, data) = self.look(|state| state.find_button(user, label))?;
        Ok(self.press(user, message, &data))
    }

    /// Blocks the bot.
    pub fn block(&self, user: i64) {
        self.change(|state| {
            if !state.person(user).blocked {
                state.person(user).blocked = true;
                state.membership(user, user, "member", "kicked");
            }
        });
    }

    /// Takes the block back.
    pub fn unblock(&self, user: i64) {
        self.change(|state| state.wake(user));
    }

    /// Delivers a confirmed update once more, with the same id; false when it isn't remembered.
    pub fn repeat_update(&self, update_id: i64) -> bool {
        self.change(|state| state.repeat(update_id))
    }
}

impl State {
    /// Someone acts: from now on the bot may write to them, blocked before or not.
    pub(super) fn wake(&mut self, user: i64) {
        let person = self.person(user);
        person.started = true;
        if std::mem::take(&mut person.blocked) {
            self.membership(user, user, "kicked", "member");
        }
    }

    fn arrive(&mut self, chat: i64, message: Message) -> i32 {
        self.wake(message.from);
        let id = self.put(chat, message);
        self.announce("message", chat, id);
        id
    }

    fn announce(&mut self, kind: &'static str, chat: i64, id: i32) {
        if let Some(message) = self.message(chat, id) {
            let content = write(&self.message_out(message));
            self.update(kind, &content);
        }
    }

    fn membership(&mut self, chat: i64, user: i64, old: &str, new: &str) {
        let member = |status: &str| {
            let mut member = json!({"user": self.user_out(BOT_ID), "status": status});
            if status == "kicked" {
                member["until_date"] = json!(0);
            }
            member
        };
        let content = json!({
            "chat": self.chat_out(chat),
            "from": self.user_out(user),
            "date": self.now.timestamp(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        });
        self.update("my_chat_member", &content.to_string());
    }

    fn sent(&mut self, user: i64, what: Sent) -> Message {
        let body = match what {
            Sent::Sticker => Body::Other("sticker", sticker()),
            Sent::Voice => {
                let file = self.store(FileKind::Voice, "", "audio/ogg", Bytes::from_static(b"OggS"));
                Body::Voice(file, Formatted::typed(""))
            }
            Sent::Photo { bytes, caption } => {
                let (width, height) = sides(&bytes).unwrap_or((800, 600));
                let file = self.store(
                    FileKind::Photo { width, height },
                    "photo.jpg",
                    "image/jpeg",
                    bytes.into(),
                );
                Body::Photo(file, Formatted::typed(&caption))
            }
            Sent::Document {
                name,
                mime,
                bytes,
                caption,
            } => {
                let file = self.store(FileKind::Document, &name, &mime, bytes.into());
                Body::Document(file, Formatted::typed(&caption))
            }
            Sent::Contact { user_id } => Body::Other(
                "contact",
                json!({"phone_number": "+70000000000", "first_name": "Contact", "user_id": user_id}),
            ),
            Sent::Location => Body::Other("location", json!({"latitude": 55.75, "longitude": 37.62})),
            Sent::Forwarded { text } => return self.passed_on(user, Body::Text(Formatted::typed(&text))),
            Sent::ForwardedPoll { question } => {
                let body = self.passed_on_poll(user, &question);
                return self.passed_on(user, body);
            }
        };
        Message::new(user, body)
    }

    fn passed_on(&self, user: i64, body: Body) -> Message {
        let mut message = Message::new(user, body);
        message.origin = Some(Origin::Hidden {
            name: "Somebody".to_owned(),
            date: self.now,
        });
        message
    }

    fn find_button(&self, user: i64, label: &str) -> Result<(i32, String), String> {
        let messages = self
            .chats
            .get(&user)
            .map(|it| it.messages.as_slice())
            .unwrap_or_default();
        let with_keyboard = || {
            messages
                .iter()
                .rev()
                .filter(|it| !it.deleted && !it.keyboard.is_empty())
        };
        for message in with_keyboard() {
            if let Some(button) = message.keyboard.iter().flatten().find(|it| it.text == label) {
                let opens = || format!("the button {label:?} opens {:?}", button.url);
                return Ok((message.id, button.callback_data.clone().ok_or_else(opens)?));
            }
        }
        let labels: Vec<Vec<&str>> = with_keyboard()
            .take(3)
            .map(|it| it.keyboard.iter().flatten().map(|key| key.text.as_str()).collect())
            .collect();
        Err(format!("no button {label:?} in chat {user}; newest first: {labels:?}"))
    }
}

fn sticker() -> Value {
    json!({
        "file_id": "CAACmodel", "file_unique_id": "uCAACmodel", "file_size": 1024,
        "width": 512, "height": 512, "type": "regular", "is_animated": false, "is_video": false,
    })
}
