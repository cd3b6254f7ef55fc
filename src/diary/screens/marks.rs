//! P7, P8: marks by subject with their averages; a subject with all its marks, each of which opens its lesson.

use chrono::NaiveDate;
use std::ops::Range;

use super::{Title, cell, children, foot, heading, letter, mark_with_letter};
use crate::charts::Tone;
use crate::chat::{Button, Screen, limits};
use crate::diary::press::{Back, Period, View};
use crate::diary::{Given, Page};
use crate::grading::{ENOUGH_MARKS, averages};
use crate::ids::SubjectId;
use crate::lessons::Kind;
use crate::lessons::cell::Cell;
use crate::lessons::screens::kind;
use crate::words::{Locale, count, dates, escape, html, plain, sort_key};

/// Marks on a page of a subject.
const PAGE: usize = 20;
/// Marks that stand in one line; of more only the newest.
const LINE: usize = 60;

/// Marks of a period, by subject.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Which.
    pub period: Period,
    /// «II четверть», «2026/27».
    pub title: String,
    /// All of them, by subject and in order.
    pub given: Vec<Given>,
    /// What the child is taught, by title: a subject may have no mark yet.
    pub taught: Vec<(SubjectId, String)>,
    /// The terms beside it: title and first day.
    pub former: Option<(String, NaiveDate)>,
    /// The same after it.
    pub next: Option<(String, NaiveDate)>,
}

impl Marks {
    /// What the child is taught or has a mark of, by title, with its marks.
    fn subjects(&self) -> Vec<(SubjectId, &str, &[Given])> {
        let with_marks = self.given.chunk_by(|one, other| one.subject == other.subject);
        let mut subjects: Vec<(SubjectId, &str, &[Given])> = with_marks
            .filter_map(|marks| {
                let first = marks.first()?;
                Some((first.subject, first.title.as_str(), marks))
            })
            .collect();
        for (subject, title) in &self.taught {
            if !subjects.iter().any(|(it, ..)| it == subject) {
                subjects.push((*subject, title, &[]));
            }
        }
        subjects.sort_by_cached_key(|(subject, title, _)| (sort_key(title, "", ""), *subject));
        subjects
    }
}

/// P7.
pub fn marks(locale: Locale, page: &Page, marks: &Marks) -> Screen {
    let pupil = page.child.id;
    let mut screen = Screen::new(heading(locale, page, Title::Marks, &marks.title));
    if page.child.class.is_empty() {
        screen.line(&html!(locale, "diary.no_class"));
    } else if marks.given.is_empty() {
        screen.line(&html!(locale, "diary.marks.none"));
    }
    let subjects = marks.subjects();
    for (_, title, given) in subjects.iter().filter(|(.., given)| !given.is_empty()) {
        let said = if marks.period == Period::Year || given.len() > LINE {
            count(locale, "count.marks", i64::try_from(given.len()).unwrap_or(i64::MAX))
        } else {
            in_a_row(locale, given)
        };
        let title = super::one_line(title, 60);
        screen.line(&match mean(locale, given) {
            Some(mean) => html!(locale, "diary.marks.line", subject = title, marks = said, mean = mean),
            None => escape(&format!("{title}: {said}")),
        });
    }
    let without = subjects.iter().filter(|(.., given)| given.is_empty());
    let without: Vec<String> = without.map(|(_, title, _)| super::one_line(title, 30)).collect();
    // Where there is no mark at all, a line has said so.
    if !without.is_empty() && !marks.given.is_empty() {
        screen.line(&html!(locale, "diary.marks.not_yet", subjects = without.join(", ")));
    }
    screen = children(screen, pupil, &page.children, |id| View::Marks(id, marks.period));
    for row in rows(&subjects.iter().map(|(_, title, _)| *title).collect::<Vec<_>>()) {
        let width = limits::label_width(row.len());
        let buttons = subjects[row].iter().map(|(subject, title, _)| {
            let label = super::one_line(title, width);
            Button::new(label, &View::Subject(pupil, *subject, marks.period, 0))
        });
        screen = screen.row(buttons);
    }
    let beside = (marks.period, &marks.former, &marks.next);
    let screen = periods(locale, screen, beside, |period| View::Marks(pupil, period));
    let charts = View::Standings(pupil, marks.period, Tone::Light);
    foot(
        locale,
        page,
        screen,
        [Button::new(plain!(locale, "menu.charts"), &charts)],
    )
}

