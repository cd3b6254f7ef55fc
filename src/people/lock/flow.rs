//! What the keys do: opening, choosing and changing a PIN; what the administrator does with others' locks.

use chrono::{DateTime, Utc};

use super::press::{Act, View};
use super::{CHOICES, Entry, Lock, Standing, Wrong, is_birthday, is_trivial, right, screens, standing, store, wrong};
use crate::access::{self, Actor, KeepLocks};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{Account, PersonId, SchoolId};
use crate::people::{self, Person, entry, keypad, secret};
use crate::school;
use crate::words::{Locale, UserError, count, dates, plain, refuse};

/// What an act of the lock leads to.
pub enum Led {
    /// A view of the lock, or another feature's door.
    To(Reply<View>),
    /// It is open: back to where the person was, with a word.
    Through(String),
    /// It is open: to the view that was asked for, as `trees` stored it, with a word.
    Back(String, String),
}

/// Does an act. `Key` and `Lock` are for whoever holds the phone; the rest needs an open lock, which the turn sees to.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Led> {
    match act {
        Act::Key(key) => press_key(ctx, tx, actor, key).await,
        Act::Lock => {
            let mut lock = own(tx, actor, ctx.now).await?;
            if lock.pin_hash.is_empty() {
                return Ok(Led::To(Reply::view(View::Keys)));
            }
            lock.locked = true;
            lock.entry.clear();
            store::keep(tx, actor.account, &lock).await?;
            sign(ctx, tx, actor, "locked").await?;
            Ok(Led::To(Reply::view(View::Keys)))
        }
        Act::Change => {
            let mut lock = own(tx, actor, ctx.now).await?;
            if !lock.pin_hash.is_empty() {
                lock.set_entry(&Entry::Old(keypad::Typed::default()));
                store::keep(tx, actor.account, &lock).await?;
            }
            Ok(Led::To(Reply::view(View::Keys)))
        }
        Act::Keep => {
            let mut lock = own(tx, actor, ctx.now).await?;
            lock.entry.clear();
            store::keep(tx, actor.account, &lock).await?;
            Ok(Led::Through(plain!(ctx.locale, "lock.toast.kept")))
        }
        Act::LockPerson(id) => {
            let (person, proof) = keeper_of(tx, actor, id).await?;
            store::lock_person(tx, proof, person.id).await?;
            audit(ctx, tx, actor, &person, "locked").await?;
            let said = plain!(ctx.locale, "lock.toast.locked", name = person.name.adult());
            Ok(Led::To(Reply::view(View::LockOf(id)).toast(said)))
        }
        Act::TakeOff(id) => {
            let (person, proof) = keeper_of(tx, actor, id).await?;
            store::take_off(tx, proof, person.id).await?;
            audit(ctx, tx, actor, &person, "took_pin_off").await?;
            let said = plain!(ctx.locale, "lock.toast.taken_off", name = person.name.adult());
            Ok(Led::To(Reply::view(View::LockOf(id)).toast(said)))
        }
        Act::After(school, minutes) => {
            let proof = access::keep_locks(actor, school)?;
            if !CHOICES.contains(&minutes) {
                refuse!("chat.outdated")
            }
            store::set_after(tx, proof, school, minutes).await?;
            let line = ("set_lock_time", format!("minutes:{minutes}"));
            people::store::audit(tx, ctx.now, actor.account, actor.person_at(school), (line.0, &line.1)).await?;
            Ok(Led::To(Reply::view(View::Locks(school, 0))))
        }
    }
}

/// A view was asked for behind a closed lock: it is shown when the lock is open, and nothing of it before.
pub async fn ask_for(ctx: &Ctx, tx: &mut Tx, actor: &Actor, view: String) -> anyhow::Result<()> {
    let mut lock = own(tx, actor, ctx.now).await?;
    let entry = lock.entry().to(view);
    lock.set_entry(&entry);
    store::keep(tx, actor.account, &lock).await
}

/// Gives an account a PIN without asking, for stories, benchmarks and the demonstration, which begin where choosing has
/// ended.
pub async fn give_pin(tx: &mut Tx, account: Account, digits: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    let lock = Lock {
        pin_hash: secret::hash(digits)?,
        ..Lock::new(now)
    };
    store::keep(tx, account, &lock).await
}

