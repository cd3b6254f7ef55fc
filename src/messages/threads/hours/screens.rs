//! «Часы ответа»: weekdays and hours, as one sets them and as a family reads them.

use chrono::Weekday;

use super::{DAYS, Hours, at};
use crate::chat::{Button, Door, Screen};
use crate::ids::PersonId;
use crate::messages::threads::press::Act;
use crate::people;
use crate::words::{Locale, dates, html, plain};

/// «Часы ответа: пн–пт, 8:00–18:00.»
pub fn line(locale: Locale, hours: Hours) -> String {
    let (from, to) = hours.span();
    html!(
        locale,
        "threads.hours",
        days = days(locale, hours),
        from = dates::time(from),
        to = dates::time(to)
    )
}

/// «пн–пт», «ср», «пн, ср, пт».
fn days(locale: Locale, hours: Hours) -> String {
    let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
    for day in DAYS.into_iter().filter(|it| hours.has(*it)) {
        match runs.last_mut() {
            Some((_, last)) if last.succ() == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let name = |day| dates::weekday_name(locale, day);
    let said: Vec<String> = runs
        .into_iter()
        .map(
            |(first, last)| match last.num_days_from_monday() - first.num_days_from_monday() {
                0 => name(first),
                1 => format!("{}, {}", name(first), name(last)),
                _ => format!("{}–{}", name(first), name(last)),
            },
        )
        .collect();
    said.join(", ")
}

/// One's own, to be changed.
pub fn hours(locale: Locale, person: PersonId, hours: Hours) -> Screen {
    let mut screen = Screen::new(html!(locale, "threads.hours_of.heading"));
    screen.line(&line(locale, hours));
    screen.line(&html!(locale, "threads.hours_of.about"));
    let buttons: Vec<Button> = DAYS
        .into_iter()
        .zip(0_u8..)
        .map(|(day, idx)| {
            let on = hours.has(day);
            let name = dates::weekday_name(locale, day);
            let label = if on { format!("✓ {name}") } else { name };
            Button::new(label, &Act::HoursDay(person, idx, !on))
        })
        .collect();
    let (opens, closes) = hours.hours();
    let mut from = Vec::new();
    for hour in [opens.checked_sub(1), Some(opens + 1)].into_iter().flatten() {
        if let (Some(_), Ok(short)) = (hours.from(hour), u8::try_from(hour)) {
            let label = plain!(locale, "threads.hours_of.button.from", time = dates::time(at(hour)));
            from.push(Button::new(label, &Act::HoursFrom(person, short)));
        }
    }
    let mut until = Vec::new();
    for hour in [closes - 1, closes + 1] {
        if let (Some(_), Ok(short)) = (hours.until(hour), u8::try_from(hour)) {
            let label = plain!(locale, "threads.hours_of.button.until", time = dates::time(at(hour)));
            until.push(Button::new(label, &Act::HoursUntil(person, short)));
        }
    }
    let mut screen = screen.grid(&buttons, 4).row(from).row(until);
    if hours != Hours::default() {
        let label = plain!(locale, "threads.hours_of.button.reset");
        screen = screen.row([Button::new(label, &Act::HoursReset(person))]);
    }
    screen.row([
        Button::new(
            plain!(locale, "threads.hours_of.button.settings"),
            &people::press::View::Settings,
        ),
        Button::door(plain!(locale, "nav.menu"), Door::Menu),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t10_days_are_told_in_runs() {
        let told = |days| days_of(days);
        assert_eq!(told(0b1_1111), "пн–пт");
        assert_eq!(told(0b100), "ср");
        assert_eq!(told(0b1_0101), "пн, ср, пт");
        assert_eq!(told(0b110_0011), "пн, вт, сб, вс");
    }

    fn days_of(bits: i64) -> String {
        days(Locale::Ru, Hours::of(bits, 8, 18))
    }
}
