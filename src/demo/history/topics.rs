//! What was taught: lists of topics with their homework by grade and subject, from `assets/sample/topics/`.
//!
//! `# 7 Алгебра | exact` opens a list; a line is `topic | homework | homework …`, a lesson for each homework; `-` is none,
//! `-*3` three such lessons; `!control` before a topic names its kind of work. Lines of `//` are for whoever edits.

use anyhow::Context as _;
use std::collections::BTreeMap;

use crate::lessons::{Homework, Kind};

/// The lists that come with the sample school.
pub const SAMPLE: [&str; 3] = [
    include_str!("../../../assets/sample/topics/3.txt"),
    include_str!("../../../assets/sample/topics/7.txt"),
    include_str!("../../../assets/sample/topics/10.txt"),
];

/// What one is gifted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gift {
    /// Mathematics, physics, chemistry, informatics.
    Exact,
    /// Languages and reading.
    Words,
    /// Nature, history, society.
    World,
    /// Sport, music, drawing, handicraft.
    Skill,
}

/// A lesson of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its topic.
    pub topic: String,
    /// Its homework.
    pub homework: Homework,
    /// The kind of work, when the list names it.
    pub kind: Option<Kind>,
}

/// A grade's subject.
#[derive(Clone, Debug)]
pub struct Course {
    /// What it asks of a pupil.
    pub gift: Gift,
    /// Its lessons in their order.
    pub themes: Vec<Theme>,
}

/// All lists by grade and subject.
pub type Courses = BTreeMap<(i64, String), Course>;

/// Reads lists.
pub fn read(lists: &[&str]) -> anyhow::Result<Courses> {
    let mut courses = Courses::new();
    let mut open: Option<(i64, String)> = None;
    for line in lists.iter().flat_map(|list| list.lines()).map(str::trim) {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ") {
            let (name, gift) = heading.split_once(" | ").context("a heading names a gift")?;
            let (grade, subject) = name.split_once(' ').context("a heading names grade and subject")?;
            let at = (grade.parse()?, subject.to_owned());
            let course = Course {
                gift: gift_of(gift).with_context(|| format!("no gift is called {gift}"))?,
                themes: Vec::new(),
            };
            courses.insert(at.clone(), course);
            open = Some(at);
        } else {
            let course = open.as_ref().and_then(|at| courses.get_mut(at));
            course
                .context("a topic before the first heading")?
                .themes
                .extend(themes(line));
        }
    }
    Ok(courses)
}

fn gift_of(name: &str) -> Option<Gift> {
    let gifts = [
        ("exact", Gift::Exact),
        ("words", Gift::Words),
        ("world", Gift::World),
        ("skill", Gift::Skill),
    ];
    gifts.into_iter().find(|(it, _)| *it == name).map(|(_, gift)| gift)
}

fn themes(line: &str) -> Vec<Theme> {
    let (kind, rest) = match line.strip_prefix('!').and_then(|it| it.split_once(' ')) {
        Some((kind, rest)) => (Some(Kind::of(kind)), rest),
        None => (None, line),
    };
    let mut parts = rest.split(" | ");
    let topic = parts.next().unwrap_or_default();
    let theme = |homework| Theme {
        topic: topic.to_owned(),
        homework,
        kind,
    };
    let mut found = Vec::new();
    for homework in parts {
        match homework.strip_prefix('-') {
            Some(times) => {
                let n = times.strip_prefix('*').and_then(|it| it.parse().ok()).unwrap_or(1);
                found.extend(std::iter::repeat_with(|| theme(Homework::NotSet)).take(n));
            }
            None => found.push(theme(Homework::Text(homework.to_owned()))),
        }
    }
    found
}
