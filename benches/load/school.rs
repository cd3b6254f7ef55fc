//! The school: 2,000 pupils in 80 classes, 200 teachers with one class lesson each, every day of the week.
//!
//! It comes through the real import from a workbook made here; its clocks stand so that it is about noon.

use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate, Timelike as _, Utc};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use zhurnal::db::{Db, Tx, dialogue};
use zhurnal::ids::{Account, PersonId};
use zhurnal::people::{self, Invitee};
use zhurnal::school::import::{self, Outcome};
use zhurnal::telegram::TRANSPORT;
use zhurnal::words::{Locale, dates};

/// Teachers, and so presses a second.
pub const N_TEACHERS: usize = 200;
const N_CLASSES: usize = 80;
const CLASS_SIZE: usize = 25;
/// Lessons of one class, each given by another teacher.
const LESSONS_A_DAY: usize = N_TEACHERS.div_ceil(N_CLASSES);
const FIRST_GRADE: usize = 2;
const LAST_GRADE: usize = 11;
const FIRST_ACCOUNT: i64 = 100_000;
const FIRST_PARENT: i64 = 200_000;
/// The account of the journal's administrator.
pub const ADMINISTRATOR: i64 = 99_999;
const WEEK: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The account of a teacher.
pub fn account(idx: usize) -> i64 {
    FIRST_ACCOUNT + idx as i64
}

/// The school as a workbook.
pub struct School {
    workbook: Vec<u8>,
}

impl School {
    /// A school where it is noon, with so many adults a pupil.
    pub fn at_noon(now: DateTime<Utc>, n_adults: usize) -> anyhow::Result<Self> {
        let east = 12 - i64::from(now.hour());
        // The names of these zones count westwards.
        let zone = format!("Etc/GMT{:+}", -east);
        let today = dates::local(now, dates::zone(&zone)).date();
        let workbook = workbook(&zone, today, n_adults).context("writing the workbook")?;
        Ok(Self { workbook })
    }

    /// Loads it into a database and lets the teachers in.
    pub async fn open(&self, url: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
        let db = Db::open(url).await?;
        db.migrate().await?;
        if let Outcome::Refused(problems) = import::import(&db, &self.workbook, now).await? {
            anyhow::bail!("the workbook is refused:\n{}", problems.text(Locale::En));
        }
        let staff = people::store::invitable(&mut *db.snapshot().await?, &Invitee::Staff(String::new())).await?;
        let mut tx = db.begin().await?;
        for (person, code) in staff {
            let Some(idx) = code.strip_prefix("staff").and_then(|it| it.parse().ok()) else {
                continue;
            };
            let account = enter(&mut tx, account(idx), person.id, now).await?;
            people::lock::flow::give_pin(&mut tx, account, "2468", now).await?;
        }
        tx.commit().await?;
        db.close().await;
        Ok(())
    }

    /// Lets the parents and the administrator in too; returns the parents' accounts.
    pub async fn open_to_families(url: &str, now: DateTime<Utc>) -> anyhow::Result<Vec<i64>> {
        let db = Db::open(url).await?;
        let parents = people::store::invitable(&mut *db.snapshot().await?, &Invitee::Parent(String::new())).await?;
        let admins = people::store::invitable(&mut *db.snapshot().await?, &Invitee::Admin(String::new())).await?;
        let mut tx = db.begin().await?;
        let mut accounts = Vec::new();
        for (id, (person, _)) in (FIRST_PARENT..).zip(&parents) {
            enter(&mut tx, id, person.id, now).await?;
            accounts.push(id);
        }
        for (person, _) in &admins {
            let account = enter(&mut tx, ADMINISTRATOR, person.id, now).await?;
            people::lock::flow::give_pin(&mut tx, account, "2468", now).await?;
        }
        tx.commit().await?;
        db.close().await;
        Ok(accounts)
    }
}

async fn enter(tx: &mut Tx, id: i64, person: PersonId, now: DateTime<Utc>) -> anyhow::Result<Account> {
    let account = Account {
        transport: TRANSPORT,
        id,
    };
    people::entry::connect::admit(tx, account, person, now).await?;
    dialogue::keep_chat(tx, account, Locale::Ru, "").await?;
    Ok(account)
}

