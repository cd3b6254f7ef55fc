//! A place of its own for a benchmark in somebody's PostgreSQL.

use sqlx::AssertSqlSafe;
use zhurnal::db::Db;

/// A schema of its own in somebody's PostgreSQL database.
pub struct Schema {
    /// The database's address with the schema in it.
    pub url: String,
    name: String,
    base: String,
}

impl Schema {
    /// Makes it for this benchmark.
    pub async fn make(base: &str, bench: &str) -> anyhow::Result<Self> {
        let name = format!("bench_{bench}_{}", std::process::id());
        execute(base, format!("CREATE SCHEMA {name}")).await?;
        let joint = if base.contains('?') { '&' } else { '?' };
        Ok(Self {
            url: format!("{base}{joint}options=-c%20search_path%3D{name}"),
            name,
            base: base.to_owned(),
        })
    }

    /// Takes it away with all that is in it.
    pub async fn drop(self) -> anyhow::Result<()> {
        execute(&self.base, format!("DROP SCHEMA {} CASCADE", self.name)).await
    }
}

async fn execute(url: &str, statement: String) -> anyhow::Result<()> {
    let Db::Postgres(pool) = Db::open(url).await? else {
        anyhow::bail!("BENCH_POSTGRES_URL must begin with postgres://");
    };
    sqlx::query(AssertSqlSafe(statement)).execute(&pool).await?;
    pool.close().await;
    Ok(())
}
