//! Connections to SQLite's file: a few of one kind, each lent for one transaction.
//!
//! A connection works on a thread of its own, and each trip there and back costs more than most statements do. sqlx's
//! pool makes one more for every transaction, to ask whether the connection lives: that of a file does.

use futures::FutureExt as _;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections of one kind.
#[derive(Clone, Debug)]
pub struct Lane(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: SqliteConnectOptions,
    n_connections: u32,
    patience: Duration,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<SqliteConnection>>,
}

/// A connection in a transaction; dropped without a commit, it is rolled back. Then it goes back to its lane.
#[derive(Debug)]
pub struct Lent {
    conn: Option<SqliteConnection>,
    is_open: bool,
    lane: Lane,
    _permit: OwnedSemaphorePermit,
}

impl Lane {
    /// A lane of at most so many connections, which waits for a free one no longer than that. The first is opened now.
    pub async fn open(options: SqliteConnectOptions, n_connections: u32, patience: Duration) -> sqlx::Result<Self> {
        let first = SqliteConnection::connect_with(&options).await?;
        Ok(Self(Arc::new(Inner {
            options,
            n_connections,
            patience,
            permits: Arc::new(Semaphore::new(n_connections as usize)),
            idle: Mutex::new(vec![first]),
        })))
    }

    /// Begins a transaction that writes; it has the file's only place for one when this returns.
    pub async fn begin(&self) -> sqlx::Result<Lent> {
        let mut lent = self.lend().await?;
        if let Err(failure) = sqlx::query("BEGIN IMMEDIATE").execute(lent.conn()?).await {
            // Whatever is wrong with this connection: the next transaction gets another.
            lent.conn = None;
            return Err(failure);
        }
        Ok(lent)
    }

    /// Begins a transaction that reads.
    pub async fn look(&self) -> sqlx::Result<Lent> {
        let mut lent = self.lend().await?;
        // Sent and not waited for: it takes no lock, so nothing can be in its way, and the first query comes after it.
        drop(sqlx::query("BEGIN DEFERRED").execute(lent.conn()?).now_or_never());
        Ok(lent)
    }

    async fn lend(&self) -> sqlx::Result<Lent> {
        let permit = self.0.permits.clone().acquire_owned();
        let permit = tokio::time::timeout(self.0.patience, permit)
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        // The one that came back last: what it remembers of the file is the freshest.
        let idle = self.idle().pop();
        let conn = match idle {
            Some(conn) => conn,
            None => SqliteConnection::connect_with(&self.0.options).await?,
        };
        Ok(Lent {
            conn: Some(conn),
            is_open: true,
            lane: self.clone(),
            _permit: permit,
        })
    }

    /// Does something on a connection of this kind outside of a transaction.
    pub async fn outside<T>(&self, work: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> sqlx::Result<T> {
        let mut conn = SqliteConnection::connect_with(&self.0.options).await?;
        let done = work(&mut conn).await;
        conn.close().await?;
        Ok(done)
    }

    /// Waits for those that are lent, and closes all.
    pub async fn close(&self) {
        // Closed before: there is nobody to wait for.
        let Ok(_all_back) = self.0.permits.acquire_many(self.0.n_connections).await else {
            return;
        };
        self.0.permits.close();
        let idle = std::mem::take(&mut *self.idle());
        for conn in idle {
            if let Err(failure) = conn.close().await {
                tracing::warn!(error = %failure, "a connection wasn't closed well");
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent {
    /// The connection itself.
    pub fn conn(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.conn.as_mut().ok_or(sqlx::Error::WorkerCrashed)
    }

    /// Makes durable what was written.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::query("COMMIT").execute(self.conn()?).await?;
        self.is_open = false;
        Ok(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            if self.is_open {
                // It is sent and not waited for: the connection does one thing after another, and this before the next
                // BEGIN. After a commit that nobody waited for there is nothing to roll back, which does no harm.
                drop(sqlx::query("ROLLBACK").execute(&mut conn).now_or_never());
            }
            self.lane.idle().push(conn);
        }
    }
}
