//! Who may do what: an actor, an action, an object — and a proof or a refusal. Pure.
//!
//! Functions that write take the proof, so none can be called without having asked here. The proof names the object.

mod absences;
mod diary;
mod families;
mod guardians;
mod notices;
mod progress;
pub mod rules;
mod speech;
mod suggestions;
pub mod talk;

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::Account;
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::words::UserError;

pub use absences::{KeepAbsences, TellAbsence, keep_absences, tell_absence};
pub use diary::{AskSignatures, SignWeek, TickHomework, ask_signatures, sign_week, tick_homework};
pub use families::{AskFamilies, ask_families};
pub use guardians::{KeepRights, keep_rights};
pub use notices::{ChooseNotices, choose_notices};
pub use progress::{ReadProgress, read_progress};
pub use speech::{Announce, AudienceScope, Office, announce, announce_all};
pub use suggestions::{ParentScope, READERS, ReadSuggestions, Suggest, read_suggestions, suggest};

/// Who stands behind an account: one person, or several (a parent of two schools).
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account that pressed.
    pub account: Account,
    /// Who it is.
    pub identities: Vec<Identity>,
    /// The account's lock, once a PIN was chosen.
    pub guard: Option<Guard>,
}

impl Actor {
    /// Who the actor is at a school.
    pub fn person_at(&self, school: SchoolId) -> Option<PersonId> {
        self.identities
            .iter()
            .find(|it| it.school == school)
            .map(|it| it.person)
    }
}

/// What is known of a lock before anything is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Locked by hand.
    pub locked: bool,
    /// The last press, to within a few minutes.
    pub seen_at: DateTime<Utc>,
}

/// One person of one school.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The person.
    pub person: PersonId,
    /// Their school.
    pub school: SchoolId,
    /// Whether they work there: a staff account locks.
    pub is_staff: bool,
    /// After how many minutes without a press it does; 0 is never.
    pub lock_after_minutes: i64,
    /// What they are there beyond teaching, tutoring and parenthood, which come with the lesson, the class and the child.
    pub duties: Vec<Duty>,
}

/// A duty of a member of staff over a range of grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Which.
    pub role: Role,
    /// From this grade.
    pub from_grade: i64,
    /// To this one, itself included.
    pub to_grade: i64,
}

/// Roles that are given by name. Teachers, tutors and parents follow from load, class and child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Deputy head responsible for the journal.
    Administrator,
    /// Reads everything of the school.
    Director,
    /// Head of a stage: a range of grades.
    Head,
    /// Keeps the printed packages.
    Secretary,
    /// Technical support: no children's data.
    Operator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Administrator,
        Self::Director,
        Self::Head,
        Self::Secretary,
        Self::Operator,
    ];

    /// As rows of the database keep it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Director => "director",
            Self::Head => "head_of_stage",
            Self::Secretary => "secretary",
            Self::Operator => "operator",
        }
    }

    /// The role of a stored code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Whose a lesson is; loaded with the lesson, never taken from the press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonScope {
    /// The school.
    pub school: SchoolId,
    /// The class.
    pub class: ClassId,
    /// Its grade.
    pub grade: i64,
    /// Whose load it is.
    pub teacher: PersonId,
    /// Who gives it instead on this day (P9).
    pub substitute: Option<PersonId>,
    /// The class's tutors.
    pub tutors: Vec<PersonId>,
    /// Its day.
    pub date: NaiveDate,
    /// Whether it is held at all: a cancelled or moved lesson isn't written.
    pub held: bool,
}

/// Whose a pupil is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PupilScope {
    /// The school.
    pub school: SchoolId,
    /// The pupil.
    pub pupil: PersonId,
    /// The grade, if the pupil is enrolled.
    pub grade: Option<i64>,
    /// Legal guardians who have consented to the processing of the pupil's data.
    pub guardians: Vec<PersonId>,
    /// Those who haven't, or took it back: nothing opens to them.
    pub without_consent: Vec<PersonId>,
    /// Those of the guardians to whom the school left the diary only.
    pub only_read: Vec<PersonId>,
    /// Tutors of the pupil's class.
    pub tutors: Vec<PersonId>,
}

/// Proof: this person may write this lesson.
#[derive(Clone, Copy, Debug)]
pub struct WriteLesson {
    author: PersonId,
}

