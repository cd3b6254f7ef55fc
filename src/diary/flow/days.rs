//! Days and weeks: the diary, homework, the timetable.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::collections::BTreeMap;

use super::{Ground, entries, ground, page};
use crate::access::{Actor, ReadDiary};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::diary::screens::month::Month;
use crate::diary::screens::week::Week;
use crate::diary::{Day, Outlook, Page, Standing, screens, signature, store, week_of};
use crate::ids::PersonId;
use crate::school::Span;
use crate::{school, timetable};

/// A child and a day that may be left to the journal.
type Asked = (PersonId, Option<NaiveDate>);

/// P5.
pub async fn day(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = date.unwrap_or(page.now.date());
    let (day, _) = load_day(conn, proof, &mut page, asked).await?;
    Ok(screens::day::day(ctx.locale, &page, &day))
}

/// A day with its lessons, and the ground it stands on.
async fn load_day(
    conn: &mut Conn,
    proof: ReadDiary,
    page: &mut Page,
    asked: NaiveDate,
) -> anyhow::Result<(Day, Option<Ground>)> {
    let Some(ground) = ground(conn, proof, page, asked).await? else {
        let day = Day {
            date: asked,
            entries: Vec::new(),
            standing: Standing::NoClass,
            year: None,
        };
        return Ok((day, None));
    };
    let entries = entries(conn, proof, &ground, (ground.date, ground.date)).await?;
    let holidays = school::store::calendar(conn, ground.class)
        .await?
        .holidays_end(ground.date);
    let standing = match holidays {
        _ if ground.clamped => Standing::Clamped,
        Some(end) => Standing::Holidays(end),
        None => Standing::Usual,
    };
    let day = Day {
        date: ground.date,
        entries,
        standing,
        year: Some(ground.year),
    };
    Ok((day, Some(ground)))
}

/// The next day after today on which the class has lessons; today where there is none.
async fn next_school_day(conn: &mut Conn, proof: ReadDiary, page: &mut Page) -> anyhow::Result<NaiveDate> {
    let today = page.now.date();
    let Some(ground) = ground(conn, proof, page, today).await? else {
        return Ok(today);
    };
    let calendar = school::store::calendar(conn, ground.class).await?;
    let tomorrow = today.succ_opt().unwrap_or(today);
    let first = tomorrow
        .iter_days()
        .take_while(|it| *it <= ground.year.ends)
        .find(|it| calendar.is_school_day(*it));
    let Some(first) = first else { return Ok(tomorrow) };
    // A week from there holds a lesson, whichever weekdays the class has.
    let last = first.checked_add_days(Days::new(7)).unwrap_or(first);
    let entries = entries(conn, proof, &ground, (first, last)).await?;
    Ok(entries
        .iter()
        .find(|it| it.is_held())
        .map_or(first, |it| it.planned.key.date))
}

async fn day_or_next(
    conn: &mut Conn,
    proof: ReadDiary,
    page: &mut Page,
    date: Option<NaiveDate>,
) -> anyhow::Result<NaiveDate> {
    match date {
        Some(date) => Ok(date),
        None => next_school_day(conn, proof, page).await,
    }
}

/// A week with its lessons; a child in no class has an empty one.
async fn load_week(
    conn: &mut Conn,
    proof: ReadDiary,
    page: &mut Page,
    asked: NaiveDate,
) -> anyhow::Result<(Week, Option<Ground>)> {
    let Some(ground) = ground(conn, proof, page, asked).await? else {
        let (monday, saturday) = week_of(asked);
        let week = Week {
            monday,
            year: Span {
                starts: monday,
                ends: saturday,
            },
            entries: Vec::new(),
            holidays_end: None,
        };
        return Ok((week, None));
    };
    let (monday, saturday) = week_of(ground.date);
    let entries = entries(conn, proof, &ground, (monday, saturday)).await?;
    let holidays_end = school::store::calendar(conn, ground.class)
        .await?
        .holidays_end(ground.date);
    let week = Week {
        monday,
        year: ground.year,
        entries,
        holidays_end,
    };
    Ok((week, Some(ground)))
}

