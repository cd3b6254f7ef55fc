//! The living screen of each chat: edited while it is the last message, else sent anew with the old keyboard taken off.
//!
//! Showing is latest-wins: while a call is under way or Telegram asked for a pause, only the newest screen waits. It
//! happens after the commit; a crash here loses a picture of the journal and nothing of the journal.

use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use teloxide::{Bot, RequestError};
use tokio_util::task::TaskTracker;

use super::errors::{Objection, read, without_secrets};
use super::pictures::Pictures;
use super::{TRANSPORT, polls, send};
use crate::chat::{Delivered, Delivery, Fetched, Found, Origin, Screen, Shape, Toast, Transport};
use crate::db::{Db, dialogue, transact};
use crate::delivery::pace::Pace;
use crate::ids::Account;

/// A screen is tried so often when the connection fails.
const TRIES: usize = 4;

/// Telegram as the journal's messenger.
#[derive(Clone)]
pub struct Messenger(Arc<Inner>);

struct Inner {
    bot: Bot,
    /// The same bot with the patience that files need.
    carrier: Bot,
    db: Db,
    pace: Arc<Pace>,
    panes: Mutex<HashMap<i64, Pane>>,
    pictures: Pictures,
    highest: AtomicI64,
    /// Everything under way, so that a stop can wait for it.
    tasks: TaskTracker,
}

/// What is known of one chat's screen.
#[derive(Default)]
struct Pane {
    /// The newest screen that isn't shown yet.
    wanted: Option<(Screen, Origin)>,
    /// Whether somebody is painting.
    busy: bool,
    /// The living screen's id; unknown until it was read from the database.
    living: Option<Option<i64>>,
    /// The living screen, where it is known to be a picture.
    pictured: Option<i64>,
    /// The highest message id seen in the chat; 0 when none was.
    last: i64,
    /// The newest messages of which it is known what they are: a person's, or ours with a receipt.
    seen: VecDeque<i64>,
}

/// So many messages of a chat are remembered.
const SEEN: usize = 32;

impl Messenger {
    /// A messenger for one bot, which knows the highest message id that the journal has kept.
    pub async fn open(bot: Bot, db: Db, pace: Arc<Pace>) -> anyhow::Result<Self> {
        let carrier = super::patient(&bot)?;
        let highest = dialogue::highest_message(&mut *db.snapshot().await?, TRANSPORT).await?;
        let panes = Mutex::default();
        Ok(Self(Arc::new(Inner {
            bot,
            carrier,
            db,
            pace,
            panes,
            pictures: Pictures::default(),
            highest: AtomicI64::new(highest),
            tasks: TaskTracker::new(),
        })))
    }

