//! Messages are written, leave at once or when office hours begin, and are taken back.

use chrono::{DateTime, Utc};

use super::flow::{Side, heading, mine, other_side};
use super::press::View;
use super::{Message, Said, Thread, To, WORDS_LIMIT, files, hours, key, screens, shown, store};
use crate::access::Actor;
use crate::access::talk::{self, Halt, Talk};
use crate::chat::{Ctx, Reply};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{MessageId, PersonId, SchoolId, SubjectId, ThreadId};
use crate::jobs;
use crate::messages::mutes;
use crate::people;
use crate::school;
use crate::words::{Locale, dates, entries, plain, refuse};

/// The job that lets a message leave that waited for office hours.
pub const DELIVER: &str = "deliver_message";

/// Between whom a message goes, and about what.
pub(super) struct Addressed {
    /// The right.
    pub talk: Talk,
    /// The thread, once there is one.
    pub thread: Option<ThreadId>,
    /// About which child and subject.
    pub about: (Option<PersonId>, Option<SubjectId>),
    /// Whether the family writes to the staff: then office hours count.
    pub to_staff: bool,
    /// Whether the administrator has taken the family's right to write for a while.
    pub muted: bool,
}

/// Asks for the right to write there now, whatever it was when the dialogue was begun.
pub(super) async fn addressed(conn: &mut Conn, actor: &Actor, to: To, now: DateTime<Utc>) -> anyhow::Result<Addressed> {
    let (school, with, about, thread) = match to {
        To::Thread(id) => {
            let Some(found) = store::thread(conn, id).await? else {
                refuse!("access.talk_not_yours")
            };
            let Some(me) = mine(actor, &found) else {
                refuse!("access.talk_not_yours")
            };
            (
                found.school,
                other_side(&found, me),
                (found.pupil, found.subject),
                Some(id),
            )
        }
        To::Person { with, pupil, subject } => {
            let Some(person) = people::store::person(conn, with).await? else {
                refuse!("access.talk_not_yours")
            };
            (person.school, with, (pupil, subject), None)
        }
    };
    let Some(scope) = store::scope(conn, school, about.0, with).await? else {
        refuse!("access.talk_not_yours")
    };
    let talk = talk::talk(actor, &scope, with)?;
    let about = (about.0, subject_of(conn, school, about.1).await?);
    let thread = match thread {
        Some(id) => Some(id),
        None => store::between(conn, talk, about).await?,
    };
    let to_staff = scope.is_family(talk.by());
    Ok(Addressed {
        talk,
        thread,
        about,
        to_staff,
        muted: to_staff && mutes::store::of(conn, talk.by(), now).await?.is_some(),
    })
}

/// A subject of this school; a forged one is none.
async fn subject_of(
    conn: &mut Conn,
    school: SchoolId,
    subject: Option<SubjectId>,
) -> anyhow::Result<Option<SubjectId>> {
    let Some(id) = subject else { return Ok(None) };
    Ok(school::store::subject(conn, school, id).await?.map(|_| id))
}

/// A message is written.
pub(super) async fn say(ctx: &Ctx, tx: &mut Tx, actor: &Actor, to: To, said: Said<'_>) -> anyhow::Result<Reply<View>> {
    let words = said.words.trim();
    if let Some(has) = entries::too_long(words, WORDS_LIMIT) {
        refuse!("threads.too_long", limit = WORDS_LIMIT, has = has);
    }
    let to = addressed(tx, actor, to, ctx.now).await?;
    if to.muted {
        return Ok(Reply::view(View::Muted));
    }
    let thread = match to.thread {
        Some(id) => id,
        None => store::add(tx, to.talk, to.about, ctx.now).await?,
    };
    let zone = school::store::zone(tx, to.talk.school()).await?;
    let now = dates::local(ctx.now, zone);
    let mut due = ctx.now;
    if to.to_staff {
        let leaves = hours::store::of(tx, to.talk.with()).await?.leaves_at(now);
        if leaves > now {
            due = dates::moment(leaves.date(), leaves.time(), zone);
        }
    }
    let id = store::say(tx, to.talk, thread, Said { words, ..said }, (ctx.now, due)).await?;
    if due > ctx.now {
        jobs::store::schedule(tx, DELIVER, id.0, due).await?;
        return Ok(Reply::view(View::Waits(id)));
    }
    let reply = Reply::view(View::Thread(thread, 0));
    // Both were written in this transaction.
    let (message, thread) = (store::message(tx, id).await?, store::thread(tx, thread).await?);
    let (Some(message), Some(thread)) = (message, thread) else {
        return Ok(reply);
    };
    if leave(tx, &message, &thread, ctx.now).await? {
        Ok(reply.toast(plain!(ctx.locale, "threads.toast.sent")))
    } else {
        Ok(reply.alert(plain!(ctx.locale, "threads.toast.not_reached")))
    }
}

