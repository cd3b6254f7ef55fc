//! An announcement is written, looked at and sent; it is corrected, reminded of and taken back; its copies are read.

mod begun;
mod files;
mod ticks;
mod views;

use chrono::DateTime;

use super::ground::{Ground, ground};
use super::press::{Act, View};
use super::store::New;
use super::whom::Whom;
use super::{Announcement, BETWEEN_REMINDERS, Draft, LIMIT, Open, State, can_wait_till, letters, store, work};
use crate::access::{self, Actor, Announce};
use crate::chat::{Ctx, Reply};
use crate::db::{Conn, Tx};
use crate::delivery;
use crate::ids::{PersonId, SchoolId};
use crate::jobs;
use crate::people;
use crate::people::reach::{self, Audience, Title};
use crate::school;
use crate::words::{Locale, dates, entries, plain, refuse};

pub use files::file;
pub use views::{places, view};

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Begin(audience) => {
            may(tx, actor, audience).await?;
            Ok(begin(open, Whom::One(audience)))
        }
        Act::Tick(..) | Act::TickAll(..) | Act::Pick(..) | Act::PickAll(..) | Act::To(_) => {
            ticks::act(ctx, tx, actor, open, act).await
        }
        Act::Rewrite => Ok(change(ctx, open, View::Write, |draft| draft.awaits = true)),
        Act::Keep => Ok(change(ctx, open, View::Preview, |draft| {
            draft.awaits = draft.text.is_none();
        })),
        Act::Toggle => Ok(change(ctx, open, View::Preview, |draft| {
            draft.acknowledged = !draft.acknowledged;
        })),
        Act::Due(minutes) => {
            let moment = minutes.and_then(|it| DateTime::from_timestamp(it.saturating_mul(60), 0));
            if moment.is_some_and(|it| !can_wait_till(it, ctx.now)) {
                return Ok(Reply::view(View::When).toast(plain!(ctx.locale, "announcements.toast.past")));
            }
            Ok(change(ctx, open, View::Preview, |draft| draft.due_at = moment))
        }
        Act::WithoutFiles => Ok(change(ctx, open, View::Preview, |draft| draft.files.clear())),
        Act::Files(id) => files::again(ctx, tx, actor, id).await,
        Act::Send => send(ctx, tx, actor, open).await,
        Act::Drop => {
            let was = open.take().is_some();
            let reply = Reply::view(View::Home);
            Ok(if was {
                reply.toast(plain!(ctx.locale, "announcements.toast.dropped"))
            } else {
                reply
            })
        }
        Act::Resume => begun::resume(ctx, tx, actor, open).await,
        Act::Discard => begun::discard(ctx, tx, actor).await,
        Act::Read(id) => read(ctx, tx, actor, id).await,
        Act::Remind(id) => remind(ctx, tx, actor, id).await,
        Act::Stop(id) => {
            let (found, _) = own(tx, actor, id).await?;
            let mut is_on = false;
            for state in [State::Waiting, State::Sending, State::Sent] {
                is_on |= store::turn(tx, id, state, State::Stopped).await?;
            }
            if is_on {
                files::hold_back(tx, &found).await?;
            }
            Ok(settled(ctx, id, is_on))
        }
        Act::Recall(id) => recall(ctx, tx, actor, id).await,
        Act::Correct(id) => {
            let found = own_whole(tx, actor, id).await?;
            if !can_be_corrected(found.state) {
                return Ok(settled(ctx, id, false));
            }
            *open = Some(Open::Correction(id));
            Ok(Reply::view(View::Write))
        }
    }
}

/// It goes to these from now on, and is written next. Somebody who only chooses other readers keeps the words.
fn begin(open: &mut Option<Open>, whom: Whom) -> Reply<View> {
    let former = match open.take() {
        Some(Open::Draft(former)) => former,
        _ => Draft::default(),
    };
    let awaits = former.text.is_none();
    *open = Some(Open::Draft(Draft {
        audience: Some(whom),
        ticked: None,
        due_at: None,
        awaits,
        ..former
    }));
    Reply::view(if awaits { View::Write } else { View::Preview })
}

/// A text came; `None` when nobody awaits it here.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    typed: &str,
) -> anyhow::Result<Option<Reply<View>>> {
    let Some(found) = open.as_mut().filter(|it| it.awaits()) else {
        return Ok(None);
    };
    let text = entries::tidy(typed);
    check_length(&text)?;
    if text.is_empty() {
        refuse!("announcements.empty")
    }
    match found {
        Open::Draft(draft) => {
            let Some(whom) = &draft.audience else {
                return Ok(Some(outdated(ctx, View::Home)));
            };
            ground(tx, actor, whom).await?;
            draft.text = Some(text);
            draft.awaits = false;
            Ok(Some(Reply::view(View::Preview)))
        }
        Open::Correction(id) => {
            let id = *id;
            *open = None;
            correct(ctx, tx, actor, (id, &text)).await.map(Some)
        }
    }
}

