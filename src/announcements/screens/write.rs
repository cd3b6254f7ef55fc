//! N1–N3: to whom, the text, how it will look, when it leaves.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{drop, menu, moment, to_sent, to_whom, turning};
use crate::announcements::press::{Act, View};
use crate::announcements::whom::{Several, Whom};
use crate::announcements::{Announcement, later, letters};
use crate::chat::{Attached, Button, Screen, enclosed, limits};
use crate::ids::{ClassId, GroupId, SchoolId};
use crate::people::passes::Class;
use crate::people::reach::{Audience, Hindrance, Kin, Place, Post, Reach, Title};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, escape, html, plain};

/// Classes on a page.
const CLASSES: usize = 40;
/// Families that are named when nobody of them is reached.
const NAMED: usize = 10;
/// Whole names, or classes, that are read at once.
const WHOLE: usize = 6;

/// Where somebody may speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// In their class.
    Class(ClassId, String),
    /// In a stage, from which grade to which.
    Stage(SchoolId, i64, i64),
    /// In the whole school.
    School(SchoolId),
    /// To its staff.
    Staff(SchoolId),
    /// In any one of its classes.
    Classes(SchoolId),
    /// In several of its classes at once.
    Several(SchoolId),
    /// To those of its staff who do something.
    Posts(SchoolId),
}

impl Choice {
    /// Of which school, where a label doesn't say it.
    fn school(&self) -> Option<SchoolId> {
        match self {
            Self::Class(..) => None,
            Self::Stage(school, ..)
            | Self::School(school)
            | Self::Staff(school)
            | Self::Classes(school)
            | Self::Several(school)
            | Self::Posts(school) => Some(*school),
        }
    }
}

/// N1, for those who have a choice; of several schools each is named.
pub fn home(locale: Locale, places: &[Choice], schools: &[(SchoolId, String)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.whom"));
    for place in places {
        let mut button = match place {
            Choice::Class(class, name) => {
                let label = plain!(locale, "announcements.button.class", class = name);
                Button::new(label, &View::Of(Place::Class(*class)))
            }
            Choice::Stage(school, from, to) => {
                let label = plain!(locale, "announcements.button.stage", from = from, to = to);
                Button::new(label, &View::Of(grades(*school, (*from, *to))))
            }
            Choice::School(school) => {
                let label = plain!(locale, "announcements.button.school");
                Button::new(label, &View::Of(grades(*school, EVERY_GRADE)))
            }
            Choice::Staff(school) => {
                let label = plain!(locale, "announcements.button.staff");
                Button::new(label, &Act::Begin(Audience::Staff(*school)))
            }
            Choice::Classes(school) => {
                let label = plain!(locale, "announcements.button.classes");
                Button::new(label, &View::Classes(*school, 0))
            }
            Choice::Several(school) => {
                let label = plain!(locale, "announcements.button.several");
                Button::new(label, &View::Several(*school, 0))
            }
            Choice::Posts(school) => {
                let label = plain!(locale, "announcements.button.posts");
                Button::new(label, &View::Posts(*school))
            }
        };
        if let Some((_, name)) = schools.iter().find(|it| Some(it.0) == place.school()) {
            button.label = shorten(&format!("{} · {name}", button.label), limits::label_width(1));
        }
        screen = screen.row([button]);
    }
    screen.row([to_sent(locale)]).row([menu(locale)])
}

/// From below the first grade to above the last.
const EVERY_GRADE: (i64, i64) = (0, 99);

fn grades(school: SchoolId, (from, to): (i64, i64)) -> Place {
    Place::Grades { school, from, to }
}

/// The classes of a school or of a stage.
pub fn classes(locale: Locale, school: SchoolId, (classes, page): (&[Class], u8)) -> Screen {
    let shown: Vec<Button> = classes
        .iter()
        .skip(usize::from(page) * CLASSES)
        .take(CLASSES)
        .map(|it| Button::new(it.name.clone(), &View::Of(Place::Class(it.id))))
        .collect();
    let has_more = classes.len() > (usize::from(page) + 1) * CLASSES;
    Screen::new(html!(locale, "announcements.whom"))
        .grid(&shown, 4)
        .row(turning(locale, page, has_more, |it| View::Classes(school, it)))
        .row([to_whom(locale), menu(locale)])
}

/// Whom of a place one means, each with how many people that is; `only` where there was nothing else to choose.
pub fn of(
    locale: Locale,
    place: &Title,
    counted: &[(Audience, usize)],
    (picks, groups, only): (Option<ClassId>, Option<ClassId>, bool),
) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.whom"));
    for (audience, n) in counted {
        // The number of people says more than the end of a long name.
        let n = format!(" · {}", dates::number(i64::try_from(*n).unwrap_or(i64::MAX)));
        let room = limits::label_width(1) - n.chars().count();
        let label = shorten(&whom(locale, *audience, place), room) + &n;
        screen = screen.row([Button::new(label, &Act::Begin(*audience))]);
    }
    if let Some(class) = picks {
        let label = plain!(locale, "announcements.button.pick");
        screen = screen.row([Button::new(label, &View::Pick(class, 0))]);
    }
    if let Some(class) = groups {
        let label = plain!(locale, "announcements.button.groups");
        screen = screen.row([Button::new(label, &View::Groups(class))]);
    }
    if only {
        screen.row([to_sent(locale)]).row([menu(locale)])
    } else {
        screen.row([to_whom(locale), menu(locale)])
    }
}

