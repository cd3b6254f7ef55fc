//! Grading: what marks amount to. Pure; the rules are those of `domain.md` §2.

use crate::lessons::cell::Value;

/// Fewer marks than this say too little for an average to be shown beside them.
pub const ENOUGH_MARKS: i64 = 3;

/// The average from which a 5 is proposed for a term, in hundredths.
pub const BOUND_OF_5: i64 = 450;
/// The average from which a 4 is.
pub const BOUND_OF_4: i64 = 350;

/// Of fewer averages than this nothing is said: it would be about people, not about a class.
pub const ENOUGH_PUPILS: usize = 5;

/// Where the averages of many lie, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// A quarter of them is below.
    pub lower: i64,
    /// Half of them is.
    pub median: i64,
    /// A quarter is above.
    pub upper: i64,
}

/// Median and quartiles of averages, those between two of them on a straight line; `None` of too few.
pub fn spread(averages: impl IntoIterator<Item = i64>) -> Option<Spread> {
    let mut sorted: Vec<i64> = averages.into_iter().collect();
    if sorted.len() < ENOUGH_PUPILS {
        return None;
    }
    sorted.sort_unstable();
    // In quarters of a step: what lies between two is rounded half up.
    let at = |quarters: usize| -> Option<i64> {
        let place = (sorted.len() - 1) * quarters;
        let below = *sorted.get(place / 4)?;
        let above = *sorted.get((place / 4 + 1).min(sorted.len() - 1))?;
        let part = i64::try_from(place % 4).ok()?;
        Some(below + ((above - below) * part * 2 + 4) / 8)
    };
    Some(Spread {
        lower: at(1)?,
        median: at(2)?,
        upper: at(3)?,
    })
}

/// A quotient kept as it is: borders are met in integers, never in floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    sum: i64,
    parts: i64,
}

impl Mean {
    /// In hundredths, half up: 31/7 is 443.
    pub fn hundredths(self) -> i64 {
        (self.sum * 200 + self.parts) / (self.parts * 2)
    }
}

/// What the marks of a subject average to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Averages {
    /// How many marks count.
    pub count: i64,
    /// Σm/n.
    pub plain: Mean,
    /// Σw·m/Σw.
    pub weighted: Mean,
    /// Whether any weight isn't one: then both are shown.
    pub is_weighted: bool,
}

/// The number that a mark enters an average with; «зч», «нз» and «осв» don't.
pub fn number(value: Value) -> Option<i64> {
    match value {
        Value::Five => Some(5),
        Value::Four => Some(4),
        Value::Three => Some(3),
        Value::Two => Some(2),
        Value::One => Some(1),
        Value::Pass | Value::Fail | Value::Exempt => None,
    }
}

