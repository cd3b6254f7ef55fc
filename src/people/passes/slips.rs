//! Printing slips: codes and digits are made in memory, go through a pipe to the press, and are kept as hashes only, in
//! the same commit as the letter with the sheet.

use chrono::{DateTime, TimeDelta, Utc};

use super::store::{self, SlipOrder};
use super::{Class, Family, not_connected};
use crate::access;
use crate::chat::{Document, Links, Screen};
use crate::db::{Db, Left, dialogue, transact};
use crate::delivery::{self, store::NewLetter};
use crate::ids::{Account, PersonId};
use crate::paper::slips::{Slip, Slips};
use crate::paper::{Order, Press, Sheet};
use crate::people::{self, entry, secret};
use crate::school::{self, School};
use crate::words::{Locale, dates, html, plain};

/// The heavy job that prints an order.
pub const PRINT: &str = "print_slips";

/// A person's new invitation on its way to paper and to the database.
struct Made {
    person: PersonId,
    slip: Slip,
    code_hash: String,
    digits_hash: String,
}

/// Prints an order and sends the sheet to whoever asked for it. An order that is done with is done with.
pub async fn print(
    db: &Db,
    press: &Press,
    (transport, links): (&'static str, Links),
    id: i64,
    now: DateTime<Utc>,
) -> anyhow::Result<Left> {
    let mut snapshot = db.snapshot().await?;
    let Some(order) = store::slip_order(&mut snapshot, id).await? else {
        return Ok(Left::default());
    };
    let account = Account {
        transport,
        id: order.account,
    };
    let actor = people::store::actor(&mut snapshot, account).await?;
    let found = store::class_scope(&mut snapshot, order.class_id).await?;
    // Whoever asked may have lost the class since.
    let Some((class, scope)) = found.filter(|(_, scope)| access::manage_access(&actor, scope).is_ok()) else {
        return transact!(db, tx => {
            store::end_order(&mut tx, id).await?;
            tx.left()
        });
    };
    let proof = access::manage_access(&actor, &scope)?;
    let families = store::families(&mut snapshot, order.class_id, now).await?;
    let school = school::store::school(&mut snapshot, scope.school).await?;
    let locale = dialogue::chat(&mut snapshot, account).await?.locale;
    let wanted = wanted(&mut snapshot, &order, &families).await?;
    drop(snapshot);
    let Some(school) = school else {
        anyhow::bail!("the class of an order has no school");
    };
    let made = make(&class, &school, (&families, &wanted), links, now)?;
    let pdf = press.print(&sheet(&class, &school, &made, now)).await?;
    let document = Document {
        name: plain!(locale, "passes.slips.file", class = class.name),
        bytes: pdf,
    };
    let n = made.len();
    transact!(db, tx => {
        if store::end_order(&mut tx, id).await? {
            for it in &made {
                entry::connect::keep(&mut tx, it.person, Some(proof.by()), &it.code_hash, &it.digits_hash, now).await?;
            }
            let object = format!("class:{}", class.id);
            people::store::audit(&mut tx, now, account, Some(proof.by()), ("slips_printed", &object)).await?;
            let file = delivery::store::keep_file(&mut tx, &document, now).await?;
            let screen = Screen::new(html!(locale, "passes.slips.sent", class = class.name, n = n));
            let mut letter =
                NewLetter::new((order.transport.clone(), order.account), format!("slips:{id}"), screen, now);
            letter.letter.document = Some(file);
            delivery::store::post(&mut tx, letter, now).await?;
        }
        tx.left()
    })
}

/// For whom a slip is made. Staff get their links from the administrator, children or not.
async fn wanted(conn: &mut crate::db::Conn, order: &SlipOrder, families: &[Family]) -> anyhow::Result<Vec<PersonId>> {
    let people: Vec<PersonId> = if order.whole {
        families
            .iter()
            .flat_map(Family::everybody)
            .map(|it| it.person.id)
            .collect()
    } else {
        not_connected(families)
    };
    let mut wanted = Vec::new();
    for person in people {
        let staff = entry::store::kind(conn, person).await? == Some(entry::Kind::Staff);
        if !staff && !wanted.contains(&person) {
            wanted.push(person);
        }
    }
    Ok(wanted)
}

fn make(
    class: &Class,
    school: &School,
    (families, wanted): (&[Family], &[PersonId]),
    links: Links,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Made>> {
    let ru = Locale::Ru;
    let until = dates::local(now + TimeDelta::days(entry::INVITATION_DAYS), school.zone);
    let day = dates::day(ru, until.date(), until.date());
    let mut made: Vec<Made> = Vec::new();
    for family in families {
        for standing in family.everybody() {
            let person = standing.person.id;
            // A parent of two children of the class gets one slip: it opens both.
            if !wanted.contains(&person) || made.iter().any(|it| it.person == person) {
                continue;
            }
            let (pass, _) = entry::Pass::random();
            let whom = if person == family.pupil.person.id {
                plain!(ru, "passes.slips.for_pupil")
            } else {
                plain!(ru, "passes.slips.for_parent", name = standing.person.name.whole())
            };
            made.push(Made {
                person,
                code_hash: pass.code.hash(),
                digits_hash: secret::hash(&pass.digits)?,
                slip: Slip {
                    heading: format!("{}, {}", family.pupil.person.name.pupil(), class.name),
                    person: whom,
                    link: Some(links.to(pass.code.link_part())),
                    code: pass.code.spoken(),
                    digits: pass.digits,
                    note: plain!(ru, "passes.slips.note", day = day),
                },
            });
        }
    }
    Ok(made)
}

fn sheet(class: &Class, school: &School, made: &[Made], now: DateTime<Utc>) -> Order {
    let ru = Locale::Ru;
    Order {
        made: dates::local(now, school.zone).date(),
        title: plain!(ru, "passes.slips.title", class = class.name),
        language: ru.code().to_owned(),
        sheet: Sheet::Slips(Slips {
            school: school.name.clone(),
            code_label: plain!(ru, "passes.slips.code"),
            digits_label: plain!(ru, "passes.slips.digits"),
            how: vec![
                plain!(ru, "passes.slips.how_1"),
                plain!(ru, "passes.slips.how_2"),
                plain!(ru, "passes.slips.how_3"),
            ],
            slips: made.iter().map(|it| it.slip.clone()).collect(),
        }),
    }
}
