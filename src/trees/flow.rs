//! Where a dialogue stands: the closed sum over all features, as it is stored, and what of it is whose.

use serde::{Deserialize, Serialize};

use super::{View, talk};
use crate::feedback;
use crate::messages::{letters, rules, threads};
use crate::{absences, announcements, lessons, people, surveys};

/// Where a dialogue stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flow {
    /// Nothing is open.
    #[default]
    Idle,
    /// A lesson is open.
    Lessons(lessons::flow::Flow),
    /// Somebody is on the way in.
    Entry(people::entry::Entry),
    /// A surname is looked for.
    Search(people::passes::search::Search),
    /// An announcement is written.
    Announcement(announcements::Open),
    /// A question or an answer of a survey is awaited.
    Surveys(surveys::Awaited),
    /// A letter to families is written.
    Letters(letters::Draft),
    /// A message is written.
    Threads(threads::Open),
    /// A suggestion to the school, or the answer to one, is written.
    Feedback(feedback::Open),
    /// A reason is awaited.
    Rules(rules::Awaited),
    /// An absence is told.
    Absences(absences::Open),
}

/// The state as it is stored: a version that this code doesn't know is the start, and one line to the person.
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u32,
    flow: Flow,
}

const STORED_VERSION: u32 = 1;

impl Flow {
    /// As it is stored.
    pub fn store(&self) -> String {
        let stored = Stored {
            v: STORED_VERSION,
            flow: self.clone(),
        };
        // Plain data: writing it as JSON can't fail. An empty text would be read as a new dialogue.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads a stored state; `None` when it can't be read any more.
    pub fn read(stored: &str) -> Option<Self> {
        if stored.is_empty() {
            return Some(Self::Idle);
        }
        let stored: Stored = serde_json::from_str(stored).ok()?;
        (stored.v == STORED_VERSION).then_some(stored.flow)
    }
}

/// Takes what is open of one feature; other dialogues stay as they are.
macro_rules! take {
    ($flow:expr, $variant:ident) => {
        match std::mem::take($flow) {
            $crate::trees::Flow::$variant(open) => Some(open),
            other => {
                *$flow = other;
                None
            }
        }
    };
}
pub(super) use take;

/// Where a person was before the lock closed: the lesson that is open, else the menu.
pub(super) fn where_one_was(flow: &Flow) -> View {
    match flow {
        Flow::Lessons(open) => View::Lessons(lessons::press::View::Card(open.key)),
        Flow::Entry(_) => View::Entry(people::entry::press::View::Step),
        Flow::Search(search) if search.typed.is_empty() => View::Passes(people::passes::press::View::Search),
        Flow::Search(_) => View::Passes(people::passes::press::View::Found),
        Flow::Announcement(open) if open.awaits() => View::Announcements(announcements::press::View::Write),
        Flow::Announcement(_) => View::Announcements(announcements::press::View::Preview),
        Flow::Surveys(awaited) => View::Surveys(awaited.view()),
        Flow::Letters(draft) => View::Letters(letters::press::View::Preview(draft.class)),
        Flow::Threads(open) => View::Threads(talk::shown(open)),
        Flow::Feedback(open) => View::Feedback(open.view()),
        Flow::Rules(awaited) => talk::awaits(*awaited),
        Flow::Absences(open) => View::Absences(open.view()),
        Flow::Idle => View::Menu,
    }
}

/// Whether looking at something leaves what is open: a text is awaited only where it was asked for. Words that were
/// written stay.
pub fn leaves(flow: &Flow, view: View) -> bool {
    use letters::press::View as Letters;
    use people::passes::press::View as Passes;
    use surveys::press::View as Surveys;
    match flow {
        Flow::Search(_) => !matches!(view, View::Passes(Passes::Search | Passes::Found)),
        Flow::Announcement(open) => open.is_empty() && !matches!(view, View::Announcements(_)),
        Flow::Surveys(awaited) => {
            view != View::Surveys(awaited.view()) && !matches!(view, View::Surveys(Surveys::Sample(_)))
        }
        Flow::Letters(_) => !matches!(
            view,
            View::Letters(
                Letters::Whom(..)
                    | Letters::Kinds(_)
                    | Letters::Preview(_)
                    | Letters::Templates(_)
                    | Letters::Shared(_)
            )
        ),
        // Of an album other files may still come, whatever is looked at.
        Flow::Idle | Flow::Lessons(_) | Flow::Entry(_) | Flow::Threads(threads::Open::Album(..)) => false,
        Flow::Threads(open) => view != View::Threads(talk::shown(open)),
        Flow::Feedback(open) => view != View::Feedback(open.view()),
        Flow::Rules(awaited) => view != talk::awaits(*awaited),
        Flow::Absences(open) => !matches!(view, View::Absences(view) if open.stays(view)),
    }
}

/// What is shown in answer to a deed ends what is awaited elsewhere, as looking does: the next text would go where nobody
/// looks. A press under a letter shows nothing.
pub(super) fn end_elsewhere(flow: &mut Flow, view: View) {
    let awaits = matches!(
        flow,
        Flow::Threads(_) | Flow::Feedback(_) | Flow::Rules(_) | Flow::Surveys(_) | Flow::Absences(_)
    );
    if awaits && view != View::Stay && leaves(flow, view) {
        *flow = Flow::Idle;
    }
}

/// The lesson that is open; what else was isn't any more.
pub(super) fn take_lesson(flow: &mut Flow) -> Option<lessons::flow::Flow> {
    match std::mem::take(flow) {
        Flow::Idle
        | Flow::Entry(_)
        | Flow::Search(_)
        | Flow::Announcement(_)
        | Flow::Surveys(_)
        | Flow::Letters(_)
        | Flow::Threads(_)
        | Flow::Feedback(_)
        | Flow::Rules(_)
        | Flow::Absences(_) => None,
        Flow::Lessons(open) => Some(open),
    }
}
