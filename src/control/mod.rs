//! The journal's own debts (P4, P8): which lessons that are over still lack something, whose they are, and who is told.

pub mod flow;
pub mod press;
#[cfg(test)]
pub mod samples;
pub mod screens;
pub mod store;
pub mod work;

use chrono::{Days, NaiveDate, NaiveDateTime};
use std::collections::{HashMap, HashSet};

use crate::ids::{LoadId, PersonId};
use crate::lessons::Kind;
use crate::timetable::{LessonKey, Planned, Standing};

/// Debts are looked for so many days back: what is older can't be written without permission.
pub const LOOKED_BACK: Days = Days::new(14);

/// What a lesson that is over lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// The topic.
    Topic,
    /// The homework, or a word that there is none.
    Homework,
    /// Attendance.
    Attendance,
    /// Marks of a written work, whose days are over.
    Marks,
}

impl Lack {
    /// As the locale keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Homework => "homework",
            Self::Attendance => "attendance",
            Self::Marks => "marks",
        }
    }
}

/// How far a lesson is filled.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "four answers of one query")]
pub struct Filled {
    /// The load.
    pub load_id: LoadId,
    /// The day.
    pub date: NaiveDate,
    /// The number by the bells.
    pub number: i64,
    /// Whether there is a topic.
    pub has_topic: bool,
    /// Whether homework was entered or said to be none.
    pub has_homework: bool,
    /// Whether attendance was taken.
    pub attendance_taken: bool,
    /// Whether anybody has a mark.
    pub has_marks: bool,
    /// The kind of work.
    pub kind: String,
}

/// A lesson that lacks something.
#[derive(Clone, Debug)]
pub struct Debt {
    /// The lesson.
    pub planned: Planned,
    /// What it lacks, in the order in which it is asked for; never nothing.
    pub lacks: Vec<Lack>,
}

impl Debt {
    /// Whose it is: whoever held the lesson (P9).
    pub fn whose(&self) -> PersonId {
        self.planned.substitute.unwrap_or(self.planned.load.teacher_id)
    }
}

/// Whether marks of this kind of work are written ones, which have their days (P8).
fn is_written(kind: Kind) -> bool {
    match kind {
        Kind::Independent | Kind::Control | Kind::Test | Kind::Dictation | Kind::Essay | Kind::Exposition => true,
        Kind::Answer | Kind::Homework | Kind::Practical | Kind::Laboratory | Kind::Project | Kind::Excursion => false,
    }
}

/// The last day for the marks of a written work (P8): one day in grades 1–5, three in grades 6–11. The first grade has no
/// marks at all.
fn marks_due(grade: i64, lesson: NaiveDate) -> Option<NaiveDate> {
    let days = match grade {
        ..=1 => return None,
        2..=5 => 1,
        _ => 3,
    };
    lesson.checked_add_days(Days::new(days))
}

