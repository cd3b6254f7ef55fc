//! Absences that were told: a lesson shows them as suggestions, and its teacher's press makes them signs (T2, T9).

use crate::absences::Reason;
use crate::ids::PersonId;

use super::Lesson;
use super::cell::{Cell, Change, Sign};
use super::press::{Hand, change_in_hand};

/// A sign that nobody has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Which.
    pub sign: Sign,
    /// Whether the family says so; else the tutor.
    pub by_family: bool,
}

impl Suggested {
    /// What a reason suggests.
    pub fn of(reason: Reason, by_family: bool) -> Self {
        let sign = match reason {
            Reason::Ill => Sign::Ill,
            Reason::Doctor | Reason::Family | Reason::Contest | Reason::Other => Sign::Excused,
            Reason::Unexcused => Sign::Absent,
        };
        Self { sign, by_family }
    }
}

impl Lesson {
    /// What stands beside a pupil, or would if the teacher agreed.
    pub fn cell_or_told(&self, pupil: PersonId) -> Cell {
        match self.told.get(&pupil) {
            Some(told) => Cell {
                sign: Some(told.sign),
                marks: Vec::new(),
            },
            None => self.cell(pupil),
        }
    }

    /// What a press on a pupil does with this in hand: of one who was told to be absent a sign in hand says that they are
    /// there.
    pub fn change_in_hand(&self, pupil: PersonId, hand: Hand) -> Change {
        match hand {
            Hand::Sign(_) if self.told.contains_key(&pupil) => Change::Sign(None),
            _ => change_in_hand(&self.cell(pupil), hand),
        }
    }

    /// The cell that a press changes. Whether the pupil is there is asked of what was told too; a second mark asks nothing.
    pub fn cell_for(&self, pupil: PersonId, change: Change) -> Cell {
        match change {
            Change::Sign(None) | Change::Put(_) | Change::PutPresent(_) | Change::PutLater(_) => {
                self.cell_or_told(pupil)
            }
            Change::Sign(Some(_)) | Change::Add(_) | Change::Replace(..) | Change::Take(_) => self.cell(pupil),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::cell::{Decision, Value, decide};
    use crate::lessons::screens::samples::lesson;
    use rstest::rstest;

    #[rstest]
    #[case(Reason::Ill, Sign::Ill)]
    #[case(Reason::Doctor, Sign::Excused)]
    #[case(Reason::Other, Sign::Excused)]
    #[case(Reason::Unexcused, Sign::Absent)]
    fn t9_a_reason_suggests_its_sign(#[case] reason: Reason, #[case] sign: Sign) {
        assert_eq!(Suggested::of(reason, true).sign, sign);
    }

    #[test]
    fn t9_a_press_on_one_who_was_told_to_be_absent_says_that_they_are_there() {
        let mut lesson = lesson(3);
        let pupil = lesson.pupils[2].id;
        lesson.cells.remove(&pupil);
        let hand = Hand::Sign(Sign::Absent);
        assert_eq!(lesson.change_in_hand(pupil, hand), Change::Sign(Some(Sign::Absent)));
        lesson.told.insert(pupil, Suggested::of(Reason::Ill, true));
        let there = lesson.change_in_hand(pupil, hand);
        assert_eq!(there, Change::Sign(None));
        let decided = |change| decide(&lesson.cell_for(pupil, change), change, lesson.kind);
        assert_eq!(decided(there), Decision::Write(Cell::default()));
        // A mark is asked about, as beside any sign.
        assert_eq!(decided(Change::Put(Value::Five)), Decision::AskAway(Sign::Ill));
        assert_eq!(
            decided(Change::Sign(Some(Sign::Late))),
            Decision::Write(Cell {
                sign: Some(Sign::Late),
                marks: Vec::new()
            })
        );
    }
}
