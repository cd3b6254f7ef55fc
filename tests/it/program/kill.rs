//! SIGKILL at the bot's n-th call, for every n of a lesson: the journal and the families' chats come out the same.
//!
//! The model holds the n-th call, before or after it takes effect; there the process is killed and started again. A
//! teacher who sees no answer looks at the lesson and presses once more, as a person does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;
use tokio::sync::{Mutex, Semaphore};
use zhurnal::db::{Db, Raw, dialogue};
use zhurnal::demo::telegram::{Moment, Telegram};
use zhurnal::people::{self, Invitee};
use zhurnal::words::Locale;

use crate::support::child::{Server, machine_time, zhurnal};
use crate::support::databases::{Database, postgres_with, sqlite_with};
use crate::support::phone::draw;
use crate::support::school::TOKEN;
use crate::support::workbook::school_of_today;

pub const TEACHER: i64 = 501;
pub const PARENTS: [(i64, &str); 3] = [(601, "Белова"), (602, "Волкова"), (603, "Ким")];
/// Killed processes at once: two cores.
const AT_ONCE: usize = 4;

/// What comes out of a lesson.
#[derive(Debug, PartialEq, Eq)]
struct Result {
    journal: Vec<String>,
    chats: Vec<String>,
}

/// The running program, which somebody may kill and start again.
pub struct Program {
    server: Server,
    pub database: Database,
    child: Mutex<Option<Child>>,
    pub killed: AtomicBool,
    /// What all its processes said, for a failure's text.
    pub log: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Program {
    pub async fn open(database: Database) -> Arc<Self> {
        Self::open_with(database, &PARENTS).await
    }

    /// The teacher and these parents have it open on their phones.
    pub async fn open_with(database: Database, parents: &[(i64, &str)]) -> Arc<Self> {
        let server = Server::start().await;
        let db = Db::open(&database.url).await.unwrap();
        connect(
            &db,
            &server.telegram,
            TEACHER,
            &Invitee::Staff(String::new()),
            "Смирнова",
        )
        .await;
        for (user, surname) in parents {
            connect(&db, &server.telegram, *user, &Invitee::Parent(String::new()), surname).await;
        }
        db.close().await;
        let program = Self {
            server,
            database,
            child: Mutex::default(),
            killed: AtomicBool::new(false),
            log: Arc::default(),
        };
        program.start().await;
        Arc::new(program)
    }

    pub async fn start(&self) {
        let env = [
            ("TELOXIDE_TOKEN", TOKEN),
            ("TELOXIDE_API_URL", self.server.url.as_str()),
            ("DATABASE_URL", self.database.url.as_str()),
            ("ZHURNAL_DATA", self.database.folder.path().to_str().unwrap()),
            ("RUST_LOG", "zhurnal=debug"),
        ];
        let mut child = zhurnal(&["run"], self.database.folder.path(), &env);
        let (said, log) = (child.stderr.take().unwrap(), self.log.clone());
        tokio::spawn(async move {
            let mut lines = BufReader::new(said).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                log.lock().unwrap().push(line);
            }
        });
        *self.child.lock().await = Some(child);
    }

    pub async fn kill(&self) {
        if let Some(mut child) = self.child.lock().await.take() {
            child.kill().await.unwrap();
        }
    }

    pub fn telegram(&self) -> &Telegram {
        &self.server.telegram
    }