impl WriteLesson {
    /// Who signs the entry (P14).
    pub fn author(self) -> PersonId {
        self.author
    }
}

/// Proof: this person may read this lesson.
#[derive(Clone, Copy, Debug)]
pub struct ReadLesson {
    reader: PersonId,
}

impl ReadLesson {
    /// Who reads.
    pub fn reader(self) -> PersonId {
        self.reader
    }
}

/// Proof: this person may read this pupil's diary.
#[derive(Clone, Copy, Debug)]
pub struct ReadDiary {
    pupil: PersonId,
}

impl ReadDiary {
    /// Whose diary.
    pub fn pupil(self) -> PersonId {
        self.pupil
    }
}

/// Proof: this person may keep the locks of a school's staff.
#[derive(Clone, Copy, Debug)]
pub struct KeepLocks(());

/// The locks of a school's staff are kept by its administrator (P14).
pub fn keep_locks(actor: &Actor, school: SchoolId) -> Result<KeepLocks, UserError> {
    has_duty(actor, school, &[Role::Administrator])
        .then_some(KeepLocks(()))
        .ok_or_else(|| UserError::new("access.no_section"))
}

/// Proof: this person may load a school's data.
#[derive(Clone, Copy, Debug)]
pub struct LoadSchool {
    by: PersonId,
}

impl LoadSchool {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// A school's data are loaded by its administrator (P1).
pub fn load_school(actor: &Actor, school: SchoolId) -> Result<LoadSchool, UserError> {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.find(|it| holds(it, &[Role::Administrator]))
        .map(|it| LoadSchool { by: it.person })
        .ok_or_else(|| UserError::new("access.no_section"))
}

/// Proof: this person may read who did what at a school.
#[derive(Clone, Copy, Debug)]
pub struct ReadTrail(());

/// Who did what is read by the school's administrator and director (P14).
pub fn read_trail(actor: &Actor, school: SchoolId) -> Result<ReadTrail, UserError> {
    has_duty(actor, school, &[Role::Administrator, Role::Director])
        .then_some(ReadTrail(()))
        .ok_or_else(|| UserError::new("access.no_section"))
}

fn has_duty(actor: &Actor, school: SchoolId, roles: &[Role]) -> bool {
    let mut here = actor.identities.iter().filter(|it| it.school == school);
    here.any(|it| holds(it, roles))
}

fn holds(identity: &Identity, roles: &[Role]) -> bool {
    identity.duties.iter().any(|duty| roles.contains(&duty.role))
}

/// The lesson is written by its teacher or, where there is one, by its substitute and nobody else (P9, P13).
pub fn write_lesson(actor: &Actor, scope: &LessonScope) -> Result<WriteLesson, UserError> {
    let writer = scope.substitute.unwrap_or(scope.teacher);
    let author = actor
        .identities
        .iter()
        .find(|it| it.school == scope.school && it.person == writer);
    match author {
        Some(_) if !scope.held => Err(UserError::new("access.lesson_not_held")),
        Some(it) => Ok(WriteLesson { author: it.person }),
        None if scope.substitute.is_some() && is_one_of(actor, scope.school, &[scope.teacher]) => {
            Err(UserError::new("access.lesson_substituted"))
        }
        None => Err(UserError::new("access.lesson_not_yours")),
    }
}

/// The lesson is read by those who write it, the class's tutors, its head of stage, the administrator and the director.
pub fn read_lesson(actor: &Actor, scope: &LessonScope) -> Result<ReadLesson, UserError> {
    let mut readers = scope.tutors.clone();
    readers.push(scope.teacher);
    readers.extend(scope.substitute);
    actor
        .identities
        .iter()
        .find(|it| it.school == scope.school && (readers.contains(&it.person) || oversees(it, scope.grade)))
        .map(|it| ReadLesson { reader: it.person })
        .ok_or_else(|| UserError::new("access.lesson_not_yours"))
}

/// A diary is read by the pupil, the guardians, the tutors, and those who oversee the grade.
pub fn read_diary(actor: &Actor, scope: &PupilScope) -> Result<ReadDiary, UserError> {
    let mut readers = scope.guardians.clone();
    readers.extend(&scope.tutors);
    readers.push(scope.pupil);
    let overseer = |it: &Identity| scope.grade.is_some_and(|grade| oversees(it, grade));
    actor
        .identities
        .iter()
        .any(|it| it.school == scope.school && (readers.contains(&it.person) || overseer(it)))
        .then_some(ReadDiary { pupil: scope.pupil })
        .ok_or_else(|| {
            if is_one_of(actor, scope.school, &scope.without_consent) {
                UserError::new("access.consent_missing")
            } else {
                UserError::new("access.diary_not_yours")
            }
        })
}

/// Whose a person's access is: who gives it and takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessScope {
    /// The school.
    pub school: SchoolId,
    /// Whether the person is a member of staff: then being somebody's parent gives tutors no hold over the account.
    pub staff: bool,
    /// Tutors of the pupil's class, or of the children's classes.
    pub tutors: Vec<PersonId>,
    /// Grades of these classes.
    pub grades: Vec<i64>,
}

