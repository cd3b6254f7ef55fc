//! Which job is whose.

use futures::FutureExt as _;
use futures::future::BoxFuture;

use crate::clock::SharedClock;
use crate::db::Tx;
use crate::ids::LessonId;
use crate::jobs::{Job, Work};
use crate::notices;

/// Hands jobs to their features.
pub struct Jobs {
    /// Civil time.
    pub clock: SharedClock,
}

impl Work for Jobs {
    fn run<'t>(&'t self, tx: &'t mut Tx, job: &'t Job) -> BoxFuture<'t, anyhow::Result<()>> {
        async move {
            match job.kind.as_str() {
                notices::hear::SETTLE => notices::hear::settle(tx, LessonId(job.subject), self.clock.now()).await,
                FORGET_UPDATES => {
                    let now = self.clock.now();
                    crate::db::dialogue::forget_updates(tx, now - chrono::TimeDelta::hours(48)).await?;
                    crate::jobs::store::schedule(tx, FORGET_UPDATES, 0, now + chrono::TimeDelta::hours(6)).await
                }
                unknown => anyhow::bail!("no feature does jobs of the kind {unknown}"),
            }
        }
        .boxed()
    }
}

/// The job that forgets update ids no messenger repeats any more.
pub const FORGET_UPDATES: &str = "forget_updates";
