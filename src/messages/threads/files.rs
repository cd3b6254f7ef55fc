//! What goes with a message: a picture, a file, spoken words; how it leaves, is taken back and is brought once more.

use chrono::{DateTime, Utc};

use super::flow::{heading, own, page_of, side};
use super::press::View;
use super::{Enclosed, key, screens};
use crate::access::Actor;
use crate::chat::{Ctx, Reply, Screen, limits};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::ThreadId;
use crate::school;
use crate::words::{Locale, dates, plain};

/// A message's letter with its file: the words stand under it as far as there is room, else below it.
pub(super) fn enclosed(locale: Locale, mut letter: NewLetter, file: &Enclosed) -> Vec<NewLetter> {
    let Some(file) = &file.0 else {
        return vec![letter];
    };
    if letter.letter.screen.text.encode_utf16().count() <= limits::CAPTION {
        letter.letter.enclosed = Some(file.clone());
        return vec![letter];
    }
    let to = (letter.transport.clone(), letter.chat);
    let one = std::slice::from_ref(file);
    let mut all = delivery::store::enclosures(&to, &letter.key, one, |_| screens::enclosure(locale), letter.due_at);
    all.push(letter);
    all
}

/// The file of a message that is taken back goes, wherever it stands. Where the messenger deletes it no
/// more, the words under it say so.
pub(super) async fn take_back(tx: &mut Tx, change: &NewLetter, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(former) = &change.about else {
        return Ok(());
    };
    delivery::store::remove(tx, &again_key(former), now).await?;
    if change.letter.enclosed.is_some() {
        let (to, key) = ((change.transport.clone(), change.chat), format!("{former}:gone"));
        let gone = NewLetter::new(to, key, Screen::default(), now).removing(former.clone());
        delivery::store::post(tx, gone, now).await
    } else {
        delivery::store::remove(tx, &delivery::store::enclosure(former, 0), now).await
    }
}

/// How the keys begin of a message's file that was brought once more.
fn again_key(key: &str) -> String {
    format!("{key}:again:")
}

/// Brings the files of a thread's page once more.
pub(super) async fn again(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (id, page): (ThreadId, u8),
) -> anyhow::Result<Reply<View>> {
    let (thread, proof, scope) = own(tx, actor, id).await?;
    let (messages, _) = page_of(tx, proof, (id, page), ctx.now).await?;
    let heading = heading(tx, &thread, side(proof, &scope), ctx.now).await?;
    let zone = school::store::zone(tx, thread.school).await?;
    let account = actor.account;
    let mut n = 0;
    for message in messages.iter().filter(|it| it.recalled_at.is_none()) {
        let Some(file) = &message.file.0 else { continue };
        let who = (message.author != proof.me()).then(|| heading.who());
        let (day, time) = dates::day_and_time(ctx.locale, message.at, zone);
        let screen = screens::enclosure_again(ctx.locale, who, (&day, &time));
        let key = key(message.id, thread.pupil, proof.me(), account.id);
        let key = format!("{}{}", again_key(&key), ctx.now.timestamp_millis());
        let mut letter = NewLetter::new((account.transport.to_owned(), account.id), key, screen, ctx.now);
        letter.letter.enclosed = Some(file.clone());
        letter.letter.silent = true;
        delivery::store::post(tx, letter, ctx.now).await?;
        n += 1;
    }
    if n == 0 {
        // They were taken back meanwhile.
        return Ok(Reply::view(View::Thread(id, page)).toast(plain!(ctx.locale, "threads.toast.no_files")));
    }
    Ok(Reply::stay().toast(plain!(ctx.locale, "threads.toast.files")))
}
