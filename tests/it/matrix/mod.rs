//! The matrix of rights over the wire: every press there is × every role × {own, other class, other child, other school,
//! former}. Whoever may not gets no letter of it, and nothing is written.

pub mod digest;
mod rows;

use zhurnal::access::Role;
use zhurnal::demo::telegram::Sent;
use zhurnal::ids::{QuestionId, SentPollId, SurveyId};
use zhurnal::people::{self, Invitee, Person};
use zhurnal::school::import::{How, NewName, Outcome, Source, import_as};
use zhurnal::timetable::{self, LessonKey};
use zhurnal::words::{Locale, text};

use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;
use crate::support::workbook::school_of_today;
use rows::{Press, Reaches, Target, holder, presses};

/// What stands in the target's topic, homework and name: nobody else has it on a screen.
const SECRET: &str = "Тайн";
/// What stands in the lesson only.
const LESSONS_SECRET: &str = "Тайная тема";

/// Somebody with a phone, and what of the target is theirs.
struct Somebody {
    who: String,
    phone: Phone,
    may: Vec<Reaches>,
}

story!(every_press_reaches_only_what_is_ones_own);

async fn every_press_reaches_only_what_is_ones_own(school: &School) {
    let target = prepare(school).await;
    let everybody = everybody(school).await;
    let presses = presses(target);
    for somebody in &everybody {
        press_all(school, somebody, &presses).await;
    }
    // What was theirs is taken from them: the very same phones with the very same buttons.
    for sql in FORMER {
        school.change(sql).await;
    }
    for mut former in everybody {
        // Those who oversee the school still do.
        if former.who.starts_with("former") {
            // A letter that came is in one's chat; a mother of two is a parent of the school still, and the head of another
            // stage a head.
            former.may.retain(|it| {
                matches!(
                    it,
                    Reaches::HasCopy | Reaches::Suggest | Reaches::OwnSuggestion | Reaches::KeepWords
                )
            });
            press_all(school, &former, &presses).await;
        }
    }
}

/// Presses everything; what isn't the person's own must neither show nor write anything.
async fn press_all(school: &School, somebody: &Somebody, presses: &[Press]) {
    let may = |press: &&Press| press.reaches == Reaches::Own || somebody.may.contains(&press.reaches);
    let refusals: Vec<String> = [
        "lesson_not_yours",
        "diary_not_yours",
        "no_section",
        "people_not_yours",
        "survey_not_yours",
        "talk_not_yours",
        "suggestion_not_yours",
    ]
    .map(|key| text(Locale::Ru, &format!("access.{key}"), &[]))
    .to_vec();
    for press in presses.iter().filter(may).filter(|it| it.reaches != Reaches::Own) {
        somebody.press(press).await;
        let toast = somebody.phone.toast();
        assert!(
            !refusals.contains(&toast),
            "{} may do {}, and got: {toast}",
            somebody.who,
            press.name
        );
    }
    // Slips that were asked for are printed first.
    school.quiet().await;
    let before = digest::of(school).await;
    let n_calls = school.telegram.count_calls(|_| true);
    for press in presses.iter().filter(|press| !may(press)) {
        somebody.press(press).await;
    }
    // Screens are drawn in order: when the menu is there, so was everything before it.
    somebody.phone.says("/start").await;
    // Whoever may look at the child knows its name.
    let secret = if somebody.may.contains(&Reaches::ReadChild) {
        LESSONS_SECRET
    } else {
        SECRET
    };
    for call in school.telegram.calls().split_off(n_calls) {
        let about = call.params.to_string();
        if call.chat == Some(somebody.phone.user) || call.chat.is_none() {
            assert!(!about.contains(secret), "{} saw: {about}", somebody.who);
        }
    }
    let after = digest::of(school).await;
    assert_eq!(after, before, "{} wrote something that isn't theirs", somebody.who);
}

impl Somebody {
    async fn press(&self, press: &Press) {
        let message = self.phone.last().message_id;
        self.phone.press_data(message, press.payload.as_str()).await;
    }
}

