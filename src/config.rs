//! Settings: each is a flag and an environment variable. A wrong one stops the start with a line that says what to set.

use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// A school's electronic journal that lives in a Telegram bot.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Cli {
    /// Where data lives and which bot it is.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the journal without a Telegram account: a sample school and a chat page in the browser
    Demo,
    /// The journal's own work.
    #[command(flatten)]
    Work(Work),
}

/// The journal's own work.
#[derive(Debug, Subcommand)]
pub enum Work {
    /// Work as the bot of TELOXIDE_TOKEN
    Run,
    /// Load a school's workbook: all of it, or nothing and a list of what to mend
    Import(ImportArgs),
    /// Write an empty workbook: headings with notes, drop-down lists, an example row a sheet
    Template {
        /// The file to write, like school.xlsx; one that is there is left alone
        file: PathBuf,
    },
    /// Give one person a one-time link and code that work for 7 days
    Invite(InviteArgs),
    /// Bring the database's schema up to date and stop
    Migrate,
    /// Set a document for print: an order at the input, a PDF at the output
    #[command(hide = true)]
    Typeset,
}

/// What to load, and how.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The workbook: XLSX, ODS, or a folder of CSV files, one a sheet, each named by its sheet's title
    pub file: PathBuf,
    /// Say what would be added, changed and left, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The school of these people is called otherwise now
    #[arg(long, conflicts_with = "add_school")]
    pub rename: bool,
    /// The workbook is of one more school, beside those that the journal has
    #[arg(long)]
    pub add_school: bool,
}

/// Whom to invite.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// Exactly one of them.
    #[command(flatten)]
    pub who: Who,
    /// Print {"code": …, "link": …}; link is null without a token
    #[arg(long)]
    pub json: bool,
}

/// Whom to invite: exactly one.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Who {
    /// An administrator of the journal, by name or by the workbook's code
    #[arg(long, value_name = "NAME")]
    pub admin: Option<String>,
    /// A member of staff, by name or code
    #[arg(long, value_name = "NAME")]
    pub staff: Option<String>,
    /// A pupil, by name or code
    #[arg(long, value_name = "NAME")]
    pub pupil: Option<String>,
    /// A parent, by name or code
    #[arg(long, value_name = "NAME")]
    pub parent: Option<String>,
}

/// The log of every day. teloxide logs whole updates when it can't read them, with names and texts: it is off.
/// PostgreSQL remarks on each transaction that collided at its commit and is repeated: that is no news.
const QUIET: &str = "info,teloxide=off,sqlx=warn,sqlx::postgres::notice=error,calamine=off";

/// Settings of every command.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// The bot's token from @BotFather
    #[arg(long, env = "TELOXIDE_TOKEN", hide_env_values = true, global = true)]
    pub token: Option<String>,
    /// A local Bot API server
    #[arg(
        long,
        env = "TELOXIDE_API_URL",
        global = true,
        help = "A local Bot API server instead of Telegram's own, like http://127.0.0.1:8081"
    )]
    pub api_url: Option<String>,
    /// The database's address
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        global = true,
        help = "sqlite://FILE or postgres://…; a file in the data folder when not set"
    )]
    pub database_url: Option<String>,
    /// The data folder, made when it isn't there; zhurnal-data when not set, zhurnal-demo for the demonstration
    #[arg(long = "data", env = "ZHURNAL_DATA", global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// What is logged to the standard error: a level, or levels of parts like info,zhurnal=debug
    #[arg(long, env = "RUST_LOG", default_value = QUIET, global = true, value_name = "LEVELS")]
    pub log: String,
    /// Where the demonstration's chat page listens
    #[arg(long, env = "ZHURNAL_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,
}

impl Settings {
    /// The data folder; the demonstration has its own.
    pub fn data_folder(&self, default: &str) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from(default))
    }

    /// The database's address: the one that is set, or a file in the data folder.
    pub fn database(&self, data: &std::path::Path, file: &str) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", data.join(file).display()))
    }

    /// The token, or the line that says where to get one.
    pub fn required_token(&self) -> anyhow::Result<&str> {
        let token = self.token.as_deref().filter(|token| !token.trim().is_empty());
        let Some(token) = token else {
            anyhow::bail!("set TELOXIDE_TOKEN (or --token) to the token that @BotFather gave you");
        };
        let well_formed = token.split_once(':').is_some_and(|(id, secret)| {
            !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit()) && !secret.is_empty()
        });
        anyhow::ensure!(
            well_formed,
            "TELOXIDE_TOKEN isn't a token: @BotFather gives one like 123456:ABC…"
        );
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_token_is_asked_for_in_one_line() {
        let asked = |token: &str| {
            let cli = Cli::try_parse_from(["zhurnal", "run", "--token", token]).unwrap();
            cli.settings
                .required_token()
                .map(str::to_owned)
                .map_err(|failure| failure.to_string())
        };
        assert_eq!(asked("123:abc"), Ok("123:abc".to_owned()));
        assert!(asked(" ").unwrap_err().contains("set TELOXIDE_TOKEN"));
        assert!(asked("abc").unwrap_err().contains("isn't a token"));
    }
}
