//! Both databases hold the same schema, and a transaction that collides is repeated.

#![expect(clippy::disallowed_types, reason = "names of databases that live as long as a test")]

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::sync::Barrier;

use super::{Db, Raw, transact};

async fn sqlite() -> (Db, TempDir) {
    let folder = TempDir::new().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("test.db").display()))
        .await
        .unwrap();
    db.migrate().await.unwrap();
    (db, folder)
}

/// A fresh PostgreSQL database, when there is a server.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told by the environment where PostgreSQL is"
)]
async fn postgres() -> Option<(Db, String, String)> {
    static N: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        println!("TEST_POSTGRES_URL isn't set: this test ran on SQLite only");
        return None;
    };
    let name = format!(
        "zhurnal_db_{}_{}",
        std::process::id(),
        N.fetch_add(1, Ordering::Relaxed)
    );
    let mut connection = PgConnection::connect(&server).await.unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    let db = Db::open(&format!("{address}/{name}")).await.unwrap();
    db.migrate().await.unwrap();
    Some((db, server, name))
}

async fn drop_database(db: Db, server: &str, name: &str) {
    db.close().await;
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection
        .execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")))
        .await
        .unwrap();
}

/// A story of an empty journal: on SQLite always, and on PostgreSQL when there is a server.
pub(crate) async fn on_both(story: impl AsyncFn(&Db)) {
    let (lite, _folder) = sqlite().await;
    story(&lite).await;
    lite.close().await;
    if let Some((db, server, name)) = postgres().await {
        story(&db).await;
        drop_database(db, &server, &name).await;
    }
}

/// Tables and columns, by name, with whether they may be empty.
async fn schema(db: &Db) -> Vec<(String, String, bool)> {
    let mut view = db.snapshot().await.unwrap();
    let mut columns: Vec<(String, String, bool)> = match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_as(
            "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
        )
        .fetch_all(conn)
        .await
        .unwrap(),
        Raw::Postgres(conn) => sqlx::query_as(
            "SELECT table_name::TEXT, column_name::TEXT, is_nullable = 'YES' FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
        )
        .fetch_all(conn)
        .await
        .unwrap(),
    };
    columns.sort();
    columns
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let (lite, _folder) = sqlite().await;
    let ours = schema(&lite).await;
    assert!(ours.len() > 100, "{} columns", ours.len());
    if let Some((db, server, name)) = postgres().await {
        assert_eq!(ours, schema(&db).await);
        drop_database(db, &server, &name).await;
    }
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let (db, _folder) = sqlite().await;
    let before = schema(&db).await;
    db.migrate().await.unwrap();
    assert_eq!(schema(&db).await, before);
}

async fn tries(db: &Db) -> i64 {
    let mut view = db.snapshot().await.unwrap();
    let sql = "SELECT COALESCE(CAST(SUM(tries) AS BIGINT), 0) FROM code_tries";
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
    }
}

/// Reads a number, waits until everybody has read it, and writes one more: without repetition one would be lost.
async fn count_together(db: &Db, n: usize) {
    let all_have_read = Arc::new(Barrier::new(n));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..n {
        let (db, barrier) = (db.clone(), all_have_read.clone());
        tasks.spawn(async move {
            let first = AtomicU32::new(0);
            let done: anyhow::Result<()> = transact!(db, tx => {
                let sql = "SELECT COALESCE(MAX(tries), 0) FROM code_tries WHERE account = 1";
                let read: i64 = super::on!(tx, c => sqlx::query_scalar(sql).fetch_one(c).await)?;
                // SQLite has one writer: the others can't have read yet.
                if matches!(db, Db::Postgres(_)) && first.fetch_add(1, Ordering::SeqCst) == 0 {
                    barrier.wait().await;
                }
                let sql = "INSERT INTO code_tries (transport, account, tries, since) VALUES ('t', 1, $1, $2)
                           ON CONFLICT (transport, account) DO UPDATE SET tries = excluded.tries";
                let now = chrono::DateTime::UNIX_EPOCH;
                super::on!(tx, c => sqlx::query(sql).bind(read + 1).bind(now).execute(c).await.map(drop))?;
            });
            done.unwrap();
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.unwrap();
    }
}

#[tokio::test]
async fn transactions_that_collide_are_repeated_and_none_is_lost() {
    let (lite, _folder) = sqlite().await;
    count_together(&lite, 4).await;
    assert_eq!(tries(&lite).await, 4);
    if let Some((db, server, name)) = postgres().await {
        count_together(&db, 3).await;
        assert_eq!(tries(&db).await, 3);
        drop_database(db, &server, &name).await;
    }
}

#[tokio::test]
async fn a_snapshot_cannot_write() {
    let (db, _folder) = sqlite().await;
    let mut view = db.snapshot().await.unwrap();
    let Raw::Sqlite(conn) = view.raw().unwrap() else {
        panic!("it is SQLite")
    };
    assert!(sqlx::query("DELETE FROM jobs").execute(conn).await.is_err());
}

async fn told_groups(db: &Db) -> Vec<i64> {
    let mut view = db.snapshot().await.unwrap();
    super::on!(view, c => sqlx::query_scalar("SELECT chat FROM told_groups ORDER BY chat").fetch_all(c).await).unwrap()
}

async fn tell(tx: &mut super::Tx, chat: i64) -> sqlx::Result<()> {
    super::on!(tx, c => sqlx::query("INSERT INTO told_groups (transport, chat) VALUES ('t', $1)")
        .bind(chat).execute(c).await.map(drop))
}

#[tokio::test]
async fn a_transaction_broken_off_at_any_await_leaves_its_connection_usable() {
    use futures::FutureExt as _;
    let (db, _folder) = sqlite().await;
    // A future that was polled once and dropped: the thread of the connection does what it was told all the same.
    drop(db.begin().now_or_never());
    let mut tx = db.begin().await.unwrap();
    drop(tell(&mut tx, 1).now_or_never());
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    tell(&mut tx, 2).await.unwrap();
    drop(tx.commit().now_or_never());
    let mut tx = db.begin().await.unwrap();
    tell(&mut tx, 3).await.unwrap();
    tx.commit().await.unwrap();
    let told = told_groups(&db).await;
    // A commit that nobody waited for may have been done or not; what was dropped before it wasn't.
    assert!(told == [2, 3] || told == [3], "{told:?}");
    for _ in 0..20 {
        drop(db.snapshot().await.unwrap());
    }
    db.close().await;
    db.close().await;
    assert!(db.begin().await.is_err());
}

#[test]
fn gathered_rows_are_read_again() {
    use super::gathered::{fields, rows};
    assert_eq!(rows(None, ',').count(), 0);
    let read: Vec<[&str; 2]> = rows(Some("1 a,2 "), ',').map(|row| fields(row, ' ').unwrap()).collect();
    assert_eq!(read, [["1", "a"], ["2", ""]]);
    assert!(fields::<2>("1", ' ').is_err());
}
