//! P1, P2: what a family reads. The first line carries the news; the lock screen shows about forty characters of it.

use chrono::{DateTime, Utc};

use super::{Difference, Facts};
use crate::chat::{Button, Door, Screen};
use crate::ids::PersonId;
use crate::lessons::cell::{Sign, Value};
use crate::lessons::{Homework, Kind, Lesson, screens as lesson_screens};
use crate::words::{Locale, dates, html, plain};

/// What a notice is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'n> {
    /// The family's language.
    pub locale: Locale,
    /// The lesson.
    pub lesson: &'n Lesson,
    /// What is so.
    pub facts: &'n Facts,
    /// «Анна».
    pub child: &'n str,
    /// Whose diary its button opens.
    pub pupil: PersonId,
    /// When it is written.
    pub now: DateTime<Utc>,
}

impl Notice<'_> {
    fn subject(&self) -> String {
        self.lesson.planned.load.subject.to_lowercase()
    }

    fn day(&self) -> String {
        let key = self.lesson.planned.key;
        dates::day(self.locale, key.date, self.today())
    }

    fn today(&self) -> chrono::NaiveDate {
        dates::local(self.now, self.lesson.planned.load.zone()).date()
    }

    fn headline(&self, news: &str) -> String {
        html!(
            self.locale,
            "notices.headline",
            child = self.child,
            subject = self.subject(),
            news = news
        )
    }

    fn with_diary(&self, screen: Screen) -> Screen {
        let door = Door::Diary {
            pupil: self.pupil,
            date: self.lesson.planned.key.date,
        };
        let ask = Door::AskTeacher(self.pupil, self.lesson.planned.key.load);
        screen
            .row([
                Button::notice(plain!(self.locale, "notices.button.diary"), door),
                Button::notice(plain!(self.locale, "notices.button.ask"), ask),
            ])
            .row([Button::notice(
                plain!(self.locale, "notices.button.notices"),
                Door::Notices(self.pupil),
            )])
    }
}

/// P1.
pub fn first(notice: &Notice<'_>) -> Screen {
    notice.with_diary(body(notice, &state(notice)))
}

/// The former message, brought up to date where it stands.
pub fn corrected(notice: &Notice<'_>, differences: &[Difference]) -> Screen {
    let mut screen = body(notice, &state(notice));
    let (day, time) = dates::day_and_time(notice.locale, notice.now, notice.lesson.planned.load.zone());
    screen.line(&html!(
        notice.locale,
        "notices.corrected_line",
        day = day,
        time = time,
        what = changes(notice.locale, differences)
    ));
    notice.with_diary(screen)
}

/// P2.
pub fn correction(notice: &Notice<'_>, differences: &[Difference], reason: Option<&str>) -> Screen {
    let locale = notice.locale;
    let mut screen = Screen::new(notice.headline(&changes(locale, differences)));
    let (day, time) = dates::day_and_time(locale, notice.now, notice.lesson.planned.load.zone());
    let kinds = kinds(notice);
    let lesson = plain!(
        locale,
        "notices.lesson",
        day = notice.day(),
        number = notice.lesson.planned.key.number
    );
    let lesson = if kinds.is_empty() {
        lesson
    } else {
        format!("{lesson}. {kinds}")
    };
    let mut line = html!(locale, "notices.correction", lesson = lesson, day = day, time = time);
    if let Some(reason) = reason {
        let reason = crate::words::text(locale, &format!("lessons.reason.{reason}"), &[]);
        line.push(' ');
        line.push_str(&html!(locale, "notices.reason", reason = reason));
    }
    screen.line(&line);
    notice.with_diary(screen)
}