    /// Whether the newest message says this, now or soon; after a kill it may never.
    pub async fn shows(&self, text: &str) -> bool {
        let look = |it: &Telegram| it.last(TEACHER).filter(|shown| shown.text.contains(text)).map(drop);
        let mut revision = self.telegram().revision();
        let mut quiet_since = tokio::time::Instant::now();
        let start = quiet_since;
        loop {
            if look(self.telegram()).is_some() {
                return true;
            }
            // Once killed, a pause with nothing to handle means that the answer was lost with the process.
            let lost = self.killed.load(Ordering::SeqCst)
                && self.telegram().pending() == 0
                && quiet_since.elapsed() > Duration::from_millis(400);
            if lost {
                return false;
            }
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "«{text}» isn't shown:\n{}",
                self.chat(TEACHER)
            );
            if tokio::time::timeout(Duration::from_millis(50), revision.changed())
                .await
                .is_ok()
            {
                quiet_since = tokio::time::Instant::now();
            }
        }
    }

    pub async fn press(&self, label: &str, then: &str) -> bool {
        match self.telegram().press_label(TEACHER, label) {
            Ok(_) => self.shows(then).await,
            Err(_) => false,
        }
    }

    /// The way to a screen of the lesson from anywhere, as often as it takes.
    async fn go(&self, path: &[(&str, &str)]) {
        for _ in 0..5 {
            self.telegram().say(TEACHER, "/start");
            let mut there = self.shows("У вас").await;
            for (label, then) in path {
                there = there && self.press(label, then).await;
            }
            if there {
                return;
            }
        }
        panic!("there is no way to {path:?}:\n{}", self.chat(TEACHER));
    }

    /// Presses until the screen says so; what was lost is looked for where it should stand.
    async fn sure(&self, label: &str, then: &str, path: &[(&str, &str)]) {
        if self.press(label, then).await {
            return;
        }
        self.go(path).await;
        if !self.shows_now(then) && !self.press(label, then).await {
            self.go(path).await;
            assert!(
                self.shows_now(then) || self.press(label, then).await,
                "«{label}» does nothing:\n{}",
                self.chat(TEACHER)
            );
        }
    }

    /// Writes until the card says so.
    async fn sure_text(&self, text: &str, then: &str) {
        self.telegram().say(TEACHER, text);
        if self.shows(then).await {
            return;
        }
        self.go(&CARD).await;
        if !self.shows_now(then) {
            self.telegram().say(TEACHER, text);
            if !self.shows(then).await {
                self.go(&CARD).await;
                assert!(self.shows_now(then), "«{text}» isn't taken:\n{}", self.chat(TEACHER));
            }
        }
    }

    fn shows_now(&self, text: &str) -> bool {
        self.telegram()
            .last(TEACHER)
            .is_some_and(|shown| shown.text.contains(text))
    }

    pub fn chat(&self, user: i64) -> String {
        self.telegram()
            .chat(user)
            .iter()
            .map(draw)
            .collect::<Vec<_>>()
            .join("\n---\n")
    }

    /// The lesson: topic, homework, one absent, two marks, the end; then everybody has been told.
    async fn lesson(&self) {
        self.go(&CARD).await;
        self.sure_text("Линейное уравнение", "✓ Тема: Линейное уравнение").await;
        self.sure_text("§ 13, № 8", "§ 13, № 8").await;
        self.sure("Посещаемость и отметки", "Ставлю: н", &CARD).await;
        self.sure("Ким М.", "н: Ким", &GRID).await;
        let with_five = [GRID[0], GRID[1], GRID[2], ("5", "Ставлю: 5")];
        self.sure("5", "Ставлю: 5", &GRID).await;
        self.sure("Белова К.", "5: Белова", &with_five).await;
        self.sure("Волкова А.", "5: Белова, Волкова", &with_five).await;
        self.end().await;
        for (user, _) in PARENTS {
            let told = self.telegram().until("the family's message", |it| {
                it.chat(user)
                    .iter()
                    .any(|shown| shown.text.contains("алгебра"))
                    .then_some(())
            });
            told.await
                .unwrap_or_else(|failure| panic!("{failure}:\n{}\n{:#?}", self.chat(user), self.log.lock().unwrap()));
        }
    }

    async fn end(&self) {
        for _ in 0..4 {
            if self.press("Готово", "почти всё").await && self.press("Закончить так", "Записано, ").await
            {
                return;
            }
            self.go(&CARD).await;
            // Finished before the answer was lost: the card says so by its button.
            if self
                .telegram()
                .last(TEACHER)
                .is_some_and(|shown| shown.key("Исправить отметки и пропуски").is_some())
            {
                return;
            }
        }
        panic!("the lesson doesn't end:\n{}", self.chat(TEACHER));
    }

    async fn result(&self) -> Result {
        let db = Db::open(&self.database.url).await.unwrap();
        settle(&db).await;
        self.kill().await;
        let journal = journal(&db).await;
        db.close().await;
        let chats = PARENTS.iter().map(|(user, _)| self.chat(*user)).collect();
        Result { journal, chats }
    }
}

const CARD: [(&str, &str); 2] = [
    ("Мои уроки сегодня", "Мои уроки"),
    ("• 3 · 11:00 · 7А алгебра", "Алгебра · 7А"),
];
const GRID: [(&str, &str); 3] = [CARD[0], CARD[1], ("Посещаемость и отметки", "Ставлю:")];

async fn connect(db: &Db, telegram: &Telegram, user: i64, kind: &Invitee, surname: &str) {
    let found = people::store::invitable(&mut db.snapshot().await.unwrap(), kind)
        .await
        .unwrap();
    let (person, _) = found
        .into_iter()
        .find(|(person, _)| person.name.surname == surname)
        .unwrap();
    let account = zhurnal::ids::Account {
        transport: "telegram",
        id: user,
    };
    let mut tx = db.begin().await.unwrap();
    people::entry::connect::admit(&mut tx, account, person.id, machine_time())
        .await
        .unwrap();
    people::lock::flow::give_pin(&mut tx, account, "2468", machine_time())
        .await
        .unwrap();
    dialogue::keep_chat(&mut tx, account, Locale::Ru, "").await.unwrap();
    tx.commit().await.unwrap();
    telegram.acquaint(user, surname);
}

