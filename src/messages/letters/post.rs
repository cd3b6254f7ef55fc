//! Letters leave, are read, reminded of and taken back: all through the outbox, by keys that name them.

use chrono::{DateTime, Utc};
use std::collections::HashSet;

use super::facts::{self, Facts};
use super::flow::{Ground, author, class_facts, ties};
use super::press::{Act, View};
use super::screens::{self, Letter};
use super::{Addressee, Draft, Fate, Kind, Mailing, key, store};
use crate::access::Actor;
use crate::chat::{Ctx, Reply, Screen};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::{MailingId, PersonId};
use crate::notices;
use crate::people::{
    self,
    reach::{Reach, Tie},
};
use crate::school;
use crate::words::{Locale, dates, plain, refuse};

/// The letter leaves, and its author sees what became of it.
pub(super) async fn send(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    ground: &Ground,
    draft: &Draft,
) -> anyhow::Result<Reply<View>> {
    let (id, n) = leave(ctx, tx, ground, draft).await?;
    let (by, object) = (Some(ground.proof.by()), format!("mailing:{id}"));
    people::store::audit(tx, ctx.now, actor.account, by, ("letter_sent", &object)).await?;
    Ok(Reply::view(View::Sent(id)).toast(plain!(ctx.locale, "letters.toast.sent", n = n)))
}

/// What a draft is about, the ways to whom it is for, and how many it reaches, if it says something to somebody.
pub(super) async fn checked(tx: &mut Tx, ground: &Ground, draft: &Draft) -> anyhow::Result<(Kind, Vec<Tie>, usize)> {
    let Some(kind) = draft.kind.filter(|_| draft.says_something()) else {
        refuse!("letters.says_nothing")
    };
    let ties = ties(tx, ground.class.id, draft).await?;
    let n = Reach::of(ties.clone()).n_people();
    if n == 0 {
        refuse!("letters.nobody")
    }
    Ok((kind, ties, n))
}

/// The letter leaves to every guardian who can be told; those who can't are kept with it, to be called.
pub(super) async fn leave(
    ctx: &Ctx,
    tx: &mut Tx,
    ground: &Ground,
    draft: &Draft,
) -> anyhow::Result<(MailingId, usize)> {
    let (kind, ties, n) = checked(tx, ground, draft).await?;
    let id = store::add(tx, ground.proof, (ground.class.id, kind, &draft.words), ctx.now).await?;
    let facts = if draft.with_facts() {
        Some(class_facts(tx, ground, kind, None).await?)
    } else {
        None
    };
    let author = author(tx, ground.proof.by()).await?;
    let none = Facts::default();
    let wishes = notices::settings::store::of_class(tx, ground.class.id).await?;
    let zone = school::store::zone(tx, ground.proof.school()).await?;
    let beside = people::store::beside(tx, ground.proof.school()).await?;
    let mut told: HashSet<(PersonId, i64)> = HashSet::new();
    for tie in &ties {
        let (pupil, parent) = (&tie.about, &tie.person);
        let chat = tie.chat.as_ref();
        let account = chat.map_or(0, |it| it.account);
        // A pupil without parents stands for them; what isn't of one child is told once.
        if pupil.id == parent.id || kind == Kind::Other && !told.insert((parent.id, account)) {
            continue;
        }
        let transport = chat.map(|it| it.transport.as_str()).unwrap_or_default();
        store::address(tx, id, (pupil.id, parent.id), (transport, account)).await?;
        let Some(chat) = chat.filter(|_| tie.may_be_told && !tie.closed) else {
            continue;
        };
        let letter = Letter {
            mailing: id,
            pupil: pupil.id,
            child: &pupil.name.name,
            class: &ground.class.name,
            kind,
            week: facts::week(ground.today),
            facts: facts.as_ref().map(|it| it.get(&pupil.id).unwrap_or(&none)),
            words: &draft.words,
            author: &author,
            today: ground.today,
            school: beside.of(parent.id),
        };
        let screen = screens::letter(chat.locale, &letter);
        let mut new = NewLetter::new(chat.address(), key(id, pupil.id, parent.id, account), screen, ctx.now);
        let moment = wishes
            .wishes(parent.id, pupil.id)
            .when(notices::settings::Kind::Letters);
        let quiet = wishes.habits(parent.id).quiet;
        new.due_at = notices::settings::letter_leaves_at(moment, quiet, ctx.now, zone);
        delivery::store::post(tx, new, ctx.now).await?;
    }
    Ok((id, n))
}

/// The letters of those who have one that arrived or is on its way.
fn posted(people: &[Addressee]) -> impl Iterator<Item = &Addressee> {
    people.iter().filter(|it| it.fate != Fate::Missed)
}

