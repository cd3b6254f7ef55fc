//! What a parent looks at: when, which days, why, what is to be told, what was.

use chrono::{Days as ChronoDays, NaiveDate};

use super::super::press::View;
use super::super::screens::family::{self as screens, Ahead, Choice, Shown};
use super::super::{Days, Draft, PAGE, post, store};
use super::family::{Of, children, ground, lesson_days, of, own};
use crate::access::Actor;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::{AbsenceId, PersonId};
use crate::words::{UserError, refuse};

/// How many absences a child's list has.
const LISTED: i64 = 15;
/// No page of days is further than this.
const LAST_PAGE: u8 = 20;

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
