//! Writes what the comparison found, in the order in which records hang on each other.

use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

use crate::db::Tx;
use crate::ids::{GroupId, SchoolId, YearId};
use crate::words;

use super::compare::{Changes, Diff};
use super::existing::{Existing, Ids};
use super::names::ClassName;
use super::records::{ChangeRecord, Course, Records, Span};
use super::store;

/// Writes all of it at a moment and gives the school; `today` is the school's, the day from which transfers count.
pub async fn write(
    tx: &mut Tx,
    told: &Records,
    existing: &Existing,
    changes: &Changes,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> anyhow::Result<SchoolId> {
    let (name, school) = told.school.first_key_value().context("the workbook's school")?;
    let (title, (starts, ends)) = told.year.first_key_value().context("the workbook's year")?;
    if let (Some(id), Some(_)) = (existing.ids.school, &existing.former_name) {
        store::rename(tx, id, name).await?;
    }
    let school = store::put_school(tx, name, &school.time_zone, &school.phone).await?;
    let year = store::put_year(tx, school, title, *starts, *ends).await?;
    let mut ids = Ids {
        school: Some(school),
        year: Some(year),
        ..Ids::default()
    };
    write_calendar(tx, school, year, changes).await?;
    write_people(tx, school, changes, &mut ids).await?;
    write_classes(tx, school, year, changes, &mut ids).await?;
    write_enrolments(tx, existing, &changes.enrolments, &ids, (*starts, today)).await?;
    write_courses(tx, school, year, changes, &mut ids).await?;
    write_timetable(tx, existing, changes, &mut ids, (year, *starts, today)).await?;
    store::forget_locks(tx, school).await?;
    for ((), text) in &changes.consent.write {
        store::add_consent_text(tx, school, text, now).await?;
    }
    Ok(school)
}

async fn write_calendar(tx: &mut Tx, school: SchoolId, year: YearId, changes: &Changes) -> anyhow::Result<()> {
    let spans = |diff: &Diff<(String, i64), Span>| -> Vec<_> {
        let rows = diff.write.iter();
        rows.map(|((title, from), span)| (year, title.clone(), *from, span.to_grade, span.starts, span.ends))
            .collect()
    };
    store::put_terms(tx, &spans(&changes.terms)).await?;
    for (title, from) in &changes.holidays.gone {
        store::drop_holiday(tx, year, title, *from).await?;
    }
    store::put_holidays(tx, &spans(&changes.holidays)).await?;
    let bells = changes
        .bells
        .write
        .iter()
        .map(|((kind, shift, number), (starts, ends))| (school, kind.clone(), *shift, *number, *starts, *ends));
    store::put_bells(tx, &bells.collect::<Vec<_>>()).await?;
    for date in &changes.short_days.gone {
        store::drop_short_day(tx, year, *date).await?;
    }
    let days = changes.short_days.write.iter();
    let days = days.map(|(date, kind)| (year, *date, kind.clone()));
    store::put_short_days(tx, &days.collect::<Vec<_>>()).await?;
    for title in &changes.rooms.gone {
        store::drop_room(tx, school, title).await?;
    }
    let rooms = changes.rooms.write.iter();
    let rooms = rooms.map(|(title, lessons)| (school, title.clone(), *lessons));
    store::put_rooms(tx, &rooms.collect::<Vec<_>>()).await?;
    Ok(())
}

async fn write_people(tx: &mut Tx, school: SchoolId, changes: &Changes, ids: &mut Ids) -> anyhow::Result<()> {
    let people = changes.people.write.iter().map(|(code, p)| {
        let key = words::sort_key(&p.surname, &p.name, &p.patronymic);
        (
            school,
            code.clone(),
            p.surname.clone(),
            p.name.clone(),
            p.patronymic.clone(),
            key,
            p.birth_date,
        )
    });
    store::put_people(tx, &people.collect::<Vec<_>>()).await?;
    ids.people = store::people(tx, school)
        .await?
        .into_iter()
        .map(|(id, code, ..)| (code, id))
        .collect();
    for (code, role) in &changes.roles.gone {
        store::drop_role(tx, id_of(&ids.people, code)?, role).await?;
    }
    let mut roles = Vec::new();
    for ((code, role), (from, to)) in &changes.roles.write {
        roles.push((id_of(&ids.people, code)?, role.clone(), *from, *to));
    }
    store::put_roles(tx, &roles).await?;
    for (parent, pupil) in &changes.guardians.gone {
        store::drop_guardian(tx, id_of(&ids.people, parent)?, id_of(&ids.people, pupil)?).await?;
    }
    let mut guardians = Vec::new();
    for ((parent, pupil), ()) in &changes.guardians.write {
        guardians.push((id_of(&ids.people, parent)?, id_of(&ids.people, pupil)?));
    }
    store::put_guardians(tx, &guardians).await?;
    Ok(())
}

async fn write_classes(
    tx: &mut Tx,
    school: SchoolId,
    year: YearId,
    changes: &Changes,
    ids: &mut Ids,
) -> anyhow::Result<()> {
    let classes = changes
        .classes
        .write
        .iter()
        .map(|(class, shift)| (school, year, class.grade, class.letter.clone(), *shift));
    store::put_classes(tx, &classes.collect::<Vec<_>>()).await?;
    let rows = store::classes(tx, year).await?.into_iter();
    ids.classes = rows
        .map(|(id, grade, letter, _)| (ClassName { grade, letter }, id))
        .collect();
    for (class, code) in &changes.tutors.gone {
        store::drop_tutor(tx, id_of(&ids.classes, class)?, id_of(&ids.people, code)?).await?;
    }
    let mut tutors = Vec::new();
    for ((class, code), ()) in &changes.tutors.write {
        tutors.push((id_of(&ids.classes, class)?, id_of(&ids.people, code)?));
    }
    store::put_tutors(tx, &tutors).await?;
    Ok(())
}

/// A pupil's first class of the year counts from its first day, a later one from today: what was written about the
/// pupil in the former class stays there.
async fn write_enrolments(
    tx: &mut Tx,
    existing: &Existing,
    diff: &Diff<String, ClassName>,
    ids: &Ids,
    (first_day, today): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let mut enrolments = Vec::new();
    for (code, class) in &diff.write {
        let pupil = id_of(&ids.people, code)?;
        let former = existing
            .records
            .enrolments
            .get(code)
            .zip(existing.enrolled_since.get(code));
        let starts = match former {
            Some((class, since)) if *since >= today => {
                store::drop_enrolment(tx, id_of(&ids.classes, class)?, pupil).await?;
                *since
            }
            Some((class, _)) => {
                let last = today.checked_sub_days(Days::new(1)).unwrap_or(today);
                store::end_enrolment(tx, id_of(&ids.classes, class)?, pupil, last).await?;
                today
            }
            None if existing.left.contains(code) => today,
            None => first_day,
        };
        enrolments.push((id_of(&ids.classes, class)?, pupil, starts));
    }
    store::put_enrolments(tx, &enrolments).await?;
    Ok(())
}

async fn write_courses(
    tx: &mut Tx,
    school: SchoolId,
    year: YearId,
    changes: &Changes,
    ids: &mut Ids,
) -> anyhow::Result<()> {
    let subjects = changes.subjects.write.iter().map(|(title, ())| (school, title.clone()));
    store::put_subjects(tx, &subjects.collect::<Vec<_>>()).await?;
    ids.subjects = store::subjects(tx, school)
        .await?
        .into_iter()
        .map(|(id, title)| (title, id))
        .collect();
    let mut groups = Vec::new();
    for (course, ()) in &changes.groups.write {
        let class = id_of(&ids.classes, &course.class)?;
        groups.push((class, id_of(&ids.subjects, &course.subject)?, course.group.clone()));
    }
    store::put_groups(tx, &groups).await?;
    let rows = store::groups(tx, year).await?.into_iter();
    ids.groups = rows
        .map(|(id, grade, letter, subject, group)| (course_of(grade, letter, subject, group), id))
        .collect();
    for (course, code) in &changes.members.gone {
        store::drop_member(tx, id_of(&ids.groups, course)?, id_of(&ids.people, code)?).await?;
    }
    let mut members = Vec::new();
    for ((course, code), ()) in &changes.members.write {
        members.push((id_of(&ids.groups, course)?, id_of(&ids.people, code)?));
    }
    store::put_members(tx, &members).await?;
    for course in &changes.curriculum.gone {
        let (class, subject) = (
            id_of(&ids.classes, &course.class)?,
            id_of(&ids.subjects, &course.subject)?,
        );
        store::drop_curriculum(tx, class, subject, group_of(course, ids)?).await?;
    }
    let mut curriculum = Vec::new();
    for (course, (hours, a_year)) in &changes.curriculum.write {
        let (class, subject) = (
            id_of(&ids.classes, &course.class)?,
            id_of(&ids.subjects, &course.subject)?,
        );
        curriculum.push((class, subject, group_of(course, ids)?, *hours, *a_year));
    }
    store::put_curriculum(tx, &curriculum).await?;
    Ok(())
}

async fn write_timetable(
    tx: &mut Tx,
    existing: &Existing,
    changes: &Changes,
    ids: &mut Ids,
    (year, first_day, today): (YearId, NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let mut loads = Vec::new();
    for (course, (teacher, hours)) in &changes.loads.write {
        let class = id_of(&ids.classes, &course.class)?;
        let subject = id_of(&ids.subjects, &course.subject)?;
        loads.push((
            class,
            subject,
            group_of(course, ids)?,
            id_of(&ids.people, teacher)?,
            *hours,
        ));
    }
    store::put_loads(tx, &loads).await?;
    let rows = store::loads(tx, year).await?.into_iter();
    let rows = rows.map(|(id, grade, letter, subject, group, ..)| (course_of(grade, letter, subject, group), id));
    ids.loads = rows.collect();
    for key in &changes.slots.gone {
        let (course, weekday, number, weeks) = key;
        let since = existing.slots_since.get(key).copied().unwrap_or(today);
        store::end_slot(
            tx,
            id_of(&ids.loads, course)?,
            (*weekday, *number, *weeks),
            (since, today),
        )
        .await?;
    }
    let mut slots = Vec::new();
    let had_template: BTreeSet<&ClassName> = existing.slots_since.keys().map(|(course, ..)| &course.class).collect();
    for (key, room) in &changes.slots.write {
        let (course, weekday, number, weeks) = key;
        // A class's first template counts from the year's first day, what is added to it later from today.
        let since = match existing.slots_since.get(key) {
            Some(since) => *since,
            None if had_template.contains(&course.class) => today.max(first_day),
            None => first_day,
        };
        slots.push((
            id_of(&ids.loads, course)?,
            *weekday,
            *number,
            *weeks,
            room.clone(),
            since,
        ));
    }
    store::put_slots(tx, &slots).await?;
    for (course, date, number) in &changes.changes.gone {
        store::drop_change(tx, id_of(&ids.loads, course)?, *date, *number).await?;
    }
    let mut rows = Vec::new();
    for ((course, date, number), change) in &changes.changes.write {
        let (kind, to_date, to_number, substitute) = match change {
            ChangeRecord::Cancelled => ("cancelled", None, None, None),
            ChangeRecord::Moved(date, number) => ("moved", Some(*date), Some(*number), None),
            ChangeRecord::Substituted(code) => ("substituted", None, None, Some(id_of(&ids.people, code)?)),
        };
        rows.push((
            id_of(&ids.loads, course)?,
            *date,
            *number,
            kind.to_owned(),
            to_date,
            to_number,
            substitute,
        ));
    }
    store::put_changes(tx, &rows).await?;
    Ok(())
}

fn group_of(course: &Course, ids: &Ids) -> anyhow::Result<Option<GroupId>> {
    if course.group.is_empty() {
        Ok(None)
    } else {
        id_of(&ids.groups, course).map(Some)
    }
}

fn course_of(grade: i64, letter: String, subject: String, group: String) -> Course {
    Course {
        class: ClassName { grade, letter },
        subject,
        group,
    }
}

/// The number of a record written before; its absence is a mistake of ours, and the key may be a person's.
fn id_of<K: Ord, I: Copy>(ids: &BTreeMap<K, I>, key: &K) -> anyhow::Result<I> {
    ids.get(key)
        .copied()
        .context("a record that another one hangs on was not written")
}
