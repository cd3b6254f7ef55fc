//! Who says what an adult may do for a child.

use super::{Actor, PupilScope, Role, holds};
use crate::ids::PersonId;
use crate::words::UserError;

/// Proof: this person says what the adults of this pupil may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepRights {
    by: PersonId,
    pupil: PersonId,
}

impl KeepRights {
    /// Who says it.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which child.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// A court's word reaches the school's administration: rights are limited and closed by the administrator alone (P3).
pub fn keep_rights(actor: &Actor, scope: &PupilScope) -> Result<KeepRights, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school);
    here.find(|it| holds(it, &[Role::Administrator]))
        .map(|it| KeepRights {
            by: it.person,
            pupil: scope.pupil,
        })
        .ok_or_else(|| UserError::new("access.people_not_yours"))
}
