//! An update of Telegram as the journal's own input. Who pressed is `from.id`, never a user name.

use teloxide::types::{
    CallbackQuery, ChatMemberKind, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Poll, PollAnswer, User,
};

use super::TRANSPORT;
use crate::chat::{Attached, FileKind, Input, Oddity};
use crate::ids::Account;

fn account(user: &User) -> Option<Account> {
    Some(Account {
        transport: TRANSPORT,
        id: i64::try_from(user.id.0).ok()?,
    })
}

/// A message.
pub fn message(message: &Message) -> Option<(Account, Input)> {
    let from = account(message.from.as_ref().filter(|user| !user.is_bot)?)?;
    if !message.chat.is_private() {
        return Some((
            from,
            Input::Group {
                chat: message.chat.id.0,
            },
        ));
    }
    let id = i64::from(message.id.0);
    let input = match message.text() {
        _ if message.forward_origin().is_some() => Input::Odd {
            what: Oddity::Forwarded,
            message: id,
        },
        Some(text) => Input::Text {
            text: text.to_owned(),
            message: id,
            answers: message.reply_to_message().map(|it| i64::from(it.id.0)),
        },
        None => match attached(message) {
            Some(file) => Input::File {
                file,
                words: message.caption().unwrap_or_default().to_owned(),
                message: id,
                answers: message.reply_to_message().map(|it| i64::from(it.id.0)),
            },
            None => Input::Odd {
                what: Oddity::Other,
                message: id,
            },
        },
    };
    Some((from, input))
}

/// The file of a message; of a picture the largest of its sizes.
fn attached(message: &Message) -> Option<Attached> {
    let (kind, file, name) = if let Some(document) = message.document() {
        let name = document.file_name.clone().unwrap_or_default();
        (FileKind::Document, &document.file, name)
    } else if let Some(sizes) = message.photo() {
        let largest = sizes.iter().max_by_key(|it| it.width * it.height)?;
        (FileKind::Picture, &largest.file, String::new())
    } else {
        (FileKind::Voice, &message.voice()?.file, String::new())
    };
    Some(Attached {
        id: file.id.0.clone(),
        name,
        size: u64::from(file.size),
        kind,
        album: message.media_group_id().map(|it| it.0.clone()),
    })
}

/// A message that was changed after it was sent.
pub fn edited(message: &Message) -> Option<(Account, Input)> {
    let from = account(message.from.as_ref()?)?;
    let text = message.text().unwrap_or_default().to_owned();
    message.chat.is_private().then(|| {
        (
            from,
            Input::Edited {
                text,
                message: i64::from(message.id.0),
            },
        )
    })
}

/// A press.
pub fn press(query: CallbackQuery) -> Option<(Account, Input)> {
    let from = account(&query.from)?;
    let (message, private) = match query.message? {
        MaybeInaccessibleMessage::Regular(message) => (message.id, message.chat.is_private()),
        MaybeInaccessibleMessage::Inaccessible(message) => (message.message_id, message.chat.is_private()),
    };
    // Our keyboards stand in private chats only: a press from elsewhere is forged or forwarded.
    private.then(|| {
        (
            from,
            Input::Press {
                payload: query.data.unwrap_or_default(),
                callback: query.id.0,
                message: i64::from(message.0),
            },
        )
    })
}

/// A vote in a poll that isn't anonymous.
pub fn vote(answer: PollAnswer) -> Option<(Account, Input)> {
    let from = account(answer.voter.user()?)?;
    let (poll, options) = (answer.poll_id.0, answer.option_ids);
    Some((from, Input::Vote { poll, options }))
}

/// How an anonymous poll stands. Of the others each vote is heard of by itself.
pub fn counts(poll: Poll) -> Option<(Account, Input)> {
    let counts = poll.options.iter().map(|it| i64::from(it.voter_count)).collect();
    let voters = i64::from(poll.total_voter_count);
    poll.is_anonymous.then(|| {
        let poll = poll.id.0;
        (Account::nobody(TRANSPORT), Input::Counts { poll, counts, voters })
    })
}

/// The bot was blocked, unblocked, or put into a group.
pub fn membership(update: &ChatMemberUpdated) -> Option<(Account, Input)> {
    let from = account(&update.from)?;
    let here = !matches!(
        update.new_chat_member.kind,
        ChatMemberKind::Left | ChatMemberKind::Banned(_)
    );
    match (update.chat.is_private(), here) {
        (true, true) => Some((from, Input::Opened)),
        (true, false) => Some((from, Input::Closed)),
        (false, true) => Some((from, Input::Group { chat: update.chat.id.0 })),
        (false, false) => None,
    }
}
