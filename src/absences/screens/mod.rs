//! What families and tutors see of absences.

pub mod family;
pub mod letters;
pub mod tutor;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Absence, Days, Reason};
use crate::chat::{Button, Door};
use crate::words::{Locale, dates, plain, text};

/// A child as its family calls it.
#[derive(Clone, Debug)]
pub struct Child {
    /// Who.
    pub id: crate::ids::PersonId,
    /// «Анна».
    pub name: String,
    /// «7А»; empty for a child in no class.
    pub class: String,
}

/// The school's day and where its clocks stand.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    /// The day.
    pub date: NaiveDate,
    /// The zone.
    pub zone: Tz,
}

/// «болеет».
pub(super) fn reason(locale: Locale, it: Reason) -> String {
    text(locale, &format!("absences.reason.{}", it.code()), &[])
}

/// «Болеет», on a button.
fn reason_button(locale: Locale, it: Reason) -> String {
    text(locale, &format!("absences.reason_button.{}", it.code()), &[])
}

/// «вт 24.11», «24–27.11».
pub(super) fn period(locale: Locale, days: Days, today: NaiveDate) -> String {
    if days.from == days.to {
        dates::day(locale, days.from, today)
    } else {
        dates::days(days.from, days.to)
    }
}

/// «болеет: температура», as much of it as fits a line.
pub(super) fn said(locale: Locale, absence: &Absence) -> String {
    let why = reason(locale, absence.reason);
    if absence.words.is_empty() {
        why
    } else {
        format!("{why}: {}", crate::words::entries::one_line(&absence.words))
    }
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
