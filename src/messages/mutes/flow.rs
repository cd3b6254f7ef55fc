//! An administrator takes somebody's right to write, with a reason, and gives it back. The person is told both times.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Mute, PAGE, Term, screens, store};
use crate::access::Actor;
use crate::access::rules::{self, KeepTalk};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{MuteId, PersonId, SchoolId};
use crate::messages::rules::REASON_LIMIT;
use crate::messages::rules::press::View;
use crate::people::entry::connect::tell;
use crate::people::{self, Person};
use crate::school;
use crate::words::{Locale, dates, entries, plain, refuse};

/// Somebody of a family, with the right to say whether they write.
async fn kept(conn: &mut Conn, actor: &Actor, id: PersonId) -> anyhow::Result<(Person, KeepTalk)> {
    let Some(person) = people::store::person(conn, id).await? else {
        refuse!("access.no_section")
    };
    let proof = rules::keep_talk(actor, person.school)?;
    if !store::is_family(conn, id).await? {
        refuse!("mutes.not_family")
    }
    Ok((person, proof))
}

/// A reason is awaited.
pub async fn ask(tx: &mut Tx, actor: &Actor, (id, term): (PersonId, Term)) -> anyhow::Result<Reply<View>> {
    kept(tx, actor, id).await?;
    Ok(Reply::view(View::Muting(id, term)))
}

/// Somebody doesn't write from now on, for this reason.
pub async fn mute(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (id, term): (PersonId, Term),
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    let (person, proof) = kept(tx, actor, id).await?;
    let reason = entries::tidy(typed);
    if let Some(has) = entries::too_long(&reason, REASON_LIMIT) {
        refuse!("mutes.too_long", limit = REASON_LIMIT, has = has);
    }
    // One reason and one end at a time: the newest.
    store::lift(tx, proof, id, ctx.now).await?;
    let ends = term.ends(ctx.now);
    let mute = store::add(tx, proof, id, (&reason, ends), ctx.now).await?;
    let object = format!("person:{id}");
    people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), ("muted", &object)).await?;
    let zone = school::store::zone(tx, person.school).await?;
    let told = |locale| screens::told(locale, &reason, until(locale, ends, zone).as_deref());
    tell(tx, &[id], &format!("mute:{mute}"), told, ctx.now).await?;
    Ok(Reply::view(View::Mute(id)).toast(plain!(ctx.locale, "mutes.toast.muted")))
}

/// Somebody writes again.
pub async fn lift(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: MuteId) -> anyhow::Result<Reply<View>> {
    let Some(mute) = store::one(tx, id, ctx.now).await? else {
        let mut schools = actor.identities.iter().map(|it| it.school);
        let Some(school) = schools.find(|school| rules::keep_talk(actor, *school).is_ok()) else {
            refuse!("access.no_section")
        };
        return Ok(Reply::view(View::Mutes(school, 0)).toast(plain!(ctx.locale, "mutes.toast.ended")));
    };
    let proof = rules::keep_talk(actor, mute.school)?;
    store::lift(tx, proof, mute.person, ctx.now).await?;
    let object = format!("person:{}", mute.person);
    people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), ("unmuted", &object)).await?;
    tell(
        tx,
        &[mute.person],
        &format!("mute:{id}:lifted"),
        screens::lifted,
        ctx.now,
    )
    .await?;
    Ok(Reply::view(View::Mute(mute.person)).toast(plain!(ctx.locale, "mutes.toast.lifted")))
}

/// «ср 25.11, 10:40».
fn until(locale: Locale, ends: Option<DateTime<Utc>>, zone: Tz) -> Option<String> {
    let (day, time) = dates::day_and_time(locale, ends?, zone);
    Some(format!("{day}, {time}"))
}

/// Draws what somebody sees who would write and doesn't; nothing when they may.
pub async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Option<Screen>> {
    for identity in &actor.identities {
        if let Some(mute) = store::of(conn, identity.person, ctx.now).await? {
            let zone = school::store::zone(conn, mute.school).await?;
            let until = until(ctx.locale, mute.ends_at, zone);
            return Ok(Some(screens::own(ctx.locale, &mute.reason, until.as_deref())));
        }
    }
    Ok(None)
}

/// Draws how it stands with somebody.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: PersonId) -> anyhow::Result<Screen> {
    let (person, _) = kept(conn, actor, id).await?;
    let mute = store::of(conn, id, ctx.now).await?;
    let zone = school::store::zone(conn, person.school).await?;
    let until = mute.as_ref().and_then(|it| until(ctx.locale, it.ends_at, zone));
    Ok(screens::person(ctx.locale, &person, mute.as_ref(), until.as_deref()))
}

/// Draws the question for a reason.
pub async fn muting(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (id, term): (PersonId, Term)) -> anyhow::Result<Screen> {
    let (person, _) = kept(conn, actor, id).await?;
    Ok(screens::muting(ctx.locale, &person, term))
}

/// Draws who doesn't write at a school.
pub async fn list(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (id, page): (SchoolId, u8)) -> anyhow::Result<Screen> {
    rules::keep_talk(actor, id)?;
    let size = i64::try_from(PAGE)?;
    let found: Vec<Mute> = store::list(conn, id, (i64::from(page) * size, size + 1), ctx.now).await?;
    Ok(screens::list(ctx.locale, id, &found, page))
}
