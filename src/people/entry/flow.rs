//! Getting in, step by step; consent given and taken back; the question to the parents who were there before.

use chrono::TimeDelta;

use super::press::{Act, View};
use super::store::{self, Child, Invitation};
use super::{
    CODE_PAUSE_MINUTES, CODE_TRIES, CodeState, Entry, Kind, Step, Wrong, after_wrong, code_state, connect, consent,
    family, is_birthday, reading, screens, tries_left,
};
use crate::access::Actor;
use crate::chat::{Ctx, Door, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::PersonId;
use crate::people::keypad::Key;
use crate::people::{self, Code, Person, secret};
use crate::school;
use crate::words::{UserError, plain};

/// A code was typed or came by a link. What a refusal counted is kept, so it is an answer and not an error. Nothing of
/// the invited person is shown yet.
pub async fn open(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    entry: &mut Option<Entry>,
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    let account = actor.account;
    // What doesn't even look like a code is no guess: people say hello.
    let Some(code) = Code::parse(typed) else {
        return Ok(refused(ctx, &UserError::new("entry.refused.unknown")));
    };
    let window_start = ctx.now - TimeDelta::minutes(CODE_PAUSE_MINUTES);
    if store::wrong_codes(tx, account, window_start).await? >= CODE_TRIES {
        return Ok(refused(ctx, &UserError::new("entry.refused.pause")));
    }
    let Some(invitation) = store::by_code(tx, &code.hash()).await? else {
        store::add_wrong_code(tx, account, ctx.now, window_start).await?;
        return Ok(refused(ctx, &UserError::new("entry.refused.unknown")));
    };
    // The same person presses a link again: they are in.
    if actor.identities.iter().any(|it| it.person == invitation.person_id) {
        return Ok(Reply::door(Door::Entered(invitation.person_id)));
    }
    if let Some(refusal) = refusal(ctx, tx, &invitation).await? {
        return Ok(refused(ctx, &refusal));
    }
    let Some(kind) = store::kind(tx, invitation.person_id).await? else {
        return Ok(refused(ctx, &UserError::new("entry.refused.unknown")));
    };
    if is_anothers(tx, actor, invitation.person_id, kind).await? {
        return Ok(refused(ctx, &UserError::new("entry.refused.anothers")));
    }
    *entry = Some(Entry {
        invitation: invitation.id,
        step: Step::Digits,
        typed: people::keypad::Typed::default(),
        put_off: Vec::new(),
    });
    Ok(Reply::view(View::Step))
}

/// One account is at most one member of staff, one parent and one pupil of a school, and a pupil is nobody else: two
/// people with one account would sign each other's entries and read each other's letters.
async fn is_anothers(conn: &mut Conn, actor: &Actor, person: PersonId, kind: Kind) -> anyhow::Result<bool> {
    let Some(invited) = people::store::person(conn, person).await? else {
        return Ok(true);
    };
    for identity in &actor.identities {
        let Some(other) = store::kind(conn, identity.person).await? else {
            continue;
        };
        let both_adults = other != Kind::Pupil && kind != Kind::Pupil;
        if identity.school == invited.school && (other == kind || !both_adults) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn refused(ctx: &Ctx, refusal: &UserError) -> Reply<View> {
    Reply::door(Door::Menu).alert(refusal.text(ctx.locale))
}

fn outdated(ctx: &Ctx) -> Reply<View> {
    Reply::door(Door::Menu).toast(plain!(ctx.locale, "chat.outdated"))
}

/// Why an invitation doesn't open; `None` when it does.
async fn refusal(ctx: &Ctx, conn: &mut Conn, invitation: &Invitation) -> anyhow::Result<Option<UserError>> {
    let (key, at) = match code_state(invitation, ctx.now) {
        CodeState::Open => return Ok(None),
        CodeState::Revoked => return Ok(Some(UserError::new("entry.refused.unknown"))),
        CodeState::Used(at) => ("entry.refused.used", at),
        CodeState::Expired(at) => ("entry.refused.expired", at),
        CodeState::Sleeps(until) => ("entry.refused.sleeps", until),
    };
    let (day, time) = connect::moment(conn, invitation.person_id, ctx.locale, at).await?;
    Ok(Some(UserError::new(key).with("day", day).with("time", time)))
}

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    entry: &mut Option<Entry>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Key(invitation, key) => press_key(ctx, tx, actor, (entry, invitation), key).await,
        Act::Mine(invitation) => {
            // After consent was put off it is asked for again.
            let step = entry.as_ref().map(|it| it.step).filter(|it| *it == Step::PutOff);
            let step = step.unwrap_or(Step::Name);
            let Some(invitation) = at_step(ctx, tx, entry, invitation, step).await? else {
                return Ok(outdated(ctx));
            };
            go_on(ctx, tx, actor, entry, &invitation).await
        }
        Act::NotMine(invitation) => {
            let Some(invitation) = at_step(ctx, tx, entry, invitation, Step::Name).await? else {
                return Ok(outdated(ctx));
            };
            *entry = None;
            tell_keepers(ctx, tx, &invitation, "not_mine").await?;
            Ok(Reply::view(View::NotYours))
        }
        Act::PutOff(invitation) => {
            let Some(Entry {
                step: Step::Consent(child),
                put_off,
                ..
            }) = entry.as_mut().filter(|it| it.invitation == invitation)
            else {
                return Ok(outdated(ctx));
            };
            put_off.push(*child);
            let Some(invitation) = store::by_id(tx, invitation).await? else {
                return Ok(outdated(ctx));
            };
            go_on(ctx, tx, actor, entry, &invitation).await
        }
        // A button from before schools had texts of their own stood under the built-in one.
        Act::Agree(child) => agree(ctx, tx, actor, entry, (child, 0)).await,
        Act::AgreeTo(child, version) => agree(ctx, tx, actor, entry, (child, version)).await,
        Act::Withdraw(child) => family::withdraw(ctx, tx, actor, child).await,
        Act::Known(adult) => {
            family::shared_family(tx, actor, adult).await?;
            Ok(Reply::view(View::Answered).toast(plain!(ctx.locale, "entry.toast.known")))
        }
        Act::Unknown(adult) => {
            family::shared_family(tx, actor, adult).await?;
            family::unknown(ctx, tx, adult).await
        }
    }
}

/// The invitation of a step that somebody is really at.
async fn at_step(
    ctx: &Ctx,
    tx: &mut Tx,
    entry: &mut Option<Entry>,
    invitation: i64,
    step: Step,
) -> anyhow::Result<Option<Invitation>> {
    if !entry
        .as_ref()
        .is_some_and(|it| it.invitation == invitation && it.step == step)
    {
        return Ok(None);
    }
    let found = store::by_id(tx, invitation).await?;
    // Used, taken back or over meanwhile: the way in ends here.
    let open = found.filter(|it| code_state(it, ctx.now) == CodeState::Open);
    if open.is_none() {
        *entry = None;
    }
    Ok(open)
}

async fn press_key(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (entry, id): (&mut Option<Entry>, i64),
    key: Key,
) -> anyhow::Result<Reply<View>> {
    let Some(open) = entry
        .as_mut()
        .filter(|it| it.invitation == id && it.step == Step::Digits)
    else {
        return Ok(outdated(ctx));
    };
    let Some(typed) = open.typed.press(key) else {
        return Ok(Reply::view(View::Step));
    };
    let Some(invitation) = store::by_id(tx, id).await? else {
        *entry = None;
        return Ok(outdated(ctx));
    };
    if let Some(refusal) = refusal(ctx, tx, &invitation).await? {
        *entry = None;
        return Ok(refused(ctx, &refusal));
    }
    let Some(kind) = store::kind(tx, invitation.person_id).await? else {
        *entry = None;
        return Ok(refused(ctx, &UserError::new("entry.refused.unknown")));
    };
    let born = store::birthdays(tx, invitation.person_id, kind).await?;
    if !born.iter().any(|it| is_birthday(&typed, *it)) && !secret::matches(&typed, &invitation.digits_hash) {
        return wrong_digits(ctx, tx, entry, &invitation).await;
    }
    match kind {
        Kind::Staff => enter(ctx, tx, actor, entry, &invitation).await,
        Kind::Parent | Kind::Pupil => {
            open.step = Step::Name;
            Ok(Reply::view(View::Step))
        }
    }
}

async fn wrong_digits(
    ctx: &Ctx,
    tx: &mut Tx,
    entry: &mut Option<Entry>,
    invitation: &Invitation,
) -> anyhow::Result<Reply<View>> {
    let wrong = invitation.wrong + 1;
    let outcome = after_wrong(wrong, ctx.now);
    let (sleeps_until, revoked_at, about) = match outcome {
        Wrong::Left(left) => {
            store::wrong_digits(tx, invitation.id, wrong, (None, None)).await?;
            return Ok(Reply::view(View::Step).alert(plain!(ctx.locale, "entry.toast.wrong", left = left)));
        }
        Wrong::Sleeps(until) => (Some(until), None, "sleeps"),
        Wrong::Closed => (None, Some(ctx.now), "closed"),
    };
    store::wrong_digits(tx, invitation.id, wrong, (sleeps_until, revoked_at)).await?;
    *entry = None;
    tell_keepers(ctx, tx, invitation, about).await?;
    let refusal = match sleeps_until {
        Some(until) => {
            let (day, time) = connect::moment(tx, invitation.person_id, ctx.locale, until).await?;
            UserError::new("entry.refused.sleeps")
                .with("day", day)
                .with("time", time)
        }
        None => UserError::new("entry.refused.closed"),
    };
    Ok(refused(ctx, &refusal))
}

/// The tutor, or whoever gave a member of staff the link, hears what happened to it.
async fn tell_keepers(ctx: &Ctx, tx: &mut Tx, invitation: &Invitation, about: &'static str) -> anyhow::Result<()> {
    let Some(person) = people::store::person(tx, invitation.person_id).await? else {
        return Ok(());
    };
    let key = format!("invitation:{}:{about}:{}", invitation.id, invitation.wrong);
    let letter = |locale| screens::keepers_letter(locale, &person, about);
    connect::tell_keepers(tx, person.id, invitation.given_by, &key, letter, ctx.now).await
}

/// After the name: consent for each child, then in. Whoever puts all of it off stays outside, with the link unused.
async fn go_on(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    entry: &mut Option<Entry>,
    invitation: &Invitation,
) -> anyhow::Result<Reply<View>> {
    let Some(open) = entry.as_mut() else {
        return Ok(outdated(ctx));
    };
    // A pupil's data are processed by the parents' consent; the pupil is asked for none.
    if store::kind(tx, invitation.person_id).await? != Some(Kind::Parent) {
        return enter(ctx, tx, actor, entry, invitation).await;
    }
    let children = store::children(tx, invitation.person_id).await?;
    let next = children
        .iter()
        .find(|it| it.given_at.is_none() && !open.put_off.contains(&it.id));
    if let Some(child) = next {
        open.step = Step::Consent(child.id);
        return Ok(Reply::view(View::Step));
    }
    if children.iter().any(|it| it.given_at.is_some()) {
        return enter(ctx, tx, actor, entry, invitation).await;
    }
    open.step = Step::PutOff;
    open.put_off.clear();
    Ok(Reply::view(View::Step))
}

async fn enter(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    entry: &mut Option<Entry>,
    invitation: &Invitation,
) -> anyhow::Result<Reply<View>> {
    *entry = None;
    let person = invitation.person_id;
    if !store::use_up(tx, invitation.id, actor.account, ctx.now).await? {
        return Ok(refused(ctx, &UserError::new("entry.refused.unknown")));
    }
    connect::connect(tx, actor.account, person, ctx.now).await?;
    family::tell_family(tx, person, ctx.now).await?;
    Ok(Reply::door(Door::Entered(person)))
}

/// Consent on the way in, or later by a parent who is in. It counts for the text that stood there.
async fn agree(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    entry: &mut Option<Entry>,
    (child, version): (PersonId, i64),
) -> anyhow::Result<Reply<View>> {
    let waiting = entry
        .as_ref()
        .filter(|it| it.step == Step::Consent(child))
        .map(|it| it.invitation);
    let waiting = match waiting {
        Some(id) => match at_step(ctx, tx, entry, id, Step::Consent(child)).await? {
            Some(invitation) => Some(invitation),
            None => return Ok(outdated(ctx)),
        },
        None => None,
    };
    let parent = match &waiting {
        Some(invitation) => invitation.person_id,
        None => family::own_child(tx, actor, child).await?.0,
    };
    let Some(pupil) = store::pupil(tx, child).await? else {
        return Ok(outdated(ctx));
    };
    let text = consent::newest(tx, ctx.locale, pupil.school_id).await?;
    if text.version.number() != version {
        let view = if waiting.is_some() {
            View::Step
        } else {
            View::Consent(child)
        };
        return Ok(Reply::view(view).alert(plain!(ctx.locale, "entry.toast.new_text")));
    }
    store::agree(tx, (parent, child), text.version, ctx.now).await?;
    let object = format!("person:{child}");
    people::store::audit(tx, ctx.now, actor.account, Some(parent), ("consent_given", &object)).await?;
    match waiting {
        Some(invitation) => go_on(ctx, tx, actor, entry, &invitation).await,
        None => Ok(Reply::door(Door::Entered(parent))),
    }
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    entry: Option<&Entry>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::Step => match entry {
            Some(entry) => step(ctx, conn, entry).await,
            None => Ok(screens::over(ctx.locale)),
        },
        View::NoDigits => Ok(screens::no_digits(ctx.locale)),
        View::NotYours => Ok(screens::not_yours(ctx.locale)),
        View::Text(child, page) => {
            let child = reading::child(conn, actor, entry, child).await?;
            reading::page(ctx, conn, &child, None, page).await
        }
        View::Version(child, version, page) => {
            let child = reading::child(conn, actor, entry, child).await?;
            reading::page(ctx, conn, &child, Some(version), page).await
        }
        View::Answered => Ok(screens::answered(ctx.locale)),
        View::Consent(child) => {
            // On the way in, the way back from the text is the step itself.
            if let Some(entry) = entry.filter(|it| it.step == Step::Consent(child)) {
                return step(ctx, conn, entry).await;
            }
            let (parent, child) = family::own_child(conn, actor, child).await?;
            reading::standing(ctx, conn, parent, &child).await
        }
        View::AskWithdraw(child) => {
            let (_, child) = family::own_child(conn, actor, child).await?;
            Ok(screens::ask_withdraw(ctx.locale, &child))
        }
        View::Withdrawn(child) => {
            let (_, child) = family::own_child(conn, actor, child).await?;
            Ok(screens::withdrawn(ctx.locale, &child))
        }
    }
}

