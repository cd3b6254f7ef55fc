//! The traps of teloxide (`telegram.md`), each against its real dispatcher and the model of Telegram.

use dptree::Handler;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use teloxide::Bot;
use teloxide::dispatching::{DpHandlerDescription, UpdateFilterExt as _};
use teloxide::types::{Message, Update, UpdateKind};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::dispatch::{dispatcher_of, outcomes, person, run};
use super::listener::{Ledger, Polling};
use super::show::Messenger;
use crate::chat::{
    Button, Delivered, Delivery, Document, Door, Fetched, Found, Input, Poll, Screen, Shape, Transport as _,
};
use crate::clock::{Clock as _, SystemClock};
use crate::db::Db;
use crate::delivery::pace::Pace;
use crate::demo::telegram::{Sent, Telegram, Trouble, TroubleKind};
use crate::ids::Account;
use crate::trees::turn::Turns;

type Tree = Handler<'static, Result<(), Infallible>, DpHandlerDescription>;

struct Line {
    telegram: Telegram,
    bot: Bot,
    messenger: Arc<Messenger>,
    turns: Arc<dyn crate::chat::Handler>,
    ledger: Arc<Ledger>,
    parts: JoinSet<()>,
    _folder: tempfile::TempDir,
}

impl Line {
    async fn open() -> Self {
        let telegram = Telegram::new(|| SystemClock.now());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut parts = JoinSet::new();
        let router = telegram.router();
        parts.spawn(async move { axum::serve(listener, router).await.unwrap() });
        let folder = tempfile::TempDir::new().unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.path().join("line.db").display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let bot = super::bot("1:line", Some(&url)).unwrap();
        let transport = Arc::new(
            Messenger::open(bot.clone(), db.clone(), Arc::new(Pace::default()))
                .await
                .unwrap(),
        );
        let bell = || Arc::new(Notify::new());
        let turns = Turns {
            db,
            clock: Arc::new(SystemClock),
            links: crate::chat::Links::beginning("https://t.me/zhurnal_bot?start=".to_owned()),
            transport: transport.clone(),
            posted: bell(),
            scheduled: crate::jobs::Bells::default(),
        };
        Self {
            telegram,
            bot,
            messenger: transport,
            turns: Arc::new(turns),
            ledger: Arc::default(),
            parts,
            _folder: folder,
        }
    }

    /// Starts a tree inside the wrapper of every update. What is returned is cancelled when the first batch is settled.
    fn listen(&mut self, tree: Tree) -> CancellationToken {
        let acquainted = CancellationToken::new();
        let tree = outcomes(1, self.turns.clone(), self.ledger.clone()).chain(dptree::entry().branch(tree));
        let dispatcher = dispatcher_of(self.bot.clone(), tree);
        let listener = Polling::new(self.bot.clone(), self.ledger.clone(), acquainted.clone());
        self.parts
            .spawn(async move { run(dispatcher, listener, CancellationToken::new()).await.unwrap() });
        acquainted
    }

