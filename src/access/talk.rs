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
        /// Teachers and tutors of the child, the head of the stage, the director, administrators.
        staff: Vec<PersonId>,
    },
    /// Between colleagues.
    Staff {
        /// The school.
        school: SchoolId,
        /// Whoever else is meant, if they work there.
        colleague: Option<PersonId>,
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
            Self::About { staff, .. } => staff.contains(&person),
            Self::Staff { colleague, .. } => *colleague == Some(person),
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
    here.find(|me| match scope {
        TalkScope::About { .. } => {
            scope.is_family(me.person) && scope.is_staff(with) || scope.is_staff(me.person) && scope.is_family(with)
        }
        TalkScope::Staff { .. } => me.is_staff && scope.is_staff(with),
    })
    .map(|me| Talk {
        by: me.person,
        with,
        school,
    })
    .ok_or_else(|| UserError::new("access.talk_not_yours"))
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
mod tests {
    use super::*;
    use crate::access::Identity;
    use crate::ids::Account;
    use rstest::rstest;

    const CHILD: i64 = 1;
    const MOTHER: i64 = 2;
    const TEACHER: i64 = 3;
    const STRANGER: i64 = 4;

    fn actor(person: i64, is_staff: bool, school: i64) -> Actor {
        Actor {
            account: Account {
                transport: "t",
                id: person,
            },
            identities: vec![Identity {
                person: PersonId(person),
                school: SchoolId(school),
                is_staff,
                lock_after_minutes: 0,
                duties: Vec::new(),
            }],
            guard: None,
        }
    }

    fn about() -> TalkScope {
        TalkScope::About {
            school: SchoolId(1),
            pupil: PersonId(CHILD),
            guardians: vec![PersonId(MOTHER)],
            staff: vec![PersonId(TEACHER)],
        }
    }

    #[rstest]
    #[case(MOTHER, TEACHER, true)]
    #[case(CHILD, TEACHER, true)]
    #[case(TEACHER, MOTHER, true)]
    #[case(TEACHER, CHILD, true)]
    // The family needs no journal to talk among itself, and others are none of it.
    #[case(MOTHER, CHILD, false)]
    #[case(MOTHER, STRANGER, false)]
    #[case(STRANGER, TEACHER, false)]
    #[case(STRANGER, MOTHER, false)]
    #[case(TEACHER, TEACHER, false)]
    fn t10_a_family_and_those_who_teach_the_child_write_to_each_other(
        #[case] who: i64,
        #[case] with: i64,
        #[case] may: bool,
    ) {
        let found = talk(&actor(who, who == TEACHER, 1), &about(), PersonId(with));
        assert_eq!(found.is_ok(), may);
        assert!(
            talk(&actor(who, true, 2), &about(), PersonId(with)).is_err(),
            "of another school"
        );
    }

    #[test]
    fn t10_colleagues_write_to_each_other_and_nobody_else_to_them() {
        let scope = |colleague| TalkScope::Staff {
            school: SchoolId(1),
            colleague,
        };
        let works = scope(Some(PersonId(TEACHER)));
        assert!(talk(&actor(STRANGER, true, 1), &works, PersonId(TEACHER)).is_ok());
        assert!(talk(&actor(MOTHER, false, 1), &works, PersonId(TEACHER)).is_err());
        assert!(
            talk(&actor(STRANGER, true, 1), &scope(None), PersonId(TEACHER)).is_err(),
            "who left"
        );
    }

    #[test]
    fn t10_a_talk_is_read_by_its_sides_while_they_belong_here() {
        let sides = [PersonId(MOTHER), PersonId(TEACHER)];
        assert!(read_talk(&actor(MOTHER, false, 1), &about(), sides).is_ok());
        assert!(read_talk(&actor(TEACHER, true, 1), &about(), sides).is_ok());
        assert!(
            read_talk(&actor(TEACHER, false, 1), &about(), sides).is_err(),
            "who left"
        );
        assert!(read_talk(&actor(CHILD, false, 1), &about(), sides).is_err());
        assert!(read_talk(&actor(STRANGER, true, 1), &about(), sides).is_err());
    }
}
