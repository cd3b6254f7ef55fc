//! The messenger's pace: thirty messages a second over all, one a second in a chat after a short burst.
//!
//! Screens that answer a press only spend from the common allowance; letters wait for what is left of it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::clock::machine_now;

/// Messages a second over all chats.
const A_SECOND: f64 = 29.8;
/// How many may leave at once after a quiet time.
const BURST: f64 = 29.0;
/// How many may leave at once into one chat.
const CHAT_BURST: f64 = 10.0;

/// The allowance that everything sent shares.
#[derive(Debug)]
pub struct Pace(Mutex<State>);

#[derive(Debug)]
struct State {
    all: Bucket,
    chats: HashMap<i64, Bucket>,
    /// Nothing leaves before: the messenger said so.
    paused_until: Option<Instant>,
    /// Letters sent back for their haste since the last that was taken.
    n_sent_back: u32,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    fn full(tokens: f64, now: Instant) -> Self {
        Self { tokens, filled_at: now }
    }

    fn fill(&mut self, rate: f64, burst: f64, now: Instant) {
        self.tokens = (self.tokens + now.duration_since(self.filled_at).as_secs_f64() * rate).min(burst);
        self.filled_at = now;
    }
}

impl Default for Pace {
    fn default() -> Self {
        let all = Bucket::full(BURST, machine_now());
        Self(Mutex::new(State {
            all,
            chats: HashMap::new(),
            paused_until: None,
            n_sent_back: 0,
        }))
    }
}

impl Pace {
    /// Spends one message for a screen, which doesn't wait.
    pub fn spend(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.all.fill(A_SECOND, BURST, machine_now());
        state.all.tokens -= 1.0;
    }

    /// Waits for the turn of a letter to a chat.
    pub async fn wait(&self, chat: i64) {
        while let Some(pause) = self.try_take(chat) {
            tokio::time::sleep(pause).await;
        }
    }

    /// Takes one message from the allowance, or says how long to wait.
    fn try_take(&self, chat: i64) -> Option<Duration> {
        let now = machine_now();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = state
            .paused_until
            .and_then(|until| until.checked_duration_since(now))
            .filter(|it| !it.is_zero())
        {
            return Some(left);
        }
        // Full buckets say nothing: they needn't be kept.
        if state.chats.len() > 10_000 {
            state
                .chats
                .retain(|_, bucket| now.duration_since(bucket.filled_at).as_secs_f64() < CHAT_BURST);
        }
        state.all.fill(A_SECOND, BURST, now);
        let all = state.all.tokens;
        let bucket = state.chats.entry(chat).or_insert_with(|| Bucket::full(CHAT_BURST, now));
        bucket.fill(1.0, CHAT_BURST, now);
        if bucket.tokens < 1.0 {
            return Some(Duration::from_secs_f64(1.0 - bucket.tokens));
        }
        if all < 1.0 {
            return Some(Duration::from_secs_f64((1.0 - all) / A_SECOND));
        }
        bucket.tokens -= 1.0;
        state.all.tokens -= 1.0;
        None
    }

    /// The messenger took a letter.
    pub fn taken(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).n_sent_back = 0;
    }

    /// The messenger sent a letter back for so many seconds.
    ///
    /// It doesn't say whether it means the chat or the bot, and one busy chat mustn't hold up ten thousand others. A second
    /// letter that comes back, with none taken between the two, says that it means everybody.
    pub fn sent_back(&self, seconds: u32) {
        let n = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.n_sent_back += 1;
            state.n_sent_back
        };
        if n > 1 {
            self.pause(seconds);
        }
    }

    /// Nothing leaves for so long: the messenger said so.
    pub fn pause(&self, seconds: u32) {
        let until = machine_now() + Duration::from_secs(u64::from(seconds));
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.paused_until = Some(state.paused_until.map_or(until, |it| it.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_each_waits() {
        let pace = Pace::default();
        let taken = (0..100).filter(|chat| pace.try_take(*chat).is_none()).count();
        assert!((29..=31).contains(&taken), "{taken} left at once");
    }

    #[test]
    fn one_chat_has_its_own_pace() {
        let pace = Pace::default();
        let taken = (0..20).filter(|_| pace.try_take(7).is_none()).count();
        assert_eq!(taken, 10);
        assert_eq!(pace.try_take(8), None);
    }

    #[test]
    fn a_letter_sent_back_holds_its_chat_only_and_a_second_in_a_row_holds_everybody() {
        let pace = Pace::default();
        pace.sent_back(3);
        assert_eq!(pace.try_take(1), None);
        pace.taken();
        pace.sent_back(3);
        assert_eq!(pace.try_take(2), None);
        pace.sent_back(3);
        assert!(pace.try_take(3).is_some_and(|left| left > Duration::from_secs(2)));
    }

    #[test]
    fn a_pause_that_the_messenger_asked_for_holds_everybody() {
        let pace = Pace::default();
        pace.pause(3);
        pace.pause(1);
        assert!(pace.try_take(1).is_some_and(|left| left > Duration::from_secs(2)));
    }
}
