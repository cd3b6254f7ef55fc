//! One run of `zhurnal import` as a process of its own, and a writer beside it.

use anyhow::Context as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use zhurnal::db::{Db, dialogue};
use zhurnal::ids::Account;
use zhurnal::telegram::TRANSPORT;
use zhurnal::words::Locale;

use super::missed;

/// How often a process's peak is read, and how often the writer writes.
const PAUSE: Duration = Duration::from_millis(2);

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    took: Duration,
    /// Resident at most, in KiB.
    peak: u64,
}

impl Run {
    /// Runs the release binary on a workbook.
    pub fn of(url: &str, file: &Path, is_dry: bool) -> anyhow::Result<Self> {
        let folder = file.parent().context("the workbook's folder")?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhurnal"));
        command
            .arg("import")
            .arg(file)
            .args(is_dry.then_some("--dry-run"))
            .env_clear()
            .env("DATABASE_URL", url)
            .env("ZHURNAL_DATA", folder)
            .current_dir(folder)
            .stdout(Stdio::null());
        let begun = Instant::now();
        let mut child = command.spawn().context("starting the import")?;
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        let ended = loop {
            // The last reading before the end is the peak: it only grows.
            let now = std::fs::read_to_string(&status).unwrap_or_default();
            peak = peak_of(&now).unwrap_or(peak);
            if let Some(ended) = child.try_wait()? {
                break ended;
            }
            std::thread::sleep(PAUSE);
        };
        anyhow::ensure!(ended.success(), "the import failed");
        Ok(Self {
            took: begun.elapsed(),
            peak,
        })
    }

    /// Prints it; whether it kept to its figures.
    pub fn show(&self, what: &str, limit: Duration, peak: u64) -> bool {
        let kept = self.took <= limit && self.peak <= peak;
        println!(
            "  {what:<42} {:>6} ms {:>6} MiB{}",
            self.took.as_millis(),
            self.peak / 1024,
            missed(kept)
        );
        kept
    }
}

fn peak_of(status: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    value.split_whitespace().next()?.parse().ok()
}

/// Does it while somebody writes a row again and again; gives the longest that one write took.
pub async fn beside(db: &Db, run: impl FnOnce() -> anyhow::Result<Run> + Send) -> anyhow::Result<(Run, Duration)> {
    let over = AtomicBool::new(false);
    let writer = async {
        let account = Account {
            transport: TRANSPORT,
            id: 1,
        };
        let mut longest = Duration::ZERO;
        while !over.load(Ordering::Relaxed) {
            let begun = Instant::now();
            let mut tx = db.begin().await?;
            dialogue::keep_chat(&mut tx, account, Locale::Ru, "").await?;
            tx.commit().await?;
            longest = longest.max(begun.elapsed());
            tokio::time::sleep(PAUSE).await;
        }
        anyhow::Ok(longest)
    };
    let (run, longest) = std::thread::scope(|scope| {
        let runs = scope.spawn(|| {
            let run = run();
            over.store(true, Ordering::Relaxed);
            run
        });
        let longest = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(writer));
        (runs.join(), longest)
    });
    let run = run.map_err(|_| anyhow::anyhow!("the import's thread panicked"))?;
    Ok((run?, longest?))
}
