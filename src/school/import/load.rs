//! The sheets about teaching: subjects, study groups, who teaches what.

use std::collections::BTreeMap;

use super::cells;
use super::layout::{Column as C, Kind};
use super::names::{self, ClassName};
use super::people::{self, Met};
use super::problems::{Complaint, Problems};
use super::records::{Course, Records};
use super::table::Row;

/// Titles as they were told first, by what their spellings have in common.
#[derive(Debug)]
pub struct Titles {
    subjects: BTreeMap<String, String>,
    groups: BTreeMap<(ClassName, String, String), String>,
    /// In which row of the load a course stands.
    loads: BTreeMap<Course, u32>,
    /// Whether the sheet of subjects could be read.
    pub subjects_read: bool,
    /// Whether the sheet of groups could be read.
    pub groups_read: bool,
    /// Whether the sheet of the load could be read.
    pub load_read: bool,
}

impl Titles {
    /// None yet; `read` tells which sheets can be read.
    pub fn new(read: impl Fn(Kind) -> bool) -> Self {
        Self {
            subjects: BTreeMap::new(),
            groups: BTreeMap::new(),
            loads: BTreeMap::new(),
            subjects_read: read(Kind::Subjects),
            groups_read: read(Kind::Groups),
            load_read: read(Kind::Load),
        }
    }
}

/// Reads the subjects.
pub fn subjects(rows: &[Row<'_>], titles: &mut Titles, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let Some(title) = row.read(C::Subject, problems, cells::text) else {
            continue;
        };
        records.subjects.insert(title.clone(), ());
        if titles.subjects.insert(names::fold(&title), title.clone()).is_some() {
            problems.add(
                row.place(C::Subject),
                Complaint::new("subject_twice").said("value", title),
            );
        }
    }
}

