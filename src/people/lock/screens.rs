//! A7 and L1: the keys; a forgotten PIN; the locks as the administrator sees them.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::press::{Act, View};
use super::store::Row;
use super::{CHOICES, Entry};
use crate::chat::{Button, Ctx, Door, Screen, limits};
use crate::ids::SchoolId;
use crate::people::{Person, keypad};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, html, plain};

/// Locks on a page of the administrator's list.
const PAGE: usize = 20;

/// L1, and the choice of a PIN.
pub fn keys(locale: Locale, name: &str, entry: &Entry, after: i64) -> Screen {
    let text = match entry {
        Entry::Open(_) | Entry::OpenTo(..) => html!(locale, "lock.locked", name = name),
        Entry::Old(_) => html!(locale, "lock.old"),
        Entry::First(_) if after == 0 => html!(locale, "lock.first_never"),
        Entry::First(_) => html!(locale, "lock.first", after = minutes(locale, after)),
        Entry::Again(..) => html!(locale, "lock.again"),
    };
    under(Screen::new(text), locale, entry)
}

/// A7: the choice of a PIN below the greeting.
pub fn greeted(mut greeting: Screen, locale: Locale, entry: &Entry, after: i64) -> Screen {
    let choice = keys(locale, "", entry, after);
    greeting.line(&choice.text);
    greeting.rows = choice.rows;
    greeting
}

/// What was typed so far, and the keys.
fn under(mut screen: Screen, locale: Locale, entry: &Entry) -> Screen {
    let (typed, way_out) = match entry {
        Entry::Open(typed) | Entry::OpenTo(_, typed) => {
            let forgotten = Button::new(plain!(locale, "lock.button.forgotten"), &View::Forgotten);
            (typed, forgotten)
        }
        Entry::First(typed) => (typed, Button::door(plain!(locale, "lock.button.later"), Door::Menu)),
        Entry::Old(typed) | Entry::Again(_, typed) => (typed, keep(locale)),
    };
    screen.line(&typed.dots());
    keypad::under(screen, locale, |label, key| Button::new(label, &Act::Key(key)), way_out)
}

fn keep(locale: Locale) -> Button {
    Button::new(plain!(locale, "lock.button.keep"), &Act::Keep)
}

/// «3 ч», «30 мин».
fn minutes(locale: Locale, minutes: i64) -> String {
    if minutes % 60 == 0 {
        plain!(locale, "lock.hours", n = minutes / 60)
    } else {
        plain!(locale, "lock.minutes", n = minutes)
    }
}

/// A PIN that was forgotten: whom to ask.
pub fn forgotten(locale: Locale) -> Screen {
    Screen::new(html!(locale, "lock.forgotten")).row([Button::new(plain!(locale, "lock.button.back"), &View::Keys)])
}

/// To the administrators: somebody guesses a PIN.
pub fn guessed(locale: Locale, person: &Person, at: NaiveDateTime) -> Screen {
    let text = html!(
        locale,
        "lock.guessed",
        name = person.name.adult(),
        day = dates::day(locale, at.date(), at.date()),
        time = dates::time(at.time())
    );
    Screen::new(text).row([Button::new(
        plain!(locale, "lock.button.show"),
        &View::LockOf(person.id),
    )])
}

