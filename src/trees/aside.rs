//! A draft that gives way to another dialogue is laid aside, and offered again where it is written.

use super::Flow;
use super::plan::Deed;
use crate::announcements::{self, Open};
use crate::chat::Ctx;
use crate::db::Tx;
use crate::db::dialogue::{self, Aside};
use crate::ids::Account;
use crate::messages::letters;

/// What was being written when something was done.
pub enum Begun {
    /// An announcement.
    Announcement(announcements::Draft),
    /// A letter to families.
    Letter(letters::Draft),
}

impl Begun {
    /// What is being written; nothing while there is nothing that could be lost.
    pub fn of(flow: &Flow) -> Option<Self> {
        match flow {
            Flow::Announcement(Open::Draft(draft)) if !draft.is_nothing() => Some(Self::Announcement(draft.clone())),
            Flow::Letters(draft) if !draft.is_nothing() => Some(Self::Letter(draft.clone())),
            Flow::Idle
            | Flow::Lessons(_)
            | Flow::Entry(_)
            | Flow::Search(_)
            | Flow::Announcement(_)
            | Flow::Surveys(_)
            | Flow::Letters(_)
            | Flow::Threads(_)
            | Flow::Feedback(_)
            | Flow::Rules(_)
            | Flow::Absences(_) => None,
        }
    }

    /// Whether it is still being written, or its author is done with it.
    fn stays(&self, after: &Flow, deed: &Deed) -> bool {
        use super::Act;
        match self {
            Self::Announcement(_) => {
                use announcements::press::Act as Own;
                matches!(after, Flow::Announcement(Open::Draft(_)))
                    || matches!(deed, Deed::Act(Act::Announcements(Own::Send | Own::Drop)))
            }
            Self::Letter(before) => {
                use letters::press::Act as Own;
                match after {
                    Flow::Letters(draft) => {
                        let anew = matches!(deed, Deed::Act(Act::Letters(Own::Begin(_) | Own::Redo(_))));
                        let resumed = matches!(deed, Deed::Act(Act::Letters(Own::Resume(_))));
                        resumed || draft.class == before.class && !anew
                    }
                    _ => matches!(deed, Deed::Act(Act::Letters(Own::Send(..) | Own::Drop(_)))),
                }
            }
        }
    }

    /// Lays it aside if what was done put something else in its place.
    pub async fn lay(
        &self,
        ctx: &Ctx,
        tx: &mut Tx,
        account: Account,
        (after, deed): (&Flow, &Deed),
    ) -> anyhow::Result<()> {
        if self.stays(after, deed) {
            return Ok(());
        }
        let (kind, json, has_words) = match self {
            Self::Announcement(draft) => (Aside::Announcement, serde_json::to_string(draft)?, draft.has_words()),
            Self::Letter(draft) => (Aside::Letter, serde_json::to_string(draft)?, !draft.words.is_empty()),
        };
        dialogue::lay_aside(tx, account, (kind, &json, has_words), ctx.now).await
    }
}
