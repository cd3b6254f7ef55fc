//! A tutor's letters to families (P6): picked pupils, a kind, facts from the journal, words of one's own, and who has read.

mod begun;
pub mod facts;
pub mod flow;
pub mod post;
pub mod press;
pub mod review;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod shared;
pub mod store;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, SchoolId};
use crate::words::names::FullName;

/// The longest words of one's own: facts and signature find room beside them in one message.
pub const WORDS_LIMIT: usize = 1500;
/// Words that are kept to be written again: as many as a page of buttons shows.
pub const TEMPLATES: usize = 20;

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Behaviour; it goes to parents only, never to the pupil.
    Behaviour,
    /// Marks of a week with the averages.
    Study,
    /// Lessons that were missed.
    Absences,
    /// Praise.
    Praise,
    /// Anything else: one letter a parent, whoever the children are.
    Other,
}

impl Kind {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 5] = [Self::Behaviour, Self::Study, Self::Absences, Self::Praise, Self::Other];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Behaviour => "behaviour",
            Self::Study => "study",
            Self::Absences => "absences",
            Self::Praise => "praise",
            Self::Other => "general",
        }
    }

    /// The kind of a stored code.
    pub fn of(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|it| it.code() == code)
            .unwrap_or(Self::Other)
    }

    /// Whether the journal has facts for it.
    pub fn has_facts(self) -> bool {
        matches!(self, Self::Study | Self::Absences)
    }
}

/// A letter that is being written. Kept as JSON with the dialogue: fields are only added, with a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// To families of this class.
    pub class: ClassId,
    /// The author's last mailing when it was begun: a button to send another draft is out of date.
    pub after: MailingId,
    /// About these pupils, in the order in which they were picked.
    #[serde(default)]
    pub picked: Vec<PersonId>,
    /// What it is about, once that was chosen.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Whether the facts go with it.
    #[serde(default)]
    pub facts: bool,
    /// Words of one's own.
    #[serde(default)]
    pub words: String,
    /// Instead of which letter that waited for the head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<HeldLetterId>,
}

impl Draft {
    /// A new one.
    pub fn new(class: ClassId, after: MailingId) -> Self {
        Self {
            class,
            after,
            picked: Vec::new(),
            kind: None,
            facts: true,
            words: String::new(),
            instead: None,
        }
    }

    /// A pupil is meant, or isn't any more.
    pub fn pick(&mut self, pupil: PersonId, on: bool) {
        self.picked.retain(|it| *it != pupil);
        if on {
            self.picked.push(pupil);
        }
    }

    /// Whether there is nothing in it that could be lost.
    pub fn is_nothing(&self) -> bool {
        self.picked.is_empty() && self.words.is_empty()
    }

    /// Whether the facts of the journal stand in it.
    pub fn with_facts(&self) -> bool {
        self.facts && self.kind.is_some_and(Kind::has_facts)
    }

    /// Whether there is anything to be sent.
    pub fn says_something(&self) -> bool {
        self.kind.is_some() && (self.with_facts() || !self.words.is_empty())
    }
}

/// A mailing as it was sent.
#[derive(Clone, Debug)]
pub struct Mailing {
    /// Which.
    pub id: MailingId,
    /// Of which school.
    pub school: SchoolId,
    /// To families of which class.
    pub class: ClassId,
    /// By whom.
    pub author: PersonId,
    /// About what.
    pub kind: Kind,
    /// The author's words.
    pub words: String,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// When it was taken back.
    pub recalled_at: Option<DateTime<Utc>>,
}

/// How a letter stands with somebody for whom it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// «Прочитано» was pressed.
    Read(DateTime<Utc>),
    /// It is there, and the button wasn't pressed.
    Arrived,
    /// It is on its way.
    OnItsWay,
    /// The chat is closed, or there is none: to be called by phone.
    Missed,
}

/// Somebody for whom a mailing was.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: FullName,
    /// For the sake of which pupil.
    pub pupil: PersonId,
    /// The pupil's name.
    pub pupil_name: FullName,
    /// By which messenger, and in whose chat.
    pub chat: (String, i64),
    /// The letter's key in the outbox.
    pub key: String,
    /// How it stands.
    pub fate: Fate,
    /// When the last reminder left.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// The key of somebody's letter: posting it twice is posting it once. Consent that is withdrawn takes it back by this.
pub fn key(mailing: MailingId, pupil: PersonId, parent: PersonId, account: i64) -> String {
    format!("mailing:{mailing}:{pupil}:{parent}:{account}:1")
}

/// Which letter of which mailing an outbox's key names: the mailing and the pupil.
pub fn of_key(key: &str) -> Option<(MailingId, PersonId)> {
    let mut parts = key.strip_prefix("mailing:")?.split(':');
    let mailing = parts.next()?.parse().ok()?;
    let pupil = parts.next()?.parse().ok()?;
    Some((MailingId(mailing), PersonId(pupil)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_a_letters_key_names_it() {
        let key = key(MailingId(7), PersonId(42), PersonId(43), 100);
        assert_eq!(of_key(&key), Some((MailingId(7), PersonId(42))));
        assert_eq!(of_key("notice:7:42:43:100:1"), None);
        assert_eq!(of_key("mailing:x"), None);
    }

    #[test]
    fn p6_only_what_says_something_is_sent() {
        let mut draft = Draft::new(ClassId(1), MailingId(0));
        draft.words = "Слова".to_owned();
        assert!(!draft.says_something(), "about what?");
        draft.kind = Some(Kind::Praise);
        assert!(draft.says_something());
        draft.words.clear();
        assert!(!draft.says_something(), "praise has no facts");
        draft.kind = Some(Kind::Study);
        assert!(draft.says_something());
        draft.facts = false;
        assert!(!draft.says_something());
    }

    #[test]
    fn p6_picking_twice_is_picking_once() {
        let mut draft = Draft::new(ClassId(1), MailingId(0));
        draft.pick(PersonId(1), true);
        draft.pick(PersonId(1), true);
        assert_eq!(draft.picked, [PersonId(1)]);
        draft.pick(PersonId(1), false);
        assert_eq!(draft.picked, []);
    }
}
