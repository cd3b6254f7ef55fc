//! The tutor keeps the reasons of a class: asks for them, accepts what families tell, notes what is known otherwise (P4).

use chrono::{Datelike as _, NaiveDate};

use super::super::press::View;
use super::super::screens::Today;
use super::super::screens::family::Shown;
use super::super::screens::tutor::{self as screens, Month, Names, Page};
use super::super::{Absence, Days, LOOKED_BACK, Reason, Run, Told, post, runs, store, sums};
use super::{existing, object};
use crate::access::{Actor, KeepAbsences, keep_absences};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{AbsenceId, ClassId, PersonId, SchoolId};
use crate::people;
use crate::people::passes::{self, Class};
use crate::school;
use crate::words::{dates, plain, refuse};

/// A class with the right to keep its reasons.
pub(super) struct Of {
    pub proof: KeepAbsences,
    pub class: Class,
    pub school: SchoolId,
}

/// The right to keep the reasons of a class.
pub(super) async fn class_right(conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Of> {
    let Some((class, scope)) = passes::store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    let proof = keep_absences(actor, &scope)?;
    Ok(Of {
        proof,
        class,
        school: scope.school,
    })
}

/// The same by a pupil, who is in the class today.
pub(super) async fn pupil_right(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Of> {
    let Some(person) = people::store::person(conn, pupil).await? else {
        refuse!("access.people_not_yours")
    };
    let today = today(ctx, conn, person.school).await?;
    match school::store::class_of(conn, pupil, today.date).await? {
        Some((class, ..)) => class_right(conn, actor, class).await,
        None => refuse!("access.people_not_yours"),
    }
}

async fn today(ctx: &Ctx, conn: &mut Conn, school: SchoolId) -> anyhow::Result<Today> {
    let zone = school::store::zone(conn, school).await?;
    Ok(Today {
        date: dates::local(ctx.now, zone).date(),
        zone,
    })
}

/// What came of accepting, in a word.
pub(super) struct Said(String);

impl Said {
    pub(super) fn reply(self, view: View) -> Reply<View> {
        Reply::view(view).toast(self.0)
    }

    pub(super) fn stay(self) -> Reply<View> {
        Reply::stay().toast(self.0)
    }
}

/// The tutor accepts what a family told.
pub(super) async fn accept(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: AbsenceId) -> anyhow::Result<Said> {
    let Some(absence) = store::absence(tx, id).await? else {
        refuse!("access.people_not_yours")
    };
    let of = pupil_right(ctx, tx, actor, absence.pupil).await?;
    if !store::accept(tx, of.proof, id, ctx.now).await? {
        return Ok(Said(if absence.withdrawn_at.is_some() {
            plain!(ctx.locale, "absences.toast.family_withdrew")
        } else {
            plain!(ctx.locale, "absences.toast.accepted_before")
        }));
    }
    let by = Some(of.proof.by());
    people::store::audit(
        tx,
        ctx.now,
        actor.account,
        by,
        ("absence_accepted", &object(absence.pupil)),
    )
    .await?;
    let accepted = existing(tx, id).await?;
    post::bring_up_to_date(tx, &accepted, ctx.now).await?;
    Ok(Said(plain!(ctx.locale, "absences.toast.accepted")))
}

/// Days of a class on which nobody knows why somebody was absent.
async fn unknown_runs(conn: &mut Conn, class: ClassId, today: NaiveDate) -> anyhow::Result<Vec<Run>> {
    let window = (today - LOOKED_BACK, today);
    let missed = store::missed(conn, class, window).await?;
    let known = store::of_class(conn, class, window).await?;
    let days = store::register_days(conn, class, window).await?;
    Ok(runs(&missed, &known, &days))
}

/// How often somebody of a class was absent lately and nobody knows why; nothing for those who don't keep its reasons.
pub async fn n_unknown(ctx: &Ctx, conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Option<usize>> {
    let Some((_, scope)) = passes::store::class_scope(conn, class).await? else {
        return Ok(None);
    };
    if keep_absences(actor, &scope).is_err() {
        return Ok(None);
    }
    let today = today(ctx, conn, scope.school).await?;
    Ok(Some(unknown_runs(conn, class, today.date).await?.len()))
}

/// The days that two have in common.
fn common(one: Days, other: Days) -> Option<Days> {
    let days = Days {
        pupil: one.pupil,
        from: one.from.max(other.from),
        to: one.to.min(other.to),
    };
    (one.pupil == other.pupil && days.from <= days.to).then_some(days)
}

/// The tutor notes the reason of days without one.
pub(super) async fn explain(ctx: &Ctx, tx: &mut Tx, actor: &Actor, told: Told) -> anyhow::Result<Reply<View>> {
    let pupil = told.days.pupil;
    let of = pupil_right(ctx, tx, actor, pupil).await?;
    let reply = Reply::view(View::Class(of.class.id));
    let today = today(ctx, tx, of.school).await?;
    let runs = unknown_runs(tx, of.class.id, today.date).await?;
    // Of the days that stood on the button those that nobody has explained since.
    let left: Vec<Days> = runs.iter().filter_map(|run| common(run.days, told.days)).collect();
    if left.is_empty() || told.reason == Reason::Other {
        return Ok(reply.toast(plain!(ctx.locale, "absences.toast.explained_before")));
    }
    for days in left {
        let told = Told { days, ..told };
        let id = store::explain(tx, of.proof, told, ctx.now).await?;
        let known = existing(tx, id).await?;
        post::answer(tx, &known, ctx.now).await?;
    }
    let by = Some(of.proof.by());
    people::store::audit(tx, ctx.now, actor.account, by, ("absence_explained", &object(pupil))).await?;
    let reason = super::super::screens::reason(ctx.locale, told.reason);
    Ok(reply.toast(plain!(ctx.locale, "absences.toast.explained", reason = reason)))
}

/// What came of asking a family.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// It is asked.
    Asked,
    /// It was asked today.
    Before,
    /// Nobody of it can be reached.
    Unreached,
}

async fn ask_about(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (of, run, today): (&Of, &Run, Today),
) -> anyhow::Result<Asking> {
    let asked = store::asked_at(tx, run.days).await?;
    if asked.is_some_and(|at| dates::local(at, today.zone).date() == today.date) {
        return Ok(Asking::Before);
    }
    if !post::ask(tx, run, of.proof.by(), ctx.now).await? {
        return Ok(Asking::Unreached);
    }
    let (by, about) = (Some(of.proof.by()), object(run.days.pupil));
    people::store::audit(tx, ctx.now, actor.account, by, ("absence_asked", &about)).await?;
    Ok(Asking::Asked)
}

/// «Выяснить»: the family is asked about days without a reason.
pub(super) async fn ask(ctx: &Ctx, tx: &mut Tx, actor: &Actor, days: Days) -> anyhow::Result<Reply<View>> {
    let of = pupil_right(ctx, tx, actor, days.pupil).await?;
    let today = today(ctx, tx, of.school).await?;
    let runs = unknown_runs(tx, of.class.id, today.date).await?;
    // They may have become more since.
    let Some(run) = runs.iter().find(|it| common(it.days, days).is_some()) else {
        return Ok(Reply::view(View::Class(of.class.id)).toast(plain!(ctx.locale, "absences.toast.explained_before")));
    };
    let reply = Reply::view(View::Unknown(run.days));
    Ok(match ask_about(ctx, tx, actor, (&of, run, today)).await? {
        Asking::Asked => reply.toast(plain!(ctx.locale, "absences.toast.asked")),
        Asking::Before => reply.toast(plain!(ctx.locale, "absences.toast.asked_before")),
        Asking::Unreached => reply.alert(plain!(ctx.locale, "absences.toast.unreached")),
    })
}

/// The same of everybody.
pub(super) async fn ask_all(ctx: &Ctx, tx: &mut Tx, actor: &Actor, class: ClassId) -> anyhow::Result<Reply<View>> {
    let of = class_right(tx, actor, class).await?;
    let today = today(ctx, tx, of.school).await?;
    let (mut asked, mut unreached) = (0, 0);
    for run in unknown_runs(tx, class, today.date).await? {
        match ask_about(ctx, tx, actor, (&of, &run, today)).await? {
            Asking::Asked => asked += 1,
            Asking::Before => {}
            Asking::Unreached => unreached += 1,
        }
    }
    let reply = Reply::view(View::Class(class));
    Ok(match (asked, unreached) {
        (0, 0) => reply.toast(plain!(ctx.locale, "absences.toast.asked_before")),
        (_, 0) => reply.toast(plain!(ctx.locale, "absences.toast.asked_all", n = asked)),
        _ => reply.alert(plain!(
            ctx.locale,
            "absences.toast.asked_some",
            n = asked,
            missing = unreached
        )),
    })
}

async fn names(conn: &mut Conn, class: ClassId, day: NaiveDate) -> anyhow::Result<Names> {
    let pupils = school::store::pupils_of_class(conn, class, day).await?;
    let pupils: Vec<_> = pupils.into_iter().map(|it| (it.id, it.full_name())).collect();
    Ok(Names::of(&pupils))
}

pub(super) async fn class(ctx: &Ctx, conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Screen> {
    let of = class_right(conn, actor, class).await?;
    let today = today(ctx, conn, of.school).await?;
    let runs = unknown_runs(conn, class, today.date).await?;
    // What lies ahead waits for the tutor too.
    let window = (today.date - LOOKED_BACK, today.date + LOOKED_BACK * 10);
    let known = store::of_class(conn, class, window).await?;
    let (waiting, others): (Vec<Absence>, Vec<Absence>) = known.into_iter().partition(|it| it.accepted_at.is_none());
    let known: Vec<Absence> = others.into_iter().filter(|it| it.holds(today.date)).collect();
    let names = names(conn, class, today.date).await?;
    Ok(screens::class(
        ctx.locale,
        Page {
            class: &of.class,
            names: &names,
            runs: &runs,
            waiting: &waiting,
            known: &known,
            today,
        },
    ))
}

async fn pupil_name(conn: &mut Conn, pupil: PersonId) -> anyhow::Result<String> {
    let person = people::store::person(conn, pupil).await?;
    Ok(person.map(|it| it.name.pupil()).unwrap_or_default())
}

pub(super) async fn unknown(ctx: &Ctx, conn: &mut Conn, actor: &Actor, days: Days) -> anyhow::Result<Screen> {
    let of = pupil_right(ctx, conn, actor, days.pupil).await?;
    let today = today(ctx, conn, of.school).await?;
    let runs = unknown_runs(conn, of.class.id, today.date).await?;
    let Some(run) = runs.iter().find(|it| it.days == days) else {
        // Explained meanwhile, or not absent after all.
        return class(ctx, conn, actor, of.class.id).await;
    };
    let asked = store::asked_at(conn, days).await?.map(|at| {
        let (day, time) = dates::day_and_time(ctx.locale, at, today.zone);
        format!("{day}, {time}")
    });
    let name = pupil_name(conn, days.pupil).await?;
    Ok(screens::unknown(
        ctx.locale,
        (&of.class, &name),
        run,
        asked.as_deref(),
        today,
    ))
}

pub(super) async fn read(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: AbsenceId) -> anyhow::Result<Screen> {
    let Some(absence) = store::absence(conn, id).await? else {
        refuse!("access.people_not_yours")
    };
    let of = pupil_right(ctx, conn, actor, absence.pupil).await?;
    let (by, name) = (
        post::adult(conn, absence.by).await?,
        pupil_name(conn, absence.pupil).await?,
    );
    let shown = Shown {
        absence: &absence,
        by: &by,
        today: today(ctx, conn, of.school).await?,
    };
    Ok(screens::read(ctx.locale, (&of.class, &name), shown))
}

pub(super) async fn month(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (class, first, page): (ClassId, NaiveDate, u8),
) -> anyhow::Result<Screen> {
    let of = class_right(conn, actor, class).await?;
    let first = first.with_day(1).unwrap_or(first);
    let next = first.checked_add_months(chrono::Months::new(1));
    let last = next.and_then(|it| it.pred_opt()).unwrap_or(first);
    let missed = store::missed(conn, class, (first, last)).await?;
    let known = store::of_class(conn, class, (first, last)).await?;
    let Some(year) = school::store::year_of(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    // Who left the class since is in its month still.
    let mut pupils = school::store::pupils_of_class(conn, class, first).await?;
    for later in school::store::pupils_of_class(conn, class, last).await? {
        if !pupils.iter().any(|it| it.id == later.id) {
            pupils.push(later);
        }
    }
    let pupils: Vec<_> = pupils.into_iter().map(|it| (it.id, it.full_name())).collect();
    Ok(screens::month(
        ctx.locale,
        Month {
            class: &of.class,
            names: &Names::of(&pupils),
            first,
            year,
            sums: &sums(&missed, &known),
            page,
        },
    ))
}
