//! What of a lesson's news is told now, what waits, and what is known in silence.

use super::{Kind, Moment, Wishes};
use crate::notices::{Facts, News, news};

/// Parts of what is told of a child in a lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The marks.
    pub marks: bool,
    /// The sign.
    pub sign: bool,
}

impl Parts {
    /// The parts whose moment is one of these.
    pub fn at(wishes: &Wishes, moments: &[Moment]) -> Self {
        Self {
            marks: moments.contains(&wishes.when(Kind::Marks)),
            sign: moments.contains(&wishes.when(Kind::Absences)),
        }
    }

    /// Those of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            marks: self.marks || other.marks,
            sign: self.sign || other.sign,
        }
    }

    fn is_any(self) -> bool {
        self.marks || self.sign
    }

    /// What is known when these parts are told of what is so: the rest stays as it was told.
    pub fn told_of(self, told: Option<&Facts>, now: &Facts) -> Facts {
        let mut known = told.cloned().unwrap_or_default();
        if self.is_any() {
            known.topic.clone_from(&now.topic);
            known.homework.clone_from(&now.homework);
            known.due = now.due;
        }
        if self.marks {
            known.marks.clone_from(&now.marks);
            known.comment.clone_from(&now.comment);
        }
        if self.sign {
            known.sign.clone_from(&now.sign);
        }
        known
    }

    /// What there is without these parts.
    pub fn taken_from(self, facts: &Facts) -> Facts {
        let mut left = facts.clone();
        if self.marks {
            left.marks.clear();
            left.comment = None;
        }
        if self.sign {
            left.sign = None;
        }
        left
    }
}

/// What follows when a lesson's news has settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// What is known from now on: what is told now, and what nobody wants to hear.
    pub known: Facts,
    /// What the letter shows.
    pub shown: Facts,
    /// What is news.
    pub news: News,
}

impl Telling {
    /// Compares what was told, and how often, with what is so, as somebody wishes. What is urgent is told whatever they
    /// wish: an alarm, and an alarm that was false.
    pub fn of(told: Option<&(Facts, i64)>, now: &Facts, wishes: &Wishes, urgent: bool) -> Self {
        let mut tells = Parts::at(wishes, &[Moment::Now]);
        tells.sign |= urgent;
        let mut hushed = Parts::at(wishes, &[Moment::Never]);
        hushed.sign &= !urgent;
        let known = tells.or(hushed).told_of(told.map(|it| &it.0), now);
        let shown = hushed.taken_from(&known);
        // What is known in silence was never told.
        let former = told.filter(|it| it.1 > 0).map(|it| hushed.taken_from(&it.0));
        Self {
            news: news(former.as_ref(), &shown),
            known,
            shown,
        }
    }
}
