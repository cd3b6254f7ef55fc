//! The evening's letter (P8): what a teacher's lessons still lack, once a day and only when something does.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{flow, screens, store};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::PersonId;
use crate::jobs;
use crate::people;
use crate::school;
use crate::words::{Locale, dates};

/// The job that looks where it has become evening.
pub const LOOK: &str = "debts";
/// The job that thinks of one teacher.
pub const TELL: &str = "debt_letter";

/// The evening, in hours of the school's day.
const EVENING: u32 = 18;
/// A letter that couldn't leave for longer than this is nobody's evening any more.
const LATEST: TimeDelta = TimeDelta::hours(3);
/// How often it is looked at least: a school may be loaded at any time.
const EVERY: TimeDelta = TimeDelta::hours(1);

fn evening(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let at = NaiveTime::from_hms_opt(EVENING, 0, 0).unwrap_or(NaiveTime::MIN);
    dates::moment(day, at, zone)
}

/// Schedules a thought for each teacher of the schools where it has become evening.
pub async fn look(tx: &mut Tx, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut again = now + EVERY;
    for school in store::schools(tx).await? {
        let zone = dates::zone(&school.time_zone);
        let today = dates::local(now, zone).date();
        let begins = evening(today, zone);
        if now < begins {
            again = again.min(begins);
            continue;
        }
        again = again.min(evening(today.succ_opt().unwrap_or(today), zone));
        if school.debts_on.is_none_or(|it| it < today) {
            store::begin(tx, school.id, today).await?;
            if now - begins <= LATEST {
                for teacher in store::teachers(tx, school.id).await? {
                    jobs::store::schedule(tx, TELL, teacher.0, now).await?;
                }
            }
        }
    }
    jobs::store::schedule(tx, LOOK, 0, again).await
}

/// Tells a teacher what lacks.
pub async fn tell(tx: &mut Tx, teacher: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(person) = people::store::person(tx, teacher).await? else {
        return Ok(());
    };
    let zone = school::store::zone(tx, person.school).await?;
    let now_there = dates::local(now, zone);
    let debts = flow::debts_of(tx, teacher, now_there).await?;
    if !super::is_news(&debts, now_there.date()) {
        return Ok(());
    }
    for (transport, account, locale) in people::store::open_chats(tx, teacher).await? {
        let key = format!("debts:{teacher}:{}:{account}", now_there.date());
        if delivery::store::is_kept(tx, &key).await? {
            continue;
        }
        let screen = screens::evening(Locale::of(&locale), &debts, now_there.date());
        let mut letter = NewLetter::new((transport, account), key, screen, now);
        letter.letter.silent = true;
        delivery::store::post(tx, letter, now).await?;
    }
    Ok(())
}
