//! The command line of the journal.

use clap::Parser as _;
use std::process::ExitCode;
use zhurnal::config::{Cli, Command};
use zhurnal::{app, demo};

#[tokio::main]
async fn main() -> ExitCode {
    // A missing .env is no mistake; one that can't be read is told by the settings that it should have set.
    dotenvy::dotenv().ok();
    let cli = Cli::parse();
    if let Err(failure) = app::log_to_stderr(&cli.settings.log) {
        eprintln!("zhurnal: {failure:#}");
        return ExitCode::FAILURE;
    }
    app::watch_panics();
    let done = match cli.command {
        Command::Demo => match app::stop_on_signal() {
            Ok(stop) => Box::pin(demo::run(&cli.settings, stop)).await,
            Err(failure) => Err(failure),
        },
        Command::Work(work) => Box::pin(app::run(cli.settings, work)).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("zhurnal: {failure:#}");
            ExitCode::FAILURE
        }
    }
}