impl AccessScope {
    /// That of a school's staff.
    pub fn of_staff(school: SchoolId) -> Self {
        Self {
            school,
            staff: true,
            tutors: Vec::new(),
            grades: Vec::new(),
        }
    }
}

/// Proof: this person may give and take back this access.
#[derive(Clone, Copy, Debug)]
pub struct ManageAccess {
    by: PersonId,
}

impl ManageAccess {
    /// Who does it.
    pub fn by(self) -> PersonId {
        self.by
    }
}

/// Proof: this person may see how an access stands.
#[derive(Clone, Copy, Debug)]
pub struct ReadAccess(());

/// Parents and pupils get access from their tutors, staff from the administrator, who may do all of it (P3).
pub fn manage_access(actor: &Actor, scope: &AccessScope) -> Result<ManageAccess, UserError> {
    actor
        .identities
        .iter()
        .find(|it| {
            it.school == scope.school
                && (holds(it, &[Role::Administrator]) || !scope.staff && scope.tutors.contains(&it.person))
        })
        .map(|it| ManageAccess { by: it.person })
        .ok_or_else(|| UserError::new("access.people_not_yours"))
}

/// Whoever may manage it reads it; the director and, of families, the head of the stage read too.
pub fn read_access(actor: &Actor, scope: &AccessScope) -> Result<ReadAccess, UserError> {
    let reads = |it: &Identity| {
        it.school == scope.school
            && if scope.staff {
                holds(it, &[Role::Director])
            } else {
                scope.grades.iter().any(|grade| oversees(it, *grade))
            }
    };
    if manage_access(actor, scope).is_ok() || actor.identities.iter().any(reads) {
        Ok(ReadAccess(()))
    } else {
        Err(UserError::new("access.people_not_yours"))
    }
}

/// Proof: this person oversees these grades of a school, and its staff too or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oversee {
    school: SchoolId,
    grades: (i64, i64),
    staff: bool,
}

impl Oversee {
    /// Of which school.
    pub fn school(self) -> SchoolId {
        self.school
    }

    /// From which grade to which.
    pub fn grades(self) -> (i64, i64) {
        self.grades
    }

    /// Whether the staff too.
    pub fn staff(self) -> bool {
        self.staff
    }
}

/// The administrator and the director oversee the whole school, a head of stage the families of some grades.
pub fn oversee(actor: &Actor) -> Result<Vec<Oversee>, UserError> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        for duty in &identity.duties {
            let (grades, staff) = match duty.role {
                Role::Administrator | Role::Director => ((i64::MIN, i64::MAX), true),
                Role::Head => ((duty.from_grade, duty.to_grade), false),
                Role::Secretary | Role::Operator => continue,
            };
            found.push(Oversee {
                school: identity.school,
                grades,
                staff,
            });
        }
    }
    if found.is_empty() {
        return Err(UserError::new("access.no_section"));
    }
    Ok(found)
}

fn is_one_of(actor: &Actor, school: SchoolId, people: &[PersonId]) -> bool {
    actor
        .identities
        .iter()
        .any(|it| it.school == school && people.contains(&it.person))
}

fn oversees(identity: &Identity, grade: i64) -> bool {
    identity.duties.iter().any(|duty| match duty.role {
        Role::Administrator | Role::Director => true,
        Role::Head => (duty.from_grade..=duty.to_grade).contains(&grade),
        Role::Secretary | Role::Operator => false,
    })
}

#[cfg(test)]
mod tests;
