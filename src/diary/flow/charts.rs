//! Charts: what is looked at is loaded as for the words, and drawn when the screen is shown.

use std::collections::BTreeSet;

use super::marks::load;
use super::{ground, page};
use crate::access::Actor;
use crate::charts::Tone;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::diary::press::Period;
use crate::diary::screens::charts::{self, Absences};
use crate::ids::{PersonId, SubjectId};
use crate::progress;
use crate::school::{self, Stretch};

/// P8 with its picture.
pub async fn course(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (subject, period, tone): (SubjectId, Period, Tone),
) -> anyhow::Result<Screen> {
    let (mut page, proof, school) = page(ctx, conn, actor, pupil).await?;
    let mut marks = load(conn, proof, &mut page, period).await?;
    marks.given.retain(|it| it.subject == subject);
    let title = match marks.given.first() {
        Some(it) => it.title.clone(),
        None => school::store::subject(conn, school.id, subject)
            .await?
            .unwrap_or_default(),
    };
    Ok(charts::course(ctx.locale, &page, &marks, (subject, &title), tone))
}

/// All subjects against the class.
pub async fn standings(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (period, tone): (Period, Tone),
) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let pupil = proof.pupil();
    let Some((ground, stretch)) = stretch(conn, proof, &mut page, period).await? else {
        return Ok(charts::standings(ctx.locale, &page, None, (period, tone)));
    };
    let days = (stretch.span.starts, stretch.span.ends);
    let taught = progress::store::taught(conn, ground.class, days).await?;
    let class = school::store::pupils_of_class(conn, ground.class, ground.date).await?;
    let class: Vec<PersonId> = class.into_iter().map(|it| it.id).collect();
    let found = progress::standings(&taught, pupil, &class);
    Ok(charts::standings(
        ctx.locale,
        &page,
        Some((&found, &stretch)),
        (period, tone),
    ))
}

/// Absences as a calendar.
pub async fn absences(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (period, tone): (Period, Tone),
) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let pupil = proof.pupil();
    let Some((ground, stretch)) = stretch(conn, proof, &mut page, period).await? else {
        return Ok(charts::absences(ctx.locale, &page, None, (period, tone)));
    };
    let days = (stretch.span.starts, stretch.span.ends);
    let absences = Absences {
        signs: progress::store::signs_of_pupil(conn, pupil, ground.class, days).await?,
        taken: BTreeSet::from_iter(progress::store::taken_days(conn, ground.class, days).await?),
        stretch,
    };
    Ok(charts::absences(ctx.locale, &page, Some(&absences), (period, tone)))
}

/// The class and the days that are looked at; `None` for a child in no class.
async fn stretch(
    conn: &mut Conn,
    proof: crate::access::ReadDiary,
    page: &mut crate::diary::Page,
    period: Period,
) -> anyhow::Result<Option<(super::Ground, Stretch)>> {
    let today = page.now.date();
    let asked = match period {
        Period::Now | Period::Year => today,
        Period::Of(day) => day,
    };
    let Some(ground) = ground(conn, proof, page, asked).await? else {
        return Ok(None);
    };
    let terms = school::store::terms(conn, ground.class).await?;
    let stretch = Stretch::of(period, (&terms, ground.year), ground.date, today);
    Ok(stretch.map(|it| (ground, it)))
}
