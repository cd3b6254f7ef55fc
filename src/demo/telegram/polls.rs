//! Polls: sent, voted in, stopped, and closed by themselves.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    Telegram,
    params::Params,
    refusal::Refusal,
    state::{Body, Message, State},
    text::{Formatted, units},
    updates::write,
    wire::PollOut,
};

const QUESTION_LIMIT: usize = 300;
const OPTION_LIMIT: usize = 100;
const OPTIONS_LIMIT: usize = 12;

/// One poll, shared by the message it was sent in and all that were forwarded from it.
#[derive(Debug)]
pub(super) struct Poll {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) options: Vec<String>,
    /// What each person chose, never empty.
    pub(super) votes: HashMap<i64, Vec<u8>>,
    pub(super) anonymous: bool,
    pub(super) multiple: bool,
    /// The right answer of a quiz.
    pub(super) correct: Option<u8>,
    pub(super) closed: bool,
    pub(super) close_date: Option<DateTime<Utc>>,
    /// The chats that show it.
    pub(super) chats: Vec<i64>,
}

impl Poll {
    /// Options with their votes.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        (0_u8..).zip(&self.options).map(|(idx, text)| {
            (
                text.as_str(),
                self.votes.values().filter(|it| it.contains(&idx)).count(),
            )
        })
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        !self.closed && self.close_date.is_some_and(|it| it <= now)
    }
}

impl Telegram {
    /// Votes in a poll, votes anew, or with no options takes the vote back. Nothing happens in a closed poll.
    pub fn vote(&self, user: i64, message: i32, options: &[u8]) {
        self.change(|state| {
            state.close_due_polls();
            state.wake(user);
            let chat = state.chat_of(message).unwrap_or(user);
            let Some(&Message {
                body: Body::Poll(idx), ..
            }) = state.message(chat, message)
            else {
                return;
            };
            state.vote(user, idx, options);
        });
    }
}

impl State {
    /// A poll that somebody passes on to the bot from another chat.
    pub(super) fn passed_on_poll(&mut self, chat: i64, question: &str) -> Body {
        self.polls.push(Poll {
            id: self.next_poll(),
            question: question.to_owned(),
            options: vec!["+".to_owned(), "-".to_owned()],
            votes: HashMap::new(),
            anonymous: true,
            multiple: false,
            correct: None,
            closed: false,
            close_date: None,
            chats: vec![chat],
        });
        Body::Poll(self.polls.len() - 1)
    }

    fn next_poll(&self) -> String {
        format!("{}", 5_300_000_000_000_000_000_u64 + self.polls.len() as u64)
    }

    fn vote(&mut self, user: i64, idx: usize, options: &[u8]) {
        let Some(poll) = self.polls.get_mut(idx).filter(|it| !it.closed) else {
            return;
        };
        let known = |it: &&u8| usize::from(**it) < poll.options.len();
        let most = if poll.multiple { OPTIONS_LIMIT } else { 1 };
        let chosen: Vec<u8> = options.iter().filter(known).take(most).copied().collect();
        if poll.votes.get(&user).map_or(&[][..], Vec::as_slice) == chosen {
            return;
        }
        if chosen.is_empty() {
            poll.votes.remove(&user);
        } else {
            poll.votes.insert(user, chosen.clone());
        }
        let (anonymous, id, chats) = (poll.anonymous, poll.id.clone(), poll.chats.clone());
        for chat in chats {
            self.touch(chat);
        }
        if anonymous {
            self.announce_poll(idx);
        } else {
            let answer = json!({"poll_id": id, "user": self.user_out(user), "option_ids": chosen});
            self.update("poll_answer", &answer.to_string());
        }
    }

    /// Closes the polls whose time has come.
    pub(super) fn close_due_polls(&mut self) {
        let now = self.now;
        let due: Vec<usize> = (0..self.polls.len()).filter(|it| self.polls[*it].is_due(now)).collect();
        for idx in due {
            self.close_poll(idx);
        }
    }

    fn close_poll(&mut self, idx: usize) {
        self.polls[idx].closed = true;
        for chat in self.polls[idx].chats.clone() {
            self.touch(chat);
        }
        self.announce_poll(idx);
    }

