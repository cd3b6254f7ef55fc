//! Hears what happened, lets it settle, and tells the families.
//!
//! [`hear`] runs in the turn's own transaction and only sets a moment. [`settle`] runs at that moment, in one
//! transaction of a job: it reads the facts, compares them with what was told, and writes letters into the outbox.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

use crate::absences;
use crate::chat::Happening;
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::{LessonId, PersonId};
use crate::jobs;
use crate::lessons::cell::{Sign, marks_of};
use crate::lessons::history::Line;
use crate::lessons::store::Presses;
use crate::lessons::{self, Lesson};
use crate::people;
use crate::words::names::in_school;
use crate::words::{Locale, dates};

use super::alarm::{self, Way};
use super::settings::{Habits, Kind, Moment, Telling, Wishes};
use super::store::Recipient;
use super::{Facts, News, SETTLING, discreet, due, screens, settings, store};

/// The job that lets a lesson's news leave.
pub const SETTLE: &str = "settle_lesson";
/// The job that tells what had settled in somebody's quiet hours.
pub const AFTER_QUIET: &str = "settle_after_quiet";

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
    tell_families(tx, (&lesson, id), presses, now, |pupil| !waits(pupil)).await?;
    if !alarm_only {
        alarm::settled(tx, id, now).await?;
    }
    Ok(())
}

/// Tells what had settled in quiet hours that are over. What settles anew will be told when it has.
pub async fn after_quiet(tx: &mut Tx, id: LessonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    if jobs::store::is_scheduled(tx, SETTLE, id.0).await? {
        return Ok(());
    }
    settle(tx, id, now).await
}

/// Tells the families of some pupils of a lesson what it brought, as far as it reaches them now.
pub(super) async fn tell_families(
    tx: &mut Tx,
    (lesson, id): (&Lesson, LessonId),
    presses: Presses,
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
    let book = settings::store::of_lesson(tx, id).await?;
    let mut waits_until: Option<DateTime<Utc>> = None;
    for ((pupil, parent), accounts) in by_family {
        let reader = Reader {
            wishes: book.wishes(parent, pupil),
            habits: book.habits(parent),
            alarm: presses.alarm_at.is_some() && lesson.cell(pupil).sign == Some(Sign::Absent),
            bell_ends_at: presses.bell_ends_at,
            accounts,
        };
        let quiet = tell(tx, (lesson, id), (pupil, parent), reader, now).await?;
        waits_until = [waits_until, quiet].into_iter().flatten().min();
    }
    if let Some(at) = waits_until {
        jobs::store::schedule(tx, AFTER_QUIET, id.0, at).await?;
    }
    Ok(())
}

/// Who is told, and how they wish it.
struct Reader {
    wishes: Wishes,
    habits: Habits,
    /// The child is absent from the first lesson, and the family doesn't know.
    alarm: bool,
    bell_ends_at: DateTime<Utc>,
    accounts: Vec<Recipient>,
}

/// Tells one reader of one child; says when it will be told that waits for the end of quiet hours.
async fn tell(
    tx: &mut Tx,
    (lesson, id): (&Lesson, LessonId),
    (pupil, parent): (PersonId, PersonId),
    mut reader: Reader,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let comment = lessons::comments::store::comment(tx, id, pupil).await?;
    let facts = Facts::of(lesson, &lesson.cell(pupil), comment.as_deref());
    let lines = lessons::history::store::history_of(tx, id, pupil).await?;
    let came_at = reader.accounts.iter().map(|it| it.connected_at).min().unwrap_or(now);
    // Whoever didn't listen then found it in the diary too.
    let listens_since = reader.wishes.since.map_or(came_at, |it| it.max(came_at));
    let told = match store::told(tx, parent, pupil, id).await? {
        Some(told) => Some(told),
        None => found(lesson, &lines, &facts, (listens_since, reader.bell_ends_at)).map(|facts| (facts, 1)),
    };
    let zone = lesson.planned.load.zone();
    let is_today = lesson.planned.key.date == dates::local(now, zone).date();
    let urgent = reader.alarm || is_today && takes_alarm_back(told.as_ref(), &facts, &reader.wishes);
    let Telling { known, shown, news } = Telling::of(told.as_ref(), &facts, &reader.wishes, urgent);
    let last = lines.last();
    if news == News::First {
        // Who came when all of it was over finds it in the diary.
        let over_at = last.map_or(reader.bell_ends_at, |line| reader.bell_ends_at.max(line.at));
        let listens = reader.wishes.since.is_none_or(|since| since <= over_at);
        reader.accounts.retain(|it| listens && it.connected_at <= over_at);
    }
    if news == News::Nothing {
        // What nobody wants to hear is known all the same, so that it is no news on the day when they do.
        let is_new = told.as_ref().map(|it| &it.0) != Some(&known);
        if is_new && (told.is_some() || known.is_news()) {
            let times = told.map_or(0, |it| it.1);
            store::tell(tx, (parent, pupil, id), &known, times).await?;
        }
        return Ok(None);
    }
    if reader.accounts.is_empty() {
        return Ok(None);
    }
    let way = alarm::way(tx, (lesson, id), pupil, (&news, &shown), now).await?;
    let quiet_ends = reader.habits.quiet.ends_at(now, zone);
    if let (Some(ends), Way::Usual, false) = (quiet_ends, way, urgent) {
        return Ok(Some(ends));
    }
    let times = told.map_or(0, |(_, times)| times) + 1;
    store::tell(tx, (parent, pupil, id), &known, times).await?;
    if way == Way::Known {
        return Ok(None);
    }
    let child = child_name(tx, lesson, pupil, parent).await?;
    let reason = last.and_then(said_reason);
    for account in &reader.accounts {
        let notice = screens::Notice {
            locale: Locale::of(&account.locale),
            lesson,
            facts: &shown,
            child: &child,
            pupil,
            now,
        };
        let what = (&news, reason.as_deref(), way);
        post(tx, &notice, what, (id, times), (account, reader.habits)).await?;
    }
    Ok(None)
}

