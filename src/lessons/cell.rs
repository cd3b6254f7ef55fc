//! One pupil's place in a lesson: a sign of attendance, marks, and what a press does to them.

use serde::{Deserialize, Serialize};

use super::Kind;

/// Attendance. Present is the absence of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sign {
    /// «н».
    Absent,
    /// «б».
    Ill,
    /// «п».
    Excused,
    /// «о».
    Late,
}

impl Sign {
    /// All, in the order of the ring.
    pub const ALL: [Self; 4] = [Self::Absent, Self::Ill, Self::Excused, Self::Late];

    /// As rows of the database and locale keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Ill => "ill",
            Self::Excused => "excused",
            Self::Late => "late",
        }
    }

    /// The sign of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.code() == code)
    }

    /// Whether the pupil wasn't in the room.
    pub fn is_away(self) -> bool {
        self != Self::Late
    }

    /// What the next press sets: the ring begins with the sign in hand, goes round, and ends with none.
    pub fn after(now: Option<Self>, in_hand: Self) -> Option<Self> {
        let Some(now) = now else { return Some(in_hand) };
        let idx = Self::ALL.iter().position(|sign| *sign == now).unwrap_or(0);
        let next = Self::ALL[(idx + 1) % Self::ALL.len()];
        (next != in_hand).then_some(next)
    }
}

/// A mark's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// 5.
    Five,
    /// 4.
    Four,
    /// 3.
    Three,
    /// 2.
    Two,
    /// 1.
    One,
    /// «зч».
    Pass,
    /// «нз».
    Fail,
    /// «осв».
    Exempt,
}

impl Value {
    /// All, best first.
    pub const ALL: [Self; 8] = [
        Self::Five,
        Self::Four,
        Self::Three,
        Self::Two,
        Self::One,
        Self::Pass,
        Self::Fail,
        Self::Exempt,
    ];

    /// As rows of the database and locale keys name it; digits are what they are.
    pub fn code(self) -> &'static str {
        match self {
            Self::Five => "5",
            Self::Four => "4",
            Self::Three => "3",
            Self::Two => "2",
            Self::One => "1",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Exempt => "exempt",
        }
    }

    /// The value of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.code() == code)
    }
}

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What.
    pub value: Value,
    /// For what.
    pub kind: Kind,
    /// In hundredths; kept with the mark, so that a later change of the rule leaves it.
    pub weight: i64,
}

/// What stands beside a pupil.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The sign of attendance, if any.
    pub sign: Option<Sign>,
    /// Marks in the order in which they were given.
    pub marks: Vec<Mark>,
}

impl Cell {
    /// The marks as the history keeps them: `5:answer:100 4:control:200`.
    pub fn marks_code(&self) -> String {
        let codes: Vec<String> = self
            .marks
            .iter()
            .map(|mark| format!("{}:{}:{}", mark.value.code(), mark.kind.code(), mark.weight))
            .collect();
        codes.join(" ")
    }
}

/// Reads marks as the history keeps them.
pub fn marks_of(code: &str) -> Vec<Mark> {
    code.split(' ')
        .filter_map(|mark| {
            let mut parts = mark.split(':');
            let value = Value::of(parts.next()?)?;
            let kind = Kind::of(parts.next()?);
            Some(Mark {
                value,
                kind,
                weight: parts.next()?.parse().ok()?,
            })
        })
        .collect()
}

/// What a press does to a cell. Each says its result, so that pressing twice is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// This sign, or none.
    Sign(Option<Sign>),
    /// The pupil's mark is this one.
    Put(Value),
    /// One more mark beside those that are there.
    Add(Value),
    /// The first value becomes the second.
    Replace(Value, Value),
    /// A mark of this value is taken back.
    Take(Value),
    /// A mark for somebody with a sign: the sign goes.
    PutPresent(Value),
    /// A mark for work handed in later: the sign stays («н/5»).
    PutLater(Value),
}

/// What follows from a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is so already.
    Already,
    /// The cell becomes this.
    Write(Cell),
    /// Another mark is there: correct it, add one, or leave it (T5).
    AskOther(Mark),
    /// The pupil has a sign: where does the mark come from (T6)?
    AskAway(Sign),
}

/// Applies a press to a cell; a new mark is of this kind.
pub fn decide(cell: &Cell, change: Change, kind: Kind) -> Decision {
    let mark = |value| Mark {
        value,
        kind,
        weight: kind.weight(),
    };
    let with = |sign, marks| Decision::Write(Cell { sign, marks });
    let added = |value| cell.marks.iter().copied().chain([mark(value)]).collect::<Vec<_>>();
    match change {
        Change::Sign(sign) if sign == cell.sign => Decision::Already,
        Change::Sign(sign) => with(sign, cell.marks.clone()),
        Change::Put(value) => match (cell.sign, cell.marks.last()) {
            (_, Some(_)) if cell.marks.iter().any(|it| it.value == value) => Decision::Already,
            (_, Some(other)) => Decision::AskOther(*other),
            (Some(sign), None) if sign.is_away() => Decision::AskAway(sign),
            (sign, None) => with(sign, vec![mark(value)]),
        },
        Change::Replace(former, later) => match cell.marks.iter().rposition(|it| it.value == former) {
            Some(idx) => {
                let mut marks = cell.marks.clone();
                marks[idx].value = later;
                with(cell.sign, marks)
            }
            None => Decision::Already,
        },
        Change::Take(value) => match cell.marks.iter().rposition(|it| it.value == value) {
            Some(idx) => {
                let mut marks = cell.marks.clone();
                marks.remove(idx);
                with(cell.sign, marks)
            }
            None => Decision::Already,
        },
        Change::PutPresent(value) if cell.sign.is_none() && cell.marks.iter().any(|it| it.value == value) => {
            Decision::Already
        }
        Change::PutPresent(value) => with(None, added(value)),
        Change::PutLater(value) if cell.marks.iter().any(|it| it.value == value) => Decision::Already,
        Change::Add(value) | Change::PutLater(value) => with(cell.sign, added(value)),
    }
}
