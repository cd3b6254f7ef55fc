//! The matrix: each kind of person against each object, own and foreign.

use super::*;
use chrono::NaiveDate;
use rstest::rstest;

const SCHOOL: SchoolId = SchoolId(1);
const TEACHER: PersonId = PersonId(10);
const SUBSTITUTE: PersonId = PersonId(11);
const TUTOR: PersonId = PersonId(12);
const PARENT: PersonId = PersonId(20);
const WITHOUT_CONSENT: PersonId = PersonId(21);
const PUPIL: PersonId = PersonId(30);
const NOBODY: PersonId = PersonId(99);

fn actor(school: SchoolId, person: PersonId, duties: &[Duty]) -> Actor {
    Actor {
        account: Account {
            transport: "telegram",
            id: 1,
        },
        identities: vec![Identity {
            person,
            school,
            is_staff: true,
            lock_after_minutes: 0,
            duties: duties.to_vec(),
        }],
        guard: None,
    }
}

fn duty(role: Role, from_grade: i64, to_grade: i64) -> Duty {
    Duty {
        role,
        from_grade,
        to_grade,
    }
}

fn lesson(substitute: Option<PersonId>, held: bool) -> LessonScope {
    LessonScope {
        school: SCHOOL,
        class: ClassId(1),
        grade: 7,
        teacher: TEACHER,
        substitute,
        tutors: vec![TUTOR],
        date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        held,
    }
}

fn diary() -> PupilScope {
    PupilScope {
        school: SCHOOL,
        pupil: PUPIL,
        grade: Some(7),
        guardians: vec![PARENT],
        without_consent: vec![WITHOUT_CONSENT],
        only_read: Vec::new(),
        tutors: vec![TUTOR],
    }
}

// Who, their duty, their school → may write, may read the lesson, may read the diary.
#[rstest]
#[case::teacher(TEACHER, None, SCHOOL, true, true, false)]
#[case::tutor(TUTOR, None, SCHOOL, false, true, true)]
#[case::parent(PARENT, None, SCHOOL, false, false, true)]
#[case::pupil(PUPIL, None, SCHOOL, false, false, true)]
#[case::stranger(NOBODY, None, SCHOOL, false, false, false)]
#[case::head_of_the_stage(NOBODY, Some(duty(Role::Head, 5, 9)), SCHOOL, false, true, true)]
#[case::head_of_another_stage(NOBODY, Some(duty(Role::Head, 1, 4)), SCHOOL, false, false, false)]
#[case::administrator(NOBODY, Some(duty(Role::Administrator, 1, 11)), SCHOOL, false, true, true)]
#[case::director(NOBODY, Some(duty(Role::Director, 1, 11)), SCHOOL, false, true, true)]
#[case::secretary(NOBODY, Some(duty(Role::Secretary, 1, 11)), SCHOOL, false, false, false)]
#[case::operator(NOBODY, Some(duty(Role::Operator, 1, 11)), SCHOOL, false, false, false)]
#[case::administrator_of_another_school(
    NOBODY,
    Some(duty(Role::Administrator, 1, 11)),
    SchoolId(2),
    false,
    false,
    false
)]
#[case::teacher_of_another_school(TEACHER, None, SchoolId(2), false, false, false)]
#[case::parent_of_another_school(PARENT, None, SchoolId(2), false, false, false)]
fn the_matrix(
    #[case] person: PersonId,
    #[case] held_duty: Option<Duty>,
    #[case] school: SchoolId,
    #[case] writes: bool,
    #[case] reads: bool,
    #[case] reads_diary: bool,
) {
    let actor = actor(school, person, held_duty.as_slice());
    let lesson = lesson(None, true);
    assert_eq!(write_lesson(&actor, &lesson).is_ok(), writes);
    assert_eq!(read_lesson(&actor, &lesson).is_ok(), reads);
    assert_eq!(read_diary(&actor, &diary()).is_ok(), reads_diary);
    let role = held_duty.map(|duty| duty.role).filter(|_| school == SCHOOL);
    assert_eq!(keep_locks(&actor, SCHOOL).is_ok(), role == Some(Role::Administrator));
    assert_eq!(load_school(&actor, SCHOOL).is_ok(), role == Some(Role::Administrator));
    let reads_trail = matches!(role, Some(Role::Administrator | Role::Director));
    assert_eq!(read_trail(&actor, SCHOOL).is_ok(), reads_trail);
}

#[test]
fn p9_a_substituted_lesson_is_the_substitutes_to_write_and_the_teachers_to_read() {
    let scope = lesson(Some(SUBSTITUTE), true);
    assert_eq!(
        write_lesson(&actor(SCHOOL, SUBSTITUTE, &[]), &scope).unwrap().author(),
        SUBSTITUTE
    );
    let refused = write_lesson(&actor(SCHOOL, TEACHER, &[]), &scope).unwrap_err();
    assert_eq!(refused.key, "access.lesson_substituted");
    assert!(read_lesson(&actor(SCHOOL, TEACHER, &[]), &scope).is_ok());
}

#[test]
fn a_cancelled_lesson_is_not_written() {
    let refused = write_lesson(&actor(SCHOOL, TEACHER, &[]), &lesson(None, false)).unwrap_err();
    assert_eq!(refused.key, "access.lesson_not_held");
}

#[test]
fn p14_an_entry_is_signed_by_the_person_whose_lesson_it_is() {
    let mut both = actor(SchoolId(2), NOBODY, &[]);
    both.identities.push(Identity {
        person: TEACHER,
        school: SCHOOL,
        is_staff: true,
        lock_after_minutes: 0,
        duties: Vec::new(),
    });
    assert_eq!(write_lesson(&both, &lesson(None, true)).unwrap().author(), TEACHER);
}

