//! «Отменить»: takes back this person's last step in this lesson, again and again up to its opening.

use crate::access::Actor;
use crate::chat::{Ctx, Happening, Reply};
use crate::db::Tx;
use crate::lessons::cell::{Sign, marks_of};
use crate::lessons::history::Line;
use crate::lessons::{Homework, Kind, Lesson, comments, enclosed, history, screens, store};
use crate::timetable::{self, LessonKey};
use crate::words::plain;

use super::cells::UNTAKEN;
use super::{Flow, Opened, at_place, awaited, flow_of, open_to_write, step};
use crate::lessons::press::{Place, View};

/// Takes back the last step.
pub async fn undo(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    place: Place,
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    let opened_version = flow_of(flow, ctx, &opened.lesson).opened_version;
    let lines = match opened.lesson.id {
        Some(id) if opened.lesson.finished_at.is_none() => {
            history::store::last_step(tx, id, opened.proof.author(), opened_version).await?
        }
        _ => Vec::new(),
    };
    let (Some(newest), Some(id)) = (lines.first(), opened.lesson.id) else {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.nothing_to_undo")));
    };
    // What another has changed since isn't ours to take back.
    if lines.iter().any(|line| !stands(&opened.lesson, line)) {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.changed_since")));
    }
    let at = step(ctx, tx, &opened).await?;
    for line in &lines {
        restore(ctx, tx, &opened, at.0, line).await?;
        let pupil = (line.pupil_id.0 != 0).then_some(line.pupil_id);
        let Some(field) = FIELDS.into_iter().find(|field| *field == line.field) else {
            continue;
        };
        let entry = history::Entry {
            field,
            pupil,
            former: &line.later,
            later: &line.former,
            reason: "undo",
        };
        history::store::keep(tx, opened.proof, at, entry, ctx.now).await?;
    }
    history::store::mark_undone(tx, opened.proof, id, newest.version).await?;
    history::store::mark_undone(tx, opened.proof, id, at.1).await?;
    let after = store::lesson(tx, key).await?;
    let it = flow_of(flow, ctx, &opened.lesson);
    it.seen = at.1;
    if let Some(after) = after {
        it.awaiting = awaited(&after);
    }
    let toast = screens::undo_toast(ctx.locale, &opened.lesson, &lines);
    Ok(Reply::view(at_place(key, place))
        .toast(toast)
        .happened(Happening::LessonChanged(id)))
}

const FIELDS: [&str; 8] = [
    "topic",
    "homework",
    "kind",
    "taken",
    "sign",
    "marks",
    comments::FIELD,
    enclosed::FIELD,
];

/// Whether what a line wrote is still what stands there.
fn stands(lesson: &Lesson, line: &Line) -> bool {
    let cell = lesson.cell(line.pupil_id);
    match line.field.as_str() {
        "topic" => lesson.topic.as_deref().unwrap_or_default() == line.later,
        "homework" => lesson.homework.code() == line.later,
        "kind" => lesson.kind.code() == line.later,
        "sign" => cell.sign.map_or("", Sign::code) == line.later,
        "marks" => cell.marks_code() == line.later,
        _ => true,
    }
}

async fn restore(ctx: &Ctx, tx: &mut Tx, opened: &Opened, id: crate::ids::LessonId, line: &Line) -> anyhow::Result<()> {
    let proof = opened.proof;
    match line.field.as_str() {
        "topic" => store::set_topic(tx, proof, id, Some(line.former.as_str()).filter(|it| !it.is_empty())).await,
        "homework" => {
            let homework = Homework::of(&line.former);
            let due = timetable::store::due(tx, &opened.lesson.planned).await?;
            store::set_homework(tx, proof, id, &homework, due).await
        }
        "kind" => store::set_kind(tx, proof, id, Kind::of(&line.former)).await,
        "taken" => store::set_taken(tx, proof, id, false).await,
        "sign" => {
            if line.former == UNTAKEN {
                store::set_taken(tx, proof, id, false).await?;
            }
            store::set_sign(tx, proof, id, line.pupil_id, Sign::of(&line.former)).await
        }
        "marks" => store::set_marks(tx, proof, id, line.pupil_id, &marks_of(&line.former)).await,
        comments::FIELD => {
            let former = Some(line.former.as_str()).filter(|it| !it.is_empty());
            comments::store::set_comment(tx, proof, id, line.pupil_id, former).await
        }
        enclosed::FIELD => {
            // What came goes, what went is there again.
            let (row, at) = if line.later.is_empty() {
                (&line.former, None)
            } else {
                (&line.later, Some(ctx.now))
            };
            if let Ok(row) = row.parse() {
                enclosed::store::set_removed(tx, proof, (id, row), at).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
