//! All that the journal keeps, as one text: equal before and after when nothing was written.

#![expect(
    clippy::disallowed_types,
    reason = "the tables are asked of the database: a new one is compared without being named here"
)]

use sqlx::AssertSqlSafe;
use zhurnal::db::{Db, Raw};

use crate::support::school::School;

/// What every turn writes: where a conversation stands, which updates were handled, what is on its way.
const BOOKKEEPING: [&str; 9] = [
    "_sqlx_migrations",
    "chats",
    "living_screens",
    "handled_updates",
    "jobs",
    "outbox",
    "receipts",
    "told_groups",
    "code_tries",
];

/// The digest of all tables but those.
pub async fn of(school: &School) -> Vec<String> {
    of_db(&school.db, counts).await
}

/// The digest of the tables that count, a line each.
pub async fn of_db(db: &Db, counts: impl Fn(&str) -> bool) -> Vec<String> {
    let mut view = db.snapshot().await.unwrap();
    let mut digest = Vec::new();
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => {
            let columns: Vec<(String, String)> = sqlx::query_as(
                "SELECT t.name, group_concat('quote(' || c.name || ')', '||'',''||')
                 FROM sqlite_master t JOIN pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY t.name ORDER BY t.name",
            )
            .fetch_all(&mut *conn)
            .await
            .unwrap();
            for (table, columns) in columns.into_iter().filter(|(table, _)| counts(table)) {
                let sql = format!("SELECT COALESCE(group_concat({columns}, ';'), '') FROM {table}");
                let rows: String = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_one(&mut *conn)
                    .await
                    .unwrap();
                digest.push(format!("{table}: {}", hash(&rows)));
            }
        }
        Raw::Postgres(conn) => {
            let tables: Vec<String> =
                sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                    .fetch_all(&mut *conn)
                    .await
                    .unwrap();
            for table in tables.into_iter().filter(|table| counts(table)) {
                let sql = format!("SELECT COALESCE(md5(string_agg(t::text, ';' ORDER BY t::text)), '') FROM {table} t");
                let rows: String = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_one(&mut *conn)
                    .await
                    .unwrap();
                digest.push(format!("{table}: {rows}"));
            }
        }
    }
    assert!(digest.len() > 15, "the tables have moved");
    digest
}

fn counts(table: &str) -> bool {
    !BOOKKEEPING.contains(&table)
}

/// The columns of a table, by the alphabet.
pub async fn columns(db: &Db, table: &'static str) -> Vec<String> {
    let mut view = db.snapshot().await.unwrap();
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar("SELECT name FROM pragma_table_info($1) ORDER BY name")
            .bind(table)
            .fetch_all(conn)
            .await
            .unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY column_name",
        )
        .bind(table)
        .fetch_all(conn)
        .await
        .unwrap(),
    }
}

/// A number from the database.
pub async fn number(db: &Db, sql: &'static str) -> i64 {
    let mut view = db.snapshot().await.unwrap();
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
        Raw::Postgres(conn) => sqlx::query_scalar(sql).fetch_one(conn).await.unwrap(),
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
