//! Absences: told by parents beforehand or on the day, asked about where nobody told, accepted or noted by the tutor (T2, T9).
//!
//! An absence is what is known of days. It writes nothing into the journal: a lesson shows it as a suggestion until its
//! teacher presses (`lessons`), and a family that told of it isn't told it back (`notices`).

pub mod flow;
pub mod post;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
mod typed;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::chat::Attached;
use crate::chat::enclosed::Enclosed;
use crate::ids::{AbsenceId, InquiryId, LessonId, PersonId};
use crate::school::{Calendar, Span};
use crate::words::UserError;
use press::View;

/// The longest words beside a reason.
pub const WORDS_LIMIT: usize = 300;
/// Days without a reason after which a pupil stands first on the tutor's list (`domain.md` §4), by default.
pub const LONG: usize = 3;
/// So far back absences without a reason are looked for.
pub const LOOKED_BACK: TimeDelta = TimeDelta::days(30);
/// Days with lessons on a page, to choose one from.
pub const PAGE: usize = 12;

/// Why a pupil isn't there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Болеет.
    Ill,
    /// К врачу.
    Doctor,
    /// Семейное.
    Family,
    /// Соревнования.
    Contest,
    /// Другое, in words.
    Other,
    /// Неуважительная: the tutor alone says so.
    Unexcused,
}

impl Reason {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Ill,
        Self::Doctor,
        Self::Family,
        Self::Contest,
        Self::Other,
        Self::Unexcused,
    ];
    /// What a family can say.
    pub const OF_FAMILIES: [Self; 5] = [Self::Ill, Self::Doctor, Self::Family, Self::Contest, Self::Other];
    /// What a tutor can note.
    pub const OF_TUTORS: [Self; 5] = [Self::Ill, Self::Doctor, Self::Family, Self::Contest, Self::Unexcused];

    /// As rows of the database and locale keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ill => "ill",
            Self::Doctor => "doctor",
            Self::Family => "family",
            Self::Contest => "contest",
            Self::Other => "another",
            Self::Unexcused => "unexcused",
        }
    }
}

impl TryFrom<String> for Reason {
    type Error = std::io::Error;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        let found = Self::ALL.into_iter().find(|it| it.code() == code);
        found.ok_or_else(|| std::io::Error::other("an unknown reason of an absence"))
    }
}

/// Days of a pupil, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// Whose.
    pub pupil: PersonId,
    /// The first.
    #[serde(with = "crate::chat::packed_day")]
    pub from: NaiveDate,
    /// The last.
    #[serde(with = "crate::chat::packed_day")]
    pub to: NaiveDate,
}

/// What is told: days and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub days: Days,
    /// Why.
    pub reason: Reason,
}

/// An absence as it is known.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Absence {
    /// Which.
    pub id: AbsenceId,
    /// Whose.
    #[sqlx(rename = "pupil_id")]
    pub pupil: PersonId,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day.
    pub ends: NaiveDate,
    /// Why.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
    /// In words; often there are none.
    pub words: String,
    /// A photo of a note: the messenger keeps it.
    #[sqlx(try_from = "Option<String>")]
    pub note: Enclosed,
    /// Who says so.
    #[sqlx(rename = "by_id")]
    pub by: PersonId,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Whether the family says so; else the tutor.
    pub by_family: bool,
    /// When the tutor accepted it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Absence {
    /// Its days.
    pub fn days(&self) -> Days {
        Days {
            pupil: self.pupil,
            from: self.starts,
            to: self.ends,
        }
    }

    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.starts..=self.ends).contains(&day)
    }
}

/// A question to a family where its child is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Inquiry {
    /// Which.
    pub id: InquiryId,
    /// About whom.
    #[sqlx(rename = "pupil_id")]
    pub pupil: PersonId,
    /// The first day.
    pub starts: NaiveDate,
    /// The last day.
    pub ends: NaiveDate,
    /// The lesson of an alarm.
    #[sqlx(rename = "lesson_id")]
    pub lesson: Option<LessonId>,
    /// When the family said that it doesn't know.
    pub unknown_at: Option<DateTime<Utc>>,
    /// The answer.
    #[sqlx(rename = "absence_id")]
    pub absence: Option<AbsenceId>,
    /// Since when nothing is asked any more.
    pub closed_at: Option<DateTime<Utc>>,
}

