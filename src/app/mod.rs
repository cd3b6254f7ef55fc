//! The commands, their wiring, and how the journal starts and stops.

pub mod serve;
mod setup;
mod workbook;

use anyhow::Context as _;
use std::io::Write as _;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock as _, SystemClock};
use crate::config::{InviteArgs, Settings, Work};
use crate::db::{Db, transact};
use crate::paper;
use crate::people::{self, Invitee, Person};
use crate::telegram;

pub use setup::{log_to_stderr, watch_panics};

/// The journal's own data folder.
const DATA: &str = "zhurnal-data";
/// Its database there.
const FILE: &str = "zhurnal.db";

/// Does the journal's own work.
pub async fn run(settings: Settings, work: Work) -> anyhow::Result<()> {
    match work {
        Work::Run => {
            let token = settings.required_token()?.to_owned();
            let (db, url) = open(&settings).await?;
            let parts = serve::Parts {
                db,
                database_url: url,
                token,
                api_url: settings.api_url.clone(),
                clock: std::sync::Arc::new(SystemClock),
                press: press()?,
            };
            serve::serve(parts, stop_on_signal()?).await
        }
        Work::Import(args) => workbook::load(&settings, &args).await,
        Work::Template { file } => workbook::write_template(&file),
        Work::Invite(args) => invite(&settings, &args).await,
        Work::Typeset => typeset(),
        Work::Migrate => {
            let (db, ..) = open(&settings).await?;
            db.close().await;
            println!("The database's schema is up to date.");
            Ok(())
        }
    }
}

/// A press that starts this very program.
pub fn press() -> anyhow::Result<paper::Press> {
    let program = std::env::current_exe().context("finding this program, which prints too")?;
    Ok(paper::Press::new(program))
}

/// Prints for [`crate::paper::Press`], which started this process.
fn typeset() -> anyhow::Result<()> {
    let order = serde_json::from_reader(std::io::stdin().lock()).context("reading an order")?;
    let pdf = paper::typeset(&order)?;
    std::io::stdout()
        .lock()
        .write_all(&pdf)
        .context("giving the document out")
}

/// Opens the database of the settings and brings it up to date.
async fn open(settings: &Settings) -> anyhow::Result<(Db, String)> {
    let data = settings.data_folder(DATA);
    std::fs::create_dir_all(&data).with_context(|| format!("making the data folder {}", data.display()))?;
    let url = settings.database(&data, FILE);
    let db = Db::open(&url).await?;
    db.migrate().await?;
    Ok((db, url))
}

async fn invite(settings: &Settings, args: &InviteArgs) -> anyhow::Result<()> {
    let Some(invitee) = invitee(args) else {
        anyhow::bail!("say whom to invite: --admin, --staff, --pupil or --parent")
    };
    let (db, ..) = open(settings).await?;
    let candidates = people::store::invitable(&mut *db.snapshot().await?, &invitee).await?;
    let named: Vec<&(Person, String)> = candidates
        .iter()
        .filter(|(person, code)| people::is_named(person, code, invitee.asked()))
        .collect();
    let person = match named.as_slice() {
        [] => anyhow::bail!(
            "nobody of that kind is called «{}»: write surname, name and patronymic as in the workbook, or the person's code",
            invitee.asked()
        ),
        [(person, _)] => person,
        several => {
            let codes: Vec<&str> = several.iter().map(|(_, code)| code.as_str()).collect();
            anyhow::bail!(
                "«{}» is the name of {}: say which by the code: {}",
                invitee.asked(),
                several.len(),
                codes.join(", ")
            );
        }
    };
    let username = match &settings.token {
        Some(_) => Some(
            telegram::me(&telegram::bot(settings.required_token()?, settings.api_url.as_deref())?)
                .await?
                .username,
        ),
        None => None,
    };
    let now = SystemClock.now();
    let code = transact!(db, tx => people::flow::invite(&mut tx, person, now).await?)?;
    db.close().await;
    let link = username.map(|username| telegram::link(&username, code.link_part()));
    if args.json {
        println!("{}", serde_json::json!({ "code": code.link_part(), "link": link }));
        return Ok(());
    }
    println!("{}", code.spoken());
    match link {
        Some(link) => println!("{link}"),
        None => println!("(set TELOXIDE_TOKEN to get a link too)"),
    }
    Ok(())
}

/// Whom the arguments name; clap has made sure that it is exactly one.
fn invitee(args: &InviteArgs) -> Option<Invitee> {
    let who = &args.who;
    let admin = who.admin.clone().map(Invitee::Admin);
    let staff = who.staff.clone().map(Invitee::Staff);
    let pupil = who.pupil.clone().map(Invitee::Pupil);
    let parent = who.parent.clone().map(Invitee::Parent);
    admin.or(staff).or(pupil).or(parent)
}

/// A token that SIGINT and SIGTERM cancel.
pub fn stop_on_signal() -> anyhow::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = CancellationToken::new();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let cancelled = stop.clone();
    serve::background(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: what was taken is finished first");
        cancelled.cancel();
    });
    Ok(stop)
}