/// The target: a lesson with a secret topic, and a child with a secret name.
async fn prepare(school: &School) -> Target {
    for sql in SECRETS {
        school.change(sql).await;
    }
    let teacher = school.staff("Смирнова").await;
    teacher.says("/today").await;
    teacher.press_ending("7А алгебра").await;
    teacher.says("Тайная тема").await;
    teacher.says("Тайное задание").await;
    for caption in ["Тайный план", ""] {
        let bytes = vec![0xff, 0xd8];
        let caption = caption.to_owned();
        teacher.sends(Sent::Photo { bytes, caption }).await;
    }
    let number = |sql| school.number(sql, school.now());
    school.parent("Волкова").await;
    let surveys = ask_the_class(school, &teacher).await;
    let key = LessonKey {
        load: zhurnal::ids::LoadId(
            number("SELECT load_id FROM lessons WHERE topic IS NOT NULL AND first_press_at <= $1").await,
        ),
        date: zhurnal::words::dates::local(school.now(), chrono_tz::Asia::Vladivostok).date(),
        number: number("SELECT number FROM lessons WHERE topic IS NOT NULL AND first_press_at <= $1").await,
    };
    let planned = timetable::store::lesson(&mut school.db.snapshot().await.unwrap(), key)
        .await
        .unwrap();
    let load = planned.unwrap().load;
    Target {
        school: load.school_id,
        class: load.class_id,
        staff: school.person(&Invitee::Staff(String::new()), "Гусев").await.id,
        key,
        lesson: zhurnal::ids::LessonId(number("SELECT id FROM lessons WHERE topic IS NOT NULL AND first_press_at <= $1").await),
        enclosed: number("SELECT MIN(id) FROM homework_files WHERE added_at <= $1").await,
        pupil: school.person(&Invitee::Pupil(String::new()), "Волкова Тайна").await.id,
        parent: school.person(&Invitee::Parent(String::new()), "Волкова").await.id,
        book: number("SELECT id FROM workbooks WHERE sent_at <= $1").await,
        announcement: number("SELECT id FROM announcements WHERE created_at <= $1").await,
        surveys,
        question: QuestionId(
            number("SELECT MIN(q.id) FROM survey_questions q JOIN surveys s ON s.id = q.survey_id WHERE q.kind = 'open' AND s.created_at <= $1").await,
        ),
        poll: SentPollId(
            number("SELECT MIN(p.id) FROM survey_polls p JOIN survey_questions q ON q.id = p.question_id JOIN surveys s ON s.id = q.survey_id WHERE s.created_at <= $1").await,
        ),
        thread: zhurnal::ids::ThreadId(number("SELECT id FROM threads WHERE opened_at <= $1").await),
        message: zhurnal::ids::MessageId(number("SELECT id FROM messages WHERE at <= $1").await),
        suggestion: zhurnal::ids::SuggestionId(number("SELECT id FROM suggestions WHERE sent_at <= $1").await),
        mailing: zhurnal::ids::MailingId(number("SELECT id FROM mailings WHERE sent_at <= $1").await),
        held: zhurnal::ids::HeldLetterId(number("SELECT id FROM held_letters WHERE held_at <= $1").await),
        absence: zhurnal::ids::AbsenceId(number("SELECT id FROM absences WHERE at <= $1").await),
        inquiry: zhurnal::ids::InquiryId(number("SELECT id FROM absence_inquiries WHERE asked_at <= $1").await),
        covered: number("SELECT MIN(id) FROM covered_letters WHERE shown_until IS NULL OR shown_until <= $1").await,
        revocable: school.person(&Invitee::Parent(String::new()), "Белова").await.id,
    }
}

/// A survey that is open, with an answer in words, and a draft.
async fn ask_the_class(school: &School, tutor: &Phone) -> (SurveyId, SurveyId) {
    let newest = || async {
        SurveyId(
            school
                .number("SELECT MAX(id) FROM surveys WHERE created_at <= $1", school.now())
                .await,
        )
    };
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    tutor.says("Тайный вопрос?\nда\nнет").await;
    tutor.press("Ещё вопрос").await;
    tutor.says("Тайное мнение?").await;
    tutor.press("Отправить · 1").await;
    school.quiet().await;
    let open = newest().await;
    tutor.says("/survey").await;
    tutor.press("Новый опрос").await;
    tutor.says("Тайный черновик?\nда\nнет").await;
    (open, newest().await)
}

