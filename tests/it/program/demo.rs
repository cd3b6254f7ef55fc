//! The demonstration as a visitor has it: a page that chats, and a clock that can be moved over the history.

use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};

use crate::support::child::{send, zhurnal};
use crate::support::phone::with_usual_hyphens;

/// The page's own requests.
struct Page {
    http: reqwest::Client,
    address: String,
    /// The page hears from it that something changed.
    events: reqwest::Response,
    /// Where the program goes on to write: it mustn't find nobody there.
    _said: Lines<BufReader<ChildStdout>>,
}

/// Starts the demonstration where nothing is yet.
async fn opened(folder: &TempDir) -> (Child, Page) {
    let data = folder.path().join("data");
    let env = [
        ("ZHURNAL_DATA", data.to_str().unwrap()),
        ("ZHURNAL_LISTEN", "127.0.0.1:0"),
    ];
    let mut demo = zhurnal(&["demo"], folder.path(), &env);
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    let first = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some((_, address)) = line.split_once("http://") {
                return format!("http://{address}");
            }
        }
        panic!("the demonstration said no address")
    };
    let page = tokio::time::timeout(Duration::from_mins(2), first).await.unwrap();
    let address = page.rsplit_once('/').unwrap().0.to_owned();
    let http = reqwest::Client::new();
    let events = http.get(format!("{address}/api/events")).send().await.unwrap();
    let page = Page {
        http,
        address,
        events,
        _said: lines,
    };
    (demo, page)
}

impl Page {
    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.address)).send().await.unwrap();
        answer.json().await.unwrap()
    }

    async fn post(&self, path: &str, what: Value) -> Value {
        let answer = self
            .http
            .post(format!("{}{path}", self.address))
            .json(&what)
            .send()
            .await;
        answer.unwrap().json().await.unwrap()
    }

    /// The clock after a press on one of its buttons.
    async fn moved(&self, step: &str) -> String {
        let told = self.post("/api/clock", json!({"step": step})).await;
        told["clock"].as_str().unwrap().replace('\u{a0}', " ")
    }

    /// Somebody's account by the name in the list.
    async fn account(&self, name: &str) -> i64 {
        let told = self.get("/api/people").await;
        let people = told["people"].as_array().unwrap();
        let found = people
            .iter()
            .find(|it| it["name"].as_str().unwrap().replace('\u{a0}', " ") == name);
        found.unwrap_or_else(|| panic!("no {name} in {told}"))["user"]
            .as_i64()
            .unwrap()
    }

    /// Waits until a message of the bot's in somebody's chat says this; returns it.
    async fn sees(&mut self, user: i64, text: &str) -> Value {
        let look = async {
            loop {
                let chat = self.get(&format!("/api/chat/{user}")).await;
                let said = chat["messages"].as_array().unwrap().iter().rfind(|it| {
                    let html = it["html"].as_str().unwrap_or_default().replace('\u{a0}', " ");
                    it["bot"] == true && with_usual_hyphens(&html).contains(text)
                });
                if let Some(said) = said {
                    return said.clone();
                }
                self.events.chunk().await.unwrap().expect("the page's events ended");
            }
        };
        let Ok(said) = tokio::time::timeout(Duration::from_secs(30), look).await else {
            panic!("nobody said «{text}»: {}", self.get(&format!("/api/chat/{user}")).await)
        };
        said
    }

    async fn press(&self, user: i64, message: &Value, label: &str) {
        let mut keys = message["keys"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| row.as_array().unwrap());
        let key = keys.find(|it| it["label"].as_str().unwrap().ends_with(label));
        let key = key.unwrap_or_else(|| panic!("no «{label}» in {message}"));
        let press = json!({"user": user, "message": message["id"], "data": key["data"]});
        self.post("/api/press", press).await;
    }

    /// Opens the journal, which locks itself in the hours that the clock leaps over.
    async fn unlocks(&mut self, user: i64) {
        let keys = self.sees(user, "Журнал заперт").await;
        for digit in ["2", "4", "6", "8"] {
            self.press(user, &keys, digit).await;
        }
    }

    async fn says(&self, user: i64, text: &str) {
        self.post("/api/say", json!({"user": user, "text": text})).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_moves_over_the_history_and_the_bot_answers() {
    let folder = TempDir::new().unwrap();
    let (mut demo, mut page) = opened(&folder).await;
    let (teacher, parent) = (
        page.account("Смирнова Е. В.").await,
        page.account("Иванова М. В.").await,
    );
    // A lesson that a colleague gave last week.
    page.says(parent, "/diary").await;
    let diary = page.sees(parent, "1. 8:30 Литература").await;
    page.press(parent, &diary, "Дата").await;
    let month = page.sees(parent, "Выберите день").await;
    page.press(parent, &month, "18").await;
    let day = page.sees(parent, "Алексей, 7А · ср 18.11").await;
    page.press(parent, &day, "2").await;
    page.sees(parent, "Замена: Зуева М. К., вместо: Титов В. А.").await;
    page.says(teacher, "/today").await;
    let lessons = page.sees(teacher, "Мои уроки · вт 24.11").await;
    page.press(teacher, &lessons, "7А алгебра").await;
    let card = page.sees(teacher, "Алгебра · 7А").await;
    page.press(teacher, &card, "Посещаемость и отметки").await;
    let grid = page.sees(teacher, "7А · алгебра · вт 24.11").await;
    page.press(teacher, &grid, "5").await;
    let five = page.sees(teacher, "Ставлю: 5").await;
    page.press(teacher, &five, "Иванов А.").await;
    page.sees(teacher, "5: Иванов А.").await;
    // The bell of the third lesson, and the five minutes after it: what was pressed leaves by itself.
    let hour = page.moved("hour").await;
    assert!(hour.starts_with("вт 24.11 · 11:4"), "{hour}");
    page.sees(parent, "Алексей, алгебра: 5").await;
    let day = page.moved("day").await;
    assert!(day.starts_with("ср 25.11 · 11:4"), "{day}");
    page.says(teacher, "/today").await;
    page.unlocks(teacher).await;
    page.sees(teacher, "Мои уроки · ср 25.11").await;
    page.says(parent, "/diary").await;
    page.sees(parent, "Алексей, 7А · ср 25.11").await;
    // The last term has no next one: there the clock stays.
    for end in ["ср 30.12", "пт 26.03", "ср 26.05", "ср 26.05"] {
        assert_eq!(page.moved("term").await, format!("{end} · 15:00"));
        page.says(parent, "/diary").await;
        page.sees(parent, &format!("Алексей, 7А · {end}")).await;
    }
    send(&demo, "-TERM").await;
    let stopped = tokio::time::timeout(Duration::from_secs(30), demo.wait()).await;
    assert!(stopped.expect("the demonstration doesn't stop").unwrap().success());
}
