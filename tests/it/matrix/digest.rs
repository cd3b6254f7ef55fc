//! All that the journal keeps, as one text: equal before and after when nothing was written.

#![expect(
    clippy::disallowed_types,
    reason = "the tables are asked of the database: a new one is compared without being named here"
)]

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection};
use zhurnal::db::{Db, Raw};

use crate::support::school::School;

/// What every turn writes: where a conversation stands, which updates were handled, what is on its way.
const BOOKKEEPING: [&str; 10] = [
    "_sqlx_migrations",
    "chats",
    "asides",
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
            let columns = sqlite_tables(conn).await;
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
            let tables = postgres_tables(conn).await;
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

/// Tables, each with an expression that has all of a row's columns.
async fn sqlite_tables(conn: &mut SqliteConnection) -> Vec<(String, String)> {
    sqlx::query_as(
        "SELECT t.name, group_concat('quote(' || c.name || ')', '||'',''||')
         FROM sqlite_master t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY t.name ORDER BY t.name",
    )
    .fetch_all(conn)
    .await
    .unwrap()
}

async fn postgres_tables(conn: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        .fetch_all(conn)
        .await
        .unwrap()
}

fn counts(table: &str) -> bool {
    !BOOKKEEPING.contains(&table)
}

/// Tables with rows that name a person, by any reference to people, or the person's account, by its number anywhere in a
/// row; with how many there are.
pub async fn naming(db: &Db, person: i64, account: i64) -> BTreeMap<String, i64> {
    let mut view = db.snapshot().await.unwrap();
    let mut found = BTreeMap::new();
    let mut note = |table: &str, rows: i64| {
        if rows > 0 {
            *found.entry(table.to_owned()).or_default() += rows;
        }
    };
    match view.raw().unwrap() {
        Raw::Sqlite(conn) => {
            let tables = sqlite_tables(conn).await;
            let references: Vec<(String, String)> = sqlx::query_as(
                "SELECT t.name, f.\"from\" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
                 WHERE t.type = 'table' AND f.\"table\" = 'people'",
            )
            .fetch_all(&mut *conn)
            .await
            .unwrap();
            assert!(references.len() > 20, "references to people aren't found any more");
            for (table, column) in references {
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = {person}");
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *conn).await;
                note(&table, rows.unwrap());
            }
            for (table, columns) in tables {
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE {columns} LIKE '%{account}%'");
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *conn).await;
                note(&table, rows.unwrap());
            }
        }
        Raw::Postgres(conn) => {
            let tables = postgres_tables(conn).await;
            let references: Vec<(String, String)> = sqlx::query_as(
                "SELECT c.conrelid::regclass::text, a.attname::text
                 FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                 WHERE c.contype = 'f' AND c.confrelid = 'people'::regclass",
            )
            .fetch_all(&mut *conn)
            .await
            .unwrap();
            assert!(references.len() > 20, "references to people aren't found any more");
            for (table, column) in references {
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = {person}");
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *conn).await;
                note(&table, rows.unwrap());
            }
            for table in tables {
                let sql = format!("SELECT COUNT(*) FROM {table} t WHERE t::text LIKE '%{account}%'");
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *conn).await;
                note(&table, rows.unwrap());
            }
        }
    }
    found
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
