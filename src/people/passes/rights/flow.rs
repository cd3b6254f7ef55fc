//! Rights are given and taken at once; what stood in the chat of whoever lost them goes too, as far as the messenger lets.

use super::super::press::View;
use super::{Adult, Rights, screens, store};
use crate::access::{self, Actor, KeepRights};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::PersonId;
use crate::people;
use crate::people::entry::{connect, store as entry};
use crate::school;
use crate::words::{Locale, dates, plain, refuse};

/// The right to say what the adults of a child may do.
async fn right(conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<KeepRights> {
    let Some(scope) = people::store::pupil_scope(conn, pupil).await? else {
        refuse!("access.people_not_yours")
    };
    Ok(access::keep_rights(actor, &scope)?)
}

/// Whether the actor may.
pub async fn may(conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<bool> {
    let scope = people::store::pupil_scope(conn, pupil).await?;
    Ok(scope.is_some_and(|it| access::keep_rights(actor, &it).is_ok()))
}

/// An adult may do this for a child from now on.
pub async fn set(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (parent, pupil): (PersonId, PersonId),
    rights: Rights,
) -> anyhow::Result<Reply<View>> {
    let proof = right(tx, actor, pupil).await?;
    let adult = adult(tx, parent, pupil).await?;
    // Whoever keeps the rights of others is no judge of their own.
    if actor.identities.iter().any(|it| it.person == parent) {
        refuse!("passes.rights.not_oneself")
    }
    let view = View::RightsOf(parent, pupil);
    if adult.rights == rights {
        return Ok(Reply::view(view));
    }
    store::set(tx, (parent, pupil), rights, ctx.now).await?;
    let left = if rights == Rights::Closed {
        clear(tx, (parent, pupil), ctx).await?
    } else {
        0
    };
    tell(tx, &adult, proof.pupil(), rights, ctx).await?;
    let action = match rights {
        Rights::Full => "rights_full",
        Rights::Reads => "rights_reads",
        Rights::Closed => "rights_closed",
    };
    for (action, about) in [("rights_child", pupil), (action, parent)] {
        let object = format!("person:{about}");
        people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (action, &object)).await?;
    }
    let done = plain!(ctx.locale, "passes.rights.done");
    Ok(if left > 0 {
        Reply::view(view).alert(plain!(ctx.locale, "passes.rights.left", n = left))
    } else {
        Reply::view(view).toast(done)
    })
}

/// Letters about the child don't leave, and those that did go or are covered; returns how many can't be.
async fn clear(tx: &mut Tx, (parent, pupil): (PersonId, PersonId), ctx: &Ctx) -> anyhow::Result<usize> {
    let mut left = 0;
    for (transport, account, locale, _) in entry::accounts(tx, parent).await? {
        let cover = screens::covered(locale.as_deref().map(Locale::of).unwrap_or_default());
        connect::take_back_letters(tx, &transport, account, (parent, Some(pupil))).await?;
        left += connect::cover_letters(tx, (&transport, account), (parent, pupil), &cover, ctx.now).await?;
    }
    Ok(left)
}

async fn tell(tx: &mut Tx, adult: &Adult, pupil: PersonId, rights: Rights, ctx: &Ctx) -> anyhow::Result<()> {
    let (Some(child), Some(school)) = (
        entry::pupil(tx, pupil).await?,
        school::store::school(tx, adult.person.school).await?,
    ) else {
        return Ok(());
    };
    let zone = school::store::zone(tx, adult.person.school).await?;
    let letter = |locale| {
        let (day, _) = dates::day_and_time(locale, ctx.now, zone);
        screens::letter(locale, rights, &child.name, &day, &school.phone)
    };
    let parent = adult.person.id;
    let key = format!("rights:{parent}:{pupil}:{}", ctx.now.timestamp_millis());
    connect::tell(tx, &[parent], &key, letter, ctx.now).await
}

async fn adult(conn: &mut Conn, parent: PersonId, pupil: PersonId) -> anyhow::Result<Adult> {
    let adults = store::adults(conn, pupil).await?;
    match adults.into_iter().find(|it| it.person.id == parent) {
        Some(found) => Ok(found),
        None => refuse!("passes.rights.not_a_parent"),
    }
}

/// The adults of a child, with since when each may do less, said.
pub async fn shown(ctx: &Ctx, conn: &mut Conn, pupil: PersonId) -> anyhow::Result<Vec<screens::Shown>> {
    let mut shown = Vec::new();
    for adult in store::adults(conn, pupil).await? {
        let zone = school::store::zone(conn, adult.person.school).await?;
        let since = adult.since.map(|at| dates::day_and_time(ctx.locale, at, zone).0);
        shown.push((adult, since.unwrap_or_default()));
    }
    Ok(shown)
}

/// Draws a view: the adults of a child, one of them, or the question before one may do nothing.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    one: Option<(PersonId, bool)>,
) -> anyhow::Result<Screen> {
    right(conn, actor, pupil).await?;
    let Some(child) = entry::pupil(conn, pupil).await? else {
        refuse!("access.people_not_yours")
    };
    let adults = shown(ctx, conn, pupil).await?;
    let Some((parent, closes)) = one else {
        return Ok(screens::adults(ctx.locale, &child, &adults));
    };
    let Some(found) = adults.iter().find(|it| it.0.person.id == parent) else {
        refuse!("passes.rights.not_a_parent")
    };
    Ok(if closes {
        screens::ask_close(ctx.locale, &child, &found.0)
    } else {
        screens::of(ctx.locale, &child, found)
    })
}
