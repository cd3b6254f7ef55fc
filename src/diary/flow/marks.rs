//! Marks: by subject, a subject's, and the lesson behind one.

use super::{ground, page};
use crate::access::{Actor, ReadDiary};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::diary::press::{Back, Period};
use crate::diary::screens::marks::Marks;
use crate::diary::{Detail, Entry, Page, corrections, screens, store};
use crate::ids::{PersonId, SubjectId};
use crate::lessons::{self, Homework, comments};
use crate::people;
use crate::school::{self, Stretch};
use crate::timetable::{self, LessonKey};
use crate::words::refuse;

/// P7.
pub async fn marks(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (pupil, period): (PersonId, Period),
) -> anyhow::Result<Screen> {
    let (mut page, proof, _) = page(ctx, conn, actor, pupil).await?;
    let marks = load(conn, proof, &mut page, period).await?;
    Ok(screens::marks::marks(ctx.locale, &page, &marks))
}

/// P8 in words.
pub async fn subject(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (subject, period, at): (SubjectId, Period, u8),
) -> anyhow::Result<Screen> {
    let (mut page, proof, school) = page(ctx, conn, actor, pupil).await?;
    let mut marks = load(conn, proof, &mut page, period).await?;
    marks.given.retain(|it| it.subject == subject);
    let title = match marks.given.first() {
        Some(it) => it.title.clone(),
        // A term without marks of it; of another school's subject not even the name is told.
        None => school::store::subject(conn, school.id, subject)
            .await?
            .unwrap_or_default(),
    };
    Ok(screens::marks::subject(
        ctx.locale,
        &page,
        &marks,
        (subject, &title),
        at,
    ))
}

pub(super) async fn load(conn: &mut Conn, proof: ReadDiary, page: &mut Page, period: Period) -> anyhow::Result<Marks> {
    let asked = match period {
        Period::Now | Period::Year => page.now.date(),
        Period::Of(day) => day,
    };
    let mut marks = Marks {
        period,
        title: String::new(),
        given: Vec::new(),
        taught: Vec::new(),
        former: None,
        next: None,
    };
    let Some(ground) = ground(conn, proof, page, asked).await? else {
        return Ok(marks);
    };
    marks.taught = store::taught(conn, proof.pupil(), ground.class).await?;
    let terms = school::store::terms(conn, ground.class).await?;
    let today = page.now.date();
    let Some(stretch) = Stretch::of(period, (&terms, ground.year), ground.date, today) else {
        return Ok(marks);
    };
    let days = (stretch.span.starts, stretch.span.ends);
    marks.given = store::marks(conn, proof.pupil(), days).await?;
    marks.title = stretch.title;
    marks.former = stretch.former;
    marks.next = stretch.next;
    Ok(marks)
}

/// A lesson behind a mark or a line of the diary. That the child belongs to it is read from the lesson's own register.
pub async fn lesson(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (key, back): (LessonKey, Back),
) -> anyhow::Result<Screen> {
    let (mut page, proof, school) = page(ctx, conn, actor, pupil).await?;
    let pupil = proof.pupil();
    let Some(lesson) = lessons::store::lesson(conn, key).await? else {
        refuse!("diary.lesson_gone")
    };
    let is_theirs = lesson.pupil(pupil).is_some() || lesson.cells.contains_key(&pupil);
    let is_there = lesson.id.is_some() || lesson.planned.standing != timetable::Standing::Absent;
    if !is_theirs || !is_there {
        refuse!("diary.lesson_gone");
    }
    page.child.class = school::class_name(lesson.planned.load.grade, &lesson.planned.load.letter);
    let (comment, former) = match lesson.id {
        Some(id) => (
            comments::store::comment(conn, id, pupil).await?,
            corrections(&store::lasting_history(conn, id, pupil).await?),
        ),
        None => (None, Vec::new()),
    };
    let files = match lesson.id {
        Some(id) => {
            let n = lessons::enclosed::store::of(conn, id).await?.len();
            (n > 0).then(|| (id, i64::try_from(n).unwrap_or(i64::MAX)))
        }
        None => None,
    };
    let class = lesson.planned.load.class_id;
    let tasks = store::tasks(conn, pupil, class, (key.date, key.date)).await?;
    let slots = timetable::store::slots_of_class(conn, class).await?;
    let entry = Entry {
        room: timetable::room_of(&slots, key),
        cell: lesson.cell(pupil),
        entered: lesson.topic.is_some() || lesson.homework != Homework::Missing || lesson.attendance_taken,
        topic: lesson.topic,
        homework: lesson.homework,
        due: lesson.due,
        planned: lesson.planned,
    };
    let detail = Detail {
        task: tasks.into_iter().rfind(|it| it.load == key.load),
        files,
        comment,
        former,
        teacher: adult(conn, entry.planned.load.teacher_id).await?,
        substitute: match entry.planned.substitute {
            Some(id) => Some(adult(conn, id).await?),
            None => None,
        },
        entry,
    };
    Ok(screens::lesson::lesson(ctx.locale, &page, &detail, back, school.zone))
}

async fn adult(conn: &mut Conn, id: PersonId) -> anyhow::Result<String> {
    Ok(people::store::person(conn, id)
        .await?
        .map(|person| person.name.adult())
        .unwrap_or_default())
}
