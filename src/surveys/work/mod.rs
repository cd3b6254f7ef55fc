//! What surveys do by jobs: sent in portions, closed at their time, reminded of, their results shown.

mod share;
pub mod store;

use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

use super::screens::{self, letters};
use super::votes::{self, letter_key};
use super::{Kind, Question, State, Survey, Tally, families, tally};
use crate::chat::{Poll, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, Verb, store::NewLetter};
use crate::ids::{ClassId, PersonId, SentPollId, SurveyId};
use crate::jobs::{self, Job};
use crate::people;
use crate::people::reach::{OpenChat, Place, Reach, Recipient, store::ties};
use crate::school;

/// The job that sends a survey to its families.
pub const SEND: &str = "surveys_send";
/// The job that closes one.
pub const CLOSE: &str = "surveys_close";
/// The job that reminds of one.
pub const REMIND: &str = "surveys_remind";
/// The job that shows the results.
pub const SHARE: &str = "surveys_share";

/// People to whom one transaction sends: it must be short.
const AT_ONCE: usize = 150;

/// Whether a job is of surveys.
pub fn is_ours(kind: &str) -> bool {
    [SEND, CLOSE, REMIND, SHARE].contains(&kind)
}

/// Does a job.
pub async fn run(tx: &mut Tx, job: &Job, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(survey) = super::store::survey(tx, SurveyId(job.subject)).await? else {
        return Ok(());
    };
    match job.kind.as_str() {
        SEND => send(tx, &survey, now).await,
        CLOSE => close(tx, survey, now).await,
        REMIND => remind(tx, &survey, now).await,
        _ => share::share(tx, &survey, now).await,
    }
}

/// Whom the survey's audience is now.
pub async fn reach(conn: &mut Conn, survey: &Survey) -> anyhow::Result<Reach> {
    Ok(Reach::of(ties(conn, survey.audience()).await?))
}

/// Where the polls of an anonymous survey stand.
#[derive(Debug, Default)]
struct Stands {
    /// The class of each pupil.
    classes: HashMap<PersonId, ClassId>,
    /// The polls, each with its class.
    polls: Vec<(SentPollId, ClassId)>,
}

/// How a survey stands, from what and of whom.
pub async fn counted(
    conn: &mut Conn,
    survey: &Survey,
) -> anyhow::Result<(screens::Results, Vec<votes::Answers>, Vec<store::Asked>)> {
    let answers = votes::answers(conn, survey).await?;
    let asked = store::asked(conn, survey.id).await?;
    Ok((screens::Results::of(survey, &answers, &asked), answers, asked))
}

/// How many people or families it reaches, before they are asked.
pub async fn n_asked(conn: &mut Conn, survey: &Survey) -> anyhow::Result<i64> {
    let reach = reach(conn, survey).await?;
    let n = if survey.counts_families() {
        let families: HashSet<PersonId> = families(&reach.recipients).into_values().collect();
        families.len()
    } else {
        reach.n_people()
    };
    Ok(i64::try_from(n)?)
}

/// Sends to those who haven't got it; a portion at a time.
async fn send(tx: &mut Tx, survey: &Survey, now: DateTime<Utc>) -> anyhow::Result<()> {
    if survey.state != State::Open {
        return Ok(());
    }
    let reach = reach(tx, survey).await?;
    let families = families(&reach.recipients);
    let asked = store::asked(tx, survey.id).await?;
    let asked: HashSet<PersonId> = asked.into_iter().map(|it| it.person_id).collect();
    let todo: Vec<&Recipient> = reach
        .recipients
        .iter()
        .filter(|it| !asked.contains(&it.person.id))
        .collect();
    let mut stands = Stands::default();
    if !survey.named {
        stands.classes = classes_of(tx, survey).await?;
        stands.polls = class_polls(tx, survey, (&reach.recipients, &stands.classes), now).await?;
    }
    let zone = school::store::zone(tx, survey.school).await?;
    let facts = letters::Facts::of(
        survey,
        &place_title(tx, survey, None).await?,
        is_tutor(tx, survey).await?,
    );
    let beside = people::store::beside(tx, survey.school).await?;
    for recipient in todo.iter().take(AT_ONCE) {
        let family = families
            .get(&recipient.person.id)
            .copied()
            .unwrap_or(recipient.person.id);
        store::ask(tx, survey.id, (recipient.person.id, family)).await?;
        for chat in &recipient.chats {
            let line = letters::line(chat.locale, &facts, zone).of_school(beside.of(recipient.person.id));
            post(
                tx,
                chat,
                format!("survey:{}:line:{}", survey.id, chat.account),
                line,
                now,
            )
            .await?;
            if survey.named {
                ask_by_name(tx, survey, (recipient, chat), now).await?;
            } else {
                show_class_polls(tx, survey, (recipient, chat), &stands, now).await?;
            }
        }
    }
    if todo.len() > AT_ONCE {
        jobs::store::schedule(tx, SEND, survey.id.0, now).await?;
    }
    Ok(())
}

