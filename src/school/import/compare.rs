//! The workbook against the database: what is new, what changed, what is to be taken back. Pure.
//!
//! A row of the workbook says everything about its person, class or day; what the workbook doesn't mention stays.

use chrono::{NaiveDate, NaiveTime};
use std::collections::{BTreeMap, BTreeSet};

use super::existing::Existing;
use super::layout::Kind;
use super::names::ClassName;
use super::parse::Parsed;
use super::records::{BellKey, ChangeRecord, Course, PersonRecord, Records, SchoolRecord, SlotKey, Span};

/// One kind of records: what to write, what to remove, and the counts.
#[derive(Debug)]
pub struct Diff<K, V> {
    /// New and changed ones.
    pub write: Vec<(K, V)>,
    /// Those that are no longer true and that nothing hangs on.
    pub gone: Vec<K>,
    /// For the summary.
    pub counts: Counts,
}

/// How many records of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Weren't there.
    pub new: usize,
    /// Were there and say something else now.
    pub changed: usize,
    /// Say the same.
    pub same: usize,
    /// Were taken back.
    pub removed: usize,
}

impl Counts {
    /// Whether anything is to be written.
    pub fn is_idle(self) -> bool {
        self.new + self.changed + self.removed == 0
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            changed: self.changed + other.changed,
            same: self.same + other.same,
            removed: self.removed + other.removed,
        }
    }
}

/// Everything that the import is going to do.
#[derive(Debug)]
pub struct Changes {
    /// The school itself.
    pub school: Diff<String, SchoolRecord>,
    /// The school year.
    pub year: Diff<String, (NaiveDate, NaiveDate)>,
    /// The terms.
    pub terms: Diff<(String, i64), Span>,
    /// The holidays.
    pub holidays: Diff<(String, i64), Span>,
    /// The bells.
    pub bells: Diff<BellKey, (NaiveTime, NaiveTime)>,
    /// Days with bells of their own.
    pub short_days: Diff<NaiveDate, String>,
    /// The rooms.
    pub rooms: Diff<String, i64>,
    /// The people of all kinds.
    pub people: Diff<String, PersonRecord>,
    /// The roles.
    pub roles: Diff<(String, String), (i64, i64)>,
    /// The classes.
    pub classes: Diff<ClassName, i64>,
    /// The tutors.
    pub tutors: Diff<(ClassName, String), ()>,
    /// The pupils' classes.
    pub enrolments: Diff<String, ClassName>,
    /// The parents' children.
    pub guardians: Diff<(String, String), ()>,
    /// The subjects.
    pub subjects: Diff<String, ()>,
    /// The groups.
    pub groups: Diff<Course, ()>,
    /// The groups' pupils.
    pub members: Diff<(Course, String), ()>,
    /// The curriculum.
    pub curriculum: Diff<Course, (i64, i64)>,
    /// The teaching load.
    pub loads: Diff<Course, (String, i64)>,
    /// The week's template.
    pub slots: Diff<SlotKey, String>,
    /// The changes of single days.
    pub changes: Diff<(Course, NaiveDate, i64), ChangeRecord>,
    /// The text of the consent.
    pub consent: Diff<(), String>,
}

/// Compares.
pub fn compare(parsed: &Parsed, existing: &Existing) -> Changes {
    let (told, old) = (&parsed.records, &existing.records);
    let has = |kind: Kind| parsed.optional.contains(&kind);
    let parents: BTreeSet<&String> = told.guardians.keys().map(|(parent, _)| parent).collect();
    let dates: BTreeSet<_> = told.changes.keys().map(|(_, date, _)| *date).collect();
    Changes {
        school: school(told, existing),
        year: diff(&told.year, &old.year, |_| false),
        terms: diff(&told.terms, &old.terms, |_| false),
        // Nothing hangs on a holiday, and one that isn't any more would hide school days.
        holidays: diff(&told.holidays, &old.holidays, |_| true),
        bells: diff(&told.bells, &old.bells, |_| false),
        short_days: diff(&told.short_days, &old.short_days, |_| has(Kind::ShortDays)),
        // A room's title stands in the timetable as words: nothing hangs on its row.
        rooms: diff(&told.rooms, &old.rooms, |_| has(Kind::Rooms)),
        people: diff(&people(told, old), &old.people, |_| false),
        roles: diff(&told.roles, &old.roles, |(code, _)| told.people.contains_key(code)),
        classes: diff(&told.classes, &old.classes, |_| false),
        tutors: diff(&told.tutors, &old.tutors, |(class, _)| told.classes.contains_key(class)),
        enrolments: diff(&told.enrolments, &old.enrolments, |_| false),
        guardians: diff(&told.guardians, &old.guardians, |(parent, _)| parents.contains(parent)),
        subjects: diff(&told.subjects, &old.subjects, |_| false),
        groups: diff(&told.groups, &old.groups, |_| false),
        members: diff(&told.members, &old.members, |(group, _)| {
            told.classes.contains_key(&group.class)
        }),
        curriculum: diff(&told.curriculum, &old.curriculum, |course| {
            has(Kind::Curriculum) && told.classes.contains_key(&course.class)
        }),
        loads: diff(&told.loads, &old.loads, |_| false),
        slots: diff(&told.slots, &old.slots, |(course, ..)| {
            told.classes.contains_key(&course.class)
        }),
        changes: diff(&told.changes, &old.changes, |(_, date, _)| dates.contains(date)),
        // Consents were given to it.
        consent: diff(&told.consent, &old.consent, |()| false),
    }
}

/// The school's own row; another name of the same school is a change too.
fn school(told: &Records, existing: &Existing) -> Diff<String, SchoolRecord> {
    let mut school = diff(&told.school, &existing.records.school, |_| false);
    if existing.former_name.is_some() && school.counts.same > 0 {
        school.counts = Counts {
            changed: 1,
            ..Counts::default()
        };
    }
    school
}

/// The people as told; a birth date that only the database knows stays.
fn people(told: &Records, old: &Records) -> BTreeMap<String, PersonRecord> {
    let known = |code: &String| old.people.get(code).and_then(|person| person.birth_date);
    let people = told.people.iter().map(|(code, person)| {
        let birth_date = person.birth_date.or_else(|| known(code));
        (
            code.clone(),
            PersonRecord {
                birth_date,
                ..person.clone()
            },
        )
    });
    people.collect()
}

fn diff<K: Clone + Ord, V: Clone + PartialEq>(
    told: &BTreeMap<K, V>,
    old: &BTreeMap<K, V>,
    removable: impl Fn(&K) -> bool,
) -> Diff<K, V> {
    let mut counts = Counts::default();
    let mut write = Vec::new();
    for (key, value) in told {
        match old.get(key) {
            Some(known) if known == value => {
                counts.same += 1;
                continue;
            }
            Some(_) => counts.changed += 1,
            None => counts.new += 1,
        }
        write.push((key.clone(), value.clone()));
    }
    let gone: Vec<K> = old
        .keys()
        .filter(|key| !told.contains_key(key) && removable(key))
        .cloned()
        .collect();
    counts.removed = gone.len();
    Diff { write, gone, counts }
}
