//! The load of a school's busiest hour: 200 teachers press at once, and the journal answers each of them.
//!
//! `cargo bench --bench load` (`-- quick` for a short one, `-- alone` without the null bot). The model of Telegram and the teachers are
//! this process; the bot is another, the release binary with nothing but its environment. A null bot on the same
//! library, which answers and keeps nothing, shows how much of each figure is the model's and the protocol's own.
//! `-- broadcast` sends an announcement to 10,000 parents instead, once alone and once while teachers log their lessons:
//! in real time, which takes seven minutes, or to 2,000 with `quick`. The messenger's rate is all that takes time there,
//! so nothing but waiting would be saved by another clock, and what is measured is the journal that schools run.
//! PostgreSQL is measured too when `BENCH_POSTGRES_URL` names a database.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::unchecked_time_subtraction,
    reason = "figures for people"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the children of the benchmark are told by environment who they are"
)]
#![expect(clippy::disallowed_types, reason = "the benchmark fills its database by itself")]

mod board;
mod bot;
mod broadcast;
mod null;
mod report;
mod schema;
mod school;
mod teachers;

use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use board::Stage;
use bot::{Process, Usage};
use report::{Closed, Figures, Open};
use school::School;
use teachers::Class;

/// Where the null bot's process begins.
const NULL_BOT: &str = "null-bot";

/// How long everything lasts.
#[derive(Clone, Copy, Debug)]
struct Lengths {
    warm_up: Duration,
    loops: Duration,
    n_starts: usize,
}

impl Lengths {
    fn of(args: &[String]) -> Self {
        if args.iter().any(|it| it == "quick") {
            return Self {
                warm_up: Duration::from_secs(1),
                loops: Duration::from_secs(3),
                n_starts: 1,
            };
        }
        Self {
            warm_up: Duration::from_secs(5),
            loops: Duration::from_secs(20),
            n_starts: 5,
        }
    }
}

/// Which bot is measured.
#[derive(Clone, Debug)]
enum Subject {
    Journal { database_url: String, data: PathBuf },
    Null,
}

impl Subject {
    fn start(&self, api_url: &str, folder: &Path) -> anyhow::Result<Process> {
        match self {
            Self::Journal { database_url, data } => {
                let settings = [("DATABASE_URL", database_url.as_str()), ("ZHURNAL_DATA", path(data)?)];
                Process::start(
                    Path::new(env!("CARGO_BIN_EXE_zhurnal")),
                    "run",
                    api_url,
                    &settings,
                    folder,
                )
            }
            Self::Null => Process::start(&std::env::current_exe()?, NULL_BOT, api_url, &[], folder),
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    if args.iter().any(|it| it == NULL_BOT) {
        return null::run().await;
    }
    let lengths = Lengths::of(&args);
    let folder = tempfile::tempdir()?;
    let now = zhurnal::clock::Clock::now(&zhurnal::clock::SystemClock);
    let said = |word: &str| args.iter().any(|it| it == word);
    let is_broadcast = said("broadcast");
    let n_adults = if is_broadcast && !said("quick") {
        broadcast::N_ADULTS
    } else {
        1
    };
    let school = School::at_noon(now, n_adults)?;

    let data = folder.path().join("data");
    std::fs::create_dir_all(&data)?;
    let database_url = format!("sqlite://{}", path(&data.join("zhurnal.db"))?);
    school.open(&database_url, now).await.context("preparing the school")?;

    if is_broadcast {
        let parents = School::open_to_families(&database_url, now).await?;
        let journal = Subject::Journal { database_url, data };
        let stage = Stage::build().await?;
        let process = journal.start(stage.url(), folder.path())?;
        broadcast::run(&stage, &process, &parents).await?;
        return process.stop();
    }
    let journal = Subject::Journal { database_url, data };
    println!("{} teachers, {} cores", school::N_TEACHERS, cores());
    let null = if args.iter().any(|it| it == "alone") {
        None
    } else {
        let null = measure(&Subject::Null, lengths, folder.path()).await;
        Some(null.context("the null bot")?)
    };
    let mut figures = measure(&journal, lengths, folder.path())
        .await
        .context("the journal on SQLite")?;
    figures.starts = starts(&journal, lengths.n_starts, folder.path()).await?;
    report::print(&figures, null.as_ref());

    match std::env::var("BENCH_POSTGRES_URL") {
        Ok(url) => report::print_postgres(&postgres(&school, &url, lengths, folder.path()).await?, &figures),
        Err(_) => println!("PostgreSQL isn't measured: set BENCH_POSTGRES_URL to a database"),
    }
    Ok(())
}

/// Both loops of one bot.
async fn measure(subject: &Subject, lengths: Lengths, folder: &Path) -> anyhow::Result<Figures> {
    let stage = Stage::build().await?;
    let process = subject.start(stage.url(), folder)?;
    let class = Class::enter(&stage).await.with_context(|| process.last_words())?;
    class.closed_loop(lengths.warm_up).await?;

    let open = class.open_loop(lengths.loops).await?;
    let closed = closed(&class, &process, lengths.loops).await?;
    let usage = process.usage()?;
    process.stop()?;
    Ok(Figures {
        open: Some(open),
        closed,
        memory: usage.memory,
        peak_memory: usage.peak_memory,
        starts: Vec::new(),
    })
}

async fn closed(class: &Class<'_>, process: &Process, length: Duration) -> anyhow::Result<Closed> {
    let (before, ours_before) = (process.usage()?, Usage::of_this_process()?);
    let run = class.closed_loop(length).await?;
    let (after, ours_after) = (process.usage()?, Usage::of_this_process()?);
    let an_update = |cpu: Duration| cpu / u32::try_from(run.n_shown.max(1)).unwrap_or(u32::MAX);
    Ok(Closed {
        a_second: run.n_shown as f64 / run.took.as_secs_f64(),
        cpu: an_update(after.cpu - before.cpu),
        model_cpu: an_update(ours_after.cpu - ours_before.cpu),
        screens: run.screens,
        n_lost: run.n_lost,
    })
}

/// From the start of the process to its first `getUpdates`, on a database that is there already.
async fn starts(subject: &Subject, n: usize, folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let stage = Stage::build().await?;
    let mut starts = Vec::new();
    for _ in 0..n {
        let begun = stage.board().expect_poll();
        let process = subject.start(stage.url(), folder)?;
        let polled = stage.board().polled().await.with_context(|| process.last_words())?;
        starts.push(polled - begun);
        process.stop()?;
    }
    starts.sort();
    Ok(starts)
}

async fn postgres(school: &School, url: &str, lengths: Lengths, folder: &Path) -> anyhow::Result<Figures> {
    let schema = schema::Schema::make(url, "load").await?;
    school
        .open(&schema.url, zhurnal::clock::Clock::now(&zhurnal::clock::SystemClock))
        .await?;
    let data = folder.join("postgres");
    std::fs::create_dir_all(&data)?;
    let subject = Subject::Journal {
        database_url: schema.url.clone(),
        data,
    };
    let stage = Stage::build().await?;
    let process = subject.start(stage.url(), folder)?;
    let class = Class::enter(&stage).await.with_context(|| process.last_words())?;
    class.closed_loop(lengths.warm_up).await?;
    let closed = closed(&class, &process, lengths.loops).await?;
    let usage = process.usage()?;
    process.stop()?;
    schema.drop().await?;
    Ok(Figures {
        open: None::<Open>,
        closed,
        memory: usage.memory,
        peak_memory: usage.peak_memory,
        starts: Vec::new(),
    })
}

fn path(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("the temporary folder's path isn't UTF-8")
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
