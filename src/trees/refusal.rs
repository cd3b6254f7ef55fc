//! What a turn shows when nothing was written: a sentence with the way back, or an apology with a code.

use super::{Flow, menu};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Door, Screen, Toast, limits};
use crate::words::names::shorten;
use crate::words::{Locale, plain};
use crate::{lessons, people};

/// Where somebody stands whom nothing else can be shown: the menu as it is now, or the first screen.
pub async fn menu_or_welcome(ctx: &Ctx, conn: &mut crate::db::Conn, actor: &Actor) -> anyhow::Result<Screen> {
    if actor.identities.is_empty() {
        return Ok(people::screens::welcome(ctx.locale));
    }
    menu::menu(ctx, conn, actor, None).await
}

/// A sentence with the way back to where the person was.
pub fn refusal_screen(locale: Locale, text: &str, flow: &Flow) -> Screen {
    let mut row = Vec::new();
    if let Flow::Lessons(open) = flow {
        let label = plain!(locale, "lessons.button.to_lesson");
        row.push(Button::new(label, &lessons::press::View::Card(open.key)));
    }
    if let Flow::Feedback(open) = flow {
        row.push(Button::new(plain!(locale, "feedback.button.go_on"), &open.view()));
    }
    row.push(Button::door(plain!(locale, "nav.menu"), Door::Menu));
    Screen::new(crate::words::escape(text)).row(row)
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
