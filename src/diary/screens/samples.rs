//! Samples of every page of the diary: a usual child, and one with everything too long and too much of it.

use chrono::{Days, NaiveDate, NaiveTime};
use std::collections::BTreeMap;

use super::marks::Marks;
use super::month::Month;
use super::week::Week;
use super::{charts, day, lesson, marks, month, outlook, past, tasks, timetable, week};
use crate::charts::Tone;
use crate::chat::Screen;
use crate::diary::press::{Back, Period};
use crate::diary::signature;
use crate::diary::{Child, Day, Detail, Entry, Eye, Former, Given, Outlook, Page, Past, Standing, Task};
use crate::grading::{Spread, averages};
use crate::ids::{ClassId, LessonId, LoadId, PersonId, SubjectId};
use crate::lessons::cell::{Cell, Mark, Sign, Value};
use crate::lessons::screens::samples::planned;
use crate::lessons::{Homework, Kind};
use crate::progress::{Signs, Standing as Progress};
use crate::school::{Span, Stretch};
use crate::timetable::{LessonKey, Standing as LessonStanding};
use crate::words::Locale;

const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
const YEAR: Span = Span {
    starts: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
    ends: NaiveDate::from_ymd_opt(2027, 5, 26).unwrap(),
};

fn child(id: i64, name: &str, class: &str, school: Option<&str>) -> Child {
    Child {
        id: PersonId(id),
        name: name.to_owned(),
        class: class.to_owned(),
        school: school.map(str::to_owned),
    }
}

fn page(children: Vec<Child>, eye: Eye) -> Page {
    Page {
        child: children[0].clone(),
        children,
        eye,
        class: (eye == Eye::Staff).then_some(ClassId(9_876_543_210)),
        now: MONDAY.and_hms_opt(12, 0, 0).unwrap(),
    }
}

/// A family of one, a pupil, a tutor, and a family of five in two schools with names of forty letters.
fn pages() -> Vec<(&'static str, Page)> {
    let long = "Константина-Александра-Анна-Мария-Оглы-я";
    let school = "Средняя общеобразовательная школа с углублённым изучением предметов № 77";
    let crowd = (0..5)
        .map(|id| child(9_876_543_210 + id, long, "11Ю", Some(school)))
        .collect();
    let pair = vec![child(1, long, "7А", None), child(2, "Пётр", "3Б", None)];
    vec![
        ("family", page(vec![child(1, "Анна", "7А", None)], Eye::Family)),
        ("pair", page(pair, Eye::Family)),
        ("crowd", page(crowd, Eye::Family)),
        ("pupil", page(vec![child(1, "Анна", "7А", None)], Eye::Own)),
        (
            "tutor",
            Page {
                children: Vec::new(),
                ..page(vec![child(1, &format!("{long} {long}"), "7А", None)], Eye::Staff)
            },
        ),
    ]
}

fn mark(value: Value, kind: Kind) -> Mark {
    Mark {
        value,
        kind,
        weight: kind.weight(),
    }
}

fn entry(date: NaiveDate, number: i64, text: usize) -> Entry {
    let standing = match number {
        3 => LessonStanding::Cancelled,
        4 => LessonStanding::MovedAway,
        _ => LessonStanding::Held,
    };
    let mut planned = planned(number, standing);
    planned.key.date = date;
    planned.load.subject = "Литературное чтение на родном (русском) языке и письмо".to_owned();
    planned.load.group_title = Some("гр. 2".to_owned());
    planned.bell = NaiveTime::from_hms_opt(8, 30, 0).zip(NaiveTime::from_hms_opt(9, 15, 0));
    Entry {
        planned,
        room: if number == 1 {
            "24"
        } else {
            "большой спортивный зал на Ленинградской"
        }
        .to_owned(),
        topic: Some("т".repeat(300)),
        homework: Homework::Text("§ ".repeat(text / 2)),
        due: Some(date),
        cell: Cell {
            sign: (number == 5).then_some(Sign::Ill),
            marks: vec![mark(Value::Four, Kind::Dictation), mark(Value::Exempt, Kind::Essay)],
        },
        entered: true,
    }
}

