//! One payload of each variant, and what a payload says.

use chrono::NaiveDate;

use super::super::*;
use crate::charts::Tone;
use crate::chat::{Door, Payload};
use crate::diary::press::{Act as DiaryAct, Back, Period, Section, View as DiaryView};
use crate::ids::{LessonId, LoadId, PersonId, SubjectId};
use crate::lessons::cell::{Change, Sign, Value};
use crate::lessons::press::{Act as LessonAct, CellPress, Field, Hand, Place, View as LessonView};
use crate::lessons::{Kind, Reason};
use crate::timetable::LessonKey;
use crate::words::Locale;

/// A lesson.
pub fn key() -> LessonKey {
    LessonKey {
        load: LoadId(17),
        date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        number: 3,
    }
}

pub fn press(change: Change) -> CellPress {
    CellPress {
        key: key(),
        pupil: PersonId(42),
        change,
        seen: 9,
        hand: Hand::Mark(Value::Five),
        page: 0,
    }
}

/// One payload of each variant.
pub fn one_of_each() -> Vec<Payload> {
    let mut all = Vec::new();
    let places = [Place::Card, Place::Grid(Hand::Second(Value::Four), 1), Place::Missing];
    let mut acts = vec![
        LessonAct::Open(key()),
        LessonAct::Ask(key(), Field::Topic),
        LessonAct::Ask(key(), Field::Homework),
        LessonAct::Finish(key()),
        LessonAct::FinishAnyway(key()),
        LessonAct::KeepTheirs(key()),
        LessonAct::WriteMine(key()),
        LessonAct::PutText(key(), Field::Homework),
        LessonAct::ForgetText(key()),
        LessonAct::AskComment(key(), PersonId(42)),
        LessonAct::NoComment(key(), PersonId(42)),
        LessonAct::ShowEnclosed(key()),
        LessonAct::DropEnclosed(key(), 98_765),
        LessonAct::CopyHomework(key(), key()),
    ];
    for place in places {
        acts.extend([
            LessonAct::AllPresent(key(), place),
            LessonAct::SameAsBefore(key(), place),
            LessonAct::NoHomework(key(), place),
            LessonAct::Undo(key(), place),
            LessonAct::AsTold(key(), place),
        ]);
    }
    acts.extend(Kind::ALL.map(|kind| LessonAct::Kind(key(), kind, Place::Card)));
    acts.extend(Sign::ALL.map(|sign| LessonAct::Cell(press(Change::Sign(Some(sign))))));
    acts.extend(Value::ALL.map(|value| LessonAct::Cell(press(Change::Put(value)))));
    let five = Value::Five;
    let changes = [
        Change::Sign(None),
        Change::Add(five),
        Change::Replace(Value::Four, five),
        Change::Take(five),
        Change::PutPresent(five),
        Change::PutLater(five),
    ];
    acts.extend(changes.map(|change| LessonAct::Cell(press(change))));
    acts.extend(Reason::ALL.map(|reason| LessonAct::Correct(press(Change::Take(five)), reason)));
    all.extend(acts.iter().map(Payload::of));
    let views = [
        LessonView::Day(None),
        LessonView::Day(Some(key().date)),
        LessonView::Card(key()),
        LessonView::Grid(key(), Hand::Sign(Sign::Absent), 0),
        LessonView::More(key(), Hand::Mark(five), 1),
        LessonView::Kinds(key(), Place::Card),
        LessonView::Missing(key()),
        LessonView::Done(key()),
        LessonView::Cell(key(), PersonId(42)),
        LessonView::History(key(), PersonId(42)),
        LessonView::Why(press(Change::Take(five))),
        LessonView::AskMark(press(Change::Put(five))),
        LessonView::CellConflict(press(Change::Put(five))),
        LessonView::TextConflict(key()),
        LessonView::Where(key()),
        LessonView::Comment(key(), PersonId(42)),
        LessonView::Whom(key(), Hand::Mark(five), 1),
        LessonView::Enclosed(key()),
        LessonView::Parallel(key()),
    ];
    all.extend(views.iter().map(Payload::of));
    all.extend(ways());
    all.extend(people::entry::samples::payloads());
    all.extend(people::passes::samples::payloads());
    all.extend(workbook::samples::payloads());
    all.extend(announcements::samples::payloads());
    all.extend(surveys::samples::payloads());
    all.extend(letters::samples::payloads());
    all.extend(threads::samples::payloads());
    all.extend(feedback::samples::payloads());
    all.extend(absences::samples::payloads());
    all.extend(rules::samples::payloads());
    all.extend(notices::settings::samples::payloads());
    all.extend(progress::samples::payloads());
    all.extend(control::samples::payloads());
    all.extend(staff_presses());
    all
}

