//! U3–U6: whom, what about, the preview that is the letter, and who has read.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::facts::{Away, Facts};
use super::press::{Act, View};
use super::{Addressee, Draft, Fate, Kind, Mailing};
use crate::chat::{Button, Door, Payload, Screen, limits};
use crate::ids::{MailingId, PersonId, TemplateId};
use crate::lessons::cell::Sign;
use crate::lessons::screens as lesson_screens;
use crate::people::passes::{Class, screens::turning};
use crate::people::reach::Reach;
use crate::words::names::{FullName, grid_labels, shorten};
use crate::words::{Html, Locale, dates, escape, html, plain};

/// Pupils on a page.
pub const PAGE: usize = 40;
/// Mailings on a page of «Отправленное».
pub const SENT: usize = 8;
/// Names that a line has; the rest is counted.
const NAMES: usize = 12;
/// Letters that a subject has in a line of many.
const SUBJECT: usize = 24;
/// Days of absence that a letter lists; the rest is counted.
const DAYS: usize = 6;

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

/// The letter as a family sees it.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'l> {
    /// Which mailing; 0 while it is none.
    pub mailing: MailingId,
    /// Whose family's.
    pub pupil: PersonId,
    /// «Алексей».
    pub child: &'l str,
    /// «7А».
    pub class: &'l str,
    /// What it is about.
    pub kind: Kind,
    /// The week of the facts.
    pub week: (NaiveDate, NaiveDate),
    /// The facts; `None` without them.
    pub facts: Option<&'l Facts>,
    /// Words of the author's.
    pub words: &'l str,
    /// Who writes.
    pub author: &'l FullName,
    /// The school's day.
    pub today: NaiveDate,
}

/// What a parent gets.
pub fn letter(locale: Locale, letter: &Letter<'_>) -> Screen {
    let read = Act::Read(letter.mailing, letter.pupil);
    Screen::new(letter_text(locale, letter)).row([Button::new(plain!(locale, "letters.button.read"), &read)])
}

fn letter_text(locale: Locale, letter: &Letter<'_>) -> String {
    let child = letter.child;
    let head = match letter.kind {
        Kind::Behaviour => html!(locale, "letters.head.behaviour", child = child),
        Kind::Study if letter.facts.is_some() => {
            let friday = letter.week.0.checked_add_days(chrono::Days::new(4));
            let days = dates::days(letter.week.0, friday.unwrap_or(letter.week.1));
            html!(locale, "letters.head.study_week", child = child, days = days)
        }
        Kind::Study => html!(locale, "letters.head.study", child = child),
        Kind::Absences => html!(locale, "letters.head.absences", child = child),
        Kind::Praise => html!(locale, "letters.head.praise", child = child),
        Kind::Other => html!(locale, "letters.head.other", class = letter.class),
    };
    let mut screen = Screen::new(head);
    if let Some(facts) = letter.facts {
        for line in facts_lines(locale, letter.kind, facts, letter.today) {
            screen.line(&escape(&line));
        }
    }
    if !letter.words.is_empty() {
        screen.line(&escape(letter.words));
    }
    screen.line(&html!(
        locale,
        "letters.signed",
        name = letter.author.whole(),
        class = letter.class
    ));
    screen.text
}

/// «Алгебра 3, 4 · русский язык 2», «Пропуск: пт 20.11, 5-й урок, причина неизвестна».
fn facts_lines(locale: Locale, kind: Kind, facts: &Facts, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    if kind == Kind::Study {
        let said: Vec<String> = facts
            .marks
            .iter()
            .enumerate()
            .map(|(idx, (subject, values))| {
                let values: Vec<String> = values.iter().map(|it| lesson_screens::value(locale, *it)).collect();
                format!("{} {}", subject_at(subject, idx), values.join(", "))
            })
            .collect();
        lines.push(if said.is_empty() {
            plain!(locale, "letters.facts.no_marks")
        } else {
            format!("{}.", said.join(" · "))
        });
        let averages: Vec<String> = facts
            .averages
            .iter()
            .map(|(subject, mean)| format!("{} {}", subject_at(subject, 1), dates::hundredths(locale, *mean)))
            .collect();
        if !averages.is_empty() {
            lines.push(plain!(
                locale,
                "letters.facts.averages",
                averages = averages.join(" · ")
            ));
        }
    }
    let (late, away): (Vec<Away>, Vec<Away>) = facts.away.iter().partition(|it| it.sign == Sign::Late);
    if !away.is_empty() {
        let days = listed(locale, &away, today);
        lines.push(if away.len() == 1 {
            plain!(locale, "letters.facts.away_once", days = days)
        } else {
            plain!(locale, "letters.facts.away", n = away.len(), days = days)
        });
    } else if kind == Kind::Absences {
        lines.push(plain!(locale, "letters.facts.never_away"));
    }
    if !late.is_empty() {
        let days = listed(locale, &late, today);
        lines.push(plain!(locale, "letters.facts.late", n = late.len(), days = days));
    }
    lines
}