/// Waits until nothing is left to be sent.
pub async fn settle(db: &Db) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while zhurnal::delivery::store::n_unsent(&mut db.snapshot().await.unwrap())
        .await
        .unwrap()
        > 0
    {
        assert!(tokio::time::Instant::now() < deadline, "letters don't leave");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// All that the journal holds of the lesson, times left out.
async fn journal(db: &Db) -> Vec<String> {
    const LINES: &str = "
        SELECT 'lesson ' || COALESCE(topic, '') || '|' || COALESCE(homework, '') || '|' || kind || '|' ||
               CAST(attendance_taken AS TEXT) || '|' || CASE WHEN finished_at IS NULL THEN 'open' ELSE 'finished' END AS line, 0 AS place FROM lessons
        UNION ALL SELECT 'mark ' || p.surname || ' ' || m.value || ' ' || m.kind, 1 FROM marks m JOIN people p ON p.id = m.pupil_id
        UNION ALL SELECT 'sign ' || p.surname || ' ' || a.sign, 2 FROM attendance a JOIN people p ON p.id = a.pupil_id
        UNION ALL SELECT 'told ' || p.surname || ' ' || t.facts || ' ' || CAST(t.told_times AS TEXT), 3 FROM told t JOIN people p ON p.id = t.parent_id
        UNION ALL SELECT 'history ' || h.field || ' ' || h.former || ' → ' || h.later, 10 + h.id FROM lesson_history h
        ORDER BY 2, 1";
    let mut view = db.snapshot().await.unwrap();
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar(LINES).fetch_all(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(LINES).fetch_all(conn).await.unwrap(),
    }
}

/// One lesson with a kill at the n-th call; `None` when the lesson has fewer calls.
async fn killed_at(database: Database, nth: usize, moment: Moment) -> Option<Result> {
    let program = Program::open(database).await;
    let hold = program.telegram().hold(nth, moment);
    let killer = {
        let program = program.clone();
        tokio::spawn(async move {
            hold.reached().await;
            program.kill().await;
            hold.release();
            program.killed.store(true, Ordering::SeqCst);
            program.start().await;
        })
    };
    program.lesson().await;
    let result = program.result().await;
    let reached = killer.is_finished();
    killer.abort();
    program.kill().await;
    reached.then_some(result)
}

async fn undisturbed(database: Database) -> Result {
    let program = Program::open(database).await;
    program.lesson().await;
    program.result().await
}

/// Every n until the lesson is over, several at once.
async fn every_call<F: Future<Output = Database>>(moment: Moment, step: usize, database: impl Fn() -> F) {
    let expected = Arc::new(undisturbed(database().await).await);
    assert_eq!(expected.journal.len(), 13, "{expected:#?}");
    assert!(
        expected.chats.iter().all(|chat| chat.matches("алгебра").count() == 1),
        "{expected:#?}"
    );
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let over = Arc::new(AtomicBool::new(false));
    let mut runs = tokio::task::JoinSet::new();
    for nth in (1..200).step_by(step) {
        let permit = gate.clone().acquire_owned().await.unwrap();
        if over.load(Ordering::SeqCst) {
            break;
        }
        let database = database().await;
        let (expected, over) = (expected.clone(), over.clone());
        runs.spawn(async move {
            match killed_at(database, nth, moment).await {
                Some(result) => assert_eq!(&result, &*expected, "killed at call {nth}, {moment:?}"),
                None => over.store(true, Ordering::SeqCst),
            }
            drop(permit);
        });
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
    assert!(over.load(Ordering::SeqCst), "the lesson has more calls than were tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_before_any_call_takes_effect_on_sqlite() {
    let workbook = school_of_today(machine_time());
    every_call(Moment::BeforeEffect, 1, || sqlite_with(&workbook)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_any_call_took_effect_on_sqlite() {
    let workbook = school_of_today(machine_time());
    every_call(Moment::AfterEffect, 1, || sqlite_with(&workbook)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_call_on_postgres() {
    let workbook = school_of_today(machine_time());
    if postgres_with(&workbook).await.is_none() {
        return;
    }
    let database = || async {
        postgres_with(&workbook)
            .await
            .expect("the server was there a moment ago")
    };
    every_call(Moment::BeforeEffect, 1, database).await;
    every_call(Moment::AfterEffect, 1, database).await;
}