/// Doors, and what everybody presses.
fn ways() -> Vec<Payload> {
    let mut all = Vec::new();
    let doors = [
        Door::Menu,
        Door::MyDiary,
        Door::Child(PersonId(42)),
        Door::Lessons(None),
        Door::Diary {
            pupil: PersonId(42),
            date: key().date,
        },
        Door::Access(PersonId(42)),
        Door::Entered(PersonId(42)),
        Door::RevokeAccess(PersonId(42)),
        Door::Class(ClassId(7), 1),
        Door::Survey(crate::ids::SurveyId(42)),
        Door::SentPoll(crate::ids::SentPollId(42)),
        Door::AskTeacher(PersonId(42), LoadId(17)),
        Door::HeldLetter(crate::ids::HeldLetterId(5)),
        Door::MayWrite(PersonId(42)),
        Door::OfficeHours(PersonId(42)),
        Door::Marks(PersonId(42)),
        Door::Notices(PersonId(42)),
        Door::Debts,
        Door::DiaryWeek {
            pupil: PersonId(42),
            date: key().date,
        },
    ];
    all.extend(doors.iter().map(Payload::of));
    all.extend(doors.map(Payload::notice_door));
    let people = [
        people::press::View::Welcome,
        people::press::View::WhereFrom,
        people::press::View::Entered(PersonId(42)),
        people::press::View::Settings,
        people::press::View::Help,
    ];
    all.extend(people.iter().map(Payload::of));
    all.extend(Locale::ALL.map(people::press::Act::Speak).iter().map(Payload::of));
    let diary = [
        DiaryView::Day(PersonId(42), Some(key().date)),
        DiaryView::Mine,
        DiaryView::Week(PersonId(42), Some(key().date)),
        DiaryView::Month(PersonId(42), key().date),
        DiaryView::Lesson(PersonId(42), key(), Back::Day),
        DiaryView::Lesson(PersonId(42), key(), Back::Subject(SubjectId(7), Period::Year, 1)),
        DiaryView::Lesson(PersonId(42), key(), Back::Homework(key().date)),
        DiaryView::Homework(PersonId(42), None),
        DiaryView::HomeworkWeek(PersonId(42), Some(key().date)),
        DiaryView::Timetable(PersonId(42), None),
        DiaryView::TimetableWeek(PersonId(42), Some(key().date)),
        DiaryView::Bells(PersonId(42)),
        DiaryView::Marks(PersonId(42), Period::Now),
        DiaryView::Marks(PersonId(42), Period::Of(key().date)),
        DiaryView::Subject(PersonId(42), SubjectId(7), Period::Year, 1),
        DiaryView::MyPage(Section::Marks),
        DiaryView::MyPage(Section::Homework),
        DiaryView::MyPage(Section::Timetable),
        DiaryView::Course(PersonId(42), SubjectId(7), Period::Of(key().date), Tone::Dark),
        DiaryView::Standings(PersonId(42), Period::Now, Tone::Light),
        DiaryView::Absences(PersonId(42), Period::Year, Tone::Dark),
        DiaryView::Signatures(ClassId(3), None),
        DiaryView::SignatureSwitch(crate::ids::SchoolId(1)),
        DiaryView::Past(PersonId(42), SubjectId(7), 1),
        DiaryView::Lesson(PersonId(42), key(), Back::Past(SubjectId(7), 1)),
    ];
    all.extend(diary.iter().map(Payload::of));
    let acts = [
        DiaryAct::Tick(PersonId(42), LessonId(17), true, key().date),
        DiaryAct::Sign(PersonId(42), key().date),
        DiaryAct::AskSignatures(crate::ids::SchoolId(1), true),
        DiaryAct::RemindToSign(ClassId(3), key().date),
        DiaryAct::Files(PersonId(42), LessonId(17)),
    ];
    all.extend(acts.iter().map(Payload::of));
    all
}

