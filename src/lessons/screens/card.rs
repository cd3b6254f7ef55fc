//! T2, T9, T10–T12, E3: the card of a lesson, kinds of work, the end.

use chrono::NaiveDate;

use super::{Scene, homework, kind, short_names};
use crate::chat::{Attached, Button, Door, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::cell::Sign;
use crate::lessons::press::{Act, Field, Hand, Place, View};
use crate::lessons::{Gap, Homework, Kind, Lesson};
use crate::timetable::Planned;
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, entries, escape, html, plain};

/// What a card shows beyond the lesson.
#[derive(Clone, Copy, Debug, Default)]
pub struct CardState<'s> {
    /// What the next text is.
    pub awaited: Option<Field>,
    /// When homework is due.
    pub due: Option<NaiveDate>,
    /// Whether there is something to take back.
    pub undoable: bool,
    /// What was in hand last.
    pub hand: Option<Hand>,
    /// What goes with the homework.
    pub files: &'s [Attached],
    /// Whether a parallel class could have the same homework.
    pub parallel: bool,
}

/// T2, T2b.
pub fn card(scene: &Scene<'_>, state: &CardState<'_>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let mut screen = Screen::new(heading(scene));
    for line in lines(scene, state.due, state.files) {
        screen.line(&line);
    }
    if let Some(field) = state.awaited {
        screen.line(&awaited_line(locale, field));
    }
    let gaps = lesson.gaps();
    let finished = lesson.finished_at.is_some();
    let hand = state
        .hand
        .filter(|_| lesson.attendance_taken)
        .unwrap_or(Hand::Sign(Sign::Absent));
    let done = Button::new(plain!(locale, "lessons.button.done"), &Act::Finish(key));
    if gaps.is_empty() && !finished {
        screen = screen.row([done.clone()]);
    }
    if lesson.topic.is_some() && lesson.homework == Homework::Missing {
        screen = screen.row([Button::new(
            plain!(locale, "lessons.button.no_homework"),
            &Act::NoHomework(key, Place::Card),
        )]);
    }
    let register = if finished {
        "lessons.button.correct_marks"
    } else {
        "lessons.button.register"
    };
    screen = screen
        .row([Button::new(plain!(locale, register), &View::Grid(key, hand, 0))])
        .row([
            Button::new(plain!(locale, "lessons.button.topic"), &Act::Ask(key, Field::Topic)),
            Button::new(
                plain!(locale, "lessons.button.homework"),
                &Act::Ask(key, Field::Homework),
            ),
        ]);
    screen = screen.row(homework::row(locale, key, state.files, state.parallel));
    let mut more = vec![Button::new(
        plain!(locale, "lessons.button.kind"),
        &View::Kinds(key, Place::Card),
    )];
    if !lesson.told.is_empty() {
        more.push(Button::new(
            plain!(locale, "lessons.button.others_present"),
            &Act::AsTold(key, Place::Card),
        ));
    } else if !lesson.attendance_taken {
        more.push(Button::new(
            plain!(locale, "lessons.button.all_present"),
            &Act::AllPresent(key, Place::Card),
        ));
    }
    screen = screen.row(more);
    let mut end = Vec::new();
    if state.undoable && !finished {
        end.push(Button::new(
            plain!(locale, "lessons.button.undo"),
            &Act::Undo(key, Place::Card),
        ));
    }
    if !gaps.is_empty() && !finished {
        end.push(done);
    }
    screen.row(end).row(way_back(scene))
}

/// What the next text will be taken as.
pub fn awaited_line(locale: Locale, field: Field) -> String {
    match field {
        Field::Topic => html!(locale, "lessons.card.type_topic"),
        Field::Homework => html!(locale, "lessons.card.type_homework"),
    }
}

/// The card for those who may read and not write.
pub fn read_only(scene: &Scene<'_>, files: &[Attached]) -> Screen {
    let mut screen = Screen::new(heading(scene));
    for line in lines(scene, scene.lesson.due, files) {
        screen.line(&line);
    }
    for line in super::grid::register_lines(scene) {
        screen.line(&line);
    }
    screen.row(way_back(scene))
}

