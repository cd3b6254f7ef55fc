//! What the database holds of the workbook's school, in the workbook's own form, with the ids beside it.

use anyhow::Context as _;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use crate::db::Conn;
use crate::ids::{ClassId, GroupId, LoadId, PersonId, SchoolId, SubjectId, YearId};

use super::names::ClassName;
use super::records::{ChangeRecord, Course, PersonRecord, Records, SchoolRecord, SlotKey, Span};
use super::store;

/// The database's numbers by natural keys.
#[derive(Debug, Default)]
pub struct Ids {
    /// Once the school is there.
    pub school: Option<SchoolId>,
    /// Once the year is there.
    pub year: Option<YearId>,
    /// By code.
    pub people: BTreeMap<String, PersonId>,
    /// Of the year.
    pub classes: BTreeMap<ClassName, ClassId>,
    /// By title.
    pub subjects: BTreeMap<String, SubjectId>,
    /// Of the year.
    pub groups: BTreeMap<Course, GroupId>,
    /// Of the year.
    pub loads: BTreeMap<Course, LoadId>,
}

/// A school in the database.
#[derive(Debug, Default)]
pub struct Existing {
    /// Its records.
    pub records: Records,
    /// Their numbers.
    pub ids: Ids,
    /// First days of enrolments that go on, by pupil.
    pub enrolled_since: BTreeMap<String, NaiveDate>,
    /// The name that the school had until now, when the workbook gives it another.
    pub former_name: Option<String>,
    /// The last import that was there: one more, and the comparison is out of date.
    pub last_import: Option<i64>,
    /// First days of the template's rows.
    pub slots_since: BTreeMap<SlotKey, NaiveDate>,
    /// Pupils who were enrolled this year, left their class and are in no other.
    pub left: BTreeSet<String>,
}

impl Existing {
    /// Reads the year that the workbook names of a school, as far as it is there.
    pub async fn read(conn: &mut Conn, told: &Records, school: Option<SchoolId>) -> anyhow::Result<Self> {
        let mut existing = Self::default();
        let name = told.school.keys().next().context("the workbook's school")?;
        let Some(school) = school else { return Ok(existing) };
        let (known_as, time_zone, phone) = store::school(conn, school).await?;
        existing.former_name = (known_as != *name).then_some(known_as);
        existing.last_import = store::last_import(conn, school).await?;
        existing.ids.school = Some(school);
        existing
            .records
            .school
            .insert(name.clone(), SchoolRecord { time_zone, phone });
        existing.read_school(conn, school).await?;
        let title = told.year.keys().next().context("the workbook's year")?;
        let Some((year, starts, ends)) = store::year(conn, school, title).await? else {
            return Ok(existing);
        };
        existing.ids.year = Some(year);
        existing.records.year.insert(title.clone(), (starts, ends));
        existing.read_year(conn, year).await?;
        existing.read_teaching(conn, year).await?;
        Ok(existing)
    }

    async fn read_school(&mut self, conn: &mut Conn, school: SchoolId) -> anyhow::Result<()> {
        let records = &mut self.records;
        let bells = store::bells(conn, school).await?;
        records.bells = bells
            .into_iter()
            .map(|(kind, shift, number, starts, ends)| ((kind, shift, number), (starts, ends)))
            .collect();
        let consent = store::consent_text(conn, school).await?;
        records.consent = consent.into_iter().map(|text| ((), text)).collect();
        records.rooms = store::rooms(conn, school).await?.into_iter().collect();
        for (id, code, surname, name, patronymic, birth_date) in store::people(conn, school).await? {
            self.ids.people.insert(code.clone(), id);
            records.people.insert(
                code,
                PersonRecord {
                    surname,
                    name,
                    patronymic,
                    birth_date,
                },
            );
        }
        let roles = store::roles(conn, school).await?;
        records.roles = roles
            .into_iter()
            .map(|(code, role, from, to)| ((code, role), (from, to)))
            .collect();
        records.guardians = store::guardians(conn, school)
            .await?
            .into_iter()
            .map(|pair| (pair, ()))
            .collect();
        for (id, title) in store::subjects(conn, school).await? {
            records.subjects.insert(title.clone(), ());
            self.ids.subjects.insert(title, id);
        }
        Ok(())
    }