    /// Waits until everything that was to be shown is shown.
    pub async fn finish(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

impl Inner {
    fn with_pane<T>(&self, chat: i64, change: impl FnOnce(&mut Pane) -> T) -> T {
        let mut panes = self.panes.lock().unwrap_or_else(PoisonError::into_inner);
        change(panes.entry(chat).or_default())
    }

    fn saw(&self, chat: i64, message: i64) {
        self.highest.fetch_max(message, Ordering::Relaxed);
        self.with_pane(chat, |pane| {
            pane.last = pane.last.max(message);
            if !pane.seen.contains(&message) {
                pane.seen.push_back(message);
            }
            if pane.seen.len() > SEEN {
                pane.seen.pop_front();
            }
        });
    }

    /// Shows what is wanted until nothing is.
    async fn paint(&self, chat: i64) {
        let mut failures = 0;
        loop {
            let wanted = self.with_pane(chat, |pane| {
                let wanted = pane.wanted.take();
                pane.busy = wanted.is_some();
                wanted
            });
            let Some((screen, origin)) = wanted else { return };
            self.pace.spend();
            let pause = match self.draw(chat, &screen, origin).await {
                Ok(()) => {
                    failures = 0;
                    continue;
                }
                Err(failure) => {
                    failures += 1;
                    match read(&failure) {
                        Objection::Later(seconds) => {
                            // A pause of one call is often a pause of all: letters stop first.
                            self.pace.pause(seconds);
                            Duration::from_secs(u64::from(seconds))
                        }
                        Objection::NotSent | Objection::Unsure if failures < TRIES => {
                            Duration::from_secs(1 << failures)
                        }
                        Objection::ChatClosed => continue,
                        _ => {
                            tracing::warn!(error = without_secrets(&failure), "a screen couldn't be shown");
                            continue;
                        }
                    }
                }
            };
            // Only the newest screen waits: this one again, unless a newer came.
            self.with_pane(chat, |pane| {
                pane.wanted.get_or_insert((screen, origin));
            });
            tokio::time::sleep(pause).await;
        }
    }

    async fn draw(&self, chat: i64, screen: &Screen, origin: Origin) -> Result<(), RequestError> {
        let living = self.living(chat).await;
        let last = self.with_pane(chat, |pane| pane.last);
        let target = match origin {
            // A screen newer than the one we know of: its id was lost in a crash.
            Origin::Screen(pressed) if living.is_none_or(|it| pressed >= it) => Some(pressed),
            Origin::Screen(_) => living,
            Origin::Notice | Origin::Message => None,
        };
        // A text becomes a picture where it stands; a picture can't become a text: it stays, and the text comes below.
        let stays =
            |target: i64| screen.picture.is_none() && self.with_pane(chat, |pane| pane.pictured) == Some(target);
        if let Some(target) = target.filter(|target| last <= *target && !stays(*target)) {
            match self.edit(chat, target, screen).await {
                Ok(()) => {
                    self.settle_on(chat, living, target, screen).await;
                    return Ok(());
                }
                Err(failure) => match read(&failure) {
                    Objection::NotModified => {
                        self.settle_on(chat, living, target, screen).await;
                        return Ok(());
                    }
                    // It can't be edited any more: a new one below.
                    Objection::TargetGone => {}
                    _ => return Err(failure),
                },
            }
        }
        let message = self.send(chat, screen).await?;
        self.saw(chat, message);
        if let Origin::Screen(pressed) = origin
            && Some(pressed) != living
        {
            self.strip(chat, pressed).await;
        }
        self.settle_on(chat, living, message, screen).await;
        Ok(())
    }

    async fn edit(&self, chat: i64, target: i64, screen: &Screen) -> Result<(), RequestError> {
        let Some(drawing) = &screen.picture else {
            return send::edit(&self.bot, chat, target, screen, Shape::Text).await;
        };
        self.pictures
            .sent(drawing, |file| async move {
                let id = send::edit_picture(&self.carrier, chat, target, file, screen).await?;
                Ok(((), id))
            })
            .await
    }

    async fn send(&self, chat: i64, screen: &Screen) -> Result<i64, RequestError> {
        let Some(drawing) = &screen.picture else {
            return send::send(&self.bot, chat, screen, true).await;
        };
        self.pictures
            .sent(drawing, |file| send::send_picture(&self.carrier, chat, file, screen))
            .await
    }

    async fn living(&self, chat: i64) -> Option<i64> {
        if let Some(known) = self.with_pane(chat, |pane| pane.living) {
            return known;
        }
        let read = async { dialogue::living_screen(&mut *self.db.snapshot().await?, TRANSPORT, chat).await };
        match read.await {
            Ok(living) => {
                self.with_pane(chat, |pane| pane.living = Some(living));
                living
            }
            Err(failure) => {
                tracing::warn!(error = format!("{failure:#}"), "a living screen couldn't be looked up");
                None
            }
        }
    }

    /// This message is the living screen now; the former one loses its keyboard.
    async fn settle_on(&self, chat: i64, former: Option<i64>, message: i64, screen: &Screen) {
        self.saw(chat, message);
        self.with_pane(chat, |pane| pane.pictured = screen.picture.as_ref().map(|_| message));
        if former == Some(message) {
            return;
        }
        self.with_pane(chat, |pane| pane.living = Some(Some(message)));
        let kept: anyhow::Result<()> =
            transact!(self.db, tx => dialogue::keep_living_screen(&mut tx, TRANSPORT, chat, message).await?);
        if let Err(failure) = kept {
            tracing::warn!(error = format!("{failure:#}"), "a living screen couldn't be kept");
        }
        if let Some(former) = former {
            self.strip(chat, former).await;
        }
    }

    async fn strip(&self, chat: i64, message: i64) {
        // An old keyboard left standing is harmless: every press is authorised and answered.
        if let Err(failure) = send::strip(&self.bot, chat, message).await {
            tracing::debug!(error = without_secrets(&failure), "an old keyboard stays");
        }
    }
}

impl Transport for Messenger {
    fn name(&self) -> &'static str {
        TRANSPORT
    }

    fn show(&self, account: Account, screen: Screen, origin: Origin) {
        let chat = account.id;
        let idle = self.0.with_pane(chat, |pane| {
            pane.wanted = Some((screen, origin));
            !std::mem::replace(&mut pane.busy, true)
        });
        if idle {
            let inner = self.0.clone();
            self.0.tasks.spawn(async move { inner.paint(chat).await });
        }
    }

    fn answer(&self, callback: String, toast: Option<Toast>) {
        let bot = self.0.bot.clone();
        self.0.tasks.spawn(async move {
            if let Err(failure) = send::answer(&bot, callback, toast.as_ref()).await {
                tracing::debug!(error = without_secrets(&failure), "a press was answered too late");
            }
        });
    }

    fn erase(&self, account: Account, message: i64) {
        let bot = self.0.bot.clone();
        self.0.tasks.spawn(async move {
            if let Err(failure) = send::delete(&bot, account.id, message).await {
                tracing::debug!(error = without_secrets(&failure), "a written PIN stays in the chat");
            }
        });
    }

    fn saw(&self, account: Account, message: i64) {
        self.0.saw(account.id, message);
    }

    fn highest_message(&self) -> i64 {
        self.0.highest.load(Ordering::Relaxed)
    }

    fn deliver<'a>(&'a self, chat: i64, what: Delivery<'a>) -> BoxFuture<'a, Delivered> {
        async move {
            let bot = &self.0.bot;
            match what {
                Delivery::Send {
                    screen,
                    document: None,
                    silent,
                } => send::delivered(send::send(bot, chat, screen, silent).await),
                Delivery::Send {
                    screen,
                    document: Some(document),
                    silent,
                } => send::delivered(send::send_document(&self.0.carrier, chat, document, screen, silent).await),
                Delivery::Enclosed { file, screen, silent } => {
                    send::delivered(send::send_enclosed(bot, chat, file, screen, silent).await)
                }
                Delivery::Edit { message, screen, shape } => {
                    match send::edit(bot, chat, message, screen, shape).await {
                        Ok(()) => Delivered::There(message),
                        Err(failure) if read(&failure) == Objection::NotModified => Delivered::There(message),
                        Err(failure) => send::delivered(Err(failure)),
                    }
                }
                Delivery::Delete { message } => {
                    send::delivered(send::delete(bot, chat, message).await.map(|()| message))
                }
                Delivery::Poll { poll, screen, silent } => polls::send(bot, chat, poll, screen, silent).await,
                Delivery::StopPoll { message, screen } => polls::stop(bot, chat, message, screen).await,
                Delivery::Forward { from, message, silent } => polls::forward(bot, chat, (from, message), silent).await,
            }
        }
        .boxed()
    }

    fn find<'a>(&'a self, chat: i64, screen: &'a Screen, shape: Shape, floor: i64) -> BoxFuture<'a, Found> {
        async move {
            // The screen that the person looks at is no letter: looking there would write over it.
            let living = self.0.living(chat).await;
            let candidates = send::candidates(floor, self.highest_message()).filter(|it| Some(*it) != living);
            match shape {
                Shape::Poll => polls::find(&self.0.bot, chat, screen, candidates).await,
                Shape::Text | Shape::Document => send::find(&self.0.bot, chat, screen, shape, candidates).await,
            }
        }
        .boxed()
    }

    fn find_shown<'a>(&'a self, chat: i64, floor: i64, known: &'a [i64]) -> BoxFuture<'a, Found> {
        async move {
            let living = self.0.living(chat).await;
            let seen = self.0.with_pane(chat, |pane| pane.seen.clone());
            let candidates = send::candidates(floor, self.highest_message())
                .filter(|it| Some(*it) != living && !seen.contains(it) && !known.contains(it));
            polls::find_shown(&self.0.bot, chat, candidates).await
        }
        .boxed()
    }

    fn fetch<'a>(&'a self, file: &'a str, limit: usize) -> BoxFuture<'a, Fetched> {
        send::fetch(&self.0.carrier, file, limit).boxed()
    }
}