    fn announce_poll(&mut self, idx: usize) {
        let content = write(&PollOut::of(&self.polls[idx]));
        self.update("poll", &content);
    }

    /// The body of `sendPoll`, checked.
    pub(super) fn new_poll(&mut self, chat: i64, params: &Params) -> Result<Body, Refusal> {
        let question = Formatted::from_params(
            params,
            params.text("question").unwrap_or_default(),
            "question_parse_mode",
            "question_entities",
        )?
        .text;
        if question.is_empty() {
            return Err(Refusal::bad("poll question must be non-empty"));
        }
        if units(&question) > QUESTION_LIMIT {
            return Err(Refusal::bad("poll question length must not exceed 300"));
        }
        let options = options(params)?;
        let correct = params.int("correct_option_id").and_then(|it| u8::try_from(it).ok());
        let quiz = params.text("type") == Some("quiz");
        if quiz && correct.is_none_or(|it| usize::from(it) >= options.len()) {
            return Err(Refusal::bad("wrong correct option ID specified"));
        }
        let anonymous = !params.values.contains_key("is_anonymous") || params.flag("is_anonymous");
        self.polls.push(Poll {
            id: self.next_poll(),
            question,
            options,
            votes: HashMap::new(),
            anonymous,
            multiple: !quiz && params.flag("allows_multiple_answers"),
            correct: correct.filter(|_| quiz),
            closed: params.flag("is_closed"),
            close_date: self.close_date(params)?,
            chats: vec![chat],
        });
        Ok(Body::Poll(self.polls.len() - 1))
    }

    /// 5 seconds ahead at least; how far it may lie is left open, since the limit has moved between versions.
    fn close_date(&self, params: &Params) -> Result<Option<DateTime<Utc>>, Refusal> {
        let seconds = match (params.int("open_period"), params.int("close_date")) {
            (Some(period), _) => period,
            (None, Some(date)) => date - self.now.timestamp(),
            (None, None) => return Ok(None),
        };
        if seconds < 5 {
            return Err(Refusal::bad("poll close date must be at least 5 seconds in the future"));
        }
        Ok(DateTime::from_timestamp(self.now.timestamp() + seconds, 0))
    }

    /// `stopPoll`
    pub(super) fn stop_poll(&mut self, params: &Params) -> Result<String, Refusal> {
        self.close_due_polls();
        let keyboard = params.keyboard()?;
        let chat = self.writable(params.int("chat_id"))?;
        let id = params.message_id()?;
        let message = self
            .message(chat, id)
            .ok_or_else(|| Refusal::bad("message with poll to stop not found"))?;
        let Body::Poll(idx) = message.body else {
            return Err(Refusal::bad("message is not a poll"));
        };
        if message.origin.is_some() || message.from != super::BOT_ID {
            return Err(Refusal::bad("poll can't be stopped"));
        }
        if self.polls[idx].closed {
            return Err(Refusal::bad("poll has already been closed"));
        }
        if let Some(message) = self.message_mut(chat, id) {
            message.keyboard = keyboard;
        }
        self.touch(chat);
        self.close_poll(idx);
        Ok(write(&PollOut::of(&self.polls[idx])))
    }
}

fn options(params: &Params) -> Result<Vec<String>, Refusal> {
    let given: Vec<Value> = params.parse("options")?.unwrap_or_default();
    let mut options = Vec::with_capacity(given.len());
    for option in &given {
        let text = option
            .as_str()
            .or_else(|| option.get("text")?.as_str())
            .unwrap_or_default()
            .trim();
        if text.is_empty() {
            return Err(Refusal::bad("poll options must be non-empty"));
        }
        if units(text) > OPTION_LIMIT {
            return Err(Refusal::bad("poll options length must not exceed 100"));
        }
        options.push(text.to_owned());
    }
    match options.len() {
        0 | 1 => Err(Refusal::bad("poll must have at least 2 option")),
        2..=OPTIONS_LIMIT => Ok(options),
        _ => Err(Refusal::bad("poll can't have more than 12 options")),
    }
}
