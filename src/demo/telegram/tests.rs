//! The model against a real client, and against Telegram's own words.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::DateTime;
use serde_json::{Value, json};
use teloxide::prelude::Bot;

mod client;
mod faults;
mod limits;
mod updates;

use super::*;

const ANN: i64 = 101;
const BOB: i64 = 102;
/// The time in all tests, unless a test moves it.
const START: i64 = 1_795_500_000;

/// A model that listens on a free port, with a clock that can be moved.
struct Stage {
    telegram: Telegram,
    address: SocketAddr,
    seconds: Arc<AtomicI64>,
    client: reqwest::Client,
}

impl Stage {
    #[expect(
        clippy::disallowed_methods,
        reason = "the model serves as long as the test's runtime lives"
    )]
    async fn open() -> Self {
        let seconds = Arc::new(AtomicI64::new(START));
        let clock = Arc::clone(&seconds);
        let telegram =
            Telegram::new(move || DateTime::from_timestamp(clock.load(Ordering::Relaxed), 0).unwrap_or_default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = telegram.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            telegram,
            address,
            seconds,
            client: reqwest::Client::new(),
        }
    }

    /// A stage on which Ann has pressed START and the bot has read it.
    async fn with_ann() -> Self {
        let stage = Self::open().await;
        stage.telegram.meet(ANN, "Анна");
        stage.telegram.say(ANN, "/start");
        stage.updates(0).await;
        stage.confirm_all().await;
        stage
    }

    fn bot(&self) -> Bot {
        Bot::new("1:x").set_api_url(format!("http://{}", self.address).parse().unwrap())
    }

    fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Calls a method; the result, or the error's description.
    async fn call(&self, method: &str, params: Value) -> Result<Value, String> {
        let url = format!("http://{}/bot1:x/{method}", self.address);
        let answer = self
            .client
            .post(url)
            .json(&params)
            .send()
            .await
            .map_err(|it| it.to_string())?;
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.map_err(|it| it.to_string())?;
        if body["ok"] == json!(true) {
            assert_eq!(status, 200);
            return Ok(body["result"].clone());
        }
        assert_eq!(body["error_code"], json!(status));
        Err(body["description"].as_str().unwrap_or_default().to_owned())
    }

    async fn refusal(&self, method: &str, params: Value) -> String {
        self.call(method, params).await.unwrap_err()
    }

    async fn send(&self, text: &str) -> i32 {
        let sent = self
            .call("sendMessage", json!({"chat_id": ANN, "text": text}))
            .await
            .unwrap();
        i32::try_from(sent["message_id"].as_i64().unwrap()).unwrap()
    }

    async fn updates(&self, offset: i64) -> Vec<Value> {
        let updates = self
            .call("getUpdates", json!({"offset": offset, "timeout": 0}))
            .await
            .unwrap();
        updates.as_array().unwrap().clone()
    }

    async fn confirm_all(&self) {
        self.updates(i64::from(u32::MAX)).await;
        assert_eq!(self.telegram.pending(), 0);
    }
}

fn keyboard(rows: &Value) -> Value {
    json!({"inline_keyboard": rows})
}

/// The head of a picture, which is all that is read of it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}
