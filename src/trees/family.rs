//! The family's tree: the diary of one's children, or one's own.

use super::menu::Section;
use crate::access::Actor;
use crate::chat::{Button, Ctx, limits};
use crate::db::Conn;
use crate::words::names::shorten;
use crate::words::{html, plain};
use crate::{diary, people};

/// What a parent or a pupil finds in the menu.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut section = diaries(ctx, conn, actor).await?;
    let mut waiting = Vec::new();
    for identity in &actor.identities {
        waiting.extend(people::entry::store::children(conn, identity.person).await?);
    }
    waiting.retain(|it| it.given_at.is_none());
    if !waiting.is_empty() {
        let names: Vec<&str> = waiting.iter().map(|it| it.name.as_str()).collect();
        let line = html!(ctx.locale, "menu.consent", children = names.join(", "));
        section.lines.push(line);
        let buttons = waiting
            .iter()
            .map(|it| vec![people::screens::consent_button(ctx.locale, it)]);
        section.rows.extend(buttons);
    }
    Ok(section)
}

async fn diaries(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let children = diary::flow::children(conn, actor).await?;
    let mut section = Section::default();
    if children.is_empty() {
        return Ok(section);
    }
    let names: Vec<&str> = children.iter().map(|(_, name)| name.as_str()).collect();
    section
        .lines
        .push(html!(ctx.locale, "menu.children", children = names.join(", ")));
    if let [(only, _)] = children.as_slice() {
        let label = plain!(ctx.locale, "menu.diary");
        section
            .rows
            .push(vec![Button::new(label, &diary::press::View::Day(*only, None))]);
        return Ok(section);
    }
    for (id, name) in &children {
        let label = shorten(
            &plain!(ctx.locale, "menu.diary_of", child = name),
            limits::label_width(1),
        );
        section
            .rows
            .push(vec![Button::new(label, &diary::press::View::Day(*id, None))]);
    }
    Ok(section)
}
