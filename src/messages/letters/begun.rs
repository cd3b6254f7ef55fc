//! A letter that was laid aside for something else: offered, taken up again, thrown away.

use super::flow::{Ground, ground, next};
use super::press::{Act, View};
use super::{Draft, store};
use crate::access::Actor;
use crate::chat::begun::{Begun, offered};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::dialogue::{self, ASIDE_KEPT, Aside};
use crate::db::{Conn, Tx};
use crate::ids::ClassId;
use crate::words::names::shorten;
use crate::words::{UserError, dates, plain};

/// So much of the words is read back before a button has no room for more.
const TITLE: usize = 60;

/// The first step with the letter that was laid aside, while nothing else is written.
pub(super) async fn with_draft(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (ground, open, screen): (&Ground, &Draft, Screen),
) -> anyhow::Result<Screen> {
    if !open.is_nothing() {
        return Ok(screen);
    }
    let Some((kept, laid_at)) = dialogue::aside(conn, actor.account, Aside::Letter, ctx.now).await? else {
        return Ok(screen);
    };
    // What another version laid aside can't be read.
    let Ok(draft) = serde_json::from_str::<Draft>(&kept) else {
        return Ok(screen);
    };
    let until = dates::local(laid_at + ASIDE_KEPT, ground.zone).date();
    let title = draft.words.lines().next().filter(|it| !it.is_empty());
    let begun = Begun {
        title: title.map(|it| shorten(it, TITLE)),
        kept: Some((until, ground.today)),
    };
    let class = ground.class.id;
    let presses = (&Act::Resume(class), &Act::Discard(class));
    Ok(offered(screen, ctx.locale, &begun, presses))
}

/// It is taken up again; one that is open takes its place aside.
pub(super) async fn resume(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Draft>,
    from: ClassId,
) -> anyhow::Result<Reply<View>> {
    let kept = dialogue::aside(tx, actor.account, Aside::Letter, ctx.now).await?;
    let draft = kept.and_then(|(kept, _)| serde_json::from_str::<Draft>(&kept).ok());
    dialogue::drop_aside(tx, actor.account, Aside::Letter).await?;
    let Some(mut draft) = draft else {
        return Ok(Reply::view(View::Whom(from, 0)).toast(plain!(ctx.locale, "letters.toast.not_open")));
    };
    let ground = match ground(ctx, tx, actor, draft.class).await {
        Ok(ground) => ground,
        Err(failure) if failure.is::<UserError>() => {
            let said = plain!(ctx.locale, "letters.toast.not_yours_any_more");
            return Ok(Reply::view(View::Whom(from, 0)).alert(said));
        }
        Err(failure) => return Err(failure),
    };
    if let Some(other) = open.take().filter(|it| !it.is_nothing()) {
        let json = serde_json::to_string(&other)?;
        let has_words = !other.words.is_empty();
        dialogue::lay_aside(tx, actor.account, (Aside::Letter, &json, has_words), ctx.now).await?;
    }
    // Whatever was sent meanwhile, this one can still be.
    draft.after = store::last(tx, ground.proof.by()).await?;
    let view = next(&draft);
    *open = Some(draft);
    Ok(Reply::view(view))
}

/// It isn't wanted any more.
pub(super) async fn discard(ctx: &Ctx, tx: &mut Tx, actor: &Actor, from: ClassId) -> anyhow::Result<Reply<View>> {
    dialogue::drop_aside(tx, actor.account, Aside::Letter).await?;
    Ok(Reply::view(View::Whom(from, 0)).toast(plain!(ctx.locale, "letters.toast.deleted")))
}
