//! What a family decides after it is in: consent taken back, and whether another adult is known.

use chrono::{DateTime, Utc};

use super::press::View;
use super::store::{self, Child};
use super::{connect, screens};
use crate::access::Actor;
use crate::chat::{Ctx, Reply};
use crate::db::{Conn, Tx};
use crate::ids::PersonId;
use crate::people;
use crate::school;
use crate::words::{dates, plain, refuse};

/// A6: parents who were there before hear of another adult.
pub async fn tell_family(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(adult) = people::store::person(tx, person).await? else {
        return Ok(());
    };
    let zone = school::store::zone(tx, adult.school).await?;
    let others = store::other_guardians(tx, person).await?;
    let mut told: Vec<PersonId> = Vec::new();
    for (other, _) in &others {
        if told.contains(other) {
            continue;
        }
        told.push(*other);
        let mut children = Vec::new();
        for (_, child) in others.iter().filter(|it| it.0 == *other) {
            children.extend(store::pupil(tx, *child).await?);
        }
        let letter = |locale| {
            let (day, time) = dates::day_and_time(locale, now, zone);
            screens::another_adult(locale, &adult, &children, (&day, &time))
        };
        let key = format!("adult:{person}:{other}:{}", now.timestamp());
        connect::tell(tx, &[*other], &key, letter, now).await?;
    }
    Ok(())
}

/// Consent is taken back: from this press nothing opens and nothing comes, what waits in the outbox included.
pub async fn withdraw(ctx: &Ctx, tx: &mut Tx, actor: &Actor, child: PersonId) -> anyhow::Result<Reply<View>> {
    let (parent, found) = own_child(tx, actor, child).await?;
    if !store::withdraw(tx, parent, child, ctx.now).await? {
        return Ok(Reply::view(View::Withdrawn(child)));
    }
    for (transport, account, ..) in store::accounts(tx, parent).await? {
        connect::take_back_letters(tx, &transport, account, (parent, Some(child))).await?;
    }
    let object = format!("person:{child}");
    people::store::audit(tx, ctx.now, actor.account, Some(parent), ("consent_withdrawn", &object)).await?;
    if let Some(person) = people::store::person(tx, parent).await? {
        let tutors = store::tutors(tx, child).await?;
        let key = format!("withdrawn:{parent}:{child}:{}", ctx.now.timestamp());
        let letter = |locale| screens::withdrawn_letter(locale, &person, &found);
        connect::tell(tx, &tutors, &key, letter, ctx.now).await?;
    }
    Ok(Reply::view(View::Withdrawn(child)))
}

/// The actor as a parent of this child, whether or not consent stands.
pub async fn own_child(conn: &mut Conn, actor: &Actor, child: PersonId) -> anyhow::Result<(PersonId, Child)> {
    for identity in &actor.identities {
        let children = store::children(conn, identity.person).await?;
        if let Some(found) = children.into_iter().find(|it| it.id == child) {
            return Ok((identity.person, found));
        }
    }
    refuse!("access.diary_not_yours")
}

/// Only the other guardian of a child may speak about this adult.
pub async fn shared_family(conn: &mut Conn, actor: &Actor, adult: PersonId) -> anyhow::Result<()> {
    let others = store::other_guardians(conn, adult).await?;
    if actor
        .identities
        .iter()
        .any(|it| others.iter().any(|other| other.0 == it.person))
    {
        return Ok(());
    }
    refuse!("access.people_not_yours")
}

/// The tutor hears at once that nobody knows the adult.
pub async fn unknown(ctx: &Ctx, tx: &mut Tx, adult: PersonId) -> anyhow::Result<Reply<View>> {
    let Some(person) = people::store::person(tx, adult).await? else {
        refuse!("access.people_not_yours")
    };
    // Said of this connection once, however often it is pressed.
    let since = store::accounts(tx, adult)
        .await?
        .last()
        .map_or(0, |it| it.3.timestamp());
    let key = format!("unknown:{adult}:{since}");
    let letter = |locale| screens::unknown_adult(locale, &person);
    connect::tell_keepers(tx, adult, None, &key, letter, ctx.now).await?;
    Ok(Reply::view(View::Answered).alert(plain!(ctx.locale, "entry.toast.unknown")))
}
