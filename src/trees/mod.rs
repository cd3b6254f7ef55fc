//! The heart: one turn, and the dialogue trees of the roles.
//!
//! Here stand the closed sums over all features: what a payload can be ([`Act`], [`View`]), where a dialogue can be
//! ([`Flow`]), which job is whose; in [`pressed`], which [`Door`](crate::chat::Door) leads to which view. Adding a
//! feature makes the compiler ask here.

mod absent;
mod answer;
mod aside;
pub mod asked;
mod deeds;
pub mod family;
mod files;
mod flow;
mod gate;
pub mod jobs;
pub mod keepers;
pub mod menu;
pub mod plan;
mod pressed;
mod refusal;
pub mod staff;
mod talk;
pub mod turn;
pub mod tutor;

use serde::{Deserialize, Serialize};

use answer::Answer;

use crate::access::Actor;
use crate::chat::{Ctx, Screen, Toast};
use crate::db::{Conn, Tx};
use crate::feedback;
use crate::ids::{ClassId, PersonId};
use crate::messages::{letters, rules, threads};
use crate::people::lock;
use crate::{absences, announcements, control, diary, lessons, notices, people, progress, surveys, trail, workbook};

pub use flow::{Flow, leaves};
use flow::{take, take_lesson, where_one_was};
pub use pressed::{Pressed, behind, read_payload};

/// An act of any feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Of `people`.
    People(people::press::Act),
    /// Of `lessons`.
    Lessons(lessons::press::Act),
    /// Of the lock.
    Lock(lock::press::Act),
    /// Of the way in.
    Entry(people::entry::press::Act),
    /// Of giving access.
    Passes(people::passes::press::Act),
    /// Of the school's workbook.
    Workbook(workbook::press::Act),
    /// Of announcements.
    Announcements(announcements::press::Act),
    /// Of surveys.
    Surveys(surveys::press::Act),
    /// Of letters to families.
    Letters(letters::press::Act),
    /// Of threads.
    Threads(threads::press::Act),
    /// Of suggestions to the school.
    Feedback(feedback::press::Act),
    /// Of the rules of talk.
    Rules(rules::press::Act),
    /// Of absences.
    Absences(absences::press::Act),
    /// Of notices.
    Notices(notices::press::Act),
    /// Of the diary.
    Diary(diary::press::Act),
    /// Of control.
    Control(control::press::Act),
}

/// A view of any feature. Kept as JSON with the update that it answered: variants are only added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The menu.
    Menu,
    /// Of `people`.
    People(people::press::View),
    /// Of `lessons`.
    Lessons(lessons::press::View),
    /// Of `diary`.
    Diary(diary::press::View),
    /// Today, as one's role has it: a teacher's lessons, else the diary.
    Today,
    /// Of the lock.
    Lock(lock::press::View),
    /// Of `trail`.
    Trail(trail::press::View),
    /// The menu with this child chosen.
    Child(PersonId),
    /// Of the way in.
    Entry(people::entry::press::View),
    /// Of who has access.
    Passes(people::passes::press::View),
    /// Of the school's workbook.
    Workbook(workbook::press::View),
    /// A class and its pupils, by pages.
    Class(ClassId, u8),
    /// Of letters to families.
    Letters(letters::press::View),
    /// Of threads.
    Threads(threads::press::View),
    /// Nothing new: a press under a letter is answered, and the letter changes by itself.
    Stay,
    /// Of announcements.
    Announcements(announcements::press::View),
    /// What a command asks for that doesn't say whose.
    Asked(asked::Asked),
    /// Of surveys.
    Surveys(surveys::press::View),
    /// Of suggestions to the school.
    Feedback(feedback::press::View),
    /// Of the rules of talk.
    Rules(rules::press::View),
    /// Of absences.
    Absences(absences::press::View),
    /// Of notices.
    Notices(notices::press::View),
    /// Of progress.
    Progress(progress::press::View),
    /// Of control.
    Control(control::press::View),
}

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, flow: &mut Flow, act: Act) -> anyhow::Result<Answer> {
    let answer = done(ctx, tx, actor, flow, act).await?;
    // Opening the lock leads back to what was awaited.
    if !matches!(act, Act::Lock(_)) {
        flow::end_elsewhere(flow, answer.view);
    }
    Ok(answer)
}

