//! Methods that put a new message into a chat.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{
    BOT_ID, Telegram,
    files::Wanted,
    html,
    keyboard::{Button, Keyboard},
    params::Params,
    refusal::Refusal,
    seen::Key,
    state::{Body, Message, Origin, State},
    text::{CAPTION_LIMIT, Formatted, TEXT_LIMIT},
    updates::write,
};

/// Which method sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sends {
    Text,
    Photo,
    Document,
    Voice,
    Poll,
}

impl Telegram {
    /// Puts a message of the bot's where it stood at that time, in a chat whose model began anew; its id.
    ///
    /// # Errors
    /// Says what Telegram would have objected to.
    pub fn recall(&self, user: i64, html: &str, keys: Vec<Vec<Key>>, at: DateTime<Utc>) -> Result<i32, String> {
        let text = html::parse(html).map_err(|refusal| refusal.description)?;
        let button = |key: Key| Button {
            text: key.label,
            url: key.url,
            callback_data: key.data,
        };
        let mut message = Message::new(BOT_ID, Body::Text(text));
        message.keyboard = keys
            .into_iter()
            .map(|row| row.into_iter().map(button).collect())
            .collect();
        Ok(self.change(|state| {
            state.person(user);
            let id = state.put(user, message);
            if let Some(put) = state.message_mut(user, id) {
                put.date = at;
            }
            id
        }))
    }
}

impl State {
    /// `sendMessage`, `sendPhoto`, `sendDocument`, `sendVoice`, `sendPoll`
    pub(super) fn send(&mut self, sends: Sends, params: &Params) -> Result<String, Refusal> {
        let keyboard = params.keyboard()?;
        let chat = self.writable(params.int("chat_id"))?;
        let reply_to = self.replied(chat, params)?;
        let body = match sends {
            Sends::Text => Body::Text(text(params)?),
            Sends::Photo => {
                let caption = caption(params)?;
                Body::Photo(
                    self.file_of(params, "photo", params.text("photo"), Wanted::Photo)?,
                    caption,
                )
            }
            Sends::Document => {
                let caption = caption(params)?;
                Body::Document(
                    self.file_of(params, "document", params.text("document"), Wanted::Document)?,
                    caption,
                )
            }
            Sends::Voice => {
                let caption = caption(params)?;
                Body::Voice(
                    self.file_of(params, "voice", params.text("voice"), Wanted::Voice)?,
                    caption,
                )
            }
            Sends::Poll => self.new_poll(chat, params)?,
        };
        let mut message = Message::new(BOT_ID, body);
        message.reply_to = reply_to;
        let id = self.put_bots(chat, message, keyboard, params);
        Ok(self.written(chat, id))
    }

    /// `forwardMessage`: the words and the file, with where they come from and without the buttons.
    pub(super) fn forward(&mut self, params: &Params) -> Result<String, Refusal> {
        let chat = self.writable(params.int("chat_id"))?;
        let source = self.source(params, "message to forward not found")?;
        if source.protected {
            return Err(Refusal::bad("message has protected content and can't be forwarded"));
        }
        let first = Origin::User {
            user: source.from,
            date: source.date,
        };
        let origin = source.origin.clone().unwrap_or(first);
        let body = source.body.clone();
        if let Body::Poll(idx) = body {
            self.polls[idx].chats.push(chat);
        }
        let mut message = Message::new(BOT_ID, body);
        message.origin = Some(origin);
        let id = self.put_bots(chat, message, Vec::new(), params);
        Ok(self.written(chat, id))
    }

    /// `copyMessage`: as if the bot had written it itself; only the id comes back.
    pub(super) fn copy(&mut self, params: &Params) -> Result<String, Refusal> {
        let keyboard = params.keyboard()?;
        let chat = self.writable(params.int("chat_id"))?;
        let reply_to = self.replied(chat, params)?;
        let source = self.source(params, "message to copy not found")?;
        if source.protected {
            return Err(Refusal::bad("message has protected content and can't be copied"));
        }
        let mut body = source.body.clone();
        match &mut body {
            Body::Photo(_, old) | Body::Document(_, old) | Body::Voice(_, old)
                if params.values.contains_key("caption") =>
            {
                *old = caption(params)?;
            }
            Body::Poll(idx) => {
                let chats = &mut self.polls[*idx].chats;
                chats.push(chat);
            }
            _ => {}
        }
        let mut message = Message::new(BOT_ID, body);
        message.reply_to = reply_to;
        let id = self.put_bots(chat, message, keyboard, params);
        Ok(json!({"message_id": id}).to_string())
    }

    /// The JSON of a message that is there.
    pub(super) fn written(&self, chat: i64, id: i32) -> String {
        self.message(chat, id)
            .map(|it| write(&self.message_out(it)))
            .unwrap_or_default()
    }

    fn put_bots(&mut self, chat: i64, mut message: Message, keyboard: Keyboard, params: &Params) -> i32 {
        message.keyboard = keyboard;
        message.silent = params.flag("disable_notification");
        message.protected = params.flag("protect_content");
        self.put(chat, message)
    }

    fn source(&self, params: &Params, missing: &str) -> Result<&Message, Refusal> {
        let from = params.int("from_chat_id").filter(|it| self.chats.contains_key(it));
        let from = from.ok_or_else(|| Refusal::bad("chat not found"))?;
        self.message(from, params.message_id()?)
            .ok_or_else(|| Refusal::bad(missing))
    }

    /// The message that is replied to; one that is gone is refused unless the call says otherwise.
    fn replied(&self, chat: i64, params: &Params) -> Result<Option<i32>, Refusal> {
        let parameters = params.json("reply_parameters")?;
        let field = |name: &str| parameters.as_ref().and_then(|it| it.get(name));
        let id = field("message_id").and_then(serde_json::Value::as_i64);
        let Some(id) = id.or_else(|| params.int("reply_to_message_id")) else {
            return Ok(None);
        };
        let id = i32::try_from(id).unwrap_or_default();
        let anyway = field("allow_sending_without_reply").and_then(serde_json::Value::as_bool);
        match self.message(chat, id) {
            Some(_) => Ok(Some(id)),
            None if anyway.unwrap_or(false) || params.flag("allow_sending_without_reply") => Ok(None),
            None => Err(Refusal::bad("message to be replied not found")),
        }
    }
}

/// The text of a call within its limits.
pub(super) fn text(params: &Params) -> Result<Formatted, Refusal> {
    let given = params.text("text").unwrap_or_default();
    let text = Formatted::from_params(params, given, "parse_mode", "entities")?;
    if text.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if text.units() > TEXT_LIMIT {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(text)
}

/// The caption of a call within its limits.
pub(super) fn caption(params: &Params) -> Result<Formatted, Refusal> {
    let given = params.text("caption").unwrap_or_default();
    let caption = Formatted::from_params(params, given, "parse_mode", "caption_entities")?;
    if caption.units() > CAPTION_LIMIT {
        return Err(Refusal::bad("message caption is too long"));
    }
    Ok(caption)
}
