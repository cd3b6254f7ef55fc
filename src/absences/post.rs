//! Letters of absences: what was told to the tutors, questions to a family, and what becomes of both where they stand.

use chrono::{DateTime, Utc};

use super::screens::family::Shown;
use super::screens::{self, Today, letters};
use super::store::Asked;
use super::{Absence, Days, First, Inquiry, Run, store};
use crate::chat::Ctx;
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{AbsenceId, Account, ClassId, InquiryId, LessonId, PersonId};
use crate::people::entry::connect;
use crate::people::{self, Person};
use crate::school;
use crate::words::names::in_school;
use crate::words::{Locale, dates};

/// The key of a letter to a tutor about an absence.
fn told_key(id: AbsenceId, tutor: PersonId, account: i64) -> String {
    format!("absence:{id}:told:{tutor}:{account}")
}

/// Somebody's name, as adults are called.
pub(super) async fn adult(conn: &mut Conn, person: PersonId) -> anyhow::Result<String> {
    let found = people::store::person(conn, person).await?;
    Ok(found.map(|it| it.name.adult()).unwrap_or_default())
}

/// «Анна»; with the class when two children of the parent share the name.
pub(super) async fn called(conn: &mut Conn, child: &Person, parent: PersonId, class: &str) -> anyhow::Result<String> {
    let children = people::store::children(conn, parent).await?;
    let namesakes = children.iter().filter(|it| it.name.name == child.name.name).count();
    let name = if namesakes > 1 && !class.is_empty() {
        format!("{} ({class})", child.name.name)
    } else {
        child.name.name.clone()
    };
    let school = people::store::school_beside(conn, parent).await?;
    Ok(in_school(&name, school.as_deref()))
}

/// A pupil with the class and the school's day, as letters need them.
struct About {
    pupil: Person,
    class: (ClassId, String),
    today: Today,
    tutors: Vec<PersonId>,
    guardians: Vec<PersonId>,
}

async fn about(conn: &mut Conn, pupil: PersonId, now: DateTime<Utc>) -> anyhow::Result<Option<About>> {
    let (Some(person), Some(scope)) = (
        people::store::person(conn, pupil).await?,
        people::store::pupil_scope(conn, pupil).await?,
    ) else {
        return Ok(None);
    };
    let zone = school::store::zone(conn, scope.school).await?;
    let date = dates::local(now, zone).date();
    let class = school::store::class_of(conn, pupil, date).await?;
    Ok(class.map(|(id, grade, letter)| About {
        pupil: person,
        class: (id, school::class_name(grade, &letter)),
        today: Today { date, zone },
        tutors: scope.tutors,
        guardians: scope.guardians,
    }))
}

/// The tutors hear what a family told, with the photo of its note above.
pub(super) async fn tell_tutors(tx: &mut Tx, absence: &Absence, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(about) = about(tx, absence.pupil, now).await? else {
        return Ok(());
    };
    let by = adult(tx, absence.by).await?;
    for tutor in &about.tutors {
        // The one who did a thing isn't told of it: a tutor may be the parent.
        if *tutor == absence.by {
            continue;
        }
        for (transport, account, locale) in people::store::open_chats(tx, *tutor).await? {
            let locale = Locale::of(&locale);
            let (to, key) = ((transport, account), told_key(absence.id, *tutor, account));
            let name = about.pupil.name.pupil();
            let note = absence.note.0.as_slice();
            for letter in delivery::store::enclosures(&to, &key, note, |_| letters::note(locale, &name), now) {
                delivery::store::post(tx, letter, now).await?;
            }
            let school = people::store::school_beside(tx, *tutor).await?;
            let screen = told(locale, &about, absence, &by).of_school(school.as_deref());
            delivery::store::post(tx, NewLetter::new(to, key, screen, now), now).await?;
        }
    }
    Ok(())
}

fn told(locale: Locale, about: &About, absence: &Absence, by: &str) -> crate::chat::Screen {
    let name = about.pupil.name.pupil();
    let pupil = letters::Pupil {
        name: &name,
        class: (about.class.0, &about.class.1),
    };
    let shown = Shown {
        absence,
        by,
        today: about.today,
    };
    letters::told(locale, pupil, shown)
}

