//! M0: one menu for all that a person is, a section for each role.

use super::{family, keepers, staff, tutor};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Screen};
use crate::db::Conn;
use crate::ids::PersonId;
use crate::messages::threads;
use crate::people;
use crate::school;
use crate::words::{dates, html, plain};

/// What a role adds to the menu.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The text's first line, where it is this role's.
    pub heading: Option<String>,
    /// Lines of the text.
    pub lines: Vec<String>,
    /// Rows of buttons.
    pub rows: Vec<Vec<Button>>,
}

/// M0, with a child chosen by a press or without.
pub async fn menu(ctx: &Ctx, conn: &mut Conn, actor: &Actor, chosen: Option<PersonId>) -> anyhow::Result<Screen> {
    let staff = staff::section(ctx, conn, actor).await?;
    // The first role has its rows here; each other one a wide button.
    let family = match chosen {
        Some(chosen) if !staff.rows.is_empty() => return family::page(ctx, conn, actor, chosen).await,
        None if !staff.rows.is_empty() => family::door(ctx, conn, actor).await?,
        _ => family::section(ctx, conn, actor, chosen).await?,
    };
    let tutor = tutor::section(ctx, conn, actor).await?;
    let keepers = keepers::section(ctx, conn, actor).await?;
    let consents = family::consents(ctx, conn, actor).await?;
    let messages = messages(ctx, conn, actor).await?;
    draw(ctx, conn, actor, [staff, tutor, family, messages, keepers, consents]).await
}

/// Where the talks stand among the sections.
const MESSAGES: usize = 3;

/// Everybody's talks, with how much isn't read.
async fn messages(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let unread = threads::flow::unread(ctx, conn, actor).await?;
    let label = if unread > 0 {
        plain!(ctx.locale, "menu.messages_unread", n = unread)
    } else {
        plain!(ctx.locale, "menu.messages")
    };
    let mut section = Section::default();
    section
        .rows
        .push(vec![Button::new(label, &threads::press::View::List(0))]);
    Ok(section)
}

async fn draw(ctx: &Ctx, conn: &mut Conn, actor: &Actor, sections: [Section; 6]) -> anyhow::Result<Screen> {
    let mut heading = String::new();
    if let Some(own) = sections.iter().find_map(|it| it.heading.clone()) {
        heading = own;
    } else if let Some(identity) = actor.identities.first()
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
    // Talks are everybody's.
    let nothing = sections
        .iter()
        .enumerate()
        .all(|(idx, it)| idx == MESSAGES || it.rows.iter().all(Vec::is_empty));
    for section in sections {
        for line in section.lines {
            screen.line(&line);
        }
        screen = section.rows.into_iter().fold(screen, Screen::row);
    }
    if nothing {
        screen.line(&html!(ctx.locale, "menu.nothing"));
    }
    Ok(screen.row([
        Button::new(plain!(ctx.locale, "menu.settings"), &people::press::View::Settings),
        Button::new(plain!(ctx.locale, "menu.help"), &people::press::View::Help),
    ]))
}
