//! V5: how a survey stands, who answered what, and answers in words.

use chrono_tz::Tz;

use super::{Results, menu, to_home};
use crate::charts::{Bars, Tone};
use crate::chat::{Button, Screen, limits};
use crate::ids::QuestionId;
use crate::people::reach::Place;
use crate::surveys::press::{Act, View};
use crate::surveys::{BREAK_DOWN_FROM, Kind, State, Survey, Tally};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, html, plain};

/// So much of options stands on one line; more are a line each.
const ONE_LINE: usize = 140;
/// Names on a page.
pub const NAMES: usize = 20;
/// Answers in words on a page, and the letters shown of each.
pub const WORDS: usize = 5;
const SHOWN: usize = 320;
/// Classes on a page.
const CLASSES: usize = 10;

/// A question with what was answered.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The question.
    pub question: crate::surveys::Question,
    /// What was answered.
    pub tally: Tally,
}

/// «12 (67 %)».
pub fn share(locale: Locale, n: i64, of: i64) -> String {
    let percent = if of == 0 { 0 } else { (200 * n + of) / (2 * of) };
    plain!(locale, "surveys.share", n = dates::number(n), percent = percent)
}

/// «чт 26.11 — 12 (67 %) · пт 27.11 — 4 (22 %)», or a line each.
pub fn options_line(locale: Locale, it: &Counted) -> String {
    let option = |(text, n): (&String, &i64)| {
        let share = share(locale, *n, it.tally.voters);
        html!(locale, "surveys.option", option = text, share = share)
    };
    let options: Vec<String> = it.question.options.iter().zip(&it.tally.counts).map(option).collect();
    let in_one = options.join(" · ");
    if crate::words::visible(&in_one).chars().count() <= ONE_LINE {
        in_one
    } else {
        options.join("\n")
    }
}

/// A question in bold with its counts.
pub fn counted(locale: Locale, it: &Counted) -> String {
    let mut text = html!(locale, "surveys.question", question = it.question.text);
    if it.question.kind == Kind::Open {
        let n = count(locale, "surveys.answers", it.tally.voters);
        text.push('\n');
        text.push_str(&crate::words::escape(&n));
        return text;
    }
    text.push('\n');
    text.push_str(&options_line(locale, it));
    if let Some(average) = average(&it.question, &it.tally) {
        text.push('\n');
        text.push_str(&html!(
            locale,
            "surveys.average",
            average = dates::hundredths(locale, average)
        ));
    }
    text
}

/// The average of a scale, in hundredths.
pub fn average(question: &crate::surveys::Question, tally: &Tally) -> Option<i64> {
    if question.kind != Kind::Scale || tally.voters == 0 {
        return None;
    }
    let values = question
        .options
        .iter()
        .map(|option| option.parse::<i64>().unwrap_or_default());
    let sum: i64 = values.zip(&tally.counts).map(|(value, n)| value * n).sum();
    Some((200 * sum + tally.voters) / (2 * tally.voters))
}

/// Whether so few of a class have answered that an answer could be guessed.
pub fn is_few(parts: &[Tally]) -> bool {
    parts
        .iter()
        .any(|it| !it.counts.is_empty() && it.voters < BREAK_DOWN_FROM)
}

/// What is known of a survey beside the answers.
#[derive(Clone, Debug)]
pub struct Around {
    /// How many haven't answered; not known of an anonymous one.
    pub silent: Option<usize>,
    /// Whether the reader sees names.
    pub sees_names: bool,
    /// The school's time.
    pub zone: Tz,
}

/// V5.
pub fn results(locale: Locale, survey: &Survey, results: &Results, around: &Around) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "surveys.results",
        question = results.headline(),
        answered = results.answered(locale)
    ));
    match results.questions.as_slice() {
        [only] if only.question.kind != Kind::Open => {
            screen.line(&options_line(locale, only));
            if let Some(average) = average(&only.question, &only.tally) {
                screen.line(&html!(
                    locale,
                    "surveys.average",
                    average = dates::hundredths(locale, average)
                ));
            }
        }
        [_] => {}
        several => {
            for it in several {
                screen.line(&counted(locale, it));
            }
        }
    }
    if let Some(at) = survey.closes_at {
        let (day, time) = dates::day_and_time(locale, at, around.zone);
        screen.line(&match survey.state {
            State::Closed => html!(locale, "surveys.was_closed", day = day, time = time),
            State::Draft | State::Open => html!(locale, "surveys.open_until", day = day, time = time),
        });
    }
    if !survey.named {
        screen.line(&html!(locale, "surveys.anonymous_means"));
    }
    let screen = actions(locale, screen, survey, around);
    let open = results.questions.iter().filter(|it| it.question.kind == Kind::Open);
    open.fold(screen, |screen, it| {
        let label = plain!(locale, "surveys.button.answers", n = it.tally.voters);
        screen.row([Button::new(label, &View::Answers(it.question.id, 0))])
    })
    .row([to_home(locale, survey.place), menu(locale)])
}

