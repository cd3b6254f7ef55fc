//! SIGKILL while an anonymous survey is sent and voted in: its one poll stands once with the tutor, every family is shown
//! this very poll, and the journal counts what it says.
//!
//! A message that is shown from another chat can't be found again by an edit, as letters are: what is under way when the
//! process dies, one in a chat, may be shown there a second time. It is the same poll, so no vote is lost or counted
//! twice.
//!
//! The model holds the n-th call after «Отправить»: that of the poll, of what comes around it, or of one of the times it
//! is shown to a family. People vote while the process is away, so counts come before the poll's receipt too.

use std::sync::Arc;
use tokio::sync::Semaphore;
use zhurnal::db::Db;
use zhurnal::demo::telegram::Moment;
use zhurnal::ids::SurveyId;
use zhurnal::surveys::{store, votes};

use super::anonymous::PARENTS;
use super::kill::{Program, TEACHER};
use super::polls::{Dice, killer, polls, settled, vote};
use crate::support::databases::{Database, postgres, sqlite};

/// Killed processes at once: two cores.
const AT_ONCE: usize = 3;
/// How often a survey's process is killed.
const KILLS: usize = 2;

async fn anonymous_survey_killed_at(database: Database, nth: usize, moment: Moment) {
    let program = Program::open_with(database, &PARENTS).await;
    let db = Db::open(&program.database.url).await.unwrap();
    let mut dice = Dice(u64::try_from(nth).unwrap() * 6007 + u64::from(moment == Moment::AfterEffect));
    program.telegram().say(TEACHER, "/survey");
    assert!(program.shows("Опросы").await);
    assert!(program.press("Новый опрос", "напишите вопрос").await);
    program
        .telegram()
        .say(TEACHER, "Как прошла экскурсия?\nхорошо\nпо-разному\nплохо");
    assert!(program.shows("Как прошла экскурсия?").await);
    assert!(program.press("Имена: видны", "Анонимно").await);
    let first = killer(&program, &PARENTS, (nth, moment), dice.throw(1000));
    program.press("Отправить · 5", "ответили").await;
    settled(&program, &db).await;
    // Once more, while counts are handled.
    let again = usize::try_from(dice.throw(4)).unwrap() + 1;
    let second = killer(&program, &PARENTS, (again, Moment::BeforeEffect), dice.throw(1000));
    for _ in 0..8 {
        vote(program.telegram(), &PARENTS, &mut dice);
    }
    settled(&program, &db).await;
    for killer in [first, second] {
        if killer.is_finished() {
            killer.await.unwrap();
        } else {
            killer.abort();
        }
    }
    settled(&program, &db).await;
    let about = format!("killed at call {nth}, {moment:?}, {again}");
    let standing = polls(program.telegram(), TEACHER);
    assert_eq!(standing.len(), 1, "{about}:\n{}", program.chat(TEACHER));
    let poll = standing[0].poll.as_ref().unwrap();
    for (user, _) in PARENTS {
        let shown = polls(program.telegram(), user);
        assert!(!shown.is_empty(), "{about}:\n{}", program.chat(user));
        let others = shown.iter().filter(|it| it.poll.as_ref().unwrap().id != poll.id);
        assert_eq!(others.count(), 0, "{about}: one poll for all");
        assert!(shown.len() <= 1 + KILLS, "{about}:\n{}", program.chat(user));
    }
    let cast = poll.options.iter().map(|(_, votes)| i64::try_from(*votes).unwrap());
    let cast: Vec<i64> = cast.collect();
    let mut view = db.snapshot().await.unwrap();
    let survey = store::survey(&mut view, SurveyId(1)).await.unwrap().expect("no survey");
    let answers = votes::answers(&mut view, &survey).await.unwrap();
    assert_eq!(answers[0].tally.counts, cast, "{about}");
    assert_eq!(answers[0].tally.voters, cast.iter().sum::<i64>(), "{about}");
    assert_eq!(answers[0].parts.len(), 1, "{about}: a class has one poll");
    drop(view);
    program.kill().await;
    db.close().await;
}

async fn at_calls<F: Future<Output = Database>>(
    calls: impl Iterator<Item = (usize, Moment)>,
    database: impl Fn() -> F,
) {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut runs = tokio::task::JoinSet::new();
    for (nth, moment) in calls {
        let permit = gate.clone().acquire_owned().await.unwrap();
        let database = database().await;
        runs.spawn(async move {
            anonymous_survey_killed_at(database, nth, moment).await;
            drop(permit);
        });
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_anonymous_counts_are_the_votes_cast_wherever_it_is_killed_on_sqlite() {
    let calls = (2..=11).flat_map(|nth| [(nth, Moment::BeforeEffect), (nth, Moment::AfterEffect)]);
    at_calls(calls, sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_anonymous_counts_are_the_votes_cast_wherever_it_is_killed_on_postgres() {
    if postgres().await.is_none() {
        return;
    }
    let database = || async { postgres().await.expect("the server was there a moment ago") };
    at_calls((3..=11).step_by(2).map(|nth| (nth, Moment::AfterEffect)), database).await;
}
