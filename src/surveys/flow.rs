//! What the acts of surveys do, and the texts they await. Every one asks `access` about the place that is asked.

use chrono_tz::Tz;

use super::press::{Act, View};
use super::votes;
use super::{ANONYMOUS_FROM, ANSWER, Awaited, Kind, QUESTIONS, Question, State, Survey, closing, read, store, work};
use crate::access::{self, AccessScope, Actor, AskFamilies};
use crate::chat::{Ctx, Document, Reply};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{PersonId, QuestionId, SurveyId};
use crate::jobs;
use crate::people;
use crate::people::reach::Place;
use crate::school;
use crate::words::{dates, plain, refuse};

/// Whose the families of a place are.
pub async fn scope(conn: &mut Conn, place: Place) -> anyhow::Result<AccessScope> {
    match place {
        Place::Class(class) => match people::passes::store::class_scope(conn, class).await? {
            Some((_, scope)) => Ok(scope),
            None => refuse!("access.survey_not_yours"),
        },
        Place::Grades { school, from, to } if from <= to && (1..=11).contains(&from) && to <= 11 => Ok(AccessScope {
            school,
            staff: false,
            tutors: Vec::new(),
            grades: (from..=to).collect(),
        }),
        Place::Grades { .. } | Place::Group(_) | Place::Pupil(_) => refuse!("access.survey_not_yours"),
    }
}

/// A survey of a place where the actor may ask.
pub async fn theirs(conn: &mut Conn, actor: &Actor, id: SurveyId) -> anyhow::Result<(Survey, AskFamilies)> {
    let Some(survey) = store::survey(conn, id).await? else {
        refuse!("surveys.gone")
    };
    let proof = access::ask_families(actor, &scope(conn, survey.place).await?)?;
    // A draft is its author's alone.
    if survey.state == State::Draft && survey.author != proof.by() {
        refuse!("access.survey_not_yours")
    }
    Ok((survey, proof))
}

/// A survey by which one of the actor's people was asked, and which of them.
pub async fn asked(conn: &mut Conn, actor: &Actor, id: SurveyId) -> anyhow::Result<(Survey, PersonId)> {
    let Some(survey) = store::survey(conn, id).await? else {
        refuse!("access.survey_not_yours")
    };
    let people = work::store::asked(conn, id).await?;
    let own = actor.identities.iter().map(|it| it.person);
    for person in own.filter(|person| people.iter().any(|it| it.person_id == *person)) {
        // Whoever isn't a parent there any more has nothing to do with it.
        if votes::belongs(conn, &survey, person).await? {
            return Ok((survey, person));
        }
    }
    refuse!("access.survey_not_yours")
}

