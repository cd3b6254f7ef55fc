//! The sheets about people: staff, classes with their tutors, pupils, parents.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use std::collections::BTreeMap;

use super::calendar::Year;
use super::cells;
use super::layout::{Column as C, Kind};
use super::names::{self, ClassName};
use super::problems::{Complaint, Place, Problems};
use super::records::{PersonRecord, Records};
use super::table::Row;

/// Roles that a person of the staff may have besides teaching, as they are kept.
pub const ROLES: [(&str, &str); 5] = [
    ("administrator", "import.roles.administrator"),
    ("director", "import.roles.director"),
    ("secretary", "import.roles.secretary"),
    ("operator", "import.roles.operator"),
    ("head_of_stage", "import.roles.head"),
];

/// A role with its first and last grade.
type Role = (&'static str, (i64, i64));

/// Who was met where, while the sheets about people are read.
#[derive(Debug)]
pub struct Met {
    /// Code: sheet and row in which the person was told first.
    rows: BTreeMap<String, (Kind, u32)>,
    /// Whether the sheet could be read; of one that couldn't nobody is missed.
    pub staff: bool,
    /// The same for classes.
    pub classes: bool,
    /// The same for pupils.
    pub pupils: bool,
}

impl Met {
    /// Nobody yet; `read` tells which sheets can be read.
    pub fn new(read: impl Fn(Kind) -> bool) -> Self {
        let (staff, classes, pupils) = (read(Kind::Staff), read(Kind::Classes), read(Kind::Pupils));
        Self {
            rows: BTreeMap::new(),
            staff,
            classes,
            pupils,
        }
    }

    /// The rows of a sheet that told somebody first, with the codes.
    pub fn told_in<'r, 'b>(&'r self, rows: &'r [Row<'b>]) -> impl Iterator<Item = (&'r Row<'b>, &'r String)> {
        let by_row = |row: &Row<'_>| (row.kind(), row.row());
        let told: BTreeMap<(Kind, u32), &String> = self.rows.iter().map(|(code, place)| (*place, code)).collect();
        rows.iter()
            .filter_map(move |row| told.get(&by_row(row)).map(|code| (row, *code)))
    }

    /// Whether the code belongs to someone of this sheet.
    pub fn is(&self, code: &str, kind: Kind) -> bool {
        self.rows.get(code).is_some_and(|(known, _)| *known == kind)
    }

    /// The person of the staff who is meant by a code or a name.
    pub fn teacher(&self, typed: &str, records: &Records) -> Result<String, Complaint> {
        let code = names::code(typed);
        if self.is(&code, Kind::Staff) {
            return Ok(code);
        }
        let staff = || records.people.iter().filter(|(code, _)| self.is(code, Kind::Staff));
        let named = staff().filter(|(_, p)| names::names_person(typed, &p.surname, &p.name, &p.patronymic));
        let named: Vec<&String> = named.map(|(code, _)| code).collect();
        match named.as_slice() {
            [only] => Ok((*only).clone()),
            [] => {
                let surname = names::fold(typed);
                let surname = surname.split(' ').next().unwrap_or_default();
                let near = staff().find(|(_, p)| names::nearest(surname, [p.surname.as_str()]).is_some());
                let complaint = Complaint::new(if near.is_some() { "teacher_misspelt" } else { "teacher" });
                let complaint = complaint.said("value", typed);
                Err(near.into_iter().fold(complaint, |told, (code, p)| {
                    told.said("near", short(p)).said("code", code)
                }))
            }
            several => {
                let codes = several.iter().map(|code| (*code).clone()).collect();
                Err(Complaint::new("teacher_ambiguous")
                    .said("value", typed)
                    .either("codes", codes))
            }
        }
    }
}

/// Reads the staff with their roles.
pub fn staff(rows: &[Row<'_>], met: &mut Met, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let Some(code) = person(row, Kind::Staff, None, met, records, problems) else {
            continue;
        };
        for typed in row.read(C::Roles, problems, cells::list).unwrap_or_default() {
            match role(&typed) {
                Ok(Some((role, grades))) => {
                    if records.roles.insert((code.clone(), role.to_owned()), grades).is_some() {
                        problems.add(row.place(C::Roles), Complaint::new("role_twice").said("value", typed));
                    }
                }
                Ok(None) => {}
                Err(complaint) => problems.add(row.place(C::Roles), complaint),
            }
        }
    }
    if !rows.is_empty() && !records.roles.keys().any(|(_, role)| role == "administrator") {
        let column = rows.first().map(|row| row.place(C::Roles));
        problems.add(
            Place {
                row: None,
                ..column.unwrap_or_default()
            },
            Complaint::new("no_administrator"),
        );
    }
}

/// Reads the classes; each needs terms for its grade.
pub fn classes(rows: &[Row<'_>], met: &Met, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let Some(class) = row.read(C::Class, problems, cells::class) else {
            continue;
        };
        let shift = super::calendar::shift(row, problems).unwrap_or(1);
        if !records.bells.is_empty() && !records.bells.keys().any(|(_, known, _)| *known == shift) {
            problems.add(row.place(C::Shift), Complaint::new("no_shift").said("value", shift));
        }
        if records.classes.insert(class.clone(), shift).is_some() {
            problems.add(row.place(C::Class), Complaint::new("class_twice").said("value", &class));
        }
        let covered = records
            .terms
            .iter()
            .any(|((_, from), term)| (*from..=term.to_grade).contains(&class.grade));
        if !records.terms.is_empty() && !covered {
            problems.add(
                row.place(C::Class),
                Complaint::new("class_without_terms").said("grade", class.grade),
            );
        }
        for typed in row.read(C::Tutor, problems, cells::list).unwrap_or_default() {
            match met.teacher(&typed, records) {
                Ok(code) => drop(records.tutors.insert((class.clone(), code), ())),
                Err(complaint) if met.staff => problems.add(row.place(C::Tutor), complaint),
                Err(_) => {}
            }
        }
    }
}

