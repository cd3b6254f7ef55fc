//! Looking at access, giving it, taking it away. Every act and every view asks `access` about the person or the class.

use chrono::{DateTime, Utc};

use super::press::{Act, View};
use super::{Class, Family, screens, slips, store};
use crate::access::{self, AccessScope, Actor, Role};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::jobs;
use crate::people::{self, entry};
use crate::words::{plain, refuse};

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Give(person) => {
            let proof = access::manage_access(actor, &scope(tx, person).await?)?;
            let (_, secret) = entry::connect::invite(tx, person, Some(proof.by()), ctx.now).await?;
            let object = format!("person:{person}");
            let by = Some(proof.by());
            people::store::audit(tx, ctx.now, actor.account, by, ("access_given", &object)).await?;
            Ok(Reply::view(View::Given(person)).secret(secret))
        }
        Act::Revoke(person) => {
            let proof = access::manage_access(actor, &scope(tx, person).await?)?;
            // An administrator without access could be let in again by the command line only.
            if actor.identities.iter().any(|it| it.person == person) {
                refuse!("passes.not_oneself")
            }
            entry::connect::revoke(tx, (actor.account, proof.by()), person, ctx.now).await?;
            Ok(Reply::view(View::Person(person)).toast(plain!(ctx.locale, "passes.toast.revoked")))
        }
        Act::SlipsForTheRest(class) => order(ctx, tx, actor, class, false).await,
        Act::SlipsForAll(class) => order(ctx, tx, actor, class, true).await,
    }
}

async fn order(ctx: &Ctx, tx: &mut Tx, actor: &Actor, class: ClassId, whole: bool) -> anyhow::Result<Reply<View>> {
    let (_, scope) = class_of(tx, class).await?;
    access::manage_access(actor, &scope)?;
    let order = store::order_slips(tx, class, whole, actor.account).await?;
    jobs::store::schedule_heavy(tx, slips::PRINT, order, ctx.now).await?;
    Ok(Reply::view(View::Class(class)).toast(plain!(ctx.locale, "passes.toast.printing")))
}

async fn scope(conn: &mut Conn, person: PersonId) -> anyhow::Result<AccessScope> {
    match store::scope(conn, person).await? {
        Some(scope) => Ok(scope),
        None => refuse!("access.people_not_yours"),
    }
}

async fn class_of(conn: &mut Conn, class: ClassId) -> anyhow::Result<(Class, AccessScope)> {
    match store::class_scope(conn, class).await? {
        Some(found) => Ok(found),
        None => refuse!("access.people_not_yours"),
    }
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Class(id) => {
            let (class, families, scope) = class(ctx, conn, actor, id).await?;
            let may = access::manage_access(actor, &scope).is_ok();
            let mut closed = Vec::new();
            for family in &families {
                if let super::FamilyState::Closed(at) = family.state() {
                    closed.push((family, day(ctx, conn, family.pupil.person.id, at).await?));
                }
            }
            Ok(screens::class(ctx.locale, &class, &families, &closed, may))
        }
        View::Pupils(id, page) => {
            let (class, families, _) = class(ctx, conn, actor, id).await?;
            Ok(screens::pupils(ctx.locale, &class, &families, page))
        }
        View::Entries(id, page) => {
            let (class, _, _) = class(ctx, conn, actor, id).await?;
            let mut rows = Vec::new();
            let all = store::entries(conn, id).await?;
            for (person, at, given) in all.iter().skip(usize::from(page) * super::PAGE).take(super::PAGE) {
                let (day, time) = entry::connect::moment(conn, person.id, ctx.locale, *at).await?;
                let (given, _) = entry::connect::moment(conn, person.id, ctx.locale, *given).await?;
                rows.push((person.name.adult(), format!("{day}, {time}"), given));
            }
            Ok(screens::entries(ctx.locale, &class, &rows, (page, all.len())))
        }
        View::Family(pupil) => {
            let scope = scope(conn, pupil).await?;
            access::read_access(actor, &scope)?;
            let Some(class) = store::class_of(conn, pupil).await? else {
                refuse!("access.people_not_yours")
            };
            let families = store::families(conn, class, ctx.now).await?;
            let Some(family) = families.into_iter().find(|it| it.pupil.person.id == pupil) else {
                refuse!("access.people_not_yours")
            };
            let mut lines = Vec::new();
            for standing in family.everybody() {
                lines.push(line(ctx, conn, standing).await?);
            }
            Ok(screens::family(ctx.locale, &family, &lines, class))
        }
        View::Person(id) => person(ctx, conn, actor, id).await,
        View::Given(id) => {
            let scope = scope(conn, id).await?;
            access::manage_access(actor, &scope)?;
            let Some(standing) = store::standing(conn, id, ctx.now).await? else {
                refuse!("access.people_not_yours")
            };
            let until = match standing.invited_until {
                Some(until) => day(ctx, conn, id, until).await?,
                None => String::new(),
            };
            let pass = ctx.secret.map(entry::Pass::of);
            Ok(screens::given(
                ctx,
                &standing.person,
                pass.as_ref(),
                &until,
                scope.staff,
            ))
        }
        View::AskRevoke(id) => {
            access::manage_access(actor, &scope(conn, id).await?)?;
            let Some(person) = people::store::person(conn, id).await? else {
                refuse!("access.people_not_yours")
            };
            Ok(screens::ask_revoke(ctx.locale, &person))
        }
        View::People => people_page(ctx, conn, actor).await,
        View::Staff(page) => {
            let mut staff = Vec::new();
            for school in schools(actor, &[Role::Administrator, Role::Director]) {
                staff.extend(store::staff(conn, school, ctx.now).await?);
            }
            if staff.is_empty() {
                refuse!("access.no_section")
            }
            Ok(screens::staff(ctx.locale, &staff, page))
        }
    }
}

