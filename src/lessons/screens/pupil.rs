//! T5, T6, T12, T13: questions about one pupil — another mark, an absence, a correction, a collision, the history.

use chrono::NaiveTime;

use super::grid::prefix;
use super::{Scene, grid_name, kind, sign, value};
use crate::chat::{Button, Screen};
use crate::lessons::Reason;
use crate::lessons::cell::{Cell, Change, Decision, Sign, Value, decide, marks_of};
use crate::lessons::comments::{COMMENT_LIMIT, FIELD as COMMENT};
use crate::lessons::history::Line;
use crate::lessons::press::{Act, CellPress, Hand, View};
use crate::school::store::Pupil;
use crate::words::{dates, html, plain};

const USUAL: [Value; 4] = [Value::Five, Value::Four, Value::Three, Value::Two];

/// T13: one pupil. Only a finished lesson is corrected here: before that a press in the grid does it, without a reason.
pub fn cell(scene: &Scene<'_>, pupil: &Pupil, lines: &[Line], comment: Option<&str>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let cell = lesson.cell(pupil.id);
    let mut screen = heading(scene, pupil);
    screen.line(&standing(scene, &cell, lines));
    if let Some(comment) = comment {
        screen.line(&html!(locale, "lessons.comment.shown", text = comment));
    }
    let hand = Hand::Sign(Sign::Absent);
    if lesson.finished_at.is_some() {
        screen = corrections(scene, pupil, screen);
    }
    screen
        .row([
            Button::new(
                plain!(locale, "lessons.button.comment"),
                &Act::AskComment(key, pupil.id),
            ),
            Button::new(plain!(locale, "lessons.button.history"), &View::History(key, pupil.id)),
        ])
        .row([Button::new(
            plain!(locale, "lessons.button.to_class"),
            &View::Grid(key, hand, 0),
        )])
}

/// What can become of a pupil's marks and sign in a finished lesson.
fn corrections(scene: &Scene<'_>, pupil: &Pupil, mut screen: Screen) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let cell = lesson.cell(pupil.id);
    let press = |change| CellPress {
        key: lesson.planned.key,
        pupil: pupil.id,
        change,
        seen: lesson.version,
        hand: Hand::Sign(Sign::Absent),
        page: 0,
    };
    if let Some(mark) = cell.marks.last() {
        let from = value(locale, mark.value);
        let mut buttons: Vec<Button> = USUAL
            .into_iter()
            .filter(|it| *it != mark.value)
            .map(|it| {
                Button::new(
                    format!("{from} → {}", value(locale, it)),
                    &View::Why(press(Change::Replace(mark.value, it))),
                )
            })
            .collect();
        let take = plain!(locale, "lessons.button.take", value = from);
        buttons.push(Button::new(take, &View::Why(press(Change::Take(mark.value)))));
        screen = screen.grid(&buttons, 2);
    }
    if super::card::has_marks(lesson) {
        let sign = if cell.marks.is_empty() { "" } else { "+" };
        screen = screen.row(USUAL.map(|it| {
            let change = match (cell.sign, cell.marks.is_empty()) {
                (_, false) => Change::Add(it),
                (Some(away), true) if away.is_away() => Change::PutLater(it),
                (_, true) => Change::Put(it),
            };
            Button::new(
                format!("{sign}{}", value(locale, it)),
                &Act::Correct(press(change), Reason::Unsaid),
            )
        }));
    }
    let signs = Sign::ALL.into_iter().filter(|it| Some(*it) != cell.sign);
    let mut attendance: Vec<Button> = signs
        .map(|it| {
            Button::new(
                sign(locale, it),
                &Act::Correct(press(Change::Sign(Some(it))), Reason::Unsaid),
            )
        })
        .collect();
    if cell.sign.is_some() {
        attendance.push(Button::new(
            plain!(locale, "lessons.button.was"),
            &Act::Correct(press(Change::Sign(None)), Reason::Unsaid),
        ));
    }
    screen.row(attendance)
}

/// Whose cell, in which lesson.
fn heading(scene: &Scene<'_>, pupil: &Pupil) -> Screen {
    Screen::new(html!(
        scene.locale,
        "lessons.cell.heading",
        pupil = pupil.full_name().pupil(),
        subject = scene.lesson.planned.load.subject.to_lowercase(),
        when = scene.when()
    ))
}

