//! N1: several classes, picked pupils, who of their families, and the staff by what they do.

use super::write::{names_of, whom};
use super::{menu, to_whom};
use crate::announcements::press::{Act, View};
use crate::chat::{Button, Screen, limits};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::Person;
use crate::people::passes::{Class, screens::turning};
use crate::people::reach::{Audience, Kin, Title};
use crate::words::names::{FullName, grid_labels, shorten};
use crate::words::{Locale, dates, html, plain};

/// Buttons on a page.
const PAGE: usize = 40;

/// Which classes of a school.
pub fn several(locale: Locale, school: SchoolId, (classes, ticked): (&[Class], &[ClassId]), page: u8) -> Screen {
    let ticked: Vec<ClassId> = classes
        .iter()
        .map(|it| it.id)
        .filter(|it| ticked.contains(it))
        .collect();
    let page = at_most(page, classes.len());
    let buttons: Vec<Button> = classes
        .iter()
        .skip(usize::from(page) * PAGE)
        .take(PAGE)
        .map(|class| {
            let on = ticked.contains(&class.id);
            let act = Act::Tick(school, class.id, !on, page);
            Button::new(marked(on, &class.name), &act)
        })
        .collect();
    let is_all = ticked.len() == classes.len();
    let all = if is_all {
        plain!(locale, "announcements.button.untick")
    } else {
        plain!(locale, "announcements.button.every_class")
    };
    Screen::new(html!(
        locale,
        "announcements.several",
        n = ticked.len(),
        of = classes.len()
    ))
    .grid(&buttons, 4)
    .row(turning(page, classes.len(), PAGE, |it| View::Several(school, it)))
    .row(on_from(
        locale,
        Button::new(all, &Act::TickAll(school, !is_all)),
        ticked.len(),
    ))
    .row([to_whom(locale), menu(locale)])
}

/// Which pupils of a class.
pub fn pick(locale: Locale, class: &Class, (pupils, ticked): (&[Person], &[PersonId]), page: u8) -> Screen {
    let n_ticked = pupils.iter().filter(|it| ticked.contains(&it.id)).count();
    let page = at_most(page, pupils.len());
    let names: Vec<FullName> = pupils.iter().map(|it| it.name.clone()).collect();
    let labels = grid_labels(&names, limits::label_width(2) - 2);
    let buttons: Vec<Button> = pupils
        .iter()
        .zip(labels)
        .skip(usize::from(page) * PAGE)
        .take(PAGE)
        .map(|(pupil, label)| {
            let on = ticked.contains(&pupil.id);
            let act = Act::Pick(class.id, pupil.id, !on, page);
            Button::new(marked(on, &label), &act)
        })
        .collect();
    let is_all = n_ticked == pupils.len() && !pupils.is_empty();
    let all = if is_all {
        plain!(locale, "announcements.button.untick")
    } else {
        plain!(locale, "announcements.button.every_pupil")
    };
    Screen::new(html!(
        locale,
        "announcements.pick",
        class = class.name,
        n = n_ticked,
        of = pupils.len()
    ))
    .grid(&buttons, 2)
    .row(turning(page, pupils.len(), PAGE, |it| View::Pick(class.id, it)))
    .row(on_from(
        locale,
        Button::new(all, &Act::PickAll(class.id, !is_all)),
        n_ticked,
    ))
    .row([to_whom(locale), menu(locale)])
}

fn at_most(page: u8, all: usize) -> u8 {
    let last = all.saturating_sub(1) / PAGE;
    page.min(u8::try_from(last).unwrap_or(u8::MAX))
}

fn marked(on: bool, label: &str) -> String {
    if on { format!("✓ {label}") } else { label.to_owned() }
}

/// All or none, and the way on once somebody is ticked.
fn on_from(locale: Locale, all: Button, n: usize) -> Vec<Button> {
    let next = (n > 0).then(|| {
        let label = plain!(locale, "announcements.button.next", n = n);
        Button::new(label, &View::Ticked)
    });
    std::iter::once(all).chain(next).collect()
}

/// Who of the families of what is ticked.
pub fn ticked(locale: Locale, titles: &[Title], counts: &[(Kin, usize)], back: View) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.ticked", whom = names_of(locale, titles)));
    for (kin, n) in counts {
        let label = match kin {
            Kin::Parents => plain!(locale, "announcements.button.parents"),
            Kin::Pupils => plain!(locale, "announcements.button.pupils"),
            Kin::Families => plain!(locale, "announcements.button.families"),
        };
        screen = screen.row([Button::new(counted(&label, *n), &Act::To(*kin))]);
    }
    screen.row([Button::new(plain!(locale, "nav.back"), &back), menu(locale)])
}

/// Who of the staff.
pub fn posts(locale: Locale, posts: &[(Audience, Title, usize)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.whom"));
    for (audience, title, n) in posts {
        let label = whom(locale, *audience, title);
        screen = screen.row([Button::new(counted(&label, *n), &Act::Begin(*audience))]);
    }
    screen.row([to_whom(locale), menu(locale)])
}

/// The number of people says more than the end of a long name.
fn counted(label: &str, n: usize) -> String {
    let n = format!(" · {}", dates::number(i64::try_from(n).unwrap_or(i64::MAX)));
    shorten(label, limits::label_width(1) - n.chars().count()) + &n
}
