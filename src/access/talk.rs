//! Who may write to whom (P6, T10): pure.

use serde::{Deserialize, Serialize};

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

/// The author of a letter that waited, if they are a tutor of the class still: rights are asked again when it leaves.
pub fn still_writes(author: PersonId, class: &AccessScope) -> Result<WriteFamilies, UserError> {
    class
        .tutors
        .contains(&author)
        .then_some(WriteFamilies {
            school: class.school,
            by: author,
        })
        .ok_or_else(|| UserError::new("letters.review.author_left"))
}

/// As what somebody of the staff stands by a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The tutor of the class.
    Tutor,
    /// Teaches a subject.
    Teacher,
    /// Heads the stage.
    Head,
    /// Keeps the journal.
    Administrator,
    /// Directs the school.
    Director,
}

/// Who writes to whom: a school opens and closes each (T10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pair {
    /// A parent and a teacher of the child.
    ParentTeacher,
    /// A parent and the tutor.
    ParentTutor,
    /// A parent and the head of the stage.
    ParentHead,
    /// A parent and the administrator or the director.
    ParentAdministration,
    /// A pupil and a teacher.
    PupilTeacher,
    /// A pupil and the tutor.
    PupilTutor,
    /// A pupil and those who lead the school.
    PupilAdministration,
    /// Colleagues.
    Staff,
}

impl Pair {
    /// All of them, in the order of their switches.
    pub const ALL: [Self; 8] = [
        Self::ParentTeacher,
        Self::ParentTutor,
        Self::ParentHead,
        Self::ParentAdministration,
        Self::PupilTeacher,
        Self::PupilTutor,
        Self::PupilAdministration,
        Self::Staff,
    ];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ParentTeacher => "parent_teacher",
            Self::ParentTutor => "parent_tutor",
            Self::ParentHead => "parent_head",
            Self::ParentAdministration => "parent_administration",
            Self::PupilTeacher => "pupil_teacher",
            Self::PupilTutor => "pupil_tutor",
            Self::PupilAdministration => "pupil_administration",
            Self::Staff => "staff",
        }
    }

    /// The pair of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Of which pair somebody of the family and somebody of the staff are.
    pub fn between(is_pupil: bool, tie: Tie) -> Self {
        match (is_pupil, tie) {
            (false, Tie::Teacher) => Self::ParentTeacher,
            (false, Tie::Tutor) => Self::ParentTutor,
            (false, Tie::Head) => Self::ParentHead,
            (false, Tie::Administrator | Tie::Director) => Self::ParentAdministration,
            (true, Tie::Teacher) => Self::PupilTeacher,
            (true, Tie::Tutor) => Self::PupilTutor,
            (true, Tie::Head | Tie::Administrator | Tie::Director) => Self::PupilAdministration,
        }
    }
}

/// Between whom a talk is: whose it is comes with the child, or with the colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TalkScope {
    /// About a child: between the family and those who teach, lead and oversee the child now.
    About {
        /// The school.
        school: SchoolId,
        /// The child.
        pupil: PersonId,
        /// Guardians who have consented.
        guardians: Vec<PersonId>,
        /// Teachers and tutors of the child, the head of the stage, the director, administrators: each tie of each.
        staff: Vec<(PersonId, Tie)>,
        /// Between whom the school lets nobody write.
        closed: Vec<Pair>,
    },
    /// Between colleagues.
    Staff {
        /// The school.
        school: SchoolId,
        /// Whoever else is meant, if they work there.
        colleague: Option<PersonId>,
        /// Between whom the school lets nobody write.
        closed: Vec<Pair>,
    },
}

impl TalkScope {
    fn school(&self) -> SchoolId {
        match self {
            Self::About { school, .. } | Self::Staff { school, .. } => *school,
        }
    }

    /// Whether somebody is on the family's side.
    pub fn is_family(&self, person: PersonId) -> bool {
        match self {
            Self::About { pupil, guardians, .. } => *pupil == person || guardians.contains(&person),
            Self::Staff { .. } => false,
        }
    }