/// «Прочитано»: the letter stays as it is but for the sign of it.
pub(super) async fn read(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    mailing: MailingId,
    pupil: PersonId,
) -> anyhow::Result<Reply<View>> {
    let people = store::addressees(tx, mailing).await?;
    let is_own = |it: &&Addressee| {
        it.pupil == pupil
            && it.chat == (actor.account.transport.to_owned(), actor.account.id)
            && actor.identities.iter().any(|me| me.person == it.person)
    };
    let (Some(own), Some(found)) = (posted(&people).find(is_own), store::mailing(tx, mailing).await?) else {
        refuse!("access.people_not_yours")
    };
    if found.recalled_at.is_some() {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "letters.toast.was_recalled")));
    }
    if !store::read(tx, &own.key, ctx.now).await? {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "letters.toast.read_before")));
    }
    let zone = school::store::zone(tx, found.school).await?;
    let (day, time) = dates::day_and_time(ctx.locale, ctx.now, zone);
    let press = Act::Read(mailing, pupil);
    let mut keys = vec![own.key.clone()];
    keys.extend(own.reminded_at.map(|at| reminder_key(&own.key, at)));
    for (idx, key) in keys.into_iter().enumerate() {
        let Some(kept) = delivery::store::letter(tx, &key).await? else {
            continue;
        };
        let at = (day.as_str(), time.as_str());
        let screen = if idx == 0 {
            screens::marked_read(ctx.locale, kept.screen, at, &press)
        } else {
            screens::reminder_heard(ctx.locale, kept.screen, at, &press)
        };
        change(tx, own, (&key, "read"), screen, ctx.now).await?;
    }
    Ok(Reply::stay().toast(plain!(
        ctx.locale,
        "letters.toast.read",
        name = author(tx, found.author).await?.adult()
    )))
}

/// Those who have the letter and haven't pressed are asked to, once a day.
pub(super) async fn remind(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    ground: &Ground,
    mailing: &Mailing,
) -> anyhow::Result<Reply<View>> {
    if mailing.recalled_at.is_some() {
        refuse!("letters.was_recalled")
    }
    let people = store::addressees(tx, mailing.id).await?;
    let author = author(tx, mailing.author).await?;
    let sent = dates::local(mailing.sent_at, ground.zone).date();
    let mut n = 0;
    for it in people.iter().filter(|it| it.fate == Fate::Arrived) {
        let today = it
            .reminded_at
            .is_some_and(|at| dates::local(at, ground.zone).date() == ground.today);
        let chats = people::store::open_chats(tx, it.person).await?;
        let open = chats
            .iter()
            .find(|(transport, account, _)| (transport, account) == (&it.chat.0, &it.chat.1));
        let (Some((_, _, locale)), false) = (open, today) else {
            continue;
        };
        let Some(kept) = delivery::store::letter(tx, &it.key).await? else {
            continue;
        };
        let locale = Locale::of(locale);
        let head = kept.screen.text.lines().next().unwrap_or_default().to_owned();
        let day = dates::day(locale, sent, ground.today);
        let screen = screens::reminder(locale, (mailing.id, it.pupil), (&author, &day), &head);
        let new = NewLetter::new(it.chat.clone(), reminder_key(&it.key, ctx.now), screen, ctx.now);
        delivery::store::post(tx, new, ctx.now).await?;
        store::reminded(tx, ground.proof, &it.key, ctx.now).await?;
        n += 1;
    }
    let view = View::Sent(mailing.id);
    if n == 0 {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "letters.toast.reminded_before")));
    }
    let (by, object) = (Some(ground.proof.by()), format!("mailing:{}", mailing.id));
    people::store::audit(tx, ctx.now, actor.account, by, ("letter_reminded", &object)).await?;
    Ok(Reply::view(view).toast(plain!(ctx.locale, "letters.toast.reminded", n = n)))
}

/// A mailing is taken back: what hasn't left doesn't leave, and where a letter stands it says so.
pub(super) async fn recall(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    ground: &Ground,
    mailing: &Mailing,
) -> anyhow::Result<Reply<View>> {
    let view = View::Sent(mailing.id);
    if !store::recall(tx, ground.proof, mailing.id, ctx.now).await? {
        return Ok(Reply::view(view).toast(plain!(ctx.locale, "letters.toast.recalled_before")));
    }
    let people = store::addressees(tx, mailing.id).await?;
    for it in posted(&people) {
        let locale = locale_of(tx, it).await?;
        let (day, time) = dates::day_and_time(locale, ctx.now, ground.zone);
        let mut keys = vec![it.key.clone()];
        keys.extend(it.reminded_at.map(|at| reminder_key(&it.key, at)));
        for key in keys {
            delivery::store::take_back(tx, &it.chat.0, it.chat.1, &key).await?;
            // A letter that never left has no message to be changed: this is dropped then.
            change(
                tx,
                it,
                (&key, "recalled"),
                screens::recalled(locale, (&day, &time)),
                ctx.now,
            )
            .await?;
        }
    }
    let (by, object) = (Some(ground.proof.by()), format!("mailing:{}", mailing.id));
    people::store::audit(tx, ctx.now, actor.account, by, ("letter_recalled", &object)).await?;
    Ok(Reply::view(view).toast(plain!(
        ctx.locale,
        "letters.toast.recalled",
        n = posted(&people).count()
    )))
}

async fn locale_of(tx: &mut Tx, it: &Addressee) -> anyhow::Result<Locale> {
    let chats = people::store::open_chats(tx, it.person).await?;
    let own = chats.into_iter().find(|chat| chat.1 == it.chat.1);
    Ok(own.map(|chat| Locale::of(&chat.2)).unwrap_or_default())
}

/// Changes a letter where it stands, without a sound.
async fn change(
    tx: &mut Tx,
    it: &Addressee,
    (key, why): (&str, &str),
    screen: Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let new = NewLetter::new(it.chat.clone(), format!("{key}:{why}"), screen, now).changing(key.to_owned());
    delivery::store::post(tx, new, now).await
}

fn reminder_key(key: &str, at: DateTime<Utc>) -> String {
    format!("{key}:again:{}", at.timestamp())
}
