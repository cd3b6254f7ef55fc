//! Rules of a lesson: gaps, the ring of signs, what a press does, and what the history keeps.

use super::cell::{Change, Decision, Value, decide, marks_of};
use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn cell(sign: Option<Sign>, values: &[Value]) -> Cell {
    Cell {
        sign,
        marks: values
            .iter()
            .map(|value| Mark {
                value: *value,
                kind: Kind::Answer,
                weight: 100,
            })
            .collect(),
    }
}

#[rstest]
#[case(Sign::Absent, [Some(Sign::Absent), Some(Sign::Ill), Some(Sign::Excused), Some(Sign::Late), None])]
#[case(Sign::Ill, [Some(Sign::Ill), Some(Sign::Excused), Some(Sign::Late), Some(Sign::Absent), None])]
#[case(Sign::Late, [Some(Sign::Late), Some(Sign::Absent), Some(Sign::Ill), Some(Sign::Excused), None])]
fn the_ring_begins_with_the_sign_in_hand_and_ends_with_none(#[case] hand: Sign, #[case] ring: [Option<Sign>; 5]) {
    let mut now = None;
    for expected in ring {
        now = Sign::after(now, hand);
        assert_eq!(now, expected);
    }
}

#[test]
fn t2_a_mark_is_put_once_and_never_guessed_over_another() {
    let put = |it: &Cell| decide(it, Change::Put(Value::Five), Kind::Answer);
    assert_eq!(put(&cell(None, &[])), Decision::Write(cell(None, &[Value::Five])));
    assert_eq!(put(&cell(None, &[Value::Five])), Decision::Already);
    assert!(matches!(put(&cell(None, &[Value::Four])), Decision::AskOther(mark) if mark.value == Value::Four));
    assert_eq!(put(&cell(Some(Sign::Absent), &[])), Decision::AskAway(Sign::Absent));
    assert_eq!(
        put(&cell(Some(Sign::Late), &[])),
        Decision::Write(cell(Some(Sign::Late), &[Value::Five]))
    );
}

#[test]
fn a_correction_changes_one_mark_and_keeps_its_kind() {
    let before = Cell {
        sign: None,
        marks: vec![Mark {
            value: Value::Four,
            kind: Kind::Control,
            weight: 200,
        }],
    };
    let after = Cell {
        sign: None,
        marks: vec![Mark {
            value: Value::Five,
            kind: Kind::Control,
            weight: 200,
        }],
    };
    assert_eq!(
        decide(&before, Change::Replace(Value::Four, Value::Five), Kind::Answer),
        Decision::Write(after)
    );
}

#[test]
fn corrections_end_after_fourteen_days() {
    let lesson = NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
    assert_eq!(too_late_to_correct(lesson, lesson + TimeDelta::days(14)), None);
    assert_eq!(too_late_to_correct(lesson, lesson + TimeDelta::days(15)), Some(15));
}

#[rstest]
#[case(Homework::Missing)]
#[case(Homework::NotSet)]
#[case(Homework::Text("§ 13, № 8".into()))]
fn homework_is_read_back_from_its_history(#[case] homework: Homework) {
    assert_eq!(Homework::of(&homework.code()), homework);
}

fn any_value() -> impl Strategy<Value = Value> {
    prop::sample::select(Value::ALL.to_vec())
}

fn any_cell() -> impl Strategy<Value = Cell> {
    let sign = prop::option::of(prop::sample::select(Sign::ALL.to_vec()));
    let mark = (any_value(), prop::sample::select(Kind::ALL.to_vec())).prop_map(|(value, kind)| Mark {
        value,
        kind,
        weight: kind.weight(),
    });
    (sign, prop::collection::vec(mark, 0..4)).prop_map(|(sign, marks)| Cell { sign, marks })
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        prop::option::of(prop::sample::select(Sign::ALL.to_vec())).prop_map(Change::Sign),
        any_value().prop_map(Change::Put),
        any_value().prop_map(Change::PutPresent),
        any_value().prop_map(Change::PutLater),
    ]
}

proptest! {
    #[test]
    fn marks_are_read_back_from_their_history(cell in any_cell()) {
        prop_assert_eq!(marks_of(&cell.marks_code()), cell.marks);
    }

    #[test]
    fn a_press_repeated_changes_nothing_more(cell in any_cell(), change in any_change()) {
        if let Decision::Write(after) = decide(&cell, change, Kind::Answer) {
            prop_assert_eq!(decide(&after, change, Kind::Answer), Decision::Already);
        }
    }

    #[test]
    fn putting_and_taking_back_leaves_the_cell_as_it_was(value in any_value()) {
        let Decision::Write(after) = decide(&Cell::default(), Change::Put(value), Kind::Test) else { panic!("nothing put") };
        prop_assert_eq!(decide(&after, Change::Take(value), Kind::Test), Decision::Write(Cell::default()));
    }
}