fn actions(locale: Locale, mut screen: Screen, survey: &Survey, around: &Around) -> Screen {
    let mut first = Vec::new();
    if survey.state == State::Open {
        let label = match around.silent {
            Some(0) => None,
            Some(n) => Some(plain!(locale, "surveys.button.remind", n = n)),
            None => Some(plain!(locale, "surveys.button.remind_all")),
        };
        if let Some(label) = label.filter(|_| survey.reminded_at.is_none()) {
            first.push(Button::new(label, &Act::Remind(survey.id)));
        }
        first.push(Button::new(
            plain!(locale, "surveys.button.refresh"),
            &View::Results(survey.id),
        ));
        let fits = first
            .iter()
            .all(|it| it.label.chars().count() <= limits::label_width(2));
        screen = screen.grid(&first, if fits { 2 } else { 1 });
    }
    let mut second = Vec::new();
    if around.sees_names {
        second.push(Button::new(
            plain!(locale, "surveys.button.names"),
            &View::Names(survey.id, 0),
        ));
    }
    second.push(Button::new(
        plain!(locale, "surveys.button.sheet"),
        &Act::Sheet(survey.id),
    ));
    if survey.questions.iter().any(|it| it.kind != Kind::Open) {
        let label = plain!(locale, "surveys.button.chart");
        second.push(Button::new(label, &View::Chart(survey.id, Tone::Light)));
    }
    if matches!(survey.place, Place::Grades { .. }) {
        let label = plain!(locale, "surveys.button.classes");
        second.push(Button::new(label, &View::Classes(survey.id, 0)));
    }
    screen = screen.grid(&second, 2);
    match survey.state {
        State::Open => {
            let label = plain!(locale, "surveys.button.close");
            screen.row([Button::new(label, &View::AskClose(survey.id))])
        }
        State::Closed if survey.shared_at.is_none() => {
            let label = plain!(locale, "surveys.button.share");
            screen.row([Button::new(label, &Act::Share(survey.id))])
        }
        State::Closed | State::Draft => screen,
    }
}

/// Asks before a survey is closed: there is no way back.
pub fn ask_close(locale: Locale, survey: &Survey, results: &Results) -> Screen {
    Screen::new(html!(
        locale,
        "surveys.ask_close",
        question = results.headline(),
        answered = results.answered(locale)
    ))
    .row([Button::new(
        plain!(locale, "surveys.button.close"),
        &Act::Close(survey.id),
    )])
    .row([Button::new(
        plain!(locale, "surveys.button.keep_open"),
        &View::Results(survey.id),
    )])
}

/// Somebody's answers, a text a question; nothing for whoever hasn't answered.
#[derive(Clone, Debug)]
pub struct Named {
    /// «Волкова О. П.».
    pub name: String,
    /// The answers.
    pub answers: Vec<String>,
}

/// «Кто что выбрал», by pages.
pub fn names(locale: Locale, survey: &Survey, people: &[Named], page: u8) -> Screen {
    let headline = survey.questions.first().map(|it| it.text.as_str()).unwrap_or_default();
    let mut screen = Screen::new(html!(locale, "surveys.names", question = shorten(headline, 100)));
    for person in people.iter().skip(usize::from(page) * NAMES).take(NAMES) {
        let said: Vec<String> = person.answers.iter().map(|it| shorten(it, 60)).collect();
        let said = if said.iter().all(String::is_empty) {
            plain!(locale, "surveys.no_answer")
        } else {
            shorten(&said.join(" | "), 60)
        };
        screen.line(&html!(
            locale,
            "surveys.name_line",
            name = shorten(&person.name, 40),
            answer = said
        ));
    }
    screen
        .row(super::turning(page, people.len(), NAMES, |it| {
            View::Names(survey.id, it)
        }))
        .row([
            Button::new(plain!(locale, "surveys.button.to_results"), &View::Results(survey.id)),
            menu(locale),
        ])
}

