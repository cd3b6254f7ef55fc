//! U2, and the same for the whole school: who is in, who isn't, the link that is shown once.

use super::press::{Act, View};
use super::rights::{self, Rights};
use super::store::Found;
use super::{Class, Family, FamilyState, PAGE, Standing, not_connected, search};
use crate::chat::{Button, Ctx, Door, Pressable, Screen, limits};
use crate::ids::ClassId;
use crate::people::Person;
use crate::people::entry::Pass;
use crate::school::class_name;
use crate::words::names::{grid_labels, shorten};
use crate::words::{Html, Locale, count, html, plain};

/// Names of families that a button of the class page shows; the rest is behind «Все ученики».
const SHOWN: usize = 20;

/// U2.
pub fn class(locale: Locale, class: &Class, families: &[Family], closed: &[(&Family, String)], may: bool) -> Screen {
    let mut screen = Screen::new(html!(locale, "passes.class", class = class.name, n = families.len()));
    let connected = families
        .iter()
        .filter(|it| it.state() != FamilyState::NotConnected)
        .count();
    let pupils = families.iter().filter(|it| it.pupil.connected_at.is_some()).count();
    let n = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    screen.line(&html!(
        locale,
        "passes.connected",
        families = count(locale, "count.families", n(connected)),
        pupils = count(locale, "count.pupils", n(pupils))
    ));
    let absent: Vec<&Family> = families
        .iter()
        .filter(|it| it.state() == FamilyState::NotConnected)
        .collect();
    if !absent.is_empty() {
        let names: Vec<&str> = absent
            .iter()
            .take(SHOWN)
            .map(|it| it.pupil.person.name.surname.as_str())
            .collect();
        let more = absent.len().saturating_sub(SHOWN);
        let mut names = names.join(", ");
        if more > 0 {
            names.push_str(&plain!(locale, "passes.and_more", n = more));
        }
        screen.line(&html!(locale, "passes.not_connected", names = names));
    }
    if !closed.is_empty() {
        let names: Vec<String> = closed
            .iter()
            .map(|(family, day)| {
                let name = &family.pupil.person.name.surname;
                plain!(locale, "passes.closed_since", name = name, day = day)
            })
            .collect();
        screen.line(&html!(locale, "passes.closed", names = names.join(", ")));
    }
    let waiting = not_connected(families).len();
    if may {
        if waiting > 0 {
            let label = plain!(locale, "passes.button.slips_rest", n = waiting);
            screen = screen.row([Button::new(label, &Act::SlipsForTheRest(class.id))]);
        }
        let label = plain!(locale, "passes.button.slips_all");
        screen = screen.row([Button::new(label, &Act::SlipsForAll(class.id))]);
    }
    let shown: Vec<&Family> = absent
        .into_iter()
        .chain(closed.iter().map(|it| it.0))
        .take(SHOWN)
        .collect();
    screen
        .grid(&family_buttons(families, &shown), 2)
        .row([Button::new(
            plain!(locale, "passes.button.pupils"),
            &View::Pupils(class.id, 0),
        )])
        .row([Button::new(
            plain!(locale, "passes.button.entries"),
            &View::Entries(class.id, 0),
        )])
        .row([
            Button::door(plain!(locale, "passes.button.to_pupils"), Door::Class(class.id, 0)),
            menu(locale),
        ])
}

/// Buttons of some families, named so that namesakes of the class are told apart.
fn family_buttons(families: &[Family], shown: &[&Family]) -> Vec<Button> {
    let names: Vec<_> = families.iter().map(|it| it.pupil.person.name.clone()).collect();
    let labels = grid_labels(&names, limits::label_width(2) - 2);
    shown
        .iter()
        .filter_map(|family| {
            let id = family.pupil.person.id;
            let idx = families.iter().position(|it| it.pupil.person.id == id)?;
            Some(Button::new(labels[idx].clone(), &View::Family(id)))
        })
        .collect()
}

/// All pupils of a class, `✓` before those whose family is connected.
pub fn pupils(locale: Locale, class: &Class, families: &[Family], page: u8) -> Screen {
    let names: Vec<_> = families.iter().map(|it| it.pupil.person.name.clone()).collect();
    let labels = grid_labels(&names, limits::label_width(2) - 2);
    let size = 2 * PAGE;
    let buttons: Vec<Button> = families
        .iter()
        .zip(labels)
        .skip(usize::from(page) * size)
        .take(size)
        .map(|(family, label)| {
            let sign = match family.state() {
                FamilyState::Connected => "✓",
                FamilyState::NotConnected | FamilyState::Closed(_) => "•",
            };
            Button::new(format!("{sign} {label}"), &View::Family(family.pupil.person.id))
        })
        .collect();
    Screen::new(html!(locale, "passes.pupils", class = class.name))
        .grid(&buttons, 2)
        .row(turning(page, families.len(), size, |it| View::Pupils(class.id, it)))
        .row([to_class(locale, class.id), menu(locale)])
}

