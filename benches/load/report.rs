//! The figures, printed beside those to be reached.

use std::time::Duration;

/// All that was measured of one bot.
pub struct Figures {
    /// A press a second each.
    pub open: Option<Open>,
    /// As fast as it goes.
    pub closed: Closed,
    /// Resident after both, in KiB.
    pub memory: u64,
    /// Resident at most, in KiB.
    pub peak_memory: u64,
    /// From the process's start to its first `getUpdates`, sorted.
    pub starts: Vec<Duration>,
}

/// What the open loop brought; times are sorted.
pub struct Open {
    /// From a press to the word at the top.
    pub answers: Vec<Duration>,
    /// From a press to its screen.
    pub screens: Vec<Duration>,
    /// How late a teacher pressed at most: more than a few milliseconds means that the machine had no time for us.
    pub latest: Duration,
    /// Presses to which nothing came.
    pub n_lost: u64,
}

/// What the closed loop brought.
pub struct Closed {
    /// Updates a second.
    pub a_second: f64,
    /// CPU time of the bot's process for an update.
    pub cpu: Duration,
    /// The same of the model and the teachers.
    pub model_cpu: Duration,
    /// From a press to its screen, sorted.
    pub screens: Vec<Duration>,
    /// Presses to which nothing came.
    pub n_lost: u64,
}

/// Prints the journal's figures beside the null bot's.
pub fn print(journal: &Figures, null: &Figures) {
    line("", "journal", "null bot", "to reach");
    if let (Some(open), Some(ceiling)) = (&journal.open, &null.open) {
        line(
            "open loop: presses",
            &open.screens.len().to_string(),
            &ceiling.screens.len().to_string(),
            "",
        );
        for (part, target) in [(0.5, "<= 3"), (0.99, "<= 15"), (1.0, "")] {
            let name = |what: &str| format!("  {what}, {}, ms", named(part));
            line(
                &name("screen"),
                &ms(at(&open.screens, part)),
                &ms(at(&ceiling.screens, part)),
                target,
            );
            line(
                &name("answer"),
                &ms(at(&open.answers, part)),
                &ms(at(&ceiling.answers, part)),
                "",
            );
        }
        line("  lost", &open.n_lost.to_string(), &ceiling.n_lost.to_string(), "0");
        line(
            "  a teacher late by at most, ms",
            &ms(open.latest),
            &ms(ceiling.latest),
            "",
        );
    }
    print_closed(&journal.closed, &null.closed);
    line("resident, MiB", &mib(journal.memory), &mib(null.memory), "<= 64");
    line("  at most", &mib(journal.peak_memory), &mib(null.peak_memory), "");
    line(
        "start to first getUpdates, ms",
        &ms(at(&journal.starts, 0.5)),
        "",
        "<= 300",
    );
}

/// Prints PostgreSQL's figures beside SQLite's.
pub fn print_postgres(postgres: &Figures, sqlite: &Figures) {
    line("", "PostgreSQL", "SQLite", "");
    print_closed(&postgres.closed, &sqlite.closed);
    line("resident, MiB", &mib(postgres.memory), &mib(sqlite.memory), "");
}

fn print_closed(first: &Closed, second: &Closed) {
    let rate = |it: &Closed| format!("{:.0}", it.a_second);
    line("closed loop: updates a second", &rate(first), &rate(second), ">= 1200");
    line(
        "  CPU of the bot an update, ms",
        &ms(first.cpu),
        &ms(second.cpu),
        "<= 0.4",
    );
    line(
        "  CPU of the model an update, ms",
        &ms(first.model_cpu),
        &ms(second.model_cpu),
        "",
    );
    for part in [0.5, 0.99] {
        let name = format!("  screen, {}, ms", named(part));
        line(&name, &ms(at(&first.screens, part)), &ms(at(&second.screens, part)), "");
    }
    line("  lost", &first.n_lost.to_string(), &second.n_lost.to_string(), "0");
}

fn line(name: &str, first: &str, second: &str, target: &str) {
    println!("{name:<34}{first:>12}{second:>12}{target:>12}");
}

fn named(part: f64) -> String {
    if part >= 1.0 {
        "max".to_owned()
    } else {
        format!("p{:.0}", part * 100.0)
    }
}

/// The time below which this part of the sorted ones lies.
fn at(sorted: &[Duration], part: f64) -> Duration {
    let idx = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(idx.saturating_sub(1)).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

fn mib(kib: u64) -> String {
    format!("{:.1}", kib as f64 / 1024.0)
}
