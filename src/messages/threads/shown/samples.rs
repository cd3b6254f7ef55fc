//! Samples of the screens about talks that are shown.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::screens::{self, Read};
use super::{Listed, PAGE};
use crate::chat::Screen;
use crate::ids::ThreadId;
use crate::messages::threads::{Heading, Message, Thread};
use crate::words::Locale;

/// Every screen, of the heaviest talk there is.
pub fn screens(
    locale: Locale,
    (thread, heading): (&Thread, &Heading),
    messages: &[Message],
) -> Vec<(&'static str, Screen)> {
    let listed = Listed {
        thread: thread.id,
        sides: [heading.name.clone(), heading.name.clone()],
    };
    let opener = heading.name.adult();
    let read = Read {
        thread,
        heading,
        opener: &opener,
        messages,
        zone: Tz::UTC,
        today: NaiveDate::default(),
        page: 1,
        older: true,
    };
    let id = ThreadId(5);
    vec![
        ("shown, asks", screens::ask(locale, id, heading)),
        ("shown, told", screens::told(locale, id, heading, true)),
        ("shown, hidden again", screens::told(locale, id, heading, false)),
        ("shown, to be read", screens::asked(locale, id, (&opener, heading))),
        ("shown, list", screens::list(locale, &vec![listed; PAGE + 1], 1)),
        ("shown, nothing", screens::list(locale, &[], 0)),
        ("shown, read", screens::thread(locale, &read)),
    ]
}