async fn step(ctx: &Ctx, conn: &mut Conn, entry: &Entry) -> anyhow::Result<Screen> {
    let found = store::by_id(conn, entry.invitation).await?;
    let Some(invitation) = found else {
        return Ok(screens::over(ctx.locale));
    };
    let kind = store::kind(conn, invitation.person_id).await?;
    let (Some(kind), CodeState::Open) = (kind, code_state(&invitation, ctx.now)) else {
        return Ok(screens::over(ctx.locale));
    };
    match entry.step {
        Step::Digits => Ok(screens::digits(ctx.locale, kind, entry, tries_left(invitation.wrong))),
        Step::Name => {
            let (names, school) = named(conn, invitation.person_id, kind).await?;
            Ok(screens::name(ctx.locale, kind, (&names, &school), entry.invitation))
        }
        Step::Consent(child) => match store::pupil(conn, child).await? {
            Some(child) => {
                let newest = consent::newest(conn, ctx.locale, child.school_id).await?;
                Ok(screens::consent(ctx.locale, &child, Some(entry.invitation), &newest))
            }
            None => Ok(screens::over(ctx.locale)),
        },
        Step::PutOff => {
            let (until, _) = connect::moment(conn, invitation.person_id, ctx.locale, invitation.expires_at).await?;
            let mut tutors = Vec::new();
            for tutor in store::tutors(conn, invitation.person_id).await? {
                tutors.extend(people::store::person(conn, tutor).await?.map(|it| it.name.adult()));
            }
            let words = (until.as_str(), tutors.join(", "));
            Ok(screens::without_consent(ctx.locale, words, entry.invitation))
        }
    }
}

/// The children of a parent, or the pupil; and the school.
async fn named(conn: &mut Conn, person: PersonId, kind: Kind) -> anyhow::Result<(String, String)> {
    let children = match kind {
        Kind::Parent => store::children(conn, person).await?,
        Kind::Pupil | Kind::Staff => store::pupil(conn, person).await?.into_iter().collect(),
    };
    let names: Vec<String> = children.iter().map(Child::title).collect();
    let school = match people::store::person(conn, person).await? {
        Some(Person { school, .. }) => school::store::school(conn, school).await?.map(|it| it.name),
        None => None,
    };
    Ok((names.join("; "), school.unwrap_or_default()))
}
