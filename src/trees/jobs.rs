//! Which job is whose.

use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::sync::Arc;

use crate::announcements;
use crate::chat::{Links, Transport};
use crate::clock::SharedClock;
use crate::control;
use crate::db::{Db, Left, Tx};
use crate::feedback;
use crate::ids::{LessonId, MessageId, PersonId, SchoolId, SuggestionId};
use crate::jobs::{Job, Work};
use crate::messages::threads;
use crate::notices;
use crate::paper::Press;
use crate::people::passes;
use crate::surveys;
use crate::workbook::work;

/// Hands jobs to their features.
pub struct Jobs {
    /// The journal, for work that takes its own transactions.
    pub db: Db,
    /// Civil time.
    pub clock: SharedClock,
    /// Where files that people sent are.
    pub transport: Arc<dyn Transport>,
    /// How links into this bot begin.
    pub links: Links,
    /// Where documents are printed.
    pub press: Press,
}

impl Work for Jobs {
    fn run<'t>(&'t self, tx: &'t mut Tx, job: &'t Job) -> BoxFuture<'t, anyhow::Result<()>> {
        async move {
            match job.kind.as_str() {
                notices::hear::SETTLE => notices::hear::settle(tx, LessonId(job.subject), self.clock.now()).await,
                notices::alarm::OVER => notices::alarm::over(tx, LessonId(job.subject), self.clock.now()).await,
                notices::hear::AFTER_QUIET => {
                    notices::hear::after_quiet(tx, LessonId(job.subject), self.clock.now()).await
                }
                notices::digest::work::LOOK => notices::digest::work::look(tx, self.clock.now()).await,
                notices::digest::work::SEND => {
                    notices::digest::work::send(tx, SchoolId(job.subject), self.clock.now()).await
                }
                control::work::LOOK => control::work::look(tx, self.clock.now()).await,
                control::work::TELL => control::work::tell(tx, PersonId(job.subject), self.clock.now()).await,
                notices::discreet::COVER => notices::discreet::take_away(tx, job.subject, self.clock.now()).await,
                announcements::work::PROGRESS => {
                    announcements::work::progress(tx, &*self.transport, job.subject, self.clock.now()).await
                }
                threads::post::DELIVER => threads::post::deliver(tx, MessageId(job.subject), self.clock.now()).await,
                feedback::post::FORGET => feedback::post::forget(tx, SuggestionId(job.subject), self.clock.now()).await,
                work::FORGET => work::forget(tx, job.subject).await,
                FORGET_UPDATES => {
                    let now = self.clock.now();
                    crate::db::dialogue::forget_updates(tx, now - chrono::TimeDelta::hours(48)).await?;
                    crate::db::dialogue::forget_asides(tx, now).await?;
                    crate::jobs::store::schedule(tx, FORGET_UPDATES, 0, now + chrono::TimeDelta::hours(6)).await
                }
                kind if surveys::work::is_ours(kind) => surveys::work::run(tx, job, self.clock.now()).await,
                unknown => anyhow::bail!("no feature does jobs of the kind {unknown}"),
            }
        }
        .boxed()
    }

    fn labour<'t>(&'t self, job: &'t Job) -> BoxFuture<'t, anyhow::Result<Left>> {
        async move {
            match job.kind.as_str() {
                passes::slips::PRINT => {
                    let from = (self.transport.name(), self.links);
                    passes::slips::print(&self.db, &self.press, from, job.subject, self.clock.now()).await
                }
                announcements::work::SEND => {
                    announcements::work::send(&self.db, &*self.transport, job.subject, self.clock.now()).await
                }
                work::CHECK | work::LOAD | work::MARK => {
                    let bench = work::Bench {
                        db: &self.db,
                        transport: &*self.transport,
                        now: self.clock.now(),
                    };
                    work::labour(bench, job).await
                }
                unknown => anyhow::bail!("no feature does heavy jobs of the kind {unknown}"),
            }
        }
        .boxed()
    }
}

/// The job that forgets update ids no messenger repeats any more.
pub const FORGET_UPDATES: &str = "forget_updates";
