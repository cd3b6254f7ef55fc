//! Every press there is, each with whose thing it reaches for. A new act or view without its row here doesn't compile.

use zhurnal::access::Role;
use zhurnal::access::talk::Pair;
use zhurnal::announcements;
use zhurnal::charts::Tone;
use zhurnal::chat::{Door, Payload};
use zhurnal::diary;
use zhurnal::ids::{
    AbsenceId, ClassId, HeldLetterId, InquiryId, LessonId, MailingId, MessageId, MuteId, PersonId, QuestionId,
    SchoolId, SentPollId, SubjectId, SuggestionId, SurveyId, TemplateId, ThreadId,
};
use zhurnal::lessons::cell::{Change, Sign, Value};
use zhurnal::lessons::press::{CellPress, Field, Hand, Place};
use zhurnal::lessons::{self, Kind, Reason};
use zhurnal::messages;
use zhurnal::people;
use zhurnal::people::reach::{self, Audience};
use zhurnal::timetable::LessonKey;
use zhurnal::trail;
use zhurnal::trees::{Act, Pressed, View};
use zhurnal::words::Locale;
use zhurnal::workbook;

/// What a press reaches for, and so who may press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reaches {
    /// Nothing but what is the presser's own, whoever it is.
    Own,
    /// The lesson, to write it.
    WriteLesson,
    /// The lesson, to look at it.
    ReadLesson,
    /// The child.
    ReadChild,
    /// How the class does, in one's own lessons at least.
    ReadProgress,
    /// The person who got in.
    Oneself,
    /// The locks of the school's staff.
    KeepLocks,
    /// Who did what at the school.
    ReadTrail,
    /// The child as the parent's own, consent or not.
    OwnChild,
    /// The family's access, to look at it.
    ReadAccess,
    /// The family's access, to give it or take it away.
    ManageAccess,
    /// What the adults of the child may do.
    KeepRights,
    /// The child of the parent who is asked about another adult.
    OtherParent,
    /// Classes that one oversees.
    Oversee,
    /// The school's staff.
    OverseeStaff,
    /// The school's data.
    LoadSchool,
    /// The class, to speak to its families.
    Announce,
    /// What was said to them, to change it.
    Announced,
    /// One's own copy of it.
    HasCopy,
    /// What was said, as its author or on one's own copy.
    Told,
    /// The class's families, to ask them and to read what they answer.
    AskFamilies,
    /// A survey as its author.
    OwnSurvey,
    /// A survey as somebody who was asked.
    BeAsked,
    /// A poll, as either.
    SentPoll,
    /// The families of the class, to write to them.
    WriteFamilies,
    /// A letter to a parent, to say that it was read.
    OwnLetter,
    /// A talk of the child's teacher and parent.
    Talk,
    /// The parent's own message in it.
    OwnMessage,
    /// The child's family's side of any talk.
    Family,
    /// The child's family, to write to it as one of the staff.
    WriteParent,
    /// The class's families, the same.
    WriteClass,
    /// Colleagues, as one of the staff.
    Staff,
    /// Classes that one of the staff has something to do with.
    StaffOfClasses,
    /// The school, as a parent of one of its pupils.
    Suggest,
    /// What the parent suggested to the school, as its author.
    OwnSuggestion,
    /// The same, as the school.
    ReadSuggestions,
    /// A letter that waits, to decide about it.
    ReviewLetters,
    /// The same, as one's own.
    OwnHeld,
    /// The same, to look at it.
    SeeHeld,
    /// The school's rules of talk.
    KeepTalk,
    /// A talk that nobody shows: it is nobody's but its sides'.
    Shown,
    /// Which talks are shown.
    ListShown,
    /// Words that the school keeps for its tutors.
    KeepWords,
    /// The hours of a member of staff who presses nothing here.
    OwnHours,
    /// The child, to tell of its absences.
    TellAbsence,
    /// The class, to keep the reasons of its absences.
    KeepAbsences,
    /// What was told of the child, as either.
    SeeAbsence,
    /// Whether the school asks for signatures of the week.
    AskSignatures,
    /// What the child says is done.
    TickHomework,
    /// What stands behind the letter of a parent who presses nothing here.
    Covered,
}

/// What the presses are about.
#[derive(Clone, Copy)]
pub struct Target {
    /// A lesson of the class.
    pub key: LessonKey,
    /// The lesson's row.
    pub lesson: LessonId,
    /// A file of its homework.
    pub enclosed: i64,
    /// A child of the class.
    pub pupil: PersonId,
    /// The child's guardian.
    pub parent: PersonId,
    /// The school.
    pub school: SchoolId,
    /// The class.
    pub class: ClassId,
    /// A member of its staff.
    pub staff: PersonId,
    /// A parent of the class who has no phone here: access is given and taken away.
    pub revocable: PersonId,
    /// A workbook of the school that was checked.
    pub book: i64,
    /// An announcement of the tutor to the child's parents.
    pub announcement: i64,
    /// A survey of the class that is open, and one that isn't sent yet.
    pub surveys: (SurveyId, SurveyId),
    /// An open question of the first.
    pub question: QuestionId,
    /// A poll of it, in the guardian's chat.
    pub poll: SentPollId,
    /// A letter to the child's family.
    pub mailing: MailingId,
    /// A talk of the child's parent and teacher.
    pub thread: ThreadId,
    /// The parent's message in it.
    pub message: MessageId,
    /// What the parent suggested to the school.
    pub suggestion: SuggestionId,
    /// A letter to the child's family that waits for the head.
    pub held: HeldLetterId,
    /// What was told of the child.
    pub absence: AbsenceId,
    /// A question where the child is.
    pub inquiry: InquiryId,
    /// A letter about the child that says nothing until it is opened, to somebody else.
    pub covered: i64,
}

/// A press as a button carries it.
pub struct Press {
    /// What it is, for a failure's text.
    pub name: String,
    /// What the button carries.
    pub payload: Payload,
    /// Whose thing it reaches for.
    pub reaches: Reaches,
}

