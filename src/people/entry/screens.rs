//! A2–A6, A8: the way in, consent, and the letters about it.

use super::consent::{self, Version};
use super::press::{Act, View};
use super::store::Child;
use super::{Entry, Kind};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::people::{Person, keypad};
use crate::words::names::shorten;
use crate::words::{Locale, count, escape, html, plain, text};

/// A2. Nothing of the invited person is here.
pub fn digits(locale: Locale, kind: Kind, entry: &Entry, left: i64) -> Screen {
    let mut screen = Screen::new(text(locale, &format!("entry.invitation.{}", kind.code()), &[]));
    screen.line(&html!(locale, "entry.tries", dots = entry.typed.dots(), left = left));
    let invitation = entry.invitation;
    let key = |label, key| Button::new(label, &Act::Key(invitation, key));
    let way_out = Button::new(plain!(locale, "entry.button.no_digits"), &View::NoDigits);
    keypad::under(screen, locale, key, way_out)
}

/// Where the digits come from.
pub fn no_digits(locale: Locale) -> Screen {
    Screen::new(html!(locale, "entry.no_digits")).row([Button::new(plain!(locale, "nav.back"), &View::Step)])
}

/// A3.
pub fn name(locale: Locale, kind: Kind, (names, school): (&str, &str), invitation: i64) -> Screen {
    let (question, yes) = match kind {
        Kind::Pupil => (
            html!(locale, "entry.name.pupil", names = names, school = school),
            plain!(locale, "entry.button.my_diary"),
        ),
        Kind::Parent | Kind::Staff => (
            html!(locale, "entry.name.parent", names = names, school = school),
            plain!(locale, "entry.button.my_child"),
        ),
    };
    Screen::new(question).row([
        Button::new(yes, &Act::Mine(invitation)),
        Button::new(plain!(locale, "entry.button.not_mine"), &Act::NotMine(invitation)),
    ])
}

/// A4: on the way in with the invitation, later without one.
pub fn consent(locale: Locale, child: &Child, invitation: Option<i64>, text: &consent::Text) -> Screen {
    let mut screen = Screen::new(html!(locale, "entry.consent.ask", child = child.title()));
    screen.line(&html!(locale, "entry.consent.short"));
    let put_off = plain!(locale, "entry.button.put_off");
    let put_off = match invitation {
        Some(invitation) => Button::new(put_off, &Act::PutOff(invitation)),
        None => Button::door(put_off, Door::Menu),
    };
    let agree = Act::AgreeTo(child.id, text.version.number());
    screen
        .row([read_in_full(locale, child.id, text)])
        .row([Button::new(plain!(locale, "entry.button.agree"), &agree)])
        .row([put_off])
}

fn read_in_full(locale: Locale, child: PersonId, text: &consent::Text) -> Button {
    let pages = count(
        locale,
        "count.pages",
        i64::try_from(text.pages.len()).unwrap_or(i64::MAX),
    );
    Button::new(
        plain!(locale, "entry.button.read", pages = pages),
        &View::Version(child, text.version.number(), 0),
    )
}

/// Which text it is, and of which day.
pub fn text_title(locale: Locale, version: Version, day: &str) -> String {
    match version {
        Version::BuiltIn(version, _) => plain!(locale, "entry.consent.built_in", version = i64::from(version)),
        Version::School(version) => plain!(locale, "entry.consent.of_school", version = version, day = day),
    }
}

/// A page of the text.
pub fn consent_text(locale: Locale, child: PersonId, text: &consent::Text, title: &str, page: u8) -> Screen {
    let last = text.pages.len().saturating_sub(1);
    let page = usize::from(page).min(last);
    let body = text.pages.get(page).map(|it| it.0.clone()).unwrap_or_default();
    let (number, all) = (page + 1, last + 1);
    let mut screen = Screen::new(html!(locale, "entry.consent.page", page = number, pages = all));
    screen.line(&escape(title));
    screen.line(&format!("\n{body}"));
    let turn = |label: String, to: usize| {
        let to = u8::try_from(to).unwrap_or(u8::MAX);
        Button::new(label, &View::Version(child, text.version.number(), to))
    };
    let mut turns = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        turns.push(turn(
            plain!(locale, "entry.button.page_before", page = number - 1),
            before,
        ));
    }
    if page < last {
        turns.push(turn(
            plain!(locale, "entry.button.page_after", page = number + 1),
            page + 1,
        ));
    }
    screen
        .row(turns)
        .row([Button::new(plain!(locale, "nav.back"), &View::Consent(child))])
}

/// A child's consent that stands: since when and to which text; and the newer one, if there is.
pub fn consent_given(
    locale: Locale,
    child: &Child,
    (day, title): (&str, &str),
    given: &consent::Text,
    newer: Option<&consent::Text>,
) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "entry.consent.given",
        child = child.title(),
        day = day,
        title = title
    ));
    if newer.is_some() {
        screen.line(&html!(locale, "entry.consent.newer"));
    }
    let mut screen = screen.row([read_in_full(locale, child.id, given)]);
    if let Some(text) = newer {
        let newest = View::Version(child.id, text.version.number(), 0);
        screen = screen.row([Button::new(plain!(locale, "entry.button.read_newer"), &newest)]);
    }
    screen
        .row([Button::new(
            plain!(locale, "entry.button.withdraw"),
            &View::AskWithdraw(child.id),
        )])
        .row([menu(locale)])
}

