//! One of the sides shows a talk to the administration, and takes that back. The other side and those who read are told.

use chrono::{DateTime, Utc};

use super::screens::{self, Read};
use super::{PAGE, Showing, store};
use crate::access::rules::{self, EndShowing, ReadShown};
use crate::access::talk::{self, ReadTalk};
use crate::access::{Actor, READERS};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{MessageId, PersonId, SchoolId, ThreadId};
use crate::messages::threads::flow::{Side, heading, mine, other_side, own};
use crate::messages::threads::press::View;
use crate::messages::threads::screens::enclosure_again;
use crate::messages::threads::{self, Heading, Message, Thread};
use crate::people;
use crate::people::entry::connect::tell;
use crate::school;
use crate::words::names::FullName;
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

/// It isn't shown any more; only whoever showed it says so, a side of it still or not. What was brought of it goes.
pub async fn hide(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: ThreadId) -> anyhow::Result<Reply<View>> {
    let Some(thread) = threads::store::thread(tx, id).await? else {
        refuse!("access.talk_not_yours")
    };
    let Some((showing, proof)) = ending(tx, actor, &thread).await? else {
        // Asks for the right to read it, too.
        own(tx, actor, id).await?;
        return Ok(Reply::view(View::Thread(id, 0)).toast(plain!(ctx.locale, "threads.shown.toast.not_yours")));
    };
    store::hide(tx, proof, id, ctx.now).await?;
    audit(ctx, tx, actor, (proof.by(), id), "thread_hidden").await?;
    delivery::store::remove(tx, &file_key(showing.id, None), ctx.now).await?;
    let other = other_side(&thread, proof.by());
    let scope = threads::store::scope(tx, thread.school, thread.pupil, other).await?;
    let side = Side {
        person: other,
        is_family: scope.as_ref().is_some_and(|it| it.is_family(other)),
    };
    let seen = heading(tx, &thread, side, ctx.now).await?;
    let told = |locale| screens::told(locale, id, &seen, false);
    let key = format!("shown:{}:ended", showing.id);
    tell(tx, &[other], &key, told, ctx.now).await?;
    let view = if may_read(tx, actor, &thread).await? {
        View::Thread(id, 0)
    } else {
        View::List(0)
    };
    Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.shown.toast.hidden")))
}

/// That a talk is shown by one of the actor's people, with the right to end it.
async fn ending(conn: &mut Conn, actor: &Actor, thread: &Thread) -> anyhow::Result<Option<(Showing, EndShowing)>> {
    let Some(showing) = store::of(conn, thread.id).await? else {
        return Ok(None);
    };
    let proof = rules::end_showing(actor, thread.school, showing.by).ok();
    Ok(proof.map(|it| (showing, it)))
}

/// Whether the actor is a side of a talk still.
async fn may_read(conn: &mut Conn, actor: &Actor, thread: &Thread) -> anyhow::Result<bool> {
    let Some(me) = mine(actor, thread) else {
        return Ok(false);
    };
    let scope = threads::store::scope(conn, thread.school, thread.pupil, other_side(thread, me)).await?;
    Ok(scope.is_some_and(|it| talk::read_talk(actor, &it, thread.sides()).is_ok()))
}

/// The talks that the actor shows and is no side of any more, each with the other side.
pub async fn left(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<(ThreadId, FullName)>> {
    let mut left = Vec::new();
    for identity in &actor.identities {
        for id in store::shown_by(conn, identity.person).await? {
            let Some(thread) = threads::store::thread(conn, id).await? else {
                continue;
            };
            if may_read(conn, actor, &thread).await? {
                continue;
            }
            if let Some(other) = people::store::person(conn, other_side(&thread, identity.person)).await? {
                left.push((id, other.name));
            }
        }
    }
    Ok(left)
}

/// How the keys begin of what was brought of a talk while it is shown, or of one message's file.
fn file_key(showing: i64, message: Option<MessageId>) -> String {
    match message {
        Some(message) => format!("shown:{showing}:file:{message}:"),
        None => format!("shown:{showing}:file:"),
    }
}

/// A message was taken back: its file goes from where the administration has it, too.
pub async fn message_taken_back(tx: &mut Tx, message: &Message, now: DateTime<Utc>) -> anyhow::Result<()> {
    if let Some(showing) = store::of(tx, message.thread).await? {
        delivery::store::remove(tx, &file_key(showing.id, Some(message.id)), now).await?;
    }
    Ok(())
}

/// Brings the files of a page to whoever of the administration reads it, which is recorded too.
pub async fn files(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (id, page): (ThreadId, u8)) -> anyhow::Result<Reply<View>> {
    let (thread, proof, showing) = shown(tx, actor, id).await?;
    let view = View::ShownThread(id, page);
    let (messages, _) = page_of(ctx, tx, (proof, &showing), (id, page)).await?;
    let (heading, opener) = title(tx, &thread, ctx.now).await?;
    let zone = school::store::zone(tx, thread.school).await?;
    let account = actor.account;
    let mut n = 0;
    for message in &messages {
        let Some(file) = &message.file.0 else { continue };
        let who = if message.author == thread.opener {
            opener.clone()
        } else {
            heading.who()
        };
        let (day, time) = dates::day_and_time(ctx.locale, message.at, zone);
        let screen = enclosure_again(ctx.locale, Some(who), (&day, &time));
        let begins = file_key(showing.id, Some(message.id));
        let key = format!("{begins}{}:{}", account.id, ctx.now.timestamp_millis());
        let mut letter = NewLetter::new((account.transport.to_owned(), account.id), key, screen, ctx.now);
        letter.letter.enclosed = Some(file.clone());
        letter.letter.silent = true;
        delivery::store::post(tx, letter, ctx.now).await?;
        n += 1;
    }
    if n == 0 {
        // They were taken back meanwhile.
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.toast.no_files")));
    }
    audit(ctx, tx, actor, (proof.by(), id), "thread_read").await?;
    Ok(Reply::stay().toast(plain!(ctx.locale, "threads.toast.files")))
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
async fn shown(conn: &mut Conn, actor: &Actor, id: ThreadId) -> anyhow::Result<(Thread, ReadShown, Showing)> {
    let Some(thread) = threads::store::thread(conn, id).await? else {
        refuse!("access.talk_not_yours")
    };
    let showing = store::of(conn, id).await?;
    let proof = rules::read_shown(actor, thread.school, showing.is_some())?;
    match showing {
        Some(showing) => Ok((thread, proof, showing)),
        None => refuse!("access.no_section"),
    }
}

/// A page of a shown talk that was opened, the oldest first, and whether there are older ones.
async fn page_of(
    ctx: &Ctx,
    conn: &mut Conn,
    (proof, showing): (ReadShown, &Showing),
    (id, page): (ThreadId, u8),
) -> anyhow::Result<(Vec<Message>, bool)> {
    // An old button would read what nobody has recorded.
    if !store::has_opened(conn, proof, id, showing.at).await? {
        refuse!("access.no_section")
    }
    let size = i64::try_from(threads::PAGE)?;
    let mut messages = store::messages(conn, proof, id, (i64::from(page) * size, size + 1), ctx.now).await?;
    let older = messages.len() > threads::PAGE;
    messages.truncate(threads::PAGE);
    messages.reverse();
    Ok((messages, older))
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
    let (messages, older) = page_of(ctx, conn, (proof, &showing), (id, page)).await?;
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
