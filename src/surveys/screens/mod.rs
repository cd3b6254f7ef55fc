//! What people see of surveys: V1 to V5.

pub mod letters;
pub mod mine;
pub mod results;

use chrono::NaiveDate;

use super::press::{Act, View};
use super::votes::Answers;
use super::work::store::Asked;
use super::{DAYS, Kind, QUESTIONS, State, Survey, Who};
use crate::chat::{Button, Door, Pressable, Screen, limits};
use crate::people::reach::Place;
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, html, plain};

pub use results::Counted;

/// Whose families are asked, as it is said after «родители».
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// «7А».
    Class(String),
    /// «5–9 кл.»
    Grades(i64, i64),
}

/// From the first grade to the last it is the whole school.
pub const SCHOOL: (i64, i64) = (1, 11);

impl Title {
    /// The words.
    pub fn said(&self, locale: Locale) -> String {
        match self {
            Self::Class(name) => name.clone(),
            Self::Grades(from, to) if (*from, *to) == SCHOOL => plain!(locale, "surveys.place.school"),
            Self::Grades(from, to) => plain!(locale, "surveys.place.grades", from = from, to = to),
        }
    }
}

/// How a survey stands.
#[derive(Clone, Debug)]
pub struct Results {
    /// Question by question.
    pub questions: Vec<Counted>,
    /// How many people or families were asked.
    pub asked: i64,
    /// Whether families are counted.
    pub by_family: bool,
}

impl Results {
    /// What was answered, of all who were asked.
    pub fn of(survey: &Survey, answers: &[Answers], asked: &[Asked]) -> Self {
        let by_family = survey.counts_families();
        let mut units: Vec<_> = asked
            .iter()
            .map(|it| if by_family { it.family_id } else { it.person_id })
            .collect();
        units.sort_unstable();
        units.dedup();
        let counted = |(question, answers): (&super::Question, &Answers)| Counted {
            question: fitted(question, survey.questions.len()),
            tally: answers.tally.clone(),
        };
        Self {
            questions: survey.questions.iter().zip(answers).map(counted).collect(),
            asked: i64::try_from(units.len()).unwrap_or(i64::MAX),
            by_family,
        }
    }

    /// The first question.
    pub fn headline(&self) -> String {
        let first = self.questions.first().map(|it| it.question.text.as_str());
        shorten(first.unwrap_or_default(), 200)
    }

    /// «ответили 18 из 21 семьи».
    pub fn answered(&self, locale: Locale) -> String {
        let answered = self
            .questions
            .iter()
            .map(|it| it.tally.voters)
            .max()
            .unwrap_or_default();
        let of = if self.by_family {
            count(locale, "surveys.of_families", self.asked)
        } else {
            count(locale, "surveys.of_people", self.asked)
        };
        plain!(locale, "surveys.answered", n = dates::number(answered), of = of)
    }
}

/// A question as it fits on a screen with so many: a long one and its options are cut.
fn fitted(question: &super::Question, n_questions: usize) -> super::Question {
    /// Letters of all questions with their options; a sign may count twice, and counts stand beside.
    const LETTERS: usize = 2000;
    let letters = LETTERS / n_questions.max(1);
    let each = (2 * letters / 3) / question.options.len().max(1);
    let width = each.saturating_sub(12).clamp(10, limits::POLL_OPTION);
    super::Question {
        text: shorten(&question.text, letters / 3),
        options: question.options.iter().map(|it| shorten(it, width)).collect(),
        ..question.clone()
    }
}

/// Results of a survey as long as it may be, as [`Results::of`] would have them.
#[cfg(test)]
pub fn fitted_results(survey: &Survey, results: &Results) -> Results {
    let fit = |it: &Counted| Counted {
        question: fitted(&it.question, survey.questions.len()),
        tally: it.tally.clone(),
    };
    Results {
        questions: results.questions.iter().map(fit).collect(),
        ..results.clone()
    }
}

/// «‹ Опросы».
fn to_home(locale: Locale, place: Place) -> Button {
    Button::new(plain!(locale, "surveys.button.home"), &View::Home(place))
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}

/// Buttons to the pages beside this one.
fn turning<P: Pressable>(page: u8, n: usize, size: usize, view: impl Fn(u8) -> P) -> Vec<Button> {
    let mut row = Vec::new();
    if page > 0 {
        row.push(Button::new("‹", &view(page - 1)));
    }
    if (usize::from(page) + 1) * size < n && page < u8::MAX {
        row.push(Button::new("›", &view(page + 1)));
    }
    row
}