/// The lesson that an alarm is about.
#[derive(Clone, Debug)]
pub struct First {
    /// Its row.
    pub lesson: LessonId,
    /// Its day.
    pub date: NaiveDate,
    /// Its number.
    pub number: i64,
    /// When it begins.
    pub starts: Option<NaiveTime>,
    /// Its subject.
    pub subject: String,
}

/// What speaks against an absence on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The last day is before the first.
    Backwards,
    /// Over before today.
    Past,
    /// The school year hasn't begun then.
    BeforeYear(NaiveDate),
    /// It is over by then.
    AfterYear(NaiveDate),
    /// Holidays until this day.
    Holidays(NaiveDate),
    /// There are no lessons.
    NoLessons,
}

/// What a child's class has around some days.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The school's day.
    pub today: NaiveDate,
    /// The class's school year.
    pub year: Span,
    /// Its terms and holidays.
    pub calendar: Calendar,
}

impl Ground {
    /// What speaks against these days before lessons are looked for. Whoever answers a question may speak of days gone by.
    pub fn flaw(&self, days: Days, asked: bool) -> Option<Flaw> {
        if days.to < days.from {
            return Some(Flaw::Backwards);
        }
        if days.from < self.year.starts {
            return Some(Flaw::BeforeYear(self.year.starts));
        }
        if days.from < self.today && !asked {
            return Some(Flaw::Past);
        }
        (days.to > self.year.ends).then_some(Flaw::AfterYear(self.year.ends))
    }

    /// What to say when there are no lessons on any of these days.
    pub fn empty(&self, days: Days) -> Flaw {
        match self.calendar.holidays_end(days.from) {
            Some(end) if end >= days.to => Flaw::Holidays(end),
            _ => Flaw::NoLessons,
        }
    }
}

impl Flaw {
    /// The refusal that says it.
    pub fn refusal(&self, day: impl Fn(NaiveDate) -> String) -> UserError {
        match self {
            Self::Backwards => UserError::new("absences.flaw.backwards"),
            Self::Past => UserError::new("absences.flaw.past"),
            Self::BeforeYear(starts) => UserError::new("absences.flaw.before_year").with("day", day(*starts)),
            Self::AfterYear(ends) => UserError::new("absences.flaw.after_year").with("day", day(*ends)),
            Self::Holidays(ends) => UserError::new("absences.flaw.holidays").with("day", day(*ends)),
            Self::NoLessons => UserError::new("absences.flaw.no_lessons"),
        }
    }
}

/// A lesson that a pupil missed, with the journal's sign for it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Missed {
    /// Who.
    #[sqlx(rename = "pupil_id")]
    pub pupil: PersonId,
    /// Which day.
    pub date: NaiveDate,
    /// Which lesson.
    pub number: i64,
    /// absent, ill, excused.
    pub sign: String,
}

/// Days on end on which a pupil was absent and nobody knows why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whose and which.
    pub days: Days,
    /// How many days there were lessons to miss.
    pub n_days: usize,
    /// The lessons that were missed.
    pub lessons: Vec<(NaiveDate, i64)>,
}

impl Run {
    /// Whether it is long enough to stand first (`domain.md` §4).
    pub fn is_long(&self) -> bool {
        self.n_days >= LONG
    }
}

fn reason_of<'a>(known: &'a [Absence], missed: &Missed) -> Option<&'a Absence> {
    let of = |it: &&Absence| it.pupil == missed.pupil && it.withdrawn_at.is_none() && it.holds(missed.date);
    known.iter().find(of)
}