/// The rows of one sum: a pattern of each variant with a sample and with what it reaches for.
macro_rules! rows {
    ($presses:ident, $sum:ty { $($pattern:pat => $sample:expr, $reaches:expr;)+ }) => {
        // The compiler asks for a pattern of each variant, and each pattern stands beside its sample.
        let _complete = |it: &$sum| match it { $($pattern => {})+ };
        $({
            let sample: $sum = $sample;
            $presses.push(Press {
                name: format!("{sample:?}"),
                payload: Payload::of(&sample),
                reaches: $reaches,
            });
        })+
    };
}

/// All presses about a target.
pub fn presses(target: Target) -> Vec<Press> {
    let mut presses = Vec::new();
    doors(&mut presses, target);
    lessons_acts(&mut presses, target);
    lessons_views(&mut presses, target);
    diary_views(&mut presses, target);
    diary_acts(&mut presses, target);
    others(&mut presses, target);
    locks(&mut presses, target);
    entry(&mut presses, target);
    passes(&mut presses, target);
    workbook(&mut presses, target);
    announcements(&mut presses, target);
    surveys(&mut presses, target);
    letters(&mut presses, target);
    threads(&mut presses, target);
    feedback(&mut presses, target);
    rules(&mut presses, target);
    absences(&mut presses, target);
    notices(&mut presses, target);
    progress(&mut presses, target);
    control(&mut presses, target);
    presses
}

fn doors(
    presses: &mut Vec<Press>,
    Target {
        key,
        pupil,
        parent,
        class,
        announcement,
        surveys,
        poll,
        held,
        staff,
        ..
    }: Target,
) {
    let first = presses.len();
    rows!(presses, Door {
        Door::Menu => Door::Menu, Reaches::Own;
        Door::Lessons(_) => Door::Lessons(Some(key.date)), Reaches::Own;
        Door::Diary { .. } => Door::Diary { pupil, date: key.date }, Reaches::ReadChild;
        Door::MyDiary => Door::MyDiary, Reaches::Own;
        Door::Child(_) => Door::Child(pupil), Reaches::ReadChild;
        Door::Access(_) => Door::Access(parent), Reaches::ReadAccess;
        Door::Entered(_) => Door::Entered(parent), Reaches::Oneself;
        Door::RevokeAccess(_) => Door::RevokeAccess(parent), Reaches::ManageAccess;
        Door::Class(..) => Door::Class(class, 0), Reaches::ReadAccess;
        Door::Announcement(_) => Door::Announcement(announcement), Reaches::HasCopy;
        Door::SentAnnouncement(_) => Door::SentAnnouncement(announcement), Reaches::Announced;
        Door::Survey(_) => Door::Survey(surveys.0), Reaches::AskFamilies;
        Door::SentPoll(_) => Door::SentPoll(poll), Reaches::SentPoll;
        Door::AskTeacher(..) => Door::AskTeacher(pupil, key.load), Reaches::Family;
        Door::HeldLetter(_) => Door::HeldLetter(held), Reaches::SeeHeld;
        Door::MayWrite(_) => Door::MayWrite(parent), Reaches::KeepTalk;
        Door::OfficeHours(_) => Door::OfficeHours(staff), Reaches::OwnHours;
        Door::Marks(_) => Door::Marks(pupil), Reaches::ReadChild;
        Door::Notices(_) => Door::Notices(pupil), Reaches::Family;
        Door::Debts => Door::Debts, Reaches::Own;
        Door::DiaryWeek { .. } => Door::DiaryWeek { pupil, date: key.date }, Reaches::ReadChild;
    });
    // The same doors stand under notices.
    let under_notices = [
        (Door::Diary { pupil, date: key.date }, Reaches::ReadChild),
        (Door::Lessons(None), Reaches::Own),
        (Door::AskTeacher(pupil, key.load), Reaches::Family),
        (Door::Notices(pupil), Reaches::Family),
    ];
    assert!(presses.len() > first);
    presses.extend(under_notices.map(|(door, reaches)| Press {
        name: format!("under a notice: {door:?}"),
        payload: Payload::notice_door(door),
        reaches,
    }));
}

fn cell(Target { key, pupil, .. }: Target) -> CellPress {
    CellPress {
        key,
        pupil,
        change: Change::Put(Value::Two),
        seen: 1_000_000,
        hand: Hand::Mark(Value::Two),
        page: 0,
    }
}

fn lessons_acts(presses: &mut Vec<Press>, target: Target) {
    use lessons::press::Act;
    let key = target.key;
    rows!(presses, Act {
        Act::Open(_) => Act::Open(key), Reaches::ReadLesson;
        Act::Ask(..) => Act::Ask(key, Field::Topic), Reaches::WriteLesson;
        Act::Cell(_) => Act::Cell(cell(target)), Reaches::WriteLesson;
        Act::AllPresent(..) => Act::AllPresent(key, Place::Card), Reaches::WriteLesson;
        Act::SameAsBefore(..) => Act::SameAsBefore(key, Place::Card), Reaches::WriteLesson;
        Act::Kind(..) => Act::Kind(key, Kind::Control, Place::Card), Reaches::WriteLesson;
        Act::NoHomework(..) => Act::NoHomework(key, Place::Card), Reaches::WriteLesson;
        Act::Undo(..) => Act::Undo(key, Place::Card), Reaches::WriteLesson;
        Act::Finish(_) => Act::Finish(key), Reaches::WriteLesson;
        Act::FinishAnyway(_) => Act::FinishAnyway(key), Reaches::WriteLesson;
        Act::Correct(..) => Act::Correct(cell(target), Reason::ALL[0]), Reaches::WriteLesson;
        Act::KeepTheirs(_) => Act::KeepTheirs(key), Reaches::WriteLesson;
        Act::WriteMine(_) => Act::WriteMine(key), Reaches::WriteLesson;
        Act::PutText(..) => Act::PutText(key, Field::Homework), Reaches::WriteLesson;
        Act::ForgetText(_) => Act::ForgetText(key), Reaches::Own;
        Act::AskComment(..) => Act::AskComment(key, target.pupil), Reaches::WriteLesson;
        Act::NoComment(..) => Act::NoComment(key, target.pupil), Reaches::WriteLesson;
        Act::AsTold(..) => Act::AsTold(key, Place::Card), Reaches::WriteLesson;
        Act::ShowEnclosed(_) => Act::ShowEnclosed(key), Reaches::WriteLesson;
        Act::DropEnclosed(..) => Act::DropEnclosed(key, target.enclosed), Reaches::WriteLesson;
        Act::CopyHomework(..) => Act::CopyHomework(key, key), Reaches::WriteLesson;
    });
}

