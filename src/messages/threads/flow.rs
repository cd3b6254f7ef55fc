//! Opening, answering and beginning threads. Every act and view asks `access` about the two who talk.

use chrono::{DateTime, Utc};

use super::post::{addressed, say, take_back};
use super::press::{Act, View};
use super::{
    Heading, Listed, Message, Open, PAGE, Said, THREADS, Thread, To, files, hours, screens, shown, store, ways,
};
use crate::access::Actor;
use crate::access::talk::{self, ReadTalk, TalkScope};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{LoadId, MailingId, MessageId, PersonId, SubjectId, ThreadId};
use crate::lessons;
use crate::messages::{letters, mutes};
use crate::notices;
use crate::people;
use crate::school;
use crate::words::{dates, plain, refuse};

/// A side of a talk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// Who.
    pub person: PersonId,
    /// Whether it is the family's.
    pub is_family: bool,
}

/// A thread with the right to read it.
pub(super) async fn own(conn: &mut Conn, actor: &Actor, id: ThreadId) -> anyhow::Result<(Thread, ReadTalk, TalkScope)> {
    let Some(thread) = store::thread(conn, id).await? else {
        refuse!("access.talk_not_yours")
    };
    let (proof, scope) = reading(conn, actor, &thread).await?;
    Ok((thread, proof, scope))
}

/// The right to read a thread.
pub(super) async fn reading(conn: &mut Conn, actor: &Actor, thread: &Thread) -> anyhow::Result<(ReadTalk, TalkScope)> {
    let Some(me) = mine(actor, thread) else {
        refuse!("access.talk_not_yours")
    };
    let with = other_side(thread, me);
    let Some(scope) = store::scope(conn, thread.school, thread.pupil, with).await? else {
        refuse!("access.talk_not_yours")
    };
    let proof = talk::read_talk(actor, &scope, thread.sides())?;
    Ok((proof, scope))
}

/// Which side of a thread the actor is.
pub(super) fn mine(actor: &Actor, thread: &Thread) -> Option<PersonId> {
    let mut here = actor.identities.iter().map(|it| it.person);
    here.find(|it| thread.sides().contains(it))
}

/// The side that isn't this one.
pub(super) fn other_side(thread: &Thread, one: PersonId) -> PersonId {
    if thread.opener == one {
        thread.other
    } else {
        thread.opener
    }
}

/// What a thread is called by one of its sides.
pub(super) async fn heading(
    conn: &mut Conn,
    thread: &Thread,
    side: Side,
    now: DateTime<Utc>,
) -> anyhow::Result<Heading> {
    let with = other_side(thread, side.person);
    let mut heading = about(conn, with, (thread.pupil, thread.subject), side.is_family, now).await?;
    heading.school = people::store::school_beside(conn, side.person).await?;
    Ok(heading)
}

async fn about(
    conn: &mut Conn,
    with: PersonId,
    (pupil, subject): (Option<PersonId>, Option<SubjectId>),
    is_family: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<Heading> {
    let Some(person) = people::store::person(conn, with).await? else {
        refuse!("access.talk_not_yours")
    };
    let (mut child, mut class) = (None, None);
    if let Some(id) = pupil {
        child = people::store::person(conn, id).await?.map(|it| (id, it.name));
        if !is_family {
            let zone = school::store::zone(conn, person.school).await?;
            let found = school::store::class_of(conn, id, dates::local(now, zone).date()).await?;
            class = found.map(|(_, grade, letter)| school::class_name(grade, &letter));
        }
    }
    let subject = match subject {
        Some(id) => school::store::subject(conn, person.school, id).await?,
        None => None,
    };
    Ok(Heading {
        with,
        name: person.name,
        pupil: child,
        class,
        subject,
        school: None,
    })
}

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Open(id) | Act::OpenHere(id) => {
            let (thread, proof, _) = own(tx, actor, id).await?;
            store::read(tx, proof, thread.id, ctx.now).await?;
            Ok(Reply::view(View::Thread(id, 0)))
        }
        Act::Answer(id) | Act::AnswerHere(id) => {
            let (thread, proof, _) = own(tx, actor, id).await?;
            store::read(tx, proof, thread.id, ctx.now).await?;
            write(ctx, tx, actor, open, To::Thread(id)).await
        }
        Act::AnswerLetter(mailing, pupil) => {
            let to = to_author(tx, mailing, pupil).await?;
            write(ctx, tx, actor, open, to).await
        }
        Act::AskTeacher(pupil, load) => {
            let to = to_teacher(tx, pupil, load).await?;
            write(ctx, tx, actor, open, to).await
        }
        Act::Write(with, pupil, subject) => write(ctx, tx, actor, open, To::Person { with, pupil, subject }).await,
        Act::PutLoose(id) => match open.take() {
            Some(Open::Loose(words)) => say(ctx, tx, actor, To::Thread(id), Said::words(&words)).await,
            other => {
                *open = other;
                let (thread, proof, _) = own(tx, actor, id).await?;
                store::read(tx, proof, thread.id, ctx.now).await?;
                Ok(Reply::view(View::Thread(id, 0)).toast(plain!(ctx.locale, "threads.toast.no_text")))
            }
        },
        Act::DropLoose | Act::Stop => {
            *open = None;
            Ok(Reply::view(View::List(0)))
        }
        Act::Close(id) => {
            let (thread, proof, _) = own(tx, actor, id).await?;
            store::read(tx, proof, thread.id, ctx.now).await?;
            store::close(tx, proof, id, ctx.now).await?;
            Ok(Reply::view(View::List(0)).toast(plain!(ctx.locale, "threads.toast.closed")))
        }
        Act::HoursDay(..) | Act::HoursFrom(..) | Act::HoursUntil(..) | Act::HoursReset(_) => {
            hours::flow::act(ctx, tx, actor, act).await
        }
        Act::Show(id) => shown::flow::show(ctx, tx, actor, id).await,
        Act::Hide(id) => shown::flow::hide(ctx, tx, actor, id).await,
        Act::OpenShown(id) | Act::OpenShownHere(id) => shown::flow::open(ctx, tx, actor, id).await,
        Act::ShownFiles(id, page) => shown::flow::files(ctx, tx, actor, (id, page)).await,
        Act::TakeBack(id) => {
            let (message, thread) = own_message(tx, actor, id).await?;
            take_back(ctx, tx, actor, (&thread, &message)).await
        }
        Act::Files(id, page) => files::again(ctx, tx, actor, (id, page)).await,
    }
}

