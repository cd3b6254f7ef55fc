//! A1, A5, A7 in their first form: before the door, behind it, settings and help.

use super::entry;
use super::entry::store::Child;
use super::lock::{self, Standing};
use super::press::{Act, View};
use super::{Person, Work};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain};

/// A1. A stranger learns no school, class or name.
pub fn welcome(locale: Locale) -> Screen {
    let other = if locale == Locale::Ru { Locale::En } else { Locale::Ru };
    Screen::new(html!(locale, "people.welcome")).row([
        Button::new(plain!(locale, "people.button.where_from"), &View::WhereFrom),
        Button::new(plain!(other, "people.button.language"), &Act::Speak(other)),
    ])
}

/// Where a code comes from.
pub fn where_from(locale: Locale) -> Screen {
    Screen::new(html!(locale, "people.where_from")).row([Button::new(plain!(locale, "nav.back"), &View::Welcome)])
}

/// A5, A7: the journal is open: to whom, and what they will find.
pub fn entered(locale: Locale, person: &Person, children: &[Child], work: &Work) -> Screen {
    let open: Vec<&Child> = children.iter().filter(|it| it.given_at.is_some()).collect();
    let names: Vec<&str> = open.iter().map(|child| child.name.as_str()).collect();
    let summary = work_summary(locale, work);
    let mut screen = if summary.is_empty() && !names.is_empty() {
        Screen::new(html!(locale, "people.entered.parent", children = names.join(", ")))
    } else {
        let mut screen = Screen::new(html!(locale, "people.entered.staff", name = person.name.greeting()));
        if !summary.is_empty() {
            screen.line(&html!(locale, "people.entered.work", work = summary));
        }
        if !names.is_empty() {
            screen.line(&html!(locale, "people.entered.children", children = names.join(", ")));
        }
        screen.line(&html!(locale, "people.entered.care"));
        screen
    };
    if !work.taught.is_empty() {
        let lessons = Button::door(plain!(locale, "people.button.lessons"), Door::Lessons(None));
        screen = screen.row([lessons]);
    }
    if let Some(first) = open.first() {
        screen = screen.row([
            Button::door(plain!(locale, "people.button.diary"), Door::MyDiary),
            Button::door(plain!(locale, "people.button.notices"), Door::Notices(first.id)),
        ]);
    }
    for child in children.iter().filter(|it| it.given_at.is_none()) {
        screen = screen.row([consent_button(locale, child)]);
    }
    screen.row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// Into a child's consent: given, or asked for.
pub fn consent_button(locale: Locale, child: &Child) -> Button {
    let label = plain!(locale, "people.button.consent", child = child.name);
    Button::new(
        shorten(&label, limits::label_width(1)),
        &entry::press::View::Consent(child.id),
    )
}

/// The pupil's own diary is open.
pub fn entered_pupil(locale: Locale, person: &Person) -> Screen {
    Screen::new(html!(locale, "people.entered.pupil", name = person.name.name))
        .row([
            Button::door(plain!(locale, "people.button.diary"), Door::MyDiary),
            Button::door(plain!(locale, "people.button.notices"), Door::Notices(person.id)),
        ])
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// «алгебра (7А, 7Б), геометрия (7А); тьютор 7А; администратор журнала».
pub fn work_summary(locale: Locale, work: &Work) -> String {
    let mut parts = Vec::new();
    let taught: Vec<String> = work
        .taught
        .iter()
        .map(|(subject, classes)| format!("{} ({})", subject.to_lowercase(), classes.join(", ")))
        .collect();
    if !taught.is_empty() {
        parts.push(taught.join(", "));
    }
    if !work.tutored.is_empty() {
        parts.push(plain!(locale, "people.work.tutor", classes = work.tutored.join(", ")));
    }
    for duty in &work.duties {
        parts.push(crate::words::text(locale, &format!("people.duty.{}", duty.code()), &[]));
    }
    parts.join("; ")
}

/// Settings: the language, when one hears of a child, for staff the lock and office hours, and a parent's consent for
/// each child.
pub fn settings(
    locale: Locale,
    standing: Standing,
    children: &[Child],
    (hears_of, staff): (Option<PersonId>, &[PersonId]),
) -> Screen {
    let languages = Locale::ALL.map(|it| {
        let chosen = if it == locale { "✓ " } else { "" };
        Button::new(
            format!("{chosen}{}", plain!(it, "people.button.language")),
            &Act::Speak(it),
        )
    });
    let lock = match standing {
        Standing::Free => Vec::new(),
        Standing::NoPin => vec![Button::new(
            plain!(locale, "lock.button.choose"),
            &lock::press::View::Keys,
        )],
        Standing::Locked | Standing::Open => vec![
            Button::new(plain!(locale, "lock.button.lock"), &lock::press::Act::Lock),
            Button::new(plain!(locale, "lock.button.change"), &lock::press::Act::Change),
        ],
    };
    let notices = hears_of.map(|it| Button::door(plain!(locale, "people.button.notices"), Door::Notices(it)));
    let screen = Screen::new(html!(locale, "people.settings"))
        .row(languages)
        .row(notices)
        .row(lock);
    let screen = staff.iter().fold(screen, |screen, person| {
        let label = plain!(locale, "people.button.hours");
        screen.row([Button::door(label, Door::OfficeHours(*person))])
    });
    children
        .iter()
        .map(|child| [consent_button(locale, child)])
        .fold(screen, Screen::row)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

/// Help.
pub fn help(locale: Locale, stranger: bool) -> Screen {
    if stranger {
        return welcome(locale);
    }
    Screen::new(html!(locale, "people.help")).row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}