/// Which buttons stand in a row together: two, or one whose title needs the whole width. So many subjects that not all
/// of them could have it stand two by two.
pub(super) fn rows(titles: &[&str]) -> Vec<Range<usize>> {
    const MOST: usize = 20;
    let fits = |at: usize| {
        titles
            .get(at)
            .is_some_and(|it| it.chars().count() <= limits::label_width(2))
    };
    let mut rows = Vec::new();
    let mut at = 0;
    while at < titles.len() {
        let together = at + 1 < titles.len() && (titles.len() > MOST || (fits(at) && fits(at + 1)));
        let end = at + if together { 2 } else { 1 };
        rows.push(at..end);
        at = end;
    }
    rows
}

/// «5 5к 4 3»; of more than fit in a line the newest.
fn in_a_row(locale: Locale, given: &[Given]) -> String {
    let shown: Vec<String> = given
        .iter()
        .skip(given.len().saturating_sub(LINE))
        .map(|it| mark(locale, it))
        .collect();
    let more = if given.len() > LINE { "… " } else { "" };
    format!("{more}{}", shown.join(" "))
}

/// «5к», «н/4».
fn mark(locale: Locale, given: &Given) -> String {
    let one = Cell {
        sign: given.sign.filter(|it| it.is_away()),
        marks: vec![given.mark],
    };
    cell(locale, &one, mark_with_letter)
}

/// «средний 4,43», «отметок пока мало»; nothing where no mark counts.
fn mean(locale: Locale, given: &[Given]) -> Option<String> {
    let averages = averages(given.iter().map(|it| (it.mark.value, it.mark.weight)))?;
    Some(if averages.count < ENOUGH_MARKS {
        plain!(locale, "diary.marks.too_few")
    } else {
        let mean = dates::hundredths(locale, averages.weighted.hundredths());
        plain!(locale, "diary.marks.mean", mean = mean)
    })
}

/// A period with the terms beside it: title and first day.
pub(super) type Beside<'b> = (Period, &'b Option<(String, NaiveDate)>, &'b Option<(String, NaiveDate)>);

/// The terms beside it, and the year.
pub(super) fn periods(
    locale: Locale,
    screen: Screen,
    (period, former, next): Beside<'_>,
    to: impl Fn(Period) -> View,
) -> Screen {
    let width = limits::label_width(2);
    let mut row = Vec::new();
    if let Some((title, starts)) = former {
        row.push(Button::new(
            super::one_line(&format!("‹ {title}"), width),
            &to(Period::Of(*starts)),
        ));
    }
    if let Some((title, starts)) = next {
        let title = super::one_line(title, width.saturating_sub(2));
        row.push(Button::new(format!("{title} ›"), &to(Period::Of(*starts))));
    }
    let other = if period == Period::Year {
        Button::new(plain!(locale, "diary.button.term"), &to(Period::Now))
    } else {
        Button::new(plain!(locale, "diary.button.year"), &to(Period::Year))
    };
    row.push(other);
    let columns = 2;
    screen.grid(&row, columns)
}

