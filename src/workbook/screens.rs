//! I1–I3: how data are loaded, what a check found, what became of a workbook.

use chrono_tz::Tz;

use super::press::{Act, View};
use super::{Counts, Found, Load, State, Workbook};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::SchoolId;
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, escape, html, plain, visible};

/// Loads on a page.
pub const PAGE: i64 = 10;
/// Problems that a message lists; the file with marks has all.
pub const LISTED: usize = 8;
/// How long a line of a check may be, and all of them together, in signs.
const LINE: usize = 350;
const LINES: usize = 3_000;

/// How data are loaded.
pub fn home(locale: Locale, (school, title): (SchoolId, &str), last: Option<&Load>, zone: Tz) -> Screen {
    let mut screen = Screen::new(html!(locale, "workbook.home", school = title));
    match last {
        Some(load) => screen.line(&html!(locale, "workbook.last", load = told(locale, load, zone))),
        None => screen.line(&html!(locale, "workbook.never")),
    }
    screen
        .row([
            Button::new(plain!(locale, "workbook.button.template"), &Act::Template(school)),
            Button::new(plain!(locale, "workbook.button.loads"), &View::Loads(school, 0)),
        ])
        .row([menu(locale)])
}

/// What was loaded when.
pub fn loads(
    locale: Locale,
    (school, title): (SchoolId, &str),
    (loads, all, page): (&[Load], i64, u8),
    zone: Tz,
) -> Screen {
    let mut screen = Screen::new(html!(locale, "workbook.loads", school = title));
    if loads.is_empty() {
        screen.line(&html!(locale, "workbook.never"));
    }
    for load in loads {
        screen.line(&escape(&told(locale, load, zone)));
    }
    let mut turning = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        turning.push(Button::new(plain!(locale, "nav.later"), &View::Loads(school, before)));
    }
    if let Some(after) = page.checked_add(1).filter(|it| i64::from(*it) * PAGE < all) {
        turning.push(Button::new(plain!(locale, "nav.earlier"), &View::Loads(school, after)));
    }
    let send_back = Button::new(plain!(locale, "workbook.button.send_back"), &Act::SendBack(school));
    let home = Button::new(plain!(locale, "workbook.button.home"), &View::Home(school));
    let screen = screen.row(turning);
    let screen = if loads.is_empty() {
        screen
    } else {
        screen.row([send_back])
    };
    screen.row([home, menu(locale)])
}

/// A workbook was confirmed when all of it had been loaded by somebody else.
pub fn same_meanwhile(locale: Locale, book: &Workbook, last: Option<&Load>, zone: Tz) -> Screen {
    let mut screen = Screen::new(html!(locale, "workbook.same", name = book.name));
    if let Some(last) = last {
        screen.line(&html!(locale, "workbook.meanwhile", load = told(locale, last, zone)));
    }
    let home = Button::new(plain!(locale, "workbook.button.home"), &View::Home(book.school));
    screen.row([home, menu(locale)])
}

fn told(locale: Locale, load: &Load, zone: Tz) -> String {
    let (day, time) = dates::day_and_time(locale, load.at, zone);
    let by = load.by.clone();
    let name = Some(load.name.clone()).filter(|it| !it.is_empty());
    let name = name.unwrap_or_else(|| plain!(locale, "workbook.unnamed"));
    plain!(
        locale,
        "workbook.load",
        day = day,
        time = time,
        by = by.unwrap_or_else(|| plain!(locale, "workbook.server")),
        name = name,
        added = load.counts.added,
        changed = load.counts.changed,
        removed = load.counts.removed
    )
}

/// What became of a workbook, whoever asks and whenever.
pub fn book(locale: Locale, book: &Workbook) -> Screen {
    let name = book.name.as_str();
    let counted = |key: &str| {
        let Counts {
            added,
            changed,
            removed,
        } = book.found.counts;
        html!(
            locale,
            key,
            name = name,
            added = added,
            changed = changed,
            removed = removed
        )
    };
    let home = Button::new(plain!(locale, "workbook.button.home"), &View::Home(book.school));
    let screen = match book.state {
        State::Refused => return refused(locale, book),
        State::Checked => return checked(locale, book, false),
        State::Checking | State::Loading => {
            let key = if book.state == State::Checking {
                "workbook.checking"
            } else {
                "workbook.loading"
            };
            let how = Button::new(plain!(locale, "workbook.button.how"), &View::Book(book.id));
            Screen::new(html!(locale, key, name = name)).row([how])
        }
        State::Same => Screen::new(html!(locale, "workbook.same", name = name)),
        State::Loaded => {
            let mut screen = Screen::new(counted("workbook.is_loaded"));
            screen.line(&html!(locale, "workbook.next"));
            screen
        }
        State::Dropped => Screen::new(html!(locale, "workbook.dropped", name = name)),
        State::Failed => Screen::new(html!(locale, "workbook.failed", name = name)),
        State::Forgotten => Screen::new(html!(locale, "workbook.forgotten", name = name)),
    };
    screen.row([home, menu(locale)])
}

