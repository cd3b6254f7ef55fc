//! Who sees which debts, and how teachers are reminded. Each view asks for its right.

use chrono::NaiveDateTime;
use std::collections::HashMap;

use super::press::{Act, View};
use super::screens::{self, Away, ClassDay, Line};
use super::{Debt, LOOKED_BACK, debtors, debts, store};
use crate::absences;
use crate::access::{self, Actor};
use crate::chat::{Ctx, Reply, Screen, limits};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people;
use crate::people::passes::{self, Class};
use crate::people::reach::{self, Audience, Place};
use crate::school;
use crate::timetable;
use crate::words::{Locale, dates, plain, refuse};

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Remind(class) => remind(ctx, tx, actor, class).await,
    }
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    match view {
        View::Mine(page) => mine(ctx, conn, actor, page).await,
        View::Class(class, page) => class_day(ctx, conn, actor, (class, page)).await,
        View::School(school, page) => overview(ctx, conn, actor, (school, page)).await,
    }
}

/// What a teacher's lessons lack, oldest first.
pub async fn debts_of(conn: &mut Conn, teacher: PersonId, now: NaiveDateTime) -> anyhow::Result<Vec<Debt>> {
    let to = now.date();
    let from = to.checked_sub_days(LOOKED_BACK).unwrap_or(to);
    let planned = timetable::store::teacher_days(conn, teacher, (from, to)).await?;
    let filled = store::of_teacher(conn, teacher, (from, to)).await?;
    Ok(debts(planned, &filled, now))
}

/// What the lessons of a class lack, oldest first.
async fn debts_of_class(conn: &mut Conn, class: ClassId, now: NaiveDateTime) -> anyhow::Result<Vec<Debt>> {
    let to = now.date();
    let Some(year) = school::store::year_of(conn, class).await? else {
        return Ok(Vec::new());
    };
    let from = to.checked_sub_days(LOOKED_BACK).unwrap_or(to).max(year.starts);
    let planned = timetable::store::class_days(conn, class, from, to).await?;
    let filled = store::of_class(conn, class, (from, to)).await?;
    Ok(debts(planned, &filled, now))
}

/// What all lessons of the actor lack, in every school.
async fn own(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<(Vec<Debt>, NaiveDateTime)> {
    let mut found = Vec::new();
    let mut now_there = dates::local(ctx.now, chrono_tz::Tz::UTC);
    for identity in &actor.identities {
        if !people::store::teaches(conn, identity.person).await? {
            continue;
        }
        now_there = dates::local(ctx.now, school::store::zone(conn, identity.school).await?);
        found.extend(debts_of(conn, identity.person, now_there).await?);
    }
    Ok((found, now_there))
}

/// How much the actor's own lessons lack.
pub async fn n_own(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<usize> {
    Ok(own(ctx, conn, actor).await?.0.len())
}

async fn mine(ctx: &Ctx, conn: &mut Conn, actor: &Actor, page: u8) -> anyhow::Result<Screen> {
    let mut teaches = false;
    for identity in &actor.identities {
        teaches |= people::store::teaches(conn, identity.person).await?;
    }
    if !teaches {
        refuse!("access.no_section")
    }
    let (found, now) = own(ctx, conn, actor).await?;
    Ok(screens::mine(ctx.locale, &found, (now.date(), page)))
}

/// A class that the actor is the tutor of or oversees, with the school's moment.
struct Of {
    class: Class,
    school: SchoolId,
    now: NaiveDateTime,
    is_tutor: bool,
}

async fn class_right(ctx: &Ctx, conn: &mut Conn, actor: &Actor, class: ClassId) -> anyhow::Result<Of> {
    let Some((class, scope)) = passes::store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    access::read_access(actor, &scope)?;
    let zone = school::store::zone(conn, scope.school).await?;
    Ok(Of {
        class,
        school: scope.school,
        now: dates::local(ctx.now, zone),
        is_tutor: access::keep_absences(actor, &scope).is_ok(),
    })
}

async fn class_day(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (class, page): (ClassId, u8)) -> anyhow::Result<Screen> {
    let of = class_right(ctx, conn, actor, class).await?;
    let found = debts_of_class(conn, class, of.now).await?;
    let names = names(conn, &debtors(&found)).await?;
    let lines = lines(&found, &names);
    let n_others = debtors(&found).iter().filter(|it| !is_me(actor, **it)).count();
    let away = away(conn, class, of.now).await?;
    Ok(screens::class(
        ctx.locale,
        &ClassDay {
            class: (of.class.id, &of.class.name),
            now: of.now,
            away,
            lines,
            n_others,
            is_tutor: of.is_tutor,
        },
        page,
    ))
}

fn is_me(actor: &Actor, person: PersonId) -> bool {
    actor.identities.iter().any(|it| it.person == person)
}

fn lines<'d>(found: &'d [Debt], names: &HashMap<PersonId, String>) -> Vec<Line<'d>> {
    let line = |debt: &'d Debt| Line {
        debt,
        teacher: names.get(&debt.whose()).cloned().unwrap_or_default(),
    };
    found.iter().map(line).collect()
}

