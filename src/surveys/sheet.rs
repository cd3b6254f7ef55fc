//! The results as a table, and each person's answers in a row.

use super::screens::results::Named;
use super::votes::Answers;
use super::work::store::Asked;
use super::{Question, Survey};
use crate::ids::PersonId;
use crate::paper::xlsx::{self, Cell, Look, Sheet, Value};
use crate::words::{Locale, plain};

/// What a person answered to a question; empty when nothing.
pub fn said(question: &Question, answers: &Answers, person: PersonId) -> String {
    if let Some((.., said)) = answers.words.iter().find(|it| it.0 == person) {
        return said.clone();
    }
    let own = answers.voices.iter().filter(|it| it.person == person);
    let last = own.max_by_key(|it| it.order);
    let chosen = last.into_iter().flat_map(|it| &it.options);
    let chosen: Vec<&str> = chosen
        .filter_map(|idx| question.options.get(*idx))
        .map(String::as_str)
        .collect();
    chosen.join("; ")
}

/// Everybody who was asked, with their answers.
pub fn named(survey: &Survey, answers: &[Answers], asked: &[Asked]) -> Vec<Named> {
    let one = |it: &Asked| Named {
        name: it.name.adult(),
        answers: survey
            .questions
            .iter()
            .zip(answers)
            .map(|(question, answers)| said(question, answers, it.person_id))
            .collect(),
    };
    asked.iter().map(one).collect()
}

/// Writes the counts and, where they may be seen, the names.
pub fn write(locale: Locale, survey: &Survey, answers: &[Answers], asked: Option<&[Asked]>) -> anyhow::Result<Vec<u8>> {
    let mut sheets = vec![counts(locale, survey, answers)];
    if let Some(asked) = asked {
        sheets.push(names(locale, survey, &named(survey, answers, asked)));
    }
    Ok(xlsx::write(&sheets)?)
}

fn counts(locale: Locale, survey: &Survey, answers: &[Answers]) -> Sheet {
    let mut rows = Rows::default();
    for (question, answers) in survey.questions.iter().zip(answers) {
        rows.add([text(&question.text), number(answers.tally.voters)], Look::Heading);
        for (option, n) in question.options.iter().zip(&answers.tally.counts) {
            rows.add([text(option), number(*n)], Look::Plain);
        }
    }
    Sheet {
        title: plain!(locale, "surveys.sheet.counts"),
        widths: vec![60.0, 12.0],
        cells: rows.cells,
        ..Sheet::default()
    }
}

fn names(locale: Locale, survey: &Survey, people: &[Named]) -> Sheet {
    let mut rows = Rows::default();
    let head = std::iter::once(text(&plain!(locale, "surveys.sheet.who")));
    rows.add(
        head.chain(survey.questions.iter().map(|it| text(&it.text))),
        Look::Heading,
    );
    for person in people {
        let row = std::iter::once(text(&person.name)).chain(person.answers.iter().map(|it| text(it)));
        rows.add(row, Look::Plain);
    }
    Sheet {
        title: plain!(locale, "surveys.sheet.names"),
        widths: std::iter::once(28.0)
            .chain(survey.questions.iter().map(|_| 40.0))
            .collect(),
        frozen: 1,
        cells: rows.cells,
        ..Sheet::default()
    }
}

#[derive(Default)]
struct Rows {
    cells: Vec<Cell>,
    n: u32,
}

impl Rows {
    fn add(&mut self, values: impl IntoIterator<Item = Value>, look: Look) {
        let cells = (0..)
            .zip(values)
            .map(|(column, value)| Cell::new(self.n, column, value, look));
        self.cells.extend(cells);
        self.n += 1;
    }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn number(n: i64) -> Value {
    Value::Number(f64::from(u32::try_from(n).unwrap_or(u32::MAX)))
}