/// An open question by which one of the actor's people was asked.
pub async fn open_question(
    conn: &mut Conn,
    actor: &Actor,
    id: QuestionId,
) -> anyhow::Result<(Survey, Question, PersonId)> {
    let Some(survey) = store::survey_of(conn, id).await? else {
        refuse!("access.survey_not_yours")
    };
    let (survey, person) = asked(conn, actor, survey).await?;
    let question = survey.questions.iter().find(|it| it.id == id && it.kind == Kind::Open);
    match question.cloned() {
        Some(question) => Ok((survey, question, person)),
        None => refuse!("access.survey_not_yours"),
    }
}

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    awaited: &mut Option<Awaited>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Begin(place) => {
            access::ask_families(actor, &scope(tx, place).await?)?;
            *awaited = Some(Awaited::First(place));
            Ok(Reply::view(View::Ask(place)))
        }
        Act::Answer(id) => {
            let (survey, ..) = open_question(tx, actor, id).await?;
            if survey.state != State::Open {
                refuse!("surveys.is_over")
            }
            *awaited = Some(Awaited::Answer(id));
            Ok(Reply::view(View::AskAnswer(id)))
        }
        Act::Who(id, _) | Act::Named(id, _) | Act::Several(id, _) | Act::Days(id, _) | Act::ByFamily(id, _) => {
            preset(ctx, tx, actor, (id, act)).await
        }
        Act::More(id) => {
            let (survey, _) = theirs(tx, actor, id).await?;
            if survey.state != State::Draft {
                return Ok(already(ctx, id));
            }
            if survey.questions.len() >= QUESTIONS {
                refuse!("surveys.refused.questions", limit = QUESTIONS)
            }
            *awaited = Some(Awaited::More(id));
            Ok(Reply::view(View::AskMore(id)))
        }
        Act::Send(id) | Act::SendAnyway(id) => {
            let same_is_fine = matches!(act, Act::SendAnyway(_));
            let (survey, proof) = theirs(tx, actor, id).await?;
            *awaited = None;
            send(ctx, tx, (actor, proof), &survey, same_is_fine).await
        }
        Act::Drop(id) => {
            let (survey, _) = theirs(tx, actor, id).await?;
            *awaited = None;
            if survey.state != State::Draft {
                return Ok(already(ctx, id));
            }
            store::drop_draft(tx, id).await?;
            Ok(Reply::view(View::Home(survey.place)).toast(plain!(ctx.locale, "surveys.toast.dropped")))
        }
        Act::Remind(id) => {
            let (_, proof) = theirs(tx, actor, id).await?;
            let reply = Reply::view(View::Results(id));
            if !store::reminded(tx, id, ctx.now).await? {
                return Ok(reply.toast(plain!(ctx.locale, "surveys.toast.reminded_before")));
            }
            jobs::store::schedule(tx, work::REMIND, id.0, ctx.now).await?;
            audit(ctx, tx, (actor, proof), ("survey_reminded", id)).await?;
            Ok(reply.toast(plain!(ctx.locale, "surveys.toast.reminding")))
        }
        Act::Close(id) => {
            let (survey, proof) = theirs(tx, actor, id).await?;
            let reply = Reply::view(View::Results(id));
            if survey.state != State::Open || !store::close(tx, id, ctx.now).await? {
                return Ok(reply.toast(plain!(ctx.locale, "surveys.toast.closed_before")));
            }
            jobs::store::schedule(tx, work::CLOSE, id.0, ctx.now).await?;
            audit(ctx, tx, (actor, proof), ("survey_closed", id)).await?;
            Ok(reply.toast(plain!(ctx.locale, "surveys.toast.closed")))
        }
        Act::Share(id) => {
            let (_, proof) = theirs(tx, actor, id).await?;
            let reply = Reply::view(View::Results(id));
            if !store::shared(tx, id, ctx.now).await? {
                return Ok(reply.toast(plain!(ctx.locale, "surveys.toast.shared_before")));
            }
            jobs::store::schedule(tx, work::SHARE, id.0, ctx.now).await?;
            audit(ctx, tx, (actor, proof), ("survey_shared", id)).await?;
            Ok(reply.toast(plain!(ctx.locale, "surveys.toast.shared")))
        }
        Act::Sheet(id) => sheet(ctx, tx, actor, id).await,
        Act::Chart(id) | Act::ClassChart(id) => chart(ctx, tx, actor, (id, matches!(act, Act::ClassChart(_)))).await,
        Act::Again(id) => again(ctx, tx, actor, id).await,
    }
}

async fn audit(
    ctx: &Ctx,
    tx: &mut Tx,
    (actor, proof): (&Actor, AskFamilies),
    (what, id): (&str, SurveyId),
) -> anyhow::Result<()> {
    let object = format!("survey:{id}");
    people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (what, &object)).await
}

fn already(ctx: &Ctx, id: SurveyId) -> Reply<View> {
    Reply::view(View::Results(id)).toast(plain!(ctx.locale, "surveys.toast.sent_before"))
}

