//! Who they are: what a pupil can do, when one is away, and how a teacher keeps the journal.

use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeMap;

use super::dice::Dice;
use super::topics::Gift;
use crate::lessons::cell::Sign;

/// Luck for each matter is drawn apart: a change of one leaves the others.
const PUPIL: u64 = 1;
const HEALTH: u64 = 2;
const TEACHER: u64 = 3;

/// A pupil.
#[derive(Clone, Debug)]
pub struct Pupil {
    general: f64,
    gifts: [f64; 4],
    /// What a year changes.
    drift: f64,
    /// What homework gains over an answer.
    pub diligence: f64,
    /// How often one comes late to the first lesson.
    pub late: f64,
    truant: bool,
}

impl Pupil {
    /// The pupil of this name.
    pub fn of(key: u64) -> Self {
        let mut dice = Dice::of(&[PUPIL, key]);
        Self {
            general: dice.bell() * 0.72,
            gifts: std::array::from_fn(|_| dice.bell() * 0.42),
            drift: dice.bell() * 0.45,
            diligence: 0.15 + dice.bell() * 0.25,
            late: if dice.chance(0.12) { 0.09 } else { 0.008 },
            truant: dice.chance(0.045),
        }
    }

    /// What one can do on a day so far into the history, from 0 to 1.
    pub fn ability(&self, gift: Gift, time: f64) -> f64 {
        let gifted = match gift {
            Gift::Exact => self.gifts[0],
            Gift::Words => self.gifts[1],
            Gift::World => self.gifts[2],
            // In sport, music and drawing most do well.
            Gift::Skill => self.gifts[3] * 0.8 + 0.75 - self.general * 0.45,
        };
        self.general + gifted + self.drift * (time - 0.5)
    }
}

/// When a pupil isn't in the room on a day: from one lesson to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Why, as far as the journal knows.
    pub sign: Sign,
    /// From this lesson.
    pub from: i64,
    /// To this one, itself included.
    pub to: i64,
}

/// The days on which a pupil is away, of these school days with their last lessons; the youngest don't skip.
pub fn absences(key: u64, grade: i64, days: &[(NaiveDate, i64)]) -> BTreeMap<NaiveDate, Away> {
    let truant = Pupil::of(key).truant && grade > 4;
    let frail = Dice::of(&[HEALTH, key]).unit() + 0.5;
    let mut away = BTreeMap::new();
    // The last day of an illness, and whether anybody has said yet that it is one.
    let mut ill_until: Option<NaiveDate> = None;
    for (day, last) in days {
        let mut dice = Dice::of(&[HEALTH, key, u64::from(day.num_days_from_ce().unsigned_abs())]);
        let whole = |sign| Away {
            sign,
            from: 1,
            to: *last,
        };
        if ill_until.is_some_and(|until| *day <= until) {
            away.insert(*day, whole(Sign::Ill));
            continue;
        }
        // Colds come with November.
        let season = if day.month() >= 11 { 1.6 } else { 0.9 };
        if dice.chance(0.0085 * frail * season) {
            ill_until = Some(*day + chrono::TimeDelta::days(dice.between(2, 8)));
            // On the first day the school often doesn't know yet.
            let sign = if dice.chance(0.35) { Sign::Absent } else { Sign::Ill };
            away.insert(*day, whole(sign));
        } else if dice.chance(0.008) {
            // A doctor, a contest, a journey: a day, or its end.
            let from = if dice.chance(0.5) { 1 } else { dice.between(2, *last) };
            let to = if from == 1 && dice.chance(0.4) {
                dice.between(1, *last)
            } else {
                *last
            };
            let sign = Sign::Excused;
            away.insert(*day, Away { sign, from, to });
        } else if dice.chance(0.003) {
            away.insert(*day, whole(Sign::Absent));
        } else if truant && dice.chance(0.14) {
            let from = (*last - dice.between(0, 2)).max(1);
            let sign = Sign::Absent;
            away.insert(*day, Away { sign, from, to: *last });
        }
    }
    away
}

/// When a teacher fills the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// As the lesson goes.
    Live,
    /// In the break.
    Break,
    /// After the last lesson.
    Afternoon,
}

/// A teacher.
#[derive(Clone, Debug)]
pub struct Teacher {
    /// When the journal is filled.
    pub habit: Habit,
    /// Added to every performance.
    pub mildness: f64,
    /// Marks of an ordinary lesson, at least.
    pub marks: i64,
    /// How often the homework stays unsaid.
    pub forgets: f64,
    /// How often a lesson is filled on a later day.
    pub late: f64,
    /// How often it isn't at all.
    pub never: f64,
    /// How often «Готово» is pressed.
    pub finishes: f64,
}

impl Teacher {
    /// The teacher of this name; one of the school is behind with the journal.
    pub fn of(key: u64, is_behind: bool) -> Self {
        let mut dice = Dice::of(&[TEACHER, key]);
        let habit = match dice.between(0, 9) {
            0..=5 => Habit::Live,
            6..=7 => Habit::Break,
            _ => Habit::Afternoon,
        };
        let (late, never) = if is_behind { (0.16, 0.07) } else { (0.012, 0.004) };
        Self {
            habit: if is_behind { Habit::Afternoon } else { habit },
            mildness: dice.bell() * 0.16,
            marks: dice.between(4, 5),
            forgets: 0.012 + dice.unit() * 0.035,
            late,
            never,
            finishes: if dice.chance(0.8) { 0.93 } else { 0.6 },
        }
    }
}
