//! How long a school's workbook takes, and how much memory: 2,000 pupils, 150 staff, 60 classes, parents, timetable.
//!
//! `cargo bench --bench import`. Each figure is a child process of its own, the release binary: `VmHWM` is its peak.
//! The write lock is measured by somebody who writes all the time beside the import: the longest wait is how long a
//! press could have to wait. PostgreSQL is measured too when `BENCH_POSTGRES_URL` names a database.

#![expect(
    clippy::disallowed_methods,
    reason = "the children of the benchmark are told by environment who they are, and time is what is measured"
)]
#![expect(clippy::disallowed_types, reason = "the benchmark has a schema of its own")]

mod child;
mod school;

use anyhow::Context as _;
use std::path::Path;
use std::time::Duration;
use zhurnal::db::Db;

use child::{Run, beside};

/// What a run must keep to.
const IMPORT: Duration = Duration::from_secs(5);
const DRY_RUN: Duration = Duration::from_secs(2);
const PEAK_KIB: u64 = 300 * 1024;
const LOCK: Duration = Duration::from_millis(500);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("school.xlsx");
    let changed = folder.path().join("changed.xlsx");
    std::fs::write(&file, school::workbook(0)?)?;
    std::fs::write(&changed, school::workbook(100)?)?;
    println!(
        "{} pupils, {} staff, {} classes",
        school::N_PUPILS,
        school::N_STAFF,
        school::N_CLASSES
    );
    let url = format!("sqlite://{}", folder.path().join("zhurnal.db").display());
    let sqlite = measure("SQLite", &url, &file, &changed).await?;
    let postgres = match std::env::var("BENCH_POSTGRES_URL") {
        Ok(base) => {
            let schema = school::Schema::make(&base).await?;
            let kept = measure("PostgreSQL", &schema.url, &file, &changed).await;
            schema.drop().await?;
            kept?
        }
        Err(_) => {
            println!("PostgreSQL isn't measured: set BENCH_POSTGRES_URL to a database");
            true
        }
    };
    anyhow::ensure!(sqlite && postgres, "a figure was missed");
    Ok(())
}

/// Runs all of it on one database; whether every figure was kept.
async fn measure(name: &str, url: &str, file: &Path, changed: &Path) -> anyhow::Result<bool> {
    let db = Db::open(url).await.context("opening the database")?;
    db.migrate().await?;
    let dry = Run::of(url, file, true)?;
    let (first, first_wait) = beside(&db, || Run::of(url, file, false)).await?;
    let again = Run::of(url, file, false)?;
    let (update, update_wait) = beside(&db, || Run::of(url, changed, false)).await?;
    db.close().await;
    println!("{name}");
    let kept = [
        dry.show("dry run of a new school", DRY_RUN, PEAK_KIB),
        first.show("import", IMPORT, PEAK_KIB),
        again.show("the same again", IMPORT, PEAK_KIB),
        update.show("a changed one", IMPORT, PEAK_KIB),
        wait("a writer's longest wait, import", first_wait),
        wait("a writer's longest wait, a changed one", update_wait),
    ];
    Ok(kept.iter().all(|kept| *kept))
}

fn wait(what: &str, longest: Duration) -> bool {
    let kept = longest <= LOCK;
    println!("  {what:<42} {:>6} ms{}", longest.as_millis(), missed(kept));
    kept
}

fn missed(kept: bool) -> &'static str {
    if kept { "" } else { "   MISSED" }
}
