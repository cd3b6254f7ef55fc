//! Which school and year of the database a workbook is about.
//!
//! A school is found by its name. A name that the journal doesn't have is a slip, a workbook of another school, or on
//! purpose; the codes and surnames in it tell which is likely, and a person says which it is.

use anyhow::Context as _;
use std::collections::BTreeSet;

use crate::db::Conn;
use crate::ids::SchoolId;

use super::How;
use super::names;
use super::problems::Complaint;
use super::records::Records;
use super::store;

/// What a school's name that the journal doesn't have means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewName {
    /// A mistake, unless the journal has no school yet.
    Refused,
    /// The school of these people is called so now.
    Renamed,
    /// One more school.
    Another,
}

/// The school that the workbook is about; none when it is to be made.
pub async fn school(conn: &mut Conn, told: &Records, how: &How) -> anyhow::Result<Result<Option<SchoolId>, Complaint>> {
    let name = told.school.keys().next().context("the workbook's school")?;
    let schools = store::schools(conn).await?;
    let folded = names::fold(name);
    let exact = schools.iter().find(|(_, known)| known == name);
    let found = exact.or_else(|| schools.iter().find(|(_, known)| names::fold(known) == folded));
    let own = |id: SchoolId| how.only.is_none_or(|only| only == id);
    if let Some((id, _)) = found {
        let told = own(*id).then_some(Some(*id));
        return Ok(told.ok_or_else(|| Complaint::new("school_not_yours").said("value", name)));
    }
    if schools.is_empty() || how.new_name == NewName::Another {
        return Ok(Ok(None));
    }
    let mut likely = None;
    for (id, known) in &schools {
        if own(*id) && is_of(conn, told, *id).await? {
            likely = Some((*id, known));
        }
    }
    Ok(match likely {
        Some((id, _)) if how.new_name == NewName::Renamed => Ok(Some(id)),
        Some((_, known)) => Err(Complaint::new("school_renamed").said("value", name).said("near", known)),
        None if how.only.is_some() => Err(Complaint::new("school_not_yours").said("value", name)),
        None => {
            let known = schools.into_iter().map(|(_, known)| known).collect();
            Err(Complaint::new("school_other").said("value", name).either("near", known))
        }
    })
}

/// Whether at least half of the workbook's people are this school's, by code and surname.
async fn is_of(conn: &mut Conn, told: &Records, school: SchoolId) -> anyhow::Result<bool> {
    let known = store::people(conn, school).await?;
    let known: BTreeSet<(String, String)> = known
        .into_iter()
        .map(|(_, code, surname, ..)| (code, names::fold(&surname)))
        .collect();
    let told_people = told.people.iter();
    let same = told_people.filter(|(code, person)| known.contains(&((*code).clone(), names::fold(&person.surname))));
    Ok(same.count() * 2 >= told.people.len().max(1))
}

/// What is said when the school has this very year under another title: its lessons would be there twice.
pub async fn other_year(
    conn: &mut Conn,
    told: &Records,
    school: Option<SchoolId>,
) -> anyhow::Result<Option<Complaint>> {
    let Some(school) = school else { return Ok(None) };
    let (title, (starts, ends)) = told.year.first_key_value().context("the workbook's year")?;
    let years = store::years(conn, school).await?;
    let clash = years
        .into_iter()
        .find(|(known, first, last)| known != title && first <= ends && starts <= last);
    Ok(clash.map(|(known, ..)| Complaint::new("year_renamed").said("value", title).said("near", known)))
}
