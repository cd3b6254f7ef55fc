//! The staff's tree: lessons of the day.

use super::menu::Section;
use crate::access::Actor;
use crate::chat::{Button, Ctx};
use crate::db::Conn;
use crate::lessons::screens::day::{Row, State};
use crate::timetable::Standing;
use crate::words::{count, dates, html, plain};
use crate::{control, lessons, people, progress, school, timetable};

/// What a member of staff finds in the menu.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut section = Section::default();
    for identity in &actor.identities {
        if !people::store::teaches(conn, identity.person).await? {
            continue;
        }
        let Some(school) = school::store::school(conn, identity.school).await? else {
            continue;
        };
        let now = dates::local(ctx.now, school.zone);
        let planned = timetable::store::teacher_day(conn, identity.person, now.date()).await?;
        let filled = lessons::store::filled(conn, identity.person, now.date()).await?;
        let rows: Vec<Row> = planned
            .into_iter()
            .filter(|it| it.standing == Standing::Held)
            .map(|it| Row::of(it, &filled, identity.person, now))
            .collect();
        let full = rows.iter().filter(|row| row.state == State::Full).count();
        section.lines.push(if rows.is_empty() {
            html!(ctx.locale, "menu.no_lessons")
        } else {
            let lessons = count(
                ctx.locale,
                "count.lessons",
                i64::try_from(rows.len()).unwrap_or(i64::MAX),
            );
            html!(ctx.locale, "menu.lessons", lessons = lessons, full = full)
        });
        if section.rows.is_empty() {
            section.rows.push(vec![Button::new(
                plain!(ctx.locale, "menu.my_lessons"),
                &lessons::press::View::Day(None),
            )]);
            let n = control::flow::n_own(ctx, conn, actor).await?;
            section.rows.push(vec![control::screens::way(ctx.locale, n)]);
            section.rows.push(vec![Button::new(
                plain!(ctx.locale, "menu.classes_charts"),
                &progress::press::View::Home,
            )]);
        }
    }
    Ok(section)
}

/// Whether the actor teaches anything or takes somebody's place.
pub async fn teaches(conn: &mut Conn, actor: &Actor) -> anyhow::Result<bool> {
    for identity in &actor.identities {
        if people::store::teaches(conn, identity.person).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