/// A comment is awaited.
pub fn ask_comment(scene: &Scene<'_>, pupil: &Pupil, comment: Option<&str>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let key = lesson.planned.key;
    let mut screen = heading(scene, pupil);
    if let Some(comment) = comment {
        screen.line(&html!(locale, "lessons.comment.shown", text = comment));
    }
    screen.line(&html!(locale, "lessons.comment.ask", limit = COMMENT_LIMIT));
    let remove = Button::new(
        plain!(locale, "lessons.button.no_comment"),
        &Act::NoComment(key, pupil.id),
    );
    screen.row(comment.map(|_| remove)).row([Button::new(
        plain!(locale, "lessons.button.dont_comment"),
        &View::Cell(key, pupil.id),
    )])
}

fn standing(scene: &Scene<'_>, cell: &Cell, lines: &[Line]) -> String {
    let locale = scene.locale;
    let shown = prefix(scene, cell);
    match lines.iter().rfind(|line| line.field != COMMENT) {
        Some(line) if !shown.is_empty() => {
            let at = dates::local(line.at, scene.zone);
            html!(
                locale,
                "lessons.cell.standing",
                value = shown,
                day = dates::day(locale, at.date(), scene.today),
                time = dates::time(at.time())
            )
        }
        _ => html!(locale, "lessons.cell.empty"),
    }
}

/// The question before a correction: before its answer nothing is written.
pub fn why(scene: &Scene<'_>, press: CellPress) -> Screen {
    let locale = scene.locale;
    let name = grid_name(scene.lesson, press.pupil);
    let what = match press.change {
        Change::Replace(from, to) => format!("{} → {}", value(locale, from), value(locale, to)),
        Change::Take(it) => plain!(locale, "lessons.why.taken", value = value(locale, it)),
        Change::Put(it) | Change::Add(it) | Change::PutPresent(it) | Change::PutLater(it) => value(locale, it),
        Change::Sign(it) => it.map_or_else(|| plain!(locale, "lessons.present"), |it| sign(locale, it)),
    };
    let because = |reason: Reason| {
        let label = crate::words::text(locale, &format!("lessons.reason_button.{}", reason.code()), &[]);
        Button::new(label, &Act::Correct(press, reason))
    };
    let screen = Screen::new(html!(locale, "lessons.why.question", name = name, what = what))
        .row([because(Reason::WrongButton), because(Reason::Resit)])
        .row([because(Reason::Reviewed)])
        .row([because(Reason::Unsaid)]);
    screen.row([Button::new(
        plain!(locale, "lessons.button.dont_correct"),
        &View::Cell(press.key, press.pupil),
    )])
}

/// T5: another mark is there. T6: the pupil has a sign.
pub fn ask_mark(scene: &Scene<'_>, press: CellPress) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let cell = lesson.cell_for(press.pupil, press.change);
    let name = grid_name(lesson, press.pupil);
    let wanted = match press.change {
        Change::Put(it)
        | Change::Add(it)
        | Change::PutPresent(it)
        | Change::PutLater(it)
        | Change::Take(it)
        | Change::Replace(_, it) => it,
        Change::Sign(_) => Value::Five,
    };
    let new = value(locale, wanted);
    let act = |change| {
        Act::Cell(CellPress {
            change,
            seen: lesson.version,
            ..press
        })
    };
    let back = Button::new(
        plain!(locale, "lessons.button.nothing"),
        &View::Grid(press.key, press.hand, press.page),
    );
    match decide(&cell, Change::Put(wanted), lesson.kind) {
        Decision::AskOther(other) => {
            let former = value(locale, other.value);
            let question = html!(
                locale,
                "lessons.ask.other",
                name = name,
                former = former,
                kind = kind(locale, other.kind),
                value = new
            );
            let correct = plain!(locale, "lessons.button.correct_to", former = former, value = new);
            let add = plain!(locale, "lessons.button.one_more", former = former, value = new);
            Screen::new(question)
                .row([Button::new(correct, &act(Change::Replace(other.value, wanted)))])
                .row([Button::new(add, &act(Change::Add(wanted)))])
                .row([back])
        }
        Decision::AskAway(away) => {
            let away = sign(locale, away);
            let question = html!(locale, "lessons.ask.away", name = name, sign = away, value = new);
            let present = plain!(locale, "lessons.button.put_present", value = new, sign = away);
            let later = plain!(locale, "lessons.button.put_later", value = new, sign = away);
            Screen::new(question)
                .row([Button::new(present, &act(Change::PutPresent(wanted)))])
                .row([Button::new(later, &act(Change::PutLater(wanted)))])
                .row([back])
        }
        // Settled meanwhile: the grid shows how.
        Decision::Already | Decision::Write(_) => {
            Screen::new(html!(locale, "lessons.ask.settled", name = name)).row([Button::new(
                plain!(locale, "lessons.button.to_class"),
                &View::Grid(press.key, press.hand, press.page),
            )])
        }
    }
}

