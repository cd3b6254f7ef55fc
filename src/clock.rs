//! The two clocks: civil time, by which a school lives, and machine time, by which limits and leases are counted.
//!
//! Everything takes them from here, so that the demonstration can move the day and a story can stand still.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Civil time: lessons, deadlines, digests.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, in whole microseconds: PostgreSQL keeps no finer ones.
    fn now(&self) -> DateTime<Utc>;

    /// Returns when the civil time has reached `moment`, also when the clock was moved past it.
    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()>;
}

/// A shared civil clock.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        whole_microseconds(system_now())
    }

    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            // The wall clock may be set while we sleep: look again at least each minute.
            while let Ok(left) = (moment - system_now()).to_std() {
                if left.is_zero() {
                    break;
                }
                tokio::time::sleep(left.min(Duration::from_mins(1))).await;
            }
        })
    }
}

/// A clock that starts at a given moment, goes on with the machine (or stands) and can be moved forward.
#[derive(Clone)]
pub struct MovableClock {
    start: DateTime<Utc>,
    /// `None`: the clock stands still until it is moved, as stories want it.
    running_since: Option<Instant>,
    moved: Arc<watch::Sender<TimeDelta>>,
}

impl MovableClock {
    /// A clock that goes on from `start`.
    pub fn running(start: DateTime<Utc>) -> Self {
        Self {
            start: whole_microseconds(start),
            running_since: Some(machine_now()),
            moved: Arc::new(watch::Sender::new(TimeDelta::zero())),
        }
    }

    /// A clock that stands at `start`.
    pub fn standing(start: DateTime<Utc>) -> Self {
        Self {
            running_since: None,
            ..Self::running(start)
        }
    }

    /// Moves the time forward and wakes whoever sleeps.
    pub fn advance(&self, by: TimeDelta) {
        self.moved.send_modify(|moved| *moved += by);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        let gone = self
            .running_since
            .map(|since| TimeDelta::from_std(since.elapsed()).unwrap_or_default());
        whole_microseconds(self.start + *self.moved.borrow() + gone.unwrap_or_default())
    }

    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        let mut moved = self.moved.subscribe();
        Box::pin(async move {
            loop {
                moved.borrow_and_update();
                let Ok(left) = (moment - clock.now()).to_std() else {
                    return;
                };
                if left.is_zero() {
                    return;
                }
                if clock.running_since.is_some() {
                    tokio::select! {
                        () = tokio::time::sleep(left) => {}
                        _ = moved.changed() => {}
                    }
                } else if moved.changed().await.is_err() {
                    // Nobody can move the clock any more: the moment never comes.
                    std::future::pending::<()>().await;
                }
            }
        })
    }
}

/// Machine time, for limits, leases and timeouts.
pub fn machine_now() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system's time")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

fn whole_microseconds(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "a sleeper beside the test")]
    async fn a_sleeper_wakes_when_the_clock_is_moved_past_its_moment() {
        let start = DateTime::from_timestamp(1_795_480_800, 0).unwrap();
        let clock = MovableClock::standing(start);
        let sleeper = tokio::spawn(clock.sleep_until(start + TimeDelta::minutes(5)));
        clock.advance(TimeDelta::minutes(4));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(TimeDelta::minutes(1));
        sleeper.await.unwrap();
        assert_eq!(clock.now(), start + TimeDelta::minutes(5));
    }
}