fn body(notice: &Notice<'_>, news: &str) -> Screen {
    let (locale, facts) = (notice.locale, notice.facts);
    let mut screen = Screen::new(notice.headline(news));
    let lesson = plain!(
        locale,
        "notices.lesson",
        day = notice.day(),
        number = notice.lesson.planned.key.number
    );
    let kinds = kinds(notice);
    screen.line(&crate::words::escape(&if kinds.is_empty() {
        format!("{lesson}.")
    } else {
        format!("{lesson}. {kinds}.")
    }));
    if let Some(comment) = &facts.comment {
        screen.line(&html!(locale, "notices.comment", comment = comment));
    }
    if let Some(topic) = &facts.topic {
        screen.line(&html!(locale, "notices.topic", topic = topic));
    }
    let due = facts.due.map(|day| {
        plain!(
            locale,
            "lessons.card.due",
            day = dates::day(locale, day, notice.today())
        )
    });
    match &facts.homework {
        Homework::Text(text) => screen.line(&html!(
            locale,
            "notices.homework",
            due = due.unwrap_or_default(),
            homework = text
        )),
        Homework::NotSet => screen.line(&html!(locale, "notices.no_homework")),
        Homework::Missing => {}
    }
    screen
}

/// «4 и 5», «нет на уроке (н)», «н/4, сдано позже», «опоздание», «отметка снята».
fn state(notice: &Notice<'_>) -> String {
    facts_state(notice.locale, notice.facts)
}

/// The same of facts alone.
pub(super) fn facts_state(locale: Locale, facts: &Facts) -> String {
    let marks: Vec<String> = facts.marks.iter().map(|(it, _)| value(locale, it)).collect();
    let listed = match marks.split_last() {
        Some((last, rest)) if !rest.is_empty() => plain!(locale, "notices.and", first = rest.join(", "), last = last),
        Some((last, _)) => last.clone(),
        None => String::new(),
    };
    match (facts.sign.as_deref().and_then(Sign::of), marks.is_empty()) {
        (None, true) => plain!(locale, "notices.no_mark"),
        (None, false) => listed,
        (Some(Sign::Late), true) => plain!(locale, "notices.late"),
        (Some(Sign::Late), false) => plain!(locale, "notices.late_with_marks", marks = listed),
        (Some(away), true) => {
            let key = format!("notices.away.{}", away.code());
            crate::words::text(locale, &key, &[])
        }
        (Some(away), false) => plain!(
            locale,
            "notices.later",
            sign = lesson_screens::sign(locale, away),
            marks = listed
        ),
    }
}

/// «4 — ответ, 5 — самостоятельная».
fn kinds(notice: &Notice<'_>) -> String {
    let locale = notice.locale;
    let marks: Vec<String> = notice
        .facts
        .marks
        .iter()
        .map(|(it, kind)| {
            format!(
                "{} — {}",
                value(locale, it),
                lesson_screens::kind(locale, Kind::of(kind))
            )
        })
        .collect();
    marks.join(", ")
}

/// What differs, in words.
pub(super) fn changes(locale: Locale, differences: &[Difference]) -> String {
    let said: Vec<String> = differences
        .iter()
        .map(|it| match it {
            Difference::Added(later) => plain!(locale, "notices.added", value = value(locale, later)),
            Difference::Removed(former) => plain!(locale, "notices.removed", value = value(locale, former)),
            Difference::Corrected(former, later) => {
                plain!(
                    locale,
                    "notices.corrected",
                    former = value(locale, former),
                    value = value(locale, later)
                )
            }
            Difference::Sign(_, Some(later)) => match Sign::of(later) {
                Some(Sign::Late) | None => plain!(locale, "notices.late"),
                Some(away) => crate::words::text(locale, &format!("notices.away.{}", away.code()), &[]),
            },
            Difference::Sign(former, None) => {
                let former = former
                    .as_deref()
                    .and_then(Sign::of)
                    .map_or_else(String::new, |it| lesson_screens::sign(locale, it));
                plain!(locale, "notices.there", sign = former)
            }
        })
        .collect();
    said.join("; ")
}

/// A mark's value by its code.
pub(super) fn value(locale: Locale, code: &str) -> String {
    Value::of(code).map_or_else(|| code.to_owned(), |it| lesson_screens::value(locale, it))
}
