//! A letter waits, leaves after all, goes back with a remark, or is taken back. The first who decides has decided.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::screens::{Shown, Viewer};
use super::{Held, State, key, screens, store};
use crate::access::rules::{self, ReviewLetters};
use crate::access::{AccessScope, Actor, Identity, Role, talk};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{HeldLetterId, MailingId, PersonId};
use crate::messages::letters::flow::{Ground, author, ground, ties};
use crate::messages::letters::press::View;
use crate::messages::letters::screens::Letter;
use crate::messages::letters::{Draft, Kind, facts, post, store as letters_store};
use crate::messages::rules::{REASON_LIMIT, store as rules_store};
use crate::people::passes::{self, Class};
use crate::people::reach::Reach;
use crate::people::{self, Person, entry};
use crate::school;
use crate::words::names::FullName;
use crate::words::{Locale, dates, entries, plain, refuse};

/// Whether a letter waits for the head: the school asks for it, and its author isn't the head.
pub(in crate::messages::letters) async fn passes(
    conn: &mut Conn,
    actor: &Actor,
    ground: &Ground,
    draft: &Draft,
) -> anyhow::Result<bool> {
    Ok(draft.kind == Some(Kind::Behaviour)
        && rules::review_letters(actor, &ground.scope).is_err()
        && rules_store::review(conn, ground.scope.school).await?)
}

/// The letter waits, and those who decide are asked.
pub(in crate::messages::letters) async fn hold(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    ground: &Ground,
    draft: &Draft,
) -> anyhow::Result<Reply<View>> {
    post::checked(tx, ground, draft).await?;
    let id = store::hold(tx, ground.proof, draft, ctx.now).await?;
    let drawn = drawn(ctx, tx, id).await?;
    let mut asked = false;
    for head in &drawn.heads {
        for (transport, account, locale) in people::store::open_chats(tx, head.id).await? {
            let screen = drawn.screen(Locale::of(&locale), Viewer::Letter);
            let new = NewLetter::new((transport, account), key(id, head.id, account), screen, ctx.now);
            delivery::store::post(tx, new, ctx.now).await?;
            asked = true;
        }
    }
    let (by, object) = (Some(ground.proof.by()), format!("held:{id}"));
    people::store::audit(tx, ctx.now, actor.account, by, ("letter_held", &object)).await?;
    let reply = Reply::view(View::Held(id));
    Ok(if asked {
        reply.toast(plain!(ctx.locale, "letters.review.toast.held"))
    } else {
        reply.alert(plain!(ctx.locale, "letters.review.toast.nobody"))
    })
}

/// A held letter with the class and whose it is.
async fn load(conn: &mut Conn, id: HeldLetterId) -> anyhow::Result<(Held, Class, AccessScope)> {
    let Some(held) = store::one(conn, id).await? else {
        refuse!("access.people_not_yours")
    };
    let Some((class, scope)) = passes::store::class_scope(conn, held.class).await? else {
        refuse!("access.people_not_yours")
    };
    Ok((held, class, scope))
}

/// It leaves to the parents, if its author may write to them still.
pub async fn approve(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (id, here): (HeldLetterId, bool),
) -> anyhow::Result<Reply<View>> {
    let (held, decides, class, scope) = deciding(tx, actor, id).await?;
    if held.state != State::Waiting {
        return Ok(decided_before(ctx, id, here));
    }
    let zone = school::store::zone(tx, held.school).await?;
    let ground = Ground {
        class,
        proof: talk::still_writes(held.author, &scope)?,
        zone,
        today: dates::local(ctx.now, zone).date(),
        scope,
    };
    let (mailing, n) = post::leave(ctx, tx, &ground, &held.draft).await?;
    store::sent(tx, decides, (id, mailing), ctx.now).await?;
    let object = format!("mailing:{mailing}");
    people::store::audit(
        tx,
        ctx.now,
        actor.account,
        Some(decides.by()),
        ("letter_approved", &object),
    )
    .await?;
    tell(ctx, tx, id).await?;
    let said = plain!(ctx.locale, "letters.toast.sent", n = n);
    Ok(if here {
        Reply::stay().toast(said)
    } else {
        Reply::view(View::Held(id)).toast(said)
    })
}

fn decided_before(ctx: &Ctx, id: HeldLetterId, here: bool) -> Reply<View> {
    let said = plain!(ctx.locale, "letters.review.toast.decided_before");
    // Under a letter the screen says who decided and what.
    if here {
        Reply::view(View::Held(id)).toast(said)
    } else {
        Reply::view(View::Held(id)).alert(said)
    }
}

/// A remark is awaited.
pub async fn ask_remark(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: HeldLetterId) -> anyhow::Result<Reply<View>> {
    let (held, ..) = deciding(tx, actor, id).await?;
    if held.state != State::Waiting {
        return Ok(decided_before(ctx, id, false));
    }
    Ok(Reply::view(View::Returning(id)))
}

