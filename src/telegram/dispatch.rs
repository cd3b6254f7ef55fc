//! The tree of kinds, and the one wrapper around it that gives every update its outcome, whatever happens inside.

use dptree::HandlerDescription as _;
use dptree::di::DependencyMap;
use futures::FutureExt as _;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use teloxide::Bot;
use teloxide::dispatching::{Dispatcher, DpHandlerDescription, UpdateFilterExt as _, UpdateHandler};
use teloxide::error_handlers::LoggingErrorHandler;
use teloxide::types::{CallbackQuery, ChatMemberUpdated, Message, Poll, PollAnswer, Update, UpdateId, UpdateKind};
use teloxide::update_listeners::UpdateListener as _;
use tokio_util::sync::CancellationToken;

use super::listener::{Ledger, Polling};
use super::{Me, decode};
use crate::chat::{Handler, Incoming, Input};
use crate::ids::{Account, UpdateKey};

/// teloxide's queue for one person: dispatch must never wait for it, so it holds more than one batch brings.
const QUEUE: usize = 128;

/// The dispatcher over all kinds of update that the journal knows.
pub fn dispatcher(bot: Bot, me: &Me, turns: Arc<dyn Handler>, ledger: Arc<Ledger>) -> Dispatcher<Bot, Infallible, i64> {
    dispatcher_of(bot, handler(me.id, turns, ledger))
}

/// The dispatcher over a tree.
pub(super) fn dispatcher_of(bot: Bot, tree: UpdateHandler<Infallible>) -> Dispatcher<Bot, Infallible, i64> {
    Dispatcher::builder(bot, tree)
        .default_handler(|_| async {})
        .error_handler(LoggingErrorHandler::with_custom_text("a handler failed"))
        .worker_queue_size(QUEUE)
        .distribution_function(person)
        .build()
}

/// Runs the dispatcher until it is stopped, and confirms what was handled.
///
/// The listener is stopped, and with it the dispatcher. Its own shutdown token wakes it only while it waits for an
/// update: used while it hands one on, it is forgotten and the bot never stops.
pub async fn run(
    mut dispatcher: Dispatcher<Bot, Infallible, i64>,
    mut listener: Polling,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let last_word = listener.last_word();
    let listening = listener.stop_token();
    let errors = LoggingErrorHandler::with_custom_text("the listener failed");
    let stopping = async {
        stop.cancelled().await;
        listening.stop();
        // The dispatcher ends by itself when it has handed on everything.
        std::future::pending().await
    };
    let dispatched = tokio::select! {
        dispatched = dispatcher.try_dispatch_with_listener(listener, errors) => dispatched,
        never = stopping => never,
    };
    dispatched
        .map_err(|failure| anyhow::anyhow!("starting to listen: {}", super::errors::without_secrets(&failure)))?;
    last_word.confirm().await;
    Ok(())
}

/// What one person does is handled in order, and what one poll tells.
pub(super) fn person(update: &Update) -> Option<i64> {
    if let UpdateKind::Poll(poll) = &update.kind {
        return Some(below_people(&poll.id.0));
    }
    update
        .from()
        .map(|user| i64::try_from(user.id.0).unwrap_or(i64::MAX))
        .or(Some(0))
}

/// A number for a poll that is no person's.
fn below_people(poll: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    poll.hash(&mut hasher);
    -i64::from(u32::try_from(hasher.finish() >> 32).unwrap_or_default()) - 1
}

