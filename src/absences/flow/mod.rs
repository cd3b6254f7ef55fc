//! Absences are told, asked about, answered, accepted and noted. Whose right it is is asked at each step.

pub mod answer;
pub mod family;
mod pages;
pub mod tutor;

use super::press::{Act, View};
use super::{Absence, Open};
use crate::access::Actor;
use crate::chat::{Attached, Ctx, FileKind, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::{AbsenceId, PersonId};
use crate::words::{plain, refuse};

use super::store;

/// Does an act.
pub async fn act(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    act: Act,
) -> anyhow::Result<Reply<View>> {
    match act {
        Act::OtherDay(pupil) => {
            family::right(tx, actor, pupil).await?;
            *open = Some(Open::Dates(pupil));
            Ok(Reply::view(View::Dates(pupil, 0)))
        }
        Act::Choose(told) => family::choose(ctx, tx, actor, open, told).await,
        Act::Send(told) => family::send(ctx, tx, actor, open, told).await,
        Act::Stop(pupil) => family::stop(tx, actor, open, pupil).await,
        Act::Withdraw(id) => family::withdraw(ctx, tx, actor, id).await,
        Act::End(id, last) => family::end(ctx, tx, actor, (id, last)).await,
        Act::ShowNote(id) => show_note(ctx, tx, actor, id).await,
        Act::Ill(id) => answer::ill(ctx, tx, actor, id).await,
        Act::OtherReason(id) => answer::other(ctx, tx, actor, id).await,
        Act::DontKnow(id) => answer::dont_know(ctx, tx, actor, id).await,
        Act::Because(id, reason) => answer::because(ctx, tx, actor, open, (id, reason)).await,
        Act::Accept(id) => tutor::accept(ctx, tx, actor, id)
            .await
            .map(|said| said.reply(View::Read(id))),
        Act::AcceptHere(id) => tutor::accept(ctx, tx, actor, id).await.map(tutor::Said::stay),
        Act::Explain(told) => tutor::explain(ctx, tx, actor, told).await,
        Act::Ask(days) => tutor::ask(ctx, tx, actor, days).await,
        Act::AskAll(class) => tutor::ask_all(ctx, tx, actor, class).await,
        Act::OpenHere(class) => {
            tutor::class_right(tx, actor, class).await?;
            Ok(Reply::view(View::Class(class)))
        }
    }
}

/// A text of somebody who tells of an absence; `None` when it isn't awaited.
pub async fn text(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    typed: &str,
) -> anyhow::Result<Option<Reply<View>>> {
    match open.clone() {
        Some(Open::Dates(pupil)) => family::typed_days(ctx, tx, actor, open, (pupil, typed)).await.map(Some),
        Some(Open::Draft(draft)) => family::typed_words(tx, actor, open, (draft, typed)).await.map(Some),
        None => Ok(None),
    }
}

/// A photo of a note, of somebody who tells of an absence.
pub async fn file(
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Open,
    (file, words): (&Attached, &str),
) -> anyhow::Result<Reply<View>> {
    let Open::Draft(draft) = open else {
        refuse!("absences.no_file_now")
    };
    family::right(tx, actor, draft.told.days.pupil).await?;
    if file.kind == FileKind::Voice {
        refuse!("absences.note_is_a_picture");
    }
    if !words.trim().is_empty() {
        family::checked(words)?.clone_into(&mut draft.words);
    }
    draft.note = Some(Attached {
        album: None,
        ..file.clone()
    });
    Ok(Reply::view(View::Preview))
}

/// Draws a view.
pub async fn view(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    open: Option<&Open>,
    view: View,
) -> anyhow::Result<Screen> {
    match view {
        View::When(pupil) => pages::when(ctx, conn, actor, pupil).await,
        View::Dates(pupil, page) => pages::dates(ctx, conn, actor, (pupil, page)).await,
        View::First(pupil, page) => pages::first(ctx, conn, actor, (pupil, page)).await,
        View::Last(pupil, from, page) => pages::last(ctx, conn, actor, (pupil, from, page)).await,
        View::Why(days) => pages::why(ctx, conn, actor, days).await,
        View::Preview | View::Note => match open {
            Some(Open::Draft(draft)) => pages::preview(ctx, conn, actor, draft, view).await,
            Some(Open::Dates(pupil)) => pages::when(ctx, conn, actor, *pupil).await,
            None => pages::nothing_open(ctx, conn, actor).await,
        },
        View::Mine(pupil) => pages::mine(ctx, conn, actor, pupil).await,
        View::One(id) => pages::one(ctx, conn, actor, id).await,
        View::Until(id, page) => pages::until(ctx, conn, actor, (id, page)).await,
        View::AskedWhy(id) => answer::why(ctx, conn, actor, id).await,
        View::TutorKnows(id) => answer::tutor_knows(ctx, conn, actor, id).await,
        View::Class(class) => tutor::class(ctx, conn, actor, class).await,
        View::Unknown(days) => tutor::unknown(ctx, conn, actor, days).await,
        View::Read(id) => tutor::read(ctx, conn, actor, id).await,
        View::Month(class, first, page) => tutor::month(ctx, conn, actor, (class, first, page)).await,
    }
}

/// The photo of a note once more, for the family and the tutor.
async fn show_note(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: AbsenceId) -> anyhow::Result<Reply<View>> {
    let absence = existing(tx, id).await?;
    if family::right(tx, actor, absence.pupil).await.is_err() {
        tutor::pupil_right(ctx, tx, actor, absence.pupil).await?;
    }
    if !super::post::note_again(ctx, tx, actor.account, &absence).await? {
        return Ok(Reply::stay().alert(plain!(ctx.locale, "absences.toast.no_note")));
    }
    Ok(Reply::stay().toast(plain!(ctx.locale, "absences.toast.note")))
}

/// An absence that a press names; one that isn't there is nobody's.
async fn existing(conn: &mut Conn, id: AbsenceId) -> anyhow::Result<Absence> {
    match store::absence(conn, id).await? {
        Some(absence) => Ok(absence),
        None => refuse!("access.diary_not_yours"),
    }
}

/// How a pupil's absences are named in the audit.
fn object(pupil: PersonId) -> String {
    format!("person:{pupil}")
}
