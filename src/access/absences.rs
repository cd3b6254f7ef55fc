//! Who tells of a pupil's absence, and who keeps the reasons.

use super::{AccessScope, Actor, PupilScope, is_one_of};
use crate::ids::PersonId;
use crate::words::UserError;

/// Proof: this person may tell of this pupil's absences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TellAbsence {
    by: PersonId,
    pupil: PersonId,
}

impl TellAbsence {
    /// Who tells.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of whom.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// A pupil's absence is told by the guardians whose consent stands, and never by the pupil.
pub fn tell_absence(actor: &Actor, scope: &PupilScope) -> Result<TellAbsence, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school);
    here.find(|it| scope.guardians.contains(&it.person) && !scope.only_read.contains(&it.person))
        .map(|it| TellAbsence {
            by: it.person,
            pupil: scope.pupil,
        })
        .ok_or_else(|| {
            if is_one_of(actor, scope.school, &scope.only_read) {
                UserError::new("access.diary_only")
            } else if is_one_of(actor, scope.school, &scope.without_consent) {
                UserError::new("access.consent_missing")
            } else {
                UserError::new("access.diary_not_yours")
            }
        })
}

/// Proof: this person keeps the reasons of absences in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAbsences {
    by: PersonId,
}

impl KeepAbsences {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// Reasons are asked for, accepted and noted by the tutors of the class (P4).
pub fn keep_absences(actor: &Actor, class: &AccessScope) -> Result<KeepAbsences, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == class.school);
    here.find(|it| class.tutors.contains(&it.person))
        .map(|it| KeepAbsences { by: it.person })
        .ok_or_else(|| UserError::new("access.people_not_yours"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Identity;
    use crate::ids::{Account, SchoolId};

    fn actor(person: i64, school: i64) -> Actor {
        Actor {
            account: Account { transport: "t", id: 1 },
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

    #[test]
    fn t9_an_absence_is_told_by_a_guardian_with_consent() {
        let scope = PupilScope {
            school: SchoolId(1),
            pupil: PersonId(1),
            grade: Some(7),
            guardians: vec![PersonId(2), PersonId(5)],
            without_consent: vec![PersonId(3)],
            only_read: vec![PersonId(5)],
            tutors: vec![PersonId(4)],
        };
        assert_eq!(tell_absence(&actor(2, 1), &scope).map(TellAbsence::by), Ok(PersonId(2)));
        let refused = |person, school| tell_absence(&actor(person, school), &scope).unwrap_err().key;
        assert_eq!(refused(3, 1), "access.consent_missing");
        assert_eq!(refused(5, 1), "access.diary_only");
        // The pupil, the tutor, a stranger, and a namesake id of another school.
        for (person, school) in [(1, 1), (4, 1), (9, 1), (2, 2)] {
            assert_eq!(refused(person, school), "access.diary_not_yours");
        }
    }

    #[test]
    fn p4_reasons_are_kept_by_the_classs_own_tutors() {
        let class = AccessScope {
            school: SchoolId(1),
            staff: false,
            tutors: vec![PersonId(4)],
            grades: vec![7],
        };
        assert!(keep_absences(&actor(4, 1), &class).is_ok());
        assert!(keep_absences(&actor(4, 2), &class).is_err());
        assert!(keep_absences(&actor(5, 1), &class).is_err());
    }
}
