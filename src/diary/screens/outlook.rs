//! What the menu says of a child: «Анна, 7А · пн 23.11 · алгебра 4, 5 · завтра 5 уроков с 8:30».

use super::{cell, mark_with_letter, who};
use crate::diary::{Day, Eye, Outlook};
use crate::words::{Locale, count, dates, escape, plain};

/// Subjects of today that are named; more are in the diary.
const SUBJECTS: usize = 6;

/// M0's text of a family.
pub fn heading(locale: Locale, outlook: &Outlook) -> String {
    let today = outlook.page.now.date();
    let name = match outlook.page.eye {
        Eye::Own => plain!(locale, "diary.own.diary"),
        Eye::Family | Eye::Staff => who(&outlook.page.child),
    };
    let head = format!("<b>{} · {}</b>", escape(&name), dates::day(locale, today, today));
    let mut parts = earned(locale, &outlook.today);
    parts.extend(ahead(locale, outlook));
    parts
        .iter()
        .fold(head, |text, part| format!("{text} · {}", escape(part)))
}

/// The same as a line among other roles': «Анна: завтра 5 уроков с 8:30».
pub fn line(locale: Locale, outlook: &Outlook) -> String {
    let mut parts = earned(locale, &outlook.today);
    parts.extend(ahead(locale, outlook));
    if parts.is_empty() {
        parts.push(plain!(locale, "diary.nothing_ahead"));
    }
    escape(&format!("{}: {}", who(&outlook.page.child), parts.join(" · ")))
}

fn earned(locale: Locale, day: &Day) -> Vec<String> {
    let said = day.entries.iter().filter_map(|it| {
        let said = cell(locale, &it.cell, mark_with_letter);
        let subject = super::one_line(&it.planned.load.subject.to_lowercase(), 40);
        (!said.is_empty()).then(|| format!("{subject} {said}"))
    });
    said.take(SUBJECTS).collect()
}

/// «завтра 5 уроков с 8:30», «пн 11.01: 6 уроков с 8:30»; nothing when none are to come.
fn ahead(locale: Locale, outlook: &Outlook) -> Option<String> {
    let today = outlook.page.now.date();
    let next = &outlook.next;
    let held: Vec<_> = next.entries.iter().filter(|it| it.is_held()).collect();
    let lessons = count(locale, "count.lessons", i64::try_from(held.len()).unwrap_or(i64::MAX));
    let (starts, _) = held.iter().find_map(|it| it.planned.bell)?;
    let time = dates::time(starts);
    Some(if Some(next.date) == today.succ_opt() {
        plain!(locale, "diary.tomorrow", lessons = lessons, time = time)
    } else {
        let day = dates::day(locale, next.date, today);
        plain!(locale, "diary.next_day", day = day, lessons = lessons, time = time)
    })
}
