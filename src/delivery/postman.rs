//! The postman: takes letters from the outbox to the messenger and brings receipts back.
//!
//! Before a letter leaves, the outbox says that it is being sent; its receipt says that it is there. A crash between the
//! two leaves a letter of which nobody knows: it is looked for in the chat before it is sent again, so nobody gets two.

use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::pace::Pace;
use super::store::{self, Row};
use super::{Letter, Verb};
use crate::chat::{Delivered, Delivery, Document, Found, Transport};
use crate::clock::{SharedClock, machine_now};
use crate::db::{Db, dialogue, transact};
use crate::ids::{Account, LetterId};

/// Letters under way at once.
const AT_ONCE: usize = 24;
/// Pauses before the next try of a chat: they grow, and end at the last.
const PAUSES: [u64; 6] = [1, 2, 5, 15, 60, 300];

/// How long a database that couldn't be read is left alone.
const UNREAD: Duration = Duration::from_secs(2);

/// Takes letters to the messenger.
pub struct Postman {
    /// Where the outbox is.
    pub db: Db,
    /// Where the letters go.
    pub transport: Arc<dyn Transport>,
    /// Civil time: when letters are due.
    pub clock: SharedClock,
    /// Rung when a letter was posted.
    pub bell: Arc<Notify>,
    /// The allowance shared with screens.
    pub pace: Arc<Pace>,
    /// Cancelled when the messenger has given its first updates. Until then message ids of the time when we were away
    /// aren't known, and a letter of unknown fate would be looked for in the wrong place.
    pub acquainted: CancellationToken,
}

impl Postman {
    /// Works until it is stopped; letters under way are finished.
    pub async fn run(self, stop: CancellationToken) {
        let mut rests = Rests::default();
        while !stop.is_cancelled() {
            let look = self.look();
            match self.round(&mut rests, look, &stop).await {
                Ok(true) => {}
                Ok(false) => self.rest(&rests, look, &stop).await,
                Err(failure) => {
                    tracing::error!(error = format!("{failure:#}"), "the outbox can't be read; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(UNREAD) => {}
                        () = stop.cancelled() => {}
                    }
                }
            }
        }
    }

    fn look(&self) -> Look {
        Look {
            now: self.clock.now(),
            at: machine_now(),
            acquainted: self.acquainted.is_cancelled(),
        }
    }

    /// One round: settles what nobody knows of and sends what is ready. Says whether there was anything to do.
    ///
    /// Letters to many keep it going: when half of those under way have arrived, others follow, so that one for which the
    /// messenger takes its time holds up nobody.
    async fn round(&self, rests: &mut Rests, look: Look, stop: &CancellationToken) -> anyhow::Result<bool> {
        let mut under_way = FuturesUnordered::new();
        let mut ids = HashSet::new();
        let mut todo = self.todo(rests, look, &ids).await?;
        let had_work = !todo.rows.is_empty();
        loop {
            let are_more = todo.are_more;
            for (row, is_unsettled) in todo.rows.drain(..) {
                ids.insert(row.id);
                under_way.push(self.carry(row, is_unsettled, stop));
            }
            let is_asked_for = tokio::select! {
                biased;
                settled = under_way.next() => match settled {
                    Some((row, outcome)) => {
                        ids.remove(&row.id);
                        self.settle(&row, outcome, rests).await?;
                        are_more && under_way.len() <= AT_ONCE / 2
                    }
                    None => return Ok(had_work),
                },
                // Something more urgent was posted meanwhile.
                () = self.bell.notified() => true,
            };
            if is_asked_for && !stop.is_cancelled() {
                todo = self.todo(rests, self.look(), &ids).await?;
            }
        }
    }

    /// What can be done now and isn't under way; what is to be sent begins to be sent.
    async fn todo(&self, rests: &Rests, look: Look, under_way: &HashSet<LetterId>) -> anyhow::Result<Todo> {
        let mut view = self.db.snapshot().await?;
        let mut unsettled = store::unsettled(&mut view, self.transport.name()).await?;
        let ready = store::ready(&mut view, self.transport.name(), look.now).await?;
        drop(view);
        let busy: HashSet<i64> = unsettled.iter().map(|row| row.chat).collect();
        unsettled.retain(|row| look.acquainted && !under_way.contains(&row.id) && !rests.is_resting(row.chat, look.at));
        let room = AT_ONCE.saturating_sub(under_way.len());
        let mut ready: Vec<Row> = ready
            .into_iter()
            .filter(|row| !rests.is_resting(row.chat, look.at) && !busy.contains(&row.chat))
            .collect();
        // One place is kept for what is ready: what can't be found must not hold up all the others.
        let n_ready = room.saturating_sub(unsettled.len().min(room.saturating_sub(1)));
        let are_more = ready.len() > n_ready || unsettled.len() > room;
        ready.truncate(n_ready);
        unsettled.truncate(room);
        if !ready.is_empty() {
            let floor = self.transport.highest_message();
            transact!(self.db, tx => {
                for row in &ready {
                    store::begin(&mut tx, row.id, floor).await?;
                }
            })?;
        }
        let unsettled = unsettled.into_iter().map(|row| (row, true));
        Ok(Todo {
            rows: unsettled.chain(ready.into_iter().map(|row| (row, false))).collect(),
            are_more,
        })
    }

