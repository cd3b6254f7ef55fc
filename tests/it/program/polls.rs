//! SIGKILL while a survey is sent and voted in: the journal counts what Telegram's polls say, and nobody has two of them.
//!
//! The model holds the n-th call after «Отправить»; there the process is killed. People vote while it is away, change
//! their minds and take votes back, so that votes come before the receipts of their polls; later it is killed once more.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Semaphore;
use zhurnal::db::Db;
use zhurnal::demo::telegram::{Moment, Shown, Telegram};
use zhurnal::ids::SurveyId;
use zhurnal::surveys::{store, votes};

use super::kill::{PARENTS, Program, TEACHER};
use crate::matrix::digest;
use crate::support::child::machine_time;
use crate::support::databases::{Database, postgres_with, sqlite_with};
use crate::support::workbook::school_of_today;

/// Killed processes at once: two cores.
const AT_ONCE: usize = 3;
/// Calls after «Отправить»: the answer, the screen, three lines with three polls, and asking for updates in between.
const CALLS: usize = 12;

/// Who votes: an account and a surname.
pub type Voters = &'static [(i64, &'static str)];

/// Luck that can be repeated.
pub struct Dice(pub u64);

impl Dice {
    pub fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

pub fn polls(telegram: &Telegram, user: i64) -> Vec<Shown> {
    let chat = telegram.chat(user);
    chat.into_iter().filter(|it| it.poll.is_some()).collect()
}

/// Everybody who has a poll votes, votes anew, or takes the vote back.
fn vote(telegram: &Telegram, voters: Voters, dice: &mut Dice) {
    for &(user, _) in voters {
        let options: &[u8] = match dice.throw(5) {
            0 => &[],
            1 => &[0],
            2 => &[1],
            _ => &[2],
        };
        if let Some(poll) = polls(telegram, user).last()
            && dice.throw(4) > 0
        {
            telegram.vote(user, poll.message_id, options);
        }
    }
}

/// Nothing is left to be sent, done or handled.
async fn settled(program: &Program, db: &Db) {
    const WAITING: &str = "SELECT (SELECT COUNT(*) FROM jobs WHERE kind = 'surveys_send')
                                + (SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending'))
                                + (SELECT COUNT(*) FROM surveys WHERE state = 'draft')";
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        let waiting = digest::number(db, WAITING).await;
        if waiting == 0 && program.telegram().pending() == 0 {
            return;
        }
        assert!(
            tokio::time::Instant::now() < deadline,
            "{waiting} wait, {} pending:\n{:#?}",
            program.telegram().pending(),
            program.log.lock().unwrap()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Kills the process at a call and starts it again; people vote while it is away.
fn killer(
    program: &Arc<Program>,
    voters: Voters,
    (nth, moment): (usize, Moment),
    seed: u64,
) -> tokio::task::JoinHandle<()> {
    let hold = program.telegram().hold(nth, moment);
    let program = program.clone();
    tokio::spawn(async move {
        let mut dice = Dice(seed);
        hold.reached().await;
        program.kill().await;
        hold.release();
        program.killed.store(true, Ordering::SeqCst);
        for _ in 0..3 {
            vote(program.telegram(), voters, &mut dice);
        }
        program.start().await;
        for _ in 0..3 {
            vote(program.telegram(), voters, &mut dice);
        }
    })
}

/// Sends the survey that stands there, to everybody who votes, and kills the process at that call, and once more while votes
/// are handled; at which call it was then.
pub async fn sent_and_killed(
    program: &Arc<Program>,
    db: &Db,
    voters: Voters,
    at: (usize, Moment),
    dice: &mut Dice,
) -> usize {
    let first = killer(program, voters, at, dice.throw(1000));
    let send = format!("Отправить · {}", voters.len());
    program.press(&send, "ответили").await;
    settled(program, db).await;
    let again = usize::try_from(dice.throw(4)).unwrap() + 1;
    let second = killer(program, voters, (again, Moment::BeforeEffect), dice.throw(1000));
    for _ in 0..8 {
        vote(program.telegram(), voters, dice);
    }
    settled(program, db).await;
    for killer in [first, second] {
        if killer.is_finished() {
            killer.await.unwrap();
        } else {
            killer.abort();
        }
    }
    settled(program, db).await;
    again
}

async fn survey_killed_at(database: Database, nth: usize, moment: Moment) {
    let program = Program::open(database).await;
    let db = Db::open(&program.database.url).await.unwrap();
    let mut dice = Dice(u64::try_from(nth).unwrap() * 7919 + u64::from(moment == Moment::AfterEffect));
    program.telegram().say(TEACHER, "/survey");
    assert!(program.shows("Опросы").await);
    // The teacher of this school is its administrator too.
    assert!(program.press("Опросы · 7А", "Опросы · 7А").await);
    assert!(program.press("Новый опрос", "напишите вопрос").await);
    program
        .telegram()
        .say(TEACHER, "Когда собрание?\nв четверг\nв пятницу\nне смогу");
    assert!(program.shows("Когда собрание?").await);
    let again = sent_and_killed(&program, &db, &PARENTS, (nth, moment), &mut dice).await;
    let mut expected = vec![0_i64; 3];
    for (user, _) in PARENTS {
        let polls = polls(program.telegram(), user);
        assert_eq!(
            polls.len(),
            1,
            "killed at call {nth}, {moment:?}:\n{}",
            program.chat(user)
        );
        for (count, (_, votes)) in expected.iter_mut().zip(&polls[0].poll.as_ref().unwrap().options) {
            *count += i64::try_from(*votes).unwrap();
        }
    }
    let mut view = db.snapshot().await.unwrap();
    let survey = store::survey(&mut view, SurveyId(1)).await.unwrap().expect("no survey");
    let answers = votes::answers(&mut view, &survey).await.unwrap();
    assert_eq!(
        answers[0].tally.counts, expected,
        "killed at call {nth}, {moment:?}, {again}"
    );
    drop(view);
    program.kill().await;
    db.close().await;
}

/// Runs it with a database of its own for every call, a few at once.
pub async fn at_calls<F, R>(
    calls: impl Iterator<Item = (usize, Moment)>,
    database: impl Fn() -> F,
    run: fn(Database, usize, Moment) -> R,
) where
    F: Future<Output = Database>,
    R: Future<Output = ()> + Send + 'static,
{
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut runs = tokio::task::JoinSet::new();
    for (nth, moment) in calls {
        let permit = gate.clone().acquire_owned().await.unwrap();
        let database = database().await;
        runs.spawn(async move {
            run(database, nth, moment).await;
            drop(permit);
        });
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_counts_are_the_votes_cast_wherever_it_is_killed_on_sqlite() {
    let workbook = school_of_today(machine_time());
    let calls = (1..=CALLS).flat_map(|nth| [(nth, Moment::BeforeEffect), (nth, Moment::AfterEffect)]);
    at_calls(calls, || sqlite_with(&workbook), survey_killed_at).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_counts_are_the_votes_cast_wherever_it_is_killed_on_postgres() {
    let workbook = school_of_today(machine_time());
    if postgres_with(&workbook).await.is_none() {
        return;
    }
    let database = || async {
        postgres_with(&workbook)
            .await
            .expect("the server was there a moment ago")
    };
    let calls = (3..=CALLS).map(|nth| (nth, Moment::AfterEffect));
    at_calls(calls, database, survey_killed_at).await;
}
