//! Looking for people by a part of their surname, among those whom one oversees.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::press::View;
use super::{screens, store};
use crate::access::{self, Actor};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::Conn;
use crate::words::names::{search_key, shorten};
use crate::words::plain;

/// People that are shown; more asks for more letters.
pub const SHOWN: usize = 20;
/// Fewer letters find half of the school.
const LETTERS: usize = 2;
/// More letters than a name has.
const LONGEST: usize = 100;
/// How long a text is awaited.
const LISTENS: TimeDelta = TimeDelta::minutes(10);

/// An open search. Kept as JSON with the dialogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What was typed last; nothing yet when it opens.
    #[serde(default)]
    pub typed: String,
    /// When it opened or took its last text.
    #[serde(default)]
    pub heard_at: DateTime<Utc>,
}

impl Search {
    /// One that opens now.
    pub fn opened(now: DateTime<Utc>) -> Self {
        Self {
            typed: String::new(),
            heard_at: now,
        }
    }

    /// Whether a text is still taken for a surname: later than this nobody remembers having been asked for one.
    pub fn listens(&self, now: DateTime<Utc>) -> bool {
        now - self.heard_at <= LISTENS
    }
}

/// Takes a text.
pub fn text(ctx: &Ctx, actor: &Actor, search: &mut Search, typed: &str) -> anyhow::Result<Reply<View>> {
    access::oversee(actor)?;
    let key = search_key(typed);
    if key.chars().filter(|it| it.is_alphabetic()).count() < LETTERS {
        return Ok(Reply::view(View::Search).toast(plain!(ctx.locale, "passes.search.short")));
    }
    search.heard_at = ctx.now;
    search.typed = shorten(typed.trim(), LONGEST);
    Ok(Reply::view(View::Found))
}

/// Draws what was found.
pub async fn found(ctx: &Ctx, conn: &mut Conn, actor: &Actor, search: &Search) -> anyhow::Result<Screen> {
    let key = search_key(&search.typed);
    let mut people: Vec<store::Found> = Vec::new();
    for proof in access::oversee(actor)? {
        for it in store::search(conn, proof, &key).await? {
            if !people.iter().any(|other| other.person.id == it.person.id) {
                people.push(it);
            }
        }
    }
    Ok(screens::found(ctx.locale, &search.typed, &people))
}