/// How a draft will be asked.
async fn preset(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (id, act): (SurveyId, Act)) -> anyhow::Result<Reply<View>> {
    let (mut survey, _) = theirs(tx, actor, id).await?;
    if survey.state != State::Draft {
        return Ok(already(ctx, id));
    }
    match act {
        Act::Who(_, who) => survey.who = who,
        Act::ByFamily(_, by_family) => survey.by_family = by_family,
        Act::Days(_, days) if super::DAYS.contains(&days) => survey.days = i64::from(days),
        Act::Named(_, named) => {
            if !named && !survey.may_be_anonymous() {
                refuse!("surveys.refused.open_anonymous")
            }
            survey.named = named;
        }
        Act::Several(_, several) => {
            let last = survey
                .questions
                .last()
                .filter(|it| matches!(it.kind, Kind::One | Kind::Several));
            if let Some(last) = last {
                let kind = if several { Kind::Several } else { Kind::One };
                store::set_kind(tx, last.id, kind).await?;
            }
        }
        _ => {}
    }
    if !survey.named && work::reach(tx, &survey).await?.n_people() < ANONYMOUS_FROM {
        refuse!("surveys.refused.guessable", n = ANONYMOUS_FROM)
    }
    store::preset(tx, &survey).await?;
    Ok(Reply::view(View::Draft(id)))
}

/// Out to the families: the job sends, and another closes.
async fn send(
    ctx: &Ctx,
    tx: &mut Tx,
    (actor, proof): (&Actor, AskFamilies),
    survey: &Survey,
    same_is_fine: bool,
) -> anyhow::Result<Reply<View>> {
    let id = survey.id;
    if survey.state != State::Draft {
        return Ok(already(ctx, id));
    }
    let people = work::reach(tx, survey).await?.n_people();
    if people == 0 {
        refuse!("surveys.refused.nobody")
    }
    if !survey.named && people < ANONYMOUS_FROM {
        refuse!("surveys.refused.guessable", n = ANONYMOUS_FROM)
    }
    if !same_is_fine && store::same(tx, survey).await?.is_some() {
        return Ok(Reply::view(View::Same(id)));
    }
    let zone = school::store::zone(tx, survey.school).await?;
    let closes = closing(ctx.now, survey.days, zone);
    store::open(tx, id, closes).await?;
    jobs::store::schedule(tx, work::SEND, id.0, ctx.now).await?;
    jobs::store::schedule(tx, work::CLOSE, id.0, closes).await?;
    audit(ctx, tx, (actor, proof), ("survey_sent", id)).await?;
    Ok(Reply::view(View::Results(id)).toast(plain!(ctx.locale, "surveys.toast.sent", n = people)))
}

/// The results as a table, into the chat of whoever asked.
async fn sheet(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: SurveyId) -> anyhow::Result<Reply<View>> {
    let (survey, proof) = theirs(tx, actor, id).await?;
    let answers = votes::answers(tx, &survey).await?;
    let asked = work::store::asked(tx, id).await?;
    let names = survey.named && survey.author == proof.by();
    let zone = school::store::zone(tx, survey.school).await?;
    let document = Document {
        name: plain!(ctx.locale, "surveys.sheet.file"),
        bytes: super::sheet::write(ctx.locale, &survey, &answers, names.then_some(asked.as_slice()))?,
    };
    bring(ctx, tx, actor, (&survey, zone), document).await?;
    Ok(Reply::view(View::Results(id)).toast(plain!(ctx.locale, "surveys.toast.sheet")))
}

/// The results as a picture, there too: all of them, or class by class.
async fn chart(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (id, by_class): (SurveyId, bool)) -> anyhow::Result<Reply<View>> {
    let (survey, _) = theirs(tx, actor, id).await?;
    let (results, answers, _) = work::counted(tx, &survey).await?;
    let zone = school::store::zone(tx, survey.school).await?;
    let (day, time) = dates::day_and_time(ctx.locale, ctx.now, zone);
    let (chart, view) = if by_class {
        let classes = work::parts(tx, &survey, &answers).await?;
        let chart = super::chart::by_class(ctx.locale, &results, &classes, (&day, &time));
        (chart, View::Classes(id, 0))
    } else {
        let chart = super::chart::of(ctx.locale, &survey, &results, (&day, &time));
        (Some(chart), View::Results(id))
    };
    let picture = match chart {
        Some(chart) => super::chart::picture(ctx.locale, chart).await?,
        None => None,
    };
    let Some(picture) = picture else {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "surveys.toast.no_chart")));
    };
    bring(ctx, tx, actor, (&survey, zone), picture).await?;
    Ok(Reply::view(view).toast(plain!(ctx.locale, "surveys.toast.chart")))
}

