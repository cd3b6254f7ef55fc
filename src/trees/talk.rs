//! What people say to each other, among the other dialogues: what is open ends only when another letter is begun.

use super::{Answer, Flow, View};
use crate::access::Actor;
use crate::chat::Ctx;
use crate::db::Tx;
use crate::messages::letters;

/// An act of letters to families.
pub async fn letters_act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    act: letters::press::Act,
) -> anyhow::Result<Answer> {
    // Reading a letter leaves what is open.
    let mut draft = if act.is_under_a_letter() {
        None
    } else {
        take_letter(flow)
    };
    let reply = letters::flow::act(ctx, tx, actor, &mut draft, act).await?;
    if let Some(draft) = draft {
        *flow = Flow::Letters(draft);
    }
    Ok(Answer::of(ctx, reply, View::Letters))
}

/// The letter that is being written; other dialogues stay as they are.
fn take_letter(flow: &mut Flow) -> Option<letters::Draft> {
    match std::mem::take(flow) {
        Flow::Letters(draft) => Some(draft),
        other => {
            *flow = other;
            None
        }
    }
}

/// A text for whoever of them awaits it; `None` when nobody does.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    typed: &str,
) -> anyhow::Result<Option<Answer>> {
    match flow {
        Flow::Letters(draft) => {
            let reply = letters::flow::text(ctx, tx, actor, draft, typed).await?;
            Ok(Some(Answer::of(ctx, reply, View::Letters)))
        }
        Flow::Idle | Flow::Lessons(_) | Flow::Entry(_) | Flow::Search(_) => Ok(None),
    }
}
