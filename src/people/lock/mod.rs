//! The lock of a staff account (P14): a PIN on an inline keypad stands between a phone left on a desk and the journal.
//!
//! The lock belongs to the account: one PIN, whatever the person is. It closes after a time without a press and by hand;
//! what was awaited still is after it opens. Until a PIN is chosen, staff can read and not write.

pub mod flow;
pub mod press;
pub mod screens;
pub mod store;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::keypad::Typed;
use crate::access::Actor;

/// Wrong PINs before a pause.
pub const TRIES: i64 = 5;
/// The pauses, in minutes; the last one repeats.
const PAUSES: [i64; 3] = [5, 15, 60];
/// The last press is kept to within this time, so that looking around costs no write a press.
pub const SEEN_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// What a school can choose: minutes without a press.
pub const CHOICES: [i64; 4] = [30, 60, 180, 480];

/// The lock as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Lock {
    /// Empty until a PIN was chosen.
    pub pin_hash: String,
    /// What is being typed; JSON of [`Entry`].
    pub entry: String,
    /// Wrong PINs since the last right one or the last pause.
    pub tries: i64,
    /// Pauses since the last right one.
    pub pauses: i64,
    /// Until when nothing is taken.
    pub paused_until: Option<DateTime<Utc>>,
    /// Locked by hand.
    pub locked: bool,
    /// The last press, to within [`SEEN_WITHIN`].
    pub seen_at: DateTime<Utc>,
}

impl Lock {
    /// Of an account that never had one.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            pin_hash: String::new(),
            entry: String::new(),
            tries: 0,
            pauses: 0,
            paused_until: None,
            locked: false,
            seen_at: now,
        }
    }

    /// What is being typed now.
    pub fn entry(&self) -> Entry {
        serde_json::from_str(&self.entry).unwrap_or_else(|_| Entry::start(!self.pin_hash.is_empty()))
    }

    /// Keeps what is being typed.
    pub fn set_entry(&mut self, entry: &Entry) {
        self.entry = serde_json::to_string(entry).unwrap_or_default();
    }

    /// Whether nothing is taken now.
    pub fn is_paused(&self, now: DateTime<Utc>) -> bool {
        self.paused_until.is_some_and(|until| until > now)
    }
}

/// What is asked for on the keys. Kept as JSON: variants are only added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// The PIN that opens.
    Open(Typed),
    /// The old PIN, before a new one is chosen.
    Old(Typed),
    /// A new PIN.
    First(Typed),
    /// The new one again; the first time's hash.
    Again(String, Typed),
    /// The PIN that opens, and the view that was asked for before it, as `trees` stores views.
    OpenTo(String, Typed),
}

impl Entry {
    /// Whether it is the PIN that opens, wherever to.
    pub fn opens(&self) -> bool {
        match self {
            Self::Open(_) | Self::OpenTo(..) => true,
            Self::Old(_) | Self::First(_) | Self::Again(..) => false,
        }
    }

    /// The same lock, opening to a view; digits that were typed stay.
    #[must_use]
    pub fn to(self, view: String) -> Self {
        match self {
            Self::Open(typed) | Self::OpenTo(_, typed) => Self::OpenTo(view, typed),
            Self::Old(_) | Self::First(_) | Self::Again(..) => Self::OpenTo(view, Typed::default()),
        }
    }

    fn start(has_pin: bool) -> Self {
        if has_pin {
            Self::Open(Typed::default())
        } else {
            Self::First(Typed::default())
        }
    }
}

/// How an account stands to its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No staff: there is nothing to lock.
    Free,
    /// Staff who haven't chosen a PIN: they read and don't write.
    NoPin,
    /// Nothing opens but by the PIN.
    Locked,
    /// Open.
    Open,
}

