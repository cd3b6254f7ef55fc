//! An announcement to the parents of the whole school, at Telegram's pace and with its troubles.
//!
//! Of a hundred calls one is answered by 429 and one by 502, and of a hundred parents two have blocked the bot. Everybody
//! else must have it once, at no less than 97 % of the rate that Telegram allows.

use anyhow::{Context as _, ensure};
use std::time::{Duration, Instant};
use zhurnal::clock::machine_now;
use zhurnal::demo::telegram::{Telegram, Trouble, TroubleKind};

use super::board::Stage;
use super::bot::Process;
use super::school::ADMINISTRATOR;

/// What Telegram allows a bot, in messages a second.
const ALLOWED: f64 = 30.0;
/// How long until the next look.
const PAUSE: Duration = Duration::from_millis(50);
/// How long without anything new means that it is over: a 502 is waited out for ten seconds by the client library.
const SILENCE: Duration = Duration::from_secs(25);
const TEXT: &str = "Announcement to everybody";

/// Sends it and says how it went.
pub async fn run(stage: &Stage, process: &Process, parents: &[i64]) -> anyhow::Result<()> {
    let telegram = stage.telegram();
    for (idx, parent) in parents.iter().enumerate() {
        telegram.acquaint(*parent, "Parent");
        let kind = match idx % 100 {
            3 => Some(TroubleKind::RetryAfter(1)),
            57 => Some(TroubleKind::Status {
                code: 502,
                description: "Bad Gateway".to_owned(),
            }),
            _ => None,
        };
        if let Some(kind) = kind {
            telegram.trouble(Trouble {
                method: Some("sendMessage".to_owned()),
                chat: Some(*parent),
                times: 1,
                kind,
            });
        }
        if matches!(idx % 100, 21 | 84) {
            telegram.block(*parent);
        }
    }
    telegram.acquaint(ADMINISTRATOR, "Administrator");
    telegram.say(ADMINISTRATOR, "/announce");
    press(telegram, "Всей школе").await?;
    press(telegram, "Родителям").await?;
    let shown = telegram.last(ADMINISTRATOR).map(|it| it.message_id);
    telegram.say(ADMINISTRATOR, TEXT);
    until(|| telegram.last(ADMINISTRATOR).map(|it| it.message_id) != shown).await;
    telegram.rate_limits(true);
    press(telegram, "Отправить").await?;
    let begun = machine_now();
    let cpu = process.usage()?.cpu;
    let arrivals = arrived(telegram, parents).await;
    let used = process.usage()?.cpu - cpu;
    let n_arrived = arrivals.len();
    let by = |share: usize| {
        let nth = (n_arrived * share / 100).saturating_sub(1);
        arrivals.get(nth).map_or(begun, |it| *it) - begun
    };
    // What met a 502 at the very end waits ten seconds for nobody but itself.
    let (most, took) = (by(98), by(100));
    let copies = |parent: &i64| {
        telegram
            .chat(*parent)
            .iter()
            .filter(|it| it.text.contains(TEXT))
            .count()
    };
    let n_twice = parents.iter().filter(|it| copies(it) > 1).count();
    let n_blocked = (0..parents.len()).filter(|idx| matches!(idx % 100, 21 | 84)).count();
    let rate = |n: usize, took: Duration| n as f64 / took.as_secs_f64();
    let most_of_them = rate(n_arrived * 98 / 100, most);
    println!(
        "announcement: {n_arrived} of {} have it, {n_blocked} had blocked the bot, {n_twice} have it twice; {:.2} ms CPU a copy",
        parents.len(),
        1000.0 * used.as_secs_f64() / n_arrived.max(1) as f64,
    );
    println!(
        "  98 % of them after {:.1} s: {most_of_them:.1} a second, {:.1} % of what is allowed (97 to reach); all after {:.1} s: {:.1} a second",
        most.as_secs_f64(),
        100.0 * most_of_them / ALLOWED,
        took.as_secs_f64(),
        rate(n_arrived, took),
    );
    ensure!(
        n_arrived + n_blocked == parents.len(),
        "somebody didn't get it; {}",
        process.last_words()
    );
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
async fn arrived(telegram: &Telegram, parents: &[i64]) -> Vec<Instant> {
    let mut waiting: Vec<i64> = parents.to_vec();
    let mut arrivals: Vec<Instant> = Vec::new();
    let mut last = machine_now();
    while last.elapsed() < SILENCE && !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|it| !telegram.last(*it).is_some_and(|shown| shown.text.contains(TEXT)));
        if waiting.len() < before {
            last = machine_now();
            arrivals.extend(std::iter::repeat_n(last, before - waiting.len()));
        }
        tokio::time::sleep(PAUSE).await;
    }
    arrivals
}
