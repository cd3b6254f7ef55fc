//! Counting: one voice a person or a family, the last one given.

use std::collections::{BTreeMap, HashMap};

use crate::ids::PersonId;
use crate::people::reach::Recipient;

/// A vote by name that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Whose.
    pub person: PersonId,
    /// Of which family.
    pub family: PersonId,
    /// What was chosen, by places.
    pub options: Vec<usize>,
    /// A later vote has a higher one.
    pub order: i64,
}

/// What a question was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes by options.
    pub counts: Vec<i64>,
    /// How many people or families answered.
    pub voters: i64,
}

/// Counts the voices of a question with so many options.
pub fn tally(voices: &[Voice], n_options: usize, by_family: bool) -> Tally {
    let mut counts = vec![0; n_options];
    let last = standing(voices, by_family);
    for voice in &last {
        for option in &voice.options {
            if let Some(count) = counts.get_mut(*option) {
                *count += 1;
            }
        }
    }
    Tally {
        counts,
        voters: i64::try_from(last.len()).unwrap_or(i64::MAX),
    }
}

/// The voices that count: the last of each person, or of each family.
pub fn standing(voices: &[Voice], by_family: bool) -> Vec<&Voice> {
    let mut last: BTreeMap<PersonId, &Voice> = BTreeMap::new();
    for voice in voices {
        let unit = if by_family { voice.family } else { voice.person };
        let kept = last.entry(unit).or_insert(voice);
        if voice.order > kept.order {
            *kept = voice;
        }
    }
    last.into_values().collect()
}

/// The family of each recipient: whoever shares a child, or shares one with somebody who does, is of one family, which is
/// called by the least of its people.
pub fn families(recipients: &[Recipient]) -> HashMap<PersonId, PersonId> {
    let mut called: HashMap<PersonId, PersonId> = recipients.iter().map(|it| (it.person.id, it.person.id)).collect();
    let mut by_child: HashMap<PersonId, Vec<PersonId>> = HashMap::new();
    for recipient in recipients {
        for pupil in &recipient.pupils {
            by_child.entry(*pupil).or_default().push(recipient.person.id);
        }
    }
    // Names only get less, so this ends.
    let mut changed = true;
    while changed {
        changed = false;
        for people in by_child.values() {
            let least = people.iter().map(|it| called[it]).min();
            for person in people {
                if let Some(least) = least
                    && called.insert(*person, least) != Some(least)
                {
                    changed = true;
                }
            }
        }
    }
    called
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SchoolId;
    use crate::people::Person;
    use crate::words::names::FullName;
    use proptest::prelude::*;

    fn voice(person: i64, family: i64, options: &[usize], order: i64) -> Voice {
        Voice {
            person: PersonId(person),
            family: PersonId(family),
            options: options.to_vec(),
            order,
        }
    }

    fn recipient(id: i64, pupils: &[i64]) -> Recipient {
        Recipient {
            person: Person {
                id: PersonId(id),
                school: SchoolId(1),
                name: FullName {
                    surname: String::new(),
                    name: String::new(),
                    patronymic: String::new(),
                },
            },
            pupils: pupils.iter().map(|it| PersonId(*it)).collect(),
            chats: Vec::new(),
        }
    }

    #[test]
    fn p7_the_last_voice_of_a_family_is_its_voice() {
        let voices = [voice(1, 1, &[0], 5), voice(2, 1, &[1], 7), voice(3, 3, &[1], 6)];
        let counted = |by_family| tally(&voices, 3, by_family);
        assert_eq!((counted(true).counts, counted(true).voters), (vec![0, 2, 0], 2));
        assert_eq!((counted(false).counts, counted(false).voters), (vec![1, 2, 0], 3));
    }

    #[test]
    fn p7_a_person_with_two_phones_has_one_voice() {
        let voices = [voice(1, 1, &[0, 2], 2), voice(1, 1, &[1], 1)];
        assert_eq!(tally(&voices, 3, false).counts, [1, 0, 1]);
    }

    #[test]
    fn p7_parents_who_share_a_child_are_one_family_through_all_their_children() {
        let asked = [
            recipient(5, &[1, 2]),
            recipient(3, &[2]),
            recipient(9, &[4]),
            recipient(8, &[1]),
        ];
        let families = families(&asked);
        let called = |id| families[&PersonId(id)].0;
        assert_eq!([called(5), called(3), called(8), called(9)], [3, 3, 3, 9]);
    }

    proptest! {
        #[test]
        fn p7_counts_are_those_of_the_voters_whatever_came_before(
            votes in proptest::collection::vec((0_i64..6, 0_usize..3), 0..60)
        ) {
            // Votes one after another; the last of each person stands.
            let voices: Vec<Voice> = (1..).zip(&votes).map(|(order, (who, what))| voice(*who, *who / 2, &[*what], order)).collect();
            for by_family in [false, true] {
                let unit = |who: i64| if by_family { who / 2 } else { who };
                let last: BTreeMap<i64, usize> = votes.iter().map(|(who, what)| (unit(*who), *what)).collect();
                let counted = tally(&voices, 3, by_family);
                for option in 0..3 {
                    let n = i64::try_from(last.values().filter(|it| **it == option).count()).unwrap();
                    prop_assert_eq!(counted.counts[option], n);
                }
                prop_assert_eq!(counted.voters, i64::try_from(last.len()).unwrap());
            }
        }
    }
}
