//! Signs and marks: a press in the grid, a correction in a finished lesson, the same pupils as at the lesson before.

use crate::access::Actor;
use crate::chat::{Ctx, Happening, Reply};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::lessons::cell::{Cell, Change, Decision, Sign, decide};
use crate::lessons::{Lesson, Reason, history, screens, store};
use crate::timetable::{self, LessonKey};
use crate::words::{dates, plain, refuse};

use super::{Flow, Opened, at_place, flow_of, open_to_write, step, told};
use crate::lessons::press::{CellPress, Place, View};

/// A press on a pupil.
pub async fn press(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    press: CellPress,
) -> anyhow::Result<Reply<View>> {
    let mut opened = open_to_write(ctx, tx, actor, press.key).await?;
    opened.refuse_ahead()?;
    if opened.lesson.pupil(press.pupil).is_none() {
        refuse!("lessons.not_in_class");
    }
    // Only where nothing stands can something be told.
    if opened.lesson.cell(press.pupil) == Cell::default() {
        told::load(tx, &mut opened.lesson).await?;
    }
    // A finished lesson is corrected with a reason: an old grid's button opens the pupil instead.
    if opened.lesson.finished_at.is_some() {
        return Ok(Reply::view(View::Cell(press.key, press.pupil)));
    }
    flow_of(flow, ctx, &opened.lesson).hand = press.hand;
    write(ctx, tx, flow, &opened, press, "").await.map(|wrote| match wrote {
        Wrote::Reply(reply) => reply,
        Wrote::Done(id, toast) => Reply::view(press.grid())
            .toast(toast)
            .happened(Happening::LessonChanged(id)),
    })
}

/// A correction: it leaves at once, since it was asked about twice.
pub async fn correct(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    press: CellPress,
    reason: Reason,
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, press.key).await?;
    opened.refuse_ahead()?;
    if opened.lesson.pupil(press.pupil).is_none() {
        refuse!("lessons.not_in_class");
    }
    write(ctx, tx, flow, &opened, press, reason.code())
        .await
        .map(|wrote| match wrote {
            Wrote::Reply(reply) => reply,
            Wrote::Done(id, toast) => Reply::view(View::Cell(press.key, press.pupil))
                .toast(toast)
                .happened(Happening::LessonSettled(id)),
        })
}

enum Wrote {
    /// Nothing was written: a question, a conflict or «already».
    Reply(Reply<View>),
    /// It was; the toast says what.
    Done(crate::ids::LessonId, String),
}

async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    flow: &mut Option<Flow>,
    opened: &Opened,
    press: CellPress,
    reason: &str,
) -> anyhow::Result<Wrote> {
    let lesson = &opened.lesson;
    let former = lesson.cell(press.pupil);
    let decision = decide(&lesson.cell_for(press.pupil, press.change), press.change, lesson.kind);
    if decision == Decision::Already {
        return Ok(Wrote::Reply(
            Reply::view(after_already(lesson, press)).toast(already(ctx, tx, lesson, press.pupil).await?),
        ));
    }
    // Whoever wrote here meanwhile is named before anything else is asked.
    // A screen that shows the newest version has nothing to collide with.
    if let Some(id) = lesson.id.filter(|_| press.seen < lesson.version) {
        let field = if matches!(press.change, Change::Sign(_)) {
            "sign"
        } else {
            "marks"
        };
        let me = opened.proof.author();
        if history::store::changed_by_another(tx, id, me, press.seen, (field, Some(press.pupil)))
            .await?
            .is_some()
        {
            return Ok(Wrote::Reply(Reply::view(View::CellConflict(press))));
        }
    }
    let Decision::Write(later) = decision else {
        return Ok(Wrote::Reply(Reply::view(View::AskMark(press))));
    };
    let at = step(ctx, tx, opened).await?;
    if former == later {
        // Told to be absent, and there: the press is kept, so that it isn't told again.
        let entry = history::Entry {
            field: "sign",
            pupil: Some(press.pupil),
            former: "",
            later: "",
            reason,
        };
        history::store::keep(tx, opened.proof, at, entry, ctx.now).await?;
    }
    write_cell(ctx, tx, opened, at, (press.pupil, &former, &later), reason).await?;
    flow_of(flow, ctx, lesson).seen = at.1;
    Ok(Wrote::Done(
        at.0,
        screens::cell_toast(ctx.locale, lesson, press.pupil, press.change),
    ))
}