/// P8 in words: the line of marks, the average and how it comes about, then each mark, newest first.
pub fn subject(locale: Locale, page: &Page, marks: &Marks, (subject, title): (SubjectId, &str), at: u8) -> Screen {
    let pupil = page.child.id;
    let given = &marks.given;
    let subject_title = super::one_line(title, 60);
    let mut parts = vec![subject_title];
    if page.eye != crate::diary::Eye::Own {
        parts.push(super::who(&page.child));
    }
    parts.push(marks.title.clone());
    let mut screen = Screen::new(format!("<b>{}</b>", escape(&parts.join(" · "))));
    if given.is_empty() {
        screen.line(&html!(locale, "diary.marks.none"));
    } else {
        screen.line(&summary(locale, given));
        let legend = legend(locale, given);
        if !legend.is_empty() {
            screen.line(&escape(&legend));
        }
    }
    let pages = given.len().div_ceil(PAGE).max(1);
    let at = usize::from(at).min(pages - 1);
    let shown: Vec<&Given> = given.iter().rev().skip(at * PAGE).take(PAGE).collect();
    let today = page.now.date();
    for it in &shown {
        let line = plain!(
            locale,
            "diary.marks.given",
            day = dates::day(locale, it.key.date, today),
            number = it.key.number,
            mark = mark(locale, it)
        );
        screen.line(&escape(&line));
    }
    let back = Back::Subject(subject, marks.period, u8::try_from(at).unwrap_or_default());
    let buttons: Vec<Button> = shown
        .iter()
        .map(|it| {
            let label = format!("{} · {}", it.key.date.format("%d.%m"), mark(locale, it));
            Button::new(label, &View::Lesson(pupil, it.key, back))
        })
        .collect();
    screen = children(screen, pupil, &page.children, |id| View::Marks(id, marks.period));
    screen = screen.grid(&buttons, 2);
    let turn = |to: usize| View::Subject(pupil, subject, marks.period, u8::try_from(to).unwrap_or(u8::MAX));
    let mut row = Vec::new();
    if at + 1 < pages {
        row.push(Button::new(plain!(locale, "diary.button.older"), &turn(at + 1)));
    }
    if at > 0 {
        row.push(Button::new(plain!(locale, "diary.button.newer"), &turn(at - 1)));
    }
    screen = screen.row(row);
    let beside = (marks.period, &marks.former, &marks.next);
    let screen = periods(locale, screen, beside, |period| {
        View::Subject(pupil, subject, period, 0)
    });
    let chart = View::Course(pupil, subject, marks.period, Tone::Light);
    let screen = screen.row([
        Button::new(plain!(locale, "diary.button.chart"), &chart),
        Button::new(plain!(locale, "diary.button.past"), &View::Past(pupil, subject, 0)),
    ]);
    let back = Button::new(
        plain!(locale, "diary.button.to_marks"),
        &View::Marks(pupil, marks.period),
    );
    foot(locale, page, screen, [back])
}

/// «5 5к 4 3 4 5 — средний 4,43; без весов 4,33.»
pub(super) fn summary(locale: Locale, given: &[Given]) -> String {
    let row = in_a_row(locale, given);
    let Some(averages) = averages(given.iter().map(|it| (it.mark.value, it.mark.weight))) else {
        return escape(&row);
    };
    let weighted = dates::hundredths(locale, averages.weighted.hundredths());
    if averages.count < ENOUGH_MARKS {
        let few = plain!(locale, "diary.marks.too_few");
        return escape(&format!("{row} — {few}"));
    }
    if averages.is_weighted {
        let plain = dates::hundredths(locale, averages.plain.hundredths());
        html!(
            locale,
            "diary.marks.summary_both",
            marks = row,
            weighted = weighted,
            plain = plain
        )
    } else {
        html!(locale, "diary.marks.summary", marks = row, mean = weighted)
    }
}

/// «к — контрольная, вес 2; д — диктант, вес 2»: the letters that stand in the line.
pub(super) fn legend(locale: Locale, given: &[Given]) -> String {
    let mut said: Vec<String> = Vec::new();
    for it in given.iter().filter(|it| it.mark.kind != Kind::Answer) {
        let (letter, name) = (letter(locale, it.mark.kind), kind(locale, it.mark.kind));
        let line = if it.mark.weight == 100 {
            format!("{letter} — {name}")
        } else {
            plain!(
                locale,
                "diary.marks.weighted_kind",
                letter = letter,
                kind = name,
                weight = super::lesson::weight(locale, it.mark.weight)
            )
        };
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::rows;
    use rstest::rstest;

    #[rstest]
    #[case(&["Алгебра", "Биология", "География"], &[0..2, 2..3])]
    #[case(&["Алгебра", "Физическая культура", "Химия"], &[0..1, 1..2, 2..3])]
    #[case(&["Английский язык", "Биология", "Физическая культура"], &[0..2, 2..3])]
    #[case(&[], &[])]
    fn a_long_title_has_a_row_of_its_own(#[case] titles: &[&str], #[case] expected: &[std::ops::Range<usize>]) {
        assert_eq!(rows(titles), expected);
    }

    #[test]
    fn too_many_long_titles_stand_two_by_two() {
        let titles = ["Физическая культура"; 41];
        let rows = rows(&titles);
        assert_eq!(rows.len(), 21);
        assert_eq!(rows.last(), Some(&(40..41)));
    }
}
