//! The teachers: each has a lesson's grid open and presses, by the real buttons of the screen that was shown last.
//!
//! Four presses of five write a sign or a mark; the fifth looks: another tool is taken in hand, or the card is opened.

use futures::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zhurnal::clock::machine_now;
use zhurnal::lessons::press::{self, View as LessonView};
use zhurnal::trees::{Act, Pressed, View, read_payload};

use super::board::{Board, Desk, Stage};
use super::report::Open;
use super::school::{self, N_TEACHERS};

/// How long a teacher waits before pressing again.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of so many presses one looks, the others write.
const LOOKS_ONE_OF: u64 = 5;
/// Between two presses of one teacher in the open loop.
const PAUSE: Duration = Duration::from_secs(1);

/// A button that a teacher may press.
#[derive(Clone, Debug)]
pub struct Choice {
    kind: Kind,
    data: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Writes a sign or a mark.
    Writes,
    /// Takes a tool in hand, or leads to the grid.
    Grid,
    /// Leads to the card.
    Card,
    /// Opens a lesson of the day's list.
    Opens,
}

impl Choice {
    /// A button by what it carries; `None` for those that would end the lesson or lead away from it.
    pub fn of(data: String) -> Option<Self> {
        let kind = match read_payload(&data)? {
            Pressed::Act(Act::Lessons(press::Act::Cell(_))) => Kind::Writes,
            Pressed::Act(Act::Lessons(press::Act::Open(_))) => Kind::Opens,
            Pressed::View(View::Lessons(LessonView::Grid(..))) => Kind::Grid,
            Pressed::View(View::Lessons(LessonView::Card(_))) => Kind::Card,
            _ => return None,
        };
        Some(Self { kind, data })
    }
}

/// All teachers of a bot.
pub struct Class<'s> {
    stage: &'s Stage,
    teachers: Vec<Teacher>,
}

struct Teacher {
    account: i64,
    desk: Arc<Desk>,
    n_presses: AtomicU64,
    n_writes: AtomicU64,
    dice: AtomicU64,
}

/// What a closed loop brought.
pub struct Run {
    /// Presses that were answered with a screen.
    pub n_shown: usize,
    /// Presses to which none came in time.
    pub n_lost: u64,
    /// How long it took.
    pub took: Duration,
    /// From a press to its screen, sorted.
    pub screens: Vec<Duration>,
}

impl<'s> Class<'s> {
    /// Everybody goes from the day's list to the grid of their lesson.
    pub async fn enter(stage: &'s Stage) -> anyhow::Result<Self> {
        let teachers: Vec<Teacher> = (0..N_TEACHERS)
            .map(|idx| {
                let account = school::account(idx);
                stage.telegram().acquaint(account, "T");
                Teacher {
                    account,
                    desk: stage.board().desk(account),
                    // They don't look all at once.
                    n_presses: AtomicU64::new(idx as u64 % LOOKS_ONE_OF),
                    n_writes: AtomicU64::new(idx as u64 % LOOKS_ONE_OF),
                    dice: AtomicU64::new(idx as u64),
                }
            })
            .collect();
        let class = Self { stage, teachers };
        for entered in join_all(class.teachers.iter().map(|it| it.enter(stage))).await {
            entered?;
        }
        Ok(class)
    }

    /// A press a second each, spread evenly, whether the former one was answered or not.
    pub async fn open_loop(&self, length: Duration) -> anyhow::Result<Open> {
        let board = self.stage.board();
        board.begin();
        let begun = tokio::time::Instant::now();
        let step = PAUSE / u32::try_from(self.teachers.len())?;
        let pressing = self.teachers.iter().zip(0_u32..).map(|(teacher, idx)| async move {
            let mut ticks = tokio::time::interval_at(begun + step * idx, PAUSE);
            let mut latest = Duration::ZERO;
            loop {
                let due = ticks.tick().await;
                if due.duration_since(begun) >= length {
                    return latest;
                }
                latest = latest.max(due.elapsed());
                teacher.press(self.stage);
            }
        });
        let latest = join_all(pressing).await.into_iter().max().unwrap_or_default();
        let settled = join_all(self.teachers.iter().map(|it| it.desk.came(PATIENCE))).await;
        let n_lost = settled.iter().filter(|came| !**came).count();
        let (mut answers, mut screens) = board.times();
        answers.sort();
        screens.sort();
        Ok(Open {
            answers,
            screens,
            latest,
            n_lost: n_lost.max(board.n_unanswered()) as u64,
        })
    }

    /// Each presses again as soon as the screen came.
    pub async fn closed_loop(&self, length: Duration) -> anyhow::Result<Run> {
        let board: &Board = self.stage.board();
        board.begin();
        let begun = machine_now();
        let pressing = self.teachers.iter().map(|teacher| async move {
            let mut n_lost = 0;
            while begun.elapsed() < length {
                teacher.press(self.stage);
                if !teacher.desk.came(PATIENCE).await {
                    n_lost += 1;
                }
            }
            n_lost
        });
        let n_lost = join_all(pressing).await.into_iter().sum();
        let took = Instant::elapsed(&begun);
        let (_, mut screens) = board.times();
        screens.sort();
        Ok(Run {
            n_shown: screens.len(),
            n_lost,
            took,
            screens,
        })
    }
}

impl Teacher {
    async fn enter(&self, stage: &Stage) -> anyhow::Result<()> {
        self.desk.expect();
        stage.telegram().say(self.account, "/today");
        // The list, the card, the grid.
        for kind in [Kind::Opens, Kind::Grid] {
            anyhow::ensure!(self.desk.came(PATIENCE * 4).await, "a teacher saw nothing");
            let choices = self.desk.choices();
            if choices.iter().any(|it| it.kind == Kind::Writes) {
                return Ok(());
            }
            let Some(choice) = choices.iter().find(|it| it.kind == kind) else {
                anyhow::bail!("a teacher found no way to the lesson among {} buttons", choices.len());
            };
            stage
                .board()
                .press(stage.telegram(), self.account, &self.desk, &choice.data);
        }
        anyhow::ensure!(self.desk.came(PATIENCE * 4).await, "a teacher saw no grid");
        Ok(())
    }

    /// Presses something of the screen that is there.
    fn press(&self, stage: &Stage) {
        let choices = self.desk.choices();
        let n_presses = self.n_presses.fetch_add(1, Ordering::Relaxed) + 1;
        // Where nothing can be written, the way back is looked at; the next presses make up for it.
        let enough = self.n_writes.load(Ordering::Relaxed) * LOOKS_ONE_OF >= n_presses * (LOOKS_ONE_OF - 1);
        let wanted = match (enough, self.roll(4)) {
            (false, _) => Kind::Writes,
            (true, 0) => Kind::Card,
            (true, _) => Kind::Grid,
        };
        let of_kind = |kind| choices.iter().filter(move |it: &&Choice| it.kind == kind);
        let kind = [wanted, Kind::Grid, Kind::Card, Kind::Writes]
            .into_iter()
            .find(|kind| of_kind(*kind).next().is_some());
        let Some(kind) = kind else { return };
        if kind == Kind::Writes {
            self.n_writes.fetch_add(1, Ordering::Relaxed);
        }
        let picked = self.roll(of_kind(kind).count() as u64);
        if let Some(choice) = of_kind(kind).nth(usize::try_from(picked).unwrap_or_default()) {
            stage
                .board()
                .press(stage.telegram(), self.account, &self.desk, &choice.data);
        }
    }

    /// A number below `n`, the same in every run (`SplitMix64`).
    fn roll(&self, n: u64) -> u64 {
        let state = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % n.max(1)
    }
}
