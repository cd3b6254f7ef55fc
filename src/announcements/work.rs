//! Sending: a heavy job puts the copies into the outbox, many a transaction; a quick one tells the author how far it is.

use chrono::{DateTime, TimeDelta, Utc};

use super::store::Copy;
use super::{Announcement, MANY, State, ground, letters, screens, store};
use crate::chat::{Screen, Transport};
use crate::db::{Conn, Db, Left, Tx, dialogue, transact};
use crate::delivery::{self, Letter, Verb, store::NewLetter};
use crate::ids::Account;
use crate::jobs;
use crate::people::{self, reach::Reach};
use crate::school;
use crate::words::Locale;

/// The heavy job that sends an announcement at its time.
pub const SEND: &str = "announce";
/// The quick job that tells its author how far the sending is.
pub const PROGRESS: &str = "announced";

/// Copies a transaction.
const CHUNK: usize = 1_000;
/// How often the author hears of a long sending.
const EVERY: TimeDelta = TimeDelta::seconds(10);

/// Sends an announcement whose time has come. Done again after a crash, it adds what is missing.
pub async fn send(db: &Db, transport: &dyn Transport, id: i64, now: DateTime<Utc>) -> anyhow::Result<Left> {
    let mut snapshot = db.snapshot().await?;
    let Some(mut announcement) = store::announcement(&mut snapshot, id).await? else {
        return Ok(Left::default());
    };
    if !matches!(announcement.state, State::Waiting | State::Sending) {
        return Ok(Left::default());
    }
    let from = Account {
        transport: transport.name(),
        id: announcement.from.1,
    };
    let actor = people::store::actor(&mut snapshot, from).await?;
    let locale = dialogue::chat(&mut snapshot, from).await?.locale;
    let zone = school::store::zone(&mut snapshot, announcement.school).await?;
    let found = ground::find(&mut snapshot, &actor, &announcement.readers()).await?;
    let Some(ground) = found.filter(|it| it.proof.by() == announcement.author) else {
        drop(snapshot);
        return refuse(db, &announcement, (from, locale), now).await;
    };
    let names = ground::names(&mut snapshot, &announcement.audience, &ground.lost).await?;
    let reach = Reach::of(ground::ties(&mut snapshot, &ground.whom).await?);
    let beside = people::store::beside(&mut snapshot, announcement.school).await?;
    drop(snapshot);
    let copies = copies(&announcement, &reach);
    if !ground.lost.is_empty() {
        announcement.left_out.extend(&ground.lost);
        announcement.office = ground.office();
    }
    let is_on = transact!(db, tx => {
        let begins = store::turn(&mut tx, id, State::Waiting, State::Sending).await?;
        let is_on = begins || still(&mut tx, id).await?;
        if is_on && !ground.lost.is_empty() {
            let left_out = serde_json::to_string(&announcement.left_out)?;
            store::leave_out(&mut tx, id, &left_out, &announcement.office).await?;
            let screen = screens::left_out(locale, &announcement, &names);
            let key = format!("announcement:left_out:{id}:{}", announcement.left_out.len());
            let letter = NewLetter::new(announcement.from.clone(), key, screen, now);
            delivery::store::post(&mut tx, letter, now).await?;
        }
        is_on
    })?;
    if !is_on {
        return Ok(Left::default());
    }
    for chunk in copies.chunks(CHUNK) {
        let is_on = transact!(db, tx => {
            let is_on = still(&mut tx, id).await?;
            if is_on {
                store::add_copies(&mut tx, id, chunk).await?;
                let letters: Vec<NewLetter> = chunk
                    .iter()
                    .flat_map(|copy| {
                        let screen = letters::copy(copy.language(), &announcement, None, zone)
                            .of_school(beside.of(copy.person_id));
                        let words = letter(copy, copy.key.clone(), screen, now);
                        files(copy, &announcement, now).into_iter().chain([words])
                    })
                    .collect();
                delivery::store::post_many(&mut tx, &letters, now).await?;
            }
            is_on
        })?;
        if !is_on {
            return Ok(Left::default());
        }
    }
    transact!(db, tx => {
        if store::turn(&mut tx, id, State::Sending, State::Sent).await? {
            jobs::store::schedule(&mut tx, PROGRESS, id, now).await?;
        }
        tx.left()
    })
}

