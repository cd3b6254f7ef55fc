//! How the page looks: on a wide and a narrow screen, in light and in dark, with all that a chat can hold.

use chrono::DateTime;
use serde_json::{Value, json};
use zhurnal::demo::telegram::{Sent, Telegram};

use super::browser::Browser;
use super::stage::{Stage, person};

const ANN: i64 = 101;
const BOB: i64 = 102;
const EVE: i64 = 103;
/// Whatever is wrong with what is seen now.
const MEASURE: &str = include_str!("measure.js");

/// A page for three people, one of whom has a name of sixty letters; none without a browser.
pub async fn open() -> Option<Stage> {
    let browser = Browser::open().await?;
    let telegram = Telegram::new(|| DateTime::from_timestamp(1_795_500_000, 0).unwrap());
    let long = "Константинопольская-Преображенская Александра Вячеславовна М";
    assert_eq!(long.chars().count(), 60);
    let people = vec![
        person(
            ANN,
            long,
            "русский язык и литература (5А, 5Б, 6А, 6Б, 7А, 7Б), тьютор 7А",
            "Сотрудники",
        ),
        person(BOB, "Волкова О. П.", "Волкова Анна", "Родители"),
        person(EVE, "Чужой телефон", "без доступа", "Чужие телефоны"),
    ];
    for user in [ANN, BOB] {
        telegram.acquaint(user, "Имя");
    }
    Some(Stage::open(browser, telegram, people).await)
}

/// Rows of keys as the Bot API takes them.
pub fn keyboard(rows: &[Vec<String>]) -> Value {
    let key = |label: &String| json!({"text": label, "callback_data": label});
    let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().map(key).collect()).collect();
    json!({"inline_keyboard": rows})
}

/// A class of 28 in two columns, fourteen rows, as the grid of marks is.
fn grid() -> Vec<Vec<String>> {
    (0..14)
        .map(|row| {
            (0..2)
                .map(|column| format!("н Константинопольский А. {}", row * 2 + column))
                .collect()
        })
        .collect()
}

async fn fill_the_chats(stage: &Stage) {
    stage.telegram.say(ANN, "/start 0BWRRR4T0FWZFT6C87KRK64F2R");
    stage.telegram.say(ANN, &"очень".repeat(60));
    stage.telegram.send(ANN, Sent::Voice);
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let png = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, png).unwrap();
    stage.telegram.send(
        ANN,
        Sent::Photo {
            bytes: png,
            caption: "Снимок".to_owned(),
        },
    );
    let name = "Отчёт об успеваемости и посещаемости за первую четверть 7А.xlsx".to_owned();
    let mime = "application/octet-stream".to_owned();
    stage.telegram.send(
        ANN,
        Sent::Document {
            name,
            mime,
            bytes: vec![0; 34_000],
            caption: String::new(),
        },
    );
    let text = "<b>Жирно</b>, <i>косо</i>, <code>0BWR-RR4T</code>, https://example.com/ и <tg-spoiler>скрыто</tg-spoiler>\n<blockquote>Слова</blockquote>";
    let message = json!({"chat_id": ANN, "text": text, "parse_mode": "HTML"});
    stage.bot("sendMessage", message).await;
    for (multiple, closed) in [(false, false), (true, false), (false, true)] {
        let poll = json!({"chat_id": BOB, "question": "Придёте на собрание в четверг, 26 ноября, в 18:30?", "options": ["Приду", "Не приду: работаю до семи и приехать не успею"],
            "allows_multiple_answers": multiple, "is_closed": closed});
        stage.bot("sendPoll", poll).await;
    }
    let message =
        json!({"chat_id": ANN, "text": "7А · алгебра · вт 24.11, 3-й урок", "reply_markup": keyboard(&grid())});
    stage.bot("sendMessage", message).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_sticks_out_overlaps_or_is_pale() {
    let Some(stage) = open().await else { return };
    let browser = &stage.browser;
    fill_the_chats(&stage).await;
    stage.shows(ANN, BOB).await;
    browser.resize(1280, 860).await;
    browser
        .until("return document.querySelectorAll('#left .row').length === 14", &[])
        .await;
    let mut faults = Vec::new();
    let mut look = async |what: String| {
        let found = browser.see(MEASURE).await;
        faults.extend(found.as_array().unwrap().iter().map(|it| format!("{what}: {it}")));
    };
    for (width, height) in [(1280, 860), (390, 844)] {
        browser.resize(width, height).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            for side in ["left", "right"] {
                if width < 760 {
                    browser.click(&format!(".tabs [data-side={side}]")).await;
                }
                look(format!("{width} {scheme} {side}")).await;
                browser.click(&format!("#{side} .attach")).await;
                look(format!("{width} {scheme} {side} menu")).await;
                browser.click(&format!("#{side} .attach")).await;
                browser.click(&format!("#{side} .who")).await;
                look(format!("{width} {scheme} {side} list")).await;
                browser.click(&format!("#{side} .who")).await;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(browser.nameless().await, Vec::<String>::new());
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_narrow_screen_the_other_phone_counts_and_the_chosen_colours_stay() {
    let Some(stage) = open().await else { return };
    let browser = &stage.browser;
    stage.shows(ANN, BOB).await;
    browser.resize(390, 844).await;
    browser.prefer("light").await;
    browser
        .until(
            "return document.getElementById('lost').hidden && document.querySelector('.tabs span').textContent",
            &[],
        )
        .await;
    stage
        .bot("sendMessage", json!({"chat_id": BOB, "text": "Анна, алгебра: 5"}))
        .await;
    let waiting = "return document.querySelector('[data-side=right] .badge:not([hidden])')?.textContent === '1'";
    browser.until(waiting, &[]).await;
    browser.click("[data-side=right]").await;
    browser
        .until("return document.querySelector('[data-side=right] .badge').hidden", &[])
        .await;
    browser.click("#theme").await;
    let dark = "return document.documentElement.dataset.theme === 'dark' && document.getElementById('theme').getAttribute('aria-pressed') === 'true'";
    browser.until(dark, &[]).await;
    browser.goto(&stage.url).await;
    browser.until(dark, &[]).await;
    stage.close().await;
}
