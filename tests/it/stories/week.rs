//! A school week: a class's teachers log every lesson of it, and parents who wish it differently hear of it.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use zhurnal::access::{Actor, Identity};
use zhurnal::ids::{Account, ClassId, LessonId, PersonId};
use zhurnal::lessons::cell::{Change, Sign, Value};
use zhurnal::lessons::replay::{self, Page, Press};
use zhurnal::lessons::{self, Homework};
use zhurnal::notices::{self, Facts, hear::SETTLE};
use zhurnal::people::Invitee;
use zhurnal::timetable::{self, Standing};
use zhurnal::words::dates;
use zhurnal::{jobs, school};

use super::press_all;
use crate::support::phone::Phone;
use crate::support::school::School;
use crate::support::story;

story!(a_week_is_told_as_it_is_wished_and_what_was_told_last_is_so);

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Vladivostok;
/// Monday.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();

/// A family of the class.
struct Family {
    phone: Phone,
    parent: PersonId,
    child: PersonId,
}

impl Family {
    async fn of(school: &School, parent: &str, child: &str) -> Self {
        let person = school.person(&Invitee::Parent(String::new()), parent).await;
        Self {
            phone: school.phone_of(&person).await,
            parent: person.id,
            child: school.person(&Invitee::Pupil(String::new()), child).await.id,
        }
    }

    /// How many messages of the bot are in the chat.
    fn messages(&self) -> usize {
        let chat = self.phone.telegram().chat(self.phone.user);
        chat.iter().filter(|it| it.from_bot).count()
    }
}

/// The clock goes on to a time of a day, and all that is due leaves.
async fn until(school: &School, day: NaiveDate, hour: u32) {
    let there = dates::moment(day, notices::settings::at(hour), ZONE);
    school.clock.advance(there - school.now());
    school.quiet().await;
}

/// Who does what in a lesson: every child of a family has something every other lesson.
fn presses(idx: usize, at: DateTime<Utc>, families: &[&Family]) -> Vec<(DateTime<Utc>, Press)> {
    let mut presses = vec![
        (at, Press::Topic(format!("Тема {idx}"))),
        (at, Press::Homework(Homework::Text(format!("№ {idx}")))),
    ];
    for (n, family) in families.iter().enumerate() {
        let change = match (idx + n) % 4 {
            0 => Change::Put(Value::Five),
            1 => Change::Put(Value::Four),
            2 => Change::Sign(Some(Sign::Late)),
            _ => continue,
        };
        presses.push((at, Press::Cell(family.child, change, None)));
    }
    presses
}

/// The lessons of the class on a day, written as their teachers would; their pages and rows.
async fn written(school: &School, class: ClassId, day: NaiveDate, families: &[&Family]) -> Vec<(Page, LessonId)> {
    let mut view = school.db.snapshot().await.unwrap();
    let mut pages = Vec::new();
    let planned = timetable::store::class_day(&mut view, class, day).await.unwrap();
    for (idx, planned) in planned.into_iter().enumerate() {
        // Groups have pupils of their own.
        let Some((_, ends)) = planned.bell.filter(|_| planned.standing == Standing::Held) else {
            continue;
        };
        if planned.load.group_id.is_some() {
            continue;
        }
        let person = planned.substitute.unwrap_or(planned.load.teacher_id);
        let actor = Actor {
            guard: None,
            account: Account {
                transport: "telegram",
                id: 1,
            },
            identities: vec![Identity {
                is_staff: true,
                lock_after_minutes: 0,
                person,
                school: planned.load.school_id,
                duties: Vec::new(),
            }],
        };
        let lesson = lessons::store::lesson(&mut view, planned.key).await.unwrap().unwrap();
        let due = timetable::store::due(&mut view, &planned).await.unwrap();
        let at = dates::moment(day, ends, ZONE) - TimeDelta::minutes(5);
        let mut page = Page::open(&actor, planned, lesson.pupils, due).unwrap();
        for (at, press) in presses(idx + day.day() as usize, at, families) {
            page.press(at, &press).unwrap();
        }
        pages.push(page);
    }
    drop(view);
    keep(school, &mut pages)
        .await
        .into_iter()
        .zip(pages)
        .map(|(id, page)| (page, id))
        .collect()
}

