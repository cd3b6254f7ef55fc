//! Surveys (P7): questions to families as the messenger's own polls, by name or anonymous, until a time.
//!
//! By name each recipient gets polls of their own, so each vote is heard of. Anonymous, the journal itself can't know who
//! voted: there is one poll a class, which stands in the author's chat and is shown in the families'.

mod chart;
pub mod flow;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
mod sheet;
pub mod store;
mod tally;
mod typed;
pub mod views;
pub mod votes;
pub mod work;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, QuestionId, SchoolId, SurveyId};
use crate::people::reach::{Audience, Place};
use crate::words::dates;
use crate::words::names::FullName;

pub use tally::{Tally, Voice, families, tally};
pub use typed::{Typed, read};

/// Fewer recipients, and an anonymous answer would be a guess away from its giver.
pub const ANONYMOUS_FROM: usize = 5;
/// A class's answers are shown apart from the others only when there are so many.
pub const BREAK_DOWN_FROM: i64 = 5;
/// Questions of one survey: more is a form, which nobody fills in a chat.
pub const QUESTIONS: usize = 5;
/// Letters of an open answer.
pub const ANSWER: usize = 1000;
/// For how many days a survey may be open; the next press of the button takes the next.
pub const DAYS: [u8; 6] = [1, 2, 3, 5, 7, 14];
/// In the evening of the last day.
const CLOSES_AT_HOUR: u32 = 20;

/// Who of the families is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The parents.
    Parents,
    /// The pupils.
    Pupils,
    /// Both.
    Families,
}

impl Who {
    /// All, in the order of the button's presses.
    pub const ALL: [Self; 3] = [Self::Parents, Self::Pupils, Self::Families];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parents => "parents",
            Self::Pupils => "pupils",
            Self::Families => "families",
        }
    }

    /// Of a stored code; the parents for what isn't known.
    pub fn of(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|it| it.code() == code)
            .unwrap_or(Self::Parents)
    }

    /// What the next press of the button means.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Parents => Self::Pupils,
            Self::Pupils => Self::Families,
            Self::Families => Self::Parents,
        }
    }
}

/// How far a survey is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Only its author sees it.
    Draft,
    /// Votes are taken.
    Open,
    /// No more.
    Closed,
}

impl State {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Of a stored code.
    pub fn of(code: &str) -> Self {
        match code {
            "open" => Self::Open,
            "closed" => Self::Closed,
            _ => Self::Draft,
        }
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By one option.
    One,
    /// By some of them.
    Several,
    /// By a number; the average is told.
    Scale,
    /// In words.
    Open,
}

impl Kind {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Several => "several",
            Self::Scale => "scale",
            Self::Open => "open",
        }
    }

    /// Of a stored code.
    pub fn of(code: &str) -> Self {
        match code {
            "several" => Self::Several,
            "scale" => Self::Scale,
            "open" => Self::Open,
            _ => Self::One,
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub id: QuestionId,
    /// How it is answered.
    pub kind: Kind,
    /// What is asked.
    pub text: String,
    /// What can be answered; nothing for an open question.
    pub options: Vec<String>,
}

/// A survey.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Which.
    pub id: SurveyId,
    /// Of which school.
    pub school: SchoolId,
    /// Whose it is, and who alone sees names.
    pub author: PersonId,
    /// The author's name.
    pub author_name: FullName,
    /// The author's chat.
    pub chat: (String, i64),
    /// Whose families are asked.
    pub place: Place,
    /// Who of them.
    pub who: Who,
    /// Whether the author sees who answered what.
    pub named: bool,
    /// One voice a family.
    pub by_family: bool,
    /// How far it is.
    pub state: State,
    /// For how many days.
    pub days: i64,
    /// When it closes or closed; not known of a draft.
    pub closes_at: Option<DateTime<Utc>>,
    /// When those without an answer were reminded.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When the results were shown to the families.
    pub shared_at: Option<DateTime<Utc>>,
    /// What is asked.
    pub questions: Vec<Question>,
}

impl Survey {
    /// Whom it asks.
    pub fn audience(&self) -> Audience {
        match self.who {
            Who::Parents => Audience::Parents(self.place),
            Who::Pupils => Audience::Pupils(self.place),
            Who::Families => Audience::Families(self.place),
        }
    }

    /// Whether a family has one voice: parents only share one, and only where names are known.
    pub fn counts_families(&self) -> bool {
        self.by_family && self.named && self.who == Who::Parents
    }

    /// Whether every question can be asked without names: an open answer is written by somebody.
    pub fn may_be_anonymous(&self) -> bool {
        self.questions.iter().all(|it| it.kind != Kind::Open)
    }
}

/// When a survey closes that is sent now and open for so many days.
pub fn closing(now: DateTime<Utc>, days: i64, zone: Tz) -> DateTime<Utc> {
    let today = dates::local(now, zone).date();
    let evening = NaiveTime::from_hms_opt(CLOSES_AT_HOUR, 0, 0).unwrap_or_default();
    dates::moment(today + TimeDelta::days(days), evening, zone)
}

/// A text that is awaited. Kept as JSON with the dialogue: variants are only added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Awaited {
    /// The question of a new survey.
    First(Place),
    /// One more question of a draft.
    More(SurveyId),
    /// An answer to an open question.
    Answer(QuestionId),
}

impl Awaited {
    /// Where it is asked for.
    pub fn view(self) -> press::View {
        match self {
            Self::First(place) => press::View::Ask(place),
            Self::More(survey) => press::View::AskMore(survey),
            Self::Answer(question) => press::View::AskAnswer(question),
        }
    }
}
