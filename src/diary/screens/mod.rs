//! Screens of the diary: state in, screen out. Words are in `locales/diary.yml`.

pub mod charts;
pub mod day;
pub mod lesson;
pub mod marks;
pub mod month;
pub mod outlook;
pub mod past;
#[cfg(test)]
pub mod samples;
pub mod tasks;
pub mod timetable;
pub mod week;

use chrono::NaiveDate;

use super::press::View;
use super::{Child, Eye, Page};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::Kind;
use crate::lessons::cell::{Cell, Mark, Sign};
use crate::lessons::screens::{kind, sign, value};
use crate::words::names::shorten;
use crate::words::{Html, Locale, dates, html, plain};

/// The longest name in a text; a longer one ends with «…».
const NAME: usize = 60;

/// What a page is, for its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Title {
    Diary,
    Marks,
    Homework,
    Timetable,
    Bells,
    Charts,
    Absences,
}

impl Title {
    fn code(self) -> &'static str {
        match self {
            Self::Diary => "diary",
            Self::Marks => "marks",
            Self::Homework => "homework",
            Self::Timetable => "timetable",
            Self::Bells => "bells",
            Self::Charts => "charts",
            Self::Absences => "absences",
        }
    }
}

/// «Отметки · Анна, 7А · II четверть» in bold; a pupil reads «Мои отметки · II четверть».
fn heading(locale: Locale, page: &Page, title: Title, rest: &str) -> String {
    let name = match page.eye {
        Eye::Own => crate::words::text(locale, &format!("diary.own.{}", title.code()), &[]),
        Eye::Family | Eye::Staff => crate::words::text(
            locale,
            &format!("diary.title.{}", title.code()),
            &[("who", &who(&page.child))],
        ),
    };
    let parts: Vec<&str> = [name.as_str(), rest].into_iter().filter(|it| !it.is_empty()).collect();
    format!("<b>{}</b>", crate::words::escape(&parts.join(" · ")))
}

/// «Анна, 7А»; with the school where the reader's children are in two.
pub fn who(child: &Child) -> String {
    let mut who = shorten(&child.name, NAME);
    if let Some(school) = &child.school {
        who = format!("{who} ({})", shorten(school, NAME));
    }
    if child.class.is_empty() {
        who
    } else {
        format!("{who}, {}", child.class)
    }
}

/// The first row where there are several children: «✓ Анна, 7А», «Пётр, 3Б».
pub fn children<P: crate::chat::Pressable>(
    screen: Screen,
    chosen: PersonId,
    children: &[Child],
    to: impl Fn(PersonId) -> P,
) -> Screen {
    if children.len() < 2 {
        return screen;
    }
    // The school's name needs the whole width.
    let columns = if children.iter().any(|it| it.school.is_some()) {
        1
    } else {
        2
    };
    let buttons: Vec<Button> = children
        .iter()
        .map(|child| Button::new(child_label(child, child.id == chosen, columns), &to(child.id)))
        .collect();
    // An odd one has the row for itself and still fits the column.
    screen.grid(&buttons, columns)
}

/// Of a label that is too long the name is cut, not what tells the children apart.
pub fn child_label(child: &Child, chosen: bool, columns: usize) -> String {
    let width = limits::label_width(columns);
    let sign = if chosen { "✓ " } else { "" };
    let mut tail = String::new();
    if !child.class.is_empty() {
        tail = format!(", {}", child.class);
    }
    if let Some(school) = &child.school {
        tail = shorten(&format!("{tail} · {school}"), width / 2 + 4);
    }
    let left = width.saturating_sub(sign.chars().count() + tail.chars().count());
    format!("{sign}{}{tail}", shorten(&child.name, left))
}

/// «Меню», with the child that was chosen.
fn menu(locale: Locale, page: &Page) -> Button {
    let door = if page.eye == Eye::Family && page.children.len() > 1 {
        Door::Child(page.child.id)
    } else {
        Door::Menu
    };
    Button::door(plain!(locale, "nav.menu"), door)
}

/// The last rows: what a page has of its own, and the ways out. Staff go back to the class from which they came.
fn foot(locale: Locale, page: &Page, screen: Screen, own: impl IntoIterator<Item = Button>) -> Screen {
    let menu = menu(locale, page);
    match page.class {
        Some(class) => {
            let class = Button::door(plain!(locale, "diary.button.to_class"), Door::Class(class, 0));
            screen.row(own).row([class, menu])
        }
        None => screen.row(own.into_iter().chain([menu])),
    }
}

/// «4 (диктант)»; an answer needs no word.
fn mark_with_kind(locale: Locale, mark: Mark) -> String {
    if mark.kind == Kind::Answer {
        return value(locale, mark.value);
    }
    mark_with_kind_always(locale, mark)
}

/// «4 (ответ)».
fn mark_with_kind_always(locale: Locale, mark: Mark) -> String {
    plain!(
        locale,
        "diary.mark",
        value = value(locale, mark.value),
        kind = kind(locale, mark.kind)
    )
}

/// «5к»: the letter of the kind follows the mark.
fn mark_with_letter(locale: Locale, mark: Mark) -> String {
    let mut said = value(locale, mark.value);
    if mark.kind != Kind::Answer {
        said.push_str(&letter(locale, mark.kind));
    }
    said
}

fn letter(locale: Locale, kind: Kind) -> String {
    crate::words::text(locale, &format!("diary.letter.{}", kind.code()), &[])
}