/// How an actor stands to their lock at a moment.
pub fn standing(actor: &Actor, now: DateTime<Utc>) -> Standing {
    let staff: Vec<i64> = actor
        .identities
        .iter()
        .filter(|it| it.is_staff)
        .map(|it| it.lock_after_minutes)
        .collect();
    if staff.is_empty() {
        return Standing::Free;
    }
    let Some(guard) = actor.guard else {
        return Standing::NoPin;
    };
    // The strictest of the person's schools; 0 is never.
    let after = staff.into_iter().filter(|minutes| *minutes > 0).min();
    let slept = after.is_some_and(|minutes| now - guard.seen_at >= TimeDelta::minutes(minutes));
    if guard.locked || slept {
        Standing::Locked
    } else {
        Standing::Open
    }
}

/// Whether the last press is to be kept now.
pub fn is_to_be_seen(actor: &Actor, now: DateTime<Utc>) -> bool {
    standing(actor, now) == Standing::Open && actor.guard.is_some_and(|guard| now - guard.seen_at >= SEEN_WITHIN)
}

/// What a wrong PIN leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// So many tries are left.
    Left(i64),
    /// Nothing is taken for so many minutes.
    Pause(i64),
}

/// Counts a wrong PIN: after five a pause, which grows.
pub fn wrong(lock: &mut Lock, now: DateTime<Utc>) -> Wrong {
    lock.tries += 1;
    if lock.tries < TRIES {
        return Wrong::Left(TRIES - lock.tries);
    }
    let nth = usize::try_from(lock.pauses).unwrap_or(usize::MAX).min(PAUSES.len() - 1);
    let minutes = PAUSES[nth];
    lock.tries = 0;
    lock.pauses += 1;
    lock.paused_until = Some(now + TimeDelta::minutes(minutes));
    Wrong::Pause(minutes)
}

/// The right PIN was typed: everything is forgotten.
pub fn right(lock: &mut Lock, now: DateTime<Utc>) {
    *lock = Lock {
        pin_hash: std::mem::take(&mut lock.pin_hash),
        ..Lock::new(now)
    };
}

/// PINs that everybody tries first: four alike, up or down the keys, years of birth.
pub fn is_trivial(digits: &str) -> bool {
    let signs: Vec<i16> = digits.bytes().map(i16::from).collect();
    let steps: Vec<i16> = signs.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let even = steps.windows(2).all(|pair| pair[0] == pair[1]) && steps.first().is_some_and(|step| step.abs() <= 1);
    let pairs = signs.chunks(2).all(|pair| pair == &signs[..2]);
    even || pairs || digits.starts_with("19") || digits.starts_with("20")
}

