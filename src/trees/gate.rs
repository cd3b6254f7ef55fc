//! Where the lock of a staff account stands in a turn (P14): before any view and any deed, whatever a press carries.

use chrono::{DateTime, Utc};

use super::answer::Answer;
use super::plan::Deed;
use super::{Act, Flow, View};
use crate::access::Actor;
use crate::chat::{Ctx, Input, Toast};
use crate::people::lock::{self, Standing};
use crate::people::{self, keypad};
use crate::words::plain;
use crate::workbook;

/// Whether a view is one that a closed lock hides: all but those of the lock itself.
pub fn hides(actor: &Actor, view: View, now: DateTime<Utc>) -> bool {
    let own = matches!(view, View::Lock(lock::press::View::Keys | lock::press::View::Forgotten));
    !own && lock::standing(actor, now) == Standing::Locked
}

/// What the lock holds back (P14): behind a closed one everything but its keys; without a PIN whatever writes.
pub fn held_back(ctx: &Ctx, actor: &Actor, flow: &Flow, deed: &Deed) -> Option<Answer> {
    let keys = |said: Option<&'static str>| Answer {
        toast: said.map(|key| Toast {
            text: plain!(ctx.locale, key),
            alert: true,
        }),
        ..Answer::view(ctx, View::Lock(lock::press::View::Keys))
    };
    match lock::standing(actor, ctx.now) {
        Standing::Free | Standing::Open => None,
        Standing::Locked => match deed {
            // A vote is taken wherever it is given: the messenger has taken it already.
            Deed::Close
            | Deed::Reopen
            | Deed::Group(_)
            | Deed::Vote { .. }
            | Deed::Count { .. }
            | Deed::Act(Act::Lock(lock::press::Act::Key(_))) => None,
            Deed::Act(_) | Deed::Knock(_) | Deed::Away(_) | Deed::Leave { .. } => Some(keys(None)),
            Deed::Text(typed) if looks_like_a_pin(typed) => Some(keys(Some("lock.pin_not_as_text"))),
            Deed::Text(_) | Deed::Reply(..) | Deed::File(..) | Deed::Enter(_) => {
                Some(keys(Some("lock.text_not_taken")))
            }
        },
        Standing::NoPin => match deed {
            Deed::Act(act) if super::needs_pin(*act) => Some(keys(Some("lock.first_choose"))),
            Deed::Text(typed) if looks_like_a_pin(typed) => Some(keys(Some("lock.pin_not_as_text"))),
            // An answer is a message of the person's own hand.
            Deed::Reply(..) | Deed::File(_, _, Some(_)) => Some(keys(Some("lock.first_choose"))),
            Deed::Text(typed)
                if !matches!(flow, Flow::Idle | Flow::Search(_)) && people::Code::parse(typed).is_none() =>
            {
                Some(keys(Some("lock.first_choose")))
            }
            Deed::File(file, ..) if !matches!(flow, Flow::Idle | Flow::Search(_)) || workbook::is_table(&file.name) => {
                Some(keys(Some("lock.first_choose")))
            }
            Deed::Act(_)
            | Deed::Text(_)
            | Deed::File(..)
            | Deed::Enter(_)
            | Deed::Knock(_)
            | Deed::Away(_)
            | Deed::Leave { .. }
            | Deed::Close
            | Deed::Reopen
            | Deed::Vote { .. }
            | Deed::Count { .. }
            | Deed::Group(_) => None,
        },
    }
}

/// The message of a PIN that was written where it can be read: behind a closed lock, or before one is chosen.
pub fn written_pin(ctx: &Ctx, actor: &Actor, input: &Input) -> Option<i64> {
    let asked = matches!(lock::standing(actor, ctx.now), Standing::Locked | Standing::NoPin);
    match input {
        Input::Text { text, message, .. } if asked && looks_like_a_pin(text) => Some(*message),
        _ => None,
    }
}

fn looks_like_a_pin(typed: &str) -> bool {
    let typed = typed.trim();
    typed.len() == keypad::DIGITS && typed.bytes().all(|it| it.is_ascii_digit())
}
