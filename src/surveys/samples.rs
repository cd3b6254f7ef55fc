//! Samples of all screens, polls and payloads of surveys.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::press::{Act, View};
use super::screens::results::{self, Around, Named};
use super::screens::{self, Counted, Line, Preview, Results, Title, letters};
use super::{Awaited, Kind, Question, State, Survey, Tally, Who, chart};
use crate::charts::Tone;
use crate::chat::{Payload, Screen};
use crate::ids::{ClassId, PersonId, QuestionId, SchoolId, SentPollId, SurveyId};
use crate::people::reach::Place;
use crate::words::Locale;
use crate::words::names::FullName;

const ID: SurveyId = SurveyId(1_000_000);
const CLASS: Place = Place::Class(ClassId(7));
const SCHOOL: Place = Place::Grades {
    school: SchoolId(1_000),
    from: 1,
    to: 11,
};

/// Whatever can be pressed.
pub fn payloads() -> Vec<Payload> {
    let question = QuestionId(42);
    let acts = [
        Act::Begin(CLASS),
        Act::Begin(SCHOOL),
        Act::Who(ID, Who::Parents),
        Act::Who(ID, Who::Pupils),
        Act::Who(ID, Who::Families),
        Act::Named(ID, false),
        Act::Several(ID, true),
        Act::Days(ID, 14),
        Act::ByFamily(ID, true),
        Act::More(ID),
        Act::Send(ID),
        Act::SendAnyway(ID),
        Act::Drop(ID),
        Act::Remind(ID),
        Act::Close(ID),
        Act::Share(ID),
        Act::Sheet(ID),
        Act::Chart(ID),
        Act::Again(ID),
        Act::Answer(question),
    ];
    let views = [
        View::All,
        View::Home(CLASS),
        View::Home(SCHOOL),
        View::Ask(CLASS),
        View::Sample(CLASS),
        View::AskMore(ID),
        View::Draft(ID),
        View::Same(ID),
        View::Results(ID),
        View::Names(ID, 1),
        View::AskClose(ID),
        View::About(ID),
        View::Poll(SentPollId(42)),
        View::AskAnswer(question),
        View::Answered(question),
        View::Answers(question, 1),
        View::Classes(ID, 1),
        View::Chart(ID, Tone::Light),
        View::Chart(ID, Tone::Dark),
        View::Mine(1),
        View::ClassChart(ID, Tone::Dark),
    ];
    let acts = acts.iter().map(Payload::of);
    acts.chain(views.iter().map(Payload::of)).collect()
}

/// Whatever can be awaited.
pub fn states() -> [Awaited; 4] {
    [
        Awaited::First(CLASS),
        Awaited::First(SCHOOL),
        Awaited::More(ID),
        Awaited::Answer(QuestionId(42)),
    ]
}

fn question(kind: Kind, n_options: usize, letters: usize) -> Question {
    Question {
        id: QuestionId(42),
        kind,
        text: "Ё".repeat(3 * letters),
        options: (0..n_options)
            .map(|idx| format!("{idx}{}", "<".repeat(letters - 1)))
            .collect(),
    }
}

fn survey(place: Place, questions: Vec<Question>) -> Survey {
    Survey {
        id: ID,
        school: SchoolId(1),
        author: PersonId(1),
        author_name: FullName {
            surname: "Константинопольская-Преображенская".to_owned(),
            name: "Александра".to_owned(),
            patronymic: "Константиновна".to_owned(),
        },
        chat: ("telegram".to_owned(), 1),
        place,
        who: Who::Parents,
        named: true,
        by_family: true,
        state: State::Open,
        days: 14,
        closes_at: Some(DateTime::<Utc>::UNIX_EPOCH),
        reminded_at: None,
        shared_at: None,
        questions,
    }
}

