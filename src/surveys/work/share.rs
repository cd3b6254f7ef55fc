//! The results are shown to everybody who was asked, with the chart that their author sees.

use chrono::{DateTime, Utc};
use std::collections::HashSet;

use super::{counted, place_title, reach};
use crate::chat::{Document, limits};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::PersonId;
use crate::people::{self, reach::OpenChat};
use crate::school;
use crate::surveys::screens::{letters, results};
use crate::surveys::{Survey, chart};
use crate::words::{Locale, dates};

/// Shows the results to everybody who was asked.
pub async fn share(tx: &mut Tx, survey: &Survey, now: DateTime<Utc>) -> anyhow::Result<()> {
    let (counted, _, asked) = counted(tx, survey).await?;
    let asked: HashSet<PersonId> = asked.iter().map(|it| it.person_id).collect();
    let title = place_title(tx, survey, None).await?;
    let zone = school::store::zone(tx, survey.school).await?;
    let recipients = reach(tx, survey).await?.recipients;
    let asked = recipients.iter().filter(|it| asked.contains(&it.person.id));
    let beside = people::store::beside(tx, survey.school).await?;
    let chats: Vec<(&OpenChat, Option<&str>)> = asked
        .flat_map(|it| it.chats.iter().map(|chat| (chat, beside.of(it.person.id))))
        .collect();
    for locale in Locale::ALL {
        let here = |it: &(&OpenChat, Option<&str>)| it.0.locale == locale;
        let chats: Vec<(&OpenChat, Option<&str>)> = chats.iter().copied().filter(here).collect();
        if chats.is_empty() {
            continue;
        }
        let (day, time) = dates::day_and_time(locale, now, zone);
        let drawn = chart::of(locale, survey, &counted, (&day, &time));
        let picture = chart::picture(locale, drawn).await?;
        let screen = letters::shared(locale, &title, &counted);
        let new = |(chat, school): &(&OpenChat, Option<&str>), what: &str| {
            let key = format!("survey:{}:{what}:{}", survey.id, chat.account);
            NewLetter::new(chat.address(), key, screen.clone().of_school(*school), now).to_many()
        };
        let mut all: Vec<NewLetter> = chats.iter().map(|chat| new(chat, "result")).collect();
        let longest = all.iter().map(|it| it.letter.screen.text.encode_utf16().count()).max();
        if let Some(picture) = picture {
            // The words stand under the picture as far as there is room, else below it.
            if longest.is_some_and(|it| it <= limits::CAPTION) {
                enclose(tx, &picture, &mut all, now).await?;
            } else {
                let mut pictures: Vec<NewLetter> = chats.iter().map(|chat| new(chat, "picture")).collect();
                for letter in &mut pictures {
                    letter.letter.screen = results::sheet_words(locale, survey, dates::local(now, zone));
                    letter.letter.silent = true;
                }
                enclose(tx, &picture, &mut pictures, now).await?;
                delivery::store::post_many(tx, &pictures, now).await?;
            }
        }
        delivery::store::post_many(tx, &all, now).await?;
    }
    Ok(())
}

/// One picture for all of these letters.
async fn enclose(tx: &mut Tx, picture: &Document, letters: &mut [NewLetter], now: DateTime<Utc>) -> anyhow::Result<()> {
    let file = delivery::store::keep_file_for(tx, picture, letters.len(), now).await?;
    for letter in letters {
        letter.letter.document = Some(file);
    }
    Ok(())
}