/// Answers in words, by pages.
pub fn words(
    locale: Locale,
    survey: &Survey,
    (question, text): (QuestionId, &str),
    answers: &[(String, String)],
    page: u8,
) -> Screen {
    let mut screen = Screen::new(html!(locale, "surveys.question", question = text));
    if answers.is_empty() {
        screen.line(&html!(locale, "surveys.no_words"));
    }
    for (name, answer) in answers.iter().skip(usize::from(page) * WORDS).take(WORDS) {
        screen.line(&html!(
            locale,
            "surveys.name_line",
            name = shorten(name, 40),
            answer = shorten(answer, SHOWN)
        ));
    }
    screen
        .row(super::turning(page, answers.len(), WORDS, |it| {
            View::Answers(question, it)
        }))
        .row([
            Button::new(plain!(locale, "surveys.button.to_results"), &View::Results(survey.id)),
            menu(locale),
        ])
}

/// The words under the table.
pub fn sheet_words(locale: Locale, survey: &Survey, at: chrono::NaiveDateTime) -> Screen {
    let question = survey.questions.first().map(|it| it.text.as_str()).unwrap_or_default();
    let (day, time) = (dates::day(locale, at.date(), at.date()), dates::time(at.time()));
    Screen::new(html!(
        locale,
        "surveys.sheet.words",
        question = shorten(question, 200),
        day = day,
        time = time
    ))
}

/// The results as a picture, with the counts below; open questions have none.
pub fn chart(
    locale: Locale,
    (survey, results): (&Survey, &Results),
    chart: &Bars,
    (tone, other): (Tone, View),
) -> Screen {
    let mut screen = Screen::new(format!("<b>{}</b>", crate::words::escape(&results.headline())));
    let counts = chart.groups.iter().map(|group| {
        let bars: Vec<String> = group
            .bars
            .iter()
            .map(|it| format!("{} — {}", it.name, it.said))
            .collect();
        shorten(&bars.join(" · "), 400)
    });
    let lines: Vec<String> = std::iter::once(chart.note.clone())
        .chain(counts)
        .map(|it| crate::words::escape(&it))
        .collect();
    if !chart.groups.is_empty() {
        screen = screen.picture(chart.draw(tone));
    }
    screen.lines_below(&lines, |n| html!(locale, "progress.more", n = n));
    let label = match tone {
        Tone::Light => plain!(locale, "progress.button.dark"),
        Tone::Dark => plain!(locale, "progress.button.light"),
    };
    let results = Button::new(plain!(locale, "surveys.button.to_results"), &View::Results(survey.id));
    screen.row([Button::new(label, &other)]).row([results, menu(locale)])
}

/// Class by class, by pages: counts in the order of the options. A class with few answers stays without them.
pub fn classes(
    locale: Locale,
    (survey, results): (&Survey, &Results),
    (classes, has_chart): (&[(String, Vec<Tally>)], bool),
    page: u8,
) -> Screen {
    let mut screen = Screen::new(html!(locale, "surveys.classes", question = results.headline()));
    screen.line(&html!(locale, "surveys.classes_from", n = BREAK_DOWN_FROM));
    for (class, parts) in classes.iter().skip(usize::from(page) * CLASSES).take(CLASSES) {
        let counts = |it: &Tally| it.counts.iter().map(i64::to_string).collect::<Vec<_>>().join(" · ");
        let counts = if is_few(parts) {
            plain!(locale, "surveys.few_answers")
        } else {
            let with_options = parts.iter().filter(|it| !it.counts.is_empty());
            with_options.map(counts).collect::<Vec<_>>().join(" | ")
        };
        screen.line(&html!(locale, "surveys.of_class", class = class, counts = counts));
    }
    if has_chart {
        let label = plain!(locale, "surveys.button.class_chart");
        screen = screen.row([Button::new(label, &View::ClassChart(survey.id, Tone::Light))]);
    }
    screen
        .row(super::turning(page, classes.len(), CLASSES, |it| {
            View::Classes(survey.id, it)
        }))
        .row([
            Button::new(plain!(locale, "surveys.button.to_results"), &View::Results(survey.id)),
            menu(locale),
        ])
}
