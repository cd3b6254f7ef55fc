//! A parent tells of an absence, shortens one, takes one back, and looks at what was told.

use chrono::{Days as ChronoDays, NaiveDate};
use std::collections::BTreeSet;

use super::super::press::View;
use super::super::screens::family::{self as screens, Ahead, Choice, Shown};
use super::super::screens::{Child, Today};
use super::super::{Absence, Days, Draft, Ground, Open, PAGE, Reason, Told, WORDS_LIMIT, post, store, typed};
use super::{existing, object};
use crate::access::{Actor, TellAbsence, tell_absence};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{AbsenceId, ClassId, PersonId};
use crate::people;
use crate::school;
use crate::timetable::{self, Standing};
use crate::words::entries::too_long;
use crate::words::{UserError, dates, plain, refuse};

/// How many absences a child's list has.
const LISTED: i64 = 15;
/// No page of days is further than this.
const LAST_PAGE: u8 = 20;

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
async fn ground(conn: &mut Conn, of: &Of, from: NaiveDate) -> anyhow::Result<(ClassId, Ground)> {
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
async fn lesson_days(
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
    let inquiry = match open.take() {
        Some(Open::Draft(draft)) => draft.inquiry,
        _ => None,
    };
    Ok(Reply::view(inquiry.map_or(View::When(pupil), View::AskedWhy)))
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
async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: AbsenceId) -> anyhow::Result<(Absence, Of)> {
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

/// P11.
pub(super) async fn when(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, pupil).await?;
    let children = children(ctx, conn, actor).await?;
    let today = of.today.date;
    let found = some_days(conn, &of, today, 0).await;
    let days = match found {
        Ok(days) => days,
        // In no class, or the year is over: the list below says what was told.
        Err(failure) if failure.is::<UserError>() => Vec::new(),
        Err(failure) => return Err(failure),
    };
    let ahead = Ahead {
        today: days.first().copied().filter(|it| *it == today),
        next: days.iter().copied().find(|it| *it > today),
    };
    let far = today.checked_add_days(ChronoDays::new(60)).unwrap_or(today);
    let days = Days {
        pupil,
        from: today,
        to: far,
    };
    let known = store::between(conn, days).await?;
    let page = (&of.child, children.as_slice());
    Ok(screens::when(ctx.locale, page, ahead, &known, of.today))
}

/// A page of the days with lessons from one on, and one more where there are more.
async fn some_days(conn: &mut Conn, of: &Of, from: NaiveDate, page: u8) -> anyhow::Result<Vec<NaiveDate>> {
    let (class, ground) = ground(conn, of, from).await?;
    let page = page.min(LAST_PAGE);
    let from = from.max(ground.year.starts);
    // Twelve days with lessons lie in four weeks; holidays need two more.
    let ahead = ChronoDays::new(28 * (u64::from(page) + 1) + 14);
    let to = from.checked_add_days(ahead).unwrap_or(from).min(ground.year.ends);
    let days = lesson_days(conn, class, (from, to)).await?;
    Ok(days.into_iter().skip(usize::from(page) * PAGE).take(PAGE + 1).collect())
}

fn choice<'d>(of: &Of, days: &'d [NaiveDate], page: u8) -> Choice<'d> {
    Choice {
        days,
        page: page.min(LAST_PAGE),
        today: of.today.date,
    }
}

pub(super) async fn dates(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (pupil, page): (PersonId, u8),
) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, pupil).await?;
    let days = some_days(conn, &of, of.today.date, page).await?;
    Ok(screens::other_day(ctx.locale, &of.child, choice(&of, &days, page)))
}

pub(super) async fn first(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (pupil, page): (PersonId, u8),
) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, pupil).await?;
    let days = some_days(conn, &of, of.today.date, page).await?;
    Ok(screens::first(ctx.locale, &of.child, choice(&of, &days, page)))
}

pub(super) async fn last(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (pupil, from, page): (PersonId, NaiveDate, u8),
) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, pupil).await?;
    let from = from.max(of.today.date);
    let next = from.succ_opt().unwrap_or(from);
    let days = some_days(conn, &of, next, page).await?;
    Ok(screens::last(ctx.locale, &of.child, from, choice(&of, &days, page)))
}

pub(super) async fn why(ctx: &Ctx, conn: &mut Conn, actor: &Actor, days: Days) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, days.pupil).await?;
    Ok(screens::why(ctx.locale, &of.child, days, of.today.date))
}

pub(super) async fn preview(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    draft: &Draft,
    view: View,
) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, draft.told.days.pupil).await?;
    Ok(if view == View::Note {
        screens::note(ctx.locale)
    } else {
        screens::preview(ctx.locale, &of.child, draft, of.today.date)
    })
}

/// Nothing is open any more: the first child's page.
pub(super) async fn nothing_open(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    match children(ctx, conn, actor).await?.first() {
        Some(child) => when(ctx, conn, actor, child.id).await,
        None => refuse!("access.no_section"),
    }
}

pub(super) async fn mine(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Screen> {
    let of = of(ctx, conn, actor, pupil).await?;
    let found = store::of_pupil(conn, pupil, LISTED).await?;
    Ok(screens::mine(ctx.locale, &of.child, &found, of.today))
}

pub(super) async fn one(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: AbsenceId) -> anyhow::Result<Screen> {
    let (absence, of) = own(ctx, conn, actor, id).await?;
    let by = post::adult(conn, absence.by).await?;
    let shown = Shown {
        absence: &absence,
        by: &by,
        today: of.today,
    };
    Ok(screens::one(ctx.locale, &of.child, shown))
}

pub(super) async fn until(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (id, page): (AbsenceId, u8),
) -> anyhow::Result<Screen> {
    let (absence, of) = own(ctx, conn, actor, id).await?;
    let today = of.today.date;
    if page == 0 {
        let days = some_days(conn, &of, today, 0).await?;
        // The last day with lessons of this week.
        let week = today.week(chrono::Weekday::Mon).checked_last_day().unwrap_or(today);
        let friday = days.iter().copied().rfind(|it| *it <= week);
        return Ok(screens::until(ctx.locale, &of.child, &absence, friday, today));
    }
    let from = absence.starts.max(today.pred_opt().unwrap_or(today));
    let days = some_days(conn, &of, from, page - 1).await?;
    Ok(screens::end(
        ctx.locale,
        &of.child,
        &absence,
        choice(&of, &days, page - 1),
    ))
}
