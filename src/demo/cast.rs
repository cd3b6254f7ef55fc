//! The people of the demonstration: everybody of the sample school has the journal open on a phone and presses Start.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::collections::BTreeSet;

use super::page::Person as PagePerson;
use super::telegram::Telegram;
use super::{ZONE, chats, history};
use crate::db::{Db, transact};
use crate::ids::{Account, PersonId};
use crate::people::{self, Invitee, Person};
use crate::school;
use crate::words::{Locale, dates, plain};

/// Accounts of the model begin here, so that they are never taken for ids of people.
const FIRST_ACCOUNT: i64 = 100_000;
/// Phones of nobody at the school, on which a visitor tries an invitation: below all accounts of people.
const STRANGERS: std::ops::RangeInclusive<i64> = 90_001..=90_002;
/// What opens a locked journal here; the list of people says it to visitors.
const PIN: &str = "2468";
/// Surnames of families that have no phone in hand: a teacher sees that a message can't reach them.
const WITHOUT_PHONE: &str = "demo.without_phone";

/// The cast.
#[derive(Debug, Default)]
pub struct Cast {
    /// Everybody who can be chosen on the page.
    pub people: Vec<PagePerson>,
    /// The last days of the terms.
    pub term_ends: Vec<NaiveDate>,
    /// Who is seen first: a teacher and a parent.
    first: Option<(i64, i64)>,
}

impl Cast {
    /// The address's end that opens the page with a teacher and a parent.
    pub fn opening(&self) -> String {
        self.first
            .map_or_else(String::new, |(left, right)| format!("#left={left}&right={right}"))
    }
}

/// Loads the school and lets those who have no access yet press Start.
pub async fn prepare(db: &Db, telegram: &Telegram, workbook: &[u8], now: DateTime<Utc>) -> anyhow::Result<Cast> {
    super::load_school(db, workbook, now).await?;
    let mut cast = Cast::default();
    let staff = people(db, &Invitee::Staff(String::new())).await?;
    let parents = people(db, &Invitee::Parent(String::new())).await?;
    let locale = Locale::Ru;
    let without_phone = plain!(locale, WITHOUT_PHONE);
    let has_phone = |person: &Person| without_phone.split(' ').all(|surname| person.name.surname != surname);
    let reached: BTreeSet<PersonId> = parents.iter().filter(|it| has_phone(it)).map(|it| it.id).collect();
    let phone = |id: PersonId| reached.contains(&id).then_some(FIRST_ACCOUNT + id.0);
    let mut is_said = false;
    let say_once = |_| {
        if !std::mem::replace(&mut is_said, true) {
            println!("{}", plain!(locale, "demo.writing_history"));
        }
        Ok(())
    };
    history::write(db, now, &phone, say_once).await?;
    chats::bring_back(db, telegram).await?;
    // Everybody has had the journal since its first day.
    let came_at = dates::moment(
        history::first_day(),
        NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default(),
        ZONE,
    );
    for person in &staff {
        let work = people::store::work(&mut *db.snapshot().await?, person.id).await?;
        let mut role = people::screens::work_summary(locale, &work);
        if parents.iter().any(|it| it.id == person.id) {
            role = format!("{role}; {}", plain!(locale, "demo.role.parent"));
        }
        let role = plain!(locale, "demo.role.with_pin", role = role, pin = PIN);
        let account = cast
            .add(
                db,
                telegram,
                (person, role, plain!(locale, "demo.group.staff")),
                came_at,
            )
            .await?;
        if let Some(account) = account {
            transact!(db, tx => people::lock::flow::give_pin(&mut tx, account, PIN, now).await?)?;
        }
    }
    for person in parents.iter().filter(|it| !staff.iter().any(|other| other.id == it.id)) {
        let children = children(db, person.id).await?;
        if !has_phone(person) {
            continue;
        }
        cast.add(
            db,
            telegram,
            (person, children, plain!(locale, "demo.group.parents")),
            came_at,
        )
        .await?;
    }
    let first_parent = plain!(locale, "demo.first_parent");
    if let Some(parent) = parents.iter().find(|it| it.name.surname == first_parent) {
        cast.add_children(db, telegram, parent, (now, came_at)).await?;
    }
    cast.add_strangers(telegram);
    cast.first = cast.opening_pair(db, &staff, &parents).await?;
    Ok(cast)
}

