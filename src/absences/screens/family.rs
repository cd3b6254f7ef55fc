//! P11: a family tells of an absence, and sees what it told. P3b, P3c: it answers where its child is.

use chrono::NaiveDate;

use super::super::press::{Act, View};
use super::super::{Absence, Days, Draft, Inquiry, PAGE, Reason, Told, WORDS_LIMIT};
use super::{Child, Today, menu, period, reason, reason_button, said};
use crate::chat::{Button, Screen, limits};
use crate::ids::PersonId;
use crate::words::names::shorten;
use crate::words::{Locale, dates, escape, html, plain};

/// The days that stand on buttons.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ahead {
    /// Today, when it has lessons.
    pub today: Option<NaiveDate>,
    /// The next day with lessons.
    pub next: Option<NaiveDate>,
}

fn heading(locale: Locale, child: &Child) -> String {
    let class = if child.class.is_empty() {
        String::new()
    } else {
        format!(", {}", child.class)
    };
    html!(locale, "absences.heading", child = child.name, class = class)
}

/// P11: when?
pub fn when(
    locale: Locale,
    (child, children): (&Child, &[Child]),
    ahead: Ahead,
    known: &[Absence],
    today: Today,
) -> Screen {
    let mut screen = Screen::new(format!("{} {}", heading(locale, child), html!(locale, "absences.when")));
    for it in known {
        let days = period(locale, it.days(), today.date);
        let what = shorten(&said(locale, it), 80);
        screen.line(&html!(locale, "absences.known", days = days, what = what));
    }
    if children.len() > 1 {
        let tabs = children.iter().map(|it| {
            let label = if it.class.is_empty() {
                it.name.clone()
            } else {
                format!("{}, {}", it.name, it.class)
            };
            let label = if it.id == child.id {
                format!("✓ {label}")
            } else {
                label
            };
            Button::new(shorten(&label, limits::label_width(2)), &View::When(it.id))
        });
        screen = screen.grid(&tabs.collect::<Vec<_>>(), 2);
    }
    let day = |label: String, date| {
        let days = Days {
            pupil: child.id,
            from: date,
            to: date,
        };
        Button::new(label, &View::Why(days))
    };
    let mut row = Vec::new();
    row.extend(
        ahead
            .today
            .map(|date| day(plain!(locale, "absences.button.today"), date)),
    );
    row.extend(ahead.next.map(|date| {
        let label = if Some(date) == today.date.succ_opt() {
            let of_month = dates::day_of_month(locale, date);
            plain!(locale, "absences.button.tomorrow", day = of_month)
        } else {
            dates::day(locale, date, today.date)
        };
        day(label, date)
    }));
    screen
        .row(row)
        .row([
            Button::new(plain!(locale, "absences.button.several"), &View::First(child.id, 0)),
            Button::new(plain!(locale, "absences.button.other_day"), &Act::OtherDay(child.id)),
        ])
        .row([Button::new(
            plain!(locale, "absences.button.mine"),
            &View::Mine(child.id),
        )])
        .row([menu(locale)])
}

/// Days to choose one from.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'c> {
    /// Days with lessons, one more than a page shows when there are more.
    pub days: &'c [NaiveDate],
    /// Which page.
    pub page: u8,
    /// The school's day.
    pub today: NaiveDate,
}

impl Choice<'_> {
    fn grid(&self, locale: Locale, screen: Screen, button: impl Fn(String, NaiveDate) -> Button) -> Screen {
        let days = self.days.iter().take(PAGE);
        let buttons: Vec<Button> = days
            .map(|it| button(dates::day(locale, *it, self.today), *it))
            .collect();
        screen.grid(&buttons, 3)
    }

    fn turning(&self, locale: Locale, to: impl Fn(u8) -> View) -> Vec<Button> {
        let former = (self.page > 0).then(|| Button::new(plain!(locale, "absences.button.sooner"), &to(self.page - 1)));
        let next = (self.days.len() > PAGE && self.page < u8::MAX)
            .then(|| Button::new(plain!(locale, "absences.button.later"), &to(self.page + 1)));
        former.into_iter().chain(next).collect()
    }
}

/// A day is chosen or typed.
pub fn other_day(locale: Locale, child: &Child, choice: Choice<'_>) -> Screen {
    let mut screen = Screen::new(format!(
        "{} {}",
        heading(locale, child),
        html!(locale, "absences.which_day")
    ));
    screen.line(&html!(locale, "absences.type_day"));
    let pupil = child.id;
    choice
        .grid(locale, screen, |label, date| {
            let days = Days {
                pupil,
                from: date,
                to: date,
            };
            Button::new(label, &View::Why(days))
        })
        .row(choice.turning(locale, |page| View::Dates(pupil, page)))
        .row(back(locale, pupil))
}

fn back(locale: Locale, pupil: PersonId) -> [Button; 2] {
    [
        Button::new(plain!(locale, "nav.back"), &View::When(pupil)),
        menu(locale),
    ]
}

