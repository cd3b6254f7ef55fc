//! A draft that was laid aside for something else: offered, taken up again, thrown away.

use super::outdated;
use crate::access::Actor;
use crate::announcements::press::{Act, View};
use crate::announcements::whom::Ticked;
use crate::announcements::{Draft, Open, ground, title};
use crate::chat::begun::{Begun, offered};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::dialogue::{self, ASIDE_KEPT, Aside};
use crate::db::{Conn, Tx};
use crate::school;
use crate::words::{dates, plain};

fn begun(draft: &Draft) -> Begun {
    Begun {
        title: draft.text.as_deref().map(title),
        kept: None,
    }
}

/// The screen with the draft that is open, else with the one that was laid aside.
pub(super) async fn with_draft(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (open, screen): (Option<&Open>, Screen),
) -> anyhow::Result<Screen> {
    if let Some(Open::Draft(draft)) = open
        && draft.has_words()
    {
        return Ok(offered(screen, ctx.locale, &begun(draft), (&View::Preview, &Act::Drop)));
    }
    let Some((kept, laid_at)) = dialogue::aside(conn, actor.account, Aside::Announcement, ctx.now).await? else {
        return Ok(screen);
    };
    // What another version laid aside can't be read.
    let (Ok(draft), Some(identity)) = (serde_json::from_str::<Draft>(&kept), actor.identities.first()) else {
        return Ok(screen);
    };
    let zone = school::store::zone(conn, identity.school).await?;
    let day = |at| dates::local(at, zone).date();
    let begun = Begun {
        kept: Some((day(laid_at + ASIDE_KEPT), day(ctx.now))),
        ..begun(&draft)
    };
    Ok(offered(screen, ctx.locale, &begun, (&Act::Resume, &Act::Discard)))
}

/// It is taken up again; one that is open takes its place aside.
pub(super) async fn resume(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
) -> anyhow::Result<Reply<View>> {
    let kept = dialogue::aside(tx, actor.account, Aside::Announcement, ctx.now).await?;
    let draft = kept.and_then(|(kept, _)| serde_json::from_str::<Draft>(&kept).ok());
    dialogue::drop_aside(tx, actor.account, Aside::Announcement).await?;
    let Some(mut draft) = draft else {
        return Ok(outdated(ctx, View::Home));
    };
    if let Some(Open::Draft(other)) = open.take()
        && !other.is_nothing()
    {
        let json = serde_json::to_string(&other)?;
        dialogue::lay_aside(
            tx,
            actor.account,
            (Aside::Announcement, &json, other.has_words()),
            ctx.now,
        )
        .await?;
    }
    let mut said = None;
    if let Some(whom) = &draft.audience
        && ground::find(tx, actor, whom).await?.is_none()
    {
        draft.audience = None;
        said = Some(plain!(ctx.locale, "announcements.toast.not_yours_any_more"));
    }
    draft.awaits = draft.text.is_none() && draft.audience.is_some();
    let view = match (&draft.audience, &draft.ticked) {
        (Some(_), _) if draft.awaits => View::Write,
        (Some(_), _) => View::Preview,
        (None, Some(Ticked::Classes(school, _))) => View::Several(*school, 0),
        (None, Some(Ticked::Pupils(class, _))) => View::Pick(*class, 0),
        (None, None) => View::Home,
    };
    *open = Some(Open::Draft(draft));
    let reply = Reply::view(view);
    Ok(match said {
        Some(said) => reply.alert(said),
        None => reply,
    })
}

/// It isn't wanted any more.
pub(super) async fn discard(ctx: &Ctx, tx: &mut Tx, actor: &Actor) -> anyhow::Result<Reply<View>> {
    dialogue::drop_aside(tx, actor.account, Aside::Announcement).await?;
    Ok(Reply::view(View::Home).toast(plain!(ctx.locale, "announcements.toast.deleted")))
}
