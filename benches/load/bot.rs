//! The bot's process: started by its environment alone, watched through `/proc`, stopped as a service manager does.

use anyhow::Context as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

/// Ticks a second of the CPU times in `/proc`: Linux shows everybody 100, whatever the kernel itself counts.
const TICKS: u64 = 100;

/// How long a stop may take, and how often we look.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(20);

/// A bot under load.
pub struct Process {
    child: Child,
    log: PathBuf,
}

/// What a process has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Of user and system.
    pub cpu: Duration,
    /// Resident now, in KiB.
    pub memory: u64,
    /// Resident at most, in KiB.
    pub peak_memory: u64,
}

impl Process {
    /// Starts a program with this command and nothing of our own environment.
    pub fn start(
        program: &Path,
        command: &str,
        api_url: &str,
        settings: &[(&str, &str)],
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let log = folder.join("bot.log");
        let child = Command::new(program)
            .arg(command)
            .env_clear()
            // A folder without an .env of somebody's own.
            .current_dir(folder)
            .env("TELOXIDE_TOKEN", "7000000001:bench")
            .env("TELOXIDE_API_URL", api_url)
            .envs(settings.iter().copied())
            .stderr(File::create(&log)?)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        Ok(Self { child, log })
    }

    /// What it has used so far.
    pub fn usage(&self) -> anyhow::Result<Usage> {
        Usage::of(&self.child.id().to_string())
    }

    /// Its log's end, for an error's text.
    pub fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let from = log.len().saturating_sub(2000);
        format!("the bot said last: {}", log.get(from..).unwrap_or(&log))
    }

    /// Stops it cleanly and waits for its end.
    pub fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(PAUSE);
        }
        anyhow::bail!("the bot didn't stop; {}", self.last_words())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // After an error nobody stopped it; after a stop there is nothing left to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Usage {
    /// Of this process.
    pub fn of_this_process() -> anyhow::Result<Self> {
        Self::of("self")
    }

    fn of(process: &str) -> anyhow::Result<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The command's name stands in brackets and may hold anything; numbers follow it.
        let numbers = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: u64 = numbers
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|it| it.parse::<u64>().ok())
            .sum();
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = |name: &str| {
            let value = status.lines().find_map(|it| it.strip_prefix(name))?;
            value.split_whitespace().next()?.parse().ok()
        };
        Ok(Self {
            cpu: Duration::from_millis(ticks * 1000 / TICKS),
            memory: line("VmRSS:").context("no VmRSS")?,
            peak_memory: line("VmHWM:").context("no VmHWM")?,
        })
    }
}
