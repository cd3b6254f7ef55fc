//! A file that came: whose it is among what is open, else a workbook.

use super::answer::Answer;
use super::flow::take;
use super::{Flow, View};
use crate::access::Actor;
use crate::chat::{Attached, Ctx};
use crate::db::Tx;
use crate::ids::Account;
use crate::words::refuse;
use crate::{absences, announcements, lessons, workbook};

/// A file with the words under it and the message that it answers.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The file.
    pub file: &'a Attached,
    /// What is written under it.
    pub words: &'a str,
    /// The message that it answers.
    pub answers: Option<i64>,
}

/// Hands a file to whoever awaits it; nobody's file is refused, so that nobody thinks that it arrived.
pub async fn file(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (flow, account): (&mut Flow, Account),
    sent: Sent<'_>,
) -> anyhow::Result<Answer> {
    if let Some(answer) = super::talk::file(ctx, tx, actor, (flow, account), sent).await? {
        return Ok(answer);
    }
    if let Some(mut open) = take!(flow, Absences) {
        let reply = absences::flow::file(tx, actor, &mut open, (sent.file, sent.words)).await?;
        *flow = Flow::Absences(open);
        return Ok(Answer::of(ctx, reply, View::Absences));
    }
    if let Some(mut open) = take!(flow, Announcement) {
        // A file that isn't taken leaves what is open: a refusal ends the transaction.
        let reply = announcements::flow::file(ctx, tx, actor, &mut open, (sent.file, sent.words)).await?;
        *flow = Flow::Announcement(open);
        return Ok(Answer::of(ctx, reply, View::Announcements));
    }
    // A workbook of whoever loads the school is no homework, whichever lesson is open.
    if workbook::flow::schools(actor).next().is_some()
        && let Some(reply) = workbook::flow::file(ctx, tx, actor, sent.file).await?
    {
        return Ok(Answer::of(ctx, reply, View::Workbook));
    }
    let mut open = take!(flow, Lessons);
    if open.is_some() {
        let reply = lessons::flow::homework::file(ctx, tx, actor, &mut open, (sent.file, sent.words)).await?;
        *flow = open.map_or(Flow::Idle, Flow::Lessons);
        if let Some(reply) = reply {
            return Ok(Answer::of(ctx, reply, View::Lessons));
        }
    }
    if let Some(reply) = workbook::flow::file(ctx, tx, actor, sent.file).await? {
        return Ok(Answer::of(ctx, reply, View::Workbook));
    }
    if *flow == Flow::Idle {
        refuse!("chat.file_nobody_awaits")
    }
    refuse!("chat.odd")
}
