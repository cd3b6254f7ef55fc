//! A parent writes a suggestion, sees what is sent and by whom, sends it, and looks what became of it.

use super::super::press::View;
use super::super::{A_DAY, Draft, KNOWN_AT_MOST, Open, PAGE, Suggestion, WORDS_LIMIT, post, screens, store};
use chrono::{DateTime, NaiveTime, Utc};

use crate::access::{Actor, ParentScope, Suggest, suggest};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{PersonId, SchoolId, SuggestionId};
use crate::jobs;
use crate::people;
use crate::school::{self, School};
use crate::words::{dates, plain, refuse};

/// The right to suggest, of those behind the account who are asked about.
async fn right_of(
    conn: &mut Conn,
    actor: &Actor,
    school: SchoolId,
    asked: impl Fn(PersonId) -> bool,
) -> anyhow::Result<Suggest> {
    let mut parents = Vec::new();
    for identity in actor
        .identities
        .iter()
        .filter(|it| it.school == school && asked(it.person))
    {
        if !people::store::children(conn, identity.person).await?.is_empty() {
            parents.push(identity.person);
        }
    }
    Ok(suggest(actor, &ParentScope { school, parents })?)
}

/// The right to suggest something to a school now.
async fn right(conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Suggest> {
    right_of(conn, actor, school, |_| true).await
}

/// One right for each school, in the order of the identities.
async fn rights(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Suggest>> {
    let mut found: Vec<Suggest> = Vec::new();
    for identity in &actor.identities {
        let is_new = !found.iter().any(|it| it.school() == identity.school);
        if is_new && !people::store::children(conn, identity.person).await?.is_empty() {
            let scope = ParentScope {
                school: identity.school,
                parents: vec![identity.person],
            };
            found.push(suggest(actor, &scope)?);
        }
    }
    Ok(found)
}

/// Whether there is a school to which the actor can suggest something.
pub async fn may(conn: &mut Conn, actor: &Actor) -> anyhow::Result<bool> {
    Ok(!rights(conn, actor).await?.is_empty())
}

/// A suggestion of one's own, with the right to look at it.
pub(super) async fn own(conn: &mut Conn, actor: &Actor, id: SuggestionId) -> anyhow::Result<(Suggestion, Suggest)> {
    let Some(suggestion) = store::suggestion(conn, id).await? else {
        refuse!("access.suggestion_not_yours")
    };
    for identity in &actor.identities {
        if store::is_own(conn, id, identity.person).await? {
            let proof = right_of(conn, actor, suggestion.school, |it| it == identity.person).await?;
            return Ok((suggestion, proof));
        }
    }
    refuse!("access.suggestion_not_yours")
}

/// From now on the next text is a suggestion, if one may suggest there and hasn't too often today.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    school: SchoolId,
) -> anyhow::Result<Reply<View>> {
    let proof = right(tx, actor, school).await?;
    within_the_day(ctx, tx, proof).await?;
    *open = Some(Open::Writing(school));
    Ok(Reply::view(View::Writing))
}

/// When today began, if there weren't too many since.
async fn within_the_day(ctx: &Ctx, conn: &mut Conn, proof: Suggest) -> anyhow::Result<DateTime<Utc>> {
    let today = today(ctx, conn, proof).await?;
    if store::sent_since(conn, proof, today).await? >= A_DAY {
        refuse!("feedback.too_many", n = A_DAY);
    }
    Ok(today)
}

/// When the school's day began: the moment could tell whose one without a name is.
async fn today(ctx: &Ctx, conn: &mut Conn, proof: Suggest) -> anyhow::Result<DateTime<Utc>> {
    let zone = school::store::zone(conn, proof.school()).await?;
    let today = dates::local(ctx.now, zone).date();
    Ok(dates::moment(today, NaiveTime::MIN, zone))
}

/// What was typed is shown as it would be sent.
pub(super) async fn typed(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (school, former): (SchoolId, Option<Draft>),
    typed: &str,
) -> anyhow::Result<Reply<View>> {
    right(tx, actor, school).await?;
    let words = typed.trim();
    if words.is_empty() {
        refuse!("feedback.empty");
    }
    if let Some(has) = super::super::too_long(words, WORDS_LIMIT) {
        refuse!("feedback.too_long", limit = WORDS_LIMIT, has = has);
    }
    let reply = Reply::view(View::Preview);
    let reply = if former.is_some() {
        reply.toast(plain!(ctx.locale, "feedback.toast.replaced"))
    } else {
        reply
    };
    *open = Some(Open::Draft(Draft {
        school,
        words: words.to_owned(),
        // Two at one moment are two all the same.
        mark: former.as_ref().map_or(ctx.now.timestamp_micros(), |it| it.mark + 1),
        named: former.is_none_or(|it| it.named),
    }));
    Ok(reply)
}

/// With a name or without.
pub(super) fn named(ctx: &Ctx, open: &mut Option<Open>, mark: i64, named: bool) -> Reply<View> {
    match open {
        Some(Open::Draft(draft)) if draft.mark == mark => {
            draft.named = named;
            Reply::view(View::Preview)
        }
        other => gone(ctx, other.as_ref()),
    }
}

/// The screen was of another draft, or of one that was sent.
fn gone(ctx: &Ctx, open: Option<&Open>) -> Reply<View> {
    match open {
        Some(open) => Reply::view(open.view()).toast(plain!(ctx.locale, "feedback.toast.other")),
        None => Reply::view(View::Mine(0)).toast(plain!(ctx.locale, "feedback.toast.gone")),
    }
}

/// The draft is sent as its screen said.
pub(super) async fn send(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (mark, named): (i64, bool),
) -> anyhow::Result<Reply<View>> {
    let draft = match open.take() {
        Some(Open::Draft(draft)) if draft.mark == mark && draft.named == named => draft,
        other => {
            *open = other;
            return Ok(gone(ctx, open.as_ref()));
        }
    };
    let proof = right(tx, actor, draft.school).await?;
    let today = within_the_day(ctx, tx, proof).await?;
    let at = if named { ctx.now } else { today };
    let id = store::add(tx, proof, named, &draft.words, at).await?;
    if !named {
        jobs::store::schedule(tx, post::FORGET, id.0, at + KNOWN_AT_MOST).await?;
    }
    let Some(suggestion) = store::suggestion(tx, id).await? else {
        anyhow::bail!("a suggestion that was just kept isn't there")
    };
    post::tell(tx, &suggestion, ctx.now).await?;
    Ok(Reply::view(View::One(id)).toast(plain!(ctx.locale, "feedback.toast.sent")))
}

/// One of one's own is taken back while nobody has read it.
pub(super) async fn withdraw(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: SuggestionId) -> anyhow::Result<Reply<View>> {
    let (suggestion, proof) = own(tx, actor, id).await?;
    let reply = Reply::view(View::One(id));
    let at = match suggestion.author {
        Some(_) => ctx.now,
        None => today(ctx, tx, proof).await?,
    };
    if !store::withdraw(tx, proof, id, at).await? {
        return Ok(if suggestion.withdrawn_at.is_some() {
            reply.toast(plain!(ctx.locale, "feedback.toast.withdrawn_before"))
        } else {
            reply.alert(plain!(ctx.locale, "feedback.toast.read_before"))
        });
    }
    post::forget_in_time(tx, &suggestion, ctx.now).await?;
    post::take_back(tx, &suggestion, ctx.now).await?;
    Ok(reply.toast(plain!(ctx.locale, "feedback.toast.withdrawn")))
}

/// The right to suggest something to a school, and its name where there are several.
async fn right_and_name(conn: &mut Conn, actor: &Actor, id: SchoolId) -> anyhow::Result<(Suggest, Option<String>)> {
    let rights = rights(conn, actor).await?;
    let Some(proof) = rights.iter().find(|it| it.school() == id) else {
        refuse!("access.suggestion_not_yours")
    };
    let name = if rights.len() > 1 {
        school::store::school(conn, id).await?.map(|it| it.name)
    } else {
        None
    };
    Ok((*proof, name))
}

pub(super) async fn writing(ctx: &Ctx, conn: &mut Conn, actor: &Actor, school: SchoolId) -> anyhow::Result<Screen> {
    let (_, name) = right_and_name(conn, actor, school).await?;
    Ok(screens::family::writing(ctx.locale, name.as_deref()))
}

pub(super) async fn preview(ctx: &Ctx, conn: &mut Conn, actor: &Actor, draft: &Draft) -> anyhow::Result<Screen> {
    let (proof, name) = right_and_name(conn, actor, draft.school).await?;
    let Some(author) = people::store::person(conn, proof.by()).await? else {
        refuse!("access.suggestion_not_yours")
    };
    let author = author.name.adult();
    Ok(screens::family::preview(ctx.locale, draft, &author, name.as_deref()))
}

pub(super) async fn mine(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let rights = rights(conn, actor).await?;
    let size = i64::try_from(PAGE)?;
    let (mut schools, mut found): (Vec<School>, Vec<Suggestion>) = (Vec::new(), Vec::new());
    for proof in &rights {
        schools.extend(school::store::school(conn, proof.school()).await?);
        // Of each as many as all pages up to this one may show.
        let upto = (i64::from(page) + 1) * size + 1;
        found.extend(store::own(conn, *proof, upto).await?);
    }
    let Some(first) = schools.first() else {
        refuse!("access.no_section")
    };
    found.sort_by_key(|it| std::cmp::Reverse(it.id));
    let found = found.split_off((usize::from(page) * PAGE).min(found.len()));
    let page = screens::Page {
        number: page,
        zone: first.zone,
        today: dates::local(ctx.now, first.zone).date(),
    };
    Ok(screens::family::mine(ctx.locale, &schools, &found, page))
}

pub(super) async fn one(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: SuggestionId) -> anyhow::Result<Screen> {
    let (suggestion, proof) = own(conn, actor, id).await?;
    let by = post::name_of(conn, suggestion.answered_by).await?;
    let zone = school::store::zone(conn, proof.school()).await?;
    let shown = screens::Shown {
        suggestion: &suggestion,
        by: by.as_deref(),
        author: None,
        now: ctx.now,
        zone,
    };
    Ok(screens::family::one(ctx.locale, &shown))
}