/// Who came in when.
pub fn entries(locale: Locale, class: &Class, rows: &[(String, String, String)], (page, all): (u8, usize)) -> Screen {
    let mut screen = Screen::new(html!(locale, "passes.entries", class = class.name));
    if rows.is_empty() {
        screen.line(&html!(locale, "passes.no_entries"));
    }
    for (name, at, given) in rows {
        screen.line(&html!(locale, "passes.entry", name = name, at = at, given = given));
    }
    screen
        .row(turning(page, all, PAGE, |it| View::Entries(class.id, it)))
        .row([to_class(locale, class.id), menu(locale)])
}

/// A pupil with the parents, each with how they stand.
pub fn family(
    locale: Locale,
    family: &Family,
    lines: &[String],
    class: ClassId,
    (adults, may_limit): (&[rights::screens::Shown], bool),
) -> Screen {
    let mut screen = Screen::new(html!(locale, "passes.family", name = family.pupil.person.name.pupil()));
    for (standing, line) in family.everybody().zip(lines) {
        let name = if standing.person.id == family.pupil.person.id {
            plain!(locale, "passes.pupil_self")
        } else {
            standing.person.name.adult()
        };
        screen.line(&html!(locale, "passes.line", name = name, state = line));
    }
    for (adult, since) in adults.iter().filter(|it| it.0.rights != Rights::Full) {
        let (name, state) = (adult.person.name.adult(), rights::screens::state(locale, adult, since));
        screen.line(&html!(locale, "passes.rights.limited", name = name, state = state));
    }
    let rights = Button::new(
        plain!(locale, "passes.rights.button.rights"),
        &View::Rights(family.pupil.person.id),
    );
    let buttons = family.everybody().map(|standing| {
        let name = if standing.person.id == family.pupil.person.id {
            plain!(locale, "passes.pupil_self")
        } else {
            standing.person.name.adult()
        };
        let label = shorten(&format!("{} {name}", sign(standing)), limits::label_width(1));
        Button::new(label, &View::Person(standing.person.id))
    });
    buttons
        .fold(screen, |screen, button| screen.row([button]))
        .row(may_limit.then_some(rights))
        .row([to_class(locale, class), menu(locale)])
}

/// How one person's access stands, and what can be done about it.
pub fn person(
    locale: Locale,
    standing: &Standing,
    line: &str,
    back: Option<View>,
    (may, talk): (bool, bool),
) -> Screen {
    let person = &standing.person;
    let mut screen = Screen::new(html!(locale, "passes.person", name = person.name.whole()));
    screen.line(&html!(locale, "passes.state_line", state = line));
    if may {
        let give = if standing.connected_at.is_some() {
            plain!(locale, "passes.button.new_phone")
        } else if standing.invited_until.is_some() {
            plain!(locale, "passes.button.give_again")
        } else {
            plain!(locale, "passes.button.give")
        };
        screen = screen.row([Button::new(give, &Act::Give(person.id))]);
        if standing.connected_at.is_some() || standing.invited_until.is_some() {
            let label = plain!(locale, "passes.button.revoke");
            screen = screen.row([Button::new(label, &View::AskRevoke(person.id))]);
        }
    }
    if talk {
        let label = plain!(locale, "passes.button.may_write");
        screen = screen.row([Button::door(label, Door::MayWrite(person.id))]);
    }
    let back = back.map(|it| Button::new(plain!(locale, "nav.back"), &it));
    screen.row(back.into_iter().chain([menu(locale)]))
}

/// The new link, and the digits that go another way. Without the secret it was shown before.
pub fn given(ctx: &Ctx, person: &Person, pass: Option<&Pass>, until: &str, staff: bool) -> Screen {
    let locale = ctx.locale;
    let name = person.name.whole();
    let screen = match pass {
        Some(pass) => {
            let mut screen = Screen::new(html!(locale, "passes.given.link", name = name, until = until));
            screen.line(&html!(
                locale,
                "passes.given.address",
                link = ctx.links.to(pass.code.link_part())
            ));
            let digits = Html(format!("<b>{}</b>", crate::words::escape(&pass.digits)));
            screen.line(&if staff {
                html!(locale, "passes.given.digits_staff", digits = digits)
            } else {
                html!(locale, "passes.given.digits", digits = digits)
            });
            screen
        }
        None => Screen::new(html!(locale, "passes.given.before", name = name)).row([Button::new(
            plain!(locale, "passes.button.give_again"),
            &Act::Give(person.id),
        )]),
    };
    let back = Button::new(plain!(locale, "nav.back"), &View::Person(person.id));
    screen.row([back, menu(locale)])
}

