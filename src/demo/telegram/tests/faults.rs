//! What goes wrong on purpose goes wrong as ordered.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;

#[tokio::test]
async fn troubles_come_as_ordered() {
    let stage = Stage::with_ann().await;
    let trouble = |kind: TroubleKind| {
        let method = Some("sendMessage".to_owned());
        stage.telegram.trouble(Trouble {
            method,
            chat: Some(ANN),
            times: 1,
            kind,
        });
    };
    let send = json!({"chat_id": ANN, "text": "a"});
    trouble(TroubleKind::RetryAfter(7));
    assert_eq!(
        stage.refusal("sendMessage", send.clone()).await,
        "Too Many Requests: retry after 7"
    );
    trouble(TroubleKind::Status {
        code: 502,
        description: "Bad Gateway".to_owned(),
    });
    assert_eq!(stage.refusal("sendMessage", send.clone()).await, "Bad Gateway");
    assert_eq!(stage.telegram.chat(ANN).len(), 1, "nothing was done");
    stage.call("sendMessage", send.clone()).await.unwrap();

    for (kind, done, starts) in [
        (TroubleKind::NoAnswer, 2, ""),
        (TroubleKind::LostAnswer, 3, ""),
        (TroubleKind::HalfAnswer, 4, "HTTP/1.1 200 OK"),
    ] {
        trouble(kind.clone());
        let mut socket = tokio::net::TcpStream::connect(stage.address).await.unwrap();
        let body = send.to_string();
        let head = "POST /bot1:x/sendMessage HTTP/1.1\r\nhost: a\r\ncontent-type: application/json";
        let request = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer).await;
        assert!(answer.starts_with(starts), "{kind:?}: {answer}");
        assert_eq!(answer.is_empty(), starts.is_empty(), "{kind:?}: {answer}");
        assert!(
            !answer.ends_with('}') && (starts.is_empty() || answer.contains("\"ok\":true")),
            "{answer}"
        );
        assert_eq!(stage.telegram.chat(ANN).len(), done, "{kind:?}");
    }
    let calls = stage.telegram.calls();
    let ok: Vec<bool> = calls
        .iter()
        .filter(|it| it.method == "sendMessage")
        .map(|it| it.ok)
        .collect();
    assert_eq!(ok, [false, false, true, false, true, true]);
}

#[tokio::test]
async fn calls_can_be_held() {
    let stage = Stage::with_ann().await;
    let send = json!({"chat_id": ANN, "text": "a"});
    for (moment, while_held) in [(Moment::BeforeEffect, 1), (Moment::AfterEffect, 3)] {
        let hold = stage.telegram.hold(1, moment);
        let telegram = &stage.telegram;
        let (answer, ()) = tokio::join!(stage.call("sendMessage", send.clone()), async {
            hold.reached().await;
            assert_eq!(telegram.chat(ANN).len(), while_held, "{moment:?}");
            hold.release();
        });
        answer.unwrap();
    }
    let hold = stage.telegram.hold(2, Moment::BeforeEffect);
    stage.call("getMe", json!({})).await.unwrap();
    tokio::select! {
        answer = stage.call("sendMessage", send.clone()) => panic!("{answer:?}"),
        () = hold.reached() => {}
    }
    // The client went away, and nothing of its call is ever done.
    stage.call("sendMessage", send).await.unwrap();
    assert_eq!(stage.telegram.chat(ANN).len(), 4);
}