    async fn until_confirmed(&self) {
        self.telegram
            .until("updates confirmed", |it| (it.pending() == 0).then_some(()))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn trap_1_an_update_is_confirmed_only_when_its_handler_has_ended() {
    let mut line = Line::open().await;
    let gate = Arc::new(Semaphore::new(0));
    let held = gate.clone();
    // There before the listener asks: its first answer comes at once, and would be an empty one.
    line.telegram.say(7, "one");
    line.listen(Update::filter_message().endpoint(move |_: Message| {
        let held = held.clone();
        async move {
            held.acquire().await.unwrap().forget();
            Ok(())
        }
    }));
    line.telegram
        .until("the update taken", |it| {
            it.calls()
                .iter()
                .any(|call| call.method == "getUpdates" && call.ended)
                .then_some(())
        })
        .await
        .unwrap();
    // It was given out and is still Telegram's to repeat.
    assert_eq!(line.telegram.pending(), 1);
    gate.add_permits(1);
    line.until_confirmed().await;
}

#[tokio::test]
async fn trap_2_a_panic_ends_one_update_and_nothing_else() {
    let mut line = Line::open().await;
    let handled = Arc::new(AtomicUsize::new(0));
    let counted = handled.clone();
    line.listen(Update::filter_message().endpoint(move |message: Message| {
        let counted = counted.clone();
        async move {
            assert_ne!(message.text(), Some("boom"), "this is what a bug does");
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    }));
    for text in ["boom", "after", "boom", "again"] {
        line.telegram.say(7, text);
    }
    line.until_confirmed().await;
    assert_eq!(handled.load(Ordering::SeqCst), 2);
    // The person is told, with a code to read out.
    let sorry = line
        .telegram
        .until("an apology", |it| it.last(7).filter(|shown| shown.from_bot))
        .await
        .unwrap();
    assert!(sorry.text.contains("код"), "{}", sorry.text);
}

#[test]
fn trap_3_no_update_goes_to_the_unordered_worker() {
    // As text: teloxide reads the id first, and what comes before it not at all.
    let poll = r#"{"update_id": 1, "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": false, "is_anonymous": true,
        "type": "regular", "allows_multiple_answers": false
    }}"#;
    let update: Update = serde_json::from_str(poll).unwrap();
    let key = person(&update);
    assert!(key.is_some_and(|it| it < 0), "a poll is nobody: {key:?}");
}

#[tokio::test]
async fn trap_4_a_hundred_messages_of_one_person_hold_up_nobody_else() {
    let mut line = Line::open().await;
    let gate = Arc::new(Semaphore::new(0));
    let (held, quick) = (gate.clone(), Arc::new(Notify::new()));
    let rang = quick.clone();
    // One batch: all are there before the listener asks.
    for _ in 0..99 {
        line.telegram.say(7, "slow");
    }
    line.telegram.say(8, "quick");
    line.listen(Update::filter_message().endpoint(move |message: Message| {
        let (held, rang) = (held.clone(), rang.clone());
        async move {
            if message.text() == Some("quick") {
                rang.notify_one();
            } else {
                held.acquire().await.unwrap().forget();
            }
            Ok(())
        }
    }));
    tokio::time::timeout(Duration::from_secs(10), quick.notified())
        .await
        .expect("the other person waits");
    assert_eq!(line.telegram.pending(), 100);
    gate.add_permits(99);
    line.until_confirmed().await;
}

#[tokio::test]
async fn letters_of_unknown_fate_wait_for_no_update_that_nobody_sends() {
    let mut line = Line::open().await;
    let acquainted = line.listen(Update::filter_message().endpoint(|_: Message| async { Ok(()) }));
    // Half of the time for which a request is held open.
    tokio::time::timeout(Duration::from_secs(5), acquainted.cancelled())
        .await
        .expect("the postman still waits");
}

#[tokio::test]
async fn what_teloxide_cannot_read_is_passed_over_and_confirmed() {
    let mut line = Line::open().await;
    let handled = Arc::new(AtomicUsize::new(0));
    let counted = handled.clone();
    line.telegram.say(7, "before");
    line.telegram.garble();
    line.telegram.say(7, "after");
    line.listen(Update::filter_message().endpoint(move |_: Message| {
        counted.fetch_add(1, Ordering::SeqCst);
        async { Ok(()) }
    }));
    line.until_confirmed().await;
    assert_eq!(handled.load(Ordering::SeqCst), 2);
}

fn slips() -> Document {
    Document {
        name: "slips.pdf".to_owned(),
        bytes: b"%PDF-1.7".to_vec(),
    }
}

#[rstest::rstest]
#[case::busy(TroubleKind::RetryAfter(7), Delivered::Later(7))]
#[case::broken(TroubleKind::Status { code: 502, description: "Bad Gateway".to_owned() }, Delivered::Unsure)]
#[case::blocked(
    TroubleKind::Status { code: 403, description: "Forbidden: bot was blocked by the user".to_owned() },
    Delivered::ChatClosed
)]
#[case::cut_short(TroubleKind::HalfAnswer, Delivered::Unsure)]
#[case::lost(TroubleKind::LostAnswer, Delivered::Unsure)]
#[tokio::test]
async fn a_failed_call_is_known_long_before_the_ten_seconds_that_the_library_would_sleep(
    #[case] kind: TroubleKind,
    #[case] outcome: Delivered,
) {
    let line = Line::open().await;
    line.telegram.acquaint(7, "one");
    line.telegram.trouble(Trouble {
        method: Some("sendMessage".to_owned()),
        chat: Some(7),
        times: 1,
        kind,
    });
    let screen = Screen::new("a word");
    let letter = Delivery::Send {
        screen: &screen,
        document: None,
        silent: false,
    };
    let known = tokio::time::timeout(Duration::from_secs(8), line.messenger.deliver(7, letter)).await;
    assert_eq!(known.ok(), Some(outcome));
}