/// Absences without a reason, days on end as one: the longest first, then the newest. `days` are those on which the class's
/// register was taken, in order.
pub fn runs(missed: &[Missed], known: &[Absence], days: &[NaiveDate]) -> Vec<Run> {
    let mut by_pupil: BTreeMap<PersonId, BTreeMap<NaiveDate, Vec<i64>>> = BTreeMap::new();
    let unknown = |it: &&Missed| it.sign == "absent" && reason_of(known, it).is_none();
    for it in missed.iter().filter(unknown) {
        let of_pupil = by_pupil.entry(it.pupil).or_default();
        of_pupil.entry(it.date).or_default().push(it.number);
    }
    let place = |day: NaiveDate| days.iter().position(|it| *it == day);
    let mut runs: Vec<Run> = Vec::new();
    for (pupil, dates) in by_pupil {
        for (date, numbers) in dates {
            let lessons = numbers.into_iter().map(|number| (date, number));
            let goes_on =
                |run: &&mut Run| run.days.pupil == pupil && place(run.days.to).map(|it| it + 1) == place(date);
            if let Some(run) = runs.last_mut().filter(|run| goes_on(run)) {
                run.days.to = date;
                run.n_days += 1;
                run.lessons.extend(lessons);
            } else {
                runs.push(Run {
                    days: Days {
                        pupil,
                        from: date,
                        to: date,
                    },
                    n_days: 1,
                    lessons: lessons.collect(),
                });
            }
        }
    }
    runs.sort_by_key(|it| (std::cmp::Reverse((it.n_days.min(LONG), it.days.to)), it.days.pupil));
    runs
}

/// What a pupil missed in a month, in lessons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// All.
    pub all: i64,
    /// By illness.
    pub ill: i64,
    /// With another reason.
    pub valid: i64,
    /// With none that counts.
    pub unexcused: i64,
    /// Nobody knows why.
    pub unknown: i64,
}

impl Sum {
    /// Adds another's.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.ill += other.ill;
        self.valid += other.valid;
        self.unexcused += other.unexcused;
        self.unknown += other.unknown;
    }
}

/// Lessons missed by pupil. What the journal's sign leaves open is what is known of the day.
pub fn sums(missed: &[Missed], known: &[Absence]) -> BTreeMap<PersonId, Sum> {
    let mut sums: BTreeMap<PersonId, Sum> = BTreeMap::new();
    for it in missed {
        let sum = sums.entry(it.pupil).or_default();
        sum.all += 1;
        let counted = match (it.sign.as_str(), reason_of(known, it).map(|it| it.reason)) {
            ("ill", _) | (_, Some(Reason::Ill)) => &mut sum.ill,
            (_, Some(Reason::Unexcused)) => &mut sum.unexcused,
            ("excused", _) | (_, Some(_)) => &mut sum.valid,
            (_, None) => &mut sum.unknown,
        };
        *counted += 1;
    }
    sums
}

/// Where a dialogue stands. Kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// The next text is a day, or days, of this child.
    Dates(PersonId),
    /// Days and reason are chosen; words and a photo may come.
    Draft(Draft),
}

/// An absence that is being told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// When and why.
    pub told: Told,
    /// In words.
    pub words: String,
    /// A photo of a note.
    pub note: Option<Attached>,
    /// The question that it answers.
    pub inquiry: Option<InquiryId>,
}

impl Draft {
    /// Nothing said yet but when and why.
    pub fn new(told: Told, inquiry: Option<InquiryId>) -> Self {
        Self {
            told,
            words: String::new(),
            note: None,
            inquiry,
        }
    }

    /// Whether it says enough: another reason is said in words.
    pub fn says_enough(&self) -> bool {
        self.told.reason != Reason::Other || !self.words.is_empty()
    }
}

impl Open {
    /// Whether a view is one of those between which it stays open.
    pub fn stays(&self, view: View) -> bool {
        match self {
            Self::Dates(pupil) => matches!(view, View::Dates(of, _) if of == *pupil),
            Self::Draft(_) => matches!(view, View::Preview | View::Note),
        }
    }

    /// The screen that stands there while it is open.
    pub fn view(&self) -> View {
        match self {
            Self::Dates(pupil) => View::Dates(*pupil, 0),
            Self::Draft(_) => View::Preview,
        }
    }
}

#[cfg(test)]
mod tests;
