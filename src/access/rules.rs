//! Who keeps the school's rules of talk, and whom a letter must pass (P6, T10).

use super::{AccessScope, Actor, READERS, Role, holds};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Proof: this person keeps the rules of talk at a school.
#[derive(Clone, Copy, Debug)]
pub struct KeepTalk {
    by: PersonId,
    school: SchoolId,
}

impl KeepTalk {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Who writes to whom, what passes the head, and who is silent: the administrator says so.
pub fn keep_talk(actor: &Actor, school: SchoolId) -> Result<KeepTalk, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.find(|it| holds(it, &[Role::Administrator]))
        .map(|it| KeepTalk { by: it.person, school })
        .ok_or_else(|| UserError::new("access.no_section"))
}

/// Proof: this person decides about letters to the families of a class.
#[derive(Clone, Copy, Debug)]
pub struct ReviewLetters {
    by: PersonId,
}

impl ReviewLetters {
    /// Who decides.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// A letter passes the head of the stage; the director stands in where there is none, or none is at hand.
pub fn review_letters(actor: &Actor, class: &AccessScope) -> Result<ReviewLetters, UserError> {
    let heads = |from: i64, to: i64| {
        let grades = &class.grades;
        !grades.is_empty() && grades.iter().all(|grade| (from..=to).contains(grade))
    };
    let mut here = actor.identities.iter().filter(|it| it.school == class.school);
    here.find(|it| {
        it.duties.iter().any(|duty| match duty.role {
            Role::Director => true,
            Role::Head => heads(duty.from_grade, duty.to_grade),
            Role::Administrator | Role::Secretary | Role::Operator => false,
        })
    })
    .map(|it| ReviewLetters { by: it.person })
    .ok_or_else(|| UserError::new("access.people_not_yours"))
}

/// Proof: this person may read talks that were shown to the administration.
#[derive(Clone, Copy, Debug)]
pub struct ReadShown {
    by: PersonId,
}

impl ReadShown {
    /// Who reads.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// The administrator and the director read a talk while one of its sides shows it, and no other (T10).
pub fn read_shown(actor: &Actor, school: SchoolId, is_shown: bool) -> Result<ReadShown, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school && is_shown);
    here.find(|it| holds(it, &READERS))
        .map(|it| ReadShown { by: it.person })
        .ok_or_else(|| UserError::new("access.no_section"))
}

/// Proof: this person may end that a talk is shown.
#[derive(Clone, Copy, Debug)]
pub struct EndShowing {
    by: PersonId,
}

impl EndShowing {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// Whoever showed a talk ends it, also when they are no side of it any more (T10).
pub fn end_showing(actor: &Actor, school: SchoolId, shown_by: PersonId) -> Result<EndShowing, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.find(|it| it.person == shown_by)
        .map(|it| EndShowing { by: it.person })
        .ok_or_else(|| UserError::new("access.talk_not_yours"))
}

/// Proof: this person keeps words for the letters of a school's tutors.
#[derive(Clone, Copy, Debug)]
pub struct KeepWords {
    by: PersonId,
    school: SchoolId,
}

impl KeepWords {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Words for all tutors are kept by the administrator and the heads of stages (P6).
pub fn keep_words(actor: &Actor, school: SchoolId) -> Result<KeepWords, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.find(|it| holds(it, &[Role::Administrator, Role::Head]))
        .map(|it| KeepWords { by: it.person, school })
        .ok_or_else(|| UserError::new("access.no_section"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Duty, Identity};
    use crate::ids::Account;
    use rstest::rstest;

    fn actor(role: Role, grades: (i64, i64)) -> Actor {
        Actor {
            account: Account { transport: "t", id: 1 },
            identities: vec![Identity {
                person: PersonId(1),
                school: SchoolId(1),
                is_staff: true,
                lock_after_minutes: 0,
                duties: vec![Duty {
                    role,
                    from_grade: grades.0,
                    to_grade: grades.1,
                }],
            }],
            guard: None,
        }
    }

    #[rstest]
    #[case(Role::Head, (5, 9), true)]
    #[case(Role::Head, (10, 11), false)]
    #[case(Role::Director, (0, 0), true)]
    #[case(Role::Administrator, (0, 0), false)]
    #[case(Role::Secretary, (5, 9), false)]
    fn p6_a_letter_passes_the_head_of_its_stage(#[case] role: Role, #[case] grades: (i64, i64), #[case] may: bool) {
        let class = |school| AccessScope {
            school: SchoolId(school),
            staff: false,
            tutors: Vec::new(),
            grades: vec![7],
        };
        assert_eq!(review_letters(&actor(role, grades), &class(1)).is_ok(), may);
        assert!(
            review_letters(&actor(role, grades), &class(2)).is_err(),
            "of another school"
        );
    }

    #[test]
    fn t10_what_no_side_shows_nobody_else_reads() {
        for (role, reads) in [(Role::Administrator, true), (Role::Director, true), (Role::Head, false)] {
            assert_eq!(read_shown(&actor(role, (1, 11)), SchoolId(1), true).is_ok(), reads);
            assert!(read_shown(&actor(role, (1, 11)), SchoolId(1), false).is_err());
            assert!(read_shown(&actor(role, (1, 11)), SchoolId(2), true).is_err());
        }
    }

    #[test]
    fn t10_the_administrator_keeps_the_rules_of_talk() {
        assert!(keep_talk(&actor(Role::Administrator, (0, 0)), SchoolId(1)).is_ok());
        assert!(keep_talk(&actor(Role::Administrator, (0, 0)), SchoolId(2)).is_err());
        assert!(keep_talk(&actor(Role::Director, (0, 0)), SchoolId(1)).is_err());
    }
}