/// An absence that was told and isn't one is told at once, as it was, whatever is wished: it frightened somebody.
fn takes_alarm_back(told: Option<&(Facts, i64)>, now: &Facts, wishes: &Wishes) -> bool {
    let absent = Some(Sign::Absent.code());
    told.is_some_and(|(told, times)| *times > 0 && told.sign.as_deref() == absent)
        && now.sign.as_deref() != absent
        && wishes.when(Kind::Absences) != Moment::Now
}

/// Posts what follows from news to one account.
async fn post(
    tx: &mut Tx,
    notice: &screens::Notice<'_>,
    (news, reason, way): (&News, Option<&str>, Way),
    (id, times): (LessonId, i64),
    (account, habits): (&Recipient, Habits),
) -> anyhow::Result<()> {
    let first = key(id, account, 1, false);
    // Whoever came later, or had no phone at the time, was sent nothing that could be brought up to date.
    let stands = delivery::store::is_kept(tx, &first).await?;
    // A question stands as it was asked, until somebody answers or the child is there.
    let is_question = way != Way::Found && absences::store::is_question(tx, &first).await?;
    let stands = stands && !is_question;
    if way == Way::Asked {
        // Uncovered, whatever is wished: a question about a child isn't to be missed.
        return alarm::ask(tx, (notice.lesson, id), (account, notice.child), notice.now).await;
    }
    let (edit, new) = match news {
        News::Nothing => return Ok(()),
        News::First => (None, Some((screens::first(notice), 1))),
        News::Changed(differences) => (
            stands.then(|| screens::corrected(notice, differences)),
            Some((
                match way {
                    Way::Found => alarm::found(notice),
                    _ => screens::correction(notice, differences, reason),
                },
                times,
            )),
        ),
        News::Words => (stands.then(|| screens::first(notice)), None),
    };
    let to = (account.transport.clone(), account.account);
    let pupils = [account.pupil_id];
    let covered = |key| discreet::Letter {
        key,
        to: (&account.transport, account.account),
        reader: account.parent_id,
        pupils: &pupils,
        locale: notice.locale,
        day: notice.lesson.planned.key.date,
        today: dates::local(notice.now, notice.lesson.planned.load.zone()).date(),
    };
    if let Some(screen) = edit {
        let screen = discreet::drawn(tx, &covered(&first), screen, habits.discreet).await?;
        let letter = NewLetter::new(to.clone(), key(id, account, times, true), screen, notice.now);
        delivery::store::post(tx, letter.changing(first.clone()), notice.now).await?;
    }
    if let Some((screen, n)) = new {
        let key = key(id, account, n, false);
        let screen = discreet::drawn(tx, &covered(&key), screen, habits.discreet).await?;
        delivery::store::post(tx, NewLetter::new(to, key, screen, notice.now), notice.now).await?;
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

/// «Анна»; with the class when two children of the parent share the name, with the school when they are in two.
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
    let name = if namesakes > 1 {
        format!("{} ({class})", person.name.name)
    } else {
        person.name.name
    };
    let school = people::store::school_beside(tx, parent).await?;
    Ok(in_school(&name, school.as_deref()))
}

/// Why a correction was made, as a code; nothing when it wasn't said.
fn said_reason(line: &Line) -> Option<String> {
    Some(line.reason.clone()).filter(|reason| !matches!(reason.as_str(), "" | "unsaid" | "undo"))
}
