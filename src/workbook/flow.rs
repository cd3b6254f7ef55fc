//! A workbook comes, is confirmed or dropped. The work itself is done by jobs.

use chrono::TimeDelta;

use super::press::{Act, View};
use super::{State, WAITS_HOURS, Workbook, is_one_sheet, is_table, kept_name, screens, store, work};
use crate::access::{self, Actor, LoadSchool};
use crate::chat::{Attached, Ctx, Document, Reply, Screen};
use crate::db::{Conn, Tx};
use crate::delivery::{self, store::NewLetter};
use crate::ids::SchoolId;
use crate::jobs;
use crate::school::{
    self,
    import::{FILE_LIMIT, template},
};
use crate::words::{plain, refuse};

/// A file came; `None` when it is no workbook, or comes from somebody without access, who learns nothing here.
pub async fn file(ctx: &Ctx, tx: &mut Tx, actor: &Actor, file: &Attached) -> anyhow::Result<Option<Reply<View>>> {
    if actor.identities.is_empty() || !is_table(&file.name) {
        return Ok(None);
    }
    // Which of several schools it is, the check finds out.
    let Some(school) = schools(actor).next() else {
        refuse!("workbook.not_yours")
    };
    if is_one_sheet(&file.name) {
        refuse!("workbook.one_sheet")
    }
    if usize::try_from(file.size).unwrap_or(usize::MAX) > FILE_LIMIT {
        refuse!("workbook.too_large")
    }
    let proof = access::load_school(actor, school)?;
    let name = kept_name(&file.name);
    let new = store::New {
        school,
        from: (actor.account.transport, actor.account.id),
        name: &name,
        file: &file.id,
    };
    let id = store::add(tx, proof, new, ctx.now).await?;
    jobs::store::schedule_heavy(tx, work::CHECK, id, ctx.now).await?;
    let until = ctx.now + TimeDelta::hours(WAITS_HOURS);
    jobs::store::schedule(tx, work::FORGET, id, until).await?;
    Ok(Some(Reply::view(View::Book(id))))
}

/// The schools whose data an actor loads.
pub fn schools(actor: &Actor) -> impl Iterator<Item = SchoolId> {
    let schools = actor.identities.iter().map(|it| it.school);
    schools.filter(|school| access::load_school(actor, *school).is_ok())
}

/// Does an act.
pub async fn act(ctx: &Ctx, tx: &mut Tx, actor: &Actor, act: Act) -> anyhow::Result<Reply<View>> {
    match act {
        Act::Load(id) => {
            own(tx, actor, id).await?;
            let is_on = store::turn(tx, id, State::Checked, State::Loading).await?;
            if is_on {
                jobs::store::schedule_heavy(tx, work::LOAD, id, ctx.now).await?;
            }
            Ok(settled(ctx, id, is_on))
        }
        Act::Drop(id) => {
            let (book, _) = own(tx, actor, id).await?;
            let is_on = matches!(book.state, State::Checked | State::Refused)
                && store::turn(tx, id, book.state, State::Dropped).await?;
            if is_on {
                store::drop_bytes(tx, id).await?;
            }
            Ok(settled(ctx, id, is_on))
        }
        Act::Renamed(id) => {
            let (book, _) = own(tx, actor, id).await?;
            let is_on = book.found.asks_renamed && store::turn(tx, id, State::Refused, State::Checking).await?;
            if is_on {
                store::set_renamed(tx, id).await?;
                jobs::store::schedule_heavy(tx, work::CHECK, id, ctx.now).await?;
            }
            Ok(settled(ctx, id, is_on))
        }
        Act::Mark(id) => {
            let (book, _) = own(tx, actor, id).await?;
            if book.state != State::Refused {
                return Ok(settled(ctx, id, false));
            }
            jobs::store::schedule_heavy(tx, work::MARK, id, ctx.now).await?;
            Ok(Reply::view(View::Book(id)).toast(plain!(ctx.locale, "workbook.toast.coming")))
        }
        Act::Template(school) => {
            access::load_school(actor, school)?;
            let document = Document {
                name: plain!(ctx.locale, "workbook.template_file"),
                bytes: template(ctx.locale)?,
            };
            send(ctx, tx, actor, (&document, screens::template(ctx.locale))).await?;
            Ok(coming(ctx, View::Home(school)))
        }
        Act::SendBack(school) => {
            access::load_school(actor, school)?;
            let Some((_, document)) = store::last_loaded(tx, school).await? else {
                let said = plain!(ctx.locale, "workbook.toast.no_file");
                return Ok(Reply::view(View::Loads(school, 0)).alert(said));
            };
            let words = screens::sent_back(ctx.locale, &document.name);
            send(ctx, tx, actor, (&document, words)).await?;
            Ok(coming(ctx, View::Loads(school, 0)))
        }
    }
}

fn coming(ctx: &Ctx, view: View) -> Reply<View> {
    Reply::view(view).toast(plain!(ctx.locale, "workbook.toast.coming"))
}

/// What became of a workbook; a press that came too late says so.
fn settled(ctx: &Ctx, id: i64, is_on: bool) -> Reply<View> {
    let reply = Reply::view(View::Book(id));
    if is_on {
        reply
    } else {
        reply.toast(plain!(ctx.locale, "workbook.toast.outdated"))
    }
}

async fn send(ctx: &Ctx, tx: &mut Tx, actor: &Actor, (document, words): (&Document, Screen)) -> anyhow::Result<()> {
    let to = (actor.account.transport.to_owned(), actor.account.id);
    let key = format!("workbook:sent:{}:{}", actor.account.id, ctx.now.timestamp_micros());
    let mut letter = NewLetter::new(to, key, words, ctx.now);
    letter.letter.document = Some(delivery::store::keep_file(tx, document, ctx.now).await?);
    delivery::store::post(tx, letter, ctx.now).await
}

/// A workbook of a school that the actor loads.
async fn own(conn: &mut Conn, actor: &Actor, id: i64) -> anyhow::Result<(Workbook, LoadSchool)> {
    let Some(book) = store::workbook(conn, id).await? else {
        refuse!("access.no_section")
    };
    let proof = access::load_school(actor, book.school)?;
    Ok((book, proof))
}

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    let id = match view {
        View::Book(id) => {
            let (book, _) = own(conn, actor, id).await?;
            return Ok(screens::book(ctx.locale, &book));
        }
        View::Home(school) | View::Loads(school, _) => school,
    };
    access::load_school(actor, id)?;
    let Some(school) = school::store::school(conn, id).await? else {
        refuse!("access.no_section")
    };
    let titled = (id, school.name.as_str());
    if let View::Loads(_, page) = view {
        let skip = i64::from(page) * screens::PAGE;
        let (loads, all) = store::loads(conn, id, (skip, screens::PAGE)).await?;
        return Ok(screens::loads(ctx.locale, titled, (&loads, all, page), school.zone));
    }
    let (last, _) = store::loads(conn, id, (0, 1)).await?;
    Ok(screens::home(ctx.locale, titled, last.first(), school.zone))
}
