//! Screens of a lesson: state in, screen out. Words are in `locales/lessons.yml`.

pub mod card;
pub mod day;
pub mod grid;
pub mod homework;
pub mod pupil;
#[cfg(test)]
pub mod samples;
pub mod texts;

use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;

use crate::ids::PersonId;
use crate::words::names::{FullName, grid_label, grid_labels};
use crate::words::{Locale, dates, plain};

use super::Lesson;
use super::cell::{Change, Sign, Value};
use super::history::Line;

/// What every screen of a lesson is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'s> {
    /// In which language.
    pub locale: Locale,
    /// The lesson.
    pub lesson: &'s Lesson,
    /// The school's day.
    pub today: NaiveDate,
    /// The school's zone.
    pub zone: Tz,
}

impl Scene<'_> {
    /// «пн 23.11, 3-й урок».
    fn when(&self) -> String {
        let key = self.lesson.planned.key;
        plain!(
            self.locale,
            "lessons.when",
            day = dates::day(self.locale, key.date, self.today),
            number = key.number
        )
    }

    /// «7А, алгебра, 3-й урок».
    fn title(&self) -> String {
        let load = &self.lesson.planned.load;
        plain!(
            self.locale,
            "lessons.title",
            class = load.audience(),
            subject = load.subject.to_lowercase(),
            number = self.lesson.planned.key.number
        )
    }
}

/// «н», «б», «п», «о»: Russian in every language, since the journal is kept in Russian.
pub fn sign(locale: Locale, sign: Sign) -> String {
    crate::words::text(locale, &format!("lessons.sign.{}", sign.code()), &[])
}

/// «5», «зч».
pub fn value(locale: Locale, value: Value) -> String {
    match value {
        Value::Five | Value::Four | Value::Three | Value::Two | Value::One => value.code().to_owned(),
        Value::Pass | Value::Fail | Value::Exempt => {
            crate::words::text(locale, &format!("lessons.value.{}", value.code()), &[])
        }
    }
}

/// «ответ».
pub fn kind(locale: Locale, kind: super::Kind) -> String {
    crate::words::text(locale, &format!("lessons.kind.{}", kind.code()), &[])
}

/// Names as short as they can be told apart: the surname, or with letters of the name for namesakes.
pub fn short_names(lesson: &Lesson) -> BTreeMap<PersonId, String> {
    let names: Vec<FullName> = lesson
        .pupils
        .iter()
        .map(crate::school::store::Pupil::full_name)
        .collect();
    let labels = grid_labels(&names, usize::MAX);
    lesson
        .pupils
        .iter()
        .zip(labels)
        .map(|(pupil, label)| {
            let alone = lesson.pupils.iter().filter(|it| it.surname == pupil.surname).count() == 1;
            (pupil.id, if alone { pupil.surname.clone() } else { label })
        })
        .collect()
}

/// The label of a pupil in the grid: «Ким М.».
pub fn grid_name(lesson: &Lesson, pupil: PersonId) -> String {
    let names: Vec<FullName> = lesson
        .pupils
        .iter()
        .map(crate::school::store::Pupil::full_name)
        .collect();
    let idx = lesson.pupils.iter().position(|it| it.id == pupil);
    idx.map(|idx| grid_label(&names, idx, 24)).unwrap_or_default()
}

/// The word at the top after a press in the grid: «Ким М. — н», «Снято: Ким М., 5».
pub fn cell_toast(locale: Locale, lesson: &Lesson, pupil: PersonId, change: Change) -> String {
    let name = grid_name(lesson, pupil);
    match change {
        Change::Sign(Some(it)) => plain!(locale, "lessons.toast.set", name = name, value = sign(locale, it)),
        Change::Sign(None) => plain!(locale, "lessons.toast.present", name = name),
        Change::Put(it) | Change::PutPresent(it) => {
            plain!(locale, "lessons.toast.set", name = name, value = value(locale, it))
        }
        Change::PutLater(it) => plain!(locale, "lessons.toast.later", name = name, value = value(locale, it)),
        Change::Add(it) => plain!(locale, "lessons.toast.added", name = name, value = value(locale, it)),
        Change::Take(it) => plain!(locale, "lessons.toast.taken", name = name, value = value(locale, it)),
        Change::Replace(from, to) => {
            plain!(
                locale,
                "lessons.toast.replaced",
                name = name,
                former = value(locale, from),
                value = value(locale, to)
            )
        }
    }
}

/// The word at the top after «Отменить».
pub fn undo_toast(locale: Locale, lesson: &Lesson, lines: &[Line]) -> String {
    let Some(line) = lines.last() else { return String::new() };
    let what = match line.field.as_str() {
        "topic" => plain!(locale, "lessons.field.topic"),
        "homework" => plain!(locale, "lessons.field.homework"),
        "kind" => plain!(locale, "lessons.field.kind"),
        "taken" => plain!(locale, "lessons.field.attendance"),
        "sign" if lines.len() > 1 => plain!(locale, "lessons.field.attendance"),
        "sign" => {
            let it = Sign::of(&line.later).map_or_else(|| plain!(locale, "lessons.present"), |it| sign(locale, it));
            format!("{} — {it}", grid_name(lesson, line.pupil_id))
        }
        super::comments::FIELD => plain!(locale, "lessons.field.comment"),
        super::enclosed::FIELD => plain!(locale, "lessons.field.enclosed"),
        _ => {
            let marks = super::cell::marks_of(&line.later);
            let shown: Vec<String> = marks.iter().map(|mark| value(locale, mark.value)).collect();
            let shown = if shown.is_empty() {
                plain!(locale, "lessons.no_mark")
            } else {
                shown.join(" ")
            };
            format!("{} — {shown}", grid_name(lesson, line.pupil_id))
        }
    };
    plain!(locale, "lessons.toast.undone", what = what)
}
