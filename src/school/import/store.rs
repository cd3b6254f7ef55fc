//! The import's SQL: a school's records read whole, and written many rows a statement.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::QueryBuilder;

use crate::db::{Conn, Tx, on};
use crate::ids::{ClassId, GroupId, LoadId, PersonId, SchoolId, SubjectId, YearId};
use crate::school::Weeks;
use crate::school::store::works;

/// Rows of one statement; SQLite takes 32,766 values.
pub const CHUNK: usize = 500;

/// Class and course as the database joins them: grade, letter, subject, group.
pub type CourseRow = (i64, String, String, String);

/// Reads rows by one parameter.
macro_rules! all_by {
    ($(#[$doc:meta])* $name:ident($id:ty) -> $row:ty: $sql:literal) => {
        $(#[$doc])*
        pub async fn $name(conn: &mut Conn, id: $id) -> sqlx::Result<Vec<$row>> {
            on!(conn, c => sqlx::query_as($sql).bind(id).fetch_all(c).await)
        }
    };
}

/// Writes rows many a statement: where they go, and what happens to those that are there.
macro_rules! put {
    ($(#[$doc:meta])* $name:ident($($field:ident: $kind:ty),+): $head:literal, $tail:literal) => {
        $(#[$doc])*
        pub async fn $name(tx: &mut Tx, rows: &[($($kind,)+)]) -> sqlx::Result<()> {
            for chunk in rows.chunks(CHUNK) {
                on!(tx, c => {
                    let mut query = QueryBuilder::new($head);
                    query.push_values(chunk, |mut places, ($($field,)+)| {
                        $(places.push_bind($field.clone());)+
                    });
                    query.push($tail);
                    query.build().persistent(false).execute(c).await.map(drop)
                })?;
            }
            Ok(())
        }
    };
}

/// A school: name, time zone, phone.
pub async fn school(conn: &mut Conn, id: SchoolId) -> sqlx::Result<(String, String, String)> {
    on!(conn, c => sqlx::query_as("SELECT name, time_zone, phone FROM schools WHERE id = $1")
        .bind(id).fetch_one(c).await)
}

/// All schools by name.
pub async fn schools(conn: &mut Conn) -> sqlx::Result<Vec<(SchoolId, String)>> {
    on!(conn, c => sqlx::query_as("SELECT id, name FROM schools ORDER BY name").fetch_all(c).await)
}

/// Gives a school another name.
pub async fn rename(tx: &mut Tx, id: SchoolId, name: &str) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("UPDATE schools SET name = $2 WHERE id = $1").bind(id).bind(name).execute(c).await.map(drop))
}

/// The last import of a school.
pub async fn last_import(conn: &mut Conn, school: SchoolId) -> sqlx::Result<Option<i64>> {
    on!(conn, c => sqlx::query_scalar("SELECT MAX(id) FROM imports WHERE school_id = $1").bind(school).fetch_one(c).await)
}

/// Takes note of an import.
pub async fn note_import(
    tx: &mut Tx,
    school: SchoolId,
    (at, by, name): (DateTime<Utc>, Option<PersonId>, &str),
    [added, changed, removed]: [i64; 3],
) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO imports (school_id, at, person_id, name, added, changed, removed) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ).bind(school).bind(at).bind(by).bind(name).bind(added).bind(changed).bind(removed).execute(c).await.map(drop))
}

/// The newest text of a school's consent.
pub async fn consent_text(conn: &mut Conn, school: SchoolId) -> sqlx::Result<Option<String>> {
    on!(conn, c => sqlx::query_scalar("SELECT text FROM consent_texts WHERE school_id = $1 ORDER BY version DESC LIMIT 1")
        .bind(school).fetch_optional(c).await)
}

/// Adds a version of it.
pub async fn add_consent_text(tx: &mut Tx, school: SchoolId, text: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query(
        "INSERT INTO consent_texts (school_id, version, text, created_at)
         SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3 FROM consent_texts WHERE school_id = $1",
    ).bind(school).bind(text).bind(now).execute(c).await.map(drop))
}

