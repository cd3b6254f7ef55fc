//! P4: what a digest says. The first line carries the news; children stand one below the other.

use chrono::NaiveDate;

use super::{How, Plan, PlanLine, Section, What};
use crate::chat::{Button, Door, Screen, limits};
use crate::lessons::{Homework, screens as lesson_screens};
use crate::notices::screens::{changes, facts_state, value};
use crate::words::names::shorten;
use crate::words::{Locale, count, dates, escape, html, plain};

/// A digest of one reader.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'d> {
    /// Of which day.
    pub day: NaiveDate,
    /// The day on which it is written.
    pub today: NaiveDate,
    /// A part for each child who has something.
    pub sections: &'d [Section],
}

/// Units of the text that homework may take in all; names and headings need the rest.
const ROOM: usize = 2_200;
/// The least that is left of a task.
const LEAST: usize = 12;

/// P4.
pub fn digest(locale: Locale, digest: &Digest<'_>) -> Screen {
    let n_lines: usize = digest.sections.iter().map(lines_of).sum();
    let room = (ROOM / n_lines.max(1)).clamp(LEAST, 300);
    let mut screen = Screen::default();
    for section in digest.sections {
        if !screen.text.is_empty() {
            screen.text.push('\n');
        }
        child(locale, &mut screen, digest, (section, room));
    }
    buttons(locale, screen, digest)
}

fn lines_of(section: &Section) -> usize {
    section.plan.as_ref().map_or(0, |it| it.lines.len()) + section.changed.values().map(Vec::len).sum::<usize>()
}

fn child(locale: Locale, screen: &mut Screen, digest: &Digest<'_>, (section, room): (&Section, usize)) {
    let day = |date| dates::day(locale, date, digest.today);
    let name = shorten(&section.name, 60);
    let marks = section.marks.as_ref().map(|marks| {
        let listed: Vec<String> = marks
            .iter()
            .map(|(subject, values)| {
                let values: Vec<String> = values.iter().map(|it| value(locale, it)).collect();
                format!("{} {}", short(subject), values.join(", "))
            })
            .collect();
        if listed.is_empty() {
            plain!(locale, "notices.digest.no_marks")
        } else {
            listed.join(" · ")
        }
    });
    screen.line(&match marks {
        Some(marks) => html!(
            locale,
            "notices.digest.day",
            child = name,
            day = day(digest.day),
            marks = marks
        ),
        None => html!(locale, "notices.digest.heading", child = name, day = day(digest.day)),
    });
    let mut said = Vec::new();
    match section.signs.as_deref() {
        None => {}
        Some([]) => said.push(html!(locale, "notices.digest.all_there")),
        Some(signs) => {
            let listed: Vec<String> = signs
                .iter()
                .map(|(subject, sign)| format!("{} {}", short(subject), lesson_screens::sign(locale, *sign)))
                .collect();
            said.push(html!(locale, "notices.digest.away", listed = listed.join(" · ")));
        }
    }
    if !section.missing.is_empty() {
        let subjects: Vec<String> = section.missing.iter().map(|it| short(it)).collect();
        let listed = subjects.join(", ");
        said.push(html!(locale, "notices.digest.missing", subjects = listed));
    }
    if !said.is_empty() {
        screen.line(&said.join(" "));
    }
    for (date, lessons) in &section.changed {
        let listed: Vec<String> = lessons
            .iter()
            .map(|(subject, what)| {
                let what = match what {
                    What::News(facts) => facts_state(locale, facts),
                    What::Changed(differences) => changes(locale, differences),
                };
                format!("{}: {what}", short(subject))
            })
            .collect();
        screen.line(&html!(
            locale,
            "notices.digest.changed",
            day = day(*date),
            listed = listed.join(" · ")
        ));
    }
    if let Some(plan) = &section.plan {
        next_day(locale, screen, (plan, &day(plan.date)), room);
    }
}

fn next_day(locale: Locale, screen: &mut Screen, (plan, day): (&Plan, &str), room: usize) {
    screen.line(&match plan.starts.filter(|_| plan.with_homework) {
        Some(starts) => html!(
            locale,
            "notices.digest.next",
            day = day,
            lessons = count(locale, "count.lessons", plan.n),
            time = dates::time(starts)
        ),
        None => html!(locale, "notices.digest.next_changes", day = day),
    });
    for line in &plan.lines {
        screen.line(&lesson(locale, line, room));
    }
}

fn lesson(locale: Locale, line: &PlanLine, room: usize) -> String {
    let head = format!("{}. {}", line.number, shorten(&line.subject, 60));
    let how = match line.how {
        How::Usual => None,
        How::Substituted => Some(plain!(locale, "notices.digest.how.substituted")),
        How::MovedHere => Some(plain!(locale, "notices.digest.how.moved_here")),
        How::Cancelled => Some(plain!(locale, "notices.digest.how.cancelled")),
        How::MovedAway => Some(plain!(locale, "notices.digest.how.moved_away")),
    };
    let is_off = matches!(line.how, How::Cancelled | How::MovedAway);
    let mut said = if is_off {
        format!("<s>{}</s>", escape(&head))
    } else {
        escape(&head)
    };
    if let Some(how) = how {
        let between = if is_off { " — " } else { ", " };
        said.push_str(between);
        said.push_str(&escape(&how));
    }
    let task = line.task.as_ref().map(|task| match task {
        Homework::Text(text) => shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "), room),
        Homework::NotSet => plain!(locale, "notices.digest.not_set"),
        Homework::Missing => plain!(locale, "notices.digest.not_entered"),
    });
    if let Some(task) = task {
        said.push_str(" — ");
        said.push_str(&escape(&task));
    }
    said
}

/// «алгебра»: a name of a subject may be as long as the school likes.
fn short(subject: &str) -> String {
    shorten(&subject.to_lowercase(), 40)
}

fn buttons(locale: Locale, screen: Screen, digest: &Digest<'_>) -> Screen {
    let diary = |section: &Section| Door::Diary {
        pupil: section.pupil,
        date: digest.day,
    };
    let screen = match digest.sections {
        [one] => screen.row([
            Button::notice(plain!(locale, "notices.button.diary"), diary(one)),
            Button::notice(plain!(locale, "notices.button.marks"), Door::Marks(one.pupil)),
        ]),
        several => {
            let width = limits::label_width(2);
            let of_child = |it: &Section| Button::notice(shorten(&it.name, width), diary(it));
            let buttons: Vec<Button> = several.iter().map(of_child).collect();
            screen.grid(&buttons, 2)
        }
    };
    let first = digest.sections.first().map(|it| Door::Notices(it.pupil));
    screen.row(first.map(|door| Button::notice(plain!(locale, "notices.button.notices"), door)))
}
