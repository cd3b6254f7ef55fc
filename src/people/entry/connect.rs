//! What changes when an account becomes somebody's, or isn't any more, and who hears of it.

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, NewInvitation};
use super::{INVITATION_DAYS, Kind, Pass, consent, screens};
use crate::chat::{Screen, Secret, Shape};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::{Account, PersonId};
use crate::people;
use crate::people::{lock, secret};
use crate::school;
use crate::words::{Locale, dates};

/// What the keys of letters about a child begin with; the child, the reader and the chat follow.
const LETTERS: [&str; 5] = ["notice", "edit", "mailing", "message", "asked"];

/// A message can be deleted for two days; the last hour of them is left to the queue.
const DELETABLE: TimeDelta = TimeDelta::hours(47);

/// Gives a person a new code with digits. What wasn't used before opens no more.
pub async fn invite(
    tx: &mut Tx,
    person: PersonId,
    given_by: Option<PersonId>,
    now: DateTime<Utc>,
) -> anyhow::Result<(Pass, Secret)> {
    let (pass, shown) = Pass::random();
    keep(
        tx,
        person,
        given_by,
        &pass.code.hash(),
        &secret::hash(&pass.digits)?,
        now,
    )
    .await?;
    Ok((pass, shown))
}

/// Keeps an invitation whose hashes were made before.
pub async fn keep(
    tx: &mut Tx,
    person: PersonId,
    given_by: Option<PersonId>,
    code_hash: &str,
    digits_hash: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let new = NewInvitation {
        person,
        code_hash,
        digits_hash,
        given_by,
        expires: now + TimeDelta::days(INVITATION_DAYS),
    };
    store::invite(tx, new, now).await
}

/// Connects an account to a person with consent for all children, for stories, benchmarks and the demonstration, which
/// begin where entering has ended.
pub async fn admit(tx: &mut Tx, account: Account, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    store::connect(tx, account, person, now).await?;
    for child in store::children(tx, person).await? {
        let text = consent::newest(tx, Locale::Ru, child.school_id).await?;
        store::agree(tx, (person, child.id), text.version, now).await?;
    }
    note_entry(tx, account, person, now).await
}

async fn note_entry(tx: &mut Tx, account: Account, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    people::store::audit(tx, now, account, Some(person), ("entered", &format!("person:{person}"))).await
}

/// An account becomes a person's. Another account of the same person isn't any more, and its chat is told (P14).
///
/// A member of staff without a PIN reads; the lock asks for one at the first entry.
pub async fn connect(tx: &mut Tx, account: Account, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    for (transport, other, locale, _) in store::accounts(tx, person).await? {
        if transport == account.transport && other == account.id {
            continue;
        }
        let locale = locale.as_deref().map(Locale::of).unwrap_or_default();
        let (day, time) = moment(tx, person, locale, now).await?;
        let screen = screens::moved(locale, &day, &time, store::kind(tx, person).await?);
        part(tx, person, (transport, other), ("moved", screen), now).await?;
    }
    store::connect(tx, account, person, now).await?;
    store::revoke_unused(tx, person, now).await?;
    note_entry(tx, account, person, now).await
}

/// All access of a person ends: accounts, links that weren't used, consent, letters on their way.
pub async fn revoke(tx: &mut Tx, by: (Account, PersonId), person: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    store::revoke_unused(tx, person, now).await?;
    store::withdraw_all(tx, person, now).await?;
    let phone = match people::store::person(tx, person).await? {
        Some(it) => school::store::school(tx, it.school)
            .await?
            .map(|it| it.phone)
            .unwrap_or_default(),
        None => String::new(),
    };
    for (transport, account, locale, _) in store::accounts(tx, person).await? {
        let locale = locale.as_deref().map(Locale::of).unwrap_or_default();
        let (day, _) = moment(tx, person, locale, now).await?;
        let screen = screens::revoked(locale, &day, &phone);
        part(tx, person, (transport, account), ("revoked", screen), now).await?;
    }
    people::store::audit(
        tx,
        now,
        by.0,
        Some(by.1),
        ("access_revoked", &format!("person:{person}")),
    )
    .await
}

