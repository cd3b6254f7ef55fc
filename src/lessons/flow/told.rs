//! What was told of absences becomes signs by the teacher's press, and by no other way.

use crate::absences;
use crate::access::Actor;
use crate::chat::{Ctx, Happening, Reply};
use crate::db::{Conn, Tx};
use crate::ids::{LessonId, PersonId};
use crate::lessons::cell::{Cell, Sign};
use crate::lessons::told::Suggested;
use crate::lessons::{Lesson, history, store};
use crate::timetable::LessonKey;
use crate::words::plain;

use super::cells::write_cell;
use super::{Flow, Opened, at_place, flow_of, open_to_write, step};
use crate::lessons::press::{Hand, Place, View};

/// Loads what was told of the lesson's pupils and isn't judged: nothing stands beside them, and nobody has pressed.
pub(super) async fn load(conn: &mut Conn, lesson: &mut Lesson) -> anyhow::Result<()> {
    lesson.told.clear();
    if lesson.finished_at.is_some() {
        return Ok(());
    }
    let planned = &lesson.planned;
    let known = absences::store::reasons(conn, planned.load.class_id, planned.key.date).await?;
    if known.is_empty() {
        return Ok(());
    }
    let judged = match lesson.id {
        Some(id) => history::store::judged(conn, id).await?,
        None => Vec::new(),
    };
    for (pupil, reason, by_family) in known {
        let is_free = lesson.pupil(pupil).is_some() && lesson.cell(pupil) == Cell::default();
        if is_free && !judged.contains(&pupil) {
            lesson.told.insert(pupil, Suggested::of(reason, by_family));
        }
    }
    Ok(())
}

/// Everybody of whom it was told gets the sign, as part of a step; how many.
pub(super) async fn confirm(ctx: &Ctx, tx: &mut Tx, opened: &mut Opened, at: (LessonId, i64)) -> anyhow::Result<usize> {
    load(tx, &mut opened.lesson).await?;
    let told: Vec<_> = opened.lesson.told.iter().map(|(pupil, it)| (*pupil, it.sign)).collect();
    for (pupil, sign) in &told {
        let later = Cell {
            sign: Some(*sign),
            marks: Vec::new(),
        };
        write_cell(ctx, tx, opened, at, (*pupil, &Cell::default(), &later), "").await?;
    }
    Ok(told.len())
}

/// One press: those of whom it was told are away, the others are there.
pub(super) async fn as_told(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (key, place): (LessonKey, Place),
) -> anyhow::Result<Reply<View>> {
    let mut opened = open_to_write(ctx, tx, actor, key).await?;
    opened.refuse_ahead()?;
    load(tx, &mut opened.lesson).await?;
    if opened.lesson.told.is_empty() {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.already")));
    }
    let only_attendance = opened.lesson.gaps().len() == 1;
    let at = step(ctx, tx, &opened).await?;
    let n = confirm(ctx, tx, &mut opened, at).await?;
    flow_of(flow, ctx, &opened.lesson).seen = at.1;
    let view = if place == Place::Missing && only_attendance {
        View::Card(key)
    } else {
        at_place(key, place)
    };
    Ok(Reply::view(view)
        .toast(plain!(ctx.locale, "lessons.toast.as_told", n = n))
        .happened(Happening::LessonChanged(at.0)))
}

/// «Все на месте» while somebody is told to be absent writes nothing: the register says who it is.
pub(super) async fn contradicted(ctx: &Ctx, tx: &mut Tx, opened: &mut Opened) -> anyhow::Result<Option<Reply<View>>> {
    load(tx, &mut opened.lesson).await?;
    if opened.lesson.told.is_empty() {
        return Ok(None);
    }
    let n = opened.lesson.told.len();
    let hand = Hand::Sign(Sign::Absent);
    Ok(Some(Reply::view(View::Grid(opened.key(), hand, 0)).alert(plain!(
        ctx.locale,
        "lessons.toast.told_absent",
        n = n
    ))))
}

/// The lesson as it stands, with what was told.
pub(super) async fn with_told(conn: &mut Conn, key: LessonKey) -> anyhow::Result<Option<Lesson>> {
    let Some(mut lesson) = store::lesson(conn, key).await? else {
        return Ok(None);
    };
    load(conn, &mut lesson).await?;
    Ok(Some(lesson))
}

/// Pupils who are away without a mark, as their family told the school.
pub(super) async fn told_by_families(conn: &mut Conn, lesson: &Lesson) -> anyhow::Result<Vec<PersonId>> {
    let planned = &lesson.planned;
    let known = absences::store::reasons(conn, planned.load.class_id, planned.key.date).await?;
    let is_away = |pupil: &PersonId| {
        let cell = lesson.cell(*pupil);
        cell.marks.is_empty() && cell.sign.is_some_and(Sign::is_away)
    };
    let told = known.into_iter().filter(|(_, _, by_family)| *by_family);
    Ok(told.map(|(pupil, ..)| pupil).filter(is_away).collect())
}