async fn done(ctx: &Ctx, tx: &mut Tx, actor: &Actor, flow: &mut Flow, act: Act) -> anyhow::Result<Answer> {
    match act {
        Act::People(people::press::Act::Speak(locale)) => {
            let view = if actor.identities.is_empty() {
                people::press::View::Welcome
            } else {
                people::press::View::Settings
            };
            Ok(Answer {
                locale,
                ..Answer::view(ctx, View::People(view))
            })
        }
        Act::Lock(act) => match lock::flow::act(ctx, tx, actor, act).await? {
            lock::flow::Led::To(reply) => Ok(Answer::of(ctx, reply, View::Lock)),
            lock::flow::Led::Through(said) => Ok(Answer {
                toast: Some(Toast {
                    text: said,
                    alert: false,
                }),
                ..Answer::view(ctx, where_one_was(flow))
            }),
            lock::flow::Led::Back(view, said) => Ok(Answer {
                toast: Some(Toast {
                    text: said,
                    alert: false,
                }),
                // A view that this version doesn't know any more.
                ..Answer::view(ctx, serde_json::from_str(&view).unwrap_or_else(|_| where_one_was(flow)))
            }),
        },
        Act::Lessons(act) => {
            let mut open = take_lesson(flow);
            let reply = lessons::flow::act(ctx, tx, actor, &mut open, act).await;
            *flow = open.map_or(Flow::Idle, Flow::Lessons);
            Ok(Answer::of(ctx, reply?, View::Lessons))
        }
        Act::Entry(act) => {
            let mut entry = take!(flow, Entry);
            let reply = people::entry::flow::act(ctx, tx, actor, &mut entry, act).await;
            if let Some(entry) = entry {
                *flow = Flow::Entry(entry);
            }
            Ok(Answer::of(ctx, reply?, View::Entry))
        }
        Act::Passes(act) => {
            let reply = people::passes::flow::act(ctx, tx, actor, act).await?;
            if act == people::passes::press::Act::Search {
                *flow = Flow::Search(people::passes::search::Search::opened(ctx.now));
            } else if matches!(flow, Flow::Search(_)) {
                *flow = Flow::Idle;
            }
            Ok(Answer::of(ctx, reply, View::Passes))
        }
        Act::Workbook(act) => {
            let reply = workbook::flow::act(ctx, tx, actor, act).await?;
            Ok(Answer::of(ctx, reply, View::Workbook))
        }
        Act::Announcements(act) => {
            // Reading one's own copy leaves open what is open.
            let mut open = take!(flow, Announcement);
            let was = open.is_some();
            let reply = announcements::flow::act(ctx, tx, actor, &mut open, act).await?;
            if was || open.is_some() {
                *flow = open.map_or(Flow::Idle, Flow::Announcement);
            }
            Ok(Answer::of(ctx, reply, View::Announcements))
        }
        Act::Surveys(act) => {
            let mut awaited = take!(flow, Surveys);
            let reply = surveys::flow::act(ctx, tx, actor, &mut awaited, act).await?;
            if let Some(awaited) = awaited {
                *flow = Flow::Surveys(awaited);
            }
            Ok(Answer::of(ctx, reply, View::Surveys))
        }
        Act::Letters(act) => talk::letters_act(ctx, tx, actor, flow, act).await,
        Act::Threads(act) => talk::threads_act(ctx, tx, actor, flow, act).await,
        Act::Feedback(act) => talk::feedback_act(ctx, tx, actor, flow, act).await,
        Act::Rules(act) => talk::rules_act(ctx, tx, actor, flow, act).await,
        Act::Absences(act) => absent::act(ctx, tx, actor, flow, act).await,
        Act::Notices(act) => {
            let reply = notices::settings::flow::act(ctx, tx, actor, act).await?;
            Ok(Answer::of(ctx, reply, View::Notices))
        }
        Act::Diary(act) => {
            let reply = diary::flow::act(ctx, tx, actor, act).await?;
            Ok(Answer::of(ctx, reply, View::Diary))
        }
        Act::Control(act) => {
            let reply = control::flow::act(ctx, tx, actor, act).await?;
            Ok(Answer::of(ctx, reply, View::Control))
        }
    }
}

