//! What is shown of announcements: each view asks for its own right.

use super::begun::with_draft;
use super::{may, own, reader, ticks};
use crate::access::{self, Actor, Office};
use crate::announcements::ground::{self, ground};
use crate::announcements::press::View;
use crate::announcements::{Announcement, Draft, Open, State, screens, store};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::SchoolId;
use crate::people::passes;
use crate::people::reach::{self, Audience, Place, Reach};
use crate::school;
use crate::words::names::of_school;
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
        found.push(screens::Choice::Posts(school));
        found.push(screens::Choice::Classes(school));
    }
    found.dedup();
    let mut schools: Vec<SchoolId> = actor.identities.iter().map(|it| it.school).collect();
    schools.dedup();
    for school in schools {
        // Several are chosen among those of whom there are several.
        if ticks::classes(conn, actor, school).await?.len() > 1 {
            found.push(screens::Choice::Several(school));
        }
    }
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
        View::Home => home(ctx, conn, actor, open).await,
        View::Classes(school, page) => classes(ctx, conn, actor, school, page).await,
        View::Of(place) => of(ctx, conn, actor, open, (place, false)).await,
        View::Several(school, page) => ticks::several(ctx, conn, actor, open, (school, page)).await,
        View::Pick(class, page) => ticks::pick(ctx, conn, actor, open, (class, page)).await,
        View::Ticked => ticks::ticked(ctx, conn, actor, open).await,
        View::Posts(school) => ticks::posts(ctx, conn, actor, school).await,
        View::Groups(class) => {
            let (_, _, title) = may(conn, actor, Audience::Families(Place::Class(class))).await?;
            let groups = reach::store::groups(conn, class).await?;
            Ok(screens::groups(ctx.locale, (class, &title), &groups))
        }
        View::Write => match open {
            Some(Open::Draft(Draft {
                audience: Some(whom),
                text,
                files,
                ..
            })) => {
                let ground = ground(conn, actor, whom).await?;
                let whom = screens::of_all(ctx.locale, &ground.whom, &ground.titles);
                Ok(screens::write(ctx.locale, &whom, text.is_some(), files))
            }
            Some(Open::Correction(id)) => {
                let (found, _) = own(conn, actor, *id).await?;
                Ok(screens::correction(ctx.locale, &found))
            }
            Some(Open::Draft(_)) | None => Box::pin(self::view(ctx, conn, actor, open, View::Home)).await,
        },
        View::Preview => match open {
            Some(Open::Draft(draft)) if draft.text.is_some() && draft.audience.is_some() => {
                preview(ctx, conn, actor, draft).await
            }
            _ => Box::pin(self::view(ctx, conn, actor, open, View::Write)).await,
        },
        View::When => {
            let Some(Open::Draft(Draft {
                audience: Some(whom), ..
            })) = open
            else {
                return Box::pin(self::view(ctx, conn, actor, open, View::Home)).await;
            };
            let ground = ground(conn, actor, whom).await?;
            let zone = school::store::zone(conn, ground.school).await?;
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
        View::One(id) => one(ctx, conn, actor, id).await,
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
        View::Mine(page) => mine(ctx, conn, actor, page).await,
        View::Copy(id) => copy(ctx, conn, actor, id).await,
    }
}

/// To whom one may speak.
async fn home(ctx: &Ctx, conn: &mut Conn, actor: &Actor, open: Option<&Open>) -> anyhow::Result<Screen> {
    let places = places(conn, actor).await?;
    if places.is_empty() {
        refuse!("access.no_section")
    }
    // With one class there is nothing to choose.
    if let [screens::Choice::Class(class, _)] = places.as_slice() {
        return of(ctx, conn, actor, open, (Place::Class(*class), true)).await;
    }
    let schools = schools(conn, actor).await?;
    let screen = screens::home(ctx.locale, &places, &schools);
    with_draft(ctx, conn, actor, (open, screen)).await
}