fn lessons_views(presses: &mut Vec<Press>, target: Target) {
    use lessons::press::View;
    let key = target.key;
    let hand = Hand::Sign(Sign::Absent);
    rows!(presses, View {
        View::Day(_) => View::Day(Some(key.date)), Reaches::Own;
        View::Card(_) => View::Card(key), Reaches::ReadLesson;
        View::Grid(..) => View::Grid(key, hand, 0), Reaches::WriteLesson;
        View::More(..) => View::More(key, hand, 0), Reaches::WriteLesson;
        View::Whom(..) => View::Whom(key, hand, 0), Reaches::WriteLesson;
        View::Kinds(..) => View::Kinds(key, Place::Card), Reaches::WriteLesson;
        View::Missing(_) => View::Missing(key), Reaches::WriteLesson;
        View::Done(_) => View::Done(key), Reaches::WriteLesson;
        View::Cell(..) => View::Cell(key, target.pupil), Reaches::WriteLesson;
        View::History(..) => View::History(key, target.pupil), Reaches::ReadLesson;
        View::Why(_) => View::Why(cell(target)), Reaches::WriteLesson;
        View::AskMark(_) => View::AskMark(cell(target)), Reaches::WriteLesson;
        View::CellConflict(_) => View::CellConflict(cell(target)), Reaches::WriteLesson;
        View::TextConflict(_) => View::TextConflict(key), Reaches::WriteLesson;
        View::Where(_) => View::Where(key), Reaches::WriteLesson;
        View::Comment(..) => View::Comment(key, target.pupil), Reaches::WriteLesson;
        View::Enclosed(_) => View::Enclosed(key), Reaches::WriteLesson;
        View::Parallel(_) => View::Parallel(key), Reaches::WriteLesson;
    });
}

fn diary_views(
    presses: &mut Vec<Press>,
    Target {
        key,
        pupil,
        class,
        school,
        ..
    }: Target,
) {
    use diary::press::{Back, Period, Section, View};
    let (day, subject) = (Some(key.date), SubjectId(1));
    rows!(presses, View {
        View::Day(..) => View::Day(pupil, day), Reaches::ReadChild;
        View::Mine => View::Mine, Reaches::Own;
        View::Week(..) => View::Week(pupil, day), Reaches::ReadChild;
        View::Month(..) => View::Month(pupil, key.date), Reaches::ReadChild;
        View::Lesson(..) => View::Lesson(pupil, key, Back::Day), Reaches::ReadChild;
        View::Homework(..) => View::Homework(pupil, day), Reaches::ReadChild;
        View::HomeworkWeek(..) => View::HomeworkWeek(pupil, day), Reaches::ReadChild;
        View::Timetable(..) => View::Timetable(pupil, day), Reaches::ReadChild;
        View::TimetableWeek(..) => View::TimetableWeek(pupil, day), Reaches::ReadChild;
        View::Bells(_) => View::Bells(pupil), Reaches::ReadChild;
        View::Marks(..) => View::Marks(pupil, Period::Year), Reaches::ReadChild;
        View::Subject(..) => View::Subject(pupil, subject, Period::Now, 0), Reaches::ReadChild;
        View::MyPage(_) => View::MyPage(Section::Marks), Reaches::Own;
        View::Course(..) => View::Course(pupil, subject, Period::Now, Tone::Light), Reaches::ReadChild;
        View::Standings(..) => View::Standings(pupil, Period::Now, Tone::Dark), Reaches::ReadChild;
        View::Absences(..) => View::Absences(pupil, Period::Year, Tone::Light), Reaches::ReadChild;
        View::Signatures(..) => View::Signatures(class, day), Reaches::KeepAbsences;
        View::Past(..) => View::Past(pupil, subject, 0), Reaches::ReadChild;
        View::SignatureSwitch(_) => View::SignatureSwitch(school), Reaches::AskSignatures;
    });
}

fn diary_acts(presses: &mut Vec<Press>, target: Target) {
    use diary::press::Act;
    let Target {
        key,
        pupil,
        class,
        school,
        lesson,
        ..
    } = target;
    rows!(presses, Act {
        Act::Tick(..) => Act::Tick(pupil, lesson, true, key.date), Reaches::TickHomework;
        Act::Sign(..) => Act::Sign(pupil, key.date), Reaches::TellAbsence;
        Act::AskSignatures(..) => Act::AskSignatures(school, true), Reaches::AskSignatures;
        Act::Files(..) => Act::Files(pupil, lesson), Reaches::ReadChild;
        Act::RemindToSign(..) => Act::RemindToSign(class, key.date), Reaches::KeepAbsences;
    });
}

fn progress(presses: &mut Vec<Press>, Target { class, school, .. }: Target) {
    use zhurnal::progress::press::{Period, View, What};
    rows!(presses, View {
        View::Home => View::Home, Reaches::Own;
        View::Class(..) => View::Class(class, What::Absences, Period::Now, Tone::Light), Reaches::ReadProgress;
        View::Grade(..) => View::Grade(school, 7, Period::Now, Tone::Light), Reaches::Oversee;
    });
}

