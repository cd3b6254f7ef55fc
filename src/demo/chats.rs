//! What the bot has said before stands in the model's chats again, which begin empty with each start.

use super::telegram::{Key, Telegram};
use crate::db::{Db, transact};
use crate::delivery::{self, Letter, Verb};
use crate::telegram::TRANSPORT;

/// Puts every letter that has left where it stood, at its time; its receipt names the new message.
pub async fn bring_back(db: &Db, telegram: &Telegram) -> anyhow::Result<()> {
    let standing = delivery::store::standing(&mut *db.snapshot().await?, TRANSPORT).await?;
    let mut receipts = Vec::new();
    for row in standing {
        let letter: Letter = serde_json::from_str(&row.letter)?;
        // A file is gone once it was sent, and its words are nothing without it; a poll would have to be voted in again.
        let stands = matches!(letter.verb, Verb::Send | Verb::Edit);
        if !stands || letter.document.is_some() || letter.enclosed.is_some() || letter.poll.is_some() {
            continue;
        }
        let key = |button: &crate::chat::Button| Key {
            label: button.label.clone(),
            data: Some(button.payload.as_str().to_owned()),
            url: None,
        };
        let rows = letter.screen.rows.iter().map(|row| row.iter().map(key).collect());
        let message = telegram
            .recall(row.chat, &letter.screen.text, rows.collect(), row.due_at)
            .map_err(|refused| anyhow::anyhow!("a letter that left before: {refused}"))?;
        receipts.push((row.id, i64::from(message), row.due_at));
    }
    transact!(db, tx => {
        for (letter, message, at) in &receipts {
            delivery::store::receipt(&mut tx, *letter, *message, *at).await?;
        }
    })
}