/// A place to ask in, among several.
pub fn places(locale: Locale, places: &[(Title, Place)]) -> Screen {
    let button = |(title, place): &(Title, Place)| {
        let label = plain!(locale, "surveys.button.place", place = title.said(locale));
        Button::new(shorten(&label, limits::label_width(1)), &View::Home(*place))
    };
    let rows = places.iter().take(limits::ROWS - 1).map(button);
    rows.fold(Screen::new(html!(locale, "surveys.places")), |screen, button| {
        screen.row([button])
    })
    .row([menu(locale)])
}

/// A survey in the list of a place.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where the results are.
    pub view: View,
    /// Its first question.
    pub question: String,
    /// Whether it still takes votes.
    pub open: bool,
    /// When it closes or closed.
    pub closes: String,
}

/// The surveys of a place.
pub fn home(locale: Locale, title: &Title, place: Place, lines: &[Line]) -> Screen {
    let mut screen = Screen::new(html!(locale, "surveys.home", place = title.said(locale)));
    if lines.is_empty() {
        screen.line(&html!(locale, "surveys.none_yet"));
    }
    let screen = screen.row([Button::new(plain!(locale, "surveys.button.new"), &Act::Begin(place))]);
    let screen = lines.iter().fold(screen, |screen, it| {
        let label = if it.open {
            plain!(locale, "surveys.button.going", question = it.question)
        } else {
            plain!(locale, "surveys.button.over", day = it.closes, question = it.question)
        };
        screen.row([Button::new(shorten(&label, limits::label_width(1)), &it.view)])
    });
    let back = match place {
        Place::Class(class) => vec![Button::door(
            plain!(locale, "surveys.button.to_class", class = title.said(locale)),
            Door::Class(class, 0),
        )],
        Place::Grades { .. } | Place::Group(_) | Place::Pupil(_) => Vec::new(),
    };
    screen.row(back.into_iter().chain([menu(locale)]))
}

/// V1.
pub fn ask(locale: Locale, place: Place) -> Screen {
    Screen::new(html!(locale, "surveys.ask")).row([
        Button::new(plain!(locale, "surveys.button.sample"), &View::Sample(place)),
        to_home(locale, place),
    ])
}

/// V1 with a sample, to be copied and changed.
pub fn sample(locale: Locale, place: Place) -> Screen {
    Screen::new(html!(locale, "surveys.sample")).row([
        Button::new(plain!(locale, "surveys.button.back"), &View::Ask(place)),
        to_home(locale, place),
    ])
}

/// V1 for one more question.
pub fn ask_more(locale: Locale, survey: &Survey) -> Screen {
    let n = survey.questions.len() + 1;
    Screen::new(html!(locale, "surveys.ask_more", n = n)).row([Button::new(
        plain!(locale, "surveys.button.to_draft"),
        &View::Draft(survey.id),
    )])
}

/// What is known of a draft beside what it asks.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Whose families are asked.
    pub title: Title,
    /// How many people are reached.
    pub people: usize,
    /// Families that aren't, by the pupils' surnames.
    pub missing: Vec<String>,
    /// On which day it closes.
    pub closes: NaiveDate,
    /// Whether it can be anonymous.
    pub anonymous_from: bool,
}

/// V2.
pub fn draft(locale: Locale, survey: &Survey, preview: &Preview) -> Screen {
    let mut screen = Screen::default();
    for question in &survey.questions {
        let question = fitted(question, survey.questions.len());
        let mut line = html!(locale, "surveys.question", question = question.text);
        if question.options.is_empty() {
            line.push_str(&html!(locale, "surveys.draft.open"));
        } else {
            let options: Vec<String> = question.options.iter().map(|it| crate::words::escape(it)).collect();
            line.push_str(" — ");
            line.push_str(&options.join(" · "));
        }
        screen.line(&line);
    }
    if !preview.missing.is_empty() {
        let names = listed(locale, &preview.missing);
        screen.line(&html!(locale, "surveys.draft.missing", names = names));
    }
    if !survey.named {
        screen.line(&html!(locale, "surveys.draft.anonymous"));
    }
    if preview.people == 0 {
        screen.line(&html!(locale, "surveys.draft.nobody"));
    }
    presets(locale, screen, survey, preview)
}