/// From now on the next text is a message there, if one may write there at all.
async fn write(ctx: &Ctx, tx: &mut Tx, actor: &Actor, open: &mut Option<Open>, to: To) -> anyhow::Result<Reply<View>> {
    if addressed(tx, actor, to, ctx.now).await?.muted {
        *open = None;
        return Ok(Reply::view(View::Muted));
    }
    *open = Some(Open::Writing(to));
    Ok(Reply::view(View::Writing))
}

/// To the author of a tutor's letter, about the pupil.
pub(super) async fn to_author(conn: &mut Conn, mailing: MailingId, pupil: PersonId) -> anyhow::Result<To> {
    let Some(mailing) = letters::store::mailing(conn, mailing).await? else {
        refuse!("access.talk_not_yours")
    };
    Ok(To::Person {
        with: mailing.author,
        pupil: Some(pupil),
        subject: None,
    })
}

/// To whoever teaches a pupil this now.
async fn to_teacher(conn: &mut Conn, pupil: PersonId, load: LoadId) -> anyhow::Result<To> {
    let Some((teacher, subject)) = store::load(conn, load).await? else {
        refuse!("access.talk_not_yours")
    };
    Ok(To::Person {
        with: teacher,
        pupil: Some(pupil),
        subject: Some(subject),
    })
}

async fn own_message(conn: &mut Conn, actor: &Actor, id: MessageId) -> anyhow::Result<(Message, Thread)> {
    let Some(message) = store::message(conn, id).await? else {
        refuse!("access.talk_not_yours")
    };
    let (thread, proof, _) = own(conn, actor, message.thread).await?;
    if message.author != proof.me() {
        refuse!("access.talk_not_yours")
    }
    Ok((message, thread))
}

/// What somebody says who is writing.
pub async fn said(ctx: &Ctx, tx: &mut Tx, actor: &Actor, to: To, said: Said<'_>) -> anyhow::Result<Reply<View>> {
    say(ctx, tx, actor, to, said).await
}

/// Where an answer to one of our letters goes by the messenger's own reply, by the letter's key; `None` when the letter
/// isn't one to be answered.
pub async fn answered(ctx: &Ctx, tx: &mut Tx, actor: &Actor, key: &str) -> anyhow::Result<Option<To>> {
    if let Some(id) = super::of_key(key) {
        let Some(message) = store::message(tx, id).await? else {
            return Ok(None);
        };
        let (thread, proof, _) = own(tx, actor, message.thread).await?;
        store::read(tx, proof, thread.id, ctx.now).await?;
        return Ok(Some(To::Thread(thread.id)));
    }
    if let Some((mailing, pupil)) = letters::of_key(key) {
        return to_author(tx, mailing, pupil).await.map(Some);
    }
    if let Some((lesson, pupil)) = notices::of_key(key)
        && let Some(lesson) = lessons::store::key(tx, lesson).await?
    {
        return to_teacher(tx, pupil, lesson.load).await.map(Some);
    }
    Ok(None)
}

/// Threads that wait for an answer: where a text that nobody awaits may belong.
pub async fn unanswered(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Listed>> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        let listed = store::unanswered(conn, identity.person, ctx.now, 3).await?;
        found.extend(named(conn, identity.person, listed).await?);
    }
    Ok(found)
}

