//! Somebody says when they hear of a child. Every act and view asks `access` whose the child is.

use super::{Habits, Kind, Moment, Quiet, screens, store};
use crate::access::{self, Actor, ChooseNotices};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::PersonId;
use crate::notices::discreet;
use crate::notices::press::{Act, View};
use crate::people;
use crate::school;
use crate::words::{dates, plain, refuse};

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Turn(pupil, kind, moment) => turn(ctx, tx, actor, (pupil, kind, moment)).await,
        Act::Discreet(pupil, on) => {
            let proof = own(tx, actor, pupil).await?;
            let (_, habits) = store::of_one(tx, proof.reader(), pupil).await?;
            store::set_habits(tx, proof, Habits { discreet: on, ..habits }).await?;
            let said = if on {
                plain!(ctx.locale, "notices.settings.toast.discreet_on")
            } else {
                plain!(ctx.locale, "notices.settings.toast.discreet_off")
            };
            Ok(Reply::view(View::Home(pupil)).toast(said))
        }
        Act::Quiet(pupil, from, until) => {
            let proof = own(tx, actor, pupil).await?;
            let (_, habits) = store::of_one(tx, proof.reader(), pupil).await?;
            let quiet = Quiet::of(i64::from(from), i64::from(until));
            store::set_habits(tx, proof, Habits { quiet, ..habits }).await?;
            Ok(Reply::view(View::Quiet(pupil)).toast(screens::quiet_line(ctx.locale, quiet)))
        }
        Act::Alarm(pupil) => {
            own(tx, actor, pupil).await?;
            Ok(Reply::stay().alert(plain!(ctx.locale, "notices.settings.toast.alarm")))
        }
        Act::Show(id) => discreet::show(ctx, tx, actor, id).await,
    }
}

async fn turn(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (pupil, kind, moment): (PersonId, Kind, Moment),
) -> anyhow::Result<Reply<View>> {
    let proof = own(tx, actor, pupil).await?;
    if !kind.ring().contains(&moment) {
        refuse!("chat.outdated")
    }
    let (wishes, _) = store::of_one(tx, proof.reader(), pupil).await?;
    // What was listened to all the time has no beginning.
    let since = if wishes.when(kind) == Moment::Never {
        ctx.now
    } else {
        chrono::DateTime::UNIX_EPOCH
    };
    store::set(tx, proof, (kind, moment), since).await?;
    let said = screens::wish(ctx.locale, kind, moment);
    Ok(Reply::view(View::Home(pupil)).toast(said))
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Home(pupil) => {
            let proof = own(conn, actor, pupil).await?;
            let (wishes, habits) = store::of_one(conn, proof.reader(), pupil).await?;
            let children = children(ctx, conn, actor).await?;
            Ok(screens::home(
                ctx.locale,
                (pupil, proof.reader() == pupil),
                &children,
                &wishes,
                &habits,
            ))
        }
        View::Quiet(pupil) => {
            let proof = own(conn, actor, pupil).await?;
            let (_, habits) = store::of_one(conn, proof.reader(), pupil).await?;
            Ok(screens::quiet(ctx.locale, pupil, habits.quiet))
        }
    }
}

async fn own(conn: &mut Conn, actor: &Actor, pupil: PersonId) -> anyhow::Result<ChooseNotices> {
    let Some(scope) = people::store::pupil_scope(conn, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    Ok(access::choose_notices(actor, &scope)?)
}

/// All of whom somebody hears, as their buttons say.
async fn children(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<screens::Child>> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        let mut of_one = people::store::children(conn, identity.person).await?;
        if people::store::is_pupil(conn, identity.person).await? {
            of_one.extend(people::store::person(conn, identity.person).await?);
        }
        let zone = school::store::zone(conn, identity.school).await?;
        let today = dates::local(ctx.now, zone).date();
        for person in of_one {
            let class = school::store::class_of(conn, person.id, today).await?;
            found.push(screens::Child {
                id: person.id,
                name: person.name.name,
                class: class.map_or_else(String::new, |(_, grade, letter)| school::class_name(grade, &letter)),
            });
        }
    }
    Ok(found)
}
