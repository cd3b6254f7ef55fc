//! The school of a story: the real bot in this process, over HTTP against the model of Telegram, on a clock that stands.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use zhurnal::app::serve::{Parts, serve};
use zhurnal::chat::Payload;
use zhurnal::clock::{Clock as _, MovableClock};
use zhurnal::db::{Db, Raw};
use zhurnal::demo::telegram::Telegram;
use zhurnal::ids::Account;
use zhurnal::paper::Press;
use zhurnal::people::lock;
use zhurnal::people::{self, Invitee, Person};
use zhurnal::telegram::TRANSPORT;

use super::databases::{Database, start};
use super::phone::Phone;

/// The PIN of everybody who works at the school.
pub const PIN: &str = "2468";
/// The token of the model's bot.
pub const TOKEN: &str = "7000000001:story";

/// A school in which a story happens.
pub struct School {
    /// The model of Telegram.
    pub telegram: Telegram,
    /// Civil time.
    pub clock: MovableClock,
    /// The journal's database, to look into.
    pub db: Db,
    database: Database,
    api_url: String,
    /// The running bot and what stops it.
    bot: Mutex<Option<(CancellationToken, JoinHandle<anyhow::Result<()>>)>>,
    web: JoinHandle<()>,
    /// Letters that a story expects to fail.
    expected_failures: AtomicI64,
    /// Updates that a story expects to be given up.
    expected_given_up: AtomicI64,
}

impl School {
    /// Opens the school on Tuesday 24 November 2026, 10:40.
    pub async fn open(database: Database) -> Self {
        let clock = MovableClock::standing(start());
        let model_clock = clock.clone();
        let telegram = Telegram::new(move || model_clock.now());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api_url = format!("http://{}", listener.local_addr().unwrap());
        let router = telegram.router();
        let web = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let db = Db::open(&database.url).await.unwrap();
        let school = Self {
            telegram,
            clock,
            db,
            database,
            api_url,
            bot: Mutex::default(),
            web,
            expected_failures: AtomicI64::new(0),
            expected_given_up: AtomicI64::new(0),
        };
        // Stories move the clock by days: those about the lock and about digests switch them on.
        school
            .change("UPDATE schools SET lock_after_minutes = 0, digest_on = '2100-01-01', debts_on = '2100-01-01'")
            .await;
        school.start_bot().await;
        school
    }

    /// Starts the bot.
    pub async fn start_bot(&self) {
        let stop = CancellationToken::new();
        let parts = Parts {
            db: Db::open(&self.database.url).await.unwrap(),
            database_url: self.database.url.clone(),
            token: TOKEN.to_owned(),
            api_url: Some(self.api_url.clone()),
            clock: Arc::new(self.clock.clone()),
            press: Press::new(env!("CARGO_BIN_EXE_zhurnal").into()),
        };
        let bot = tokio::spawn(serve(parts, stop.clone()));
        *self.bot.lock().await = Some((stop, bot));
    }

    /// Stops the bot cleanly.
    pub async fn stop_bot(&self) {
        if let Some((stop, bot)) = self.bot.lock().await.take() {
            stop.cancel();
            bot.await
                .expect("the bot panicked")
                .expect("the bot stopped with an error");
        }
    }

    /// A member of staff with the journal open on the phone.
    pub async fn staff(&self, surname: &str) -> Phone {
        self.connect(&Invitee::Staff(String::new()), surname).await
    }

    /// A parent with the diary open on the phone.
    pub async fn parent(&self, surname: &str) -> Phone {
        self.connect(&Invitee::Parent(String::new()), surname).await
    }

    /// A pupil with the diary open on the phone.
    pub async fn pupil(&self, surname: &str) -> Phone {
        self.connect(&Invitee::Pupil(String::new()), surname).await
    }

    /// Somebody without access.
    pub fn stranger(&self, user: i64) -> Phone {
        Phone::new(self.telegram.clone(), user)
    }

    /// The first person of a kind with this surname, or with «Фамилия Имя».
    pub async fn person(&self, kind: &Invitee, name: &str) -> Person {
        let found = people::store::invitable(&mut self.db.snapshot().await.unwrap(), kind)
            .await
            .unwrap();
        let (person, _) = found
            .into_iter()
            .find(|(person, _)| person.name.surname == name || person.name.pupil() == name)
            .unwrap_or_else(|| panic!("nobody is called {name}"));
        person
    }

    async fn connect(&self, kind: &Invitee, name: &str) -> Phone {
        let person = self.person(kind, name).await;
        self.phone_of(&person).await
    }

    /// A person's phone with the journal open on it.
    pub async fn phone_of(&self, person: &Person) -> Phone {
        let phone = Phone::new(self.telegram.clone(), 100_000 + person.id.0);
        self.admit(&phone, person).await;
        self.give_pin(&phone).await;
        phone.says("/start").await;
        let greeting = Payload::of(&people::press::View::Entered(person.id));
        phone.press_data(phone.last().message_id, greeting.as_str()).await;
        phone
    }

