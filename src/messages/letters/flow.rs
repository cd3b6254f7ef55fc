//! A tutor's steps to a letter, and looking at what was sent. Every act and view asks `access` about the class.

use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::HashMap;

use super::facts::{self, Facts};
use super::press::{Act, View};
use super::screens::{self, Letter};
use super::{
    Draft, Kind, Mailing, TEMPLATES, WORDS_LIMIT, begun, post, review, shared, shared::screens as screens_shared, store,
};
use crate::access::talk::{self, WriteFamilies};
use crate::access::{AccessScope, Actor};
use crate::chat::{Ctx, Door, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{ClassId, MailingId, PersonId};
use crate::people::passes::{self, Class};
use crate::people::reach::{self, Audience, Place, Reach, Tie};
use crate::people::{self};
use crate::school;
use crate::words::names::FullName;
use crate::words::{dates, entries, plain, refuse};

/// The class that is written to, with the right to.
pub(super) struct Ground {
    /// The class.
    pub class: Class,
    /// Whose its families are.
    pub scope: AccessScope,
    /// The right.
    pub proof: WriteFamilies,
    /// Where the school's clocks stand.
    pub zone: Tz,
    /// The school's day.
    pub today: NaiveDate,
}

/// Loads a class with its scope and asks for the right to write to its families.
pub(super) async fn ground(ctx: &Ctx, conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Ground> {
    let Some((class, scope)) = passes::store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    let proof = talk::write_families(actor, &scope)?;
    let zone = school::store::zone(conn, scope.school).await?;
    let today = dates::local(ctx.now, zone).date();
    Ok(Ground {
        class,
        scope,
        proof,
        zone,
        today,
    })
}

/// A mailing of a class whose families one may write to.
pub(super) async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: MailingId) -> anyhow::Result<(Mailing, Ground)> {
    let Some(mailing) = store::mailing(conn, id).await? else {
        refuse!("access.people_not_yours")
    };
    let ground = ground(ctx, conn, actor, mailing.class).await?;
    Ok((mailing, ground))
}

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    draft: &mut Option<Draft>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Approve(id) => review::flow::approve(ctx, tx, actor, (id, false)).await,
        Act::ApproveHere(id) => review::flow::approve(ctx, tx, actor, (id, true)).await,
        Act::Return(id) | Act::ReturnHere(id) => review::flow::ask_remark(ctx, tx, actor, id).await,
        Act::TakeBack(id) => review::flow::take_back(ctx, tx, actor, id).await,
        Act::Redo(id) => review::flow::redo(ctx, tx, actor, draft, id).await,
        Act::Resume(class) => begun::resume(ctx, tx, actor, draft, class).await,
        Act::Discard(class) => begun::discard(ctx, tx, actor, class).await,
        Act::Read(mailing, pupil) => post::read(ctx, tx, actor, mailing, pupil).await,
        Act::Remind(id) => {
            let (mailing, ground) = own(ctx, tx, actor, id).await?;
            post::remind(ctx, tx, actor, &ground, &mailing).await
        }
        Act::Recall(id) => {
            let (mailing, ground) = own(ctx, tx, actor, id).await?;
            post::recall(ctx, tx, actor, &ground, &mailing).await
        }
        Act::Begin(class)
        | Act::Pick(class, ..)
        | Act::PickAll(class, _)
        | Act::About(class, _)
        | Act::Facts(class, _)
        | Act::Use(class, _)
        | Act::UseShared(class, _)
        | Act::Ready(class, _)
        | Act::Keep(class)
        | Act::Forget(class, _)
        | Act::Send(class, _)
        | Act::Drop(class) => {
            let ground = ground(ctx, tx, actor, class).await?;
            write(ctx, tx, actor, draft, &ground, act).await
        }
    }
}

