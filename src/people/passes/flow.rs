//! Looking at access, giving it, taking it away. Every act and every view asks `access` about the person or the class.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::press::{Act, View};
use super::search::Search;
use super::{Class, Family, rights, screens, slips, store};
use crate::access::{self, AccessScope, Actor};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::jobs;
use crate::people::{self, Person, entry};
use crate::school;
use crate::words::{dates, plain, refuse};

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
        Act::Search => {
            access::oversee(actor)?;
            Ok(Reply::view(View::Search))
        }
        Act::SetRights(parent, pupil, to) => rights::flow::set(ctx, tx, actor, (parent, pupil), to).await,
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
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    search: Option<&Search>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::Search => {
            access::oversee(actor)?;
            Ok(screens::search(ctx.locale))
        }
        View::Found => match search {
            Some(search) => super::search::found(ctx, conn, actor, search).await,
            None => people_page(ctx, conn, actor).await,
        },
        View::Class(id) => {
            let (class, families, scope) = class(ctx, conn, actor, id).await?;
            let zone = school::store::zone(conn, scope.school).await?;
            let may = access::manage_access(actor, &scope).is_ok();
            let mut closed = Vec::new();
            for family in &families {
                if let super::FamilyState::Closed(at) = family.state() {
                    closed.push((family, dates::day_and_time(ctx.locale, at, zone).0));
                }
            }
            Ok(screens::class(ctx.locale, &class, &families, &closed, may))
        }
        View::Pupils(id, page) => {
            let (class, families, _) = class(ctx, conn, actor, id).await?;
            Ok(screens::pupils(ctx.locale, &class, &families, page))
        }
        View::Entries(id, page) => {
            let (class, _, scope) = class(ctx, conn, actor, id).await?;
            let zone = school::store::zone(conn, scope.school).await?;
            let all = store::entries(conn, id).await?;
            let shown = all.iter().skip(usize::from(page) * super::PAGE).take(super::PAGE);
            let row = |(person, at, given): &(Person, DateTime<Utc>, DateTime<Utc>)| {
                let (day, time) = dates::day_and_time(ctx.locale, *at, zone);
                (
                    person.name.adult(),
                    format!("{day}, {time}"),
                    dates::day_and_time(ctx.locale, *given, zone).0,
                )
            };
            let rows: Vec<_> = shown.map(row).collect();
            Ok(screens::entries(ctx.locale, &class, &rows, (page, all.len())))
        }
        View::Family(pupil) => family(ctx, conn, actor, pupil).await,
        View::Rights(pupil) => rights::flow::view(ctx, conn, actor, pupil, None).await,
        View::RightsOf(parent, pupil) => rights::flow::view(ctx, conn, actor, pupil, Some((parent, false))).await,
        View::AskClose(parent, pupil) => rights::flow::view(ctx, conn, actor, pupil, Some((parent, true))).await,
        View::Person(id) => person(ctx, conn, actor, id).await,
        View::Given(id) => {
            let scope = scope(conn, id).await?;
            access::manage_access(actor, &scope)?;
            let Some(standing) = store::standing(conn, id, ctx.now).await? else {
                refuse!("access.people_not_yours")
            };
            let zone = school::store::zone(conn, scope.school).await?;
            let until = standing
                .invited_until
                .map(|until| dates::day_and_time(ctx.locale, until, zone).0);
            let pass = ctx.secret.map(entry::Pass::of);
            Ok(screens::given(
                ctx,
                &standing.person,
                pass.as_ref(),
                &until.unwrap_or_default(),
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
            for school in read_schools(actor) {
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
    for proof in access::oversee(actor)? {
        classes.extend(store::classes_between(conn, proof.school(), proof.grades()).await?);
    }
    if classes.is_empty() {
        refuse!("access.no_section")
    }
    classes.sort_by_key(|it| it.id);
    classes.dedup_by_key(|it| it.id);
    let staff = read_schools(actor).next().is_some();
    Ok(screens::people(ctx.locale, &classes, staff))
}

/// The schools whose staff's access the actor may read.
fn read_schools(actor: &Actor) -> impl Iterator<Item = SchoolId> {
    let schools = actor.identities.iter().map(|it| it.school);
    schools.filter(|school| access::read_access(actor, &AccessScope::of_staff(*school)).is_ok())
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

/// A pupil with the parents, and what the school left each of them.
async fn family(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Screen> {
    let scope = scope(conn, pupil).await?;
    access::read_access(actor, &scope)?;
    let Some(class) = store::class_of(conn, pupil).await? else {
        refuse!("access.people_not_yours")
    };
    let families = store::families(conn, class, ctx.now).await?;
    let Some(family) = families.into_iter().find(|it| it.pupil.person.id == pupil) else {
        refuse!("access.people_not_yours")
    };
    let zone = school::store::zone(conn, scope.school).await?;
    let lines: Vec<String> = family.everybody().map(|it| line(ctx, zone, it)).collect();
    let limited = rights::flow::shown(ctx, conn, pupil).await?;
    let may = rights::flow::may(conn, actor, pupil).await?;
    Ok(screens::family(ctx.locale, &family, &lines, class, (&limited, may)))
}

async fn person(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: PersonId) -> anyhow::Result<Screen> {
    let scope = scope(conn, id).await?;
    access::read_access(actor, &scope)?;
    let may = access::manage_access(actor, &scope).is_ok();
    let Some(standing) = store::standing(conn, id, ctx.now).await? else {
        refuse!("access.people_not_yours")
    };
    let line = line(ctx, school::store::zone(conn, scope.school).await?, &standing);
    let back = if scope.staff {
        Some(View::Staff(0))
    } else {
        store::class_of(conn, id).await?.map(View::Class)
    };
    // Whoever keeps the rules of talk says whether a family writes.
    let talk = !scope.staff && access::rules::keep_talk(actor, scope.school).is_ok();
    Ok(screens::person(ctx.locale, &standing, &line, back, (may, talk)))
}

/// «подключено пн 23.11, 10:42».
fn line(ctx: &Ctx, zone: Tz, standing: &super::Standing) -> String {
    let mut parts = vec![match standing.connected_at {
        Some(at) => {
            let (day, time) = dates::day_and_time(ctx.locale, at, zone);
            plain!(ctx.locale, "passes.state.connected", day = day, time = time)
        }
        None => plain!(ctx.locale, "passes.state.not_connected"),
    }];
    let day = |at| dates::day_and_time(ctx.locale, at, zone).0;
    if let Some(at) = standing.closed_at {
        parts.push(plain!(ctx.locale, "passes.state.closed", day = day(at)));
    }
    if let Some(until) = standing.invited_until {
        parts.push(plain!(ctx.locale, "passes.state.invited", day = day(until)));
    }
    if let Some(wrong) = standing.wrong.filter(|it| *it > 0) {
        parts.push(plain!(ctx.locale, "passes.state.wrong", n = wrong));
    }
    if let Some(until) = standing.sleeps_until.filter(|it| *it > ctx.now) {
        let (_, time) = dates::day_and_time(ctx.locale, until, zone);
        parts.push(plain!(ctx.locale, "passes.state.sleeps", time = time));
    }
    parts.join(", ")
}
