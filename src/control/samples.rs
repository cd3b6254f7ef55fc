//! Samples of control: debts of every kind with names as long as they come, and none.

use chrono::NaiveDate;

use super::press::{Act, View};
use super::screens::{self, Away, ClassDay, Line};
use super::{Debt, Lack};
use crate::absences::Reason;
use crate::chat::{Payload, Screen};
use crate::ids::{ClassId, SchoolId};
use crate::lessons::screens::samples::planned;
use crate::people::passes::Class;
use crate::timetable::Standing;
use crate::words::Locale;

const CLASS: ClassId = ClassId(9_876_543_210);
const SCHOOL: SchoolId = SchoolId(9_876_543_210);
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let views = [View::Mine(1), View::Class(CLASS, 1), View::School(SCHOOL, 1)];
    let mut all: Vec<Payload> = views.iter().map(Payload::of).collect();
    all.push(Payload::of(&Act::Remind(CLASS)));
    all
}

fn debts(n: usize) -> Vec<Debt> {
    let debt = |idx: usize| {
        let mut planned = planned(1 + i64::try_from(idx % 8).unwrap(), Standing::Held);
        planned.load.subject = "Литературное чтение на родном (русском) языке и письмо".to_owned();
        planned.load.group_title = Some("Английский язык для продолжающих, гр. 2".to_owned());
        if idx.is_multiple_of(2) {
            planned.key.date = TODAY;
        }
        Debt {
            planned,
            lacks: vec![Lack::Topic, Lack::Homework, Lack::Attendance, Lack::Marks],
        }
    };
    (0..n).map(debt).collect()
}

fn away(n: usize) -> Vec<Away> {
    let of = |idx: usize| Away {
        pupil: "Константинопольская-Преображенская Александра".to_owned(),
        sign: ["absent", "ill", "excused"][idx % 3].to_owned(),
        since: 7,
        reason: (idx % 2 == 1).then_some(Reason::Ill),
        is_reached: false,
    };
    (0..n).map(of).collect()
}

/// Every screen.
pub fn samples(locale: Locale) -> Vec<(String, Screen)> {
    let teacher = "Константинопольская-Преображенская Е. В.";
    let mut all = Vec::new();
    let mut add = |name: &str, screen: Screen| all.push((format!("control, {name}"), screen));
    for n in [0, 1, 8, 40] {
        let debts = debts(n);
        for page in [0, 1, 255] {
            add("mine", screens::mine(locale, &debts, (TODAY, page)));
            let lines = debts.iter().map(|debt| Line {
                debt,
                teacher: teacher.to_owned(),
            });
            let day = ClassDay {
                class: (CLASS, "11Ю"),
                now: TODAY.and_hms_opt(12, 30, 0).unwrap(),
                away: away(n),
                lines: lines.collect(),
                n_others: n,
                is_tutor: n.is_multiple_of(2),
            };
            add("class", screens::class(locale, &day, page));
        }
        add("evening", screens::evening(locale, &debts, TODAY));
        let few: Vec<&Debt> = debts.iter().collect();
        add("reminder", screens::reminder(locale, ("11Ю", teacher), &few, TODAY));
    }
    let class = Class {
        id: CLASS,
        name: "11Ю".to_owned(),
    };
    let row = |n: usize| (class.clone(), n, vec![teacher.to_owned(); n]);
    let rows: Vec<_> = (0..8).map(|n| row(n * 20)).collect();
    for page in [0, 1] {
        add(
            "overview",
            screens::overview(locale, ("Заполнение", SCHOOL), &rows, (page, 70)),
        );
    }
    for n in [0, 1, 12] {
        add(
            "way",
            Screen::new(crate::words::plain!(locale, "nav.menu")).row([screens::way(locale, n)]),
        );
    }
    all
}
