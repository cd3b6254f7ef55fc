//! Who writes to whom, who reads, and what leaves after waiting.

use super::*;
use crate::access::Identity;
use crate::ids::Account;
use rstest::rstest;

const CHILD: i64 = 1;
const MOTHER: i64 = 2;
const TEACHER: i64 = 3;
const STRANGER: i64 = 4;

fn actor(person: i64, is_staff: bool, school: i64) -> Actor {
    Actor {
        account: Account {
            transport: "t",
            id: person,
        },
        identities: vec![Identity {
            person: PersonId(person),
            school: SchoolId(school),
            is_staff,
            lock_after_minutes: 0,
            duties: Vec::new(),
        }],
        guard: None,
    }
}

fn about() -> TalkScope {
    TalkScope::About {
        school: SchoolId(1),
        pupil: PersonId(CHILD),
        guardians: vec![PersonId(MOTHER)],
        staff: vec![(PersonId(TEACHER), Tie::Teacher)],
        closed: Vec::new(),
    }
}

#[test]
fn t10_what_the_school_closed_nobody_writes_and_everybody_reads() {
    let scope = |ties: &[Tie], closed: &[Pair]| TalkScope::About {
        school: SchoolId(1),
        pupil: PersonId(CHILD),
        guardians: vec![PersonId(MOTHER)],
        staff: ties.iter().map(|tie| (PersonId(TEACHER), *tie)).collect(),
        closed: closed.to_vec(),
    };
    let may = |who: i64, with: i64, scope: &TalkScope| {
        talk(&actor(who, who == TEACHER, 1), scope, PersonId(with)).map_err(|it| it.key)
    };
    let closed = scope(&[Tie::Teacher], &[Pair::ParentTeacher]);
    assert_eq!(may(MOTHER, TEACHER, &closed).unwrap_err(), "access.pair_closed");
    assert_eq!(may(TEACHER, MOTHER, &closed).unwrap_err(), "access.pair_closed");
    assert!(may(CHILD, TEACHER, &closed).is_ok(), "the pupil is another pair");
    assert_eq!(may(STRANGER, TEACHER, &closed).unwrap_err(), "access.talk_not_yours");
    // The tutor, who teaches too, is written to as the tutor.
    let tied_twice = scope(&[Tie::Tutor, Tie::Teacher], &[Pair::ParentTeacher]);
    assert!(may(MOTHER, TEACHER, &tied_twice).is_ok());
    // A teacher who is a parent of the child too, and the other parent.
    let both = TalkScope::About {
        school: SchoolId(1),
        pupil: PersonId(CHILD),
        guardians: vec![PersonId(MOTHER), PersonId(TEACHER)],
        staff: vec![(PersonId(TEACHER), Tie::Teacher)],
        closed: Vec::new(),
    };
    assert!(may(MOTHER, TEACHER, &both).is_ok() && may(TEACHER, MOTHER, &both).is_ok());
    let sides = [PersonId(MOTHER), PersonId(TEACHER)];
    assert!(read_talk(&actor(MOTHER, false, 1), &closed, sides).is_ok());
    let colleagues = TalkScope::Staff {
        school: SchoolId(1),
        colleague: Some(PersonId(TEACHER)),
        closed: vec![Pair::Staff],
    };
    let found = talk(&actor(STRANGER, true, 1), &colleagues, PersonId(TEACHER));
    assert_eq!(found.unwrap_err().key, "access.pair_closed");
}

#[test]
fn t10_what_waited_leaves_only_while_it_may_be_said() {
    let (mother, teacher) = (PersonId(MOTHER), PersonId(TEACHER));
    assert_eq!(still_talks(&about(), mother, teacher, false), Ok(()));
    assert_eq!(still_talks(&about(), mother, teacher, true), Err(Halt::Muted));
    let stranger = PersonId(STRANGER);
    assert_eq!(still_talks(&about(), stranger, teacher, true), Err(Halt::NotYours));
    assert_eq!(still_talks(&about(), mother, stranger, true), Err(Halt::OtherLeft));
    let mut scope = about();
    if let TalkScope::About { closed, .. } = &mut scope {
        closed.push(Pair::ParentTeacher);
    }
    assert_eq!(still_talks(&scope, mother, teacher, true), Err(Halt::Closed));
}

#[test]
fn t10_each_pair_has_its_own_code() {
    for pair in Pair::ALL {
        assert_eq!(Pair::of(pair.code()), Some(pair));
    }
    assert_eq!(Pair::between(true, Tie::Head), Pair::PupilAdministration);
    assert_eq!(Pair::between(false, Tie::Director), Pair::ParentAdministration);
}

#[rstest]
#[case(MOTHER, TEACHER, true)]
#[case(CHILD, TEACHER, true)]
#[case(TEACHER, MOTHER, true)]
#[case(TEACHER, CHILD, true)]
// The family needs no journal to talk among itself, and others are none of it.
#[case(MOTHER, CHILD, false)]
#[case(MOTHER, STRANGER, false)]
#[case(STRANGER, TEACHER, false)]
#[case(STRANGER, MOTHER, false)]
#[case(TEACHER, TEACHER, false)]
fn t10_a_family_and_those_who_teach_the_child_write_to_each_other(
    #[case] who: i64,
    #[case] with: i64,
    #[case] may: bool,
) {
    let found = talk(&actor(who, who == TEACHER, 1), &about(), PersonId(with));
    assert_eq!(found.is_ok(), may);
    assert!(
        talk(&actor(who, true, 2), &about(), PersonId(with)).is_err(),
        "of another school"
    );
}

#[test]
fn t10_colleagues_write_to_each_other_and_nobody_else_to_them() {
    let scope = |colleague| TalkScope::Staff {
        school: SchoolId(1),
        colleague,
        closed: Vec::new(),
    };
    let works = scope(Some(PersonId(TEACHER)));
    assert!(talk(&actor(STRANGER, true, 1), &works, PersonId(TEACHER)).is_ok());
    assert!(talk(&actor(MOTHER, false, 1), &works, PersonId(TEACHER)).is_err());
    assert!(
        talk(&actor(STRANGER, true, 1), &scope(None), PersonId(TEACHER)).is_err(),
        "who left"
    );
}

#[test]
fn t10_a_talk_is_read_by_its_sides_while_they_belong_here() {
    let sides = [PersonId(MOTHER), PersonId(TEACHER)];
    assert!(read_talk(&actor(MOTHER, false, 1), &about(), sides).is_ok());
    assert!(read_talk(&actor(TEACHER, true, 1), &about(), sides).is_ok());
    assert!(
        read_talk(&actor(TEACHER, false, 1), &about(), sides).is_err(),
        "who left"
    );
    assert!(read_talk(&actor(CHILD, false, 1), &about(), sides).is_err());
    assert!(read_talk(&actor(STRANGER, true, 1), &about(), sides).is_err());
}