/// How many messages the actor hasn't read.
pub async fn unread(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<i64> {
    let mut n = 0;
    for identity in &actor.identities {
        n += store::unread(conn, identity.person, ctx.now).await?;
    }
    Ok(n)
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::List(page) => list(ctx, conn, actor, page).await,
        View::Thread(id, page) => thread(ctx, conn, actor, id, page).await,
        View::Writing => match open {
            Some(Open::Writing(to)) => writing(ctx, conn, actor, *to).await,
            _ => list(ctx, conn, actor, 0).await,
        },
        View::Waits(id) => {
            let (message, thread) = own_message(conn, actor, id).await?;
            let (proof, scope) = reading(conn, actor, &thread).await?;
            let side = side(proof, &scope);
            let heading = heading(conn, &thread, side, ctx.now).await?;
            let zone = school::store::zone(conn, thread.school).await?;
            let hours = hours::store::of(conn, other_side(&thread, message.author)).await?;
            Ok(screens::waits(ctx.locale, &heading, &message, (hours, zone)))
        }
        View::Where => match open {
            Some(Open::Loose(words)) => {
                let threads = unanswered(ctx, conn, actor).await?;
                Ok(screens::place(ctx.locale, words, &threads))
            }
            _ => list(ctx, conn, actor, 0).await,
        },
        View::Muted => match mutes::flow::own(ctx, conn, actor).await? {
            Some(screen) => Ok(screen),
            None => list(ctx, conn, actor, 0).await,
        },
        View::Hours(person) => hours::flow::view(ctx, conn, actor, person).await,
        View::AskShow(id) => shown::flow::ask(ctx, conn, actor, id).await,
        View::ShownList(page) => shown::flow::list(ctx, conn, actor, page).await,
        View::ShownThread(id, page) => shown::flow::thread(ctx, conn, actor, (id, page)).await,
        View::New | View::Contacts(_) | View::Colleagues(_) | View::Classes | View::Pupils(..) | View::Family(_) => {
            ways::view(ctx, conn, actor, view).await
        }
    }
}

pub(super) fn side(proof: ReadTalk, scope: &TalkScope) -> Side {
    Side {
        person: proof.me(),
        is_family: scope.is_family(proof.me()),
    }
}

/// Talks of somebody who has to do with several schools say of which they are.
async fn named(conn: &mut Conn, person: PersonId, mut listed: Vec<Listed>) -> anyhow::Result<Vec<Listed>> {
    if !listed.is_empty() {
        let school = people::store::school_beside(conn, person).await?;
        for it in &mut listed {
            it.heading.school.clone_from(&school);
        }
    }
    Ok(listed)
}

async fn list(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let size = i64::try_from(THREADS)?;
    let mut found = Vec::new();
    for identity in &actor.identities {
        let skip = i64::from(page) * size;
        let listed = store::list(conn, identity.person, ctx.now, (skip, size + 1)).await?;
        found.extend(named(conn, identity.person, listed).await?);
    }
    found.sort_by_key(|it| it.unread == 0);
    let left = if page == 0 {
        shown::flow::left(conn, actor).await?
    } else {
        Vec::new()
    };
    Ok(screens::list(ctx.locale, (&found, page), &left))
}

/// A page of a thread, the oldest first, and whether there are older ones.
pub(super) async fn page_of(
    conn: &mut Conn,
    proof: ReadTalk,
    (id, page): (ThreadId, u8),
    now: DateTime<Utc>,
) -> anyhow::Result<(Vec<Message>, bool)> {
    let size = i64::try_from(PAGE)?;
    let skip = i64::from(page) * size;
    let mut messages = store::messages(conn, proof, id, (skip, size + 1), now).await?;
    let older = messages.len() > PAGE;
    messages.truncate(PAGE);
    messages.reverse();
    Ok((messages, older))
}

async fn thread(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: ThreadId, page: u8) -> anyhow::Result<Screen> {
    let (thread, proof, scope) = own(conn, actor, id).await?;
    let (messages, older) = page_of(conn, proof, (id, page), ctx.now).await?;
    let heading = heading(conn, &thread, side(proof, &scope), ctx.now).await?;
    let zone = school::store::zone(conn, thread.school).await?;
    let may = match talk::talk(actor, &scope, proof.other()) {
        Ok(_) => screens::May::Write,
        Err(why) if why.key == "access.pair_closed" => screens::May::Closed,
        Err(_) => screens::May::Nothing,
    };
    let shown = shown::flow::standing(conn, proof, id).await?;
    let shown = screens::Shown {
        shown,
        thread: &thread,
        heading: &heading,
        messages: &messages,
        me: proof.me(),
        now: ctx.now,
        zone,
        page,
        older,
        may,
    };
    Ok(screens::thread(ctx.locale, &shown))
}

async fn writing(ctx: &Ctx, conn: &mut Conn, actor: &Actor, to: To) -> anyhow::Result<Screen> {
    let addressed = addressed(conn, actor, to, ctx.now).await?;
    let mut heading = about(
        conn,
        addressed.talk.with(),
        addressed.about,
        addressed.to_staff,
        ctx.now,
    )
    .await?;
    heading.school = people::store::school_beside(conn, addressed.talk.by()).await?;
    let hours = if addressed.to_staff {
        Some(hours::store::of(conn, addressed.talk.with()).await?)
    } else {
        None
    };
    Ok(screens::writing(ctx.locale, &heading, addressed.thread, hours))
}