fn way_back(scene: &Scene<'_>) -> [Button; 2] {
    let day = scene.lesson.planned.key.date;
    let shown = (day != scene.today).then_some(day);
    [
        Button::new(plain!(scene.locale, "lessons.button.to_lessons"), &View::Day(shown)),
        Button::door(plain!(scene.locale, "nav.menu"), Door::Menu),
    ]
}

fn heading(scene: &Scene<'_>) -> String {
    let load = &scene.lesson.planned.load;
    let bell = scene
        .lesson
        .planned
        .bell
        .map(|(starts, ends)| format!(", {}", dates::span(starts, ends)))
        .unwrap_or_default();
    html!(
        scene.locale,
        "lessons.card.heading",
        subject = load.subject,
        class = load.audience(),
        when = format!("{}{bell}", scene.when())
    )
}

fn lines(scene: &Scene<'_>, due: Option<NaiveDate>, files: &[Attached]) -> Vec<String> {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let mut lines = vec![match &lesson.topic {
        Some(topic) => html!(locale, "lessons.card.topic", topic = topic),
        None => html!(locale, "lessons.card.no_topic"),
    }];
    if lesson.topic.as_deref().is_some_and(|topic| !entries::is_russian(topic)) {
        lines.push(html!(locale, "lessons.card.not_russian"));
    }
    let to = due
        .map(|day| plain!(locale, "lessons.card.due", day = dates::day(locale, day, scene.today)))
        .unwrap_or_default();
    lines.push(match &lesson.homework {
        Homework::Text(text) => html!(locale, "lessons.card.homework", due = to, homework = text),
        Homework::NotSet => html!(locale, "lessons.card.homework_not_set"),
        Homework::Missing => html!(locale, "lessons.card.no_homework", due = to),
    });
    lines.extend(homework::line(locale, files));
    lines.push(attendance(scene));
    lines.extend(told(scene));
    let (given, needed) = (lesson.marks_given(), lesson.marks_needed());
    let kind = kind(locale, lesson.kind);
    lines.push(if needed == 0 && given == 0 {
        html!(locale, "lessons.card.marks_unneeded", kind = kind)
    } else if given < needed {
        html!(
            locale,
            "lessons.card.marks_few",
            given = given,
            needed = needed,
            kind = kind
        )
    } else {
        html!(locale, "lessons.card.marks", given = given, kind = kind)
    });
    lines
}

fn attendance(scene: &Scene<'_>) -> String {
    let away = scene.lesson.away().len();
    match (scene.lesson.attendance_taken, away) {
        (false, _) => html!(scene.locale, "lessons.card.no_attendance"),
        (true, 0) => html!(scene.locale, "lessons.card.all_present"),
        (true, away) => html!(scene.locale, "lessons.card.away", away = away),
    }
}

/// «б: Попов (сообщила семья)»: nothing is written of them yet.
fn told(scene: &Scene<'_>) -> Option<String> {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let names = short_names(lesson);
    let who: Vec<String> = lesson
        .pupils
        .iter()
        .filter_map(|pupil| {
            let told = lesson.told.get(&pupil.id)?;
            let name = super::grid::told_name(locale, names.get(&pupil.id)?, *told);
            Some(format!("{}: {name}", super::sign(locale, told.sign)))
        })
        .collect();
    (!who.is_empty()).then(|| html!(locale, "lessons.told.line", who = who.join(" · ")))
}

