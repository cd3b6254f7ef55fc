//! The administrator and the heads keep words for all tutors.

use super::{MOST, screens, store};
use crate::access::{Actor, rules};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{SchoolId, TemplateId};
use crate::messages::letters::WORDS_LIMIT;
use crate::messages::letters::flow::tidy;
use crate::messages::rules::press::View;
use crate::people;
use crate::words::{entries, plain, refuse};

/// The schools for whose tutors the actor keeps words.
pub fn schools(actor: &Actor) -> impl Iterator<Item = SchoolId> {
    let schools = actor.identities.iter().map(|it| it.school);
    schools.filter(|school| rules::keep_words(actor, *school).is_ok())
}

/// Words are awaited.
pub async fn ask(ctx: &Ctx, tx: &mut Tx, actor: &Actor, school: SchoolId) -> anyhow::Result<Reply<View>> {
    rules::keep_words(actor, school)?;
    if store::list(tx, school).await?.len() >= MOST {
        let said = plain!(ctx.locale, "letters.shared.toast.full");
        return Ok(Reply::view(View::Words(school)).toast(said));
    }
    Ok(Reply::view(View::NewWords(school)))
}

/// Words are kept.
pub async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (school, typed): (SchoolId, &str),
) -> anyhow::Result<Reply<View>> {
    let proof = rules::keep_words(actor, school)?;
    let words = tidy(typed);
    if let Some(has) = entries::too_long(&words, WORDS_LIMIT) {
        refuse!("letters.too_long", limit = WORDS_LIMIT, has = has);
    }
    // Somebody else may have filled the list meanwhile.
    if store::list(tx, school).await?.len() >= MOST {
        refuse!("letters.shared.toast.full")
    }
    store::add(tx, proof, &words, ctx.now).await?;
    audit(ctx, tx, actor, (proof, "words_kept")).await?;
    Ok(Reply::view(View::Words(school)).toast(plain!(ctx.locale, "letters.toast.kept")))
}

/// They aren't kept any more.
pub async fn forget(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (school, id): (SchoolId, TemplateId),
) -> anyhow::Result<Reply<View>> {
    let proof = rules::keep_words(actor, school)?;
    store::drop_one(tx, proof, id).await?;
    audit(ctx, tx, actor, (proof, "words_dropped")).await?;
    Ok(Reply::view(View::Words(school)))
}

async fn audit(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (proof, action): (rules::KeepWords, &str)) -> anyhow::Result<()> {
    let object = format!("school:{}", proof.school());
    people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (action, &object)).await
}

/// Draws them for those who keep them.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Screen> {
    rules::keep_words(actor, school)?;
    let words = store::list(conn, school).await?;
    Ok(screens::kept(ctx.locale, school, &words))
}

/// Draws the question for new ones.
pub fn new(ctx: &Ctx, actor: &Actor, school: SchoolId) -> anyhow::Result<Screen> {
    rules::keep_words(actor, school)?;
    Ok(screens::new(ctx.locale, school))
}