fn control(presses: &mut Vec<Press>, Target { class, school, .. }: Target) {
    use zhurnal::control::press::{Act, View};
    rows!(presses, View {
        View::Mine(_) => View::Mine(0), Reaches::Own;
        View::Class(..) => View::Class(class, 0), Reaches::ReadAccess;
        View::School(..) => View::School(school, 0), Reaches::Oversee;
    });
    rows!(presses, Act {
        Act::Remind(_) => Act::Remind(class), Reaches::ReadAccess;
    });
}

fn others(presses: &mut Vec<Press>, target: Target) {
    rows!(presses, people::press::Act {
        people::press::Act::Speak(_) => people::press::Act::Speak(Locale::Ru), Reaches::Own;
    });
    rows!(presses, people::press::View {
        people::press::View::Welcome => people::press::View::Welcome, Reaches::Own;
        people::press::View::WhereFrom => people::press::View::WhereFrom, Reaches::Own;
        people::press::View::Entered(_) => people::press::View::Entered(target.parent), Reaches::Oneself;
        people::press::View::Settings => people::press::View::Settings, Reaches::Own;
        people::press::View::Help => people::press::View::Help, Reaches::Own;
    });
}

fn locks(presses: &mut Vec<Press>, target: Target) {
    use people::keypad::Key;
    use people::lock::press::{Act, View};
    use trail::press::{View as Trail, Whose};
    rows!(presses, Act {
        Act::Key(_) => Act::Key(Key::Erase), Reaches::Own;
        Act::Lock => Act::Change, Reaches::Own;
        Act::Change => Act::Change, Reaches::Own;
        Act::Keep => Act::Keep, Reaches::Own;
        Act::LockPerson(_) => Act::LockPerson(target.staff), Reaches::KeepLocks;
        Act::TakeOff(_) => Act::TakeOff(target.staff), Reaches::KeepLocks;
        Act::After(..) => Act::After(target.school, 480), Reaches::KeepLocks;
    });
    rows!(presses, View {
        View::Keys => View::Keys, Reaches::Own;
        View::Forgotten => View::Forgotten, Reaches::Own;
        View::Locks(..) => View::Locks(target.school, 0), Reaches::KeepLocks;
        View::LockOf(_) => View::LockOf(target.staff), Reaches::KeepLocks;
    });
    rows!(presses, Trail {
        Trail::Day(..) => Trail::Day(target.school, Whose::Class(target.class), Some(target.key.date), 0), Reaches::ReadTrail;
        Trail::People(..) => Trail::People(target.school, 0), Reaches::ReadTrail;
        Trail::Classes(_) => Trail::Classes(target.school), Reaches::ReadTrail;
    });
}

fn entry(presses: &mut Vec<Press>, target: Target) {
    use people::entry::press::{Act, View};
    use people::keypad::Key;
    let (pupil, parent) = (target.pupil, target.parent);
    rows!(presses, Act {
        // Nobody here is on the way in: all of these are out of date, whatever invitation they name.
        Act::Key(..) => Act::Key(1, Key::Digit(1)), Reaches::Own;
        Act::Mine(_) => Act::Mine(1), Reaches::Own;
        Act::NotMine(_) => Act::NotMine(1), Reaches::Own;
        Act::PutOff(_) => Act::PutOff(1), Reaches::Own;
        Act::Withdraw(_) => Act::Withdraw(pupil), Reaches::OwnChild;
        Act::Agree(_) => Act::Agree(pupil), Reaches::OwnChild;
        Act::Known(_) => Act::Known(parent), Reaches::OtherParent;
        Act::Unknown(_) => Act::Unknown(parent), Reaches::OtherParent;
        // The newest text of the sample school: consent stands again after it was withdrawn above.
        Act::AgreeTo(..) => Act::AgreeTo(pupil, 1), Reaches::OwnChild;
    });
    rows!(presses, View {
        View::Step => View::Step, Reaches::Own;
        View::NoDigits => View::NoDigits, Reaches::Own;
        View::NotYours => View::NotYours, Reaches::Own;
        View::Text(..) => View::Text(pupil, 0), Reaches::OwnChild;
        View::Version(..) => View::Version(pupil, 0, 0), Reaches::OwnChild;
        View::Answered => View::Answered, Reaches::Own;
        View::Consent(_) => View::Consent(pupil), Reaches::OwnChild;
        View::AskWithdraw(_) => View::AskWithdraw(pupil), Reaches::OwnChild;
        View::Withdrawn(_) => View::Withdrawn(pupil), Reaches::OwnChild;
    });
}

fn passes(presses: &mut Vec<Press>, target: Target) {
    use people::passes::press::{Act, View};
    use people::passes::rights::Rights;
    let (class, pupil, parent) = (target.class, target.pupil, target.parent);
    rows!(presses, Act {
        Act::Revoke(_) => Act::Revoke(target.revocable), Reaches::ManageAccess;
        Act::Give(_) => Act::Give(target.revocable), Reaches::ManageAccess;
        Act::SlipsForTheRest(_) => Act::SlipsForTheRest(class), Reaches::ManageAccess;
        Act::SlipsForAll(_) => Act::SlipsForAll(class), Reaches::ManageAccess;
        Act::Search => Act::Search, Reaches::Oversee;
        Act::SetRights(..) => Act::SetRights(parent, pupil, Rights::Full), Reaches::KeepRights;
    });
    rows!(presses, View {
        View::Class(_) => View::Class(class), Reaches::ReadAccess;
        View::Family(_) => View::Family(pupil), Reaches::ReadAccess;
        View::Person(_) => View::Person(parent), Reaches::ReadAccess;
        View::Given(_) => View::Given(parent), Reaches::ManageAccess;
        View::AskRevoke(_) => View::AskRevoke(parent), Reaches::ManageAccess;
        View::Pupils(..) => View::Pupils(class, 0), Reaches::ReadAccess;
        View::Entries(..) => View::Entries(class, 0), Reaches::ReadAccess;
        View::People => View::People, Reaches::Oversee;
        View::Staff(_) => View::Staff(0), Reaches::OverseeStaff;
        View::Search => View::Search, Reaches::Oversee;
        View::Found => View::Found, Reaches::Oversee;
        View::Rights(_) => View::Rights(pupil), Reaches::KeepRights;
        View::RightsOf(..) => View::RightsOf(parent, pupil), Reaches::KeepRights;
        View::AskClose(..) => View::AskClose(parent, pupil), Reaches::KeepRights;
    });
}

