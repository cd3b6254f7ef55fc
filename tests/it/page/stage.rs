//! The page on a model of Telegram, with the people of a test.

use serde_json::Value;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use zhurnal::demo::page::{self, Hands, Person};
use zhurnal::demo::telegram::Telegram;

use super::browser::Browser;

/// The page that a test looks at; what stands still does so for pictures that are the same each time.
pub struct Stage {
    /// The browser.
    pub browser: Browser,
    /// The model of Telegram.
    pub telegram: Telegram,
    /// The page's address.
    pub url: String,
    /// The Bot API of the model, for tests that are the bot themselves.
    api: String,
    servers: [JoinHandle<()>; 2],
}

/// The cast of a test.
struct Cast(Vec<Person>);

impl Hands for Cast {
    fn clock_now(&self) -> String {
        "вт 24.11 · 10:40".to_owned()
    }
    fn clock_move(&self, _step: &str) {}
    fn people(&self) -> Vec<Person> {
        self.0.clone()
    }
}

/// Somebody in the list: account, name, role, group.
pub fn person(user: i64, name: &str, role: &str, group: &str) -> Person {
    let text = str::to_owned;
    Person {
        user,
        name: text(name),
        role: text(role),
        group: text(group),
    }
}

impl Stage {
    /// Opens the page of a model for these people.
    pub async fn open(browser: Browser, telegram: Telegram, people: Vec<Person>) -> Self {
        let page = page::router(telegram.clone(), Arc::new(Cast(people)));
        let (url, serving_page) = serve(page).await;
        let (api, serving_api) = serve(telegram.router()).await;
        Self {
            browser,
            telegram,
            url,
            api,
            servers: [serving_page, serving_api],
        }
    }

    /// Shows these two people.
    pub async fn shows(&self, left: i64, right: i64) {
        self.browser
            .goto(&format!("{}/#left={left}&right={right}", self.url))
            .await;
        let ready = "return document.querySelector('#left .two b').textContent
            && ['left', 'right'].every(it => document.querySelector(`#${it} .fresh`).hidden !== document.querySelector(`#${it} .compose`).hidden)";
        self.browser.until(ready, &[]).await;
    }

    /// Calls a method as the bot would; what it returns.
    pub async fn bot(&self, method: &str, params: Value) -> Value {
        let url = format!("{}/bot7000000001:page/{method}", self.api);
        let answer = reqwest::Client::new().post(url).json(&params).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer["result"].clone()
    }

    /// Closes everything; the browser's console has stayed silent.
    pub async fn close(self) {
        self.browser.close().await;
        for server in self.servers {
            server.abort();
        }
    }
}

async fn serve(router: axum::Router) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (
        url,
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }),
    )
}
