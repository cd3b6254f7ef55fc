//! Which days may be told of, what counts as days without a reason, and what a month amounts to.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn days(from: NaiveDate, to: NaiveDate) -> Days {
    Days {
        pupil: PersonId(1),
        from,
        to,
    }
}

fn ground() -> Ground {
    Ground {
        today: day(11, 24),
        year: Span {
            starts: day(9, 1),
            ends: day(12, 30),
        },
        calendar: Calendar {
            terms: Vec::new(),
            holidays: vec![Span {
                starts: day(10, 25),
                ends: day(11, 2),
            }],
        },
    }
}

#[rstest]
#[case(day(11, 24), day(11, 24), None)]
#[case(day(11, 25), day(11, 24), Some(Flaw::Backwards))]
#[case(day(11, 23), day(11, 25), Some(Flaw::Past))]
#[case(day(8, 31), day(8, 31), Some(Flaw::BeforeYear(day(9, 1))))]
#[case(day(12, 30), day(12, 31), Some(Flaw::AfterYear(day(12, 30))))]
fn t9_days_that_cannot_be_told_of_say_why(#[case] from: NaiveDate, #[case] to: NaiveDate, #[case] flaw: Option<Flaw>) {
    assert_eq!(ground().flaw(days(from, to), false), flaw);
}

#[test]
fn t9_an_answer_may_speak_of_days_gone_by_and_of_no_other_year() {
    assert_eq!(ground().flaw(days(day(11, 23), day(11, 25)), true), None);
    assert_eq!(
        ground().flaw(days(day(8, 31), day(9, 2)), true),
        Some(Flaw::BeforeYear(day(9, 1)))
    );
}

#[test]
fn t9_days_without_lessons_are_holidays_or_just_free() {
    assert_eq!(
        ground().empty(days(day(10, 26), day(10, 27))),
        Flaw::Holidays(day(11, 2))
    );
    assert_eq!(ground().empty(days(day(11, 2), day(11, 3))), Flaw::NoLessons);
    assert_eq!(ground().empty(days(day(11, 29), day(11, 29))), Flaw::NoLessons);
}

fn missed(pupil: i64, date: NaiveDate, number: i64, sign: &str) -> Missed {
    Missed {
        pupil: PersonId(pupil),
        date,
        number,
        sign: sign.to_owned(),
    }
}

fn absence(pupil: i64, (starts, ends): (NaiveDate, NaiveDate), reason: Reason) -> Absence {
    Absence {
        id: AbsenceId(1),
        pupil: PersonId(pupil),
        starts,
        ends,
        reason,
        words: String::new(),
        note: Enclosed(None),
        by: PersonId(9),
        at: DateTime::UNIX_EPOCH,
        by_family: true,
        accepted_at: None,
        withdrawn_at: None,
    }
}

#[test]
fn t2_three_days_without_a_reason_stand_first() {
    // A Friday, a Monday and a Tuesday on end: there was no register between.
    let registers = [day(11, 19), day(11, 20), day(11, 23), day(11, 24)];
    let all = [
        missed(1, day(11, 20), 5, "absent"),
        missed(1, day(11, 23), 1, "absent"),
        missed(1, day(11, 24), 1, "absent"),
        missed(2, day(11, 24), 1, "absent"),
        missed(2, day(11, 24), 2, "absent"),
        // Absent, there on Friday, absent again: two runs.
        missed(3, day(11, 19), 1, "absent"),
        missed(3, day(11, 23), 1, "absent"),
        // The journal knows the reason of these.
        missed(4, day(11, 24), 1, "ill"),
        missed(4, day(11, 24), 2, "excused"),
    ];
    let runs = runs(&all, &[], &registers);
    let shown: Vec<(i64, NaiveDate, NaiveDate, usize, bool)> = runs
        .iter()
        .map(|it| {
            (
                it.days.pupil.0,
                it.days.from,
                it.days.to,
                it.lessons.len(),
                it.is_long(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, day(11, 20), day(11, 24), 3, true),
            (2, day(11, 24), day(11, 24), 2, false),
            (3, day(11, 23), day(11, 23), 1, false),
            (3, day(11, 19), day(11, 19), 1, false),
        ]
    );
}

#[test]
fn t2_what_is_known_of_a_day_is_no_day_without_a_reason() {
    let registers = [day(11, 20), day(11, 23), day(11, 24)];
    let all = [
        missed(1, day(11, 20), 5, "absent"),
        missed(1, day(11, 23), 1, "absent"),
        missed(1, day(11, 24), 1, "absent"),
    ];
    let known = absence(1, (day(11, 23), day(11, 23)), Reason::Doctor);
    let left = runs(&all, std::slice::from_ref(&known), &registers);
    assert_eq!(left.len(), 2, "the day between parts them");
    let withdrawn = Absence {
        withdrawn_at: Some(DateTime::UNIX_EPOCH),
        ..known.clone()
    };
    assert_eq!(runs(&all, &[withdrawn], &registers).len(), 1);
    let anothers = Absence {
        pupil: PersonId(2),
        ..known
    };
    assert_eq!(runs(&all, &[anothers], &registers).len(), 1);
}

#[test]
fn t2_a_month_is_counted_by_the_journals_sign_and_what_is_known() {
    let all = [
        missed(1, day(11, 23), 1, "ill"),
        missed(1, day(11, 23), 2, "absent"),
        missed(1, day(11, 24), 1, "absent"),
        missed(1, day(11, 25), 1, "excused"),
        missed(1, day(11, 26), 1, "absent"),
    ];
    let known = [
        absence(1, (day(11, 23), day(11, 23)), Reason::Ill),
        absence(1, (day(11, 24), day(11, 24)), Reason::Unexcused),
    ];
    let sum = sums(&all, &known)[&PersonId(1)];
    let expected = Sum {
        all: 5,
        ill: 2,
        valid: 1,
        unexcused: 1,
        unknown: 1,
    };
    assert_eq!(sum, expected);
}

#[test]
fn reasons_keep_their_codes() {
    for reason in Reason::ALL {
        assert_eq!(Reason::try_from(reason.code().to_owned()).ok(), Some(reason));
    }
    assert!(Reason::try_from("lazy".to_owned()).is_err());
    assert!(!Reason::OF_FAMILIES.contains(&Reason::Unexcused));
}

proptest! {
    #[test]
    fn every_absence_without_a_reason_is_in_one_run(marks in prop::collection::btree_set((0_i64..3, 0_u64..12, 1_i64..4), 0..40)) {
        let registers: Vec<NaiveDate> = (0..12).map(|it| day(11, 9) + chrono::Days::new(it)).collect();
        let all: Vec<Missed> = marks
            .iter()
            .map(|(pupil, offset, number)| missed(*pupil, day(11, 9) + chrono::Days::new(*offset), *number, "absent"))
            .collect();
        let found = runs(&all, &[], &registers);
        prop_assert_eq!(found.iter().map(|it| it.lessons.len()).sum::<usize>(), all.len());
        for it in &all {
            let holding = found.iter().filter(|run| {
                run.days.pupil == it.pupil && (run.days.from..=run.days.to).contains(&it.date)
            });
            prop_assert_eq!(holding.count(), 1);
        }
    }
}
