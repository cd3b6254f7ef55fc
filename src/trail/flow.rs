//! Looking at the trail. Looking records nothing.

use chrono::{Days, NaiveTime};

use super::press::{View, Whose};
use super::{screens, store};
use crate::access::{self, Actor};
use crate::chat::{Ctx, Screen};
use crate::db::Conn;
use crate::ids::SchoolId;
use crate::words::{dates, refuse};
use crate::{people, school};

/// Draws a view.
pub async fn view(ctx: &Ctx, conn: &mut Conn, actor: &Actor, view: View) -> anyhow::Result<Screen> {
    let (View::Day(id, ..) | View::People(id, _) | View::Classes(id)) = view;
    let proof = access::read_trail(actor, id)?;
    let Some(school) = school::store::school(conn, id).await? else {
        refuse!("access.no_section")
    };
    match view {
        View::Day(_, whose, date, page) => {
            let today = dates::local(ctx.now, school.zone).date();
            let day = date.unwrap_or(today).min(today);
            let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
            let bounds = [day, next].map(|day| dates::moment(day, NaiveTime::MIN, school.zone));
            let lines = store::lines(conn, proof, (id, whose), (bounds[0], bounds[1])).await?;
            let title = match whose {
                Whose::All => school.name.clone(),
                // Another school's person or class has no name here, and no lines.
                Whose::Person(person) => people::store::person(conn, person)
                    .await?
                    .filter(|it| it.school == id)
                    .map(|it| it.name.adult())
                    .unwrap_or_default(),
                Whose::Class(class) => store::classes(conn, proof, id)
                    .await?
                    .into_iter()
                    .find(|(known, _)| *known == class)
                    .map(|(_, name)| name)
                    .unwrap_or_default(),
            };
            let drawn = screens::Day {
                school: id,
                whose,
                title,
                day,
                today,
                zone: school.zone,
                lines,
                page,
            };
            Ok(screens::day(ctx.locale, &drawn))
        }
        View::People(_, page) => {
            let staff = store::staff(conn, proof, id).await?;
            Ok(screens::people(ctx.locale, id, &staff, page))
        }
        View::Classes(_) => {
            let classes = store::classes(conn, proof, id).await?;
            Ok(screens::classes(ctx.locale, id, &classes))
        }
    }
}

/// The school whose trail an actor reads, for the menu.
pub fn read_school(actor: &Actor) -> Option<SchoolId> {
    let mut schools = actor.identities.iter().map(|it| it.school);
    schools.find(|school| access::read_trail(actor, *school).is_ok())
}
