//! What goes with a homework: files that come, go and are brought; and the same homework for a parallel class.

use chrono::Days;

use super::{Awaiting, Flow, Opened, flow_of, open, open_to_write, step, texts};
use crate::access::{self, Actor};
use crate::chat::enclosed::MOST_FILES;
use crate::chat::{Attached, Ctx, FileKind, Happening, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery;
use crate::ids::{ClassId, LessonId, LoadId};
use crate::lessons::enclosed::{self, Enclosure, FIELD};
use crate::lessons::press::{Field, View};
use crate::lessons::screens::homework::{self as screens, Parallel};
use crate::lessons::{Homework, Lesson, history, store};
use crate::timetable::{self, LessonKey, Standing};
use crate::words::{Locale, dates, entries, plain, refuse};

/// A lesson of a parallel class is looked for so many days before and after.
const NEAR: Days = Days::new(6);

/// A file came while a lesson is open: it belongs to the homework, with the words under it. `None` when no lesson listens.
pub async fn file(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (file, words): (&Attached, &str),
) -> anyhow::Result<Option<Reply<View>>> {
    let Some(it) = flow.as_ref().filter(|it| it.listens(ctx.now)) else {
        return Ok(None);
    };
    let (key, awaiting) = (it.key, it.awaiting.clone());
    let opened = open_to_write(ctx, tx, actor, key).await?;
    // Where words are awaited a file is none. Of an album the others still belong to the homework that the first began.
    let is_for_words = match awaiting {
        Awaiting::Comment(_) => true,
        Awaiting::Field(Field::Topic) => !matches!(opened.lesson.homework, Homework::Text(_)),
        Awaiting::Field(Field::Homework) | Awaiting::Nothing | Awaiting::Choice(..) | Awaiting::Place(_) => false,
    };
    if is_for_words {
        return Ok(None);
    }
    let there = of(tx, &opened.lesson).await?;
    if there.len() >= MOST_FILES {
        refuse!("lessons.enclosed.too_many", limit = MOST_FILES)
    }
    let text = text_with(&opened.lesson.homework, &entries::tidy(words), file.kind);
    if let Some(text) = &text {
        texts::check_length(Field::Homework, text)?;
    }
    let at = step(ctx, tx, &opened).await?;
    if let Some(text) = text {
        texts::write_homework(ctx, tx, &opened, at, &Homework::Text(text)).await?;
    }
    add(ctx, tx, &opened, at, (actor.account.transport, file)).await?;
    let it = flow_of(flow, ctx, &opened.lesson);
    (it.seen, it.heard_at) = (at.1, ctx.now);
    if it.awaiting == Awaiting::Field(Field::Homework) {
        it.awaiting = if opened.lesson.topic.is_none() {
            Awaiting::Field(Field::Topic)
        } else {
            Awaiting::Nothing
        };
    }
    let reply = Reply::view(View::Card(key)).toast(plain!(ctx.locale, "lessons.enclosed.toast.taken"));
    Ok(Some(reply.happened(Happening::LessonChanged(at.0))))
}

/// What a homework says with a file and the words under it; `None` when nothing changes. A homework that is a file alone
/// says so, in Russian like every entry.
fn text_with(homework: &Homework, words: &str, kind: FileKind) -> Option<String> {
    match (homework, words.is_empty()) {
        (Homework::Text(_), true) => None,
        (Homework::Text(text), false) => Some(format!("{text}\n{words}")),
        (Homework::Missing | Homework::NotSet, false) => Some(words.to_owned()),
        (Homework::Missing | Homework::NotSet, true) => Some(match kind {
            FileKind::Picture => plain!(Locale::Ru, "lessons.enclosed.see_picture"),
            FileKind::Document => plain!(Locale::Ru, "lessons.enclosed.see_file"),
            FileKind::Voice => plain!(Locale::Ru, "lessons.enclosed.hear_voice"),
        }),
    }
}

async fn of(conn: &mut Conn, lesson: &Lesson) -> anyhow::Result<Vec<Enclosure>> {
    match lesson.id {
        Some(id) => enclosed::store::of(conn, id).await,
        None => Ok(Vec::new()),
    }
}

async fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    opened: &Opened,
    at: (LessonId, i64),
    (transport, file): (&str, &Attached),
) -> anyhow::Result<()> {
    let id = enclosed::store::add(tx, opened.proof, at.0, (transport, file), ctx.now).await?;
    keep(ctx, tx, opened, at, ("", &id.to_string())).await
}

async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    opened: &Opened,
    at: (LessonId, i64),
    (former, later): (&str, &str),
) -> anyhow::Result<()> {
    let entry = history::Entry {
        field: FIELD,
        pupil: None,
        former,
        later,
        reason: "",
    };
    history::store::keep(tx, opened.proof, at, entry, ctx.now).await
}

/// A file goes.
pub async fn drop_file(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (key, id): (LessonKey, i64),
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    let there = of(tx, &opened.lesson).await?;
    if !there.iter().any(|it| it.id == id) {
        return Ok(Reply::view(View::Enclosed(key)).toast(plain!(ctx.locale, "lessons.enclosed.toast.gone")));
    }
    let at = step(ctx, tx, &opened).await?;
    enclosed::store::set_removed(tx, opened.proof, (at.0, id), Some(ctx.now)).await?;
    keep(ctx, tx, &opened, at, (&id.to_string(), "")).await?;
    flow_of(flow, ctx, &opened.lesson).seen = at.1;
    let view = if there.len() > 1 {
        View::Enclosed(key)
    } else {
        View::Card(key)
    };
    let reply = Reply::view(view).toast(plain!(ctx.locale, "lessons.enclosed.toast.dropped"));
    Ok(reply.happened(Happening::LessonChanged(at.0)))
}