/// Classes that one oversees; the staff for those who oversee it.
async fn people_page(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let mut classes = Vec::new();
    for identity in &actor.identities {
        let overseers = [Role::Administrator, Role::Director, Role::Head];
        for duty in identity.duties.iter().filter(|it| overseers.contains(&it.role)) {
            let range = match duty.role {
                Role::Head => (duty.from_grade, duty.to_grade),
                _ => (i64::MIN, i64::MAX),
            };
            classes.extend(store::classes_between(conn, identity.school, range).await?);
        }
    }
    if classes.is_empty() {
        refuse!("access.no_section")
    }
    classes.sort_by_key(|it| it.id);
    classes.dedup_by_key(|it| it.id);
    let staff = !schools(actor, &[Role::Administrator, Role::Director]).is_empty();
    Ok(screens::people(ctx.locale, &classes, staff))
}

fn schools(actor: &Actor, roles: &[Role]) -> Vec<SchoolId> {
    actor
        .identities
        .iter()
        .filter(|it| it.duties.iter().any(|duty| roles.contains(&duty.role)))
        .map(|it| it.school)
        .collect()
}

async fn class(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    id: ClassId,
) -> anyhow::Result<(Class, Vec<Family>, AccessScope)> {
    let (class, scope) = class_of(conn, id).await?;
    access::read_access(actor, &scope)?;
    let families = store::families(conn, id, ctx.now).await?;
    Ok((class, families, scope))
}

async fn person(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: PersonId) -> anyhow::Result<Screen> {
    let scope = scope(conn, id).await?;
    access::read_access(actor, &scope)?;
    let may = access::manage_access(actor, &scope).is_ok();
    let Some(standing) = store::standing(conn, id, ctx.now).await? else {
        refuse!("access.people_not_yours")
    };
    let line = line(ctx, conn, &standing).await?;
    let back = if scope.staff {
        Some(View::Staff(0))
    } else {
        store::class_of(conn, id).await?.map(View::Class)
    };
    Ok(screens::person(ctx.locale, &standing, &line, back, may))
}

/// «подключено пн 23.11, 10:42».
async fn line(ctx: &Ctx, conn: &mut Conn, standing: &super::Standing) -> anyhow::Result<String> {
    let id = standing.person.id;
    let mut parts = Vec::new();
    match standing.connected_at {
        Some(at) => {
            let (day, time) = entry::connect::moment(conn, id, ctx.locale, at).await?;
            parts.push(plain!(ctx.locale, "passes.state.connected", day = day, time = time));
        }
        None => parts.push(plain!(ctx.locale, "passes.state.not_connected")),
    }
    if let Some(at) = standing.closed_at {
        let day = day(ctx, conn, id, at).await?;
        parts.push(plain!(ctx.locale, "passes.state.closed", day = day));
    }
    if let Some(until) = standing.invited_until {
        let day = day(ctx, conn, id, until).await?;
        parts.push(plain!(ctx.locale, "passes.state.invited", day = day));
    }
    Ok(parts.join(", "))
}

async fn day(ctx: &Ctx, conn: &mut Conn, person: PersonId, at: DateTime<Utc>) -> anyhow::Result<String> {
    Ok(entry::connect::moment(conn, person, ctx.locale, at).await?.0)
}
