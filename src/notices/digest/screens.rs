//! P4: what a digest says. The first line carries the news; children stand one below the other.

use chrono::NaiveDate;

use super::{How, Plan, PlanLine, Section, What};
use crate::chat::{Button, Door, Screen, limits};
use crate::lessons::{Homework, screens as lesson_screens};
use crate::notices::screens::{changes, facts_state, value};
use crate::words::names::{in_school, shorten};
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
    /// The school, for a reader who has to do with several.
    pub school: Option<&'d str>,
}

/// How many signs a task may have, from the longest to the least, as there is room: names of subjects follow it.
const ROOMS: [usize; 5] = [300, 120, 60, 30, 12];
/// The longest name of a subject.
const SUBJECT: usize = 40;

/// P4.
pub fn digest(locale: Locale, digest: &Digest<'_>) -> Screen {
    let mut screen = Screen::default();
    for room in ROOMS {
        let parts: Vec<Screen> = digest
            .sections
            .iter()
            .map(|it| child(locale, digest, it, room))
            .collect();
        screen = Screen::new(parts.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n\n"));
        if units(&screen) <= limits::TEXT_UNITS {
            break;
        }
        // As many children as there is room for: the others' diaries are a press away.
        let mut fitting = Screen::default();
        for part in parts {
            let more = Screen::new(format!("{}{}\n\n", fitting.text, part.text));
            if units(&more) < limits::TEXT_UNITS {
                fitting = more;
            }
        }
        screen = Screen::new(fitting.text.trim_end());
    }
    buttons(locale, screen, digest)
}

fn units(screen: &Screen) -> usize {
    crate::words::visible(&screen.text).encode_utf16().count()
}

fn child(locale: Locale, digest: &Digest<'_>, section: &Section, room: usize) -> Screen {
    let day = |date| dates::day(locale, date, digest.today);
    let name = in_school(&shorten(&section.name, 60), digest.school);
    let marks = section.marks.as_ref().map(|marks| {
        let listed: Vec<String> = marks
            .iter()
            .map(|(subject, values)| {
                let values: Vec<String> = values.iter().map(|it| value(locale, it)).collect();
                format!("{} {}", short(subject, room), values.join(", "))
            })
            .collect();
        if listed.is_empty() {
            plain!(locale, "notices.digest.no_marks")
        } else {
            listed.join(" · ")
        }
    });
    let mut screen = Screen::new(match marks {
        Some(marks) => html!(
            locale,
            "notices.digest.day",
            child = name,
            day = day(digest.day),
            marks = marks
        ),
        None => html!(locale, "notices.digest.heading", child = name, day = day(digest.day)),
    });
    let said = of_the_day(locale, section, room);
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
                format!("{}: {what}", short(subject, room))
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
        next_day(locale, &mut screen, (plan, &day(plan.date)), room);
    }
    screen
}

/// Who was there, and what nobody has entered.
fn of_the_day(locale: Locale, section: &Section, room: usize) -> Vec<String> {
    let mut said = Vec::new();
    match section.signs.as_deref() {
        None => {}
        Some([]) => said.push(html!(locale, "notices.digest.all_there")),
        Some(signs) => {
            let listed: Vec<String> = signs
                .iter()
                .map(|(subject, sign)| format!("{} {}", short(subject, room), lesson_screens::sign(locale, *sign)))
                .collect();
            said.push(html!(locale, "notices.digest.away", listed = listed.join(" · ")));
        }
    }
    if !section.missing.is_empty() {
        let (first, rest) = section
            .missing
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        // It begins a sentence.
        let first = shorten(first, room.min(SUBJECT));
        let subjects = std::iter::once(first).chain(rest.iter().map(|it| short(it, room)));
        let listed = subjects.collect::<Vec<_>>().join(", ");
        said.push(html!(locale, "notices.digest.missing", subjects = listed));
    }
    said
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
    let head = format!(
        "{}. {}",
        line.number,
        shorten(&line.subject, room.clamp(SUBJECT / 2, SUBJECT))
    );
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
        if line.has_files {
            said.push_str(&escape(&plain!(locale, "notices.digest.has_files")));
        }
    }
    said
}

/// «алгебра»: a name of a subject may be as long as the school likes.
fn short(subject: &str, room: usize) -> String {
    shorten(&subject.to_lowercase(), room.min(SUBJECT))
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
