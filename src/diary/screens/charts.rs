//! Charts of a child: a picture with its words below, and the ways to the others.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use super::marks::{Marks, legend, rows, summary};
use super::{Title, children, foot, heading, one_line, who};
use crate::charts::Tone;
use crate::chat::{Button, Screen, limits};
use crate::diary::press::{Period, View};
use crate::diary::{Eye, Page, pictures};
use crate::ids::SubjectId;
use crate::lessons::cell::Sign;
use crate::lessons::screens::sign;
use crate::progress::{Signs, Standing};
use crate::school::Stretch;
use crate::words::{Locale, count, dates, escape, html, plain};

/// A child's signs over days.
#[derive(Clone, Debug)]
pub struct Absences {
    /// Day by day.
    pub signs: BTreeMap<NaiveDate, Signs>,
    /// Days on which attendance was taken.
    pub taken: BTreeSet<NaiveDate>,
    /// Which days.
    pub stretch: Stretch,
}

/// P8: the marks of a subject and their average.
pub fn course(locale: Locale, page: &Page, marks: &Marks, (subject, title): (SubjectId, &str), tone: Tone) -> Screen {
    let pupil = page.child.id;
    let mut parts = vec![one_line(title, 60)];
    if page.eye != Eye::Own {
        parts.push(who(&page.child));
    }
    parts.push(marks.title.clone());
    let title = parts.join(" · ");
    let given = &marks.given;
    let steps = crate::progress::course(given.iter().map(|it| (it.key.date, it.mark.value, it.mark.weight)));
    let mut screen = Screen::new(format!("<b>{}</b>", escape(&title)));
    if page.child.class.is_empty() {
        screen.line(&html!(locale, "diary.no_class"));
    } else if given.is_empty() {
        screen.line(&html!(locale, "diary.marks.none"));
    } else {
        screen.line(&summary(locale, given));
    }
    if !steps.is_empty() {
        screen = screen.picture(pictures::course(locale, &title, &steps, tone));
        let legend = escape(&legend(locale, given));
        if !legend.is_empty() {
            // Words that have no room stand on the subject's page.
            screen.lines_below(&[legend], |_| html!(locale, "diary.chart.more_kinds"));
        }
    }
    let to = |period, tone| View::Course(pupil, subject, period, tone);
    screen = children(screen, pupil, &page.children, |id| {
        View::Standings(id, marks.period, tone)
    });
    screen = super::marks::periods(locale, screen, (marks.period, &marks.former, &marks.next), |it| {
        to(it, tone)
    });
    screen = screen.row([
        Button::new(
            plain!(locale, "diary.button.standings"),
            &View::Standings(pupil, marks.period, tone),
        ),
        tone_button(locale, tone, &to(marks.period, tone.other())),
    ]);
    let back = Button::new(
        plain!(locale, "diary.button.to_subject"),
        &View::Subject(pupil, subject, marks.period, 0),
    );
    foot(locale, page, screen, [back])
}

/// All subjects against the class.
pub fn standings(
    locale: Locale,
    page: &Page,
    found: Option<(&[Standing], &Stretch)>,
    (period, tone): (Period, Tone),
) -> Screen {
    let pupil = page.child.id;
    let (standings, period_title) = found.map_or((&[][..], ""), |(it, stretch)| (it, stretch.title.as_str()));
    let mut screen = Screen::new(heading(locale, page, Title::Charts, period_title));
    if page.child.class.is_empty() {
        screen.line(&html!(locale, "diary.no_class"));
    } else if standings.is_empty() {
        screen.line(&html!(locale, "diary.marks.none"));
    } else {
        let title = plain_heading(&screen);
        screen = screen.picture(pictures::standings(locale, &title, standings, tone));
        let lines: Vec<String> = standings.iter().map(|it| standing_line(locale, it)).collect();
        screen.lines_below(&lines, |n| html!(locale, "progress.more", n = n));
    }
    let to = |period, tone| View::Standings(pupil, period, tone);
    screen = children(screen, pupil, &page.children, |id| View::Standings(id, period, tone));
    for row in rows(&standings.iter().map(|it| it.title.as_str()).collect::<Vec<_>>()) {
        let width = limits::label_width(row.len());
        let buttons = standings[row].iter().map(|it| {
            let view = View::Course(pupil, it.subject, period, tone);
            Button::new(one_line(&it.title, width), &view)
        });
        screen = screen.row(buttons);
    }
    if let Some((_, stretch)) = found {
        let beside = (period, &stretch.former, &stretch.next);
        screen = super::marks::periods(locale, screen, beside, |it| to(it, tone));
    }
    screen = screen.row([
        Button::new(
            plain!(locale, "progress.button.absences"),
            &View::Absences(pupil, period, tone),
        ),
        tone_button(locale, tone, &to(period, tone.other())),
    ]);
    let back = Button::new(plain!(locale, "diary.button.to_marks"), &View::Marks(pupil, period));
    foot(locale, page, screen, [back])
}