const SECRETS: &[&str] = &[
    "UPDATE schools SET weekly_signature = TRUE",
    "UPDATE people SET name = 'Тайна' WHERE surname = 'Волкова' AND name = 'Анна'",
    "INSERT INTO workbooks (school_id, person_id, transport, account, name, file, state, added, changed, removed, problems,
                            marks, told, renamed, asks_renamed, sent_at)
     SELECT school_id, id, 'telegram', 100000 + id, 'Тайная тема.xlsx', 'x', 'refused', 0, 0, 0, 1, 1, '', FALSE, FALSE,
            '2026-11-24 00:00:00+00:00' FROM people WHERE code = 'с13'",
    "INSERT INTO announcements (school_id, author_id, transport, account, audience, office, office_of, text, acknowledged, state,
                                created_at, due_at, corrections, reminders)
     SELECT p.school_id, p.id, 'telegram', 100000 + p.id, '{\"Parents\":{\"Class\":' || t.class_id || '}}', 'tutor', '7А',
            'Тайное собрание', FALSE, 'sent', '2026-11-24 00:00:00+00:00', '2026-11-24 00:00:00+00:00', 0, 0
     FROM people p JOIN class_tutors t ON t.person_id = p.id WHERE p.code = 'с1'",
    "INSERT INTO announcement_copies (announcement_id, person_id, transport, account, locale, key)
     SELECT n.id, g.parent_id, 'telegram', 100000 + g.parent_id, 'ru', 'copy' || g.parent_id
     FROM announcements n, guardians g JOIN people p ON p.id = g.pupil_id WHERE p.surname = 'Волкова' AND p.name = 'Тайна'",
    "INSERT INTO mailings (school_id, class_id, author_id, kind, words, sent_at)
     SELECT p.school_id, t.class_id, p.id, 'praise', 'Тайная тема', '2026-11-24 00:00:00+00:00'
     FROM people p JOIN class_tutors t ON t.person_id = p.id WHERE p.code = 'с1'",
    "INSERT INTO held_letters (school_id, class_id, author_id, draft, held_at, state, remark)
     SELECT p.school_id, t.class_id, p.id,
            '{\"class\":' || t.class_id || ',\"after\":0,\"kind\":\"Behaviour\",\"words\":\"Тайная тема\"}',
            '2026-11-24 00:00:00+00:00', 'waiting', ''
     FROM people p JOIN class_tutors t ON t.person_id = p.id WHERE p.code = 'с1'",
    "INSERT INTO threads (school_id, opener_id, other_id, pupil_id, opened_at, last_at)
     SELECT p.school_id, g.parent_id, t.id, p.id, '2026-11-24 00:00:00+00:00', '2026-11-24 00:00:00+00:00'
     FROM people p JOIN guardians g ON g.pupil_id = p.id JOIN people v ON v.id = g.parent_id AND v.surname = 'Волкова'
     JOIN people t ON t.code = 'с1'
     WHERE p.surname = 'Волкова' AND p.name = 'Тайна'",
    "INSERT INTO messages (thread_id, author_id, words, at, due_at)
     SELECT id, opener_id, 'Тайная тема', '2026-11-24 00:00:00+00:00', '2026-11-24 00:00:00+00:00' FROM threads",
    "INSERT INTO suggestions (school_id, author_id, words, sent_at, read_at, answers)
     SELECT p.school_id, p.id, 'Тайная тема', '2026-11-24 00:00:00+00:00', '2026-11-24 00:00:00+00:00', 0
     FROM people p JOIN guardians g ON g.parent_id = p.id JOIN people c ON c.id = g.pupil_id
     WHERE p.surname = 'Волкова' AND c.surname = 'Волкова' AND c.name = 'Тайна'",
    "INSERT INTO absences (pupil_id, starts, ends, reason, words, by_id, at, by_family)
     SELECT c.id, '2026-12-01', '2026-12-02', 'another', 'Тайная тема', p.id, '2026-11-24 00:00:00+00:00', TRUE
     FROM people p JOIN guardians g ON g.parent_id = p.id JOIN people c ON c.id = g.pupil_id
     WHERE p.surname = 'Волкова' AND c.surname = 'Волкова' AND c.name = 'Тайна'",
    "INSERT INTO absence_inquiries (pupil_id, starts, ends, asked_at)
     SELECT id, '2026-11-24', '2026-11-24', '2026-11-24 00:00:00+00:00' FROM people WHERE surname = 'Волкова' AND name = 'Тайна'",
    "INSERT INTO covered_letters (key, transport, account, person_id, pupils, content, cover, turns)
     SELECT 'notice:1:1:' || g.parent_id, 'telegram', 100000 + g.parent_id, g.parent_id, CAST(c.id AS TEXT),
            '{\"text\":\"Тайная тема\",\"rows\":[]}', '{\"text\":\"Новое\",\"rows\":[]}', 0
     FROM people c, guardians g JOIN people b ON b.id = g.pupil_id AND b.surname = 'Белова'
     WHERE c.surname = 'Волкова' AND c.name = 'Тайна'",
];

