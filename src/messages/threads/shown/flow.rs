//! One of the sides shows a talk to the administration, and takes that back. The other side and those who read are told.

use chrono::{DateTime, Utc};

use super::screens::{self, Read};
use super::{PAGE, Showing, store};
use crate::access::rules::{self, ReadShown};
use crate::access::talk::ReadTalk;
use crate::access::{Actor, READERS};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{PersonId, SchoolId, ThreadId};
use crate::messages::threads::flow::{Side, heading, own};
use crate::messages::threads::press::View;
use crate::messages::threads::{self, Heading, Thread};
use crate::people;
use crate::people::entry::connect::tell;
use crate::school;
use crate::words::{dates, plain, refuse};

/// How a talk is called for those who read it: as the side that opened it would call it.
async fn title(conn: &mut Conn, thread: &Thread, now: DateTime<Utc>) -> anyhow::Result<(Heading, String)> {
    let side = Side {
        person: thread.opener,
        is_family: false,
    };
    let heading = heading(conn, thread, side, now).await?;
    let Some(opener) = people::store::person(conn, thread.opener).await? else {
        refuse!("access.talk_not_yours")
    };
    let opener = match &heading.pupil {
        Some((pupil, _)) if *pupil == opener.id => opener.name.pupil(),
        _ => opener.name.adult(),
    };
    Ok((heading, opener))
}

/// A talk is shown.
pub async fn show(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: ThreadId) -> anyhow::Result<Reply<View>> {
    let (thread, proof, scope) = own(tx, actor, id).await?;
    let view = View::Thread(id, 0);
    if store::of(tx, id).await?.is_some() {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.shown.toast.before")));
    }
    let row = store::show(tx, proof, id, ctx.now).await?;
    audit(ctx, tx, actor, (proof.me(), id), "thread_shown").await?;
    let side = Side {
        person: proof.other(),
        is_family: scope.is_family(proof.other()),
    };
    let seen = heading(tx, &thread, side, ctx.now).await?;
    let told = |locale| screens::told(locale, id, &seen, true);
    tell(tx, &[proof.other()], &format!("shown:{row}"), told, ctx.now).await?;
    let (heading, opener) = title(tx, &thread, ctx.now).await?;
    let mut readers = people::store::holders(tx, thread.school, READERS).await?;
    // Whoever is one of the two knows the talk.
    readers.retain(|it| !thread.sides().contains(it));
    let asked = |locale| screens::asked(locale, id, (&opener, &heading));
    tell(tx, &readers, &format!("shown:{row}:read"), asked, ctx.now).await?;
    Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.shown.toast.shown")))
}

/// It isn't shown any more; only whoever showed it says so.
pub async fn hide(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: ThreadId) -> anyhow::Result<Reply<View>> {
    let (thread, proof, scope) = own(tx, actor, id).await?;
    let view = View::Thread(id, 0);
    let Some(showing) = store::of(tx, id).await?.filter(|it| it.by == proof.me()) else {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.shown.toast.not_yours")));
    };
    store::hide(tx, proof, id, ctx.now).await?;
    audit(ctx, tx, actor, (proof.me(), id), "thread_hidden").await?;
    let side = Side {
        person: proof.other(),
        is_family: scope.is_family(proof.other()),
    };
    let seen = heading(tx, &thread, side, ctx.now).await?;
    let told = |locale| screens::told(locale, id, &seen, false);
    let key = format!("shown:{}:ended", showing.id);
    tell(tx, &[proof.other()], &key, told, ctx.now).await?;
    Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.shown.toast.hidden")))
}

async fn audit(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (by, id): (PersonId, ThreadId),
    action: &str,
) -> anyhow::Result<()> {
    let object = format!("thread:{id}");
    people::store::audit(tx, ctx.now, actor.account, Some(by), (action, &object)).await
}

/// A talk that is shown, with the right of the administration to read it.
async fn shown(conn: &mut Conn, actor: &Actor, id: ThreadId) -> anyhow::Result<(Thread, ReadShown, Option<Showing>)> {
    let Some(thread) = threads::store::thread(conn, id).await? else {
        refuse!("access.talk_not_yours")
    };
    let showing = store::of(conn, id).await?;
    let proof = rules::read_shown(actor, thread.school, showing.is_some())?;
    Ok((thread, proof, showing))
}

/// The administration reads it, which is recorded.
pub async fn open(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: ThreadId) -> anyhow::Result<Reply<View>> {
    let (_, proof, _) = shown(tx, actor, id).await?;
    audit(ctx, tx, actor, (proof.by(), id), "thread_read").await?;
    Ok(Reply::view(View::ShownThread(id, 0)))
}

/// Asks before a talk is shown.
pub async fn ask(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: ThreadId) -> anyhow::Result<Screen> {
    let (thread, proof, scope) = own(conn, actor, id).await?;
    let side = Side {
        person: proof.me(),
        is_family: scope.is_family(proof.me()),
    };
    let heading = heading(conn, &thread, side, ctx.now).await?;
    Ok(screens::ask(ctx.locale, id, &heading))
}

/// How one of the sides sees that it is shown: by whom, or not at all.
pub async fn standing(conn: &mut Conn, proof: ReadTalk, id: ThreadId) -> anyhow::Result<screens::Standing> {
    Ok(match store::of(conn, id).await? {
        None => screens::Standing::Hidden,
        Some(showing) if showing.by == proof.me() => screens::Standing::Mine,
        Some(_) => screens::Standing::Theirs,
    })
}

/// The schools whose shown talks the actor reads, each once.
fn schools(actor: &Actor) -> Vec<SchoolId> {
    let mut schools: Vec<SchoolId> = actor.identities.iter().map(|it| it.school).collect();
    schools.sort_unstable();
    schools.dedup();
    schools.retain(|it| rules::read_shown(actor, *it, true).is_ok());
    schools
}

/// How many talks are shown to the actor's administration.
pub async fn n_shown(conn: &mut Conn, actor: &Actor) -> anyhow::Result<i64> {
    let mut n = 0;
    for school in schools(actor) {
        n += store::n_shown(conn, school).await?;
    }
    Ok(n)
}

/// Draws what is shown.
pub async fn list(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let size = i64::try_from(PAGE)?;
    let (schools, mut found) = (schools(actor), Vec::new());
    if schools.is_empty() {
        refuse!("access.no_section")
    }
    for school in schools {
        found.extend(store::list(conn, school, (i64::from(page) * size, size + 1)).await?);
    }
    Ok(screens::list(ctx.locale, &found, page))
}

/// Draws a shown talk: it is read, and nothing is written.
pub async fn thread(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (id, page): (ThreadId, u8)) -> anyhow::Result<Screen> {
    let (thread, proof, showing) = shown(conn, actor, id).await?;
    // An old button would read what nobody has recorded.
    let since = showing.map_or(ctx.now, |it| it.at);
    if !store::has_opened(conn, proof, id, since).await? {
        refuse!("access.no_section")
    }
    let size = i64::try_from(threads::PAGE)?;
    let mut messages = store::messages(conn, proof, id, (i64::from(page) * size, size + 1), ctx.now).await?;
    let older = messages.len() > threads::PAGE;
    messages.truncate(threads::PAGE);
    messages.reverse();
    let (heading, opener) = title(conn, &thread, ctx.now).await?;
    let zone = school::store::zone(conn, thread.school).await?;
    let today = dates::local(ctx.now, zone).date();
    let read = Read {
        thread: &thread,
        heading: &heading,
        opener: &opener,
        messages: &messages,
        zone,
        today,
        page,
        older,
    };
    Ok(screens::thread(ctx.locale, &read))
}
