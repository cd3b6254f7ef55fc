//! Methods about the bot itself: who it is, its commands, its webhook, its answers to presses.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    BOT_ID, Telegram,
    params::Params,
    refusal::Refusal,
    seen::Toast,
    state::{Query, State},
    text::units,
    updates::{PRESS_LIVES, write},
};

/// UTF-16 units of the answer to a press.
const TOAST_LIMIT: usize = 200;

/// A command in the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Without its slash.
    pub command: String,
    /// What people read beside it.
    pub description: String,
}

/// The webhook that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSet {
    /// Where Telegram would post updates.
    pub url: String,
    /// What it would send as `X-Telegram-Bot-Api-Secret-Token`.
    pub secret: Option<String>,
}

impl Telegram {
    /// The webhook, while one is set. The model doesn't deliver to it: it only refuses `getUpdates`.
    pub fn webhook(&self) -> Option<WebhookSet> {
        self.look(|state| state.webhook.clone())
    }
}

impl State {
    /// `getMe`
    pub(super) fn get_me(&self) -> String {
        let mut me = json!(self.user_out(BOT_ID));
        for (flag, value) in [
            ("can_join_groups", true),
            // So the model shows the bot every word in a group: it has to stay silent by itself.
            ("can_read_all_group_messages", true),
            ("supports_inline_queries", false),
            ("can_connect_to_business", false),
            ("has_main_web_app", false),
        ] {
            me[flag] = Value::Bool(value);
        }
        me.to_string()
    }

    /// `answerCallbackQuery`
    pub(super) fn answer_press(&mut self, params: &Params) -> Result<String, Refusal> {
        let text = params.text("text").unwrap_or_default();
        if units(text) > TOAST_LIMIT {
            return Err(Refusal::bad("MESSAGE_TOO_LONG"));
        }
        let id = params.text("callback_query_id").unwrap_or_default();
        let now = self.now;
        let fresh = |it: &&Query| now - it.asked <= PRESS_LIVES;
        let Some(user) = self.queries.get(id).filter(fresh).map(|it| it.user) else {
            return Err(Refusal::bad(
                "query is too old and response timeout expired or query ID is invalid",
            ));
        };
        self.queries.remove(id);
        let toast = Toast {
            callback_id: id.to_owned(),
            text: text.to_owned(),
            alert: params.flag("show_alert"),
        };
        self.touch(user).toasts.push(toast);
        Ok("true".to_owned())
    }

    /// `setMyCommands`
    pub(super) fn set_commands(&mut self, params: &Params) -> Result<String, Refusal> {
        let commands: Vec<Command> = params.parse("commands")?.unwrap_or_default();
        if commands.len() > 100 {
            return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
        }
        for it in &commands {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !(1..=32).contains(&it.command.len()) || !it.command.chars().all(plain) {
                return Err(Refusal::bad("BOT_COMMAND_INVALID"));
            }
            if !(1..=256).contains(&units(it.description.trim())) {
                return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
            }
        }
        let scope = self.scope(params)?;
        if commands.is_empty() {
            self.commands.remove(&scope);
        } else {
            self.commands.insert(scope, commands);
        }
        Ok("true".to_owned())
    }

    /// `deleteMyCommands`
    pub(super) fn delete_commands(&mut self, params: &Params) -> Result<String, Refusal> {
        let scope = self.scope(params)?;
        self.commands.remove(&scope);
        Ok("true".to_owned())
    }

    /// `getMyCommands`
    pub(super) fn get_commands(&self, params: &Params) -> Result<String, Refusal> {
        let scope = self.scope(params)?;
        Ok(self.commands.get(&scope).map_or_else(|| "[]".to_owned(), write))
    }

