//! The empty workbook: headings with notes, drop-down lists, an example row a sheet.
//!
//! An example left in does no harm: its row carries a mark in a column of its own, and a marked row that still says
//! what the example says isn't read. One that says something else is told: the mark was forgotten.

use anyhow::Context as _;
use chrono::{NaiveDate, NaiveTime};

use crate::paper::xlsx::{self, Choices, List, Look, Sheet, Value};
use crate::words::{self, Locale};

use super::layout::{Column as C, Kind, Need};

/// The width of a column, in characters, and of one that holds a list or a title.
const WIDTH: f64 = 16.0;
const WIDE: f64 = 32.0;
/// People of the staff for whom the lists' names are made ready.
const STAFF_ROWS: u32 = 400;

/// The empty workbook.
pub fn template(locale: Locale) -> anyhow::Result<Vec<u8>> {
    xlsx::write(&sheets(locale)).context("writing the empty workbook")
}

/// Its sheets.
pub fn sheets(locale: Locale) -> Vec<Sheet> {
    Kind::ALL.into_iter().map(|kind| sheet(kind, locale)).collect()
}

/// What the example of a sheet says in its columns, in either language.
pub fn examples(kind: Kind) -> [Vec<String>; 2] {
    [Locale::Ru, Locale::En].map(|locale| example(kind, locale))
}

/// The mark of an example row.
pub fn marks() -> [String; 2] {
    [Locale::Ru, Locale::En].map(|locale| words::text(locale, "import.example", &[]))
}

fn example(kind: Kind, locale: Locale) -> Vec<String> {
    words::text(locale, &kind.example_key(), &[])
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

fn sheet(kind: Kind, locale: Locale) -> Sheet {
    let columns = kind.columns();
    let mut cells = Vec::new();
    let mut lists = Vec::new();
    for (at, (column, need)) in (0..).zip(columns) {
        let note = words::text(locale, &column.note_key(), &[]);
        let need = match need {
            Need::Filled => "import.needs.filled",
            Need::Present | Need::Free => "import.needs.free",
        };
        cells.push(xlsx::Cell {
            note: Some(format!("{note}\n{}", words::text(locale, need, &[]))),
            ..xlsx::Cell::new(0, at, Value::Text(first(locale, &column.key())), Look::Heading)
        });
        lists.extend(choices(kind, *column, locale).map(|choices| List {
            column: at,
            from_row: 1,
            choices,
        }));
    }
    for (at, text) in (0..).zip(example(kind, locale)) {
        cells.push(xlsx::Cell::new(1, at, typed(&text), Look::Example));
    }
    let mut next = width(columns.len());
    let mut widths: Vec<f64> = columns.iter().map(|(column, _)| wide(*column)).collect();
    if kind == Kind::Staff {
        let heading = words::text(locale, "import.helper", &[]);
        cells.push(xlsx::Cell::new(0, next, Value::Text(heading), Look::Example));
        cells.extend((1..=STAFF_ROWS).map(|row| xlsx::Cell::new(row, next, short_name(row, locale), Look::Example)));
        widths.push(WIDTH);
        next += 1;
    }
    let mark = words::text(locale, "import.example", &[]);
    cells.push(xlsx::Cell::new(1, next, Value::Text(mark), Look::Example));
    widths.push(WIDE * 2.0);
    Sheet {
        title: first(locale, &kind.key()),
        widths,
        frozen: 1,
        lists,
        cells,
    }
}

/// «Фамилия И. О.» of a row of the staff, for the lists of teachers.
fn short_name(row: u32, locale: Locale) -> Value {
    let at = row + 1;
    let formula =
        format!("=IF(B{at}=\"\",\"\",B{at}&\" \"&LEFT(C{at},1)&\".\"&IF(D{at}=\"\",\"\",\" \"&LEFT(D{at},1)&\".\"))");
    let shown = match example(Kind::Staff, locale).as_slice() {
        [_, surname, name, patronymic, ..] if row == 1 => {
            let initial = |word: &str| {
                word.chars()
                    .next()
                    .map(|letter| format!(" {letter}."))
                    .unwrap_or_default()
            };
            format!("{surname}{}{}", initial(name), initial(patronymic))
        }
        _ => String::new(),
    };
    Value::Formula(formula, shown)
}

/// What a column offers.
fn choices(kind: Kind, column: C, locale: Locale) -> Option<Choices> {
    let named = |keys: &[&str]| Some(Choices::Words(keys.iter().map(|key| first(locale, key)).collect()));
    let of = |source: Kind, column: C| {
        let at = source.columns().iter().position(|(known, _)| *known == column)?;
        (kind != source).then(|| Choices::Column {
            sheet: first(locale, &source.key()),
            column: width(at),
            from_row: 1,
        })
    };
    match column {
        C::Class => of(Kind::Classes, C::Class),
        C::Subject => of(Kind::Subjects, C::Subject),
        C::Room => of(Kind::Rooms, C::Room),
        C::DayKind => of(Kind::Bells, C::DayKind),
        C::Tutor | C::Teacher | C::Substitute => Some(Choices::Column {
            sheet: first(locale, &Kind::Staff.key()),
            column: width(Kind::Staff.columns().len()),
            from_row: 1,
        }),
        C::Weekday => named(&super::cells::WEEKDAYS),
        C::Weeks => named(&["import.weeks.odd", "import.weeks.even"]),
        C::What => named(&super::changes::KINDS),
        C::Roles => named(&super::people::ROLES.map(|(_, key)| key)),
        C::Shift => Some(Choices::Words(vec!["1".to_owned(), "2".to_owned()])),
        _ => None,
    }
}

/// A date, a time, a number, or words.
fn typed(text: &str) -> Value {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%d.%m.%Y") {
        return Value::Moment(day.and_time(NaiveTime::MIN));
    }
    if let Ok(time) = NaiveTime::parse_from_str(text, "%H:%M") {
        return Value::Time(time);
    }
    match text.parse() {
        Ok(number) => Value::Number(number),
        Err(_) if text.is_empty() => Value::Empty,
        Err(_) => Value::Text(text.to_owned()),
    }
}

fn wide(column: C) -> f64 {
    match column {
        C::Title | C::Subject | C::Roles | C::Children | C::Pupils => WIDE,
        C::Text => WIDE * 3.0,
        _ => WIDTH,
    }
}

fn width(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// The first spelling is the one we teach.
fn first(locale: Locale, key: &str) -> String {
    let text = words::text(locale, key, &[]);
    text.split('|').next().unwrap_or_default().to_owned()
}