/// The load goes to another, the tutor and the guardians change, the pupil leaves, the head has another stage.
const FORMER: [&str; 6] = [
    "UPDATE loads SET teacher_id = (SELECT id FROM people WHERE code = 'с18')
     WHERE teacher_id = (SELECT id FROM people WHERE code = 'с1')",
    "UPDATE slot_changes SET substitute_id = (SELECT id FROM people WHERE code = 'с18')
     WHERE substitute_id = (SELECT id FROM people WHERE code = 'с1')",
    "UPDATE class_tutors SET person_id = (SELECT id FROM people WHERE code = 'с18')
     WHERE person_id = (SELECT id FROM people WHERE code = 'с1')",
    "DELETE FROM guardians WHERE pupil_id IN (SELECT id FROM people WHERE surname = 'Волкова' AND name = 'Тайна')",
    "UPDATE staff_roles SET from_grade = 10, to_grade = 11 WHERE role = 'head_of_stage'",
    "DELETE FROM accounts WHERE person_id IN (SELECT id FROM people WHERE surname = 'Волкова' AND name = 'Тайна')",
];

#[expect(clippy::too_many_lines, reason = "a list")]
async fn everybody(school: &School) -> Vec<Somebody> {
    use Reaches::{
        Announce, Announced, AskFamilies, BeAsked, Family, HasCopy, KeepAbsences, ManageAccess, Oneself, Oversee,
        OverseeStaff, OwnChild, OwnHeld, OwnMessage, OwnSuggestion, OwnSurvey, ReadAccess, ReadChild, ReadLesson,
        ReadProgress, ReadSuggestions, ReviewLetters, SeeAbsence, SeeHeld, SentPoll, Staff, StaffOfClasses, Suggest,
        Talk, TellAbsence, Told, WriteClass, WriteFamilies, WriteLesson, WriteParent,
    };
    // Whoever teaches, leads or oversees the child.
    let colleague = [Staff, StaffOfClasses, WriteClass, WriteParent, ReadProgress];
    let somebody = |who: &str, phone: Phone, may: &[Reaches]| Somebody {
        who: who.to_owned(),
        phone,
        may: may.to_vec(),
    };
    let mut all = vec![
        somebody(
            "former: the teacher, who is the tutor too",
            school.staff("Смирнова").await,
            &[
                WriteLesson,
                ReadLesson,
                ReadChild,
                ReadProgress,
                ReadAccess,
                ManageAccess,
                Announce,
                Announced,
                Told,
                AskFamilies,
                OwnSurvey,
                SentPoll,
                WriteFamilies,
                KeepAbsences,
                SeeAbsence,
                OwnHeld,
                SeeHeld,
                Talk,
                Staff,
                StaffOfClasses,
                WriteClass,
                WriteParent,
            ],
        ),
        somebody("a teacher of the same class", school.staff("Орлова").await, &colleague),
        somebody("the tutor of another class", school.staff("Фомина").await, &colleague),
        somebody(
            "former: the parent",
            school.parent("Волкова").await,
            &[
                ReadChild,
                Oneself,
                OwnChild,
                Family,
                Talk,
                OwnMessage,
                HasCopy,
                Told,
                BeAsked,
                SentPoll,
                Suggest,
                OwnSuggestion,
                TellAbsence,
                SeeAbsence,
            ],
        ),
        somebody(
            "the parent of another child",
            school.parent("Иванова").await,
            &[Suggest],
        ),
        somebody(
            "former: the pupil",
            school.pupil("Волкова Тайна").await,
            &[ReadChild, Family, Reaches::TickHomework],
        ),
        somebody("another pupil of the class", school.pupil("Белова").await, &[]),
        somebody("a pupil of another class", school.pupil("Андреева").await, &[]),
        somebody("a stranger", stranger(school).await, &[]),
    ];
    for role in Role::ALL {
        let (who, may): (&str, &[Reaches]) = match role {
            Role::Administrator => (
                "the administrator",
                &[
                    ReadLesson,
                    ReadChild,
                    ReadProgress,
                    ReadAccess,
                    ManageAccess,
                    Announce,
                    AskFamilies,
                    Oversee,
                    OverseeStaff,
                    Reaches::KeepLocks,
                    Reaches::KeepRights,
                    Reaches::LoadSchool,
                    Reaches::KeepTalk,
                    Reaches::AskSignatures,
                    Reaches::KeepWords,
                    Reaches::ListShown,
                    Reaches::ReadTrail,
                    ReadSuggestions,
                    Staff,
                    StaffOfClasses,
                    WriteClass,
                    WriteParent,
                ],
            ),
            Role::Director => (
                "the director",
                &[
                    ReadLesson,
                    ReadChild,
                    ReadProgress,
                    ReadAccess,
                    Announce,
                    AskFamilies,
                    Oversee,
                    OverseeStaff,
                    ReviewLetters,
                    SeeHeld,
                    Reaches::ListShown,
                    Reaches::ReadTrail,
                    ReadSuggestions,
                    Staff,
                    StaffOfClasses,
                    WriteClass,
                    WriteParent,
                ],
            ),
            Role::Head => (
                "former: the head of the stage",
                &[
                    ReadLesson,
                    ReadChild,
                    ReadProgress,
                    ReadAccess,
                    Announce,
                    AskFamilies,
                    Oversee,
                    ReviewLetters,
                    SeeHeld,
                    Reaches::KeepWords,
                    Staff,
                    StaffOfClasses,
                    WriteClass,
                    WriteParent,
                ],
            ),
            Role::Secretary => ("the secretary", &[Staff]),
            Role::Operator => ("the operator", &[Staff]),
        };
        all.push(somebody(who, school.staff(holder(role)).await, may));
    }
    for (who, person) in of_another_school(school).await {
        all.push(somebody(&who, school.phone_of(&person).await, &[]));
    }
    all
}

async fn stranger(school: &School) -> Phone {
    let stranger = school.stranger(77);
    stranger.says("/start").await;
    stranger
}

/// The administrator and teacher, a parent and a pupil of another school in the same journal.
async fn of_another_school(school: &School) -> Vec<(String, Person)> {
    let workbook = school_of_today(school.now());
    let how = How {
        new_name: NewName::Another,
        ..How::default()
    };
    let loaded = import_as(&school.db, Source::File(workbook), &how, school.now())
        .await
        .unwrap();
    assert!(matches!(loaded, Outcome::Done(_)), "{loaded:?}");
    let kinds: [fn(String) -> Invitee; 3] = [Invitee::Staff, Invitee::Parent, Invitee::Pupil];
    let mut found = Vec::new();
    for kind in kinds {
        let kind = kind(String::new());
        let people = people::store::invitable(&mut school.db.snapshot().await.unwrap(), &kind)
            .await
            .unwrap();
        let newest = people.iter().map(|(person, _)| person.school).max().unwrap();
        let (person, _) = people.into_iter().find(|(person, _)| person.school == newest).unwrap();
        found.push((format!("of another school: {kind:?}"), person));
    }
    found
}
