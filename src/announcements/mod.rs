//! The school's word to many (P6): announcements to a class, a group, a stage, the school, its staff.
//!
//! One is written, looked at as the others will see it, and sent at once or at a time. It can be corrected where it
//! stands, taken back, and reminded of; a press under each copy says that it was read.

pub mod flow;
pub mod ground;
pub mod letters;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
pub mod whom;
pub mod work;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::access::Office;
use crate::chat::Attached;
use crate::ids::{PersonId, SchoolId};
use crate::words::dates;
use crate::words::names::{FullName, shorten};
use whom::{Ticked, Whom};

/// The longest text, in UTF-16 units as the messenger counts: the signature and a preview's lines must fit beside it.
pub const LIMIT: usize = 3_000;
/// A title: what stands for an announcement in lists.
const TITLE: usize = 60;
/// How long before its time an announcement can be put off.
const LATEST: TimeDelta = TimeDelta::days(60);
/// Between two reminders of one announcement.
pub const BETWEEN_REMINDERS: TimeDelta = TimeDelta::hours(12);
/// From so many copies on the author is told how far the sending has come.
pub const MANY: i64 = 60;

/// What the author has open. Kept as JSON with the dialogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// Something new is written.
    Draft(Draft),
    /// The new text of one that was sent is awaited.
    Correction(i64),
}

/// An announcement that isn't sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// To whom; nothing while that isn't chosen.
    #[serde(default)]
    pub audience: Option<Whom>,
    /// What is ticked on the way to several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticked: Option<Ticked>,
    /// What it says; nothing yet.
    pub text: Option<String>,
    /// What goes with it.
    #[serde(default)]
    pub files: Vec<Attached>,
    /// Whether the button says that it was acknowledged, not only read.
    pub acknowledged: bool,
    /// When it leaves; at once without.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether a text that comes is its text.
    pub awaits: bool,
}

impl Draft {
    /// Whether there is nothing in it that could be lost.
    pub fn is_nothing(&self) -> bool {
        self.audience.is_none() && self.ticked.as_ref().is_none_or(Ticked::is_empty) && !self.has_words()
    }

    /// Whether it says something, in words or files.
    pub fn has_words(&self) -> bool {
        self.text.is_some() || !self.files.is_empty()
    }
}

impl Open {
    /// Whether a text that comes now is for it.
    pub fn awaits(&self) -> bool {
        match self {
            Self::Draft(draft) => draft.awaits,
            Self::Correction(_) => true,
        }
    }

    /// Whether looking elsewhere would lose nothing of what was written.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Draft(draft) => !draft.has_words(),
            Self::Correction(_) => true,
        }
    }
}

/// An announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Which.
    pub id: i64,
    /// Of which school.
    pub school: SchoolId,
    /// Who wrote it.
    pub author: PersonId,
    /// The author's name.
    pub name: FullName,
    /// From which account.
    pub from: (String, i64),
    /// To whom it was meant.
    pub audience: Whom,
    /// Which classes or pupils of them it left out, because they weren't the author's any more.
    pub left_out: Vec<i64>,
    /// In which office: [`office_code`], and of what.
    pub office: (String, String),
    /// What it says.
    pub text: String,
    /// What goes with it.
    pub files: Vec<Attached>,
    /// Whether it asks to be acknowledged, not only read.
    pub acknowledged: bool,
    /// How it stands.
    pub state: State,
    /// When it leaves or left.
    pub due_at: DateTime<Utc>,
    /// How often it was corrected.
    pub corrections: i64,
    /// When last.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub recalled_at: Option<DateTime<Utc>>,
    /// How often it was reminded of.
    pub reminders: i64,
}

impl Announcement {
    /// To whom it went or goes.
    pub fn readers(&self) -> Whom {
        self.audience.without(&self.left_out)
    }
}

/// How an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its time.
    Waiting,
    /// Its copies are being put into the outbox.
    Sending,
    /// All of them are there.
    Sent,
    /// Those that hadn't left were stopped.
    Stopped,
    /// It was taken back.
    Recalled,
    /// Its author had lost the right to speak to them when its time came.
    Refused,
}

impl State {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Waiting, "waiting"),
        (Self::Sending, "sending"),
        (Self::Sent, "sent"),
        (Self::Stopped, "stopped"),
        (Self::Recalled, "recalled"),
        (Self::Refused, "refused"),
    ];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, code)| code)
    }

    /// Reads it back.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(state, _)| *state)
    }
}

