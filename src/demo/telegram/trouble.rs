//! What goes wrong on purpose: refusals, cut connections, calls that are held, limits of rate.

use std::collections::HashMap;

use tokio::{sync::watch, time::Instant};

use super::{Telegram, methods, refusal::Refusal, state::State};

/// Messages a second over all chats.
const OVERALL: f64 = 30.0;
/// Messages to one chat before it slows down to one a second.
const BURST: f64 = 20.0;

/// A fault that the next fitting calls meet.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Only calls of this method, as the Bot API spells it.
    pub method: Option<String>,
    /// Only calls about this chat.
    pub chat: Option<i64>,
    /// How many calls meet it.
    pub times: usize,
    /// What happens to them.
    pub kind: TroubleKind,
}

/// The ways a call can fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// 429 with these seconds to wait; nothing is done.
    RetryAfter(u32),
    /// Any other refusal; nothing is done.
    Status {
        /// HTTP status and error code.
        code: u16,
        /// Telegram's words.
        description: String,
    },
    /// Done, but half of the answer arrives and the connection ends.
    HalfAnswer,
    /// Not done, and the connection ends without a word.
    NoAnswer,
    /// Done, but the connection ends without a word.
    LostAnswer,
}

/// When a held call is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before it did anything.
    BeforeEffect,
    /// When it is done and only the answer is missing.
    AfterEffect,
}

/// A call that is being held, or will be. Dropped, it holds on for ever.
#[derive(Debug)]
pub struct Hold {
    gate: Gate,
}

impl Hold {
    /// Resolves when the call is there.
    pub async fn reached(&self) {
        let mut reached = self.gate.reached.subscribe();
        // The sender lives as long as `self`.
        let _ = reached.wait_for(|it| *it).await;
    }

    /// Lets the call go on.
    pub fn release(self) {
        self.gate.released.send_replace(true);
    }
}

/// The two signs between a test and the call it holds.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    reached: watch::Sender<bool>,
    released: watch::Sender<bool>,
}

impl Gate {
    /// Waits until released. A client that goes away drops the waiting.
    pub(super) async fn pass(&self) {
        self.reached.send_replace(true);
        let mut released = self.released.subscribe();
        let _ = released.wait_for(|it| *it).await;
    }
}

/// Faults and holds still to come.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    faults: Vec<Trouble>,
    holds: Vec<(u64, Moment, Gate)>,
}

impl Troubles {
    /// The fault this call meets.
    pub(super) fn meet(&mut self, method: &str, chat: Option<i64>) -> Option<TroubleKind> {
        let fits = |it: &Trouble| {
            it.method.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(method))
                && it.chat.is_none_or(|it| chat == Some(it))
        };
        let idx = self.faults.iter().position(fits)?;
        let fault = &mut self.faults[idx];
        fault.times -= 1;
        let kind = fault.kind.clone();
        if fault.times == 0 {
            self.faults.remove(idx);
        }
        Some(kind)
    }

    /// The gate at which the call with this number is held.
    pub(super) fn gate(&mut self, n: u64) -> Option<(Moment, Gate)> {
        let idx = self.holds.iter().position(|it| it.0 == n)?;
        let (_, moment, gate) = self.holds.swap_remove(idx);
        Some((moment, gate))
    }
}

/// Telegram's limits of rate, on the machine's clock.
#[derive(Debug)]
pub(super) struct Pace {
    overall: Bucket,
    chats: HashMap<i64, Bucket>,
}

/// A bucket of tokens that fills by itself.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn full(size: f64) -> Self {
        Self {
            tokens: size,
            filled: Instant::now(),
        }
    }

    fn fill(&mut self, rate: f64, size: f64) {
        let now = Instant::now();
        self.tokens = (self.tokens + now.duration_since(self.filled).as_secs_f64() * rate).min(size);
        self.filled = now;
    }
}

impl Pace {
    fn new() -> Self {
        Self {
            overall: Bucket::full(OVERALL),
            chats: HashMap::new(),
        }
    }

    fn take(&mut self, chat: i64) -> Result<(), Refusal> {
        // A group has 20 a minute, a person one a second; both start with the same burst.
        let rate = if chat < 0 { 1.0 / 3.0 } else { 1.0 };
        let own = self.chats.entry(chat).or_insert_with(|| Bucket::full(BURST));
        own.fill(rate, BURST);
        self.overall.fill(OVERALL, OVERALL);
        if own.tokens < 1.0 {
            return Err(Refusal::too_many(if chat < 0 { 3 } else { 1 }));
        }
        if self.overall.tokens < 1.0 {
            return Err(Refusal::too_many(1));
        }
        own.tokens -= 1.0;
        self.overall.tokens -= 1.0;
        Ok(())
    }
}

impl Telegram {
    /// Lets the next fitting calls fail.
    pub fn trouble(&self, on: Trouble) {
        if on.times > 0 {
            self.change(|state| state.troubles.faults.push(on));
        }
    }

    /// Ends all faults that are still to come.
    pub fn calm(&self) {
        self.change(|state| state.troubles.faults.clear());
    }

    /// Holds the `nth` call from now on (1 is the next one, of any method) until it is released.
    pub fn hold(&self, nth: usize, when: Moment) -> Hold {
        let gate = Gate {
            reached: watch::Sender::new(false),
            released: watch::Sender::new(false),
        };
        self.change(|state| {
            let n = state.calls.count + u64::try_from(nth).unwrap_or(u64::MAX);
            state.troubles.holds.push((n, when, gate.clone()));
        });
        Hold { gate }
    }

    /// Whether Telegram's limits of rate apply (not at first): about 30 messages a second over all, and one a second
    /// a chat after a burst of 20.
    pub fn rate_limits(&self, on: bool) {
        self.change(|state| state.pace = on.then(Pace::new));
    }
}

impl State {
    /// Counts a message against the limits of rate.
    pub(super) fn keep_pace(&mut self, method: &str, chat: Option<i64>) -> Result<(), Refusal> {
        match (&mut self.pace, chat) {
            (Some(pace), Some(chat)) if methods::sends(method) => pace.take(chat),
            _ => Ok(()),
        }
    }
}
