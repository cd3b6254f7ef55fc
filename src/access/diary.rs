//! Who writes in a diary: what a pupil says is done, and the week that a guardian signs.

use super::{Actor, PupilScope, Role, has_duty, is_one_of};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Proof: this person is the pupil who says what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickHomework {
    pupil: PersonId,
}

impl TickHomework {
    /// Who says it.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// What is done says the pupil alone: a parent's tick would be somebody else's word.
pub fn tick_homework(actor: &Actor, pupil: PersonId) -> Result<TickHomework, UserError> {
    let mut own = actor.identities.iter();
    own.any(|it| it.person == pupil)
        .then_some(TickHomework { pupil })
        .ok_or_else(|| UserError::new("access.diary_not_yours"))
}

/// Proof: this person may sign a week of this pupil's diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignWeek {
    by: PersonId,
    pupil: PersonId,
}

impl SignWeek {
    /// Who signs.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Whose week.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// A week is signed by the guardians whose consent stands, but for those to whom the school left the diary only.
pub fn sign_week(actor: &Actor, scope: &PupilScope) -> Result<SignWeek, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school);
    here.find(|it| scope.guardians.contains(&it.person) && !scope.only_read.contains(&it.person))
        .map(|it| SignWeek {
            by: it.person,
            pupil: scope.pupil,
        })
        .ok_or_else(|| {
            if is_one_of(actor, scope.school, &scope.only_read) {
                UserError::new("access.signature_not_yours")
            } else if is_one_of(actor, scope.school, &scope.without_consent) {
                UserError::new("access.consent_missing")
            } else {
                UserError::new("access.diary_not_yours")
            }
        })
}

/// Proof: this person says whether a school asks for signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskSignatures {
    by: PersonId,
    school: SchoolId,
}

impl AskSignatures {
    /// Who says it.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Whether weeks are signed says the administrator.
pub fn ask_signatures(actor: &Actor, school: SchoolId) -> Result<AskSignatures, UserError> {
    has_duty(actor, school, &[Role::Administrator])
        .then(|| actor.person_at(school))
        .flatten()
        .map(|by| AskSignatures { by, school })
        .ok_or_else(|| UserError::new("access.no_section"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Identity;
    use crate::ids::Account;
    use rstest::rstest;

    fn actor(person: i64, school: i64) -> Actor {
        Actor {
            account: Account {
                transport: "telegram",
                id: 1,
            },
            identities: vec![Identity {
                person: PersonId(person),
                school: SchoolId(school),
                is_staff: false,
                lock_after_minutes: 0,
                duties: Vec::new(),
            }],
            guard: None,
        }
    }

    /// T9, P3.
    #[rstest]
    #[case::guardian(2, 1, Ok(()))]
    #[case::of_another_school(2, 9, Err("access.diary_not_yours"))]
    #[case::reads_only(3, 1, Err("access.signature_not_yours"))]
    #[case::without_consent(4, 1, Err("access.consent_missing"))]
    #[case::the_pupil(1, 1, Err("access.diary_not_yours"))]
    #[case::the_tutor(5, 1, Err("access.diary_not_yours"))]
    fn a_week_is_signed_by_guardians_with_all_rights(
        #[case] person: i64,
        #[case] school: i64,
        #[case] expected: Result<(), &str>,
    ) {
        let scope = PupilScope {
            school: SchoolId(1),
            pupil: PersonId(1),
            grade: Some(7),
            guardians: vec![PersonId(2), PersonId(3)],
            without_consent: vec![PersonId(4)],
            only_read: vec![PersonId(3)],
            tutors: vec![PersonId(5)],
        };
        let signed = sign_week(&actor(person, school), &scope).map(drop);
        assert_eq!(signed.map_err(|it| it.key), expected);
    }

    #[test]
    fn what_is_done_says_the_pupil_alone() {
        assert!(tick_homework(&actor(1, 1), PersonId(1)).is_ok());
        assert!(tick_homework(&actor(2, 1), PersonId(1)).is_err());
    }
}