/// What tutors were told is brought up to date where it stands.
pub(super) async fn bring_up_to_date(tx: &mut Tx, absence: &Absence, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(about) = about(tx, absence.pupil, now).await? else {
        return Ok(());
    };
    let by = adult(tx, absence.by).await?;
    let n = store::n_changes(tx, absence.id).await?;
    for tutor in &about.tutors {
        for (transport, account, locale) in people::store::open_chats(tx, *tutor).await? {
            let key = told_key(absence.id, *tutor, account);
            if delivery::store::is_kept(tx, &key).await? {
                let school = people::store::school_beside(tx, *tutor).await?;
                let screen = told(Locale::of(&locale), &about, absence, &by).of_school(school.as_deref());
                let change = NewLetter::new((transport, account), format!("{key}:{n}"), screen, now).changing(key);
                delivery::store::post(tx, change, now).await?;
            }
        }
    }
    Ok(())
}

/// The photo of a note is brought once more into a chat; `false` when there is none.
pub(super) async fn note_again(ctx: &Ctx, tx: &mut Tx, to: Account, absence: &Absence) -> anyhow::Result<bool> {
    let Some(note) = &absence.note.0 else {
        return Ok(false);
    };
    let pupil = people::store::person(tx, absence.pupil).await?;
    let name = pupil.map(|it| it.name.pupil()).unwrap_or_default();
    let key = format!("absence:{}:again:{}:{}", absence.id, to.id, ctx.now.timestamp_millis());
    let chat = (to.transport.to_owned(), to.id);
    let mut letter = NewLetter::new(chat, key, letters::note(ctx.locale, &name), ctx.now);
    letter.letter.enclosed = Some(note.clone());
    letter.letter.silent = true;
    delivery::store::post(tx, letter, ctx.now).await?;
    Ok(true)
}

/// A tutor asks the family of a pupil about days without a reason; whether there was a chat to ask in.
pub(super) async fn ask(tx: &mut Tx, run: &Run, tutor: PersonId, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let pupil = run.days.pupil;
    let Some(about) = about(tx, pupil, now).await? else {
        return Ok(false);
    };
    let mut chats = Vec::new();
    for parent in about.guardians.iter().copied() {
        let open = people::store::open_chats(tx, parent).await?;
        chats.extend(open.into_iter().map(|chat| (parent, chat)));
    }
    if chats.is_empty() {
        return Ok(false);
    }
    let id = store::ask(tx, run.days, (None, Some(tutor)), now).await?;
    let tutor = adult(tx, tutor).await?;
    for (parent, (transport, account, locale)) in chats {
        let child = called(tx, &about.pupil, parent, &about.class.1).await?;
        let screen = letters::asked(Locale::of(&locale), id, (&child, &tutor), run, about.today.date);
        let letter = Asked {
            key: format!("asked:{id}:{pupil}:{parent}:{account}:1"),
            parent,
            transport,
            account,
        };
        post_question(tx, id, letter, screen, now).await?;
    }
    Ok(true)
}

async fn post_question(
    tx: &mut Tx,
    id: InquiryId,
    letter: Asked,
    screen: crate::chat::Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let to = (letter.transport.clone(), letter.account);
    delivery::store::post(tx, NewLetter::new(to, letter.key.clone(), screen, now), now).await?;
    store::keep_letter(tx, id, &letter).await
}

