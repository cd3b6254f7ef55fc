//! The timetable: the week's template, what differs from it on a day, and the lessons that follow from both.

pub mod store;

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::access::LessonScope;
use crate::ids::{ClassId, GroupId, LoadId, PersonId, SchoolId};
use crate::school::{Calendar, Weeks, class_name};

/// Which lesson: a load's, on a day, by its number. It is there before anything is written of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LessonKey {
    /// Whose subject in which class or group.
    pub load: LoadId,
    /// The day.
    #[serde(with = "crate::chat::packed_day")]
    pub date: NaiveDate,
    /// The lesson's number by the bells.
    pub number: i64,
}

/// What a load is, in words and ids.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Load {
    /// Which.
    pub id: LoadId,
    /// The school.
    pub school_id: SchoolId,
    /// The school's zone, by its IANA name.
    pub time_zone: String,
    /// The class.
    pub class_id: ClassId,
    /// Its grade.
    pub grade: i64,
    /// Its letter.
    pub letter: String,
    /// The subject.
    pub subject: String,
    /// The group, when the class is parted.
    pub group_id: Option<GroupId>,
    /// Its title.
    pub group_title: Option<String>,
    /// The teacher.
    pub teacher_id: PersonId,
}

impl Load {
    /// «7А» or «7А · гр. 1».
    pub fn audience(&self) -> String {
        let class = class_name(self.grade, &self.letter);
        self.group_title
            .as_ref()
            .map_or(class.clone(), |group| format!("{class} · {group}"))
    }

    /// The school's zone.
    pub fn zone(&self) -> Tz {
        crate::words::dates::zone(&self.time_zone)
    }
}

/// A row of the template on one weekday.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Slot {
    /// Whose.
    pub load_id: LoadId,
    /// 1 is Monday.
    pub weekday: i64,
    /// By the bells.
    pub number: i64,
    /// In which weeks.
    pub weeks: Weeks,
    /// The first day of the load's year, from which weeks are counted.
    pub year_starts: NaiveDate,
    /// The first day of its own.
    pub since: NaiveDate,
    /// The last one, when the template was changed.
    pub until: Option<NaiveDate>,
    /// Where.
    pub room: String,
}

impl Slot {
    /// Whether it puts a lesson on a day, holidays and changes apart.
    pub fn falls_on(&self, day: NaiveDate) -> bool {
        self.weekday == i64::from(day.weekday().number_from_monday())
            && self.weeks.meet(Weeks::of(day, self.year_starts))
            && self.since <= day
            && self.until.is_none_or(|last| day <= last)
    }
}

/// Where a lesson of the template is held; empty for one that was moved here.
pub fn room_of(slots: &[Slot], key: LessonKey) -> String {
    let here = |slot: &&Slot| slot.load_id == key.load && slot.number == key.number && slot.falls_on(key.date);
    slots
        .iter()
        .find(here)
        .map(|slot| slot.room.clone())
        .unwrap_or_default()
}

/// A bell of a class's shift as it may ring on a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Bell {
    /// The lesson's number.
    pub number: i64,
    /// When it begins.
    pub starts: NaiveTime,
    /// When it ends.
    pub ends: NaiveTime,
    /// Whether it belongs to this very kind of day, not to the usual one.
    pub special: bool,
}

/// When a lesson begins and ends: a day with bells of its own rings the usual ones only where it has none.
pub fn bell(bells: &[Bell], number: i64) -> Option<(NaiveTime, NaiveTime)> {
    let rung = bells.iter().filter(|bell| bell.number == number);
    rung.max_by_key(|bell| bell.special)
        .map(|bell| (bell.starts, bell.ends))
}

/// What differs from the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose lesson.
    pub load: LoadId,
    /// On which day.
    pub date: NaiveDate,
    /// By which number.
    pub number: i64,
    /// How.
    pub what: WhatChanged,
}

/// How a lesson differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhatChanged {
    /// It isn't held.
    Cancelled,
    /// It is held at another time.
    Moved {
        /// On this day.
        date: NaiveDate,
        /// By this number.
        number: i64,
    },
    /// Another gives it (P9).
    Substituted(PersonId),
}

/// A lesson of a day, held or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub key: LessonKey,
    /// What and whose.
    pub load: Load,
    /// When it begins and ends; `None` when the school has no bell of this number.
    pub bell: Option<(NaiveTime, NaiveTime)>,
    /// Who gives it instead.
    pub substitute: Option<PersonId>,
    /// Whether it is held.
    pub standing: Standing,
}

