//! What an act of any feature answers with, before it is shown.

use super::{View, behind};
use crate::chat::{Ctx, Happening, Reply, Secret, Show, Toast};
use crate::words::Locale;

/// What an act of any feature answers with.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What to show.
    pub view: View,
    /// The word at the top.
    pub toast: Option<Toast>,
    /// For `notices`.
    pub happened: Vec<Happening>,
    /// For the screen that follows, and for it alone.
    pub secret: Option<Secret>,
    /// The language from now on.
    pub locale: Locale,
}

impl Answer {
    /// Shows a view and does nothing else.
    pub fn view(ctx: &Ctx, view: View) -> Self {
        Self {
            view,
            toast: None,
            happened: Vec::new(),
            secret: None,
            locale: ctx.locale,
        }
    }

    /// A feature's reply among all features.
    pub fn of<V>(ctx: &Ctx, reply: Reply<V>, wrap: impl Fn(V) -> View) -> Self {
        let view = match reply.show {
            Show::View(view) => wrap(view),
            Show::Door(door) => behind(door),
            Show::Stay => View::Stay,
        };
        Self {
            view,
            toast: reply.toast,
            happened: reply.happened,
            secret: reply.secret,
            locale: ctx.locale,
        }
    }
}
