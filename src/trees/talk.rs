//! What people say to each other, among the other dialogues: what is open ends only when another letter is begun.

use super::files::Sent;
use super::flow::take;
use super::{Answer, Flow, View};
use crate::access::Actor;
use crate::announcements;
use crate::chat::{Button, Ctx, Screen, Show};
use crate::db::Conn;
use crate::db::Tx;
use crate::delivery;
use crate::diary;
use crate::feedback;
use crate::ids::Account;
use crate::lessons;
use crate::messages::{letters, mutes, rules, threads, threads::Said};
use crate::surveys;
use crate::words::plain;

/// An act of letters to families.
pub async fn letters_act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: letters::press::Act,
) -> anyhow::Result<Answer> {
    // Reading a letter leaves what is open.
    let mut draft = if act.is_under_a_letter() {
        None
    } else {
        take!(flow, Letters)
    };
    let reply = letters::flow::act(ctx, tx, actor, &mut draft, act).await?;
    if let Some(draft) = draft {
        *flow = Flow::Letters(draft);
    }
    if let Show::View(letters::press::View::Returning(id)) = reply.show {
        *flow = Flow::Rules(rules::Awaited::Remark(id));
    }
    Ok(Answer::of(ctx, reply, View::Letters))
}

/// An act about the rules of talk.
pub async fn rules_act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: rules::press::Act,
) -> anyhow::Result<Answer> {
    let reply = rules::flow::act(ctx, tx, actor, act).await?;
    if let Show::View(rules::press::View::Muting(person, term)) = reply.show {
        *flow = Flow::Rules(rules::Awaited::Reason(person, term));
    } else if let Show::View(rules::press::View::NewWords(school)) = reply.show {
        *flow = Flow::Rules(rules::Awaited::Words(school));
    }
    Ok(Answer::of(ctx, reply, View::Rules))
}

/// The screen that stands there while such a text is awaited.
pub fn awaits(awaited: rules::Awaited) -> View {
    match awaited {
        rules::Awaited::Remark(id) => View::Letters(letters::press::View::Returning(id)),
        rules::Awaited::Reason(person, term) => View::Rules(rules::press::View::Muting(person, term)),
        rules::Awaited::Words(school) => View::Rules(rules::press::View::NewWords(school)),
    }
}

/// A text for whoever of them awaits it; `None` when nobody does.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    typed: &str,
) -> anyhow::Result<Option<Answer>> {
    match flow {
        Flow::Letters(draft) => {
            let reply = letters::flow::text(ctx, tx, actor, draft, typed).await?;
            Ok(Some(Answer::of(ctx, reply, View::Letters)))
        }
        Flow::Threads(threads::Open::Writing(to)) => {
            let to = *to;
            let reply = threads::flow::said(ctx, tx, actor, to, Said::words(typed)).await?;
            *flow = Flow::Idle;
            Ok(Some(Answer::of(ctx, reply, View::Threads)))
        }
        Flow::Feedback(open) => {
            let mut open = Some(open.clone());
            let reply = feedback::flow::text(ctx, tx, actor, &mut open, typed).await?;
            *flow = open.map_or(Flow::Idle, Flow::Feedback);
            Ok(reply.map(|reply| Answer::of(ctx, reply, View::Feedback)))
        }
        Flow::Rules(awaited) => {
            let awaited = *awaited;
            let answer = match awaited {
                rules::Awaited::Remark(id) => {
                    let reply = letters::review::flow::give_back(ctx, tx, actor, (id, typed)).await?;
                    Answer::of(ctx, reply, View::Letters)
                }
                rules::Awaited::Reason(person, term) => {
                    let reply = mutes::flow::mute(ctx, tx, actor, (person, term), typed).await?;
                    Answer::of(ctx, reply, View::Rules)
                }
                rules::Awaited::Words(school) => {
                    let reply = letters::shared::flow::keep(ctx, tx, actor, (school, typed)).await?;
                    Answer::of(ctx, reply, View::Rules)
                }
            };
            *flow = Flow::Idle;
            Ok(Some(answer))
        }
        Flow::Idle
        | Flow::Lessons(_)
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Absences(_)
        | Flow::Threads(_) => Ok(None),
    }
}

/// An act of threads.
pub async fn threads_act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: threads::press::Act,
) -> anyhow::Result<Answer> {
    let mut open = match flow {
        Flow::Threads(open) => Some(open.clone()),
        // A text that a lesson's card didn't await may be somebody's answer.
        Flow::Lessons(lesson) => match &lesson.awaiting {
            lessons::flow::Awaiting::Place(words) => Some(threads::Open::Loose(words.clone())),
            _ => None,
        },
        Flow::Idle
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Letters(_)
        | Flow::Feedback(_)
        | Flow::Absences(_)
        | Flow::Rules(_) => None,
    };
    let before = open.clone();
    let reply = threads::flow::act(ctx, tx, actor, &mut open, act).await?;
    match open {
        Some(open) if Some(&open) != before.as_ref() => *flow = Flow::Threads(open),
        None if before.is_some() => *flow = Flow::Idle,
        Some(_) | None => {}
    }
    Ok(Answer::of(ctx, reply, View::Threads))
}

/// What is open in threads.
pub fn of(flow: &Flow) -> Option<&threads::Open> {
    match flow {
        Flow::Threads(open) => Some(open),
        Flow::Idle
        | Flow::Lessons(_)
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Letters(_)
        | Flow::Feedback(_)
        | Flow::Absences(_)
        | Flow::Rules(_) => None,
    }
}

