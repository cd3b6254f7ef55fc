//! SIGKILL while an anonymous survey is sent and voted in: its one poll stands once with the tutor, every family is shown
//! this very poll, and the journal counts what it says.
//!
//! What is under way when the process dies is found where it stands, so nobody is shown the poll twice.
//!
//! The model holds the n-th call after «Отправить»: that of the poll, of what comes around it, or of one of the times it
//! is shown to a family. People vote while the process is away, so counts come before the poll's receipt too.

use zhurnal::db::Db;
use zhurnal::demo::telegram::Moment;
use zhurnal::ids::SurveyId;
use zhurnal::surveys::{store, votes};

use super::anonymous::PARENTS;
use super::kill::{Program, TEACHER};
use super::polls::{Dice, at_calls, polls, sent_and_killed};
use crate::support::databases::{Database, postgres, sqlite};

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
    let again = sent_and_killed(&program, &db, &PARENTS, (nth, moment), &mut dice).await;
    let about = format!("killed at call {nth}, {moment:?}, {again}");
    let standing = polls(program.telegram(), TEACHER);
    assert_eq!(standing.len(), 1, "{about}:\n{}", program.chat(TEACHER));
    let poll = standing[0].poll.as_ref().unwrap();
    for (user, _) in PARENTS {
        let shown = polls(program.telegram(), user);
        assert_eq!(shown.len(), 1, "{about}:\n{}", program.chat(user));
        let same = shown[0].poll.as_ref().unwrap().id == poll.id;
        assert!(same, "{about}: one poll for all");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_anonymous_counts_are_the_votes_cast_wherever_it_is_killed_on_sqlite() {
    let calls = (2..=11).flat_map(|nth| [(nth, Moment::BeforeEffect), (nth, Moment::AfterEffect)]);
    at_calls(calls, sqlite, anonymous_survey_killed_at).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_anonymous_counts_are_the_votes_cast_wherever_it_is_killed_on_postgres() {
    if postgres().await.is_none() {
        return;
    }
    let database = || async { postgres().await.expect("the server was there a moment ago") };
    let calls = (3..=11).step_by(2).map(|nth| (nth, Moment::AfterEffect));
    at_calls(calls, database, anonymous_survey_killed_at).await;
}