fn check_length(text: &str) -> anyhow::Result<()> {
    let length = text.encode_utf16().count();
    if length > LIMIT {
        let (limit, length) = (as_number(LIMIT), as_number(length));
        refuse!("announcements.too_long", limit = limit, length = length)
    }
    Ok(())
}

fn as_number(n: usize) -> String {
    dates::number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Changes the draft that is open; an old button says that there is none.
fn change(ctx: &Ctx, open: &mut Option<Open>, view: View, change: impl FnOnce(&mut Draft)) -> Reply<View> {
    let Some(Open::Draft(draft)) = open else {
        return outdated(ctx, View::Home);
    };
    change(draft);
    Reply::view(view)
}

fn outdated(ctx: &Ctx, view: View) -> Reply<View> {
    Reply::view(view).toast(plain!(ctx.locale, "announcements.toast.outdated"))
}

fn settled(ctx: &Ctx, id: i64, is_on: bool) -> Reply<View> {
    if is_on {
        Reply::view(View::One(id))
    } else {
        outdated(ctx, View::One(id))
    }
}

/// Whether the actor may speak to an audience, and what it is called.
async fn may(conn: &mut Conn, actor: &Actor, audience: Audience) -> anyhow::Result<(Announce, SchoolId, Title)> {
    let Some((scope, title)) = reach::store::scope(conn, audience).await? else {
        refuse!("access.no_section")
    };
    Ok((access::announce(actor, &scope)?, scope.school, title))
}

async fn send(ctx: &Ctx, tx: &mut Tx, actor: &Actor, open: &mut Option<Open>) -> anyhow::Result<Reply<View>> {
    let Some(Open::Draft(draft)) = open else {
        return Ok(outdated(ctx, View::Sent(0)));
    };
    let Some(text) = draft.text.clone() else {
        return Ok(outdated(ctx, View::Write));
    };
    // Put off to a moment that has passed meanwhile: it leaves now.
    let due_at = draft.due_at.filter(|it| *it > ctx.now).unwrap_or(ctx.now);
    let Some(whom) = &draft.audience else {
        return Ok(outdated(ctx, View::Home));
    };
    let ground = ground(tx, actor, whom).await?;
    let new = New {
        school: ground.school,
        from: (actor.account.transport, actor.account.id),
        audience: serde_json::to_string(whom)?,
        left_out: serde_json::to_string(&ground.lost)?,
        office: ground.office(),
        text: &text,
        files: serde_json::to_string(&draft.files)?,
        acknowledged: draft.acknowledged,
        due_at,
    };
    let id = store::add(tx, ground.proof, new, ctx.now).await?;
    jobs::store::schedule_heavy(tx, work::SEND, id, due_at).await?;
    *open = None;
    Ok(Reply::view(View::One(id)))
}

/// Somebody's own announcement, and what of its readers is still theirs.
async fn own(conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<(Announcement, Ground)> {
    let Some(found) = store::announcement(conn, id).await? else {
        refuse!("access.no_section")
    };
    let ground = ground(conn, actor, &found.readers()).await?;
    if ground.proof.by() != found.author {
        refuse!("access.no_section")
    }
    Ok((found, ground))
}

/// The same, for saying something more to all of them.
async fn own_whole(conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<Announcement> {
    let (found, ground) = own(conn, actor, id).await?;
    if ground.has_lost_classes() {
        let names = super::ground::names(conn, &found.audience, &ground.lost).await?;
        refuse!("announcements.not_all_yours", names = names.join(", "))
    }
    Ok(found)
}

fn can_be_corrected(state: State) -> bool {
    matches!(state, State::Waiting | State::Sent | State::Stopped)
}

async fn correct(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (id, text): (i64, &str)) -> anyhow::Result<Reply<View>> {
    let found = own_whole(tx, actor, id).await?;
    if !can_be_corrected(found.state) {
        return Ok(settled(ctx, id, false));
    }
    if found.text == text {
        return Ok(Reply::view(View::One(id)).toast(plain!(ctx.locale, "announcements.toast.same")));
    }
    store::correct(tx, id, text, ctx.now).await?;
    let Some(corrected) = store::announcement(tx, id).await? else {
        refuse!("access.no_section")
    };
    let zone = school::store::zone(tx, corrected.school).await?;
    for locale in Locale::ALL {
        let letter = work::stored(letters::copy(locale, &corrected, None, zone))?;
        store::rewrite(tx, id, locale, &letter).await?;
    }
    // Those who read which school it is read it in the new text too.
    let beside = people::store::beside(tx, corrected.school).await?;
    if !beside.people.is_empty() {
        for copy in store::waiting(tx, id).await? {
            if let Some(school) = beside.of(copy.person_id) {
                let screen = letters::copy(copy.language(), &corrected, None, zone).of_school(Some(school));
                store::rewrite_one(tx, &copy.key, &work::stored(screen)?).await?;
            }
        }
    }
    let out = store::out(tx, id, "").await?;
    let suffix = format!("corrected:{}", corrected.corrections);
    let screen = |copy: &store::Copy| {
        let school = beside.of(copy.person_id);
        letters::copy(copy.language(), &corrected, copy.read_at, zone).of_school(school)
    };
    work::change(tx, &out, &suffix, screen, ctx.now).await?;
    Ok(Reply::view(View::One(id)).toast(plain!(ctx.locale, "announcements.toast.corrected")))
}

async fn recall(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: i64) -> anyhow::Result<Reply<View>> {
    let (found, _) = own(tx, actor, id).await?;
    let mut is_on = false;
    for state in [State::Waiting, State::Sending, State::Sent, State::Stopped] {
        is_on |= store::turn(tx, id, state, State::Recalled).await?;
    }
    if !is_on {
        return Ok(settled(ctx, id, false));
    }
    store::set_recalled(tx, id, ctx.now).await?;
    files::hold_back(tx, &found).await?;
    files::take_away(tx, &found, ctx.now).await?;
    let zone = school::store::zone(tx, found.school).await?;
    let out = store::out(tx, id, "").await?;
    let screen = |copy: &store::Copy| letters::recalled(copy.language(), ctx.now, zone);
    work::change(tx, &out, "recalled", screen, ctx.now).await?;
    Ok(Reply::view(View::One(id)))
}

async fn remind(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: i64) -> anyhow::Result<Reply<View>> {
    let found = own_whole(tx, actor, id).await?;
    if !matches!(found.state, State::Sent | State::Stopped) {
        return Ok(settled(ctx, id, false));
    }
    if let Some(at) = store::reminded_at(tx, id).await?
        && ctx.now < at + BETWEEN_REMINDERS
    {
        let zone = school::store::zone(tx, found.school).await?;
        let (day, time) = dates::day_and_time(ctx.locale, at, zone);
        let said = plain!(
            ctx.locale,
            "announcements.toast.reminded_before",
            day = day,
            time = time
        );
        return Ok(Reply::view(View::One(id)).toast(said));
    }
    let unread = store::unread(tx, id).await?;
    if unread.is_empty() {
        return Ok(Reply::view(View::One(id)).toast(plain!(ctx.locale, "announcements.toast.all_read")));
    }
    store::count_reminder(tx, id).await?;
    let beside = people::store::beside(tx, found.school).await?;
    let letters: Vec<delivery::store::NewLetter> = unread
        .iter()
        .map(|copy| {
            let key = format!("{}:reminder:{}", copy.key, found.reminders + 1);
            let screen = letters::reminder(copy.language(), &found).of_school(beside.of(copy.person_id));
            work::letter(copy, key, screen, ctx.now)
        })
        .collect();
    delivery::store::post_many(tx, &letters, ctx.now).await?;
    Ok(Reply::view(View::One(id)).toast(plain!(ctx.locale, "announcements.toast.reminded")))
}

/// Which of the actor's people has a copy.
async fn reader(conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<Option<(PersonId, Vec<store::Copy>)>> {
    for identity in &actor.identities {
        let copies = store::of_person(conn, id, identity.person).await?;
        if !copies.is_empty() {
            return Ok(Some((identity.person, copies)));
        }
    }
    Ok(None)
}

async fn read(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: i64) -> anyhow::Result<Reply<View>> {
    let (Some((person, copies)), Some(found)) = (reader(tx, actor, id).await?, store::announcement(tx, id).await?)
    else {
        refuse!("access.no_section")
    };
    if found.state == State::Recalled {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "announcements.toast.recalled")));
    }
    let zone = school::store::zone(tx, found.school).await?;
    let first = copies.iter().find_map(|it| it.read_at);
    if store::read(tx, id, person, ctx.now).await? {
        let school = people::store::school_beside(tx, person).await?;
        let screen = |copy: &store::Copy| {
            letters::copy(copy.language(), &found, Some(ctx.now), zone).of_school(school.as_deref())
        };
        work::change(tx, &copies, "read", screen, ctx.now).await?;
    }
    let (_, time) = dates::day_and_time(ctx.locale, first.unwrap_or(ctx.now), zone);
    let said = plain!(
        ctx.locale,
        "announcements.toast.read",
        what = letters::button(ctx.locale, &found),
        time = time
    );
    Ok(Reply::stay().toast(said))
}
