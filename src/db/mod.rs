//! The database: SQLite or PostgreSQL behind one handle, and the two ways to it, [`Tx`] and [`Snapshot`].
//!
//! The same SQL runs on both. [`on!`] expands one query for the connection that is there; features see only
//! transactions, never a pool, so that a turn can't take a second connection while it holds one.

pub mod dialogue;
pub mod gathered;
mod lane;
mod open;
pub(crate) mod retry;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::{PgPool, Postgres, Transaction};
use std::ops::{Deref, DerefMut};

use lane::{Lane, Lent};
pub use open::Lock;
pub use retry::is_transient;
pub(crate) use retry::transact;

/// Runs one query on whichever database the connection belongs to.
///
/// `on!(conn, c => sqlx::query_as("…").bind(id).fetch_all(c).await)`
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn.raw() {
            Ok($crate::db::Raw::Sqlite($c)) => $body,
            Ok($crate::db::Raw::Postgres($c)) => $body,
            Err(failure) => Err(failure),
        }
    };
}
pub(crate) use on;

/// The journal's database.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file: one connection writes, several read.
    Sqlite {
        /// The only connection that writes.
        write: Lane,
        /// Readers; WAL lets them go on while a turn commits.
        read: Lane,
    },
    /// A server.
    Postgres(PgPool),
}

/// A connection inside a transaction; queries that only read take this.
#[derive(Debug)]
pub struct Conn(Inner);

#[derive(Debug)]
enum Inner {
    Sqlite(Lent),
    Postgres(Transaction<'static, Postgres>),
}

/// What [`on!`] matches on.
#[derive(Debug)]
pub enum Raw<'c> {
    /// SQLite's connection.
    Sqlite(&'c mut sqlx::SqliteConnection),
    /// PostgreSQL's connection.
    Postgres(&'c mut sqlx::PgConnection),
}

impl Conn {
    /// The driver's own connection, for [`on!`].
    pub fn raw(&mut self) -> sqlx::Result<Raw<'_>> {
        Ok(match &mut self.0 {
            Inner::Sqlite(tx) => Raw::Sqlite(tx.conn()?),
            Inner::Postgres(tx) => Raw::Postgres(tx),
        })
    }
}

/// A transaction that may write. Dropped without [`Tx::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Tx {
    conn: Conn,
    left: Left,
}

/// What a transaction leaves for others to do, so that they are woken only when there is something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Left {
    /// A letter in the outbox.
    pub letter: bool,
    /// A job: when the first of them is due.
    pub job: Option<DateTime<Utc>>,
}

/// A consistent view of the journal that can't write.
#[derive(Debug)]
pub struct Snapshot(Conn);

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Deref for Snapshot {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Tx {
    /// Makes all that was written durable.
    pub async fn commit(self) -> anyhow::Result<()> {
        match self.conn.0 {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await,
        }
        .context("committing")
    }

    /// What it leaves for others to do once it is committed.
    pub fn left(&self) -> Left {
        self.left
    }

    /// Notes that a letter was put into the outbox.
    pub fn leave_letter(&mut self) {
        self.left.letter = true;
    }

    /// Notes that a job was scheduled.
    pub fn leave_job(&mut self, due: DateTime<Utc>) {
        self.left.job = Some(self.left.job.map_or(due, |it| it.min(due)));
    }

    /// Lets the turns of one person pass one at a time over all instances; on SQLite there is one writer anyway.
    pub async fn queue_person(&mut self, person: i64) -> anyhow::Result<()> {
        if let Raw::Postgres(conn) = self.raw()? {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(person)
                .execute(conn)
                .await?;
        }
        Ok(())
    }
}

impl Db {
    /// Opens a transaction that may write. On SQLite it waits for the one writer.
    pub async fn begin(&self) -> anyhow::Result<Tx> {
        let inner = match self {
            Self::Sqlite { write, .. } => Inner::Sqlite(write.begin().await?),
            Self::Postgres(pool) => Inner::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE").await?),
        };
        Ok(Tx {
            conn: Conn(inner),
            left: Left::default(),
        })
    }

    /// Opens a consistent view.
    pub async fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let inner = match self {
            Self::Sqlite { read, .. } => Inner::Sqlite(read.look().await?),
            Self::Postgres(pool) => Inner::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        };
        Ok(Snapshot(Conn(inner)))
    }

    /// Closes all connections; SQLite's log is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
