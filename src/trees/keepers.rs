//! The tree of those who answer for the school: people, locks and who did what. Heads and the director look.

use super::menu::Section;
use crate::access::{Actor, Role};
use crate::chat::{Button, Ctx};
use crate::people::lock;
use crate::people::passes::press::View;
use crate::words::plain;
use crate::{announcements, surveys, trail, workbook};

/// What they find in the menu.
pub fn section(ctx: &Ctx, actor: &Actor) -> Section {
    let mut section = Section::default();
    let overseers = [Role::Administrator, Role::Director, Role::Head];
    let mut duties = actor.identities.iter().flat_map(|it| &it.duties);
    if duties.any(|it| overseers.contains(&it.role)) {
        let label = plain!(ctx.locale, "menu.people");
        section.rows.push(vec![Button::new(label, &View::People)]);
        let label = plain!(ctx.locale, "announcements.button.announcement");
        let home = announcements::press::View::Home;
        section.rows.push(vec![Button::new(label, &home)]);
    }
    for school in workbook::flow::schools(actor).take(1) {
        let label = plain!(ctx.locale, "workbook.button.menu");
        let home = workbook::press::View::Home(school);
        section.rows.push(vec![Button::new(label, &home)]);
    }
    if !surveys::views::overseen(actor).is_empty() {
        let label = plain!(ctx.locale, "menu.survey");
        section.rows.push(vec![Button::new(label, &surveys::press::View::All)]);
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
    section
}
