//! A family answers where its child is: P3's buttons, pressed at any time, by either parent, twice.

use super::super::press::View;
use super::super::screens::family as screens;
use super::super::{Days, Draft, Inquiry, Open, Reason, Told, post, store};
use super::family::{Of, of, tell};
use super::object;
use crate::access::Actor;
use crate::chat::{Ctx, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::ids::InquiryId;
use crate::people;
use crate::school;
use crate::words::{plain, refuse};

/// A question with the right to answer it.
async fn asked(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: InquiryId) -> anyhow::Result<(Inquiry, Of)> {
    let Some(inquiry) = store::inquiry(conn, id).await? else {
        refuse!("access.diary_not_yours")
    };
    let of = of(ctx, conn, actor, inquiry.pupil).await?;
    Ok((inquiry, of))
}

/// What to show when nothing is asked any more; `None` while it is.
fn over(ctx: &Ctx, inquiry: &Inquiry) -> Option<Reply<View>> {
    inquiry.closed_at?;
    Some(match inquiry.absence {
        Some(answer) => Reply::view(View::One(answer)).toast(plain!(ctx.locale, "absences.toast.answered_before")),
        None => Reply::view(View::Mine(inquiry.pupil)).toast(plain!(ctx.locale, "absences.toast.found")),
    })
}

fn draft(inquiry: &Inquiry, reason: Reason) -> Draft {
    let days = Days {
        pupil: inquiry.pupil,
        from: inquiry.starts,
        to: inquiry.ends,
    };
    Draft::new(Told { days, reason }, Some(inquiry.id))
}

/// «Знаю, болеет».
pub(super) async fn ill(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: InquiryId) -> anyhow::Result<Reply<View>> {
    let (inquiry, of) = asked(ctx, tx, actor, id).await?;
    if let Some(over) = over(ctx, &inquiry) {
        return Ok(over);
    }
    tell(ctx, tx, actor, (&of, &draft(&inquiry, Reason::Ill))).await
}

/// «Знаю, другое»: which?
pub(super) async fn other(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: InquiryId) -> anyhow::Result<Reply<View>> {
    let (inquiry, _) = asked(ctx, tx, actor, id).await?;
    Ok(over(ctx, &inquiry).unwrap_or_else(|| Reply::view(View::AskedWhy(id))))
}

/// The reason; another one in words.
pub(super) async fn because(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    open: &mut Option<Open>,
    (id, reason): (InquiryId, Reason),
) -> anyhow::Result<Reply<View>> {
    let (inquiry, of) = asked(ctx, tx, actor, id).await?;
    if let Some(over) = over(ctx, &inquiry) {
        return Ok(over);
    }
    match reason {
        Reason::Unexcused => refuse!("access.diary_not_yours"),
        Reason::Other => {
            *open = Some(Open::Draft(draft(&inquiry, reason)));
            Ok(Reply::view(View::Preview))
        }
        Reason::Ill | Reason::Doctor | Reason::Family | Reason::Contest => {
            tell(ctx, tx, actor, (&of, &draft(&inquiry, reason))).await
        }
    }
}

/// P3c.
pub(super) async fn dont_know(ctx: &Ctx, tx: &mut Tx, actor: &Actor, id: InquiryId) -> anyhow::Result<Reply<View>> {
    let (inquiry, of) = asked(ctx, tx, actor, id).await?;
    if let Some(over) = over(ctx, &inquiry) {
        return Ok(over);
    }
    let reply = Reply::view(View::TutorKnows(id));
    if !store::unknown(tx, of.proof, id, ctx.now).await? {
        return Ok(reply.toast(plain!(ctx.locale, "absences.toast.known_before")));
    }
    let by = of.proof.by();
    let about = object(inquiry.pupil);
    people::store::audit(tx, ctx.now, actor.account, Some(by), ("absence_unknown", &about)).await?;
    post::doesnt_know(tx, &inquiry, by, ctx.now).await?;
    Ok(reply)
}

pub(super) async fn why(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: InquiryId) -> anyhow::Result<Screen> {
    let (inquiry, of) = asked(ctx, conn, actor, id).await?;
    Ok(screens::asked_why(ctx.locale, &of.child, &inquiry, of.today.date))
}

pub(super) async fn tutor_knows(ctx: &Ctx, conn: &mut Conn, actor: &Actor, id: InquiryId) -> anyhow::Result<Screen> {
    let (inquiry, _) = asked(ctx, conn, actor, id).await?;
    let scope = people::store::pupil_scope(conn, inquiry.pupil).await?;
    let (mut tutors, mut phone) = (Vec::new(), String::new());
    if let Some(scope) = scope {
        for tutor in scope.tutors {
            tutors.push(post::adult(conn, tutor).await?);
        }
        let school = school::store::school(conn, scope.school).await?;
        phone = school.map(|it| it.phone).unwrap_or_default();
    }
    let alarm = inquiry.lesson.is_some();
    Ok(screens::tutor_knows(ctx.locale, &tutors.join(", "), &phone, alarm))
}
