//! Reading the text of a consent, and how a given one stands. Only a child's own parent reads it, or is asked.

use super::consent::{self, Text, Version};
use super::store::{self, Child};
use super::{CONSENT_VERSION, Entry, Step, connect, family, screens};
use crate::access::Actor;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::PersonId;
use crate::words::refuse;

/// The child of a text's reader: one's own, or the one for whom consent is asked on the way in.
pub async fn child(conn: &mut Conn, actor: &Actor, entry: Option<&Entry>, child: PersonId) -> anyhow::Result<Child> {
    if entry.is_some_and(|it| it.step == Step::Consent(child))
        && let Some(found) = store::pupil(conn, child).await?
    {
        return Ok(found);
    }
    Ok(family::own_child(conn, actor, child).await?.1)
}

/// A page of a text: of the version that a button names, else of the one that concerns the child.
pub async fn page(ctx: &Ctx, conn: &mut Conn, child: &Child, number: Option<i64>, page: u8) -> anyhow::Result<Screen> {
    let given = child.version.as_deref().and_then(Version::of);
    let version = match (number, given) {
        (None, given) => given,
        // Consent was given in the language in which the text was read.
        (Some(number), Some(given)) if given.number() == number => Some(given),
        (Some(0), _) => Some(Version::BuiltIn(CONSENT_VERSION, ctx.locale)),
        (Some(number), _) => Some(Version::School(number)),
    };
    let text = match version {
        Some(version) => consent::of_version(conn, child.school_id, version).await?,
        None => Some(consent::newest(conn, ctx.locale, child.school_id).await?),
    };
    let Some(text) = text else {
        refuse!("access.diary_not_yours")
    };
    let title = title(ctx, conn, child, &text).await?;
    Ok(screens::consent_text(ctx.locale, child.id, &text, &title, page))
}

/// How a child's consent stands: since when and to which text, or asked for.
pub async fn standing(ctx: &Ctx, conn: &mut Conn, parent: PersonId, child: &Child) -> anyhow::Result<Screen> {
    let newest = consent::newest(conn, ctx.locale, child.school_id).await?;
    let Some(at) = child.given_at else {
        return Ok(screens::consent(ctx.locale, child, None, &newest));
    };
    let given = match child.version.as_deref().and_then(Version::of) {
        Some(version) => consent::of_version(conn, child.school_id, version).await?,
        None => None,
    };
    let given = given.unwrap_or_else(|| newest.clone());
    let day = connect::moment(conn, parent, ctx.locale, at).await?.0;
    let title = title(ctx, conn, child, &given).await?;
    let newer = (given.version.number() != newest.version.number()).then_some(&newest);
    Ok(screens::consent_given(ctx.locale, child, (&day, &title), &given, newer))
}

/// «Текст школы, версия 2 от пн 23.11».
async fn title(ctx: &Ctx, conn: &mut Conn, child: &Child, text: &Text) -> anyhow::Result<String> {
    let day = match text.since {
        Some(at) => connect::moment(conn, child.id, ctx.locale, at).await?.0,
        None => String::new(),
    };
    Ok(screens::text_title(ctx.locale, text.version, &day))
}
