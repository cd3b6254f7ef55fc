//! One lesson: what its teacher pressed and when.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};
use std::collections::BTreeMap;

use super::dice::Dice;
use super::journal::is_written;
use super::people::{Habit, Pupil, Teacher};
use super::school::Slot;
use super::topics::{Gift, Theme};
use crate::ids::PersonId;
use crate::lessons::cell::{Change, Sign, Value};
use crate::lessons::replay::Press;
use crate::lessons::{Homework, Kind, Reason};

/// Where a performance becomes the next mark, best first.
const BORDERS: [(f64, Value); 3] = [(0.66, Value::Five), (-0.6, Value::Four), (-1.95, Value::Three)];

/// What a lesson is made of.
pub struct Scene<'s> {
    /// Its place.
    pub slot: &'s Slot,
    /// Everybody's gifts.
    pub pupils: &'s BTreeMap<PersonId, Pupil>,
    /// Who writes it.
    pub teacher: Teacher,
    /// What it is about.
    pub theme: Theme,
    /// What it asks for.
    pub gift: Gift,
    /// Who isn't there.
    pub signs: BTreeMap<PersonId, Sign>,
    /// The day on which those are there again.
    pub back: BTreeMap<PersonId, NaiveDate>,
    /// Its bells.
    pub starts: DateTime<Utc>,
    /// The second of them.
    pub ends: DateTime<Utc>,
    /// How far into the history, from 0 to 1.
    pub time: f64,
    /// Whether it is the demonstration's day.
    pub is_today: bool,
    /// Whether the demonstration opens with it: the screens draw that day.
    pub is_opening: bool,
    /// How many a week.
    pub weekly: usize,
}

/// What a lesson lacks.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a lesson can lack any of them, apart from the others"
)]
struct Flaws {
    never: bool,
    days_late: i64,
    no_topic: bool,
    no_homework: bool,
    no_attendance: bool,
    few_marks: bool,
}

/// A lesson as it comes about.
pub struct Draft<'s> {
    scene: Scene<'s>,
    dice: Dice,
    /// How many marks each has in this subject: the teacher looks whom to ask.
    marked: &'s mut BTreeMap<PersonId, i64>,
    flaws: Flaws,
    at: DateTime<Utc>,
    finished: bool,
    /// What was pressed.
    pub presses: Vec<(DateTime<Utc>, Press)>,
}

impl<'s> Draft<'s> {
    /// An empty one.
    pub fn new(scene: Scene<'s>, mut dice: Dice, marked: &'s mut BTreeMap<PersonId, i64>) -> Self {
        let flaws = flaws(&scene, &mut dice);
        let at = begins(&scene, &flaws, &mut dice);
        Self {
            scene,
            dice,
            marked,
            flaws,
            at,
            finished: false,
            presses: Vec::new(),
        }
    }

    /// Plays it.
    pub fn play(&mut self) {
        if self.flaws.never {
            return;
        }
        self.attendance();
        let kind = self.kind();
        if kind != Kind::Answer {
            self.press(8, Press::Kind(kind));
        }
        if !self.flaws.no_topic {
            self.press(40, Press::Topic(self.scene.theme.topic.clone()));
        }
        let written = is_written(kind);
        if written {
            self.homework();
            self.written(kind);
        } else {
            self.answers(kind);
            self.homework();
        }
        let asked = self.dice.unit() < self.scene.teacher.finishes || self.scene.is_opening;
        if asked && !self.has_gaps() {
            self.at = self.at.max(self.scene.ends - TimeDelta::minutes(2));
            self.press(45, Press::Finish);
            self.finished = true;
        }
        self.later();
    }

    fn press(&mut self, seconds: i64, press: Press) {
        // People aren't clocks; two presses of a lesson never fall on one moment.
        let pause = self.dice.between(seconds / 2 + 1, seconds * 3 / 2 + 2);
        self.at += TimeDelta::seconds(pause);
        self.presses.push((self.at, press));
    }

    fn attendance(&mut self) {
        if self.flaws.no_attendance {
            return;
        }
        let first = self.scene.slot.planned.key.number == 1;
        let mut signs: Vec<(PersonId, Sign)> = self.scene.signs.iter().map(|(id, sign)| (*id, *sign)).collect();
        for pupil in &self.scene.slot.pupils {
            let often = self.scene.pupils.get(&pupil.id).map_or(0.0, |it| it.late);
            let often = if first { often } else { often / 6.0 };
            if self.dice.chance(often) && !self.scene.signs.contains_key(&pupil.id) {
                signs.push((pupil.id, Sign::Late));
            }
        }
        if signs.is_empty() {
            self.press(5, Press::AllPresent);
        }
        for (pupil, sign) in signs {
            self.press(4, Press::Cell(pupil, Change::Sign(Some(sign)), None));
        }
    }

