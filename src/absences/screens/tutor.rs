//! «Пропуски»: what isn't known, what families told, a month.

use chrono::{Datelike as _, Months, NaiveDate};
use std::collections::BTreeMap;

use super::super::press::{Act, View};
use super::super::{Absence, Reason, Run, Sum, Told};
use super::family::Shown;
use super::letters::missed;
use super::{Today, menu, period, reason, reason_button, said};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::people::passes::Class;
use crate::school::Span;
use crate::words::names::{FullName, grid_labels, shorten};
use crate::words::{Locale, count, dates, escape, html, plain};

/// Pupils on buttons of the page; the others wait until these have a reason.
const SHOWN: usize = 10;
/// Lines of a month's page.
const LINES: usize = 30;

/// The pupils of a class by how they are called in lists.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<PersonId, (String, String)>);

impl Names {
    /// Of these pupils.
    pub fn of(pupils: &[(PersonId, FullName)]) -> Self {
        let names: Vec<FullName> = pupils.iter().map(|it| it.1.clone()).collect();
        let labels = grid_labels(&names, limits::label_width(2));
        let named = pupils
            .iter()
            .zip(labels)
            .map(|((id, name), label)| (*id, (label, name.pupil())));
        Self(named.collect())
    }

    /// «Попов Д.».
    fn short(&self, pupil: PersonId) -> &str {
        self.0.get(&pupil).map_or("", |it| it.0.as_str())
    }

    /// «Попов Дмитрий».
    fn long(&self, pupil: PersonId) -> &str {
        self.0.get(&pupil).map_or("", |it| it.1.as_str())
    }
}

/// What the page is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// The class.
    pub class: &'p Class,
    /// Its pupils.
    pub names: &'p Names,
    /// Days without a reason.
    pub runs: &'p [Run],
    /// What families told and the tutor hasn't accepted.
    pub waiting: &'p [Absence],
    /// Who is known to be away today.
    pub known: &'p [Absence],
    /// The school's day.
    pub today: Today,
}

/// «Пропуски».
pub fn class(locale: Locale, page: Page<'_>) -> Screen {
    let today = page.today.date;
    let mut screen = Screen::new(html!(
        locale,
        "absences.class.heading",
        class = page.class.name,
        day = dates::day(locale, today, today)
    ));
    if page.runs.is_empty() && page.waiting.is_empty() {
        screen.line(&html!(locale, "absences.class.nothing"));
    }
    if !page.runs.is_empty() {
        screen.line(&html!(locale, "absences.class.unknown"));
    }
    for run in page.runs.iter().take(SHOWN) {
        let name = page.names.short(run.days.pupil);
        let days = missed(locale, run, today);
        screen.line(&if run.is_long() {
            let n = count(locale, "count.days", i64::try_from(run.n_days).unwrap_or(i64::MAX));
            html!(locale, "absences.class.long", name = name, n = n, days = days)
        } else {
            html!(locale, "absences.class.run", name = name, days = days)
        });
    }
    if page.runs.len() > SHOWN {
        screen.line(&html!(locale, "absences.class.more", n = page.runs.len() - SHOWN));
    }
    let line = |it: &Absence| {
        let name = page.names.short(it.pupil);
        let days = period(locale, it.days(), today);
        let what = shorten(&said(locale, it), 60);
        html!(locale, "absences.class.told", name = name, days = days, what = what)
    };
    if !page.waiting.is_empty() {
        screen.line(&html!(locale, "absences.class.waiting"));
    }
    for it in page.waiting.iter().take(SHOWN) {
        screen.line(&line(it));
    }
    if !page.known.is_empty() {
        screen.line(&html!(locale, "absences.class.known"));
    }
    for it in page.known.iter().take(SHOWN) {
        screen.line(&line(it));
    }
    let runs = page.runs.iter().take(SHOWN).map(|run| {
        let name = page.names.short(run.days.pupil);
        let day = dates::day_of_month(locale, run.days.to);
        let label = format!("• {name} · {day}");
        vec![Button::new(label, &View::Unknown(run.days))]
    });
    screen = runs.fold(screen, Screen::row);
    let waiting: Vec<Button> = page
        .waiting
        .iter()
        .take(SHOWN)
        .map(|it| {
            let label = format!("{} · {}", page.names.short(it.pupil), reason(locale, it.reason));
            Button::new(shorten(&label, limits::label_width(1)), &View::Read(it.id))
        })
        .collect();
    screen = screen.grid(&waiting, 1);
    if !page.runs.is_empty() {
        let label = plain!(locale, "absences.button.ask_all", n = page.runs.len());
        screen = screen.row([Button::new(label, &Act::AskAll(page.class.id))]);
    }
    let first = today.with_day(1).unwrap_or(today);
    screen
        .row([Button::new(
            plain!(locale, "absences.button.month"),
            &View::Month(page.class.id, first, 0),
        )])
        .row(foot(locale, page.class))
}

fn foot(locale: Locale, class: &Class) -> [Button; 2] {
    [
        Button::door(format!("‹ {}", class.name), Door::Class(class.id, 0)),
        menu(locale),
    ]
}

fn to_page(locale: Locale, class: &Class) -> [Button; 2] {
    [
        Button::new(plain!(locale, "absences.button.to_absences"), &View::Class(class.id)),
        menu(locale),
    ]
}

