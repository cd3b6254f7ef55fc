//! A family's way through the diary. Looking records nothing, and every page asks whether it may be seen.

mod charts;
mod days;
mod marks;
mod past;

use chrono::NaiveDate;

pub use days::outlook;

use super::press::{Act, Section, View};
use super::{Child, Entry, Eye, Page, clamp, signature, store};
use crate::access::{self, Actor, ReadDiary};
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery;
use crate::ids::{ClassId, LessonId, PersonId};
use crate::lessons::enclosed;
use crate::school::Span;
use crate::words::{dates, plain, refuse};
use crate::{people, school};

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Tick(pupil, lesson, done, day) => tick(ctx, tx, actor, (pupil, lesson), (done, day)).await,
        Act::Sign(pupil, day) => signature::flow::sign(ctx, tx, actor, (pupil, day)).await,
        Act::AskSignatures(school, on) => signature::flow::ask(ctx, tx, actor, (school, on)).await,
        Act::RemindToSign(class, day) => signature::flow::remind(ctx, tx, actor, (class, day)).await,
        Act::Files(pupil, lesson) => files(ctx, tx, actor, (pupil, lesson)).await,
    }
}

/// A pupil says that a homework is done, or isn't yet.
async fn tick(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (pupil, lesson): (PersonId, LessonId),
    (done, day): (bool, NaiveDate),
) -> anyhow::Result<Reply<View>> {
    let proof = access::tick_homework(actor, pupil)?;
    let reply = Reply::view(View::Homework(pupil, Some(day)));
    let Some(words) = store::set_homework(tx, pupil, lesson).await? else {
        return Ok(reply.toast(plain!(ctx.locale, "diary.tasks.toast.gone")));
    };
    store::tick(tx, proof, (lesson, &words), done, ctx.now).await?;
    Ok(if done {
        reply.toast(plain!(ctx.locale, "diary.tasks.toast.done"))
    } else {
        reply.toast(plain!(ctx.locale, "diary.tasks.toast.undone"))
    })
}

/// The files of a homework come into the reader's chat; the page stays as it is.
async fn files(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    (pupil, lesson): (PersonId, LessonId),
) -> anyhow::Result<Reply<View>> {
    let Some(scope) = people::store::pupil_scope(tx, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    access::read_diary(actor, &scope)?;
    let enclosed = match store::set_homework(tx, pupil, lesson).await? {
        Some(_) => enclosed::store::of(tx, lesson).await?,
        None => Vec::new(),
    };
    if enclosed.is_empty() {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "diary.tasks.toast.no_files")));
    }
    let letters = enclosed::letters(ctx, actor, &enclosed, &format!("homework:{lesson}:read"))?;
    delivery::store::post_many(tx, &letters, ctx.now).await?;
    Ok(Reply::stay().toast(plain!(ctx.locale, "lessons.enclosed.toast.brought")))
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Mine => {
            let first = first_child(ctx, conn, actor).await?;
            days::day(ctx, conn, actor, (first, None)).await
        }
        View::MyPage(section) => {
            let first = first_child(ctx, conn, actor).await?;
            match section {
                Section::Marks => marks::marks(ctx, conn, actor, (first, super::press::Period::Now)).await,
                Section::Homework => days::homework(ctx, conn, actor, (first, None)).await,
                Section::Timetable => days::timetable(ctx, conn, actor, (first, None)).await,
            }
        }
        View::Day(pupil, date) => days::day(ctx, conn, actor, (pupil, date)).await,
        View::Week(pupil, date) => days::week(ctx, conn, actor, (pupil, date)).await,
        View::Month(pupil, date) => days::month(ctx, conn, actor, (pupil, date)).await,
        View::Lesson(pupil, key, back) => marks::lesson(ctx, conn, actor, pupil, (key, back)).await,
        View::Homework(pupil, date) => days::homework(ctx, conn, actor, (pupil, date)).await,
        View::HomeworkWeek(pupil, date) => days::homework_week(ctx, conn, actor, (pupil, date)).await,
        View::Timetable(pupil, date) => days::timetable(ctx, conn, actor, (pupil, date)).await,
        View::TimetableWeek(pupil, date) => days::timetable_week(ctx, conn, actor, (pupil, date)).await,
        View::Bells(pupil) => days::bells(ctx, conn, actor, pupil).await,
        View::Marks(pupil, period) => marks::marks(ctx, conn, actor, (pupil, period)).await,
        View::Subject(pupil, subject, period, at) => {
            marks::subject(ctx, conn, actor, pupil, (subject, period, at)).await
        }
        View::Course(pupil, subject, period, tone) => {
            charts::course(ctx, conn, actor, pupil, (subject, period, tone)).await
        }
        View::Standings(pupil, period, tone) => charts::standings(ctx, conn, actor, pupil, (period, tone)).await,
        View::Absences(pupil, period, tone) => charts::absences(ctx, conn, actor, pupil, (period, tone)).await,
        View::Past(pupil, subject, at) => past::past(ctx, conn, actor, pupil, (subject, at)).await,
        View::Signatures(class, day) => signature::flow::class(ctx, conn, actor, (class, day)).await,
        View::SignatureSwitch(school) => signature::flow::switch(ctx, conn, actor, school).await,
    }
}