/// An account isn't a person's any more: what waits for it doesn't leave, its PIN goes where nobody
/// of the staff is behind it, and its chat is told why.
async fn part(
    tx: &mut Tx,
    person: PersonId,
    (transport, account): (String, i64),
    (why, screen): (&str, Screen),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    store::disconnect(tx, &transport, account, person).await?;
    lock::store::forget(tx, &transport, account).await?;
    take_back_letters(tx, &transport, account, (person, None)).await?;
    if store::is_nobodys(tx, &transport, account).await? {
        // Whatever else waits there was for this person.
        delivery::store::take_back(tx, &transport, account, "%").await?;
    }
    let key = format!("{why}:{person}:{account}:{}", now.timestamp());
    post(tx, (transport, account), key, screen, now).await
}

/// Letters about a child that haven't left for a parent's chat don't leave.
pub async fn take_back_letters(
    tx: &mut Tx,
    transport: &str,
    account: i64,
    (parent, pupil): (PersonId, Option<PersonId>),
) -> anyhow::Result<()> {
    let pupil = pupil.map_or_else(|| "%".to_owned(), |it| it.to_string());
    for verb in LETTERS {
        let keys = format!("{verb}:%:{pupil}:{parent}:{account}:%");
        delivery::store::take_back(tx, transport, account, &keys).await?;
    }
    Ok(())
}

/// Letters about a child that left for a parent's chat go, or say that they are closed: the messenger lets nobody delete
/// what is older than two days. Returns how many of them, files among these, stay as they are.
pub async fn cover_letters(
    tx: &mut Tx,
    (transport, account): (&str, i64),
    (parent, pupil): (PersonId, PersonId),
    cover: &Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<usize> {
    let mut left = 0;
    let about = LETTERS.map(|verb| format!("{verb}:%:{pupil}:{parent}:{account}:%"));
    // An evening tells of all children at once.
    let evenings = format!("digest:%:{parent}:{account}%");
    for keys in about.into_iter().chain([evenings]) {
        for (key, letter, at) in delivery::store::arrived(tx, (transport, account), &keys).await? {
            let to = (transport.to_owned(), account);
            let own = format!("closed:{}:{key}", now.timestamp());
            let new = NewLetter::new(to, own, cover.clone(), now).to_many();
            let new = if now - at < DELETABLE {
                new.removing(key)
            } else if letter.shape() == Shape::Text {
                new.changing(key)
            } else {
                left += 1;
                continue;
            };
            delivery::store::post(tx, new, now).await?;
        }
    }
    Ok(left)
}

/// Tells the one who answers for a person's access: the tutors of the child, for staff the one who gave the link.
pub async fn tell_keepers(
    tx: &mut Tx,
    person: PersonId,
    given_by: Option<PersonId>,
    key: &str,
    screen: impl Fn(Locale) -> Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut keepers = match store::kind(tx, person).await? {
        Some(Kind::Staff) | None => given_by.into_iter().collect(),
        Some(Kind::Parent | Kind::Pupil) => store::tutors(tx, person).await?,
    };
    if keepers.is_empty() {
        keepers = store::administrators(tx, person).await?;
    }
    tell(tx, &keepers, key, screen, now).await
}

/// Posts a letter to every open chat of these people.
pub async fn tell(
    tx: &mut Tx,
    people: &[PersonId],
    key: &str,
    screen: impl Fn(Locale) -> Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for person in people {
        for (transport, account, locale) in people::store::open_chats(tx, *person).await? {
            let screen = screen(Locale::of(&locale));
            post(tx, (transport, account), format!("{key}:{account}"), screen, now).await?;
        }
    }
    Ok(())
}

async fn post(
    tx: &mut Tx,
    (transport, chat): (String, i64),
    key: String,
    screen: Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let new = NewLetter::new((transport, chat), key, screen, now);
    delivery::store::post(tx, new, now).await
}

/// Day and time of a moment at a person's school.
pub async fn moment(
    conn: &mut crate::db::Conn,
    person: PersonId,
    locale: Locale,
    at: DateTime<Utc>,
) -> anyhow::Result<(String, String)> {
    let zone = match people::store::person(conn, person).await? {
        Some(it) => school::store::zone(conn, it.school).await?,
        None => chrono_tz::Tz::default(),
    };
    Ok(dates::day_and_time(locale, at, zone))
}