fn after_already(lesson: &Lesson, press: CellPress) -> View {
    if lesson.finished_at.is_some() {
        View::Cell(press.key, press.pupil)
    } else {
        press.grid()
    }
}

async fn already(ctx: &Ctx, tx: &mut Tx, lesson: &Lesson, pupil: PersonId) -> anyhow::Result<String> {
    let last = match lesson.id {
        Some(id) => history::store::history_of(tx, id, pupil).await?.pop(),
        None => None,
    };
    Ok(match last {
        Some(line) => {
            let at = dates::local(line.at, lesson.planned.load.zone()).time();
            plain!(ctx.locale, "lessons.toast.already_at", time = dates::time(at))
        }
        None => plain!(ctx.locale, "lessons.toast.already"),
    })
}

/// Writes what differs between two states of a cell, with a line of history for each difference.
pub(super) async fn write_cell(
    ctx: &Ctx,
    tx: &mut Tx,
    opened: &Opened,
    at: (crate::ids::LessonId, i64),
    (pupil, former, later): (PersonId, &Cell, &Cell),
    reason: &str,
) -> anyhow::Result<()> {
    let proof = opened.proof;
    if former.sign != later.sign {
        let was = former.sign.map_or("", Sign::code);
        // The first sign takes the attendance; taking it back must take that back too.
        let was = if opened.lesson.attendance_taken { was } else { UNTAKEN };
        store::set_sign(tx, proof, at.0, pupil, later.sign).await?;
        if !opened.lesson.attendance_taken {
            store::set_taken(tx, proof, at.0, true).await?;
        }
        let entry = history::Entry {
            field: "sign",
            pupil: Some(pupil),
            former: was,
            later: later.sign.map_or("", Sign::code),
            reason,
        };
        history::store::keep(tx, proof, at, entry, ctx.now).await?;
        if later.sign == Some(Sign::Absent) && timetable::store::begins_the_day(tx, &opened.lesson.planned).await? {
            store::set_alarm(tx, proof, at.0, ctx.now).await?;
        }
    }
    if former.marks != later.marks {
        if former.marks.is_empty() {
            store::add_marks(tx, proof, at.0, pupil, &later.marks).await?;
        } else {
            store::set_marks(tx, proof, at.0, pupil, &later.marks).await?;
        }
        let (was, is) = (former.marks_code(), later.marks_code());
        let entry = history::Entry {
            field: "marks",
            pupil: Some(pupil),
            former: &was,
            later: &is,
            reason,
        };
        history::store::keep(tx, proof, at, entry, ctx.now).await?;
    }
    Ok(())
}

/// In the history of a sign: attendance hadn't been taken before it.
pub(in crate::lessons) const UNTAKEN: &str = "?";

/// The pupils who were away at the lesson before are away here too.
pub async fn same_as_before(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    place: Place,
) -> anyhow::Result<Reply<View>> {
    let mut opened = open_to_write(ctx, tx, actor, key).await?;
    opened.refuse_ahead()?;
    told::load(tx, &mut opened.lesson).await?;
    let before = store::away_before(tx, opened.lesson.planned.load.class_id, key.date, key.number).await?;
    let Some((_, away)) = before.filter(|_| !opened.lesson.attendance_taken) else {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.attendance_already")));
    };
    let at = step(ctx, tx, &opened).await?;
    let mut written = 0;
    for pupil in away.into_iter().filter(|pupil| opened.lesson.pupil(*pupil).is_some()) {
        let former = opened.lesson.cell(pupil);
        let told = opened.lesson.told.get(&pupil).map(|it| it.sign);
        let later = Cell {
            sign: Some(told.unwrap_or(Sign::Absent)),
            ..former.clone()
        };
        write_cell(ctx, tx, &opened, at, (pupil, &former, &later), "").await?;
        written += 1;
    }
    flow_of(flow, ctx, &opened.lesson).seen = at.1;
    let toast = plain!(ctx.locale, "lessons.toast.same_as_before", n = written);
    Ok(Reply::view(at_place(key, place))
        .toast(toast)
        .happened(Happening::LessonChanged(at.0)))
}