/// Averages of marks, each with its weight in hundredths; `None` when none counts.
///
/// A mark beside a sign of absence («н/4») is a mark as any other: it is the work that was handed in later.
pub fn averages(marks: impl IntoIterator<Item = (Value, i64)>) -> Option<Averages> {
    let (mut count, mut sum, mut weights, mut weighted, mut is_weighted) = (0, 0, 0, 0, false);
    for (value, weight) in marks {
        let Some(number) = number(value) else { continue };
        // A weight that isn't above nothing came from nowhere: such a mark stands in the journal and decides nothing.
        if weight <= 0 {
            continue;
        }
        count += 1;
        sum += number;
        weights += weight;
        weighted += number * weight;
        is_weighted |= weight != 100;
    }
    (count > 0).then_some(Averages {
        count,
        plain: Mean { sum, parts: count },
        weighted: Mean {
            sum: weighted,
            parts: weights,
        },
        is_weighted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// «5 5к 4»: a mark with «к» counts for two, with «т» for one and a half.
    fn marks(said: &str) -> Vec<(Value, i64)> {
        said.split(' ')
            .filter(|it| !it.is_empty())
            .map(|it| {
                let (value, weight) = match (it.strip_suffix('к'), it.strip_suffix('т')) {
                    (Some(value), _) => (value, 200),
                    (_, Some(value)) => (value, 150),
                    (None, None) => (it, 100),
                };
                (Value::of(value).unwrap(), weight)
            })
            .collect()
    }

    #[rstest]
    // The drawings' own: six marks, the control work for two.
    #[case("5 5к 4 3 4 5", 433, 443)]
    #[case("4 4к 3", 367, 375)]
    #[case("5", 500, 500)]
    #[case("5 4", 450, 450)]
    // A third is 0.33, two thirds 0.67; half a hundredth goes up.
    #[case("3 3 4", 333, 333)]
    #[case("4 4 3", 367, 367)]
    #[case("5 4 4 4 4 4 4 4", 413, 413)]
    #[case("2т 5", 350, 320)]
    // T6: «зч», «нз» and «осв» don't enter averages.
    #[case("5 pass fail exempt 4", 450, 450)]
    fn t6_means_are_rounded_half_up_to_two_places(#[case] said: &str, #[case] plain: i64, #[case] weighted: i64) {
        let averages = averages(marks(said)).unwrap();
        assert_eq!(
            (averages.plain.hundredths(), averages.weighted.hundredths()),
            (plain, weighted)
        );
    }

    #[test]
    fn t6_what_is_no_number_averages_to_nothing() {
        assert_eq!(averages(marks("")), None);
        assert_eq!(averages(marks("pass fail exempt")), None);
        assert_eq!(averages([(Value::Five, 0)]), None);
    }

    #[test]
    fn t6_both_are_shown_when_a_weight_is_not_one() {
        assert!(!averages(marks("5 4 3")).unwrap().is_weighted);
        assert!(averages(marks("5 4к 3")).unwrap().is_weighted);
        assert_eq!(averages(marks("5 4 pass")).unwrap().count, 2);
    }

    #[rstest]
    #[case(&[300, 400, 500, 350], None)]
    #[case(&[], None)]
    #[case(&[500, 300, 400, 350, 450], Some((350, 400, 450)))]
    #[case(&[300, 300, 300, 300, 300], Some((300, 300, 300)))]
    // Between two: 4.00 and 4.25 have 4.13 in the middle, half up.
    #[case(&[300, 350, 400, 425, 450, 500], Some((363, 413, 444)))]
    fn t5_a_class_is_its_median_and_quartiles(#[case] averages: &[i64], #[case] expected: Option<(i64, i64, i64)>) {
        let found = spread(averages.iter().copied()).map(|it| (it.lower, it.median, it.upper));
        assert_eq!(found, expected);
    }

    fn any_marks() -> impl Strategy<Value = Vec<(Value, i64)>> {
        let mark = (
            prop::sample::select(Value::ALL.to_vec()),
            prop::sample::select(vec![100_i64, 150, 200]),
        );
        prop::collection::vec(mark, 1..60)
    }

    proptest! {
        #[test]
        fn t6_an_average_lies_between_the_worst_and_the_best(marks in any_marks()) {
            let numbers: Vec<i64> = marks.iter().filter_map(|(value, _)| number(*value)).collect();
            match averages(marks) {
                None => prop_assert!(numbers.is_empty()),
                Some(averages) => {
                    let (worst, best) = (numbers.iter().min().unwrap() * 100, numbers.iter().max().unwrap() * 100);
                    for mean in [averages.plain, averages.weighted] {
                        prop_assert!((worst..=best).contains(&mean.hundredths()));
                    }
                }
            }
        }

        #[test]
        fn t5_quartiles_lie_in_order_among_the_averages(averages in prop::collection::vec(100_i64..=500, 5..60)) {
            let spread = spread(averages.iter().copied()).unwrap();
            let (least, most) = (*averages.iter().min().unwrap(), *averages.iter().max().unwrap());
            prop_assert!(least <= spread.lower && spread.lower <= spread.median);
            prop_assert!(spread.median <= spread.upper && spread.upper <= most);
            let below = averages.iter().filter(|it| **it <= spread.median).count();
            prop_assert!(below * 2 >= averages.len());
        }

        #[test]
        fn t6_the_order_of_marks_means_nothing(marks in any_marks(), turn in 0_usize..60) {
            let mut turned = marks.clone();
            turned.rotate_left(turn % marks.len());
            turned.reverse();
            prop_assert_eq!(averages(turned), averages(marks));
        }

        #[test]
        fn t6_equal_weights_weigh_nothing(marks in any_marks(), weight in 1_i64..300) {
            let evened: Vec<(Value, i64)> = marks.iter().map(|(value, _)| (*value, weight)).collect();
            if let Some(averages) = averages(evened) {
                prop_assert_eq!(averages.plain.hundredths(), averages.weighted.hundredths());
            }
        }
    }
}