impl Cast {
    /// Somebody with a phone; their account if it is new.
    async fn add(
        &mut self,
        db: &Db,
        telegram: &Telegram,
        (person, role, group): (&Person, String, String),
        came_at: DateTime<Utc>,
    ) -> anyhow::Result<Option<Account>> {
        let user = FIRST_ACCOUNT + person.id.0;
        let account = Account {
            transport: "telegram",
            id: user,
        };
        let is_new = !has_access(db, person.id).await?;
        if is_new {
            transact!(db, tx => people::entry::connect::admit(&mut tx, account, person.id, came_at).await?)?;
            telegram.meet(user, &person.name.name);
            telegram.say(user, "/start");
        } else {
            telegram.acquaint(user, &person.name.name);
        }
        self.people.push(PagePerson {
            user,
            name: person.name.adult(),
            role,
            group,
        });
        Ok(is_new.then_some(account))
    }

    /// The pupils who are in the list: a visitor looks at one family from all its sides.
    async fn add_children(
        &mut self,
        db: &Db,
        telegram: &Telegram,
        parent: &Person,
        (now, came_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> anyhow::Result<()> {
        let children = people::store::children(&mut *db.snapshot().await?, parent.id).await?;
        for child in children {
            let class = school::store::class_of(&mut *db.snapshot().await?, child.id, now.date_naive()).await?;
            let role = class.map_or_else(String::new, |(_, grade, letter)| school::class_name(grade, &letter));
            self.add(
                db,
                telegram,
                (&child, role, plain!(Locale::Ru, "demo.group.pupils")),
                came_at,
            )
            .await?;
        }
        Ok(())
    }

    /// They have a Telegram, and never opened the bot.
    fn add_strangers(&mut self, telegram: &Telegram) {
        for (number, user) in (1..).zip(STRANGERS) {
            let name = format!("{} {number}", plain!(Locale::Ru, "demo.stranger"));
            telegram.meet(user, &name);
            self.people.push(PagePerson {
                user,
                name,
                role: plain!(Locale::Ru, "demo.role.stranger"),
                group: plain!(Locale::Ru, "demo.group.strangers"),
            });
        }
    }

    /// The teacher with the most lessons now, who has something to press, and a parent of that class.
    async fn opening_pair(
        &mut self,
        db: &Db,
        staff: &[Person],
        parents: &[Person],
    ) -> anyhow::Result<Option<(i64, i64)>> {
        let mut snapshot = db.snapshot().await?;
        let teacher_name = plain!(Locale::Ru, "demo.first_teacher");
        let parent_name = plain!(Locale::Ru, "demo.first_parent");
        let teacher = staff.iter().find(|it| it.name.surname == teacher_name);
        let parent = parents.iter().find(|it| it.name.surname == parent_name);
        if let Some(teacher) = teacher {
            let classes = school::store::term_ends(&mut snapshot, teacher.school).await?;
            self.term_ends = classes;
        }
        Ok(teacher
            .zip(parent)
            .map(|(left, right)| (FIRST_ACCOUNT + left.id.0, FIRST_ACCOUNT + right.id.0)))
    }
}

async fn people(db: &Db, kind: &Invitee) -> anyhow::Result<Vec<Person>> {
    let found = people::store::invitable(&mut *db.snapshot().await?, kind).await?;
    Ok(found.into_iter().map(|(person, _)| person).collect())
}

async fn has_access(db: &Db, person: PersonId) -> anyhow::Result<bool> {
    Ok(!people::entry::store::accounts(&mut *db.snapshot().await?, person)
        .await?
        .is_empty())
}

/// All of a parent's children: consent may come later.
async fn children(db: &Db, parent: PersonId) -> anyhow::Result<String> {
    let children = people::entry::store::children(&mut *db.snapshot().await?, parent).await?;
    let titles: Vec<String> = children.iter().map(people::entry::store::Child::title).collect();
    Ok(titles.join("; "))
}