/// A subject within a line: only the first begins with a capital.
fn subject_at(subject: &str, idx: usize) -> String {
    let subject = shorten(subject, SUBJECT);
    if idx == 0 { subject } else { subject.to_lowercase() }
}

/// The newest days first: «пт 20.11, уроки 2, 3, болезнь».
fn listed(locale: Locale, away: &[Away], today: NaiveDate) -> String {
    let mut days: Vec<(NaiveDate, Sign, Vec<i64>)> = Vec::new();
    for it in away.iter().rev() {
        match days
            .last_mut()
            .filter(|(date, sign, _)| *date == it.date && *sign == it.sign)
        {
            Some((_, _, numbers)) => numbers.insert(0, it.number),
            None => days.push((it.date, it.sign, vec![it.number])),
        }
    }
    let mut said: Vec<String> = days
        .iter()
        .take(DAYS)
        .map(|(date, sign, numbers)| {
            let day = dates::day(locale, *date, today);
            let lessons = match numbers.as_slice() {
                [one] => plain!(locale, "letters.facts.lesson", number = *one),
                many => {
                    let numbers: Vec<String> = many.iter().map(i64::to_string).collect();
                    plain!(locale, "letters.facts.lessons", numbers = numbers.join(", "))
                }
            };
            let why = crate::words::text(locale, &format!("letters.sign.{}", sign.code()), &[]);
            if why.is_empty() || *sign == Sign::Late {
                format!("{day}, {lessons}")
            } else {
                format!("{day}, {lessons}, {why}")
            }
        })
        .collect();
    if days.len() > DAYS {
        said.push(plain!(locale, "letters.facts.more_days", n = days.len() - DAYS));
    }
    said.join("; ")
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
fn some_of(locale: Locale, names: impl Iterator<Item = String>) -> String {
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
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
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
    screen.row([
        Button::new(plain!(locale, "letters.button.to_letter"), &View::Preview(class.id)),
        menu(locale),
    ])
}

/// U6.
pub fn sent(locale: Locale, class: &Class, mailing: &Mailing, people: &[Addressee], zone: Tz) -> Screen {
    let at = dates::local(mailing.sent_at, zone);
    let mut screen = Screen::new(html!(
        locale,
        "letters.sent.heading",
        day = dates::day(locale, at.date(), at.date()),
        time = dates::time(at.time()),
        whose = whose(locale, people),
        about = kind_title(locale, mailing.kind).to_lowercase()
    ));
    if !mailing.words.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.words",
            words = shorten(&mailing.words, 300)
        ));
    }
    if let Some(at) = mailing.recalled_at {
        let at = dates::local(at, zone);
        screen.line(&html!(
            locale,
            "letters.sent.recalled",
            day = dates::day(locale, at.date(), at.date()),
            time = dates::time(at.time())
        ));
    }
    let of = |fits: fn(&Fate) -> bool| -> Vec<&Addressee> { people.iter().filter(|it| fits(&it.fate)).collect() };
    let read = of(|it| matches!(it, Fate::Read(_)));
    let arrived = of(|it| *it == Fate::Arrived);
    let on_its_way = of(|it| *it == Fate::OnItsWay);
    let missed = of(|it| *it == Fate::Missed);
    if !read.is_empty() {
        let names = some_of(
            locale,
            read.iter().map(|it| match it.fate {
                Fate::Read(at) => format!("{}, {}", it.name.adult(), dates::time(dates::local(at, zone).time())),
                Fate::Arrived | Fate::OnItsWay | Fate::Missed => it.name.adult(),
            }),
        );
        screen.line(&html!(locale, "letters.sent.read", n = read.len(), names = names));
    }
    let names = |of: &[&Addressee]| some_of(locale, of.iter().map(|it| it.name.adult()));
    if !arrived.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.arrived",
            n = arrived.len(),
            names = names(&arrived)
        ));
    }
    if !on_its_way.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.on_its_way",
            n = on_its_way.len(),
            names = names(&on_its_way)
        ));
    }
    if !missed.is_empty() {
        screen.line(&html!(
            locale,
            "letters.sent.missed",
            n = missed.len(),
            names = names(&missed)
        ));
    }
    if mailing.recalled_at.is_none() {
        let mut row = Vec::new();
        if !arrived.is_empty() {
            let label = plain!(locale, "letters.button.remind", n = arrived.len());
            row.push(Button::new(label, &Act::Remind(mailing.id)));
        }
        row.push(Button::new(
            plain!(locale, "letters.button.ask_recall"),
            &View::AskRecall(mailing.id),
        ));
        screen = screen.row(row);
    }
    screen
        .row([Button::new(
            plain!(locale, "letters.button.refresh"),
            &View::Sent(mailing.id),
        )])
        .row([
            Button::new(plain!(locale, "letters.button.outbox"), &View::Outbox(class.id, 0)),
            menu(locale),
        ])
}

