//! A teacher's way through a lesson: the day, the card, the grid, the end, and later corrections.
//!
//! Presses carry all they need and the version of the lesson that they saw; only a text that is awaited needs the
//! dialogue's state. A finished lesson is corrected pupil by pupil, with a reason.

mod cells;
mod comments;
pub mod homework;
mod texts;
mod told;
mod undo;
mod views;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::access::{self, Actor, WriteLesson};
use crate::chat::{Ctx, Happening, Reply};
use crate::db::{Conn, Tx};
use crate::ids::{LessonId, PersonId};
use crate::timetable::{LessonKey, Standing};
use crate::words::{dates, plain, refuse};

use super::cell::Sign;
use super::history;
use super::press::{Act, Field, Hand, Place, View};
use super::{CARD_LISTENS, Gap, Homework, Lesson, is_ahead, store, too_late_to_correct};

pub(super) use cells::UNTAKEN;
pub use texts::text;
pub(super) use texts::topic_with_kind;
pub use views::view;

/// Which lesson a teacher has open, and what a text would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The lesson.
    pub key: LessonKey,
    /// Its version at the opening: undoing goes no further back.
    pub opened_version: i64,
    /// When it was opened or last written in: a card listens for an hour.
    pub heard_at: DateTime<Utc>,
    /// The version that was last seen.
    pub seen: i64,
    /// What the next text is.
    pub awaiting: Awaiting,
    /// What was in hand last.
    pub hand: Hand,
}

/// What the next text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Awaiting {
    /// Nothing: a text is asked where it belongs.
    Nothing,
    /// The topic or the homework.
    Field(Field),
    /// Typed while somebody else changed the field: theirs or ours?
    Choice(Field, String),
    /// Typed when nothing was awaited.
    Place(String),
    /// A comment to this pupil's marks.
    Comment(PersonId),
}

/// What every act on a lesson begins with: the lesson as it stands, the right to write it, and its day.
struct Opened {
    lesson: Lesson,
    proof: WriteLesson,
    today: NaiveDate,
}

impl Opened {
    fn key(&self) -> LessonKey {
        self.lesson.planned.key
    }

    /// Signs and marks belong to a lesson that has come.
    fn refuse_ahead(&self) -> anyhow::Result<()> {
        if is_ahead(self.key().date, self.today) {
            refuse!("lessons.ahead");
        }
        Ok(())
    }
}

async fn open(ctx: &Ctx, conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Opened> {
    let Some(lesson) = store::lesson(conn, key).await? else {
        refuse!("lessons.gone")
    };
    let proof = access::write_lesson(actor, &lesson.planned.scope(Vec::new()))?;
    let today = dates::local(ctx.now, lesson.planned.load.zone()).date();
    Ok(Opened { lesson, proof, today })
}

/// The same, for an act that changes something: not past the window for corrections.
async fn open_to_write(ctx: &Ctx, conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Opened> {
    let opened = open(ctx, conn, actor, key).await?;
    if let Some(age) = too_late_to_correct(key.date, opened.today) {
        refuse!(
            "lessons.too_late",
            days = crate::words::count(ctx.locale, "count.days", age)
        );
    }
    Ok(opened)
}

/// The row of a lesson and its next version.
async fn step(ctx: &Ctx, tx: &mut Tx, opened: &Opened) -> anyhow::Result<(LessonId, i64)> {
    let planned = &opened.lesson.planned;
    let ends = planned.bell.map_or(ctx.now, |(_, ends)| {
        dates::moment(planned.key.date, ends, planned.load.zone())
    });
    let id = match opened.lesson.id {
        Some(id) => id,
        None => store::ensure(tx, opened.proof, planned.key, ends, ctx.now).await?,
    };
    let version = store::next_version(tx, opened.proof, id, ctx.now).await?;
    Ok((id, version))
}

impl Flow {
    /// Whether a plain text is still taken as the card's own.
    fn listens(&self, now: DateTime<Utc>) -> bool {
        now - self.heard_at <= CARD_LISTENS
    }

    /// What a plain text would be taken as now.
    pub fn awaited(&self, now: DateTime<Utc>) -> Option<Field> {
        match self.awaiting {
            Awaiting::Field(field) if self.listens(now) => Some(field),
            _ => None,
        }
    }
}

fn flow_of<'f>(flow: &'f mut Option<Flow>, ctx: &Ctx, lesson: &Lesson) -> &'f mut Flow {
    let key = lesson.planned.key;
    let kept = flow.take().filter(|it| it.key == key);
    flow.insert(kept.unwrap_or(Flow {
        key,
        opened_version: lesson.version,
        heard_at: ctx.now,
        seen: lesson.version,
        awaiting: Awaiting::Nothing,
        hand: Hand::Sign(Sign::Absent),
    }))
}

