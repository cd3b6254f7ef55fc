//! Who may write to whom (P6, T10): pure.

use super::{AccessScope, Actor};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Proof: this person may write to the families of a class.
#[derive(Clone, Copy, Debug)]
pub struct WriteFamilies {
    school: SchoolId,
    by: PersonId,
}

impl WriteFamilies {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// At which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// The families of a class are written to by its tutors (P6).
pub fn write_families(actor: &Actor, class: &AccessScope) -> Result<WriteFamilies, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == class.school);
    here.find(|it| class.tutors.contains(&it.person))
        .map(|it| WriteFamilies {
            school: it.school,
            by: it.person,
        })
        .ok_or_else(|| UserError::new("access.people_not_yours"))
}
