//! Updates wait until confirmed; presses and polls have their time.

use super::*;

#[tokio::test]
async fn presses_are_answered_once_and_in_time() {
    let stage = Stage::with_ann().await;
    let id = stage.send("a").await;
    let (first, second) = (stage.telegram.press(ANN, id, "x"), stage.telegram.press(ANN, id, "y"));
    assert_eq!(stage.updates(0).await.len(), 2);
    let answer = |id: &str| json!({"callback_query_id": id});
    let long = json!({"callback_query_id": first, "text": "ж".repeat(201)});
    assert_eq!(
        stage.refusal("answerCallbackQuery", long).await,
        "Bad Request: MESSAGE_TOO_LONG"
    );
    stage.call("answerCallbackQuery", answer(&first)).await.unwrap();
    let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert_eq!(stage.refusal("answerCallbackQuery", answer(&first)).await, late);
    assert_eq!(stage.telegram.unanswered(), std::slice::from_ref(&second));
    stage.wait(151);
    assert_eq!(stage.refusal("answerCallbackQuery", answer(&second)).await, late);
    assert!(
        stage.updates(0).await.is_empty(),
        "a press that nobody fetched for 150 s is gone"
    );
}

#[tokio::test]
async fn updates_wait_until_confirmed() {
    let stage = Stage::open().await;
    for text in ["раз", "два", "три"] {
        stage.telegram.say(ANN, text);
    }
    let ids = |updates: &[Value]| -> Vec<i64> { updates.iter().map(|it| it["update_id"].as_i64().unwrap()).collect() };
    let all = ids(&stage.updates(0).await);
    assert_eq!(all, [500_000_001, 500_000_002, 500_000_003]);
    assert_eq!(ids(&stage.updates(all[1]).await), all[1..]);
    assert_eq!(ids(&stage.updates(-1).await), all[2..]);
    assert_eq!(stage.telegram.pending(), 1);
    assert!(stage.updates(all[2] + 1).await.is_empty());

    assert!(stage.telegram.repeat_update(all[0]));
    assert_eq!(ids(&stage.updates(all[2] + 1).await), all[..1]);
    assert_eq!(stage.telegram.pending(), 1, "given, not confirmed");
    assert!(stage.updates(all[0] + 1).await.is_empty());
    assert_eq!(stage.telegram.pending(), 0);

    stage
        .call("getUpdates", json!({"allowed_updates": ["callback_query"]}))
        .await
        .unwrap();
    stage.telegram.say(ANN, "не для бота");
    assert_eq!(stage.telegram.pending(), 0);
    assert_eq!(
        stage.telegram.allowed_updates(),
        Some(vec!["callback_query".to_owned()])
    );
}

#[tokio::test]
async fn the_second_poller_ends_the_first() {
    let stage = Stage::open().await;
    let poll = json!({"timeout": 20});
    let first = stage.call("getUpdates", poll.clone());
    let second = async {
        let waits = |it: &Telegram| (it.calls().len() == 1).then_some(());
        stage.telegram.until("the first poller", waits).await.unwrap();
        let (updates, ()) = tokio::join!(stage.call("getUpdates", poll.clone()), async {
            let waits = |it: &Telegram| (it.calls().len() == 2).then_some(());
            stage.telegram.until("the second poller", waits).await.unwrap();
            stage.telegram.say(ANN, "/start");
        });
        updates.unwrap()
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(
        first.unwrap_err(),
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    assert_eq!(second.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn polls_count_and_close() {
    let stage = Stage::with_ann().await;
    let poll = |n: usize| json!({"chat_id": ANN, "question": "?", "options": vec![json!({"text": "a"}); n]});
    let mut long = poll(2);
    long["question"] = json!("ж".repeat(301));
    let refused = [
        stage.refusal("sendPoll", poll(1)).await,
        stage.refusal("sendPoll", poll(13)).await,
        stage.refusal("sendPoll", long).await,
        stage
            .refusal("stopPoll", json!({"chat_id": ANN, "message_id": 1}))
            .await,
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    Bad Request: poll must have at least 2 option
    Bad Request: poll can't have more than 12 options
    Bad Request: poll question length must not exceed 300
    Bad Request: message is not a poll
    "#);
    let mut due = poll(3);
    due["close_date"] = json!(START + 600);
    let sent = stage.call("sendPoll", due).await.unwrap();
    let id = i32::try_from(sent["message_id"].as_i64().unwrap()).unwrap();
    stage.telegram.vote(ANN, id, &[2]);
    stage.telegram.vote(ANN, id, &[]);
    stage.telegram.vote(ANN, id, &[0]);
    stage.wait(601);
    stage.telegram.vote(ANN, id, &[1]);
    let counts: Vec<String> = stage
        .updates(0)
        .await
        .iter()
        .map(|it| {
            let counts: Vec<_> = it["poll"]["options"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["voter_count"].to_string())
                .collect();
            format!("{} closed: {}", counts.join(" "), it["poll"]["is_closed"])
        })
        .collect();
    insta::assert_snapshot!(counts.join("\n"), @r#"
    0 0 1 closed: false
    0 0 0 closed: false
    1 0 0 closed: false
    1 0 0 closed: true
    "#);
    let shown = stage.telegram.last(ANN).unwrap().poll.unwrap();
    assert!(shown.closed && shown.anonymous && shown.chosen == [0]);
}
