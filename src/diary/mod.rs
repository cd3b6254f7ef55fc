//! The diary: what a parent and a pupil see: days and weeks, homework, timetable, marks. Looking records nothing; a
//! pupil says what is done, and a parent signs the week.

pub mod flow;
pub mod pictures;
pub mod press;
pub mod screens;
pub mod signature;
pub mod store;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::ids::{ClassId, LessonId, LoadId, PersonId, SubjectId};
use crate::lessons::Homework;
use crate::lessons::cell::{Cell, Mark, Sign, marks_of};
use crate::lessons::history::Line;
use crate::school::Span;
use crate::timetable::{self, LessonKey, Planned};

/// What stood for less time than this was a slip of the finger: nobody was told of it, and it isn't called a correction.
const SLIP: TimeDelta = TimeDelta::minutes(5);

/// A child as the reader calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Who.
    pub id: PersonId,
    /// «Анна»; to staff «Волкова Анна».
    pub name: String,
    /// «7А»; empty for a child in no class.
    pub class: String,
    /// The school, where the reader's children are in more than one.
    pub school: Option<String>,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eye {
    /// The pupil.
    Own,
    /// A guardian.
    Family,
    /// A tutor or whoever oversees the class.
    Staff,
}

/// What every page is drawn from.
#[derive(Clone, Debug)]
pub struct Page {
    /// Whose.
    pub child: Child,
    /// The reader's children, the first row of buttons when there are several.
    pub children: Vec<Child>,
    /// Who looks.
    pub eye: Eye,
    /// The class from which staff came, and to which they go back.
    pub class: Option<ClassId>,
    /// The school's civil time.
    pub now: NaiveDateTime,
}

/// A child's day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Which day.
    pub date: NaiveDate,
    /// Its lessons in order.
    pub entries: Vec<Entry>,
    /// Why there may be none.
    pub standing: Standing,
    /// The school year, beyond which the arrows don't lead; `None` for a child in no class.
    pub year: Option<Span>,
}

/// What the menu says of a child: marks of today, lessons of the next school day.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The page it is said on.
    pub page: Page,
    /// Today's lessons.
    pub today: Day,
    /// The next school day.
    pub next: Day,
}

/// How a day stands in the school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As any other.
    Usual,
    /// In holidays until this day.
    Holidays(NaiveDate),
    /// The child is in no class.
    NoClass,
    /// Another day was asked for, which is outside the school year: this is the nearest.
    Clamped,
}

/// A lesson in the diary.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the timetable.
    pub planned: Planned,
    /// Where; empty when nobody said.
    pub room: String,
    /// Тема.
    pub topic: Option<String>,
    /// Домашнее задание.
    pub homework: Homework,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Marks and sign.
    pub cell: Cell,
    /// Whether anything of the lesson was entered.
    pub entered: bool,
}

/// A homework by the day on which it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Of which load.
    pub load: LoadId,
    /// For which day.
    pub due: NaiveDate,
    /// What.
    pub homework: Homework,
    /// The lesson that set it.
    pub lesson: LessonId,
    /// Whether the pupil says that it is done.
    pub is_done: bool,
    /// How many files go with it.
    pub n_files: i64,
}

/// A lesson that was, with what the child has of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The lesson.
    pub key: LessonKey,
    /// Тема.
    pub topic: Option<String>,
    /// Домашнее задание.
    pub homework: Homework,
    /// Marks and sign.
    pub cell: Cell,
}

/// A mark with its lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The lesson.
    pub key: LessonKey,
    /// Its subject.
    pub subject: SubjectId,
    /// The subject's title.
    pub title: String,
    /// The mark.
    pub mark: Mark,
    /// The sign beside it: the work was handed in later.
    pub sign: Option<Sign>,
}

/// All about a child's lesson.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The lesson.
    pub entry: Entry,
    /// What was to be done for it.
    pub task: Option<Task>,
    /// The lesson's row, where files go with the homework that it set, and how many.
    pub files: Option<(LessonId, i64)>,
    /// What the teacher says of the marks.
    pub comment: Option<String>,
    /// What stood there before, oldest first.
    pub former: Vec<Former>,
    /// Whose lesson it is, «Смирнова Е. В.».
    pub teacher: String,
    /// Who gives it instead.
    pub substitute: Option<String>,
}

/// What stood in a child's place and was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// What was.
    pub was: Cell,
    /// What came instead.
    pub became: Cell,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as a code; empty when nobody said.
    pub reason: String,
}