fn workbook(presses: &mut Vec<Press>, Target { school, book, .. }: Target) {
    use workbook::press::{Act, View};
    rows!(presses, Act {
        Act::Mark(_) => Act::Mark(book), Reaches::LoadSchool;
        Act::Renamed(_) => Act::Renamed(book), Reaches::LoadSchool;
        Act::Load(_) => Act::Load(book), Reaches::LoadSchool;
        Act::Drop(_) => Act::Drop(book), Reaches::LoadSchool;
        Act::Template(_) => Act::Template(school), Reaches::LoadSchool;
        Act::SendBack(_) => Act::SendBack(school), Reaches::LoadSchool;
    });
    rows!(presses, View {
        View::Home(_) => View::Home(school), Reaches::LoadSchool;
        View::Book(_) => View::Book(book), Reaches::LoadSchool;
        View::Loads(..) => View::Loads(school, 0), Reaches::LoadSchool;
    });
}

fn announcements(presses: &mut Vec<Press>, target: Target) {
    use announcements::press::{Act, View};
    let (id, place) = (target.announcement, reach::Place::Class(target.class));
    rows!(presses, Act {
        Act::Begin(_) => Act::Begin(Audience::Parents(place)), Reaches::Announce;
        // What is open is one's own: nothing is sent to whom one may not speak, whatever was begun.
        Act::Rewrite => Act::Rewrite, Reaches::Own;
        Act::Toggle => Act::Toggle, Reaches::Own;
        Act::Due(_) => Act::Due(None), Reaches::Own;
        Act::Send => Act::Send, Reaches::Own;
        Act::Drop => Act::Drop, Reaches::Own;
        Act::Keep => Act::Keep, Reaches::Own;
        Act::Read(_) => Act::Read(id), Reaches::HasCopy;
        Act::Remind(_) => Act::Remind(id), Reaches::Announced;
        Act::Stop(_) => Act::Stop(id), Reaches::Announced;
        Act::Correct(_) => Act::Correct(id), Reaches::Announced;
        Act::Recall(_) => Act::Recall(id), Reaches::Announced;
        Act::WithoutFiles => Act::WithoutFiles, Reaches::Own;
        Act::Files(_) => Act::Files(id), Reaches::Told;
        Act::Tick(..) => Act::Tick(target.school, target.class, true, 0), Reaches::Announce;
        Act::TickAll(..) => Act::TickAll(target.school, true), Reaches::Announce;
        Act::Pick(..) => Act::Pick(target.class, target.pupil, true, 0), Reaches::Announce;
        Act::PickAll(..) => Act::PickAll(target.class, true), Reaches::Announce;
        Act::To(_) => Act::To(reach::Kin::Parents), Reaches::Own;
        // What was laid aside is one's own too.
        Act::Resume => Act::Resume, Reaches::Own;
        Act::Discard => Act::Discard, Reaches::Own;
    });
    rows!(presses, View {
        View::Home => View::Home, Reaches::Own;
        View::Classes(..) => View::Classes(target.school, 0), Reaches::Oversee;
        View::Of(_) => View::Of(place), Reaches::Announce;
        View::Groups(_) => View::Groups(target.class), Reaches::Announce;
        View::Write => View::Write, Reaches::Own;
        View::Preview => View::Preview, Reaches::Own;
        View::When => View::When, Reaches::Own;
        View::Sent(_) => View::Sent(0), Reaches::Own;
        View::One(_) => View::One(id), Reaches::Announced;
        View::Readers(..) => View::Readers(id, 0), Reaches::Announced;
        View::AskRecall(_) => View::AskRecall(id), Reaches::Announced;
        View::Mine(_) => View::Mine(0), Reaches::Own;
        View::Copy(_) => View::Copy(id), Reaches::HasCopy;
        View::Several(..) => View::Several(target.school, 0), Reaches::Announce;
        View::Pick(..) => View::Pick(target.class, 0), Reaches::Announce;
        View::Ticked => View::Ticked, Reaches::Own;
        View::Posts(_) => View::Posts(target.school), Reaches::Oversee;
    });
}

