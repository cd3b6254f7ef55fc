//! A month of buttons, to choose a day from.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::collections::BTreeSet;

use super::{Title, children, foot, heading};
use crate::chat::{Button, Screen, limits};
use crate::diary::Page;
use crate::diary::press::View;
use crate::school::Span;
use crate::words::{Locale, dates, html, plain};

/// A month of a child's class.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// The school year.
    pub year: Span,
    /// The days on which there are lessons.
    pub school_days: BTreeSet<NaiveDate>,
}

/// Days with lessons can be pressed; the others are dots, so that the columns stay the weekdays.
pub fn month(locale: Locale, page: &Page, month: &Month) -> Screen {
    let pupil = page.child.id;
    let name = format!("{} {}", dates::month(locale, month.first), month.first.year());
    let mut screen = Screen::new(heading(locale, page, Title::Diary, &name));
    screen.line(&html!(locale, "diary.month.choose"));
    let here = View::Month(pupil, month.first);
    let dot = || Button::new("·", &here);
    let before = month.first.weekday().num_days_from_monday();
    let mut buttons: Vec<Button> = (0..before).map(|_| dot()).collect();
    let days = month
        .first
        .iter_days()
        .take_while(|day| day.month() == month.first.month());
    buttons.extend(days.map(|day| {
        if month.school_days.contains(&day) {
            Button::new(day.day().to_string(), &View::Day(pupil, Some(day)))
        } else {
            dot()
        }
    }));
    while !buttons.len().is_multiple_of(limits::ROW) {
        buttons.push(dot());
    }
    screen = children(screen, pupil, &page.children, |id| View::Month(id, month.first));
    screen = screen.grid(&buttons, limits::ROW);
    let former = month
        .first
        .checked_sub_days(Days::new(1))
        .filter(|it| *it >= month.year.starts);
    let next = month
        .first
        .checked_add_months(Months::new(1))
        .filter(|it| *it <= month.year.ends);
    let former = former.map(|it| Button::new(format!("‹ {}", dates::month(locale, it)), &View::Month(pupil, it)));
    let next = next.map(|it| Button::new(format!("{} ›", dates::month(locale, it)), &View::Month(pupil, it)));
    let today = Button::new(plain!(locale, "diary.button.today"), &View::Day(pupil, None));
    foot(locale, page, screen.row(former.into_iter().chain(next)), [today])
}
