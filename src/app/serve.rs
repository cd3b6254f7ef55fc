//! The running journal: a bot's listener, the postman and the jobs over one database, started and stopped together.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::SharedClock;
use crate::control;
use crate::db::{Db, Lock, transact};
use crate::delivery::pace::Pace;
use crate::delivery::postman::Postman;
use crate::jobs::{self, Bells, Lane, Runner};
use crate::notices::digest;
use crate::paper::Press;
use crate::telegram::listener::{Ledger, Polling};
use crate::telegram::show::Messenger;
use crate::telegram::{self, dispatch};
use crate::trees::jobs::{FORGET_UPDATES, Jobs};
use crate::trees::turn::Turns;

/// How long a stop waits for screens that are being shown.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the journal runs on.
pub struct Parts {
    /// The database, up to date.
    pub db: Db,
    /// Its address, for the lock.
    pub database_url: String,
    /// The bot's token.
    pub token: String,
    /// A local Bot API server.
    pub api_url: Option<String>,
    /// Civil time.
    pub clock: SharedClock,
    /// Where documents are printed.
    pub press: Press,
}

/// Works until it is stopped; what was taken is finished.
pub async fn serve(parts: Parts, stop: CancellationToken) -> anyhow::Result<()> {
    let bot = telegram::bot(&parts.token, parts.api_url.as_deref())?;
    let me = tokio::select! {
        me = telegram::me(&bot) => me?,
        () = stop.cancelled() => return Ok(()),
    };
    let _lock = Lock::take(&parts.database_url, me.id).await?;
    let now = parts.clock.now();
    let first = now + chrono::TimeDelta::hours(6);
    transact!(parts.db, tx => {
        jobs::store::schedule(&mut tx, FORGET_UPDATES, 0, first).await?;
        // It may have become evening while nobody looked.
        jobs::store::schedule(&mut tx, digest::work::LOOK, 0, now).await?;
        jobs::store::schedule(&mut tx, control::work::LOOK, 0, now).await?;
    })?;

    let links = crate::chat::Links::beginning(telegram::link(&me.username, ""));
    let pace = Arc::new(Pace::default());
    let messenger = Messenger::open(bot.clone(), parts.db.clone(), pace.clone()).await?;
    let (posted, scheduled) = (Arc::new(Notify::new()), Bells::default());
    let transport = Arc::new(messenger.clone());
    let turns = Arc::new(Turns {
        db: parts.db.clone(),
        clock: parts.clock.clone(),
        transport: transport.clone(),
        links,
        posted: posted.clone(),
        scheduled: scheduled.clone(),
    });
    let acquainted = CancellationToken::new();
    let postman = Postman {
        db: parts.db.clone(),
        transport: transport.clone(),
        clock: parts.clock.clone(),
        bell: posted.clone(),
        pace,
        acquainted: acquainted.clone(),
    };
    let work = Arc::new(Jobs {
        db: parts.db.clone(),
        clock: parts.clock.clone(),
        transport: transport.clone(),
        links,
        press: parts.press.clone(),
    });
    let runner = |lane| Runner {
        db: parts.db.clone(),
        clock: parts.clock.clone(),
        work: work.clone(),
        lane,
        bells: scheduled.clone(),
        posted: posted.clone(),
    };

    let halt = CancellationToken::new();
    let postman = background(postman.run(halt.clone()));
    let quick = background(runner(Lane::Quick).run(halt.clone()));
    let heavy = background(runner(Lane::Heavy).run(halt.clone()));
    let commands_bot = bot.clone();
    let commands = background(async move { telegram::offer_commands(&commands_bot).await });

    tracing::info!(bot = me.username, "the journal is open");
    let ledger = Arc::new(Ledger::default());
    let listener = Polling::new(bot.clone(), ledger.clone(), acquainted);
    let dispatcher = dispatch::dispatcher(bot, &me, turns, ledger);
    let listened = dispatch::run(dispatcher, listener, stop).await;
    commands.abort();
    if tokio::time::timeout(PATIENCE, messenger.finish()).await.is_err() {
        tracing::warn!("some screens weren't shown before the stop; they are drawn anew at the next press");
    }
    halt.cancel();
    let _ = tokio::join!(postman, quick, heavy);
    parts.db.close().await;
    tracing::info!("the journal is closed");
    listened
}

/// Starts a part of the program beside the others.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that starts tasks; each is waited for or aborted by its caller"
)]
pub fn background<F>(part: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(part)
}