/// «4, 5», «н», «н/4», «о, 4»; empty for a cell that is.
fn cell(locale: Locale, cell: &Cell, mark: impl Fn(Locale, Mark) -> String) -> String {
    let marks: Vec<String> = cell.marks.iter().map(|it| mark(locale, *it)).collect();
    let marks = marks.join(", ");
    match cell.sign {
        None => marks,
        Some(it) if marks.is_empty() => sign(locale, it),
        Some(it) if it.is_away() => format!("{}/{marks}", sign(locale, it)),
        Some(it @ (Sign::Late | Sign::Absent | Sign::Ill | Sign::Excused)) => format!("{}, {marks}", sign(locale, it)),
    }
}

/// «Английский язык, гр. 2».
fn subject(planned: &crate::timetable::Planned) -> String {
    let load = &planned.load;
    let group = load
        .group_title
        .as_ref()
        .map(|it| format!(", {it}"))
        .unwrap_or_default();
    format!("{}{group}", load.subject)
}

/// A text of the school in one line and no longer than there is room.
fn one_line(text: &str, room: usize) -> String {
    shorten(&text.replace('\n', " "), room)
}

/// How much room each of so many texts has on a screen.
fn room_for_each(count: usize) -> usize {
    const ALL: usize = 2400;
    (ALL / count.max(1)).clamp(30, 1000)
}

/// A lesson that isn't held, struck through with a word beside it; `None` for one that is.
fn not_held(locale: Locale, planned: &crate::timetable::Planned, head: &str) -> Option<String> {
    use crate::timetable::Standing;
    let struck = Html(format!("<s>{}</s>", crate::words::escape(head)));
    match planned.standing {
        Standing::Cancelled => Some(html!(locale, "diary.cancelled", lesson = struck)),
        Standing::MovedAway => Some(html!(locale, "diary.moved", lesson = struck)),
        Standing::Held | Standing::Absent => None,
    }
}

/// Buttons by the lessons' numbers, in one row or two; those that aren't held have nothing to open.
fn lesson_buttons(screen: Screen, page: &Page, entries: &[super::Entry], back: super::press::Back) -> Screen {
    let mut buttons: Vec<Button> = Vec::new();
    for entry in entries.iter().filter(|it| it.is_held()) {
        let key = entry.planned.key;
        buttons.push(Button::new(
            key.number.to_string(),
            &View::Lesson(page.child.id, key, back),
        ));
    }
    screen.grid(&buttons, limits::ROW)
}

/// «‹ пн 23», «Неделя», «ср 25 ›».
fn day_row(locale: Locale, day: &super::Day, to: impl Fn(NaiveDate) -> View, week: &View) -> Vec<Button> {
    let (former, next) = neighbours(day);
    let former = former.map(|it| day_arrow(locale, it, false, &to(it)));
    let next = next.map(|it| day_arrow(locale, it, true, &to(it)));
    let week = Button::new(plain!(locale, "diary.button.week"), week);
    former.into_iter().chain([week]).chain(next).collect()
}

/// A week's days, then the weeks beside it.
fn week_rows(
    screen: Screen,
    locale: Locale,
    week: &week::Week,
    day: impl Fn(NaiveDate) -> View,
    to: impl Fn(NaiveDate) -> View,
) -> Screen {
    let days = week.days();
    let days = days
        .iter()
        .map(|it| Button::new(dates::weekday(locale, *it), &day(*it)));
    let (former, next) = week_arrows(week.year, week.monday);
    let former = former.map(|it| week_arrow(it, false, &to(it)));
    let next = next.map(|it| week_arrow(it, true, &to(it)));
    screen.row(days).row(former.into_iter().chain(next))
}

/// «‹ пн 23», «ср 25 ›» within the school year.
fn day_arrow(locale: Locale, label: NaiveDate, forward: bool, to: &View) -> Button {
    let day = dates::day_of_month(locale, label);
    Button::new(
        if forward {
            format!("{day} ›")
        } else {
            format!("‹ {day}")
        },
        to,
    )
}

/// The neighbouring days that lie in the school year.
fn neighbours(day: &super::Day) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let inside = |it: &NaiveDate| day.year.is_none_or(|year| year.holds(*it));
    (
        super::neighbour(day.date, false).filter(inside),
        super::neighbour(day.date, true).filter(inside),
    )
}

/// The neighbouring weeks that touch the school year, by their Mondays.
pub(super) fn week_arrows(year: crate::school::Span, monday: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let week = chrono::Days::new(7);
    (
        monday.checked_sub_days(week).filter(|_| monday > year.starts),
        monday.checked_add_days(week).filter(|next| *next <= year.ends),
    )
}

/// «‹ 16–20.11».
pub(super) fn week_arrow(monday: NaiveDate, forward: bool, to: &View) -> Button {
    let friday = monday.checked_add_days(chrono::Days::new(4)).unwrap_or(monday);
    let days = dates::days(monday, friday);
    Button::new(
        if forward {
            format!("{days} ›")
        } else {
            format!("‹ {days}")
        },
        to,
    )
}

/// Why there is nothing on a day, or that another day was asked for.
fn standing(locale: Locale, screen: &mut Screen, day: &super::Day, today: NaiveDate) {
    match day.standing {
        super::Standing::NoClass => screen.line(&html!(locale, "diary.no_class")),
        super::Standing::Holidays(end) if day.entries.is_empty() => {
            screen.line(&html!(locale, "diary.holidays", day = dates::day(locale, end, today)));
        }
        super::Standing::Clamped => screen.line(&html!(locale, "diary.clamped")),
        super::Standing::Usual | super::Standing::Holidays(_) => {}
    }
    if day.entries.is_empty() && matches!(day.standing, super::Standing::Usual | super::Standing::Clamped) {
        screen.line(&html!(locale, "diary.no_lessons"));
    }
}
