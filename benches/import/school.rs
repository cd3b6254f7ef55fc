//! The school: 60 classes of 33 or 34, two parents a pupil, 150 staff, 15 subjects a class, a week of 35 lessons.

use rust_xlsxwriter::{Workbook, Worksheet};
use sqlx::AssertSqlSafe;
use zhurnal::db::Db;

/// Pupils.
pub const N_PUPILS: usize = 2_000;
/// Staff.
pub const N_STAFF: usize = 150;
/// Classes.
pub const N_CLASSES: usize = 60;
const N_SUBJECTS: usize = 15;
const LESSONS_A_DAY: usize = 7;
const DAYS: [&str; 5] = ["Mon", "Tue", "Wed", "Thu", "Fri"];
/// Classes that one teacher has; each subject needs as many teachers as hold all classes.
const CLASSES_A_TEACHER: usize = 6;

/// The workbook; so many pupils moved to the next class.
pub fn workbook(n_moved: usize) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let days = ["01.09.2026", "26.05.2027"];
    let span = ["Title", "From grade", "To grade", "Starts", "Ends"];
    let heads = ["Title", "Time zone", "Phone", "School year", "Starts", "Ends"];
    let mut school = sheet(&mut book, "School", &heads)?;
    school.row(&["Large", "Asia/Vladivostok", "1", "2026/27", days[0], days[1]])?;
    sheet(&mut book, "Terms", &span)?.row(&["1", "1", "11", days[0], days[1]])?;
    sheet(&mut book, "Holidays", &span)?;
    let mut bells = sheet(&mut book, "Bells", &["Lesson", "Starts", "Ends"])?;
    for n in 1..=LESSONS_A_DAY {
        bells.row(&[&n.to_string(), &format!("{}:30", 7 + n), &format!("{}:15", 8 + n)])?;
    }
    people(&mut book, n_moved)?;
    teaching(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn people(book: &mut Workbook, n_moved: usize) -> anyhow::Result<()> {
    let names = ["Code", "Surname", "Name", "Patronymic"];
    let mut staff = sheet(book, "Staff", &[&names[..], &["Roles"]].concat())?;
    for n in 0..N_STAFF {
        let role = if n == 0 { "administrator" } else { "" };
        staff.row(&[&format!("s{n}"), &word(n + 1000, 7), &word(n, 5), &word(n + 7, 9), role])?;
    }
    let mut classes = sheet(book, "Classes", &["Class", "Tutor"])?;
    for n in 0..N_CLASSES {
        classes.row(&[&class(n), &format!("s{n}")])?;
    }
    let mut pupils = sheet(book, "Pupils", &[&names[..], &["Birth date", "Class"]].concat())?;
    for n in 0..N_PUPILS {
        let own = class(n * N_CLASSES / N_PUPILS);
        let class = if n < n_moved { class(1) } else { own };
        let born = format!("{:02}.{:02}.2014", n % 28 + 1, n % 12 + 1);
        pupils.row(&[
            &format!("p{n}"),
            &word(n + 5000, 8),
            &word(n, 6),
            &word(n + 7, 9),
            &born,
            &class,
        ])?;
    }
    let mut parents = sheet(book, "Parents", &[&names[..], &["Children"]].concat())?;
    for n in 0..N_PUPILS * 2 {
        let (surname, child) = (word(n / 2 + 5000, 8), format!("p{}", n / 2));
        parents.row(&[&format!("r{n}"), &surname, &word(n * 7 + 3, 6), &word(n, 9), &child])?;
    }
    Ok(())
}

fn teaching(book: &mut Workbook) -> anyhow::Result<()> {
    let mut subjects = sheet(book, "Subjects", &["Subject"])?;
    for n in 0..N_SUBJECTS {
        subjects.row(&[&subject(n)])?;
    }
    sheet(book, "Groups", &["Class", "Subject", "Group", "Pupils"])?;
    let heads = ["Class", "Subject", "Group", "Hours a week", "Hours a year"];
    let mut curriculum = sheet(book, "Curriculum", &heads)?;
    for (class_at, n) in courses() {
        curriculum.row(&[&class(class_at), &subject(n), "", "3", "102"])?;
    }
    let mut load = sheet(book, "Load", &["Class", "Subject", "Group", "Teacher", "Hours a week"])?;
    for (class_at, n) in courses() {
        load.row(&[&class(class_at), &subject(n), "", &teacher(class_at, n), "3"])?;
    }
    let heads = ["Class", "Weekday", "Lesson", "Subject", "Group", "Room"];
    let mut timetable = sheet(book, "Timetable", &heads)?;
    for class_at in 0..N_CLASSES {
        for (weekday, day) in DAYS.iter().enumerate() {
            for number in 0..LESSONS_A_DAY {
                // At one time no two classes of a teacher have the teacher's subject.
                let n = (weekday * LESSONS_A_DAY + number + class_at) % N_SUBJECTS;
                let number = (number + 1).to_string();
                timetable.row(&[&class(class_at), day, &number, &subject(n), "", &class_at.to_string()])?;
            }
        }
    }
    let heads = [
        "Date",
        "Class",
        "Lesson",
        "Subject",
        "Group",
        "What",
        "To date",
        "To lesson",
        "Substitute",
    ];
    sheet(book, "Changes", &heads)?;
    Ok(())
}

fn courses() -> impl Iterator<Item = (usize, usize)> {
    (0..N_CLASSES).flat_map(|class| (0..N_SUBJECTS).map(move |subject| (class, subject)))
}

/// Classes that lie side by side have one teacher: they have different subjects at one time.
fn teacher(class: usize, subject: usize) -> String {
    format!(
        "s{}",
        subject * (N_CLASSES / CLASSES_A_TEACHER) + class / CLASSES_A_TEACHER
    )
}

fn class(n: usize) -> String {
    format!("{}{}", n % 10 + 2, letter(n / 10).to_uppercase())
}

fn subject(n: usize) -> String {
    word(n + 70_000, 10)
}

/// A made-up word of the school's alphabet, two bytes a letter as in life; different for different numbers.
fn word(n: usize, length: usize) -> String {
    let mut rest = n;
    let letters = (0..length).map(|at| {
        let it = letter(rest % 30 + at % 2);
        rest /= 30;
        it
    });
    letters.collect()
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
    rows.row(headings)?;
    Ok(rows)
}

impl Rows<'_> {
    fn row(&mut self, cells: &[&str]) -> anyhow::Result<()> {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            self.sheet.write(self.row, column, *cell)?;
        }
        self.row += 1;
        Ok(())
    }
}

/// A schema of its own in somebody's PostgreSQL database.
pub struct Schema {
    /// The database's address with the schema in it.
    pub url: String,
    name: String,
    base: String,
}

impl Schema {
    /// Makes it.
    pub async fn make(base: &str) -> anyhow::Result<Self> {
        let name = format!("bench_import_{}", std::process::id());
        execute(base, format!("CREATE SCHEMA {name}")).await?;
        let joint = if base.contains('?') { '&' } else { '?' };
        Ok(Self {
            url: format!("{base}{joint}options=-c%20search_path%3D{name}"),
            name,
            base: base.to_owned(),
        })
    }

    /// Takes it away with all that is in it.
    pub async fn drop(self) -> anyhow::Result<()> {
        execute(&self.base, format!("DROP SCHEMA {} CASCADE", self.name)).await
    }
}

async fn execute(url: &str, statement: String) -> anyhow::Result<()> {
    let Db::Postgres(pool) = Db::open(url).await? else {
        anyhow::bail!("BENCH_POSTGRES_URL must begin with postgres://");
    };
    sqlx::query(AssertSqlSafe(statement)).execute(&pool).await?;
    pool.close().await;
    Ok(())
}
