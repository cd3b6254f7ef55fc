//! P6: a week of the diary, a line a day: what was earned and what was missed.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Title, cell, children, foot, heading, mark_with_letter, week_rows};
use crate::chat::{Button, Screen};
use crate::diary::press::View;
use crate::diary::signature::{self, Signing};
use crate::diary::{Entry, Page};
use crate::lessons::cell::Sign;
use crate::school::Span;
use crate::words::{Locale, dates, escape, html, plain};

/// A week.
#[derive(Clone, Debug)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// The school year.
    pub year: Span,
    /// Its lessons in order.
    pub entries: Vec<Entry>,
    /// The last day of the holidays that all of it is in.
    pub holidays_end: Option<NaiveDate>,
}

impl Week {
    /// The days with lessons.
    pub fn days(&self) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.entries.iter().map(|it| it.planned.key.date).collect();
        days.dedup();
        days
    }

    /// «16–20.11»: to Friday, or to the last day with lessons.
    pub fn title(&self) -> String {
        let friday = self
            .monday
            .checked_add_days(chrono::Days::new(4))
            .unwrap_or(self.monday);
        let last = self.days().last().copied().unwrap_or(friday).max(friday);
        dates::days(self.monday, last)
    }
}

/// P6.
pub fn week(locale: Locale, page: &Page, week: &Week, signing: Option<&Signing>, zone: Tz) -> Screen {
    let today = page.now.date();
    let pupil = page.child.id;
    let mut screen = Screen::new(heading(locale, page, Title::Diary, &week.title()));
    let marks: usize = week.entries.iter().map(|it| it.cell.marks.len()).sum();
    let away = week
        .entries
        .iter()
        .filter(|it| it.cell.sign.is_some_and(Sign::is_away))
        .count();
    if week.entries.is_empty() {
        screen.line(&match week.holidays_end {
            Some(end) => html!(locale, "diary.holidays", day = dates::day(locale, end, today)),
            None => html!(locale, "diary.no_lessons"),
        });
    } else {
        screen.line(&html!(locale, "diary.week.counts", marks = marks, away = away));
    }
    for day in week.days() {
        let earned: Vec<String> = week
            .entries
            .iter()
            .filter(|it| it.planned.key.date == day)
            .filter_map(|it| {
                let said = cell(locale, &it.cell, mark_with_letter);
                (!said.is_empty()).then(|| {
                    let subject = super::one_line(&it.planned.load.subject.to_lowercase(), 40);
                    format!("{subject} {said}")
                })
            })
            .collect();
        if !earned.is_empty() {
            let day = dates::weekday(locale, day);
            screen.line(&escape(&format!("{day}: {}", earned.join(", "))));
        }
    }
    if let Some(signing) = signing
        && let Some(said) = signature::screens::said(locale, &signing.signed, (today, zone))
    {
        screen.line(&said);
    }
    screen = children(screen, pupil, &page.children, |id| View::Week(id, Some(week.monday)));
    screen = screen.row(signature::screens::button(locale, page, week.monday, signing));
    screen = week_rows(
        screen,
        locale,
        week,
        |it| View::Day(pupil, Some(it)),
        |it| View::Week(pupil, Some(it)),
    );
    let today = Button::new(plain!(locale, "diary.button.today"), &View::Day(pupil, None));
    foot(locale, page, screen, [today])
}
