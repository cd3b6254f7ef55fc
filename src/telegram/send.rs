//! One call to Telegram for each thing a messenger does with a message.

use teloxide::Bot;
use teloxide::RequestError;
use teloxide::net::Download as _;
use teloxide::payloads::{
    AnswerCallbackQuerySetters as _, EditMessageCaption, EditMessageCaptionSetters as _, EditMessageMediaSetters as _,
    EditMessageReplyMarkupSetters as _, EditMessageText, EditMessageTextSetters as _, SendDocumentSetters as _,
    SendMessageSetters as _, SendPhotoSetters as _, SendVoiceSetters as _,
};
use teloxide::prelude::Requester as _;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::types::{
    CallbackQueryId, ChatId, FileId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMedia,
    InputMediaPhoto, LinkPreviewOptions, MessageId, ParseMode, PhotoSize,
};

use super::call::call;
use super::errors::{Objection, read};
use crate::chat::{Attached, Delivered, Document, Fetched, FileKind, Found, Screen, Shape, Toast};

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
    Ok(i64::from(call(bot, request).await?.id.0))
}

/// Sends a file with a screen under it as a new message; returns its id.
pub async fn send_document(
    bot: &Bot,
    chat: i64,
    document: &Document,
    screen: &Screen,
    silent: bool,
) -> Result<i64, RequestError> {
    let file = InputFile::memory(document.bytes.clone()).file_name(document.name.clone());
    let kind = if document.is_picture() {
        FileKind::Picture
    } else {
        FileKind::Document
    };
    send_file(bot, chat, (file, kind), screen, silent).await
}

/// Sends a file that the messenger has already, with a screen under it, as a new message; returns its id.
pub async fn send_enclosed(
    bot: &Bot,
    chat: i64,
    file: &Attached,
    screen: &Screen,
    silent: bool,
) -> Result<i64, RequestError> {
    let known = InputFile::file_id(FileId(file.id.clone()));
    send_file(bot, chat, (known, file.kind), screen, silent).await
}

async fn send_file(
    bot: &Bot,
    chat: i64,
    (file, kind): (InputFile, FileKind),
    screen: &Screen,
    silent: bool,
) -> Result<i64, RequestError> {
    macro_rules! send {
        ($request:expr) => {{
            let mut request = $request
                .caption(screen.text.clone())
                .parse_mode(ParseMode::Html)
                .disable_notification(silent);
            if !screen.rows.is_empty() {
                request = request.reply_markup(keyboard(screen));
            }
            request.await?
        }};
    }
    let chat = ChatId(chat);
    let sent = match kind {
        FileKind::Document => send!(bot.send_document(chat, file)),
        FileKind::Picture => send!(bot.send_photo(chat, file)),
        FileKind::Voice => send!(bot.send_voice(chat, file)),
    };
    Ok(i64::from(sent.id.0))
}

/// Sends a picture with a screen under it as a new message, without a sound; returns its id and the picture's.
pub async fn send_picture(
    bot: &Bot,
    chat: i64,
    picture: InputFile,
    screen: &Screen,
) -> Result<(i64, Option<String>), RequestError> {
    let mut request = bot
        .send_photo(ChatId(chat), picture)
        .caption(screen.text.clone())
        .parse_mode(ParseMode::Html)
        .disable_notification(true);
    if !screen.rows.is_empty() {
        request = request.reply_markup(keyboard(screen));
    }
    let sent = request.await?;
    let id = sent
        .photo()
        .and_then(<[PhotoSize]>::last)
        .map(|it| it.file.id.0.clone());
    Ok((i64::from(sent.id.0), id))
}

/// Makes a message a picture with a screen under it; returns the picture's id.
pub async fn edit_picture(
    bot: &Bot,
    chat: i64,
    message: i64,
    picture: InputFile,
    screen: &Screen,
) -> Result<Option<String>, RequestError> {
    let media = InputMediaPhoto::new(picture)
        .caption(screen.text.clone())
        .parse_mode(ParseMode::Html);
    let edited = bot
        .edit_message_media(ChatId(chat), message_id(message), InputMedia::Photo(media))
        .reply_markup(keyboard(screen))
        .await?;
    Ok(edited
        .photo()
        .and_then(<[PhotoSize]>::last)
        .map(|it| it.file.id.0.clone()))
}

