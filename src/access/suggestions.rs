//! Who may suggest something to a school, and who reads what was suggested.

use super::{Actor, Role, holds};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Who of those behind an account is a parent at a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentScope {
    /// The school.
    pub school: SchoolId,
    /// Parents of its pupils, with consent that stands.
    pub parents: Vec<PersonId>,
}

/// Proof: this person may suggest something to this school, and look at what they suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggest {
    by: PersonId,
    school: SchoolId,
}

impl Suggest {
    /// Who suggests.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// To which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Parents suggest to the school of their children.
pub fn suggest(actor: &Actor, scope: &ParentScope) -> Result<Suggest, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school);
    here.find(|it| scope.parents.contains(&it.person))
        .map(|it| Suggest {
            by: it.person,
            school: it.school,
        })
        .ok_or_else(|| UserError::new("access.suggestion_not_yours"))
}

/// Proof: this person may read and answer what parents suggest to this school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadSuggestions {
    by: PersonId,
    school: SchoolId,
}

impl ReadSuggestions {
    /// Who reads.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// Who reads what is said to the whole school: suggestions, and talks that one of their sides shows.
pub const READERS: [Role; 2] = [Role::Administrator, Role::Director];

/// Suggestions are to the whole school, so the administrator and the director read them, and no head of a stage: one
/// without a name has no grade.
pub fn read_suggestions(actor: &Actor, school: SchoolId) -> Result<ReadSuggestions, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.find(|it| holds(it, &READERS))
        .map(|it| ReadSuggestions { by: it.person, school })
        .ok_or_else(|| UserError::new("access.suggestion_not_yours"))
}