    /// The kind of work: the plan's, or a short written one so often that everybody has marks enough.
    fn kind(&mut self) -> Kind {
        if let Some(kind) = self.scene.theme.kind {
            return kind;
        }
        let often = match self.scene.weekly {
            0..=1 => 0.30,
            2 => 0.16,
            3 => 0.10,
            _ => 0.07,
        };
        let luck = self.dice.unit();
        if self.scene.gift == Gift::Skill {
            Kind::Answer
        } else if luck < often {
            if self.dice.chance(0.35) {
                Kind::Test
            } else {
                Kind::Independent
            }
        } else if luck > 0.88 {
            Kind::Homework
        } else {
            Kind::Answer
        }
    }

    fn homework(&mut self) {
        if self.flaws.no_homework {
            return;
        }
        let homework = self.scene.theme.homework.clone();
        let pause = if homework == Homework::NotSet { 6 } else { 30 };
        self.press(pause, Press::Homework(homework));
    }

    /// Who is there, those with the fewest marks first, as far as a teacher keeps count.
    fn there(&mut self) -> Vec<PersonId> {
        let mut there: Vec<(i64, PersonId)> = Vec::new();
        for pupil in &self.scene.slot.pupils {
            if !self.scene.signs.contains_key(&pupil.id) {
                let has = self.marked.get(&pupil.id).copied().unwrap_or_default();
                there.push((has * 10 + self.dice.between(0, 24), pupil.id));
            }
        }
        there.sort_unstable();
        there.into_iter().map(|(_, id)| id).collect()
    }

    fn answers(&mut self, kind: Kind) {
        let there = self.there();
        let everybody = matches!(kind, Kind::Practical | Kind::Laboratory | Kind::Project)
            || (self.scene.gift == Gift::Skill && self.dice.chance(0.2));
        let n = if everybody {
            there.len()
        } else if self.flaws.few_marks {
            usize::try_from(self.dice.between(1, 3)).unwrap_or(1)
        } else {
            usize::try_from(self.scene.teacher.marks + self.dice.between(0, 1)).unwrap_or(4)
        };
        let live = self.scene.teacher.habit == Habit::Live && self.flaws.days_late == 0 && !everybody;
        for pupil in there.into_iter().take(n) {
            let pause = if live { 260 } else { 6 };
            self.mark(pupil, kind, pause, Change::Put);
        }
    }

    /// Written work: marked at home, on the same evening or within two days, and everybody gets a mark.
    fn written(&mut self, kind: Kind) {
        let at_once = matches!(kind, Kind::Independent | Kind::Test) && self.dice.chance(0.5);
        if at_once || self.scene.is_opening {
            self.at = self
                .at
                .max(self.scene.ends + TimeDelta::minutes(self.dice.between(1, 8)));
        } else {
            let days = self.dice.between(0, 2);
            let evening = self.scene.slot.planned.key.date + TimeDelta::days(days);
            // In the evening, from half past four on.
            let from = local_hour(evening, self.scene.slot, 16);
            self.at = self.at.max(from + TimeDelta::minutes(self.dice.between(30, 230)));
        }
        let there = self.there();
        for pupil in there {
            self.mark(pupil, kind, 7, Change::Put);
            if kind == Kind::Dictation {
                // Spelling and the grammar task: two marks.
                self.mark(pupil, kind, 4, Change::Add);
            }
        }
    }

    fn mark(&mut self, pupil: PersonId, kind: Kind, pause: i64, change: fn(Value) -> Change) {
        let value = self.value(pupil, kind);
        *self.marked.entry(pupil).or_default() += 1;
        self.press(pause, Press::Cell(pupil, change(value), None));
        // A finger slips: put right at once.
        if self.dice.chance(0.004) && value != Value::Five && kind != Kind::Dictation {
            let slip = next_better(value);
            let wrong = self.presses.last_mut();
            if let Some((_, press)) = wrong {
                *press = Press::Cell(pupil, change(slip), None);
            }
            self.press(9, Press::Cell(pupil, Change::Replace(slip, value), None));
        }
    }

    fn value(&mut self, pupil: PersonId, kind: Kind) -> Value {
        let Some(it) = self.scene.pupils.get(&pupil) else {
            return Value::Four;
        };
        let mut score = it.ability(self.scene.gift, self.scene.time) + self.scene.teacher.mildness;
        score += self.dice.bell() * 0.58;
        if self.scene.slot.planned.load.grade <= 4 {
            score += 0.25;
        }
        score += match kind {
            Kind::Homework => it.diligence,
            Kind::Control | Kind::Dictation => -0.2,
            Kind::Project | Kind::Practical | Kind::Laboratory => 0.25,
            _ => 0.0,
        };
        let reached = BORDERS.into_iter().find(|(border, _)| score >= *border);
        reached.map_or(Value::Two, |(_, value)| value)
    }

    fn has_gaps(&self) -> bool {
        let flaws = &self.flaws;
        flaws.no_topic || flaws.no_homework || flaws.no_attendance || flaws.few_marks
    }

