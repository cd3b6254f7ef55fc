//! What comes by itself: P3 and its answers to a family, what was told and what isn't known to a tutor.

use chrono::NaiveDate;

use super::super::press::Act;
use super::super::{First, Run};
use super::family::Shown;
use super::{period, reason};
use crate::chat::{Button, Screen};
use crate::ids::{ClassId, InquiryId};
use crate::words::{Locale, dates, html, plain};

/// P3: absent from the first lesson, and nobody told the school.
pub fn alarm(locale: Locale, id: InquiryId, child: &str, lesson: &First) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "absences.letter.alarm",
        child = child,
        number = lesson.number
    ));
    let day = dates::day(locale, lesson.date, lesson.date);
    let when = match lesson.starts {
        Some(starts) => format!("{day}, {}", dates::time(starts)),
        None => day,
    };
    screen.line(&html!(
        locale,
        "absences.letter.alarm_lesson",
        when = when,
        subject = lesson.subject.to_lowercase()
    ));
    answers(locale, screen, id)
}

/// The tutor asks: P3's question about other lessons.
pub fn asked(locale: Locale, id: InquiryId, (child, tutor): (&str, &str), run: &Run, today: NaiveDate) -> Screen {
    let mut screen = Screen::new(html!(locale, "absences.letter.asked", child = child));
    screen.line(&html!(
        locale,
        "absences.letter.asked_by",
        days = missed(locale, run, today),
        tutor = tutor
    ));
    answers(locale, screen, id)
}

/// «вт 24.11: 3-й урок», «вт 24.11: уроки 1, 3–6», «23–25.11: уроков 9».
pub fn missed(locale: Locale, run: &Run, today: NaiveDate) -> String {
    let days = period(locale, run.days, today);
    if run.n_days > 1 {
        return plain!(locale, "absences.missed_days", days = days, n = run.lessons.len());
    }
    match spans(&run.lessons).as_slice() {
        [(first, last)] if first == last => plain!(locale, "absences.missed_lesson", days = days, number = first),
        several => {
            let numbers: Vec<String> = several.iter().copied().map(span).collect();
            plain!(
                locale,
                "absences.missed_lessons",
                days = days,
                numbers = numbers.join(", ")
            )
        }
    }
}

/// Lessons as runs of neighbours: the first and the last of each. Two groups of one hour are one lesson here.
fn spans(lessons: &[(NaiveDate, i64)]) -> Vec<(i64, i64)> {
    let mut numbers: Vec<i64> = lessons.iter().map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    spans
}

fn span((first, last): (i64, i64)) -> String {
    match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    }
}

fn answers(locale: Locale, screen: Screen, id: InquiryId) -> Screen {
    screen
        .row([
            Button::new(plain!(locale, "absences.button.ill"), &Act::Ill(id)),
            Button::new(plain!(locale, "absences.button.other"), &Act::OtherReason(id)),
        ])
        .row([Button::new(
            plain!(locale, "absences.button.dont_know"),
            &Act::DontKnow(id),
        )])
}

/// P3b: the question where it stands, once somebody has answered.
pub fn answered(locale: Locale, child: &str, shown: Shown<'_>) -> Screen {
    let it = shown.absence;
    let mut screen = Screen::new(html!(
        locale,
        "absences.letter.answered",
        child = child,
        reason = reason(locale, it.reason)
    ));
    let (_, time) = dates::day_and_time(locale, it.at, shown.today.zone);
    let days = period(locale, it.days(), shown.today.date);
    screen.line(&if it.by_family {
        html!(
            locale,
            "absences.letter.answer",
            days = days,
            by = shown.by,
            time = time
        )
    } else {
        html!(locale, "absences.letter.noted", days = days, by = shown.by, time = time)
    });
    screen
}

/// P3c: the question where it stands, once somebody has said that they don't know. It can still be answered.
pub fn nobody_knows(locale: Locale, mut asked: Screen, by: &str, time: &str) -> Screen {
    asked.line(&html!(locale, "absences.letter.doesnt_know", by = by, time = time));
    asked
}

/// A pupil as a tutor's letter calls it.
#[derive(Clone, Copy, Debug)]
pub struct Pupil<'p> {
    /// «Попов Дмитрий».
    pub name: &'p str,
    /// The class.
    pub class: (ClassId, &'p str),
}

fn to_class(locale: Locale, pupil: Pupil<'_>) -> Button {
    Button::new(
        plain!(locale, "absences.button.absences"),
        &Act::OpenHere(pupil.class.0),
    )
}

/// What a family told, to the tutor.
pub fn told(locale: Locale, pupil: Pupil<'_>, shown: Shown<'_>) -> Screen {
    let it = shown.absence;
    let mut screen = Screen::new(html!(
        locale,
        "absences.letter.told",
        pupil = pupil.name,
        class = pupil.class.1,
        reason = reason(locale, it.reason),
        days = period(locale, it.days(), shown.today.date)
    ));
    for line in shown.lines(locale) {
        screen.line(&line);
    }
    let mut row = Vec::new();
    if it.accepted_at.is_none() && it.withdrawn_at.is_none() {
        let label = plain!(locale, "absences.button.accept");
        row.push(Button::new(label, &Act::AcceptHere(it.id)));
    }
    row.push(to_class(locale, pupil));
    screen.row(row)
}

/// The words under a photo of a note.
pub fn note(locale: Locale, pupil: &str) -> Screen {
    Screen::new(html!(locale, "absences.letter.note", pupil = pupil))
}

/// P3c: nobody of the family knows where the pupil is.
pub fn unknown(locale: Locale, pupil: Pupil<'_>, days: &str, (by, time): (&str, &str)) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "absences.letter.unknown",
        pupil = pupil.name,
        class = pupil.class.1
    ));
    screen.line(&html!(
        locale,
        "absences.letter.unknown_says",
        days = days,
        by = by,
        time = time
    ));
    screen.row([to_class(locale, pupil)])
}

/// The pupil of whom nobody knew is there.
pub fn found(locale: Locale, pupil: Pupil<'_>) -> Screen {
    Screen::new(html!(
        locale,
        "absences.letter.found",
        pupil = pupil.name,
        class = pupil.class.1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[3], &[(3, 3)])]
    #[case(&[1, 2, 3, 4, 5, 6], &[(1, 6)])]
    #[case(&[4, 1, 2, 6], &[(1, 2), (4, 4), (6, 6)])]
    #[case(&[2, 2, 3], &[(2, 3)])]
    #[case(&[], &[])]
    fn t2_lessons_on_end_are_said_as_one(#[case] numbers: &[i64], #[case] said: &[(i64, i64)]) {
        let lessons: Vec<_> = numbers.iter().map(|it| (NaiveDate::MIN, *it)).collect();
        assert_eq!(spans(&lessons), said);
    }
}
