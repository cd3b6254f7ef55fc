//! The school reads what parents suggest, answers it, corrects an answer, or closes without one.

use super::super::post::{self, Back};
use super::super::press::View;
use super::super::{ANSWER_LIMIT, Open, PAGE, Suggestion, screens, store};
use crate::access::{Actor, ReadSuggestions, read_suggestions};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::SuggestionId;
use crate::school;
use crate::words::{dates, plain, refuse};

/// One right for each school whose suggestions the actor reads.
fn rights(actor: &Actor) -> Vec<ReadSuggestions> {
    let mut found: Vec<ReadSuggestions> = Vec::new();
    for identity in &actor.identities {
        if !found.iter().any(|it| it.school() == identity.school) {
            found.extend(read_suggestions(actor, identity.school));
        }
    }
    found
}

/// How many suggestions nobody has read; `None` for those who read none.
pub async fn unread(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Option<i64>> {
    let rights = rights(actor);
    if rights.is_empty() {
        return Ok(None);
    }
    let mut n = 0;
    for proof in rights {
        n += store::unread(conn, proof).await?;
    }
    Ok(Some(n))
}

/// A suggestion to the school, with the right to read it.
pub(super) async fn of_the_school(
    conn: &mut Conn,
    actor: &Actor,
    id: SuggestionId,
) -> anyhow::Result<(Suggestion, ReadSuggestions)> {
    let Some(suggestion) = store::suggestion(conn, id).await? else {
        refuse!("access.suggestion_not_yours")
    };
    let proof = read_suggestions(actor, suggestion.school)?;
    Ok((suggestion, proof))
}

/// Opening one makes it read.
pub(super) async fn open(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: SuggestionId) -> anyhow::Result<Reply<View>> {
    let (_, proof) = of_the_school(tx, actor, id).await?;
    store::read(tx, proof, id, ctx.now).await?;
    Ok(Reply::view(View::Read(id)))
}

/// From now on the next text is the answer, if one can be brought.
pub(super) async fn begin(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    id: SuggestionId,
) -> anyhow::Result<Reply<View>> {
    let (suggestion, proof) = of_the_school(tx, actor, id).await?;
    can_be_answered(&suggestion)?;
    store::read(tx, proof, id, ctx.now).await?;
    let seen = suggestion.answers;
    *open = Some(Open::Answering { id, seen });
    Ok(Reply::view(View::Answering))
}

fn can_be_answered(suggestion: &Suggestion) -> anyhow::Result<()> {
    if suggestion.withdrawn_at.is_some() {
        refuse!("feedback.withdrawn_meanwhile");
    }
    if !suggestion.reachable {
        refuse!("feedback.out_of_reach");
    }
    Ok(())
}

fn checked(typed: &str) -> anyhow::Result<&str> {
    let words = typed.trim();
    if words.is_empty() {
        refuse!("feedback.empty");
    }
    if let Some(has) = super::super::too_long(words, ANSWER_LIMIT) {
        refuse!("feedback.answer_too_long", limit = ANSWER_LIMIT, has = has);
    }
    Ok(words)
}

/// It is answered; where somebody else answered meanwhile, both answers are shown and nothing is lost.
pub(super) async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (id, seen): (SuggestionId, i64),
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    let (suggestion, proof) = of_the_school(tx, actor, id).await?;
    can_be_answered(&suggestion)?;
    let words = checked(typed)?;
    if !store::answer(tx, proof, (id, seen), words, ctx.now).await? {
        let words = words.to_owned();
        *open = Some(Open::Clash { id, words });
        return Ok(Reply::view(View::Clash).alert(plain!(ctx.locale, "feedback.toast.answered_before")));
    }
    let (suggestion, _) = of_the_school(tx, actor, id).await?;
    let reply = Reply::view(View::Read(id));
    Ok(if !settled(ctx, tx, &suggestion, Back::Answer).await? {
        reply.alert(plain!(ctx.locale, "feedback.toast.not_reached"))
    } else if suggestion.answers > 1 {
        reply.toast(plain!(ctx.locale, "feedback.toast.corrected"))
    } else {
        reply.toast(plain!(ctx.locale, "feedback.toast.answered"))
    })
}

