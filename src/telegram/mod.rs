//! Telegram, the only room with teloxide's types: updates in, screens and letters out.
//!
//! - [`listener`] asks for updates batch by batch and confirms a batch when every update of it has an outcome;
//! - [`dispatch`] is the tree of kinds and the one wrapper around it;
//! - [`decode`] makes an update the journal's own;
//! - [`show`] paints living screens, [`send`] delivers letters, [`polls`] those that are polls, [`errors`] reads what Telegram objects to.

pub mod call;
pub mod decode;
pub mod dispatch;
pub mod errors;
pub mod listener;
mod pictures;
pub mod polls;
pub mod send;
pub mod show;

use anyhow::Context as _;
use teloxide::payloads::SetMyCommandsSetters as _;
use teloxide::prelude::Requester as _;
use teloxide::types::{BotCommand, BotCommandScope};
use teloxide::{Bot, RequestError, errors::ApiError};

use crate::words::Locale;

/// Telegram's name in rows of the database.
pub const TRANSPORT: &str = "telegram";

/// How long a file may be under way: 20 MB over a poor line.
const FILE_PATIENCE: std::time::Duration = std::time::Duration::from_mins(2);

/// Telegram's own server.
pub const API: &str = "https://api.telegram.org";

/// The bot that a token belongs to.
#[derive(Clone, Debug)]
pub struct Me {
    /// Its id.
    pub id: i64,
    /// Its user name, for links.
    pub username: String,
}

/// A bot by its token, at Telegram or at a local Bot API server.
pub fn bot(token: &str, api_url: Option<&str>) -> anyhow::Result<Bot> {
    let bot = Bot::new(token);
    match api_url {
        None => Ok(bot),
        Some(url) => {
            let url = url
                .parse()
                .context("TELOXIDE_API_URL isn't an address: give one like http://127.0.0.1:8081")?;
            Ok(bot.set_api_url(url))
        }
    }
}

/// The same bot over a client that waits for files: teloxide's own gives a call seventeen seconds in all.
fn patient(bot: &Bot) -> anyhow::Result<Bot> {
    let client = teloxide::net::default_reqwest_settings()
        .timeout(FILE_PATIENCE)
        .build()
        .context("making the client that carries files")?;
    Ok(Bot::with_client(bot.token(), client).set_api_url(bot.api_url()))
}

/// Asks Telegram who the bot is: the first call, which tells a wrong token from a right one.
pub async fn me(bot: &Bot) -> anyhow::Result<Me> {
    match bot.get_me().await {
        Ok(me) => Ok(Me {
            id: i64::try_from(me.user.id.0)?,
            username: me.user.username.unwrap_or_default(),
        }),
        Err(RequestError::Api(ApiError::InvalidToken)) => {
            anyhow::bail!("Telegram doesn't know this token: set TELOXIDE_TOKEN to the one from @BotFather")
        }
        // The error's own text holds the address, and with it the token.
        Err(failure) => anyhow::bail!("asking Telegram who the bot is: {}", errors::without_secrets(&failure)),
    }
}

/// The link that opens the journal with a code.
pub fn link(username: &str, code: &str) -> String {
    format!("https://t.me/{username}?start={code}")
}

/// Sets the commands that Telegram offers, in both languages. It is a convenience: a failure is logged and no more.
pub async fn offer_commands(bot: &Bot) {
    for locale in Locale::ALL {
        let commands = [
            "start",
            "today",
            "diary",
            "marks",
            "homework",
            "timetable",
            "absence",
            "announce",
            "survey",
            "chart",
            "check",
            "messages",
            "settings",
            "lock",
            "help",
            "cancel",
        ]
        .map(|name| BotCommand::new(name, crate::words::text(locale, &format!("commands.{name}"), &[])));
        let request = bot.set_my_commands(commands).scope(BotCommandScope::AllPrivateChats);
        let set = match locale {
            Locale::Ru => request.await,
            Locale::En => request.language_code("en").await,
        };
        if let Err(failure) = set {
            tracing::warn!(error = errors::without_secrets(&failure), "commands couldn't be set");
        }
    }
}

#[cfg(test)]
mod tests;
