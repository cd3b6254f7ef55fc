//! Hears what happened, lets it settle, and tells the families.
//!
//! [`hear`] runs in the turn's own transaction and only sets a moment. [`settle`] runs at that moment, in one
//! transaction of a job: it reads the facts, compares them with what was told, and writes letters into the outbox.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

use crate::absences;
use crate::chat::{Happening, Screen};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::{LessonId, PersonId};
use crate::jobs;
use crate::lessons::cell::{Sign, marks_of};
use crate::lessons::history::Line;
use crate::lessons::store::Presses;
use crate::lessons::{self, Lesson};
use crate::people;
use crate::words::Locale;

use super::alarm::{self, Way};
use super::store::Recipient;
use super::{Facts, News, SETTLING, due, news, screens, store};

/// The job that lets a lesson's news leave.
pub const SETTLE: &str = "settle_lesson";

/// Takes note of what happened.
pub async fn hear(tx: &mut Tx, happened: &[Happening], now: DateTime<Utc>) -> anyhow::Result<()> {
    for it in happened {
        match it {
            Happening::LessonChanged(lesson) => {
                if let Some(presses) = lessons::store::presses(tx, *lesson).await? {
                    jobs::store::schedule(tx, SETTLE, lesson.0, due(&presses)).await?;
                    alarm::watch(tx, *lesson, now).await?;
                }
            }
            Happening::LessonSettled(lesson) => jobs::store::schedule(tx, SETTLE, lesson.0, now).await?,
        }
    }
    Ok(())
}

/// Tells the families what a lesson brought, compared with what they know.
pub async fn settle(tx: &mut Tx, id: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let (Some(key), Some(presses)) = (
        lessons::store::key(tx, id).await?,
        lessons::store::presses(tx, id).await?,
    ) else {
        return Ok(());
    };
    let Some(lesson) = lessons::store::lesson(tx, key).await? else {
        return Ok(());
    };
    let bell = due(&Presses {
        alarm_at: None,
        ..presses
    });
    // An alarm doesn't wait for the bell, and takes nothing along that does.
    let alarm_only = presses.alarm_at.is_some() && lesson.finished_at.is_none() && now < bell;
    if alarm_only {
        lessons::store::alarm_left(tx, id).await?;
        jobs::store::schedule(tx, SETTLE, id.0, bell).await?;
    } else {
        lessons::store::settled(tx, id).await?;
    }
    let waits = |pupil| alarm_only && lesson.cell(pupil).sign != Some(Sign::Absent);
    tell_families(tx, (&lesson, id), presses.bell_ends_at, now, |pupil| !waits(pupil)).await?;
    if !alarm_only {
        alarm::settled(tx, id, now).await?;
    }
    Ok(())
}

