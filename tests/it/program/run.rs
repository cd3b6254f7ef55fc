//! `zhurnal` by environment alone: import, invite, run, a clean stop, and refusals that say what to set.

use tempfile::TempDir;

use crate::support::child::{Server, ended, machine_time, send, zhurnal};
use crate::support::phone::Phone;
use crate::support::school::TOKEN;
use crate::support::workbook::school_of_today;

/// A folder in which the program is run.
pub struct Folder {
    folder: TempDir,
    server: Server,
}

impl Folder {
    /// An empty one, with a model of Telegram beside it.
    pub async fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            server: Server::start().await,
        }
    }

    fn env<'e>(&'e self, token: Option<&'e str>) -> Vec<(&'e str, &'e str)> {
        let mut env = vec![("TELOXIDE_API_URL", self.server.url.as_str())];
        env.extend(token.map(|token| ("TELOXIDE_TOKEN", token)));
        env
    }

    /// Puts a file into it.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let file = self.folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    /// A file of it, if it is there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join(name)).ok()
    }

    /// Runs the program to its end: whether it ended well, and what it said.
    pub async fn run(&self, args: &[&str], token: Option<&str>) -> (bool, String) {
        ended(zhurnal(args, self.folder.path(), &self.env(token))).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_is_loaded_people_invited_and_the_bot_runs() {
    let school = Folder::new().await;
    school.put("school.xlsx", &school_of_today(machine_time()));
    let (loaded, said) = school.run(&["import", "school.xlsx"], None).await;
    assert!(loaded && said.contains("Загружено"), "{said}");

    let (invited, said) = school
        .run(
            &["invite", "--admin", "Смирнова Елена Викторовна", "--json"],
            Some(TOKEN),
        )
        .await;
    assert!(invited, "{said}");
    let invitation: serde_json::Value = serde_json::from_str(&said).unwrap();
    let code = invitation["code"].as_str().unwrap();
    assert_eq!(
        invitation["link"],
        format!("https://t.me/zhurnal_demo_bot?start={code}")
    );
    let (invited, said) = school.run(&["invite", "--parent", "р2", "--json"], None).await;
    assert!(invited && said.contains("\"link\":null"), "{said}");

    let bot = zhurnal(&["run"], school.folder.path(), &school.env(Some(TOKEN)));
    let teacher = Phone::new(school.server.telegram.clone(), 42);
    teacher.says(&format!("/start {code}")).await;
    for digit in invitation["digits"].as_str().unwrap().chars() {
        teacher.press(&digit.to_string()).await;
    }
    teacher.sees("Елена Викторовна, это ваш журнал").await;
    teacher.says("/settings").await;
    teacher.press("Придумать PIN").await;
    for digit in ["7", "0", "9", "3", "7", "0", "9", "3"] {
        teacher.press(digit).await;
    }
    teacher.says("/today").await;
    teacher.press("• 3 · 11:00 · 7А алгебра").await;
    teacher.says("Линейное уравнение").await;
    teacher.sees("✓ Тема: Линейное уравнение").await;

    // A second one with the same token on the same database says why it can't.
    let (started, said) = school.run(&["run"], Some(TOKEN)).await;
    assert!(!started && said.contains("another zhurnal already works"), "{said}");

    // What was taken is finished and confirmed before the end.
    send(&bot, "-TERM").await;
    let (stopped, said) = ended(bot).await;
    assert!(stopped, "{said}");
    assert_eq!(school.server.telegram.pending(), 0);
    assert!(
        !said.contains("Смирнова") && !said.contains("Линейное") && !said.contains(TOKEN),
        "the log is too chatty: {said}"
    );

    // The bot calls nothing but methods of the Bot API, and asks for no kind of update that it doesn't handle.
    assert!(
        school
            .server
            .telegram
            .calls()
            .iter()
            .all(|call| call.ended || call.method == "getUpdates")
    );
    let mut allowed = school.server.telegram.allowed_updates().unwrap();
    allowed.sort();
    assert_eq!(
        allowed,
        [
            "callback_query",
            "edited_message",
            "message",
            "my_chat_member",
            "poll",
            "poll_answer"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_setting_stops_the_start_with_a_line_that_says_what_to_set() {
    let school = Folder::new().await;
    let (started, said) = school.run(&["run"], None).await;
    assert!(!started && said.contains("set TELOXIDE_TOKEN"), "{said}");
    let (started, said) = school.run(&["run"], Some("bad:bad")).await;
    assert!(!started && said.contains("TELOXIDE_TOKEN isn't a token"), "{said}");
    let (started, said) = school.run(&["run", "--database-url", "mysql://x"], Some(TOKEN)).await;
    assert!(
        !started && said.contains("DATABASE_URL must begin with sqlite:// or postgres://"),
        "{said}"
    );
    let (started, said) = school.run(&["invite", "--staff", "Никто"], None).await;
    assert!(!started && said.contains("nobody of that kind is called"), "{said}");
    let (started, said) = school.run(&["import", "nothing.xlsx"], None).await;
    assert!(!started && said.contains("nothing.xlsx"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_workbook_is_refused_with_its_places() {
    let school = Folder::new().await;
    let book = crate::support::workbook::write(&[("Школа", vec![vec!["Название"], vec!["Школа"]])]);
    school.put("wrong.xlsx", &book);
    let (loaded, said) = school.run(&["import", "wrong.xlsx"], None).await;
    assert!(
        !loaded && said.contains("Нет листа «Ученики»") && said.contains("nothing was loaded"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_and_sigterm_both_stop_it_cleanly() {
    let school = Folder::new().await;
    for signal in ["-INT", "-TERM"] {
        let before = school.server.telegram.calls().len();
        let bot = zhurnal(&["run"], school.folder.path(), &school.env(Some(TOKEN)));
        let asked = |it: &zhurnal::demo::telegram::Telegram| {
            it.calls()
                .iter()
                .skip(before)
                .any(|call| call.method == "getUpdates")
                .then_some(())
        };
        school
            .server
            .telegram
            .until("the first getUpdates", asked)
            .await
            .unwrap();
        send(&bot, signal).await;
        let (stopped, said) = ended(bot).await;
        assert!(stopped && said.contains("the journal is closed"), "{signal}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_never_enters_a_real_school() {
    let school = Folder::new().await;
    school.put("school.xlsx", &school_of_today(machine_time()));
    let database = format!("sqlite://{}", school.folder.path().join("real.db").display());
    let (loaded, said) = school
        .run(&["import", "school.xlsx", "--database-url", &database], None)
        .await;
    assert!(loaded, "{said}");
    let args = ["demo", "--database-url", &database, "--listen", "127.0.0.1:0"];
    let (started, said) = school.run(&args, None).await;
    assert!(!started && said.contains("this database holds a school"), "{said}");
}