/// The locks of the staff, and after how long they close.
pub fn locks(ctx: &Ctx, school: SchoolId, rows: &[Row], after: i64, page: u8) -> Screen {
    let locale = ctx.locale;
    let n_pages = rows.len().div_ceil(PAGE).max(1);
    let page = usize::from(page).min(n_pages - 1);
    let without = rows.iter().filter(|row| !row.has_pin).count();
    let mut screen = Screen::new(html!(
        locale,
        "lock.locks",
        staff = count(locale, "count.staff", i64::try_from(rows.len()).unwrap_or(i64::MAX)),
        without = without
    ));
    screen.line(&if after == 0 {
        html!(locale, "lock.closes_never")
    } else {
        html!(locale, "lock.closes", after = minutes(locale, after))
    });
    let people = rows.iter().skip(page * PAGE).take(PAGE).map(|row| {
        let label = format!("{} · {}", row.name.adult(), state(ctx, row));
        Button::new(shorten(&label, limits::label_width(1)), &View::LockOf(row.person_id))
    });
    screen = screen.grid(&people.collect::<Vec<_>>(), 1);
    let pages = |to: usize| View::Locks(school, u8::try_from(to).unwrap_or(u8::MAX));
    let mut row = Vec::new();
    if page > 0 {
        row.push(Button::new(plain!(locale, "lock.button.former"), &pages(page - 1)));
    }
    if page + 1 < n_pages {
        row.push(Button::new(plain!(locale, "lock.button.next"), &pages(page + 1)));
    }
    let choices = CHOICES.map(|choice| {
        let chosen = if choice == after { "✓" } else { "" };
        Button::new(
            format!(
                "{chosen}{}",
                minutes(locale, choice).split_whitespace().collect::<String>()
            ),
            &Act::After(school, choice),
        )
    });
    screen
        .row(row)
        .row(choices)
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

fn state(ctx: &Ctx, row: &Row) -> String {
    let key = if !row.has_pin {
        "lock.state.none"
    } else if row.paused_until.is_some_and(|until| until > ctx.now) {
        "lock.state.paused"
    } else if row.locked {
        "lock.state.locked"
    } else {
        "lock.state.open"
    };
    crate::words::text(ctx.locale, key, &[])
}

/// One person's lock.
pub fn lock_of(ctx: &Ctx, person: &Person, row: Option<&Row>, zone: Tz) -> Screen {
    let locale = ctx.locale;
    let mut screen = Screen::new(html!(locale, "lock.of", name = person.name.whole()));
    match row {
        None => screen.line(&html!(locale, "lock.no_account")),
        Some(row) => {
            screen.line(&state(ctx, row));
            if let Some(seen) = row.seen_at {
                let at = dates::local(seen, zone);
                let today = dates::local(ctx.now, zone).date();
                screen.line(&html!(
                    locale,
                    "lock.seen",
                    day = dates::day(locale, at.date(), today),
                    time = dates::time(at.time())
                ));
            }
        }
    }
    if row.is_some_and(|row| row.has_pin) {
        screen.line(&html!(locale, "lock.care"));
        screen = screen
            .row([Button::new(
                plain!(locale, "lock.button.lock"),
                &Act::LockPerson(person.id),
            )])
            .row([Button::new(
                plain!(locale, "lock.button.take_off"),
                &Act::TakeOff(person.id),
            )]);
    }
    screen.row([
        Button::new(plain!(locale, "lock.button.locks"), &View::Locks(person.school, 0)),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}

#[cfg(test)]
pub mod samples {
    //! Every screen of the lock.

    use super::*;
    use crate::ids::PersonId;
    use crate::people::keypad::{Key, Typed};
    use crate::words::names::FullName;

    /// Screens with their names.
    pub fn samples(locale: Locale) -> Vec<(&'static str, Screen)> {
        let mut typed = Typed::default();
        typed.press(Key::Digit(7));
        let name = FullName {
            surname: "Aleksandrova-Konstantinopolskaya".to_owned(),
            name: "Yelizaveta".to_owned(),
            patronymic: "Konstantinovna".to_owned(),
        };
        let person = Person {
            id: PersonId(1),
            school: SchoolId(1),
            name: name.clone(),
        };
        let now = "2026-11-24T00:40:00Z".parse().unwrap();
        let ctx = Ctx {
            now,
            locale,
            links: crate::chat::Links::beginning(String::new()),
            secret: None,
        };
        let row = |has_pin, locked, paused: Option<i64>| Row {
            person_id: person.id,
            name: name.clone(),
            has_pin,
            locked,
            paused_until: paused.map(|minutes| now + chrono::TimeDelta::minutes(minutes)),
            seen_at: has_pin.then_some(now),
        };
        let rows = vec![
            row(true, false, None),
            row(true, true, None),
            row(false, false, None),
            row(true, false, Some(5)),
        ];
        let many = rows.iter().cycle().take(70).cloned().collect::<Vec<_>>();
        vec![
            (
                "lock.open",
                keys(locale, &name.adult(), &Entry::Open(typed.clone()), 180),
            ),
            ("lock.old", keys(locale, &name.adult(), &Entry::Old(typed.clone()), 180)),
            (
                "lock.first",
                keys(locale, &name.adult(), &Entry::First(typed.clone()), 180),
            ),
            (
                "lock.first_never",
                keys(locale, &name.adult(), &Entry::First(typed.clone()), 0),
            ),
            (
                "lock.again",
                keys(locale, &name.adult(), &Entry::Again(String::new(), typed), 30),
            ),
            ("lock.forgotten", forgotten(locale)),
            (
                "lock.guessed",
                guessed(locale, &person, dates::local(now, chrono_tz::UTC)),
            ),
            ("lock.locks", locks(&ctx, SchoolId(1), &rows, 180, 0)),
            ("lock.locks_many", locks(&ctx, SchoolId(1), &many, 30, 2)),
            ("lock.locks_never", locks(&ctx, SchoolId(1), &[], 0, 9)),
            ("lock.of", lock_of(&ctx, &person, Some(&rows[0]), chrono_tz::UTC)),
            ("lock.of_none", lock_of(&ctx, &person, Some(&rows[2]), chrono_tz::UTC)),
            ("lock.of_nobody", lock_of(&ctx, &person, None, chrono_tz::UTC)),
        ]
    }
}
