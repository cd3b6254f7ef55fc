//! Whom the school's word can reach: families, pupils and staff, by the chats that are open, and whom to call instead.

pub mod store;

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use super::Person;
use crate::ids::{ClassId, GroupId, PersonId, SchoolId};
use crate::words::Locale;

/// To whom something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// The parents of these children.
    Parents(Place),
    /// These children themselves.
    Pupils(Place),
    /// Both.
    Families(Place),
    /// Who works at a school.
    Staff(SchoolId),
    /// Those of them who do this, with classes of these grades where it has to do with classes.
    Post {
        /// The school.
        school: SchoolId,
        /// What they do.
        post: Post,
        /// From this grade.
        from: i64,
        /// To this one, itself included.
        to: i64,
    },
}

/// What somebody does at a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Post {
    /// Whoever teaches classes or is their tutor.
    Pedagogues,
    /// Whoever teaches.
    Teachers,
    /// Tutors of classes.
    Tutors,
    /// Heads of stages.
    Heads,
    /// The director and the administrators of the journal.
    Administration,
    /// Secretaries and technical support.
    Office,
}

impl Post {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Pedagogues,
        Self::Teachers,
        Self::Tutors,
        Self::Heads,
        Self::Administration,
        Self::Office,
    ];

    /// Whether it has to do with classes, so that a stage has its own.
    pub fn has_classes(self) -> bool {
        matches!(self, Self::Pedagogues | Self::Teachers | Self::Tutors)
    }

    /// These of some grades.
    pub fn of(self, school: SchoolId, (from, to): (i64, i64)) -> Audience {
        Audience::Post {
            school,
            post: self,
            from,
            to,
        }
    }
}

/// Who of some families is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kin {
    /// The parents.
    Parents,
    /// The children.
    Pupils,
    /// Both.
    Families,
}

impl Kin {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Parents, Self::Pupils, Self::Families];

    /// These of a place.
    pub fn of(self, place: Place) -> Audience {
        match self {
            Self::Parents => Audience::Parents(place),
            Self::Pupils => Audience::Pupils(place),
            Self::Families => Audience::Families(place),
        }
    }
}

/// Whose families are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Of one pupil.
    Pupil(PersonId),
    /// Of a class.
    Class(ClassId),
    /// Of a study group.
    Group(GroupId),
    /// Of some grades of a school: a stage, or all of it.
    Grades {
        /// The school.
        school: SchoolId,
        /// The lowest grade.
        from: i64,
        /// The highest.
        to: i64,
    },
}

impl Audience {
    /// Whose families are meant; nobody's when it is the staff.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Parents(place) | Self::Pupils(place) | Self::Families(place) => Some(place),
            Self::Staff(_) | Self::Post { .. } => None,
        }
    }
}

/// What an audience is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// A pupil, by class and name.
    Pupil(String, String),
    /// «7А».
    Class(String),
    /// A group of a class: «7А» and «Английский язык, гр. 1».
    Group(String, String),
    /// Grades, from which to which.
    Grades(i64, i64),
    /// The whole school.
    School,
    /// Those of the staff who do this, of some grades or of the whole school.
    Post(Post, Option<(i64, i64)>),
}

impl Title {
    /// The class, where it is one or a part of one.
    pub fn class(&self) -> &str {
        match self {
            Self::Class(class) | Self::Group(class, _) | Self::Pupil(class, _) => class,
            Self::Grades(..) | Self::School | Self::Post(..) => "",
        }
    }
}

/// A chat that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenChat {
    /// By which messenger.
    pub transport: String,
    /// Whose account.
    pub account: i64,
    /// In which language.
    pub locale: Locale,
}

impl OpenChat {
    /// As letters are addressed.
    pub fn address(&self) -> (String, i64) {
        (self.transport.clone(), self.account)
    }
}

/// Somebody who is reached.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Who.
    pub person: Person,
    /// For the sake of which pupils; a member of staff for nobody's.
    pub pupils: Vec<PersonId>,
    /// In these chats.
    pub chats: Vec<OpenChat>,
}

impl Recipient {
    fn new(person: Person) -> Self {
        Self {
            person,
            pupils: Vec::new(),
            chats: Vec::new(),
        }
    }

    fn add(&mut self, about: PersonId, chat: OpenChat) {
        if about != self.person.id && !self.pupils.contains(&about) {
            self.pupils.push(about);
        }
        if !self.chats.contains(&chat) {
            self.chats.push(chat);
        }
    }
}

/// Why nobody of a family is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hindrance {
    /// Everybody who has entered has closed the chat since.
    ChatClosed,
    /// Nobody has entered, or nobody has consented (P3).
    NotConnected,
}

/// Who is reached and who isn't.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Everybody who is, each once.
    pub recipients: Vec<Recipient>,
    /// Pupils whose family nobody of those meant reads for, and members of staff who can't be reached.
    pub missing: Vec<(Person, Hindrance)>,
}

