//! What every start sets up: the log, and what a panic may say.

use anyhow::Context as _;
use std::io::IsTerminal as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Logs to the standard error at these levels.
pub fn log_to_stderr(levels: &str) -> anyhow::Result<()> {
    let levels: Targets = levels
        .parse()
        .context("RUST_LOG isn't a list of levels: write one like info or info,zhurnal=debug")?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lines).with(levels).init();
    Ok(())
}

/// A panic logs its place only: its message may hold what a person wrote.
pub fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