/// Reads the pupils.
pub fn pupils(rows: &[Row<'_>], year: Year, met: &mut Met, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let class = known_class(row, met, records, problems);
        let first = year.map(|year| year.0);
        // The example has the year in which most of the class were born.
        let grade = class
            .as_ref()
            .map_or(5, |class| i32::try_from(class.grade).unwrap_or(5));
        let likely = first.map_or(2026, |day| day.year()) - grade - 6;
        let birth = row.read(C::BirthDate, problems, |cell| {
            cells::date(cell, likely).and_then(|day| age(day, first))
        });
        let code = person(row, Kind::Pupils, birth, met, records, problems);
        if let (Some(code), Some(class)) = (code, class) {
            records.enrolments.insert(code, class);
        }
    }
}

/// Reads the parents. One who works here too has the same code there and is one person.
pub fn parents(rows: &[Row<'_>], met: &mut Met, records: &mut Records, problems: &mut Problems) {
    for row in rows {
        let code = person(row, Kind::Parents, None, met, records, problems);
        for child in row.read(C::Children, problems, cells::list).unwrap_or_default() {
            let child = names::code(&child);
            if !met.is(&child, Kind::Pupils) && met.pupils {
                problems.add(row.place(C::Children), Complaint::new("child").said("value", child));
            } else if let Some(code) = &code {
                records.guardians.insert((code.clone(), child), ());
            }
        }
    }
}

/// The row's class, when the sheet of classes has it.
pub fn known_class(row: &Row<'_>, met: &Met, records: &Records, problems: &mut Problems) -> Option<ClassName> {
    let class = row.read(C::Class, problems, cells::class)?;
    if records.classes.contains_key(&class) || !met.classes {
        return Some(class);
    }
    let parallel = records.classes.keys().filter(|known| known.grade == class.grade);
    let parallel: Vec<String> = parallel.map(ClassName::to_string).collect();
    let key = if parallel.is_empty() {
        "class_unknown"
    } else {
        "class_unknown_parallel"
    };
    problems.add(
        row.place(C::Class),
        Complaint::new(key).said("value", class).either("near", parallel),
    );
    None
}

/// The surname with initials.
pub fn short(person: &PersonRecord) -> String {
    let initials = [&person.name, &person.patronymic]
        .into_iter()
        .filter_map(|name| name.chars().next());
    initials.fold(person.surname.clone(), |short, initial| format!("{short} {initial}."))
}

fn person(
    row: &Row<'_>,
    kind: Kind,
    birth_date: Option<NaiveDate>,
    met: &mut Met,
    records: &mut Records,
    problems: &mut Problems,
) -> Option<String> {
    let code = row.read(C::Code, problems, cells::code);
    let surname = row.read(C::Surname, problems, cells::person);
    let name = row.read(C::Name, problems, cells::person);
    let patronymic = row.read(C::Patronymic, problems, cells::person).unwrap_or_default();
    let code = code?;
    let (surname, name) = (surname.unwrap_or_default(), name.unwrap_or_default());
    let told = PersonRecord {
        surname,
        name,
        patronymic,
        birth_date,
    };
    let Some((place, former)) = met.rows.get(&code).copied() else {
        met.rows.insert(code.clone(), (kind, row.row()));
        records.people.insert(code.clone(), told);
        return Some(code);
    };
    let known = records.people.get(&code);
    if kind == Kind::Parents && place == Kind::Staff {
        if known.is_some_and(|known| !same_name(known, &told)) {
            let complaint = Complaint::new("code_other_name")
                .said("value", &code)
                .said("row", former);
            let name = known.map(short).unwrap_or_default();
            problems.add(
                row.place(C::Surname),
                complaint.said("name", name).sheet("sheet", place),
            );
        }
        return Some(code);
    }
    let complaint = Complaint::new("code_twice")
        .said("value", &code)
        .said("row", former)
        .sheet("sheet", place);
    problems.add(row.place(C::Code), complaint);
    None
}

fn same_name(one: &PersonRecord, other: &PersonRecord) -> bool {
    let folded = |p: &PersonRecord| [&p.surname, &p.name, &p.patronymic].map(|word| names::fold(word));
    folded(one) == folded(other)
}

/// A role and the grades it reaches over; nothing for a plain teacher.
fn role(typed: &str) -> Result<Option<Role>, Complaint> {
    let words: String = typed.chars().take_while(|c| !c.is_ascii_digit()).collect();
    if cells::one_of(&words, &["import.roles.teacher"]).is_some() {
        return Ok(None);
    }
    let found = cells::one_of(&words, &ROLES.map(|(_, key)| key)).and_then(|at| ROLES.get(at));
    let Some((role, _)) = found else {
        return Err(Complaint::new("role").said("value", typed));
    };
    if *role != "head_of_stage" {
        return Ok(Some((role, (1, 11))));
    }
    let grades: Vec<i64> = typed
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    match grades.as_slice() {
        [from, to] if 1 <= *from && from <= to && *to <= 11 => Ok(Some((role, (*from, *to)))),
        [one] if (1..=11).contains(one) => Ok(Some((role, (*one, *one)))),
        _ => Err(Complaint::new("role_grades").said("value", typed)),
    }
}

fn age(birth: NaiveDate, first_day: Option<NaiveDate>) -> Result<NaiveDate, Complaint> {
    let Some(first_day) = first_day else { return Ok(birth) };
    let days = first_day - birth;
    if days < TimeDelta::days(4 * 365) || days > TimeDelta::days(25 * 366) {
        return Err(Complaint::new("age").said("value", birth.format("%d.%m.%Y")));
    }
    Ok(birth)
}
