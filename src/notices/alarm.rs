//! Absences and what families know of them (T9): an alarm asks where a child is, what a family told isn't told back, and an
//! alarm for a child who is there is taken back at once.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

use super::hear::{self, key};
use super::screens::Notice;
use super::store::Recipient;
use super::{Difference, Facts, News};
use crate::absences::store::Asked;
use crate::absences::{self, First};
use crate::chat::{Button, Door, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{LessonId, PersonId};
use crate::jobs;
use crate::lessons::cell::Sign;
use crate::lessons::{self, Lesson};
use crate::timetable;
use crate::words::{Locale, dates, html, plain};

/// The job that takes alarms back.
pub const OVER: &str = "alarm_over";
/// So long after the last press: on the way from «н» to nothing lie «б», «п» and «о».
const PASSING: TimeDelta = TimeDelta::seconds(20);

/// An alarm for somebody who is there is taken back, whatever else the lesson has.
pub(super) async fn watch(tx: &mut Tx, lesson: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    if absences::store::found(tx, lesson).await?.is_empty() {
        return Ok(());
    }
    jobs::store::schedule(tx, OVER, lesson.0, now + PASSING).await
}

/// Tells the families of those who are there that they are.
pub async fn over(tx: &mut Tx, id: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let found: BTreeSet<PersonId> = absences::store::found(tx, id).await?.into_iter().collect();
    let Some(key) = lessons::store::key(tx, id).await?.filter(|_| !found.is_empty()) else {
        return Ok(());
    };
    let (Some(lesson), Some(presses)) = (
        lessons::store::lesson(tx, key).await?,
        lessons::store::presses(tx, id).await?,
    ) else {
        return Ok(());
    };
    hear::tell_families(tx, (&lesson, id), presses, now, |pupil| found.contains(&pupil)).await?;
    over_for(tx, id, found, now).await
}

/// Nobody looks for these any more.
async fn over_for(
    tx: &mut Tx,
    id: LessonId,
    found: impl IntoIterator<Item = PersonId>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    for pupil in found {
        absences::post::found(tx, id, pupil, now).await?;
    }
    Ok(())
}

/// The same for a lesson whose news has settled: everybody who is there was told of.
pub(super) async fn settled(tx: &mut Tx, id: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let found = absences::store::found(tx, id).await?;
    over_for(tx, id, found, now).await
}

/// How a family hears of a child's place in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As any news.
    Usual,
    /// Not at all: it told the school itself (P1b).
    Known,
    /// As a question (P3).
    Asked,
    /// As the end of an alarm (P3d).
    Found,
}

/// Finds the way of some news.
pub(super) async fn way(
    conn: &mut Conn,
    (lesson, id): (&Lesson, LessonId),
    pupil: PersonId,
    (what, facts): (&News, &Facts),
    now: DateTime<Utc>,
) -> anyhow::Result<Way> {
    let sign = facts.sign.as_deref().and_then(Sign::of);
    let is_away = sign.is_some_and(Sign::is_away);
    let only_signs = match what {
        News::First => facts.marks.is_empty(),
        News::Changed(differences) => differences.iter().all(|it| matches!(it, Difference::Sign(..))),
        News::Nothing | News::Words => false,
    };
    if !only_signs {
        return Ok(Way::Usual);
    }
    let date = lesson.planned.key.date;
    if is_away
        && absences::store::on_day(conn, pupil, date)
            .await?
            .is_some_and(|it| it.by_family)
    {
        return Ok(Way::Known);
    }
    match what {
        News::First if sign == Some(Sign::Absent) => {
            let today = dates::local(now, lesson.planned.load.zone()).date();
            let asks = date == today
                && absences::store::on_day(conn, pupil, date).await?.is_none()
                && timetable::store::begins_the_day(conn, &lesson.planned).await?;
            Ok(if asks { Way::Asked } else { Way::Usual })
        }
        News::Changed(_) if !is_away => {
            let asked = absences::store::of_lesson(conn, id, pupil).await?;
            Ok(if asked.is_some() { Way::Found } else { Way::Usual })
        }
        News::First | News::Changed(_) | News::Nothing | News::Words => Ok(Way::Usual),
    }
}

/// P3 into one account.
pub(super) async fn ask(
    tx: &mut Tx,
    (lesson, id): (&Lesson, LessonId),
    (to, child): (&Recipient, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let planned = &lesson.planned;
    let first = First {
        lesson: id,
        date: planned.key.date,
        number: planned.key.number,
        starts: planned.bell.map(|it| it.0),
        subject: planned.load.subject.clone(),
    };
    let letter = Asked {
        key: key(id, to, 1, false),
        parent: to.parent_id,
        transport: to.transport.clone(),
        account: to.account,
    };
    let locale = Locale::of(&to.locale);
    absences::post::alarm(tx, (to.pupil_id, &first), (letter, locale, child), now).await
}

/// P3d.
pub(super) fn found(notice: &Notice<'_>) -> Screen {
    let (locale, key) = (notice.locale, notice.lesson.planned.key);
    let is_late = notice.facts.sign.as_deref().and_then(Sign::of) == Some(Sign::Late);
    let mut screen = Screen::new(if is_late {
        html!(locale, "notices.alarm.late", child = notice.child, number = key.number)
    } else {
        html!(locale, "notices.alarm.found", child = notice.child, number = key.number)
    });
    let (day, time) = dates::day_and_time(locale, notice.now, notice.lesson.planned.load.zone());
    screen.line(&html!(locale, "notices.alarm.sorry", day = day, time = time));
    let door = Door::Diary {
        pupil: notice.pupil,
        date: key.date,
    };
    screen.row([Button::notice(plain!(locale, "notices.button.diary"), door)])
}
