//! Durable jobs: work that comes at its moment and survives a restart. Knows no feature.
//!
//! There are two lanes. Quick work is done in one transaction with the end of its job. Heavy work (a print, a large
//! workbook) takes seconds outside of any transaction and writes its result in one of its own; it may be done twice
//! when the program dies in between, so its letters have the job's id in their keys. It never holds up quick work.

pub mod store;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::SharedClock;
use crate::db::{Db, Left, Tx, transact};

/// After so many failures a job waits for the next start and somebody who looks.
const TRIES: i64 = 8;

/// How long a database that couldn't be read is left alone.
const UNREAD: Duration = Duration::from_secs(2);

/// A job: what kind, about what.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    /// Its row.
    pub id: i64,
    /// What kind, as its feature names it.
    pub kind: String,
    /// What it is about: an id.
    pub subject: i64,
    /// Since when it has been waiting to be done.
    pub due_at: DateTime<Utc>,
    /// How often it failed.
    pub tries: i64,
}

/// Does jobs of all kinds; `trees` knows whose each is.
pub trait Work: Send + Sync + 'static {
    /// Does a quick job in the given transaction. It has no effect outside of it.
    fn run<'t>(&'t self, tx: &'t mut Tx, job: &'t Job) -> BoxFuture<'t, anyhow::Result<()>>;

    /// Does a heavy job: it takes its time, and writes its result in a transaction of its own. Doing it twice must do
    /// no harm.
    fn labour<'t>(&'t self, job: &'t Job) -> BoxFuture<'t, anyhow::Result<Left>>;
}

/// A job's lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Done in one transaction.
    Quick,
    /// Takes seconds outside of any.
    Heavy,
}

/// The bells of both lanes.
#[derive(Clone, Debug, Default)]
pub struct Bells {
    /// Of quick jobs.
    pub quick: Arc<Bell>,
    /// Of heavy ones.
    pub heavy: Arc<Bell>,
}

impl Bells {
    /// A job of either lane was committed that is due then.
    pub fn ring(&self, due: DateTime<Utc>) {
        self.quick.ring(due);
        self.heavy.ring(due);
    }
}

/// Wakes the runner for a job that comes before the one it waits for; the others it finds by itself.
#[derive(Debug, Default)]
pub struct Bell {
    /// `None` while the runner is at work: it may have looked before the job was there.
    awaited: Mutex<Option<DateTime<Utc>>>,
    rung: Notify,
}

impl Bell {
    /// A job was committed that is due then.
    pub fn ring(&self, due: DateTime<Utc>) {
        if self.lock().is_none_or(|awaited| due < awaited) {
            self.rung.notify_one();
        }
    }

    fn wait_for(&self, awaited: Option<DateTime<Utc>>) {
        *self.lock() = awaited;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<DateTime<Utc>>> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does jobs when they are due.
pub struct Runner {
    /// Where the jobs are.
    pub db: Db,
    /// Civil time.
    pub clock: SharedClock,
    /// Who does them.
    pub work: Arc<dyn Work>,
    /// Whose jobs this runner does.
    pub lane: Lane,
    /// Rung when a job was scheduled.
    pub bells: Bells,
    /// Rung when a job was done: it may have posted letters.
    pub posted: Arc<Notify>,
}

impl Runner {
    /// Works until it is stopped.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let round = tokio::select! {
                round = self.round() => round,
                // Heavy work is begun anew at the next start: a stop doesn't wait for it.
                () = stop.cancelled(), if self.lane == Lane::Heavy => return,
            };
            match round {
                Ok(true) => self.posted.notify_one(),
                Ok(false) => self.rest(&stop).await,
                Err(failure) => {
                    tracing::error!(error = format!("{failure:#}"), "jobs can't be read; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(UNREAD) => {}
                        () = stop.cancelled() => {}
                    }
                }
            }
        }
    }

    async fn round(&self) -> anyhow::Result<bool> {
        let now = self.clock.now();
        let due = store::due(&mut *self.db.snapshot().await?, self.lane, now).await?;
        for job in &due {
            let done = AssertUnwindSafe(self.done(job)).catch_unwind().await;
            let failure = match done {
                Ok(Ok(left)) => {
                    if let Some(due) = left.job {
                        self.bells.ring(due);
                    }
                    continue;
                }
                Ok(Err(failure)) => format!("{failure:#}"),
                Err(_) => "panicked".to_owned(),
            };
            tracing::error!(job.kind, job.id, job.tries, error = failure, "a job failed");
            let pause = TimeDelta::seconds(5 << job.tries.clamp(0, 10));
            let again = if job.tries + 1 < TRIES {
                now + pause
            } else {
                now + TimeDelta::days(1)
            };
            transact!(self.db, tx => store::fail(&mut tx, job.id, again, &failure).await?)?;
        }
        Ok(!due.is_empty())
    }

    async fn done(&self, job: &Job) -> anyhow::Result<Left> {
        match self.lane {
            Lane::Quick => {
                let now = self.clock.now();
                transact!(self.db, tx => {
                    // Rescheduled or done meanwhile: not ours any more.
                    if store::take(&mut tx, job.id, now).await? {
                        self.work.run(&mut tx, job).await?;
                    }
                    tx.left()
                })
            }
            Lane::Heavy => {
                let left = self.work.labour(job).await?;
                transact!(self.db, tx => store::finish(&mut tx, job).await?)?;
                Ok(left)
            }
        }
    }

    async fn rest(&self, stop: &CancellationToken) {
        let bell = match self.lane {
            Lane::Quick => &self.bells.quick,
            Lane::Heavy => &self.bells.heavy,
        };
        bell.wait_for(None);
        let looked = async { store::next_due(&mut *self.db.snapshot().await?, self.lane).await };
        let (due, unread) = match looked.await {
            Ok(due) => (due, false),
            Err(_) => (None, true),
        };
        // A job committed since we looked has rung already: the bell keeps one ring.
        bell.wait_for(Some(due.unwrap_or(DateTime::<Utc>::MAX_UTC)));
        let due = async {
            match due {
                Some(due) => self.clock.sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = bell.rung.notified() => {}
            () = due => {}
            // The database couldn't be asked: what is due may be there all the same.
            () = tokio::time::sleep(UNREAD), if unread => {}
            () = stop.cancelled() => {}
        }
    }
}
