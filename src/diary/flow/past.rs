//! The lessons of a subject, by pages: what a family looks for when it knows the subject and not the day.

use super::{ground, page};
use crate::access::Actor;
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::diary::screens::past::{self as screens, PAGE};
use crate::diary::store;
use crate::ids::{PersonId, SubjectId};
use crate::school;

/// A page of them.
pub async fn past(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    pupil: PersonId,
    (subject, at): (SubjectId, u8),
) -> anyhow::Result<Screen> {
    let (mut page, proof, school) = page(ctx, conn, actor, pupil).await?;
    // Of another school's subject not even the name is told.
    let title = school::store::subject(conn, school.id, subject)
        .await?
        .unwrap_or_default();
    let today = page.now.date();
    let mut lessons = match ground(conn, proof, &mut page, today).await? {
        Some(ground) => {
            store::past(
                conn,
                proof.pupil(),
                (ground.class, subject),
                usize::from(at) * PAGE,
                PAGE + 1,
            )
            .await?
        }
        None => Vec::new(),
    };
    let more = lessons.len() > PAGE;
    lessons.truncate(PAGE);
    Ok(screens::past(
        ctx.locale,
        &page,
        (subject, &title),
        (&lessons, more),
        at,
    ))
}
