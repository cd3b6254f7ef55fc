//! What every start sets up: the log, and what a panic may say.

use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Logs to the standard error, by `RUST_LOG` or quietly.
pub fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env()
        // teloxide logs whole updates when it can't read them: names and texts.
        .unwrap_or_else(|_| EnvFilter::new("info,teloxide=off,sqlx=warn,calamine=off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}

/// A panic logs its place only: its message may hold what a person wrote.
pub fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
