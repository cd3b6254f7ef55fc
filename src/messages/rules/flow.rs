//! The administrator's switches. Every act and view asks `access` about the school.

use super::press::{Act, View};
use super::{screens, store};
use crate::access::{Actor, rules};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::SchoolId;
use crate::messages::letters::shared;
use crate::messages::mutes;
use crate::people;
use crate::school;
use crate::words::plain;

/// The schools whose rules the actor keeps.
pub fn schools(actor: &Actor) -> impl Iterator<Item = SchoolId> {
    let schools = actor.identities.iter().map(|it| it.school);
    schools.filter(|school| rules::keep_talk(actor, *school).is_ok())
}

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Mute(person, term) => mutes::flow::ask(tx, actor, (person, term)).await,
        Act::Lift(id) => mutes::flow::lift(ctx, tx, actor, id).await,
        Act::AddWords(school) => shared::flow::ask(ctx, tx, actor, school).await,
        Act::DropWords(school, id) => shared::flow::forget(ctx, tx, actor, (school, id)).await,
        Act::Pair(school, pair, open) => {
            let proof = rules::keep_talk(actor, school)?;
            store::set_pair(tx, proof, pair, open).await?;
            let action = if open { "pair_opened" } else { "pair_closed" };
            let object = format!("pair:{}", pair.code());
            people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (action, &object)).await?;
            let said = if open {
                plain!(ctx.locale, "rules.toast.open")
            } else {
                plain!(ctx.locale, "rules.toast.closed")
            };
            Ok(Reply::view(View::Home(school)).toast(said))
        }
        Act::Review(school, on) => {
            let proof = rules::keep_talk(actor, school)?;
            store::set_review(tx, proof, on).await?;
            let action = if on { "review_on" } else { "review_off" };
            let object = format!("school:{school}");
            people::store::audit(tx, ctx.now, actor.account, Some(proof.by()), (action, &object)).await?;
            let said = if on {
                plain!(ctx.locale, "rules.toast.review_on")
            } else {
                plain!(ctx.locale, "rules.toast.review_off")
            };
            Ok(Reply::view(View::Home(school)).toast(said))
        }
    }
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Mute(person) => mutes::flow::view(ctx, conn, actor, person).await,
        View::Mutes(school, page) => mutes::flow::list(ctx, conn, actor, (school, page)).await,
        View::Muting(person, term) => mutes::flow::muting(ctx, conn, actor, (person, term)).await,
        View::Words(school) => shared::flow::view(ctx, conn, actor, school).await,
        View::NewWords(school) => shared::flow::new(ctx, actor, school),
        View::Home(school) => {
            rules::keep_talk(actor, school)?;
            let rules = store::rules(conn, school).await?;
            // One school needs no name.
            let name = if schools(actor).any(|it| it != school) {
                school::store::school(conn, school).await?.map(|it| it.name)
            } else {
                None
            };
            Ok(screens::home(ctx.locale, (school, name.as_deref()), &rules))
        }
    }
}
