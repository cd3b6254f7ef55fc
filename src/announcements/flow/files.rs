//! What goes with an announcement: pictures, files, spoken words.

use chrono::{DateTime, Utc};

use super::{as_number, check_length, own, reader};
use crate::access::Actor;
use crate::announcements::ground::ground;
use crate::announcements::press::View;
use crate::announcements::{Announcement, Open, State, letters, store, work};
use crate::chat::enclosed::MOST_FILES;
use crate::chat::{Attached, Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::words::{entries, plain, refuse};

/// A file came for what is open. What is written under it is the text, or stands after it.
pub async fn file(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Open,
    (file, words): (&Attached, &str),
) -> anyhow::Result<Reply<View>> {
    let Open::Draft(draft) = open else {
        refuse!("announcements.words_only")
    };
    let Some(whom) = &draft.audience else {
        refuse!("announcements.whom_first")
    };
    ground(tx, actor, whom).await?;
    if draft.files.len() >= MOST_FILES {
        refuse!("chat.too_many_files", limit = as_number(MOST_FILES))
    }
    let words = entries::tidy(words);
    if !words.is_empty() {
        let text = match &draft.text {
            Some(text) if !draft.awaits => format!("{text}\n{words}"),
            _ => words,
        };
        check_length(&text)?;
        draft.text = Some(text);
        draft.awaits = false;
    }
    draft.files.push(file.clone());
    let view = if draft.awaits { View::Write } else { View::Preview };
    Ok(Reply::view(view).toast(plain!(ctx.locale, "announcements.toast.taken")))
}

/// Brings the files of one's own announcement or of one's own copy once more.
pub async fn again(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: i64) -> anyhow::Result<Reply<View>> {
    let (found, shown) = whose(tx, actor, id).await?;
    if found.files.is_empty() {
        return Ok(Reply::view(shown));
    }
    if found.state == State::Recalled {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "announcements.toast.recalled")));
    }
    let account = (actor.account.transport.to_owned(), actor.account.id);
    if account.0 != found.from.0 {
        refuse!("announcements.other_messenger")
    }
    let key = format!("{}{}:{}", again_key(id), account.1, ctx.now.timestamp_millis());
    let words = |n| letters::enclosure(ctx.locale, n, found.files.len());
    let letters = delivery::store::enclosures(&account, &key, &found.files, words, ctx.now);
    delivery::store::post_many(tx, &letters, ctx.now).await?;
    Ok(Reply::stay().toast(plain!(ctx.locale, "announcements.toast.files")))
}

/// How the keys of files begin that were brought once more.
fn again_key(id: i64) -> String {
    format!("announcement:{id}:again:")
}

/// An announcement that one has a copy of, else one's own; and where it stands.
async fn whose(conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<(Announcement, View)> {
    match (reader(conn, actor, id).await?, store::announcement(conn, id).await?) {
        (Some(_), Some(found)) => Ok((found, View::Copy(id))),
        _ => own(conn, actor, id).await.map(|(found, _)| (found, View::One(id))),
    }
}

/// What hasn't begun to leave stays.
pub(super) async fn hold_back(tx: &mut Tx, announcement: &Announcement) -> anyhow::Result<()> {
    store::hold_back(tx, announcement.id, "").await?;
    for i in 0..announcement.files.len() {
        store::hold_back(tx, announcement.id, &delivery::store::enclosure_suffix(i)).await?;
    }
    Ok(())
}

/// Files that are there go.
pub(super) async fn take_away(tx: &mut Tx, announcement: &Announcement, now: DateTime<Utc>) -> anyhow::Result<()> {
    for i in 0..announcement.files.len() {
        let out = store::out(tx, announcement.id, &delivery::store::enclosure_suffix(i)).await?;
        let removals: Vec<NewLetter> = out
            .iter()
            .map(|copy| {
                let former = delivery::store::enclosure(&copy.key, i);
                work::letter(copy, format!("{former}:recalled"), Screen::default(), now).removing(former)
            })
            .collect();
        delivery::store::post_many(tx, &removals, now).await?;
    }
    // Those that somebody had brought once more.
    delivery::store::remove(tx, &again_key(announcement.id), now).await
}
