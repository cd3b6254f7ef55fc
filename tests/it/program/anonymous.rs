//! An anonymous vote can't be linked to a person: not from all that the database holds, not from the log. Nor can a
//! suggestion without a name, but by the one row that says to whom the answer is brought.
//!
//! One parent votes, takes it back, and another gives the same vote. Had the journal kept anything of who voted, the two
//! dumps would differ.

use std::sync::Arc;
use std::time::Duration;
use zhurnal::db::Db;

use super::kill::{Program, TEACHER};
use crate::matrix::digest;
use crate::support::databases::{Database, postgres, sqlite};
use crate::support::phone::Phone;

pub const PARENTS: [(i64, &str); 5] = [
    (601, "Белова"),
    (602, "Волкова"),
    (603, "Егорова"),
    (604, "Лебедева"),
    (605, "Новикова"),
];
/// Which updates were handled, and when: nothing of whose they were.
const HANDLED: &str = "handled_updates";

async fn still(program: &Program, db: &Db) {
    super::kill::settle(db).await;
    let handled = program
        .telegram()
        .until("every update handled", |it| (it.pending() == 0).then_some(()));
    handled.await.unwrap();
}

async fn vote(program: &Program, db: &Db, user: i64, options: &[u8]) {
    let chat = program.telegram().chat(user);
    let poll = chat.iter().rfind(|it| it.poll.is_some()).expect("no poll in the chat");
    program.telegram().vote(user, poll.message_id, options);
    still(program, db).await;
}

async fn nobody_is_known_by_a_vote(database: Database) {
    let program: Arc<Program> = Program::open_with(database, &PARENTS).await;
    let db = Db::open(&program.database.url).await.unwrap();
    program.telegram().say(TEACHER, "/survey");
    assert!(program.shows("Опросы").await);
    assert!(program.press("Новый опрос", "напишите вопрос").await);
    program.telegram().say(TEACHER, "Как вам классный час?\n1–5");
    assert!(program.shows("Как вам классный час?").await);
    assert!(program.press("Имена: видны", "Анонимно").await);
    // The screen of results may be followed by the poll at once: what comes to the families is waited for.
    program.telegram().press_label(TEACHER, "Отправить · 5").unwrap();
    for (user, _) in PARENTS {
        let got = program.telegram().until("the poll", |it| {
            let chat = it.chat(user);
            chat.iter().any(|shown| shown.poll.is_some()).then_some(())
        });
        got.await.unwrap();
    }
    still(&program, &db).await;
    // What was to be written around the survey is.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let everything = |_: &str| true;
    let before = digest::of_db(&db, everything).await;
    let said_before = program.log.lock().unwrap().len();

    vote(&program, &db, 601, &[4]).await;
    let first = digest::of_db(&db, everything).await;
    vote(&program, &db, 601, &[]).await;
    vote(&program, &db, 602, &[4]).await;
    let second = digest::of_db(&db, everything).await;

    let changed = |one: &[String], other: &[String]| -> Vec<String> {
        let table = |line: &String| line.split(':').next().unwrap_or_default().to_owned();
        one.iter()
            .zip(other)
            .filter(|(a, b)| a != b)
            .map(|(a, _)| table(a))
            .collect()
    };
    assert_eq!(
        changed(&before, &first),
        [HANDLED, "survey_counts"],
        "a vote is counted and no more"
    );
    assert_eq!(changed(&first, &second), [HANDLED], "who voted is nowhere");
    assert_eq!(
        digest::columns(&db, HANDLED).await,
        ["answer", "at", "bot", "update_id"],
        "whose update it was isn't kept"
    );
    let answers =
        "SELECT COUNT(DISTINCT answer) FROM (SELECT answer FROM handled_updates ORDER BY update_id DESC LIMIT 3) t";
    assert_eq!(
        digest::number(&db, answers).await,
        1,
        "all votes are answered alike: with nothing"
    );
    for line in &program.log.lock().unwrap()[said_before..] {
        names_nobody(line);
    }
    program.kill().await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_nobody_is_known_by_an_anonymous_vote_on_sqlite() {
    nobody_is_known_by_a_vote(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_nobody_is_known_by_an_anonymous_vote_on_postgres() {
    if let Some(database) = postgres().await {
        nobody_is_known_by_a_vote(database).await;
    }
}

/// A line of the log has neither a parent's account nor name.
fn names_nobody(line: &str) {
    // The moment of a line has digits of its own.
    let said = line.split_once(' ').map_or(line, |it| it.1);
    for (user, surname) in PARENTS {
        let number = user.to_string();
        let is_said = said.split(|it: char| !it.is_alphanumeric()).any(|it| it == number);
        assert!(!is_said && !said.contains(surname), "the log says: {line}");
    }
}

/// Two parents suggest the same without a name: what is kept of the two differs by its number only, and the log has
/// neither who it was nor what it says.
async fn nobody_is_named_by_a_suggestion(database: Database) {
    let program: Arc<Program> = Program::open_with(database, &PARENTS).await;
    let db = Db::open(&program.database.url).await.unwrap();
    let said_before = program.log.lock().unwrap().len();
    for (user, _) in &PARENTS[..2] {
        let parent = Phone::new(program.telegram().clone(), *user);
        parent.says("/messages").await;
        parent.press("Предложение школе").await;
        parent.press("Новое предложение").await;
        parent.says("Поставьте скамейки").await;
        parent.press("Без имени").await;
        parent.press("Отправить без имени").await;
        parent.sees("ещё не прочитано").await;
    }
    still(&program, &db).await;
    let kept = "SELECT COUNT(*) FROM suggestions WHERE author_id IS NULL";
    assert_eq!(digest::number(&db, kept).await, 2);
    let different =
        "SELECT COUNT(*) FROM (SELECT DISTINCT school_id, author_id, words, sent_at, read_at, answer, answered_at,
                     answered_by, answers, closed_at, withdrawn_at FROM suggestions) t";
    assert_eq!(
        digest::number(&db, different).await,
        1,
        "two parents' rows tell them apart"
    );
    assert_eq!(
        digest::columns(&db, "suggestions").await,
        [
            "answer",
            "answered_at",
            "answered_by",
            "answers",
            "author_id",
            "closed_at",
            "id",
            "read_at",
            "school_id",
            "sent_at",
            "withdrawn_at",
            "words"
        ],
        "a column that isn't compared above"
    );
    let log = program.log.lock().unwrap()[said_before..].to_vec();
    for line in &log {
        assert!(!line.contains("скамейки"), "the log says: {line}");
        names_nobody(line);
    }
    program.kill().await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_named_by_a_suggestion_without_a_name_on_sqlite() {
    nobody_is_named_by_a_suggestion(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_named_by_a_suggestion_without_a_name_on_postgres() {
    if let Some(database) = postgres().await {
        nobody_is_named_by_a_suggestion(database).await;
    }
}
