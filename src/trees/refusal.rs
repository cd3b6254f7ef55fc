//! What a turn shows when nothing was written: a sentence with the way back, or an apology with a code.

use super::{Flow, menu, talk};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Door, Screen, Toast, limits};
use crate::messages::letters;
use crate::words::names::shorten;
use crate::words::{Locale, plain};
use crate::{announcements, lessons, people};

/// Where somebody stands whom nothing else can be shown: the menu as it is now, or the first screen.
pub async fn menu_or_welcome(ctx: &Ctx, conn: &mut crate::db::Conn, actor: &Actor) -> anyhow::Result<Screen> {
    if actor.identities.is_empty() {
        return Ok(people::screens::welcome(ctx.locale));
    }
    menu::menu(ctx, conn, actor, None).await
}

/// A sentence with the way back to where the person was.
pub fn refusal_screen(locale: Locale, text: &str, flow: &Flow) -> Screen {
    let menu = Button::door(plain!(locale, "nav.menu"), Door::Menu);
    Screen::new(crate::words::escape(text)).row(back(locale, flow).into_iter().chain([menu]))
}

fn back(locale: Locale, flow: &Flow) -> Option<Button> {
    use announcements::press::View as Announcements;
    let label = plain!(locale, "nav.back");
    match flow {
        Flow::Lessons(open) => {
            let label = plain!(locale, "lessons.button.to_lesson");
            Some(Button::new(label, &lessons::press::View::Card(open.key)))
        }
        Flow::Announcement(open) if open.awaits() => Some(Button::new(label, &Announcements::Write)),
        Flow::Announcement(_) => Some(Button::new(label, &Announcements::Preview)),
        Flow::Surveys(awaited) => Some(Button::new(label, &awaited.view())),
        Flow::Letters(draft) => Some(Button::new(label, &letters::press::View::Preview(draft.class))),
        Flow::Feedback(open) => Some(Button::new(label, &open.view())),
        Flow::Threads(open) => Some(Button::new(label, &talk::shown(open))),
        Flow::Rules(awaited) => Some(talk::back_to(label, *awaited)),
        Flow::Idle | Flow::Entry(_) | Flow::Search(_) => None,
    }
}

/// A word that must not be missed.
pub fn alert(text: &str) -> Toast {
    Toast {
        text: shorten(text, limits::ALERT),
        alert: true,
    }
}

/// Four signs that look alike in both alphabets, to be read out by phone.
pub fn code(update: i64) -> String {
    const SIGNS: &[u8] = b"ABEKMHPCTX23456789";
    let mut rest = update.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..4)
        .map(|_| {
            let sign = SIGNS[usize::try_from(rest % SIGNS.len() as u64).unwrap_or_default()];
            rest /= SIGNS.len() as u64;
            char::from(sign)
        })
        .collect()
}
