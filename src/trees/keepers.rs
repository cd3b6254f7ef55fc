//! The tree of those who answer for the school: people, locks and who did what. Heads and the director look.

use super::menu::Section;
use crate::access::{Actor, Role};
use crate::chat::{Button, Ctx, limits};
use crate::control;
use crate::db::Conn;
use crate::diary::{self, signature};
use crate::ids::SchoolId;
use crate::messages::{letters, rules, threads};
use crate::people::lock;
use crate::people::passes::press::View;
use crate::words::names::shorten;
use crate::words::plain;
use crate::{announcements, progress, school, surveys, trail, workbook};

/// What they find in the menu.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut section = Section::default();
    let overseers = [Role::Administrator, Role::Director, Role::Head];
    let mut duties = actor.identities.iter().flat_map(|it| &it.duties);
    if duties.any(|it| overseers.contains(&it.role)) {
        let label = plain!(ctx.locale, "menu.people");
        section.rows.push(vec![Button::new(label, &View::People)]);
        let schools = super::asked::overseen(conn, actor).await?;
        for school in &schools {
            let mut label = plain!(ctx.locale, "control.button.school");
            // Of several schools each has its own, by name.
            if schools.len() > 1 {
                label = shorten(&format!("{label} · {}", school.name), limits::label_width(1));
            }
            let classes = control::press::View::School(school.id, 0);
            section.rows.push(vec![Button::new(label, &classes)]);
        }
        let label = plain!(ctx.locale, "announcements.button.announcement");
        let home = announcements::press::View::Home;
        section.rows.push(vec![Button::new(label, &home)]);
        // Whoever teaches has it above.
        if !super::staff::teaches(conn, actor).await? {
            let label = plain!(ctx.locale, "menu.classes_charts");
            section
                .rows
                .push(vec![Button::new(label, &progress::press::View::Home)]);
        }
    }
    let mut schools: Vec<SchoolId> = workbook::flow::schools(actor).collect();
    schools.sort_unstable();
    schools.dedup();
    for id in &schools {
        let mut label = plain!(ctx.locale, "workbook.button.menu");
        // Of several schools each has its own, by name.
        if schools.len() > 1
            && let Some(school) = school::store::school(conn, *id).await?
        {
            label = shorten(&format!("{label} · {}", school.name), limits::label_width(1));
        }
        let home = workbook::press::View::Home(*id);
        section.rows.push(vec![Button::new(label, &home)]);
    }
    if !surveys::views::overseen(actor).is_empty() {
        let label = plain!(ctx.locale, "menu.survey");
        section.rows.push(vec![Button::new(label, &surveys::press::View::All)]);
    }
    let waiting = letters::review::flow::n_waiting(conn, actor).await?;
    if waiting > 0 {
        let label = plain!(ctx.locale, "menu.held_letters", n = waiting);
        section
            .rows
            .push(vec![Button::new(label, &letters::press::View::Waiting)]);
    }
    let shown = threads::shown::flow::n_shown(conn, actor).await?;
    if shown > 0 {
        let label = plain!(ctx.locale, "menu.shown_threads", n = shown);
        let list = threads::press::View::ShownList(0);
        section.rows.push(vec![Button::new(label, &list)]);
    }
    for (school, name) in each(conn, rules::flow::schools(actor)).await? {
        let way = rules::screens::way(ctx.locale, school, name.as_deref());
        section.rows.push(vec![way]);
    }
    for (school, name) in each(conn, signature::flow::schools(actor)).await? {
        let label = plain!(ctx.locale, "diary.signature.button.class");
        let switch = diary::press::View::SignatureSwitch(school);
        let label = rules::screens::of_several(&label, name.as_deref());
        section.rows.push(vec![Button::new(label, &switch)]);
    }
    for (school, name) in each(conn, letters::shared::flow::schools(actor)).await? {
        let way = letters::shared::screens::way(ctx.locale, school, name.as_deref());
        section.rows.push(vec![way]);
    }
    let mut row = Vec::new();
    if let Some(school) = lock::flow::kept_school(actor) {
        let locks = lock::press::View::Locks(school, 0);
        row.push(Button::new(plain!(ctx.locale, "menu.locks"), &locks));
    }
    if let Some(school) = trail::flow::read_school(actor) {
        let day = trail::press::View::Day(school, trail::press::Whose::All, None, 0);
        row.push(Button::new(plain!(ctx.locale, "menu.trail"), &day));
    }
    section.rows.push(row);
    Ok(section)
}

/// Each of several schools with its name; one needs none.
async fn each(
    conn: &mut Conn,
    schools: impl Iterator<Item = SchoolId>,
) -> anyhow::Result<Vec<(SchoolId, Option<String>)>> {
    let mut schools: Vec<SchoolId> = schools.collect();
    schools.sort_unstable();
    schools.dedup();
    let mut named = Vec::new();
    for id in &schools {
        let name = if schools.len() > 1 {
            school::store::school(conn, *id).await?.map(|it| it.name)
        } else {
            None
        };
        named.push((*id, name));
    }
    Ok(named)
}