/// Whether a lesson of the template is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As in the template or as moved here.
    Held,
    /// Cancelled.
    Cancelled,
    /// Moved away.
    MovedAway,
    /// There is no such lesson: a holiday, another weekday, a forged press.
    Absent,
}

/// Which of a load's lessons fall on a day, by number; cancelled and moved ones stay visible.
pub fn lessons_on(
    day: NaiveDate,
    slots: &[Slot],
    changes: &[Change],
    school_day: bool,
) -> Vec<(LoadId, i64, Option<PersonId>, Standing)> {
    if !school_day {
        return Vec::new();
    }
    let mut lessons: Vec<(LoadId, i64, Option<PersonId>, Standing)> = slots
        .iter()
        .filter(|slot| slot.falls_on(day))
        .map(|slot| (slot.load_id, slot.number, None, Standing::Held))
        .collect();
    for change in changes {
        if let WhatChanged::Moved { date, number } = change.what
            && date == day
            && !lessons
                .iter()
                .any(|(load, at, ..)| *load == change.load && *at == number)
        {
            lessons.push((change.load, number, None, Standing::Held));
        }
    }
    for change in changes.iter().filter(|change| change.date == day) {
        let here = lessons
            .iter_mut()
            .filter(|(load, number, ..)| *load == change.load && *number == change.number);
        for (_, _, substitute, standing) in here {
            match change.what {
                WhatChanged::Cancelled => *standing = Standing::Cancelled,
                WhatChanged::Moved { .. } => *standing = Standing::MovedAway,
                WhatChanged::Substituted(by) => *substitute = Some(by),
            }
        }
    }
    lessons.sort_by_key(|(load, number, ..)| (*number, *load));
    lessons
}

/// The next lesson of a load after a day and number: where homework is due.
pub fn next_lesson(
    load: LoadId,
    after: (NaiveDate, i64),
    slots: &[Slot],
    changes: &[Change],
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let last = calendar.last_day()?;
    let mut day = after.0;
    while day <= last {
        let held = lessons_on(day, slots, changes, calendar.is_school_day(day));
        let is_later = |number: i64| (day, number) > after;
        if held
            .iter()
            .any(|(id, number, _, standing)| *id == load && *standing == Standing::Held && is_later(*number))
        {
            return Some(day);
        }
        day = day.succ_opt()?;
    }
    None
}

