//! Talk of two (T10): a family and those who teach its child, and colleagues. A thread has its two sides, perhaps a
//! child and a subject; nobody's account is shown.

pub mod files;
pub mod flow;
pub mod hours;
pub mod post;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod shown;
pub mod store;
mod ways;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use crate::access::talk::Tie;
use crate::chat::Attached;
pub use crate::chat::enclosed::Enclosed;
use crate::ids::{MessageId, PersonId, SchoolId, SubjectId, ThreadId};
use crate::people::Person;
use crate::words::names::{FullName, of_school};

/// The longest message: what stands around it in a chat finds room too.
pub const WORDS_LIMIT: usize = 3000;
/// Messages that a page of a thread shows.
pub const PAGE: usize = 5;
/// Threads on a page of the list.
pub const THREADS: usize = 8;

/// Somebody of the staff to whom a child's family can write.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Who.
    pub person: Person,
    /// As what.
    pub tie: Tie,
    /// A teacher's subject.
    pub subject: Option<(SubjectId, String)>,
}

/// A thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Thread {
    /// Which.
    pub id: ThreadId,
    /// Of which school.
    #[sqlx(rename = "school_id")]
    pub school: SchoolId,
    /// Who opened it.
    #[sqlx(rename = "opener_id")]
    pub opener: PersonId,
    /// With whom.
    #[sqlx(rename = "other_id")]
    pub other: PersonId,
    /// About which child.
    #[sqlx(rename = "pupil_id")]
    pub pupil: Option<PersonId>,
    /// About which subject.
    #[sqlx(rename = "subject_id")]
    pub subject: Option<SubjectId>,
    /// When the topic was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Thread {
    /// Its two sides.
    pub fn sides(&self) -> [PersonId; 2] {
        [self.opener, self.other]
    }
}

/// What a thread is called by one of its sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The other side.
    pub with: PersonId,
    /// Their name.
    pub name: FullName,
    /// About which child: id and name.
    pub pupil: Option<(PersonId, FullName)>,
    /// The child's class, for those who work at the school.
    pub class: Option<String>,
    /// About which subject.
    pub subject: Option<String>,
    /// Of which school, for a reader who has to do with several.
    pub school: Option<String>,
}

impl Heading {
    /// Whom one talks with: a pupil by surname and name, an adult by surname and initials, of two schools each with its own.
    pub fn who(&self) -> String {
        match &self.school {
            Some(school) => format!("{}, {}", self.person(), of_school(school)),
            None => self.person(),
        }
    }

    /// The same without the school.
    pub fn person(&self) -> String {
        match &self.pupil {
            Some((pupil, _)) if *pupil == self.with => self.name.pupil(),
            _ => self.name.adult(),
        }
    }

    /// What about: «Анна, алгебра», to staff «Волкова Анна, 7А, алгебра»; empty between colleagues.
    pub fn about(&self) -> String {
        let mut parts = Vec::new();
        if let Some((_, name)) = self.pupil.as_ref().filter(|(pupil, _)| *pupil != self.with) {
            parts.push(if self.class.is_some() {
                name.pupil()
            } else {
                name.name.clone()
            });
        }
        parts.extend(self.class.clone());
        parts.extend(self.subject.as_ref().map(|it| it.to_lowercase()));
        parts.join(", ")
    }
}

/// A thread in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: ThreadId,
    /// What it is called.
    pub heading: Heading,
    /// Messages that weren't read.
    pub unread: i64,
    /// Whether its topic is closed.
    pub closed: bool,
}

/// A message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// In which thread.
    #[sqlx(rename = "thread_id")]
    pub thread: ThreadId,
    /// Who wrote it.
    #[sqlx(rename = "author_id")]
    pub author: PersonId,
    /// What; nothing under a file that speaks for itself.
    pub words: String,
    /// The file that goes with it.
    #[sqlx(try_from = "Option<String>")]
    pub file: Enclosed,
    /// When.
    pub at: DateTime<Utc>,
    /// When it leaves.
    pub due_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub recalled_at: Option<DateTime<Utc>>,
    /// When it was kept back, because the right to say it went while it waited.
    pub stopped_at: Option<DateTime<Utc>>,
}

/// What somebody says: words, a file, or both.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The words.
    pub words: &'a str,
    /// The file.
    pub file: Option<&'a Attached>,
}

impl<'a> Said<'a> {
    /// Words alone.
    pub fn words(words: &'a str) -> Self {
        Self { words, file: None }
    }
}

/// To whom the next text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum To {
    /// Into a thread.
    Thread(ThreadId),
    /// To somebody with whom there may be none yet.
    Person {
        /// To whom.
        with: PersonId,
        /// About which child.
        pupil: Option<PersonId>,
        /// About which subject.
        subject: Option<SubjectId>,
    },
}

/// Where a dialogue stands. Kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// The next text is a message.
    Writing(To),
    /// This text was typed when nobody awaited it.
    Loose(String),
    /// A message went there with the first file of an album, whose others are still coming.
    Album(To, String),
}

/// The key of a message's letter: posting it twice is posting it once. Consent that is withdrawn takes it back by this.
pub fn key(message: MessageId, pupil: Option<PersonId>, to: PersonId, account: i64) -> String {
    format!("message:{message}:{}:{to}:{account}:1", pupil.map_or(0, |it| it.0))
}

/// Which message a key of the outbox names.
pub fn of_key(key: &str) -> Option<MessageId> {
    let id = key.strip_prefix("message:")?.split(':').next()?;
    Some(MessageId(id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t10_a_letters_key_names_its_message() {
        let key = key(MessageId(7), None, PersonId(3), 100);
        assert_eq!(of_key(&key), Some(MessageId(7)));
        assert_eq!(of_key("mailing:7:0:3:100:1"), None);
    }
}
