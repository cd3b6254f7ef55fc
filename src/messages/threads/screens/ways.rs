//! To whom one can write: children, contacts, colleagues, classes, a family.

use super::{back_to_new, menu, to_list};
use crate::chat::{Button, Screen, limits};
use crate::ids::ClassId;
use crate::messages::threads::press::{Act, View};
use crate::messages::threads::{Contact, Tie};
use crate::people::Person;
use crate::people::passes::screens::turning;
use crate::school::store::Pupil;
use crate::words::names::{FullName, grid_labels, shorten};
use crate::words::{Locale, html, plain};

/// Names on a page.
const NAMES: usize = 20;
/// Pupils on a page.
const PUPILS: usize = 40;

/// To whom: one's children first, then the ways of staff.
pub fn new(locale: Locale, children: &[Person], (is_staff, colleagues): (bool, bool)) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.new"));
    if children.is_empty() && !is_staff {
        screen.line(&html!(locale, "threads.nobody"));
    }
    for child in children.iter().take(NAMES) {
        let label = plain!(locale, "threads.button.about_child", name = child.name.name);
        screen = screen.row([Button::new(
            shorten(&label, limits::label_width(1)),
            &View::Contacts(child.id),
        )]);
    }
    if is_staff {
        let mut row = vec![Button::new(plain!(locale, "threads.button.to_family"), &View::Classes)];
        if colleagues {
            let label = plain!(locale, "threads.button.to_colleague");
            row.push(Button::new(label, &View::Colleagues(0)));
        }
        screen = screen.row(row);
    }
    screen.row([to_list(locale), menu(locale)])
}

/// Who teaches, leads and oversees a child: a button each.
pub fn contacts(locale: Locale, child: &Person, contacts: &[Contact]) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.contacts", child = child.name.name));
    if contacts.is_empty() {
        screen.line(&html!(locale, "threads.nobody_open"));
    }
    let width = limits::label_width(1);
    for it in contacts.iter().take(limits::ROWS - 1) {
        let role = match (it.tie, &it.subject) {
            (Tie::Teacher, Some((_, title))) => title.to_lowercase(),
            (tie, _) => role(locale, tie),
        };
        let name = it.person.name.adult();
        let left = width.saturating_sub(name.chars().count() + 2);
        let label = shorten(&format!("{name}, {}", shorten(&role, left)), width);
        let subject = it.subject.as_ref().map(|(id, _)| *id);
        screen = screen.row([Button::new(label, &Act::Write(it.person.id, Some(child.id), subject))]);
    }
    screen.row([to_list(locale), menu(locale)])
}

fn role(locale: Locale, tie: Tie) -> String {
    let key = match tie {
        Tie::Tutor => "threads.tie.tutor",
        Tie::Teacher => "threads.tie.teacher",
        Tie::Head => "threads.tie.head",
        Tie::Administrator => "threads.tie.administrator",
        Tie::Director => "threads.tie.director",
    };
    crate::words::text(locale, key, &[])
}

/// Colleagues.
pub fn colleagues(locale: Locale, people: &[Person], page: u8) -> Screen {
    let page = page.min(u8::try_from(people.len().saturating_sub(1) / NAMES).unwrap_or(u8::MAX));
    let mut screen = Screen::new(html!(locale, "threads.colleagues"));
    for it in people.iter().skip(usize::from(page) * NAMES).take(NAMES) {
        let label = shorten(&it.name.adult(), limits::label_width(1));
        screen = screen.row([Button::new(label, &Act::Write(it.id, None, None))]);
    }
    screen
        .row(turning(page, people.len(), NAMES, View::Colleagues))
        .row([back_to_new(locale), menu(locale)])
}

/// Classes.
pub fn classes(locale: Locale, classes: &[(ClassId, String)]) -> Screen {
    let buttons: Vec<Button> = classes
        .iter()
        .take(4 * (limits::ROWS - 6))
        .map(|(id, name)| Button::new(shorten(name, limits::label_width(4)), &View::Pupils(*id, 0)))
        .collect();
    Screen::new(html!(locale, "threads.classes"))
        .grid(&buttons, 4)
        .row([back_to_new(locale), menu(locale)])
}

/// Pupils of a class.
pub fn pupils(locale: Locale, (class, name): (ClassId, &str), pupils: &[Pupil], page: u8) -> Screen {
    let page = page.min(u8::try_from(pupils.len().saturating_sub(1) / PUPILS).unwrap_or(u8::MAX));
    let names: Vec<FullName> = pupils.iter().map(Pupil::full_name).collect();
    let labels = grid_labels(&names, limits::label_width(2));
    let buttons: Vec<Button> = pupils
        .iter()
        .zip(labels)
        .skip(usize::from(page) * PUPILS)
        .take(PUPILS)
        .map(|(it, label)| Button::new(label, &View::Family(it.id)))
        .collect();
    Screen::new(html!(locale, "threads.pupils", class = name))
        .grid(&buttons, 2)
        .row(turning(page, pupils.len(), PUPILS, |it| View::Pupils(class, it)))
        .row([
            Button::new(plain!(locale, "threads.button.to_classes"), &View::Classes),
            menu(locale),
        ])
}

/// A pupil and the parents.
pub fn family(
    locale: Locale,
    child: &Person,
    (parents, to_pupil): (&[Person], bool),
    class: Option<ClassId>,
) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.family", child = child.name.pupil()));
    if parents.is_empty() {
        screen.line(&html!(locale, "threads.no_parents"));
    }
    let width = limits::label_width(1);
    for it in parents.iter().take(NAMES) {
        let label = plain!(locale, "threads.button.parent", name = it.name.adult());
        screen = screen.row([Button::new(
            shorten(&label, width),
            &Act::Write(it.id, Some(child.id), None),
        )]);
    }
    if to_pupil {
        let label = plain!(locale, "threads.button.pupil", name = child.name.pupil());
        screen = screen.row([Button::new(
            shorten(&label, width),
            &Act::Write(child.id, Some(child.id), None),
        )]);
    }
    let back = class.map_or(View::Classes, |class| View::Pupils(class, 0));
    screen.row([Button::new(plain!(locale, "nav.back"), &back), menu(locale)])
}
