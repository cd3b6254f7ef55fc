//! Topic, homework and kind of work: what is typed into a card, and what happens when two type at once.

use crate::access::Actor;
use crate::chat::{Ctx, Happening, Reply};
use crate::db::Tx;
use crate::lessons::{Homework, Kind, Lesson, history, store};
use crate::timetable::{self, LessonKey};
use crate::words::{Locale, entries, plain, refuse};

use super::{Awaiting, Flow, Opened, at_place, flow_of, homework_missing, open_to_write, step};
use crate::lessons::press::{Field, Place, View};

/// A text of somebody whose dialogue is in a lesson. Nothing typed is swallowed: what isn't awaited is asked about.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    typed: &str,
) -> anyhow::Result<Option<Reply<View>>> {
    let Some(it) = flow.as_mut() else { return Ok(None) };
    let key = it.key;
    let listens = it.listens(ctx.now);
    match it.awaiting {
        Awaiting::Field(field) if listens => write(ctx, tx, actor, flow, (key, field, typed)).await.map(Some),
        Awaiting::Comment(pupil) if listens => super::comments::write(ctx, tx, actor, flow, (key, pupil, typed))
            .await
            .map(Some),
        Awaiting::Field(_) | Awaiting::Nothing | Awaiting::Choice(..) | Awaiting::Place(_) | Awaiting::Comment(_) => {
            let text = entries::tidy(typed);
            if entries::too_long(&text, entries::HOMEWORK_LIMIT).is_some() {
                refuse!(
                    "lessons.text_too_long",
                    limit = entries::HOMEWORK_LIMIT,
                    has = text.chars().count()
                );
            }
            it.awaiting = Awaiting::Place(text);
            Ok(Some(Reply::view(View::Where(key))))
        }
    }
}

async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (key, field, typed): (LessonKey, Field, &str),
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    let text = entries::tidy(typed);
    check_length(field, &text)?;
    let it = flow_of(flow, ctx, &opened.lesson);
    if let Some(id) = opened.lesson.id {
        let theirs =
            history::store::changed_by_another(tx, id, opened.proof.author(), it.seen, (field.code(), None)).await?;
        if theirs.is_some_and(|line| line.later != text) {
            it.awaiting = Awaiting::Choice(field, text);
            return Ok(Reply::view(View::TextConflict(key)));
        }
    }
    save(ctx, tx, flow, &opened, field, &text).await
}

pub(super) fn check_length(field: Field, text: &str) -> anyhow::Result<()> {
    let (limit, key) = match field {
        Field::Topic => (entries::TOPIC_LIMIT, "lessons.topic_too_long"),
        Field::Homework => (entries::HOMEWORK_LIMIT, "lessons.homework_too_long"),
    };
    if let Some(has) = entries::too_long(text, limit) {
        refuse!(key, limit = limit, has = has);
    }
    if text.is_empty() {
        refuse!("lessons.text_empty");
    }
    Ok(())
}

async fn save(
    ctx: &Ctx,
    tx: &mut Tx,
    flow: &mut Option<Flow>,
    opened: &Opened,
    field: Field,
    text: &str,
) -> anyhow::Result<Reply<View>> {
    let key = opened.key();
    let lesson = &opened.lesson;
    let at = step(ctx, tx, opened).await?;
    let it = flow_of(flow, ctx, lesson);
    (it.seen, it.heard_at) = (at.1, ctx.now);
    match field {
        Field::Topic => {
            write_topic(ctx, tx, opened, at, &topic_with_kind(lesson.kind, text)).await?;
            it.awaiting = if homework_missing(lesson) {
                Awaiting::Field(Field::Homework)
            } else {
                Awaiting::Nothing
            };
        }
        Field::Homework => {
            write_homework(ctx, tx, opened, at, &Homework::Text(text.to_owned())).await?;
            it.awaiting = if lesson.topic.is_none() {
                Awaiting::Field(Field::Topic)
            } else {
                Awaiting::Nothing
            };
        }
    }
    Ok(Reply::view(View::Card(key)).happened(Happening::LessonChanged(at.0)))
}

async fn write_topic(
    ctx: &Ctx,
    tx: &mut Tx,
    opened: &Opened,
    at: (crate::ids::LessonId, i64),
    topic: &str,
) -> anyhow::Result<()> {
    store::set_topic(tx, opened.proof, at.0, Some(topic)).await?;
    let former = opened.lesson.topic.as_deref().unwrap_or_default();
    let entry = history::Entry {
        field: "topic",
        pupil: None,
        former,
        later: topic,
        reason: "",
    };
    history::store::keep(tx, opened.proof, at, entry, ctx.now).await
}

