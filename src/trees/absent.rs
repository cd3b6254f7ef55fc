//! Absences among the other dialogues: answering a question of the school leaves open what is open elsewhere.

use super::flow::take;
use super::{Answer, Flow, View};
use crate::absences::{self, Open};
use crate::access::Actor;
use crate::chat::Ctx;
use crate::db::Tx;

/// An act about absences.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: absences::press::Act,
) -> anyhow::Result<Answer> {
    let mut open = take!(flow, Absences);
    let reply = absences::flow::act(ctx, tx, actor, &mut open, act).await?;
    if let Some(open) = open {
        *flow = Flow::Absences(open);
    }
    Ok(Answer::of(ctx, reply, View::Absences))
}

/// A text for an absence that is told; `None` when none is.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    typed: &str,
) -> anyhow::Result<Option<Answer>> {
    let mut open = take!(flow, Absences);
    let reply = absences::flow::text(ctx, tx, actor, &mut open, typed).await?;
    if let Some(open) = open {
        *flow = Flow::Absences(open);
    }
    Ok(reply.map(|reply| Answer::of(ctx, reply, View::Absences)))
}

/// What is open of absences.
pub fn of(flow: &Flow) -> Option<&Open> {
    match flow {
        Flow::Absences(open) => Some(open),
        Flow::Idle
        | Flow::Lessons(_)
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Letters(_)
        | Flow::Threads(_)
        | Flow::Feedback(_)
        | Flow::Rules(_) => None,
    }
}
