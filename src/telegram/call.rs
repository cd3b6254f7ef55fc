//! A call to Telegram whose failure is known at once.
//!
//! teloxide's own requests sleep for ten seconds inside of a call that ended with a server's error. A screen that somebody
//! looks at, and a letter's place among those under way, would wait with them; how long to wait is for the caller to say.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use teloxide::requests::{HasPayload as _, JsonRequest, Payload};
use teloxide::types::ResponseParameters;
use teloxide::{ApiError, Bot, RequestError};

/// What Telegram answers: a result, or what it objects to.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Answer<T> {
    result: Option<T>,
    #[serde(rename = "description")]
    objection: Option<ApiError>,
    parameters: Option<ResponseParameters>,
}

/// Makes the call.
pub async fn call<P>(bot: &Bot, request: JsonRequest<P>) -> Result<P::Output, RequestError>
where
    P: Payload + Serialize,
    P::Output: DeserializeOwned,
{
    let unreadable = |source: serde_json::Error, raw: &str| RequestError::InvalidJson {
        source: Arc::new(source),
        raw: raw.into(),
    };
    let said = serde_json::to_vec(request.payload_ref()).map_err(|failure| unreadable(failure, ""))?;
    let address = format!(
        "{}/bot{}/{}",
        bot.api_url().as_str().trim_end_matches('/'),
        bot.token(),
        P::NAME
    );
    let answered = bot
        .client()
        .post(address)
        .header("content-type", "application/json")
        .body(said)
        .send()
        .await?;
    let text = answered.text().await?;
    let answer: Answer<P::Output> = serde_json::from_str(&text).map_err(|failure| unreadable(failure, &text))?;
    match (answer.result, answer.parameters) {
        (Some(result), _) => Ok(result),
        (None, Some(ResponseParameters::RetryAfter(seconds))) => Err(RequestError::RetryAfter(seconds)),
        (None, Some(ResponseParameters::MigrateToChatId(chat))) => Err(RequestError::MigrateToChatId(chat)),
        (None, None) => Err(RequestError::Api(
            answer.objection.unwrap_or_else(|| ApiError::Unknown(String::new())),
        )),
    }
}