/// One way to somebody, as the database has it: a row a pupil, person and account.
#[derive(Clone, Debug)]
pub struct Tie {
    /// For whose sake.
    pub about: Person,
    /// Who is meant.
    pub person: Person,
    /// Whether the person may be told: a parent has consented, others needn't.
    pub may_be_told: bool,
    /// The account, when there is one.
    pub chat: Option<OpenChat>,
    /// Whether its chat is closed.
    pub closed: bool,
}

impl Reach {
    /// What ties amount to: each person once, and each family or member of staff that no tie reaches.
    pub fn of(ties: Vec<Tie>) -> Self {
        let mut reach = Self::default();
        let mut places: HashMap<PersonId, usize> = HashMap::new();
        let mut families: Vec<(Person, Option<Hindrance>)> = Vec::new();
        let mut known: HashMap<PersonId, usize> = HashMap::new();
        for tie in ties {
            let hindrance = match &tie.chat {
                Some(_) if tie.may_be_told && tie.closed => Some(Hindrance::ChatClosed),
                Some(_) if tie.may_be_told => None,
                _ => Some(Hindrance::NotConnected),
            };
            // The best of a family's ties is how it stands, in whichever of several places they are.
            let family = *known.entry(tie.about.id).or_insert_with(|| {
                families.push((tie.about.clone(), hindrance));
                families.len() - 1
            });
            let best = &mut families[family].1;
            *best = (*best).min(hindrance);
            if let (None, Some(chat)) = (hindrance, tie.chat) {
                let recipients = &mut reach.recipients;
                let place = *places.entry(tie.person.id).or_insert_with(|| {
                    recipients.push(Recipient::new(tie.person));
                    recipients.len() - 1
                });
                reach.recipients[place].add(tie.about.id, chat);
            }
        }
        reach.missing = families
            .into_iter()
            .filter_map(|(about, hindrance)| hindrance.map(|it| (about, it)))
            .collect();
        reach
    }

    /// How many people are reached.
    pub fn n_people(&self) -> usize {
        self.recipients.len()
    }

    /// How many families are: pupils for whose sake somebody is. Twins are two, as in the class's list.
    pub fn n_families(&self) -> usize {
        let pupils: HashSet<PersonId> = self.recipients.iter().flat_map(|it| &it.pupils).copied().collect();
        pupils.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::names::FullName;

    fn person(id: i64) -> Person {
        Person {
            id: PersonId(id),
            school: SchoolId(1),
            name: FullName {
                surname: format!("Surname {id}"),
                name: "Name".into(),
                patronymic: String::new(),
            },
        }
    }

    fn tie(about: i64, who: i64, account: Option<i64>, (may_be_told, closed): (bool, bool)) -> Tie {
        Tie {
            about: person(about),
            person: person(who),
            may_be_told,
            chat: account.map(|account| OpenChat {
                transport: "t".into(),
                account,
                locale: Locale::default(),
            }),
            closed,
        }
    }

    fn ids(reach: &Reach) -> Vec<(i64, Vec<i64>, usize)> {
        let one = |it: &Recipient| {
            let pupils = it.pupils.iter().map(|it| it.0).collect();
            (it.person.id.0, pupils, it.chats.len())
        };
        reach.recipients.iter().map(one).collect()
    }

    #[test]
    fn p6_each_parent_is_reached_once_for_all_of_the_children() {
        let ties = vec![
            tie(1, 11, Some(111), (true, false)),
            tie(1, 12, Some(112), (true, false)),
            tie(2, 11, Some(111), (true, false)),
            tie(2, 11, Some(999), (true, false)),
        ];
        let reach = Reach::of(ties);
        assert_eq!(ids(&reach), [(11, vec![1, 2], 2), (12, vec![1], 1)]);
        assert_eq!((reach.n_people(), reach.n_families()), (2, 2));
        assert_eq!(reach.missing.len(), 0);
    }

    #[test]
    fn p6_a_family_is_missing_when_nobody_of_it_reads() {
        let missing = |ties: Vec<Tie>| Reach::of(ties).missing.first().map(|(about, why)| (about.id.0, *why));
        let closed = tie(1, 11, Some(111), (true, true));
        let without = tie(1, 12, None, (true, false));
        let unconsented = tie(1, 13, Some(113), (false, false));
        let open = tie(1, 14, Some(114), (true, false));
        assert_eq!(missing(vec![without.clone()]), Some((1, Hindrance::NotConnected)));
        assert_eq!(missing(vec![unconsented.clone()]), Some((1, Hindrance::NotConnected)));
        assert_eq!(
            missing(vec![without.clone(), closed.clone()]),
            Some((1, Hindrance::ChatClosed))
        );
        assert_eq!(missing(vec![without, closed, open, unconsented]), None);
    }

    #[test]
    fn p6_a_pupil_who_is_meant_is_nobodys_parent() {
        let reach = Reach::of(vec![tie(1, 1, Some(5), (true, false)), tie(2, 2, None, (true, false))]);
        assert_eq!(ids(&reach), [(1, vec![], 1)]);
        assert_eq!(reach.n_families(), 0);
        assert_eq!(reach.missing.len(), 1);
    }
}
