//! What an adult of a child may do (P3): all of it, only read the diary, nothing.
//!
//! The workbook says whose parents are whose; what the administrator takes from one of them is kept beside, and a workbook
//! that is loaded again leaves it as it stands.

pub mod flow;
pub mod screens;
pub mod store;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::people::Person;

/// What an adult may do for a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rights {
    /// Everything that a guardian may.
    Full,
    /// The diary and its notices; the family's word is another adult's.
    Reads,
    /// Nothing.
    Closed,
}

impl Rights {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::Reads, Self::Closed];

    /// As texts and the audit name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Reads => "reads",
            Self::Closed => "none",
        }
    }

    /// Of a stored code; whoever has none there has all.
    pub fn of(code: Option<&str>) -> Self {
        let found = code.and_then(|code| Self::ALL.into_iter().find(|it| it.code() == code));
        found.unwrap_or(Self::Full)
    }
}

/// An adult of a child.
#[derive(Clone, Debug)]
pub struct Adult {
    /// Who.
    pub person: Person,
    /// What they may.
    pub rights: Rights,
    /// Since when it isn't everything.
    pub since: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_rights_keep_their_codes() {
        for it in Rights::ALL {
            assert_eq!(Rights::of(Some(it.code())), it);
        }
        assert_eq!(Rights::of(None), Rights::Full);
    }
}
