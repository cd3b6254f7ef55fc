//! Dates, times and numbers as people read them, in the school's own time zone.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use super::{Locale, text};

/// The school's civil time of a moment.
pub fn local(moment: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    moment.with_timezone(&zone).naive_local()
}

/// The moment of a school's civil time; a time that a change of the clock skips is taken as the next that exists.
pub fn moment(date: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let civil = date.and_time(time);
    civil
        .and_local_timezone(zone)
        .earliest()
        .or_else(|| {
            (civil + chrono::TimeDelta::hours(1))
                .and_local_timezone(zone)
                .earliest()
        })
        .map_or_else(|| civil.and_utc(), |there| there.with_timezone(&Utc))
}

/// The time zone of an IANA name; UTC for one that isn't known, which the import doesn't let in.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// «пн 23.11»; with the year when it is of another school year than `today`.
pub fn day(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let weekday = weekday(locale, date);
    if school_year(date) == school_year(today) {
        format!("{weekday}\u{a0}{}", date.format("%d.%m"))
    } else {
        format!("{weekday}\u{a0}{}", date.format("%d.%m.%Y"))
    }
}

/// «пн 23.11» and «10:40»: a moment where clocks stand so.
pub fn day_and_time(locale: Locale, at: DateTime<Utc>, zone: Tz) -> (String, String) {
    let there = local(at, zone);
    (day(locale, there.date(), there.date()), time(there.time()))
}

/// «пн 23», for a button to a neighbouring day.
pub fn day_of_month(locale: Locale, date: NaiveDate) -> String {
    format!("{}\u{a0}{}", weekday(locale, date), date.day())
}

/// «пн».
pub fn weekday(locale: Locale, date: NaiveDate) -> String {
    weekday_name(locale, date.weekday())
}

/// The same of a weekday without a date.
pub fn weekday_name(locale: Locale, day: Weekday) -> String {
    let key = match day.number_from_monday() {
        1 => "days.mon",
        2 => "days.tue",
        3 => "days.wed",
        4 => "days.thu",
        5 => "days.fri",
        6 => "days.sat",
        _ => "days.sun",
    };
    text(locale, key, &[])
}

/// «10:40», hours without a leading zero.
pub fn time(at: NaiveTime) -> String {
    at.format("%-H:%M").to_string()
}

/// «10:40–11:25».
pub fn span(starts: NaiveTime, ends: NaiveTime) -> String {
    format!("{}–{}", time(starts), time(ends))
}

/// «1 240»: thousands parted by a no-break space.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    if n < 0 { format!("−{grouped}") } else { grouped }
}

/// «4,43» of 443 hundredths; with a point in English.
pub fn hundredths(locale: Locale, n: i64) -> String {
    let separator = match locale {
        Locale::Ru => ',',
        Locale::En => '.',
    };
    format!("{}{separator}{:02}", n / 100, n % 100)
}

/// «23–27.11», «28.09–02.10»: days of one week.
pub fn days(first: NaiveDate, last: NaiveDate) -> String {
    if first.month() == last.month() {
        format!("{}–{}", first.day(), last.format("%-d.%m"))
    } else {
        format!("{}–{}", first.format("%d.%m"), last.format("%d.%m"))
    }
}

/// «ноябрь».
pub fn month(locale: Locale, date: NaiveDate) -> String {
    let key = match date.month() {
        1 => "months.jan",
        2 => "months.feb",
        3 => "months.mar",
        4 => "months.apr",
        5 => "months.may",
        6 => "months.jun",
        7 => "months.jul",
        8 => "months.aug",
        9 => "months.sep",
        10 => "months.oct",
        11 => "months.nov",
        _ => "months.dec",
    };
    text(locale, key, &[])
}

/// A school year is named by its September.
fn school_year(date: NaiveDate) -> i32 {
    if date.month() >= 8 {
        date.year()
    } else {
        date.year() - 1
    }
}