/// Absences as a calendar.
pub fn absences(locale: Locale, page: &Page, found: Option<&Absences>, (period, tone): (Period, Tone)) -> Screen {
    let pupil = page.child.id;
    let title = found.map(|it| it.stretch.title.as_str()).unwrap_or_default();
    let mut screen = Screen::new(heading(locale, page, Title::Absences, title));
    match found {
        _ if page.child.class.is_empty() => screen.line(&html!(locale, "diary.no_class")),
        Some(found) if !found.taken.is_empty() || !found.signs.is_empty() => {
            let title = plain_heading(&screen);
            let days = (found.stretch.span, page.now.date());
            let drawing = pictures::absences(locale, &title, (&found.signs, &found.taken), days, tone);
            screen = screen.picture(drawing);
            for line in absence_lines(locale, &found.signs) {
                screen.line(&line);
            }
        }
        _ => screen.line(&html!(locale, "progress.none")),
    }
    let to = |period, tone| View::Absences(pupil, period, tone);
    screen = children(screen, pupil, &page.children, |id| to_child(id, period, tone));
    if let Some(found) = found {
        let beside = (period, &found.stretch.former, &found.stretch.next);
        screen = super::marks::periods(locale, screen, beside, |it| to(it, tone));
    }
    screen = screen.row([
        Button::new(
            plain!(locale, "diary.button.standings"),
            &View::Standings(pupil, period, tone),
        ),
        tone_button(locale, tone, &to(period, tone.other())),
    ]);
    let back = Button::new(plain!(locale, "diary.button.to_marks"), &View::Marks(pupil, period));
    foot(locale, page, screen, [back])
}

fn to_child(id: crate::ids::PersonId, period: Period, tone: Tone) -> View {
    View::Absences(id, period, tone)
}

/// The heading of a screen as a picture says it.
fn plain_heading(screen: &Screen) -> String {
    crate::words::visible(&screen.text)
}

fn tone_button(locale: Locale, tone: Tone, other: &View) -> Button {
    let label = match tone {
        Tone::Light => plain!(locale, "progress.button.dark"),
        Tone::Dark => plain!(locale, "progress.button.light"),
    };
    Button::new(label, other)
}

/// «Алгебра: 4,43 · класс 4,00 (3,50–4,40)».
fn standing_line(locale: Locale, standing: &Standing) -> String {
    let title = one_line(&standing.title, 40);
    let hundredths = |n: i64| dates::hundredths(locale, n);
    let own = match standing.own {
        Some(own) => hundredths(own.weighted.hundredths()),
        None => plain!(locale, "diary.marks.too_few"),
    };
    match standing.class {
        None => escape(&format!("{title}: {own}")),
        Some(class) => html!(
            locale,
            "diary.chart.standing",
            title = title,
            own = own,
            median = hundredths(class.median),
            lower = hundredths(class.lower),
            upper = hundredths(class.upper)
        ),
    }
}

/// «н — 3 урока, дней 2»; a line for each sign that there is.
fn absence_lines(locale: Locale, signs: &BTreeMap<NaiveDate, Signs>) -> Vec<String> {
    let with = Sign::ALL.into_iter().enumerate().filter_map(|(idx, it)| {
        let lessons: i64 = signs.values().map(|day| day[idx]).sum();
        let days = signs.values().filter(|day| day[idx] > 0).count();
        (lessons > 0).then(|| {
            html!(
                locale,
                "diary.chart.absence",
                sign = sign(locale, it),
                name = pictures::sign_name(locale, it),
                lessons = count(locale, "count.lessons", lessons),
                days = days
            )
        })
    });
    let lines: Vec<String> = with.collect();
    if lines.is_empty() {
        return vec![html!(locale, "diary.chart.no_absences")];
    }
    lines
}
