//! U3–U5: whom, what about, and the preview that is the letter.

mod letter;
mod sent;

use super::press::{Act, View};
use super::{Draft, Kind};
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::{PersonId, TemplateId};
use crate::people::passes::{Class, screens::turning};
use crate::people::reach::Reach;
use crate::words::names::{FullName, grid_labels, shorten};
use crate::words::{Html, Locale, entries, escape, html, plain};

pub(super) use letter::letter_text;
pub use letter::{Letter, letter, marked_read, recalled, reminder, reminder_heard};
pub use sent::{SENT, ask_recall, outbox, sent};

/// Pupils on a page.
pub const PAGE: usize = 40;
/// Names that a line has; the rest is counted.
const NAMES: usize = 12;

/// U3.
pub fn whom(locale: Locale, class: &Class, pupils: &[(PersonId, FullName)], draft: &Draft, page: u8) -> Screen {
    let picked: Vec<PersonId> = pupils
        .iter()
        .map(|it| it.0)
        .filter(|it| draft.picked.contains(it))
        .collect();
    let mut screen = Screen::new(html!(
        locale,
        "letters.whom",
        class = class.name,
        n = picked.len(),
        n_pupils = pupils.len()
    ));
    if let [one] = picked.as_slice()
        && let Some((_, name)) = pupils.iter().find(|it| it.0 == *one)
    {
        screen.line(&escape(&name.pupil()));
    }
    let last = u8::try_from(pupils.len().saturating_sub(1) / PAGE).unwrap_or(u8::MAX);
    let page = page.min(last);
    let names: Vec<FullName> = pupils.iter().map(|it| it.1.clone()).collect();
    let labels = grid_labels(&names, limits::label_width(2) - 2);
    let buttons: Vec<Button> = pupils
        .iter()
        .zip(labels)
        .skip(usize::from(page) * PAGE)
        .take(PAGE)
        .map(|((id, _), label)| {
            let on = picked.contains(id);
            let label = if on { format!("✓ {label}") } else { label };
            Button::new(label, &Act::Pick(class.id, *id, !on, page))
        })
        .collect();
    let is_all = picked.len() == pupils.len() && !pupils.is_empty();
    let all = if is_all {
        plain!(locale, "letters.button.nobody")
    } else {
        plain!(locale, "letters.button.all")
    };
    let mut next = vec![Button::new(all, &Act::PickAll(class.id, !is_all))];
    if !picked.is_empty() {
        let label = plain!(locale, "letters.button.next", n = picked.len());
        next.push(Button::new(label, &View::Kinds(class.id)));
    }
    screen
        .grid(&buttons, 2)
        .row(turning(page, pupils.len(), PAGE, |it| View::Whom(class.id, it)))
        .row(next)
        .row([to_class(locale, class), menu(locale)])
}

/// U4.
pub fn kinds(locale: Locale, class: &Class, draft: &Draft) -> Screen {
    let button = |kind: Kind| Button::new(kind_title(locale, kind), &Act::About(class.id, kind));
    Screen::new(html!(
        locale,
        "letters.kinds",
        class = class.name,
        n = draft.picked.len()
    ))
    .grid(&Kind::ALL.map(button), 2)
    .row([
        Button::new(plain!(locale, "letters.button.to_whom"), &View::Whom(class.id, 0)),
        menu(locale),
    ])
}

/// «Учёба».
fn kind_title(locale: Locale, kind: Kind) -> String {
    crate::words::text(locale, &format!("letters.kind.{}", kind.code()), &[])
}