async fn ask_by_name(
    tx: &mut Tx,
    survey: &Survey,
    (recipient, chat): (&Recipient, &OpenChat),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for question in &survey.questions {
        if question.kind == Kind::Open {
            let key = format!("survey:{}:open:{}:{}", survey.id, question.id, chat.account);
            post(tx, chat, key, letters::open(chat.locale, question), now).await?;
            continue;
        }
        let to = (chat.transport.as_str(), chat.account);
        let id = votes::store::add_poll(tx, question.id, recipient.person.id, to).await?;
        let mut letter = NewLetter::new(chat.address(), letter_key(id), letters::about(chat.locale, id), now);
        letter.letter.poll = Some(poll_of(survey, question));
        // The line before it has rung.
        letter.letter.silent = true;
        delivery::store::post(tx, letter.to_many(), now).await?;
    }
    Ok(())
}

fn poll_of(survey: &Survey, question: &Question) -> Poll {
    Poll {
        question: question.text.clone(),
        options: question.options.clone(),
        anonymous: !survey.named,
        multiple: question.kind == Kind::Several,
    }
}

/// The polls of an anonymous survey: one a class and question, in the author's chat.
async fn class_polls(
    tx: &mut Tx,
    survey: &Survey,
    (recipients, classes): (&[Recipient], &HashMap<PersonId, ClassId>),
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<(SentPollId, ClassId)>> {
    let mut there: Vec<(SentPollId, ClassId)> = votes::store::polls(tx, survey.id)
        .await?
        .into_iter()
        .filter_map(|it| it.class_id.map(|class| (it.id, class)))
        .collect();
    let known: HashSet<ClassId> = there.iter().map(|it| it.1).collect();
    let mut needed: Vec<ClassId> = Vec::new();
    for class in recipients.iter().filter_map(|it| class_of(it, classes)) {
        if !known.contains(&class) && !needed.contains(&class) {
            needed.push(class);
        }
    }
    let (chat, locale) = author_chat(tx, survey).await?;
    for class in needed {
        let title = place_title(tx, survey, Some(class)).await?;
        let key = format!("survey:{}:stands:{class}", survey.id);
        let line = letters::stands_here(locale, &title);
        let mut letter = NewLetter::new(chat.clone(), key, line, now);
        letter.letter.silent = true;
        delivery::store::post(tx, letter.to_many(), now).await?;
        for question in &survey.questions {
            let id = votes::store::add_class_poll(tx, question.id, class, (&chat.0, chat.1)).await?;
            let mut letter = NewLetter::new(chat.clone(), letter_key(id), letters::to_results(locale, id), now);
            letter.letter.poll = Some(poll_of(survey, question));
            letter.letter.silent = true;
            delivery::store::post(tx, letter.to_many(), now).await?;
            there.push((id, class));
        }
    }
    Ok(there)
}

async fn show_class_polls(
    tx: &mut Tx,
    survey: &Survey,
    (recipient, chat): (&Recipient, &OpenChat),
    stands: &Stands,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let class = class_of(recipient, &stands.classes);
    for (poll, _) in stands.polls.iter().filter(|it| Some(it.1) == class) {
        show(
            tx,
            chat.address(),
            (*poll, shown_key(survey.id, *poll, chat.account)),
            now,
        )
        .await?;
    }
    Ok(())
}

/// The key of the letter that shows an anonymous poll in a family's chat.
pub fn shown_key(survey: SurveyId, poll: SentPollId, account: i64) -> String {
    format!("survey:{survey}:shown:{poll}:{account}")
}

/// A poll is shown in a chat, from where it can't be passed on.
pub async fn show(
    tx: &mut Tx,
    to: (String, i64),
    (poll, key): (SentPollId, String),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut letter = NewLetter::new(to, key, Screen::default(), now);
    letter.letter.verb = Verb::Forward;
    letter.letter.silent = true;
    letter.about = Some(letter_key(poll));
    delivery::store::post(tx, letter.to_many(), now).await
}

/// The class of each pupil; a family with children in two is asked with the first.
async fn classes_of(conn: &mut Conn, survey: &Survey) -> anyhow::Result<HashMap<PersonId, ClassId>> {
    let grades = match survey.place {
        Place::Grades { from, to, .. } => (from, to),
        Place::Class(_) | Place::Group(_) | Place::Pupil(_) => (i64::MIN, i64::MAX),
    };
    let rows = store::classes(conn, grades, survey.school.0).await?;
    Ok(match survey.place {
        Place::Class(only) => rows.into_iter().filter(|it| it.1 == only).collect(),
        _ => rows.into_iter().collect(),
    })
}

fn class_of(recipient: &Recipient, classes: &HashMap<PersonId, ClassId>) -> Option<ClassId> {
    let own = classes.get(&recipient.person.id);
    own.or_else(|| recipient.pupils.iter().find_map(|it| classes.get(it)))
        .copied()
}

/// «7А», «5–9 кл.», «школы»: after «родители».
pub async fn place_title(conn: &mut Conn, survey: &Survey, class: Option<ClassId>) -> anyhow::Result<screens::Title> {
    place_name(conn, class.map_or(survey.place, Place::Class)).await
}

/// The same of a place.
pub async fn place_name(conn: &mut Conn, place: Place) -> anyhow::Result<screens::Title> {
    Ok(match place {
        Place::Class(class) => {
            let found = people::passes::store::class_scope(conn, class).await?;
            screens::Title::Class(found.map(|it| it.0.name).unwrap_or_default())
        }
        Place::Grades { from, to, .. } => screens::Title::Grades(from, to),
        Place::Group(_) | Place::Pupil(_) => screens::Title::Class(String::new()),
    })
}

/// Whether the author is a tutor of the class that is asked.
pub async fn is_tutor(conn: &mut Conn, survey: &Survey) -> anyhow::Result<bool> {
    let Place::Class(class) = survey.place else {
        return Ok(false);
    };
    let found = people::passes::store::class_scope(conn, class).await?;
    Ok(found.is_some_and(|(_, scope)| scope.tutors.contains(&survey.author)))
}

/// The author's chat, and its language.
async fn author_chat(conn: &mut Conn, survey: &Survey) -> anyhow::Result<((String, i64), crate::words::Locale)> {
    let accounts = people::entry::store::accounts(conn, survey.author).await?;
    let here = accounts
        .into_iter()
        .find(|it| (it.0.as_str(), it.1) == (survey.chat.0.as_str(), survey.chat.1));
    let locale = here.and_then(|it| it.2).unwrap_or_default();
    Ok((survey.chat.clone(), crate::words::Locale::of(&locale)))
}

async fn post(tx: &mut Tx, chat: &OpenChat, key: String, screen: Screen, now: DateTime<Utc>) -> anyhow::Result<()> {
    let letter = NewLetter::new(chat.address(), key, screen, now).to_many();
    delivery::store::post(tx, letter, now).await
}

/// No more votes: every poll is stopped where it stands, and the author hears how it ended.
async fn close(tx: &mut Tx, mut survey: Survey, now: DateTime<Utc>) -> anyhow::Result<()> {
    if survey.state == State::Draft {
        return Ok(());
    }
    super::store::close(tx, survey.id, now).await?;
    survey.state = State::Closed;
    delivery::store::take_back_everywhere(tx, &format!("survey:{}:%", survey.id)).await?;
    for poll in votes::store::polls(tx, survey.id).await? {
        let key = letter_key(poll.id);
        delivery::store::take_back_everywhere(tx, &key).await?;
        let stop = (poll.transport, poll.chat);
        let mut letter = NewLetter::new(stop, format!("{key}:stop"), Screen::default(), now);
        letter.letter.verb = Verb::StopPoll;
        letter.letter.silent = true;
        letter.about = Some(key);
        delivery::store::post(tx, letter.to_many(), now).await?;
    }
    let (chat, locale) = author_chat(tx, &survey).await?;
    let (results, ..) = counted(tx, &survey).await?;
    let screen = letters::closed(locale, &survey, &results);
    let letter = NewLetter::new(chat, format!("survey:{}:closed", survey.id), screen, now);
    delivery::store::post(tx, letter, now).await
}

/// Reminds those who haven't answered; all, when nobody knows who has.
async fn remind(tx: &mut Tx, survey: &Survey, now: DateTime<Utc>) -> anyhow::Result<()> {
    if survey.state != State::Open {
        return Ok(());
    }
    let asked = store::asked(tx, survey.id).await?;
    let silent: HashSet<PersonId> = if survey.named {
        let answers = votes::answers(tx, survey).await?;
        votes::silent(survey, &asked, &answers).into_iter().collect()
    } else {
        asked.iter().map(|it| it.person_id).collect()
    };
    let facts = letters::Facts::of(survey, &place_title(tx, survey, None).await?, false);
    let zone = school::store::zone(tx, survey.school).await?;
    let beside = people::store::beside(tx, survey.school).await?;
    for recipient in reach(tx, survey).await?.recipients {
        if !silent.contains(&recipient.person.id) {
            continue;
        }
        for chat in &recipient.chats {
            let key = format!("survey:{}:remind:{}", survey.id, chat.account);
            let screen = letters::reminder(chat.locale, &facts, zone).of_school(beside.of(recipient.person.id));
            post(tx, chat, key, screen, now).await?;
        }
    }
    Ok(())
}

/// What was answered in each class, by the names of classes.
pub async fn parts(
    conn: &mut Conn,
    survey: &Survey,
    answers: &[votes::Answers],
) -> anyhow::Result<Vec<(String, Vec<Tally>)>> {
    let mut found: Vec<(ClassId, Vec<Tally>)> = Vec::new();
    if survey.named {
        let classes = classes_of(conn, survey).await?;
        let reach = reach(conn, survey).await?;
        let mut people: HashMap<ClassId, HashSet<PersonId>> = HashMap::new();
        for recipient in &reach.recipients {
            if let Some(class) = class_of(recipient, &classes) {
                people.entry(class).or_default().insert(recipient.person.id);
            }
        }
        for (class, people) in people {
            let of = |(question, answers): (&Question, &votes::Answers)| {
                let voices: Vec<_> = answers
                    .voices
                    .iter()
                    .filter(|it| people.contains(&it.person))
                    .cloned()
                    .collect();
                tally(&voices, question.options.len(), survey.counts_families())
            };
            found.push((class, survey.questions.iter().zip(answers).map(of).collect()));
        }
    } else {
        let polls = votes::store::polls(conn, survey.id).await?;
        for row in votes::store::counts(conn, survey.id).await? {
            let Some(class) = polls
                .iter()
                .find(|it| it.id == row.sent_poll_id)
                .and_then(|it| it.class_id)
            else {
                continue;
            };
            let Some(idx) = survey.questions.iter().position(|it| it.id == row.question_id) else {
                continue;
            };
            let place = found.iter().position(|it| it.0 == class).unwrap_or_else(|| {
                found.push((class, vec![Tally::default(); survey.questions.len()]));
                found.len() - 1
            });
            found[place].1[idx] = row.tally();
        }
    }
    let mut named = Vec::new();
    for (class, parts) in found {
        if let Some((class, scope)) = people::passes::store::class_scope(conn, class).await? {
            named.push(((scope.grades, class.name.clone()), (class.name, parts)));
        }
    }
    named.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(named.into_iter().map(|it| it.1).collect())
}