/// I1: what is to be mended: the first places here, all of them in the file with marks.
pub fn refused(locale: Locale, book: &Workbook) -> Screen {
    let Found {
        problems: n,
        marks,
        asks_renamed,
        ..
    } = book.found;
    let mut screen = Screen::new(html!(locale, "workbook.check", name = book.name));
    screen.line(&escape(&count(locale, "workbook.mend", n)));
    let shown = lines(&mut screen, book.found.told.lines().take(LISTED));
    let more = n - i64::try_from(shown).unwrap_or(n);
    if shown > 0 && more > 0 {
        screen.line(&escape(&count(locale, "import.more", more)));
    }
    screen.line(&html!(locale, "workbook.again"));
    if asks_renamed {
        let label = plain!(locale, "workbook.button.renamed");
        screen = screen.row([Button::new(label, &Act::Renamed(book.id))]);
    }
    if marks > 0 {
        let label = plain!(locale, "workbook.button.marks");
        screen = screen.row([Button::new(label, &Act::Mark(book.id))]);
    }
    screen.row([drop(locale, book)])
}

/// I2: all is well; what would happen, by kind, and what somebody should look at.
pub fn checked(locale: Locale, book: &Workbook, is_again: bool) -> Screen {
    let mut screen = Screen::new(html!(locale, "workbook.check", name = book.name));
    if is_again {
        screen.line(&html!(locale, "workbook.changed_meanwhile"));
    }
    let counts = happening(locale, &book.found.counts, |what| format!("import.brief.{what}"));
    screen.line(&html!(locale, "workbook.would", counts = counts));
    let told = &book.found.told;
    if lines(&mut screen, told.lines()) < told.lines().count() {
        screen.line(&html!(locale, "workbook.not_all"));
    }
    screen.line(&html!(locale, "workbook.waits"));
    let counts = happening(locale, &book.found.counts, |what| format!("workbook.to_do.{what}"));
    let counted = plain!(locale, "workbook.button.load_counts", counts = counts);
    let label = if counted.chars().count() > limits::label_width(1) {
        plain!(locale, "workbook.button.load")
    } else {
        counted
    };
    screen
        .row([Button::new(label, &Act::Load(book.id))])
        .row([drop(locale, book)])
}

/// «новых 116, изменится 4»: what happens to any records at all.
fn happening(locale: Locale, counts: &Counts, key: impl Fn(&str) -> String) -> String {
    let all = [
        ("new", counts.added),
        ("changed", counts.changed),
        ("removed", counts.removed),
    ];
    let parts = all.into_iter().filter(|(_, n)| *n > 0);
    let parts: Vec<String> = parts
        .map(|(what, n)| crate::words::text(locale, &key(what), &[("n", &dates::number(n))]))
        .collect();
    parts.join(", ")
}

/// I3: it is in the journal.
pub fn loaded(locale: Locale, book: &Workbook, time: &str) -> Screen {
    let Counts {
        added,
        changed,
        removed,
    } = book.found.counts;
    let mut screen = Screen::new(html!(
        locale,
        "workbook.loaded",
        time = time,
        name = book.name,
        added = added,
        changed = changed,
        removed = removed
    ));
    screen.line(&html!(locale, "workbook.next"));
    screen.row([menu(locale)])
}

/// Words under the file with marks.
pub fn marked(locale: Locale) -> Screen {
    Screen::new(html!(locale, "workbook.marked"))
}

/// Words under the empty workbook.
pub fn template(locale: Locale) -> Screen {
    Screen::new(html!(locale, "workbook.template"))
}

/// Words under the workbook that was loaded last.
pub fn sent_back(locale: Locale, name: &str) -> Screen {
    Screen::new(html!(locale, "workbook.sent_back", name = name))
}

/// Adds as many lines as a message holds; how many.
fn lines<'a>(screen: &mut Screen, all: impl Iterator<Item = &'a str>) -> usize {
    let mut shown = 0;
    for line in all {
        let line = shorten(line, LINE);
        if visible(&screen.text).chars().count() + line.chars().count() > LINES {
            break;
        }
        screen.line(&escape(&line));
        shown += 1;
    }
    shown
}

fn drop(locale: Locale, book: &Workbook) -> Button {
    Button::new(plain!(locale, "workbook.button.drop"), &Act::Drop(book.id))
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
