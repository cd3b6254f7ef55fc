//! Signing a week, reminding those who haven't, and whether the school asks at all.

use chrono::NaiveDate;
use std::collections::HashSet;

use super::{Family, Signed, Signing, State, is_open, newest, screens, store};
use crate::access::{self, Actor, KeepAbsences};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::diary::press::View;
use crate::diary::{Eye, Page, week_of};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people;
use crate::people::passes::{self, Class};
use crate::people::reach::{self, Audience, OpenChat, Place, Tie};
use crate::school;
use crate::words::{dates, html, plain, refuse};

/// What the page of a week says of signatures; nothing where the school doesn't ask for them, or to the pupil.
pub async fn signing(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    page: &Page,
    (school, monday): (SchoolId, NaiveDate),
) -> anyhow::Result<Option<Signing>> {
    if page.eye == Eye::Own || !store::is_asked(conn, school).await? {
        return Ok(None);
    }
    let pupil = page.child.id;
    let mut signed = Vec::new();
    let mut is_mine = false;
    for (person, at) in store::signed(conn, pupil, monday).await? {
        is_mine |= actor.identities.iter().any(|it| it.person == person);
        let found = people::store::person(conn, person).await?;
        let by = found.map(|it| it.name.adult()).unwrap_or_default();
        signed.push(Signed { by, at });
    }
    let may = match people::store::pupil_scope(conn, pupil).await? {
        Some(scope) => access::sign_week(actor, &scope).is_ok(),
        None => false,
    };
    let today = dates::local(ctx.now, school::store::zone(conn, school).await?).date();
    Ok(Some(Signing {
        signed,
        is_open: may && !is_mine && is_open(monday, today),
    }))
}

