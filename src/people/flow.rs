//! Getting in: a link or a typed code makes an account somebody's; a language is chosen.

use chrono::{DateTime, TimeDelta, Utc};

use super::lock;
use super::press::View;
use super::store::{self, Invitation};
use super::{CODE_PAUSE_MINUTES, CODE_TRIES, Code, CodeState, INVITATION_DAYS, Person, code_state, screens};
use crate::access::Actor;
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::school;
use crate::words::{dates, refuse};

/// A code was typed or came by a link. What it opens is written here and nowhere else. The caller keeps what a refusal
/// counted, so a wrong code is an answer here and not an error.
pub async fn enter(ctx: &Ctx, tx: &mut Tx, actor: &Actor, typed: &str) -> anyhow::Result<Entrance> {
    let account = actor.account;
    // What doesn't even look like a code is no guess: people say hello.
    let Some(code) = Code::parse(typed) else {
        return Ok(Entrance::refused("people.code.unknown"));
    };
    let window_start = ctx.now - TimeDelta::minutes(CODE_PAUSE_MINUTES);
    if store::wrong_codes(tx, account, window_start).await? >= CODE_TRIES {
        return Ok(Entrance::refused("people.code.pause"));
    }
    let Some(invitation) = store::invitation(tx, &code.hash()).await? else {
        store::add_wrong_code(tx, account, ctx.now, window_start).await?;
        return Ok(Entrance::refused("people.code.unknown"));
    };
    match code_state(&invitation, ctx.now) {
        CodeState::Open => open(ctx, tx, actor, &invitation).await,
        // The same person presses the link again: they are in.
        CodeState::Used if invitation.used_account == Some(account.id) && is_mine(actor, &invitation) => {
            Ok(Entrance::Open(Reply::view(View::Entered(invitation.person_id))))
        }
        CodeState::Used => Ok(Entrance::Refused(
            refusal(ctx, tx, &invitation, "people.code.used", invitation.used_at).await?,
        )),
        CodeState::Expired => Ok(Entrance::Refused(
            refusal(ctx, tx, &invitation, "people.code.expired", Some(invitation.expires_at)).await?,
        )),
    }
}

/// Gives a person a one-time code.
pub async fn invite(tx: &mut Tx, person: &Person, now: DateTime<Utc>) -> anyhow::Result<Code> {
    let code = Code::random();
    let expires = now + TimeDelta::days(INVITATION_DAYS);
    store::invite(tx, person.id, &code.hash(), now, expires).await?;
    Ok(code)
}

/// How an attempt to get in ended.
#[derive(Clone, Debug)]
pub enum Entrance {
    /// The journal is open.
    Open(Reply<View>),
    /// It isn't, and this is why.
    Refused(crate::words::UserError),
}

impl Entrance {
    fn refused(key: &'static str) -> Self {
        Self::Refused(crate::words::UserError::new(key))
    }
}

fn is_mine(actor: &Actor, invitation: &Invitation) -> bool {
    actor.identities.iter().any(|it| it.person == invitation.person_id)
}

async fn open(ctx: &Ctx, tx: &mut Tx, actor: &Actor, invitation: &Invitation) -> anyhow::Result<Entrance> {
    if !store::use_invitation(tx, invitation.id, actor.account, ctx.now).await? {
        return Ok(Entrance::refused("people.code.unknown"));
    }
    store::connect(tx, actor.account, invitation.person_id, ctx.now).await?;
    let object = format!("invitation:{}", invitation.id);
    store::audit(
        tx,
        ctx.now,
        actor.account,
        Some(invitation.person_id),
        ("entered", &object),
    )
    .await?;
    Ok(Entrance::Open(Reply::view(View::Entered(invitation.person_id))))
}

async fn refusal(
    ctx: &Ctx,
    tx: &mut Tx,
    invitation: &Invitation,
    key: &'static str,
    at: Option<DateTime<Utc>>,
) -> anyhow::Result<crate::words::UserError> {
    let Some(person) = store::person(tx, invitation.person_id).await? else {
        refuse!("people.code.unknown")
    };
    let zone = school::store::school(tx, person.school)
        .await?
        .map(|it| it.zone)
        .unwrap_or_default();
    let at = dates::local(at.unwrap_or(ctx.now), zone);
    let today = dates::local(ctx.now, zone).date();
    Ok(crate::words::UserError::new(key)
        .with("day", dates::day(ctx.locale, at.date(), today))
        .with("time", dates::time(at.time())))
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Welcome => Ok(screens::welcome(ctx.locale)),
        View::WhereFrom => Ok(screens::where_from(ctx.locale)),
        // A stranger sees one screen, whatever was typed or pressed.
        View::Settings if actor.identities.is_empty() => Ok(screens::welcome(ctx.locale)),
        View::Settings => Ok(screens::settings(ctx.locale, lock::standing(actor, ctx.now))),
        View::Help => Ok(screens::help(ctx.locale, actor.identities.is_empty())),
        View::Entered(id) => {
            // The button under somebody else's greeting opens nothing.
            if !actor.identities.iter().any(|it| it.person == id) {
                return Ok(screens::welcome(ctx.locale));
            }
            let Some(person) = store::person(conn, id).await? else {
                return Ok(screens::welcome(ctx.locale));
            };
            if store::is_pupil(conn, id).await? {
                return Ok(screens::entered_pupil(ctx.locale, &person));
            }
            let children = store::children(conn, id).await?;
            let work = store::work(conn, id).await?;
            Ok(screens::entered(ctx.locale, &person, &children, &work))
        }
    }
}
