//! What the page asks for and posts, over HTTP.

use tokio::net::TcpListener;

use super::*;

const ANN: i64 = 101;

struct Still;

impl Hands for Still {
    fn clock_now(&self) -> String {
        "вт 24.11, 10:40".to_owned()
    }
    fn clock_move(&self, _step: &str) {}
    fn people(&self) -> Vec<Person> {
        let text = str::to_owned;
        vec![Person {
            user: ANN,
            name: text("Анна"),
            role: text("ученица"),
            group: text("7А"),
        }]
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the page serves as long as the test's runtime lives"
)]
async fn open() -> (Telegram, String) {
    let telegram = Telegram::new(|| DateTime::from_timestamp(1_795_500_000, 0).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let page = router(telegram.clone(), Arc::new(Still));
    tokio::spawn(async move { axum::serve(listener, page).await });
    (telegram, address)
}

#[tokio::test]
async fn people_write_from_the_page_and_see_their_chat() {
    let (telegram, address) = open().await;
    let client = reqwest::Client::new();
    let posts = [
        ("start", json!({"user": ANN})),
        ("say", json!({"user": ANN, "text": "<b>5</b>"})),
        ("press", json!({"user": ANN, "message": 1, "data": "x"})),
        (
            "file",
            json!({"user": ANN, "name": "а.txt", "mime": "text/plain", "data": "0LA="}),
        ),
        ("thing", json!({"user": ANN, "kind": "voice"})),
    ];
    for (path, body) in posts {
        let url = format!("{address}/api/{path}");
        client
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
    }
    assert_eq!(telegram.pending(), 5);
    let chat = client.get(format!("{address}/api/chat/{ANN}")).send().await.unwrap();
    let chat: Value = chat.json().await.unwrap();
    assert_eq!(chat["messages"][1]["html"], "&lt;b&gt;5&lt;/b&gt;");
    assert_eq!(chat["messages"][3]["other"], "voice");
    let file = chat["messages"][2]["document"]["id"].as_str().unwrap();
    let file = client.get(format!("{address}/api/photo/{file}")).send().await.unwrap();
    assert_eq!(
        file.headers()["content-disposition"],
        "attachment; filename*=UTF-8''%D0%B0.txt"
    );
    assert_eq!(file.text().await.unwrap(), "а");
}

#[tokio::test]
async fn a_foreign_page_cannot_post() {
    let (telegram, address) = open().await;
    let post = reqwest::Client::new().post(format!("{address}/api/say"));
    let body = json!({"user": ANN, "text": "чужое"}).to_string();
    let answer = post
        .header("content-type", "text/plain")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16());
    assert_eq!(telegram.pending(), 0);
}

#[tokio::test]
async fn the_page_is_whole_and_asks_nobody_else() {
    let (_, address) = open().await;
    let answer = reqwest::get(&address).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let page = answer.text().await.unwrap();
    assert!(page.contains("lang=\"ru\""));
    let mut parts = vec![page];
    for (path, kind, _) in PARTS {
        let answer = reqwest::get(format!("{address}{path}")).await.unwrap();
        assert_eq!(answer.headers()["content-type"], kind, "{path}");
        parts.push(answer.text().await.unwrap());
    }
    // Whatever a part loads or imports is a part too.
    for part in &parts {
        for name in ["from './", "src=\"/", "href=\"/"]
            .iter()
            .flat_map(|it| part.split(it).skip(1))
        {
            let name = name.split(['\'', '"']).next().unwrap();
            let is_part = PARTS.iter().any(|(path, ..)| path.strip_prefix('/') == Some(name));
            assert!(is_part, "{name}");
        }
        assert!(!part.contains("=\"http") && !part.contains("innerHTML") && !part.contains("style=\""));
    }
}