/// What a lesson lacks now: nothing while it isn't over, and nothing of one that wasn't held.
pub fn lacks(planned: &Planned, filled: Option<&Filled>, now: NaiveDateTime) -> Vec<Lack> {
    let date = planned.key.date;
    let is_over = planned
        .bell
        .map_or(date < now.date(), |(_, ends)| date.and_time(ends) <= now);
    if planned.standing != Standing::Held || !is_over {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    if !filled.is_some_and(|it| it.has_topic) {
        lacks.push(Lack::Topic);
    }
    if !filled.is_some_and(|it| it.has_homework) {
        lacks.push(Lack::Homework);
    }
    if !filled.is_some_and(|it| it.attendance_taken) {
        lacks.push(Lack::Attendance);
    }
    let written = filled.filter(|it| is_written(Kind::of(&it.kind)) && !it.has_marks);
    let due = marks_due(planned.load.grade, date);
    if written.is_some() && due.is_some_and(|due| due < now.date()) {
        lacks.push(Lack::Marks);
    }
    lacks
}

/// The debts among lessons, oldest first.
pub fn debts(planned: Vec<Planned>, filled: &[Filled], now: NaiveDateTime) -> Vec<Debt> {
    let filled: HashMap<LessonKey, &Filled> = filled
        .iter()
        .map(|it| {
            let key = LessonKey {
                load: it.load_id,
                date: it.date,
                number: it.number,
            };
            (key, it)
        })
        .collect();
    let mut debts: Vec<Debt> = planned
        .into_iter()
        .filter_map(|planned| {
            let lacks = lacks(&planned, filled.get(&planned.key).copied(), now);
            (!lacks.is_empty()).then_some(Debt { planned, lacks })
        })
        .collect();
    debts.sort_by_key(|it| (it.planned.key.date, it.planned.bell, it.planned.key.number));
    debts
}

/// Whether an evening has something to tell: a lesson of this day, or a written work whose days are over since yesterday.
/// What is older was told on its own evening.
pub fn is_news(debts: &[Debt], today: NaiveDate) -> bool {
    debts.iter().any(|it| {
        let key = it.planned.key;
        let due = marks_due(it.planned.load.grade, key.date);
        let is_late_now = it.lacks.contains(&Lack::Marks) && due.and_then(|due| due.succ_opt()) == Some(today);
        key.date == today || is_late_now
    })
}

/// Whose debts there are, each once, in their order.
pub fn debtors(debts: &[Debt]) -> Vec<PersonId> {
    let mut seen = HashSet::new();
    debts.iter().map(Debt::whose).filter(|it| seen.insert(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::screens::samples::planned;
    use chrono::NaiveTime;
    use proptest::prelude::*;
    use rstest::rstest;

    /// A Monday.
    const LESSON: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

    fn lesson(grade: i64, standing: Standing) -> Planned {
        let mut planned = planned(3, standing);
        planned.key.date = LESSON;
        planned.load.grade = grade;
        planned.bell = NaiveTime::from_hms_opt(10, 40, 0).zip(NaiveTime::from_hms_opt(11, 25, 0));
        planned
    }

    fn full(kind: Kind) -> Filled {
        let key = lesson(7, Standing::Held).key;
        Filled {
            load_id: key.load,
            date: LESSON,
            number: key.number,
            has_topic: true,
            has_homework: true,
            attendance_taken: true,
            has_marks: false,
            kind: kind.code().to_owned(),
        }
    }

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        day.and_hms_opt(hour, minute, 0).unwrap()
    }

    /// P8: all on the lesson's day, from its bell on.
    #[rstest]
    #[case::before_the_bell(at(23, 11, 24), &[])]
    #[case::at_the_bell(at(23, 11, 25), &[Lack::Topic, Lack::Homework, Lack::Attendance])]
    #[case::days_later(at(30, 8, 0), &[Lack::Topic, Lack::Homework, Lack::Attendance])]
    fn p8_a_lesson_owes_from_its_bell_on(#[case] now: NaiveDateTime, #[case] expected: &[Lack]) {
        assert_eq!(lacks(&lesson(7, Standing::Held), None, now), expected);
        for standing in [Standing::Cancelled, Standing::MovedAway, Standing::Absent] {
            assert_eq!(lacks(&lesson(7, standing), None, now), []);
        }
    }

    /// P8: marks of written work within 1 day in grades 1–5 and 3 days in grades 6–11.
    #[rstest]
    #[case::in_time_in_grade_5(5, Kind::Control, 24, false)]
    #[case::late_in_grade_5(5, Kind::Control, 25, true)]
    #[case::in_time_in_grade_6(6, Kind::Dictation, 26, false)]
    #[case::late_in_grade_6(6, Kind::Dictation, 27, true)]
    #[case::late_in_grade_11(11, Kind::Independent, 27, true)]
    #[case::no_marks_in_grade_1(1, Kind::Test, 30, false)]
    #[case::an_answer_is_not_written(7, Kind::Answer, 30, false)]
    #[case::a_project_is_not_written(7, Kind::Project, 30, false)]
    fn p8_marks_of_written_work_have_their_days(
        #[case] grade: i64,
        #[case] kind: Kind,
        #[case] day: u32,
        #[case] owes: bool,
    ) {
        let lesson = lesson(grade, Standing::Held);
        let found = lacks(&lesson, Some(&full(kind)), at(day, 12, 0));
        assert_eq!(found == [Lack::Marks], owes, "{found:?}");
        let marked = Filled {
            has_marks: true,
            ..full(kind)
        };
        assert_eq!(lacks(&lesson, Some(&marked), at(day, 12, 0)), []);
    }

    #[test]
    fn p8_an_evening_tells_what_is_new() {
        let now = |day| at(day, 18, 0);
        let of = |day| debts(vec![lesson(7, Standing::Held)], &[], now(day));
        assert!(is_news(&of(23), now(23).date()));
        assert!(!is_news(&of(24), now(24).date()));
        let written = |day| debts(vec![lesson(7, Standing::Held)], &[full(Kind::Control)], now(day));
        assert!(!is_news(&written(26), now(26).date()));
        assert!(is_news(&written(27), now(27).date()));
        assert!(!is_news(&written(28), now(28).date()));
    }

    #[test]
    fn p9_a_substitution_is_owed_by_whoever_held_it() {
        let mut planned = lesson(7, Standing::Held);
        planned.substitute = Some(PersonId(77));
        let debts = debts(vec![planned.clone(), planned], &[], at(23, 12, 0));
        assert_eq!(debtors(&debts), [PersonId(77)]);
    }

    proptest! {
        /// P8: what is entered is never owed, and time alone takes no debt away.
        #[test]
        fn p8_debts_grow_with_time_and_go_with_entries(
            topic: bool, homework: bool, attendance: bool, marks: bool,
            kind in 0..Kind::ALL.len(), grade in 1_i64..=11, minutes in 0_i64..20_000,
        ) {
            let filled = Filled {
                has_topic: topic,
                has_homework: homework,
                attendance_taken: attendance,
                has_marks: marks,
                ..full(Kind::ALL[kind])
            };
            let lesson = lesson(grade, Standing::Held);
            let now = at(23, 11, 25) + chrono::TimeDelta::minutes(minutes);
            let found = lacks(&lesson, Some(&filled), now);
            prop_assert_eq!(found.contains(&Lack::Topic), !topic);
            prop_assert_eq!(found.contains(&Lack::Homework), !homework);
            prop_assert_eq!(found.contains(&Lack::Attendance), !attendance);
            prop_assert!(!(marks && found.contains(&Lack::Marks)));
            let later = lacks(&lesson, Some(&filled), now + chrono::TimeDelta::days(1));
            prop_assert!(found.iter().all(|it| later.contains(it)));
        }
    }
}
