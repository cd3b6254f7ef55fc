//! A school's words, as they are kept and as a tutor takes them.

use super::MOST;
use crate::chat::{Button, Door, Screen, limits};
use crate::ids::{ClassId, SchoolId, TemplateId};
use crate::messages::letters::press::{Act as LetterAct, View as LetterView};
use crate::messages::rules::press::{Act, View};
use crate::messages::rules::screens::of_several;
use crate::words::entries::one_line;
use crate::words::names::shorten;
use crate::words::{Locale, html, plain};

/// Letters of each that a line shows.
const LINE: usize = 60;

fn menu(locale: Locale) -> Button {
    Button::door(plain!(locale, "nav.menu"), Door::Menu)
}

/// For those who keep them.
pub fn kept(locale: Locale, school: SchoolId, words: &[(TemplateId, String)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.shared.kept"));
    if words.is_empty() {
        screen.line(&html!(locale, "letters.shared.none"));
    }
    let mut buttons = Vec::new();
    for (number, (id, words)) in words.iter().take(MOST).enumerate() {
        let words = shorten(&one_line(words), LINE);
        screen.line(&html!(locale, "letters.template", number = number + 1, words = words));
        let label = plain!(locale, "letters.button.forget", number = number + 1);
        buttons.push(Button::new(label, &Act::DropWords(school, *id)));
    }
    let mut screen = screen.grid(&buttons, 2);
    if words.len() < MOST {
        let label = plain!(locale, "letters.shared.button.new");
        screen = screen.row([Button::new(label, &Act::AddWords(school))]);
    }
    screen.row([menu(locale)])
}

/// New ones are awaited.
pub fn new(locale: Locale, school: SchoolId) -> Screen {
    Screen::new(html!(locale, "letters.shared.ask")).row([Button::new(
        plain!(locale, "letters.shared.button.keep"),
        &View::Words(school),
    )])
}

/// For a tutor who writes.
pub fn to_take(locale: Locale, class: ClassId, words: &[(TemplateId, String)]) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.shared.to_take"));
    if words.is_empty() {
        screen.line(&html!(locale, "letters.shared.none_yet"));
    }
    for (id, words) in words.iter().take(MOST) {
        let label = shorten(&one_line(words), limits::label_width(1));
        screen = screen.row([Button::new(label, &LetterAct::UseShared(class, *id))]);
    }
    screen.row([
        Button::new(plain!(locale, "letters.button.to_letter"), &LetterView::Preview(class)),
        menu(locale),
    ])
}

/// Into them, from the menu; of several schools each has its own.
pub fn way(locale: Locale, school: SchoolId, name: Option<&str>) -> Button {
    let label = plain!(locale, "letters.shared.button.shared");
    Button::new(of_several(&label, name), &View::Words(school))
}