/// Whether it is still to be sent: its author may have stopped it meanwhile.
async fn still(conn: &mut Conn, id: i64) -> anyhow::Result<bool> {
    let found = store::announcement(conn, id).await?;
    Ok(found.is_some_and(|it| it.state == State::Sending))
}

/// A copy for each open chat of everybody who is reached, the author's own left out.
fn copies(announcement: &Announcement, reach: &Reach) -> Vec<Copy> {
    let everybody = reach.recipients.iter().flat_map(|recipient| {
        recipient.chats.iter().map(|chat| Copy {
            person_id: recipient.person.id,
            transport: chat.transport.clone(),
            account: chat.account,
            locale: chat.locale.code().to_owned(),
            key: format!("announcement:{}:{}:{}", announcement.id, chat.transport, chat.account),
            read_at: None,
        })
    });
    everybody.filter(|copy| copy.address() != announcement.from).collect()
}

/// What goes with a copy. A file that one messenger has is none of another's.
fn files(copy: &Copy, announcement: &Announcement, now: DateTime<Utc>) -> Vec<NewLetter> {
    if copy.transport != announcement.from.0 {
        return Vec::new();
    }
    let words = |n| letters::enclosure(copy.language(), n, announcement.files.len());
    let letters = delivery::store::enclosures(&copy.address(), &copy.key, &announcement.files, words, now);
    letters.into_iter().map(NewLetter::to_many).collect()
}

/// A letter to many: it waits for what is more urgent.
pub fn letter(copy: &Copy, key: String, screen: Screen, now: DateTime<Utc>) -> NewLetter {
    NewLetter::new(copy.address(), key, screen, now).to_many()
}

/// Its author may not speak to them any more: nothing leaves, and the author hears of it.
async fn refuse(
    db: &Db,
    announcement: &Announcement,
    (from, locale): (Account, Locale),
    now: DateTime<Utc>,
) -> anyhow::Result<Left> {
    transact!(db, tx => {
        let mut is_on = false;
        for state in [State::Waiting, State::Sending] {
            is_on |= store::turn(&mut tx, announcement.id, state, State::Refused).await?;
        }
        if is_on {
            let key = format!("announcement:refused:{}", announcement.id);
            let to = (from.transport.to_owned(), from.id);
            let letter = NewLetter::new(to, key, screens::refused(locale, announcement), now);
            delivery::store::post(&mut tx, letter, now).await?;
        }
        tx.left()
    })
}

/// Tells the author of a long sending how far it is: one message, edited until all have it.
pub async fn progress(tx: &mut Tx, transport: &dyn Transport, id: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(announcement) = store::announcement(tx, id).await? else {
        return Ok(());
    };
    let counts = store::counts(tx, id).await?;
    let first = format!("announcement:progress:{id}");
    let begun = delivery::store::is_kept(tx, &first).await?;
    if !begun && (counts.people < MANY || counts.waiting == 0) {
        return Ok(());
    }
    let from = Account {
        transport: transport.name(),
        id: announcement.from.1,
    };
    let locale = dialogue::chat(tx, from).await?.locale;
    let screen = screens::progress(locale, &announcement, &counts);
    let mut letter = NewLetter::new(announcement.from.clone(), first.clone(), screen, now);
    letter.letter.silent = true;
    if begun {
        letter.key = format!("{first}:{}", now.timestamp());
        letter = letter.changing(first);
    }
    delivery::store::post(tx, letter, now).await?;
    if counts.waiting > 0 {
        jobs::store::schedule(tx, PROGRESS, id, now + EVERY).await?;
    }
    Ok(())
}

/// Changes copies where they stand, each as `screen` has it.
pub async fn change(
    tx: &mut Tx,
    copies: &[Copy],
    suffix: &str,
    screen: impl Fn(&Copy) -> Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let edits: Vec<NewLetter> = copies
        .iter()
        .map(|copy| letter(copy, format!("{}:{suffix}", copy.key), screen(copy), now).changing(copy.key.clone()))
        .collect();
    delivery::store::post_many(tx, &edits, now).await
}

/// A letter as the outbox keeps it, for copies that wait there.
pub fn stored(screen: Screen) -> anyhow::Result<String> {
    let letter = Letter {
        verb: Verb::Send,
        screen,
        document: None,
        enclosed: None,
        poll: None,
        silent: false,
    };
    Ok(serde_json::to_string(&letter)?)
}