fn days(text: usize) -> Vec<Entry> {
    (0..6)
        .flat_map(|day| {
            (1..=8).map(move |number| entry(MONDAY.checked_add_days(Days::new(day)).unwrap(), number, text))
        })
        .collect()
}

fn full_day() -> Day {
    Day {
        date: MONDAY,
        entries: (1..=8).map(|number| entry(MONDAY, number, 1000)).collect(),
        standing: Standing::Usual,
        year: Some(YEAR),
    }
}

fn empty_day(standing: Standing) -> Day {
    Day {
        date: MONDAY,
        entries: Vec::new(),
        standing,
        year: (standing != Standing::NoClass).then_some(YEAR),
    }
}

fn full_week(entries: Vec<Entry>) -> Week {
    Week {
        monday: MONDAY,
        year: YEAR,
        entries,
        holidays_end: Some(MONDAY),
    }
}

fn given(idx: u64, subject: i64, title: &str) -> Given {
    let kind = Kind::ALL[usize::try_from(idx).unwrap() % Kind::ALL.len()];
    Given {
        key: LessonKey {
            load: LoadId(98_765_432),
            date: YEAR.starts.checked_add_days(Days::new(idx % 80)).unwrap(),
            number: 7,
        },
        subject: SubjectId(subject),
        title: title.to_owned(),
        mark: mark(Value::ALL[usize::try_from(idx).unwrap() % Value::ALL.len()], kind),
        sign: idx.is_multiple_of(7).then_some(Sign::Absent),
    }
}

/// Two hundred marks in fifteen subjects whose names begin alike.
fn many(period: Period) -> Marks {
    let title = |subject: i64| format!("{subject:02} литературное чтение на родном (русском) языке и что ещё");
    let given = (0..15).flat_map(|subject| (0..14).map(move |idx| given(idx, subject, &title(subject))));
    Marks {
        period,
        title: "II полугодие".to_owned(),
        given: given.collect(),
        taught: (10..20).map(|it| (SubjectId(it), title(it))).collect(),
        former: Some(("I полугодие с длинным названием".to_owned(), YEAR.starts)),
        next: Some(("III полугодие с длинным названием".to_owned(), MONDAY)),
    }
}

fn detail() -> Detail {
    let mut entry = entry(MONDAY, 5, 1000);
    entry.planned.substitute = Some(PersonId(9));
    let former = |reason: &str| Former {
        was: entry.cell.clone(),
        became: if reason.is_empty() {
            Cell::default()
        } else {
            entry.cell.clone()
        },
        at: "2026-11-23T02:00:00Z".parse().unwrap(),
        reason: reason.to_owned(),
    };
    Detail {
        former: ["wrong_button", "", "reviewed"]
            .iter()
            .cycle()
            .take(30)
            .map(|it| former(it))
            .collect(),
        task: Some(Task {
            load: entry.planned.load.id,
            due: MONDAY,
            homework: Homework::Text("№ ".repeat(500)),
            lesson: LessonId(98_765_432),
            is_done: true,
            n_files: 10,
        }),
        files: Some((LessonId(98_765_433), 10)),
        comment: Some("к".repeat(300)),
        teacher: "Константинопольская-Преображенская Е. В.".to_owned(),
        substitute: Some("Константинопольская-Преображенская Е. В.".to_owned()),
        entry,
    }
}

/// Signs of every third day, and how many lessons had them.
fn absences(period: Period, taken: bool) -> charts::Absences {
    let days: Vec<NaiveDate> = YEAR.starts.iter_days().take(84).collect();
    let signs = days.iter().step_by(3).enumerate().map(|(idx, day)| {
        let mut signs = Signs::default();
        signs[idx % 4] = 1 + i64::try_from(idx).unwrap() % 7;
        (*day, signs)
    });
    charts::Absences {
        signs: if taken { signs.collect() } else { BTreeMap::new() },
        taken: days.into_iter().filter(|_| taken).collect(),
        stretch: stretch(period),
    }
}

