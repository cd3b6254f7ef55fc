//! Looking at lessons: loads what a screen needs, checks the right to see it, draws it. Views record nothing.

use chrono::NaiveDate;

use crate::access::{self, Actor};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::PersonId;
use crate::lessons::screens::{self, card, day, grid, pupil, texts};
use crate::lessons::{Lesson, comments, history, store};
use crate::timetable::{self, LessonKey, Standing};
use crate::words::{dates, refuse};
use crate::{people, school};

use super::{Awaiting, Flow, homework, is_writable, told};
use crate::lessons::press::{CellPress, Field, View};

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    flow: Option<&Flow>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::Day(date) => draw_day(ctx, conn, actor, date).await,
        View::Card(key) => draw_card(ctx, conn, actor, flow, key).await,
        View::Grid(key, hand, page) => {
            let lesson = writable(conn, actor, key).await?;
            let before = before(conn, &lesson).await?;
            Ok(grid::grid(&scene(ctx, &lesson), hand, page, before))
        }
        View::More(key, hand, page) => Ok(grid::more(&scene(ctx, &writable(conn, actor, key).await?), hand, page)),
        View::Whom(key, hand, page) => Ok(grid::whom(&scene(ctx, &writable(conn, actor, key).await?), hand, page)),
        View::Kinds(key, place) => Ok(card::kinds(&scene(ctx, &writable(conn, actor, key).await?), place)),
        View::Missing(key) => Ok(card::missing(&scene(ctx, &writable(conn, actor, key).await?))),
        View::Done(key) => draw_done(ctx, conn, actor, key).await,
        View::Cell(key, id) => {
            let lesson = writable(conn, actor, key).await?;
            let lines = lines(conn, &lesson, id).await?;
            let comment = comment(conn, &lesson, id).await?;
            Ok(pupil::cell(
                &scene(ctx, &lesson),
                known(&lesson, id)?,
                &lines,
                comment.as_deref(),
            ))
        }
        View::Comment(key, id) => {
            let lesson = writable(conn, actor, key).await?;
            let comment = comment(conn, &lesson, id).await?;
            Ok(pupil::ask_comment(
                &scene(ctx, &lesson),
                known(&lesson, id)?,
                comment.as_deref(),
            ))
        }
        View::History(key, id) => {
            let lesson = readable(conn, actor, key).await?;
            let lines = lines(conn, &lesson, id).await?;
            let mut authors = Vec::new();
            for line in &lines {
                authors.push(adult(conn, line.person_id).await?);
            }
            Ok(pupil::history(
                &scene(ctx, &lesson),
                known(&lesson, id)?,
                &lines,
                &authors,
            ))
        }
        View::Why(press) => {
            let lesson = writable(conn, actor, press.key).await?;
            known(&lesson, press.pupil)?;
            Ok(pupil::why(&scene(ctx, &lesson), press))
        }
        View::AskMark(press) => {
            let lesson = writable(conn, actor, press.key).await?;
            known(&lesson, press.pupil)?;
            Ok(pupil::ask_mark(&scene(ctx, &lesson), press))
        }
        View::CellConflict(press) => draw_cell_conflict(ctx, conn, actor, press).await,
        View::TextConflict(key) => draw_text_conflict(ctx, conn, actor, flow, key).await,
        View::Enclosed(key) => homework::list(ctx, conn, actor, key).await,
        View::Parallel(key) => homework::parallel(ctx, conn, actor, key).await,
        View::Where(key) => {
            let lesson = writable(conn, actor, key).await?;
            let text = match flow.map(|it| &it.awaiting) {
                Some(Awaiting::Place(text)) => text.as_str(),
                _ => "",
            };
            Ok(texts::whose_text(&scene(ctx, &lesson), text))
        }
    }
}

/// Whether the actor may read a lesson, its class's tutors considered.
pub(super) async fn may_read(conn: &mut Conn, actor: &Actor, lesson: &Lesson) -> anyhow::Result<bool> {
    let tutors = timetable::store::tutors(conn, lesson.planned.load.class_id).await?;
    Ok(access::read_lesson(actor, &lesson.planned.scope(tutors)).is_ok())
}

