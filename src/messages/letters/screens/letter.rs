//! The letter as it stands in a family's chat.

use chrono::NaiveDate;

use crate::chat::{Button, Payload, Screen};
use crate::ids::{MailingId, PersonId};
use crate::lessons::cell::Sign;
use crate::lessons::screens as lesson_screens;
use crate::messages::letters::Kind;
use crate::messages::letters::facts::{Away, Facts};
use crate::messages::letters::press::Act;
use crate::messages::threads;
use crate::words::names::{FullName, in_school, shorten};
use crate::words::{Html, Locale, dates, escape, html, plain};

/// Letters that a subject has in a line of many.
const SUBJECT: usize = 24;
/// Days of absence that a letter lists; the rest is counted.
const DAYS: usize = 6;

/// The letter as a family sees it.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'l> {
    /// Which mailing; 0 while it is none.
    pub mailing: MailingId,
    /// Whose family's.
    pub pupil: PersonId,
    /// «Алексей».
    pub child: &'l str,
    /// «7А».
    pub class: &'l str,
    /// What it is about.
    pub kind: Kind,
    /// The week of the facts.
    pub week: (NaiveDate, NaiveDate),
    /// The facts; `None` without them.
    pub facts: Option<&'l Facts>,
    /// Words of the author's.
    pub words: &'l str,
    /// Who writes.
    pub author: &'l FullName,
    /// The school's day.
    pub today: NaiveDate,
    /// The school, for a reader who has to do with several.
    pub school: Option<&'l str>,
}

/// What a parent gets.
pub fn letter(locale: Locale, letter: &Letter<'_>) -> Screen {
    let read = Act::Read(letter.mailing, letter.pupil);
    let answer = threads::press::Act::AnswerLetter(letter.mailing, letter.pupil);
    Screen::new(letter_text(locale, letter)).row([
        Button::new(plain!(locale, "letters.button.read"), &read),
        Button::new(plain!(locale, "letters.button.answer"), &answer),
    ])
}

pub fn letter_text(locale: Locale, letter: &Letter<'_>) -> String {
    let child = in_school(letter.child, letter.school);
    let head = match letter.kind {
        Kind::Behaviour => html!(locale, "letters.head.behaviour", child = child),
        Kind::Study if letter.facts.is_some() => {
            let friday = letter.week.0.checked_add_days(chrono::Days::new(4));
            let days = dates::days(letter.week.0, friday.unwrap_or(letter.week.1));
            html!(locale, "letters.head.study_week", child = child, days = days)
        }
        Kind::Study => html!(locale, "letters.head.study", child = child),
        Kind::Absences => html!(locale, "letters.head.absences", child = child),
        Kind::Praise => html!(locale, "letters.head.praise", child = child),
        Kind::Other => {
            let class = in_school(letter.class, letter.school);
            html!(locale, "letters.head.other", class = class)
        }
    };
    let mut screen = Screen::new(head);
    if let Some(facts) = letter.facts {
        for line in facts_lines(locale, letter.kind, facts, letter.today) {
            screen.line(&escape(&line));
        }
    }
    if !letter.words.is_empty() {
        screen.line(&escape(letter.words));
    }
    screen.line(&html!(
        locale,
        "letters.signed",
        name = letter.author.whole(),
        class = letter.class
    ));
    screen.text
}

