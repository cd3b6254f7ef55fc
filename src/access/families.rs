//! Who may ask families, and read what they answer.

use super::{AccessScope, Actor, Identity, oversees};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Proof: this person may ask these families, and read what they answer (P7).
#[derive(Clone, Copy, Debug)]
pub struct AskFamilies {
    by: PersonId,
    school: SchoolId,
}

impl AskFamilies {
    /// Who asks.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Families are asked by the tutors of their class, and by those who oversee all of their grades.
pub fn ask_families(actor: &Actor, scope: &AccessScope) -> Result<AskFamilies, UserError> {
    let asks = |it: &&Identity| {
        let oversees_all = !scope.grades.is_empty() && scope.grades.iter().all(|grade| oversees(it, *grade));
        it.school == scope.school && (scope.tutors.contains(&it.person) || oversees_all)
    };
    let found = actor.identities.iter().find(asks);
    found
        .map(|it| AskFamilies {
            by: it.person,
            school: it.school,
        })
        .ok_or_else(|| UserError::new("access.survey_not_yours"))
}
