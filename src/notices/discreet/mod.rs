//! «Без подробностей»: a letter that says nothing until it is opened, and closes again within a day (P1c).
//!
//! The content is kept beside the outbox; the letter itself changes where it stands. So what was opened can always be
//! taken away: the messenger lets us change what it doesn't let us delete any more.

pub mod store;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::access::{self, Actor};
use crate::chat::{Button, Ctx, Reply, Screen};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::PersonId;
use crate::jobs;
use crate::people;
use crate::school;
use crate::words::{Locale, dates, html, plain, refuse};

use super::press::{Act, View};

/// The job that takes away what was opened.
pub const COVER: &str = "cover_letter";

/// How long an opened letter stays open.
const OPEN: TimeDelta = TimeDelta::hours(24);

/// A letter of which there may be nothing to see.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'l> {
    /// Its key in the outbox.
    pub key: &'l str,
    /// By which messenger, to which chat.
    pub to: (&'l str, i64),
    /// To whom.
    pub reader: PersonId,
    /// Of whom it tells.
    pub pupils: &'l [PersonId],
    /// The reader's language.
    pub locale: Locale,
    /// Of which day.
    pub day: NaiveDate,
    /// The day on which it is written.
    pub today: NaiveDate,
}

/// What a letter shows: all of it, or a line and a button.
pub async fn drawn(tx: &mut Tx, letter: &Letter<'_>, content: Screen, discreet: bool) -> anyhow::Result<Screen> {
    if !discreet {
        // Changed where it stands, it may have been covered when it came.
        store::uncover(tx, letter.key).await?;
        return Ok(content);
    }
    let id = store::keep(tx, letter, &content).await?;
    let school = people::store::school_beside(tx, letter.reader).await?;
    let covered = cover(letter.locale, letter.day, letter.today, id).of_school(school.as_deref());
    store::keep_cover(tx, id, &covered).await?;
    Ok(covered)
}

/// P1c.
pub fn cover(locale: Locale, day: NaiveDate, today: NaiveDate, id: i64) -> Screen {
    let day = dates::day(locale, day, today);
    Screen::new(html!(locale, "notices.discreet.news", day = day))
        .row([Button::new(plain!(locale, "notices.discreet.show"), &Act::Show(id))])
}

/// What is seen once it is opened, with when it closes.
fn opened(locale: Locale, mut content: Screen, until: DateTime<Utc>, zone: Tz) -> Screen {
    let (day, time) = dates::day_and_time(locale, until, zone);
    content.line(&html!(locale, "notices.discreet.until", day = day, time = time));
    content
}

/// «Показать»: who it was sent to sees it, as long as they may.
pub async fn show(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: i64) -> anyhow::Result<Reply<View>> {
    let found = store::covered(tx, id).await?;
    let own = found.filter(|it| {
        (it.transport.as_str(), it.account) == (actor.account.transport, actor.account.id)
            && actor.identities.iter().any(|me| me.person == it.person_id)
    });
    let Some(covered) = own else {
        refuse!("access.diary_not_yours")
    };
    let mut zone = Tz::UTC;
    for pupil in covered.pupils() {
        let Some(scope) = people::store::pupil_scope(tx, pupil).await? else {
            refuse!("access.diary_not_yours")
        };
        access::read_diary(actor, &scope)?;
        zone = school::store::zone(tx, scope.school).await?;
    }
    // Pressed twice.
    if covered.shown_until.is_some_and(|until| until > ctx.now) {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "notices.discreet.is_open")));
    }
    let until = ctx.now + OPEN;
    let content = opened(ctx.locale, covered.content()?, until, zone);
    let turn = store::turn(tx, id, Some(until)).await?;
    change(tx, &covered, turn, content, ctx.now).await?;
    jobs::store::schedule(tx, COVER, id, until).await?;
    Ok(Reply::stay())
}

/// Takes away what was opened.
pub async fn take_away(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(covered) = store::covered(tx, id).await? else {
        return Ok(());
    };
    // Covered by a correction meanwhile, or opened again.
    if covered.shown_until.is_none_or(|until| until > now) {
        return Ok(());
    }
    let turn = store::turn(tx, id, None).await?;
    let cover = covered.cover()?;
    change(tx, &covered, turn, cover, now).await
}

async fn change(
    tx: &mut Tx,
    covered: &store::Covered,
    turn: i64,
    screen: Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let to = (covered.transport.clone(), covered.account);
    let key = format!("cover:{}:{turn}", covered.id);
    let letter = NewLetter::new(to, key, screen, now).changing(covered.key.clone());
    delivery::store::post(tx, letter, now).await
}