fn meeting() -> Question {
    Question {
        id: QuestionId(42),
        kind: Kind::One,
        text: "Когда удобно собрание?".to_owned(),
        options: ["чт 26.11, 18:30", "пт 27.11, 18:30", "не смогу"]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn counted(survey: &Survey, counts: &[i64]) -> Results {
    let one = |question: &Question| Counted {
        question: question.clone(),
        tally: Tally {
            counts: counts.iter().copied().cycle().take(question.options.len()).collect(),
            voters: counts.iter().sum(),
        },
    };
    Results {
        questions: survey.questions.iter().map(one).collect(),
        asked: 21,
        by_family: survey.counts_families(),
    }
}

fn around(silent: Option<usize>) -> Around {
    Around {
        silent,
        sees_names: silent.is_some(),
        zone: Tz::UTC,
    }
}

/// V5 as it is drawn.
pub fn drawn(locale: Locale) -> Screen {
    let survey = survey(CLASS, vec![meeting()]);
    results::results(locale, &survey, &counted(&survey, &[12, 4, 2]), &around(Some(3)))
}

/// V2 as it is drawn.
pub fn preview(locale: Locale) -> Screen {
    let mut survey = survey(CLASS, vec![meeting()]);
    survey.state = State::Draft;
    survey.days = 1;
    screens::draft(locale, &survey, &previewed(40, &[]))
}

fn previewed(people: usize, missing: &[&str]) -> Preview {
    Preview {
        title: Title::Class("7А".to_owned()),
        people,
        missing: missing.iter().map(|it| (*it).to_owned()).collect(),
        closes: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        anonymous_from: people >= 5,
    }
}

fn long_names() -> Vec<Named> {
    (0..60)
        .map(|idx| Named {
            name: "Константинопольская-Преображенская А. К.".to_owned(),
            answers: vec!["<".repeat(100 * (idx % 3)); 2],
        })
        .collect()
}

fn classes() -> Vec<(String, Vec<Tally>)> {
    (0..60)
        .map(|idx| {
            let tally = Tally {
                counts: vec![1000; 10],
                voters: idx,
            };
            ("11А".to_owned(), vec![tally; 5])
        })
        .collect()
}

/// Every screen.
pub fn screens(locale: Locale) -> Vec<(&'static str, Screen)> {
    let mut longest = survey(SCHOOL, vec![question(Kind::Several, 10, 100); 5]);
    let one = survey(CLASS, vec![question(Kind::One, 10, 100)]);
    let mut anonymous = survey(CLASS, vec![question(Kind::Scale, 10, 1)]);
    anonymous.named = false;
    let mut closed = survey(CLASS, vec![question(Kind::Open, 0, 100)]);
    closed.state = State::Closed;
    let (long_names, classes) = (long_names(), classes());
    let words = vec![
        ("Константинопольская-Преображенская А. К.".to_owned(), "😀".repeat(1000));
        12
    ];
    let line = Line {
        view: View::Results(ID),
        question: "Ё".repeat(300),
        open: true,
        closes: "пн\u{a0}23.11".to_owned(),
    };
    let over = Line {
        open: false,
        ..line.clone()
    };
    let title = Title::Grades(10, 11);
    let facts = letters::Facts::of(&one, &title, true);
    let unnamed = letters::Facts::of(&anonymous, &Title::Class("7А".to_owned()), false);
    let own = vec![("Ё".repeat(300), Some("<".repeat(1000))), ("Ё".repeat(300), None)];
    let about_line = letters::line(locale, &facts, Tz::UTC);
    let shown = |survey: &Survey, silent| {
        let results = screens::fitted_results(survey, &counted(survey, &[1000, 3, 4]));
        results::results(locale, survey, &results, &around(silent))
    };
    let results = screens::fitted_results(&longest, &counted(&longest, &[12, 4]));
    let mut all = vec![
        ("V2 as drawn", preview(locale)),
        ("V5 as drawn", drawn(locale)),
        ("V1", screens::ask(locale, CLASS)),
        ("V1, sample", screens::sample(locale, SCHOOL)),
        ("V1, more", screens::ask_more(locale, &one)),
        ("places", screens::places(locale, &vec![(title.clone(), SCHOOL); 40])),
        (
            "home",
            screens::home(locale, &title, SCHOOL, &[vec![line; 3], vec![over; 12]].concat()),
        ),
        (
            "home of a class",
            screens::home(locale, &Title::Class("11А".to_owned()), CLASS, &[]),
        ),
        ("V5, longest", shown(&longest, Some(1240))),
        ("V5, one", shown(&one, Some(0))),
        ("V5, anonymous", shown(&anonymous, None)),
        ("V5, open question", shown(&closed, Some(3))),
        ("ask close", results::ask_close(locale, &one, &results)),
        ("names", results::names(locale, &one, &long_names, 0)),
        ("names, forged page", results::names(locale, &one, &long_names, u8::MAX)),
        (
            "words",
            results::words(locale, &closed, (QuestionId(42), &"Ё".repeat(300)), &words, 1),
        ),
        (
            "no words",
            results::words(locale, &closed, (QuestionId(42), "?"), &[], 0),
        ),
        (
            "classes",
            results::classes(locale, (&longest, &results), (&classes, true), 1),
        ),
        ("asked of a recipient", asked_of_one(locale)),
        ("asked of nobody", screens::mine::mine(locale, &[], 0, false)),
        (
            "over and shown",
            screens::mine::shown(locale, letters::shared(locale, &title, &results)),
        ),
        ("about", screens::about(locale, &one, &about_line, &own)),
        ("about, closed", screens::about(locale, &closed, &about_line, &own)),
        (
            "ask answer",
            screens::ask_answer(locale, &"Ё".repeat(300), "Смирнова Е. В."),
        ),
        (
            "answered",
            screens::answered(locale, &question(Kind::Open, 0, 100), &"😀".repeat(1000)),
        ),
        ("V3", letters::line(locale, &facts, Tz::UTC)),
        ("V3, anonymous", letters::line(locale, &unnamed, Tz::UTC)),
        ("stands here", letters::stands_here(locale, &title)),
        ("open", letters::open(locale, &question(Kind::Open, 0, 100))),
        ("V4", letters::reminder(locale, &facts, Tz::UTC)),
        ("V4, anonymous", letters::reminder(locale, &unnamed, Tz::UTC)),
        ("closed", letters::closed(locale, &one, &results)),
        ("shared", letters::shared(locale, &title, &results)),
        ("sheet", results::sheet_words(locale, &one, NaiveDate::default().into())),
        ("same", screens::same(locale, &one, "Смирнова Е. В.", View::Results(ID))),
    ];
    all.extend(charts(locale, [&longest, &one], &results));
    longest.state = State::Draft;
    all.extend(drafts(locale, longest, &title));
    all
}

fn charts(locale: Locale, [longest, one]: [&Survey; 2], results: &Results) -> [(&'static str, Screen); 2] {
    let drawn = |of: &Survey, tone: Tone| {
        let picture = chart::of(locale, of, results, ("пн 23.11", "17:52"));
        results::chart(locale, (of, results), &picture, (tone, View::Chart(ID, tone.other())))
    };
    [
        ("chart", drawn(longest, Tone::Light)),
        ("chart, dark", drawn(one, Tone::Dark)),
    ]
}

/// A full page of what somebody was asked.
fn asked_of_one(locale: Locale) -> Screen {
    use screens::mine::{Own, PAGE, Standing};
    let standings = [Standing::Silent, Standing::Unknown, Standing::Answered, Standing::Over];
    let own = |idx: usize| Own {
        survey: super::store::Own {
            id: ID,
            question: "Ё".repeat(300),
        },
        standing: standings[idx % 4],
        closes: "пн\u{a0}23.11.2025".to_owned(),
    };
    let found: Vec<Own> = (0..PAGE).map(own).collect();
    screens::mine::mine(locale, &found, 1, true)
}

fn drafts(locale: Locale, mut longest: Survey, title: &Title) -> Vec<(&'static str, Screen)> {
    let mut all = Vec::new();
    let missing = vec!["Константинопольская-Преображенская"; 40];
    for who in Who::ALL {
        longest.who = who;
        longest.named = who != Who::Pupils;
        let mut preview = previewed(1240, &missing);
        preview.title.clone_from(title);
        all.push(("V2, longest", screens::draft(locale, &longest, &preview)));
    }
    all.push(("V2, nobody", screens::draft(locale, &longest, &previewed(0, &missing))));
    all
}

/// What stands below a poll; it has no text of its own.
pub fn below_polls(locale: Locale) -> [Screen; 2] {
    [
        letters::about(locale, SentPollId(42)),
        letters::to_results(locale, SentPollId(42)),
    ]
}
