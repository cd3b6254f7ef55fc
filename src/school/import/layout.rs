//! The workbook's layout: which sheets there are and which columns each has.
//!
//! Titles and headings are words of the locales, each in both languages, and are compared as people read them.

use crate::words::{self, Locale};

use super::names;

/// A sheet that the journal reads, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The school itself and its year.
    School,
    /// Quarters and half-years.
    Terms,
    /// Holidays.
    Holidays,
    /// Bells.
    Bells,
    /// Days whose bells are not the usual ones.
    ShortDays,
    /// Rooms.
    Rooms,
    /// Staff and their roles.
    Staff,
    /// Classes and their tutors.
    Classes,
    /// Pupils.
    Pupils,
    /// Parents and their children.
    Parents,
    /// Subjects.
    Subjects,
    /// Study groups.
    Groups,
    /// What is to be taught, by the curriculum.
    Curriculum,
    /// Who teaches what.
    Load,
    /// The week's template.
    Timetable,
    /// Cancelled, moved and substituted lessons.
    Changes,
    /// The text of the consent to the processing of data.
    Consent,
}

/// A column; the same one may stand in several sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A title.
    Title,
    /// The school's time zone.
    TimeZone,
    /// The school's telephone.
    Phone,
    /// The school year's title.
    Year,
    /// The first day, or the time at which a lesson begins.
    Starts,
    /// The last day, or the time at which a lesson ends.
    Ends,
    /// The first grade concerned.
    FromGrade,
    /// The last grade concerned.
    ToGrade,
    /// A lesson's number.
    Lesson,
    /// A person's key.
    Code,
    /// A surname.
    Surname,
    /// A first name.
    Name,
    /// A patronymic.
    Patronymic,
    /// Roles of the staff.
    Roles,
    /// A class.
    Class,
    /// A class's tutors.
    Tutor,
    /// A pupil's birth date.
    BirthDate,
    /// Codes of a parent's children.
    Children,
    /// A subject.
    Subject,
    /// A study group.
    Group,
    /// Codes of a group's pupils.
    Pupils,
    /// A teacher.
    Teacher,
    /// Hours a week.
    Hours,
    /// A weekday.
    Weekday,
    /// A room.
    Room,
    /// The day of a change.
    Date,
    /// What changes.
    What,
    /// The day to which a lesson moves.
    ToDate,
    /// The number to which it moves.
    ToLesson,
    /// Who gives it instead.
    Substitute,
    /// The name of a kind of day that has bells of its own.
    DayKind,
    /// A shift.
    Shift,
    /// Odd or even weeks.
    Weeks,
    /// How many lessons a room holds at once.
    AtOnce,
    /// Hours a year.
    YearHours,
    /// A paragraph.
    Text,
}

/// How much a column is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Each row has something in it.
    Filled,
    /// The heading is there, a cell may be empty.
    Present,
    /// It may be left out.
    Free,
}

use Column as C;
use Need::{Filled, Free, Present};

