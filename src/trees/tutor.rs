//! The tutor's tree: the class with its pupils, each a way into the diary, and how their access stands.

use super::menu::Section;
use crate::absences;
use crate::access::{self, Actor};
use crate::announcements;
use crate::charts::Tone;
use crate::chat::{Button, Ctx, Door, Screen, limits};
use crate::control;
use crate::db::Conn;
use crate::diary::signature;
use crate::ids::{ClassId, PersonId};
use crate::messages::letters;
use crate::people::passes::{self, Class, screens::turning, store};
use crate::people::reach::Place;
use crate::progress::{self, press::Period, press::What};
use crate::words::names::{FullName, grid_labels};
use crate::words::{Locale, count, dates, html, plain, refuse};
use crate::{school, surveys};

/// Pupils on a page.
const PAGE: usize = 40;

/// What a tutor finds in the menu: a wide button a class.
pub async fn section(ctx: &Ctx, conn: &mut Conn, actor: &Actor) -> anyhow::Result<Section> {
    let mut section = Section::default();
    for identity in &actor.identities {
        for class in store::tutored(conn, identity.person).await? {
            let label = plain!(ctx.locale, "menu.class", class = class.name);
            section.rows.push(vec![Button::door(label, Door::Class(class.id, 0))]);
        }
    }
    Ok(section)
}

/// The class. Whoever sees its access sees it too; a diary asks for its own right.
pub async fn page(ctx: &Ctx, conn: &mut Conn, actor: &Actor, class: ClassId, page: u8) -> anyhow::Result<Screen> {
    let Some((class, scope)) = store::class_scope(conn, class).await? else {
        refuse!("access.people_not_yours")
    };
    access::read_access(actor, &scope)?;
    let zone = school::store::zone(conn, scope.school).await?;
    let today = dates::local(ctx.now, zone).date();
    let pupils = school::store::pupils_of_class(conn, class.id, today).await?;
    let pupils: Vec<(PersonId, FullName)> = pupils.into_iter().map(|it| (it.id, it.full_name())).collect();
    let diary = |pupil| Door::Diary { pupil, date: today };
    let screen = draw(ctx.locale, &class, &pupils, page, diary);
    let screen = with_absences(ctx, conn, actor, (class.id, screen)).await?;
    with_signatures(ctx, conn, actor, (class.id, screen)).await
}

/// The class's own tutors find its absences here, with how many nobody has explained; others who see the class don't.
async fn with_absences(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (class, mut screen): (ClassId, Screen),
) -> anyhow::Result<Screen> {
    let Some(unknown) = absences::flow::tutor::n_unknown(ctx, conn, actor, class).await? else {
        return Ok(screen);
    };
    let label = if unknown > 0 {
        plain!(ctx.locale, "absences.button.absences_unknown", n = unknown)
    } else {
        plain!(ctx.locale, "absences.button.absences")
    };
    // The way on stays below.
    let at = screen.rows.len().saturating_sub(1);
    let view = absences::press::View::Class(class);
    screen.rows.insert(at, vec![Button::new(label, &view)]);
    Ok(screen)
}

/// Where the school asks for signatures the class's own tutors find who has signed.
async fn with_signatures(
    ctx: &Ctx,
    conn: &mut Conn,
    actor: &Actor,
    (class, mut screen): (ClassId, Screen),
) -> anyhow::Result<Screen> {
    if signature::flow::may(conn, actor, class).await? {
        let at = screen.rows.len().saturating_sub(1);
        screen.rows.insert(at, vec![signature::screens::way(ctx.locale, class)]);
    }
    Ok(screen)
}

/// The page: pupils by the alphabet across.
pub fn draw(
    locale: Locale,
    class: &Class,
    pupils: &[(PersonId, FullName)],
    page: u8,
    diary: impl Fn(PersonId) -> Door,
) -> Screen {
    let all = i64::try_from(pupils.len()).unwrap_or(i64::MAX);
    let pupils_count = count(locale, "count.pupils", all);
    let mut screen = Screen::new(html!(
        locale,
        "menu.class_page.heading",
        class = class.name,
        pupils = pupils_count
    ));
    screen.line(&html!(locale, "menu.class_page.press"));
    let last = u8::try_from(pupils.len().saturating_sub(1) / PAGE).unwrap_or(u8::MAX);
    let page = page.min(last);
    let names: Vec<FullName> = pupils.iter().map(|(_, name)| name.clone()).collect();
    let labels = grid_labels(&names, limits::label_width(2));
    let buttons: Vec<Button> = pupils
        .iter()
        .zip(labels)
        .skip(usize::from(page) * PAGE)
        .take(PAGE)
        .map(|((id, _), label)| Button::door(label, diary(*id)))
        .collect();
    let today = control::press::View::Class(class.id, 0);
    let access = passes::press::View::Class(class.id);
    let surveys = surveys::press::View::Home(Place::Class(class.id));
    let announce = announcements::press::View::Of(Place::Class(class.id));
    let letters = letters::press::Act::Begin(class.id);
    let charts = progress::press::View::Class(class.id, What::Marks, Period::Now, Tone::Light);
    let sent = letters::press::View::Outbox(class.id, 0);
    screen
        .grid(&buttons, 2)
        .row(turning(page, pupils.len(), PAGE, |it| Door::Class(class.id, it)))
        .row([Button::new(plain!(locale, "control.button.class"), &today)])
        .row([Button::new(plain!(locale, "menu.write_families"), &letters)])
        .row([
            Button::new(plain!(locale, "announcements.button.announcement"), &announce),
            Button::new(plain!(locale, "menu.survey"), &surveys),
        ])
        .row([
            Button::new(plain!(locale, "menu.sent_letters"), &sent),
            Button::new(plain!(locale, "menu.access"), &access),
        ])
        .row([Button::new(plain!(locale, "menu.charts"), &charts)])
        .row([Button::door(plain!(locale, "nav.menu"), Door::Menu)])
}