/// Whoever decides may give it back, whether its author is a tutor still or not.
async fn deciding(
    conn: &mut Conn,
    actor: &Actor,
    id: HeldLetterId,
) -> anyhow::Result<(Held, ReviewLetters, Class, AccessScope)> {
    let (held, class, scope) = load(conn, id).await?;
    let proof = rules::review_letters(actor, &scope)?;
    Ok((held, proof, class, scope))
}

/// It goes back to its author with a remark.
pub async fn give_back(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (id, typed): (HeldLetterId, &str),
) -> anyhow::Result<Reply<View>> {
    let (held, proof, ..) = deciding(tx, actor, id).await?;
    if held.state != State::Waiting {
        return Ok(decided_before(ctx, id, false));
    }
    let remark = entries::tidy(typed);
    if let Some(has) = entries::too_long(&remark, REASON_LIMIT) {
        refuse!("letters.review.too_long", limit = REASON_LIMIT, has = has);
    }
    store::give_back(tx, proof, (id, &remark), ctx.now).await?;
    let object = format!("held:{id}");
    people::store::audit(
        tx,
        ctx.now,
        actor.account,
        Some(proof.by()),
        ("letter_returned", &object),
    )
    .await?;
    tell(ctx, tx, id).await?;
    Ok(Reply::view(View::Held(id)).toast(plain!(ctx.locale, "letters.review.toast.returned")))
}

/// A held letter as its author, who may write to the class still.
async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: HeldLetterId) -> anyhow::Result<(Held, Ground)> {
    let (held, class, _) = load(conn, id).await?;
    let ground = ground(ctx, conn, actor, class.id).await?;
    if held.author != ground.proof.by() {
        refuse!("access.people_not_yours")
    }
    Ok((held, ground))
}

/// Its author takes it back; it stays to be read.
pub async fn take_back(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: HeldLetterId) -> anyhow::Result<Reply<View>> {
    let (held, ground) = own(ctx, tx, actor, id).await?;
    let view = View::Outbox(ground.class.id, 0);
    if let State::Sent(mailing) = held.state {
        let said = plain!(ctx.locale, "letters.review.toast.sent_before");
        return Ok(Reply::view(View::Sent(mailing)).alert(said));
    }
    store::take_back(tx, ground.proof, id).await?;
    let (by, object) = (Some(ground.proof.by()), format!("held:{id}"));
    people::store::audit(tx, ctx.now, actor.account, by, ("letter_taken_back", &object)).await?;
    show_decision(ctx, tx, id).await?;
    Ok(Reply::view(view).toast(plain!(ctx.locale, "letters.review.toast.taken_back")))
}

/// It is written anew: the draft is open again, and nobody decides about its former words.
pub async fn redo(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    draft: &mut Option<Draft>,
    id: HeldLetterId,
) -> anyhow::Result<Reply<View>> {
    let (held, ground) = own(ctx, tx, actor, id).await?;
    if let State::Sent(mailing) = held.state {
        let said = plain!(ctx.locale, "letters.review.toast.sent_before");
        return Ok(Reply::view(View::Sent(mailing)).alert(said));
    }
    store::rewrite(tx, ground.proof, id).await?;
    show_decision(ctx, tx, id).await?;
    *draft = Some(Draft {
        after: letters_store::last(tx, ground.proof.by()).await?,
        instead: Some(id),
        ..held.draft
    });
    Ok(Reply::view(View::Preview(ground.class.id)))
}

/// Another letter has taken its place.
pub(in crate::messages::letters) async fn replaced(
    ctx: &Ctx,
    tx: &mut Tx,
    ground: &Ground,
    id: HeldLetterId,
) -> anyhow::Result<()> {
    store::take_back(tx, ground.proof, id).await?;
    show_decision(ctx, tx, id).await.map(drop)
}

/// The author hears what was decided, and those who were asked see it where they were asked.
async fn tell(ctx: &Ctx, tx: &mut Tx, id: HeldLetterId) -> anyhow::Result<()> {
    let drawn = show_decision(ctx, tx, id).await?;
    let key = format!("held:{id}:told");
    entry::connect::tell(tx, &[drawn.held.author], &key, |locale| drawn.told(locale), ctx.now).await
}

/// Where somebody was asked, it says how it stands now.
async fn show_decision(ctx: &Ctx, tx: &mut Tx, id: HeldLetterId) -> anyhow::Result<Drawn> {
    let drawn = drawn(ctx, tx, id).await?;
    let held = &drawn.held;
    for head in &drawn.heads {
        for (transport, account, locale) in people::store::open_chats(tx, head.id).await? {
            let former = key(held.id, head.id, account);
            if !delivery::store::is_kept(tx, &former).await? {
                continue;
            }
            let screen = drawn.screen(Locale::of(&locale), Viewer::Letter);
            let change = format!("{former}:{}", held.state.code());
            let new = NewLetter::new((transport, account), change, screen, ctx.now);
            delivery::store::post(tx, new.changing(former), ctx.now).await?;
        }
    }
    Ok(drawn)
}

