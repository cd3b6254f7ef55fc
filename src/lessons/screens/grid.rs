//! T3, T4: attendance and marks of the whole class on one screen; controls below, under the thumb.

use super::card::has_marks;
use super::{Scene, short_names, sign, value};
use crate::chat::{Button, Screen, limits};
use crate::ids::PersonId;
use crate::lessons::cell::{Cell, Sign, Value};
use crate::lessons::press::{Act, CellPress, Hand, Place, View};
use crate::lessons::told::Suggested;
use crate::school::store::Pupil;
use crate::words::names::{FullName, grid_label, shorten};
use crate::words::{Locale, escape, html, plain};

/// Pupils on one page: above forty there are two.
const PAGE: usize = 40;

/// T3, T4. In a finished lesson a press on a pupil opens the cell instead.
pub fn grid(scene: &Scene<'_>, hand: Hand, page: u8, before: Option<(i64, Vec<PersonId>)>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let finished = lesson.finished_at.is_some();
    let mut screen = Screen::new(html!(
        locale,
        "lessons.grid.heading",
        class = lesson.planned.load.audience(),
        subject = lesson.planned.load.subject.to_lowercase(),
        when = scene.when()
    ));
    screen.line(&if finished {
        html!(locale, "lessons.grid.finished")
    } else {
        in_hand(scene, hand)
    });
    for line in register_lines(scene) {
        screen.line(&line);
    }
    if lesson.pupils.is_empty() {
        screen.line(&html!(locale, "lessons.grid.empty"));
    }
    screen = screen.grid(&pupils(scene, hand, page), 2);
    screen = screen.row(pages(scene, hand, page));
    if finished {
        return screen.row([Button::new(
            plain!(locale, "lessons.button.to_lesson"),
            &View::Card(key),
        )]);
    }
    if let Some((number, away)) = before {
        screen = screen.row([Button::new(
            same_label(scene, number, &away),
            &Act::SameAsBefore(key, Place::Grid(hand, page)),
        )]);
    }
    if !lesson.told.is_empty() {
        screen = screen.row([Button::new(
            told_label(scene),
            &Act::AsTold(key, Place::Grid(hand, page)),
        )]);
    }
    let signs = Sign::ALL.map(|it| tool(&sign(locale, it), Hand::Sign(it), hand, scene, page));
    screen = screen.row(signs);
    if has_marks(lesson) {
        let usual = [Value::Five, Value::Four, Value::Three, Value::Two];
        let mut marks: Vec<Button> = usual
            .map(|it| tool(&value(locale, it), Hand::Mark(it), hand, scene, page))
            .into();
        marks.push(Button::new(
            plain!(locale, "lessons.button.kind_short"),
            &View::Kinds(key, Place::Grid(hand, page)),
        ));
        marks.push(Button::new(
            plain!(locale, "lessons.button.more_short"),
            &View::More(key, hand, page),
        ));
        screen = screen.row(marks);
    }
    screen.row([
        Button::new(plain!(locale, "lessons.button.to_lesson"), &View::Card(key)),
        Button::new(
            plain!(locale, "lessons.button.undo_short"),
            &Act::Undo(key, Place::Grid(hand, page)),
        ),
        Button::new(plain!(locale, "lessons.button.done"), &Act::Finish(key)),
    ])
}

fn tool(label: &str, it: Hand, hand: Hand, scene: &Scene<'_>, page: u8) -> Button {
    let label = if it == hand {
        format!("✓ {label}")
    } else {
        label.to_owned()
    };
    Button::new(label, &View::Grid(scene.lesson.planned.key, it, page))
}

fn in_hand(scene: &Scene<'_>, hand: Hand) -> String {
    let locale = scene.locale;
    let kind = super::kind(locale, scene.lesson.kind);
    match hand {
        Hand::Sign(it) => {
            let idx = Sign::ALL.iter().position(|sign| *sign == it).unwrap_or(0);
            let ring: Vec<String> = (1..Sign::ALL.len())
                .map(|n| sign(locale, Sign::ALL[(idx + n) % Sign::ALL.len()]))
                .collect();
            html!(
                locale,
                "lessons.grid.sign_in_hand",
                sign = sign(locale, it),
                ring = ring.join(", ")
            )
        }
        Hand::Mark(it) => html!(
            locale,
            "lessons.grid.mark_in_hand",
            value = value(locale, it),
            kind = kind
        ),
        Hand::Second(it) => html!(
            locale,
            "lessons.grid.second_in_hand",
            value = value(locale, it),
            kind = kind
        ),
    }
}

