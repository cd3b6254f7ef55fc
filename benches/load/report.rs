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
pub fn print(journal: &Figures, null: Option<&Figures>) {
    line("", "journal", "null bot", "to reach");
    let ceiling = null.and_then(|it| it.open.as_ref());
    if let Some(open) = &journal.open {
        let both = |of: &dyn Fn(&Open) -> String| (of(open), ceiling.map(of).unwrap_or_default());
        row("open loop: presses", both(&|it| it.screens.len().to_string()), "");
        for (part, target) in [(0.5, "<= 3"), (0.99, "<= 15"), (1.0, "")] {
            let part_name = named(part);
            row(
                &format!("  screen, {part_name}, ms"),
                both(&|it| ms(at(&it.screens, part))),
                target,
            );
            row(
                &format!("  answer, {part_name}, ms"),
                both(&|it| ms(at(&it.answers, part))),
                "",
            );
        }
        row("  lost", both(&|it| it.n_lost.to_string()), "0");
        row("  a teacher late by at most, ms", both(&|it| ms(it.latest)), "");
    }
    print_closed(&journal.closed, null.map(|it| &it.closed));
    print_memory(journal, null);
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
    print_closed(&postgres.closed, Some(&sqlite.closed));
    print_memory(postgres, Some(sqlite));
}

fn print_closed(first: &Closed, second: Option<&Closed>) {
    let both = |of: &dyn Fn(&Closed) -> String| (of(first), second.map(of).unwrap_or_default());
    let rate = both(&|it| format!("{:.0}", it.a_second));
    row("closed loop: updates a second", rate, ">= 1200");
    row("  CPU of the bot an update, ms", both(&|it| ms(it.cpu)), "<= 0.4");
    row("  CPU of the model an update, ms", both(&|it| ms(it.model_cpu)), "");
    for part in [0.5, 0.99] {
        let name = format!("  screen, {}, ms", named(part));
        row(&name, both(&|it| ms(at(&it.screens, part))), "");
    }
    row("  lost", both(&|it| it.n_lost.to_string()), "0");
}

fn print_memory(first: &Figures, second: Option<&Figures>) {
    let both = |of: &dyn Fn(&Figures) -> u64| (mib(of(first)), second.map(of).map(mib).unwrap_or_default());
    row("resident, MiB", both(&|it| it.memory), "<= 64");
    row("  at most", both(&|it| it.peak_memory), "");
}

fn row(name: &str, (first, second): (String, String), target: &str) {
    line(name, &first, &second, target);
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
/// The time that a part of them don't exceed.
pub fn at(sorted: &[Duration], part: f64) -> Duration {
    let idx = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(idx.saturating_sub(1)).copied().unwrap_or_default()
}

/// In milliseconds.
pub fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

fn mib(kib: u64) -> String {
    format!("{:.1}", kib as f64 / 1024.0)
}