/// What a held letter is drawn from, in whatever language.
struct Drawn {
    held: Held,
    class: Class,
    author: FullName,
    pupils: Vec<FullName>,
    n: usize,
    heads: Vec<Person>,
    decided: Option<(FullName, DateTime<Utc>)>,
    zone: Tz,
}

impl Drawn {
    fn shown<T>(&self, locale: Locale, draw: impl FnOnce(&Shown<'_>) -> T) -> T {
        let none = String::new();
        let child = self.pupils.first().map_or(&none, |it| &it.name);
        let day = self.held.held_at.date_naive();
        let letter = Letter {
            mailing: MailingId(0),
            pupil: self.held.draft.picked.first().copied().unwrap_or(self.held.author),
            child,
            class: &self.class.name,
            kind: self.held.draft.kind.unwrap_or(Kind::Behaviour),
            week: facts::week(day),
            facts: None,
            words: &self.held.draft.words,
            author: &self.author,
            today: day,
            school: None,
        };
        let heads: Vec<FullName> = self.heads.iter().map(|it| it.name.clone()).collect();
        let decided = self.decided.as_ref().map(|(who, at)| {
            let (day, time) = dates::day_and_time(locale, *at, self.zone);
            (who, day, time)
        });
        draw(&Shown {
            held: &self.held,
            class: &self.class,
            pupils: &self.pupils,
            n: self.n,
            heads: &heads,
            decided: decided
                .as_ref()
                .map(|(who, day, time)| (*who, day.as_str(), time.as_str())),
            letter: &letter,
        })
    }

    fn screen(&self, locale: Locale, viewer: Viewer) -> Screen {
        self.shown(locale, |it| screens::held(locale, it, viewer))
    }

    fn told(&self, locale: Locale) -> Screen {
        self.shown(locale, |it| screens::told(locale, it))
    }
}

async fn drawn(ctx: &Ctx, conn: &mut Conn, id: HeldLetterId) -> anyhow::Result<Drawn> {
    let (held, class, _) = load(conn, id).await?;
    let zone = school::store::zone(conn, held.school).await?;
    let today = dates::local(ctx.now, zone).date();
    let reach = Reach::of(ties(conn, class.id, &held.draft).await?);
    let pupils = school::store::pupils_of_class(conn, class.id, today).await?;
    let pupils = pupils.into_iter().filter(|it| held.draft.picked.contains(&it.id));
    let decided = match held.decided {
        Some((who, at)) => Some((author(conn, who).await?, at)),
        None => None,
    };
    let heads = store::heads(conn, class.id).await?;
    Ok(Drawn {
        author: author(conn, held.author).await?,
        pupils: pupils.map(|it| it.full_name()).collect(),
        n: reach.n_people(),
        heads,
        decided,
        zone,
        held,
        class,
    })
}

/// Of whom behind the account letters are decided.
fn deciders(actor: &Actor) -> impl Iterator<Item = PersonId> {
    let decides = |it: &&Identity| {
        let mut roles = it.duties.iter().map(|duty| duty.role);
        roles.any(|role| matches!(role, Role::Head | Role::Director))
    };
    actor.identities.iter().filter(decides).map(|it| it.person)
}

/// How many letters wait for the actor.
pub async fn n_waiting(conn: &mut Conn, actor: &Actor) -> anyhow::Result<i64> {
    let mut n = 0;
    for head in deciders(actor) {
        n += store::n_waiting(conn, head).await?;
    }
    Ok(n)
}

/// Draws a held letter, as the one who decides sees it or as its author.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: HeldLetterId) -> anyhow::Result<Screen> {
    let (held, class, scope) = load(conn, id).await?;
    let viewer = if rules::review_letters(actor, &scope).is_ok() {
        Viewer::Head
    } else {
        let ground = ground(ctx, conn, actor, class.id).await?;
        if ground.proof.by() == held.author {
            Viewer::Author
        } else {
            Viewer::Tutor
        }
    };
    Ok(drawn(ctx, conn, id).await?.screen(ctx.locale, viewer))
}

/// Draws the question for a remark.
pub async fn returning(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: HeldLetterId) -> anyhow::Result<Screen> {
    let (held, _, class, _) = deciding(conn, actor, id).await?;
    let author = author(conn, held.author).await?;
    Ok(screens::returning(ctx.locale, id, &class.name, &author))
}

/// Draws what waits for the actor.
pub async fn waiting(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Screen> {
    let (mut found, mut n) = (Vec::new(), 0);
    for head in deciders(actor) {
        found.extend(store::waiting(conn, head).await?);
        n += store::n_waiting(conn, head).await?;
    }
    Ok(screens::waiting(ctx.locale, &found, n))
}