/// The author hears of it if they can, and from now on there is a day when it is forgotten who that is.
async fn settled(ctx: &Ctx, tx: &mut Tx, suggestion: &Suggestion, back: Back) -> anyhow::Result<bool> {
    let reached = post::bring(tx, suggestion, back, ctx.now).await?;
    post::forget_in_time(tx, suggestion, ctx.now).await?;
    Ok(reached)
}

/// Another text of one's own, while the other's answer is looked at.
pub(super) async fn reword(
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    id: SuggestionId,
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    of_the_school(tx, actor, id).await?;
    let words = checked(typed)?.to_owned();
    *open = Some(Open::Clash { id, words });
    Ok(Reply::view(View::Clash))
}

/// One's own answer stands instead of the other's that was on the screen.
pub(super) async fn replace(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    seen: i64,
) -> anyhow::Result<Reply<View>> {
    match open.take() {
        Some(Open::Clash { id, words }) => answer(ctx, tx, actor, open, (id, seen), &words).await,
        other => {
            *open = other;
            let view = open.as_ref().map_or(View::All(0), Open::view);
            Ok(Reply::view(view).toast(plain!(ctx.locale, "feedback.toast.answer_gone")))
        }
    }
}

/// It is closed with a kind word to the author, and no answer.
pub(super) async fn close(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: SuggestionId) -> anyhow::Result<Reply<View>> {
    let (suggestion, proof) = of_the_school(tx, actor, id).await?;
    if suggestion.withdrawn_at.is_some() {
        refuse!("feedback.withdrawn_meanwhile");
    }
    store::read(tx, proof, id, ctx.now).await?;
    let reply = Reply::view(View::Read(id));
    if !store::close(tx, proof, id, ctx.now).await? {
        return Ok(reply.toast(plain!(ctx.locale, "feedback.toast.settled_before")));
    }
    Ok(if settled(ctx, tx, &suggestion, Back::Closed).await? {
        reply.toast(plain!(ctx.locale, "feedback.toast.closed"))
    } else {
        reply.toast(plain!(ctx.locale, "feedback.toast.closed_unheard"))
    })
}

pub(super) async fn all(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let rights = rights(actor);
    let Some(first) = rights.first() else {
        refuse!("access.no_section")
    };
    let zone = school::store::zone(conn, first.school()).await?;
    let size = i64::try_from(PAGE)?;
    let (mut found, mut unread) = (Vec::new(), 0);
    for proof in rights {
        let upto = (i64::from(page) + 1) * size + 1;
        found.extend(store::all(conn, proof, upto).await?);
        unread += store::unread(conn, proof).await?;
    }
    found.sort_by_key(screens::office::rank);
    let mut found = found.split_off((usize::from(page) * PAGE).min(found.len()));
    // One more says that there are more.
    found.truncate(PAGE + 1);
    let mut listed = Vec::new();
    for it in found {
        let author = post::name_of(conn, it.author).await?;
        listed.push((it, author));
    }
    let page = screens::Page {
        number: page,
        zone,
        today: dates::local(ctx.now, zone).date(),
    };
    Ok(screens::office::all(ctx.locale, &listed, unread, page))
}

pub(super) async fn read(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: SuggestionId) -> anyhow::Result<Screen> {
    let (suggestion, proof) = of_the_school(conn, actor, id).await?;
    // Words that nobody has opened aren't shown by looking: reading is an act.
    if suggestion.withdrawn_at.is_none() && suggestion.read_at.is_none() {
        return all(ctx, conn, actor, 0).await;
    }
    let author = post::name_of(conn, suggestion.author).await?;
    let by = post::name_of(conn, suggestion.answered_by).await?;
    let shown = screens::Shown {
        suggestion: &suggestion,
        by: by.as_deref(),
        author: author.as_deref(),
        now: ctx.now,
        zone: school::store::zone(conn, proof.school()).await?,
    };
    Ok(screens::office::read(ctx.locale, &shown))
}

pub(super) async fn clash(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    id: SuggestionId,
    words: &str,
) -> anyhow::Result<Screen> {
    let (suggestion, _) = of_the_school(conn, actor, id).await?;
    let by = post::name_of(conn, suggestion.answered_by).await?;
    Ok(screens::office::clash(ctx.locale, &suggestion, by.as_deref(), words))
}