/// Brings a file that somebody sent.
pub async fn fetch(bot: &Bot, file: &str, limit: usize) -> Fetched {
    let found = match bot.get_file(FileId(file.to_owned())).await {
        Ok(found) => found,
        Err(failure) => {
            return match read(&failure) {
                Objection::Refused(reason) if reason.to_lowercase().contains("too big") => Fetched::TooLarge,
                Objection::Later(_) | Objection::NotSent | Objection::Unsure => Fetched::NotNow,
                _ => Fetched::Gone,
            };
        }
    };
    if usize::try_from(found.size).unwrap_or(usize::MAX) > limit {
        return Fetched::TooLarge;
    }
    let mut bytes = Vec::new();
    match bot.download_file(&found.path, &mut bytes).await {
        // What was said of its size may be wrong.
        Ok(()) if bytes.len() > limit => Fetched::TooLarge,
        Ok(()) => Fetched::Here(bytes),
        Err(_) => Fetched::NotNow,
    }
}

/// Makes a message say something else, or the words under a file.
pub async fn edit(bot: &Bot, chat: i64, message: i64, screen: &Screen, shape: Shape) -> Result<(), RequestError> {
    match shape {
        Shape::Text => edit_text(bot, chat, message, screen).await,
        Shape::Document => edit_caption(bot, chat, message, screen).await,
        // Of a poll only the buttons are ours to change.
        Shape::Poll => edit_keyboard(bot, chat, message, screen).await,
    }
}

async fn edit_caption(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Result<(), RequestError> {
    let edit = EditMessageCaption::new(ChatId(chat), message_id(message))
        .caption(screen.text.clone())
        .parse_mode(ParseMode::Html)
        .reply_markup(keyboard(screen));
    call(bot, JsonRequest::new(bot.clone(), Edit(edit))).await.map(drop)
}

async fn edit_keyboard(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Result<(), RequestError> {
    let request = bot
        .edit_message_reply_markup(ChatId(chat), message_id(message))
        .reply_markup(keyboard(screen));
    call(bot, request).await.map(drop)
}

async fn edit_text(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Result<(), RequestError> {
    let edit = EditMessageText::new(ChatId(chat), message_id(message), screen.text.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview())
        .reply_markup(keyboard(screen));
    call(bot, JsonRequest::new(bot.clone(), Edit(edit))).await.map(drop)
}

/// An edit whose answer isn't read: it is the whole message with its keyboard once more, for every press.
#[derive(serde::Serialize)]
#[serde(transparent)]
struct Edit<P>(P);

impl<P: Payload + serde::Serialize> Payload for Edit<P> {
    type Output = serde::de::IgnoredAny;
    const NAME: &'static str = P::NAME;
}

/// Takes the keyboard off a message.
pub async fn strip(bot: &Bot, chat: i64, message: i64) -> Result<(), RequestError> {
    let none = InlineKeyboardMarkup::default();
    let request = bot
        .edit_message_reply_markup(ChatId(chat), message_id(message))
        .reply_markup(none);
    call(bot, request).await.map(drop)
}

/// Deletes a message.
pub async fn delete(bot: &Bot, chat: i64, message: i64) -> Result<(), RequestError> {
    call(bot, bot.delete_message(ChatId(chat), message_id(message)))
        .await
        .map(drop)
}

/// Answers a press.
pub async fn answer(bot: &Bot, callback: String, toast: Option<&Toast>) -> Result<(), RequestError> {
    let mut request = bot.answer_callback_query(CallbackQueryId(callback));
    if let Some(toast) = toast {
        request = request.text(toast.text.clone()).show_alert(toast.alert);
    }
    call(bot, request).await.map(drop)
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
pub async fn find(bot: &Bot, chat: i64, screen: &Screen, shape: Shape, candidates: impl Iterator<Item = i64>) -> Found {
    for message in candidates {
        match edit(bot, chat, message, screen, shape).await {
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

pub(super) fn message_id(id: i64) -> MessageId {
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