fn handler(bot: i64, turns: Arc<dyn Handler>, ledger: Arc<Ledger>) -> UpdateHandler<Infallible> {
    let on_message = {
        let turns = turns.clone();
        move |id: UpdateId, message: Message| turn(turns.clone(), bot, id, decode::message(&message))
    };
    let on_edited = {
        let turns = turns.clone();
        move |id: UpdateId, message: Message| turn(turns.clone(), bot, id, decode::edited(&message))
    };
    let on_press = {
        let turns = turns.clone();
        move |id: UpdateId, query: CallbackQuery| turn(turns.clone(), bot, id, decode::press(query))
    };
    let on_membership = {
        let turns = turns.clone();
        move |id: UpdateId, update: ChatMemberUpdated| turn(turns.clone(), bot, id, decode::membership(&update))
    };
    let on_vote = {
        let turns = turns.clone();
        move |id: UpdateId, answer: PollAnswer| turn(turns.clone(), bot, id, decode::vote(answer))
    };
    let on_poll = {
        let turns = turns.clone();
        move |id: UpdateId, poll: Poll| turn(turns.clone(), bot, id, decode::counts(poll))
    };
    let kinds = dptree::entry()
        .branch(
            Update::filter_message()
                .map(|update: Update| update.id)
                .endpoint(on_message),
        )
        .branch(
            Update::filter_edited_message()
                .map(|update: Update| update.id)
                .endpoint(on_edited),
        )
        .branch(
            Update::filter_callback_query()
                .map(|update: Update| update.id)
                .endpoint(on_press),
        )
        .branch(
            Update::filter_my_chat_member()
                .map(|update: Update| update.id)
                .endpoint(on_membership),
        )
        .branch(
            Update::filter_poll_answer()
                .map(|update: Update| update.id)
                .endpoint(on_vote),
        )
        .branch(Update::filter_poll().map(|update: Update| update.id).endpoint(on_poll));
    outcomes(bot, turns, ledger).chain(kinds)
}

async fn turn(
    turns: Arc<dyn Handler>,
    bot: i64,
    id: UpdateId,
    decoded: Option<(Account, Input)>,
) -> Result<(), Infallible> {
    if let Some((from, input)) = decoded {
        let incoming = Incoming {
            key: UpdateKey {
                bot,
                id: i64::from(id.0),
            },
            from,
            input,
        };
        let outcome = turns.handle(&incoming).await;
        tracing::debug!(update.id = id.0, ?outcome, "an update was handled");
    }
    Ok(())
}

/// The wrapper: it subscribes to nothing, runs the rest, and settles the update when it ended, broke off or panicked.
pub(super) fn outcomes(bot: i64, turns: Arc<dyn Handler>, ledger: Arc<Ledger>) -> UpdateHandler<Infallible> {
    dptree::from_fn_with_description(
        DpHandlerDescription::entry(),
        move |deps: DependencyMap, rest: dptree::Cont<'static, Result<(), Infallible>>| {
            let (turns, ledger) = (turns.clone(), ledger.clone());
            async move {
                let update: Arc<Update> = deps.get();
                let ended = AssertUnwindSafe(rest(deps)).catch_unwind().await;
                let flow = match ended {
                    Ok(flow) => flow,
                    Err(_) => {
                        if let Some(incoming) = incoming(bot, &update) {
                            turns.give_up(&incoming, "panicked").await;
                        }
                        ControlFlow::Break(Ok(()))
                    }
                };
                ledger.settle(update.id.0);
                flow
            }
        },
        dptree::HandlerSignature::Entry,
    )
}

/// The update once more, for the apology after a panic.
fn incoming(bot: i64, update: &Update) -> Option<Incoming> {
    let (from, input) = match &update.kind {
        UpdateKind::Message(message) => decode::message(message),
        UpdateKind::EditedMessage(message) => decode::edited(message),
        UpdateKind::CallbackQuery(query) => decode::press(query.clone()),
        UpdateKind::MyChatMember(change) => decode::membership(change),
        UpdateKind::PollAnswer(answer) => decode::vote(answer.clone()),
        UpdateKind::Poll(poll) => decode::counts(poll.clone()),
        _ => None,
    }?;
    Some(Incoming {
        key: UpdateKey {
            bot,
            id: i64::from(update.id.0),
        },
        from,
        input,
    })
}