async fn press_key(ctx: &Ctx, tx: &mut Tx, actor: &Actor, key: keypad::Key) -> anyhow::Result<Led> {
    if standing(actor, ctx.now) == Standing::Free {
        refuse!("access.no_section")
    }
    let mut lock = own(tx, actor, ctx.now).await?;
    if lock.is_paused(ctx.now) {
        return Ok(Led::To(stay(paused(ctx, &lock))));
    }
    let is_locked = standing(actor, ctx.now) == Standing::Locked;
    let mut entry = lock.entry();
    // A lock that closed meanwhile asks for its PIN and nothing else.
    if is_locked && !entry.opens() {
        entry = Entry::Open(keypad::Typed::default());
    }
    // An old keypad of an open journal: there is nothing to open.
    if !is_locked && entry.opens() {
        return Ok(Led::Through(plain!(ctx.locale, "lock.toast.opened")));
    }
    let (Entry::Open(typed)
    | Entry::OpenTo(_, typed)
    | Entry::Old(typed)
    | Entry::First(typed)
    | Entry::Again(_, typed)) = &mut entry;
    let Some(digits) = typed.press(key) else {
        lock.set_entry(&entry);
        store::keep(tx, actor.account, &lock).await?;
        return Ok(Led::To(Reply::view(View::Keys)));
    };
    match entry {
        Entry::Open(_) | Entry::OpenTo(..) | Entry::Old(_) if !secret::matches(&digits, &lock.pin_hash) => {
            let told = wrong(&mut lock, ctx.now);
            lock.set_entry(&entry);
            store::keep(tx, actor.account, &lock).await?;
            let said = match told {
                Wrong::Left(left) => {
                    plain!(
                        ctx.locale,
                        "lock.wrong",
                        tries = count(ctx.locale, "count.tries_left", left)
                    )
                }
                Wrong::Pause(_) => {
                    tell_administrators(ctx, tx, actor, &lock).await?;
                    paused(ctx, &lock)
                }
            };
            Ok(Led::To(stay(said)))
        }
        Entry::Open(_) | Entry::OpenTo(..) => {
            right(&mut lock, ctx.now);
            store::keep(tx, actor.account, &lock).await?;
            sign(ctx, tx, actor, "unlocked").await?;
            let said = plain!(ctx.locale, "lock.toast.opened");
            Ok(match entry {
                Entry::OpenTo(view, _) => Led::Back(view, said),
                _ => Led::Through(said),
            })
        }
        Entry::Old(_) => {
            lock.tries = 0;
            lock.set_entry(&Entry::First(keypad::Typed::default()));
            store::keep(tx, actor.account, &lock).await?;
            Ok(Led::To(Reply::view(View::Keys)))
        }
        Entry::First(_) if is_trivial(&digits) || is_own_birthday(tx, actor, &digits).await? => {
            lock.set_entry(&Entry::First(keypad::Typed::default()));
            store::keep(tx, actor.account, &lock).await?;
            Ok(Led::To(stay(plain!(ctx.locale, "lock.trivial"))))
        }
        Entry::First(_) => {
            lock.set_entry(&Entry::Again(secret::hash(&digits)?, keypad::Typed::default()));
            store::keep(tx, actor.account, &lock).await?;
            Ok(Led::To(Reply::view(View::Keys)))
        }
        Entry::Again(first, _) if !secret::matches(&digits, &first) => {
            lock.set_entry(&Entry::First(keypad::Typed::default()));
            store::keep(tx, actor.account, &lock).await?;
            Ok(Led::To(stay(plain!(ctx.locale, "lock.not_the_same"))))
        }
        Entry::Again(first, _) => {
            lock.pin_hash = first;
            right(&mut lock, ctx.now);
            store::keep(tx, actor.account, &lock).await?;
            sign(ctx, tx, actor, "chose_pin").await?;
            Ok(Led::Through(plain!(ctx.locale, "lock.toast.chosen")))
        }
    }
}

/// What somebody did with their own lock, for each school in which they are staff.
async fn sign(ctx: &Ctx, tx: &mut Tx, actor: &Actor, action: &str) -> anyhow::Result<()> {
    for identity in actor.identities.iter().filter(|it| it.is_staff) {
        let object = format!("person:{}", identity.person);
        people::store::audit(tx, ctx.now, actor.account, Some(identity.person), (action, &object)).await?;
    }
    Ok(())
}