/// P6.
pub async fn week(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, school) = page(ctx, conn, actor, pupil).await?;
    let asked = date.unwrap_or(page.now.date());
    let (week, ground) = load_week(conn, proof, &mut page, asked).await?;
    // There is nothing to sign in a week without lessons.
    let signing = if ground.is_some() && !week.entries.is_empty() {
        signature::flow::signing(ctx, conn, actor, &page, (school.id, week.monday)).await?
    } else {
        None
    };
    Ok(screens::week::week(
        ctx.locale,
        &page,
        &week,
        signing.as_ref(),
        school.zone,
    ))
}

/// A month to choose a day from.
pub async fn month(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (pupil, date): (PersonId, NaiveDate),
) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let Some(ground) = ground(conn, proof, &mut page, date).await? else {
        return day(ctx, conn, actor, (pupil, Some(date))).await;
    };
    let first = ground.date.with_day(1).unwrap_or(ground.date);
    let last = first
        .checked_add_months(Months::new(1))
        .and_then(|it| it.pred_opt())
        .unwrap_or(first);
    let (from, to) = (first.max(ground.year.starts), last.min(ground.year.ends));
    let planned = timetable::store::class_days(conn, ground.class, from, to).await?;
    let month = Month {
        first,
        year: ground.year,
        school_days: planned.iter().map(|it| it.key.date).collect(),
    };
    Ok(screens::month::month(ctx.locale, &page, &month))
}

/// What is to be done for a day.
pub async fn homework(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = day_or_next(conn, proof, &mut page, date).await?;
    let (day, ground) = load_day(conn, proof, &mut page, asked).await?;
    let tasks = match ground {
        Some(ground) => store::tasks(conn, pupil, ground.class, (day.date, day.date)).await?,
        None => Vec::new(),
    };
    Ok(screens::tasks::day(ctx.locale, &page, &day, &tasks))
}

/// What is to be done in a week.
pub async fn homework_week(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = day_or_next(conn, proof, &mut page, date).await?;
    let (week, ground) = load_week(conn, proof, &mut page, asked).await?;
    let tasks = match ground {
        Some(ground) => store::tasks(conn, pupil, ground.class, week_of(week.monday)).await?,
        None => Vec::new(),
    };
    Ok(screens::tasks::week(ctx.locale, &page, &week, &tasks))
}

/// A day's timetable.
pub async fn timetable(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = day_or_next(conn, proof, &mut page, date).await?;
    let (day, ground) = load_day(conn, proof, &mut page, asked).await?;
    let teachers = match ground {
        Some(ground) => store::teachers(conn, ground.class, (day.date, day.date)).await?,
        None => BTreeMap::new(),
    };
    Ok(screens::timetable::day(ctx.locale, &page, &day, &teachers))
}

/// A week's timetable.
pub async fn timetable_week(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (pupil, date): Asked) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = day_or_next(conn, proof, &mut page, date).await?;
    let (week, _) = load_week(conn, proof, &mut page, asked).await?;
    Ok(screens::timetable::week(ctx.locale, &page, &week))
}

/// The bells of the child's own lessons in the week of the next school day: shifts and changes are in them already.
pub async fn bells(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let asked = next_school_day(conn, proof, &mut page).await?;
    let (week, _) = load_week(conn, proof, &mut page, asked).await?;
    let mut bells = BTreeMap::new();
    for planned in week.entries.iter().map(|it| &it.planned) {
        if let Some(bell) = planned.bell {
            bells.entry(planned.key.number).or_insert(bell);
        }
    }
    let bells: Vec<_> = bells
        .into_iter()
        .map(|(number, (from, to))| (number, from, to))
        .collect();
    Ok(screens::timetable::bells(ctx.locale, &page, &bells))
}

/// What the menu says of a child.
pub async fn outlook(ctx: &Ctx, conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<Outlook> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let date = page.now.date();
    let next = next_school_day(conn, proof, &mut page).await?;
    let (next, _) = load_day(conn, proof, &mut page, next).await?;
    let (today, _) = load_day(conn, proof, &mut page, date).await?;
    Ok(Outlook { page, today, next })
}