/// «Алгебра 3, 4 · русский язык 2», «Пропуск: пт 20.11, 5-й урок, причина неизвестна».
fn facts_lines(locale: Locale, kind: Kind, facts: &Facts, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    if kind == Kind::Study {
        let said: Vec<String> = facts
            .marks
            .iter()
            .enumerate()
            .map(|(idx, (subject, values))| {
                let values: Vec<String> = values.iter().map(|it| lesson_screens::value(locale, *it)).collect();
                format!("{} {}", subject_at(subject, idx), values.join(", "))
            })
            .collect();
        lines.push(if said.is_empty() {
            plain!(locale, "letters.facts.no_marks")
        } else {
            format!("{}.", said.join(" · "))
        });
        let averages: Vec<String> = facts
            .averages
            .iter()
            .map(|(subject, mean)| format!("{} {}", subject_at(subject, 1), dates::hundredths(locale, *mean)))
            .collect();
        if !averages.is_empty() {
            lines.push(plain!(
                locale,
                "letters.facts.averages",
                averages = averages.join(" · ")
            ));
        }
    }
    let (late, away): (Vec<Away>, Vec<Away>) = facts.away.iter().partition(|it| it.sign == Sign::Late);
    if !away.is_empty() {
        let days = listed(locale, &away, today);
        lines.push(if away.len() == 1 {
            plain!(locale, "letters.facts.away_once", days = days)
        } else {
            plain!(locale, "letters.facts.away", n = away.len(), days = days)
        });
    } else if kind == Kind::Absences {
        lines.push(plain!(locale, "letters.facts.never_away"));
    }
    if !late.is_empty() {
        let days = listed(locale, &late, today);
        lines.push(plain!(locale, "letters.facts.late", n = late.len(), days = days));
    }
    lines
}

/// A subject within a line: only the first begins with a capital.
fn subject_at(subject: &str, idx: usize) -> String {
    let subject = shorten(subject, SUBJECT);
    if idx == 0 { subject } else { subject.to_lowercase() }
}

/// The newest days first: «пт 20.11, уроки 2, 3, болезнь».
fn listed(locale: Locale, away: &[Away], today: NaiveDate) -> String {
    let mut days: Vec<(NaiveDate, Sign, Vec<i64>)> = Vec::new();
    for it in away.iter().rev() {
        match days
            .last_mut()
            .filter(|(date, sign, _)| *date == it.date && *sign == it.sign)
        {
            Some((_, _, numbers)) => numbers.insert(0, it.number),
            None => days.push((it.date, it.sign, vec![it.number])),
        }
    }
    let mut said: Vec<String> = days
        .iter()
        .take(DAYS)
        .map(|(date, sign, numbers)| {
            let day = dates::day(locale, *date, today);
            let lessons = match numbers.as_slice() {
                [one] => plain!(locale, "letters.facts.lesson", number = *one),
                many => {
                    let numbers: Vec<String> = many.iter().map(i64::to_string).collect();
                    plain!(locale, "letters.facts.lessons", numbers = numbers.join(", "))
                }
            };
            let why = crate::words::text(locale, &format!("letters.sign.{}", sign.code()), &[]);
            if why.is_empty() || *sign == Sign::Late {
                format!("{day}, {lessons}")
            } else {
                format!("{day}, {lessons}, {why}")
            }
        })
        .collect();
    if days.len() > DAYS {
        said.push(plain!(locale, "letters.facts.more_days", n = days.len() - DAYS));
    }
    said.join("; ")
}

/// What stands in a family's chat once it has read: the letter with a line more, and the way to an answer.
pub fn marked_read(locale: Locale, mut kept: Screen, (day, time): (&str, &str), read: &Act) -> Screen {
    kept.line(&html!(locale, "letters.read_line", day = day, time = time));
    let payload = Payload::of(read);
    for row in &mut kept.rows {
        row.retain(|button| button.payload != payload);
    }
    kept.rows.retain(|row| !row.is_empty());
    kept
}

/// What stands where a letter was that is taken back.
pub fn recalled(locale: Locale, (day, time): (&str, &str)) -> Screen {
    Screen::new(html!(locale, "letters.recalled", day = day, time = time))
}

/// Asks somebody to press «Прочитано».
pub fn reminder(locale: Locale, letter: (MailingId, PersonId), (author, day): (&FullName, &str), head: &str) -> Screen {
    let read = Act::Read(letter.0, letter.1);
    Screen::new(html!(
        locale,
        "letters.reminder",
        head = Html(head.to_owned()),
        day = day,
        author = author.adult()
    ))
    .row([Button::new(plain!(locale, "letters.button.read"), &read)])
}

/// The reminder once it was heard.
pub fn reminder_heard(locale: Locale, mut kept: Screen, at: (&str, &str), read: &Act) -> Screen {
    kept = marked_read(locale, kept, at, read);
    kept.rows.clear();
    kept
}