    /// Takes one letter there, or looks for one of which nobody knows.
    async fn carry(&self, row: Row, unsettled: bool, stop: &CancellationToken) -> (Row, Delivered) {
        let Ok(letter) = serde_json::from_str::<Letter>(&row.letter) else {
            return (row, Delivered::Refused("unreadable letter".to_owned()));
        };
        // An edit, a deletion and a stopped poll are the same when they are done twice.
        if unsettled && matches!(letter.verb, Verb::Send | Verb::Forward) {
            let outcome = match self.find(&row, &letter).await {
                Found::There(message) => Delivered::There(message),
                Found::PollThere(message, poll) => Delivered::PollThere(message, poll),
                Found::Nowhere => Delivered::NotSent,
                Found::Unknown => Delivered::Unsure,
            };
            return (row, outcome);
        }
        let document = match self.document(&letter).await {
            Ok(document) => document,
            Err(failure) => {
                tracing::error!(
                    letter.id = row.id.0,
                    error = format!("{failure:#}"),
                    "a letter's file can't be read"
                );
                return (row, Delivered::NotSent);
            }
        };
        if letter.verb == Verb::Send && letter.document.is_some() && document.is_none() {
            return (row, Delivered::Refused("the letter's file is gone".to_owned()));
        }
        tokio::select! {
            () = self.pace.wait(row.chat) => {}
            // It hasn't left: the next start sends it.
            () = stop.cancelled() => return (row, Delivered::NotSent),
        }
        let target = row.target_id.zip(row.target_chat);
        let what = match (letter.verb, target, &letter.poll) {
            (Verb::Send, _, Some(poll)) => Delivery::Poll {
                poll,
                screen: &letter.screen,
                silent: letter.silent,
            },
            (Verb::Send, _, None) if let Some(file) = &letter.enclosed => Delivery::Enclosed {
                file,
                screen: &letter.screen,
                silent: letter.silent,
            },
            (Verb::Send, _, None) => Delivery::Send {
                screen: &letter.screen,
                document: document.as_ref(),
                silent: letter.silent,
            },
            (Verb::Edit, Some((message, _)), _) => Delivery::Edit {
                message,
                screen: &letter.screen,
                shape: letter.shape(),
            },
            (Verb::Delete, Some((message, _)), _) => Delivery::Delete { message },
            (Verb::StopPoll, Some((message, _)), _) => Delivery::StopPoll {
                message,
                screen: &letter.screen,
            },
            (Verb::Forward, Some((message, from)), _) => Delivery::Forward {
                from,
                message,
                silent: letter.silent,
            },
            (Verb::Edit | Verb::Delete | Verb::StopPoll | Verb::Forward, None, _) => {
                return (row, Delivered::TargetGone);
            }
        };
        let outcome = self.transport.deliver(row.chat, what).await;
        (row, outcome)
    }

    /// Looks for a letter of which nobody knows.
    async fn find(&self, row: &Row, letter: &Letter) -> Found {
        if letter.verb != Verb::Forward {
            let shape = letter.shape();
            return self.transport.find(row.chat, &letter.screen, shape, row.floor_id).await;
        }
        let read = async {
            let place = (self.transport.name(), row.chat);
            store::receipts_past(&mut *self.db.snapshot().await?, place, row.floor_id).await
        };
        match read.await {
            Ok(known) => self.transport.find_shown(row.chat, row.floor_id, &known).await,
            Err(failure) => {
                tracing::error!(
                    letter.id = row.id.0,
                    error = format!("{failure:#}"),
                    "the receipts of a chat can't be read"
                );
                Found::Unknown
            }
        }
    }

    /// The file of a letter that is sent.
    async fn document(&self, letter: &Letter) -> anyhow::Result<Option<Document>> {
        match (letter.verb, letter.document) {
            (Verb::Send, Some(file)) => store::file(&mut *self.db.snapshot().await?, file).await,
            _ => Ok(None),
        }
    }

