//! Who sees what of a class and of a grade. Looking records nothing, and each picture asks for its right.

use chrono::NaiveDate;

use super::press::{Period, View, What};
use super::screens::{self, Series};
use super::{by_month, by_subject, store};
use crate::access::{self, Actor};
use crate::charts::Tone;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::{ClassId, SchoolId};
use crate::people::passes::{self, Class};
use crate::school::{self, Stretch};
use crate::words::{dates, refuse};

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Home => home(ctx, conn, actor).await,
        View::Class(class, what, period, tone) => draw_class(ctx, conn, actor, class, (what, period, tone)).await,
        View::Grade(school, grade, period, tone) => grade_page(ctx, conn, actor, (school, grade), (period, tone)).await,
    }
}

/// The classes that somebody teaches or is the tutor of.
pub async fn classes(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Class>> {
    let mut found: Vec<Class> = Vec::new();
    for identity in &actor.identities {
        let mut here = passes::store::tutored(conn, identity.person).await?;
        here.extend(store::classes_taught(conn, identity.person).await?);
        for class in here {
            if !found.iter().any(|it| it.id == class.id) {
                found.push(class);
            }
        }
    }
    Ok(found)
}

async fn home(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let classes = classes(conn, actor).await?;
    let mut grades: Vec<(SchoolId, i64)> = Vec::new();
    for proof in access::oversee(actor).unwrap_or_default() {
        for grade in store::grades(conn, proof).await? {
            grades.push((proof.school(), grade));
        }
    }
    grades.sort_unstable();
    grades.dedup();
    if classes.is_empty() && grades.is_empty() {
        refuse!("access.no_section")
    }
    Ok(screens::home(ctx.locale, &classes, &grades))
}

/// What of its year is looked at in a class.
async fn stretch(conn: &mut Conn, class: ClassId, period: Period, today: NaiveDate) -> anyhow::Result<Option<Stretch>> {
    let Some(year) = school::store::year_of(conn, class).await? else {
        return Ok(None);
    };
    let terms = school::store::terms(conn, class).await?;
    let day = match period {
        Period::Of(day) => day,
        Period::Now | Period::Year => today,
    };
    let day = day.max(year.starts).min(year.ends);
    Ok(Stretch::of(period, (&terms, year), day, today))
}

async fn draw_class(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    class: ClassId,
    (what, period, tone): (What, Period, Tone),
) -> anyhow::Result<Screen> {
    let Some((class, scope)) = passes::store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    let teachers = store::teachers(conn, class.id).await?;
    let proof = access::read_progress(actor, &scope, &teachers)?;
    let zone = school::store::zone(conn, scope.school).await?;
    let today = dates::local(ctx.now, zone).date();
    let Some(stretch) = stretch(conn, class.id, period, today).await? else {
        refuse!("progress.no_terms")
    };
    let days = (stretch.span.starts, stretch.span.ends);
    let series = match what {
        What::Absences => {
            let days = store::signs_of_class(conn, class.id, proof.teacher(), days).await?;
            Series::Absences(by_month(&days))
        }
        What::Marks | What::Lessons => {
            let mut taught = store::taught(conn, class.id, days).await?;
            taught.retain(|it| proof.teacher().is_none_or(|teacher| it.teacher == teacher));
            let subjects = by_subject(&taught);
            if what == What::Marks {
                Series::Marks(subjects)
            } else {
                Series::Lessons(subjects)
            }
        }
    };
    let is_whole = proof.teacher().is_none();
    Ok(screens::class(
        ctx.locale,
        (&class, is_whole),
        (&series, &stretch),
        (period, tone),
    ))
}

async fn grade_page(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (school, grade): (SchoolId, i64),
    (period, tone): (Period, Tone),
) -> anyhow::Result<Screen> {
    let holds = |it: &access::Oversee| it.school() == school && (it.grades().0..=it.grades().1).contains(&grade);
    if !access::oversee(actor)?.iter().any(holds) {
        refuse!("access.people_not_yours")
    }
    let zone = school::store::zone(conn, school).await?;
    let today = dates::local(ctx.now, zone).date();
    let classes = passes::store::classes_between(conn, school, (grade, grade)).await?;
    let Some(first) = classes.first() else {
        refuse!("progress.no_terms")
    };
    let Some(stretch) = stretch(conn, first.id, period, today).await? else {
        refuse!("progress.no_terms")
    };
    let days = (stretch.span.starts, stretch.span.ends);
    let tallies = store::of_classes(conn, &classes, days).await?;
    Ok(screens::grade(
        ctx.locale,
        (school, grade),
        (&tallies, &stretch),
        (period, tone),
    ))
}