async fn names(conn: &mut Conn, people: &[PersonId]) -> anyhow::Result<HashMap<PersonId, String>> {
    let mut names = HashMap::new();
    for id in people {
        if let Some(person) = people::store::person(conn, *id).await? {
            names.insert(*id, person.name.adult());
        }
    }
    Ok(names)
}

/// Who of a class isn't at today's lessons, by the registers that were taken.
async fn away(conn: &mut Conn, class: ClassId, now: NaiveDateTime) -> anyhow::Result<Vec<Away>> {
    let today = now.date();
    let missed = absences::store::missed(conn, class, (today, today)).await?;
    let reasons: HashMap<PersonId, absences::Reason> = absences::store::reasons(conn, class, today)
        .await?
        .into_iter()
        .map(|(pupil, reason, _)| (pupil, reason))
        .collect();
    let ties = reach::store::ties(conn, Audience::Parents(Place::Class(class))).await?;
    let missing = reach::Reach::of(ties).missing;
    let pupils = school::store::pupils_of_class(conn, class, today).await?;
    let found = pupils.iter().filter_map(|pupil| {
        let mut lessons = missed.iter().filter(|it| it.pupil == pupil.id);
        let first = lessons.next()?;
        Some(Away {
            pupil: pupil.full_name().pupil(),
            sign: first.sign.clone(),
            since: first.number,
            reason: reasons.get(&pupil.id).copied(),
            is_reached: !missing.iter().any(|(it, _)| it.id == pupil.id),
        })
    });
    Ok(found.collect())
}

/// The tutor, or whoever oversees the class, reminds its teachers: each once a day.
async fn remind(ctx: &Ctx, tx: &mut Tx, actor: &Actor, class: ClassId) -> anyhow::Result<Reply<View>> {
    let of = class_right(ctx, tx, actor, class).await?;
    let Some(by) = actor.person_at(of.school) else {
        refuse!("access.people_not_yours")
    };
    let found = debts_of_class(tx, class, of.now).await?;
    let names = names(tx, &debtors(&found)).await?;
    let asks = people::store::person(tx, by)
        .await?
        .map(|it| it.name.adult())
        .unwrap_or_default();
    let (mut told, mut before, mut unreached) = (Vec::new(), 0, Vec::new());
    for teacher in debtors(&found) {
        if is_me(actor, teacher) {
            continue;
        }
        let theirs: Vec<&Debt> = found.iter().filter(|it| it.whose() == teacher).collect();
        let name = names.get(&teacher).cloned().unwrap_or_default();
        let chats = people::store::open_chats(tx, teacher).await?;
        if chats.is_empty() {
            unreached.push(name);
            continue;
        }
        let mut is_new = false;
        for (transport, account, locale) in chats {
            let key = format!("debts:class:{class}:{teacher}:{}:{account}", of.now.date());
            if delivery::store::is_kept(tx, &key).await? {
                continue;
            }
            is_new = true;
            let about = (of.class.name.as_str(), asks.as_str());
            let screen = screens::reminder(Locale::of(&locale), about, &theirs, of.now.date());
            delivery::store::post(tx, NewLetter::new((transport, account), key, screen, ctx.now), ctx.now).await?;
        }
        if is_new {
            told.push(name);
        } else {
            before += 1;
        }
    }
    let reply = Reply::view(View::Class(class, 0));
    if !told.is_empty() {
        let object = format!("class:{class}");
        people::store::audit(tx, ctx.now, actor.account, Some(by), ("teachers_reminded", &object)).await?;
    }
    let said = screens::reminded(ctx.locale, &told, before, &unreached);
    Ok(if unreached.is_empty() && said.chars().count() <= limits::TOAST {
        reply.toast(said)
    } else {
        reply.alert(said)
    })
}

async fn overview(ctx: &Ctx, conn: &mut Conn, actor: &Actor, (school, page): (SchoolId, u8)) -> anyhow::Result<Screen> {
    let mut classes: Vec<Class> = Vec::new();
    for proof in access::oversee(actor)? {
        if proof.school() == school {
            for class in passes::store::classes_between(conn, school, proof.grades()).await? {
                if !classes.iter().any(|it| it.id == class.id) {
                    classes.push(class);
                }
            }
        }
    }
    if classes.is_empty() {
        refuse!("access.no_section")
    }
    let now = dates::local(ctx.now, school::store::zone(conn, school).await?);
    let page = screens::within(page, classes.len());
    let mut rows = Vec::new();
    for class in classes
        .iter()
        .skip(usize::from(page) * screens::PAGE)
        .take(screens::PAGE)
    {
        let found = debts_of_class(conn, class.id, now).await?;
        let names = names(conn, &debtors(&found)).await?;
        let mut teachers: Vec<String> = names.into_values().collect();
        teachers.sort_by_cached_key(|it| crate::words::sort_key(it, "", ""));
        rows.push((class.clone(), found.len(), teachers));
    }
    let title = plain!(ctx.locale, "control.overview.title");
    Ok(screens::overview(
        ctx.locale,
        (&title, school),
        &rows,
        (page, classes.len()),
    ))
}
