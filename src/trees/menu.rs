//! M0: one menu for all that a person is, a section for each role.

use super::{family, keepers, staff};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Screen};
use crate::db::Conn;
use crate::people;
use crate::school;
use crate::words::{dates, html, plain};

/// What a role adds to the menu.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Lines of the text.
    pub lines: Vec<String>,
    /// Rows of buttons.
    pub rows: Vec<Vec<Button>>,
}

/// M0.
pub async fn menu(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let mut heading = String::new();
    if let Some(identity) = actor.identities.first()
        && let Some(school) = school::store::school(conn, identity.school).await?
    {
        let today = dates::local(ctx.now, school.zone).date();
        heading = html!(
            ctx.locale,
            "menu.heading",
            day = dates::day(ctx.locale, today, today),
            school = school.name
        );
    }
    let mut screen = Screen::new(heading);
    for section in [
        staff::section(ctx, conn, actor).await?,
        family::section(ctx, conn, actor).await?,
        keepers::section(ctx, conn, actor).await?,
    ] {
        for line in section.lines {
            screen.line(&line);
        }
        screen = section.rows.into_iter().fold(screen, Screen::row);
    }
    if screen.rows.is_empty() {
        screen.line(&html!(ctx.locale, "menu.nothing"));
    }
    Ok(screen.row([
        Button::new(plain!(ctx.locale, "menu.settings"), &people::press::View::Settings),
        Button::new(plain!(ctx.locale, "menu.help"), &people::press::View::Help),
    ]))
}