/// P3: the alarm of a first lesson asks one account of a family where its child is. The letter has the key that the
/// lesson's notice would have had.
pub async fn alarm(
    tx: &mut Tx,
    (pupil, lesson): (PersonId, &First),
    (letter, locale, child): (Asked, Locale, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let id = match store::of_lesson(tx, lesson.lesson, pupil).await? {
        Some(asked) => asked.id,
        None => {
            let days = Days {
                pupil,
                from: lesson.date,
                to: lesson.date,
            };
            store::ask(tx, days, (Some(lesson.lesson), None), now).await?
        }
    };
    let screen = letters::alarm(locale, id, child, lesson);
    post_question(tx, id, letter, screen, now).await
}

/// What is known now answers every question about these days: where they stand, they say so.
pub(super) async fn answer(tx: &mut Tx, absence: &Absence, now: DateTime<Utc>) -> anyhow::Result<()> {
    for inquiry in store::open_inquiries(tx, absence.days()).await? {
        store::close(tx, inquiry.id, Some(absence.id), now).await?;
        show_answer(tx, &inquiry, absence, now).await?;
    }
    Ok(())
}

async fn show_answer(tx: &mut Tx, inquiry: &Inquiry, absence: &Absence, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(about) = about(tx, inquiry.pupil, now).await? else {
        return Ok(());
    };
    let by = adult(tx, absence.by).await?;
    for letter in store::letters(tx, inquiry.id).await? {
        let Some(locale) = locale_of(tx, &about, &letter).await? else {
            continue;
        };
        let child = called(tx, &about.pupil, letter.parent, &about.class.1).await?;
        let shown = Shown {
            absence,
            by: &by,
            today: about.today,
        };
        let screen = letters::answered(locale, &child, shown);
        change(tx, letter, "answered", screen, now).await?;
    }
    Ok(())
}

/// The language of a chat that is open, still that parent's, and may hear of the child.
async fn locale_of(conn: &mut Conn, about: &About, letter: &Asked) -> anyhow::Result<Option<Locale>> {
    if !about.guardians.contains(&letter.parent) {
        return Ok(None);
    }
    let chats = people::store::open_chats(conn, letter.parent).await?;
    let own = chats
        .into_iter()
        .find(|it| (&it.0, it.1) == (&letter.transport, letter.account));
    Ok(own.map(|it| Locale::of(&it.2)))
}

async fn change(
    tx: &mut Tx,
    letter: Asked,
    why: &str,
    screen: crate::chat::Screen,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let to = (letter.transport, letter.account);
    let new = NewLetter::new(to, format!("{}:{why}", letter.key), screen, now).changing(letter.key);
    delivery::store::post(tx, new, now).await
}

/// P3c: nobody of the family knows. The tutors' chats ring, and the question says who has answered so.
pub(super) async fn doesnt_know(
    tx: &mut Tx,
    inquiry: &Inquiry,
    by: PersonId,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let Some(about) = about(tx, inquiry.pupil, now).await? else {
        return Ok(());
    };
    let (by, at) = (adult(tx, by).await?, dates::local(now, about.today.zone).time());
    let time = dates::time(at);
    for letter in store::letters(tx, inquiry.id).await? {
        let (Some(locale), Some(asked)) = (
            locale_of(tx, &about, &letter).await?,
            delivery::store::letter(tx, &letter.key).await?,
        ) else {
            continue;
        };
        let screen = letters::nobody_knows(locale, asked.screen, &by, &time);
        change(tx, letter, "unknown", screen, now).await?;
    }
    let days = Days {
        pupil: inquiry.pupil,
        from: inquiry.starts,
        to: inquiry.ends,
    };
    let name = about.pupil.name.pupil();
    let pupil = letters::Pupil {
        name: &name,
        class: (about.class.0, &about.class.1),
    };
    let screen = |locale| {
        let days = screens::period(locale, days, about.today.date);
        letters::unknown(locale, pupil, &days, (&by, &time))
    };
    for tutor in &about.tutors {
        let key = format!("absence:asked:{}:unknown:{tutor}", inquiry.id);
        connect::tell(tx, &[*tutor], &key, screen, now).await?;
    }
    Ok(())
}

/// P3d: a pupil whom an alarm of this lesson looked for is there. Tutors who knew that the family didn't know hear it too.
pub async fn found(tx: &mut Tx, lesson: LessonId, pupil: PersonId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(inquiry) = store::of_lesson(tx, lesson, pupil).await? else {
        return Ok(());
    };
    store::set_found(tx, inquiry.id, now).await?;
    if inquiry.unknown_at.is_none() || inquiry.absence.is_some() {
        return Ok(());
    }
    let Some(about) = about(tx, pupil, now).await? else {
        return Ok(());
    };
    let name = about.pupil.name.pupil();
    let pupil = letters::Pupil {
        name: &name,
        class: (about.class.0, &about.class.1),
    };
    for tutor in &about.tutors {
        let key = format!("absence:asked:{}:found:{tutor}", inquiry.id);
        connect::tell(tx, &[*tutor], &key, |locale| letters::found(locale, pupil), now).await?;
    }
    Ok(())
}
