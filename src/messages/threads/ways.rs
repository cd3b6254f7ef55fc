//! To whom one can write: what is offered is what the school opens.

use super::press::View;
use super::{Contact, screens, store};
use crate::access::Actor;
use crate::access::talk::{self, Pair, TalkScope};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::{ClassId, PersonId};
use crate::messages::rules;
use crate::people::{self, Person};
use crate::school;
use crate::words::{dates, refuse};

/// Draws a step of the way to somebody.
pub(super) async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Contacts(pupil) => {
            let (child, contacts) = contacts(conn, actor, pupil).await?;
            Ok(screens::contacts(ctx.locale, &child, &contacts))
        }
        View::Colleagues(page) => {
            if !actor.identities.iter().any(|it| it.is_staff) {
                refuse!("access.no_section")
            }
            let found = colleagues(conn, actor).await?;
            if found.is_empty() {
                refuse!("access.pair_closed")
            }
            Ok(screens::colleagues(ctx.locale, &found, page))
        }
        View::Classes => {
            let classes = classes(conn, actor).await?;
            if classes.is_empty() {
                refuse!("access.no_section")
            }
            Ok(screens::classes(ctx.locale, &classes))
        }
        View::Pupils(class, page) => {
            let Some((class, name)) = classes(conn, actor).await?.into_iter().find(|it| it.0 == class) else {
                refuse!("access.talk_not_yours")
            };
            let Some((_, scope)) = people::passes::store::class_scope(conn, class).await? else {
                refuse!("access.talk_not_yours")
            };
            let zone = school::store::zone(conn, scope.school).await?;
            let today = dates::local(ctx.now, zone).date();
            let pupils = school::store::pupils_of_class(conn, class, today).await?;
            Ok(screens::pupils(ctx.locale, (class, &name), &pupils, page))
        }
        View::Family(pupil) => family(ctx, conn, actor, pupil).await,
        _ => new(ctx, conn, actor).await,
    }
}

/// Who of the staff can be written to about a child by the child's family: the school opens the pair.
async fn contacts(conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<(Person, Vec<Contact>)> {
    let Some(child) = people::store::person(conn, pupil).await? else {
        refuse!("access.talk_not_yours")
    };
    let mut contacts = store::contacts(conn, pupil).await?;
    let Some(scope) = store::scope(conn, child.school, Some(pupil), pupil).await? else {
        refuse!("access.talk_not_yours")
    };
    let Some(me) = actor.person_at(child.school).filter(|me| scope.is_family(*me)) else {
        refuse!("access.talk_not_yours")
    };
    contacts.retain(|it| it.person.id != me && scope.opens(me, it.tie));
    Ok((child, contacts))
}

/// Colleagues at schools whose staff writes to each other.
async fn colleagues(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Person>> {
    let mut found = Vec::new();
    for identity in actor.identities.iter().filter(|it| it.is_staff) {
        if !rules::store::closed(conn, identity.school)
            .await?
            .contains(&Pair::Staff)
        {
            found.extend(store::colleagues(conn, identity.person).await?);
        }
    }
    Ok(found)
}

async fn classes(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<(ClassId, String)>> {
    let mut found = Vec::new();
    for identity in actor.identities.iter().filter(|it| it.is_staff) {
        found.extend(store::classes(conn, identity.person).await?);
    }
    Ok(found)
}

/// One's children, each a way to those who teach them; for staff the ways to colleagues and families.
async fn new(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let mut children: Vec<Person> = Vec::new();
    for identity in &actor.identities {
        if people::store::is_pupil(conn, identity.person).await? {
            children.extend(people::store::person(conn, identity.person).await?);
        }
        children.extend(people::store::children(conn, identity.person).await?);
    }
    let is_staff = actor.identities.iter().any(|it| it.is_staff);
    if let ([only], false) = (children.as_slice(), is_staff) {
        let (child, contacts) = contacts(conn, actor, only.id).await?;
        return Ok(screens::contacts(ctx.locale, &child, &contacts));
    }
    let colleagues = !colleagues(conn, actor).await?.is_empty();
    Ok(screens::new(ctx.locale, &children, (is_staff, colleagues)))
}

/// A pupil and the parents, for those who teach, lead or oversee the pupil.
async fn family(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Screen> {
    let Some(child) = people::store::person(conn, pupil).await? else {
        refuse!("access.talk_not_yours")
    };
    let Some(scope) = store::scope(conn, child.school, Some(pupil), pupil).await? else {
        refuse!("access.talk_not_yours")
    };
    let mut here = actor.identities.iter().filter(|it| it.school == child.school);
    let Some(me) = here.find(|it| scope.is_staff(it.person)).map(|it| it.person) else {
        refuse!("access.talk_not_yours")
    };
    let to_pupil = talk::talk(actor, &scope, pupil).is_ok();
    let mut parents = Vec::new();
    if let TalkScope::About { guardians, .. } = &scope {
        for guardian in guardians.iter().filter(|it| **it != me) {
            if talk::talk(actor, &scope, *guardian).is_ok() {
                parents.extend(people::store::person(conn, *guardian).await?);
            }
        }
        if parents.is_empty() && !to_pupil && guardians.iter().any(|it| *it != me) {
            refuse!("access.pair_closed")
        }
    }
    let class = people::passes::store::class_of(conn, pupil).await?;
    Ok(screens::family(ctx.locale, &child, (&parents, to_pupil), class))
}
