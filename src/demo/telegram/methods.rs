//! The table of methods: which name does what.

use super::{params::Params, refusal::Refusal, sending::Sends, state::State};

/// Every method but `getUpdates`, which waits, by the Bot API's spelling. Names are compared without regard to case.
const NAMES: [&str; 31] = [
    "getMe",
    "getUpdates",
    "sendMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "editMessageMedia",
    "answerCallbackQuery",
    "deleteMessage",
    "deleteMessages",
    "sendPhoto",
    "sendDocument",
    "sendVoice",
    "sendPoll",
    "stopPoll",
    "forwardMessage",
    "copyMessage",
    "setMyCommands",
    "deleteMyCommands",
    "getMyCommands",
    "getFile",
    "sendChatAction",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "setMyName",
    "getChat",
    "logOut",
];

/// The spelling of the Bot API, when it is a method the model knows.
pub(super) fn canonical(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|it| it.eq_ignore_ascii_case(name))
}

/// Whether a method puts a message into a chat, which the rate limits count.
pub(super) fn sends(method: &str) -> bool {
    matches!(
        method,
        "sendMessage" | "sendPhoto" | "sendDocument" | "sendVoice" | "sendPoll" | "forwardMessage" | "copyMessage"
    )
}

impl State {
    /// Does what a method says; the JSON of its result.
    pub(super) fn dispatch(&mut self, method: &str, params: &Params) -> Result<String, Refusal> {
        match method {
            "getMe" => Ok(self.get_me()),
            "sendMessage" => self.send(Sends::Text, params),
            "sendPhoto" => self.send(Sends::Photo, params),
            "sendDocument" => self.send(Sends::Document, params),
            "sendVoice" => self.send(Sends::Voice, params),
            "sendPoll" => self.send(Sends::Poll, params),
            "forwardMessage" => self.forward(params),
            "copyMessage" => self.copy(params),
            "editMessageText" => self.edit_text(params),
            "editMessageCaption" => self.edit_caption(params),
            "editMessageReplyMarkup" => self.edit_markup(params),
            "editMessageMedia" => self.edit_media(params),
            "deleteMessage" => self.delete(params),
            "deleteMessages" => self.delete_many(params),
            "answerCallbackQuery" => self.answer_press(params),
            "stopPoll" => self.stop_poll(params),
            "setMyCommands" => self.set_commands(params),
            "deleteMyCommands" => self.delete_commands(params),
            "getMyCommands" => self.get_commands(params),
            "getFile" => self.get_file(params).map(|it| it.to_string()),
            "getChat" => self.get_chat(params),
            "sendChatAction" => self.chat_action(params),
            "setWebhook" => self.set_webhook(params),
            "deleteWebhook" => Ok(self.delete_webhook(params)),
            "getWebhookInfo" => Ok(self.webhook_info()),
            "setMyDescription" => Self::describe(params, "description", 512),
            "setMyShortDescription" => Self::describe(params, "short_description", 120),
            "setMyName" => Self::describe(params, "name", 64),
            "setChatMenuButton" | "logOut" => Ok("true".to_owned()),
            _ => Err(Refusal::not_found()),
        }
    }
}
