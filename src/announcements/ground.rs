//! Whose the readers of an announcement are: each place is asked for by itself, and those that are lost are left out.

use super::office_code;
use super::whom::{Several, Whom};
use crate::access::{self, Actor, Announce, AudienceScope};
use crate::db::Conn;
use crate::ids::{ClassId, PersonId, SchoolId};
use crate::people;
use crate::people::reach::{self, Audience, Kin, Place, Tie, Title};
use crate::words::refuse;

/// What of an announcement's readers is its author's.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The right.
    pub proof: Announce,
    /// Of which school.
    pub school: SchoolId,
    /// Those who are the author's.
    pub whom: Whom,
    /// What their places are called; of pupils each by name.
    pub titles: Vec<Title>,
    /// Classes that aren't the author's any more, or pupils who aren't in the class.
    pub lost: Vec<i64>,
}

impl Ground {
    /// In which office the author speaks, and of what.
    pub fn office(&self) -> (String, String) {
        let mut classes: Vec<&str> = self.titles.iter().map(Title::class).collect();
        classes.dedup();
        office_code(self.proof.office(), &classes.join(", "))
    }

    /// Whether a class is lost: what is said to all of it isn't the author's to say.
    pub fn has_lost_classes(&self) -> bool {
        !self.lost.is_empty() && matches!(self.whom, Whom::Several(Several::Classes { .. }))
    }
}

/// What of some readers is the actor's; refuses when nothing is.
pub async fn ground(conn: &mut Conn, actor: &Actor, whom: &Whom) -> anyhow::Result<Ground> {
    match find(conn, actor, whom).await? {
        Some(ground) => Ok(ground),
        None => refuse!("access.no_section"),
    }
}

/// The same; nothing when nothing is.
pub async fn find(conn: &mut Conn, actor: &Actor, whom: &Whom) -> anyhow::Result<Option<Ground>> {
    let mut scopes: Vec<AudienceScope> = Vec::new();
    let mut titles = Vec::new();
    let mut lost = Vec::new();
    for audience in whom.audiences() {
        let found = reach::store::scope(conn, audience).await?;
        let school = scopes.first().map(|it| it.school);
        match found
            .filter(|(scope, _)| school.is_none_or(|it| it == scope.school) && access::announce(actor, scope).is_ok())
        {
            Some((scope, title)) => {
                scopes.push(scope);
                titles.push(title);
            }
            None => lost.extend(audience.place().and_then(class_of)),
        }
    }
    let (Ok(proof), Some(school)) = (access::announce_all(actor, &scopes), scopes.first().map(|it| it.school)) else {
        return Ok(None);
    };
    if let Whom::Several(Several::Picked { class, pupils, .. }) = whom {
        let name = titles.first().map_or("", Title::class).to_owned();
        let here = reach::store::pupils(conn, *class).await?;
        let named = here.iter().filter(|it| pupils.contains(&it.id));
        titles = named.map(|it| Title::Pupil(name.clone(), it.name.pupil())).collect();
        let is_here = |pupil: &PersonId| here.iter().any(|it| it.id == *pupil);
        lost = pupils.iter().filter(|it| !is_here(it)).map(|it| it.0).collect();
        if titles.is_empty() {
            return Ok(None);
        }
    }
    Ok(Some(Ground {
        proof,
        school,
        whom: whom.without(&lost),
        titles,
        lost,
    }))
}

fn class_of(place: Place) -> Option<i64> {
    match place {
        Place::Class(class) => Some(class.0),
        Place::Pupil(_) | Place::Group(_) | Place::Grades { .. } => None,
    }
}

/// What is called what is lost.
pub async fn names(conn: &mut Conn, whom: &Whom, lost: &[i64]) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for id in lost {
        match whom {
            Whom::One(_) => {}
            Whom::Several(Several::Classes { .. }) => {
                let scope = reach::store::scope(conn, Audience::Parents(Place::Class(ClassId(*id)))).await?;
                names.extend(scope.map(|(_, title)| title.class().to_owned()));
            }
            Whom::Several(Several::Picked { .. }) => {
                let person = people::store::person(conn, PersonId(*id)).await?;
                names.extend(person.map(|it| it.name.pupil()));
            }
        }
    }
    Ok(names)
}

/// Everybody who is meant, with how each can be reached.
pub async fn ties(conn: &mut Conn, whom: &Whom) -> anyhow::Result<Vec<Tie>> {
    let mut ties = Vec::new();
    for audience in whom.audiences() {
        ties.extend(reach::store::ties(conn, audience).await?);
    }
    if let Whom::Several(Several::Picked { pupils, .. }) = whom {
        ties.retain(|it| pupils.contains(&it.about.id));
    }
    Ok(ties)
}

/// How many people each choice of kin means, of the same pupils.
pub fn counted(ties: &[Tie]) -> [(Kin, usize); 3] {
    Kin::ALL.map(|kin| {
        let meant = |it: &&Tie| match kin {
            Kin::Parents => it.about.id != it.person.id,
            Kin::Pupils => it.about.id == it.person.id,
            Kin::Families => true,
        };
        let meant: Vec<Tie> = ties.iter().filter(meant).cloned().collect();
        (kin, reach::Reach::of(meant).n_people())
    })
}
