//! The chat page: two phones side by side in a browser, so that what one person does is seen arriving at another.
//!
//! The page is a handful of files without dependencies, each read in one go; it fetches a chat when it is told that
//! something changed in it. Posts are JSON only, so that no foreign page can send one without being asked first.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{
        Html, IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::{get, post},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use futures::{Stream, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::telegram::{Sent, Shown, Telegram};

#[cfg(test)]
mod tests;

const PAGE: &str = include_str!("../../assets/demo/page.html");
/// What the page is made of: the path, its kind, the text.
const PARTS: [(&str, &str, &str); 9] = [
    ("/page.css", CSS, include_str!("../../assets/demo/page.css")),
    ("/theme.js", JS, include_str!("../../assets/demo/theme.js")),
    ("/page.js", JS, include_str!("../../assets/demo/page.js")),
    ("/phone.js", JS, include_str!("../../assets/demo/phone.js")),
    ("/bubble.js", JS, include_str!("../../assets/demo/bubble.js")),
    ("/compose.js", JS, include_str!("../../assets/demo/compose.js")),
    ("/list.js", JS, include_str!("../../assets/demo/list.js")),
    ("/known.js", JS, include_str!("../../assets/demo/known.js")),
    ("/dom.js", JS, include_str!("../../assets/demo/dom.js")),
];
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
/// The page needs nothing from elsewhere and may not ask for it; nothing that stands in a chat can run.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// A file of 20 MB in base64, and what is around it.
const BODY_LIMIT: usize = 28 << 20;
/// The page shows this many of the newest messages.
const MESSAGES_SHOWN: usize = 200;
/// Answers to presses that are told with a chat; the page picks those of its own presses.
const TOASTS_TOLD: usize = 20;
/// Changes within this time are told as one.
const GATHER: Duration = Duration::from_millis(25);
/// The clock is told at least this often.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Somebody whose phone can be taken in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's id in Telegram.
    pub user: i64,
    /// The name in the list.
    pub name: String,
    /// What the person is at the school.
    pub role: String,
    /// The heading in the list.
    pub group: String,
}

/// What the page can do besides chatting.
pub trait Hands: Send + Sync + 'static {
    /// The school's time of this moment, as it is shown.
    fn clock_now(&self) -> String;
    /// Moves the clock by an `hour`, a `day`, or to the end of the `term`.
    fn clock_move(&self, step: &str);
    /// Everybody whose phone can be taken, in the order of the list.
    fn people(&self) -> Vec<Person>;
    /// The time of day beside a message, in the school's time zone.
    fn time_of(&self, at: DateTime<Utc>) -> String {
        at.format("%H:%M").to_string()
    }
    /// The date above a day's messages, in the school's time zone.
    fn day_of(&self, at: DateTime<Utc>) -> String {
        at.format("%d.%m.%Y").to_string()
    }
}

/// The page and all it asks for.
pub fn router(telegram: Telegram, hands: Arc<dyn Hands>) -> Router {
    let parts = PARTS.into_iter().fold(Router::new(), |router, (path, kind, text)| {
        let part = move || async move { ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text) };
        router.route(path, get(part))
    });
    parts
        .route("/", get(page))
        .route("/api/people", get(people))
        .route("/api/chat/{user}", get(chat))
        .route("/api/events", get(events))
        .route("/api/photo/{file}", get(file))
        .route("/api/say", post(say))
        .route("/api/start", post(start))
        .route("/api/press", post(press))
        .route("/api/vote", post(vote))
        .route("/api/file", post(send_file))
        .route("/api/thing", post(send_thing))
        .route("/api/clock", post(clock))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Stage { telegram, hands })
}

#[derive(Clone)]
struct Stage {
    telegram: Telegram,
    hands: Arc<dyn Hands>,
}

async fn page() -> impl IntoResponse {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE))
}

async fn people(State(stage): State<Stage>) -> Json<Value> {
    let person = |it: Person| json!({"user": it.user, "name": it.name, "role": it.role, "group": it.group});
    let people: Vec<_> = stage.hands.people().into_iter().map(person).collect();
    Json(json!({"people": people, "clock": stage.hands.clock_now()}))
}

async fn chat(State(stage): State<Stage>, Path(user): Path<i64>) -> Json<Value> {
    let shown = stage.telegram.chat(user);
    let newest = &shown[shown.len().saturating_sub(MESSAGES_SHOWN)..];
    let messages: Vec<_> = newest.iter().map(|it| stage.message(it, &shown)).collect();
    let toasts = stage.telegram.toasts(user);
    let toasts = toasts
        .iter()
        .rev()
        .take(TOASTS_TOLD)
        .map(|it| json!({"id": it.callback_id, "text": it.text, "alert": it.alert}));
    Json(json!({
        "messages": messages,
        "toasts": toasts.collect::<Vec<_>>(),
        "commands": stage.telegram.commands_of(user),
    }))
}

impl Stage {
    fn message(&self, it: &Shown, all: &[Shown]) -> Value {
        let keys = it.keyboard.iter().map(|row| {
            let key = |it: &super::telegram::Key| json!({"label": it.label, "data": it.data, "url": it.url});
            row.iter().map(key).collect::<Vec<_>>()
        });
        let answered = it.reply_to.and_then(|id| all.iter().find(|it| it.message_id == id));
        json!({
            "id": it.message_id,
            "bot": it.from_bot,
            "html": it.html,
            "keys": keys.collect::<Vec<_>>(),
            "photo": it.photo.as_ref().map(|it| json!({"id": it.file_id, "width": it.width, "height": it.height})),
            "document": it.document.as_ref().map(|it| json!({"id": it.file_id, "name": it.name, "size": it.bytes.len()})),
            "poll": it.poll.as_ref().map(|it| json!({
                "question": it.question, "options": it.options, "closed": it.closed, "anonymous": it.anonymous,
                "multiple": it.multiple, "voters": it.voters, "chosen": it.chosen,
            })),
            "other": it.other,
            "silent": it.silent,
            "edited": it.edited,
            "forwarded": it.forwarded,
            "reply": answered.map(|it| it.text.chars().take(80).collect::<String>()),
            "time": self.hands.time_of(it.date),
            "day": self.hands.day_of(it.date),
        })
    }

