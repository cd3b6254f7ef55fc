//! The neutral middle: what a conversation is made of, with no messenger in it.
//!
//! Features draw [`Screen`]s and answer with [`Reply`]s; a messenger's room turns its updates into [`Incoming`] and
//! shows what comes back. A second messenger is one more room beside the first.

pub mod begun;
pub mod enclosed;
mod input;
mod payload;
mod poll;
mod screen;
mod transport;

use crate::ids::{ClassId, HeldLetterId, LessonId, LoadId, PersonId, SentPollId, SurveyId};
use crate::words::Locale;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use input::{Attached, FileKind, Incoming, Input, Oddity, Outcome};
pub use payload::{Payload, Pressable, Tag, unpack};
pub use poll::Poll;
pub use screen::{Button, Drawing, Screen, Toast, limits};
pub use transport::{Delivered, Delivery, Document, Fetched, Found, Handler, Origin, Shape, Transport};

/// What an act or a view knows of the turn it is in. There is no pool in it: a turn holds one connection.
#[derive(Clone, Copy, Debug)]
pub struct Ctx {
    /// The moment of the turn.
    pub now: DateTime<Utc>,
    /// The person's language.
    pub locale: Locale,
    /// How links into this bot begin.
    pub links: Links,
    /// What the act of this very turn made to be shown once.
    pub secret: Option<Secret>,
}

/// How links into a bot begin: `https://t.me/…?start=`. It lives as long as the process.
#[derive(Clone, Copy, Debug)]
pub struct Links(&'static str);

impl Links {
    /// Links that begin so.
    pub fn beginning(prefix: String) -> Self {
        Self(prefix.leak())
    }

    /// The link with a code.
    pub fn to(self, code: &str) -> String {
        format!("{}{code}", self.0)
    }
}

/// A code and digits, shown once by the screen that follows the act, and kept nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    /// The code's bits.
    pub code: u128,
    /// The digits.
    pub digits: u16,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// The way from one feature into another, or from a message into the journal. Only `trees` knows whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    /// The menu.
    Menu,
    /// The teacher's lessons of a day; `None` is today.
    Lessons(#[serde(with = "packed_day_or_none")] Option<NaiveDate>),
    /// A child's diary on a day.
    Diary {
        /// Whose.
        pupil: PersonId,
        /// Which day.
        #[serde(with = "packed_day")]
        date: NaiveDate,
    },
    /// The diary of the first child, or one's own.
    MyDiary,
    /// The menu with this child chosen.
    Child(PersonId),
    /// How a person's access stands.
    Access(PersonId),
    /// The journal is open to this person: what they find in it.
    Entered(PersonId),
    /// The question before a person's access is taken away.
    RevokeAccess(PersonId),
    /// A class and its pupils, by pages.
    Class(ClassId, u8),
    /// One's own copy of an announcement.
    Announcement(i64),
    /// What became of an announcement that one sent.
    SentAnnouncement(i64),
    /// A survey's results.
    Survey(SurveyId),
    /// What somebody who was asked should know of a poll; its author finds the results.
    SentPoll(SentPollId),
    /// A question to whoever teaches a child this.
    AskTeacher(PersonId, LoadId),
    /// A letter to families that waited for the head.
    HeldLetter(HeldLetterId),
    /// How it stands with somebody's right to write.
    MayWrite(PersonId),
    /// When a member of staff answers.
    OfficeHours(PersonId),
    /// A child's marks.
    Marks(PersonId),
    /// When one hears of a child.
    Notices(PersonId),
    /// A week of a child's diary.
    DiaryWeek {
        /// Whose.
        pupil: PersonId,
        /// A day of the week.
        #[serde(with = "packed_day")]
        date: NaiveDate,
    },
    /// What one's own lessons lack.
    Debts,
}

/// What happened, in ids only: the turn gives it to `notices` before it commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Marks, attendance, topic or homework of a lesson changed.
    LessonChanged(LessonId),
    /// The teacher finished a lesson: what settled in it leaves now.
    LessonSettled(LessonId),
}

/// What an act answers with; `V` is the feature's own views.
#[derive(Clone, Debug)]
pub struct Reply<V> {
    /// What to show.
    pub show: Show<V>,
    /// The word at the top after a press.
    pub toast: Option<Toast>,
    /// For `notices`.
    pub happened: Vec<Happening>,
    /// For the screen that follows, and for it alone.
    pub secret: Option<Secret>,
}

/// Where a reply leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show<V> {
    /// A view of the same feature.
    View(V),
    /// Another feature's.
    Door(Door),
    /// Nothing new: the press is answered, and the letter under which it was changes by itself.
    Stay,
}

impl<V> Reply<V> {
    /// Shows a view.
    pub fn view(view: V) -> Self {
        Self {
            show: Show::View(view),
            toast: None,
            happened: Vec::new(),
            secret: None,
        }
    }

    /// Goes through a door.
    pub fn door(door: Door) -> Self {
        Self {
            show: Show::Door(door),
            toast: None,
            happened: Vec::new(),
            secret: None,
        }
    }

    /// Answers a press under a letter, and shows nothing.
    pub fn stay() -> Self {
        Self {
            show: Show::Stay,
            toast: None,
            happened: Vec::new(),
            secret: None,
        }
    }

    /// With a word at the top.
    #[must_use]
    pub fn toast(mut self, text: String) -> Self {
        self.toast = Some(Toast { text, alert: false });
        self
    }

    /// With a word that must not be missed.
    #[must_use]
    pub fn alert(mut self, text: String) -> Self {
        self.toast = Some(Toast { text, alert: true });
        self
    }

    /// With something for the screen that follows.
    #[must_use]
    pub fn secret(mut self, secret: Secret) -> Self {
        self.secret = Some(secret);
        self
    }

    /// With something for `notices` to hear.
    #[must_use]
    pub fn happened(mut self, what: Happening) -> Self {
        self.happened.push(what);
        self
    }
}

/// A date as a number of days: three bytes in a payload instead of eleven.
pub mod packed_day {
    use chrono::{Datelike as _, NaiveDate};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    /// Packs a date.
    pub fn serialize<S: Serializer>(date: &NaiveDate, out: S) -> Result<S::Ok, S::Error> {
        date.num_days_from_ce().serialize(out)
    }

    /// Reads a packed date.
    pub fn deserialize<'de, D: Deserializer<'de>>(packed: D) -> Result<NaiveDate, D::Error> {
        let days = i32::deserialize(packed)?;
        NaiveDate::from_num_days_from_ce_opt(days).ok_or_else(|| D::Error::custom("no such day"))
    }
}

/// The same for a date that may be absent.
pub mod packed_day_or_none {
    use chrono::{Datelike as _, NaiveDate};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    /// Packs a date or its absence.
    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, out: S) -> Result<S::Ok, S::Error> {
        date.map(|it| it.num_days_from_ce()).serialize(out)
    }

    /// Reads it back.
    pub fn deserialize<'de, D: Deserializer<'de>>(packed: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<i32>::deserialize(packed)?.and_then(NaiveDate::from_num_days_from_ce_opt))
    }
}