/// A step of a letter that is being written.
async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    draft: &mut Option<Draft>,
    ground: &Ground,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    let class = ground.class.id;
    let last = store::last(tx, ground.proof.by()).await?;
    if matches!(act, Act::Begin(_)) || draft.as_ref().is_none_or(|it| it.class != class) {
        // A button to send what isn't being written any more sends nothing.
        if matches!(act, Act::Send(..)) {
            return Ok(Reply::view(View::Outbox(class, 0)).toast(plain!(ctx.locale, "letters.toast.not_open")));
        }
        *draft = Some(Draft::new(class, last));
    }
    let Some(it) = draft.as_mut() else {
        return Ok(Reply::view(View::Whom(class, 0)));
    };
    match act {
        Act::Pick(_, pupil, on, page) => {
            let pupils = pupils(tx, ground).await?;
            if pupils.iter().any(|(id, _)| *id == pupil) {
                it.pick(pupil, on);
            }
            Ok(Reply::view(View::Whom(class, page)))
        }
        Act::PickAll(_, on) => {
            let pupils = pupils(tx, ground).await?;
            it.picked = pupils.into_iter().map(|it| it.0).filter(|_| on).collect();
            Ok(Reply::view(View::Whom(class, 0)))
        }
        Act::About(_, kind) => {
            it.kind = Some(kind);
            Ok(Reply::view(next(it)))
        }
        Act::Facts(_, on) => {
            it.facts = on;
            Ok(Reply::view(next(it)))
        }
        Act::Use(_, id) => {
            let own = store::templates(tx, ground.proof.by()).await?;
            if let Some((_, words)) = own.into_iter().find(|(it, _)| *it == id) {
                it.words = words;
            }
            Ok(Reply::view(next(it)))
        }
        Act::UseShared(_, id) => {
            let kept = shared::store::list(tx, ground.proof.school()).await?;
            if let Some((_, words)) = kept.into_iter().find(|(it, _)| *it == id) {
                it.words = words;
            }
            Ok(Reply::view(next(it)))
        }
        Act::Ready(_, idx) => {
            let kind = it.kind.unwrap_or(Kind::Other);
            if let Some(words) = screens::ready(ctx.locale, kind).into_iter().nth(usize::from(idx)) {
                it.words = words;
            }
            Ok(Reply::view(next(it)))
        }
        Act::Keep(_) => {
            let own = store::templates(tx, ground.proof.by()).await?;
            if !it.words.is_empty() && own.len() < TEMPLATES {
                store::keep(tx, ground.proof, &it.words, ctx.now).await?;
            }
            Ok(Reply::view(View::Templates(class)).toast(plain!(ctx.locale, "letters.toast.kept")))
        }
        Act::Forget(_, id) => {
            store::forget(tx, ground.proof, id).await?;
            Ok(Reply::view(View::Templates(class)))
        }
        Act::Send(_, after) => {
            if it.after != after || last != after {
                return Ok(Reply::view(next(it)).toast(plain!(ctx.locale, "letters.toast.not_open")));
            }
            let ready = it.clone();
            let reply = if review::flow::passes(tx, actor, ground, &ready).await? {
                review::flow::hold(ctx, tx, actor, ground, &ready).await?
            } else {
                post::send(ctx, tx, actor, ground, &ready).await?
            };
            if let Some(former) = ready.instead {
                review::flow::replaced(ctx, tx, ground, former).await?;
            }
            *draft = None;
            Ok(reply)
        }
        Act::Drop(_) => {
            *draft = None;
            Ok(Reply::door(Door::Class(class, 0)).toast(plain!(ctx.locale, "letters.toast.dropped")))
        }
        // The others are no steps of a draft.
        Act::Begin(_)
        | Act::Read(..)
        | Act::Remind(_)
        | Act::Recall(_)
        | Act::Approve(_)
        | Act::ApproveHere(_)
        | Act::Return(_)
        | Act::ReturnHere(_)
        | Act::Redo(_)
        | Act::TakeBack(_)
        | Act::Resume(_)
        | Act::Discard(_) => Ok(Reply::view(View::Whom(class, 0))),
    }
}

/// Where a draft stands: the first that lacks.
pub(super) fn next(draft: &Draft) -> View {
    if draft.picked.is_empty() {
        View::Whom(draft.class, 0)
    } else if draft.kind.is_none() {
        View::Kinds(draft.class)
    } else {
        View::Preview(draft.class)
    }
}

/// Words for the letter that is open. Whatever step it is at, they are taken, and shown in the preview.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    draft: &mut Draft,
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    ground(ctx, tx, actor, draft.class).await?;
    let words = tidy(typed);
    if let Some(has) = entries::too_long(&words, WORDS_LIMIT) {
        refuse!("letters.too_long", limit = WORDS_LIMIT, has = has);
    }
    draft.words = words;
    let view = next(draft);
    let reply = Reply::view(view);
    Ok(if matches!(view, View::Preview(_)) {
        reply
    } else {
        reply.toast(plain!(ctx.locale, "letters.toast.words_taken"))
    })
}

