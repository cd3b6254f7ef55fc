//! A family's way through the diary. Looking records nothing.

use chrono::NaiveDate;

use super::press::View;
use super::{Day, screens, store};
use crate::access::{self, Actor};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::PersonId;
use crate::words::{dates, refuse};
use crate::{people, school};

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    let children = children(conn, actor).await?;
    let (pupil, date) = match view {
        View::Day(pupil, date) => (pupil, date),
        View::Mine => match children.first() {
            Some((first, _)) => (*first, None),
            None => refuse!("access.no_section"),
        },
    };
    let Some(scope) = people::store::pupil_scope(conn, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    let proof = access::read_diary(actor, &scope)?;
    let Some(school) = school::store::school(conn, scope.school).await? else {
        refuse!("access.diary_not_yours")
    };
    let now = dates::local(ctx.now, school.zone);
    let day = day(conn, proof, date.unwrap_or(now.date())).await?;
    Ok(screens::day(ctx.locale, &day, now, &children))
}

/// The actor's own diary and those of their children, each with the name to stand on a button.
pub async fn children(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<(PersonId, String)>> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        if people::store::is_pupil(conn, identity.person).await?
            && let Some(me) = people::store::person(conn, identity.person).await?
        {
            found.push((me.id, me.name.name));
        }
        for child in people::store::children(conn, identity.person).await? {
            found.push((child.id, child.name.name));
        }
    }
    Ok(found)
}

async fn day(conn: &mut Conn, proof: access::ReadDiary, date: NaiveDate) -> anyhow::Result<Day> {
    let pupil = proof.pupil();
    let name = people::store::person(conn, pupil)
        .await?
        .map(|it| it.name.name)
        .unwrap_or_default();
    let mut day = Day {
        pupil,
        name,
        class: String::new(),
        date,
        entries: Vec::new(),
        holidays_end: None,
    };
    if let Some((class, grade, letter)) = school::store::class_of(conn, pupil, date).await? {
        day.class = school::class_name(grade, &letter);
        day.entries = store::entries(conn, pupil, class, date).await?;
        day.holidays_end = school::store::calendar(conn, class).await?.holidays_end(date);
    }
    Ok(day)
}
