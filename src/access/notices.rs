//! Who says when they hear of a child.

use super::{Actor, PupilScope, is_one_of};
use crate::ids::PersonId;
use crate::words::UserError;

/// Proof: this person says when they hear of this pupil.
#[derive(Clone, Copy, Debug)]
pub struct ChooseNotices {
    reader: PersonId,
    pupil: PersonId,
}

impl ChooseNotices {
    /// Who hears.
    pub fn reader(self) -> PersonId {
        self.reader
    }

    /// Of whom.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// Guardians say it for themselves and each child, and a pupil for themself; nobody else hears of a child by notices.
pub fn choose_notices(actor: &Actor, scope: &PupilScope) -> Result<ChooseNotices, UserError> {
    actor
        .identities
        .iter()
        .filter(|it| it.school == scope.school)
        .find(|it| it.person == scope.pupil || scope.guardians.contains(&it.person))
        .map(|it| ChooseNotices {
            reader: it.person,
            pupil: scope.pupil,
        })
        .ok_or_else(|| {
            if is_one_of(actor, scope.school, &scope.without_consent) {
                UserError::new("access.consent_missing")
            } else {
                UserError::new("access.diary_not_yours")
            }
        })
}
