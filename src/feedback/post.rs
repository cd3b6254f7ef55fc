//! Letters of suggestions: to those who read them, and back to whoever suggested.

use chrono::{DateTime, Utc};

use super::{Suggestion, forgotten_at, screens, store};
use crate::access::READERS;
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{PersonId, SuggestionId};
use crate::jobs;
use crate::people;
use crate::people::entry::connect;
use crate::school;
use crate::words::{Locale, dates};

/// The job that forgets where a suggestion without a name came from.
pub const FORGET: &str = "forget_suggestion_way";

/// What comes back to the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// An answer, or a corrected one.
    Answer,
    /// A kind word, and no answer.
    Closed,
}

/// The key of the notice to somebody who reads it. Nothing in it is the author's.
fn notice_key(id: SuggestionId, reader: PersonId) -> String {
    format!("suggestion:{id}:notice:{reader}")
}

/// Somebody's name; nobody's without one.
pub(super) async fn name_of(conn: &mut Conn, person: Option<PersonId>) -> anyhow::Result<Option<String>> {
    Ok(match person {
        Some(person) => people::store::person(conn, person).await?.map(|it| it.name.adult()),
        None => None,
    })
}

/// Those who read a school's suggestions hear that there is one: not what it says, so that reading it is known.
pub(super) async fn tell(tx: &mut Tx, suggestion: &Suggestion, now: DateTime<Utc>) -> anyhow::Result<()> {
    let author = name_of(tx, suggestion.author).await?;
    let id = suggestion.id;
    for reader in people::store::holders(tx, suggestion.school, READERS).await? {
        let notice = |locale| screens::office::notice(locale, id, author.as_deref());
        let key = notice_key(id, reader);
        connect::tell(tx, &[reader], &key, notice, now).await?;
        if suggestion.author.is_none() {
            // Its moment is that of the writing: it goes when nothing else says whose it was.
            for (_, account, _) in people::store::open_chats(tx, reader).await? {
                store::keep_letter(tx, id, &format!("{key}:{account}")).await?;
            }
        }
    }
    Ok(())
}

/// Their notices say that it was withdrawn; those that haven't left don't.
pub(super) async fn take_back(tx: &mut Tx, suggestion: &Suggestion, now: DateTime<Utc>) -> anyhow::Result<()> {
    for reader in people::store::holders(tx, suggestion.school, READERS).await? {
        for (transport, account, locale) in people::store::open_chats(tx, reader).await? {
            let key = format!("{}:{account}", notice_key(suggestion.id, reader));
            if !delivery::store::is_kept(tx, &key).await? {
                continue;
            }
            delivery::store::take_back(tx, &transport, account, &key).await?;
            let screen = screens::office::withdrawn(Locale::of(&locale));
            let change = format!("{key}:withdrawn");
            if suggestion.author.is_none() {
                store::keep_letter(tx, suggestion.id, &change).await?;
            }
            let new = NewLetter::new((transport, account), change, screen, now).changing(key);
            delivery::store::post(tx, new, now).await?;
        }
    }
    Ok(())
}

/// The author hears the answer, or that there is none, if they are a parent of the school still; whether there was a chat
/// to bring it to.
pub(super) async fn bring(
    tx: &mut Tx,
    suggestion: &Suggestion,
    back: Back,
    now: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let id = suggestion.id;
    let to = match suggestion.author {
        Some(author) => Some(author),
        None => store::way(tx, id).await?,
    };
    let Some(to) = to else { return Ok(false) };
    if people::store::children(tx, to).await?.is_empty() {
        return Ok(false);
    }
    let by = name_of(tx, suggestion.answered_by).await?;
    let zone = school::store::zone(tx, suggestion.school).await?;
    let school = people::store::school_beside(tx, to).await?;
    let mut reached = false;
    for (transport, account, locale) in people::store::open_chats(tx, to).await? {
        let locale = Locale::of(&locale);
        let sent = dates::local(suggestion.sent_at, zone).date();
        let day = dates::day(locale, sent, dates::local(now, zone).date());
        let (key, former, screen) = match back {
            Back::Answer => {
                let key = |n| format!("suggestion:{id}:answer:{account}:{n}");
                let screen = screens::family::answered(locale, suggestion, &day, by.as_deref());
                let former = (suggestion.answers > 1).then(|| key(1));
                (key(suggestion.answers), former, screen)
            }
            Back::Closed => {
                let key = format!("suggestion:{id}:closed:{account}");
                (key, None, screens::family::closed(locale, suggestion, &day))
            }
        };
        if suggestion.author.is_none() {
            store::keep_letter(tx, id, &key).await?;
        }
        let screen = screen.of_school(school.as_deref());
        let mut new = NewLetter::new((transport, account), key, screen, now);
        // A corrected answer stands where the first one came, if it came to this chat.
        if let Some(former) = former
            && delivery::store::is_kept(tx, &former).await?
        {
            new = new.changing(former);
        }
        delivery::store::post(tx, new, now).await?;
        reached = true;
    }
    Ok(reached)
}

/// Whose one without a name is will be forgotten, some time after it was answered, closed or withdrawn.
pub(super) async fn forget_in_time(tx: &mut Tx, suggestion: &Suggestion, now: DateTime<Utc>) -> anyhow::Result<()> {
    if suggestion.author.is_none() && suggestion.reachable {
        let due = forgotten_at(suggestion.sent_at, now);
        jobs::store::schedule(tx, FORGET, suggestion.id.0, due).await?;
    }
    Ok(())
}

/// Nothing says any more whose a suggestion without a name is: its way goes, and the letters that went there.
pub async fn forget(tx: &mut Tx, id: SuggestionId, now: DateTime<Utc>) -> anyhow::Result<()> {
    for key in store::letters(tx, id).await? {
        if !delivery::store::forget(tx, &key).await? {
            // It is being sent at this very moment.
            return jobs::store::schedule(tx, FORGET, id.0, now + chrono::TimeDelta::minutes(1)).await;
        }
    }
    store::forget_way(tx, id).await
}
