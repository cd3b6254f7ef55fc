//! From an input to what a turn does: look at something, or do something in a transaction.

use super::asked::Asked;
use super::{Act, Pressed, View, read_payload};
use crate::chat::{Attached, Input, Oddity, Origin};
use crate::diary::press::Section;
use crate::messages::threads;
use crate::{announcements, people, surveys};

/// What a turn does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Shows a view: nothing is recorded.
    Look(View),
    /// Says that the screen is out of date, and shows the menu.
    Outdated,
    /// Does something in a transaction.
    Do(Deed),
    /// Says that the journal can't read this.
    Unreadable(&'static str),
    /// Says that there is no such command.
    UnknownCommand,
    /// Asks for nothing.
    Nothing,
}

/// What is done in a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// An act.
    Act(Act),
    /// A text that somebody may await.
    Text(String),
    /// A text that answers this message.
    Reply(String, i64),
    /// A file that somebody may await, with the words under it and the message that it answers.
    File(Attached, String, Option<i64>),
    /// A link or a code.
    Enter(String),
    /// `/start`, `/cancel`: whatever was awaited isn't any more.
    Leave {
        /// With a word about it.
        said: bool,
    },
    /// A closed lock stands before a view; `None` when nothing in particular was asked for.
    Knock(Option<View>),
    /// Something else is looked at than what is open, which ends.
    Away(View),
    /// The chat was closed.
    Close,
    /// The chat is open again.
    Reopen,
    /// Something was written in a group.
    Group(i64),
    /// A vote in a poll.
    Vote {
        /// The messenger's name for the poll.
        poll: String,
        /// What was chosen.
        options: Vec<u8>,
    },
    /// How an anonymous poll stands.
    Count {
        /// The messenger's name for the poll.
        poll: String,
        /// Votes by options.
        counts: Vec<i64>,
        /// How many voted.
        voters: i64,
    },
}

/// Reads an input.
pub fn plan(input: &Input) -> Plan {
    match input {
        Input::Press { payload, .. } => match read_payload(payload) {
            Some(Pressed::Act(act)) => Plan::Do(Deed::Act(act)),
            Some(Pressed::View(view) | Pressed::FromNotice(view)) => Plan::Look(view),
            None => Plan::Outdated,
        },
        Input::Text { text, answers, .. } => match (text.strip_prefix('/'), answers) {
            (Some(command), _) => command_plan(command),
            (None, Some(message)) => Plan::Do(Deed::Reply(text.clone(), *message)),
            (None, None) => Plan::Do(Deed::Text(text.clone())),
        },
        Input::Edited { .. } => Plan::Unreadable("chat.edited"),
        Input::Odd {
            what: Oddity::Forwarded,
            ..
        } => Plan::Unreadable("chat.forwarded"),
        Input::File {
            file, words, answers, ..
        } => Plan::Do(Deed::File(file.clone(), words.clone(), *answers)),
        Input::Odd {
            what: Oddity::Other, ..
        } => Plan::Unreadable("chat.odd"),
        Input::Group { chat } => Plan::Do(Deed::Group(*chat)),
        Input::Closed => Plan::Do(Deed::Close),
        Input::Opened => Plan::Do(Deed::Reopen),
        Input::Vote { poll, options } => Plan::Do(Deed::Vote {
            poll: poll.clone(),
            options: options.clone(),
        }),
        Input::Counts { poll, counts, voters } => Plan::Do(Deed::Count {
            poll: poll.clone(),
            counts: counts.clone(),
            voters: *voters,
        }),
    }
}

/// Commands are short-cuts: everything is reached by buttons too.
fn command_plan(typed: &str) -> Plan {
    let mut words = typed.split_whitespace();
    // A command may carry the bot's name after an @.
    let name = words
        .next()
        .unwrap_or_default()
        .split('@')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match (name.as_str(), words.next()) {
        ("start", Some(code)) => Plan::Do(Deed::Enter(code.to_owned())),
        ("start", None) => Plan::Do(Deed::Leave { said: false }),
        ("cancel", _) => Plan::Do(Deed::Leave { said: true }),
        ("today", _) => Plan::Look(View::Today),
        ("diary", _) => Plan::Look(View::Asked(Asked::Diary)),
        ("lock", _) => Plan::Do(Deed::Act(Act::Lock(people::lock::press::Act::Lock))),
        ("marks", _) => Plan::Look(View::Asked(Asked::Page(Section::Marks))),
        ("homework", _) => Plan::Look(View::Asked(Asked::Page(Section::Homework))),
        ("timetable", _) => Plan::Look(View::Asked(Asked::Page(Section::Timetable))),
        ("absence", _) => Plan::Look(View::Asked(Asked::Absence)),
        ("check", _) => Plan::Look(View::Asked(Asked::Check)),
        ("chart", _) => Plan::Look(View::Asked(Asked::Charts)),
        ("announce", _) => Plan::Look(View::Announcements(announcements::press::View::Home)),
        ("settings", _) => Plan::Look(View::People(people::press::View::Settings)),
        ("survey", _) => Plan::Look(View::Surveys(surveys::press::View::All)),
        ("messages", _) => Plan::Look(View::Threads(threads::press::View::List(0))),
        ("help", _) => Plan::Look(View::People(people::press::View::Help)),
        _ => Plan::UnknownCommand,
    }
}

/// Where the answer belongs.
pub fn origin(input: &Input) -> Origin {
    match input {
        Input::Press { payload, message, .. } => match read_payload(payload) {
            Some(Pressed::FromNotice(_)) => Origin::Notice,
            Some(Pressed::Act(Act::Entry(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Surveys(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Letters(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Threads(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Feedback(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Absences(act))) if act.is_under_a_letter() => Origin::Notice,
            Some(Pressed::Act(Act::Notices(act))) if act.is_under_a_letter() => Origin::Notice,
            _ => Origin::Screen(*message),
        },
        _ => Origin::Message,
    }
}
