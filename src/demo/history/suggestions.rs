//! What parents have suggested to the school: one by name, which was answered, and one without a name that nobody has read.

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::access::{self, Actor, Duty, Identity, ParentScope, ReadSuggestions, Role, Suggest};
use crate::db::{Conn, Db, transact};
use crate::feedback::{self, KNOWN_AT_MOST, post::FORGET};
use crate::ids::{Account, PersonId, SchoolId};
use crate::people::{self, Invitee};
use crate::telegram::TRANSPORT;
use crate::words::{Locale, dates, plain};
use crate::{jobs, school};

/// Who is found by a surname of the sample school.
async fn parent(conn: &mut Conn, surname: &str) -> anyhow::Result<(PersonId, SchoolId)> {
    let mut found = people::store::invitable(conn, &Invitee::Parent(String::new()))
        .await?
        .into_iter();
    let (person, _) = found
        .find(|it| it.0.name.surname == surname)
        .context("a parent of the sample school is gone")?;
    Ok((person.id, person.school))
}

/// Somebody of the school before anybody has entered.
fn actor(person: PersonId, school: SchoolId, duties: Vec<Duty>) -> Actor {
    Actor {
        account: Account {
            transport: TRANSPORT,
            id: 0,
        },
        identities: vec![Identity {
            person,
            school,
            is_staff: !duties.is_empty(),
            lock_after_minutes: 0,
            duties,
        }],
        guard: None,
    }
}

fn suggests(person: PersonId, school: SchoolId) -> anyhow::Result<Suggest> {
    let parents = vec![person];
    Ok(access::suggest(
        &actor(person, school, Vec::new()),
        &ParentScope { school, parents },
    )?)
}

fn reads(person: PersonId, school: SchoolId) -> anyhow::Result<ReadSuggestions> {
    let duty = Duty {
        role: Role::Administrator,
        from_grade: 1,
        to_grade: 11,
    };
    Ok(access::read_suggestions(&actor(person, school, vec![duty]), school)?)
}

/// Writes both, once.
pub async fn write(db: &Db, until: DateTime<Utc>) -> anyhow::Result<()> {
    let said = |what: &str| crate::words::text(Locale::Ru, &format!("demo.suggestion.{what}"), &[]);
    let mut view = db.snapshot().await?;
    let (first, school) = parent(&mut view, &plain!(Locale::Ru, "demo.first_parent")).await?;
    let (second, _) = parent(&mut view, &said("by")).await?;
    let keepers = people::store::holders(&mut view, school, [Role::Administrator; 2]).await?;
    let keeper = *keepers.first().context("the sample school has no administrator")?;
    let proof = reads(keeper, school)?;
    if !feedback::store::all(&mut view, proof, 1).await?.is_empty() {
        return Ok(());
    }
    let zone = school::store::zone(&mut view, school).await?;
    drop(view);
    let today = dates::local(until, zone).date();
    let (by_name, nameless) = (suggests(first, school)?, suggests(second, school)?);
    transact!(db, tx => {
        let sent = at(today, 6, (19, 20), zone);
        let id = feedback::store::add(&mut tx, by_name, true, &said("named"), sent).await?;
        let answered = at(today, 5, (9, 40), zone);
        feedback::store::read(&mut tx, proof, id, answered).await?;
        feedback::store::answer(&mut tx, proof, (id, 0), &said("answer"), answered).await?;
        // Of one without a name the day is kept, and it is forgotten in time whose it is.
        let sent = at(today, 1, (0, 0), zone);
        let id = feedback::store::add(&mut tx, nameless, false, &said("nameless"), sent).await?;
        jobs::store::schedule(&mut tx, FORGET, id.0, sent + KNOWN_AT_MOST).await?;
    })?;
    Ok(())
}

fn at(today: NaiveDate, days: i64, (hour, minute): (u32, u32), zone: Tz) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    dates::moment(today - TimeDelta::days(days), time, zone)
}