/// The study groups of a class.
pub fn groups(locale: Locale, (class, place): (ClassId, &Title), groups: &[(GroupId, String)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.groups", class = place.class()));
    for (group, name) in groups.iter().take(limits::ROWS - 1) {
        let label = shorten(name, limits::label_width(1));
        screen = screen.row([Button::new(label, &View::Of(Place::Group(*group)))]);
    }
    let back = Button::new(plain!(locale, "nav.back"), &View::Of(Place::Class(class)));
    screen.row([back, menu(locale)])
}

/// «Родителям 7А».
pub fn whom(locale: Locale, audience: Audience, place: &Title) -> String {
    let place = match place {
        Title::Pupil(_, name) => name.clone(),
        Title::Class(class) => class.clone(),
        Title::Group(class, group) => format!("{class} · {group}"),
        Title::Grades(from, to) => plain!(locale, "announcements.grades", from = from, to = to),
        Title::School => plain!(locale, "announcements.of_school"),
        Title::Post(post, grades) => return posts_called(locale, *post, *grades),
    };
    match audience {
        Audience::Parents(_) => plain!(locale, "announcements.to.parents", place = place),
        Audience::Pupils(_) => plain!(locale, "announcements.to.pupils", place = place),
        Audience::Families(_) => plain!(locale, "announcements.to.families", place = place),
        Audience::Staff(_) | Audience::Post { .. } => plain!(locale, "announcements.to.staff"),
    }
}

/// «Учителям 5–9 классов».
fn posts_called(locale: Locale, post: Post, grades: Option<(i64, i64)>) -> String {
    let who = match post {
        Post::Pedagogues => plain!(locale, "announcements.to.pedagogues"),
        Post::Teachers => plain!(locale, "announcements.to.teachers"),
        Post::Tutors => plain!(locale, "announcements.to.tutors"),
        Post::Heads => plain!(locale, "announcements.to.heads"),
        Post::Administration => plain!(locale, "announcements.to.administration"),
        Post::Office => plain!(locale, "announcements.to.office"),
    };
    match grades {
        Some((from, to)) => format!("{who} {}", plain!(locale, "announcements.grades", from = from, to = to)),
        None => who,
    }
}

/// «Родителям 7А, 7Б, 8В», «Родителям учеников: Волкова Анна, Белов Илья и ещё 3».
pub fn of_all(locale: Locale, whom: &Whom, titles: &[Title]) -> String {
    match (whom, titles) {
        (Whom::One(audience), [title, ..]) => self::whom(locale, *audience, title),
        (Whom::One(_), []) => String::new(),
        (Whom::Several(Several::Classes { kin, .. }), _) => {
            let place = Title::Class(names_of(locale, titles));
            // What is called doesn't hang on which class it is.
            self::whom(locale, kin.of(Place::Class(ClassId(0))), &place)
        }
        (Whom::Several(Several::Picked { kin, .. }), _) => {
            let names = names_of(locale, titles);
            match kin {
                Kin::Parents => plain!(locale, "announcements.to.parents_of", names = names),
                Kin::Pupils => plain!(locale, "announcements.to.pupils_named", names = names),
                Kin::Families => plain!(locale, "announcements.to.families_of", names = names),
            }
        }
    }
}

/// «7А, 7Б, 8В», «Волкова Анна, Белов Илья и ещё 3».
pub(super) fn names_of(locale: Locale, titles: &[Title]) -> String {
    let names: Vec<&str> = titles
        .iter()
        .map(|it| match it {
            Title::Pupil(_, name) => name.as_str(),
            other => other.class(),
        })
        .collect();
    some(locale, &names)
}

/// As many names as are read at once, and how many more.
fn some(locale: Locale, names: &[&str]) -> String {
    let mut said = names.iter().take(WHOLE).copied().collect::<Vec<_>>().join(", ");
    if names.len() > WHOLE {
        let more = i64::try_from(names.len() - WHOLE).unwrap_or(i64::MAX);
        said.push_str(&plain!(locale, "announcements.more", n = dates::number(more)));
    }
    said
}

/// Who of several doesn't get it, and why; nothing where everybody does.
pub fn left_out_line(locale: Locale, whom: &Whom, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let names = some(locale, &names);
    match whom {
        Whom::Several(Several::Picked { .. }) => html!(locale, "announcements.left.pupils", names = names),
        Whom::Several(Several::Classes { .. }) | Whom::One(_) => {
            html!(locale, "announcements.left.classes", names = names)
        }
    }
}

/// N2.
pub fn write(locale: Locale, whom: &str, has_text: bool, files: &[Attached]) -> Screen {
    // It goes on within a line here.
    let mut letters = whom.chars();
    let first = letters
        .next()
        .map(|it| it.to_lowercase().to_string())
        .unwrap_or_default();
    let whom = first + letters.as_str();
    let mut screen = Screen::new(html!(locale, "announcements.write", whom = whom));
    if files.is_empty() {
        screen.line(&html!(locale, "announcements.await"));
    } else {
        let what = enclosed::counted(locale, files);
        screen.line(&html!(locale, "announcements.with", what = what));
        screen.line(&html!(locale, "announcements.await_words"));
        screen = screen.row([without_files(locale)]);
    }
    if has_text {
        let as_it_was = Button::new(plain!(locale, "announcements.button.as_it_was"), &Act::Keep);
        screen = screen.row([as_it_was]);
    }
    screen.row([to_whom(locale), drop(locale)])
}

/// The new text of one that was sent is awaited.
pub fn correction(locale: Locale, announcement: &Announcement) -> Screen {
    let mut screen = Screen::new(html!(locale, "announcements.correct"));
    screen.line(&html!(locale, "announcements.rule"));
    screen.line(&escape(&announcement.text));
    screen.line(&html!(locale, "announcements.rule"));
    screen.line(&html!(locale, "announcements.await_correction"));
    let back = Button::new(plain!(locale, "announcements.button.keep"), &View::One(announcement.id));
    screen.row([back])
}

/// N3: what the others will see stands between the lines.
pub fn preview(
    locale: Locale,
    announcement: &Announcement,
    (reached, reach, left_out): (usize, &Reach, &str),
    (due_at, zone): (Option<DateTime<Utc>>, Tz),
) -> Screen {
    let n = i64::try_from(reached).unwrap_or(i64::MAX);
    let mut screen = Screen::new(if n == 0 {
        html!(locale, "announcements.nobody")
    } else {
        let families = i64::try_from(reach.n_families()).unwrap_or(i64::MAX);
        let mut who = count(locale, "count.people", n);
        if families > 0 {
            who.push_str(", ");
            who.push_str(&count(locale, "count.families", families));
        }
        html!(locale, "announcements.reached", who = who)
    });
    if !reach.missing.is_empty() {
        let families = announcement.audience.is_of_parents();
        screen.line(&escape(&missing(locale, families, reach)));
    }
    if !left_out.is_empty() {
        screen.line(left_out);
    }
    screen.line(&html!(locale, "announcements.rule"));
    screen.line(&letters::body(locale, announcement, zone));
    screen.line(&html!(locale, "announcements.rule"));
    if let Some(at) = due_at {
        screen.line(&html!(locale, "announcements.leaves", when = moment(locale, at, zone)));
    }
    if n > 0 {
        let label = plain!(locale, "announcements.button.send", n = dates::number(n));
        screen = screen.row([Button::new(label, &Act::Send)]);
    }
    if !announcement.files.is_empty() {
        let what = enclosed::counted(locale, &announcement.files);
        screen.line(&html!(locale, "announcements.with", what = what));
        screen = screen.row([without_files(locale)]);
    }
    let label = letters::button_label(locale, announcement.acknowledged);
    let toggle = plain!(locale, "announcements.button.toggle", label = label);
    screen
        .row([Button::new(toggle, &Act::Toggle)])
        .row([
            Button::new(plain!(locale, "announcements.button.later"), &View::When),
            Button::new(plain!(locale, "announcements.button.rewrite"), &Act::Rewrite),
        ])
        .row([to_whom(locale), drop(locale)])
}

fn without_files(locale: Locale) -> Button {
    Button::new(plain!(locale, "announcements.button.without_files"), &Act::WithoutFiles)
}

/// Whom to call instead: by name, as far as there is room.
fn missing(locale: Locale, families: bool, reach: &Reach) -> String {
    let names: Vec<&str> = reach
        .missing
        .iter()
        .take(NAMED)
        .map(|(person, _)| person.name.surname.as_str())
        .collect();
    let n = i64::try_from(reach.missing.len()).unwrap_or(i64::MAX);
    let key = if families {
        "announcements.missing.families"
    } else {
        "announcements.missing.people"
    };
    let mut said = format!("{}: {}", count(locale, key, n), names.join(", "));
    let more = n - i64::try_from(names.len()).unwrap_or(n);
    if more > 0 {
        said.push_str(&plain!(locale, "announcements.more", n = dates::number(more)));
    }
    let closed = reach
        .missing
        .iter()
        .filter(|(_, why)| *why == Hindrance::ChatClosed)
        .count();
    if closed > 0 {
        let closed = i64::try_from(closed).unwrap_or(i64::MAX);
        said.push_str(&plain!(locale, "announcements.closed", n = dates::number(closed)));
    }
    said.push_str(&plain!(locale, "announcements.call"));
    said
}

/// When it leaves.
pub fn when(locale: Locale, now: DateTime<Utc>, zone: Tz) -> Screen {
    let moments: Vec<Button> = later(now, zone)
        .into_iter()
        .map(|at| Button::new(moment(locale, at, zone), &Act::Due(Some(at.timestamp() / 60))))
        .collect();
    let at_once = Button::new(plain!(locale, "announcements.button.at_once"), &Act::Due(None));
    Screen::new(html!(locale, "announcements.when"))
        .row([at_once])
        .grid(&moments, 1)
        .row([Button::new(plain!(locale, "nav.back"), &View::Preview)])
}
