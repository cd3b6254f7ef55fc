//! Long polling that confirms a batch only when every update of it has an outcome.
//!
//! teloxide's own listener confirms an update with the next request, before its handler has ended: a crash between the
//! two loses it. Here the next `getUpdates` waits for the [`Ledger`]. What isn't confirmed comes again after a restart.

use futures::Stream;
use futures::stream::{self, StreamExt as _};
use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use teloxide::payloads::GetUpdatesSetters as _;
use teloxide::prelude::Requester as _;
use teloxide::stop::{StopFlag, StopToken, mk_stop_token};
use teloxide::types::{AllowedUpdate, Update, UpdateKind};
use teloxide::update_listeners::{AsUpdateStream, UpdateListener};
use teloxide::{Bot, RequestError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::errors::without_secrets;

/// How long Telegram holds a request open; the HTTP client gives up after 17 s.
const HOLD_SECONDS: u32 = 10;
/// Pause after a failed request, growing.
const PAUSES: [u64; 5] = [1, 2, 5, 10, 20];

/// Which updates of the batch still have no outcome.
#[derive(Debug)]
pub struct Ledger {
    open: Mutex<HashSet<u32>>,
    left: watch::Sender<usize>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            open: Mutex::default(),
            left: watch::Sender::new(0),
        }
    }
}

impl Ledger {
    pub(super) fn begin(&self, ids: impl Iterator<Item = u32>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.extend(ids);
        self.left.send_replace(open.len());
    }

    /// An update has its outcome.
    pub fn settle(&self, id: u32) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&id);
        self.left.send_replace(open.len());
    }

    /// Waits until every update of the batch has one.
    pub(super) async fn all_settled(&self) {
        // The sender lives as long as we do: waiting can't fail.
        let _ = self.left.subscribe().wait_for(|left| *left == 0).await;
    }

    pub(super) fn is_settled(&self) -> bool {
        *self.left.borrow() == 0
    }
}

/// The listener.
pub struct Polling {
    bot: Bot,
    ledger: Arc<Ledger>,
    offset: Arc<Mutex<i32>>,
    allowed: Vec<AllowedUpdate>,
    stop: (StopToken, StopFlag),
    batch: VecDeque<Update>,
    failures: usize,
    /// Cancelled when the first batch is settled.
    acquainted: CancellationToken,
}

/// What confirms the last batch after the dispatcher has returned.
#[derive(Clone)]
pub struct LastWord {
    bot: Bot,
    ledger: Arc<Ledger>,
    offset: Arc<Mutex<i32>>,
}

impl LastWord {
    /// Confirms what was handled, so that the next start isn't given it again.
    pub async fn confirm(self) {
        let offset = *self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        if offset == 0 || !self.ledger.is_settled() {
            return;
        }
        if let Err(failure) = self.bot.get_updates().offset(offset).limit(1).timeout(0).await {
            tracing::warn!(
                error = without_secrets(&failure),
                "the last updates weren't confirmed; they will come again and be known"
            );
        }
    }
}

impl Polling {
    /// A listener whose updates are settled in this ledger.
    pub fn new(bot: Bot, ledger: Arc<Ledger>, acquainted: CancellationToken) -> Self {
        Self {
            bot,
            ledger,
            offset: Arc::default(),
            allowed: Vec::new(),
            stop: mk_stop_token(),
            batch: VecDeque::new(),
            failures: 0,
            acquainted,
        }
    }

    /// What is left to say when all is handled.
    pub fn last_word(&self) -> LastWord {
        LastWord {
            bot: self.bot.clone(),
            ledger: self.ledger.clone(),
            offset: self.offset.clone(),
        }
    }

    /// The next update; `None` when the listener was stopped.
    async fn next(&mut self) -> Option<Update> {
        loop {
            if let Some(update) = self.batch.pop_front() {
                // teloxide drops what it can't parse before any handler sees it: its outcome is given here.
                if let UpdateKind::Error(_) = update.kind {
                    tracing::warn!(update.id = update.id.0, "an update can't be read and is passed over");
                    self.ledger.settle(update.id.0);
                    continue;
                }
                return Some(update);
            }
            tokio::select! {
                () = self.ledger.all_settled() => {}
                () = self.stop.1.clone() => return None,
            }
            if self.stop.1.is_stopped() {
                return None;
            }
            self.fetch().await;
        }
    }

    async fn fetch(&mut self) {
        let offset = *self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        if offset != 0 {
            self.acquainted.cancel();
        }
        // The first answer comes at once, also when there is nothing: letters of unknown fate wait for it.
        let hold = if self.acquainted.is_cancelled() {
            HOLD_SECONDS
        } else {
            0
        };
        let mut request = self
            .bot
            .get_updates()
            .timeout(hold)
            .limit(100)
            .allowed_updates(self.allowed.clone());
        if offset != 0 {
            request = request.offset(offset);
        }
        let fetched = tokio::select! {
            fetched = request.send() => fetched,
            () = self.stop.1.clone() => return,
        };
        match fetched {
            Ok(updates) => {
                self.failures = 0;
                self.ledger.begin(updates.iter().map(|update| update.id.0));
                if let Some(last) = updates.last() {
                    *self.offset.lock().unwrap_or_else(PoisonError::into_inner) = last.id.as_offset();
                }
                // The ids of a batch are known when it is settled; with an empty one there are none to learn.
                if updates.is_empty() {
                    self.acquainted.cancel();
                }
                self.batch.extend(updates);
            }
            Err(failure) => {
                let pause = match &failure {
                    RequestError::RetryAfter(seconds) => seconds.duration(),
                    _ => Duration::from_secs(PAUSES[self.failures.min(PAUSES.len() - 1)]),
                };
                self.failures += 1;
                tracing::warn!(
                    error = without_secrets(&failure),
                    pause = pause.as_secs(),
                    "Telegram doesn't give updates; asking again"
                );
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = self.stop.1.clone() => {}
                }
            }
        }
    }
}

use teloxide::prelude::Request as _;

impl UpdateListener for Polling {
    type Err = std::convert::Infallible;

    fn stop_token(&mut self) -> StopToken {
        self.stop.0.clone()
    }

    fn hint_allowed_updates(&mut self, hint: &mut dyn Iterator<Item = AllowedUpdate>) {
        self.allowed = hint.collect();
        self.allowed.sort_by_key(|kind| *kind as u8);
    }
}

impl<'a> AsUpdateStream<'a> for Polling {
    type StreamErr = std::convert::Infallible;
    type Stream = Pin<Box<dyn Stream<Item = Result<Update, Self::StreamErr>> + Send + 'a>>;

    fn as_stream(&'a mut self) -> Self::Stream {
        stream::unfold(self, |listener| async move {
            listener.next().await.map(|update| (Ok(update), listener))
        })
        .boxed()
    }
}
