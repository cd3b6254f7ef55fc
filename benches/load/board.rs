//! The stage: the model of Telegram behind a socket, and the board on which the bot's calls are noted as they come.
//!
//! The board stands before the model's router. It reads from each call only what the figures need, so that a figure
//! doesn't depend on how often somebody looks into the model.

use anyhow::Context as _;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::ListenerExt as _;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use zhurnal::app::serve::background;
use zhurnal::clock::{Clock as _, SystemClock, machine_now};
use zhurnal::demo::telegram::Telegram;

use super::teachers::Choice;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The model and its server.
pub struct Stage {
    telegram: Telegram,
    board: Arc<Board>,
    url: String,
    server: JoinHandle<()>,
}

/// What the bot called, as far as figures need it.
#[derive(Default)]
pub struct Board {
    /// Presses that have no answer yet: when they were made.
    unanswered: Mutex<HashMap<String, Instant>>,
    desks: Mutex<HashMap<i64, Arc<Desk>>>,
    answers: Mutex<Vec<Duration>>,
    screens: Mutex<Vec<Duration>>,
    first_poll: Mutex<Option<Instant>>,
    polled: Notify,
}

/// One teacher's chat.
#[derive(Default)]
pub struct Desk {
    shown: Mutex<Shown>,
    came: Notify,
}

/// What the chat shows.
#[derive(Default)]
struct Shown {
    message: i32,
    choices: Arc<[Choice]>,
    /// When something was done to which no screen has come yet.
    awaited: Vec<Instant>,
}

/// The part of a call that is read.
#[derive(Deserialize)]
struct Called {
    callback_query_id: Option<String>,
    chat_id: Option<i64>,
    message_id: Option<i32>,
    reply_markup: Option<Markup>,
}

#[derive(Deserialize)]
struct Markup {
    #[serde(default)]
    inline_keyboard: Vec<Vec<Key>>,
}

#[derive(Deserialize)]
struct Key {
    callback_data: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    result: SentMessage,
}

#[derive(Deserialize)]
struct SentMessage {
    message_id: i32,
}

impl Stage {
    /// A fresh Telegram at a port of its own.
    pub async fn build() -> anyhow::Result<Self> {
        let telegram = Telegram::new(|| SystemClock.now());
        telegram.keep_calls(false);
        let board = Arc::new(Board::default());
        let noted = axum::middleware::from_fn_with_state(board.clone(), note);
        let router = telegram.router().layer(noted);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        // A listener that can't switch Nagle's algorithm off is slower, not wrong.
        let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
        let server = background(async move {
            // It ends with the stage.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self {
            telegram,
            board,
            url,
            server,
        })
    }

    /// The server's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The people's side.
    pub fn telegram(&self) -> &Telegram {
        &self.telegram
    }

    /// What is noted.
    pub fn board(&self) -> &Board {
        &self.board
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Board {
    /// The chat of a teacher.
    pub fn desk(&self, teacher: i64) -> Arc<Desk> {
        lock(&self.desks).entry(teacher).or_default().clone()
    }

    /// Presses a button and notes when.
    pub fn press(&self, telegram: &Telegram, teacher: i64, desk: &Desk, data: &str) {
        let message = lock(&desk.shown).message;
        // The lock is held over the press, so that its answer can't come before it is noted.
        let mut unanswered = lock(&self.unanswered);
        let at = machine_now();
        lock(&desk.shown).awaited.push(at);
        unanswered.insert(telegram.press(teacher, message, data), at);
    }

    /// Forgets the times noted so far.
    pub fn begin(&self) {
        lock(&self.answers).clear();
        lock(&self.screens).clear();
    }

    /// The times noted since: from a press to its answer, and to its screen.
    pub fn times(&self) -> (Vec<Duration>, Vec<Duration>) {
        (
            std::mem::take(&mut lock(&self.answers)),
            std::mem::take(&mut lock(&self.screens)),
        )
    }

    /// How many presses have no answer.
    pub fn n_unanswered(&self) -> usize {
        lock(&self.unanswered).len()
    }

    /// From now on the next `getUpdates` is the first; returns this moment.
    pub fn expect_poll(&self) -> Instant {
        *lock(&self.first_poll) = None;
        machine_now()
    }

    /// When the first `getUpdates` came.
    pub async fn polled(&self) -> anyhow::Result<Instant> {
        let polled = async {
            loop {
                if let Some(at) = *lock(&self.first_poll) {
                    return at;
                }
                self.polled.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, polled)
            .await
            .context("the bot never asked for updates")
    }

    fn note_poll(&self) {
        lock(&self.first_poll).get_or_insert_with(machine_now);
        self.polled.notify_one();
    }

    fn note_answer(&self, id: &str) {
        if let Some(at) = lock(&self.unanswered).remove(id) {
            lock(&self.answers).push(at.elapsed());
        }
    }

    fn note_screen(&self, call: Called, message: Option<i32>, changed: bool) {
        let Some(desk) = call.chat_id.and_then(|chat| lock(&self.desks).get(&chat).cloned()) else {
            return;
        };
        let mut shown = lock(&desk.shown);
        if changed && let Some(markup) = call.reply_markup {
            let data = markup
                .inline_keyboard
                .into_iter()
                .flatten()
                .filter_map(|it| it.callback_data);
            shown.choices = data.filter_map(Choice::of).collect();
        }
        shown.message = message.unwrap_or(shown.message);
        let awaited = std::mem::take(&mut shown.awaited);
        drop(shown);
        lock(&self.screens).extend(awaited.iter().map(Instant::elapsed));
        desk.came.notify_one();
    }
}

impl Desk {
    /// The buttons that can be pressed now.
    pub fn choices(&self) -> Arc<[Choice]> {
        lock(&self.shown).choices.clone()
    }

    /// From now on a screen is awaited.
    pub fn expect(&self) {
        lock(&self.shown).awaited.push(machine_now());
    }

    /// Waits until nothing is awaited; `false` when it takes longer than a person would wait.
    pub async fn came(&self, patience: Duration) -> bool {
        let came = async {
            while !lock(&self.shown).awaited.is_empty() {
                self.came.notified().await;
            }
        };
        tokio::time::timeout(patience, came).await.is_ok()
    }
}

/// Passes a call on to the model and notes when it was done.
async fn note(State(board): State<Arc<Board>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let method = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    match method.as_str() {
        "getupdates" => {
            board.note_poll();
            next.run(request).await
        }
        "answercallbackquery" => {
            let (call, response) = pass(request, next).await;
            if let Some(id) = call.and_then(|it| it.callback_query_id) {
                board.note_answer(&id);
            }
            response
        }
        "editmessagetext" => {
            let (call, response) = pass(request, next).await;
            if let Some(call) = call {
                let message = call.message_id;
                board.note_screen(call, message, response.status().is_success());
            }
            response
        }
        "sendmessage" => {
            let (call, response) = pass(request, next).await;
            let (head, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            let sent = serde_json::from_slice::<Sent>(&body).ok();
            if let Some(call) = call {
                board.note_screen(call, sent.map(|it| it.result.message_id), true);
            }
            Response::from_parts(head, Body::from(body))
        }
        _ => next.run(request).await,
    }
}

async fn pass(request: Request, next: Next) -> (Option<Called>, Response) {
    let (head, body) = request.into_parts();
    let body: Bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let call = serde_json::from_slice(&body).ok();
    let response = next.run(Request::from_parts(head, Body::from(body))).await;
    (call, response)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
