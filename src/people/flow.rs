//! What stands before the door and right behind it: the welcome, the greeting, settings and help.

use super::press::View;
use super::{entry, lock};
use super::{screens, store};
use crate::access::Actor;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::PersonId;

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Welcome => Ok(screens::welcome(ctx.locale)),
        View::WhereFrom => Ok(screens::where_from(ctx.locale)),
        // A stranger sees one screen, whatever was typed or pressed.
        View::Settings if actor.identities.is_empty() => Ok(screens::welcome(ctx.locale)),
        View::Settings => {
            let mut children = Vec::new();
            for identity in &actor.identities {
                children.extend(entry::store::children(conn, identity.person).await?);
            }
            let staff = actor.identities.iter().filter(|it| it.is_staff);
            let staff: Vec<_> = staff.map(|it| it.person).collect();
            let standing = lock::standing(actor, ctx.now);
            let mut hears_of = children.iter().find(|it| it.given_at.is_some()).map(|it| it.id);
            if hears_of.is_none() {
                hears_of = pupil(conn, actor).await?;
            }
            Ok(screens::settings(ctx.locale, standing, &children, (hears_of, &staff)))
        }
        View::Help => Ok(screens::help(ctx.locale, actor.identities.is_empty())),
        View::Entered(id) => {
            // The button under somebody else's greeting opens nothing.
            if !actor.identities.iter().any(|it| it.person == id) {
                return Ok(screens::welcome(ctx.locale));
            }
            let Some(person) = store::person(conn, id).await? else {
                return Ok(screens::welcome(ctx.locale));
            };
            if store::is_pupil(conn, id).await? {
                return Ok(screens::entered_pupil(ctx.locale, &person));
            }
            let children = entry::store::children(conn, id).await?;
            let work = store::work(conn, id).await?;
            let greeting = screens::entered(ctx.locale, &person, &children, &work);
            lock::flow::greet(ctx, conn, actor, greeting).await
        }
    }
}

/// Themself, of somebody who is a pupil.
async fn pupil(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Option<PersonId>> {
    for identity in &actor.identities {
        if store::is_pupil(conn, identity.person).await? {
            return Ok(Some(identity.person));
        }
    }
    Ok(None)
}
