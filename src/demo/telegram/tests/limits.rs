//! Telegram's limits and rules, in its own words.

use teloxide::{
    prelude::{Request as _, Requester as _},
    types::{ChatId, InputFile},
};

use super::*;

#[tokio::test]
async fn texts_have_limits() {
    let stage = Stage::with_ann().await;
    let with = |text: String| json!({"chat_id": ANN, "text": text, "parse_mode": "HTML"});
    let refused = [
        stage.refusal("sendMessage", with(" \n ".to_owned())).await,
        stage.refusal("sendMessage", with("ж".repeat(4097))).await,
        // A sign outside the basic plane counts twice.
        stage.refusal("sendMessage", with("😀".repeat(2049))).await,
        stage.refusal("sendMessage", with("a <x>b</x>".to_owned())).await,
        stage.refusal("sendMessage", with("я<b>b".to_owned())).await,
        stage.refusal("sendMessage", with("b</b>".to_owned())).await,
        stage.refusal("sendMessage", with("<b>b</i>".to_owned())).await,
        stage.refusal("sendMessage", with("5 < 6".to_owned())).await,
        stage.refusal("sendMessage", with("7&nbsp;А".to_owned())).await,
        stage.refusal("sendMessage", json!({"chat_id": 5, "text": "a"})).await,
        stage.refusal("sendMess", json!({})).await,
        stage
            .refusal(
                "sendMessage",
                json!({"chat_id": ANN, "text": "a", "reply_parameters": {"message_id": 77}}),
            )
            .await,
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    Bad Request: message text is empty
    Bad Request: message is too long
    Bad Request: message is too long
    Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 2
    Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"
    Bad Request: can't parse entities: Unexpected end tag at byte offset 1
    Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"
    Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2
    Bad Request: can't parse entities: Unsupported entity "&nbsp;" at byte offset 1
    Bad Request: chat not found
    Not Found
    Bad Request: message to be replied not found
    "#);
    stage
        .call("sendMessage", with(format!("<b>{}</b>", "ж".repeat(4096))))
        .await
        .unwrap();
}

#[tokio::test]
async fn html_is_read_and_shown_in_one_spelling() {
    let stage = Stage::with_ann().await;
    let text = "  <strong>Ж<em>и</em></strong> 😀 <del>б</del> &lt;5&#33; A&B <a href=\"https://a.example/?a=1&amp;b=2\">тут</a> \
        <pre><code class=\"language-rust\">x</code></pre><tg-spoiler>н</tg-spoiler><blockquote>ц</blockquote><b></b> ";
    stage
        .call(
            "sendMessage",
            json!({"chat_id": ANN, "text": text, "parse_mode": "HTML"}),
        )
        .await
        .unwrap();
    let shown = stage.telegram.last(ANN).unwrap();
    insta::assert_snapshot!(shown.text, @r#"Жи 😀 б <5! A&B тут xнц"#);
    insta::assert_snapshot!(shown.html, @r#"<b>Ж<i>и</i></b> 😀 <s>б</s> &lt;5! A&amp;B <a href="https://a.example/?a=1&amp;b=2">тут</a> <pre class="language-rust">x</pre><tg-spoiler>н</tg-spoiler><blockquote>ц</blockquote>"#);
    let entities = json!([{"type": "bold", "offset": 3, "length": 2}]);
    stage
        .call(
            "sendMessage",
            json!({"chat_id": ANN, "text": "😀 да", "entities": entities}),
        )
        .await
        .unwrap();
    assert_eq!(stage.telegram.last(ANN).unwrap().html, "😀 <b>да</b>");
}

#[tokio::test]
async fn keyboards_have_limits() {
    let stage = Stage::with_ann().await;
    let key = |data: &str| json!({"text": "k", "callback_data": data});
    let with = |rows: Value| json!({"chat_id": ANN, "text": "a", "reply_markup": keyboard(&rows)});
    let refused = [
        stage.refusal("sendMessage", with(json!([[key("")]]))).await,
        stage
            .refusal("sendMessage", with(json!([[key(&"ж".repeat(33))]])))
            .await,
        stage.refusal("sendMessage", with(json!([vec![key("a"); 9]]))).await,
        stage
            .refusal("sendMessage", with(json!(vec![vec![key("a")]; 101])))
            .await,
        stage
            .refusal("sendMessage", with(json!([[{"text": "", "callback_data": "a"}]])))
            .await,
        stage.refusal("sendMessage", with(json!([[{"text": "a"}]]))).await,
        stage
            .refusal("sendMessage", with(json!([[{"text": "a", "url": "school"}]])))
            .await,
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    Bad Request: BUTTON_DATA_INVALID
    Bad Request: BUTTON_DATA_INVALID
    Bad Request: reply markup is too long
    Bad Request: reply markup is too long
    Bad Request: inline keyboard button text must be non-empty
    Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard
    Bad Request: inline keyboard button URL 'school' is invalid: Wrong HTTP URL
    "#);
    stage
        .call("sendMessage", with(json!(vec![vec![key(&"ж".repeat(32)); 8]; 12])))
        .await
        .unwrap();
    let err = stage.telegram.press_label(ANN, "нет такой").unwrap_err();
    assert!(err.contains("\"k\""), "{err}");
}

#[tokio::test]
async fn edits_and_deletions_have_rules() {
    let stage = Stage::with_ann().await;
    let id = stage.send("раз").await;
    let edit = |id: i32, text: &str| json!({"chat_id": ANN, "message_id": id, "text": text});
    stage.call("editMessageText", edit(id, "два")).await.unwrap();
    let old = stage.send("старое").await;
    let refused = [
        stage.refusal("editMessageText", edit(id, "два")).await,
        stage
            .refusal("editMessageReplyMarkup", json!({"chat_id": ANN, "message_id": id}))
            .await,
        stage.refusal("editMessageText", edit(1, "чужое")).await,
        stage.refusal("editMessageText", edit(4000, "нет")).await,
        stage
            .refusal(
                "editMessageCaption",
                json!({"chat_id": ANN, "message_id": id, "caption": "a"}),
            )
            .await,
        stage
            .refusal("deleteMessage", json!({"chat_id": ANN, "message_id": 4000}))
            .await,
        {
            stage.wait(48 * 3600 + 1);
            stage
                .refusal("deleteMessage", json!({"chat_id": ANN, "message_id": old}))
                .await
        },
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message
    Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message
    Bad Request: message can't be edited
    Bad Request: message to edit not found
    Bad Request: there is no caption in the message to edit
    Bad Request: message to delete not found
    Bad Request: message can't be deleted for everyone
    "#);
    let new = stage.send("новое").await;
    stage
        .call("deleteMessage", json!({"chat_id": ANN, "message_id": new}))
        .await
        .unwrap();
    assert_eq!(
        stage.refusal("editMessageText", edit(new, "a")).await,
        "Bad Request: message to edit not found"
    );
    assert!(stage.telegram.chat(ANN).iter().all(|it| it.message_id != new));
}

#[tokio::test]
async fn people_can_be_out_of_reach() {
    let stage = Stage::open().await;
    stage.telegram.meet(BOB, "Борис");
    let send = json!({"chat_id": BOB, "text": "a"});
    assert_eq!(
        stage.refusal("sendMessage", send.clone()).await,
        "Forbidden: bot can't initiate conversation with a user"
    );
    stage.telegram.say(BOB, "/start");
    stage.call("sendMessage", send.clone()).await.unwrap();
    stage.telegram.block(BOB);
    assert_eq!(
        stage.refusal("sendMessage", send.clone()).await,
        "Forbidden: bot was blocked by the user"
    );
    stage.telegram.unblock(BOB);
    stage.call("sendMessage", send).await.unwrap();
    let bad = stage
        .client
        .post(format!("http://{}/botbad/getMe", stage.address))
        .send()
        .await
        .unwrap();
    assert_eq!(bad.status().as_u16(), 401);
}

#[tokio::test]
async fn rates_are_limited_when_asked() {
    let stage = Stage::with_ann().await;
    stage.telegram.rate_limits(true);
    let send = json!({"chat_id": ANN, "text": "a"});
    for _ in 0..20 {
        stage.call("sendMessage", send.clone()).await.unwrap();
    }
    assert_eq!(
        stage.refusal("sendMessage", send.clone()).await,
        "Too Many Requests: retry after 1"
    );
    stage.telegram.rate_limits(false);
    stage.call("sendMessage", send).await.unwrap();
}

#[tokio::test]
async fn commands_are_kept_by_scope() {
    let stage = Stage::with_ann().await;
    let commands = json!([{"command": "today", "description": "Уроки"}]);
    stage
        .call("setMyCommands", json!({"commands": commands}))
        .await
        .unwrap();
    let scope = json!({"type": "chat", "chat_id": ANN});
    let own = json!([{"command": "diary", "description": "Дневник"}]);
    stage
        .call("setMyCommands", json!({"commands": own, "scope": scope}))
        .await
        .unwrap();
    assert_eq!(stage.telegram.commands_of(ANN)[0].command, "diary");
    assert_eq!(stage.telegram.commands_of(BOB)[0].command, "today");
    assert_eq!(
        stage.telegram.commands().into_keys().collect::<Vec<_>>(),
        ["chat 101", "default"]
    );
    let bad = json!({"commands": [{"command": "Today", "description": "a"}]});
    assert_eq!(
        stage.refusal("setMyCommands", bad).await,
        "Bad Request: BOT_COMMAND_INVALID"
    );
    stage.call("deleteMyCommands", json!({"scope": scope})).await.unwrap();
    assert_eq!(stage.telegram.commands_of(ANN)[0].command, "today");
}

#[tokio::test]
async fn pictures_must_be_pictures() {
    let stage = Stage::with_ann().await;
    let bot = stage.bot();
    for (bytes, expected) in [
        (b"not a picture".to_vec(), "IMAGE_PROCESS_FAILED"),
        (png(9_000, 2_000), "PHOTO_INVALID_DIMENSIONS"),
        (png(2_100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (vec![0; (10 << 20) + 1], "too big"),
    ] {
        let sent = bot.send_photo(ChatId(ANN), InputFile::memory(bytes)).send().await;
        let err = sent.unwrap_err();
        assert!(
            format!("{err:?}").contains(expected) || format!("{err:?}").contains("ImageProcessFailed"),
            "{err:?}"
        );
    }
}