/// Whether a PIN is somebody's day and month of birth, which a class knows.
pub fn is_birthday(digits: &str, born: NaiveDate) -> bool {
    let (day, month) = (born.day(), born.month());
    digits == format!("{day:02}{month:02}") || digits == format!("{month:02}{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Guard, Identity};
    use crate::ids::{Account, PersonId, SchoolId};
    use proptest::prelude::*;
    use rstest::rstest;

    fn now() -> DateTime<Utc> {
        "2026-11-24T00:40:00Z".parse().unwrap()
    }

    fn actor(is_staff: bool, guard: Option<(bool, i64)>, after: &[i64]) -> Actor {
        let identity = |minutes: &i64| Identity {
            person: PersonId(1),
            school: SchoolId(1),
            is_staff,
            lock_after_minutes: *minutes,
            duties: Vec::new(),
        };
        Actor {
            account: Account {
                transport: "telegram",
                id: 1,
            },
            identities: after.iter().map(identity).collect(),
            guard: guard.map(|(locked, minutes)| Guard {
                locked,
                seen_at: now() - TimeDelta::minutes(minutes),
            }),
        }
    }

    #[rstest]
    #[case::a_parent_has_no_lock(false, Some((true, 600)), &[180], Standing::Free)]
    #[case::a_stranger_neither(true, None, &[], Standing::Free)]
    #[case::staff_choose_first(true, None, &[180], Standing::NoPin)]
    #[case::just_pressed(true, Some((false, 0)), &[180], Standing::Open)]
    #[case::a_minute_before(true, Some((false, 179)), &[180], Standing::Open)]
    #[case::three_hours(true, Some((false, 180)), &[180], Standing::Locked)]
    #[case::by_hand(true, Some((true, 0)), &[180], Standing::Locked)]
    #[case::never_by_itself(true, Some((false, 100_000)), &[0], Standing::Open)]
    #[case::never_but_by_hand(true, Some((true, 0)), &[0], Standing::Locked)]
    #[case::the_stricter_of_two_schools(true, Some((false, 45)), &[0, 30, 180], Standing::Locked)]
    fn p14_the_lock_closes(
        #[case] is_staff: bool,
        #[case] guard: Option<(bool, i64)>,
        #[case] after: &[i64],
        #[case] expected: Standing,
    ) {
        assert_eq!(standing(&actor(is_staff, guard, after), now()), expected);
    }

    #[test]
    fn p14_a_pin_guessed_twenty_times_meets_growing_pauses() {
        let mut lock = Lock::new(now());
        let mut pauses = Vec::new();
        for _ in 0..20 {
            if let Wrong::Pause(minutes) = wrong(&mut lock, now()) {
                pauses.push(minutes);
                assert!(lock.is_paused(now()));
                assert!(!lock.is_paused(now() + TimeDelta::minutes(minutes)));
            }
        }
        assert_eq!(pauses, [5, 15, 60, 60]);
        right(&mut lock, now());
        assert_eq!(lock, Lock::new(now()));
    }

    #[rstest]
    #[case("0000", true)]
    #[case("1234", true)]
    #[case("9876", true)]
    #[case("1212", true)]
    #[case("1987", true)]
    #[case("2013", true)]
    #[case("2468", false)]
    #[case("7093", false)]
    fn p14_pins_that_everybody_tries_first(#[case] digits: &str, #[case] trivial: bool) {
        assert_eq!(is_trivial(digits), trivial);
    }

    #[rstest]
    #[case("0703", true)]
    #[case("0307", true)]
    #[case("7003", false)]
    #[case("1703", false)]
    fn p14_a_birthday_is_no_pin(#[case] digits: &str, #[case] is_birthday: bool) {
        let born = NaiveDate::from_ymd_opt(1985, 3, 7).unwrap();
        assert_eq!(super::is_birthday(digits, born), is_birthday);
    }

    #[test]
    fn what_was_typed_stays_when_another_view_is_asked_for() {
        let mut typed = Typed::default();
        typed.press(crate::people::keypad::Key::Digit(7));
        let there = Entry::Open(typed.clone()).to("one".to_owned());
        assert_eq!(
            there.clone().to("two".to_owned()),
            Entry::OpenTo("two".to_owned(), typed)
        );
        assert_eq!(
            Entry::First(Typed::default()).to("one".to_owned()),
            Entry::OpenTo("one".to_owned(), Typed::default()),
            "a new PIN that was begun is given up when the lock closes"
        );
        // Locks of the version before had no view to come back to.
        assert_eq!(
            serde_json::from_str::<Entry>(r#"{"Open":"24"}"#).unwrap().opens(),
            there.opens()
        );
    }

    proptest! {
        #[test]
        fn p14_whoever_presses_often_enough_is_never_locked(gaps in prop::collection::vec(0_i64..175, 1..30)) {
            let (mut seen, mut at) = (now(), now());
            for gap in gaps {
                at += TimeDelta::minutes(gap);
                let mut actor = actor(true, Some((false, 0)), &[180]);
                actor.guard = Some(Guard { locked: false, seen_at: seen });
                prop_assert_eq!(standing(&actor, at), Standing::Open);
                if is_to_be_seen(&actor, at) {
                    seen = at;
                }
            }
        }
    }
}
