//! One call to Telegram for each thing a messenger does with a message.

use teloxide::Bot;
use teloxide::RequestError;
use teloxide::payloads::{
    AnswerCallbackQuerySetters as _, EditMessageReplyMarkupSetters as _, EditMessageText, EditMessageTextSetters as _,
    SendMessageSetters as _,
};
use teloxide::prelude::Requester as _;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ParseMode,
};

use super::errors::{Objection, read};
use crate::chat::{Delivered, Found, Screen, Toast};

/// How far past the known ids a letter of which nobody knows is looked for.
const LOOK_AHEAD: i64 = 30;

/// The keyboard of a screen.
pub fn keyboard(screen: &Screen) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(screen.rows.iter().map(|row| {
        row.iter()
            .map(|button| InlineKeyboardButton::callback(button.label.clone(), button.payload.as_str()))
            .collect::<Vec<_>>()
    }))
}

/// Sends a screen as a new message; returns its id.
pub async fn send(bot: &Bot, chat: i64, screen: &Screen, silent: bool) -> Result<i64, RequestError> {
    let mut request = bot
        .send_message(ChatId(chat), screen.text.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview())
        .disable_notification(silent);
    if !screen.rows.is_empty() {
        request = request.reply_markup(keyboard(screen));
    }
    Ok(i64::from(request.await?.id.0))
}

/// Makes a message say something else.
pub async fn edit(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Result<(), RequestError> {
    let edit = EditMessageText::new(ChatId(chat), message_id(message), screen.text.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview())
        .reply_markup(keyboard(screen));
    JsonRequest::new(bot.clone(), Edit(edit)).await.map(drop)
}

/// An edit whose answer isn't read: it is the whole message with its keyboard once more, for every press.
#[derive(serde::Serialize)]
#[serde(transparent)]
struct Edit(EditMessageText);

impl Payload for Edit {
    type Output = serde::de::IgnoredAny;
    const NAME: &'static str = EditMessageText::NAME;
}

/// Takes the keyboard off a message.
pub async fn strip(bot: &Bot, chat: i64, message: i64) -> Result<(), RequestError> {
    let none = InlineKeyboardMarkup::default();
    bot.edit_message_reply_markup(ChatId(chat), message_id(message))
        .reply_markup(none)
        .await
        .map(drop)
}

/// Deletes a message.
pub async fn delete(bot: &Bot, chat: i64, message: i64) -> Result<(), RequestError> {
    bot.delete_message(ChatId(chat), message_id(message)).await.map(drop)
}

/// Answers a press.
pub async fn answer(bot: &Bot, callback: String, toast: Option<&Toast>) -> Result<(), RequestError> {
    let mut request = bot.answer_callback_query(CallbackQueryId(callback));
    if let Some(toast) = toast {
        request = request.text(toast.text.clone()).show_alert(toast.alert);
    }
    request.await.map(drop)
}

/// How a call that had to put a message there ended.
pub fn delivered(sent: Result<i64, RequestError>) -> Delivered {
    match sent {
        Ok(message) => Delivered::There(message),
        Err(failure) => match read(&failure) {
            Objection::NotModified | Objection::TargetGone => Delivered::TargetGone,
            Objection::ChatClosed => Delivered::ChatClosed,
            Objection::Later(seconds) => Delivered::Later(seconds),
            Objection::Refused(reason) => Delivered::Refused(reason),
            Objection::NotSent => Delivered::NotSent,
            Objection::Unsure => Delivered::Unsure,
        },
    }
}

/// The ids that a letter can have whose sending began when `floor` was the highest known one.
pub fn candidates(floor: i64, highest: i64) -> impl Iterator<Item = i64> {
    floor + 1..=highest.max(floor) + LOOK_AHEAD
}

/// Looks for a letter that may have arrived before its receipt was kept.
///
/// Telegram lets a bot read no history, but it says of an edit that changes nothing that the message already is like
/// that. Ids of a bot's private chats grow over all of them, so the letter can only be among the next few past those
/// that were known when it was sent. A letter's keyboard names its lesson and child: no other message is like it.
pub async fn find(bot: &Bot, chat: i64, screen: &Screen, candidates: impl Iterator<Item = i64>) -> Found {
    for message in candidates {
        match edit(bot, chat, message, screen).await {
            Ok(()) => return Found::There(message),
            Err(failure) => match read(&failure) {
                Objection::NotModified => return Found::There(message),
                Objection::TargetGone | Objection::Refused(_) => {}
                Objection::ChatClosed => return Found::Nowhere,
                Objection::Later(_) | Objection::NotSent | Objection::Unsure => return Found::Unknown,
            },
        }
    }
    Found::Nowhere
}

fn message_id(id: i64) -> MessageId {
    MessageId(i32::try_from(id).unwrap_or(i32::MAX))
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
