//! When somebody wants to hear of a child: at once, in the evening, once a week, never; and when not to be woken (T9).
//!
//! A parent says it for each child, a pupil for themself. What the school makes obligatory isn't asked about: an alarm,
//! an absence from the first lesson, always comes at once.

pub mod flow;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
mod telling;

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::words::dates;

pub use telling::{Parts, Telling};

/// The hour of the digest.
pub const EVENING: u32 = 19;

/// What one can hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Отметки.
    Marks,
    /// Пропуски и опоздания.
    Absences,
    /// Домашние задания: tomorrow's lessons with what is to be done for them.
    Homework,
    /// What of tomorrow isn't as usual.
    Timetable,
    /// Letters of the tutor.
    Letters,
}

impl Kind {
    /// All of them, as their buttons stand.
    pub const ALL: [Self; 5] = [
        Self::Marks,
        Self::Absences,
        Self::Homework,
        Self::Timetable,
        Self::Letters,
    ];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Absences => "absences",
            Self::Homework => "homework",
            Self::Timetable => "timetable",
            Self::Letters => "letters",
        }
    }

    /// The kind of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The moments that a press goes round. What the digest alone brings can't come at once; what people write to each
    /// other isn't gathered, and can't be refused.
    pub fn ring(self) -> &'static [Moment] {
        match self {
            Self::Marks | Self::Absences => &[Moment::Now, Moment::Evening, Moment::Week, Moment::Never],
            Self::Homework | Self::Timetable => &[Moment::Evening, Moment::Never],
            Self::Letters => &[Moment::Now, Moment::Evening],
        }
    }

    /// What the next press says.
    pub fn after(self, moment: Moment) -> Moment {
        let ring = self.ring();
        let at = ring.iter().position(|it| *it == moment).unwrap_or(ring.len() - 1);
        ring[(at + 1) % ring.len()]
    }
}

/// When it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// As soon as it has settled.
    Now,
    /// In the evening's digest.
    Evening,
    /// In the digest of the week's last school day.
    Week,
    /// Not at all: it is in the diary.
    Never,
}

impl Moment {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Now, Self::Evening, Self::Week, Self::Never];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Evening => "evening",
            Self::Week => "week",
            Self::Never => "never",
        }
    }

    /// The moment of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// When somebody hears of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    moments: [Moment; 5],
    /// What came before this isn't told any more: nothing was listened to then. None for what was always listened to.
    pub since: Option<DateTime<Utc>>,
}

impl Wishes {
    /// As a parent has it who never opened the settings (A5): marks and absences at once, the rest in the evening.
    pub fn of_parent() -> Self {
        Self {
            moments: [Moment::Now, Moment::Now, Moment::Evening, Moment::Evening, Moment::Now],
            since: None,
        }
    }

    /// As a pupil has it: who was in the lesson knows what it brought, and wants to know of tomorrow.
    pub fn of_pupil() -> Self {
        Self {
            moments: [
                Moment::Never,
                Moment::Never,
                Moment::Evening,
                Moment::Evening,
                Moment::Now,
            ],
            since: None,
        }
    }

    /// When a kind is told.
    pub fn when(&self, kind: Kind) -> Moment {
        self.moments[kind as usize]
    }

    /// The same with another moment for a kind; one that the kind doesn't have leaves them as they were.
    #[must_use]
    pub fn with(mut self, kind: Kind, moment: Moment) -> Self {
        if kind.ring().contains(&moment) {
            self.moments[kind as usize] = moment;
        }
        self
    }
}

/// What somebody wants of the journal whatever it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// When not to be woken.
    pub quiet: Quiet,
    /// Whether letters say nothing until they are opened.
    pub discreet: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            quiet: Quiet { from: 21, until: 7 },
            discreet: false,
        }
    }
}

/// Hours in which nothing comes but alarms. Equal ones are no hours at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// From this hour.
    pub from: u32,
    /// Until this one, of the next day where it isn't later.
    pub until: u32,
}

impl Quiet {
    /// No quiet hours.
    pub const OFF: Self = Self { from: 0, until: 0 };

    /// Hours as rows of the database and buttons have them; the usual ones where they make no sense.
    pub fn of(from: i64, until: i64) -> Self {
        let hour = |it: i64| u32::try_from(it).ok().filter(|it| *it < 24);
        match (hour(from), hour(until)) {
            (Some(from), Some(until)) if from == until => Self::OFF,
            (Some(from), Some(until)) => Self { from, until },
            _ => Habits::default().quiet,
        }
    }

    /// Whether there are none.
    pub fn is_off(self) -> bool {
        self.from == self.until
    }

    /// When the quiet ends in which a moment lies; `None` outside of it.
    pub fn ends(self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let (from, until) = (at(self.from), at(self.until));
        let (day, time) = (now.date(), now.time());
        let tomorrow = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let over_night = from > until;
        if self.is_off() {
            None
        } else if over_night && time >= from {
            Some(tomorrow.and_time(until))
        } else if (over_night || time >= from) && time < until {
            Some(day.and_time(until))
        } else {
            None
        }
    }

    /// The same of a moment where clocks stand so.
    pub fn ends_at(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let ends = self.ends(dates::local(now, zone))?;
        Some(dates::moment(ends.date(), ends.time(), zone))
    }
}

/// When a letter of the tutor leaves: at once or in the evening, and not in quiet hours.
pub fn letter_leaves_at(moment: Moment, quiet: Quiet, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let mut leaves = now;
    if moment == Moment::Evening {
        let there = dates::local(now, zone);
        let mut day = there.date();
        if there.time() >= at(EVENING) {
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        }
        leaves = dates::moment(day, at(EVENING), zone);
    }
    quiet.ends_at(leaves, zone).unwrap_or(leaves)
}

/// An hour of the day.
pub fn at(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
}

#[cfg(test)]
mod tests;