/// The year by its title: id, first and last day.
pub async fn year(
    conn: &mut Conn,
    school: SchoolId,
    title: &str,
) -> sqlx::Result<Option<(YearId, NaiveDate, NaiveDate)>> {
    on!(conn, c => sqlx::query_as("SELECT id, starts, ends FROM school_years WHERE school_id = $1 AND title = $2")
        .bind(school).bind(title).fetch_optional(c).await)
}

/// Writes the school and gives its id.
pub async fn put_school(tx: &mut Tx, name: &str, time_zone: &str, phone: &str) -> sqlx::Result<SchoolId> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO schools (name, time_zone, phone) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET time_zone = excluded.time_zone, phone = excluded.phone
         RETURNING id",
    ).bind(name).bind(time_zone).bind(phone).fetch_one(c).await)
}

/// Writes the year and gives its id.
pub async fn put_year(
    tx: &mut Tx,
    school: SchoolId,
    title: &str,
    starts: NaiveDate,
    ends: NaiveDate,
) -> sqlx::Result<YearId> {
    on!(tx, c => sqlx::query_scalar(
        "INSERT INTO school_years (school_id, title, starts, ends) VALUES ($1, $2, $3, $4)
         ON CONFLICT (school_id, title) DO UPDATE SET starts = excluded.starts, ends = excluded.ends
         RETURNING id",
    ).bind(school).bind(title).bind(starts).bind(ends).fetch_one(c).await)
}

all_by!(/// Title, first grade, last grade, first day, last day.
    terms(YearId) -> (String, i64, i64, NaiveDate, NaiveDate):
    "SELECT title, from_grade, to_grade, starts, ends FROM terms WHERE year_id = $1");
all_by!(/// As [`terms`].
    holidays(YearId) -> (String, i64, i64, NaiveDate, NaiveDate):
    "SELECT title, from_grade, to_grade, starts, ends FROM holidays WHERE year_id = $1");
all_by!(/// Title, first and last day.
    years(SchoolId) -> (String, NaiveDate, NaiveDate):
    "SELECT title, starts, ends FROM school_years WHERE school_id = $1");
all_by!(/// Kind of day, shift, number, beginning, end.
    bells(SchoolId) -> (String, i64, i64, NaiveTime, NaiveTime):
    "SELECT kind, shift, number, starts, ends FROM bells WHERE school_id = $1");
all_by!(/// Date and kind of day.
    short_days(YearId) -> (NaiveDate, String):
    "SELECT date, kind FROM short_days WHERE year_id = $1");
all_by!(/// Title and how many lessons it holds.
    rooms(SchoolId) -> (String, i64):
    "SELECT title, lessons FROM rooms WHERE school_id = $1");
all_by!(/// Id, code, names, birth date.
    people(SchoolId) -> (PersonId, String, String, String, String, Option<NaiveDate>):
    "SELECT id, code, surname, name, patronymic, birth_date FROM people WHERE school_id = $1");
