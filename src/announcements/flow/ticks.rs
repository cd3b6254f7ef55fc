//! To several classes, to pupils who are picked, to the staff by what they do: what is ticked, and what it shows.

use super::{begin, may, outdated};
use crate::access::{self, Actor};
use crate::announcements::ground::{self, ground};
use crate::announcements::press::{Act, View};
use crate::announcements::whom::Ticked;
use crate::announcements::{Draft, Open, screens};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::passes::{self, Class};
use crate::people::reach::{self, Audience, Kin, Place, Post, Reach};
use crate::words::{plain, refuse};

/// From below the first grade to above the last.
const EVERY_GRADE: (i64, i64) = (0, 99);

/// The classes of a school to which an actor may speak: one's own, and those of the grades that one oversees.
pub(super) async fn classes(conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Vec<Class>> {
    let mut found: Vec<Class> = Vec::new();
    for identity in actor.identities.iter().filter(|it| it.school == school) {
        found.extend(passes::store::tutored(conn, identity.person).await?);
    }
    for oversee in access::oversee(actor).unwrap_or_default() {
        if oversee.school() == school {
            found.extend(passes::store::classes_between(conn, school, oversee.grades()).await?);
        }
    }
    let mut classes: Vec<Class> = Vec::new();
    for class in found {
        if !classes.iter().any(|it| it.id == class.id) {
            classes.push(class);
        }
    }
    Ok(classes)
}

/// The same; refuses where there are none.
async fn some_classes(conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Vec<Class>> {
    let classes = classes(conn, actor, school).await?;
    if classes.is_empty() {
        refuse!("access.no_section")
    }
    Ok(classes)
}

/// The pupils of a class to which an actor may speak, and what it is called.
async fn pupils(
    conn: &mut Conn,
    actor: &Actor,
    class: ClassId,
) -> anyhow::Result<(String, Vec<crate::people::Person>)> {
    let (_, _, title) = may(conn, actor, Audience::Families(Place::Class(class))).await?;
    Ok((title.class().to_owned(), reach::store::pupils(conn, class).await?))
}

/// A tick more or less, or what all of them come to.
pub(super) async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Tick(school, class, on, page) => {
            let classes = some_classes(tx, actor, school).await?;
            if !classes.iter().any(|it| it.id == class) {
                refuse!("access.no_section")
            }
            let ticked = ticked_classes(&of_open(open.as_ref()), school);
            let picked = |it: &ClassId| if *it == class { on } else { ticked.contains(it) };
            let ticked = classes.iter().map(|it| it.id).filter(picked).collect();
            tick(open, Ticked::Classes(school, ticked));
            Ok(Reply::view(View::Several(school, page)))
        }
        Act::TickAll(school, on) => {
            let classes = some_classes(tx, actor, school).await?;
            let ticked = classes.iter().map(|it| it.id).filter(|_| on).collect();
            tick(open, Ticked::Classes(school, ticked));
            Ok(Reply::view(View::Several(school, 0)))
        }
        Act::Pick(class, pupil, on, page) => {
            let (_, pupils) = pupils(tx, actor, class).await?;
            let ticked = ticked_pupils(&of_open(open.as_ref()), class);
            let picked = |it: &PersonId| if *it == pupil { on } else { ticked.contains(it) };
            let ticked = pupils.iter().map(|it| it.id).filter(picked).collect();
            tick(open, Ticked::Pupils(class, ticked));
            Ok(Reply::view(View::Pick(class, page)))
        }
        Act::PickAll(class, on) => {
            let (_, pupils) = pupils(tx, actor, class).await?;
            let ticked = pupils.iter().map(|it| it.id).filter(|_| on).collect();
            tick(open, Ticked::Pupils(class, ticked));
            Ok(Reply::view(View::Pick(class, 0)))
        }
        Act::To(kin) => to(ctx, tx, actor, open, kin).await,
        // The others tick nothing.
        Act::Begin(_)
        | Act::Rewrite
        | Act::Toggle
        | Act::Due(_)
        | Act::Send
        | Act::Drop
        | Act::Read(_)
        | Act::Remind(_)
        | Act::Stop(_)
        | Act::Recall(_)
        | Act::Correct(_)
        | Act::Keep
        | Act::WithoutFiles
        | Act::Files(_)
        | Act::Resume
        | Act::Discard => Ok(outdated(ctx, View::Home)),
    }
}