    /// Whether somebody is on the staff's side, or the colleague.
    pub fn is_staff(&self, person: PersonId) -> bool {
        match self {
            Self::About { staff, .. } => staff.iter().any(|it| it.0 == person),
            Self::Staff { colleague, .. } => *colleague == Some(person),
        }
    }

    /// Whether the school lets somebody of the family write to somebody who stands so by the child, and be written to.
    pub fn opens(&self, family: PersonId, tie: Tie) -> bool {
        match self {
            Self::About { pupil, closed, .. } => !closed.contains(&Pair::between(*pupil == family, tie)),
            Self::Staff { .. } => false,
        }
    }

    /// Whether the school lets these two write to each other: who is tied twice to the child needs one open way.
    pub fn is_open(&self, one: PersonId, two: PersonId) -> bool {
        match self {
            Self::About { staff, .. } => {
                // Either may be a parent of the child and teach it too.
                let opens = |family, other| {
                    self.is_family(family) && staff.iter().any(|(who, tie)| *who == other && self.opens(family, *tie))
                };
                opens(one, two) || opens(two, one)
            }
            Self::Staff { closed, .. } => !closed.contains(&Pair::Staff),
        }
    }
}

/// Proof: one of the two may write to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    by: PersonId,
    with: PersonId,
    school: SchoolId,
}

impl Talk {
    /// Who writes.
    pub fn by(self) -> PersonId {
        self.by
    }

    /// To whom.
    pub fn with(self) -> PersonId {
        self.with
    }

    /// At which school.
    pub fn school(self) -> SchoolId {
        self.school
    }
}

/// A family and those who teach, lead and oversee its child write to each other, and colleagues do (T10).
pub fn talk(actor: &Actor, scope: &TalkScope, with: PersonId) -> Result<Talk, UserError> {
    let school = scope.school();
    let mut here = actor
        .identities
        .iter()
        .filter(|it| it.school == school && it.person != with);
    let found = here.find(|me| match scope {
        TalkScope::About { .. } => {
            scope.is_family(me.person) && scope.is_staff(with) || scope.is_staff(me.person) && scope.is_family(with)
        }
        TalkScope::Staff { .. } => me.is_staff && scope.is_staff(with),
    });
    match found {
        None => Err(UserError::new("access.talk_not_yours")),
        Some(me) if !scope.is_open(me.person, with) => Err(UserError::new("access.pair_closed")),
        Some(me) => Ok(Talk {
            by: me.person,
            with,
            school,
        }),
    }
}

/// Why a message that waited doesn't leave after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Its author isn't of the child's family any more.
    NotYours,
    /// Whom it was for has no more to do with the child.
    OtherLeft,
    /// The school has closed such talks.
    Closed,
    /// Its author doesn't write for a while.
    Muted,
}

/// Whether a family's message that waited may leave still (T10): rights are asked again when it does.
pub fn still_talks(scope: &TalkScope, author: PersonId, with: PersonId, is_muted: bool) -> Result<(), Halt> {
    if !scope.is_family(author) {
        Err(Halt::NotYours)
    } else if !scope.is_staff(with) {
        Err(Halt::OtherLeft)
    } else if !scope.is_open(author, with) {
        Err(Halt::Closed)
    } else if is_muted {
        Err(Halt::Muted)
    } else {
        Ok(())
    }
}

/// Proof: one of the two may read what they wrote to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadTalk {
    me: PersonId,
    other: PersonId,
}

impl ReadTalk {
    /// Who reads.
    pub fn me(self) -> PersonId {
        self.me
    }

    /// Whose words they read.
    pub fn other(self) -> PersonId {
        self.other
    }
}

/// A talk is read by its two sides and nobody else: by the family while the child is theirs, by staff while they work there.
pub fn read_talk(actor: &Actor, scope: &TalkScope, sides: [PersonId; 2]) -> Result<ReadTalk, UserError> {
    let [one, two] = sides;
    let mut here = actor.identities.iter().filter(|it| it.school == scope.school());
    here.find(|it| sides.contains(&it.person) && (it.is_staff || scope.is_family(it.person)))
        .map(|it| ReadTalk {
            me: it.person,
            other: if it.person == one { two } else { one },
        })
        .ok_or_else(|| UserError::new("access.talk_not_yours"))
}

#[cfg(test)]
mod tests;