/// Asks before consent is taken back.
pub fn ask_withdraw(locale: Locale, child: &Child) -> Screen {
    Screen::new(html!(locale, "entry.consent.ask_withdraw", child = child.title()))
        .row([Button::new(
            plain!(locale, "entry.button.withdraw"),
            &Act::Withdraw(child.id),
        )])
        .row([Button::new(
            plain!(locale, "entry.button.keep"),
            &View::Consent(child.id),
        )])
}

/// Consent is taken back.
pub fn withdrawn(locale: Locale, child: &Child) -> Screen {
    Screen::new(html!(locale, "entry.consent.withdrawn", child = child.title()))
        .row([Button::new(
            plain!(locale, "entry.button.give_again"),
            &View::Consent(child.id),
        )])
        .row([menu(locale)])
}

/// «Не сейчас» for all children.
pub fn without_consent(locale: Locale, (until, tutors): (&str, String), invitation: i64) -> Screen {
    let text = if tutors.is_empty() {
        html!(locale, "entry.without_consent", until = until)
    } else {
        html!(locale, "entry.without_consent_ask", until = until, tutors = tutors)
    };
    Screen::new(text)
        .row([Button::new(
            plain!(locale, "entry.button.to_consent"),
            &Act::Mine(invitation),
        )])
        .row([menu(locale)])
}

/// A8: «Нет, не мой».
pub fn not_yours(locale: Locale) -> Screen {
    Screen::new(html!(locale, "entry.refused.anothers")).row([menu(locale)])
}

/// A step of a way in that has ended.
pub fn over(locale: Locale) -> Screen {
    Screen::new(html!(locale, "entry.over")).row([menu(locale)])
}

/// What was said about the other adult is known.
pub fn answered(locale: Locale) -> Screen {
    Screen::new(html!(locale, "entry.answered")).row([menu(locale)])
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}

/// §6.4: to the chat where the person was before.
pub fn moved(locale: Locale, day: &str, time: &str, kind: Option<Kind>) -> Screen {
    Screen::new(match kind {
        Some(Kind::Parent | Kind::Pupil) => html!(locale, "entry.letter.moved_family", day = day, time = time),
        Some(Kind::Staff) | None => html!(locale, "entry.letter.moved_staff", day = day, time = time),
    })
}

/// §6.8: neutral, with no reason.
pub fn revoked(locale: Locale, day: &str, phone: &str) -> Screen {
    Screen::new(html!(locale, "entry.letter.revoked", day = day, phone = phone))
}

/// A6: to the parents who were there before.
pub fn another_adult(locale: Locale, adult: &Person, children: &[Child], (day, time): (&str, &str)) -> Screen {
    let children: Vec<String> = children
        .iter()
        .map(|it| it.title().trim_start_matches(&it.surname).trim().to_owned())
        .collect();
    let name = adult.name.adult();
    Screen::new(html!(
        locale,
        "entry.letter.another_adult",
        name = name,
        day = day,
        time = time,
        children = children.join("; ")
    ))
    .row([Button::new(plain!(locale, "entry.button.known"), &Act::Known(adult.id))])
    .row([Button::new(
        plain!(locale, "entry.button.unknown"),
        &Act::Unknown(adult.id),
    )])
}

/// To the tutor: a parent doesn't know the other adult.
pub fn unknown_adult(locale: Locale, adult: &Person) -> Screen {
    let label = plain!(locale, "entry.button.revoke");
    Screen::new(html!(locale, "entry.letter.unknown_adult", name = adult.name.adult()))
        .row([Button::notice(label, Door::RevokeAccess(adult.id))])
        .row([how_it_stands(locale, adult)])
}

/// To the tutor: what happened to an invitation.
pub fn keepers_letter(locale: Locale, person: &Person, about: &str) -> Screen {
    let name = person.name.whole();
    Screen::new(match about {
        "sleeps" => html!(locale, "entry.letter.sleeps", name = name),
        "closed" => html!(locale, "entry.letter.closed", name = name),
        _ => html!(locale, "entry.letter.not_mine", name = name),
    })
    .row([how_it_stands(locale, person)])
}

/// To the tutor: a parent took consent back.
pub fn withdrawn_letter(locale: Locale, parent: &Person, child: &Child) -> Screen {
    Screen::new(html!(
        locale,
        "entry.letter.withdrawn",
        name = parent.name.adult(),
        child = child.title()
    ))
    .row([how_it_stands(locale, parent)])
}

fn how_it_stands(locale: Locale, person: &Person) -> Button {
    let label = shorten(
        &plain!(locale, "entry.button.access", name = person.name.surname),
        limits::label_width(1),
    );
    Button::notice(label, Door::Access(person.id))
}