fn workbook(zone: &str, today: NaiveDate, n_adults: usize) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let (first, last) = (today - Days::new(60), today + Days::new(200));

    let mut school = sheet(
        &mut book,
        "School",
        &["Title", "Time zone", "Phone", "School year", "Starts", "Ends"],
    )?;
    school.text(&["Load", zone, "1", "2026/27"])?.days(4, first, last)?;
    let mut terms = sheet(
        &mut book,
        "Terms",
        &["Title", "From grade", "To grade", "Starts", "Ends"],
    )?;
    terms.text(&["1", "1", "11"])?.days(3, first, last)?;
    let mut holidays = sheet(
        &mut book,
        "Holidays",
        &["Title", "From grade", "To grade", "Starts", "Ends"],
    )?;
    holidays.text(&["1", "1", "11"])?.days(3, first, first)?;
    let mut bells = sheet(&mut book, "Bells", &["Lesson", "Starts", "Ends"])?;
    for n in 1..=8 {
        bells.text(&[&n.to_string(), &format!("{}:30", 7 + n), &format!("{}:15", 8 + n)])?;
    }

    let people = ["Code", "Surname", "Name", "Patronymic"];
    let mut staff = sheet(&mut book, "Staff", &[&people[..], &["Roles"]].concat())?;
    staff.text(&["administrator", &word(9, 7), &word(1, 5), &word(2, 9), "administrator"])?;
    for n in 0..N_TEACHERS {
        staff.text(&[&format!("staff{n}"), &word(n + 1000, 7), &word(n, 5), &word(n + 7, 9)])?;
    }
    let mut classes = sheet(&mut book, "Classes", &["Class", "Tutor"])?;
    for n in 0..N_CLASSES {
        classes.text(&[&class(n), &format!("staff{n}")])?;
    }
    let mut pupils = sheet(&mut book, "Pupils", &[&people[..], &["Birth date", "Class"]].concat())?;
    for n in 0..N_CLASSES * CLASS_SIZE {
        let class = class(n / CLASS_SIZE);
        pupils.text(&[
            &format!("pupil{n}"),
            &word(n + 5000, 8),
            &word(n, 6),
            &word(n + 7, 9),
            "",
            &class,
        ])?;
    }
    let mut parents = sheet(&mut book, "Parents", &[&people[..], &["Children"]].concat())?;
    for n in 0..N_CLASSES * CLASS_SIZE * n_adults {
        parents.text(&[
            &format!("parent{n}"),
            &word(n + 5000, 8),
            &word(n + 3, 6),
            &word(n, 9),
            &format!("pupil{}", n / n_adults),
        ])?;
    }

    let mut subjects = sheet(&mut book, "Subjects", &["Subject"])?;
    for n in 0..LESSONS_A_DAY {
        subjects.text(&[&word(n + 70_000, 10)])?;
    }
    sheet(&mut book, "Groups", &["Class", "Subject", "Group", "Pupils"])?;
    let mut load = sheet(
        &mut book,
        "Load",
        &["Class", "Subject", "Group", "Teacher", "Hours a week"],
    )?;
    for n in 0..N_TEACHERS {
        load.text(&[&class(n % N_CLASSES), &subject(n), "", &format!("staff{n}"), "7"])?;
    }
    let mut timetable = sheet(
        &mut book,
        "Timetable",
        &["Class", "Weekday", "Lesson", "Subject", "Group", "Room"],
    )?;
    for n in 0..N_TEACHERS {
        for weekday in WEEK {
            let number = (n / N_CLASSES + 1).to_string();
            timetable.text(&[&class(n % N_CLASSES), weekday, &number, &subject(n), "", &n.to_string()])?;
        }
    }
    sheet(
        &mut book,
        "Changes",
        &[
            "Date",
            "Class",
            "Lesson",
            "Subject",
            "Group",
            "What",
            "To date",
            "To lesson",
            "Substitute",
        ],
    )?;
    Ok(book.save_to_buffer()?)
}

fn class(n: usize) -> String {
    let grades = LAST_GRADE - FIRST_GRADE + 1;
    format!("{}{}", FIRST_GRADE + n % grades, letter(n / grades).to_uppercase())
}

fn subject(n: usize) -> String {
    word(n / N_CLASSES + 70_000, 10)
}

/// A made-up word of the school's alphabet, two bytes a letter as in life; different for different numbers.
fn word(n: usize, length: usize) -> String {
    let mut rest = n;
    let mut word: String = (0..length)
        .map(|at| {
            let it = letter(rest % 30 + at % 2);
            rest /= 30;
            it
        })
        .collect();
    if let Some(first) = word.chars().next() {
        word.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    word
}

fn letter(n: usize) -> char {
    u32::try_from(n)
        .ok()
        .and_then(|n| char::from_u32(0x430 + n))
        .unwrap_or('\u{430}')
}

/// A sheet that is written row by row.
struct Rows<'b> {
    sheet: &'b mut Worksheet,
    row: u32,
}

fn sheet<'b>(book: &'b mut Workbook, title: &str, headings: &[&str]) -> anyhow::Result<Rows<'b>> {
    let sheet = book.add_worksheet().set_name(title)?;
    let mut rows = Rows { sheet, row: 0 };
    rows.text(headings)?;
    Ok(rows)
}

impl Rows<'_> {
    fn text(&mut self, cells: &[&str]) -> anyhow::Result<&mut Self> {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                self.sheet.write(self.row, column, *cell)?;
            }
        }
        self.row += 1;
        Ok(self)
    }

    /// Two dates in the row that was written last.
    fn days(&mut self, column: u16, from: NaiveDate, to: NaiveDate) -> anyhow::Result<()> {
        let format = Format::new().set_num_format("dd.mm.yyyy");
        for (column, day) in (column..).zip([from, to]) {
            let day = ExcelDateTime::parse_from_str(&day.to_string())?;
            self.sheet.write_with_format(self.row - 1, column, &day, &format)?;
        }
        Ok(())
    }
}