/// What the card waits for: the first of topic and homework that lacks.
fn awaited(lesson: &Lesson) -> Awaiting {
    match lesson.gaps().first() {
        Some(Gap::Topic) => Awaiting::Field(Field::Topic),
        Some(Gap::Homework) => Awaiting::Field(Field::Homework),
        Some(Gap::Attendance | Gap::Marks { .. }) | None => Awaiting::Nothing,
    }
}

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Open(key) => open_card(ctx, tx, actor, flow, key).await,
        Act::Ask(key, field) => {
            let opened = open_to_write(ctx, tx, actor, key).await?;
            let it = flow_of(flow, ctx, &opened.lesson);
            (it.awaiting, it.heard_at, it.seen) = (Awaiting::Field(field), ctx.now, opened.lesson.version);
            Ok(Reply::view(View::Card(key)))
        }
        Act::Cell(press) => cells::press(ctx, tx, actor, flow, press).await,
        Act::Correct(press, reason) => cells::correct(ctx, tx, actor, flow, press, reason).await,
        Act::AllPresent(key, place) => all_present(ctx, tx, actor, flow, key, place).await,
        Act::SameAsBefore(key, place) => cells::same_as_before(ctx, tx, actor, flow, key, place).await,
        Act::Kind(key, kind, place) => texts::set_kind(ctx, tx, actor, flow, (key, kind, place)).await,
        Act::NoHomework(key, place) => texts::no_homework(ctx, tx, actor, flow, key, place).await,
        Act::Undo(key, place) => undo::undo(ctx, tx, actor, flow, key, place).await,
        Act::AsTold(key, place) => told::as_told(ctx, tx, actor, flow, (key, place)).await,
        Act::Finish(key) => finish(ctx, tx, actor, flow, key, false).await,
        Act::FinishAnyway(key) => finish(ctx, tx, actor, flow, key, true).await,
        Act::KeepTheirs(key) | Act::ForgetText(key) => forget_text(ctx, tx, actor, flow, key).await,
        Act::WriteMine(key) => texts::write_mine(ctx, tx, actor, flow, key).await,
        Act::AskComment(key, pupil) => comments::ask(ctx, tx, actor, flow, key, pupil).await,
        Act::NoComment(key, pupil) => comments::remove(ctx, tx, actor, flow, key, pupil).await,
        Act::ShowEnclosed(key) => homework::show(ctx, tx, actor, key).await,
        Act::DropEnclosed(key, id) => homework::drop_file(ctx, tx, actor, flow, (key, id)).await,
        Act::CopyHomework(from, to) => homework::copy(ctx, tx, actor, (from, to)).await,
        Act::PutText(key, field) => texts::put_text(ctx, tx, actor, flow, key, field).await,
    }
}

async fn open_card(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
) -> anyhow::Result<Reply<View>> {
    match open(ctx, tx, actor, key).await {
        Ok(opened) => {
            *flow = None;
            let it = flow_of(flow, ctx, &opened.lesson);
            it.awaiting = if opened.lesson.finished_at.is_some() {
                Awaiting::Nothing
            } else {
                awaited(&opened.lesson)
            };
            Ok(Reply::view(View::Card(key)))
        }
        // Those who only read see the card without its buttons.
        Err(refusal) => match store::lesson(tx, key).await? {
            Some(lesson) if views::may_read(tx, actor, &lesson).await? => Ok(Reply::view(View::Card(key))),
            _ => Err(refusal),
        },
    }
}

fn at_place(key: LessonKey, place: Place) -> View {
    match place {
        Place::Card => View::Card(key),
        Place::Grid(hand, page) => View::Grid(key, hand, page),
        Place::Missing => View::Missing(key),
    }
}

async fn all_present(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    place: Place,
) -> anyhow::Result<Reply<View>> {
    let mut opened = open_to_write(ctx, tx, actor, key).await?;
    opened.refuse_ahead()?;
    if opened.lesson.attendance_taken {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.attendance_already")));
    }
    if let Some(contradicted) = told::contradicted(ctx, tx, &mut opened).await? {
        return Ok(contradicted);
    }
    let (id, version) = step(ctx, tx, &opened).await?;
    store::set_taken(tx, opened.proof, id, true).await?;
    let entry = history::Entry {
        field: "taken",
        pupil: None,
        former: "",
        later: "taken",
        reason: "",
    };
    history::store::keep(tx, opened.proof, (id, version), entry, ctx.now).await?;
    flow_of(flow, ctx, &opened.lesson).seen = version;
    let view = if place == Place::Missing && opened.lesson.gaps().len() == 1 {
        View::Card(key)
    } else {
        at_place(key, place)
    };
    Ok(Reply::view(view)
        .toast(plain!(ctx.locale, "lessons.toast.all_present"))
        .happened(Happening::LessonChanged(id)))
}

async fn finish(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    anyway: bool,
) -> anyhow::Result<Reply<View>> {
    let mut opened = open_to_write(ctx, tx, actor, key).await?;
    opened.refuse_ahead()?;
    if !anyway && !opened.lesson.gaps().is_empty() {
        return Ok(Reply::view(View::Missing(key)));
    }
    let (id, version) = step(ctx, tx, &opened).await?;
    // What was told stands on the screens of the lesson: the end agrees with it.
    told::confirm(ctx, tx, &mut opened, (id, version)).await?;
    store::finish(tx, opened.proof, id, ctx.now).await?;
    let entry = history::Entry {
        field: "finished",
        pupil: None,
        former: "",
        later: "finished",
        reason: "",
    };
    history::store::keep(tx, opened.proof, (id, version), entry, ctx.now).await?;
    *flow = None;
    Ok(Reply::view(View::Done(key)).happened(Happening::LessonSettled(id)))
}

async fn forget_text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
) -> anyhow::Result<Reply<View>> {
    let opened = open(ctx, tx, actor, key).await?;
    let it = flow_of(flow, ctx, &opened.lesson);
    it.awaiting = awaited(&opened.lesson);
    (it.seen, it.heard_at) = (opened.lesson.version, ctx.now);
    Ok(Reply::view(View::Card(key)))
}

/// Whether the lesson can be written at all, for those who draw it.
fn is_writable(lesson: &Lesson, actor: &Actor) -> bool {
    lesson.planned.standing == Standing::Held && access::write_lesson(actor, &lesson.planned.scope(Vec::new())).is_ok()
}

fn homework_missing(lesson: &Lesson) -> bool {
    lesson.homework == Homework::Missing
}
