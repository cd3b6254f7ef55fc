//! An announcement to the parents of the whole school, at Telegram's pace and with its troubles.
//!
//! Of a hundred calls one is answered by 429 and one by 502, and of a hundred parents two have blocked the bot. Everybody
//! else must have it once, at no less than 97 % of the rate that Telegram allows. Then a second one is sent while all
//! teachers log their lessons, whose screens must come as fast as without it.

use anyhow::{Context as _, ensure};
use std::time::{Duration, Instant};
use zhurnal::clock::machine_now;
use zhurnal::demo::telegram::{Telegram, Trouble, TroubleKind};

use super::board::Stage;
use super::bot::Process;
use super::report::{Open, at, ms};
use super::school::ADMINISTRATOR;
use super::teachers::Class;

/// Adults a pupil: there are 2,000 pupils.
pub const N_ADULTS: usize = 5;
/// What Telegram allows a bot, in messages a second.
const ALLOWED: f64 = 30.0;
/// How long until the next look.
const PAUSE: Duration = Duration::from_millis(50);
/// How long without anything new means that it is over.
const SILENCE: Duration = Duration::from_secs(25);
/// How long teachers press.
const LESSONS: Duration = Duration::from_secs(20);

/// Sends both and says how it went.
pub async fn run(stage: &Stage, process: &Process, parents: &[i64]) -> anyhow::Result<()> {
    let telegram = stage.telegram();
    for (idx, parent) in parents.iter().enumerate() {
        telegram.acquaint(*parent, "Parent");
        if matches!(idx % 100, 21 | 84) {
            telegram.block(*parent);
        }
    }
    telegram.acquaint(ADMINISTRATOR, "Administrator");
    // Before the limits of rate: whoever opens a lesson gets a new screen, and all do it in one moment here.
    let class = Class::enter(stage).await.with_context(|| process.last_words())?;
    alone(telegram, process, parents).await?;
    let without = class.open_loop(LESSONS).await?;
    prepare(telegram, "Another one").await?;
    press(telegram, "Отправить").await?;
    let during = class.open_loop(LESSONS).await?;
    let screens = |of: &Open| format!("{} and {} ms", ms(at(&of.screens, 0.5)), ms(at(&of.screens, 0.99)));
    println!(
        "  screens of {} lessons a second, p50 and p99: {} alone, {} while an announcement is sent; {} presses were lost",
        during.screens.len() as u64 / LESSONS.as_secs(),
        screens(&without),
        screens(&during),
        during.n_lost,
    );
    Ok(())
}

/// An announcement and nothing else, with the messenger's troubles.
async fn alone(telegram: &Telegram, process: &Process, parents: &[i64]) -> anyhow::Result<()> {
    const TEXT: &str = "Announcement to everybody";
    for (idx, parent) in parents.iter().enumerate() {
        let kind = match idx % 100 {
            3 => TroubleKind::RetryAfter(1),
            57 => TroubleKind::Status {
                code: 502,
                description: "Bad Gateway".to_owned(),
            },
            _ => continue,
        };
        telegram.trouble(Trouble {
            method: Some("sendMessage".to_owned()),
            chat: Some(*parent),
            times: 1,
            kind,
        });
    }
    prepare(telegram, TEXT).await?;
    telegram.rate_limits(true);
    press(telegram, "Отправить").await?;
    let begun = machine_now();
    let cpu = process.usage()?.cpu;
    let arrivals = arrived(telegram, parents, TEXT).await;
    let used = process.usage()?.cpu - cpu;
    let n_arrived = arrivals.len();
    let took = arrivals.last().map_or(Duration::ZERO, |last| *last - begun);
    let copies = |parent: &i64| {
        telegram
            .chat(*parent)
            .iter()
            .filter(|it| it.text.contains(TEXT))
            .count()
    };
    let n_twice = parents.iter().filter(|it| copies(it) > 1).count();
    let n_blocked = (0..parents.len()).filter(|idx| matches!(idx % 100, 21 | 84)).count();
    // Calls that were refused count against the rate as those that were taken.
    let n_calls = parents.len() + (0..parents.len()).filter(|idx| matches!(idx % 100, 3 | 57)).count();
    let rate = n_calls as f64 / took.as_secs_f64();
    println!(
        "announcement: {n_arrived} of {} have it, {n_blocked} had blocked the bot, {n_twice} have it twice; {:.2} ms CPU a copy",
        parents.len(),
        1000.0 * used.as_secs_f64() / n_arrived.max(1) as f64,
    );
    println!(
        "  the last after {:.1} s: {rate:.1} calls a second, {:.1} % of what is allowed (97 to reach)",
        took.as_secs_f64(),
        100.0 * rate / ALLOWED,
    );
    ensure!(
        n_arrived + n_blocked == parents.len() && n_twice == 0,
        "somebody didn't get it, or got it twice; {}",
        process.last_words()
    );
    Ok(())
}

/// Writes an announcement to all parents, up to its preview.
async fn prepare(telegram: &Telegram, text: &str) -> anyhow::Result<()> {
    telegram.say(ADMINISTRATOR, "/announce");
    press(telegram, "Всей школе").await?;
    press(telegram, "Родителям").await?;
    let shown = telegram.last(ADMINISTRATOR).map(|it| it.message_id);
    telegram.say(ADMINISTRATOR, text);
    until(|| telegram.last(ADMINISTRATOR).map(|it| it.message_id) != shown).await;
    Ok(())
}

/// Presses the first button of the newest screen that begins so.
async fn press(telegram: &Telegram, word: &str) -> anyhow::Result<()> {
    let find = || {
        let shown = telegram.last(ADMINISTRATOR)?;
        let label = shown.labels().into_iter().find(|it| it.starts_with(word))?.to_owned();
        Some(label)
    };
    until(|| find().is_some()).await;
    let label = find().with_context(|| format!("no button «{word}»"))?;
    telegram
        .press_label(ADMINISTRATOR, &label)
        .map_err(anyhow::Error::msg)?;
    Ok(())
}

async fn until(is_so: impl Fn() -> bool) {
    let begun = machine_now();
    while !is_so() && begun.elapsed() < SILENCE {
        tokio::time::sleep(PAUSE).await;
    }
}

/// When each of those got it who got it at all.
async fn arrived(telegram: &Telegram, parents: &[i64], text: &str) -> Vec<Instant> {
    let mut waiting: Vec<i64> = parents.to_vec();
    let mut arrivals: Vec<Instant> = Vec::new();
    let mut last = machine_now();
    while last.elapsed() < SILENCE && !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|it| !telegram.last(*it).is_some_and(|shown| shown.text.contains(text)));
        if waiting.len() < before {
            last = machine_now();
            arrivals.extend(std::iter::repeat_n(last, before - waiting.len()));
        }
        tokio::time::sleep(PAUSE).await;
    }
    arrivals
}