    async fn read_year(&mut self, conn: &mut Conn, year: YearId) -> anyhow::Result<()> {
        let records = &mut self.records;
        records.terms = spans(store::terms(conn, year).await?);
        records.holidays = spans(store::holidays(conn, year).await?);
        records.short_days = store::short_days(conn, year).await?.into_iter().collect();
        for (id, grade, letter, shift) in store::classes(conn, year).await? {
            let class = ClassName { grade, letter };
            records.classes.insert(class.clone(), shift);
            self.ids.classes.insert(class, id);
        }
        for (grade, letter, code) in store::tutors(conn, year).await? {
            records.tutors.insert((ClassName { grade, letter }, code), ());
        }
        for (code, grade, letter, starts) in store::enrolments(conn, year).await? {
            records.enrolments.insert(code.clone(), ClassName { grade, letter });
            self.enrolled_since.insert(code, starts);
        }
        let left = store::left(conn, year).await?.into_iter().map(|(code,)| code);
        self.left = left
            .filter(|code| !self.records.enrolments.contains_key(code))
            .collect();
        Ok(())
    }

    async fn read_teaching(&mut self, conn: &mut Conn, year: YearId) -> anyhow::Result<()> {
        let records = &mut self.records;
        for (id, grade, letter, subject, group) in store::groups(conn, year).await? {
            let course = course((grade, letter, subject, group));
            records.groups.insert(course.clone(), ());
            self.ids.groups.insert(course, id);
        }
        for (grade, letter, subject, group, code) in store::members(conn, year).await? {
            records
                .members
                .insert((course((grade, letter, subject, group)), code), ());
        }
        for (grade, letter, subject, group, hours, a_year) in store::curriculum(conn, year).await? {
            let course = course((grade, letter, subject, group));
            records.curriculum.insert(course, (hours, a_year));
        }
        let mut courses: BTreeMap<LoadId, Course> = BTreeMap::new();
        for (id, grade, letter, subject, group, teacher, hours) in store::loads(conn, year).await? {
            let course = course((grade, letter, subject, group));
            courses.insert(id, course.clone());
            records.loads.insert(course.clone(), (teacher, hours));
            self.ids.loads.insert(course, id);
        }
        for (load, weekday, number, weeks, room, since) in store::slots(conn, year).await? {
            let course = courses.get(&load).context("a slot's load")?;
            let key = (course.clone(), weekday, number, weeks);
            self.slots_since.insert(key.clone(), since);
            records.slots.insert(key, room);
        }
        for (load, date, number, kind, to_date, to_number, substitute) in store::changes(conn, year).await? {
            let course = courses.get(&load).context("a change's load")?;
            let change = match (kind.as_str(), to_date.zip(to_number), substitute) {
                ("moved", Some((date, number)), _) => ChangeRecord::Moved(date, number),
                ("substituted", _, Some(code)) => ChangeRecord::Substituted(code),
                _ => ChangeRecord::Cancelled,
            };
            records.changes.insert((course.clone(), date, number), change);
        }
        Ok(())
    }
}

fn course((grade, letter, subject, group): store::CourseRow) -> Course {
    Course {
        class: ClassName { grade, letter },
        subject,
        group,
    }
}

fn spans(rows: Vec<(String, i64, i64, NaiveDate, NaiveDate)>) -> BTreeMap<(String, i64), Span> {
    rows.into_iter()
        .map(|(title, from, to_grade, starts, ends)| ((title, from), Span { to_grade, starts, ends }))
        .collect()
}
