//! The curriculum: what each class is to be taught, set against the load.
//!
//! A difference is told and stops nothing: in August a school has its curriculum before it has all of its teachers.

use std::collections::BTreeMap;

use super::cells;
use super::layout::Column as C;
use super::load::{self, Titles};
use super::people::{self, Met};
use super::problems::{Complaint, Place, Problems};
use super::records::{Course, Records};
use super::table::Row;

/// Weeks of teaching that a school year may have; a row's hours a year are to fit them.
const WEEKS: std::ops::RangeInclusive<i64> = 30..=38;

/// Reads the curriculum and compares it with the load.
pub fn curriculum(rows: &[Row<'_>], met: &Met, titles: &Titles, records: &mut Records, problems: &mut Problems) {
    let mut places: BTreeMap<Course, (u32, Place)> = BTreeMap::new();
    for row in rows {
        let class = people::known_class(row, met, records, problems);
        let subject = load::subject(row, titles, problems);
        let hours = row.read(C::Hours, problems, cells::hours);
        let a_year = row.read(C::YearHours, problems, |cell| cells::whole(cell, 0..=2_000));
        let (Some(class), Some(subject)) = (class, subject) else {
            continue;
        };
        let Some(group) = load::group(row, &class, &subject, titles, problems) else {
            continue;
        };
        let course = Course { class, subject, group };
        if let Some((former, _)) = places.get(&course) {
            problems.add(
                row.place(C::Subject),
                Complaint::new("curriculum_twice").said("row", former),
            );
        }
        places.insert(course.clone(), (row.row(), row.place(C::Hours)));
        let Some(hours) = hours else { continue };
        if let Some(a_year) = a_year {
            check_year(row, (hours, a_year), problems);
        }
        records.curriculum.insert(course, (hours, a_year.unwrap_or_default()));
    }
    if titles.load_read {
        compare(records, &places, problems);
    }
}

/// Told where the hours of a year aren't about so many weeks' hours.
fn check_year(row: &Row<'_>, (hours, a_year): (i64, i64), problems: &mut Problems) {
    let (least, most) = (hours * WEEKS.start() / 100, hours * WEEKS.end() / 100);
    if !(least..=most).contains(&a_year) {
        let complaint = Complaint::new("year_hours").said("value", a_year);
        problems.warn(row.place(C::YearHours), complaint.said("from", least).said("to", most));
    }
}

fn compare(records: &Records, places: &BTreeMap<Course, (u32, Place)>, problems: &mut Problems) {
    for (course, (hours, _)) in &records.curriculum {
        let Some((_, place)) = places.get(course) else { continue };
        let taught: Vec<(&Course, i64)> = records
            .loads
            .iter()
            .filter(|(load, _)| (&load.class, &load.subject) == (&course.class, &course.subject))
            .filter(|(load, _)| planned_as(load, records) == Some(course))
            .map(|(load, (_, hours))| (load, *hours))
            .collect();
        let named = |complaint: Complaint| {
            complaint
                .said("class", &course.class)
                .said("subject", &course.subject)
                .said("hours", spoken(*hours))
        };
        if taught.is_empty() && *hours > 0 {
            problems.warn(place.clone(), named(Complaint::new("curriculum_untaught")));
        }
        for (load, theirs) in taught.into_iter().filter(|(_, theirs)| theirs != hours) {
            let complaint = if load.group.is_empty() {
                named(Complaint::new("curriculum_hours"))
            } else {
                named(Complaint::new("curriculum_group_hours")).said("group", &load.group)
            };
            problems.warn(place.clone(), complaint.said("value", spoken(theirs)));
        }
    }
    if records.curriculum.is_empty() {
        return;
    }
    for load in records.loads.keys().filter(|load| planned_as(load, records).is_none()) {
        let place = places.values().next().map(|(_, place)| Place {
            row: None,
            column: None,
            ..place.clone()
        });
        let complaint = Complaint::new("curriculum_missing")
            .said("class", &load.class)
            .said("subject", &load.subject);
        problems.warn(place.unwrap_or_default(), complaint);
    }
}

/// The curriculum's row that a load follows: its group's own, or the class's.
fn planned_as<'r>(load: &Course, records: &'r Records) -> Option<&'r Course> {
    let whole = Course {
        group: String::new(),
        ..load.clone()
    };
    let known = |course: &Course| records.curriculum.get_key_value(course).map(|(course, _)| course);
    known(load).or_else(|| known(&whole))
}

/// Hours as people write them: «3», «0,5».
pub fn spoken(hundredths: i64) -> String {
    let part = format!("{:02}", hundredths % 100);
    let whole = hundredths / 100;
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part => format!("{whole},{part}"),
    }
}
