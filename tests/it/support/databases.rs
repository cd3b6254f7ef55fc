//! A database for each test: a copy of one into which the sample school was loaded once.

use sqlx::{Connection as _, Executor as _, PgConnection};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};
use zhurnal::db::Db;
use zhurnal::school::import::{Outcome, import};

/// A test's own database.
pub struct Database {
    /// Its address.
    pub url: String,
    /// The test's folder: SQLite's file and the lock live here.
    pub folder: TempDir,
    dropped: Option<(String, String)>,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// The moment in which stories begin: Tuesday 24 November 2026, 10:40 at school.
pub fn start() -> chrono::DateTime<chrono::Utc> {
    "2026-11-24T00:40:00Z".parse().unwrap()
}

async fn load(url: &str, workbook: &[u8]) {
    let db = Db::open(url).await.unwrap();
    db.migrate().await.unwrap();
    match import(&db, workbook, start()).await.unwrap() {
        Outcome::Done(_) => {}
        Outcome::Refused(problems) => panic!("{}", problems.text(zhurnal::words::Locale::En)),
    }
    db.close().await;
}

/// The sample school.
pub fn sample() -> &'static [u8] {
    include_bytes!("../../../assets/sample/school.xlsx")
}

/// An SQLite file of its own.
pub async fn sqlite() -> Database {
    static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let (_, template) = TEMPLATE
        .get_or_init(|| async {
            let folder = TempDir::new().unwrap();
            let file = folder.path().join("template.db");
            load(&format!("sqlite://{}", file.display()), sample()).await;
            (folder, file)
        })
        .await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("zhurnal.db");
    std::fs::copy(template, &file).unwrap();
    Database {
        url: format!("sqlite://{}", file.display()),
        folder,
        dropped: None,
    }
}

/// An empty SQLite file with another school in it.
pub async fn sqlite_with(workbook: &[u8]) -> Database {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("zhurnal.db").display());
    load(&url, workbook).await;
    Database {
        url,
        folder,
        dropped: None,
    }
}

/// A PostgreSQL database of its own, when there is a server.
pub async fn postgres() -> Option<Database> {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let server = server()?;
    let template = TEMPLATE
        .get_or_init(|| async {
            let name = format!("zhurnal_template_{}", std::process::id());
            create(&server, &name, None).await;
            load(&with_database(&server, &name), sample()).await;
            name
        })
        .await;
    Some(own(&server, Some(template)).await)
}

/// A PostgreSQL database with another school in it, when there is a server.
pub async fn postgres_with(workbook: &[u8]) -> Option<Database> {
    let server = server()?;
    let database = own(&server, None).await;
    load(&database.url, workbook).await;
    Some(database)
}

fn server() -> Option<String> {
    let server = std::env::var("TEST_POSTGRES_URL").ok();
    if server.is_none() {
        println!("TEST_POSTGRES_URL isn't set: this test ran on SQLite only");
    }
    server
}

async fn own(server: &str, template: Option<&String>) -> Database {
    let name = format!(
        "zhurnal_{}_{}",
        std::process::id(),
        COUNTER.fetch_add(1, Ordering::Relaxed)
    );
    create(server, &name, template).await;
    let url = with_database(server, &name);
    Database {
        url,
        folder: TempDir::new().unwrap(),
        dropped: Some((server.to_owned(), name)),
    }
}

/// One at a time: PostgreSQL copies a template only while nobody else does.
async fn create(server: &str, name: &str, template: Option<&String>) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let mut connection = PgConnection::connect(server).await.unwrap();
    let from = template
        .map(|template| format!(" TEMPLATE {template}"))
        .unwrap_or_default();
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}{from}")))
        .await
        .unwrap();
}

fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server
        .split_once('?')
        .map_or((server, None), |(address, options)| (address, Some(options)));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap_or_default();
    let options = options.map(|it| format!("?{it}")).unwrap_or_default();
    format!("{scheme}://{host}/{name}{options}")
}

impl Database {
    /// Removes what the test made on a server.
    pub async fn remove(self) {
        if let Some((server, name)) = self.dropped {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            connection
                .execute(sqlx::AssertSqlSafe(format!(
                    "DROP DATABASE IF EXISTS {name} WITH (FORCE)"
                )))
                .await
                .unwrap();
        }
    }
}