fn stretch(period: Period) -> Stretch {
    Stretch {
        title: "II полугодие".to_owned(),
        span: YEAR,
        former: (period != Period::Year).then(|| ("I полугодие с длинным названием".to_owned(), YEAR.starts)),
        next: None,
    }
}

/// Subjects with names of forty letters and more; every third without a class, every fifth with too few marks.
fn standings(n: i64) -> Vec<Progress> {
    let of = |idx: i64| Progress {
        subject: SubjectId(98_765_432 + idx),
        title: format!("{idx:02} литературное чтение на родном (русском) языке"),
        own: averages([(Value::Four, 100), (Value::Five, 100 + idx * 10)]).filter(|_| idx % 5 != 4),
        class: (idx % 3 != 2).then_some(Spread {
            lower: 340 + idx,
            median: 400 + idx,
            upper: 440 + idx,
        }),
    };
    (0..n).map(of).collect()
}

fn chart_samples(
    locale: Locale,
    page: &Page,
    (period, many, none): (Period, &Marks, &Marks),
    add: &mut impl FnMut(&str, Screen),
) {
    let stretch = stretch(period);
    for tone in [Tone::Light, Tone::Dark] {
        let about = (
            SubjectId(98_765_432),
            "Литературное чтение на родном (русском) языке и что ещё",
        );
        add("course", charts::course(locale, page, many, about, tone));
        add("course, none", charts::course(locale, page, none, about, tone));
        let one = Marks {
            given: many.given[..1].to_vec(),
            ..many.clone()
        };
        add("course, one mark", charts::course(locale, page, &one, about, tone));
        for n in [0, 1, 14, 35] {
            let found = standings(n);
            add(
                "standings",
                charts::standings(locale, page, Some((&found, &stretch)), (period, tone)),
            );
        }
        add(
            "standings, no class",
            charts::standings(locale, page, None, (period, tone)),
        );
        for taken in [true, false] {
            let found = absences(period, taken);
            add("absences", charts::absences(locale, page, Some(&found), (period, tone)));
        }
        add(
            "absences, no class",
            charts::absences(locale, page, None, (period, tone)),
        );
    }
}

/// Weeks with lessons and without, signed by four or by nobody.
fn weeks(locale: Locale, page: &Page, add: &mut impl FnMut(&str, Screen)) {
    let signing = signature::samples::signing();
    for signing in [None, Some(&signing)] {
        let zone = chrono_tz::Tz::UTC;
        add("week", week::week(locale, page, &full_week(days(10)), signing, zone));
        add(
            "week, empty",
            week::week(locale, page, &full_week(Vec::new()), signing, zone),
        );
    }
}

/// What the menu says, before a school day and without one.
fn outlooks(locale: Locale, page: &Page, add: &mut impl FnMut(&str, Screen)) {
    for next in [full_day(), empty_day(Standing::NoClass)] {
        let outlook = Outlook {
            page: page.clone(),
            today: full_day(),
            next,
        };
        add("menu", Screen::new(outlook::heading(locale, &outlook)));
        add("menu, line", Screen::new(outlook::line(locale, &outlook)));
    }
}

/// As many lessons as a page has, and none.
fn lessons_of_a_subject(locale: Locale, page: &Page, add: &mut impl FnMut(&str, Screen)) {
    let lessons: Vec<Past> = (1..=10)
        .map(|number| entry(MONDAY, number, 1000))
        .map(|it| Past {
            key: it.planned.key,
            topic: it.topic,
            homework: it.homework,
            cell: it.cell,
        })
        .collect();
    let about = (
        SubjectId(987_654_321),
        "Литературное чтение на родном (русском) языке и что ещё",
    );
    for at in [0, 1, 255] {
        add("past", past::past(locale, page, about, (&lessons, true), at));
    }
    add("past, none", past::past(locale, page, about, (&[], false), 0));
}

