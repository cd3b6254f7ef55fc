//! Suggestions are written, read and answered. Whose right it is is asked at each step.

pub mod family;
pub mod office;

use super::press::{Act, View};
use super::{Open, screens};
use crate::access::Actor;
use crate::chat::{Ctx, Door, Reply, Screen};
use crate::db::{Conn, Tx};

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Write(school) => family::write(ctx, tx, actor, open, school).await,
        Act::Named(mark, named) => Ok(family::named(ctx, open, mark, named)),
        Act::Send(mark, named) => family::send(ctx, tx, actor, open, (mark, named)).await,
        Act::Stop => Ok(match open.take() {
            Some(Open::Answering { id, .. } | Open::Clash { id, .. }) => Reply::view(View::Read(id)),
            Some(Open::Writing(_) | Open::Draft(_)) => Reply::view(View::Mine(0)),
            None => Reply::door(Door::Menu),
        }),
        Act::Withdraw(id) => family::withdraw(ctx, tx, actor, id).await,
        Act::SeeHere(id) => {
            family::own(tx, actor, id).await?;
            Ok(Reply::view(View::One(id)))
        }
        Act::Open(id) | Act::OpenHere(id) => office::open(ctx, tx, actor, id).await,
        Act::Answer(id) => office::begin(ctx, tx, actor, open, id).await,
        Act::Replace(seen) => office::replace(ctx, tx, actor, open, seen).await,
        Act::Close(id) => office::close(ctx, tx, actor, id).await,
    }
}

/// A text of somebody who is writing.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    typed: &str,
) -> anyhow::Result<Option<Reply<View>>> {
    Ok(match open.take() {
        Some(Open::Writing(school)) => Some(family::typed(ctx, tx, actor, open, (school, None), typed).await?),
        Some(Open::Draft(draft)) => {
            let former = (draft.school, Some(draft));
            Some(family::typed(ctx, tx, actor, open, former, typed).await?)
        }
        Some(Open::Answering { id, seen }) => Some(office::answer(ctx, tx, actor, open, (id, seen), typed).await?),
        // Both answers stand on the screen: what comes now is the newest of one's own.
        Some(Open::Clash { id, .. }) => Some(office::reword(tx, actor, open, id, typed).await?),
        None => None,
    })
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    view: View,
) -> anyhow::Result<Screen> {
    match (view, open) {
        (View::Writing, Some(Open::Writing(school))) => family::writing(ctx, conn, actor, *school).await,
        (View::Preview, Some(Open::Draft(draft))) => family::preview(ctx, conn, actor, draft).await,
        (View::Mine(page), _) => family::mine(ctx, conn, actor, page).await,
        (View::One(id), _) => family::one(ctx, conn, actor, id).await,
        (View::Words(id), _) => {
            let (suggestion, _) = family::own(conn, actor, id).await?;
            Ok(screens::family::words(ctx.locale, &suggestion))
        }
        (View::Writing | View::Preview, _) => family::mine(ctx, conn, actor, 0).await,
        (View::Answering, Some(Open::Answering { id, .. })) => {
            let (suggestion, _) = office::of_the_school(conn, actor, *id).await?;
            Ok(screens::office::answering(ctx.locale, &suggestion))
        }
        (View::Clash, Some(Open::Clash { id, words })) => office::clash(ctx, conn, actor, *id, words).await,
        (View::All(page), _) => office::all(ctx, conn, actor, page).await,
        (View::Read(id), _) => office::read(ctx, conn, actor, id).await,
        (View::ReadAnswer(id), _) => {
            let (suggestion, _) = office::of_the_school(conn, actor, id).await?;
            Ok(screens::office::answer(ctx.locale, &suggestion))
        }
        (View::Answering | View::Clash, _) => office::all(ctx, conn, actor, 0).await,
    }
}
