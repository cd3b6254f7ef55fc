//! The model of Telegram: a server inside the process that speaks the Bot API over HTTP, as strict about its limits
//! as Telegram is, so that the demonstration, the stories and the benchmarks drive the very code a school runs.
//!
//! People act and look through [`Telegram`]; the bot calls [`Telegram::router`] over a socket. Everything is kept in
//! memory behind one mutex held only for the time of one act. The time comes from the constructor; only long
//! polling and the rate limits use the machine's.
//!
//! - `people` what people do, `seen` what is seen, `trouble` what goes wrong on purpose
//! - `server` HTTP, `params` its parameters, `methods` the table of methods
//! - `sending`, `editing`, `polls`, `updates`, `settings` the methods themselves
//! - `text`, `html`, `keyboard`, `files` the parts of a message and their limits
//! - `state` everything remembered, `wire` how it is written as JSON, `refusal` Telegram's errors

mod editing;
mod files;
mod html;
mod keyboard;
mod methods;
mod params;
mod people;
mod polls;
mod refusal;
mod seen;
mod sending;
mod server;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod trouble;
mod updates;
mod wire;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};

use state::State;

pub use people::Sent;
pub use seen::{Call, ChatNews, DocumentShown, Key, PhotoShown, PollShown, Shown, Toast};
pub use settings::{Command, WebhookSet};
pub use trouble::{Hold, Moment, Trouble, TroubleKind};

/// The bot's own id in the model.
pub const BOT_ID: i64 = 7_000_000_001;

/// The bot's username in the model.
pub const BOT_USERNAME: &str = "zhurnal_demo_bot";

/// How long [`Telegram::until`] waits before it gives up.
const PATIENCE: Duration = Duration::from_secs(15);

/// A handle to one model of Telegram; clones share it.
#[derive(Clone)]
pub struct Telegram {
    inner: Arc<Inner>,
}

struct Inner {
    /// A `std` mutex: it is held for one act only and never across an await.
    state: Mutex<State>,
    /// What time it is for messages, deadlines of polls and the age of a press.
    now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Grows with every change of anything; what tests and the page wait on.
    revision: watch::Sender<u64>,
    /// Wakes the long poll; apart from `revision`, so that the bot's own messages don't wake it.
    arrived: Notify,
}

impl fmt::Debug for Telegram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telegram").finish_non_exhaustive()
    }
}

impl Telegram {
    /// An empty Telegram with one bot in it, whose time is what `now` says.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        let started = now();
        Self {
            inner: Arc::new(Inner {
                state: Mutex::new(State::new(started)),
                now: Box::new(now),
                revision: watch::Sender::new(0),
                arrived: Notify::new(),
            }),
        }
    }

    /// The Bot API: `/bot{token}/{method}` and `/file/bot{token}/{path}`.
    pub fn router(&self) -> axum::Router {
        server::router(self.clone())
    }

    /// Whether calls are kept for [`Telegram::calls`]; off, a benchmark pays nothing for them.
    pub fn keep_calls(&self, on: bool) {
        self.change(|state| state.keep_calls = on);
    }

    /// A receiver that is told of each change of anything.
    pub fn revision(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// Waits until `look` sees what it looks for, looking again after each change.
    ///
    /// # Errors
    /// Names `what` was awaited when it hasn't come within 15 seconds.
    pub async fn until<T>(&self, what: &str, mut look: impl FnMut(&Self) -> Option<T>) -> Result<T, String> {
        let mut revision = self.revision();
        let seen = async {
            loop {
                revision.mark_unchanged();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                revision.changed().await.ok()?;
            }
        };
        match tokio::time::timeout(PATIENCE, seen).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) | Err(_) => Err(format!("waited in vain for {what}")),
        }
    }

    /// Reads the state, at the present time.
    fn look<T>(&self, read: impl FnOnce(&mut State) -> T) -> T {
        read(&mut self.lock())
    }

    /// Changes the state and tells everybody who waits for a change.
    fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let arrived_before = state.updates.arrived;
        let res = act(&mut state);
        state.revision += 1;
        let revision = state.revision;
        let arrived = state.updates.arrived != arrived_before;
        drop(state);
        self.inner.revision.send_modify(|it| *it = revision.max(*it));
        if arrived {
            self.inner.arrived.notify_waiters();
        }
        res
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let now = (self.inner.now)();
        let mut state = self.inner.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now = now;
        state
    }
}
