//! What is shown of announcements: each view asks for its own right.

use super::{may, own, reader};
use crate::access::{self, Actor};
use crate::announcements::press::View;
use crate::announcements::{Announcement, Draft, Open, State, office_code, screens, store};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::SchoolId;
use crate::people::passes;
use crate::people::reach::{self, Audience, Place, Reach, Tie};
use crate::school;
use crate::words::refuse;

/// Where an actor may speak: their own classes, and the grades they oversee.
pub async fn places(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<screens::Choice>> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        for class in passes::store::tutored(conn, identity.person).await? {
            let choice = screens::Choice::Class(class.id, class.name);
            if !found.contains(&choice) {
                found.push(choice);
            }
        }
    }
    for oversee in access::oversee(actor).unwrap_or_default() {
        let (school, (from, to)) = (oversee.school(), oversee.grades());
        let classes = passes::store::classes_between(conn, school, (from, to)).await?;
        if classes.is_empty() {
            continue;
        }
        if oversee.staff() {
            found.push(screens::Choice::School(school));
            found.push(screens::Choice::Staff(school));
        } else {
            found.push(screens::Choice::Stage(school, from, to));
        }
        found.push(screens::Choice::Classes(school));
    }
    found.dedup();
    Ok(found)
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::Home => {
            let places = places(conn, actor).await?;
            if places.is_empty() {
                refuse!("access.no_section")
            }
            let draft = match open {
                Some(Open::Draft(draft)) => draft.text.as_deref(),
                _ => None,
            };
            // With one class there is nothing to choose.
            if let ([screens::Choice::Class(class, _)], None) = (places.as_slice(), draft) {
                return of(ctx, conn, actor, (Place::Class(*class), true)).await;
            }
            Ok(screens::home(ctx.locale, &places, draft))
        }
        View::Classes(school, page) => classes(ctx, conn, actor, school, page).await,
        View::Of(place) => of(ctx, conn, actor, (place, false)).await,
        View::Groups(class) => {
            let (_, _, title) = may(conn, actor, Audience::Families(Place::Class(class))).await?;
            let groups = reach::store::groups(conn, class).await?;
            Ok(screens::groups(ctx.locale, (class, &title), &groups))
        }
        View::Write => match open {
            Some(Open::Draft(draft)) => {
                let (_, _, title) = may(conn, actor, draft.audience).await?;
                let whom = screens::whom(ctx.locale, draft.audience, &title);
                Ok(screens::write(ctx.locale, &whom, draft.text.is_some(), &draft.files))
            }
            Some(Open::Correction(id)) => {
                let (found, _) = own(conn, actor, *id).await?;
                Ok(screens::correction(ctx.locale, &found))
            }
            None => Box::pin(self::view(ctx, conn, actor, None, View::Home)).await,
        },
        View::Preview => match open {
            Some(Open::Draft(draft)) if draft.text.is_some() => preview(ctx, conn, actor, draft).await,
            _ => Box::pin(self::view(ctx, conn, actor, open, View::Write)).await,
        },
        View::When => {
            let Some(Open::Draft(draft)) = open else {
                return Box::pin(self::view(ctx, conn, actor, open, View::Home)).await;
            };
            let (_, school, _) = may(conn, actor, draft.audience).await?;
            let zone = school::store::zone(conn, school).await?;
            Ok(screens::when(ctx.locale, ctx.now, zone))
        }
        View::Sent(page) => {
            let mut found = Vec::new();
            let at = (i64::from(page) * screens::PAGE, screens::PAGE);
            for identity in &actor.identities {
                found.extend(store::sent(conn, identity.person, at).await?);
            }
            let zone = zone_of(conn, actor).await?;
            Ok(screens::sent(ctx.locale, &found, page, zone))
        }
        View::One(id) => {
            let (found, title) = own(conn, actor, id).await?;
            let counts = store::counts(conn, id).await?;
            let zone = school::store::zone(conn, found.school).await?;
            let whom = screens::whom(ctx.locale, found.audience, &title);
            Ok(screens::one(ctx.locale, (&found, &whom), &counts, (ctx.now, zone)))
        }
        View::Readers(id, page) => {
            let (found, _) = own(conn, actor, id).await?;
            let at = (i64::from(page) * screens::READERS, screens::READERS);
            let readers = store::readers(conn, id, at).await?;
            let zone = school::store::zone(conn, found.school).await?;
            Ok(screens::readers(ctx.locale, &found, (&readers, page), zone))
        }
        View::AskRecall(id) => {
            let (found, _) = own(conn, actor, id).await?;
            let counts = store::counts(conn, id).await?;
            Ok(screens::ask_recall(ctx.locale, &found, &counts))
        }
        View::Mine(page) => {
            let mut found = Vec::new();
            let at = (i64::from(page) * screens::PAGE, screens::PAGE);
            for identity in &actor.identities {
                found.extend(store::told(conn, identity.person, at).await?);
            }
            let zone = zone_of(conn, actor).await?;
            Ok(screens::mine(ctx.locale, &found, page, zone))
        }
        View::Copy(id) => {
            let (Some((_, copies)), Some(found)) =
                (reader(conn, actor, id).await?, store::announcement(conn, id).await?)
            else {
                refuse!("access.no_section")
            };
            let zone = school::store::zone(conn, found.school).await?;
            let read_at = copies.iter().find_map(|it| it.read_at);
            Ok(screens::copy(ctx.locale, &found, read_at, zone))
        }
    }
}