/// Who of the families of what is ticked; nobody ticked is nobody meant.
async fn to(ctx: &Ctx, tx: &mut Tx, actor: &Actor, open: &mut Option<Open>, kin: Kin) -> anyhow::Result<Reply<View>> {
    let Some(Open::Draft(Draft {
        ticked: Some(ticked), ..
    })) = open
    else {
        return Ok(outdated(ctx, View::Home));
    };
    let Some(whom) = ticked.to(kin) else {
        return Ok(nobody(ctx, ticked));
    };
    let ground = ground(tx, actor, &whom).await?;
    Ok(begin(open, ground.whom))
}

fn nobody(ctx: &Ctx, ticked: &Ticked) -> Reply<View> {
    match ticked {
        Ticked::Classes(school, _) => {
            Reply::view(View::Several(*school, 0)).toast(plain!(ctx.locale, "announcements.toast.tick_a_class"))
        }
        Ticked::Pupils(class, _) => {
            Reply::view(View::Pick(*class, 0)).toast(plain!(ctx.locale, "announcements.toast.tick_a_pupil"))
        }
    }
}

/// What is ticked from now on; the words stay.
fn tick(open: &mut Option<Open>, ticked: Ticked) {
    let mut draft = of_open(open.as_ref());
    draft.ticked = Some(ticked);
    *open = Some(Open::Draft(draft));
}

fn ticked_classes(draft: &Draft, school: SchoolId) -> Vec<ClassId> {
    match &draft.ticked {
        Some(Ticked::Classes(of, classes)) if *of == school => classes.clone(),
        _ => Vec::new(),
    }
}

fn ticked_pupils(draft: &Draft, class: ClassId) -> Vec<PersonId> {
    match &draft.ticked {
        Some(Ticked::Pupils(of, pupils)) if *of == class => pupils.clone(),
        _ => Vec::new(),
    }
}

fn of_open(open: Option<&Open>) -> Draft {
    match open {
        Some(Open::Draft(draft)) => draft.clone(),
        _ => Draft::default(),
    }
}

/// Which classes of a school.
pub(super) async fn several(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    (school, page): (SchoolId, u8),
) -> anyhow::Result<Screen> {
    let classes = some_classes(conn, actor, school).await?;
    let ticked = ticked_classes(&of_open(open), school);
    Ok(screens::several(ctx.locale, school, (&classes, &ticked), page))
}

/// Which pupils of a class.
pub(super) async fn pick(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    (class, page): (ClassId, u8),
) -> anyhow::Result<Screen> {
    let (name, pupils) = pupils(conn, actor, class).await?;
    let class = Class { id: class, name };
    let ticked = ticked_pupils(&of_open(open), class.id);
    Ok(screens::pick(ctx.locale, &class, (&pupils, &ticked), page))
}

/// Who of the families of what is ticked, each with how many people that is.
pub(super) async fn ticked(ctx: &Ctx, conn: &mut Conn, actor: &Actor, open: Option<&Open>) -> anyhow::Result<Screen> {
    let draft = of_open(open);
    let back = match &draft.ticked {
        Some(Ticked::Classes(school, _)) => View::Several(*school, 0),
        Some(Ticked::Pupils(class, _)) => View::Pick(*class, 0),
        None => View::Home,
    };
    let Some(whom) = draft.ticked.as_ref().and_then(|it| it.to(Kin::Families)) else {
        return Box::pin(super::view(ctx, conn, actor, open, back)).await;
    };
    let ground = ground(conn, actor, &whom).await?;
    let ties = ground::ties(conn, &ground.whom).await?;
    Ok(screens::ticked(
        ctx.locale,
        &ground.titles,
        &ground::counted(&ties),
        back,
    ))
}

/// Who of the staff: all of a school, a head's of the stage; those posts that somebody holds.
pub(super) async fn posts(ctx: &Ctx, conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Screen> {
    let mut audiences = Vec::new();
    for oversee in access::oversee(actor)?.into_iter().filter(|it| it.school() == school) {
        if oversee.staff() {
            audiences.push(Audience::Staff(school));
            audiences.extend(Post::ALL.map(|it| it.of(school, EVERY_GRADE)));
        } else {
            let posts = Post::ALL.into_iter().filter(|it| it.has_classes());
            audiences.extend(posts.map(|it| it.of(school, oversee.grades())));
        }
    }
    let mut counted = Vec::new();
    for audience in audiences {
        if counted.iter().any(|(it, _, _)| *it == audience) {
            continue;
        }
        let (_, _, title) = may(conn, actor, audience).await?;
        let ties = reach::store::ties(conn, audience).await?;
        if !ties.is_empty() {
            counted.push((audience, title, Reach::of(ties).n_people()));
        }
    }
    if counted.is_empty() {
        refuse!("access.no_section")
    }
    Ok(screens::posts(ctx.locale, &counted))
}
