//! To whom an announcement goes: one place, several classes, or pupils who were picked.

use serde::{Deserialize, Serialize};

use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people::reach::{Audience, Kin, Place};

/// To whom one goes. As JSON a single audience is kept as it always was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Whom {
    /// To one audience.
    One(Audience),
    /// To several at once: each person gets one copy.
    Several(Several),
}

/// Several classes, or some pupils of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Several {
    /// Families of these classes.
    Classes {
        /// Who of them.
        kin: Kin,
        /// Which.
        classes: Vec<ClassId>,
    },
    /// Families of these pupils.
    Picked {
        /// Who of them.
        kin: Kin,
        /// Of which class.
        class: ClassId,
        /// Which.
        pupils: Vec<PersonId>,
    },
}

impl Whom {
    /// What is asked for rights: the place, each of the classes, or the class of the picked.
    pub fn audiences(&self) -> Vec<Audience> {
        match self {
            Self::One(audience) => vec![*audience],
            Self::Several(Several::Classes { kin, classes }) => {
                classes.iter().map(|it| kin.of(Place::Class(*it))).collect()
            }
            Self::Several(Several::Picked { kin, class, .. }) => vec![kin.of(Place::Class(*class))],
        }
    }

    /// The same without some of the classes or pupils.
    #[must_use]
    pub fn without(&self, lost: &[i64]) -> Self {
        let mut left = self.clone();
        match &mut left {
            Self::One(_) => {}
            Self::Several(Several::Classes { classes, .. }) => classes.retain(|it| !lost.contains(&it.0)),
            Self::Several(Several::Picked { pupils, .. }) => pupils.retain(|it| !lost.contains(&it.0)),
        }
        left
    }

    /// Whether only parents are meant: who isn't reached is a family then.
    pub fn is_of_parents(&self) -> bool {
        self.audiences().iter().all(|it| matches!(it, Audience::Parents(_)))
    }
}

/// What is ticked on the way to several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ticked {
    /// Classes of a school.
    Classes(SchoolId, Vec<ClassId>),
    /// Pupils of a class.
    Pupils(ClassId, Vec<PersonId>),
}

impl Ticked {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Classes(_, classes) => classes.is_empty(),
            Self::Pupils(_, pupils) => pupils.is_empty(),
        }
    }

    /// Who of them is meant. One class is a class, and no list.
    pub fn to(&self, kin: Kin) -> Option<Whom> {
        match self {
            Self::Classes(_, classes) => match classes.as_slice() {
                [] => None,
                [class] => Some(Whom::One(kin.of(Place::Class(*class)))),
                _ => Some(Whom::Several(Several::Classes {
                    kin,
                    classes: classes.clone(),
                })),
            },
            Self::Pupils(_, pupils) if pupils.is_empty() => None,
            Self::Pupils(class, pupils) => Some(Whom::Several(Several::Picked {
                kin,
                class: *class,
                pupils: pupils.clone(),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_what_was_kept_of_one_place_is_read_as_before() {
        let kept = r#"{"Parents":{"Class":7}}"#;
        let whom: Whom = serde_json::from_str(kept).unwrap();
        assert_eq!(whom, Whom::One(Audience::Parents(Place::Class(ClassId(7)))));
        assert_eq!(serde_json::to_string(&whom).unwrap(), kept);
    }

    #[test]
    fn p6_several_places_are_read_back_and_lose_what_is_lost() {
        let ticked = Ticked::Classes(SchoolId(1), vec![ClassId(7), ClassId(8), ClassId(9)]);
        let whom = ticked.to(Kin::Families).unwrap();
        let kept = serde_json::to_string(&whom).unwrap();
        assert_eq!(serde_json::from_str::<Whom>(&kept).unwrap(), whom);
        assert_eq!(whom.without(&[8]).audiences().len(), 2);
        let picked = Ticked::Pupils(ClassId(7), vec![PersonId(1), PersonId(2)]);
        let whom = picked.to(Kin::Pupils).unwrap();
        let kept = serde_json::to_string(&whom).unwrap();
        assert_eq!(serde_json::from_str::<Whom>(&kept).unwrap(), whom);
        assert!(!whom.is_of_parents());
    }

    #[test]
    fn p6_of_nothing_that_is_ticked_nobody_is_meant() {
        assert_eq!(Ticked::Classes(SchoolId(1), Vec::new()).to(Kin::Parents), None);
        assert_eq!(Ticked::Pupils(ClassId(7), Vec::new()).to(Kin::Parents), None);
        let one = Ticked::Classes(SchoolId(1), vec![ClassId(7)]);
        assert_eq!(
            one.to(Kin::Parents),
            Some(Whom::One(Audience::Parents(Place::Class(ClassId(7)))))
        );
    }
}