/// U5: exactly what the first family will see stands between the lines.
pub fn preview(
    locale: Locale,
    class: &Class,
    draft: &Draft,
    reach: &Reach,
    (pupil, sample): (&FullName, &Letter<'_>),
) -> Screen {
    let n = reach.n_people();
    let about = kind_title(locale, sample.kind).to_lowercase();
    let whose = if draft.picked.len() == 1 {
        pupil.pupil()
    } else {
        plain!(locale, "letters.preview.pupils", n = draft.picked.len())
    };
    let mut screen = Screen::new(html!(
        locale,
        "letters.preview.heading",
        n = n,
        whose = whose,
        about = about
    ));
    if !reach.missing.is_empty() {
        screen.line(&html!(
            locale,
            "letters.preview.missing",
            names = missing(locale, reach)
        ));
    }
    if draft.picked.len() > 1 && draft.with_facts() {
        screen.line(&html!(locale, "letters.preview.sample", name = pupil.pupil()));
    }
    let line = plain!(locale, "letters.preview.line");
    let text = letter_text(locale, sample);
    screen.line(&html!(
        locale,
        "letters.preview.letter",
        line = line,
        letter = Html(text)
    ));
    screen.line(&if draft.words.is_empty() && draft.with_facts() {
        html!(locale, "letters.preview.ask_more")
    } else if draft.words.is_empty() {
        html!(locale, "letters.preview.ask")
    } else {
        html!(locale, "letters.preview.ask_other")
    });
    if n > 0 && draft.says_something() {
        let label = plain!(locale, "letters.button.send", n = n);
        screen = screen.row([Button::new(label, &Act::Send(class.id, draft.after))]);
    }
    if sample.kind.has_facts() {
        let label = if draft.facts {
            plain!(locale, "letters.button.without_facts")
        } else {
            plain!(locale, "letters.button.with_facts")
        };
        screen = screen.row([Button::new(label, &Act::Facts(class.id, !draft.facts))]);
    }
    screen
        .row([
            Button::new(plain!(locale, "letters.button.templates"), &View::Templates(class.id)),
            Button::new(plain!(locale, "letters.button.drop"), &Act::Drop(class.id)),
        ])
        .row([
            Button::new(plain!(locale, "letters.button.to_kinds"), &View::Kinds(class.id)),
            menu(locale),
        ])
}

/// Families that it doesn't reach, by the pupils' surnames.
fn missing(locale: Locale, reach: &Reach) -> String {
    let names: Vec<FullName> = reach.missing.iter().map(|(it, _)| it.name.clone()).collect();
    some_of(locale, names.iter().map(|it| it.surname.clone()))
}

/// So many names as a line has, and how many more.
pub(super) fn some_of(locale: Locale, names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(NAMES);
    let mut said = names.into_iter().take(NAMES).collect::<Vec<_>>().join(", ");
    if more > 0 {
        said.push_str(&plain!(locale, "letters.and_more", n = more));
    }
    said
}

/// Words that the journal has ready for a kind.
pub fn ready(locale: Locale, kind: Kind) -> Vec<String> {
    let keys: &[&str] = match kind {
        Kind::Behaviour => &["letters.ready.behaviour_1", "letters.ready.behaviour_2"],
        Kind::Study => &["letters.ready.study_1", "letters.ready.study_2"],
        Kind::Absences => &["letters.ready.absences_1"],
        Kind::Praise => &["letters.ready.praise_1", "letters.ready.praise_2"],
        Kind::Other => &["letters.ready.other_1"],
    };
    keys.iter().map(|key| crate::words::text(locale, key, &[])).collect()
}

/// Words to be written again: the journal's, and one's own.
pub fn templates(locale: Locale, class: &Class, (draft, kind): (&Draft, Kind), own: &[(TemplateId, String)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.templates"));
    if own.is_empty() {
        screen.line(&html!(locale, "letters.no_templates"));
    }
    let width = limits::label_width(1);
    for (idx, words) in ready(locale, kind).iter().enumerate() {
        let act = Act::Ready(class.id, u8::try_from(idx).unwrap_or(u8::MAX));
        screen = screen.row([Button::new(shorten(words, width), &act)]);
    }
    for (number, (id, words)) in own.iter().enumerate() {
        let line = entries::one_line(words);
        screen.line(&html!(
            locale,
            "letters.template",
            number = number + 1,
            words = shorten(&line, 60)
        ));
        screen = screen.row([
            Button::new(shorten(&line, limits::label_width(2)), &Act::Use(class.id, *id)),
            Button::new(
                plain!(locale, "letters.button.forget", number = number + 1),
                &Act::Forget(class.id, *id),
            ),
        ]);
    }
    let is_new = !draft.words.is_empty() && !own.iter().any(|(_, words)| *words == draft.words);
    if is_new && own.len() < super::TEMPLATES {
        let label = plain!(locale, "letters.button.keep");
        screen = screen.row([Button::new(label, &Act::Keep(class.id))]);
    }
    let shared = Button::new(plain!(locale, "letters.shared.button.shared"), &View::Shared(class.id));
    screen.row([shared]).row([
        Button::new(plain!(locale, "letters.button.to_letter"), &View::Preview(class.id)),
        menu(locale),
    ])
}

fn to_class(locale: Locale, class: &Class) -> Button {
    Button::door(
        shorten(
            &plain!(locale, "letters.button.to_class", class = class.name),
            limits::label_width(2),
        ),
        Door::Class(class.id, 0),
    )
}

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}