async fn first_child(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<PersonId> {
    match children(ctx, conn, actor).await?.first() {
        Some(first) => Ok(first.id),
        None => refuse!("access.no_section"),
    }
}

/// The actor themselves where they are a pupil, and their children, as the actor calls them.
pub async fn children(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Child>> {
    let mut found = Vec::new();
    for identity in &actor.identities {
        let mut people = people::store::children(conn, identity.person).await?;
        if people::store::is_pupil(conn, identity.person).await? {
            people.extend(people::store::person(conn, identity.person).await?);
        }
        if people.is_empty() {
            continue;
        }
        let Some(school) = school::store::school(conn, identity.school).await? else {
            continue;
        };
        let today = dates::local(ctx.now, school.zone).date();
        for person in people {
            let class = called(school::store::class_of(conn, person.id, today).await?.as_ref());
            let child = Child {
                id: person.id,
                name: person.name.name,
                class,
                school: None,
            };
            if !found.iter().any(|(it, _): &(Child, String)| it.id == child.id) {
                found.push((child, school.name.clone()));
            }
        }
    }
    let in_one_school = found.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let named = found.into_iter().map(|(child, school)| Child {
        school: (!in_one_school).then_some(school),
        ..child
    });
    Ok(named.collect())
}

/// «7А»; nothing for a child in no class.
fn called(class: Option<&(ClassId, i64, String)>) -> String {
    class.map_or_else(String::new, |(_, grade, letter)| school::class_name(*grade, letter))
}

/// What every page begins with: the right to read, the child, and who looks.
pub async fn page(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
) -> anyhow::Result<(Page, ReadDiary, school::School)> {
    let Some(scope) = people::store::pupil_scope(conn, pupil).await? else {
        refuse!("access.diary_not_yours")
    };
    let proof = access::read_diary(actor, &scope)?;
    let Some(school) = school::store::school(conn, scope.school).await? else {
        refuse!("access.diary_not_yours")
    };
    let now = dates::local(ctx.now, school.zone);
    let mut children = children(ctx, conn, actor).await?;
    let (eye, child, class) = match children.iter().find(|it| it.id == pupil) {
        Some(child) if actor.identities.iter().any(|it| it.person == pupil) => (Eye::Own, child.clone(), None),
        Some(child) => (Eye::Family, child.clone(), None),
        None => {
            children.clear();
            let person = people::store::person(conn, pupil).await?;
            let class = school::store::class_of(conn, pupil, now.date()).await?;
            let child = Child {
                id: pupil,
                name: person.map(|it| it.name.pupil()).unwrap_or_default(),
                class: called(class.as_ref()),
                school: None,
            };
            (Eye::Staff, child, class.map(|(id, ..)| id))
        }
    };
    let page = Page {
        child,
        children,
        eye,
        class,
        now,
    };
    Ok((page, proof, school))
}

/// The class of a child about a day, and the day itself within the class's school year.
#[derive(Clone, Copy, Debug)]
struct Ground {
    class: ClassId,
    year: Span,
    date: NaiveDate,
    /// Whether another day was asked for.
    clamped: bool,
}

/// Finds the class of a day; a day outside the school year becomes the nearest. The page's heading gets the class.
async fn ground(
    conn: &mut Conn,
    proof: ReadDiary,
    page: &mut Page,
    asked: NaiveDate,
) -> anyhow::Result<Option<Ground>> {
    let pupil = proof.pupil();
    let mut class = school::store::class_of(conn, pupil, asked).await?;
    let mut date = asked;
    if class.is_none() {
        // Before the first day of a class or after the last: the year that is now has the nearest.
        let now = school::store::class_of(conn, pupil, page.now.date()).await?;
        if let Some((id, ..)) = now
            && let Some(year) = school::store::year_of(conn, id).await?
        {
            date = clamp(asked, year);
            class = school::store::class_of(conn, pupil, date).await?;
        }
    }
    page.child.class = called(class.as_ref());
    let Some((class, ..)) = class else { return Ok(None) };
    let Some(year) = school::store::year_of(conn, class).await? else {
        return Ok(None);
    };
    let date = clamp(date, year);
    Ok(Some(Ground {
        class,
        year,
        date,
        clamped: date != asked,
    }))
}

/// The lessons of days within the school year.
async fn entries(
    conn: &mut Conn,
    proof: ReadDiary,
    ground: &Ground,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Entry>> {
    let (from, to) = (clamp(from, ground.year), clamp(to, ground.year));
    store::entries(conn, proof.pupil(), ground.class, (from, to)).await
}
