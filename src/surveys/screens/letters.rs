//! What comes by itself: the line before a poll, a reminder, how it ended.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::results::{counted, options_line};
use super::{Results, Title};
use crate::chat::{Button, Door, Screen};
use crate::ids::{SentPollId, SurveyId};
use crate::surveys::press::Act;
use crate::surveys::{Question, Survey};
use crate::words::{Locale, count, dates, html, plain};

/// What a recipient is told of a survey.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which.
    pub survey: SurveyId,
    /// Whose families are asked.
    pub title: Title,
    /// Until when.
    pub closes_at: DateTime<Utc>,
    /// Whether a family has one voice.
    pub by_family: bool,
    /// Who sees names; nobody does in an anonymous one.
    pub seen_by: Option<String>,
    /// Whether that is the class's tutor.
    pub by_tutor: bool,
    /// How many questions there are.
    pub n_questions: usize,
}

impl Facts {
    /// Of a survey that is open.
    pub fn of(survey: &Survey, title: &Title, by_tutor: bool) -> Self {
        Self {
            survey: survey.id,
            title: title.clone(),
            closes_at: survey.closes_at.unwrap_or_default(),
            by_family: survey.counts_families(),
            seen_by: survey.named.then(|| survey.author_name.adult()),
            by_tutor,
            n_questions: survey.questions.len(),
        }
    }

    fn until(&self, locale: Locale, zone: Tz) -> (String, String) {
        dates::day_and_time(locale, self.closes_at, zone)
    }
}

/// V3: the line before the messenger's own poll.
pub fn line(locale: Locale, facts: &Facts, zone: Tz) -> Screen {
    let (day, time) = facts.until(locale, zone);
    let place = facts.title.said(locale);
    let mut parts = vec![html!(
        locale,
        "surveys.line.until",
        place = place,
        day = day,
        time = time
    )];
    if facts.n_questions > 1 {
        let n = i64::try_from(facts.n_questions).unwrap_or(i64::MAX);
        parts.push(count(locale, "surveys.line.questions", n));
    }
    if facts.by_family {
        parts.push(html!(locale, "surveys.line.by_family"));
    }
    parts.push(match &facts.seen_by {
        Some(name) if facts.by_tutor => html!(locale, "surveys.line.tutor_sees", name = name),
        Some(name) => html!(locale, "surveys.line.sees", name = name),
        None => html!(locale, "surveys.line.anonymous"),
    });
    Screen::new(parts.join(" "))
}

/// The button below a poll: there is none other like it, so the poll is known by it.
pub fn about(locale: Locale, poll: SentPollId) -> Screen {
    let label = plain!(locale, "surveys.button.about");
    Screen::default().row([Button::notice(label, Door::SentPoll(poll))])
}

/// The same below an anonymous poll, which stands with its author.
pub fn to_results(locale: Locale, poll: SentPollId) -> Screen {
    let label = plain!(locale, "surveys.button.results");
    Screen::default().row([Button::notice(label, Door::SentPoll(poll))])
}

/// The line before an anonymous poll in its author's chat.
pub fn stands_here(locale: Locale, title: &Title) -> Screen {
    Screen::new(html!(locale, "surveys.line.stands_here", place = title.said(locale)))
}

/// An open question.
pub fn open(locale: Locale, question: &Question) -> Screen {
    let label = plain!(locale, "surveys.button.answer");
    Screen::new(html!(locale, "surveys.open_question", question = question.text))
        .row([Button::new(label, &Act::Answer(question.id))])
}

/// V4.
pub fn reminder(locale: Locale, facts: &Facts, zone: Tz) -> Screen {
    let (day, time) = facts.until(locale, zone);
    let place = facts.title.said(locale);
    let text = if facts.seen_by.is_some() {
        html!(locale, "surveys.reminder.named", place = place, day = day, time = time)
    } else {
        html!(
            locale,
            "surveys.reminder.anonymous",
            place = place,
            day = day,
            time = time
        )
    };
    let label = plain!(locale, "surveys.button.to_poll");
    Screen::new(text).row([Button::new(label, &Act::Again(facts.survey))])
}

/// To the author: it is closed.
pub fn closed(locale: Locale, survey: &Survey, results: &Results) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "surveys.closed_letter",
        question = results.headline(),
        answered = results.answered(locale)
    ));
    if let [only] = results.questions.as_slice()
        && !only.question.options.is_empty()
    {
        screen.line(&options_line(locale, only));
    }
    let label = plain!(locale, "surveys.button.results");
    screen.row([Button::notice(label, Door::Survey(survey.id))])
}

/// To the families: what the answers were.
pub fn shared(locale: Locale, title: &Title, results: &Results) -> Screen {
    let place = title.said(locale);
    let mut screen = Screen::new(html!(
        locale,
        "surveys.shared_letter",
        place = place,
        answered = results.answered(locale)
    ));
    for it in &results.questions {
        screen.line(&counted(locale, it));
    }
    screen
}
