//! One turn: update → plan → act in one transaction → view on a reader → show.
//!
//! Everything an act writes — records, history, dialogue state, outbox, the update's own id — is one commit. A known
//! update id skips the act and shows the view again. Views record nothing. A handler never sends.

use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

use super::answer::Answer;
use super::plan::{Deed, Plan, origin, plan};
use super::refusal::{alert, code, menu_or_welcome, refusal_screen};
use super::{Act, Flow, View, deeds, gate};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Door, Handler, Incoming, Input, Links, Outcome, Screen, Secret, Toast, Transport};
use crate::clock::SharedClock;
use crate::db::{Db, Snapshot, Tx, dialogue, is_transient, transact};
use crate::jobs::Bells;
use crate::people::lock;
use crate::words::{Locale, UserError, html, plain};
use crate::{lessons, notices, people};

/// A turn's time; what takes longer counts as a failure that may pass.
const TURN: Duration = Duration::from_secs(5);
/// A failure that isn't passing is tried so often.
const TRIES: u32 = 3;

/// Handles updates, whichever messenger they come from.
pub struct Turns {
    /// The journal.
    pub db: Db,
    /// Civil time.
    pub clock: SharedClock,
    /// Where answers are shown.
    pub transport: Arc<dyn Transport>,
    /// How links into this bot begin.
    pub links: Links,
    /// Rung when letters were posted.
    pub posted: Arc<Notify>,
    /// Rung when jobs were scheduled.
    pub scheduled: Bells,
}

/// What is kept with a handled update, to be shown again.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    view: Option<View>,
    toast: Option<Toast>,
}

/// What a transaction left.
struct Done {
    answer: Option<Answer>,
    actor: Actor,
    flow: Flow,
    locale: Locale,
    repeated: bool,
    /// The message of a PIN that was written where it can be read.
    written_pin: Option<i64>,
}

impl Handler for Turns {
    fn handle<'a>(&'a self, incoming: &'a Incoming) -> BoxFuture<'a, Outcome> {
        self.handle_patiently(incoming).boxed()
    }

    fn give_up<'a>(&'a self, incoming: &'a Incoming, reason: &'a str) -> BoxFuture<'a, Outcome> {
        self.apologise(incoming, reason).boxed()
    }
}

