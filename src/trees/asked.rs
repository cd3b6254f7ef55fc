//! A command that lives in several sections of somebody's menu asks once which is meant.

use serde::{Deserialize, Serialize};

use super::{View, staff};
use crate::access::{self, Actor};
use crate::charts::Tone;
use crate::chat::{Button, Ctx, Door, Screen, limits};
use crate::db::Conn;
use crate::diary::press::Section;
use crate::diary::{self, Child};
use crate::people::passes;
use crate::progress;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain, refuse};
use crate::{absences, control, lessons, school};

/// A command that doesn't say whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// `/diary`.
    Diary,
    /// `/marks`, `/homework`, `/timetable`.
    Page(Section),
    /// `/absence`.
    Absence,
    /// `/chart`.
    Charts,
    /// `/check`.
    Check,
}

/// A section of the menu that answers to a command.
#[derive(Clone, Debug)]
pub enum Place {
    /// A teacher's lessons.
    Lessons,
    /// A tutor's class.
    Class(passes::Class),
    /// Charts of the classes that somebody teaches or answers for.
    Classes,
    /// A child, or oneself.
    Child(Child),
    /// What one's own lessons lack.
    Debts,
    /// The classes that somebody oversees at a school.
    School(school::School),
}

/// Where a command leads.
#[derive(Debug)]
pub enum Answer {
    /// To the one place that there is.
    There(View),
    /// It must be said which.
    Which(Screen),
}

/// Finds where a command leads.
pub async fn answer(ctx: &Ctx, conn: &mut Conn, actor: &Actor, asked: Asked) -> anyhow::Result<Answer> {
    let places = places(ctx, conn, actor, asked).await?;
    match places.as_slice() {
        [] => refuse!("access.no_section"),
        [only] => Ok(Answer::There(asked.at(only))),
        several => Ok(Answer::Which(which(ctx.locale, asked, several))),
    }
}

/// In the order of the menu: teacher before tutor before parent.
async fn places(ctx: &Ctx, conn: &mut Conn, actor: &Actor, asked: Asked) -> anyhow::Result<Vec<Place>> {
    let mut places = Vec::new();
    if asked == Asked::Page(Section::Timetable) && staff::teaches(conn, actor).await? {
        places.push(Place::Lessons);
    }
    if asked == Asked::Check && staff::teaches(conn, actor).await? {
        places.push(Place::Debts);
    }
    if matches!(asked, Asked::Diary | Asked::Absence | Asked::Check) {
        for identity in &actor.identities {
            let classes = passes::store::tutored(conn, identity.person).await?;
            places.extend(classes.into_iter().map(Place::Class));
        }
    }
    if asked == Asked::Charts && sees_classes(conn, actor).await? {
        places.push(Place::Classes);
    }
    if asked == Asked::Check {
        places.extend(overseen(conn, actor).await?.into_iter().map(Place::School));
        return Ok(places);
    }
    let mut children = diary::flow::children(ctx, conn, actor).await?;
    if asked == Asked::Absence {
        // A pupil's own absence is told by the family.
        children.retain(|child| !actor.identities.iter().any(|me| me.person == child.id));
    }
    places.extend(children.into_iter().map(Place::Child));
    Ok(places)
}

/// The schools at which somebody oversees classes.
pub async fn overseen(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<school::School>> {
    let mut found: Vec<school::School> = Vec::new();
    for proof in access::oversee(actor).unwrap_or_default() {
        if !found.iter().any(|it| it.id == proof.school()) {
            found.extend(school::store::school(conn, proof.school()).await?);
        }
    }
    Ok(found)
}

/// Whether there are classes whose charts somebody may see.
pub async fn sees_classes(conn: &mut Conn, actor: &Actor) -> anyhow::Result<bool> {
    Ok(access::oversee(actor).is_ok() || !progress::flow::classes(conn, actor).await?.is_empty())
}

/// The question, a button a place.
pub fn which(locale: Locale, asked: Asked, places: &[Place]) -> Screen {
    let screen = Screen::new(match asked {
        Asked::Diary => html!(locale, "menu.which.diary"),
        Asked::Page(Section::Marks) => html!(locale, "menu.which.marks"),
        Asked::Page(Section::Homework) => html!(locale, "menu.which.homework"),
        Asked::Page(Section::Timetable) => html!(locale, "menu.which.timetable"),
        Asked::Absence => html!(locale, "menu.which.absence"),
        Asked::Charts => html!(locale, "menu.which.charts"),
        Asked::Check => html!(locale, "menu.which.check"),
    });
    let screen = places
        .iter()
        .fold(screen, |screen, place| screen.row([button(locale, asked, place)]));
    screen.row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}

fn button(locale: Locale, asked: Asked, place: &Place) -> Button {
    let label = match place {
        Place::Lessons => plain!(locale, "lessons.button.my_lessons"),
        Place::Classes => plain!(locale, "menu.classes_charts"),
        Place::Debts => plain!(locale, "control.button.mine"),
        Place::School(school) => {
            let label = plain!(locale, "control.button.school");
            shorten(&format!("{label} · {}", school.name), limits::label_width(1))
        }
        Place::Class(class) => class.name.clone(),
        Place::Child(child) => diary::screens::child_label(child, false, 1),
    };
    match asked.at(place) {
        View::Lessons(view) => Button::new(label, &view),
        View::Diary(view) => Button::new(label, &view),
        View::Progress(view) => Button::new(label, &view),
        View::Absences(view) => Button::new(label, &view),
        View::Control(view) => Button::new(label, &view),
        View::Class(class, page) => Button::door(label, Door::Class(class, page)),
        _ => Button::door(label, Door::Menu),
    }
}

impl Asked {
    fn at(self, place: &Place) -> View {
        match (self, place) {
            (_, Place::Lessons) => View::Lessons(lessons::press::View::Day(None)),
            (_, Place::Classes) => View::Progress(progress::press::View::Home),
            (Self::Absence, Place::Class(class)) => View::Absences(absences::press::View::Class(class.id)),
            (_, Place::Debts) => View::Control(control::press::View::Mine(0)),
            (_, Place::School(school)) => View::Control(control::press::View::School(school.id, 0)),
            (Self::Check, Place::Class(class)) => View::Control(control::press::View::Class(class.id, 0)),
            (_, Place::Class(class)) => View::Class(class.id, 0),
            (Self::Absence, Place::Child(child)) => View::Absences(absences::press::View::When(child.id)),
            // A child has no debts of the journal's: its diary says what isn't entered.
            (Self::Diary | Self::Check, Place::Child(child)) => View::Diary(diary::press::View::Day(child.id, None)),
            (Self::Page(section), Place::Child(child)) => View::Diary(section.of(child.id)),
            (Self::Charts, Place::Child(child)) => View::Diary(diary::press::View::Standings(
                child.id,
                diary::press::Period::Now,
                Tone::Light,
            )),
        }
    }
}