/// Asks before access is taken away.
pub fn ask_revoke(locale: Locale, person: &Person) -> Screen {
    Screen::new(html!(locale, "passes.ask_revoke", name = person.name.whole()))
        .row([Button::new(
            plain!(locale, "passes.button.revoke_now"),
            &Act::Revoke(person.id),
        )])
        .row([Button::new(
            plain!(locale, "passes.button.keep"),
            &View::Person(person.id),
        )])
}

/// «Люди».
pub fn people(locale: Locale, classes: &[Class], staff: bool) -> Screen {
    let mut screen = Screen::new(html!(locale, "passes.people"));
    screen = screen.row([Button::new(plain!(locale, "passes.button.search"), &Act::Search)]);
    if staff {
        screen = screen.row([Button::new(plain!(locale, "passes.button.staff"), &View::Staff(0))]);
    }
    let buttons: Vec<Button> = classes
        .iter()
        .take(4 * PAGE)
        .map(|it| Button::new(it.name.clone(), &View::Class(it.id)))
        .collect();
    screen.grid(&buttons, 4).row([menu(locale)])
}

/// Asks for a surname.
pub fn search(locale: Locale) -> Screen {
    Screen::new(html!(locale, "passes.search.ask")).row([to_people(locale), menu(locale)])
}

/// Who was found. A pupil's button leads to the family, another's to the person.
pub fn found(locale: Locale, typed: &str, people: &[Found]) -> Screen {
    if people.is_empty() {
        let typed = shorten(typed, SHOWN);
        return Screen::new(html!(locale, "passes.search.nobody", typed = typed))
            .row([to_people(locale), menu(locale)]);
    }
    let mut screen = Screen::new(html!(locale, "passes.search.found", typed = shorten(typed, SHOWN)));
    if people.len() > search::SHOWN {
        screen.line(&html!(locale, "passes.search.more", n = search::SHOWN));
    }
    screen.line(&html!(locale, "passes.search.again"));
    people
        .iter()
        .take(search::SHOWN)
        .map(|it| {
            let class = it.grade.zip(it.letter.as_deref());
            let class = class
                .map(|(grade, letter)| class_name(grade, letter))
                .unwrap_or_default();
            let (name, what, view) = if it.is_staff {
                let what = plain!(locale, "passes.search.staff");
                (it.person.name.adult(), what, View::Person(it.person.id))
            } else if it.is_pupil {
                (it.person.name.pupil(), class, View::Family(it.person.id))
            } else {
                let what = plain!(locale, "passes.search.parent", class = class);
                (it.person.name.adult(), what, View::Person(it.person.id))
            };
            // What a person is stays readable beside the longest name.
            let left = limits::label_width(1).saturating_sub(what.chars().count() + 3);
            [Button::new(format!("{} · {what}", shorten(&name, left)), &view)]
        })
        .fold(screen, Screen::row)
        .row([to_people(locale), menu(locale)])
}

fn to_people(locale: Locale) -> Button {
    Button::new(plain!(locale, "nav.back"), &View::People)
}

/// The staff, `✓` before those who are connected.
pub fn staff(locale: Locale, staff: &[Standing], page: u8) -> Screen {
    let connected = staff.iter().filter(|it| it.connected_at.is_some()).count();
    let screen = Screen::new(html!(locale, "passes.staff", n = staff.len(), connected = connected));
    let page = page.min(u8::try_from(staff.len().saturating_sub(1) / PAGE).unwrap_or(u8::MAX));
    staff
        .iter()
        .skip(usize::from(page) * PAGE)
        .take(PAGE)
        .map(|it| {
            let label = shorten(
                &format!("{} {}", sign(it), it.person.name.adult()),
                limits::label_width(1),
            );
            [Button::new(label, &View::Person(it.person.id))]
        })
        .fold(screen, Screen::row)
        .row(turning(page, staff.len(), PAGE, View::Staff))
        .row([Button::new(plain!(locale, "nav.back"), &View::People), menu(locale)])
}

fn sign(standing: &Standing) -> &'static str {
    if standing.connected_at.is_some() && standing.closed_at.is_none() {
        "✓"
    } else {
        "•"
    }
}

/// «‹ 1–20», «41–60 ›».
pub fn turning<P: Pressable>(page: u8, all: usize, size: usize, to: impl Fn(u8) -> P) -> Vec<Button> {
    let span = |page: usize| format!("{}–{}", page * size + 1, ((page + 1) * size).min(all));
    let here = usize::from(page);
    let mut buttons = Vec::new();
    if let Some(before) = page.checked_sub(1).filter(|it| usize::from(*it) * size < all) {
        buttons.push(Button::new(format!("‹ {}", span(here - 1)), &to(before)));
    }
    if let Some(after) = page.checked_add(1).filter(|it| usize::from(*it) * size < all) {
        buttons.push(Button::new(format!("{} ›", span(here + 1)), &to(after)));
    }
    buttons
}

fn to_class(locale: Locale, class: ClassId) -> Button {
    Button::new(plain!(locale, "passes.button.to_class"), &View::Class(class))
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