impl Turns {
    /// Handles an update until it has an outcome: passing failures are waited out, others given up after the third try.
    async fn handle_patiently(&self, incoming: &Incoming) -> Outcome {
        let mut tries = 0;
        let mut pause = Duration::from_millis(50);
        loop {
            let failure = match tokio::time::timeout(TURN, self.turn(incoming)).await {
                Ok(Ok(outcome)) => return outcome,
                Ok(Err(failure)) if is_transient(&failure) => failure,
                Err(_) => anyhow::anyhow!("a turn took over {} s", TURN.as_secs()),
                Ok(Err(failure)) => {
                    tries += 1;
                    if tries == TRIES {
                        return self.apologise(incoming, &format!("{failure:#}")).await;
                    }
                    failure
                }
            };
            tracing::warn!(
                update.id = incoming.key.id,
                error = format!("{failure:#}"),
                "a turn failed; trying again"
            );
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(5));
        }
    }

    async fn turn(&self, incoming: &Incoming) -> anyhow::Result<Outcome> {
        if let Input::Text { message, .. }
        | Input::File { message, .. }
        | Input::Odd { message, .. }
        | Input::Edited { message, .. } = &incoming.input
        {
            self.transport.saw(incoming.from, *message);
        }
        match plan(&incoming.input) {
            Plan::Nothing => Ok(Outcome::Nothing),
            Plan::Look(view) => self.look(incoming, view, None).await,
            Plan::Outdated => self.look(incoming, View::Menu, Some("chat.outdated")).await,
            Plan::Unreadable(key) => self.say(incoming, &UserError::new(key)).await,
            Plan::UnknownCommand => self.say(incoming, &UserError::new("chat.unknown_command")).await,
            Plan::Do(deed) => self.act(incoming, &deed).await,
        }
    }

    /// Shows a view; nothing is recorded.
    async fn look(&self, incoming: &Incoming, view: View, said: Option<&'static str>) -> anyhow::Result<Outcome> {
        let mut snapshot = self.db.snapshot().await?;
        let chat = dialogue::chat(&mut snapshot, incoming.from).await?;
        let actor = people::store::actor(&mut snapshot, incoming.from).await?;
        if gate::hides(&actor, view, self.clock.now()) {
            drop(snapshot);
            return self.act(incoming, &Deed::Knock(Some(view))).await;
        }
        let flow = Flow::read(&chat.dialogue).unwrap_or_default();
        if super::leaves(&flow, view) {
            drop(snapshot);
            return self.act(incoming, &Deed::Away(view)).await;
        }
        let toast = said.map(|key| Toast {
            text: plain!(chat.locale, key),
            alert: false,
        });
        self.show(incoming, snapshot, &actor, &flow, chat.locale, (view, toast, None))
            .await?;
        let now = self.clock.now();
        if lock::is_to_be_seen(&actor, now) {
            transact!(self.db, tx => lock::store::seen(&mut tx, incoming.from, now).await?)?;
        }
        Ok(Outcome::Nothing)
    }

    /// Says a sentence; what was awaited still is. Behind a closed lock that is nobody's business.
    async fn say(&self, incoming: &Incoming, sentence: &UserError) -> anyhow::Result<Outcome> {
        let mut snapshot = self.db.snapshot().await?;
        let actor = people::store::actor(&mut snapshot, incoming.from).await?;
        if lock::standing(&actor, self.clock.now()) == lock::Standing::Locked {
            drop(snapshot);
            return self.act(incoming, &Deed::Knock(None)).await;
        }
        self.say_openly(incoming, snapshot, sentence).await
    }

    /// The same, for a turn that the lock has let through.
    async fn say_openly(
        &self,
        incoming: &Incoming,
        mut snapshot: Snapshot,
        sentence: &UserError,
    ) -> anyhow::Result<Outcome> {
        let chat = dialogue::chat(&mut snapshot, incoming.from).await?;
        drop(snapshot);
        let flow = Flow::read(&chat.dialogue).unwrap_or_default();
        let mut screen = refusal_screen(chat.locale, &sentence.text(chat.locale), &flow);
        if let Flow::Lessons(open) = &flow
            && let Some(field) = open.awaited(self.clock.now())
        {
            screen.line(&lessons::screens::card::awaited_line(chat.locale, field));
        }
        self.transport.show(incoming.from, screen, origin(&incoming.input));
        Ok(Outcome::Refused)
    }

    async fn act(&self, incoming: &Incoming, deed: &Deed) -> anyhow::Result<Outcome> {
        let now = self.clock.now();
        let done = transact!(self.db, tx => {
            let done = self.transaction(&mut tx, incoming, deed, now).await?;
            (done, tx.left())
        });
        let (done, left) = match done {
            Ok(done) => done,
            Err(failure) => match failure.downcast::<UserError>() {
                Ok(refusal) => return self.refuse(incoming, &refusal).await,
                Err(failure) => return Err(failure),
            },
        };
        if left.letter {
            self.posted.notify_one();
        }
        if let Some(due) = left.job {
            self.scheduled.ring(due);
        }
        let Some(answer) = done.answer else {
            return Ok(Outcome::Committed);
        };
        if let Some(message) = done.written_pin {
            self.transport.erase(incoming.from, message);
        }
        let snapshot = self.db.snapshot().await?;
        self.show(
            incoming,
            snapshot,
            &done.actor,
            &done.flow,
            done.locale,
            (answer.view, answer.toast, answer.secret),
        )
        .await?;
        Ok(if done.repeated {
            Outcome::Repeated
        } else {
            Outcome::Committed
        })
    }

    /// All that an update changes: one transaction.
    async fn transaction(
        &self,
        tx: &mut Tx,
        incoming: &Incoming,
        deed: &Deed,
        now: chrono::DateTime<chrono::Utc>,
    ) -> anyhow::Result<Done> {
        tx.queue_person(incoming.from.id).await?;
        let (chat, known) = dialogue::chat_and_answer(tx, incoming.from, incoming.key).await?;
        let actor = people::store::actor(tx, incoming.from).await?;
        let ctx = Ctx {
            now,
            locale: chat.locale,
            links: self.links,
            secret: None,
        };
        let read = Flow::read(&chat.dialogue);
        let lost = read.is_none();
        let mut flow = read.unwrap_or_default();
        if let Some(kept) = known {
            let kept: Kept = serde_json::from_str(&kept).unwrap_or(Kept {
                view: Some(View::Menu),
                toast: None,
            });
            let answer = kept.view.map(|view| Answer {
                toast: kept.toast,
                ..Answer::view(&ctx, view)
            });
            return Ok(Done {
                answer,
                actor,
                flow,
                locale: chat.locale,
                repeated: true,
                written_pin: None,
            });
        }
        if lock::is_to_be_seen(&actor, now) {
            lock::store::seen(tx, incoming.from, now).await?;
        }
        let written_pin = gate::written_pin(&ctx, &actor, &incoming.input);
        let mut answer = deeds::answer(&ctx, tx, &actor, &mut flow, incoming.from, deed).await?;
        if let Some(answer) = &mut answer {
            notices::hear::hear(tx, &answer.happened, now).await?;
            if lost {
                answer.toast = Some(Toast {
                    text: plain!(ctx.locale, "chat.state_lost"),
                    alert: true,
                });
            }
        }
        let locale = answer.as_ref().map_or(chat.locale, |it| it.locale);
        let stored = flow.store();
        if answer.is_some() && (!chat.known || chat.closed || locale != chat.locale || stored != chat.dialogue) {
            dialogue::keep_chat(tx, incoming.from, locale, &stored).await?;
        }
        let kept = Kept {
            view: answer.as_ref().map(|it| it.view),
            toast: answer.as_ref().and_then(|it| it.toast.clone()),
        };
        dialogue::remember(tx, incoming.key, &serde_json::to_string(&kept)?, now).await?;
        // Entering changes who the actor is, and the keys whether the lock is open: the view is drawn for the new one.
        let actor = match deed {
            Deed::Enter(_) | Deed::Text(_) | Deed::Reply(..) | Deed::Act(Act::Lock(_) | Act::Entry(_)) => {
                people::store::actor(tx, incoming.from).await?
            }
            Deed::Act(_)
            | Deed::File(..)
            | Deed::Knock(_)
            | Deed::Away(_)
            | Deed::Leave { .. }
            | Deed::Close
            | Deed::Reopen
            | Deed::Vote { .. }
            | Deed::Count { .. }
            | Deed::Group(_) => actor,
        };
        Ok(Done {
            answer,
            actor,
            flow,
            locale,
            repeated: false,
            written_pin,
        })
    }

    async fn show(
        &self,
        incoming: &Incoming,
        mut snapshot: Snapshot,
        actor: &Actor,
        flow: &Flow,
        locale: Locale,
        (view, toast, secret): (View, Option<Toast>, Option<Secret>),
    ) -> anyhow::Result<()> {
        if let (View::Stay, Input::Press { callback, .. }) = (view, &incoming.input) {
            self.transport.answer(callback.clone(), toast);
            return Ok(());
        }
        let ctx = Ctx {
            now: self.clock.now(),
            locale,
            links: self.links,
            secret,
        };
        let screen = match super::view(&ctx, &mut snapshot, actor, flow, view).await {
            Ok(screen) => screen,
            Err(failure) => match failure.downcast::<UserError>() {
                Ok(refusal) => {
                    let screen = menu_or_welcome(&ctx, &mut snapshot, actor).await?;
                    drop(snapshot);
                    self.answer_and_show(
                        incoming,
                        screen,
                        Some(alert(&refusal.text(locale))),
                        Some(&refusal.text(locale)),
                    );
                    return Ok(());
                }
                Err(failure) => return Err(failure),
            },
        };
        drop(snapshot);
        self.answer_and_show(incoming, screen, toast, None);
        Ok(())
    }

    /// The press is answered at once; the screen follows. Without a press, what a toast would say goes into the text.
    fn answer_and_show(&self, incoming: &Incoming, mut screen: Screen, toast: Option<Toast>, said: Option<&str>) {
        match &incoming.input {
            Input::Press { callback, .. } => self.transport.answer(callback.clone(), toast),
            _ => {
                if let Some(said) = said.or(toast.as_ref().map(|it| it.text.as_str())) {
                    screen.text = format!("{}\n{}", crate::words::escape(said), screen.text);
                }
            }
        }
        self.transport.show(incoming.from, screen, origin(&incoming.input));
    }

    /// A refusal that a person should read: nothing was written.
    async fn refuse(&self, incoming: &Incoming, refusal: &UserError) -> anyhow::Result<Outcome> {
        let mut snapshot = self.db.snapshot().await?;
        let chat = dialogue::chat(&mut snapshot, incoming.from).await?;
        let actor = people::store::actor(&mut snapshot, incoming.from).await?;
        let ctx = Ctx {
            now: self.clock.now(),
            locale: chat.locale,
            links: self.links,
            secret: None,
        };
        let text = refusal.text(chat.locale);
        // Rights that are gone: the menu as it is now.
        if refusal.key.starts_with("access.") {
            let screen = menu_or_welcome(&ctx, &mut snapshot, &actor).await?;
            self.answer_and_show(incoming, screen, Some(alert(&text)), Some(&text));
            return Ok(Outcome::Refused);
        }
        match &incoming.input {
            // The screen stays as it is.
            Input::Press { callback, .. } => self.transport.answer(callback.clone(), Some(alert(&text))),
            // A file that isn't taken leaves what is awaited.
            Input::File { .. } => return self.say_openly(incoming, snapshot, refusal).await,
            _ => {
                let flow = Flow::read(&chat.dialogue).unwrap_or_default();
                self.transport.show(
                    incoming.from,
                    refusal_screen(chat.locale, &text, &flow),
                    origin(&incoming.input),
                );
            }
        }
        Ok(Outcome::Refused)
    }

    /// Gives an update up: its id and kind are kept, the person gets an apology with a code, the log the same code.
    async fn apologise(&self, incoming: &Incoming, reason: &str) -> Outcome {
        let code = code(incoming.key.id);
        let kind = incoming.input.kind();
        tracing::error!(
            update.id = incoming.key.id,
            update.kind = kind,
            code,
            error = reason,
            "an update was given up"
        );
        let now = self.clock.now();
        let kept: anyhow::Result<()> =
            transact!(self.db, tx => dialogue::give_up(&mut tx, incoming.key, kind, &code, now).await?);
        if let Err(failure) = kept {
            tracing::error!(
                code,
                error = format!("{failure:#}"),
                "the update given up couldn't be kept"
            );
        }
        if incoming.from.is_nobody() {
            return Outcome::GivenUp;
        }
        let read = async { dialogue::chat(&mut *self.db.snapshot().await?, incoming.from).await };
        let locale = read
            .await
            .map_or_else(|_: anyhow::Error| Locale::default(), |chat| chat.locale);
        let screen = Screen::new(html!(locale, "chat.failed", code = code))
            .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)]);
        if let Input::Press { callback, .. } = &incoming.input {
            let text = plain!(locale, "chat.failed_toast", code = code);
            self.transport
                .answer(callback.clone(), Some(Toast { text, alert: true }));
        }
        self.transport.show(incoming.from, screen, origin(&incoming.input));
        Outcome::GivenUp
    }
}