    fn event(&self, after: u64) -> (u64, Event) {
        let (revision, news) = self.telegram.news(after);
        let chats = news.iter().map(|it| json!({"chat": it.chat, "fromBot": it.from_bot}));
        let told = json!({"clock": self.hands.clock_now(), "chats": chats.collect::<Vec<_>>()});
        (revision, Event::default().data(told.to_string()))
    }
}

async fn events(State(stage): State<Stage>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let revision = stage.telegram.revision();
    let first: Option<u64> = None;
    Sse::new(stream::unfold((stage, revision, first), next_event))
}

/// All chats at first; then those that changed, and the clock when nothing did for a while.
async fn next_event(
    (stage, mut revision, after): (Stage, watch::Receiver<u64>, Option<u64>),
) -> Option<(Result<Event, Infallible>, (Stage, watch::Receiver<u64>, Option<u64>))> {
    if after.is_some() {
        match tokio::time::timeout(HEARTBEAT, revision.changed()).await {
            Ok(Ok(())) => tokio::time::sleep(GATHER).await,
            Ok(Err(_)) => return None,
            Err(_) => {}
        }
    }
    revision.mark_unchanged();
    let (told, event) = stage.event(after.unwrap_or(0));
    Some((Ok(event), (stage, revision, Some(told))))
}

async fn file(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    let Some(file) = stage.telegram.file(&id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let nosniff = (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned());
    let starts = |head: &[u8]| file.bytes.starts_with(head);
    let picture = match () {
        () if starts(b"\x89PNG") => Some("image/png"),
        () if starts(&[0xFF, 0xD8, 0xFF]) => Some("image/jpeg"),
        () => None,
    };
    if let Some(mime) = picture {
        return ([(CONTENT_TYPE, mime.to_owned()), nosniff], file.bytes).into_response();
    }
    let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(&file.name));
    let head = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, disposition),
        nosniff,
    ];
    (head, file.bytes).into_response()
}

fn percent_encoded(name: &str) -> String {
    name.bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(it).to_string(),
            _ => format!("%{it:02X}"),
        })
        .collect()
}

#[derive(Deserialize)]
struct Say {
    user: i64,
    text: String,
}

async fn say(State(stage): State<Stage>, Json(it): Json<Say>) -> Result<Json<Value>, StatusCode> {
    if it.text.trim().is_empty() {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Json(json!({"id": stage.telegram.say(it.user, &it.text)})))
}

#[derive(Deserialize)]
struct Start {
    user: i64,
}

async fn start(State(stage): State<Stage>, Json(it): Json<Start>) -> Json<Value> {
    Json(json!({"id": stage.telegram.say(it.user, "/start")}))
}

#[derive(Deserialize)]
struct Press {
    user: i64,
    message: i32,
    data: String,
}

async fn press(State(stage): State<Stage>, Json(it): Json<Press>) -> Json<Value> {
    Json(json!({"id": stage.telegram.press(it.user, it.message, &it.data)}))
}

#[derive(Deserialize)]
struct Vote {
    user: i64,
    message: i32,
    options: Vec<u8>,
}

async fn vote(State(stage): State<Stage>, Json(it): Json<Vote>) -> Json<Value> {
    stage.telegram.vote(it.user, it.message, &it.options);
    Json(json!({}))
}

#[derive(Deserialize)]
struct Attached {
    user: i64,
    name: String,
    mime: String,
    /// Base64 of the file.
    data: String,
    #[serde(default)]
    caption: String,
}

async fn send_file(State(stage): State<Stage>, Json(it): Json<Attached>) -> Result<Json<Value>, StatusCode> {
    let bytes = BASE64_STANDARD.decode(&it.data).map_err(|_| StatusCode::BAD_REQUEST)?;
    let caption = it.caption;
    let what = match it.mime.as_str() {
        "image/png" | "image/jpeg" => Sent::Photo { bytes, caption },
        _ => Sent::Document {
            name: it.name,
            mime: it.mime,
            bytes,
            caption,
        },
    };
    Ok(Json(json!({"id": stage.telegram.send(it.user, what)})))
}

#[derive(Deserialize)]
struct Thing {
    user: i64,
    kind: ThingKind,
}

/// What the journal has no use for, and must answer all the same.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ThingKind {
    Sticker,
    Voice,
    Contact,
    Location,
}

async fn send_thing(State(stage): State<Stage>, Json(it): Json<Thing>) -> Json<Value> {
    let what = match it.kind {
        ThingKind::Sticker => Sent::Sticker,
        ThingKind::Voice => Sent::Voice,
        ThingKind::Contact => Sent::Contact { user_id: it.user },
        ThingKind::Location => Sent::Location,
    };
    Json(json!({"id": stage.telegram.send(it.user, what)}))
}

#[derive(Deserialize)]
struct ClockStep {
    step: String,
}

async fn clock(State(stage): State<Stage>, Json(it): Json<ClockStep>) -> Json<Value> {
    stage.hands.clock_move(&it.step);
    Json(json!({"clock": stage.hands.clock_now()}))
}
