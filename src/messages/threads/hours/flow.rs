//! Somebody of the staff says when they answer: one's own, and nobody else's.

use super::{DAYS, Hours, screens, store};
use crate::access::Actor;
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::PersonId;
use crate::messages::threads::press::{Act, View};
use crate::words::{plain, refuse};

/// Oneself, who works here.
fn own(actor: &Actor, person: PersonId) -> anyhow::Result<PersonId> {
    let mut here = actor.identities.iter().filter(|it| it.is_staff);
    match here.find(|it| it.person == person) {
        Some(it) => Ok(it.person),
        None => refuse!("access.no_section"),
    }
}

/// Changes them.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    let (Act::HoursDay(person, ..) | Act::HoursFrom(person, _) | Act::HoursUntil(person, _) | Act::HoursReset(person)) =
        act
    else {
        refuse!("access.no_section")
    };
    let person = own(actor, person)?;
    let view = View::Hours(person);
    if act == Act::HoursReset(person) {
        store::reset(tx, person).await?;
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.hours_of.toast.reset")));
    }
    let hours = store::of(tx, person).await?;
    let changed: Option<Hours> = match act {
        Act::HoursDay(_, day, on) => DAYS.get(usize::from(day)).map(|day| hours.with(*day, on)),
        Act::HoursFrom(_, hour) => hours.from(u32::from(hour)),
        Act::HoursUntil(_, hour) => hours.until(u32::from(hour)),
        _ => None,
    };
    match changed.filter(|it| *it != hours) {
        Some(changed) => {
            store::set(tx, person, changed).await?;
            Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.hours_of.toast.set")))
        }
        None => Ok(Reply::view(view).toast(plain!(ctx.locale, "threads.hours_of.toast.same"))),
    }
}

/// Draws them.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, person: PersonId) -> anyhow::Result<Screen> {
    let person = own(actor, person)?;
    let hours = store::of(conn, person).await?;
    Ok(screens::hours(ctx.locale, person, hours))
}