/// Tells the families of some pupils of a lesson what it brought.
pub(super) async fn tell_families(
    tx: &mut Tx,
    (lesson, id): (&Lesson, LessonId),
    bell_ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
    concerns: impl Fn(PersonId) -> bool,
) -> anyhow::Result<()> {
    // The one who did a thing isn't told of it.
    let authors = lessons::history::store::authors(tx, id).await?;
    let mut by_family: BTreeMap<(PersonId, PersonId), Vec<Recipient>> = BTreeMap::new();
    for recipient in store::recipients(tx, id).await? {
        if concerns(recipient.pupil_id) && !authors.contains(&recipient.parent_id) {
            by_family
                .entry((recipient.pupil_id, recipient.parent_id))
                .or_default()
                .push(recipient);
        }
    }
    for (family, accounts) in by_family {
        tell(tx, (lesson, id), family, (accounts, bell_ends_at), now).await?;
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    (lesson, id): (&Lesson, LessonId),
    (pupil, parent): (PersonId, PersonId),
    (mut accounts, bell_ends_at): (Vec<Recipient>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let comment = lessons::comments::store::comment(tx, id, pupil).await?;
    let facts = Facts::of(lesson, &lesson.cell(pupil), comment.as_deref());
    let lines = lessons::history::store::history_of(tx, id, pupil).await?;
    let came_at = accounts.iter().map(|it| it.connected_at).min().unwrap_or(now);
    let told = match store::told(tx, parent, pupil, id).await? {
        Some(told) => Some(told),
        None => found(lesson, &lines, &facts, (came_at, bell_ends_at)).map(|facts| (facts, 1)),
    };
    let what = news(told.as_ref().map(|(facts, _)| facts), &facts);
    let last = lines.last();
    if what == News::First {
        // Who came when all of it was over finds it in the diary.
        let over_at = last.map_or(bell_ends_at, |line| bell_ends_at.max(line.at));
        accounts.retain(|account| account.connected_at <= over_at);
    }
    if what == News::Nothing || accounts.is_empty() {
        return Ok(());
    }
    let times = told.map_or(0, |(_, times)| times) + 1;
    store::tell(tx, (parent, pupil, id), &facts, times).await?;
    let way = alarm::way(tx, (lesson, id), pupil, (&what, &facts), now).await?;
    if way == Way::Known {
        return Ok(());
    }
    let child = child_name(tx, lesson, pupil, parent).await?;
    let reason = last.and_then(said_reason);
    for account in &accounts {
        let locale = Locale::of(&account.locale);
        let notice = screens::Notice {
            locale,
            lesson,
            facts: &facts,
            child: &child,
            pupil,
            now,
        };
        let letter = |screen: Screen, n: i64, edits: bool| {
            let to = (account.transport.clone(), account.account);
            NewLetter::new(to, key(id, account, n, edits), screen, now)
        };
        let first = key(id, account, 1, false);
        // Whoever came later, or had no phone at the time, was sent nothing that could be brought up to date.
        let stands = delivery::store::is_kept(tx, &first).await?;
        // A question stands as it was asked, until somebody answers or the child is there.
        let is_question = way != Way::Found && absences::store::is_question(tx, &first).await?;
        let stands = stands && !is_question;
        let edit = |screen: Screen| letter(screen, times, true).changing(first);
        match &what {
            News::Nothing => {}
            News::First if way == Way::Asked => alarm::ask(tx, (lesson, id), (account, &child), now).await?,
            News::First => delivery::store::post(tx, letter(screens::first(&notice), 1, false), now).await?,
            News::Changed(differences) => {
                if stands {
                    delivery::store::post(tx, edit(screens::corrected(&notice, differences)), now).await?;
                }
                let screen = match way {
                    Way::Found => alarm::found(&notice),
                    _ => screens::correction(&notice, differences, reason.as_deref()),
                };
                delivery::store::post(tx, letter(screen, times, false), now).await?;
            }
            News::Words if !stands => {}
            News::Words => delivery::store::post(tx, edit(screens::first(&notice)), now).await?,
        }
    }
    Ok(())
}

/// What the diary showed of a lesson that was over when its readers came. Nobody told them, and still a change of it is
/// a correction to them.
fn found(
    lesson: &Lesson,
    lines: &[Line],
    facts: &Facts,
    (came_at, bell_ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Option<Facts> {
    let finished = lesson.finished_at.is_some_and(|at| at < came_at);
    let settled_at = if finished { came_at } else { came_at - SETTLING };
    if !finished && settled_at < bell_ends_at {
        return None;
    }
    let former = |field: &str| {
        let changed = lines.iter().find(|line| line.at >= settled_at && line.field == field);
        changed.map(|line| line.former.as_str())
    };
    let mut found = facts.clone();
    if let Some(code) = former("sign") {
        found.sign = Sign::of(code).map(|it| Sign::code(it).to_owned());
    }
    if let Some(code) = former("marks") {
        found.marks = marks_of(code).iter().map(Facts::mark).collect();
    }
    found.is_news().then_some(found)
}

/// One message a parent's account, child, lesson and time told: telling it twice is telling it once.
pub(super) fn key(lesson: LessonId, to: &Recipient, n: i64, edits: bool) -> String {
    let verb = if edits { "edit" } else { "notice" };
    format!("{verb}:{lesson}:{}:{}:{}:{n}", to.pupil_id, to.parent_id, to.account)
}

/// «Анна»; with the class when two children of the parent share the name.
pub(super) async fn child_name(
    tx: &mut Tx,
    lesson: &Lesson,
    pupil: PersonId,
    parent: PersonId,
) -> anyhow::Result<String> {
    let Some(person) = people::store::person(tx, pupil).await? else {
        return Ok(String::new());
    };
    let namesakes = store::children_of_that_name(tx, parent, &person.name.name).await?;
    let class = crate::school::class_name(lesson.planned.load.grade, &lesson.planned.load.letter);
    Ok(if namesakes > 1 {
        format!("{} ({class})", person.name.name)
    } else {
        person.name.name
    })
}

/// Why a correction was made, as a code; nothing when it wasn't said.
fn said_reason(line: &Line) -> Option<String> {
    Some(line.reason.clone()).filter(|reason| !matches!(reason.as_str(), "" | "unsaid" | "undo"))
}
