//! Drawing what is looked at. A view asks `access` as an act does: whatever it carries may be forged.

use super::flow::{asked, open_question, scope, theirs};
use super::press::View;
use std::collections::HashSet;

use super::screens::mine::{Own, Standing};
use super::screens::{self, Line, Preview, Results, letters, results};
use super::votes::{self, Answers};
use super::work::store::Asked;
use super::{ANONYMOUS_FROM, State, Survey, chart, closing, store, work};
use crate::access::{self, Actor};
use crate::charts::Tone;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::{PersonId, QuestionId, SurveyId};
use crate::people;
use crate::people::reach::Place;
use crate::school;
use crate::words::names::of_school;
use crate::words::{dates, refuse};

/// Surveys in the list of a place.
const LISTED: i64 = 15;

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    let locale = ctx.locale;
    match view {
        View::All => all(ctx, conn, actor).await,
        View::Home(place) => home(ctx, conn, actor, place).await,
        View::Ask(place) => {
            access::ask_families(actor, &scope(conn, place).await?)?;
            Ok(screens::ask(locale, place))
        }
        View::Sample(place) => {
            access::ask_families(actor, &scope(conn, place).await?)?;
            Ok(screens::sample(locale, place))
        }
        View::AskMore(id) => {
            let (survey, _) = theirs(conn, actor, id).await?;
            Ok(screens::ask_more(locale, &survey))
        }
        View::Draft(id) => {
            let (survey, _) = theirs(conn, actor, id).await?;
            if survey.state == State::Draft {
                draft(ctx, conn, &survey).await
            } else {
                shown(ctx, conn, actor, id).await
            }
        }
        View::Same(id) => {
            let (survey, _) = theirs(conn, actor, id).await?;
            match store::same(conn, &survey).await? {
                Some((other, author)) if survey.state == State::Draft => {
                    Ok(screens::same(locale, &survey, &author.adult(), View::Results(other)))
                }
                _ if survey.state == State::Draft => draft(ctx, conn, &survey).await,
                _ => shown(ctx, conn, actor, id).await,
            }
        }
        View::Chart(id, tone) => picture(ctx, conn, actor, (id, false), tone).await,
        View::ClassChart(id, tone) => picture(ctx, conn, actor, (id, true), tone).await,
        View::Results(id) => shown(ctx, conn, actor, id).await,
        View::AskClose(id) => {
            let (survey, _) = theirs(conn, actor, id).await?;
            if survey.state != State::Open {
                return shown(ctx, conn, actor, id).await;
            }
            let results = counted(conn, &survey).await?.0;
            Ok(results::ask_close(locale, &survey, &results))
        }
        View::Names(id, page) => {
            let (survey, proof) = theirs(conn, actor, id).await?;
            if !survey.named || survey.author != proof.by() {
                refuse!("surveys.names_are_the_authors", name = survey.author_name.adult())
            }
            let asked = work::store::asked(conn, id).await?;
            let answers = votes::answers(conn, &survey).await?;
            Ok(results::names(
                locale,
                &survey,
                &super::sheet::named(&survey, &answers, &asked),
                page,
            ))
        }
        View::Answers(id, page) => words(ctx, conn, actor, (id, page)).await,
        View::Classes(id, page) => {
            let (survey, _) = theirs(conn, actor, id).await?;
            let (results, answers, _) = counted(conn, &survey).await?;
            let classes = work::parts(conn, &survey, &answers).await?;
            let has_chart = chart::by_class(locale, &results, &classes, ("", "")).is_some();
            Ok(results::classes(
                locale,
                (&survey, &results),
                (&classes, has_chart),
                page,
            ))
        }
        View::Poll(id) => {
            let Some(id) = votes::survey_of_poll(conn, id).await? else {
                refuse!("surveys.gone")
            };
            // Under a poll that stands with its author are the results.
            if theirs(conn, actor, id)
                .await
                .is_ok_and(|(survey, _)| survey.chat.1 == actor.account.id)
            {
                return shown(ctx, conn, actor, id).await;
            }
            about(ctx, conn, actor, id).await
        }
        View::About(id) => about(ctx, conn, actor, id).await,
        View::Mine(page) => mine(ctx, conn, actor, page).await,
        View::AskAnswer(id) => {
            let (survey, question, _) = open_question(conn, actor, id).await?;
            Ok(screens::ask_answer(locale, &question.text, &survey.author_name.adult()))
        }
        View::Answered(id) => {
            let (_, question, person) = open_question(conn, actor, id).await?;
            let own = votes::store::own_answer(conn, id, person).await?;
            Ok(screens::answered(locale, &question, &own.unwrap_or_default()))
        }
    }
}