fn surveys(presses: &mut Vec<Press>, target: Target) {
    use zhurnal::people::reach::Place;
    use zhurnal::surveys::Who;
    use zhurnal::surveys::press::{Act, View};
    let (class, (open, draft), question) = (Place::Class(target.class), target.surveys, target.question);
    rows!(presses, View {
        View::All => View::All, Reaches::Own;
        View::Home(_) => View::Home(class), Reaches::AskFamilies;
        View::Ask(_) => View::Ask(class), Reaches::AskFamilies;
        View::Sample(_) => View::Sample(class), Reaches::AskFamilies;
        View::AskMore(_) => View::AskMore(draft), Reaches::OwnSurvey;
        View::Draft(_) => View::Draft(draft), Reaches::OwnSurvey;
        View::Same(_) => View::Same(draft), Reaches::OwnSurvey;
        View::Results(_) => View::Results(open), Reaches::AskFamilies;
        View::Names(..) => View::Names(open, 0), Reaches::OwnSurvey;
        View::AskClose(_) => View::AskClose(open), Reaches::AskFamilies;
        View::About(_) => View::About(open), Reaches::BeAsked;
        View::Poll(_) => View::Poll(target.poll), Reaches::SentPoll;
        View::AskAnswer(_) => View::AskAnswer(question), Reaches::BeAsked;
        View::Answered(_) => View::Answered(question), Reaches::BeAsked;
        View::Answers(..) => View::Answers(question, 0), Reaches::OwnSurvey;
        View::Classes(..) => View::Classes(open, 0), Reaches::AskFamilies;
        View::Chart(..) => View::Chart(open, Tone::Light), Reaches::AskFamilies;
        View::ClassChart(..) => View::ClassChart(open, Tone::Light), Reaches::AskFamilies;
        View::Mine(_) => View::Mine(0), Reaches::Own;
    });
    rows!(presses, Act {
        Act::Begin(_) => Act::Begin(class), Reaches::AskFamilies;
        Act::Who(..) => Act::Who(draft, Who::Families), Reaches::OwnSurvey;
        Act::Named(..) => Act::Named(draft, true), Reaches::OwnSurvey;
        Act::Several(..) => Act::Several(draft, true), Reaches::OwnSurvey;
        Act::Days(..) => Act::Days(draft, 7), Reaches::OwnSurvey;
        Act::ByFamily(..) => Act::ByFamily(draft, false), Reaches::OwnSurvey;
        Act::More(_) => Act::More(draft), Reaches::OwnSurvey;
        // The draft stays one, so that it can be reached for by everybody.
        Act::Send(_) => Act::Send(open), Reaches::AskFamilies;
        Act::SendAnyway(_) => Act::SendAnyway(open), Reaches::AskFamilies;
        Act::Drop(_) => Act::Drop(open), Reaches::AskFamilies;
        Act::Remind(_) => Act::Remind(open), Reaches::AskFamilies;
        Act::Again(_) => Act::Again(open), Reaches::BeAsked;
        Act::Answer(_) => Act::Answer(question), Reaches::BeAsked;
        Act::Sheet(_) => Act::Sheet(open), Reaches::AskFamilies;
        Act::Chart(_) => Act::Chart(open), Reaches::AskFamilies;
        Act::Close(_) => Act::Close(open), Reaches::AskFamilies;
        Act::Share(_) => Act::Share(open), Reaches::AskFamilies;
    });
}

fn letters(presses: &mut Vec<Press>, target: Target) {
    use messages::letters::{
        Kind,
        press::{Act, View},
    };
    let (class, pupil, mailing, held) = (target.class, target.pupil, target.mailing, target.held);
    // One's own words are named by nobody else: there is none with this number.
    let template = TemplateId(1_000_000);
    rows!(presses, Act {
        Act::Begin(_) => Act::Begin(class), Reaches::WriteFamilies;
        Act::Pick(..) => Act::Pick(class, pupil, true, 0), Reaches::WriteFamilies;
        Act::PickAll(..) => Act::PickAll(class, true), Reaches::WriteFamilies;
        Act::About(..) => Act::About(class, Kind::Praise), Reaches::WriteFamilies;
        Act::Facts(..) => Act::Facts(class, false), Reaches::WriteFamilies;
        Act::Use(..) => Act::Use(class, template), Reaches::WriteFamilies;
        Act::Ready(..) => Act::Ready(class, 0), Reaches::WriteFamilies;
        Act::Keep(_) => Act::Keep(class), Reaches::WriteFamilies;
        Act::Forget(..) => Act::Forget(class, template), Reaches::WriteFamilies;
        Act::Send(..) => Act::Send(class, MailingId(1_000_000)), Reaches::WriteFamilies;
        Act::Drop(_) => Act::Drop(class), Reaches::WriteFamilies;
        Act::Remind(_) => Act::Remind(mailing), Reaches::WriteFamilies;
        Act::Recall(_) => Act::Recall(mailing), Reaches::WriteFamilies;
        Act::Read(..) => Act::Read(mailing, pupil), Reaches::OwnLetter;
        Act::Approve(_) => Act::Approve(held), Reaches::ReviewLetters;
        Act::ApproveHere(_) => Act::ApproveHere(held), Reaches::ReviewLetters;
        Act::Return(_) => Act::Return(held), Reaches::ReviewLetters;
        Act::ReturnHere(_) => Act::ReturnHere(held), Reaches::ReviewLetters;
        Act::Redo(_) => Act::Redo(held), Reaches::OwnHeld;
        Act::TakeBack(_) => Act::TakeBack(held), Reaches::OwnHeld;
        Act::UseShared(..) => Act::UseShared(class, template), Reaches::WriteFamilies;
        // What was laid aside is one's own; its class is asked for when it is taken up.
        Act::Resume(_) => Act::Resume(class), Reaches::Own;
        Act::Discard(_) => Act::Discard(class), Reaches::Own;
    });
    rows!(presses, View {
        View::Whom(..) => View::Whom(class, 0), Reaches::WriteFamilies;
        View::Kinds(_) => View::Kinds(class), Reaches::WriteFamilies;
        View::Preview(_) => View::Preview(class), Reaches::WriteFamilies;
        View::Templates(_) => View::Templates(class), Reaches::WriteFamilies;
        View::Sent(_) => View::Sent(mailing), Reaches::WriteFamilies;
        View::Outbox(..) => View::Outbox(class, 0), Reaches::WriteFamilies;
        View::AskRecall(_) => View::AskRecall(mailing), Reaches::WriteFamilies;
        View::Held(_) => View::Held(held), Reaches::SeeHeld;
        View::Waiting => View::Waiting, Reaches::Own;
        View::Returning(_) => View::Returning(held), Reaches::ReviewLetters;
        View::Shared(_) => View::Shared(class), Reaches::WriteFamilies;
    });
}