/// What members of staff press beside their lessons.
pub fn staff_presses() -> Vec<Payload> {
    let mut all = people::entry::samples::payloads();
    all.extend(people::passes::samples::payloads());
    let school = crate::ids::SchoolId(1);
    let locks = [
        lock::press::Act::Key(people::keypad::Key::Digit(7)),
        lock::press::Act::Key(people::keypad::Key::Erase),
        lock::press::Act::Lock,
        lock::press::Act::Change,
        lock::press::Act::Keep,
        lock::press::Act::LockPerson(PersonId(42)),
        lock::press::Act::TakeOff(PersonId(42)),
        lock::press::Act::After(school, 480),
    ];
    all.extend(locks.iter().map(Payload::of));
    let views = [
        lock::press::View::Keys,
        lock::press::View::Forgotten,
        lock::press::View::Locks(school, 1),
        lock::press::View::LockOf(PersonId(42)),
    ];
    all.extend(views.iter().map(Payload::of));
    let trail = [
        trail::press::View::Day(school, trail::press::Whose::All, None, 0),
        trail::press::View::Day(school, trail::press::Whose::Person(PersonId(42)), Some(key().date), 1),
        trail::press::View::Day(school, trail::press::Whose::Class(ClassId(3)), None, 0),
        trail::press::View::People(school, 1),
        trail::press::View::Classes(school),
    ];
    all.extend(trail.iter().map(Payload::of));
    all
}

/// What a payload says, as it was named when it was written.
pub fn named(payload: &str) -> Option<String> {
    Some(match read_payload(payload)? {
        Pressed::Act(Act::Lessons(it)) => format!("{it:?}"),
        Pressed::Act(Act::People(it)) => format!("{it:?}"),
        Pressed::View(View::Lessons(it)) => format!("{it:?}"),
        Pressed::View(View::People(it)) => format!("{it:?}"),
        Pressed::Act(Act::Diary(it)) => format!("Diary{it:?}"),
        Pressed::View(View::Diary(it)) => format!("Diary{it:?}"),
        Pressed::Act(Act::Lock(it)) => format!("Lock{it:?}"),
        Pressed::View(View::Lock(it)) => format!("Lock{it:?}"),
        Pressed::View(View::Trail(it)) => format!("Trail{it:?}"),
        Pressed::Act(Act::Entry(it)) => format!("Entry{it:?}"),
        Pressed::View(View::Entry(it)) => format!("Entry{it:?}"),
        Pressed::Act(Act::Passes(it)) => format!("Passes{it:?}"),
        Pressed::View(View::Passes(it)) => format!("Passes{it:?}"),
        Pressed::View(View::Menu) => "Menu".to_owned(),
        Pressed::View(View::Today) => "Today".to_owned(),
        Pressed::View(it @ (View::Child(_) | View::Class(..) | View::Asked(_) | View::Stay)) => format!("{it:?}"),
        Pressed::Act(Act::Workbook(it)) => format!("Workbook{it:?}"),
        Pressed::View(View::Workbook(it)) => format!("Workbook{it:?}"),
        Pressed::Act(Act::Announcements(it)) => format!("Announcement{it:?}"),
        Pressed::View(View::Announcements(it)) => format!("Announcement{it:?}"),
        Pressed::Act(Act::Surveys(it)) => format!("Surveys{it:?}"),
        Pressed::View(View::Surveys(it)) => format!("Surveys{it:?}"),
        Pressed::Act(Act::Letters(it)) => format!("Letters{it:?}"),
        Pressed::View(View::Letters(it)) => format!("Letters{it:?}"),
        Pressed::Act(Act::Threads(it)) => format!("Threads{it:?}"),
        Pressed::View(View::Threads(it)) => format!("Threads{it:?}"),
        Pressed::Act(Act::Feedback(it)) => format!("Feedback{it:?}"),
        Pressed::View(View::Feedback(it)) => format!("Feedback{it:?}"),
        Pressed::Act(Act::Rules(it)) => format!("Rules{it:?}"),
        Pressed::View(View::Rules(it)) => format!("Rules{it:?}"),
        Pressed::Act(Act::Absences(it)) => format!("Absences{it:?}"),
        Pressed::View(View::Absences(it)) => format!("Absences{it:?}"),
        Pressed::Act(Act::Notices(it)) => format!("Notices{it:?}"),
        Pressed::View(View::Notices(it)) => format!("Notices{it:?}"),
        Pressed::Act(Act::Control(it)) => format!("Control{it:?}"),
        Pressed::View(View::Control(it)) => format!("Control{it:?}"),
        Pressed::View(View::Progress(it)) => format!("Progress{it:?}"),
        Pressed::FromNotice(it) => format!("Notice {it:?}"),
    })
}
