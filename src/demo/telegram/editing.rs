//! Methods that change or delete a message.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::Value;

use super::{
    BOT_ID,
    files::Wanted,
    keyboard::Keyboard,
    params::Params,
    refusal::Refusal,
    sending::{caption, text},
    state::{Body, Message, State},
    text::Formatted,
};

/// A message older than this stays.
const DELETABLE: TimeDelta = TimeDelta::hours(48);

/// What an edit leaves: the content (none: as it was) and the buttons.
struct Edit {
    body: Option<Body>,
    keyboard: Keyboard,
}

impl State {
    /// `editMessageText`
    pub(super) fn edit_text(&mut self, params: &Params) -> Result<String, Refusal> {
        let (keyboard, text) = (params.keyboard()?, text(params)?);
        let message = self.editable(params)?;
        if !matches!(message.body, Body::Text(_)) {
            return Err(Refusal::bad("there is no text in the message to edit"));
        }
        self.apply(
            params,
            Edit {
                body: Some(Body::Text(text)),
                keyboard,
            },
        )
    }

    /// `editMessageCaption`
    pub(super) fn edit_caption(&mut self, params: &Params) -> Result<String, Refusal> {
        let (keyboard, caption) = (params.keyboard()?, caption(params)?);
        let body = match &self.editable(params)?.body {
            Body::Photo(file, _) => Body::Photo(Arc::clone(file), caption),
            Body::Document(file, _) => Body::Document(Arc::clone(file), caption),
            Body::Voice(file, _) => Body::Voice(Arc::clone(file), caption),
            Body::Text(_) | Body::Poll(_) | Body::Other(..) => {
                return Err(Refusal::bad("there is no caption in the message to edit"));
            }
        };
        self.apply(
            params,
            Edit {
                body: Some(body),
                keyboard,
            },
        )
    }

    /// `editMessageReplyMarkup`
    pub(super) fn edit_markup(&mut self, params: &Params) -> Result<String, Refusal> {
        let keyboard = params.keyboard()?;
        self.editable(params)?;
        self.apply(params, Edit { body: None, keyboard })
    }

    /// `editMessageMedia`: another picture or document in the place of a picture, a document or a text.
    pub(super) fn edit_media(&mut self, params: &Params) -> Result<String, Refusal> {
        let keyboard = params.keyboard()?;
        if matches!(
            self.editable(params)?.body,
            Body::Poll(_) | Body::Voice(..) | Body::Other(..)
        ) {
            return Err(Refusal::bad("message can't be edited"));
        }
        let media: Value = params
            .json("media")?
            .ok_or_else(|| Refusal::bad("input media is not specified"))?;
        let field = |name: &str| media.get(name).and_then(Value::as_str).unwrap_or_default();
        let inner = Params {
            values: media.as_object().cloned().unwrap_or_default(),
            ..Params::default()
        };
        let caption: Formatted = caption(&inner)?;
        let body = match field("type") {
            "photo" => Body::Photo(
                self.file_of(params, "media", Some(field("media")), Wanted::Photo)?,
                caption,
            ),
            "document" => {
                let file = self.file_of(params, "media", Some(field("media")), Wanted::Document)?;
                Body::Document(file, caption)
            }
            _ => {
                return Err(Refusal::bad("can't parse InputMedia: media type is not supported"));
            }
        };
        self.apply(
            params,
            Edit {
                body: Some(body),
                keyboard,
            },
        )
    }

    /// `deleteMessage`
    pub(super) fn delete(&mut self, params: &Params) -> Result<String, Refusal> {
        let chat = self.known_chat(params)?;
        let id = params.message_id()?;
        if !self.delete_one(chat, id)? {
            return Err(Refusal::bad("message to delete not found"));
        }
        Ok("true".to_owned())
    }

    /// `deleteMessages`: those that aren't there are passed over.
    pub(super) fn delete_many(&mut self, params: &Params) -> Result<String, Refusal> {
        let chat = self.known_chat(params)?;
        let ids: Vec<i32> = params.parse("message_ids")?.unwrap_or_default();
        if !(1..=100).contains(&ids.len()) {
            return Err(Refusal::bad("message identifiers are not specified"));
        }
        for id in ids {
            self.delete_one(chat, id)?;
        }
        Ok("true".to_owned())
    }

    fn delete_one(&mut self, chat: i64, id: i32) -> Result<bool, Refusal> {
        let now = self.now;
        let Some(message) = self.message_mut(chat, id) else {
            return Ok(false);
        };
        let other_persons = chat < 0 && message.from != BOT_ID;
        if other_persons || now - message.date > DELETABLE {
            return Err(Refusal::bad("message can't be deleted for everyone"));
        }
        message.deleted = true;
        self.touch(chat);
        Ok(true)
    }

    fn known_chat(&self, params: &Params) -> Result<i64, Refusal> {
        let chat = params.int("chat_id").filter(|it| self.chats.contains_key(it));
        chat.ok_or_else(|| Refusal::bad("chat not found"))
    }

    /// The bot's own message that a call names.
    fn editable(&self, params: &Params) -> Result<&Message, Refusal> {
        let chat = self.writable(params.int("chat_id"))?;
        let message = self.message(chat, params.message_id()?);
        let message = message.ok_or_else(|| Refusal::bad("message to edit not found"))?;
        if message.from != BOT_ID || message.origin.is_some() {
            return Err(Refusal::bad("message can't be edited"));
        }
        Ok(message)
    }

    fn apply(&mut self, params: &Params, edit: Edit) -> Result<String, Refusal> {
        let message = self.editable(params)?;
        let (chat, id) = (message.chat, message.id);
        let same_body = edit.body.as_ref().is_none_or(|it| same(it, &message.body));
        if same_body && edit.keyboard == message.keyboard {
            return Err(Refusal::bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
            ));
        }
        let now = self.now;
        if let Some(message) = self.message_mut(chat, id) {
            message.keyboard = edit.keyboard;
            if let Some(body) = edit.body {
                message.body = body;
            }
            // Telegram counts a change of the buttons alone as an edit too, but shows no mark for it.
            if !same_body {
                message.edited = Some(now);
            }
        }
        self.touch(chat);
        Ok(self.written(chat, id))
    }
}

fn same(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Text(a), Body::Text(b)) => a == b,
        (Body::Photo(a, x), Body::Photo(b, y))
        | (Body::Document(a, x), Body::Document(b, y))
        | (Body::Voice(a, x), Body::Voice(b, y)) => a.id == b.id && x == y,
        _ => false,
    }
}