fn threads(presses: &mut Vec<Press>, target: Target) {
    use messages::threads::press::{Act, View};
    let (class, pupil, parent) = (target.class, target.pupil, target.parent);
    let (thread, message, staff) = (target.thread, target.message, target.staff);
    rows!(presses, Act {
        Act::Open(_) => Act::Open(thread), Reaches::Talk;
        Act::OpenHere(_) => Act::OpenHere(thread), Reaches::Talk;
        Act::Answer(_) => Act::Answer(thread), Reaches::Talk;
        Act::AnswerHere(_) => Act::AnswerHere(thread), Reaches::Talk;
        Act::AnswerLetter(..) => Act::AnswerLetter(target.mailing, pupil), Reaches::Family;
        Act::AskTeacher(..) => Act::AskTeacher(pupil, target.key.load), Reaches::Family;
        Act::Write(..) => Act::Write(parent, Some(pupil), None), Reaches::WriteParent;
        Act::PutLoose(_) => Act::PutLoose(thread), Reaches::Talk;
        Act::DropLoose => Act::DropLoose, Reaches::Own;
        Act::Stop => Act::Stop, Reaches::Own;
        Act::Close(_) => Act::Close(thread), Reaches::Talk;
        Act::TakeBack(_) => Act::TakeBack(message), Reaches::OwnMessage;
        Act::Files(..) => Act::Files(thread, 0), Reaches::Talk;
        Act::Show(_) => Act::Show(thread), Reaches::Talk;
        // In the end it isn't shown, so that the administration is as any other.
        Act::Hide(_) => Act::Hide(thread), Reaches::Talk;
        Act::OpenShown(_) => Act::OpenShown(thread), Reaches::Shown;
        Act::OpenShownHere(_) => Act::OpenShownHere(thread), Reaches::Shown;
        Act::HoursDay(..) => Act::HoursDay(staff, 5, true), Reaches::OwnHours;
        Act::HoursFrom(..) => Act::HoursFrom(staff, 9), Reaches::OwnHours;
        Act::HoursUntil(..) => Act::HoursUntil(staff, 17), Reaches::OwnHours;
        Act::HoursReset(_) => Act::HoursReset(staff), Reaches::OwnHours;
        Act::ShownFiles(..) => Act::ShownFiles(thread, 0), Reaches::Shown;
    });
    rows!(presses, View {
        View::List(_) => View::List(0), Reaches::Own;
        View::Thread(..) => View::Thread(thread, 0), Reaches::Talk;
        View::Writing => View::Writing, Reaches::Own;
        View::Waits(_) => View::Waits(message), Reaches::OwnMessage;
        View::New => View::New, Reaches::Own;
        View::Contacts(_) => View::Contacts(pupil), Reaches::Family;
        View::Colleagues(_) => View::Colleagues(0), Reaches::Staff;
        View::Classes => View::Classes, Reaches::StaffOfClasses;
        View::Pupils(..) => View::Pupils(class, 0), Reaches::WriteClass;
        View::Family(_) => View::Family(pupil), Reaches::WriteParent;
        View::Where => View::Where, Reaches::Own;
        View::Muted => View::Muted, Reaches::Own;
        View::AskShow(_) => View::AskShow(thread), Reaches::Talk;
        View::ShownList(_) => View::ShownList(0), Reaches::ListShown;
        View::ShownThread(..) => View::ShownThread(thread, 0), Reaches::Shown;
        View::Hours(_) => View::Hours(staff), Reaches::OwnHours;
    });
}

fn rules(presses: &mut Vec<Press>, Target { school, parent, .. }: Target) {
    use messages::mutes::Term;
    use messages::rules::press::{Act, View};
    rows!(presses, Act {
        Act::Pair(..) => Act::Pair(school, Pair::Staff, true), Reaches::KeepTalk;
        Act::Review(..) => Act::Review(school, false), Reaches::KeepTalk;
        Act::Mute(..) => Act::Mute(parent, Term::Day), Reaches::KeepTalk;
        // There is none with this number: whoever keeps the rules sees who doesn't write.
        Act::Lift(_) => Act::Lift(MuteId(1_000_000)), Reaches::KeepTalk;
        Act::AddWords(_) => Act::AddWords(school), Reaches::KeepWords;
        Act::DropWords(..) => Act::DropWords(school, TemplateId(1_000_000)), Reaches::KeepWords;
    });
    rows!(presses, View {
        View::Home(_) => View::Home(school), Reaches::KeepTalk;
        View::Mute(_) => View::Mute(parent), Reaches::KeepTalk;
        View::Mutes(..) => View::Mutes(school, 0), Reaches::KeepTalk;
        View::Muting(..) => View::Muting(parent, Term::Open), Reaches::KeepTalk;
        View::Words(_) => View::Words(school), Reaches::KeepWords;
        View::NewWords(_) => View::NewWords(school), Reaches::KeepWords;
    });
}

fn notices(presses: &mut Vec<Press>, Target { pupil, covered, .. }: Target) {
    use zhurnal::notices::press::{Act, View};
    use zhurnal::notices::settings::{Kind, Moment};
    rows!(presses, Act {
        Act::Turn(..) => Act::Turn(pupil, Kind::Marks, Moment::Evening), Reaches::Family;
        Act::Discreet(..) => Act::Discreet(pupil, true), Reaches::Family;
        Act::Quiet(..) => Act::Quiet(pupil, 22, 6), Reaches::Family;
        Act::Alarm(_) => Act::Alarm(pupil), Reaches::Family;
        Act::Show(_) => Act::Show(covered), Reaches::Covered;
    });
    rows!(presses, View {
        View::Home(_) => View::Home(pupil), Reaches::Family;
        View::Quiet(_) => View::Quiet(pupil), Reaches::Family;
    });
}

