//! What families were told of days gone by: the letters that settling would have posted, kept as if they had left then.

use chrono::{DateTime, Utc};

use super::store::Recipient;
use super::{Facts, News, hear, news, screens};
use crate::db::Tx;
use crate::delivery::{self, store::NewLetter};
use crate::ids::LessonId;
use crate::lessons::Lesson;
use crate::words::Locale;

/// Something that a family was told.
#[derive(Clone, Copy, Debug)]
pub struct Past<'p> {
    /// Of which lesson.
    pub lesson: &'p Lesson,
    /// Its row.
    pub id: LessonId,
    /// What they knew before.
    pub former: Option<&'p Facts>,
    /// What they know since.
    pub facts: &'p Facts,
    /// How often they were told of it, this time included.
    pub times: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a letter that left long ago. What the former one says isn't changed: it was read as it was.
pub async fn tell(tx: &mut Tx, past: &Past<'_>, to: &Recipient) -> anyhow::Result<()> {
    let child = hear::child_name(tx, past.lesson, to.pupil_id, to.parent_id).await?;
    let notice = screens::Notice {
        locale: Locale::of(&to.locale),
        lesson: past.lesson,
        facts: past.facts,
        child: &child,
        pupil: to.pupil_id,
        now: past.at,
    };
    let screen = match news(past.former, past.facts) {
        News::First => screens::first(&notice),
        News::Changed(differences) => screens::correction(&notice, &differences, None),
        News::Nothing | News::Words => return Ok(()),
    };
    let key = hear::key(past.id, to, past.times, false);
    let letter = NewLetter::new((to.transport.clone(), to.account), key.clone(), screen, past.at);
    delivery::store::post(tx, letter, past.at).await?;
    delivery::store::left(tx, &key).await
}
