//! When news leaves, and what counts as news.

use super::*;
use proptest::prelude::*;

fn at(hour: i64, minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_478_400, 0).unwrap() + TimeDelta::hours(hour) + TimeDelta::minutes(minute)
}

fn presses(last: DateTime<Utc>, late: Option<DateTime<Utc>>, alarm: Option<DateTime<Utc>>) -> Presses {
    Presses {
        last_press_at: last,
        late_press_at: late,
        bell_ends_at: at(11, 25),
        alarm_at: alarm,
    }
}

#[test]
fn t9_news_waits_for_the_bell_and_then_for_five_quiet_minutes() {
    assert_eq!(due(&presses(at(11, 0), None, None)), at(11, 25));
    assert_eq!(due(&presses(at(11, 23), None, None)), at(11, 28));
    assert_eq!(due(&presses(at(11, 30), Some(at(11, 26)), None)), at(11, 35));
    // Presses past the bell hold it back for a quarter of an hour at most.
    assert_eq!(due(&presses(at(11, 40), Some(at(11, 26)), None)), at(11, 41));
}

#[test]
fn an_absence_from_the_first_lesson_does_not_wait_for_the_bell() {
    assert_eq!(due(&presses(at(10, 42), None, Some(at(10, 42)))), at(10, 47));
}

fn facts(sign: Option<&str>, marks: &[&str]) -> Facts {
    let marks = marks.iter().map(|it| ((*it).to_owned(), "answer".to_owned())).collect();
    Facts {
        sign: sign.map(str::to_owned),
        marks,
        ..Facts::default()
    }
}

#[test]
fn t9_what_was_told_is_compared_with_what_is_so() {
    assert_eq!(news(None, &facts(None, &[])), News::Nothing);
    assert_eq!(news(None, &facts(None, &["5"])), News::First);
    assert_eq!(news(Some(&facts(None, &["5"])), &facts(None, &["5"])), News::Nothing);
    let corrected = news(Some(&facts(None, &["4"])), &facts(None, &["5"]));
    assert_eq!(
        corrected,
        News::Changed(vec![Difference::Corrected("4".into(), "5".into())])
    );
    let added = news(Some(&facts(None, &["4"])), &facts(None, &["4", "5"]));
    assert_eq!(added, News::Changed(vec![Difference::Added("5".into())]));
    let taken = news(Some(&facts(Some("absent"), &[])), &facts(None, &[]));
    assert_eq!(
        taken,
        News::Changed(vec![Difference::Sign(Some("absent".into()), None)])
    );
    let words = Facts {
        topic: Some("Тема".into()),
        ..facts(None, &["4"])
    };
    assert_eq!(news(Some(&facts(None, &["4"])), &words), News::Words);
}

#[test]
fn facts_of_an_older_version_are_still_read() {
    assert_eq!(serde_json::from_str::<Facts>("{}").unwrap(), Facts::default());
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let mark = (
        prop::sample::select(vec!["5", "4", "3"]),
        prop::sample::select(vec!["answer", "control"]),
    )
        .prop_map(|(value, kind)| (value.to_owned(), kind.to_owned()));
    (
        prop::option::of(Just("absent".to_owned())),
        prop::collection::vec(mark, 0..4),
    )
        .prop_map(|(sign, marks)| Facts {
            sign,
            marks,
            ..Facts::default()
        })
}

proptest! {
    #[test]
    fn the_same_facts_are_never_told_twice(facts in any_facts()) {
        prop_assert_eq!(news(Some(&facts), &facts), News::Nothing);
    }

    #[test]
    fn any_difference_in_marks_or_sign_is_told(told in any_facts(), now in any_facts()) {
        let mut sorted = (told.marks.clone(), now.marks.clone());
        sorted.0.sort();
        sorted.1.sort();
        let same = told.sign == now.sign && sorted.0 == sorted.1;
        prop_assert_eq!(matches!(news(Some(&told), &now), News::Changed(_)), !same);
    }
}

#[test]
fn t10_a_notices_key_names_its_lesson_and_child() {
    let to = store::Recipient {
        pupil_id: PersonId(42),
        parent_id: PersonId(43),
        transport: "telegram".to_owned(),
        account: 100,
        locale: "ru".to_owned(),
        connected_at: at(10, 0),
    };
    let key = |edits| hear::key(LessonId(7), &to, 2, edits);
    assert_eq!(of_key(&key(false)), Some((LessonId(7), PersonId(42))));
    assert_eq!(of_key(&key(true)), None, "a change of a letter is none");
}