/// What the register says so far: signs, then marks.
pub fn register_lines(scene: &Scene<'_>) -> Vec<String> {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let names = short_names(lesson);
    let name = |pupil: &Pupil| names.get(&pupil.id).cloned().unwrap_or_default();
    let mut lines = Vec::new();
    let by_sign: Vec<String> = Sign::ALL
        .into_iter()
        .filter_map(|it| {
            let with: Vec<String> = lesson
                .pupils
                .iter()
                .filter_map(|pupil| match lesson.told.get(&pupil.id) {
                    Some(told) if told.sign == it => Some(told_name(locale, &name(pupil), *told)),
                    Some(_) => None,
                    None => (lesson.cells.get(&pupil.id)?.sign == Some(it)).then(|| name(pupil)),
                })
                .collect();
            (!with.is_empty()).then(|| format!("{}: {}", sign(locale, it), with.join(", ")))
        })
        .collect();
    if !by_sign.is_empty() {
        lines.push(escape(&by_sign.join(" · ")));
    } else if lesson.attendance_taken {
        lines.push(html!(locale, "lessons.grid.all_present"));
    }
    let by_value: Vec<String> = lesson
        .marks_by_value()
        .into_iter()
        .filter_map(|(code, pupils)| {
            let with: Vec<String> = pupils.into_iter().map(name).collect();
            Some(format!("{}: {}", value(locale, Value::of(code)?), with.join(", ")))
        })
        .collect();
    if by_value.is_empty() {
        if has_marks(lesson) {
            lines.push(html!(locale, "lessons.grid.no_marks"));
        }
    } else {
        lines.push(escape(&by_value.join(" · ")));
    }
    lines
}

/// «Попов (сообщила семья)».
pub(super) fn told_name(locale: Locale, name: &str, told: Suggested) -> String {
    if told.by_family {
        plain!(locale, "lessons.told.family", name = name)
    } else {
        plain!(locale, "lessons.told.tutor", name = name)
    }
}

/// «Записать: б Попов, п Ким».
fn told_label(scene: &Scene<'_>) -> String {
    let names = short_names(scene.lesson);
    let who: Vec<String> = scene
        .lesson
        .pupils
        .iter()
        .filter_map(|pupil| {
            let told = scene.lesson.told.get(&pupil.id)?;
            Some(format!("{} {}", sign(scene.locale, told.sign), names.get(&pupil.id)?))
        })
        .collect();
    let label = plain!(scene.locale, "lessons.button.as_told", names = who.join(", "));
    shorten(&label, limits::label_width(1))
}

/// The pupils of a page, each with a label.
fn labelled<'s>(scene: &Scene<'s>, page: u8) -> Vec<(&'s Pupil, String)> {
    let lesson = scene.lesson;
    let width = limits::label_width(2);
    let full: Vec<FullName> = lesson.pupils.iter().map(Pupil::full_name).collect();
    let shown = lesson
        .pupils
        .iter()
        .enumerate()
        .skip(usize::from(page) * PAGE)
        .take(PAGE);
    shown
        .map(|(idx, pupil)| {
            let before = prefix(scene, &lesson.cell_or_told(pupil.id));
            let label = if before.is_empty() {
                grid_label(&full, idx, width)
            } else {
                let room = width.saturating_sub(before.chars().count() + 1);
                format!("{before} {}", grid_label(&full, idx, room))
            };
            (pupil, label)
        })
        .collect()
}

