//! A parent tells of an absence, shortens one, takes one back.

use chrono::NaiveDate;
use std::collections::BTreeSet;

use super::super::press::View;
use super::super::screens::{Child, Today};
use super::super::{Absence, Days, Draft, Ground, Open, Reason, Told, WORDS_LIMIT, post, store, typed};
use super::{existing, object};
use crate::access::{Actor, TellAbsence, tell_absence};
use crate::chat::{Ctx, Reply};
use crate::db::{Conn, Tx};
use crate::ids::{AbsenceId, ClassId, PersonId};
use crate::people;
use crate::school;
use crate::timetable::{self, Standing};
use crate::words::entries::too_long;
use crate::words::{dates, plain, refuse};

/// The right to tell of a child.
pub(super) async fn right(conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<TellAbsence> {
    let Some(scope) = people::store::pupil_scope(conn, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    Ok(tell_absence(actor, &scope)?)
}

/// The children of whom the actor may tell.
pub async fn children(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Child>> {
    let mut found: Vec<Child> = Vec::new();
    for identity in &actor.identities {
        for child in people::store::children(conn, identity.person).await? {
            if !found.iter().any(|it| it.id == child.id) {
                found.push(as_child(ctx, conn, &child).await?);
            }
        }
    }
    Ok(found)
}

async fn as_child(ctx: &Ctx, conn: &mut Conn, child: &people::Person) -> anyhow::Result<Child> {
    let zone = school::store::zone(conn, child.school).await?;
    let today = dates::local(ctx.now, zone).date();
    let class = school::store::class_of(conn, child.id, today).await?;
    Ok(Child {
        id: child.id,
        name: child.name.name.clone(),
        class: class.map_or_else(String::new, |(_, grade, letter)| school::class_name(grade, &letter)),
    })
}

/// A child with the right to tell of it.
pub(super) struct Of {
    pub proof: TellAbsence,
    pub child: Child,
    pub today: Today,
}

pub(super) async fn of(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Of> {
    let proof = right(conn, actor, pupil).await?;
    let Some(person) = people::store::person(conn, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    let zone = school::store::zone(conn, person.school).await?;
    let child = as_child(ctx, conn, &person).await?;
    let date = dates::local(ctx.now, zone).date();
    Ok(Of {
        proof,
        child,
        today: Today { date, zone },
    })
}

/// The class of a child with its calendar: the class of the first of some days, else of today.
pub(super) async fn ground(conn: &mut Conn, of: &Of, from: NaiveDate) -> anyhow::Result<(ClassId, Ground)> {
    let pupil = of.child.id;
    let mut class = school::store::class_of(conn, pupil, from).await?;
    if class.is_none() {
        class = school::store::class_of(conn, pupil, of.today.date).await?;
    }
    let Some((class, ..)) = class else {
        refuse!("absences.no_class")
    };
    let Some(year) = school::store::year_of(conn, class).await? else {
        refuse!("absences.no_class")
    };
    let ground = Ground {
        today: of.today.date,
        year,
        calendar: school::store::calendar(conn, class).await?,
    };
    Ok((class, ground))
}

/// Days on which a class has lessons, in order.
pub(super) async fn lesson_days(
    conn: &mut Conn,
    class: ClassId,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<BTreeSet<NaiveDate>> {
    if to < from {
        return Ok(BTreeSet::new());
    }
    let planned = timetable::store::class_days(conn, class, from, to).await?;
    let held = planned.into_iter().filter(|it| it.standing == Standing::Held);
    Ok(held.map(|it| it.key.date).collect())
}

/// Days that may be told of; a clear answer to those that may not.
async fn may_be_told(ctx: &Ctx, conn: &mut Conn, of: &Of, (days, asked): (Days, bool)) -> anyhow::Result<()> {
    let (class, ground) = ground(conn, of, days.from).await?;
    let said = |date| dates::day(ctx.locale, date, of.today.date);
    if let Some(flaw) = ground.flaw(days, asked) {
        return Err(flaw.refusal(said).into());
    }
    if lesson_days(conn, class, (days.from, days.to)).await?.is_empty() {
        return Err(ground.empty(days).refusal(said).into());
    }
    Ok(())
}

/// Days and reason are chosen.
pub(super) async fn choose(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    told: Told,
) -> anyhow::Result<Reply<View>> {
    let of = of(ctx, tx, actor, told.days.pupil).await?;
    if told.reason == Reason::Unexcused {
        refuse!("access.diary_not_yours");
    }
    may_be_told(ctx, tx, &of, (told.days, false)).await?;
    if let Some(known) = store::between(tx, told.days).await?.first() {
        return Ok(already(ctx, &of, known));
    }
    *open = Some(Open::Draft(Draft::new(told, None)));
    Ok(Reply::view(View::Preview))
}

/// Somebody has told of one of these days: that is shown.
fn already(ctx: &Ctx, of: &Of, known: &Absence) -> Reply<View> {
    let locale = ctx.locale;
    let days = super::super::screens::period(locale, known.days(), of.today.date);
    let reason = super::super::screens::reason(locale, known.reason);
    let alert = plain!(locale, "absences.toast.already", days = days, reason = reason);
    Reply::view(View::One(known.id)).alert(alert)
}

/// Nothing is told.
pub(super) async fn stop(
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    pupil: PersonId,
) -> anyhow::Result<Reply<View>> {
    right(tx, actor, pupil).await?;
    Ok(Reply::view(match open.take() {
        Some(Open::Draft(draft)) => draft.inquiry.map_or(View::Why(draft.told.days), View::AskedWhy),
        Some(Open::Dates(_)) | None => View::When(pupil),
    }))
}

/// Words that fit.
pub(super) fn checked(words: &str) -> anyhow::Result<&str> {
    let words = words.trim();
    if words.is_empty() {
        refuse!("absences.empty");
    }
    if let Some(has) = too_long(words, WORDS_LIMIT) {
        refuse!("absences.too_long", limit = WORDS_LIMIT, has = has);
    }
    Ok(words)
}

/// A day or days were typed.
pub(super) async fn typed_days(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (pupil, words): (PersonId, &str),
) -> anyhow::Result<Reply<View>> {
    let of = of(ctx, tx, actor, pupil).await?;
    let Some((from, to)) = typed::days(words, of.today.date) else {
        refuse!("absences.not_a_day")
    };
    let days = Days { pupil, from, to };
    may_be_told(ctx, tx, &of, (days, false)).await?;
    *open = None;
    Ok(Reply::view(View::Why(days)))
}

/// Words beside the reason.
pub(super) async fn typed_words(
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (draft, words): (Draft, &str),
) -> anyhow::Result<Reply<View>> {
    right(tx, actor, draft.told.days.pupil).await?;
    let words = checked(words)?.to_owned();
    *open = Some(Open::Draft(Draft { words, ..draft }));
    Ok(Reply::view(View::Preview))
}

/// The absence of the draft is told.
pub(super) async fn send(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    told: Told,
) -> anyhow::Result<Reply<View>> {
    let of = of(ctx, tx, actor, told.days.pupil).await?;
    let draft = match open.take() {
        Some(Open::Draft(draft)) if draft.told == told => draft,
        other => {
            // Sent before, or another one is open: this very one may be known.
            *open = other;
            return Ok(match store::between(tx, told.days).await?.first() {
                Some(known) => already(ctx, &of, known),
                None => Reply::view(open.as_ref().map_or(View::When(of.child.id), Open::view))
                    .toast(plain!(ctx.locale, "absences.toast.gone")),
            });
        }
    };
    if !draft.says_enough() {
        *open = Some(Open::Draft(draft));
        refuse!("absences.empty");
    }
    let reply = tell(ctx, tx, actor, (&of, &draft)).await?;
    Ok(reply)
}

/// A draft becomes an absence, unless these days are known.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (of, draft): (&Of, &Draft),
) -> anyhow::Result<Reply<View>> {
    let days = draft.told.days;
    may_be_told(ctx, tx, of, (days, draft.inquiry.is_some())).await?;
    if let Some(known) = store::between(tx, days).await?.first() {
        post::answer(tx, known, ctx.now).await?;
        return Ok(already(ctx, of, known));
    }
    let id = store::tell(tx, of.proof, draft, ctx.now).await?;
    let absence = existing(tx, id).await?;
    let by = Some(of.proof.by());
    people::store::audit(tx, ctx.now, actor.account, by, ("absence_told", &object(days.pupil))).await?;
    post::tell_tutors(tx, &absence, ctx.now).await?;
    post::answer(tx, &absence, ctx.now).await?;
    let asked = draft.inquiry.is_some();
    Ok(Reply::view(if asked { View::Until(id, 0) } else { View::One(id) })
        .toast(plain!(ctx.locale, "absences.toast.sent")))
}

/// One of the family's own words, with the right to change it.
pub(super) async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: AbsenceId) -> anyhow::Result<(Absence, Of)> {
    let absence = existing(conn, id).await?;
    let of = of(ctx, conn, actor, absence.pupil).await?;
    Ok((absence, of))
}

/// An absence that hasn't begun before today is taken back.
pub(super) async fn withdraw(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: AbsenceId) -> anyhow::Result<Reply<View>> {
    let (absence, of) = own(ctx, tx, actor, id).await?;
    let reply = Reply::view(View::One(id));
    if absence.withdrawn_at.is_some() {
        return Ok(reply.toast(plain!(ctx.locale, "absences.toast.withdrawn_before")));
    }
    if !absence.by_family {
        refuse!("absences.tutors_word");
    }
    if absence.starts < of.today.date {
        refuse!("absences.has_begun");
    }
    store::withdraw(tx, of.proof, id, ctx.now).await?;
    changed(ctx, tx, actor, (&of, id), "absence_withdrawn").await?;
    Ok(reply.toast(plain!(ctx.locale, "absences.toast.withdrawn")))
}

async fn changed(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (of, id): (&Of, AbsenceId),
    action: &'static str,
) -> anyhow::Result<()> {
    let absence = existing(tx, id).await?;
    let by = Some(of.proof.by());
    people::store::audit(tx, ctx.now, actor.account, by, (action, &object(absence.pupil))).await?;
    post::bring_up_to_date(tx, &absence, ctx.now).await
}

/// Its last day is another one: what is gone by stays.
pub(super) async fn end(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (id, last): (AbsenceId, NaiveDate),
) -> anyhow::Result<Reply<View>> {
    let (absence, of) = own(ctx, tx, actor, id).await?;
    let reply = Reply::view(View::One(id));
    if absence.withdrawn_at.is_some() {
        return Ok(reply.toast(plain!(ctx.locale, "absences.toast.withdrawn_before")));
    }
    if !absence.by_family {
        refuse!("absences.tutors_word");
    }
    if absence.ends == last {
        return Ok(reply.toast(plain!(ctx.locale, "absences.toast.so_already")));
    }
    let today = of.today.date;
    // Yesterday is the last day when the child is there again today.
    let earliest = today.pred_opt().unwrap_or(today).max(absence.starts);
    if last < earliest || absence.ends < earliest {
        refuse!("absences.flaw.past");
    }
    let days = Days {
        to: last,
        ..absence.days()
    };
    let (_, ground) = ground(tx, &of, absence.starts).await?;
    if let Some(flaw) = ground.flaw(days, true) {
        return Err(flaw.refusal(|date| dates::day(ctx.locale, date, today)).into());
    }
    if let Some(other) = store::between(tx, days).await?.into_iter().find(|it| it.id != id) {
        return Ok(already(ctx, &of, &other));
    }
    store::set_end(tx, of.proof, &absence, last, ctx.now).await?;
    changed(ctx, tx, actor, (&of, id), "absence_changed").await?;
    let longer = existing(tx, id).await?;
    post::answer(tx, &longer, ctx.now).await?;
    Ok(reply.toast(plain!(
        ctx.locale,
        "absences.toast.ends",
        day = dates::day(ctx.locale, last, today)
    )))
}