/// T9.
pub fn kinds(scene: &Scene<'_>, place: Place) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let load = &scene.lesson.planned.load;
    let buttons = Kind::ALL.into_iter().map(|it| {
        let chosen = if it == scene.lesson.kind { "✓ " } else { "" };
        let weight = match it.weight() {
            150 => " ×1,5",
            200 => " ×2",
            _ => "",
        };
        let name = crate::words::text(locale, &format!("lessons.kind_button.{}", it.code()), &[]);
        // The chosen one of the longest names, with its weight, is a letter too wide: what is chosen is known by its name.
        let whole = format!("{chosen}{name}{weight}");
        let fits = whole.chars().count() <= limits::label_width(2);
        let label = if fits { whole } else { format!("{chosen}{name}") };
        Button::new(label, &Act::Kind(key, it, place))
    });
    let back = match place {
        Place::Grid(hand, page) => Button::new(plain!(locale, "lessons.button.to_class"), &View::Grid(key, hand, page)),
        Place::Card | Place::Missing => Button::new(plain!(locale, "lessons.button.to_lesson"), &View::Card(key)),
    };
    Screen::new(html!(
        locale,
        "lessons.kinds",
        class = load.audience(),
        subject = load.subject.to_lowercase()
    ))
    .grid(&buttons.collect::<Vec<_>>(), 2)
    .row([back])
}

/// T10: a hint, not a wall.
pub fn missing(scene: &Scene<'_>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let gaps = lesson.gaps();
    let mut screen = Screen::new(html!(locale, "lessons.missing.heading", lesson = scene.title()));
    if gaps.is_empty() {
        screen = Screen::new(html!(locale, "lessons.missing.nothing", lesson = scene.title()));
    }
    if let Some(there) = there(scene, &gaps) {
        screen.line(&there);
    }
    if let Some(told) = told(scene) {
        screen.line(&told);
    }
    let grid = View::Grid(key, Hand::Sign(Sign::Absent), 0);
    let mut rows = Vec::new();
    for gap in &gaps {
        let (line, row) = match gap {
            Gap::Topic => (
                html!(locale, "lessons.missing.topic"),
                vec![Button::new(
                    plain!(locale, "lessons.button.write_topic"),
                    &Act::Ask(key, Field::Topic),
                )],
            ),
            Gap::Homework => (
                html!(locale, "lessons.missing.homework"),
                vec![
                    Button::new(
                        plain!(locale, "lessons.button.no_homework"),
                        &Act::NoHomework(key, Place::Missing),
                    ),
                    Button::new(
                        plain!(locale, "lessons.button.write_homework"),
                        &Act::Ask(key, Field::Homework),
                    ),
                ],
            ),
            Gap::Attendance => (
                html!(locale, "lessons.missing.attendance"),
                vec![
                    if lesson.told.is_empty() {
                        let label = plain!(locale, "lessons.button.all_were");
                        Button::new(label, &Act::AllPresent(key, Place::Missing))
                    } else {
                        let label = plain!(locale, "lessons.button.others_present");
                        Button::new(label, &Act::AsTold(key, Place::Missing))
                    },
                    Button::new(plain!(locale, "lessons.button.tick_off"), &grid),
                ],
            ),
            Gap::Marks { needed } => (
                html!(
                    locale,
                    "lessons.missing.marks",
                    given = lesson.marks_given(),
                    needed = *needed
                ),
                vec![Button::new(
                    plain!(locale, "lessons.button.to_marks"),
                    &View::Grid(key, Hand::Mark(crate::lessons::cell::Value::Five), 0),
                )],
            ),
        };
        screen.line(&line);
        rows.push(row);
    }
    if !gaps.is_empty() {
        screen.line(&html!(locale, "lessons.missing.may_wait"));
    }
    let anyway = if gaps.is_empty() {
        "lessons.button.done"
    } else {
        "lessons.button.finish_anyway"
    };
    rows.into_iter()
        .fold(screen, Screen::row)
        .row([Button::new(plain!(locale, anyway), &Act::FinishAnyway(key))])
        .row([
            Button::new(plain!(locale, "lessons.button.to_lesson"), &View::Card(key)),
            Button::door(plain!(locale, "nav.menu"), Door::Menu),
        ])
}

