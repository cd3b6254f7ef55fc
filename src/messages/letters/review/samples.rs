//! Samples of what waits for the head.

use chrono::{DateTime, Utc};

use super::screens::{self, Shown, Viewer};
use super::{Held, State};
use crate::chat::Screen;
use crate::ids::{ClassId, HeldLetterId, MailingId, PersonId, SchoolId};
use crate::messages::letters::samples::{class, letter, longest, name};
use crate::messages::letters::{Draft, Kind};
use crate::messages::rules::REASON_LIMIT;
use crate::words::Locale;

/// A letter that stands so.
pub fn held(state: State) -> Held {
    let mut draft = Draft::new(ClassId(7), MailingId(9));
    draft.kind = Some(Kind::Behaviour);
    draft.words = longest();
    Held {
        id: HeldLetterId(5),
        school: SchoolId(1),
        class: ClassId(7),
        author: PersonId(2),
        draft,
        held_at: DateTime::<Utc>::UNIX_EPOCH,
        state,
        decided: None,
        remark: "Ё<".repeat(REASON_LIMIT / 2),
    }
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let (class, author, words) = (class(), name(2), longest());
    let letter = letter(Kind::Behaviour, None, &words, &author);
    let pupils: Vec<_> = (0..52).map(name).collect();
    let heads = [name(1), name(2)];
    let drawn = |state, viewer| {
        let held = held(state);
        let shown = Shown {
            held: &held,
            class: &class,
            pupils: &pupils,
            n: 80,
            heads: &heads,
            decided: (state != State::Waiting).then_some((&author, "пн 23.11", "17:52")),
            letter: &letter,
        };
        (screens::held(locale, &shown, viewer), screens::told(locale, &shown))
    };
    let many: Vec<_> = (0..50)
        .map(|id| (HeldLetterId(id), "11А".to_owned(), name(id)))
        .collect();
    let sent = State::Sent(MailingId(9));
    vec![
        ("held, asked", drawn(State::Waiting, Viewer::Letter).0),
        ("held, to decide", drawn(State::Waiting, Viewer::Head).0),
        ("held, of one's own", drawn(State::Waiting, Viewer::Author).0),
        ("held, sent", drawn(sent, Viewer::Tutor).0),
        ("held, sent, told", drawn(sent, Viewer::Author).1),
        ("held, returned", drawn(State::Returned, Viewer::Author).0),
        ("held, returned, told", drawn(State::Returned, Viewer::Author).1),
        ("held, rewritten", drawn(State::Rewritten, Viewer::Author).0),
        ("held, taken back", drawn(State::TakenBack, Viewer::Letter).0),
        (
            "held, returning",
            screens::returning(locale, HeldLetterId(5), "11А", &author),
        ),
        ("held, waiting", screens::waiting(locale, &many, 50)),
        ("held, nothing waits", screens::waiting(locale, &[], 0)),
    ]
}
