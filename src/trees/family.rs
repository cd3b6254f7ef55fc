//! The family's tree: the pages of one child, who is chosen by the first row.

use super::menu::Section;
use crate::access::Actor;
use crate::charts::Tone;
use crate::chat::{Button, Ctx, Door, Screen};
use crate::db::Conn;
use crate::diary::press::{Period, View};
use crate::diary::{Child, flow, screens};
use crate::ids::PersonId;
use crate::words::{html, plain};
use crate::{absences, announcements, people};

/// What a parent or a pupil finds in the menu: what is new of the chosen child, and the child's pages.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor, chosen: Option<PersonId>) -> anyhow::Result<Section> {
    let children = flow::children(ctx, conn, actor).await?;
    let mut section = Section::default();
    let Some(child) = chosen_of(&children, chosen) else {
        return Ok(section);
    };
    let outlook = flow::outlook(ctx, conn, actor, child).await?;
    section.heading = Some(screens::outlook::heading(ctx.locale, &outlook));
    let rows = screens::children(Screen::default(), child, &children, Door::Child).rows;
    section.rows.extend(rows);
    section.rows.extend(pages(ctx, child));
    // A pupil's own absence is told by the family.
    if !actor.identities.iter().any(|me| me.person == child) {
        let tell = absences::press::View::When(child);
        let label = plain!(ctx.locale, "absences.button.tell");
        section.rows.push(vec![Button::new(label, &tell)]);
    }
    let told = announcements::press::View::Mine(0);
    let label = plain!(ctx.locale, "announcements.button.told");
    section.rows.push(vec![Button::new(label, &told)]);
    Ok(section)
}

/// One line and one wide button, where the menu is another role's first.
pub async fn door(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let children = flow::children(ctx, conn, actor).await?;
    let mut section = Section::default();
    let Some(first) = children.first() else {
        return Ok(section);
    };
    for child in &children {
        let outlook = flow::outlook(ctx, conn, actor, child.id).await?;
        section.lines.push(screens::outlook::line(ctx.locale, &outlook));
    }
    let is_own = children
        .iter()
        .any(|it| actor.identities.iter().any(|me| me.person == it.id));
    let label = if is_own {
        plain!(ctx.locale, "menu.diary")
    } else {
        plain!(ctx.locale, "menu.my_children")
    };
    section.rows.push(vec![Button::door(label, Door::Child(first.id))]);
    Ok(section)
}

/// Children whose diary waits for consent: it is given or refused from here.
pub async fn consents(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut waiting = Vec::new();
    for identity in &actor.identities {
        waiting.extend(people::entry::store::children(conn, identity.person).await?);
    }
    waiting.retain(|it| it.given_at.is_none());
    let mut section = Section::default();
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

/// The section on a page of its own, for those whose menu has only its door.
pub async fn page(ctx: &Ctx, conn: &mut Conn, actor: &Actor, chosen: PersonId) -> anyhow::Result<Screen> {
    let section = section(ctx, conn, actor, Some(chosen)).await?;
    let mut screen = Screen::new(section.heading.unwrap_or_else(|| html!(ctx.locale, "menu.nothing")));
    screen = section.rows.into_iter().fold(screen, Screen::row);
    Ok(screen.row([Button::door(plain!(ctx.locale, "nav.menu"), Door::Menu)]))
}

/// The child that was chosen; the first where that one isn't the reader's any more.
fn chosen_of(children: &[Child], chosen: Option<PersonId>) -> Option<PersonId> {
    let known = children.iter().find(|it| Some(it.id) == chosen);
    known.or_else(|| children.first()).map(|it| it.id)
}

fn pages(ctx: &Ctx, child: PersonId) -> Vec<Vec<Button>> {
    let button = |label: String, view: View| Button::new(label, &view);
    vec![
        vec![
            button(plain!(ctx.locale, "menu.diary"), View::Day(child, None)),
            button(plain!(ctx.locale, "menu.marks"), View::Marks(child, Period::Now)),
        ],
        vec![
            button(plain!(ctx.locale, "menu.homework"), View::Homework(child, None)),
            button(plain!(ctx.locale, "menu.timetable"), View::Timetable(child, None)),
        ],
        vec![button(
            plain!(ctx.locale, "menu.charts"),
            View::Standings(child, Period::Now, Tone::Light),
        )],
    ]
}
