//! U6: who has read, taking back, and «Отправленное».

use chrono_tz::Tz;

use super::{kind_title, menu, some_of, to_class};
use crate::chat::{Button, Screen, limits};
use crate::ids::PersonId;
use crate::messages::letters::press::{Act, View};
use crate::messages::letters::review::{Held, State};
use crate::messages::letters::{Addressee, Fate, Mailing};
use crate::people::passes::Class;
use crate::words::names::shorten;
use crate::words::{Locale, dates, html, plain};

/// Mailings on a page of «Отправленное».
pub const SENT: usize = 8;

/// U6.
pub fn sent(locale: Locale, class: &Class, mailing: &Mailing, people: &[Addressee], zone: Tz) -> Screen {
    let (day, time) = dates::day_and_time(locale, mailing.sent_at, zone);
    let mut screen = Screen::new(html!(
        locale,
        "letters.sent.heading",
        day = day,
        time = time,
        whose = whose(locale, people),
        about = kind_title(locale, mailing.kind).to_lowercase()
    ));
    if !mailing.words.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.words",
            words = shorten(&mailing.words, 300)
        ));
    }
    if let Some(at) = mailing.recalled_at {
        let (day, time) = dates::day_and_time(locale, at, zone);
        screen.line(&html!(locale, "letters.sent.recalled", day = day, time = time));
    }
    let of = |fits: fn(&Fate) -> bool| -> Vec<&Addressee> { people.iter().filter(|it| fits(&it.fate)).collect() };
    let read = of(|it| matches!(it, Fate::Read(_)));
    let arrived = of(|it| *it == Fate::Arrived);
    let on_its_way = of(|it| *it == Fate::OnItsWay);
    let missed = of(|it| *it == Fate::Missed);
    if !read.is_empty() {
        let names = some_of(
            locale,
            read.iter().map(|it| match it.fate {
                Fate::Read(at) => format!("{}, {}", it.name.adult(), dates::time(dates::local(at, zone).time())),
                Fate::Arrived | Fate::OnItsWay | Fate::Missed => it.name.adult(),
            }),
        );
        screen.line(&html!(locale, "letters.sent.read", n = read.len(), names = names));
    }
    let names = |of: &[&Addressee]| some_of(locale, of.iter().map(|it| it.name.adult()));
    if !arrived.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.arrived",
            n = arrived.len(),
            names = names(&arrived)
        ));
    }
    if !on_its_way.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.on_its_way",
            n = on_its_way.len(),
            names = names(&on_its_way)
        ));
    }
    if !missed.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.missed",
            n = missed.len(),
            names = names(&missed)
        ));
    }
    if mailing.recalled_at.is_none() {
        let mut row = Vec::new();
        if !arrived.is_empty() {
            let label = plain!(locale, "letters.button.remind", n = arrived.len());
            row.push(Button::new(label, &Act::Remind(mailing.id)));
        }
        row.push(Button::new(
            plain!(locale, "letters.button.ask_recall"),
            &View::AskRecall(mailing.id),
        ));
        screen = screen.row(row);
    }
    screen
        .row([Button::new(
            plain!(locale, "letters.button.refresh"),
            &View::Sent(mailing.id),
        )])
        .row([
            Button::new(plain!(locale, "letters.button.outbox"), &View::Outbox(class.id, 0)),
            menu(locale),
        ])
}

/// «Иванов Алексей», or how many pupils.
fn whose(locale: Locale, people: &[Addressee]) -> String {
    let mut pupils: Vec<PersonId> = people.iter().map(|it| it.pupil).collect();
    pupils.dedup();
    match people.first() {
        Some(first) if pupils.len() == 1 => first.pupil_name.pupil(),
        _ => plain!(locale, "letters.preview.pupils", n = pupils.len()),
    }
}

/// Asks before a mailing is taken back.
pub fn ask_recall(locale: Locale, mailing: &Mailing, people: &[Addressee]) -> Screen {
    let n = people.iter().filter(|it| it.fate != Fate::Missed).count();
    Screen::new(html!(locale, "letters.ask_recall", n = n))
        .row([Button::new(
            plain!(locale, "letters.button.recall", n = n),
            &Act::Recall(mailing.id),
        )])
        .row([Button::new(
            plain!(locale, "letters.button.keep_sent"),
            &View::Sent(mailing.id),
        )])
}

/// «Отправленное»: a button a mailing.
pub fn outbox(
    locale: Locale,
    class: &Class,
    (held, sent): (&[Held], &[(Mailing, Vec<Addressee>)]),
    page: u8,
    zone: Tz,
) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.outbox", class = class.name));
    if held.is_empty() && sent.is_empty() {
        screen.line(&html!(locale, "letters.nothing_sent"));
    }
    for it in held {
        let date = dates::local(it.held_at, zone).date();
        let day = dates::day(locale, date, date);
        let label = match it.state {
            State::Returned => plain!(locale, "letters.review.returned_label", day = day),
            State::Rewritten => plain!(locale, "letters.review.rewritten_label", day = day),
            State::Waiting | State::Sent(_) | State::TakenBack => {
                plain!(locale, "letters.review.waits_label", day = day)
            }
        };
        screen = screen.row([Button::new(shorten(&label, limits::label_width(1)), &View::Held(it.id))]);
    }
    for (mailing, people) in sent.iter().take(SENT) {
        let at = dates::local(mailing.sent_at, zone);
        let read = people.iter().filter(|it| matches!(it.fate, Fate::Read(_))).count();
        let label = plain!(
            locale,
            "letters.sent_label",
            day = dates::day(locale, at.date(), at.date()),
            about = kind_title(locale, mailing.kind).to_lowercase(),
            read = read,
            n = people.len()
        );
        let label = if mailing.recalled_at.is_some() {
            plain!(
                locale,
                "letters.recalled_label",
                day = dates::day(locale, at.date(), at.date()),
                about = kind_title(locale, mailing.kind).to_lowercase()
            )
        } else {
            label
        };
        screen = screen.row([Button::new(
            shorten(&label, limits::label_width(1)),
            &View::Sent(mailing.id),
        )]);
    }
    let mut pages = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        pages.push(Button::new(
            plain!(locale, "letters.button.newer"),
            &View::Outbox(class.id, before),
        ));
    }
    if sent.len() > SENT && page < u8::MAX {
        pages.push(Button::new(
            plain!(locale, "letters.button.older"),
            &View::Outbox(class.id, page + 1),
        ));
    }
    screen.row(pages).row([to_class(locale, class), menu(locale)])
}