/// The zone of the first school; the lists of several schools are read in it.
async fn zone_of(conn: &mut Conn, actor: &Actor) -> anyhow::Result<chrono_tz::Tz> {
    match actor.identities.first() {
        Some(identity) => school::store::zone(conn, identity.school).await,
        None => refuse!("access.no_section"),
    }
}

async fn classes(ctx: &Ctx, conn: &mut Conn, actor: &Actor, school: SchoolId, page: u8) -> anyhow::Result<Screen> {
    let mut found: Vec<passes::Class> = Vec::new();
    for oversee in access::oversee(actor)?.into_iter().filter(|it| it.school() == school) {
        for class in passes::store::classes_between(conn, school, oversee.grades()).await? {
            if !found.iter().any(|it| it.id == class.id) {
                found.push(class);
            }
        }
    }
    if found.is_empty() {
        refuse!("access.no_section")
    }
    Ok(screens::classes(ctx.locale, school, (&found, page)))
}

/// Whom of a place one means, each with how many people that is.
async fn of(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (place, only): (Place, bool)) -> anyhow::Result<Screen> {
    let (_, _, title) = may(conn, actor, Audience::Families(place)).await?;
    let ties = reach::store::ties(conn, Audience::Families(place)).await?;
    let n_of =
        |meant: &dyn Fn(&Tie) -> bool| Reach::of(ties.iter().filter(|it| meant(it)).cloned().collect()).n_people();
    let counted = [
        (Audience::Parents(place), n_of(&|it| it.about.id != it.person.id)),
        (Audience::Pupils(place), n_of(&|it| it.about.id == it.person.id)),
        (Audience::Families(place), n_of(&|_| true)),
    ];
    let groups = match place {
        Place::Class(class) if !reach::store::groups(conn, class).await?.is_empty() => Some(class),
        _ => None,
    };
    Ok(screens::of(ctx.locale, &title, &counted, (groups, only)))
}

async fn preview(ctx: &Ctx, conn: &mut Conn, actor: &Actor, draft: &Draft) -> anyhow::Result<Screen> {
    let (proof, school, title) = may(conn, actor, draft.audience).await?;
    let reach = Reach::of(reach::store::ties(conn, draft.audience).await?);
    let zone = school::store::zone(conn, school).await?;
    let Some(author) = crate::people::store::person(conn, proof.by()).await? else {
        refuse!("access.no_section")
    };
    let shown = Announcement {
        id: 0,
        school,
        author: proof.by(),
        name: author.name,
        from: (actor.account.transport.to_owned(), actor.account.id),
        audience: draft.audience,
        office: office_code(proof.office(), title.class()),
        text: draft.text.clone().unwrap_or_default(),
        files: draft.files.clone(),
        acknowledged: draft.acknowledged,
        state: State::Waiting,
        due_at: draft.due_at.unwrap_or(ctx.now),
        corrections: 0,
        corrected_at: None,
        recalled_at: None,
        reminders: 0,
    };
    let own = actor.account;
    let reached = reach
        .recipients
        .iter()
        .filter(|it| {
            it.chats
                .iter()
                .any(|chat| chat.address() != (own.transport.to_owned(), own.id))
        })
        .count();
    Ok(screens::preview(
        ctx.locale,
        &shown,
        (reached, &reach),
        (draft.due_at, zone),
    ))
}