/// The first of several days.
pub fn first(locale: Locale, child: &Child, choice: Choice<'_>) -> Screen {
    let screen = Screen::new(format!(
        "{} {}",
        heading(locale, child),
        html!(locale, "absences.from_when")
    ));
    let pupil = child.id;
    choice
        .grid(locale, screen, |label, date| {
            Button::new(label, &View::Last(pupil, date, 0))
        })
        .row(choice.turning(locale, |page| View::First(pupil, page)))
        .row(back(locale, pupil))
}

/// The last of them.
pub fn last(locale: Locale, child: &Child, from: NaiveDate, choice: Choice<'_>) -> Screen {
    let pupil = child.id;
    let screen = Screen::new(format!(
        "{} {}",
        heading(locale, child),
        html!(
            locale,
            "absences.until_when",
            day = dates::day(locale, from, choice.today)
        )
    ));
    choice
        .grid(locale, screen, |label, to| {
            Button::new(label, &View::Why(Days { pupil, from, to }))
        })
        .row(choice.turning(locale, |page| View::Last(pupil, from, page)))
        .row([
            Button::new(plain!(locale, "nav.back"), &View::First(pupil, 0)),
            menu(locale),
        ])
}

/// Why?
pub fn why(locale: Locale, child: &Child, days: Days, today: NaiveDate) -> Screen {
    let shown = period(locale, days, today);
    let mut buttons: Vec<Button> = Reason::OF_FAMILIES
        .into_iter()
        .map(|reason| Button::new(reason_button(locale, reason), &Act::Choose(Told { days, reason })))
        .collect();
    buttons.push(Button::new(plain!(locale, "nav.back"), &View::When(days.pupil)));
    Screen::new(html!(locale, "absences.why", child = child.name, days = shown)).grid(&buttons, 2)
}

/// What is to be told, just as others will see it.
pub fn preview(locale: Locale, child: &Child, draft: &Draft, today: NaiveDate) -> Screen {
    let told = draft.told;
    let mut screen = Screen::new(html!(
        locale,
        "absences.preview",
        child = child.name,
        days = period(locale, told.days, today),
        reason = reason(locale, told.reason)
    ));
    if !draft.words.is_empty() {
        screen.line(&html!(locale, "absences.words", words = draft.words));
    }
    if draft.note.is_some() {
        screen.line(&html!(locale, "absences.with_note"));
    }
    screen.line(&if told.days.from == told.days.to {
        html!(locale, "absences.seen_by_day")
    } else {
        html!(locale, "absences.seen_by_days")
    });
    screen.line(&if draft.says_enough() {
        html!(locale, "absences.may_add")
    } else {
        html!(locale, "absences.ask_words", limit = WORDS_LIMIT)
    });
    if draft.says_enough() {
        screen = screen.row([Button::new(plain!(locale, "absences.button.send"), &Act::Send(told))]);
    }
    screen.row([
        Button::new(plain!(locale, "absences.button.note"), &View::Note),
        Button::new(plain!(locale, "nav.back"), &Act::Stop(told.days.pupil)),
    ])
}

/// A photo of a note is awaited.
pub fn note(locale: Locale) -> Screen {
    Screen::new(html!(locale, "absences.ask_note"))
        .row([Button::new(plain!(locale, "absences.button.no_note"), &View::Preview)])
}

/// «Мои сообщения о пропусках».
pub fn mine(locale: Locale, child: &Child, found: &[Absence], today: Today) -> Screen {
    let mut screen = Screen::new(format!("{} {}", heading(locale, child), html!(locale, "absences.mine")));
    if found.is_empty() {
        screen.line(&html!(locale, "absences.mine_none"));
    }
    for it in found {
        let mut parts = vec![period(locale, it.days(), today.date), reason(locale, it.reason)];
        if it.withdrawn_at.is_some() {
            parts.push(plain!(locale, "absences.withdrawn_short"));
        }
        let label = shorten(&parts.join(" · "), limits::label_width(1));
        screen = screen.row([Button::new(label, &View::One(it.id))]);
    }
    screen
        .row([Button::new(
            plain!(locale, "absences.button.new"),
            &View::When(child.id),
        )])
        .row([menu(locale)])
}

/// An absence with whoever said it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    /// The absence.
    pub absence: &'s Absence,
    /// Who said it.
    pub by: &'s str,
    /// The school's day.
    pub today: Today,
}

impl Shown<'_> {
    /// Who told it and when, in words, what became of it.
    pub(super) fn lines(&self, locale: Locale) -> Vec<String> {
        let (it, zone) = (self.absence, self.today.zone);
        let at = |moment| dates::day_and_time(locale, moment, zone);
        let (day, time) = at(it.at);
        let by = shorten(self.by, 60);
        let mut lines = Vec::new();
        if !it.words.is_empty() {
            lines.push(html!(locale, "absences.words", words = it.words));
        }
        lines.push(if it.by_family {
            html!(locale, "absences.told_by", by = by, day = day, time = time)
        } else {
            html!(locale, "absences.noted_by", by = by, day = day, time = time)
        });
        if it.note.0.is_some() {
            lines.push(html!(locale, "absences.with_note"));
        }
        if let Some(withdrawn) = it.withdrawn_at {
            let (day, time) = at(withdrawn);
            lines.push(html!(locale, "absences.withdrawn", day = day, time = time));
        } else if let Some(accepted) = it.accepted_at.filter(|_| it.by_family) {
            let (day, time) = at(accepted);
            lines.push(html!(locale, "absences.accepted", day = day, time = time));
        }
        lines
    }
}

