//! The demonstration: a model of Telegram, a chat page and the sample school around the very code of `zhurnal run`.

pub mod cast;
mod chats;
pub mod history;
pub mod page;
pub mod telegram;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::serve::{Parts, background, serve};
use crate::clock::{Clock, MovableClock};
use crate::config::Settings;
use crate::db::{Db, dialogue, transact};
use crate::delivery;
use crate::school;
use crate::school::import::{self, Outcome};
use crate::words::{Locale, dates};
use telegram::Telegram;

/// The demonstration's own data folder.
const DATA: &str = "zhurnal-demo";
/// The sample school.
const SCHOOL: &[u8] = include_bytes!("../../assets/sample/school.xlsx");
/// Where the sample school's clocks stand.
const ZONE: Tz = Tz::Asia__Vladivostok;

/// Runs the demonstration until it is stopped.
pub async fn run(settings: &Settings, stop: CancellationToken) -> anyhow::Result<()> {
    let data = settings.data_folder(DATA);
    std::fs::create_dir_all(&data).with_context(|| format!("making the data folder {}", data.display()))?;
    // A new version of the sample school or of its history starts a new database; former ones are left as they are.
    let file = format!("demo-{}-{}.db", env!("CARGO_PKG_VERSION"), history::version(SCHOOL));
    let database_url = settings.database(&data, &file);
    let clock = MovableClock::running(start_of_the_show());
    let db = Db::open(&database_url).await?;
    db.migrate().await?;
    refuse_a_real_school(&db).await?;

    let page = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listening on {}: set ZHURNAL_LISTEN to a free address", settings.listen))?;
    let api = TcpListener::bind("127.0.0.1:0")
        .await
        .context("opening a port for the model of Telegram")?;
    let api_url = format!("http://{}", api.local_addr()?);
    let model_clock = clock.clone();
    let telegram = Telegram::new(move || model_clock.now());

    let cast = cast::prepare(&db, &telegram, SCHOOL, clock.now()).await?;
    let start = cast.opening();
    let address = page.local_addr()?;
    let hands = Arc::new(Hands {
        clock: clock.clone(),
        people: cast.people,
        term_ends: cast.term_ends,
    });
    // The bot confirms its last updates to the model: it outlives the bot.
    let halt = CancellationToken::new();
    let servers = [
        background(web(api, telegram.router(), halt.clone())),
        background(web(page, page::router(telegram, hands), halt.clone())),
    ];
    println!(
        "{}",
        crate::words::text(
            Locale::Ru,
            "demo.address",
            &[("address", &format!("http://{address}/{start}"))]
        )
    );
    let parts = Parts {
        db,
        database_url,
        token: "7000000001:demo".to_owned(),
        api_url: Some(api_url),
        clock: Arc::new(clock),
        press: crate::app::press()?,
    };
    let served = serve(parts, stop).await;
    halt.cancel();
    for server in servers {
        server.await??;
    }
    served
}

async fn web(listener: TcpListener, router: axum::Router, stop: CancellationToken) -> anyhow::Result<()> {
    // Pages keep their event streams open for ever: a stop doesn't wait for them.
    tokio::select! {
        served = axum::serve(listener, router) => served.context("serving the demonstration"),
        () = stop.cancelled() => Ok(()),
    }
}

/// Tuesday 24 November 2026, 10:40 at school.
fn start_of_the_show() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
    let time = NaiveTime::from_hms_opt(10, 40, 0).unwrap_or_default();
    dates::moment(day, time, ZONE)
}

/// A database that is set for the real journal must never get a sample school.
async fn refuse_a_real_school(db: &Db) -> anyhow::Result<()> {
    let sample = crate::words::text(Locale::Ru, "demo.school", &[]);
    let schools = school::store::names(&mut *db.snapshot().await?).await?;
    anyhow::ensure!(
        schools.iter().all(|name| *name == sample),
        "this database holds a school: unset DATABASE_URL, the demonstration has a database of its own"
    );
    Ok(())
}

/// Loads the sample school where it isn't there yet.
async fn load_school(db: &Db, workbook: &[u8], now: DateTime<Utc>) -> anyhow::Result<()> {
    match import::import(db, workbook, now).await? {
        Outcome::Done(_) => {}
        Outcome::Refused(problems) => anyhow::bail!("the sample school doesn't load:\n{}", problems.text(Locale::En)),
    }
    // The chats of the model begin anew with each start: nothing stands in them to be edited.
    transact!(db, tx => {
        dialogue::forget_screens(&mut tx).await?;
        delivery::store::forget_receipts(&mut tx).await?;
    })
}

/// What the page can do besides chatting.
struct Hands {
    clock: MovableClock,
    people: Vec<page::Person>,
    term_ends: Vec<NaiveDate>,
}

impl page::Hands for Hands {
    fn clock_now(&self) -> String {
        let now = dates::local(self.clock.now(), ZONE);
        format!(
            "{} · {}",
            dates::day(Locale::Ru, now.date(), now.date()),
            dates::time(now.time())
        )
    }

    fn clock_move(&self, step: &str) {
        let by = match step {
            "hour" => TimeDelta::hours(1),
            "day" => TimeDelta::days(1),
            "term" => self.to_the_end_of_term(),
            _ => return,
        };
        self.clock.advance(by);
    }

    fn people(&self) -> Vec<page::Person> {
        self.people.clone()
    }

    fn time_of(&self, at: DateTime<Utc>) -> String {
        dates::time(dates::local(at, ZONE).time())
    }

    fn day_of(&self, at: DateTime<Utc>) -> String {
        let day = dates::local(at, ZONE).date();
        dates::day(Locale::Ru, day, day)
    }
}

impl Hands {
    /// To three o'clock on the term's last day; nowhere after the last term.
    fn to_the_end_of_term(&self) -> TimeDelta {
        let now = self.clock.now();
        let three = NaiveTime::from_hms_opt(15, 0, 0).unwrap_or_default();
        let ends = self.term_ends.iter().map(|day| dates::moment(*day, three, ZONE));
        ends.filter(|end| *end > now)
            .min()
            .map_or_else(TimeDelta::zero, |end| end - now)
    }
}