/// Days of a pupil without a reason: asked about, or noted.
pub fn unknown(locale: Locale, (class, pupil): (&Class, &str), run: &Run, asked: Option<&str>, today: Today) -> Screen {
    let mut screen = Screen::new(html!(locale, "absences.run.heading", pupil = pupil, class = class.name));
    screen.line(&escape(&missed(locale, run, today.date)));
    screen.line(&match asked {
        Some(time) => html!(locale, "absences.run.asked", time = time),
        None => html!(locale, "absences.run.unknown"),
    });
    let reasons: Vec<Button> = Reason::OF_TUTORS
        .into_iter()
        .map(|reason| {
            let told = Told { days: run.days, reason };
            Button::new(reason_button(locale, reason), &Act::Explain(told))
        })
        .collect();
    let last = reasons.len() - 1;
    screen
        .row([Button::new(plain!(locale, "absences.button.ask"), &Act::Ask(run.days))])
        .grid(&reasons[..last], 2)
        .row([reasons[last].clone()])
        .row(to_page(locale, class))
}

/// What a family told, as the tutor sees it.
pub fn read(locale: Locale, (class, pupil): (&Class, &str), shown: Shown<'_>) -> Screen {
    let it = shown.absence;
    let mut screen = Screen::new(html!(
        locale,
        "absences.single",
        who = pupil,
        days = period(locale, it.days(), shown.today.date),
        reason = reason(locale, it.reason)
    ));
    for line in shown.lines(locale) {
        screen.line(&line);
    }
    if it.accepted_at.is_none() && it.withdrawn_at.is_none() {
        screen = screen.row([Button::new(
            plain!(locale, "absences.button.accept"),
            &Act::Accept(it.id),
        )]);
    }
    if it.note.0.is_some() {
        let label = plain!(locale, "absences.button.show_note");
        screen = screen.row([Button::new(label, &Act::ShowNote(it.id))]);
    }
    screen.row(to_page(locale, class))
}

/// A month: lessons missed by pupil, and why.
#[derive(Clone, Copy, Debug)]
pub struct Month<'m> {
    /// The class.
    pub class: &'m Class,
    /// Its pupils.
    pub names: &'m Names,
    /// Its first day.
    pub first: NaiveDate,
    /// The school year.
    pub year: Span,
    /// What each missed.
    pub sums: &'m BTreeMap<PersonId, Sum>,
    /// Which page.
    pub page: u8,
}

/// «За месяц».
pub fn month(locale: Locale, it: Month<'_>) -> Screen {
    let title = format!("{} {}", dates::month(locale, it.first), it.first.year());
    let mut screen = Screen::new(html!(
        locale,
        "absences.month.heading",
        class = it.class.name,
        month = title
    ));
    let mut all = Sum::default();
    let mut rows: Vec<(PersonId, Sum)> = it.sums.iter().map(|(pupil, sum)| (*pupil, *sum)).collect();
    rows.sort_by_key(|(pupil, sum)| (std::cmp::Reverse(sum.all), it.names.long(*pupil).to_owned()));
    for (_, sum) in &rows {
        all.add(*sum);
    }
    if rows.is_empty() {
        screen.line(&html!(locale, "absences.month.nothing"));
    } else {
        screen.line(&html!(locale, "absences.month.all", what = counted(locale, all)));
    }
    let last = u8::try_from(rows.len().saturating_sub(1) / LINES).unwrap_or(u8::MAX);
    let page = it.page.min(last);
    for (pupil, sum) in rows.iter().skip(usize::from(page) * LINES).take(LINES) {
        let name = it.names.long(*pupil);
        screen.line(&html!(
            locale,
            "absences.month.line",
            name = name,
            what = counted(locale, *sum)
        ));
    }
    let at = |first, page| View::Month(it.class.id, first, page);
    let mut pages = Vec::new();
    if page > 0 {
        pages.push(Button::new(
            plain!(locale, "absences.button.former"),
            &at(it.first, page - 1),
        ));
    }
    if page < last {
        pages.push(Button::new(
            plain!(locale, "absences.button.next"),
            &at(it.first, page + 1),
        ));
    }
    let former = it
        .first
        .checked_sub_months(Months::new(1))
        .filter(|_| it.first > it.year.starts);
    let next = it
        .first
        .checked_add_months(Months::new(1))
        .filter(|next| *next <= it.year.ends);
    let former = former.map(|first| Button::new(format!("‹ {}", dates::month(locale, first)), &at(first, 0)));
    let next = next.map(|first| Button::new(format!("{} ›", dates::month(locale, first)), &at(first, 0)));
    screen
        .row(pages)
        .row(former.into_iter().chain(next))
        .row(to_page(locale, it.class))
}

/// «12 уроков: б 8, п 2, причина неизвестна 2».
fn counted(locale: Locale, sum: Sum) -> String {
    let lessons = count(locale, "count.lessons", sum.all);
    let parts: Vec<String> = [
        (sum.ill, plain!(locale, "absences.month.ill", n = sum.ill)),
        (sum.valid, plain!(locale, "absences.month.valid", n = sum.valid)),
        (
            sum.unexcused,
            plain!(locale, "absences.month.unexcused", n = sum.unexcused),
        ),
        (sum.unknown, plain!(locale, "absences.month.unknown", n = sum.unknown)),
    ]
    .into_iter()
    .filter_map(|(n, part)| (n > 0).then_some(part))
    .collect();
    format!("{lessons} · {}", parts.join(", "))
}
