//! Who may speak to many: the proof that an announcement is somebody's to make (P6).

use super::{Actor, Identity, Role};
use crate::ids::{PersonId, SchoolId};
use crate::words::UserError;

/// Who is spoken to at once: whose word it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudienceScope {
    /// The school.
    pub school: SchoolId,
    /// Grades of the pupils meant, from which to which; none for the staff.
    pub grades: Option<(i64, i64)>,
    /// Tutors of the class, when it is one class or a part of it.
    pub tutors: Vec<PersonId>,
}

impl AudienceScope {
    /// That of a school's staff.
    pub fn of_staff(school: SchoolId) -> Self {
        Self {
            school,
            grades: None,
            tutors: Vec::new(),
        }
    }
}

/// In which office somebody speaks to many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// As the tutor of the class.
    Tutor,
    /// As the head of a stage, from which grade to which.
    Head(i64, i64),
    /// As the director.
    Director,
    /// As the administrator of the journal.
    Administrator,
}

/// Proof: this person may speak to this audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announce {
    by: PersonId,
    office: Office,
}

impl Announce {
    /// Who speaks.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// In which office.
    pub fn office(self) -> Office {
        self.office
    }
}

/// A class hears its tutor, a stage its head, the school and its staff the director and the administrator (P6).
pub fn announce(actor: &Actor, scope: &AudienceScope) -> Result<Announce, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school);
    here.find_map(|it| office(it, scope).map(|office| Announce { by: it.person, office }))
        .ok_or_else(|| UserError::new("access.no_section"))
}

/// Several places at once: each must hear the speaker by itself. The office is the one that all of them hear, else the
/// widest of those in which they are spoken to.
pub fn announce_all(actor: &Actor, scopes: &[AudienceScope]) -> Result<Announce, UserError> {
    let speaks = |it: &Identity| {
        let of_one = |scope: &AudienceScope| (it.school == scope.school).then(|| office(it, scope)).flatten();
        let offices: Vec<Office> = scopes.iter().map(of_one).collect::<Option<_>>()?;
        let widest = offices
            .iter()
            .find(|it| **it != Office::Tutor)
            .or_else(|| offices.first())?;
        Some(Announce {
            by: it.person,
            office: *widest,
        })
    };
    actor
        .identities
        .iter()
        .find_map(speaks)
        .ok_or_else(|| UserError::new("access.no_section"))
}

fn office(identity: &Identity, scope: &AudienceScope) -> Option<Office> {
    if scope.grades.is_some() && scope.tutors.contains(&identity.person) {
        return Some(Office::Tutor);
    }
    identity.duties.iter().find_map(|duty| match duty.role {
        Role::Director => Some(Office::Director),
        Role::Administrator => Some(Office::Administrator),
        Role::Head => scope
            .grades
            .filter(|(from, to)| duty.from_grade <= *from && *to <= duty.to_grade)
            .map(|_| Office::Head(duty.from_grade, duty.to_grade)),
        Role::Secretary | Role::Operator => None,
    })
}
