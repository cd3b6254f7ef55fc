//! People of a school: who they are, how they get in, which accounts are theirs.

pub mod entry;
pub mod flow;
pub mod keypad;
pub mod lock;
pub mod passes;
pub mod press;
pub mod reach;
pub mod screens;
pub mod secret;
pub mod store;

use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

use crate::access::Role;
use crate::ids::{PersonId, SchoolId};
use crate::words::names::FullName;

/// A person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Of which school.
    #[sqlx(rename = "school_id")]
    pub school: SchoolId,
    /// The name.
    #[sqlx(flatten)]
    pub name: FullName,
}

/// People of a school whose accounts have to do with another school too.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The school's name.
    pub school: String,
    /// Who they are.
    pub people: HashSet<PersonId>,
}

impl Beside {
    /// The school's name, for a letter to one of them; nothing for anybody else.
    pub fn of(&self, person: PersonId) -> Option<&str> {
        self.people.contains(&person).then_some(self.school.as_str())
    }
}

/// A one-time code: 128 random bits in letters and digits that aren't taken for one another.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 26 signs of 5 bits hold 128 bits.
const SIGNS: usize = 26;

impl Code {
    /// The code of so many bits.
    pub fn from_bits(bits: u128) -> Self {
        let sign = |idx: usize| char::from(ALPHABET[(bits >> (5 * idx) & 31) as usize]);
        Self((0..SIGNS).rev().map(sign).collect())
    }

    /// A code as a person typed it: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(SIGNS);
        for letter in typed.trim().chars().filter(|it| !matches!(it, '-' | ' ' | '\u{a0}')) {
            let sign = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if !sign.is_ascii() || !ALPHABET.contains(&(sign as u8)) {
                return None;
            }
            code.push(sign);
        }
        (code.len() == SIGNS).then_some(Self(code))
    }

    /// What is kept: the code itself is nowhere.
    pub fn hash(&self) -> String {
        Sha256::digest(self.0.as_bytes())
            .iter()
            .fold(String::with_capacity(64), |mut hex, byte| {
                hex.push_str(&format!("{byte:02x}"));
                hex
            })
    }

    /// As it goes into a link.
    pub fn link_part(&self) -> &str {
        &self.0
    }

    /// As it is read out and typed: in groups of five signs or so.
    pub fn spoken(&self) -> String {
        let (head, tail) = self.0.split_at(6);
        let groups: Vec<String> = tail
            .as_bytes()
            .chunks(5)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        format!("{head}-{}", groups.join("-"))
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Code(…)")
    }
}

/// Whose invitation the administrator asks for on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitee {
    /// An administrator of the journal.
    Admin(String),
    /// A member of staff.
    Staff(String),
    /// A pupil.
    Pupil(String),
    /// A parent.
    Parent(String),
}

impl Invitee {
    /// The name or code that was asked for.
    pub fn asked(&self) -> &str {
        match self {
            Self::Admin(name) | Self::Staff(name) | Self::Pupil(name) | Self::Parent(name) => name,
        }
    }
}

/// What a person does at the school, as the journal knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Subjects, each with its classes.
    pub taught: Vec<(String, Vec<String>)>,
    /// Classes whose tutor the person is.
    pub tutored: Vec<String>,
    /// Duties given by name.
    pub duties: Vec<Role>,
}

/// Whether what a person asked for names this one: the workbook's code, the whole name, surname and name, or
/// «Фамилия И. О.»; case, ё and spaces don't matter.
pub fn is_named(person: &Person, code: &str, asked: &str) -> bool {
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .replace('\u{451}', "\u{435}")
            .chars()
            .filter(|it| !it.is_whitespace() && *it != '.')
            .collect()
    };
    let asked = plain(asked);
    [code, &person.name.whole(), &person.name.pupil(), &person.name.adult()]
        .iter()
        .any(|name| plain(name) == asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn p3_a_code_is_read_back_from_its_link_and_from_what_is_spoken(bits: u128) {
            let code = Code::from_bits(bits);
            prop_assert_eq!(Code::parse(code.link_part()), Some(code.clone()));
            prop_assert_eq!(Code::parse(&code.spoken().to_lowercase()), Some(code.clone()));
        }

        #[test]
        fn p3_different_bits_are_different_codes(one: u128, other: u128) {
            prop_assert_eq!(Code::from_bits(one) == Code::from_bits(other), one == other);
        }

        #[test]
        fn anything_else_is_no_code(typed in "\\PC{0,40}") {
            if let Some(code) = Code::parse(&typed) {
                prop_assert_eq!(code.link_part().len(), SIGNS);
            }
        }
    }

    #[test]
    fn a_person_is_found_by_code_or_any_form_of_the_name() {
        let name = FullName {
            surname: "Фёдорова".into(),
            name: "Анна".into(),
            patronymic: "Ильинична".into(),
        };
        let person = Person {
            id: PersonId(1),
            school: SchoolId(1),
            name,
        };
        for asked in [
            "С-07",
            "с-07",
            "Федорова Анна Ильинична",
            "Фёдорова Анна",
            "Федорова А. И.",
            "фёдорова А.И.",
        ] {
            assert!(is_named(&person, "С-07", asked), "{asked}");
        }
        assert!(!is_named(&person, "С-07", "Федорова"));
    }
}