/// Reads the study groups: one row a group or one a pupil. Nobody is in two groups of one subject.
pub fn groups(rows: &[Row<'_>], met: &Met, titles: &mut Titles, records: &mut Records, problems: &mut Problems) {
    let mut taken: BTreeMap<(String, String), (Course, u32)> = BTreeMap::new();
    for row in rows {
        let class = people::known_class(row, met, records, problems);
        let subject = subject(row, titles, problems);
        let group = row.read(C::Group, problems, cells::text);
        let (Some(class), Some(subject), Some(typed)) = (class, subject, group) else {
            continue;
        };
        let key = (class.clone(), subject.clone(), names::fold(&typed));
        let group = titles.groups.entry(key).or_insert(typed).clone();
        let course = Course { class, subject, group };
        records.groups.insert(course.clone(), ());
        for code in row.read(C::Pupils, problems, cells::list).unwrap_or_default() {
            let code = names::code(&code);
            if let Err(complaint) = is_of_class(&code, &course.class, met, records) {
                problems.add(row.place(C::Pupils), complaint);
                continue;
            }
            let place = (course.subject.clone(), code.clone());
            let former = taken.entry(place).or_insert_with(|| (course.clone(), row.row()));
            if former.0 != course {
                let complaint = Complaint::new("two_groups")
                    .said("value", &code)
                    .said("group", &former.0.group);
                problems.add(row.place(C::Pupils), complaint.said("row", former.1));
            }
            records.members.insert((course.clone(), code), ());
        }
    }
}

/// Reads the teaching load.
pub fn loads(rows: &[Row<'_>], met: &Met, titles: &mut Titles, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let class = people::known_class(row, met, records, problems);
        let subject = subject(row, titles, problems);
        let teacher = teacher(row, C::Teacher, met, records, problems);
        let hours = row.read(C::Hours, problems, cells::hours);
        let (Some(class), Some(subject)) = (class, subject) else {
            continue;
        };
        let Some(group) = group(row, &class, &subject, titles, problems) else {
            continue;
        };
        let course = Course { class, subject, group };
        if let Some(former) = titles.loads.insert(course.clone(), row.row()) {
            problems.add(row.place(C::Subject), Complaint::new("load_twice").said("row", former));
        }
        // Even with an unknown teacher the course is there: its lessons in the timetable aren't to blame.
        records
            .loads
            .insert(course, (teacher.unwrap_or_default(), hours.unwrap_or_default()));
    }
}

/// The course that a row of the timetable means: it stands in the load.
pub fn course(row: &Row<'_>, met: &Met, titles: &Titles, records: &Records, problems: &mut Problems) -> Option<Course> {
    let class = people::known_class(row, met, records, problems);
    let subject = subject(row, titles, problems);
    let (class, subject) = (class?, subject?);
    let group = group(row, &class, &subject, titles, problems)?;
    let course = Course { class, subject, group };
    if records.loads.contains_key(&course) {
        return Some(course);
    }
    if titles.load_read {
        let taught = records
            .loads
            .keys()
            .filter(|other| other.class == course.class && other.subject == course.subject);
        let groups: Vec<String> = taught
            .map(|other| other.group.clone())
            .filter(|group| !group.is_empty())
            .collect();
        if course.group.is_empty() && !groups.is_empty() {
            problems.add(
                row.place(C::Group),
                Complaint::new("which_group").either("groups", groups),
            );
        } else {
            let told = Complaint::new("no_load")
                .said("subject", &course.subject)
                .said("class", &course.class);
            problems.add(row.place(C::Subject), told);
        }
    }
    None
}

/// The subject's title as its sheet has it.
pub fn subject(row: &Row<'_>, titles: &Titles, problems: &mut Problems) -> Option<String> {
    let typed = row.read(C::Subject, problems, cells::text)?;
    if let Some(title) = titles.subjects.get(&names::fold(&typed)) {
        return Some(title.clone());
    }
    if titles.subjects_read {
        let near = names::nearest(&typed, titles.subjects.values().map(String::as_str));
        let complaint = Complaint::new(if near.is_some() { "subject_misspelt" } else { "subject" });
        let complaint = complaint.said("value", &typed);
        problems.add(
            row.place(C::Subject),
            near.into_iter().fold(complaint, |told, near| told.said("near", near)),
        );
    }
    None
}

/// The person of the staff in a column.
pub fn teacher(row: &Row<'_>, column: C, met: &Met, records: &Records, problems: &mut Problems) -> Option<String> {
    let typed = row.read(column, problems, cells::text)?;
    let found = met.teacher(&typed, records);
    found
        .map_err(|complaint| {
            if met.staff {
                problems.add(row.place(column), complaint);
            }
        })
        .ok()
}

/// The group's title as its sheet has it, empty for the whole class; nothing when it isn't known.
pub fn group(
    row: &Row<'_>,
    class: &ClassName,
    subject: &str,
    titles: &Titles,
    problems: &mut Problems,
) -> Option<String> {
    if !row.holds(C::Group) {
        return Some(String::new());
    }
    let typed = row.read(C::Group, problems, cells::text)?;
    let key = (class.clone(), subject.to_owned(), names::fold(&typed));
    if let Some(title) = titles.groups.get(&key) {
        return Some(title.clone());
    }
    if titles.groups_read {
        let of_course = titles.groups.iter().filter(|((c, s, _), _)| c == class && s == subject);
        let known: Vec<String> = of_course.map(|(_, title)| title.clone()).collect();
        let key = if known.is_empty() {
            "group_unknown"
        } else {
            "group_misspelt"
        };
        let complaint = Complaint::new(key)
            .said("value", typed)
            .said("class", class)
            .said("subject", subject);
        problems.add(row.place(C::Group), complaint.either("groups", known));
    }
    None
}

fn is_of_class(code: &str, class: &ClassName, met: &Met, records: &Records) -> Result<(), Complaint> {
    match records.enrolments.get(code) {
        Some(own) if own == class => Ok(()),
        Some(own) => Err(Complaint::new("pupil_other_class")
            .said("value", code)
            .said("class", own)),
        // A pupil whose own row is wrong is told there.
        None if met.is(code, Kind::Pupils) || !met.pupils => Ok(()),
        None => Err(Complaint::new("pupil").said("value", code)),
    }
}