/// The teacher has the files brought once more.
pub async fn show(ctx: &Ctx, tx: &mut Tx, actor: &Actor, key: LessonKey) -> anyhow::Result<Reply<View>> {
    let opened = open(ctx, tx, actor, key).await?;
    let there = of(tx, &opened.lesson).await?;
    if let (Some(id), false) = (opened.lesson.id, there.is_empty()) {
        let letters = enclosed::letters(ctx, actor, &there, &format!("homework:{id}"))?;
        delivery::store::post_many(tx, &letters, ctx.now).await?;
    }
    Ok(Reply::view(View::Enclosed(key)).toast(plain!(ctx.locale, "lessons.enclosed.toast.brought")))
}

/// The list of a homework's files.
pub async fn list(ctx: &Ctx, conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Screen> {
    let lesson = super::views::writable(conn, actor, key).await?;
    let there = of(conn, &lesson).await?;
    Ok(screens::list(&super::views::scene(ctx, &lesson), &there))
}

/// How many files a lesson's homework has, and whether a parallel class could have the same.
pub(super) async fn beside(conn: &mut Conn, actor: &Actor, lesson: &Lesson) -> anyhow::Result<(Vec<Attached>, bool)> {
    if !matches!(lesson.homework, Homework::Text(_)) {
        return Ok((Vec::new(), false));
    }
    let files = enclosed::files(&of(conn, lesson).await?);
    Ok((files, !parallel_loads(conn, actor, lesson).await?.is_empty()))
}

async fn parallel_loads(conn: &mut Conn, actor: &Actor, lesson: &Lesson) -> anyhow::Result<Vec<(LoadId, ClassId)>> {
    let load = &lesson.planned.load;
    match actor.person_at(load.school_id) {
        Some(me) => enclosed::store::parallel(conn, load.id, me).await,
        None => Ok(Vec::new()),
    }
}

/// The same subject's nearest lesson in each parallel class, the teacher's own.
pub async fn parallel(ctx: &Ctx, conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Screen> {
    let lesson = super::views::writable(conn, actor, key).await?;
    let mut found = Vec::new();
    for load in parallel_loads(conn, actor, &lesson).await? {
        if let Some(near) = nearest(conn, actor, key, load).await? {
            found.push(near);
        }
    }
    Ok(screens::parallel(&super::views::scene(ctx, &lesson), &found))
}

async fn nearest(
    conn: &mut Conn,
    actor: &Actor,
    key: LessonKey,
    (load, class): (LoadId, ClassId),
) -> anyhow::Result<Option<Parallel>> {
    let from = key.date.checked_sub_days(NEAR).unwrap_or(key.date);
    let to = key.date.checked_add_days(NEAR).unwrap_or(key.date);
    let mut days = timetable::store::class_days(conn, class, from, to).await?;
    days.retain(|it| it.key.load == load && it.standing == Standing::Held);
    days.sort_by_key(|it| ((it.key.date - key.date).num_days().abs(), it.key.date, it.key.number));
    let Some(planned) = days.into_iter().next() else {
        return Ok(None);
    };
    // Somebody else gives it on that day: it isn't this teacher's to write.
    if access::write_lesson(actor, &planned.scope(Vec::new())).is_err() {
        return Ok(None);
    }
    let due = timetable::store::due(conn, &planned).await?;
    let Some(lesson) = store::lesson(conn, planned.key).await? else {
        return Ok(None);
    };
    Ok(Some(Parallel {
        key: planned.key,
        audience: planned.load.audience(),
        due: lesson.due.or(due),
        homework: lesson.homework,
    }))
}

/// The homework of one lesson, with its files, becomes that of another where none is written.
pub async fn copy(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (from, to): (LessonKey, LessonKey),
) -> anyhow::Result<Reply<View>> {
    let source = open(ctx, tx, actor, from).await?;
    let target = open_to_write(ctx, tx, actor, to).await?;
    let reply = Reply::view(View::Parallel(from));
    let Homework::Text(text) = &source.lesson.homework else {
        return Ok(Reply::view(View::Card(from)).toast(plain!(ctx.locale, "lessons.copy.toast.nothing")));
    };
    if matches!(target.lesson.homework, Homework::Text(_)) {
        return Ok(reply.toast(plain!(ctx.locale, "lessons.copy.toast.there")));
    }
    let at = step(ctx, tx, &target).await?;
    texts::write_homework(ctx, tx, &target, at, &Homework::Text(text.clone())).await?;
    for it in of(tx, &source.lesson).await? {
        add(ctx, tx, &target, at, (&it.transport, &it.file)).await?;
    }
    let class = target.lesson.planned.load.audience();
    let today = dates::local(ctx.now, target.lesson.planned.load.zone()).date();
    let day = dates::day(ctx.locale, to.date, today);
    let said = plain!(ctx.locale, "lessons.copy.toast.copied", class = class, day = day);
    Ok(reply.toast(said).happened(Happening::LessonChanged(at.0)))
}