/// One of one's own.
pub fn one(locale: Locale, child: &Child, shown: Shown<'_>) -> Screen {
    let (it, today) = (shown.absence, shown.today.date);
    let mut screen = Screen::new(html!(
        locale,
        "absences.single",
        who = child.name,
        days = period(locale, it.days(), today),
        reason = reason(locale, it.reason)
    ));
    for line in shown.lines(locale) {
        screen.line(&line);
    }
    let changes = it.by_family && it.withdrawn_at.is_none() && it.ends >= today;
    if changes && it.starts < today {
        screen.line(&html!(locale, "absences.begun"));
    }
    if it.note.0.is_some() {
        let label = plain!(locale, "absences.button.show_note");
        screen = screen.row([Button::new(label, &Act::ShowNote(it.id))]);
    }
    if changes {
        let label = plain!(locale, "absences.button.other_end");
        screen = screen.row([Button::new(label, &View::Until(it.id, 1))]);
    }
    if changes && it.starts >= today {
        let label = plain!(locale, "absences.button.withdraw");
        screen = screen.row([Button::new(label, &Act::Withdraw(it.id))]);
    }
    screen.row([
        Button::new(plain!(locale, "absences.button.to_mine"), &View::Mine(it.pupil)),
        menu(locale),
    ])
}

/// P3b: until when? The week's last day stands on a button of its own.
pub fn until(locale: Locale, child: &Child, absence: &Absence, friday: Option<NaiveDate>, today: NaiveDate) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "absences.answered",
        child = child.name,
        days = period(locale, absence.days(), today),
        reason = reason(locale, absence.reason)
    ));
    screen.line(&html!(locale, "absences.until"));
    let only = if absence.starts == today {
        plain!(locale, "absences.button.only_today")
    } else {
        plain!(locale, "absences.button.only_then")
    };
    let mut row = vec![Button::new(only, &View::One(absence.id))];
    row.extend(friday.filter(|it| *it > absence.ends).map(|it| {
        let label = plain!(locale, "absences.button.until", day = dates::day(locale, it, today));
        Button::new(label, &Act::End(absence.id, it))
    }));
    screen
        .row(row)
        .row([Button::new(
            plain!(locale, "absences.button.other_day"),
            &View::Until(absence.id, 1),
        )])
        .row([menu(locale)])
}

/// Days of which one is the last; pages are counted from 1 here.
pub fn end(locale: Locale, child: &Child, absence: &Absence, choice: Choice<'_>) -> Screen {
    let mut screen = Screen::new(html!(
        locale,
        "absences.single",
        who = child.name,
        days = period(locale, absence.days(), choice.today),
        reason = reason(locale, absence.reason)
    ));
    screen.line(&html!(locale, "absences.choose_end"));
    let id = absence.id;
    choice
        .grid(locale, screen, |label, date| {
            let label = if date == absence.ends {
                format!("✓ {}", dates::day_of_month(locale, date))
            } else {
                label
            };
            Button::new(label, &Act::End(id, date))
        })
        .row(choice.turning(locale, |page| View::Until(id, page + 1)))
        .row([Button::new(plain!(locale, "nav.back"), &View::One(id)), menu(locale)])
}

/// Why, to a question of the school?
pub fn asked_why(locale: Locale, child: &Child, inquiry: &Inquiry, today: NaiveDate) -> Screen {
    let days = Days {
        pupil: inquiry.pupil,
        from: inquiry.starts,
        to: inquiry.ends,
    };
    let buttons: Vec<Button> = Reason::OF_FAMILIES
        .into_iter()
        .map(|it| Button::new(reason_button(locale, it), &Act::Because(inquiry.id, it)))
        .collect();
    Screen::new(html!(
        locale,
        "absences.why",
        child = child.name,
        days = period(locale, days, today)
    ))
    .grid(&buttons, 2)
    .row([menu(locale)])
}

/// P3c: the family doesn't know, and the tutor knows that.
pub fn tutor_knows(locale: Locale, tutors: &str, phone: &str, alarm: bool) -> Screen {
    let mut screen = Screen::new(if tutors.is_empty() {
        html!(locale, "absences.no_tutor")
    } else {
        html!(locale, "absences.tutor_knows", tutors = tutors)
    });
    screen.line(&if phone.is_empty() {
        html!(locale, "absences.call_child")
    } else {
        html!(locale, "absences.call", phone = phone)
    });
    if alarm {
        screen.line(&escape(&plain!(locale, "absences.will_write")));
    }
    screen.row([menu(locale)])
}