/// Writes pages; their news has settled a minute before the clock's next step.
async fn keep(school: &School, pages: &mut [Page]) -> Vec<LessonId> {
    let mut tx = school.db.begin().await.unwrap();
    let mut open: Vec<&mut Page> = pages.iter_mut().collect();
    let ids = replay::store::write(&mut tx, &open).await.unwrap();
    let mut found = Vec::new();
    for page in &mut open {
        let id = ids[&page.key()];
        jobs::store::schedule(&mut tx, SETTLE, id.0, school.now() + TimeDelta::minutes(1))
            .await
            .unwrap();
        page.was_written();
        found.push(id);
    }
    tx.commit().await.unwrap();
    found
}

async fn a_week_is_told_as_it_is_wished_and_what_was_told_last_is_so(school: &School) {
    school.digests_come().await;
    let at_once = Family::of(school, "Ким Ирина", "Ким Михаил").await;
    let evening = Family::of(school, "Иванова", "Иванов Павел").await;
    let weekly = Family::of(school, "Белова", "Белова Ксения").await;
    let never = Family::of(school, "Зайцева", "Зайцев Никита").await;
    let families = [&at_once, &evening, &weekly, &never];
    for (family, presses) in [(&evening, 1), (&weekly, 2), (&never, 3)] {
        family.phone.says("/settings").await;
        family.phone.press("Уведомления").await;
        for kind in ["Отметки: ", "Пропуски: "] {
            for _ in 0..presses {
                family.phone.press_starting(kind).await;
            }
        }
    }
    // Only marks and absences are counted here.
    for family in [&weekly, &never] {
        press_all(
            &family.phone,
            &["Домашние задания: вечером", "Изменения уроков: вечером"],
        )
        .await;
    }
    until(school, FIRST, 8).await;
    let before = families.map(Family::messages);
    let mut view = school.db.snapshot().await.unwrap();
    let (class, ..) = school::store::class_of(&mut view, at_once.child, FIRST)
        .await
        .unwrap()
        .unwrap();
    drop(view);
    let mut all: Vec<(Page, LessonId)> = Vec::new();
    let mut of_child = 0;
    for day in (0..5).filter_map(|days| FIRST.checked_add_days(Days::new(days))) {
        until(school, day, 15).await;
        let lessons = written(school, class, day, &families).await;
        of_child += lessons
            .iter()
            .filter(|(page, _)| page.lesson().cells.contains_key(&at_once.child))
            .count();
        all.extend(lessons);
        if day.weekday() == chrono::Weekday::Wed {
            // Monday's first mark of each child is put right.
            correct(school, &mut all, &families).await;
        }
        until(school, day, 16).await;
        until(school, day, 20).await;
    }
    let came: Vec<usize> = families
        .iter()
        .zip(before)
        .map(|(it, before)| it.messages() - before)
        .collect();
    // A message a lesson with something in it, one for the correction, a digest each evening.
    assert_eq!(came[0], of_child + 1 + 5, "{}", at_once.phone.chat());
    assert_eq!(came[1], 5, "{}", evening.phone.chat());
    assert_eq!(came[2], 1, "{}", weekly.phone.chat());
    assert_eq!(came[3], 0, "{}", never.phone.chat());
    // Whatever was wished, what is known in the end is what stands in the journal.
    let mut view = school.db.snapshot().await.unwrap();
    for family in &families {
        for (page, id) in &all {
            let lesson = lessons::store::lesson(&mut view, page.key()).await.unwrap().unwrap();
            let so = Facts::of(&lesson, &lesson.cell(family.child), None);
            let told = notices::store::told(&mut view, family.parent, family.child, *id)
                .await
                .unwrap();
            let told = told.map(|it| it.0).unwrap_or_default();
            assert_eq!(
                (told.sign, told.marks),
                (so.sign, so.marks),
                "{}\n{}",
                family.phone.user,
                family.phone.chat()
            );
        }
    }
}

/// A five of Monday becomes a three.
async fn correct(school: &School, all: &mut [(Page, LessonId)], families: &[&Family]) {
    for family in families {
        let five = all.iter_mut().find(|(page, _)| {
            let cell = page.lesson().cell(family.child);
            page.key().date == FIRST && cell.marks.iter().any(|it| it.value == Value::Five)
        });
        let (page, _) = five.expect("every child has a five on Monday");
        let change = Change::Replace(Value::Five, Value::Three);
        let press = Press::Cell(family.child, change, None);
        page.press(school.now(), &press).unwrap();
        keep(school, std::slice::from_mut(page)).await;
    }
}
