//! The command line of the journal.

use clap::Parser as _;
use std::process::ExitCode;
use zhurnal::app;
use zhurnal::config::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    // A missing .env is no mistake; one that can't be read is told by the settings that it should have set.
    dotenvy::dotenv().ok();
    let cli = Cli::parse();
    app::log_to_stderr();
    app::watch_panics();
    match Box::pin(app::run(cli)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("zhurnal: {failure:#}");
            ExitCode::FAILURE
        }
    }
}
