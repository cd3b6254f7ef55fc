//! Inline keyboards and their limits.

use serde::Serialize;
use serde_json::Value;

use super::refusal::Refusal;

/// Bytes of a button's payload.
const DATA_LIMIT: usize = 64;
const BUTTONS_LIMIT: usize = 100;
const ROW_LIMIT: usize = 8;
/// Bytes of all labels, payloads and addresses together. Telegram doesn't publish the number; this is on the safe side.
const TOTAL_LIMIT: usize = 10_000;

/// Rows of buttons under a message; an empty one is none.
pub(super) type Keyboard = Vec<Vec<Button>>;

/// One button, as it is written back to the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Button {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) callback_data: Option<String>,
}

/// Reads `reply_markup`. Keyboards that aren't inline are taken and forgotten: the bot has none.
pub(super) fn parse(markup: Option<&Value>) -> Result<Keyboard, Refusal> {
    let Some(markup) = markup else {
        return Ok(Vec::new());
    };
    let object = markup
        .as_object()
        .ok_or_else(|| Refusal::bad("can't parse reply keyboard markup JSON object"))?;
    let Some(rows) = object.get("inline_keyboard") else {
        return Ok(Vec::new());
    };
    let rows = rows
        .as_array()
        .ok_or_else(|| Refusal::bad("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array"))?;
    let mut keyboard = Vec::with_capacity(rows.len());
    for row in rows {
        let row = row.as_array().ok_or_else(|| {
            Refusal::bad("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")
        })?;
        let row = row.iter().map(button).collect::<Result<Vec<_>, _>>()?;
        if !row.is_empty() {
            keyboard.push(row);
        }
    }
    check_size(&keyboard)?;
    Ok(keyboard)
}

fn button(value: &Value) -> Result<Button, Refusal> {
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let text =
        field("text").ok_or_else(|| Refusal::bad("can't parse inline keyboard button: Can't find field \"text\""))?;
    if text.trim().is_empty() {
        return Err(Refusal::bad("inline keyboard button text must be non-empty"));
    }
    let (url, callback_data) = (field("url"), field("callback_data"));
    match (&url, &callback_data) {
        (None, Some(data)) if !(1..=DATA_LIMIT).contains(&data.len()) => Err(Refusal::bad("BUTTON_DATA_INVALID")),
        (Some(url), None) if !is_address(url) => Err(Refusal::bad(format!(
            "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        ))),
        (None, Some(_)) | (Some(_), None) => Ok(Button {
            text,
            url,
            callback_data,
        }),
        (Some(_), Some(_)) => Err(Refusal::bad(
            "can't parse inline keyboard button: exactly one of the optional fields must be used",
        )),
        (None, None) => Err(Refusal::bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        )),
    }
}

fn check_size(keyboard: &Keyboard) -> Result<(), Refusal> {
    let buttons = || keyboard.iter().flatten();
    let weight = |it: &Button| {
        it.text.len() + it.url.as_ref().map_or(0, String::len) + it.callback_data.as_ref().map_or(0, String::len)
    };
    let fits = keyboard.iter().all(|row| row.len() <= ROW_LIMIT)
        && buttons().count() <= BUTTONS_LIMIT
        && buttons().map(weight).sum::<usize>() <= TOTAL_LIMIT;
    if fits {
        Ok(())
    } else {
        Err(Refusal::bad("reply markup is too long"))
    }
}

fn is_address(url: &str) -> bool {
    ["http://", "https://", "tg://"]
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}