async fn is_own_birthday(conn: &mut Conn, actor: &Actor, digits: &str) -> anyhow::Result<bool> {
    for identity in &actor.identities {
        let born = store::born(conn, identity.person).await?;
        if born.is_some_and(|it| is_birthday(digits, it)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The keys again, with an alert that must not be missed.
fn stay(said: String) -> Reply<View> {
    Reply::view(View::Keys).alert(said)
}

fn paused(ctx: &Ctx, lock: &Lock) -> String {
    let left = lock.paused_until.map_or(0, |until| (until - ctx.now).num_seconds());
    // Rounded up: «0 minutes» would be a lie.
    let minutes = count(ctx.locale, "count.minutes", (left + 59) / 60);
    plain!(ctx.locale, "lock.paused", minutes = minutes)
}

async fn own(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> anyhow::Result<Lock> {
    Ok(store::lock(conn, actor.account)
        .await?
        .unwrap_or_else(|| Lock::new(now)))
}

/// The first pause of a row is told to those who keep the locks: somebody may be guessing.
async fn tell_administrators(ctx: &Ctx, tx: &mut Tx, actor: &Actor, lock: &Lock) -> anyhow::Result<()> {
    if lock.pauses != 1 {
        return Ok(());
    }
    for identity in actor.identities.iter().filter(|it| it.is_staff) {
        let Some(person) = people::store::person(tx, identity.person).await? else {
            continue;
        };
        let at = dates::local(ctx.now, school::store::zone(tx, identity.school).await?);
        let line = ("guessed_pin", format!("person:{}", person.id));
        people::store::audit(tx, ctx.now, actor.account, Some(person.id), (line.0, &line.1)).await?;
        for administrator in entry::store::administrators(tx, person.id).await? {
            for (transport, chat, locale) in people::store::open_chats(tx, administrator).await? {
                // Whoever guesses on the administrator's own phone isn't told of it there.
                if transport == actor.account.transport && chat == actor.account.id {
                    continue;
                }
                let screen = screens::guessed(Locale::of(&locale), &person, at);
                let key = format!("guessed:{}:{chat}:{}", person.id, ctx.now.timestamp());
                let letter = NewLetter::new((transport, chat), key, screen, ctx.now);
                delivery::store::post(tx, letter, ctx.now).await?;
            }
        }
    }
    Ok(())
}

async fn keeper_of(conn: &mut Conn, actor: &Actor, id: PersonId) -> anyhow::Result<(Person, KeepLocks)> {
    let Some(person) = people::store::person(conn, id).await? else {
        refuse!("access.no_section")
    };
    let proof = access::keep_locks(actor, person.school)?;
    Ok((person, proof))
}

async fn audit(ctx: &Ctx, tx: &mut Tx, actor: &Actor, about: &Person, action: &str) -> anyhow::Result<()> {
    let object = format!("person:{}", about.id);
    people::store::audit(
        tx,
        ctx.now,
        actor.account,
        actor.person_at(about.school),
        (action, &object),
    )
    .await
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Keys => keys(ctx, conn, actor).await,
        View::Forgotten => Ok(screens::forgotten(ctx.locale)),
        View::Locks(school, page) => {
            let proof = access::keep_locks(actor, school)?;
            let rows = store::of_staff(conn, proof, school).await?;
            let after = store::after(conn, school).await?;
            Ok(screens::locks(ctx, school, &rows, after, page))
        }
        View::LockOf(id) => {
            let (person, proof) = keeper_of(conn, actor, id).await?;
            let rows = store::of_staff(conn, proof, person.school).await?;
            let row = rows.into_iter().find(|row| row.person_id == id);
            let zone = school::store::zone(conn, person.school).await?;
            Ok(screens::lock_of(ctx, &person, row.as_ref(), zone))
        }
    }
}

/// A7: under the greeting of a member of staff who has no PIN yet, the choice of one.
pub async fn greet(ctx: &Ctx, conn: &mut Conn, actor: &Actor, greeting: Screen) -> anyhow::Result<Screen> {
    if standing(actor, ctx.now) != Standing::NoPin {
        return Ok(greeting);
    }
    let entry = own(conn, actor, ctx.now).await?.entry();
    Ok(screens::greeted(greeting, ctx.locale, &entry, closes_after(actor)))
}

async fn keys(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let standing = standing(actor, ctx.now);
    if standing == Standing::Free {
        return Err(UserError::new("access.no_section").into());
    }
    let lock = own(conn, actor, ctx.now).await?;
    let mut entry = lock.entry();
    if standing == Standing::Locked && !entry.opens() {
        entry = Entry::Open(keypad::Typed::default());
    }
    if standing == Standing::Open && entry.opens() {
        refuse!("lock.is_open")
    }
    let person = match actor.identities.iter().find(|it| it.is_staff) {
        Some(identity) => people::store::person(conn, identity.person).await?,
        None => None,
    };
    let name = person.map(|it| it.name.adult()).unwrap_or_default();
    Ok(screens::keys(ctx.locale, &name, &entry, closes_after(actor)))
}

/// After how many minutes without a press an account closes; 0 is never.
fn closes_after(actor: &Actor) -> i64 {
    let staff = actor.identities.iter().find(|it| it.is_staff);
    staff.map_or(0, |it| it.lock_after_minutes)
}

/// The door of the locks, for the menu of whoever keeps them.
pub fn kept_school(actor: &Actor) -> Option<SchoolId> {
    let mut schools = actor.identities.iter().map(|it| it.school);
    schools.find(|school| access::keep_locks(actor, *school).is_ok())
}