impl Planned {
    /// Whose the lesson is, for `access`.
    pub fn scope(&self, tutors: Vec<PersonId>) -> LessonScope {
        LessonScope {
            school: self.load.school_id,
            class: self.load.class_id,
            grade: self.load.grade,
            teacher: self.load.teacher_id,
            substitute: self.substitute,
            tutors,
            date: self.key.date,
            held: self.standing == Standing::Held,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::Span;

    const ALGEBRA: LoadId = LoadId(1);
    const BIOLOGY: LoadId = LoadId(2);

    fn day(of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
    }

    fn slot(load_id: LoadId, weekday: i64, number: i64) -> Slot {
        Slot {
            load_id,
            weekday,
            number,
            weeks: Weeks::Every,
            year_starts: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            since: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            until: None,
            room: String::new(),
        }
    }

    fn change(of_month: u32, number: i64, what: WhatChanged) -> Change {
        Change {
            load: ALGEBRA,
            date: day(of_month),
            number,
            what,
        }
    }

    fn calendar() -> Calendar {
        Calendar {
            terms: vec![Span {
                starts: day(9),
                ends: day(30),
            }],
            holidays: vec![Span {
                starts: day(26),
                ends: day(27),
            }],
        }
    }

    #[test]
    fn a_day_follows_the_template() {
        let slots = [slot(ALGEBRA, 2, 3), slot(BIOLOGY, 2, 1), slot(ALGEBRA, 4, 1)];
        let tuesday = lessons_on(day(24), &slots, &[], true);
        assert_eq!(
            tuesday,
            [(BIOLOGY, 1, None, Standing::Held), (ALGEBRA, 3, None, Standing::Held)]
        );
        assert!(lessons_on(day(24), &slots, &[], false).is_empty());
    }

    #[test]
    fn a_lesson_of_odd_weeks_is_held_every_other_week() {
        let odd = Slot {
            weeks: Weeks::Odd,
            ..slot(ALGEBRA, 2, 3)
        };
        let even = Slot {
            weeks: Weeks::Even,
            ..slot(BIOLOGY, 2, 3)
        };
        // 24 November is in the year's 13th week.
        let slots = [odd, even];
        let held = |of_month: u32| lessons_on(day(of_month), &slots, &[], true);
        assert_eq!(held(24), [(ALGEBRA, 3, None, Standing::Held)]);
        assert_eq!(held(17), [(BIOLOGY, 3, None, Standing::Held)]);
        assert_eq!(
            next_lesson(BIOLOGY, (day(10), 1), &slots, &[], &calendar()),
            Some(day(17))
        );
        assert_eq!(
            next_lesson(ALGEBRA, (day(10), 3), &slots, &[], &calendar()),
            Some(day(24))
        );
    }

    #[test]
    fn a_changed_template_leaves_former_days_as_they_were() {
        let former = Slot {
            until: Some(day(23)),
            ..slot(ALGEBRA, 2, 3)
        };
        let later = Slot {
            since: day(24),
            ..slot(ALGEBRA, 2, 5)
        };
        let slots = [former, later];
        assert_eq!(
            lessons_on(day(17), &slots, &[], true),
            [(ALGEBRA, 3, None, Standing::Held)]
        );
        assert_eq!(
            lessons_on(day(24), &slots, &[], true),
            [(ALGEBRA, 5, None, Standing::Held)]
        );
    }

    #[test]
    fn a_short_day_rings_its_own_bells_and_the_usual_ones_where_it_has_none() {
        let at = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let rung = |number: i64, hour: u32, special: bool| Bell {
            number,
            starts: at(hour),
            ends: at(hour + 1),
            special,
        };
        let bells = [rung(1, 9, true), rung(1, 8, false), rung(2, 10, false)];
        assert_eq!(bell(&bells, 1), Some((at(9), at(10))));
        assert_eq!(bell(&bells, 2), Some((at(10), at(11))));
        assert_eq!(bell(&bells, 3), None);
    }

    #[test]
    fn cancelled_moved_and_substituted_lessons_are_seen() {
        let slots = [slot(ALGEBRA, 2, 3)];
        let cancelled = lessons_on(day(24), &slots, &[change(24, 3, WhatChanged::Cancelled)], true);
        assert_eq!(cancelled, [(ALGEBRA, 3, None, Standing::Cancelled)]);

        let moved = [change(
            24,
            3,
            WhatChanged::Moved {
                date: day(25),
                number: 6,
            },
        )];
        assert_eq!(
            lessons_on(day(24), &slots, &moved, true),
            [(ALGEBRA, 3, None, Standing::MovedAway)]
        );
        assert_eq!(
            lessons_on(day(25), &slots, &moved, true),
            [(ALGEBRA, 6, None, Standing::Held)]
        );

        let colleague = PersonId(7);
        let replaced = lessons_on(
            day(24),
            &slots,
            &[change(24, 3, WhatChanged::Substituted(colleague))],
            true,
        );
        assert_eq!(replaced, [(ALGEBRA, 3, Some(colleague), Standing::Held)]);
    }

    #[test]
    fn homework_is_due_at_the_next_lesson_that_is_held() {
        let slots = [slot(ALGEBRA, 2, 3), slot(ALGEBRA, 4, 1), slot(ALGEBRA, 1, 5)];
        // Thursday the 26th is a holiday: Monday the 30th is next.
        assert_eq!(
            next_lesson(ALGEBRA, (day(24), 3), &slots, &[], &calendar()),
            Some(day(30))
        );
        // A lesson moved onto Wednesday comes first.
        let moved = [change(
            30,
            5,
            WhatChanged::Moved {
                date: day(25),
                number: 2,
            },
        )];
        assert_eq!(
            next_lesson(ALGEBRA, (day(24), 3), &slots, &moved, &calendar()),
            Some(day(25))
        );
        // The second of two lessons on one day is the next of the first.
        let double = [slot(ALGEBRA, 2, 3), slot(ALGEBRA, 2, 4)];
        assert_eq!(
            next_lesson(ALGEBRA, (day(24), 3), &double, &[], &calendar()),
            Some(day(24))
        );
        assert_eq!(next_lesson(ALGEBRA, (day(30), 5), &slots, &[], &calendar()), None);
    }
}