/// A guardian signs a week.
pub async fn sign(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (pupil, day): (PersonId, NaiveDate),
) -> anyhow::Result<Reply<View>> {
    let Some(scope) = people::store::pupil_scope(tx, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    let proof = access::sign_week(actor, &scope)?;
    let (monday, _) = week_of(day);
    let reply = Reply::view(View::Week(pupil, Some(monday)));
    if !store::is_asked(tx, scope.school).await? {
        return Ok(reply.toast(plain!(ctx.locale, "diary.signature.toast.not_asked")));
    }
    let today = dates::local(ctx.now, school::store::zone(tx, scope.school).await?).date();
    if !is_open(monday, today) {
        return Ok(reply.toast(plain!(ctx.locale, "diary.signature.toast.early")));
    }
    Ok(if store::sign(tx, proof, monday, ctx.now).await? {
        reply.toast(plain!(ctx.locale, "diary.signature.toast.signed"))
    } else {
        reply.toast(plain!(ctx.locale, "diary.signature.toast.before"))
    })
}

/// A class whose signatures are looked after by its tutors.
struct Of {
    proof: KeepAbsences,
    class: Class,
    school: SchoolId,
}

/// Signatures are looked after by whoever keeps the class's absences: its tutors.
async fn right(conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Of> {
    let Some((class, scope)) = passes::store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    let proof = access::keep_absences(actor, &scope)?;
    if !store::is_asked(conn, scope.school).await? {
        refuse!("diary.signature.toast.not_asked")
    }
    Ok(Of {
        proof,
        class,
        school: scope.school,
    })
}

/// Whether the actor looks after a class's signatures.
pub async fn may(conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<bool> {
    let Some((_, scope)) = passes::store::class_scope(conn, class).await? else {
        return Ok(false);
    };
    Ok(access::keep_absences(actor, &scope).is_ok() && store::is_asked(conn, scope.school).await?)
}

/// The families of a class with how they stand, and the ties to those who may sign.
async fn families(conn: &mut Conn, class: ClassId, monday: NaiveDate) -> anyhow::Result<(Vec<Family>, Vec<Tie>)> {
    let signed: HashSet<PersonId> = store::signed_in_class(conn, class, monday).await?.into_iter().collect();
    let readers = store::only_readers(conn, class).await?;
    let mut ties = reach::store::ties(conn, Audience::Parents(Place::Class(class))).await?;
    let pupils = people_of(&ties);
    ties.retain(|tie| !readers.contains(&(tie.person.id, tie.about.id)));
    let families = pupils
        .into_iter()
        .map(|(pupil, name)| {
            let own: Vec<Tie> = ties.iter().filter(|it| it.about.id == pupil).cloned().collect();
            let missing = reach::Reach::of(own.clone()).missing;
            let state = match missing.first() {
                _ if signed.contains(&pupil) => State::Signed,
                _ if own.is_empty() => State::Unreached(reach::Hindrance::NotConnected),
                Some((_, hindrance)) => State::Unreached(*hindrance),
                None => State::Waiting,
            };
            Family { pupil: name, state }
        })
        .collect();
    ties.retain(|tie| !signed.contains(&tie.about.id));
    Ok((families, ties))
}

/// Each pupil once, in the order of the class.
fn people_of(ties: &[Tie]) -> Vec<(PersonId, String)> {
    let mut pupils: Vec<(PersonId, String)> = Vec::new();
    for tie in ties {
        if pupils.last().is_none_or(|(last, _)| *last != tie.about.id) {
            pupils.push((tie.about.id, tie.about.name.pupil()));
        }
    }
    pupils
}

/// The tutor's list of a week; `None` is the newest that can be signed.
pub async fn class(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (class, day): (ClassId, Option<NaiveDate>),
) -> anyhow::Result<Screen> {
    let of = right(conn, actor, class).await?;
    let today = dates::local(ctx.now, school::store::zone(conn, of.school).await?).date();
    let newest = newest(today);
    let monday = day.map_or(newest, |day| week_of(day).0).min(newest);
    let Some(year) = school::store::year_of(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    let monday = monday.max(week_of(year.starts).0);
    let (families, _) = families(conn, class, monday).await?;
    Ok(screens::class(
        ctx.locale,
        &screens::ClassWeek {
            class: (of.class.id, &of.class.name),
            monday,
            year,
            newest,
            families,
        },
    ))
}

/// Families that haven't signed are reminded, each chat once a week of the diary.
pub async fn remind(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (class, day): (ClassId, NaiveDate),
) -> anyhow::Result<Reply<View>> {
    let of = right(tx, actor, class).await?;
    let (monday, _) = week_of(day);
    let reply = Reply::view(View::Signatures(class, Some(monday)));
    let today = dates::local(ctx.now, school::store::zone(tx, of.school).await?).date();
    if !is_open(monday, today) {
        return Ok(reply.toast(plain!(ctx.locale, "diary.signature.toast.early")));
    }
    let (_, ties) = families(tx, class, monday).await?;
    let mut reminded: HashSet<PersonId> = HashSet::new();
    for tie in ties.iter().filter(|it| it.may_be_told && !it.closed) {
        let Some(chat) = &tie.chat else { continue };
        if post(tx, ctx, tie, chat, monday).await? {
            reminded.insert(tie.about.id);
        }
    }
    if reminded.is_empty() {
        return Ok(reply.toast(plain!(ctx.locale, "diary.signature.toast.reminded_before")));
    }
    let object = format!("class:{}", of.class.id);
    people::store::audit(
        tx,
        ctx.now,
        actor.account,
        Some(of.proof.by()),
        ("signatures_reminded", &object),
    )
    .await?;
    let n = i64::try_from(reminded.len()).unwrap_or(i64::MAX);
    let families = crate::words::count(ctx.locale, "count.families", n);
    Ok(reply.toast(plain!(
        ctx.locale,
        "diary.signature.toast.reminded",
        families = families
    )))
}

async fn post(tx: &mut Tx, ctx: &Ctx, tie: &Tie, chat: &OpenChat, monday: NaiveDate) -> anyhow::Result<bool> {
    let key = format!("week:{}:{monday}:{}:{}", tie.about.id, tie.person.id, chat.account);
    if delivery::store::is_kept(tx, &key).await? {
        return Ok(false);
    }
    let screen = screens::reminder(chat.locale, (tie.about.id, &tie.about.name.name), monday);
    delivery::store::post(tx, NewLetter::new(chat.address(), key, screen, ctx.now), ctx.now).await?;
    Ok(true)
}

/// The schools for which the actor says whether weeks are signed.
pub fn schools(actor: &Actor) -> impl Iterator<Item = SchoolId> {
    let schools = actor.identities.iter().map(|it| it.school);
    schools.filter(|school| access::ask_signatures(actor, *school).is_ok())
}

/// The administrator says whether the school asks for signatures.
pub async fn ask(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (school, on): (SchoolId, bool)) -> anyhow::Result<Reply<View>> {
    let proof = access::ask_signatures(actor, school)?;
    store::ask(tx, proof, on).await?;
    let action = if on { "signatures_on" } else { "signatures_off" };
    let object = format!("school:{school}");
    people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (action, &object)).await?;
    let said = if on {
        plain!(ctx.locale, "diary.signature.toast.on")
    } else {
        plain!(ctx.locale, "diary.signature.toast.off")
    };
    Ok(Reply::view(View::SignatureSwitch(school)).toast(said))
}

/// The switch.
pub async fn switch(ctx: &Ctx, conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Screen> {
    access::ask_signatures(actor, school)?;
    let mut screen = screens::switch(ctx.locale, school, store::is_asked(conn, school).await?);
    // Of several schools each is called by its name.
    if schools(actor).count() > 1
        && let Some(found) = school::store::school(conn, school).await?
    {
        screen.line(&html!(ctx.locale, "diary.signature.switch.school", school = found.name));
    }
    Ok(screen)
}