/// «Иванов Алексей», or how many pupils.
fn whose(locale: Locale, people: &[Addressee]) -> String {
    let mut pupils: Vec<PersonId> = people.iter().map(|it| it.pupil).collect();
    pupils.dedup();
    match people.first() {
        Some(first) if pupils.len() == 1 => first.pupil_name.pupil(),
        _ => plain!(locale, "letters.preview.pupils", n = pupils.len()),
    }
}

/// Asks before a mailing is taken back.
pub fn ask_recall(locale: Locale, mailing: &Mailing, people: &[Addressee]) -> Screen {
    let n = people.iter().filter(|it| it.fate != Fate::Missed).count();
    Screen::new(html!(locale, "letters.ask_recall", n = n))
        .row([Button::new(
            plain!(locale, "letters.button.recall", n = n),
            &Act::Recall(mailing.id),
        )])
        .row([Button::new(
            plain!(locale, "letters.button.keep_sent"),
            &View::Sent(mailing.id),
        )])
}

/// «Отправленное»: a button a mailing.
pub fn outbox(locale: Locale, class: &Class, sent: &[(Mailing, Vec<Addressee>)], page: u8, zone: Tz) -> Screen {
    let mut screen = Screen::new(html!(locale, "letters.outbox", class = class.name));
    if sent.is_empty() {
        screen.line(&html!(locale, "letters.nothing_sent"));
    }
    for (mailing, people) in sent.iter().take(SENT) {
        let at = dates::local(mailing.sent_at, zone);
        let read = people.iter().filter(|it| matches!(it.fate, Fate::Read(_))).count();
        let label = plain!(
            locale,
            "letters.sent_label",
            day = dates::day(locale, at.date(), at.date()),
            about = kind_title(locale, mailing.kind).to_lowercase(),
            read = read,
            n = people.len()
        );
        let label = if mailing.recalled_at.is_some() {
            plain!(
                locale,
                "letters.recalled_label",
                day = dates::day(locale, at.date(), at.date()),
                about = kind_title(locale, mailing.kind).to_lowercase()
            )
        } else {
            label
        };
        screen = screen.row([Button::new(
            shorten(&label, limits::label_width(1)),
            &View::Sent(mailing.id),
        )]);
    }
    let mut pages = Vec::new();
    if let Some(before) = page.checked_sub(1) {
        pages.push(Button::new(
            plain!(locale, "letters.button.newer"),
            &View::Outbox(class.id, before),
        ));
    }
    if sent.len() > SENT && page < u8::MAX {
        pages.push(Button::new(
            plain!(locale, "letters.button.older"),
            &View::Outbox(class.id, page + 1),
        ));
    }
    screen.row(pages).row([to_class(locale, class), menu(locale)])
}

/// What stands in a family's chat once it has read: the letter with a line more, and the way to an answer.
pub fn marked_read(locale: Locale, mut kept: Screen, (day, time): (&str, &str), read: &Act) -> Screen {
    kept.line(&html!(locale, "letters.read_line", day = day, time = time));
    let payload = Payload::of(read);
    for row in &mut kept.rows {
        row.retain(|button| button.payload != payload);
    }
    kept.rows.retain(|row| !row.is_empty());
    kept
}

/// What stands where a letter was that is taken back.
pub fn recalled(locale: Locale, (day, time): (&str, &str)) -> Screen {
    Screen::new(html!(locale, "letters.recalled", day = day, time = time))
}

/// Asks somebody to press «Прочитано».
pub fn reminder(locale: Locale, letter: (MailingId, PersonId), (author, day): (&FullName, &str), head: &str) -> Screen {
    let read = Act::Read(letter.0, letter.1);
    Screen::new(html!(
        locale,
        "letters.reminder",
        head = Html(head.to_owned()),
        day = day,
        author = author.adult()
    ))
    .row([Button::new(plain!(locale, "letters.button.read"), &read)])
}

/// The reminder once it was heard.
pub fn reminder_heard(locale: Locale, mut kept: Screen, at: (&str, &str), read: &Act) -> Screen {
    kept = marked_read(locale, kept, at, read);
    kept.rows.clear();
    kept
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