/// A message that waited leaves, if it may be said still; else its author hears why and gets the words back.
pub async fn deliver(tx: &mut Tx, id: MessageId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(message) = store::message(tx, id).await?.filter(|it| it.recalled_at.is_none()) else {
        return Ok(());
    };
    let Some(thread) = store::thread(tx, message.thread).await? else {
        return Ok(());
    };
    let (author, with) = (message.author, other_side(&thread, message.author));
    let asked = match store::scope(tx, thread.school, thread.pupil, with).await? {
        Some(scope) => {
            let is_muted = mutes::store::of(tx, author, now).await?.is_some();
            talk::still_talks(&scope, author, with, is_muted)
        }
        None => Err(Halt::NotYours),
    };
    match asked {
        Ok(()) => leave(tx, &message, &thread, now).await.map(drop),
        Err(why) => stop(tx, (&message, &thread), why, now).await,
    }
}

/// A message leaves for the chats of whom it is for; whether there was any.
async fn leave(tx: &mut Tx, message: &Message, thread: &Thread, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let to = other_side(thread, message.author);
    let Some(scope) = store::scope(tx, thread.school, thread.pupil, to).await? else {
        return Ok(false);
    };
    let side = Side {
        person: to,
        is_family: scope.is_family(to),
    };
    let heading = heading(tx, thread, side, now).await?;
    let mut reached = false;
    for (transport, account, locale) in people::store::open_chats(tx, to).await? {
        let locale = Locale::of(&locale);
        let screen = screens::letter(locale, thread.id, &heading, &message.words);
        let key = key(message.id, thread.pupil, to, account);
        let mut new = NewLetter::new((transport, account), key, screen, now);
        // What waited for the morning comes without a sound.
        new.letter.silent = message.due_at > message.at;
        for letter in files::enclosed(locale, new, &message.file) {
            delivery::store::post(tx, letter, now).await?;
        }
        reached = true;
    }
    Ok(reached)
}

/// A message doesn't leave: its author hears why, with the words and the file.
async fn stop(
    tx: &mut Tx,
    (message, thread): (&Message, &Thread),
    why: Halt,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    store::stop(tx, message.id, now).await?;
    let side = Side {
        person: message.author,
        is_family: true,
    };
    let heading = heading(tx, thread, side, now).await?;
    for (transport, account, locale) in people::store::open_chats(tx, message.author).await? {
        let locale = Locale::of(&locale);
        let screen = screens::stopped(locale, why, (thread.id, &heading), &message.words);
        let new = NewLetter::new(
            (transport, account),
            format!("stopped:{}:{account}", message.id),
            screen,
            now,
        );
        for letter in files::enclosed(locale, new, &message.file) {
            delivery::store::post(tx, letter, now).await?;
        }
    }
    Ok(())
}

/// A message of one's own is taken back: what hasn't left doesn't, and where its letter stands it says so.
pub(super) async fn take_back(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (thread, message): (&Thread, &Message),
) -> anyhow::Result<Reply<View>> {
    let to = other_side(thread, message.author);
    let proof = super::flow::reading(tx, actor, thread).await?.0;
    let view = View::Thread(thread.id, 0);
    if message.stopped_at.is_some() {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.toast.stopped")));
    }
    if !store::take_back(tx, proof, message.id, ctx.now).await? {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.toast.taken_before")));
    }
    shown::flow::message_taken_back(tx, message, ctx.now).await?;
    let zone = school::store::zone(tx, thread.school).await?;
    for (transport, account, locale) in people::store::open_chats(tx, to).await? {
        let key = key(message.id, thread.pupil, to, account);
        let Some(former) = delivery::store::letter(tx, &key).await? else {
            continue;
        };
        delivery::store::take_back(tx, &transport, account, &key).await?;
        let locale = Locale::of(&locale);
        let (day, time) = dates::day_and_time(locale, ctx.now, zone);
        let screen = screens::taken_back(locale, (&day, &time));
        let mut new = NewLetter::new((transport, account), format!("{key}:recalled"), screen, ctx.now).changing(key);
        new.letter.enclosed = former.enclosed;
        delivery::store::post(tx, new.clone(), ctx.now).await?;
        files::take_back(tx, &new, ctx.now).await?;
    }
    Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.toast.taken")))
}