/// The first of some names, and how many more there are.
fn listed(locale: Locale, names: &[String]) -> String {
    const LISTED: usize = 12;
    let mut said = names
        .iter()
        .take(LISTED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > LISTED {
        said.push_str(&plain!(locale, "surveys.draft.and_more", n = names.len() - LISTED));
    }
    said
}

fn presets(locale: Locale, screen: Screen, survey: &Survey, preview: &Preview) -> Screen {
    let id = survey.id;
    let place = preview.title.said(locale);
    let n = dates::number(i64::try_from(preview.people).unwrap_or(i64::MAX));
    let whom = match survey.who {
        Who::Parents => plain!(locale, "surveys.button.parents", place = place, n = n),
        Who::Pupils => plain!(locale, "surveys.button.pupils", place = place, n = n),
        Who::Families => plain!(locale, "surveys.button.families", place = place, n = n),
    };
    let whom = Button::new(shorten(&whom, limits::label_width(1)), &Act::Who(id, survey.who.next()));
    let mut middle = Vec::new();
    if preview.anonymous_from && survey.may_be_anonymous() || !survey.named {
        let label = if survey.named {
            plain!(locale, "surveys.button.named")
        } else {
            plain!(locale, "surveys.button.unnamed")
        };
        middle.push(Button::new(label, &Act::Named(id, !survey.named)));
    }
    match survey.questions.last().map(|it| it.kind) {
        Some(Kind::One) => middle.push(Button::new(
            plain!(locale, "surveys.button.single"),
            &Act::Several(id, true),
        )),
        Some(Kind::Several) => middle.push(Button::new(
            plain!(locale, "surveys.button.several"),
            &Act::Several(id, false),
        )),
        Some(Kind::Scale | Kind::Open) | None => {}
    }
    let place_now = DAYS
        .iter()
        .position(|it| i64::from(*it) == survey.days)
        .map_or(0, |it| it + 1);
    let day = dates::day(locale, preview.closes, preview.closes);
    let mut last = vec![Button::new(
        plain!(locale, "surveys.button.until", day = day),
        &Act::Days(id, DAYS[place_now % DAYS.len()]),
    )];
    if survey.named && survey.who == Who::Parents {
        let label = if survey.by_family {
            plain!(locale, "surveys.button.family_voice")
        } else {
            plain!(locale, "surveys.button.own_voice")
        };
        last.push(Button::new(label, &Act::ByFamily(id, !survey.by_family)));
    }
    let mut screen = screen.row([whom]).row(middle).row(last);
    if preview.people > 0 {
        screen = screen.row([Button::new(
            plain!(locale, "surveys.button.send", n = n),
            &Act::Send(id),
        )]);
    }
    let mut end = Vec::new();
    if survey.questions.len() < QUESTIONS {
        end.push(Button::new(plain!(locale, "surveys.button.more"), &Act::More(id)));
    }
    end.push(Button::new(plain!(locale, "surveys.button.drop"), &Act::Drop(id)));
    screen.row(end)
}

/// Such a survey is open already.
pub fn same(locale: Locale, survey: &Survey, author: &str, other: View) -> Screen {
    let question = survey.questions.first().map(|it| it.text.as_str()).unwrap_or_default();
    Screen::new(html!(
        locale,
        "surveys.same",
        question = shorten(question, 200),
        author = author
    ))
    .row([Button::new(plain!(locale, "surveys.button.look"), &other)])
    .row([Button::new(
        plain!(locale, "surveys.button.anyway"),
        &Act::SendAnyway(survey.id),
    )])
    .row([Button::new(
        plain!(locale, "surveys.button.drop"),
        &Act::Drop(survey.id),
    )])
}

/// What a recipient should know of a survey.
pub fn about(locale: Locale, survey: &Survey, line: &Screen, own: &[(String, Option<String>)]) -> Screen {
    let mut screen = Screen::new(line.text.clone());
    for (question, answer) in own {
        let question = html!(locale, "surveys.question", question = shorten(question, 120));
        screen.line(&match answer {
            Some(answer) => format!(
                "{question} — {}",
                html!(locale, "surveys.own", answer = shorten(answer, 150))
            ),
            None => question,
        });
    }
    match survey.state {
        State::Open => {
            screen.line(&html!(locale, "surveys.how_to_vote"));
            screen = screen.row([Button::new(
                plain!(locale, "surveys.button.to_poll"),
                &Act::Again(survey.id),
            )]);
        }
        State::Closed | State::Draft => screen.line(&html!(locale, "surveys.is_closed")),
    }
    screen.row(mine::around(locale))
}

/// An open question, whose answer is awaited.
pub fn ask_answer(locale: Locale, question: &str, seen_by: &str) -> Screen {
    let mut screen = Screen::new(html!(locale, "surveys.question", question = question));
    screen.line(&html!(locale, "surveys.ask_answer", name = seen_by));
    screen.row([menu(locale)])
}

/// The answer was taken.
pub fn answered(locale: Locale, question: &super::Question, answer: &str) -> Screen {
    let mut screen = Screen::new(html!(locale, "surveys.answer_taken", answer = answer));
    screen.line(&html!(locale, "surveys.question", question = question.text));
    screen
        .row([Button::new(
            plain!(locale, "surveys.button.answer_again"),
            &Act::Answer(question.id),
        )])
        .row([menu(locale)])
}