all_by!(/// Person's code, role, grades.
    roles(SchoolId) -> (String, String, i64, i64):
    "SELECT p.code, r.role, r.from_grade, r.to_grade FROM staff_roles r JOIN people p ON p.id = r.person_id
     WHERE p.school_id = $1");
all_by!(/// Id, grade, letter, shift.
    classes(YearId) -> (ClassId, i64, String, i64):
    "SELECT id, grade, letter, shift FROM classes WHERE year_id = $1");
all_by!(/// Grade, letter, tutor's code.
    tutors(YearId) -> (i64, String, String):
    "SELECT c.grade, c.letter, p.code FROM class_tutors t
     JOIN classes c ON c.id = t.class_id JOIN people p ON p.id = t.person_id WHERE c.year_id = $1");
all_by!(/// Pupil's code, grade, letter and first day of enrolments that go on.
    enrolments(YearId) -> (String, i64, String, NaiveDate):
    "SELECT p.code, c.grade, c.letter, e.starts FROM enrolments e
     JOIN classes c ON c.id = e.class_id JOIN people p ON p.id = e.pupil_id
     WHERE c.year_id = $1 AND e.ends IS NULL");
all_by!(/// Codes of pupils who were enrolled before and aren't now.
    left(YearId) -> (String,):
    "SELECT DISTINCT p.code FROM enrolments e
     JOIN classes c ON c.id = e.class_id JOIN people p ON p.id = e.pupil_id
     WHERE c.year_id = $1 AND e.ends IS NOT NULL");
all_by!(/// Parent's and pupil's codes, of those too whose rights the administrator closed: a workbook doesn't open them.
    guardians(SchoolId) -> (String, String):
    "SELECT a.code, b.code FROM (SELECT parent_id, pupil_id FROM guardians
                                 UNION SELECT parent_id, pupil_id FROM guardian_limits) g
     JOIN people a ON a.id = g.parent_id JOIN people b ON b.id = g.pupil_id WHERE a.school_id = $1");
all_by!(/// Id, title.
    subjects(SchoolId) -> (SubjectId, String): "SELECT id, title FROM subjects WHERE school_id = $1");
all_by!(/// Id, grade, letter, subject, group.
    groups(YearId) -> (GroupId, i64, String, String, String):
    "SELECT g.id, c.grade, c.letter, s.title, g.title FROM study_groups g
     JOIN classes c ON c.id = g.class_id JOIN subjects s ON s.id = g.subject_id WHERE c.year_id = $1");
all_by!(/// Course, pupil's code.
    members(YearId) -> (i64, String, String, String, String):
    "SELECT c.grade, c.letter, s.title, g.title, p.code FROM group_members m
     JOIN study_groups g ON g.id = m.group_id JOIN classes c ON c.id = g.class_id
     JOIN subjects s ON s.id = g.subject_id JOIN people p ON p.id = m.pupil_id WHERE c.year_id = $1");
all_by!(/// Course, hours a week in hundredths, hours a year.
    curriculum(YearId) -> (i64, String, String, String, i64, i64):
    "SELECT c.grade, c.letter, s.title, COALESCE(g.title, ''), u.week_hours, u.year_hours FROM curriculum u
     JOIN classes c ON c.id = u.class_id JOIN subjects s ON s.id = u.subject_id
     LEFT JOIN study_groups g ON g.id = u.group_id WHERE c.year_id = $1");
all_by!(/// Id, course, teacher's code, hours.
    loads(YearId) -> (LoadId, i64, String, String, String, String, i64):
    "SELECT l.id, c.grade, c.letter, s.title, COALESCE(g.title, ''), p.code, l.week_hours FROM loads l
     JOIN classes c ON c.id = l.class_id JOIN subjects s ON s.id = l.subject_id
     JOIN people p ON p.id = l.teacher_id LEFT JOIN study_groups g ON g.id = l.group_id WHERE c.year_id = $1");
all_by!(/// Load, weekday, number, weeks, room, first day; of those that hold.
    slots(YearId) -> (LoadId, i64, i64, Weeks, String, NaiveDate):
    "SELECT t.load_id, t.weekday, t.number, t.weeks, t.room, t.since FROM slots t
     JOIN loads l ON l.id = t.load_id JOIN classes c ON c.id = l.class_id WHERE c.year_id = $1 AND t.until IS NULL");
all_by!(/// Load, date, number, kind, new date and number, substitute's code.
    changes(YearId) -> (LoadId, NaiveDate, i64, String, Option<NaiveDate>, Option<i64>, Option<String>):
    "SELECT t.load_id, t.date, t.number, t.kind, t.to_date, t.to_number, p.code FROM slot_changes t
     JOIN loads l ON l.id = t.load_id JOIN classes c ON c.id = l.class_id
     LEFT JOIN people p ON p.id = t.substitute_id WHERE c.year_id = $1");

put!(/// Terms.
    put_terms(year: YearId, title: String, from: i64, to: i64, starts: NaiveDate, ends: NaiveDate):
    "INSERT INTO terms (year_id, title, from_grade, to_grade, starts, ends) ",
    " ON CONFLICT (year_id, title, from_grade)
      DO UPDATE SET to_grade = excluded.to_grade, starts = excluded.starts, ends = excluded.ends");
put!(/// Holidays.
    put_holidays(year: YearId, title: String, from: i64, to: i64, starts: NaiveDate, ends: NaiveDate):
    "INSERT INTO holidays (year_id, title, from_grade, to_grade, starts, ends) ",
    " ON CONFLICT (year_id, title, from_grade)
      DO UPDATE SET to_grade = excluded.to_grade, starts = excluded.starts, ends = excluded.ends");
put!(/// Bells.
    put_bells(school: SchoolId, kind: String, shift: i64, number: i64, starts: NaiveTime, ends: NaiveTime):
    "INSERT INTO bells (school_id, kind, shift, number, starts, ends) ",
    " ON CONFLICT (school_id, kind, shift, number) DO UPDATE SET starts = excluded.starts, ends = excluded.ends");
put!(/// Days with bells of their own.
    put_short_days(year: YearId, date: NaiveDate, kind: String):
    "INSERT INTO short_days (year_id, date, kind) ",
    " ON CONFLICT (year_id, date) DO UPDATE SET kind = excluded.kind");
put!(/// Rooms.
    put_rooms(school: SchoolId, title: String, lessons: i64):
    "INSERT INTO rooms (school_id, title, lessons) ",
    " ON CONFLICT (school_id, title) DO UPDATE SET lessons = excluded.lessons");
put!(/// People; a birth date that is known isn't forgotten.
    put_people(school: SchoolId, code: String, surname: String, name: String, patronymic: String, key: String,
        birth: Option<NaiveDate>):
    "INSERT INTO people (school_id, code, surname, name, patronymic, sort_key, birth_date) ",
    " ON CONFLICT (school_id, code) DO UPDATE SET surname = excluded.surname, name = excluded.name,
      patronymic = excluded.patronymic, sort_key = excluded.sort_key,
      birth_date = COALESCE(excluded.birth_date, people.birth_date)");
put!(/// Roles.
    put_roles(person: PersonId, role: String, from: i64, to: i64):
    "INSERT INTO staff_roles (person_id, role, from_grade, to_grade) ",
    " ON CONFLICT (person_id, role) DO UPDATE SET from_grade = excluded.from_grade, to_grade = excluded.to_grade");
put!(/// Classes.
    put_classes(school: SchoolId, year: YearId, grade: i64, letter: String, shift: i64):
    "INSERT INTO classes (school_id, year_id, grade, letter, shift) ",
    " ON CONFLICT (year_id, grade, letter) DO UPDATE SET shift = excluded.shift");
put!(/// Tutors.
    put_tutors(class: ClassId, person: PersonId):
    "INSERT INTO class_tutors (class_id, person_id) ", " ON CONFLICT (class_id, person_id) DO NOTHING");
put!(/// Enrolments that go on.
    put_enrolments(class: ClassId, pupil: PersonId, starts: NaiveDate):
    "INSERT INTO enrolments (class_id, pupil_id, starts) ",
    " ON CONFLICT (class_id, pupil_id, starts) DO UPDATE SET ends = NULL");
put!(/// Families.
    put_guardians(parent: PersonId, pupil: PersonId):
    "INSERT INTO guardians (parent_id, pupil_id) ", " ON CONFLICT (parent_id, pupil_id) DO NOTHING");
put!(/// Subjects.
    put_subjects(school: SchoolId, title: String):
    "INSERT INTO subjects (school_id, title) ", " ON CONFLICT (school_id, title) DO NOTHING");
put!(/// Study groups.
    put_groups(class: ClassId, subject: SubjectId, title: String):
    "INSERT INTO study_groups (class_id, subject_id, title) ",
    " ON CONFLICT (class_id, subject_id, title) DO NOTHING");
put!(/// Their pupils.
    put_members(group: GroupId, pupil: PersonId):
    "INSERT INTO group_members (group_id, pupil_id) ", " ON CONFLICT (group_id, pupil_id) DO NOTHING");
put!(/// The curriculum.
    put_curriculum(class: ClassId, subject: SubjectId, group: Option<GroupId>, hours: i64, a_year: i64):
    "INSERT INTO curriculum (class_id, subject_id, group_id, week_hours, year_hours) ",
    " ON CONFLICT (class_id, subject_id, COALESCE(group_id, 0))
      DO UPDATE SET week_hours = excluded.week_hours, year_hours = excluded.year_hours");
put!(/// Loads.
    put_loads(class: ClassId, subject: SubjectId, group: Option<GroupId>, teacher: PersonId, hours: i64):
    "INSERT INTO loads (class_id, subject_id, group_id, teacher_id, week_hours) ",
    " ON CONFLICT (class_id, subject_id, COALESCE(group_id, 0))
      DO UPDATE SET teacher_id = excluded.teacher_id, week_hours = excluded.week_hours");
put!(/// The week's template.
    put_slots(load: LoadId, weekday: i64, number: i64, weeks: Weeks, room: String, since: NaiveDate):
    "INSERT INTO slots (load_id, weekday, number, weeks, room, since) ",
    " ON CONFLICT (load_id, weekday, number, weeks, since) DO UPDATE SET room = excluded.room, until = NULL");
put!(/// Changes of a day.
    put_changes(load: LoadId, date: NaiveDate, number: i64, kind: String, to_date: Option<NaiveDate>,
        to_number: Option<i64>, substitute: Option<PersonId>):
    "INSERT INTO slot_changes (load_id, date, number, kind, to_date, to_number, substitute_id) ",
    " ON CONFLICT (load_id, date, number) DO UPDATE SET kind = excluded.kind, to_date = excluded.to_date,
      to_number = excluded.to_number, substitute_id = excluded.substitute_id");

/// Takes a holiday out of the year.
pub async fn drop_holiday(tx: &mut Tx, year: YearId, title: &str, from: i64) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM holidays WHERE year_id = $1 AND title = $2 AND from_grade = $3")
        .bind(year).bind(title).bind(from).execute(c).await.map(drop))
}

/// Gives a day its usual bells back.
pub async fn drop_short_day(tx: &mut Tx, year: YearId, date: NaiveDate) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM short_days WHERE year_id = $1 AND date = $2")
        .bind(year).bind(date).execute(c).await.map(drop))
}

/// Takes a room off the list.
pub async fn drop_room(tx: &mut Tx, school: SchoolId, title: &str) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM rooms WHERE school_id = $1 AND title = $2")
        .bind(school).bind(title).execute(c).await.map(drop))
}

/// Takes a row out of the curriculum.
pub async fn drop_curriculum(
    tx: &mut Tx,
    class: ClassId,
    subject: SubjectId,
    group: Option<GroupId>,
) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query(
        "DELETE FROM curriculum WHERE class_id = $1 AND subject_id = $2 AND COALESCE(group_id, 0) = COALESCE($3, 0)",
    ).bind(class).bind(subject).bind(group).execute(c).await.map(drop))
}

/// Takes a role away.
pub async fn drop_role(tx: &mut Tx, person: PersonId, role: &str) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM staff_roles WHERE person_id = $1 AND role = $2")
        .bind(person).bind(role).execute(c).await.map(drop))
}

/// Takes a class from a tutor.
pub async fn drop_tutor(tx: &mut Tx, class: ClassId, person: PersonId) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM class_tutors WHERE class_id = $1 AND person_id = $2")
        .bind(class).bind(person).execute(c).await.map(drop))
}

/// Ends what a parent may see of a child.
pub async fn drop_guardian(tx: &mut Tx, parent: PersonId, pupil: PersonId) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM guardian_limits WHERE parent_id = $1 AND pupil_id = $2")
        .bind(parent).bind(pupil).execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("DELETE FROM guardians WHERE parent_id = $1 AND pupil_id = $2")
        .bind(parent).bind(pupil).execute(c).await.map(drop))
}

/// Takes a pupil out of a group.
pub async fn drop_member(tx: &mut Tx, group: GroupId, pupil: PersonId) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM group_members WHERE group_id = $1 AND pupil_id = $2")
        .bind(group).bind(pupil).execute(c).await.map(drop))
}

