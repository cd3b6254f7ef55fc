//! What each deed does in the turn's transaction.

use super::answer::Answer;
use super::aside::Begun;
use super::files::Sent;
use super::flow::end_elsewhere;
use super::plan::Deed;
use super::{Flow, View, gate, staff};
use crate::access::Actor;
use crate::chat::{Ctx, Screen, Toast};
use crate::db::{Tx, dialogue};
use crate::delivery::{self, store::NewLetter};
use crate::ids::Account;
use crate::people::{self, lock};
use crate::surveys;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain};

/// Does it; nothing is shown to those who can't see an answer. A draft that gives way to something else isn't lost.
pub async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    account: Account,
    deed: &Deed,
) -> anyhow::Result<Option<Answer>> {
    let begun = Begun::of(flow);
    let answer = done(ctx, tx, actor, flow, account, deed).await?;
    if let Some(begun) = begun {
        begun.lay(ctx, tx, account, (flow, deed)).await?;
    }
    Ok(answer)
}

async fn done(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    flow: &mut Flow,
    account: Account,
    deed: &Deed,
) -> anyhow::Result<Option<Answer>> {
    if let Some(held) = gate::held_back(ctx, actor, flow, deed) {
        if let Deed::Knock(Some(view)) = deed {
            lock::flow::ask_for(ctx, tx, actor, serde_json::to_string(view)?).await?;
        }
        return Ok(Some(held));
    }
    match deed {
        // The lock opened meanwhile.
        Deed::Knock(view) => Ok(Some(Answer::view(ctx, view.unwrap_or(View::Menu)))),
        Deed::Act(act) => super::act(ctx, tx, actor, flow, *act).await.map(Some),
        Deed::Enter(code) => super::enter(ctx, tx, actor, flow, code).await.map(Some),
        Deed::Reply(typed, message) => match super::talk::reply(ctx, tx, actor, account, (typed, *message)).await? {
            Some(answer) => {
                end_elsewhere(flow, answer.view);
                Ok(Some(answer))
            }
            None => text(ctx, tx, actor, flow, typed).await.map(Some),
        },
        Deed::Text(typed) => text(ctx, tx, actor, flow, typed).await.map(Some),
        Deed::File(file, words, answers) => {
            let file = Sent {
                file,
                words,
                answers: *answers,
            };
            let answer = super::files::file(ctx, tx, actor, (flow, account), file).await?;
            end_elsewhere(flow, answer.view);
            Ok(Some(answer))
        }
        Deed::Leave { said } => {
            let had = std::mem::take(flow) != Flow::Idle;
            let toast = (*said && had).then(|| Toast {
                text: plain!(ctx.locale, "chat.cancelled"),
                alert: false,
            });
            Ok(Some(Answer {
                toast,
                ..Answer::view(ctx, View::Menu)
            }))
        }
        Deed::Away(view) => {
            *flow = Flow::Idle;
            Ok(Some(Answer::view(ctx, *view)))
        }
        Deed::Close => {
            dialogue::close_chat(tx, account.transport, account.id, ctx.now).await?;
            Ok(None)
        }
        Deed::Reopen => {
            dialogue::reopen_chat(tx, account).await?;
            Ok(None)
        }
        Deed::Vote { poll, options } => {
            surveys::votes::vote(tx, account, poll, options).await?;
            Ok(None)
        }
        Deed::Count { poll, counts, voters } => {
            surveys::votes::count(tx, account.transport, poll, (counts, *voters)).await?;
            Ok(None)
        }
        Deed::Group(chat) => {
            tell_group(ctx, tx, account, *chat).await?;
            Ok(None)
        }
    }
}

/// A text: a code wherever it comes, else for whoever awaits it.
async fn text(ctx: &Ctx, tx: &mut Tx, actor: &Actor, flow: &mut Flow, typed: &str) -> anyhow::Result<Answer> {
    if people::Code::parse(typed).is_some() {
        return super::enter(ctx, tx, actor, flow, typed).await;
    }
    // Digits of a slip, typed where the keys are waited for: what was awaited still is.
    if matches!(flow, Flow::Entry(_)) {
        return Ok(Answer {
            toast: Some(Toast {
                text: plain!(ctx.locale, "entry.use_keys"),
                alert: false,
            }),
            ..Answer::view(ctx, View::Entry(people::entry::press::View::Step))
        });
    }
    if actor.identities.is_empty() {
        return super::enter(ctx, tx, actor, flow, typed).await;
    }
    if let Some(answer) = super::text(ctx, tx, actor, flow, typed).await? {
        return Ok(answer);
    }
    match super::talk::loose(ctx, tx, actor, flow, typed).await? {
        Some(answer) => Ok(answer),
        None => nobody_awaits(ctx, tx, actor, typed).await,
    }
}

/// A text for which nobody waits is never swallowed: the person hears that it was written nowhere.
async fn nobody_awaits(ctx: &Ctx, tx: &mut Tx, actor: &Actor, typed: &str) -> anyhow::Result<Answer> {
    let key = if staff::teaches(tx, actor).await? {
        "chat.nobody_awaits"
    } else {
        "chat.nobody_awaits_family"
    };
    let text = plain!(ctx.locale, key, text = shorten(typed, 100));
    Ok(Answer {
        toast: Some(Toast { text, alert: false }),
        ..Answer::view(ctx, View::Menu)
    })
}

/// Nothing personal in a group: said once, then silence.
async fn tell_group(ctx: &Ctx, tx: &mut Tx, account: Account, chat: i64) -> anyhow::Result<()> {
    if !dialogue::tell_group(tx, account.transport, chat).await? {
        return Ok(());
    }
    let screen = Screen::new(html!(Locale::default(), "chat.group"));
    let mut letter = NewLetter::new(
        (account.transport.to_owned(), chat),
        format!("group:{chat}"),
        screen,
        ctx.now,
    );
    letter.letter.silent = true;
    delivery::store::post(tx, letter, ctx.now).await
}