/// T12 for a cell.
pub fn conflict(scene: &Scene<'_>, press: CellPress, by: Option<(NaiveTime, String)>) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let (time, name) = by.map(|(at, name)| (dates::time(at), name)).unwrap_or_default();
    let now = lesson.cell(press.pupil);
    let theirs = shown_or_nothing(scene, &now);
    let decision = decide(&now, press.change, lesson.kind);
    // What was pressed is asked about here and not once more: it takes the place of what is there.
    let change = match (&decision, press.change) {
        (Decision::AskOther(other), Change::Put(it)) => Change::Replace(other.value, it),
        (_, change) => change,
    };
    let mine = match (decision, press.change) {
        (Decision::Write(cell), _) => shown_or_nothing(scene, &cell),
        (Decision::AskOther(_) | Decision::AskAway(_), Change::Put(it)) => value(locale, it),
        _ => theirs.clone(),
    };
    let mut screen = Screen::new(html!(
        locale,
        "lessons.conflict.heading",
        lesson = super::card::title(scene),
        time = time,
        name = name
    ));
    screen.line(&html!(
        locale,
        "lessons.conflict.cell",
        pupil = grid_name(lesson, press.pupil),
        mine = mine,
        theirs = theirs
    ));
    screen.line(&html!(locale, "lessons.conflict.safe_cell"));
    let back = View::Grid(press.key, press.hand, press.page);
    let again = CellPress {
        change,
        seen: lesson.version,
        ..press
    };
    screen
        .row([Button::new(plain!(locale, "lessons.button.keep_theirs"), &back)])
        .row([Button::new(
            plain!(locale, "lessons.button.write_mine"),
            &Act::Cell(again),
        )])
}

fn shown_or_nothing(scene: &Scene<'_>, cell: &Cell) -> String {
    let shown = prefix(scene, cell);
    if shown.is_empty() {
        plain!(scene.locale, "lessons.nothing")
    } else {
        shown
    }
}

/// What was changed about a pupil: who, when, from what, to what, why.
pub fn history(scene: &Scene<'_>, pupil: &Pupil, lines: &[Line], authors: &[String]) -> Screen {
    let (locale, lesson) = (scene.locale, scene.lesson);
    let mut screen = Screen::new(html!(
        locale,
        "lessons.history.heading",
        pupil = pupil.full_name().pupil(),
        subject = lesson.planned.load.subject.to_lowercase(),
        when = scene.when()
    ));
    if lines.is_empty() {
        screen.line(&html!(locale, "lessons.history.empty"));
    }
    for (line, author) in lines.iter().zip(authors) {
        let at = dates::local(line.at, scene.zone);
        let reason = match line.reason.as_str() {
            "" | "unsaid" => String::new(),
            code => format!(
                ", {}",
                crate::words::text(locale, &format!("lessons.reason.{code}"), &[])
            ),
        };
        screen.line(&html!(
            locale,
            "lessons.history.line",
            day = dates::day(locale, at.date(), scene.today),
            time = dates::time(at.time()),
            author = author,
            former = written(scene, line, &line.former),
            later = if line.field == "sign" && line.former.is_empty() && line.later.is_empty() {
                plain!(locale, "lessons.present")
            } else {
                written(scene, line, &line.later)
            },
            reason = reason
        ));
    }
    screen.row([Button::new(
        plain!(locale, "lessons.button.back"),
        &View::Cell(lesson.planned.key, pupil.id),
    )])
}

fn written(scene: &Scene<'_>, line: &Line, code: &str) -> String {
    if line.field == COMMENT && !code.is_empty() {
        return plain!(scene.locale, "lessons.comment.in_history", text = code);
    }
    let cell = if line.field == "sign" {
        Cell {
            sign: Sign::of(code),
            marks: Vec::new(),
        }
    } else {
        Cell {
            sign: None,
            marks: marks_of(code),
        }
    };
    shown_or_nothing(scene, &cell)
}