const SCHOOL: &[(C, Need)] = &[
    (C::Title, Filled),
    (C::TimeZone, Filled),
    (C::Phone, Filled),
    (C::Year, Filled),
    (C::Starts, Filled),
    (C::Ends, Filled),
];
const TERMS: &[(C, Need)] = &[
    (C::Title, Filled),
    (C::FromGrade, Filled),
    (C::ToGrade, Filled),
    (C::Starts, Filled),
    (C::Ends, Filled),
];
const HOLIDAYS: &[(C, Need)] = &[
    (C::Title, Filled),
    (C::FromGrade, Present),
    (C::ToGrade, Present),
    (C::Starts, Filled),
    (C::Ends, Filled),
];
const BELLS: &[(C, Need)] = &[
    (C::Lesson, Filled),
    (C::Starts, Filled),
    (C::Ends, Filled),
    (C::Shift, Free),
    (C::DayKind, Free),
];
const SHORT_DAYS: &[(C, Need)] = &[(C::Date, Present), (C::Weekday, Present), (C::DayKind, Present)];
const ROOMS: &[(C, Need)] = &[(C::Room, Filled), (C::AtOnce, Free)];
const STAFF: &[(C, Need)] = &[
    (C::Code, Filled),
    (C::Surname, Filled),
    (C::Name, Filled),
    (C::Patronymic, Present),
    (C::Roles, Present),
];
const CLASSES: &[(C, Need)] = &[(C::Class, Filled), (C::Tutor, Present), (C::Shift, Free)];
const PUPILS: &[(C, Need)] = &[
    (C::Code, Filled),
    (C::Surname, Filled),
    (C::Name, Filled),
    (C::Patronymic, Present),
    (C::BirthDate, Present),
    (C::Class, Filled),
];
const PARENTS: &[(C, Need)] = &[
    (C::Code, Filled),
    (C::Surname, Filled),
    (C::Name, Filled),
    (C::Patronymic, Present),
    (C::Children, Filled),
];
const SUBJECTS: &[(C, Need)] = &[(C::Subject, Filled)];
const GROUPS: &[(C, Need)] = &[
    (C::Class, Filled),
    (C::Subject, Filled),
    (C::Group, Filled),
    (C::Pupils, Filled),
];
const CURRICULUM: &[(C, Need)] = &[
    (C::Class, Filled),
    (C::Subject, Filled),
    (C::Group, Present),
    (C::Hours, Filled),
    (C::YearHours, Present),
];
const LOAD: &[(C, Need)] = &[
    (C::Class, Filled),
    (C::Subject, Filled),
    (C::Group, Present),
    (C::Teacher, Filled),
    (C::Hours, Filled),
];
const TIMETABLE: &[(C, Need)] = &[
    (C::Class, Filled),
    (C::Weekday, Filled),
    (C::Lesson, Filled),
    (C::Subject, Filled),
    (C::Group, Present),
    (C::Teacher, Free),
    (C::Room, Present),
    (C::Weeks, Free),
];
const CHANGES: &[(C, Need)] = &[
    (C::Date, Filled),
    (C::Class, Filled),
    (C::Lesson, Filled),
    (C::Subject, Present),
    (C::Group, Present),
    (C::What, Filled),
    (C::ToDate, Present),
    (C::ToLesson, Present),
    (C::Substitute, Present),
];
const CONSENT: &[(C, Need)] = &[(C::Text, Filled)];

impl Kind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::School,
        Self::Terms,
        Self::Holidays,
        Self::Bells,
        Self::ShortDays,
        Self::Rooms,
        Self::Staff,
        Self::Classes,
        Self::Pupils,
        Self::Parents,
        Self::Subjects,
        Self::Groups,
        Self::Curriculum,
        Self::Load,
        Self::Timetable,
        Self::Changes,
        Self::Consent,
    ];

    /// Its title's key in the locales.
    pub fn key(self) -> String {
        format!("import.sheets.{}", format!("{self:?}").to_lowercase())
    }

    /// The key of its example row.
    pub fn example_key(self) -> String {
        format!("import.examples.{}", format!("{self:?}").to_lowercase())
    }

    /// The sheet with this title, in either language.
    pub fn called(title: &str) -> Option<Self> {
        let title = names::fold(title);
        Self::ALL
            .into_iter()
            .find(|kind| spellings(&kind.key()).contains(&title))
    }

    /// Whether a workbook may be without it: then what the journal has of it stays.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::ShortDays | Self::Rooms | Self::Curriculum | Self::Consent)
    }

    /// Its columns.
    pub fn columns(self) -> &'static [(Column, Need)] {
        match self {
            Self::School => SCHOOL,
            Self::Terms => TERMS,
            Self::Holidays => HOLIDAYS,
            Self::Bells => BELLS,
            Self::ShortDays => SHORT_DAYS,
            Self::Rooms => ROOMS,
            Self::Staff => STAFF,
            Self::Classes => CLASSES,
            Self::Pupils => PUPILS,
            Self::Parents => PARENTS,
            Self::Subjects => SUBJECTS,
            Self::Groups => GROUPS,
            Self::Curriculum => CURRICULUM,
            Self::Load => LOAD,
            Self::Timetable => TIMETABLE,
            Self::Changes => CHANGES,
            Self::Consent => CONSENT,
        }
    }
}

impl Column {
    /// Its heading's key in the locales.
    pub fn key(self) -> String {
        format!("import.columns.{}", format!("{self:?}").to_lowercase())
    }

    /// The key of the note on its heading.
    pub fn note_key(self) -> String {
        format!("import.notes.{}", format!("{self:?}").to_lowercase())
    }
}

/// All spellings of a word in all languages, folded for comparison.
pub fn spellings(key: &str) -> Vec<String> {
    let texts = [Locale::Ru, Locale::En].map(|locale| words::text(locale, key, &[]));
    texts.iter().flat_map(|text| text.split('|')).map(names::fold).collect()
}
