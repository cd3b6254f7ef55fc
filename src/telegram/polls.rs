//! Polls: sent, stopped, shown in other chats, and found again after a crash.

use teloxide::Bot;
use teloxide::RequestError;
use teloxide::payloads::{
    EditMessageReplyMarkupSetters as _, ForwardMessageSetters as _, SendPollSetters as _, StopPollSetters as _,
};
use teloxide::prelude::Requester as _;
use teloxide::types::{ChatId, InputPollOption, Message};

use super::call::call;
use super::errors::{Objection, read};
use super::send::{delivered, keyboard, message_id, strip};
use crate::chat::{Delivered, Found, Poll, Screen};

/// Sends a poll as a new message.
pub async fn send(bot: &Bot, chat: i64, poll: &Poll, screen: &Screen, silent: bool) -> Delivered {
    let options: Vec<InputPollOption> = poll.options.iter().map(InputPollOption::new).collect();
    let mut request = bot
        .send_poll(ChatId(chat), poll.question.clone(), options)
        .is_anonymous(poll.anonymous)
        .allows_multiple_answers(poll.multiple)
        .disable_notification(silent);
    if !screen.rows.is_empty() {
        request = request.reply_markup(keyboard(screen));
    }
    match call(bot, request).await {
        Ok(message) => there(&message),
        Err(failure) => delivered(Err(failure)),
    }
}

/// The poll that a message is.
fn there(message: &Message) -> Delivered {
    let id = i64::from(message.id.0);
    match message.poll() {
        Some(poll) => Delivered::PollThere(id, poll.id.0.clone()),
        None => Delivered::There(id),
    }
}

/// A poll takes no more votes; one that takes none already is as it should be.
pub async fn stop(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Delivered {
    let mut request = bot.stop_poll(ChatId(chat), message_id(message));
    if !screen.rows.is_empty() {
        request = request.reply_markup(keyboard(screen));
    }
    match call(bot, request).await {
        Ok(_) => Delivered::There(message),
        Err(failure) => match read(&failure) {
            Objection::Refused(reason) if reason.contains("been closed") => Delivered::There(message),
            Objection::Refused(reason) if reason.contains("not found") => Delivered::TargetGone,
            _ => delivered(Err(failure)),
        },
    }
}

/// Shows a message of one chat in another, from where it can't be passed on.
pub async fn forward(bot: &Bot, chat: i64, (from, message): (i64, i64), silent: bool) -> Delivered {
    let request = bot
        .forward_message(ChatId(chat), ChatId(from), message_id(message))
        .protect_content(true)
        .disable_notification(silent);
    match call(bot, request).await {
        Ok(message) => Delivered::There(i64::from(message.id.0)),
        Err(failure) => match read(&failure) {
            Objection::Refused(reason) if reason.contains("not found") => Delivered::TargetGone,
            _ => delivered(Err(failure)),
        },
    }
}

/// Looks for a poll that may have arrived before its receipt was kept.
///
/// A poll can't be edited into itself as a text can, but its buttons can: those of one poll are no other message's, so
/// "not modified" means that it is there. What Telegram says of a message whose buttons change has the poll's name in
/// it: they are taken off and put back once. Ids grow over all chats, so the first message of ours past those that were
/// known is the poll, unless a screen was painted in the same moment; such a screen gets the poll's buttons below it,
/// which lead on, and looks as it should at the next press.
pub async fn find(bot: &Bot, chat: i64, screen: &Screen, candidates: impl Iterator<Item = i64>) -> Found {
    if screen.rows.is_empty() {
        // Nothing tells one bare poll from another.
        return Found::Nowhere;
    }
    for message in candidates {
        match mark(bot, chat, message, screen).await {
            Ok(found) => match there(&found) {
                // A crash had come between taking off and putting back.
                Delivered::PollThere(id, poll) => return Found::PollThere(id, poll),
                _ => continue,
            },
            Err(failure) => match read(&failure) {
                Objection::NotModified => {}
                Objection::TargetGone | Objection::Refused(_) => continue,
                Objection::ChatClosed => return Found::Nowhere,
                Objection::Later(_) | Objection::NotSent | Objection::Unsure => return Found::Unknown,
            },
        }
        if strip(bot, chat, message).await.is_err() {
            return Found::Unknown;
        }
        return match mark(bot, chat, message, screen).await.as_ref().map(there) {
            Ok(Delivered::PollThere(id, poll)) => Found::PollThere(id, poll),
            _ => Found::Unknown,
        };
    }
    Found::Nowhere
}

/// Looks for a poll of another chat that may have been shown in this one before its receipt was kept.
///
/// What came from elsewhere can't be edited, and Telegram says the same of what a person wrote. But asked to stop a
/// poll it tells them apart: there is no such message in this chat, or it is no poll, or it is one that can't be stopped
/// here, because it came from elsewhere. So asking stops nothing, and finds what was shown. The one poll that it would
/// stop is one of ours that stands in this chat by itself: those have receipts, and whoever asks knows them.
pub async fn find_shown(bot: &Bot, chat: i64, candidates: impl Iterator<Item = i64>) -> Found {
    for message in candidates {
        let Err(failure) = bot.stop_poll(ChatId(chat), message_id(message)).await else {
            continue;
        };
        match read(&failure) {
            Objection::Refused(reason) if is_from_elsewhere(&reason) => return Found::There(message),
            Objection::NotModified | Objection::TargetGone | Objection::Refused(_) => {}
            Objection::ChatClosed => return Found::Nowhere,
            Objection::Later(_) | Objection::NotSent | Objection::Unsure => return Found::Unknown,
        }
    }
    Found::Nowhere
}

/// Whether Telegram objects that a poll isn't this message's to stop; older servers look first whether it is closed.
fn is_from_elsewhere(reason: &str) -> bool {
    let lower = reason.to_lowercase();
    lower.contains("can't be stopped") || lower.contains("been closed")
}

async fn mark(bot: &Bot, chat: i64, message: i64, screen: &Screen) -> Result<Message, RequestError> {
    let request = bot
        .edit_message_reply_markup(ChatId(chat), message_id(message))
        .reply_markup(keyboard(screen));
    call(bot, request).await
}
