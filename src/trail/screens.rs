//! The trail as it is read: a day of it, and whose.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::press::{View, Whose};
use super::{Entry, Line, What, store};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::{ClassId, SchoolId};
use crate::lessons::cell::{Sign, marks_of};
use crate::lessons::screens::{kind, sign, value};
use crate::people::Person;
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain, text};

/// Lines on a page.
const LINES: usize = 12;
/// People on a page.
const PEOPLE: usize = 24;

/// What a day is drawn from.
#[derive(Clone, Debug)]
pub struct Day {
    /// Whose school.
    pub school: SchoolId,
    /// Whose deeds.
    pub whose: Whose,
    /// How they are called.
    pub title: String,
    /// Which day.
    pub day: NaiveDate,
    /// The school's today.
    pub today: NaiveDate,
    /// The school's zone.
    pub zone: Tz,
    /// The newest first.
    pub lines: Vec<Line>,
    /// From 0.
    pub page: u8,
}

/// A day.
pub fn day(locale: Locale, it: &Day) -> Screen {
    let n_pages = it.lines.len().div_ceil(LINES).max(1);
    let page = usize::from(it.page).min(n_pages - 1);
    let shown = dates::day(locale, it.day, it.today);
    let mut screen = Screen::new(html!(locale, "trail.heading", title = it.title, day = shown));
    if it.lines.is_empty() {
        screen.line(&html!(locale, "trail.nothing"));
    }
    for line in it.lines.iter().skip(page * LINES).take(LINES) {
        screen.line(&drawn(locale, it, line));
    }
    if it.lines.len() >= store::MOST && page + 1 == n_pages {
        screen.line(&html!(locale, "trail.more"));
    }
    let at = |whose: Whose, day: NaiveDate, page: usize| {
        View::Day(it.school, whose, Some(day), u8::try_from(page).unwrap_or(u8::MAX))
    };
    let mut pages = Vec::new();
    if page > 0 {
        pages.push(Button::new(
            plain!(locale, "nav.later"),
            &at(it.whose, it.day, page - 1),
        ));
    }
    if page + 1 < n_pages {
        pages.push(Button::new(
            plain!(locale, "nav.earlier"),
            &at(it.whose, it.day, page + 1),
        ));
    }
    let mut days = Vec::new();
    if let Some(former) = it.day.checked_sub_days(Days::new(1)) {
        let label = format!("‹ {}", dates::day_of_month(locale, former));
        days.push(Button::new(label, &at(it.whose, former, 0)));
    }
    if let Some(next) = it.day.checked_add_days(Days::new(1)).filter(|next| *next <= it.today) {
        let label = format!("{} ›", dates::day_of_month(locale, next));
        days.push(Button::new(label, &at(it.whose, next, 0)));
    }
    let mut whose = vec![
        Button::new(plain!(locale, "trail.button.people"), &View::People(it.school, 0)),
        Button::new(plain!(locale, "trail.button.classes"), &View::Classes(it.school)),
    ];
    if it.whose != Whose::All {
        whose.insert(
            0,
            Button::new(plain!(locale, "trail.button.all"), &at(Whose::All, it.day, 0)),
        );
    }
    screen
        .row(pages)
        .row(days)
        .row(whose)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// «10:42 Смирнова Е. В.: 7А, алгебра, 3-й урок — Ким Михаил: н».
fn drawn(locale: Locale, day: &Day, line: &Line) -> String {
    let who = line.who.as_ref().map(|(_, name)| name.adult()).unwrap_or_default();
    let what = match &line.what {
        What::Entry(entry) => entry_line(locale, day, entry),
        What::Act(action, about) => {
            let told = text(locale, &format!("trail.act.{action}"), &[]);
            about
                .as_ref()
                .map_or(told.clone(), |name| format!("{told}: {}", name.whole()))
        }
    };
    html!(
        locale,
        "trail.line",
        time = dates::time(dates::local(line.at, day.zone).time()),
        who = who,
        what = what
    )
}

fn entry_line(locale: Locale, day: &Day, entry: &Entry) -> String {
    // The lesson's day is told only when it is another.
    let when = if entry.date == day.day {
        plain!(locale, "trail.lesson", number = entry.number)
    } else {
        let date = dates::day(locale, entry.date, day.today);
        plain!(locale, "trail.lesson_on", number = entry.number, day = date)
    };
    let lesson = format!("{}, {}, {when}", entry.audience, entry.subject.to_lowercase());
    let shown = |kept: &str| said(locale, &entry.field, kept);
    let change = match (shown(&entry.former), shown(&entry.later)) {
        // Told to be absent, and there.
        (None, None) if entry.field == "sign" && entry.former.is_empty() => Some(plain!(locale, "trail.there")),
        (None, None) => None,
        (None, Some(later)) => Some(later),
        (Some(former), None) => Some(format!("{former} → {}", plain!(locale, "trail.nothing_there"))),
        (Some(former), Some(later)) => Some(format!("{former} → {later}")),
    };
    let about = match &entry.pupil {
        Some(pupil) => pupil.pupil(),
        None => text(locale, &format!("trail.field.{}", entry.field), &[]),
    };
    match change {
        Some(change) => format!("{lesson} — {about}: {change}"),
        None => format!("{lesson} — {about}"),
    }
}

/// What a line of the history kept, in words; nothing for an empty place.
fn said(locale: Locale, field: &str, kept: &str) -> Option<String> {
    if kept.is_empty() {
        return None;
    }
    match field {
        "sign" => Sign::of(kept).map(|it| sign(locale, it)),
        "marks" => {
            let marks = marks_of(kept);
            let values: Vec<String> = marks.iter().map(|mark| value(locale, mark.value)).collect();
            (!values.is_empty()).then(|| values.join(" "))
        }
        "kind" => Some(kind(locale, crate::lessons::Kind::of(kept))),
        "topic" | "homework" => Some(format!("«{}»", shorten(kept, 60))),
        // Taken, finished: the field's own word says it.
        _ => None,
    }
}

/// Whose? The staff.
pub fn people(locale: Locale, school: SchoolId, staff: &[Person], page: u8) -> Screen {
    let n_pages = staff.len().div_ceil(PEOPLE).max(1);
    let page = usize::from(page).min(n_pages - 1);
    let buttons = staff.iter().skip(page * PEOPLE).take(PEOPLE).map(|it| {
        let label = shorten(&it.name.adult(), limits::label_width(2));
        Button::new(label, &View::Day(school, Whose::Person(it.id), None, 0))
    });
    let to = |page: usize| View::People(school, u8::try_from(page).unwrap_or(u8::MAX));
    let mut pages = Vec::new();
    if page > 0 {
        pages.push(Button::new(plain!(locale, "trail.button.former"), &to(page - 1)));
    }
    if page + 1 < n_pages {
        pages.push(Button::new(plain!(locale, "trail.button.next"), &to(page + 1)));
    }
    Screen::new(html!(locale, "trail.whose_person"))
        .grid(&buttons.collect::<Vec<_>>(), 2)
        .row(pages)
        .row(back(locale, school))
}

/// Whose? The classes.
pub fn classes(locale: Locale, school: SchoolId, classes: &[(ClassId, String)]) -> Screen {
    let buttons: Vec<Button> = classes
        .iter()
        .take(4 * 28)
        .map(|(id, name)| Button::new(name.clone(), &View::Day(school, Whose::Class(*id), None, 0)))
        .collect();
    let mut screen = Screen::new(html!(locale, "trail.whose_class")).grid(&buttons, 4);
    screen.rows.truncate(limits::ROWS - 1);
    screen.row(back(locale, school))
}

fn back(locale: Locale, school: SchoolId) -> [Button; 2] {
    [
        Button::new(
            plain!(locale, "trail.button.back"),
            &View::Day(school, Whose::All, None, 0),
        ),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ]
}

#[cfg(test)]
pub mod samples {
    //! Every screen of the trail.

    use super::*;
    use crate::ids::PersonId;
    use crate::words::names::FullName;

    fn name(surname: &str) -> FullName {
        FullName {
            surname: surname.to_owned(),
            name: "Yelizaveta".to_owned(),
            patronymic: "Konstantinovna".to_owned(),
        }
    }

    fn lines(n: usize) -> Vec<Line> {
        let at: chrono::DateTime<chrono::Utc> = "2026-11-24T00:40:00Z".parse().unwrap();
        let entry = |field: &str, pupil: bool, former: &str, later: &str| {
            What::Entry(Entry {
                audience: "7A".to_owned(),
                subject: "Algebra".to_owned(),
                date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
                number: 3,
                field: field.to_owned(),
                pupil: pupil.then(|| name("Aleksandrova-Konstantinopolskaya")),
                former: former.to_owned(),
                later: later.to_owned(),
            })
        };
        let all = [
            entry("topic", false, "", &"long ".repeat(60)),
            entry("marks", true, "", "4:answer:100"),
            entry("sign", true, "absent", ""),
            entry("finished", false, "", "true"),
            What::Act("entered".to_owned(), None),
            What::Act("took_pin_off".to_owned(), Some(name("Orlova"))),
        ];
        let line = |what: &What| Line {
            at,
            who: Some((PersonId(1), name("Smirnova"))),
            what: what.clone(),
        };
        all.iter().cycle().take(n).map(line).collect()
    }

    /// Screens with their names.
    pub fn samples(locale: Locale) -> Vec<(&'static str, Screen)> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let drawn = |n, whose, page| {
            let it = Day {
                school: SchoolId(1),
                whose,
                title: "School".to_owned(),
                day: today,
                today,
                zone: chrono_tz::UTC,
                lines: lines(n),
                page,
            };
            day(locale, &it)
        };
        let person = |id| Person {
            id: PersonId(id),
            school: SchoolId(1),
            name: name("Rimskaya-Korsakova"),
        };
        let staff: Vec<Person> = (0..70).map(person).collect();
        let names: Vec<(ClassId, String)> = (0..130).map(|id| (ClassId(id), format!("{}A", id % 11))).collect();
        vec![
            ("trail.day", drawn(20, Whose::All, 0)),
            ("trail.day_of_person", drawn(6, Whose::Person(PersonId(1)), 0)),
            ("trail.day_empty", drawn(0, Whose::Class(ClassId(1)), 3)),
            ("trail.day_full", drawn(store::MOST, Whose::All, 200)),
            ("trail.people", people(locale, SchoolId(1), &staff, 1)),
            ("trail.classes", classes(locale, SchoolId(1), &names)),
        ]
    }
}
