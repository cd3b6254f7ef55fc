//! Who may see what the marks and signs of a class come to.

use super::{AccessScope, Actor, Identity, oversees};
use crate::ids::PersonId;
use crate::words::UserError;

/// Proof: this person may see how a class does, in all subjects or in their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadProgress {
    teacher: Option<PersonId>,
}

impl ReadProgress {
    /// Whose lessons only; `None` is everybody's.
    pub fn teacher(self) -> Option<PersonId> {
        self.teacher
    }
}

/// The whole class is its tutors' to see and theirs who oversee its grade; a teacher sees the own lessons (T5).
pub fn read_progress(actor: &Actor, class: &AccessScope, teachers: &[PersonId]) -> Result<ReadProgress, UserError> {
    let here = || actor.identities.iter().filter(|it| it.school == class.school);
    let all =
        |it: &Identity| class.tutors.contains(&it.person) || class.grades.iter().any(|grade| oversees(it, *grade));
    if here().any(all) {
        return Ok(ReadProgress { teacher: None });
    }
    let own = here().find(|it| teachers.contains(&it.person));
    own.map(|it| ReadProgress {
        teacher: Some(it.person),
    })
    .ok_or_else(|| UserError::new("access.people_not_yours"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Duty, Role};
    use crate::ids::{Account, SchoolId};

    fn actor(person: i64, school: i64, duties: Vec<Duty>) -> Actor {
        Actor {
            account: Account { transport: "t", id: 1 },
            identities: vec![Identity {
                person: PersonId(person),
                school: SchoolId(school),
                is_staff: true,
                lock_after_minutes: 0,
                duties,
            }],
            guard: None,
        }
    }

    #[test]
    fn t5_a_class_is_its_tutors_its_heads_and_each_teachers_own() {
        let class = AccessScope {
            school: SchoolId(1),
            staff: false,
            tutors: vec![PersonId(1)],
            grades: vec![7],
        };
        let teachers = [PersonId(1), PersonId(2)];
        let sees = |actor: &Actor| read_progress(actor, &class, &teachers).ok().map(ReadProgress::teacher);
        let head = |from_grade, to_grade| Duty {
            role: Role::Head,
            from_grade,
            to_grade,
        };
        assert_eq!(sees(&actor(1, 1, Vec::new())), Some(None));
        assert_eq!(sees(&actor(2, 1, Vec::new())), Some(Some(PersonId(2))));
        assert_eq!(sees(&actor(3, 1, Vec::new())), None);
        assert_eq!(sees(&actor(3, 1, vec![head(5, 9)])), Some(None));
        assert_eq!(sees(&actor(3, 1, vec![head(10, 11)])), None);
        assert_eq!(sees(&actor(1, 2, vec![head(5, 9)])), None, "of another school");
    }
}