/// The corrections among the lines of a history that aren't taken back, oldest first.
pub fn corrections(lines: &[Line]) -> Vec<Former> {
    let mut found = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        let since = lines[..idx].iter().rfind(|it| it.field == line.field).map(|it| it.at);
        let stood_long = since.is_some_and(|since| line.at - since >= SLIP);
        let (was, became) = match line.field.as_str() {
            "marks" => (marks_only(&line.former), marks_only(&line.later)),
            "sign" => (sign_only(&line.former), sign_only(&line.later)),
            _ => continue,
        };
        if was == Cell::default() || was == became || !stood_long {
            continue;
        }
        let said = !matches!(line.reason.as_str(), "" | "unsaid" | "undo");
        found.push(Former {
            was,
            became,
            at: line.at,
            reason: if said { line.reason.clone() } else { String::new() },
        });
    }
    found
}

fn marks_only(code: &str) -> Cell {
    Cell {
        sign: None,
        marks: marks_of(code),
    }
}

fn sign_only(code: &str) -> Cell {
    Cell {
        sign: Sign::of(code),
        marks: Vec::new(),
    }
}

/// What is to be done for a lesson. Of a double lesson the first has it.
pub fn task_for<'t>(entry: &Entry, entries: &[Entry], tasks: &'t [Task]) -> Option<&'t Task> {
    let key = entry.planned.key;
    let same = |it: &&Entry| it.planned.key.load == key.load && it.planned.key.date == key.date && it.is_held();
    if entries.iter().find(same).is_none_or(|first| first.planned.key != key) {
        return None;
    }
    let mut found = tasks.iter().filter(|it| it.load == key.load && it.due == key.date);
    found.next_back()
}

impl Entry {
    /// Whether the lesson is held.
    pub fn is_held(&self) -> bool {
        self.planned.standing == timetable::Standing::Held
    }
}

/// The Monday and the Saturday of a day's week.
pub fn week_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day);
    let saturday = monday.checked_add_days(Days::new(5)).unwrap_or(monday);
    (monday, saturday)
}

/// The next day but Sundays, or the one before.
pub fn neighbour(day: NaiveDate, forward: bool) -> Option<NaiveDate> {
    let mut there = day;
    loop {
        there = if forward { there.succ_opt()? } else { there.pred_opt()? };
        if there.weekday() != chrono::Weekday::Sun {
            return Some(there);
        }
    }
}

/// A day within the school year: the day itself, or the nearest.
pub fn clamp(day: NaiveDate, year: Span) -> NaiveDate {
    day.max(year.starts).min(year.ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn line(minute: i64, field: &str, former: &str, later: &str, reason: &str) -> Line {
        Line {
            id: minute,
            version: minute,
            at: DateTime::from_timestamp(minute * 60, 0).unwrap(),
            person_id: PersonId(1),
            field: field.to_owned(),
            pupil_id: PersonId(2),
            former: former.to_owned(),
            later: later.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn what_stood_five_minutes_is_corrected_and_less_is_a_slip() {
        let first = line(0, "marks", "", "4:answer:100", "");
        let slip = line(4, "marks", "4:answer:100", "5:answer:100", "");
        assert_eq!(corrections(&[first.clone(), slip]), []);
        let correction = line(5, "marks", "4:answer:100", "5:answer:100", "wrong_button");
        let found = corrections(&[first, correction]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].was.marks_code(), "4:answer:100");
        assert_eq!(found[0].became.marks_code(), "5:answer:100");
        assert_eq!(found[0].reason, "wrong_button");
    }

    #[rstest]
    #[case("unsaid", "")]
    #[case("", "")]
    #[case("resit", "resit")]
    fn a_reason_that_was_not_said_stays_unsaid(#[case] reason: &str, #[case] said: &str) {
        let lines = [
            line(0, "sign", "?", "absent", ""),
            line(90, "sign", "absent", "", reason),
        ];
        let found = corrections(&lines);
        assert_eq!(found[0].was.sign, Some(Sign::Absent));
        assert_eq!(found[0].reason, said);
    }

    #[test]
    fn a_mark_beside_which_a_sign_was_changed_is_no_correction() {
        let lines = [
            line(0, "sign", "?", "absent", ""),
            line(60, "marks", "", "4:answer:100", ""),
        ];
        assert_eq!(corrections(&lines), []);
    }

    #[test]
    fn a_day_beyond_the_school_year_is_its_nearest() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let year = Span {
            starts: day(2026, 9, 1),
            ends: day(2027, 5, 26),
        };
        assert_eq!(clamp(NaiveDate::MIN, year), year.starts);
        assert_eq!(clamp(NaiveDate::MAX, year), year.ends);
        assert_eq!(clamp(day(2026, 11, 24), year), day(2026, 11, 24));
        assert_eq!(week_of(day(2026, 11, 29)), (day(2026, 11, 23), day(2026, 11, 28)));
        assert_eq!(neighbour(NaiveDate::MAX, true), None);
        assert_eq!(neighbour(day(2026, 11, 23), false), Some(day(2026, 11, 21)));
    }
}
