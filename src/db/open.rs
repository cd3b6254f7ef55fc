//! Opening a database by its URL, bringing its schema up to date, and holding it for one poller.

use anyhow::{Context as _, bail};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, PgConnection};
use std::fs::{File, TryLockError};
use std::str::FromStr as _;
use std::time::Duration;

use super::Db;
use super::lane::Lane;

/// How often PostgreSQL is asked for the lock, a tenth of a second apart.
const LOCK_TRIES: u32 = 50;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Views that are drawn at once on SQLite.
const READERS: u32 = 4;

/// How long a turn waits for a connection before it counts as a passing failure.
const ACQUIRE: Duration = Duration::from_secs(5);

impl Db {
    /// Opens `sqlite://…` (made when it isn't there) or `postgres://…`. The schema stays as it is.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url).context("DATABASE_URL isn't a PostgreSQL address")?;
            let pool = PgPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(ACQUIRE)
                .connect_with(options)
                .await;
            return Ok(Self::Postgres(
                pool.context("connecting to PostgreSQL by DATABASE_URL")?,
            ));
        }
        if !url.starts_with("sqlite:") {
            bail!("DATABASE_URL must begin with sqlite:// or postgres://");
        }
        let options = SqliteConnectOptions::from_str(url)
            .context("DATABASE_URL isn't an SQLite address")?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A mark must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(ACQUIRE)
            .statement_cache_capacity(256);
        let write = Lane::open(options.clone(), 1, ACQUIRE)
            .await
            .with_context(|| format!("opening the database {}", options.get_filename().display()))?;
        // A reader that tries to write is a mistake of ours: the database itself refuses it.
        let read = Lane::open(options.pragma("query_only", "ON"), READERS, ACQUIRE).await?;
        Ok(Self::Sqlite { write, read })
    }

    /// Applies the migrations that are not there yet.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite { write, .. } => write.outside(async |conn| SQLITE.run(conn).await).await?,
            Self::Postgres(pool) => POSTGRES.run(pool).await,
        }
        .context("bringing the database's schema up to date")
    }
}

/// Held while this process polls Telegram for one bot; the operating system or the server frees it when we die.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, never used")] Held);

#[derive(Debug)]
enum Held {
    File(#[expect(dead_code, reason = "open while the lock is held")] File),
    Session(#[expect(dead_code, reason = "open while the lock is held")] PgConnection),
}

impl Lock {
    /// Takes the lock beside the database's file (SQLite) or on the database (PostgreSQL), or says who is in the way.
    pub async fn take(url: &str, bot: i64) -> anyhow::Result<Self> {
        if url.starts_with("postgres") {
            let mut session = PgConnection::connect(url)
                .await
                .context("connecting to PostgreSQL by DATABASE_URL")?;
            // The server frees the lock of one that was killed as soon as it notices: a moment is allowed for that.
            for _ in 0..LOCK_TRIES {
                let free: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
                    .bind(bot)
                    .fetch_one(&mut session)
                    .await?;
                if free {
                    return Ok(Self(Held::Session(session)));
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            bail!("another zhurnal already works for this bot on this database; stop it before starting a second one");
        }
        // Beside the database's file, so that another data folder doesn't get around it.
        let options = SqliteConnectOptions::from_str(url).context("DATABASE_URL isn't an SQLite address")?;
        let path = options.get_filename().with_added_extension("lock");
        let file = File::create(&path).with_context(|| format!("making {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Held::File(file))),
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another zhurnal already works on {}; stop it before starting a second one",
                    options.get_filename().display()
                )
            }
            Err(TryLockError::Error(failure)) => Err(failure).with_context(|| format!("locking {}", path.display())),
        }
    }
}