/// How far an announcement has come, in people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// To whom it goes.
    pub people: i64,
    /// With whom it arrived.
    pub arrived: i64,
    /// Who pressed that they have read it.
    pub read: i64,
    /// For whom it hasn't left yet.
    pub waiting: i64,
}

impl Counts {
    /// Who got it and hasn't pressed.
    pub fn unread(&self) -> i64 {
        self.arrived - self.read
    }

    /// For whom it neither arrived nor waits.
    pub fn lost(&self) -> i64 {
        self.people - self.arrived - self.waiting
    }
}

/// Who got an announcement and what became of it there.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reader {
    /// The name.
    #[sqlx(flatten)]
    pub name: FullName,
    /// When the person pressed that it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// Whether it arrived.
    pub arrived: bool,
    /// Whether it still waits to leave.
    pub waits: bool,
}

/// The first line, as far as a list has room for it.
pub fn title(text: &str) -> String {
    shorten(text.lines().next().unwrap_or_default(), TITLE)
}

/// An office as it is stored, and of what: a class for its tutor, grades for a head.
pub fn office_code(office: Office, class: &str) -> (String, String) {
    let (code, of) = match office {
        Office::Tutor => ("tutor", class.to_owned()),
        Office::Head(from, to) => ("head", format!("{from}–{to}")),
        Office::Director => ("director", String::new()),
        Office::Administrator => ("administrator", String::new()),
    };
    (code.to_owned(), of)
}

/// When an announcement can be put off to: this evening, tomorrow morning and evening, Monday morning.
pub fn later(now: DateTime<Utc>, zone: Tz) -> Vec<DateTime<Utc>> {
    let here = dates::local(now, zone);
    let at =
        |date: NaiveDate, hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).map(|time| dates::moment(date, time, zone));
    let today = here.date();
    let tomorrow = today + TimeDelta::days(1);
    // Tomorrow may be the Monday: then it is the next one.
    let monday = tomorrow.week(Weekday::Mon).first_day() + TimeDelta::days(7);
    [at(today, 18), at(tomorrow, 8), at(tomorrow, 18), at(monday, 8)]
        .into_iter()
        .flatten()
        .filter(|it| *it > now + TimeDelta::minutes(10))
        .collect()
}

/// Whether a moment is one to which an announcement can be put off.
pub fn can_wait_till(moment: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < moment && moment <= now + LATEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn p6_an_announcement_is_put_off_to_moments_that_are_still_to_come() {
        let zone = Tz::Asia__Vladivostok;
        let here = |now: &str| -> Vec<String> {
            later(at(now), zone)
                .into_iter()
                .map(|it| dates::local(it, zone).format("%a %d %H:%M").to_string())
                .collect()
        };
        // Tuesday, 10:40 in the school.
        assert_eq!(
            here("2026-11-24T00:40:00Z"),
            ["Tue 24 18:00", "Wed 25 08:00", "Wed 25 18:00", "Mon 30 08:00"]
        );
        // Tuesday, 17:55: this evening is now.
        assert_eq!(
            here("2026-11-24T07:55:00Z"),
            ["Wed 25 08:00", "Wed 25 18:00", "Mon 30 08:00"]
        );
        // Sunday: tomorrow is a Monday.
        assert_eq!(
            here("2026-11-29T00:40:00Z"),
            ["Sun 29 18:00", "Mon 30 08:00", "Mon 30 18:00", "Mon 07 08:00"]
        );
    }

    #[test]
    fn p6_what_an_old_button_carries_is_no_moment_to_wait_for() {
        let now = at("2026-11-24T00:40:00Z");
        assert!(can_wait_till(now + TimeDelta::hours(1), now));
        assert!(!can_wait_till(now, now));
        assert!(!can_wait_till(now + TimeDelta::days(61), now));
    }

    #[test]
    fn p6_a_title_is_the_first_line() {
        assert_eq!(
            title("Собрание 7А: чт 26.11\nВозьмите паспорт."),
            "Собрание 7А: чт 26.11"
        );
        assert_eq!(title(&"ы".repeat(100)).chars().count(), TITLE);
    }

    #[test]
    fn states_are_read_back() {
        for (state, code) in State::ALL {
            assert_eq!((State::of(code), state.code()), (Some(state), code));
        }
        assert_eq!(State::of("dancing"), None);
    }

    #[test]
    fn p6_counts_say_who_is_missing() {
        let counts = Counts {
            people: 40,
            arrived: 36,
            read: 31,
            waiting: 3,
        };
        assert_eq!((counts.unread(), counts.lost()), (5, 1));
    }
}