/// Takes a lesson out of the template from a day on: on the days before, it was held.
pub async fn end_slot(
    tx: &mut Tx,
    load: LoadId,
    (weekday, number, weeks): (i64, i64, Weeks),
    (since, today): (NaiveDate, NaiveDate),
) -> sqlx::Result<()> {
    if since >= today {
        return on!(tx, c => sqlx::query(
            "DELETE FROM slots WHERE load_id = $1 AND weekday = $2 AND number = $3 AND weeks = $4 AND since = $5",
        ).bind(load).bind(weekday).bind(number).bind(weeks).bind(since).execute(c).await.map(drop));
    }
    let last = today.pred_opt().unwrap_or(today);
    on!(tx, c => sqlx::query(
        "UPDATE slots SET until = $5 WHERE load_id = $1 AND weekday = $2 AND number = $3 AND weeks = $4 AND until IS NULL",
    ).bind(load).bind(weekday).bind(number).bind(weeks).bind(last).execute(c).await.map(drop))
}

/// Takes a change back.
pub async fn drop_change(tx: &mut Tx, load: LoadId, date: NaiveDate, number: i64) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM slot_changes WHERE load_id = $1 AND date = $2 AND number = $3")
        .bind(load).bind(date).bind(number).execute(c).await.map(drop))
}