    async fn settle(&self, row: &Row, outcome: Delivered, rests: &mut Rests) -> anyhow::Result<()> {
        let now = self.clock.now();
        let transport = self.transport.name();
        let letter = serde_json::from_str::<Letter>(&row.letter).ok();
        let file = letter
            .filter(|letter| letter.verb == Verb::Send)
            .and_then(|letter| letter.document);
        transact!(self.db, tx => {
            match &outcome {
                Delivered::There(message) => store::receipt(&mut tx, row.id, *message, now).await?,
                Delivered::PollThere(message, poll) => {
                    store::receipt(&mut tx, row.id, *message, now).await?;
                    store::keep_poll(&mut tx, row.id, poll).await?;
                }
                Delivered::TargetGone => store::done(&mut tx, row.id, "the former message is gone").await?,
                Delivered::ChatClosed => {
                    store::fail(&mut tx, row.id, "the chat is closed").await?;
                    dialogue::close_chat(&mut tx, transport, row.chat, now).await?;
                }
                Delivered::Refused(reason) => store::fail(&mut tx, row.id, reason).await?,
                Delivered::Later(_) | Delivered::NotSent => store::wait(&mut tx, row.id).await?,
                // Still being sent, as far as anybody knows: the next round looks for it.
                Delivered::Unsure => {}
            }
            if let (Some(file), false) = (file, is_under_way(&outcome)) {
                store::drop_file(&mut tx, file).await?;
            }
        })?;
        match outcome {
            Delivered::There(message) | Delivered::PollThere(message, _) => {
                self.transport.saw(
                    Account {
                        transport,
                        id: row.chat,
                    },
                    message,
                );
                self.pace.taken();
                rests.clear(row.chat);
            }
            Delivered::Later(seconds) => {
                self.pace.sent_back(seconds);
                rests.rest(row.chat, Duration::from_secs(u64::from(seconds)));
            }
            Delivered::NotSent | Delivered::Unsure => rests.grow(row.chat),
            Delivered::Refused(reason) => {
                tracing::warn!(letter.id = row.id.0, reason, "a letter was refused");
            }
            Delivered::TargetGone | Delivered::ChatClosed => {}
        }
        Ok(())
    }

    /// Waits for a new letter, the next due one, or the end of a chat's rest.
    ///
    /// What became due since the round looked, and whose rest ended since, is found by the next round, which is at once.
    async fn rest(&self, rests: &Rests, look: Look, stop: &CancellationToken) {
        let looked = async {
            let mut view = self.db.snapshot().await?;
            store::next_due(&mut view, self.transport.name(), look.now).await
        };
        let (due, unread) = match looked.await {
            Ok(due) => (due, false),
            Err(_) => (None, true),
        };
        let due = async {
            match due {
                Some(due) => self.clock.sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let rested = async {
            match rests.first_end(look.at) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.bell.notified() => {}
            () = due => {}
            () = rested => {}
            // The database couldn't be asked: what is due may be there all the same.
            () = tokio::time::sleep(UNREAD), if unread => {}
            () = self.acquainted.cancelled(), if !look.acquainted => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Whether the letter will be tried or looked for again.
fn is_under_way(outcome: &Delivered) -> bool {
    match outcome {
        Delivered::There(_)
        | Delivered::PollThere(..)
        | Delivered::TargetGone
        | Delivered::ChatClosed
        | Delivered::Refused(_) => false,
        Delivered::Later(_) | Delivered::NotSent | Delivered::Unsure => true,
    }
}

/// What a look into the outbox found.
struct Todo {
    /// The letters, each with whether nobody knows of it.
    rows: Vec<(Row, bool)>,
    /// Whether others wait for a place.
    are_more: bool,
}

/// When a round looked: the rest after it counts from there, so that nothing falls between the two.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// Civil time: which letters were due.
    now: DateTime<Utc>,
    /// Machine time: which chats rested.
    at: Instant,
    /// Whether letters of unknown fate could be looked for.
    acquainted: bool,
}

/// Chats that get nothing for a while, by machine time: after a restart they are simply tried again.
#[derive(Debug, Default)]
struct Rests(HashMap<i64, (Instant, usize)>);

impl Rests {
    fn is_resting(&self, chat: i64, at: Instant) -> bool {
        self.0.get(&chat).is_some_and(|(until, _)| *until > at)
    }

    fn rest(&mut self, chat: i64, pause: Duration) {
        let failures = self.0.get(&chat).map_or(0, |(_, failures)| *failures);
        self.0.insert(chat, (machine_now() + pause, failures));
    }

    fn grow(&mut self, chat: i64) {
        let failures = self.0.get(&chat).map_or(0, |(_, failures)| *failures);
        let pause = PAUSES[failures.min(PAUSES.len() - 1)];
        self.0
            .insert(chat, (machine_now() + Duration::from_secs(pause), failures + 1));
    }

    fn clear(&mut self, chat: i64) {
        self.0.remove(&chat);
    }

    /// How long until the first of those ends that rested at a moment; nothing when it has ended since.
    fn first_end(&self, at: Instant) -> Option<Duration> {
        let now = machine_now();
        let resting = self.0.values().filter(|(until, _)| *until > at);
        resting.map(|(until, _)| until.saturating_duration_since(now)).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_that_ends_between_look_and_sleep_is_no_rest_without_end() {
        let mut rests = Rests::default();
        let looked = machine_now();
        rests.rest(1, Duration::ZERO);
        let at = looked.checked_sub(Duration::from_millis(1)).unwrap_or(looked);
        assert!(rests.is_resting(1, at), "it rested when the round looked");
        assert_eq!(
            rests.first_end(at),
            Some(Duration::ZERO),
            "the next round comes at once"
        );
        // A later round doesn't count it any more, or it would never sleep again.
        let later = machine_now() + Duration::from_millis(1);
        assert!(!rests.is_resting(1, later));
        assert_eq!(rests.first_end(later), None);
    }
}