/// What became of one of them.
async fn one(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<Screen> {
    let (found, ground) = own(conn, actor, id).await?;
    let counts = store::counts(conn, id).await?;
    let zone = school::store::zone(conn, found.school).await?;
    let whom = screens::of_all(ctx.locale, &ground.whom, &ground.titles);
    let names = ground::names(conn, &found.audience, &found.left_out).await?;
    let left_out = screens::left_out_line(ctx.locale, &found.audience, &names);
    Ok(screens::one(
        ctx.locale,
        (&found, &whom, &left_out),
        &counts,
        (ctx.now, zone),
    ))
}

/// What one was told.
async fn mine(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let mut found = Vec::new();
    let at = (i64::from(page) * screens::PAGE, screens::PAGE);
    for identity in &actor.identities {
        let mut told = store::told(conn, identity.person, at).await?;
        // Of two schools each is told apart in the list.
        if let Some(school) = crate::people::store::school_beside(conn, identity.person).await? {
            for it in &mut told {
                it.text = format!("{} · {}", of_school(&school), it.text);
            }
        }
        found.extend(told);
    }
    let zone = zone_of(conn, actor).await?;
    Ok(screens::mine(ctx.locale, &found, page, zone))
}

/// One's own copy.
async fn copy(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<Screen> {
    let (Some((person, copies)), Some(found)) = (reader(conn, actor, id).await?, store::announcement(conn, id).await?)
    else {
        refuse!("access.no_section")
    };
    let zone = school::store::zone(conn, found.school).await?;
    let read_at = copies.iter().find_map(|it| it.read_at);
    let school = crate::people::store::school_beside(conn, person).await?;
    Ok(screens::copy(ctx.locale, &found, read_at, zone).of_school(school.as_deref()))
}

/// The zone of the first school; the lists of several schools are read in it.
async fn zone_of(conn: &mut Conn, actor: &Actor) -> anyhow::Result<chrono_tz::Tz> {
    match actor.identities.first() {
        Some(identity) => school::store::zone(conn, identity.school).await,
        None => refuse!("access.no_section"),
    }
}

/// The actor's schools by name, where there are several.
async fn schools(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<(SchoolId, String)>> {
    let mut found: Vec<(SchoolId, String)> = Vec::new();
    for identity in &actor.identities {
        if !found.iter().any(|it| it.0 == identity.school)
            && let Some(school) = school::store::school(conn, identity.school).await?
        {
            found.push((identity.school, school.name));
        }
    }
    if found.len() < 2 {
        found.clear();
    }
    Ok(found)
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
async fn of(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    (place, only): (Place, bool),
) -> anyhow::Result<Screen> {
    let (proof, _, title) = may(conn, actor, Audience::Families(place)).await?;
    let ties = reach::store::ties(conn, Audience::Families(place)).await?;
    let counted = ground::counted(&ties).map(|(kin, n)| (kin.of(place), n));
    let groups = match place {
        Place::Class(class) if !reach::store::groups(conn, class).await?.is_empty() => Some(class),
        _ => None,
    };
    let picks = match place {
        Place::Class(class) => Some(class),
        Place::Pupil(_) | Place::Group(_) | Place::Grades { .. } => None,
    };
    let screen = screens::of(ctx.locale, &title, &counted, (picks, groups, only));
    // A tutor begins here.
    if proof.office() == Office::Tutor {
        return with_draft(ctx, conn, actor, (open, screen)).await;
    }
    Ok(screen)
}

async fn preview(ctx: &Ctx, conn: &mut Conn, actor: &Actor, draft: &Draft) -> anyhow::Result<Screen> {
    let Some(whom) = &draft.audience else {
        refuse!("announcements.whom_first")
    };
    let ground = ground(conn, actor, whom).await?;
    let reach = Reach::of(ground::ties(conn, &ground.whom).await?);
    let zone = school::store::zone(conn, ground.school).await?;
    let Some(author) = crate::people::store::person(conn, ground.proof.by()).await? else {
        refuse!("access.no_section")
    };
    let names = ground::names(conn, whom, &ground.lost).await?;
    let left_out = screens::left_out_line(ctx.locale, whom, &names);
    let shown = Announcement {
        id: 0,
        school: ground.school,
        author: ground.proof.by(),
        name: author.name,
        from: (actor.account.transport.to_owned(), actor.account.id),
        audience: whom.clone(),
        left_out: Vec::new(),
        office: ground.office(),
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
        (reached, &reach, &left_out),
        (draft.due_at, zone),
    ))
}