    /// The key under which commands are kept: `default`, `chat 42`, `default/en`.
    fn scope(&self, params: &Params) -> Result<String, Refusal> {
        let scope = params.json("scope")?.unwrap_or_else(|| json!({"type": "default"}));
        let kind = scope.get("type").and_then(Value::as_str).unwrap_or_default();
        let chat = scope.get("chat_id").and_then(Value::as_i64);
        let member = scope.get("user_id").and_then(Value::as_i64);
        let mut key = match kind {
            "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => kind.to_owned(),
            "chat" | "chat_administrators" | "chat_member" => {
                let chat = chat.filter(|it| self.chats.contains_key(it));
                let chat = chat.ok_or_else(|| Refusal::bad("chat not found"))?;
                let member = member.map(|it| format!(" {it}")).unwrap_or_default();
                format!("{kind} {chat}{member}")
            }
            _ => {
                return Err(Refusal::bad("can't parse BotCommandScope: Unsupported type specified"));
            }
        };
        if let Some(language) = params.text("language_code").filter(|it| !it.is_empty()) {
            if language.len() != 2 {
                return Err(Refusal::bad("invalid language code specified"));
            }
            key = format!("{key}/{language}");
        }
        Ok(key)
    }

    /// `setWebhook`
    pub(super) fn set_webhook(&mut self, params: &Params) -> Result<String, Refusal> {
        let url = params.text("url").unwrap_or_default().to_owned();
        if url.is_empty() {
            return Ok(self.delete_webhook(params));
        }
        if !url.starts_with("https://") {
            return Err(Refusal::bad("bad webhook: An HTTPS URL must be provided for webhook"));
        }
        let secret = params.text("secret_token").map(str::to_owned);
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if secret
            .as_ref()
            .is_some_and(|it| it.len() > 256 || !it.chars().all(plain))
        {
            return Err(Refusal::bad("secret token contains unallowed characters"));
        }
        if let Some(allowed) = params.parse("allowed_updates")? {
            self.updates.allowed = Some(allowed);
        }
        if params.flag("drop_pending_updates") {
            self.drop_pending();
        }
        self.updates.arrived += 1;
        self.webhook = Some(WebhookSet { url, secret });
        Ok("true".to_owned())
    }

    /// `deleteWebhook`
    pub(super) fn delete_webhook(&mut self, params: &Params) -> String {
        if params.flag("drop_pending_updates") {
            self.drop_pending();
        }
        self.webhook = None;
        "true".to_owned()
    }

    /// `getWebhookInfo`
    pub(super) fn webhook_info(&self) -> String {
        let mut info = json!({
            "url": self.webhook.as_ref().map_or("", |it| it.url.as_str()),
            "has_custom_certificate": false,
            "pending_update_count": self.pending(),
        });
        if let Some(allowed) = &self.updates.allowed {
            info["allowed_updates"] = json!(allowed);
        }
        info.to_string()
    }

    /// `setMyDescription`, `setMyShortDescription`: only their limits are modelled.
    pub(super) fn describe(params: &Params, key: &str, limit: usize) -> Result<String, Refusal> {
        if units(params.text(key).unwrap_or_default()) > limit {
            return Err(Refusal::bad("BOT_DESCRIPTION_TOO_LONG"));
        }
        Ok("true".to_owned())
    }

    /// `sendChatAction`
    pub(super) fn chat_action(&self, params: &Params) -> Result<String, Refusal> {
        const ACTIONS: [&str; 11] = [
            "typing",
            "upload_photo",
            "record_video",
            "upload_video",
            "record_voice",
            "upload_voice",
            "upload_document",
            "choose_sticker",
            "find_location",
            "record_video_note",
            "upload_video_note",
        ];
        self.writable(params.int("chat_id"))?;
        if ACTIONS.contains(&params.text("action").unwrap_or_default()) {
            Ok("true".to_owned())
        } else {
            Err(Refusal::bad("wrong parameter action in request"))
        }
    }

    /// `getChat`, as much of it as a bot asks about a person.
    pub(super) fn get_chat(&self, params: &Params) -> Result<String, Refusal> {
        let chat = params.int("chat_id").filter(|it| self.chats.contains_key(it));
        let chat = chat.ok_or_else(|| Refusal::bad("chat not found"))?;
        let mut out = json!(self.chat_out(chat));
        out["accent_color_id"] = json!(0);
        out["max_reaction_count"] = json!(11);
        Ok(out.to_string())
    }
}