/// Answers in words, which the author alone sees.
async fn words(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (id, page): (QuestionId, u8)) -> anyhow::Result<Screen> {
    let Some(survey) = store::survey_of(conn, id).await? else {
        refuse!("surveys.gone")
    };
    let (survey, proof) = theirs(conn, actor, survey).await?;
    if survey.author != proof.by() {
        refuse!("surveys.names_are_the_authors", name = survey.author_name.adult())
    }
    let Some(idx) = survey.questions.iter().position(|it| it.id == id) else {
        refuse!("surveys.gone")
    };
    let asked = work::store::asked(conn, survey.id).await?;
    let answers = votes::answers(conn, &survey).await?;
    let name = |person: PersonId| {
        let found = asked.iter().find(|it| it.person_id == person);
        found.map(|it| it.name.adult()).unwrap_or_default()
    };
    let words = answers[idx].words.iter();
    let words: Vec<_> = words.map(|(person, _, said)| (name(*person), said.clone())).collect();
    let question = (id, survey.questions[idx].text.as_str());
    Ok(results::words(ctx.locale, &survey, question, &words, page))
}

/// The places where an actor may ask: classes of which one is the tutor, and grades that one oversees.
pub async fn places(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Place>> {
    let mut places = Vec::new();
    for identity in &actor.identities {
        let classes = people::passes::store::tutored(conn, identity.person).await?;
        places.extend(classes.into_iter().map(|it| Place::Class(it.id)));
    }
    places.extend(overseen(actor));
    Ok(places)
}

/// The grades that an actor oversees.
pub fn overseen(actor: &Actor) -> Vec<Place> {
    let (lowest, highest) = screens::SCHOOL;
    let mut places: Vec<Place> = Vec::new();
    for proof in access::oversee(actor).unwrap_or_default() {
        let (from, to) = proof.grades();
        let place = Place::Grades {
            school: proof.school(),
            from: from.clamp(lowest, highest),
            to: to.clamp(lowest, highest),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

async fn all(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let places = places(conn, actor).await?;
    match places.as_slice() {
        [] => refuse!("access.no_section"),
        [only] => home(ctx, conn, actor, *only).await,
        several => {
            let mut titled = Vec::new();
            for place in several {
                titled.push((work::place_name(conn, *place).await?, *place));
            }
            Ok(screens::places(ctx.locale, &titled))
        }
    }
}

async fn home(ctx: &Ctx, conn: &mut Conn, actor: &Actor, place: Place) -> anyhow::Result<Screen> {
    let proof = access::ask_families(actor, &scope(conn, place).await?)?;
    let zone = school::store::zone(conn, proof.school()).await?;
    let today = dates::local(ctx.now, zone).date();
    let rows = store::listed(conn, proof.school(), place, LISTED).await?;
    let line = |row: store::Listed| {
        let closes = row
            .closes_at
            .map(|at| dates::day(ctx.locale, dates::local(at, zone).date(), today));
        Line {
            view: View::Results(row.id),
            question: row.question,
            open: State::of(&row.state) == State::Open,
            closes: closes.unwrap_or_default(),
        }
    };
    let lines: Vec<Line> = rows.into_iter().map(line).collect();
    let title = work::place_name(conn, place).await?;
    Ok(screens::home(ctx.locale, &title, place, &lines))
}

async fn draft(ctx: &Ctx, conn: &mut Conn, survey: &Survey) -> anyhow::Result<Screen> {
    let zone = school::store::zone(conn, survey.school).await?;
    let reach = work::reach(conn, survey).await?;
    let missing = reach.missing.iter().map(|(about, _)| about.name.surname.clone());
    let preview = Preview {
        title: work::place_name(conn, survey.place).await?,
        people: reach.n_people(),
        missing: missing.collect(),
        closes: dates::local(closing(ctx.now, survey.days, zone), zone).date(),
        anonymous_from: reach.n_people() >= ANONYMOUS_FROM,
    };
    Ok(screens::draft(ctx.locale, survey, &preview))
}

/// What was answered of how many: of one that is on its way as many as it will reach.
async fn counted(conn: &mut Conn, survey: &Survey) -> anyhow::Result<(Results, Vec<Answers>, Vec<Asked>)> {
    let (mut results, answers, asked) = work::counted(conn, survey).await?;
    if asked.is_empty() && survey.state == State::Open {
        results.asked = work::n_asked(conn, survey).await?;
    }
    Ok((results, answers, asked))
}

/// V5.
async fn shown(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: SurveyId) -> anyhow::Result<Screen> {
    let (survey, proof) = theirs(conn, actor, id).await?;
    if survey.state == State::Draft {
        return draft(ctx, conn, &survey).await;
    }
    let (results, answers, asked) = counted(conn, &survey).await?;
    let silent = votes::silent(&survey, &asked, &answers);
    let around = results::Around {
        silent: survey.named.then_some(silent.len()),
        sees_names: survey.named && survey.author == proof.by(),
        zone: school::store::zone(conn, survey.school).await?,
    };
    Ok(results::results(ctx.locale, &survey, &results, &around))
}

/// The results as a picture, all of them or class by class, with what it says in words below.
async fn picture(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (id, by_class): (SurveyId, bool),
    tone: Tone,
) -> anyhow::Result<Screen> {
    let (survey, _) = theirs(conn, actor, id).await?;
    if survey.state == State::Draft {
        return draft(ctx, conn, &survey).await;
    }
    let (results, answers, _) = counted(conn, &survey).await?;
    let zone = school::store::zone(conn, survey.school).await?;
    let (day, time) = dates::day_and_time(ctx.locale, ctx.now, zone);
    let moment = (day.as_str(), time.as_str());
    let (drawn, other) = if by_class {
        let classes = work::parts(conn, &survey, &answers).await?;
        let Some(drawn) = chart::by_class(ctx.locale, &results, &classes, moment) else {
            // An answer was taken back meanwhile, and too few are left to be compared.
            return Ok(results::classes(ctx.locale, (&survey, &results), (&classes, false), 0));
        };
        (drawn, View::ClassChart(id, tone.other()))
    } else {
        (
            chart::of(ctx.locale, &survey, &results, moment),
            View::Chart(id, tone.other()),
        )
    };
    Ok(results::chart(ctx.locale, (&survey, &results), &drawn, (tone, other)))
}

/// By which surveys the actor's people were asked: what waits for an answer first.
async fn mine(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let size = i64::try_from(screens::mine::PAGE)?;
    let (mut found, mut are_more) = (Vec::new(), false);
    for identity in &actor.identities {
        let mut rows = store::own(conn, identity.person, (i64::from(page) * size, size + 1)).await?;
        are_more |= rows.len() > screens::mine::PAGE;
        rows.truncate(screens::mine::PAGE);
        let school = people::store::school_beside(conn, identity.person).await?;
        for mut row in rows {
            // Of two schools each is told apart in the list.
            if let Some(school) = &school {
                row.question = format!("{} · {}", of_school(school), row.question);
            }
            let Some(survey) = store::survey(conn, row.id).await? else {
                continue;
            };
            // Whoever isn't a parent there any more has nothing to do with it.
            if votes::belongs(conn, &survey, identity.person).await? {
                found.push(own(ctx, conn, identity.person, (row, &survey)).await?);
            }
        }
    }
    found.sort_by_key(|it| it.standing);
    // A parent and a pupil may sit at one account.
    let mut seen = HashSet::new();
    found.retain(|it| seen.insert(it.survey.id));
    Ok(screens::mine::mine(ctx.locale, &found, page, are_more))
}

async fn own(
    ctx: &Ctx,
    conn: &mut Conn,
    person: PersonId,
    (row, survey): (store::Own, &Survey),
) -> anyhow::Result<Own> {
    let is_silent = if survey.named && survey.state == State::Open {
        let answers = votes::answers(conn, survey).await?;
        let asked = work::store::asked(conn, survey.id).await?;
        votes::silent(survey, &asked, &answers).contains(&person)
    } else {
        false
    };
    let zone = school::store::zone(conn, survey.school).await?;
    let closes = dates::local(survey.closes_at.unwrap_or(ctx.now), zone).date();
    Ok(Own {
        survey: row,
        standing: Standing::of(survey, is_silent),
        closes: dates::day(ctx.locale, closes, dates::local(ctx.now, zone).date()),
    })
}

/// What a recipient should know of a survey, with the answers that are known to be theirs.
async fn about(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: SurveyId) -> anyhow::Result<Screen> {
    let (survey, person) = asked(conn, actor, id).await?;
    let zone = school::store::zone(conn, survey.school).await?;
    let title = work::place_name(conn, survey.place).await?;
    if survey.state == State::Closed && survey.shared_at.is_some() {
        let (results, ..) = work::counted(conn, &survey).await?;
        return Ok(screens::mine::shown(
            ctx.locale,
            letters::shared(ctx.locale, &title, &results),
        ));
    }
    let facts = letters::Facts::of(&survey, &title, work::is_tutor(conn, &survey).await?);
    let line = letters::line(ctx.locale, &facts, zone);
    let answers = votes::answers(conn, &survey).await?;
    let own = survey.questions.iter().zip(&answers).map(|(question, answers)| {
        let said = super::sheet::said(question, answers, person);
        (question.text.clone(), Some(said).filter(|it| !it.is_empty()))
    });
    let own: Vec<_> = own.collect();
    Ok(screens::about(ctx.locale, &survey, &line, &own))
}
