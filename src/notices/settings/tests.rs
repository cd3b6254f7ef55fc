//! When what is told, and what is quiet.

use super::*;
use crate::notices::{Facts, News};
use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;

fn moment((day, hour, minute): (u32, u32, u32)) -> NaiveDateTime {
    let date = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    date.and_hms_opt(hour, minute, 0).unwrap()
}

#[rstest]
// Over night.
#[case(21, 7, (23, 20, 59), None)]
#[case(21, 7, (23, 21, 0), Some((24, 7, 0)))]
#[case(21, 7, (24, 0, 30), Some((24, 7, 0)))]
#[case(21, 7, (24, 6, 59), Some((24, 7, 0)))]
#[case(21, 7, (24, 7, 0), None)]
// Within a day.
#[case(13, 15, (23, 12, 59), None)]
#[case(13, 15, (23, 14, 0), Some((23, 15, 0)))]
#[case(13, 15, (23, 15, 0), None)]
// From midnight, until midnight, never.
#[case(0, 6, (23, 3, 0), Some((23, 6, 0)))]
#[case(22, 0, (23, 22, 30), Some((24, 0, 0)))]
#[case(7, 7, (23, 7, 0), None)]
fn t9_quiet_hours_end_when_they_say(
    #[case] from: i64,
    #[case] until: i64,
    #[case] now: (u32, u32, u32),
    #[case] ends: Option<(u32, u32, u32)>,
) {
    assert_eq!(Quiet::of(from, until).ends(moment(now)), ends.map(moment));
}

#[rstest]
#[case(Moment::Now, (23, 12, 0), (23, 12, 0))]
#[case(Moment::Now, (23, 22, 0), (24, 7, 0))]
#[case(Moment::Evening, (23, 12, 0), (23, 19, 0))]
#[case(Moment::Evening, (23, 19, 0), (24, 19, 0))]
fn t9_a_letter_of_the_tutor_leaves_when_it_may(
    #[case] wish: Moment,
    #[case] now: (u32, u32, u32),
    #[case] leaves: (u32, u32, u32),
) {
    let utc = |it| moment(it).and_utc();
    let quiet = Habits::default().quiet;
    assert_eq!(letter_leaves_at(wish, quiet, utc(now), Tz::UTC), utc(leaves));
}

#[test]
fn p10_a_press_goes_round_and_comes_back() {
    for kind in Kind::ALL {
        let ring = kind.ring();
        let mut moment = ring[0];
        for expected in ring.iter().skip(1).chain([&ring[0]]) {
            moment = kind.after(moment);
            assert_eq!(moment, *expected, "{kind:?}");
        }
        assert_eq!(Kind::of(kind.code()), Some(kind));
        // A moment that a kind doesn't have leaves it as it was.
        for moment in Moment::ALL.into_iter().filter(|it| !ring.contains(it)) {
            assert_eq!(Wishes::of_parent().with(kind, moment), Wishes::of_parent());
        }
    }
    for moment in Moment::ALL {
        assert_eq!(Moment::of(moment.code()), Some(moment));
    }
}

fn facts(sign: Option<&str>, marks: &[&str]) -> Facts {
    Facts {
        sign: sign.map(str::to_owned),
        marks: marks.iter().map(|it| ((*it).to_owned(), "answer".to_owned())).collect(),
        ..Facts::default()
    }
}

fn wishes(marks: Moment, absences: Moment) -> Wishes {
    Wishes::of_parent()
        .with(Kind::Marks, marks)
        .with(Kind::Absences, absences)
}

#[test]
fn t9_what_waits_for_the_evening_is_not_told_at_once() {
    let late_with_five = facts(Some("late"), &["5"]);
    let telling = Telling::of(None, &late_with_five, &wishes(Moment::Evening, Moment::Now), false);
    assert_eq!((telling.news, telling.known), (News::First, facts(Some("late"), &[])));
    let telling = Telling::of(None, &late_with_five, &wishes(Moment::Evening, Moment::Week), false);
    assert_eq!((telling.news, telling.known), (News::Nothing, facts(None, &[])));
}

#[test]
fn t9_an_alarm_is_told_whatever_is_wished_and_so_is_its_end() {
    let absent = facts(Some("absent"), &[]);
    for moment in Moment::ALL {
        let wishes = wishes(Moment::Never, moment);
        let telling = Telling::of(None, &absent, &wishes, true);
        assert_eq!((&telling.news, &telling.shown), (&News::First, &absent), "{moment:?}");
        let there = Telling::of(Some(&(telling.known, 1)), &facts(None, &[]), &wishes, true);
        assert!(matches!(there.news, News::Changed(_)), "{moment:?}");
    }
}

#[test]
fn t9_what_nobody_wants_to_hear_is_known_in_silence_and_no_news_later() {
    let never = wishes(Moment::Never, Moment::Now);
    let silent = Telling::of(None, &facts(None, &["4"]), &never, false);
    assert_eq!((silent.news, &silent.known), (News::Nothing, &facts(None, &["4"])));
    // Listened to again: the mark that was there is no news, the next one is.
    let told = (silent.known, 0);
    let now = wishes(Moment::Now, Moment::Now);
    let again = Telling::of(Some(&told), &facts(None, &["4"]), &never, false);
    assert_eq!(again.news, News::Nothing);
    let another = Telling::of(Some(&told), &facts(None, &["4", "5"]), &now, false);
    assert_eq!((another.news, another.shown), (News::First, facts(None, &["4", "5"])));
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let value = prop::sample::select(vec!["5", "4", "3"]);
    let sign = prop::option::of(prop::sample::select(vec!["absent", "late"]));
    (sign, prop::collection::vec(value, 0..3)).prop_map(|(sign, marks)| facts(sign, &marks))
}

fn any_moment() -> impl Strategy<Value = Moment> {
    prop::sample::select(Moment::ALL.to_vec())
}

proptest! {
    #[test]
    fn what_is_told_is_so_or_was_told_before(
        before in any_facts(), now in any_facts(), marks in any_moment(), absences in any_moment(), urgent: bool, times in 0_i64..3,
    ) {
        let wishes = wishes(marks, absences);
        let told = (before.clone(), times);
        let telling = Telling::of(Some(&told), &now, &wishes, urgent);
        prop_assert!(telling.known.marks == now.marks || telling.known.marks == before.marks);
        prop_assert!(telling.known.sign == now.sign || telling.known.sign == before.sign);
        // At once means at once, and never means that nothing is shown.
        if marks == Moment::Now {
            prop_assert_eq!(&telling.known.marks, &now.marks);
        }
        if marks == Moment::Never {
            prop_assert!(telling.shown.marks.is_empty());
        }
        if urgent || absences == Moment::Now {
            prop_assert_eq!(&telling.known.sign, &now.sign);
        }
        // Settled once more, nothing is news.
        let again = Telling::of(Some(&(telling.known, times.max(1))), &now, &wishes, urgent);
        prop_assert_eq!(again.news, News::Nothing);
    }

    #[test]
    fn quiet_ends_within_a_day_and_then_it_is_quiet_no_more(from in 0_i64..24, until in 0_i64..24, minutes in 0_i64..4000) {
        let quiet = Quiet::of(from, until);
        let now = moment((23, 0, 0)) + chrono::TimeDelta::minutes(minutes);
        if let Some(ends) = quiet.ends(now) {
            prop_assert!(ends > now && ends - now <= chrono::TimeDelta::days(1));
            prop_assert_eq!(quiet.ends(ends), None);
        }
    }
}
