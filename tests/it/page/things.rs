//! What the page does with a press, an alert, a file, a link and a poll; the test is the bot itself.

use fantoccini::key::Key;
use serde_json::json;

use super::looks::{keyboard, open};

const ANN: i64 = 101;
const BOB: i64 = 102;
const EVE: i64 = 103;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_takes_the_focus_and_gives_it_back() {
    let Some(stage) = open().await else { return };
    let browser = &stage.browser;
    browser.resize(1280, 860).await;
    let rows = [vec!["Первая".to_owned(), "Вторая".to_owned()]];
    let sent = stage
        .bot(
            "sendMessage",
            json!({"chat_id": ANN, "text": "Экран", "reply_markup": keyboard(&rows)}),
        )
        .await;
    stage.shows(ANN, BOB).await;
    let asked = async || {
        stage
            .telegram
            .until("a press", |it| it.unanswered().pop())
            .await
            .unwrap()
    };

    browser.press("left", "Вторая").await;
    browser
        .until("return !!document.querySelector('#left .key[aria-busy=true]')", &[])
        .await;
    let answer = json!({"callback_query_id": asked().await, "text": "Эту отметку нельзя снять.", "show_alert": true});
    stage.bot("answerCallbackQuery", answer).await;
    browser
        .until("return document.activeElement.matches('#left .alert button')", &[])
        .await;
    assert!(browser.nameless().await.is_empty());
    // Behind it nothing of this phone can be reached; the screen may change meanwhile.
    let text = json!({"chat_id": ANN, "message_id": sent["message_id"], "text": "Другой экран", "reply_markup": keyboard(&rows)});
    stage.bot("editMessageText", text).await;
    browser.says("left", "Другой экран").await;
    browser.types(&Key::Tab.to_string()).await;
    assert_eq!(browser.focused().await, "OK");
    assert_eq!(
        browser
            .see("return document.querySelector('#left .log').inert && !document.querySelector('#right .log').inert")
            .await,
        true
    );
    browser.types(&Key::Escape.to_string()).await;
    assert_eq!(browser.focused().await, "Вторая");
    assert_eq!(
        browser.see("return document.querySelector('#left .veil').hidden").await,
        true
    );

    // A word at the top comes and leaves the focus where it is.
    browser.types(&Key::Enter.to_string()).await;
    stage
        .bot(
            "answerCallbackQuery",
            json!({"callback_query_id": asked().await, "text": "Записано"}),
        )
        .await;
    browser
        .until(
            "return document.querySelector('#left .toast').textContent === 'Записано'",
            &[],
        )
        .await;
    assert_eq!(browser.focused().await, "Вторая");
    // The screen is gone and another one came: the keyboard goes on from there.
    stage
        .bot(
            "deleteMessage",
            json!({"chat_id": ANN, "message_id": sent["message_id"]}),
        )
        .await;
    let rows = [vec!["Дальше".to_owned()]];
    stage
        .bot(
            "sendMessage",
            json!({"chat_id": ANN, "text": "Новый", "reply_markup": keyboard(&rows)}),
        )
        .await;
    browser
        .until("return document.activeElement.textContent === 'Дальше'", &[])
        .await;
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_links_and_other_things_are_sent() {
    let Some(stage) = open().await else { return };
    let browser = &stage.browser;
    browser.resize(1280, 860).await;
    stage.telegram.say(ANN, "Здравствуйте");
    stage.shows(ANN, EVE).await;
    let chat = async |user: i64, length: usize| {
        let enough = |it: &zhurnal::demo::telegram::Telegram| Some(it.chat(user)).filter(|it| it.len() >= length);
        stage.telegram.until("a message", enough).await.unwrap().pop().unwrap()
    };

    // An empty phone is begun by an invitation, whole or only its code.
    browser.click("#right .fresh input").await;
    browser
        .types(&format!("https://t.me/zhurnal_demo_bot?start=AB-12{}", Key::Enter))
        .await;
    assert_eq!(chat(EVE, 1).await.text, "/start AB-12");
    browser.says("right", "/start").await;

    // A file is named with its size before it is sent, and words go with it.
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("школа.xlsx");
    std::fs::write(&file, vec![7; 3000]).unwrap();
    browser.picks("left", &file).await;
    browser
        .until(
            "return document.querySelector('#left .chip:not([hidden])')?.textContent.trim() === 'школа.xlsx · 3 КБ'",
            &[],
        )
        .await;
    browser.types(&format!("Вот{}", Key::Enter)).await;
    let sent = chat(ANN, 2).await;
    assert_eq!((sent.text.as_str(), sent.document.unwrap().bytes.len()), ("Вот", 3000));
    browser
        .until(
            "return document.querySelector('#left .file')?.getAttribute('download') === 'школа.xlsx'",
            &[],
        )
        .await;
    browser.click("#left .attach").await;
    browser.click("#left [data-thing=voice]").await;
    assert_eq!(chat(ANN, 3).await.other, Some("voice"));
    // Dropped on the phone: a link that starts the bot there.
    let drop = "const it = new DataTransfer(); it.setData('text/plain', 'https://t.me/zhurnal_demo_bot?start=CD34');
        document.querySelector('#left .log').dispatchEvent(new DragEvent('drop', { dataTransfer: it, bubbles: true, cancelable: true }))";
    browser.see(drop).await;
    assert_eq!(chat(ANN, 4).await.text, "/start CD34");

    // Written in a chat, it is a link to press.
    stage
        .bot(
            "sendMessage",
            json!({"chat_id": ANN, "text": "Ссылка: https://t.me/zhurnal_demo_bot?start=EF56."}),
        )
        .await;
    browser.click("#left .text a").await;
    assert_eq!(chat(ANN, 6).await.text, "/start EF56");

    let poll =
        json!({"chat_id": ANN, "question": "Придёте?", "options": ["Да", "Нет"], "allows_multiple_answers": true});
    stage.bot("sendPoll", poll).await;
    browser.click("#left .poll [role=checkbox]").await;
    browser.click("#left .poll .foot button").await;
    browser.says("left", "100%").await;
    assert_eq!(chat(ANN, 7).await.poll.unwrap().chosen, [0]);
    stage.close().await;
}