fn pupils(scene: &Scene<'_>, hand: Hand, page: u8) -> Vec<Button> {
    let lesson = scene.lesson;
    let key = lesson.planned.key;
    labelled(scene, page)
        .into_iter()
        .map(|(pupil, label)| {
            if lesson.finished_at.is_some() {
                return Button::new(label, &View::Cell(key, pupil.id));
            }
            let change = lesson.change_in_hand(pupil.id, hand);
            let press = CellPress {
                key,
                pupil: pupil.id,
                change,
                seen: lesson.version,
                hand,
                page,
            };
            Button::new(label, &Act::Cell(press))
        })
        .collect()
}

/// What stands before a name: «н», «5», «н/4», «4,4».
pub fn prefix(scene: &Scene<'_>, cell: &Cell) -> String {
    let marks: Vec<String> = cell.marks.iter().map(|mark| value(scene.locale, mark.value)).collect();
    let marks = marks.join(",");
    match (cell.sign, marks.is_empty()) {
        (None, _) => marks,
        (Some(it), true) => sign(scene.locale, it),
        (Some(it), false) => format!("{}/{marks}", sign(scene.locale, it)),
    }
}

fn pages(scene: &Scene<'_>, hand: Hand, page: u8) -> Vec<Button> {
    let n_pupils = scene.lesson.pupils.len();
    if n_pupils <= PAGE {
        return Vec::new();
    }
    let to = |page: u8| View::Grid(scene.lesson.planned.key, hand, page);
    let former = (page > 0).then(|| {
        let from = (usize::from(page) - 1) * PAGE + 1;
        Button::new(format!("‹ {from}–{}", from + PAGE - 1), &to(page - 1))
    });
    let start = (usize::from(page) + 1) * PAGE;
    let next = (start < n_pupils)
        .then(|| Button::new(format!("{}–{} ›", start + 1, n_pupils.min(start + PAGE)), &to(page + 1)));
    former.into_iter().chain(next).collect()
}

fn same_label(scene: &Scene<'_>, number: i64, away: &[PersonId]) -> String {
    let names = short_names(scene.lesson);
    let who: Vec<&str> = scene
        .lesson
        .pupils
        .iter()
        .filter(|pupil| away.contains(&pupil.id))
        .filter_map(|pupil| names.get(&pupil.id).map(String::as_str))
        .collect();
    shorten(
        &plain!(
            scene.locale,
            "lessons.button.same",
            number = number,
            names = who.join(", ")
        ),
        limits::label_width(1),
    )
}

/// «Ещё» of the grid: rare marks, and the second mark.
pub fn more(scene: &Scene<'_>, hand: Hand, page: u8) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let to = |it: Hand| View::Grid(key, it, page);
    let rare = [Value::One, Value::Pass, Value::Fail, Value::Exempt];
    let second = [Value::Five, Value::Four, Value::Three, Value::Two];
    let comment = Button::new(plain!(locale, "lessons.button.comment"), &View::Whom(key, hand, page));
    Screen::new(html!(locale, "lessons.more", lesson = super::card::title(scene)))
        .row(rare.map(|it| Button::new(value(locale, it), &to(Hand::Mark(it)))))
        .row(second.map(|it| Button::new(format!("+{}", value(locale, it)), &to(Hand::Second(it)))))
        .row([comment])
        .row([Button::new(plain!(locale, "lessons.button.to_class"), &to(hand))])
}

/// Whose mark or sign gets a comment.
pub fn whom(scene: &Scene<'_>, hand: Hand, page: u8) -> Screen {
    let (locale, key) = (scene.locale, scene.lesson.planned.key);
    let buttons: Vec<Button> = labelled(scene, page)
        .into_iter()
        .filter(|(pupil, _)| scene.lesson.cell(pupil.id) != Cell::default())
        .map(|(pupil, label)| Button::new(label, &Act::AskComment(key, pupil.id)))
        .collect();
    let text = if buttons.is_empty() {
        html!(locale, "lessons.comment.nobody")
    } else {
        html!(locale, "lessons.comment.whom", lesson = super::card::title(scene))
    };
    Screen::new(text).grid(&buttons, 2).row([Button::new(
        plain!(locale, "lessons.button.to_class"),
        &View::Grid(key, hand, page),
    )])
}