/// An act of suggestions to the school.
pub async fn feedback_act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: feedback::press::Act,
) -> anyhow::Result<Answer> {
    let mut open = take!(flow, Feedback);
    let reply = feedback::flow::act(ctx, tx, actor, &mut open, act).await?;
    if let Some(open) = open {
        *flow = Flow::Feedback(open);
    }
    Ok(Answer::of(ctx, reply, View::Feedback))
}

/// What is open of suggestions.
pub fn suggested(flow: &Flow) -> Option<&feedback::Open> {
    match flow {
        Flow::Feedback(open) => Some(open),
        Flow::Idle
        | Flow::Lessons(_)
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Letters(_)
        | Flow::Threads(_)
        | Flow::Absences(_)
        | Flow::Rules(_) => None,
    }
}

/// The list of talks leads a family to what it is told and asked, parents to their suggestions, and those who read them to
/// all of them.
pub async fn with_ways(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (view, mut screen): (threads::press::View, Screen),
) -> anyhow::Result<Screen> {
    if !matches!(view, threads::press::View::List(_)) {
        return Ok(screen);
    }
    let mut rows = Vec::new();
    if !diary::flow::children(ctx, conn, actor).await?.is_empty() {
        let told = plain!(ctx.locale, "announcements.button.told");
        let asked = plain!(ctx.locale, "surveys.mine.button.mine");
        rows.push(vec![
            Button::new(told, &announcements::press::View::Mine(0)),
            Button::new(asked, &surveys::press::View::Mine(0)),
        ]);
    }
    if feedback::flow::family::may(conn, actor).await? {
        let mine = feedback::press::View::Mine(0);
        rows.push(vec![Button::new(plain!(ctx.locale, "feedback.button.suggest"), &mine)]);
    }
    if let Some(unread) = feedback::flow::office::unread(conn, actor).await? {
        let label = if unread > 0 {
            plain!(ctx.locale, "feedback.button.office_unread", n = unread)
        } else {
            plain!(ctx.locale, "feedback.button.office")
        };
        rows.push(vec![Button::new(label, &feedback::press::View::All(0))]);
    }
    // The way on stays below them.
    let at = screen.rows.len().saturating_sub(1);
    screen.rows.splice(at..at, rows);
    Ok(screen)
}

/// The screen that stands there while it is open.
pub fn shown(open: &threads::Open) -> threads::press::View {
    match open {
        threads::Open::Writing(_) => threads::press::View::Writing,
        threads::Open::Loose(_) => threads::press::View::Where,
        threads::Open::Album(..) => threads::press::View::List(0),
    }
}

/// The question where a text belongs has the talks that wait for an answer too (E3).
pub async fn with_answers(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (view, mut screen): (lessons::press::View, Screen),
) -> anyhow::Result<Screen> {
    if !matches!(view, lessons::press::View::Where(_)) {
        return Ok(screen);
    }
    let threads = threads::flow::unanswered(ctx, conn, actor).await?;
    let rows = threads::screens::answers(ctx.locale, &threads);
    // The way out stays below them.
    let at = screen.rows.len().saturating_sub(1);
    screen.rows.splice(at..at, rows.into_iter().map(Vec::from));
    Ok(screen)
}

/// A text that nobody awaits, of somebody whom a message waits for: asked about; `None` when there is no such message.
pub async fn loose(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    typed: &str,
) -> anyhow::Result<Option<Answer>> {
    if threads::flow::unanswered(ctx, tx, actor).await?.is_empty() {
        return Ok(None);
    }
    *flow = Flow::Threads(threads::Open::Loose(typed.to_owned()));
    Ok(Some(Answer::view(ctx, View::Threads(threads::press::View::Where))))
}

/// A text that answers one of our letters; `None` when that isn't one to be answered.
pub async fn reply(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    account: Account,
    (typed, message): (&str, i64),
) -> anyhow::Result<Option<Answer>> {
    if actor.identities.is_empty() {
        return Ok(None);
    }
    let Some(to) = answered(ctx, tx, actor, (account, message)).await? else {
        return Ok(None);
    };
    let reply = threads::flow::said(ctx, tx, actor, to, Said::words(typed)).await?;
    Ok(Some(Answer::of(ctx, reply, View::Threads)))
}

async fn answered(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (account, message): (Account, i64),
) -> anyhow::Result<Option<threads::To>> {
    match delivery::store::key_of(tx, (account.transport, account.id), message).await? {
        Some(key) => threads::flow::answered(ctx, tx, actor, &key).await,
        None => Ok(None),
    }
}

/// A file for whoever of them awaits it: a message of its own. The others of its album follow it.
pub async fn file(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (flow, account): (&mut Flow, Account),
    sent: Sent<'_>,
) -> anyhow::Result<Option<Answer>> {
    let awaits = match (&*flow, &sent.file.album) {
        (Flow::Threads(threads::Open::Album(to, album)), Some(one)) if album == one => Some(*to),
        (Flow::Threads(threads::Open::Writing(to)), _) => Some(*to),
        _ => None,
    };
    let answers = match sent.answers.filter(|_| !actor.identities.is_empty()) {
        Some(message) => answered(ctx, tx, actor, (account, message)).await?,
        None => None,
    };
    let Some(to) = answers.or(awaits) else {
        return Ok(None);
    };
    let said = Said {
        words: sent.words,
        file: Some(sent.file),
    };
    let reply = threads::flow::said(ctx, tx, actor, to, said).await?;
    // An answer leaves open what is open elsewhere: of an album each file says itself what it answers.
    if answers.is_none() || *flow == Flow::Idle {
        *flow = match &sent.file.album {
            Some(album) => Flow::Threads(threads::Open::Album(to, album.clone())),
            None => Flow::Idle,
        };
    }
    Ok(Some(Answer::of(ctx, reply, View::Threads)))
}