/// Somebody begins or goes on along the way in.
pub async fn enter(ctx: &Ctx, tx: &mut Tx, actor: &Actor, flow: &mut Flow, typed: &str) -> anyhow::Result<Answer> {
    let mut entry = take!(flow, Entry);
    let reply = people::entry::flow::open(ctx, tx, actor, &mut entry, typed).await?;
    if let Some(entry) = entry {
        *flow = Flow::Entry(entry);
    }
    Ok(Answer::of(ctx, reply, View::Entry))
}

/// Whether an act writes something for which staff must have a PIN (P14). What belongs to oneself needs none.
pub fn needs_pin(act: Act) -> bool {
    match act {
        // The way in and consent are a parent's, not an entry of the journal.
        Act::People(people::press::Act::Speak(_))
        | Act::Lessons(lessons::press::Act::Open(_))
        | Act::Entry(_)
        // A parent's or a pupil's own.
        | Act::Notices(_)
        | Act::Diary(diary::press::Act::Tick(..) | diary::press::Act::Sign(..))
        | Act::Passes(people::passes::press::Act::Search)
        | Act::Announcements(announcements::press::Act::Read(_))
        // A parent answers, whatever else the account is.
        | Act::Surveys(surveys::press::Act::Again(_) | surveys::press::Act::Answer(_)) => false,
        Act::Lock(act) => match act {
            lock::press::Act::Key(_) | lock::press::Act::Lock | lock::press::Act::Change | lock::press::Act::Keep => {
                false
            }
            lock::press::Act::LockPerson(_) | lock::press::Act::TakeOff(_) | lock::press::Act::After(..) => true,
        },
        Act::Letters(act) => !act.is_a_familys(),
        Act::Threads(act) => matches!(act, threads::press::Act::PutLoose(_)),
        Act::Feedback(act) => act.is_of_the_school(),
        Act::Absences(act) => act.is_of_the_school(),
        Act::Control(_) | Act::Diary(_) | Act::Passes(_) | Act::Lessons(_) | Act::Workbook(_) | Act::Announcements(_) | Act::Surveys(_) | Act::Rules(_) => {
            true
        }
    }
}