/// Ends an enrolment with the day before `today`; the pupil was in the class until then.
pub async fn end_enrolment(tx: &mut Tx, class: ClassId, pupil: PersonId, last: NaiveDate) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("UPDATE enrolments SET ends = $3 WHERE class_id = $1 AND pupil_id = $2 AND ends IS NULL")
        .bind(class).bind(pupil).bind(last).execute(c).await.map(drop))
}

/// Removes an enrolment that never held: it was to begin today or later.
pub async fn drop_enrolment(tx: &mut Tx, class: ClassId, pupil: PersonId) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query("DELETE FROM enrolments WHERE class_id = $1 AND pupil_id = $2 AND ends IS NULL")
        .bind(class).bind(pupil).execute(c).await.map(drop))
}

/// The locks of accounts behind which nobody works any more go with their PINs: whoever works with such an account later
/// chooses one of their own. Only accounts of the school's people are looked at.
pub async fn forget_locks(tx: &mut Tx, school: SchoolId) -> sqlx::Result<()> {
    on!(tx, c => sqlx::query(concat!(
        "DELETE FROM locks
         WHERE EXISTS (
             SELECT 1 FROM accounts a JOIN people p ON p.id = a.person_id
             WHERE p.school_id = $1 AND a.transport = locks.transport AND a.account = locks.account)
           AND NOT EXISTS (
             SELECT 1 FROM accounts a
             WHERE a.transport = locks.transport AND a.account = locks.account AND (", works!("a.person_id"), "
                 OR EXISTS (SELECT 1 FROM slot_changes s WHERE s.substitute_id = a.person_id)))",
    )).bind(school).execute(c).await.map(drop))
}