pub(super) fn scene<'s>(ctx: &Ctx, lesson: &'s Lesson) -> screens::Scene<'s> {
    let zone = lesson.planned.load.zone();
    screens::Scene {
        locale: ctx.locale,
        lesson,
        today: dates::local(ctx.now, zone).date(),
        zone,
    }
}

pub(super) async fn writable(conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Lesson> {
    let Some(lesson) = told::with_told(conn, key).await? else {
        refuse!("lessons.gone")
    };
    access::write_lesson(actor, &lesson.planned.scope(Vec::new()))?;
    Ok(lesson)
}

async fn readable(conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Lesson> {
    let Some(lesson) = store::lesson(conn, key).await? else {
        refuse!("lessons.gone")
    };
    let tutors = timetable::store::tutors(conn, lesson.planned.load.class_id).await?;
    access::read_lesson(actor, &lesson.planned.scope(tutors))?;
    Ok(lesson)
}

fn known(lesson: &Lesson, id: PersonId) -> anyhow::Result<&school::store::Pupil> {
    match lesson.pupil(id) {
        Some(pupil) => Ok(pupil),
        None => refuse!("lessons.not_in_class"),
    }
}

async fn lines(conn: &mut Conn, lesson: &Lesson, pupil: PersonId) -> anyhow::Result<Vec<history::Line>> {
    match lesson.id {
        Some(id) => history::store::history_of(conn, id, pupil).await,
        None => Ok(Vec::new()),
    }
}

async fn comment(conn: &mut Conn, lesson: &Lesson, pupil: PersonId) -> anyhow::Result<Option<String>> {
    match lesson.id {
        Some(id) => comments::store::comment(conn, id, pupil).await,
        None => Ok(None),
    }
}

async fn adult(conn: &mut Conn, id: PersonId) -> anyhow::Result<String> {
    Ok(people::store::person(conn, id)
        .await?
        .map(|person| person.name.adult())
        .unwrap_or_default())
}

/// Who was away at the lesson before, while attendance here is untouched.
async fn before(conn: &mut Conn, lesson: &Lesson) -> anyhow::Result<Option<(i64, Vec<PersonId>)>> {
    if lesson.attendance_taken || lesson.finished_at.is_some() {
        return Ok(None);
    }
    let key = lesson.planned.key;
    let before = store::away_before(conn, lesson.planned.load.class_id, key.date, key.number).await?;
    Ok(before.filter(|(_, away)| away.iter().any(|id| lesson.pupil(*id).is_some())))
}

async fn draw_day(ctx: &Ctx, conn: &mut Conn, actor: &Actor, date: Option<NaiveDate>) -> anyhow::Result<Screen> {
    let mut lessons = Vec::new();
    let mut shown = None;
    for identity in &actor.identities {
        let Some(school) = school::store::school(conn, identity.school).await? else {
            continue;
        };
        let now = dates::local(ctx.now, school.zone);
        let day = date.unwrap_or(now.date());
        let planned = timetable::store::teacher_day(conn, identity.person, day).await?;
        let filled = store::filled(conn, identity.person, day).await?;
        lessons.extend(
            planned
                .into_iter()
                .map(|it| day::Row::of(it, &filled, identity.person, now)),
        );
        shown.get_or_insert((day, now.date()));
    }
    let Some((day, today)) = shown else {
        refuse!("access.no_section")
    };
    lessons.sort_by_key(|row| (row.planned.bell, row.planned.key.number));
    let holidays_end = match actor.identities.first() {
        Some(identity) if lessons.is_empty() => holidays_end(conn, identity.person, day).await?,
        _ => None,
    };
    Ok(day::day(ctx.locale, day, today, &lessons, holidays_end))
}

async fn holidays_end(conn: &mut Conn, teacher: PersonId, day: NaiveDate) -> anyhow::Result<Option<NaiveDate>> {
    let Some(class) = timetable::store::a_class_of(conn, teacher).await? else {
        return Ok(None);
    };
    Ok(school::store::calendar(conn, class).await?.holidays_end(day))
}

async fn draw_card(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    flow: Option<&Flow>,
    key: LessonKey,
) -> anyhow::Result<Screen> {
    let mut lesson = readable(conn, actor, key).await?;
    if !is_writable(&lesson, actor) {
        let (files, _) = homework::beside(conn, actor, &lesson).await?;
        return Ok(card::read_only(&scene(ctx, &lesson), &files));
    }
    told::load(conn, &mut lesson).await?;
    let scene = scene(ctx, &lesson);
    let flow = flow.filter(|it| it.key == key);
    let due = match lesson.due {
        None if lesson.planned.standing == Standing::Held => timetable::store::due(conn, &lesson.planned).await?,
        due => due,
    };
    let awaited = flow.and_then(|it| it.awaited(ctx.now));
    let undoable = is_undoable(conn, actor, &lesson, flow).await?;
    let hand = flow.map(|it| it.hand);
    let (files, parallel) = homework::beside(conn, actor, &lesson).await?;
    Ok(card::card(
        &scene,
        &card::CardState {
            awaited,
            due,
            undoable,
            hand,
            files: &files,
            parallel,
        },
    ))
}

/// Whether «Отменить» would take anything back: a step of one's own since the opening.
async fn is_undoable(conn: &mut Conn, actor: &Actor, lesson: &Lesson, flow: Option<&Flow>) -> anyhow::Result<bool> {
    let (Some(id), Some(open)) = (lesson.id, flow) else {
        return Ok(false);
    };
    let author = access::write_lesson(actor, &lesson.planned.scope(Vec::new()))?.author();
    Ok(!history::store::last_step(conn, id, author, open.opened_version)
        .await?
        .is_empty())
}

async fn draw_done(ctx: &Ctx, conn: &mut Conn, actor: &Actor, key: LessonKey) -> anyhow::Result<Screen> {
    let lesson = writable(conn, actor, key).await?;
    if lesson.finished_at.is_none() {
        return Ok(card::missing(&scene(ctx, &lesson)));
    }
    let (mut told, mut reached) = match lesson.id {
        Some(id) => (store::touched(conn, id).await?, store::reached(conn, id).await?),
        None => (Vec::new(), Vec::new()),
    };
    // What a family told the school isn't told back to it.
    let known = told::told_by_families(conn, &lesson).await?;
    told.retain(|pupil| !known.contains(pupil));
    reached.retain(|pupil| !known.contains(pupil));
    let writer = lesson.planned.substitute.unwrap_or(lesson.planned.load.teacher_id);
    let day = timetable::store::teacher_day(conn, writer, key.date).await?;
    let next = day
        .into_iter()
        .find(|it| (it.bell, it.key.number) > (lesson.planned.bell, key.number) && it.standing == Standing::Held);
    Ok(card::done(&scene(ctx, &lesson), &told, &reached, next.as_ref()))
}

async fn draw_cell_conflict(ctx: &Ctx, conn: &mut Conn, actor: &Actor, press: CellPress) -> anyhow::Result<Screen> {
    let lesson = writable(conn, actor, press.key).await?;
    known(&lesson, press.pupil)?;
    let last = lines(conn, &lesson, press.pupil).await?.pop();
    let by = match &last {
        Some(line) => Some((
            dates::local(line.at, lesson.planned.load.zone()).time(),
            adult(conn, line.person_id).await?,
        )),
        None => None,
    };
    Ok(pupil::conflict(&scene(ctx, &lesson), press, by))
}

async fn draw_text_conflict(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    flow: Option<&Flow>,
    key: LessonKey,
) -> anyhow::Result<Screen> {
    let lesson = writable(conn, actor, key).await?;
    let Some((field, mine)) = flow.filter(|it| it.key == key).and_then(|it| match &it.awaiting {
        Awaiting::Choice(field, text) => Some((*field, text.clone())),
        _ => None,
    }) else {
        return Ok(card::card(&scene(ctx, &lesson), &card::CardState::default()));
    };
    let theirs = match field {
        Field::Topic => lesson.topic.clone().unwrap_or_default(),
        Field::Homework => match &lesson.homework {
            crate::lessons::Homework::Text(text) => text.clone(),
            _ => String::new(),
        },
    };
    let by = match lesson.id {
        Some(id) => history::store::last_of_field(conn, id, field.code()).await?,
        None => None,
    };
    let by = match by {
        Some(line) => Some((
            dates::local(line.at, lesson.planned.load.zone()).time(),
            adult(conn, line.person_id).await?,
        )),
        None => None,
    };
    Ok(texts::text_conflict(&scene(ctx, &lesson), field, &mine, &theirs, by))
}
