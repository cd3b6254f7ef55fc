//! One person told twice: namesakes of one class, and a parent in three spellings. Only remarked on, since there are
//! true namesakes.

use std::collections::BTreeMap;

use super::layout::Column as C;
use super::names;
use super::people::Met;
use super::problems::{Complaint, Problems};
use super::records::{PersonRecord, Records};
use super::table::Row;

/// Tells of pupils of one class whose names are the same, and who may be born on one day.
pub fn pupils(rows: &[Row<'_>], met: &Met, records: &Records, problems: &mut Problems) {
    let mut known: BTreeMap<_, Vec<(u32, &PersonRecord)>> = BTreeMap::new();
    for (row, code) in met.told_in(rows) {
        let (Some(person), Some(class)) = (records.people.get(code), records.enrolments.get(code)) else {
            continue;
        };
        let name = [&person.surname, &person.name, &person.patronymic].map(|word| names::fold(word));
        let others = known.entry((class, name)).or_default();
        let same_day = |other: &PersonRecord| {
            let days = other.birth_date.zip(person.birth_date);
            days.is_none_or(|(one, two)| one == two)
        };
        if let Some((other, _)) = others.iter().find(|(_, other)| same_day(other)) {
            problems.warn(row.place(C::Surname), Complaint::new("namesake").said("row", other));
        }
        others.push((row.row(), person));
    }
}

/// Tells of parents of one child who may be one person: the surname is the same and the names can be.
pub fn parents(rows: &[Row<'_>], met: &Met, records: &Records, problems: &mut Problems) {
    let rows: Vec<(&Row<'_>, &String)> = met.told_in(rows).collect();
    let places: BTreeMap<&String, &Row<'_>> = rows.iter().map(|(row, code)| (*code, *row)).collect();
    let mut families: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (parent, child) in records.guardians.keys() {
        families.entry(child).or_default().push(parent);
    }
    for family in families.values() {
        for (at, code) in family.iter().enumerate() {
            let (Some(person), Some(row)) = (records.people.get(*code), places.get(code)) else {
                continue;
            };
            let twin = family.iter().take(at).find(|other| {
                let other = records.people.get(**other);
                other.is_some_and(|other| may_be_one(person, other))
            });
            if let Some(twin) = twin.and_then(|twin| places.get(twin)) {
                let (first, second) = if twin.row() < row.row() {
                    (twin, row)
                } else {
                    (row, twin)
                };
                let complaint = Complaint::new("parent_double").said("row", first.row());
                problems.warn(second.place(C::Surname), complaint);
            }
        }
    }
}

/// Whether two spellings can be one name: the surname is the same, and the rest begins alike as far as it is told.
fn may_be_one(one: &PersonRecord, other: &PersonRecord) -> bool {
    let alike = |one: &str, other: &str| {
        let (one, other) = (names::fold(one), names::fold(other));
        one.starts_with(&other) || other.starts_with(&one)
    };
    names::fold(&one.surname) == names::fold(&other.surname)
        && alike(&one.name, &other.name)
        && alike(&one.patronymic, &other.patronymic)
}
