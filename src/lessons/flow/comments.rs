//! A comment to a pupil's marks: asked for by a button, typed, shown back, taken away again.

use crate::access::Actor;
use crate::chat::{Ctx, Happening, Reply};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::lessons::comments::{COMMENT_LIMIT, FIELD, store};
use crate::lessons::{history, screens};
use crate::timetable::LessonKey;
use crate::words::{entries, plain, refuse};

use super::{Awaiting, Flow, Opened, flow_of, open_to_write, step};
use crate::lessons::press::View;

/// The next text is the comment.
pub async fn ask(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    pupil: PersonId,
) -> anyhow::Result<Reply<View>> {
    let opened = open(ctx, tx, actor, key, pupil).await?;
    let it = flow_of(flow, ctx, &opened.lesson);
    (it.awaiting, it.heard_at) = (Awaiting::Comment(pupil), ctx.now);
    Ok(Reply::view(View::Comment(key, pupil)))
}

async fn open(ctx: &Ctx, tx: &mut Tx, actor: &Actor, key: LessonKey, pupil: PersonId) -> anyhow::Result<Opened> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    opened.refuse_ahead()?;
    if opened.lesson.pupil(pupil).is_none() {
        refuse!("lessons.not_in_class");
    }
    Ok(opened)
}

/// The comment was typed.
pub async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (key, pupil, typed): (LessonKey, PersonId, &str),
) -> anyhow::Result<Reply<View>> {
    let opened = open(ctx, tx, actor, key, pupil).await?;
    let text = entries::tidy(typed);
    if let Some(has) = entries::too_long(&text, COMMENT_LIMIT) {
        refuse!("lessons.comment.too_long", limit = COMMENT_LIMIT, has = has);
    }
    if text.is_empty() {
        refuse!("lessons.text_empty");
    }
    save(ctx, tx, flow, &opened, pupil, Some(&text)).await
}

/// There is no comment any more.
pub async fn remove(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    pupil: PersonId,
) -> anyhow::Result<Reply<View>> {
    let opened = open(ctx, tx, actor, key, pupil).await?;
    save(ctx, tx, flow, &opened, pupil, None).await
}

/// Only the lesson's one writer comes here, so there is nobody to collide with; what was stays in the history.
///
/// The family finds it in the notice of the mark. In one that has left already it appears without a sound.
async fn save(
    ctx: &Ctx,
    tx: &mut Tx,
    flow: &mut Option<Flow>,
    opened: &Opened,
    pupil: PersonId,
    text: Option<&str>,
) -> anyhow::Result<Reply<View>> {
    let key = opened.key();
    let mut reply = Reply::view(View::Cell(key, pupil));
    let former = match opened.lesson.id {
        Some(id) => store::comment(tx, id, pupil).await?,
        None => None,
    };
    if former.as_deref() != text {
        let at = step(ctx, tx, opened).await?;
        store::set_comment(tx, opened.proof, at.0, pupil, text).await?;
        let entry = history::Entry {
            field: FIELD,
            pupil: Some(pupil),
            former: former.as_deref().unwrap_or_default(),
            later: text.unwrap_or_default(),
            reason: "",
        };
        history::store::keep(tx, opened.proof, at, entry, ctx.now).await?;
        flow_of(flow, ctx, &opened.lesson).seen = at.1;
        reply = reply.happened(Happening::LessonChanged(at.0));
    }
    let it = flow_of(flow, ctx, &opened.lesson);
    (it.awaiting, it.heard_at) = (Awaiting::Nothing, ctx.now);
    let name = screens::grid_name(&opened.lesson, pupil);
    let toast = match text {
        Some(_) => plain!(ctx.locale, "lessons.toast.comment", name = name),
        None => plain!(ctx.locale, "lessons.toast.no_comment", name = name),
    };
    Ok(reply.toast(toast))
}