    /// Gives a phone's account a PIN, as if it had been chosen on the keys.
    pub async fn give_pin(&self, phone: &Phone) {
        let account = Account {
            transport: TRANSPORT,
            id: phone.user,
        };
        let mut tx = self.db.begin().await.unwrap();
        lock::flow::give_pin(&mut tx, account, PIN, self.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A phone's account is this person's from now on, as after all steps of entering.
    pub async fn admit(&self, phone: &Phone, person: &Person) {
        let account = Account {
            transport: "telegram",
            id: phone.user,
        };
        let mut tx = self.db.begin().await.unwrap();
        people::entry::connect::admit(&mut tx, account, person.id, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A new code for a person, with its digits.
    pub async fn pass(&self, person: &Person) -> (String, String) {
        let mut tx = self.db.begin().await.unwrap();
        let (pass, _) = people::entry::connect::invite(&mut tx, person.id, None, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (pass.code.link_part().to_owned(), pass.digits)
    }

    /// From this evening on digests come.
    pub async fn digests_come(&self) {
        self.change("UPDATE schools SET digest_on = '2026-11-23'").await;
    }

    /// From this evening on teachers hear what their lessons lack.
    pub async fn debts_are_told(&self) {
        self.change("UPDATE schools SET debts_on = '2026-11-23'").await;
    }

    /// The clock goes on by so many minutes.
    pub fn minutes_pass(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Waits until everything that is due now has settled and left.
    pub async fn quiet(&self) {
        let deadline = tokio::time::Instant::now() + Duration::from_mins(1);
        loop {
            let now = self.now();
            let waiting = self
                .number("SELECT (SELECT COUNT(*) FROM jobs WHERE due_at <= $1) + (SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= $1)", now)
                .await;
            if waiting == 0 {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "{waiting} jobs and letters don't leave"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until the bot has handled everything that Telegram told it of.
    pub async fn handled(&self) {
        let handled = self
            .telegram
            .until("every update handled", |it| (it.pending() == 0).then_some(()))
            .await;
        handled.unwrap_or_else(|failure| panic!("{failure}"));
    }

    /// The newest update that Telegram has given.
    pub fn latest_update(&self) -> i64 {
        let calls = self.telegram.calls();
        let mut offsets = calls.iter().rev().filter(|call| call.method == "getUpdates");
        let newest = offsets.find_map(|call| call.params.get("offset")?.as_i64());
        newest.expect("no update was confirmed yet") - 1
    }

    /// A number from the database, for what no phone shows.
    pub async fn number(&self, sql: &'static str, moment: DateTime<Utc>) -> i64 {
        let mut view = self.db.snapshot().await.unwrap();
        match view.raw().unwrap() {
            Raw::Sqlite(conn) => sqlx::query_scalar(sql).bind(moment).fetch_one(conn).await.unwrap(),
            Raw::Postgres(conn) => sqlx::query_scalar(sql).bind(moment).fetch_one(conn).await.unwrap(),
        }
    }

    /// Changes the database as another program would, for what no screen does yet.
    pub async fn change(&self, sql: &'static str) {
        let mut tx = self.db.begin().await.unwrap();
        match tx.raw().unwrap() {
            Raw::Sqlite(conn) => drop(sqlx::query(sql).execute(conn).await.unwrap()),
            Raw::Postgres(conn) => drop(sqlx::query(sql).execute(conn).await.unwrap()),
        }
        tx.commit().await.unwrap();
    }

    /// This story lets so many letters fail.
    pub fn expect_failures(&self, letters: i64) {
        self.expected_failures.store(letters, Ordering::Relaxed);
    }

    /// This story lets so many updates be given up.
    pub fn expect_given_up(&self, updates: i64) {
        self.expected_given_up.store(updates, Ordering::Relaxed);
    }

    /// The end: nothing is left unanswered, undelivered, failed or given up that the story didn't expect.
    pub async fn finish(self) {
        self.quiet().await;
        let unanswered = self
            .telegram
            .until("every press answered", |it| it.unanswered().is_empty().then_some(()))
            .await;
        assert_eq!(unanswered, Ok(()), "{:?}", self.telegram.unanswered());
        let now = self.now();
        let failed = self
            .number(
                "SELECT COUNT(*) FROM outbox WHERE state = 'failed' AND created_at <= $1",
                now,
            )
            .await;
        assert_eq!(failed, self.expected_failures.load(Ordering::Relaxed), "letters failed");
        let given_up = self
            .number("SELECT COUNT(*) FROM given_up_updates WHERE at <= $1", now)
            .await;
        assert_eq!(
            given_up,
            self.expected_given_up.load(Ordering::Relaxed),
            "updates given up"
        );
        self.stop_bot().await;
        assert_eq!(self.telegram.pending(), 0, "a clean stop confirms what was handled");
        self.db.close().await;
        self.web.abort();
        self.database.remove().await;
    }
}