fn feedback(presses: &mut Vec<Press>, target: Target) {
    use zhurnal::feedback::press::{Act, View};
    let id = target.suggestion;
    rows!(presses, Act {
        Act::Write(_) => Act::Write(target.school), Reaches::Suggest;
        Act::Named(..) => Act::Named(1, true), Reaches::Own;
        Act::Send(..) => Act::Send(1, true), Reaches::Own;
        Act::Stop => Act::Stop, Reaches::Own;
        Act::Withdraw(_) => Act::Withdraw(id), Reaches::OwnSuggestion;
        Act::SeeHere(_) => Act::SeeHere(id), Reaches::OwnSuggestion;
        Act::Open(_) => Act::Open(id), Reaches::ReadSuggestions;
        Act::OpenHere(_) => Act::OpenHere(id), Reaches::ReadSuggestions;
        Act::Answer(_) => Act::Answer(id), Reaches::ReadSuggestions;
        Act::Replace(_) => Act::Replace(1), Reaches::Own;
        Act::Close(_) => Act::Close(id), Reaches::ReadSuggestions;
    });
    rows!(presses, View {
        View::Mine(_) => View::Mine(0), Reaches::Suggest;
        View::Writing => View::Writing, Reaches::Suggest;
        View::Preview => View::Preview, Reaches::Suggest;
        View::One(_) => View::One(id), Reaches::OwnSuggestion;
        View::Words(_) => View::Words(id), Reaches::OwnSuggestion;
        View::All(_) => View::All(0), Reaches::ReadSuggestions;
        View::Read(_) => View::Read(id), Reaches::ReadSuggestions;
        View::ReadAnswer(_) => View::ReadAnswer(id), Reaches::ReadSuggestions;
        View::Answering => View::Answering, Reaches::ReadSuggestions;
        View::Clash => View::Clash, Reaches::ReadSuggestions;
    });
}

fn absences(presses: &mut Vec<Press>, target: Target) {
    use zhurnal::absences::press::{Act, View};
    use zhurnal::absences::{Days, Reason, Told};
    let (id, asked, pupil, class) = (target.absence, target.inquiry, target.pupil, target.class);
    // Two weeks on, when nobody has told of anything.
    let day = target.key.date + chrono::Days::new(14);
    let days = Days {
        pupil,
        from: day,
        to: day,
    };
    let told = Told {
        days,
        reason: Reason::Ill,
    };
    rows!(presses, Act {
        Act::OtherDay(_) => Act::OtherDay(pupil), Reaches::TellAbsence;
        Act::Choose(_) => Act::Choose(told), Reaches::TellAbsence;
        Act::Send(_) => Act::Send(told), Reaches::TellAbsence;
        Act::Stop(_) => Act::Stop(pupil), Reaches::TellAbsence;
        Act::End(..) => Act::End(id, day), Reaches::TellAbsence;
        Act::Withdraw(_) => Act::Withdraw(id), Reaches::TellAbsence;
        Act::ShowNote(_) => Act::ShowNote(id), Reaches::SeeAbsence;
        Act::OtherReason(_) => Act::OtherReason(asked), Reaches::TellAbsence;
        Act::DontKnow(_) => Act::DontKnow(asked), Reaches::TellAbsence;
        Act::Because(..) => Act::Because(asked, Reason::Other), Reaches::TellAbsence;
        Act::Ill(_) => Act::Ill(asked), Reaches::TellAbsence;
        Act::Accept(_) => Act::Accept(id), Reaches::KeepAbsences;
        Act::AcceptHere(_) => Act::AcceptHere(id), Reaches::KeepAbsences;
        Act::Explain(_) => Act::Explain(told), Reaches::KeepAbsences;
        Act::Ask(_) => Act::Ask(days), Reaches::KeepAbsences;
        Act::AskAll(_) => Act::AskAll(class), Reaches::KeepAbsences;
        Act::OpenHere(_) => Act::OpenHere(class), Reaches::KeepAbsences;
    });
    rows!(presses, View {
        View::When(_) => View::When(pupil), Reaches::TellAbsence;
        View::Dates(..) => View::Dates(pupil, 0), Reaches::TellAbsence;
        View::First(..) => View::First(pupil, 0), Reaches::TellAbsence;
        View::Last(..) => View::Last(pupil, day, 0), Reaches::TellAbsence;
        View::Why(_) => View::Why(days), Reaches::TellAbsence;
        View::Preview => View::Preview, Reaches::Suggest;
        View::Note => View::Note, Reaches::Suggest;
        View::Mine(_) => View::Mine(pupil), Reaches::TellAbsence;
        View::One(_) => View::One(id), Reaches::TellAbsence;
        View::Until(..) => View::Until(id, 0), Reaches::TellAbsence;
        View::AskedWhy(_) => View::AskedWhy(asked), Reaches::TellAbsence;
        View::TutorKnows(_) => View::TutorKnows(asked), Reaches::TellAbsence;
        View::Class(_) => View::Class(class), Reaches::KeepAbsences;
        View::Unknown(_) => View::Unknown(days), Reaches::KeepAbsences;
        View::Read(_) => View::Read(id), Reaches::KeepAbsences;
        View::Month(..) => View::Month(class, day, 0), Reaches::KeepAbsences;
    });
}

/// A new feature makes the compiler ask here: its rows belong to the matrix.
const fn _is_in_the_matrix(pressed: Pressed) {
    match pressed {
        Pressed::Act(
            Act::People(_)
            | Act::Lessons(_)
            | Act::Lock(_)
            | Act::Entry(_)
            | Act::Passes(_)
            | Act::Workbook(_)
            | Act::Announcements(_)
            | Act::Surveys(_)
            | Act::Letters(_)
            | Act::Threads(_)
            | Act::Feedback(_)
            | Act::Rules(_)
            | Act::Absences(_)
            | Act::Notices(_)
            | Act::Diary(_)
            | Act::Control(_),
        ) => {}
        Pressed::View(view) | Pressed::FromNotice(view) => match view {
            View::Menu
            | View::Stay
            | View::Today
            | View::Child(_)
            | View::Class(..)
            | View::Asked(_)
            | View::People(_)
            | View::Lessons(_)
            | View::Diary(_)
            | View::Lock(_)
            | View::Trail(_)
            | View::Entry(_)
            | View::Passes(_)
            | View::Workbook(_)
            | View::Announcements(_)
            | View::Surveys(_)
            | View::Letters(_)
            | View::Threads(_)
            | View::Feedback(_)
            | View::Rules(_)
            | View::Absences(_)
            | View::Notices(_)
            | View::Progress(_)
            | View::Control(_) => {}
        },
    }
}

/// Every role that is given by name has its person in the matrix.
pub fn holder(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Савельева",
        Role::Director => "Воронцов",
        Role::Head => "Артемьева",
        Role::Secretary => "Лукина",
        Role::Operator => "Хан",
    }
}
