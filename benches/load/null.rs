//! The null bot: the same library, the same two calls and a keyboard as large as the grid's, and nothing kept.

use anyhow::Context as _;
use chrono::NaiveDate;
use std::sync::atomic::{AtomicU64, Ordering};
use teloxide::Bot;
use teloxide::dispatching::{Dispatcher, UpdateFilterExt as _};
use teloxide::payloads::{AnswerCallbackQuerySetters as _, EditMessageTextSetters as _, SendMessageSetters as _};
use teloxide::prelude::Requester as _;
use teloxide::types::{CallbackQuery, InlineKeyboardMarkup, Message, ParseMode, Update};
use zhurnal::chat::{Button, Screen};
use zhurnal::ids::{LoadId, PersonId};
use zhurnal::lessons::cell::{Change, Sign, Value};
use zhurnal::lessons::flow::{Act, CellPress, Hand, View};
use zhurnal::telegram::{self, send};
use zhurnal::timetable::LessonKey;

/// Each screen differs from the one before, as the journal's do.
static SCREENS: AtomicU64 = AtomicU64::new(0);

/// Works until it is killed.
pub async fn run() -> anyhow::Result<()> {
    let url = std::env::var("TELOXIDE_API_URL").context("TELOXIDE_API_URL")?;
    let token = std::env::var("TELOXIDE_TOKEN").context("TELOXIDE_TOKEN")?;
    let bot = telegram::bot(&token, Some(&url))?;
    let tree = dptree::entry()
        .branch(Update::filter_message().endpoint(greet))
        .branch(Update::filter_callback_query().endpoint(answer));
    Dispatcher::builder(bot, tree).build().dispatch().await;
    Ok(())
}

async fn greet(bot: Bot, message: Message) -> Result<(), teloxide::RequestError> {
    bot.send_message(message.chat.id, text())
        .reply_markup(keyboard())
        .await?;
    Ok(())
}

async fn answer(bot: Bot, query: CallbackQuery) -> Result<(), teloxide::RequestError> {
    let answered = bot.answer_callback_query(query.id.clone()).text("5");
    let Some(message) = query.regular_message() else {
        return Ok(());
    };
    let edited = bot
        .edit_message_text(message.chat.id, message.id, text())
        .parse_mode(ParseMode::Html)
        .reply_markup(keyboard());
    futures::try_join!(answered.into_future(), edited.into_future())?;
    Ok(())
}

fn text() -> String {
    format!("<b>{}</b>", SCREENS.fetch_add(1, Ordering::Relaxed))
}

/// 25 pupils and the tools below them.
fn keyboard() -> InlineKeyboardMarkup {
    let key = LessonKey {
        load: LoadId(200),
        date: NaiveDate::default(),
        number: 1,
    };
    let pupils = (0..25).map(|n| {
        let press = CellPress {
            key,
            pupil: PersonId(1000 + n),
            change: Change::Put(Value::Five),
            seen: 1000,
            hand: Hand::Mark(Value::Five),
            page: 0,
        };
        Button::new("5 Abcdefgh Ab.", &Act::Cell(press))
    });
    let signs = Sign::ALL.map(|it| Button::new("a", &View::Grid(key, Hand::Sign(it), 0)));
    let marks = Value::ALL.map(|it| Button::new("5", &View::Grid(key, Hand::Mark(it), 0)));
    let screen = Screen::new("")
        .grid(&pupils.collect::<Vec<_>>(), 2)
        .row(signs)
        .row(marks.into_iter().take(6))
        .row([Button::new("card", &View::Card(key))]);
    send::keyboard(&screen)
}