/// A file with the results, into the chat of whoever asked.
async fn bring(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (survey, zone): (&Survey, Tz),
    file: Document,
) -> anyhow::Result<()> {
    let words = super::screens::results::sheet_words(ctx.locale, survey, dates::local(ctx.now, zone));
    let to = (actor.account.transport.to_owned(), actor.account.id);
    let (account, moment) = (actor.account.id, ctx.now.timestamp_micros());
    let key = format!(
        "survey:{}:{}:{account}:{moment}",
        survey.id,
        if file.is_picture() { "chart" } else { "sheet" }
    );
    let mut letter = NewLetter::new(to, key, words, ctx.now);
    letter.letter.document = Some(delivery::store::keep_file(tx, &file, ctx.now).await?);
    delivery::store::post(tx, letter, ctx.now).await
}

/// The polls of a survey once more at the end of a recipient's chat: those not answered, where it is known.
async fn again(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: SurveyId) -> anyhow::Result<Reply<View>> {
    let (survey, person) = asked(tx, actor, id).await?;
    let reply = Reply::view(View::About(id));
    if survey.state != State::Open {
        return Ok(reply.toast(plain!(ctx.locale, "surveys.toast.over")));
    }
    let answers = votes::answers(tx, &survey).await?;
    let account = actor.account.id;
    // Pressed twice within a minute, it is shown once.
    let minute = ctx.now.timestamp() / 60;
    for poll in votes::store::polls(tx, id).await? {
        let is_theirs = match poll.person_id {
            Some(recipient) => {
                let question = survey.questions.iter().position(|it| it.id == poll.question_id);
                let has_voted = question.is_some_and(|idx| answers[idx].voices.iter().any(|it| it.person == recipient));
                recipient == person && poll.chat == account && !has_voted
            }
            None => delivery::store::is_kept(tx, &work::shown_key(id, poll.id, account)).await?,
        };
        if is_theirs {
            let key = format!("survey:{id}:again:{}:{account}:{minute}", poll.id);
            work::show(
                tx,
                (actor.account.transport.to_owned(), account),
                (poll.id, key),
                ctx.now,
            )
            .await?;
        }
    }
    Ok(reply.toast(plain!(ctx.locale, "surveys.toast.again")))
}

/// Takes a text.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    awaited: &mut Option<Awaited>,
    typed: &str,
) -> anyhow::Result<Option<Reply<View>>> {
    let Some(what) = *awaited else { return Ok(None) };
    let reply = match what {
        Awaited::First(place) => {
            let proof = access::ask_families(actor, &scope(tx, place).await?)?;
            let id = store::draft(tx, proof, (place, actor.account), &read(typed)?, ctx.now).await?;
            Reply::view(View::Draft(id))
        }
        Awaited::More(id) => {
            let (survey, _) = theirs(tx, actor, id).await?;
            if survey.state != State::Draft {
                already(ctx, id)
            } else if survey.questions.len() >= QUESTIONS {
                refuse!("surveys.refused.questions", limit = QUESTIONS)
            } else {
                let typed = read(typed)?;
                if typed.kind == Kind::Open && !survey.named {
                    refuse!("surveys.refused.open_anonymous")
                }
                store::add_question(tx, id, &typed).await?;
                Reply::view(View::Draft(id))
            }
        }
        Awaited::Answer(id) => {
            let (survey, question, person) = open_question(tx, actor, id).await?;
            let answer = typed.trim();
            if survey.state != State::Open {
                refuse!("surveys.is_over")
            }
            let n = answer.chars().count();
            if n > ANSWER {
                refuse!("surveys.refused.answer", n = n, limit = ANSWER)
            }
            votes::store::answer(tx, question.id, person, answer).await?;
            Reply::view(View::Answered(id))
        }
    };
    *awaited = None;
    Ok(Some(reply))
}
