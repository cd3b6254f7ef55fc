//! What the messenger tells of polls: a vote by name, or how an anonymous poll stands.
//!
//! The messenger is the arbiter: whatever it took counts, until the poll is stopped. Only votes of people outside the
//! audience don't, who may have a poll that was passed on to them.

pub mod store;

use crate::db::{Conn, Tx};
use crate::delivery;
use crate::ids::{Account, ClassId, PersonId, QuestionId, SentPollId, SurveyId};
use crate::people::reach::Place;

use super::{Kind, Survey, Tally, Voice, Who, tally};

/// What was answered to a question.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Votes that stand, by name; nothing of an anonymous one.
    pub voices: Vec<Voice>,
    /// By options, over all.
    pub tally: Tally,
    /// The same by polls of an anonymous survey: a class each.
    pub parts: Vec<Tally>,
    /// Answers in words, with who gave them.
    pub words: Vec<(PersonId, PersonId, String)>,
}

/// The key of the letter that brings a poll.
pub fn letter_key(poll: SentPollId) -> String {
    format!("poll:{poll}")
}

/// The poll of such a key.
fn poll_of(key: &str) -> Option<SentPollId> {
    key.strip_prefix("poll:")?.parse().ok().map(SentPollId)
}

/// Somebody voted, voted anew, or took the vote back.
pub async fn vote(tx: &mut Tx, voter: Account, poll: &str, options: &[u8]) -> anyhow::Result<()> {
    let sent = match delivery::store::letter_of_poll(tx, voter.transport, poll).await? {
        // The vote came before the poll's receipt, which will say whose it is.
        None => None,
        Some((key, chat)) => {
            let Some(sent) = found(tx, &key).await? else {
                return Ok(());
            };
            let Some(person) = sent.person_id else { return Ok(()) };
            if chat != voter.id || !is_of_the_audience(tx, voter, (sent.survey_id, person)).await? {
                tracing::info!(poll.id = sent.id.0, "a vote from outside the audience doesn't count");
                return Ok(());
            }
            Some(sent.id)
        }
    };
    let options: Vec<String> = options.iter().map(u8::to_string).collect();
    store::vote(tx, voter, (poll, sent), &options.join(",")).await
}

/// Whether a voter is still the one who was asked, and still of those whom the survey asks.
async fn is_of_the_audience(
    conn: &mut Conn,
    voter: Account,
    (survey, person): (SurveyId, PersonId),
) -> anyhow::Result<bool> {
    let Some(survey) = super::store::survey(conn, survey).await? else {
        return Ok(false);
    };
    Ok(store::is_theirs(conn, voter, person).await? && belongs(conn, &survey, person).await?)
}

/// Whether a person is of those whom a survey asks.
pub async fn belongs(conn: &mut Conn, survey: &Survey, person: PersonId) -> anyhow::Result<bool> {
    let whom = match survey.who {
        Who::Parents => (true, false),
        Who::Pupils => (false, true),
        Who::Families => (true, true),
    };
    let (class, grades) = match survey.place {
        Place::Class(class) => (class, (i64::MIN, i64::MAX)),
        Place::Grades { from, to, .. } => (ClassId(0), (from, to)),
        Place::Group(_) | Place::Pupil(_) => return Ok(false),
    };
    store::belongs(conn, person, whom, (survey.school, class, grades)).await
}

/// An anonymous poll stands so now.
pub async fn count(tx: &mut Tx, transport: &str, poll: &str, (counts, voters): (&[i64], i64)) -> anyhow::Result<()> {
    let sent = match delivery::store::letter_of_poll(tx, transport, poll).await? {
        None => None,
        Some((key, _)) => match found(tx, &key).await? {
            Some(sent) => Some(sent.id),
            None => return Ok(()),
        },
    };
    let counts: Vec<String> = counts.iter().map(i64::to_string).collect();
    store::count(tx, transport, (poll, sent), (&counts.join(","), voters)).await
}

async fn found(conn: &mut Conn, key: &str) -> anyhow::Result<Option<store::SentPoll>> {
    match poll_of(key) {
        Some(id) => store::poll(conn, id).await,
        None => Ok(None),
    }
}

/// All that was answered, question by question.
pub async fn answers(conn: &mut Conn, survey: &Survey) -> anyhow::Result<Vec<Answers>> {
    let mut all: Vec<Answers> = survey.questions.iter().map(|_| Answers::default()).collect();
    let place = |id: QuestionId| survey.questions.iter().position(|it| it.id == id);
    if survey.named {
        for row in store::votes(conn, survey.id).await? {
            if let Some(idx) = place(row.question_id) {
                all[idx].voices.push(Voice {
                    person: row.person_id,
                    family: row.family_id,
                    options: numbers(&row.options),
                    order: row.id,
                });
            }
        }
        for row in store::answers(conn, survey.id).await? {
            if let Some(idx) = place(row.question_id) {
                all[idx].words.push((row.person_id, row.family_id, row.answer));
            }
        }
    } else {
        for row in store::counts(conn, survey.id).await? {
            if let Some(idx) = place(row.question_id) {
                all[idx].parts.push(row.tally());
            }
        }
    }
    for (answers, question) in all.iter_mut().zip(&survey.questions) {
        answers.tally = match (question.kind, survey.named) {
            (Kind::Open, _) => Tally {
                counts: Vec::new(),
                voters: i64::try_from(answers.words.len()).unwrap_or(i64::MAX),
            },
            (_, true) => tally(&answers.voices, question.options.len(), survey.counts_families()),
            (_, false) => sum(&answers.parts, question.options.len()),
        };
    }
    Ok(all)
}

impl store::CountRow {
    /// As counts.
    pub fn tally(&self) -> Tally {
        Tally {
            counts: numbers(&self.counts),
            voters: self.voters,
        }
    }
}

fn sum(parts: &[Tally], n_options: usize) -> Tally {
    let of = |option: usize| parts.iter().filter_map(|it| it.counts.get(option)).sum();
    Tally {
        counts: (0..n_options).map(of).collect(),
        voters: parts.iter().map(|it| it.voters).sum(),
    }
}

/// Numbers with commas; what isn't one is left out.
fn numbers<T: std::str::FromStr>(listed: &str) -> Vec<T> {
    listed.split(',').filter_map(|it| it.parse().ok()).collect()
}

/// Who of those who were asked hasn't answered every question, by name; with one voice a family, none of the family has.
pub fn silent(survey: &Survey, asked: &[super::work::store::Asked], answers: &[Answers]) -> Vec<PersonId> {
    let unit = |person: PersonId, family: PersonId| if survey.counts_families() { family } else { person };
    let has_answered = |answers: &Answers, who: PersonId| {
        answers.voices.iter().any(|it| unit(it.person, it.family) == who)
            || answers.words.iter().any(|it| unit(it.0, it.1) == who)
    };
    let is_silent = |it: &&super::work::store::Asked| {
        let who = unit(it.person_id, it.family_id);
        !answers.iter().all(|answers| has_answered(answers, who))
    };
    asked.iter().filter(is_silent).map(|it| it.person_id).collect()
}

/// A survey that a poll belongs to.
pub async fn survey_of_poll(conn: &mut Conn, poll: SentPollId) -> anyhow::Result<Option<SurveyId>> {
    Ok(store::poll(conn, poll).await?.map(|it| it.survey_id))
}
