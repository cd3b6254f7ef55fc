//! The tree of those who answer for others: access, locks and who did what. Heads and the director look.

use super::menu::Section;
use crate::access::{Actor, Role};
use crate::chat::{Button, Ctx};
use crate::db::Conn;
use crate::people::lock;
use crate::people::passes::{press::View, store};
use crate::words::plain;
use crate::{trail, workbook};

/// What they find in the menu.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut section = Section::default();
    for identity in &actor.identities {
        for class in store::tutored(conn, identity.person).await? {
            let label = plain!(ctx.locale, "menu.access", class = class.name);
            section.rows.push(vec![Button::new(label, &View::Class(class.id))]);
        }
    }
    let overseers = [Role::Administrator, Role::Director, Role::Head];
    let mut duties = actor.identities.iter().flat_map(|it| &it.duties);
    if duties.any(|it| overseers.contains(&it.role)) {
        let label = plain!(ctx.locale, "menu.people");
        section.rows.push(vec![Button::new(label, &View::People)]);
    }
    for school in workbook::flow::schools(actor).take(1) {
        let label = plain!(ctx.locale, "workbook.button.menu");
        let home = workbook::press::View::Home(school);
        section.rows.push(vec![Button::new(label, &home)]);
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