/// Hands a text to whoever awaits it; `None` when nobody does.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    typed: &str,
) -> anyhow::Result<Option<Answer>> {
    if let Flow::Search(search) = flow
        && search.listens(ctx.now)
    {
        let reply = people::passes::search::text(ctx, actor, search, typed)?;
        return Ok(Some(Answer::of(ctx, reply, View::Passes)));
    }
    if let Some(answer) = talk::text(ctx, tx, actor, flow, typed).await? {
        return Ok(Some(answer));
    }
    if let Some(answer) = absent::text(ctx, tx, actor, flow, typed).await? {
        return Ok(Some(answer));
    }
    let mut open = take!(flow, Announcement);
    if open.is_some() {
        let reply = announcements::flow::text(ctx, tx, actor, &mut open, typed).await?;
        *flow = open.map_or(Flow::Idle, Flow::Announcement);
        return Ok(reply.map(|reply| Answer::of(ctx, reply, View::Announcements)));
    }
    let mut awaited = take!(flow, Surveys);
    if awaited.is_some() {
        let reply = surveys::flow::text(ctx, tx, actor, &mut awaited, typed).await?;
        *flow = awaited.map_or(Flow::Idle, Flow::Surveys);
        return Ok(reply.map(|reply| Answer::of(ctx, reply, View::Surveys)));
    }
    let mut open = take_lesson(flow);
    let reply = lessons::flow::text(ctx, tx, actor, &mut open, typed).await;
    *flow = open.map_or(Flow::Idle, Flow::Lessons);
    Ok(reply?.map(|reply| Answer::of(ctx, reply, View::Lessons)))
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, flow: &Flow, view: View) -> anyhow::Result<Screen> {
    let (mut open, mut entry, mut search, mut announcement, mut draft) = (None, None, None, None, None);
    match flow {
        Flow::Idle | Flow::Surveys(_) | Flow::Threads(_) | Flow::Feedback(_) | Flow::Rules(_) | Flow::Absences(_) => {}
        Flow::Lessons(it) => open = Some(it),
        Flow::Entry(it) => entry = Some(it),
        Flow::Search(it) => search = Some(it),
        Flow::Announcement(it) => announcement = Some(it),
        Flow::Letters(it) => draft = Some(it),
    }
    // Behind a closed lock everything looks like the lock, whatever was pressed.
    let view = if gate::hides(actor, view, ctx.now) {
        View::Lock(lock::press::View::Keys)
    } else {
        view
    };
    let view = match view {
        View::Asked(asked) if !actor.identities.is_empty() => match asked::answer(ctx, conn, actor, asked).await? {
            asked::Answer::There(view) => view,
            asked::Answer::Which(screen) => return Ok(screen),
        },
        view => view,
    };
    match view {
        // Whoever is on the way in is a stranger still.
        View::Entry(view) if entry.is_some() || !actor.identities.is_empty() => {
            people::entry::flow::view(ctx, conn, actor, entry, view).await
        }
        View::Entry(people::entry::press::View::NotYours) => Ok(people::entry::screens::not_yours(ctx.locale)),
        View::Entry(_) => people::flow::view(ctx, conn, actor, people::press::View::Welcome).await,
        View::People(view) => people::flow::view(ctx, conn, actor, view).await,
        // A stranger sees one screen, whatever an old button asks for.
        _ if actor.identities.is_empty() => people::flow::view(ctx, conn, actor, people::press::View::Welcome).await,
        // What was asked has become another view above.
        View::Menu | View::Stay | View::Asked(_) => menu::menu(ctx, conn, actor, None).await,
        View::Child(pupil) => menu::menu(ctx, conn, actor, Some(pupil)).await,
        View::Today if staff::teaches(conn, actor).await? => {
            lessons::flow::view(ctx, conn, actor, open, lessons::press::View::Day(None)).await
        }
        View::Today => diary::flow::view(ctx, conn, actor, diary::press::View::Mine).await,
        View::Lessons(view) => {
            let screen = lessons::flow::view(ctx, conn, actor, open, view).await?;
            talk::with_answers(ctx, conn, actor, (view, screen)).await
        }
        View::Diary(view) => diary::flow::view(ctx, conn, actor, view).await,
        View::Lock(view) => lock::flow::view(ctx, conn, actor, view).await,
        View::Trail(view) => trail::flow::view(ctx, conn, actor, view).await,
        View::Class(class, page) => tutor::page(ctx, conn, actor, class, page).await,
        View::Passes(view) => people::passes::flow::view(ctx, conn, actor, search, view).await,
        View::Workbook(view) => workbook::flow::view(ctx, conn, actor, view).await,
        View::Announcements(view) => announcements::flow::view(ctx, conn, actor, announcement, view).await,
        View::Surveys(view) => surveys::views::view(ctx, conn, actor, view).await,
        View::Letters(view) => letters::flow::view(ctx, conn, actor, draft, view).await,
        View::Threads(view) => {
            let screen = threads::flow::view(ctx, conn, actor, talk::of(flow), view).await?;
            talk::with_ways(ctx, conn, actor, (view, screen)).await
        }
        View::Feedback(view) => feedback::flow::view(ctx, conn, actor, talk::suggested(flow), view).await,
        View::Rules(view) => rules::flow::view(ctx, conn, actor, view).await,
        View::Absences(view) => absences::flow::view(ctx, conn, actor, absent::of(flow), view).await,
        View::Notices(view) => notices::settings::flow::view(ctx, conn, actor, view).await,
        View::Progress(view) => progress::flow::view(ctx, conn, actor, view).await,
        View::Control(view) => control::flow::view(ctx, conn, actor, view).await,
    }
}

#[cfg(test)]
mod tests;