#[test]
fn a4_without_consent_the_diary_is_shut_and_the_way_is_said() {
    let refused = read_diary(&actor(SCHOOL, WITHOUT_CONSENT, &[]), &diary()).unwrap_err();
    assert_eq!(refused.key, "access.consent_missing");
}

// Who, their duty, their school → manages a family's access, reads it, manages staff's, reads it.
#[rstest]
#[case::tutor(TUTOR, None, SCHOOL, [true, true, false, false])]
#[case::tutor_of_another_class(TEACHER, None, SCHOOL, [false; 4])]
#[case::parent(PARENT, None, SCHOOL, [false; 4])]
#[case::administrator(NOBODY, Some(duty(Role::Administrator, 1, 11)), SCHOOL, [true; 4])]
#[case::director(NOBODY, Some(duty(Role::Director, 1, 11)), SCHOOL, [false, true, false, true])]
#[case::head_of_the_stage(NOBODY, Some(duty(Role::Head, 5, 9)), SCHOOL, [false, true, false, false])]
#[case::head_of_another_stage(NOBODY, Some(duty(Role::Head, 1, 4)), SCHOOL, [false; 4])]
#[case::secretary(NOBODY, Some(duty(Role::Secretary, 1, 11)), SCHOOL, [false; 4])]
#[case::administrator_of_another_school(NOBODY, Some(duty(Role::Administrator, 1, 11)), SchoolId(2), [false; 4])]
#[case::tutor_of_another_school(TUTOR, None, SchoolId(2), [false; 4])]
fn p3_access_by_the_chain(
    #[case] person: PersonId,
    #[case] held_duty: Option<Duty>,
    #[case] school: SchoolId,
    #[case] expected: [bool; 4],
) {
    let actor = actor(school, person, held_duty.as_slice());
    let scope = |staff| AccessScope {
        school: SCHOOL,
        staff,
        tutors: vec![TUTOR],
        grades: vec![7],
    };
    let (family, staff) = (scope(false), scope(true));
    let found = [
        manage_access(&actor, &family).is_ok(),
        read_access(&actor, &family).is_ok(),
        manage_access(&actor, &staff).is_ok(),
        read_access(&actor, &staff).is_ok(),
    ];
    assert_eq!(found, expected);
}

#[rstest]
#[case(&[duty(Role::Administrator, 0, 0)], &[((i64::MIN, i64::MAX), true)])]
#[case(&[duty(Role::Director, 1, 4)], &[((i64::MIN, i64::MAX), true)])]
#[case(&[duty(Role::Head, 5, 9)], &[((5, 9), false)])]
#[case(&[duty(Role::Head, 1, 4), duty(Role::Head, 10, 11)], &[((1, 4), false), ((10, 11), false)])]
#[case(&[duty(Role::Secretary, 1, 11), duty(Role::Head, 5, 9)], &[((5, 9), false)])]
#[case(&[duty(Role::Secretary, 1, 11)], &[])]
#[case(&[duty(Role::Operator, 1, 11)], &[])]
#[case(&[], &[])]
fn whoever_oversees_does_so_over_these_grades(#[case] duties: &[Duty], #[case] expected: &[((i64, i64), bool)]) {
    let found = oversee(&actor(SCHOOL, NOBODY, duties));
    if expected.is_empty() {
        assert_eq!(found.unwrap_err().key, "access.no_section");
        return;
    }
    let found: Vec<_> = found
        .unwrap()
        .into_iter()
        .map(|it| (it.school(), it.grades(), it.staff()))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(grades, staff)| (SCHOOL, *grades, *staff))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn each_school_is_overseen_as_its_own_duty_says() {
    let mut both = actor(SCHOOL, NOBODY, &[duty(Role::Head, 5, 9)]);
    both.identities
        .extend(actor(SchoolId(2), PersonId(98), &[duty(Role::Director, 1, 11)]).identities);
    let found: Vec<_> = oversee(&both)
        .unwrap()
        .into_iter()
        .map(|it| (it.school(), it.grades(), it.staff()))
        .collect();
    assert_eq!(
        found,
        [(SCHOOL, (5, 9), false), (SchoolId(2), (i64::MIN, i64::MAX), true)]
    );
}

#[test]
fn p6_several_places_hear_whoever_each_of_them_hears() {
    let class = |grade, tutors: &[PersonId]| AudienceScope {
        school: SCHOOL,
        grades: Some((grade, grade)),
        tutors: tutors.to_vec(),
    };
    let (own, other, upper) = (class(7, &[TUTOR]), class(7, &[]), class(10, &[]));
    let office = |person, duties: &[Duty], scopes: &[AudienceScope]| {
        announce_all(&actor(SCHOOL, person, duties), scopes)
            .ok()
            .map(Announce::office)
    };
    let head = [duty(Role::Head, 5, 9)];
    let both = [own.clone(), other.clone()];
    assert_eq!(office(TUTOR, &[], &[own.clone(), own.clone()]), Some(Office::Tutor));
    assert_eq!(office(TUTOR, &[], &both), None, "the other class is another's");
    assert_eq!(office(TUTOR, &head, &both), Some(Office::Head(5, 9)));
    assert_eq!(office(TUTOR, &head, &[own.clone(), upper.clone()]), None);
    let director = [duty(Role::Director, 1, 11)];
    assert_eq!(office(NOBODY, &director, &[own, other, upper]), Some(Office::Director));
    assert_eq!(office(NOBODY, &director, &[]), None);
    let elsewhere = AudienceScope::of_staff(SchoolId(2));
    assert_eq!(office(NOBODY, &director, &[elsewhere]), None);
}