/// Every page, for every kind of reader.
pub fn samples(locale: Locale) -> Vec<(String, Screen)> {
    let mut all = signature::samples::samples(locale);
    for (who, page) in pages() {
        let mut add = |name: &str, screen: Screen| all.push((format!("diary, {name}, {who}"), screen));
        add("day", day::day(locale, &page, &full_day()));
        for (name, standing) in [
            ("holidays", Standing::Holidays(MONDAY)),
            ("no class", Standing::NoClass),
            ("clamped", Standing::Clamped),
            ("no lessons", Standing::Usual),
        ] {
            add(name, day::day(locale, &page, &empty_day(standing)));
            add(name, tasks::day(locale, &page, &empty_day(standing), &[]));
        }
        weeks(locale, &page, &mut add);
        lessons_of_a_subject(locale, &page, &mut add);
        let school_days = days(2).into_iter().map(|it| it.planned.key.date).collect();
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        add(
            "month",
            month::month(
                locale,
                &page,
                &Month {
                    first,
                    year: YEAR,
                    school_days,
                },
            ),
        );
        let due: Vec<Task> = days(1000)
            .into_iter()
            .map(|it| Task {
                load: it.planned.load.id,
                due: it.planned.key.date,
                homework: it.homework,
                lesson: LessonId(98_765_432),
                is_done: it.planned.key.number % 2 == 0,
                n_files: it.planned.key.number % 3,
            })
            .collect();
        add("homework", tasks::day(locale, &page, &full_day(), &due));
        add("homework, week", tasks::week(locale, &page, &full_week(days(10)), &due));
        add(
            "homework, nothing",
            tasks::week(locale, &page, &full_week(days(10)), &[]),
        );
        let teachers = BTreeMap::from([(PersonId(1), "Константинопольская-Преображенская Е. В.".to_owned())]);
        add("timetable", timetable::day(locale, &page, &full_day(), &teachers));
        add("timetable, week", timetable::week(locale, &page, &full_week(days(10))));
        let bell = |number| (number, NaiveTime::MIN, NaiveTime::MIN);
        add("bells", timetable::bells(locale, &page, &[bell(1), bell(2)]));
        add("bells, none", timetable::bells(locale, &page, &[]));
        for period in [Period::Now, Period::Of(MONDAY), Period::Year] {
            let many = many(period);
            add("marks", marks::marks(locale, &page, &many));
            for at in [0, 1, 255] {
                let about = (
                    SubjectId(987_654_321),
                    "Литературное чтение на родном (русском) языке и что ещё",
                );
                add("subject", marks::subject(locale, &page, &many, about, at));
            }
            let none = Marks {
                given: Vec::new(),
                ..many.clone()
            };
            let more = (20..35).map(|it| (SubjectId(it), format!("{it}. Физическая культура")));
            let crowded = Marks {
                taught: none.taught.iter().cloned().chain(more).collect(),
                ..many.clone()
            };
            chart_samples(locale, &page, (period, &many, &none), &mut add);
            add("marks, crowded", marks::marks(locale, &page, &crowded));
            add("marks, none", marks::marks(locale, &page, &none));
            add(
                "subject, none",
                marks::subject(locale, &page, &none, (SubjectId(1), "Алгебра"), 0),
            );
        }
        for back in [
            Back::Day,
            Back::Homework(MONDAY),
            Back::Past(SubjectId(987_654_321), 9),
            Back::Subject(SubjectId(987_654_321), Period::Of(MONDAY), 9),
        ] {
            add(
                "lesson",
                lesson::lesson(locale, &page, &detail(), back, chrono_tz::Tz::UTC),
            );
        }
        outlooks(locale, &page, &mut add);
    }
    all
}