pub(super) async fn write_homework(
    ctx: &Ctx,
    tx: &mut Tx,
    opened: &Opened,
    at: (crate::ids::LessonId, i64),
    homework: &Homework,
) -> anyhow::Result<()> {
    let due = timetable::store::due(tx, &opened.lesson.planned).await?;
    store::set_homework(tx, opened.proof, at.0, homework, due).await?;
    let (former, later) = (opened.lesson.homework.code(), homework.code());
    let entry = history::Entry {
        field: "homework",
        pupil: None,
        former: &former,
        later: &later,
        reason: "",
    };
    history::store::keep(tx, opened.proof, at, entry, ctx.now).await
}

/// «Не задано».
pub async fn no_homework(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    place: Place,
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    // A text that was entered meanwhile isn't wiped out by an old button.
    if opened.lesson.homework != Homework::Missing {
        return Ok(Reply::view(at_place(key, place)).toast(plain!(ctx.locale, "lessons.toast.homework_already")));
    }
    let at = step(ctx, tx, &opened).await?;
    write_homework(ctx, tx, &opened, at, &Homework::NotSet).await?;
    let it = flow_of(flow, ctx, &opened.lesson);
    it.seen = at.1;
    it.awaiting = if opened.lesson.topic.is_none() {
        Awaiting::Field(Field::Topic)
    } else {
        Awaiting::Nothing
    };
    let toast = plain!(ctx.locale, "lessons.toast.no_homework");
    let view = if place == Place::Missing && opened.lesson.gaps().len() == 1 {
        View::Card(key)
    } else {
        at_place(key, place)
    };
    Ok(Reply::view(view).toast(toast).happened(Happening::LessonChanged(at.0)))
}

/// The kind of work for the marks to come; what P12 names goes into the topic by itself.
pub async fn set_kind(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    (key, kind, place): (LessonKey, Kind, Place),
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    let said = plain!(ctx.locale, "lessons.toast.kind", kind = kind_name(ctx.locale, kind));
    if opened.lesson.kind == kind {
        return Ok(Reply::view(at_place(key, place)).toast(said));
    }
    let at = step(ctx, tx, &opened).await?;
    store::set_kind(tx, opened.proof, at.0, kind).await?;
    let entry = history::Entry {
        field: "kind",
        pupil: None,
        former: opened.lesson.kind.code(),
        later: kind.code(),
        reason: "",
    };
    history::store::keep(tx, opened.proof, at, entry, ctx.now).await?;
    if let Some(topic) = opened.lesson.topic.as_deref() {
        let named = topic_with_kind(kind, topic);
        if named != topic && named.chars().count() <= entries::TOPIC_LIMIT {
            write_topic(ctx, tx, &opened, at, &named).await?;
        }
    }
    flow_of(flow, ctx, &opened.lesson).seen = at.1;
    Ok(Reply::view(at_place(key, place))
        .toast(said)
        .happened(Happening::LessonChanged(at.0)))
}

fn kind_name(locale: Locale, kind: Kind) -> String {
    crate::words::text(locale, &format!("lessons.kind.{}", kind.code()), &[])
}

/// P12: a topic that names its practical, laboratory or control work or excursion, in Russian like every entry.
pub(crate) fn topic_with_kind(kind: Kind, topic: &str) -> String {
    if !kind.is_named_in_topic() {
        return topic.to_owned();
    }
    let name = crate::words::text(Locale::Ru, &format!("lessons.kind_in_topic.{}", kind.code()), &[]);
    if topic.to_lowercase().contains(&name.to_lowercase()) {
        topic.to_owned()
    } else {
        format!("{name}. {topic}")
    }
}

/// My text instead of somebody else's.
pub async fn write_mine(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    match kept_text(flow, key, &opened.lesson, ctx) {
        Some((Some(field), text)) => save(ctx, tx, flow, &opened, field, &text).await,
        Some((None, _)) | None => Ok(Reply::view(View::Card(key)).toast(plain!(ctx.locale, "chat.outdated"))),
    }
}

/// The text that nobody awaited gets its place.
pub async fn put_text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Option<Flow>,
    key: LessonKey,
    field: Field,
) -> anyhow::Result<Reply<View>> {
    let opened = open_to_write(ctx, tx, actor, key).await?;
    match kept_text(flow, key, &opened.lesson, ctx) {
        Some((_, text)) => {
            check_length(field, &text)?;
            save(ctx, tx, flow, &opened, field, &text).await
        }
        None => Ok(Reply::view(View::Card(key)).toast(plain!(ctx.locale, "chat.outdated"))),
    }
}

fn kept_text(flow: &mut Option<Flow>, key: LessonKey, lesson: &Lesson, ctx: &Ctx) -> Option<(Option<Field>, String)> {
    if flow.as_ref().is_none_or(|it| it.key != key) {
        return None;
    }
    match &flow_of(flow, ctx, lesson).awaiting {
        Awaiting::Choice(field, text) => Some((Some(*field), text.clone())),
        Awaiting::Place(text) => Some((None, text.clone())),
        Awaiting::Field(_) | Awaiting::Nothing | Awaiting::Comment(_) => None,
    }
}