fn there(scene: &Scene<'_>, gaps: &[Gap]) -> Option<String> {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let mut there = Vec::new();
    if lesson.topic.is_some() {
        there.push(plain!(locale, "lessons.field.topic"));
    }
    if lesson.homework != Homework::Missing {
        there.push(plain!(locale, "lessons.field.homework"));
    }
    if lesson.attendance_taken {
        let away = lesson.away().len();
        there.push(match away {
            0 => plain!(locale, "lessons.missing.all_present"),
            away => plain!(locale, "lessons.missing.away", away = away),
        });
    }
    if lesson.marks_given() > 0 && !gaps.iter().any(|gap| matches!(gap, Gap::Marks { .. })) {
        there.push(plain!(
            locale,
            "lessons.missing.marks_given",
            given = lesson.marks_given()
        ));
    }
    (!there.is_empty()).then(|| html!(locale, "lessons.missing.there", there = sentence(&there.join(", "))))
}

pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// T11.
pub fn done(scene: &Scene<'_>, touched: &[PersonId], reached: &[PersonId], next: Option<&Planned>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let at = lesson
        .finished_at
        .map(|at| dates::time(dates::local(at, scene.zone).time()))
        .unwrap_or_default();
    let mut screen = Screen::new(html!(locale, "lessons.done.heading", time = at, lesson = scene.title()));
    screen.line(&escape(&format!("{}.", sentence(&written(scene)))));
    let families = |n: usize, key: &str| count(locale, key, i64::try_from(n).unwrap_or(i64::MAX));
    if !reached.is_empty() {
        screen.line(&html!(
            locale,
            "lessons.done.told",
            families = families(reached.len(), "count.families")
        ));
    }
    let names = short_names(lesson);
    let unreached: Vec<&str> = lesson
        .pupils
        .iter()
        .filter(|pupil| touched.contains(&pupil.id) && !reached.contains(&pupil.id))
        .filter_map(|pupil| names.get(&pupil.id).map(String::as_str))
        .collect();
    if !unreached.is_empty() {
        let n = families(unreached.len(), "count.to_families");
        screen.line(&html!(
            locale,
            "lessons.done.untold",
            families = n,
            names = unreached.join(", ")
        ));
    }
    if let Some(next) = next {
        screen = screen.row([Button::new(next_label(scene, next), &Act::Open(next.key))]);
    }
    let shown = (key.date != scene.today).then_some(key.date);
    screen.row([
        Button::new(
            plain!(locale, "lessons.button.correct"),
            &View::Grid(key, Hand::Sign(Sign::Absent), 0),
        ),
        Button::new(plain!(locale, "lessons.button.my_lessons"), &View::Day(shown)),
    ])
}

fn next_label(scene: &Scene<'_>, next: &Planned) -> String {
    let time = next.bell.map(|(starts, _)| dates::time(starts)).unwrap_or_default();
    let lesson = format!(
        "{} · {time} · {} {}",
        next.key.number,
        next.load.audience(),
        next.load.subject.to_lowercase()
    );
    shorten(
        &plain!(scene.locale, "lessons.button.next", lesson = lesson),
        limits::label_width(1),
    )
}

fn written(scene: &Scene<'_>) -> String {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let mut written = Vec::new();
    if lesson.topic.is_some() {
        written.push(plain!(locale, "lessons.field.topic"));
    }
    match lesson.homework {
        Homework::Text(_) => written.push(plain!(locale, "lessons.field.homework")),
        Homework::NotSet => written.push(plain!(locale, "lessons.done.homework_not_set")),
        Homework::Missing => {}
    }
    if lesson.attendance_taken {
        written.push(plain!(locale, "lessons.done.away", away = lesson.away().len()));
    }
    written.push(plain!(locale, "lessons.done.marks", given = lesson.marks_given()));
    written.join(", ")
}

/// The lesson's heading for other screens of the feature.
pub(super) fn title(scene: &Scene<'_>) -> String {
    scene.title()
}

/// Whether the lesson's marks are asked for at all.
pub(super) fn has_marks(lesson: &Lesson) -> bool {
    lesson.planned.load.grade != 1 && lesson.kind != Kind::Excursion
}
