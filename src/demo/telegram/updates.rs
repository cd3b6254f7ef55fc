//! Updates on their way to the bot: kept until confirmed, given again until then, as `getUpdates` does.

use std::{collections::VecDeque, fmt::Write as _, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::time::{Instant, timeout_at};

use super::{Telegram, params::Params, refusal::Refusal, state::State};

/// The id of the first update.
const FIRST_ID: i64 = 500_000_001;
/// How many confirmed updates can be repeated.
const REMEMBERED: usize = 2_000;
/// Seconds that Telegram keeps a press nobody fetched, and in which it can be answered.
pub(super) const PRESS_LIVES: TimeDelta = TimeDelta::seconds(150);
/// The same for all other updates.
const UPDATE_LIVES: TimeDelta = TimeDelta::hours(24);
/// What a bot doesn't get unless it names them.
const UNASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The queue and what `getUpdates` was last told.
#[derive(Debug, Default)]
pub(super) struct Updates {
    /// Not confirmed, in order of their ids.
    waiting: VecDeque<Update>,
    /// Confirmed ones that are to come once more, whatever offset is asked.
    again: VecDeque<Update>,
    /// Those of `again` that were given and not yet confirmed by the next call.
    given_again: usize,
    past: VecDeque<Update>,
    /// How many updates there were so far.
    made: i64,
    /// Grows when something was put into a queue: the sign to wake the long poll.
    pub(super) arrived: u64,
    /// Who polls now: the newest call, which puts an end to the one before.
    poller: u64,
    pub(super) allowed: Option<Vec<String>>,
}

#[derive(Clone, Debug)]
struct Update {
    id: i64,
    kind: &'static str,
    made: DateTime<Utc>,
    /// Written once, when it happened: later changes of a message don't show in it.
    json: String,
}

impl Update {
    fn lives(&self) -> TimeDelta {
        if self.kind == "callback_query" {
            PRESS_LIVES
        } else {
            UPDATE_LIVES
        }
    }
}

impl State {
    /// Puts an update into the queue, if the bot wants its kind.
    pub(super) fn update(&mut self, kind: &'static str, content: &str) {
        let wanted = match self.updates.allowed.as_deref() {
            None | Some([]) => !UNASKED.contains(&kind),
            Some(kinds) => kinds.iter().any(|it| it == kind),
        };
        if !wanted {
            return;
        }
        let id = FIRST_ID + self.updates.made;
        let json = format!("{{\"update_id\":{id},\"{kind}\":{content}}}");
        let update = Update {
            id,
            kind,
            made: self.now,
            json,
        };
        self.updates.made += 1;
        self.updates.arrived += 1;
        self.updates.waiting.push_back(update);
    }

    pub(super) fn pending(&self) -> usize {
        self.updates.waiting.len() + self.updates.again.len() + self.updates.given_again
    }

    /// Queues an update that was there before once more; false when it isn't remembered.
    pub(super) fn repeat(&mut self, id: i64) -> bool {
        let updates = &mut self.updates;
        let Some(update) = updates.past.iter().rev().find(|it| it.id == id) else {
            return false;
        };
        let mut update = update.clone();
        update.made = self.now;
        updates.again.push_back(update);
        updates.arrived += 1;
        true
    }

    /// Forgets everything that waits, for `drop_pending_updates`.
    pub(super) fn drop_pending(&mut self) {
        self.updates.waiting.clear();
        self.updates.again.clear();
    }

    /// A new call of `getUpdates`: it confirms, and it ends the call before. Returns its number.
    fn begin_poll(&mut self, offset: i64, allowed: Option<Vec<String>>) -> u64 {
        let updates = &mut self.updates;
        if allowed.is_some() {
            updates.allowed = allowed;
        }
        updates.poller += 1;
        updates.arrived += 1;
        updates.given_again = 0;
        let waiting = updates.waiting.len();
        let confirmed = match usize::try_from(-offset) {
            Ok(last) if offset < 0 => waiting.saturating_sub(last),
            _ => updates.waiting.partition_point(|it| it.id < offset),
        };
        updates.past.extend(updates.waiting.drain(..confirmed));
        let forgotten = updates.past.len().saturating_sub(REMEMBERED);
        updates.past.drain(..forgotten);
        updates.poller
    }

    /// What there is for the poller: nothing yet, or the JSON of a batch.
    fn collect(&mut self, poller: u64, limit: usize) -> Result<Option<String>, Refusal> {
        let now = self.now;
        if self.updates.poller != poller {
            return Err(Refusal::new(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            ));
        }
        if self.webhook.is_some() {
            return Err(Refusal::new(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        self.close_due_polls();
        let updates = &mut self.updates;
        updates.waiting.retain(|it| now - it.made <= it.lives());
        let again: Vec<_> = updates.again.drain(..limit.min(updates.again.len())).collect();
        updates.given_again += again.len();
        let fresh = updates.waiting.iter().take(limit - again.len());
        let mut batch = String::new();
        for update in again.iter().chain(fresh) {
            let comma = if batch.is_empty() { "" } else { "," };
            // Writing into a string can't fail.
            let _ = write!(batch, "{comma}{}", update.json);
        }
        Ok((!batch.is_empty()).then(|| format!("[{batch}]")))
    }
}

impl Telegram {
    /// `getUpdates`
    pub(super) async fn get_updates(&self, params: &Params) -> Result<String, Refusal> {
        let allowed = params.parse::<Vec<String>>("allowed_updates")?;
        let limit = params.int("limit").unwrap_or(100).clamp(1, 100);
        let limit = usize::try_from(limit).unwrap_or(100);
        let seconds = params.int("timeout").unwrap_or(0).clamp(0, 50).unsigned_abs();
        let deadline = Instant::now() + Duration::from_secs(seconds);
        let offset = params.int("offset").unwrap_or(0);
        let poller = self.change(|state| state.begin_poll(offset, allowed));
        loop {
            let mut arrived = std::pin::pin!(self.inner.arrived.notified());
            // From here on an arrival is heard, so none is missed between looking and waiting.
            arrived.as_mut().enable();
            if let Some(batch) = self.look(|state| state.collect(poller, limit))? {
                return Ok(batch);
            }
            if timeout_at(deadline, arrived).await.is_err() {
                return Ok("[]".to_owned());
            }
        }
    }
}

/// JSON of something the model itself made; such a thing always can be written.
pub(super) fn write<T: Serialize>(thing: &T) -> String {
    serde_json::to_string(thing).unwrap_or_default()
}
