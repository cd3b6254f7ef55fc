//! What a turn shows when nothing was written: a sentence with the way back, or an apology with a code.

use super::flow::where_one_was;
use super::{Flow, View, menu};
use crate::access::Actor;
use crate::chat::{Button, Ctx, Door, Screen, Toast, limits};
use crate::people;
use crate::words::names::shorten;
use crate::words::{Locale, plain};

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

/// A button to what is open. On the way in and in a search the same screen says what to type.
fn back(locale: Locale, flow: &Flow) -> Option<Button> {
    let label = plain!(locale, "nav.back");
    match where_one_was(flow) {
        View::Lessons(view) => Some(Button::new(plain!(locale, "lessons.button.to_lesson"), &view)),
        View::Announcements(view) => Some(Button::new(label, &view)),
        View::Surveys(view) => Some(Button::new(label, &view)),
        View::Letters(view) => Some(Button::new(label, &view)),
        View::Threads(view) => Some(Button::new(label, &view)),
        View::Feedback(view) => Some(Button::new(label, &view)),
        View::Rules(view) => Some(Button::new(label, &view)),
        View::Absences(view) => Some(Button::new(label, &view)),
        View::Menu
        | View::Stay
        | View::Today
        | View::Child(_)
        | View::Class(..)
        | View::Asked(_)
        | View::People(_)
        | View::Diary(_)
        | View::Lock(_)
        | View::Trail(_)
        | View::Entry(_)
        | View::Passes(_)
        | View::Workbook(_)
        | View::Notices(_)
        | View::Progress(_)
        | View::Control(_) => None,
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