#[tokio::test]
async fn a_letter_with_a_file_arrives_and_is_found_again_by_the_words_under_it() {
    let line = Line::open().await;
    line.telegram.acquaint(7, "one");
    let screen = |text: &str| Screen::new(text).row([Button::door("menu", Door::Menu)]);
    let (wanted, other) = (screen("slips of the class"), screen("slips of another class"));
    let floor = line.messenger.highest_message();
    let mut sent = Vec::new();
    for screen in [&other, &wanted] {
        let document = slips();
        let letter = Delivery::Send {
            screen,
            document: Some(&document),
            silent: false,
        };
        match line.messenger.deliver(7, letter).await {
            Delivered::There(message) => sent.push(message),
            other => panic!("the letter didn't arrive: {other:?}"),
        }
    }
    let find = |screen: Screen| {
        let messenger = line.messenger.clone();
        async move { messenger.find(7, &screen, Shape::Document, floor).await }
    };
    // Looking for the other one first would write its words under the first file it meets.
    assert_eq!(find(other).await, Found::There(sent[0]));
    assert_eq!(line.telegram.chat(7).last().unwrap().text, "slips of the class");
}

#[tokio::test]
async fn a_poll_that_was_shown_is_told_from_all_else_in_the_chat_and_stopped_by_no_search() {
    let line = Line::open().await;
    for user in [7, 8] {
        line.telegram.acquaint(user, "one");
    }
    let messenger = &line.messenger;
    let arrived = |outcome| match outcome {
        Delivered::There(message) | Delivered::PollThere(message, _) => message,
        other => panic!("it didn't arrive: {other:?}"),
    };
    let silent = true;
    let text = Screen::new("a screen").row([Button::door("menu", Door::Menu)]);
    let poll = Poll {
        question: "Where to?".to_owned(),
        options: vec!["wood".to_owned(), "river".to_owned()],
        anonymous: true,
        multiple: false,
    };
    let screen = &Screen::default();
    let asked = arrived(
        messenger
            .deliver(
                7,
                Delivery::Poll {
                    poll: &poll,
                    screen,
                    silent,
                },
            )
            .await,
    );
    let floor = asked;
    // A person's own words, a poll that a person passes on, a letter, the same poll shown to another.
    line.telegram.say(8, "Good morning");
    let question = "Pizza?".to_owned();
    let theirs = line.telegram.send(8, Sent::ForwardedPoll { question });
    let letter = Delivery::Send {
        screen: &text,
        document: None,
        silent,
    };
    let sent = arrived(messenger.deliver(8, letter).await);
    let shown = |chat| {
        let messenger = messenger.clone();
        let what = Delivery::Forward {
            from: 7,
            message: asked,
            silent,
        };
        async move { arrived(messenger.deliver(chat, what).await) }
    };
    shown(7).await;
    // What a person sent is seen before anything is looked for.
    let account = Account {
        transport: "telegram",
        id: 8,
    };
    messenger.saw(account, i64::from(theirs));
    assert_eq!(messenger.find_shown(8, floor, &[]).await, Found::Nowhere);
    let there = shown(8).await;
    assert_eq!(messenger.find_shown(8, floor, &[]).await, Found::There(there));
    assert_eq!(
        messenger.find_shown(8, floor, &[there]).await,
        Found::Nowhere,
        "it is another letter"
    );
    let chat = line.telegram.chat(8);
    let stood = chat.iter().find(|it| i64::from(it.message_id) == sent).unwrap();
    assert_eq!(stood.labels(), ["menu"], "a letter stays as it was");
    let polls = chat.iter().filter_map(|it| it.poll.as_ref());
    assert!(polls.clone().count() == 2 && polls.clone().all(|it| !it.closed));
    // Closed, it is found all the same.
    messenger
        .deliver(7, Delivery::StopPoll { message: asked, screen })
        .await;
    assert_eq!(messenger.find_shown(8, floor, &[]).await, Found::There(there));
}

#[tokio::test]
async fn a_file_that_somebody_sent_is_brought_within_its_limit() {
    let line = Line::open().await;
    let message = line.telegram.send(
        7,
        Sent::Document {
            name: "school.xlsx".to_owned(),
            mime: "application/octet-stream".to_owned(),
            bytes: vec![7; 1000],
            caption: String::new(),
        },
    );
    let update = teloxide::prelude::Requester::get_updates(&line.bot).await.unwrap();
    let UpdateKind::Message(received) = &update.last().unwrap().kind else {
        panic!("no message");
    };
    assert_eq!(received.id.0, message);
    let Some((_, Input::File { file, .. })) = super::decode::message(received) else {
        panic!("no file");
    };
    assert_eq!((file.name.as_str(), file.size), ("school.xlsx", 1000));
    assert_eq!(line.messenger.fetch(&file.id, 1000).await, Fetched::Here(vec![7; 1000]));
    assert_eq!(line.messenger.fetch(&file.id, 999).await, Fetched::TooLarge);
    assert_eq!(line.messenger.fetch("BQACunknown", 1000).await, Fetched::Gone);
}