    /// What comes on other days: corrections with their reasons, work that was handed in later.
    fn later(&mut self) {
        let marks: Vec<(PersonId, Value)> = self
            .presses
            .iter()
            .filter_map(|(_, press)| match press {
                Press::Cell(pupil, Change::Put(value), _) => Some((*pupil, *value)),
                _ => None,
            })
            .collect();
        let dictation = self.presses.iter().any(|(_, it)| *it == Press::Kind(Kind::Dictation));
        // A lesson that wasn't ended is put right without a word; of two marks none is resat.
        let corrected = if self.finished && !dictation { marks } else { Vec::new() };
        for (pupil, value) in corrected {
            let is_poor = matches!(value, Value::Two | Value::Three);
            let replaced = self
                .presses
                .iter()
                .any(|(_, it)| matches!(it, Press::Cell(who, Change::Replace(..), _) if *who == pupil));
            if replaced || value == Value::Five {
                continue;
            }
            let resit = if value == Value::Two { 0.18 } else { 0.012 };
            let (reason, days) = if is_poor && self.dice.chance(resit) {
                (Reason::Resit, self.dice.between(3, 9))
            } else if self.dice.chance(0.003) {
                (Reason::Reviewed, self.dice.between(1, 3))
            } else if self.dice.chance(0.002) {
                (Reason::WrongButton, 0)
            } else {
                continue;
            };
            let at = self.on_a_later_day(days);
            let change = Change::Replace(value, next_better(value));
            self.presses.push((at, Press::Cell(pupil, change, Some(reason))));
        }
        self.handed_in(dictation);
    }

    fn handed_in(&mut self, dictation: bool) {
        let kind = self.presses.iter().find_map(|(_, press)| match press {
            Press::Kind(kind) => Some(*kind),
            _ => None,
        });
        let Some(kind) = kind.filter(|kind| *kind == Kind::Control || *kind == Kind::Practical) else {
            return;
        };
        if dictation || self.flaws.no_attendance {
            return;
        }
        let back: Vec<(PersonId, NaiveDate)> = self.scene.back.iter().map(|(id, day)| (*id, *day)).collect();
        for (pupil, day) in back {
            let days = (day - self.scene.slot.planned.key.date).num_days();
            if days > 10 || !self.dice.chance(0.55) {
                continue;
            }
            let at = self.on_a_later_day(days.max(1));
            let value = self.value(pupil, kind);
            *self.marked.entry(pupil).or_default() += 1;
            let reason = self.finished.then_some(Reason::Unsaid);
            self.presses
                .push((at, Press::Cell(pupil, Change::PutLater(value), reason)));
        }
    }

    /// An afternoon of a school day so many days after; nobody writes at the weekend.
    fn on_a_later_day(&mut self, days: i64) -> DateTime<Utc> {
        let seconds = self.dice.between(60, 5_400);
        if days == 0 {
            return self.at + TimeDelta::seconds(seconds / 10);
        }
        let mut day = self.scene.slot.planned.key.date + TimeDelta::days(days);
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day += TimeDelta::days(1);
        }
        let at = local_hour(day, self.scene.slot, 15) + TimeDelta::seconds(seconds);
        let last = self.presses.iter().map(|(at, _)| *at).max().unwrap_or(at);
        at.max(last + TimeDelta::seconds(5))
    }
}

/// An hour of a day at school.
fn local_hour(day: NaiveDate, slot: &Slot, hour: u32) -> DateTime<Utc> {
    let time = chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    crate::words::dates::moment(day, time, slot.planned.load.zone())
}

fn next_better(value: Value) -> Value {
    match value {
        Value::Two => Value::Three,
        Value::Three => Value::Four,
        _ => Value::Five,
    }
}

fn flaws(scene: &Scene<'_>, dice: &mut Dice) -> Flaws {
    let teacher = &scene.teacher;
    let never = dice.chance(teacher.never);
    let late = dice.chance(teacher.late);
    let drawn = Flaws {
        never,
        days_late: if late { dice.between(1, 4) } else { 0 },
        no_topic: dice.chance(0.005),
        no_homework: dice.chance(teacher.forgets),
        no_attendance: dice.chance(0.008),
        few_marks: dice.chance(0.022),
    };
    if scene.is_opening {
        // As the screens draw it: the first lesson is all there, the second lacks its homework.
        return Flaws {
            no_homework: scene.slot.planned.key.number > 1,
            ..Flaws::default()
        };
    }
    drawn
}

/// The moment in which the teacher takes the lesson up.
fn begins(scene: &Scene<'_>, flaws: &Flaws, dice: &mut Dice) -> DateTime<Utc> {
    let minutes = |from, to, dice: &mut Dice| TimeDelta::minutes(dice.between(from, to));
    if flaws.days_late > 0 {
        let mut day = scene.slot.planned.key.date + TimeDelta::days(flaws.days_late);
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day += TimeDelta::days(1);
        }
        return local_hour(day, scene.slot, 15) + minutes(10, 150, dice);
    }
    let habit = if scene.is_opening || (scene.is_today && scene.teacher.habit == Habit::Break) {
        Habit::Live
    } else {
        scene.teacher.habit
    };
    match habit {
        Habit::Live => scene.starts + minutes(2, 5, dice),
        Habit::Break => scene.ends + minutes(0, 3, dice),
        Habit::Afternoon => local_hour(scene.slot.planned.key.date, scene.slot, 15) + minutes(0, 140, dice),
    }
}
