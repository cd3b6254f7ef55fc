//! What a button carries, read back: whose act or view it is, and what stands behind a door.

use super::{Act, View};
use crate::chat::{Door, Payload, Tag, unpack};
use crate::messages::{letters, rules, threads};
use crate::{announcements, control, diary, lessons, notices, people, surveys};

/// What a press asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Something is done.
    Act(Act),
    /// Something is looked at.
    View(View),
    /// The same, from a notice, which stays as it is.
    FromNotice(View),
}

/// Reads what a button carries; `None` for anything that we never wrote.
pub fn read_payload(text: &str) -> Option<Pressed> {
    let (tag, packed) = Payload::open(text)?;
    Some(match tag {
        Tag::Door => Pressed::View(behind(unpack(&packed)?)),
        Tag::NoticeDoor => from_notice(unpack(&packed)?),
        Tag::PeopleAct => Pressed::Act(Act::People(unpack(&packed)?)),
        Tag::PeopleView => Pressed::View(View::People(unpack(&packed)?)),
        Tag::LessonsAct => Pressed::Act(Act::Lessons(unpack(&packed)?)),
        Tag::LessonsView => Pressed::View(View::Lessons(unpack(&packed)?)),
        Tag::DiaryAct => Pressed::Act(Act::Diary(unpack(&packed)?)),
        Tag::ControlAct => Pressed::Act(Act::Control(unpack(&packed)?)),
        Tag::ControlView => Pressed::View(View::Control(unpack(&packed)?)),
        Tag::DiaryView => Pressed::View(View::Diary(unpack(&packed)?)),
        Tag::LockAct => Pressed::Act(Act::Lock(unpack(&packed)?)),
        Tag::LockView => Pressed::View(View::Lock(unpack(&packed)?)),
        Tag::TrailView => Pressed::View(View::Trail(unpack(&packed)?)),
        Tag::EntryAct => Pressed::Act(Act::Entry(unpack(&packed)?)),
        Tag::EntryView => Pressed::View(View::Entry(unpack(&packed)?)),
        Tag::PassesAct => Pressed::Act(Act::Passes(unpack(&packed)?)),
        Tag::PassesView => Pressed::View(View::Passes(unpack(&packed)?)),
        Tag::WorkbookAct => Pressed::Act(Act::Workbook(unpack(&packed)?)),
        Tag::WorkbookView => Pressed::View(View::Workbook(unpack(&packed)?)),
        Tag::AnnouncementsAct => Pressed::Act(Act::Announcements(unpack(&packed)?)),
        Tag::AnnouncementsView => Pressed::View(View::Announcements(unpack(&packed)?)),
        Tag::SurveysAct => Pressed::Act(Act::Surveys(unpack(&packed)?)),
        Tag::SurveysView => Pressed::View(View::Surveys(unpack(&packed)?)),
        Tag::LettersAct => Pressed::Act(Act::Letters(unpack(&packed)?)),
        Tag::LettersView => Pressed::View(View::Letters(unpack(&packed)?)),
        Tag::ThreadsAct => Pressed::Act(Act::Threads(unpack(&packed)?)),
        Tag::ThreadsView => Pressed::View(View::Threads(unpack(&packed)?)),
        Tag::FeedbackAct => Pressed::Act(Act::Feedback(unpack(&packed)?)),
        Tag::FeedbackView => Pressed::View(View::Feedback(unpack(&packed)?)),
        Tag::RulesAct => Pressed::Act(Act::Rules(unpack(&packed)?)),
        Tag::RulesView => Pressed::View(View::Rules(unpack(&packed)?)),
        Tag::AbsencesAct => Pressed::Act(Act::Absences(unpack(&packed)?)),
        Tag::AbsencesView => Pressed::View(View::Absences(unpack(&packed)?)),
        Tag::NoticesAct => Pressed::Act(Act::Notices(unpack(&packed)?)),
        Tag::NoticesView => Pressed::View(View::Notices(unpack(&packed)?)),
        Tag::ProgressView => Pressed::View(View::Progress(unpack(&packed)?)),
    })
}

/// A door under a notice: behind one of them a question is written at once.
fn from_notice(door: Door) -> Pressed {
    match door {
        Door::AskTeacher(pupil, load) => Pressed::Act(Act::Threads(threads::press::Act::AskTeacher(pupil, load))),
        other => Pressed::FromNotice(behind(other)),
    }
}

/// What is behind a door.
pub fn behind(door: Door) -> View {
    match door {
        Door::Menu => View::Menu,
        Door::Lessons(date) => View::Lessons(lessons::press::View::Day(date)),
        Door::MyDiary => View::Diary(diary::press::View::Mine),
        Door::Child(pupil) => View::Child(pupil),
        Door::Diary { pupil, date } => View::Diary(diary::press::View::Day(pupil, Some(date))),
        Door::Access(person) => View::Passes(people::passes::press::View::Person(person)),
        Door::Entered(person) => View::People(people::press::View::Entered(person)),
        Door::Class(class, page) => View::Class(class, page),
        Door::Announcement(id) => View::Announcements(announcements::press::View::Copy(id)),
        Door::SentAnnouncement(id) => View::Announcements(announcements::press::View::One(id)),
        Door::Survey(survey) => View::Surveys(surveys::press::View::Results(survey)),
        Door::SentPoll(poll) => View::Surveys(surveys::press::View::Poll(poll)),
        Door::AskTeacher(pupil, _) => View::Threads(threads::press::View::Contacts(pupil)),
        Door::HeldLetter(id) => View::Letters(letters::press::View::Held(id)),
        Door::MayWrite(person) => View::Rules(rules::press::View::Mute(person)),
        Door::OfficeHours(person) => View::Threads(threads::press::View::Hours(person)),
        Door::Marks(pupil) => View::Diary(diary::press::View::Marks(pupil, diary::press::Period::Now)),
        Door::DiaryWeek { pupil, date } => View::Diary(diary::press::View::Week(pupil, Some(date))),
        Door::Debts => View::Control(control::press::View::Mine(0)),
        Door::Notices(pupil) => View::Notices(notices::press::View::Home(pupil)),
        Door::RevokeAccess(person) => View::Passes(people::passes::press::View::AskRevoke(person)),
    }
}