/// Words as they are sent: lines stay, odd spaces go.
pub(super) fn tidy(typed: &str) -> String {
    let lines: Vec<&str> = typed.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The pupils of the class today.
async fn pupils(conn: &mut Conn, ground: &Ground) -> anyhow::Result<Vec<(PersonId, FullName)>> {
    let pupils = school::store::pupils_of_class(conn, ground.class.id, ground.today).await?;
    Ok(pupils.into_iter().map(|it| (it.id, it.full_name())).collect())
}

/// The ways to the families of the picked pupils.
pub(super) async fn ties(conn: &mut Conn, class: ClassId, draft: &Draft) -> anyhow::Result<Vec<Tie>> {
    let audience = Audience::Parents(Place::Class(class));
    let mut ties = reach::store::ties(conn, audience).await?;
    ties.retain(|it| draft.picked.contains(&it.about.id));
    Ok(ties)
}

/// The facts of one pupil, or of all of the class.
pub(super) async fn class_facts(
    conn: &mut Conn,
    ground: &Ground,
    kind: Kind,
    pupil: Option<PersonId>,
) -> anyhow::Result<HashMap<PersonId, Facts>> {
    let class = ground.class.id;
    let week = facts::week(ground.today);
    let terms = school::store::terms(conn, class).await?;
    let begins = school::term_of(&terms, ground.today)
        .and_then(|at| terms.get(at))
        .map_or(week.0, |term| term.span.starts);
    // A week may have begun before the term.
    let days = (begins.min(week.0), ground.today);
    let marks = store::marks(conn, class, pupil, days).await?;
    let away = store::away(conn, class, pupil, days).await?;
    let mut found = HashMap::new();
    for id in marks.keys().chain(away.keys()) {
        let marks = marks.get(id).map(Vec::as_slice).unwrap_or_default();
        let away = away.get(id).map(Vec::as_slice).unwrap_or_default();
        found.insert(*id, facts::of(kind, week, marks, away));
    }
    Ok(found)
}

/// The author's name, as it stands under a letter.
pub(super) async fn author(conn: &mut Conn, person: PersonId) -> anyhow::Result<FullName> {
    match people::store::person(conn, person).await? {
        Some(person) => Ok(person.name),
        None => refuse!("access.people_not_yours"),
    }
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    draft: Option<&Draft>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::Whom(class, _) | View::Kinds(class) | View::Preview(class) | View::Templates(class) => {
            let ground = ground(ctx, conn, actor, class).await?;
            let fresh = Draft::new(class, MailingId(0));
            let draft = draft.filter(|it| it.class == class).unwrap_or(&fresh);
            let screen = draw_draft(ctx, conn, &ground, draft, view).await?;
            begun::with_draft(ctx, conn, actor, (&ground, draft, screen)).await
        }
        View::Sent(id) => {
            let (mailing, ground) = own(ctx, conn, actor, id).await?;
            let people = store::addressees(conn, id).await?;
            Ok(screens::sent(ctx.locale, &ground.class, &mailing, &people, ground.zone))
        }
        View::Shared(class) => {
            let ground = ground(ctx, conn, actor, class).await?;
            let kept = shared::store::list(conn, ground.proof.school()).await?;
            Ok(screens_shared::to_take(ctx.locale, class, &kept))
        }
        View::Held(id) => review::flow::view(ctx, conn, actor, id).await,
        View::Waiting => review::flow::waiting(ctx, conn, actor).await,
        View::Returning(id) => review::flow::returning(ctx, conn, actor, id).await,
        View::AskRecall(id) => {
            let (mailing, _) = own(ctx, conn, actor, id).await?;
            let people = store::addressees(conn, id).await?;
            Ok(screens::ask_recall(ctx.locale, &mailing, &people))
        }
        View::Outbox(class, page) => {
            let ground = ground(ctx, conn, actor, class).await?;
            let size = i64::try_from(screens::SENT)?;
            let mut sent = Vec::new();
            for mailing in store::outbox(conn, class, (i64::from(page) * size, size + 1)).await? {
                let people = store::addressees(conn, mailing.id).await?;
                sent.push((mailing, people));
            }
            let held = if page == 0 {
                review::store::of_class(conn, class).await?
            } else {
                Vec::new()
            };
            Ok(screens::outbox(
                ctx.locale,
                &ground.class,
                (&held, &sent),
                page,
                ground.zone,
            ))
        }
    }
}

/// The step of a draft that was asked for, or the first that lacks.
async fn draw_draft(ctx: &Ctx, conn: &mut Conn, ground: &Ground, draft: &Draft, view: View) -> anyhow::Result<Screen> {
    let pupils = pupils(conn, ground).await?;
    let first = pupils.iter().find(|(id, _)| draft.picked.contains(id));
    let (Some((pupil, name)), false) = (first, matches!(view, View::Whom(..))) else {
        let page = if let View::Whom(_, page) = view { page } else { 0 };
        return Ok(screens::whom(ctx.locale, &ground.class, &pupils, draft, page));
    };
    let (Some(kind), false) = (draft.kind, matches!(view, View::Kinds(_))) else {
        return Ok(screens::kinds(ctx.locale, &ground.class, draft));
    };
    if matches!(view, View::Templates(_)) {
        let own = store::templates(conn, ground.proof.by()).await?;
        return Ok(screens::templates(ctx.locale, &ground.class, (draft, kind), &own));
    }
    let reach = Reach::of(ties(conn, ground.class.id, draft).await?);
    let mut facts = class_facts(conn, ground, kind, Some(*pupil)).await?;
    let facts = facts.remove(pupil).unwrap_or_default();
    let author = author(conn, ground.proof.by()).await?;
    let letter = Letter {
        mailing: MailingId(0),
        pupil: *pupil,
        child: &name.name,
        class: &ground.class.name,
        kind,
        week: facts::week(ground.today),
        facts: draft.with_facts().then_some(&facts),
        words: &draft.words,
        author: &author,
        today: ground.today,
        school: None,
    };
    Ok(screens::preview(
        ctx.locale,
        &ground.class,
        draft,
        &reach,
        (name, &letter),
    ))
}
