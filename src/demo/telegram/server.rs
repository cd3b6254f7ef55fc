//! HTTP: a call comes in, meets its troubles, takes effect, is answered, or isn't.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::{any, get},
};
use futures::{StreamExt, stream};
use serde_json::Value;

use super::{
    Telegram, methods,
    params::Params,
    refusal::Refusal,
    seen::Call,
    state::State,
    trouble::{Gate, Moment, TroubleKind},
};

/// Files of 50 MB and what is around them.
const BODY_LIMIT: usize = 52 << 20;
/// The token for which Telegram says 401.
const BAD_TOKEN: &str = "bad";
/// Time for half an answer to leave before its connection is cut.
const HALF_LEAVES: Duration = Duration::from_millis(20);

/// The routes of the Bot API.
pub(super) fn router(telegram: Telegram) -> Router {
    Router::new()
        .route("/file/{bot}/{*path}", get(download))
        .route("/{bot}/{method}", any(call))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(telegram)
}

/// A call that was let in.
struct Entry {
    n: u64,
    trouble: Option<TroubleKind>,
    gate: Option<(Moment, Gate)>,
}

async fn call(
    Shared(telegram): Shared<Telegram>,
    Path((bot, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    match bot.strip_prefix("bot") {
        None => return refused(&Refusal::not_found()),
        Some(BAD_TOKEN | "") => return refused(&Refusal::unauthorized()),
        Some(_) => {}
    }
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(refusal) => return refused(&refusal),
    };
    let method = methods::canonical(&name);
    let chat = params.int("chat_id");
    let entry = telegram.change(|state| state.enter(method.unwrap_or(&name), chat, &params));
    if let Some((Moment::BeforeEffect, gate)) = &entry.gate {
        gate.pass().await;
    }
    match &entry.trouble {
        Some(TroubleKind::RetryAfter(seconds)) => return refused(&Refusal::too_many(*seconds)),
        Some(TroubleKind::Status { code, description }) => {
            return refused(&Refusal::new(*code, description.as_str()));
        }
        Some(TroubleKind::NoAnswer) => return cut(""),
        Some(TroubleKind::HalfAnswer | TroubleKind::LostAnswer) | None => {}
    }
    let answer = effect(&telegram, method, chat, &params, entry.n).await;
    if let Some((Moment::AfterEffect, gate)) = &entry.gate {
        gate.pass().await;
    }
    match (entry.trouble, answer) {
        (Some(TroubleKind::LostAnswer), _) => cut(""),
        (Some(TroubleKind::HalfAnswer), Ok(answer)) => cut(&done(&answer)),
        (_, Ok(answer)) => json(StatusCode::OK, done(&answer)),
        (_, Err(refusal)) => refused(&refusal),
    }
}

async fn effect(
    telegram: &Telegram,
    method: Option<&str>,
    chat: Option<i64>,
    params: &Params,
    n: u64,
) -> Result<String, Refusal> {
    let method = method.ok_or_else(Refusal::not_found)?;
    if method == "getUpdates" {
        let batch = telegram.get_updates(params).await?;
        telegram.look(|state| state.calls.ended(n, true));
        return Ok(batch);
    }
    telegram.change(|state| {
        let answer = state
            .keep_pace(method, chat)
            .and_then(|()| state.dispatch(method, params));
        state.calls.ended(n, answer.is_ok());
        answer
    })
}

impl State {
    /// Numbers the call, writes it down, and finds what is in its way.
    fn enter(&mut self, method: &str, chat: Option<i64>, params: &Params) -> Entry {
        self.calls.count += 1;
        let n = self.calls.count;
        if self.keep_calls {
            let params = Value::Object(params.values.clone());
            self.calls.keep(Call {
                n,
                method: method.to_owned(),
                chat,
                params,
                ok: false,
                ended: false,
            });
        }
        Entry {
            n,
            trouble: self.troubles.meet(method, chat),
            gate: self.troubles.gate(n),
        }
    }
}

async fn download(Shared(telegram): Shared<Telegram>, Path((bot, path)): Path<(String, String)>) -> Response {
    if !bot.starts_with("bot") || bot == "botbad" {
        return refused(&Refusal::unauthorized());
    }
    match telegram.look(|state| state.file_at(&path)) {
        Some(file) => ([(CONTENT_TYPE, "application/octet-stream")], file.bytes.clone()).into_response(),
        None => refused(&Refusal::not_found()),
    }
}

fn done(result: &str) -> String {
    format!("{{\"ok\":true,\"result\":{result}}}")
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    json(status, refusal.body())
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// An answer that promises the whole and ends after its first half with the connection cut. Of an empty one nothing
/// is sent at all, since the head leaves with the first bytes of the body.
fn cut(whole: &str) -> Response {
    let half = Bytes::copy_from_slice(&whole.as_bytes()[..whole.len() / 2]);
    let pause = if half.is_empty() { Duration::ZERO } else { HALF_LEAVES };
    let first = stream::iter((!half.is_empty()).then_some(Ok(half)));
    let end = stream::once(async move {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        Err::<Bytes, _>(Cut)
    });
    let promised = whole.len().max(1);
    let head = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CONTENT_LENGTH, promised.to_string()),
    ];
    (head, Body::from_stream(first.chain(end))).into_response()
}

/// The reason that ends a body before its time.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is cut on purpose")
    }
}

impl std::error::Error for Cut {}
