//! The import's tests: the sample school, workbooks of another program, and a small school with one thing wrong.

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

mod again;
mod consent;
mod shapes;

use super::*;
use crate::words::Locale;

/// The small school with words replaced. A line with a sheet's title has its headings, which stand in row 1; `#5` is
/// a number, `@2026-09-01` a date cell, `=1+1~2` a formula with its result.
fn book(edits: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(data("tests/data/small.txt")).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let mut row = 0;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let line = match line.split_once(": ") {
            Some((title, headings)) => {
                workbook.add_worksheet().set_name(title).unwrap();
                row = 0;
                headings
            }
            None => line,
        };
        let at = workbook.worksheets().len() - 1;
        let sheet = workbook.worksheet_from_index(at).unwrap();
        for (column, cell) in line.split('|').enumerate() {
            let column = u16::try_from(column).unwrap();
            let (sign, rest) = cell.split_at(cell.chars().next().map_or(0, char::len_utf8));
            match (sign, rest) {
                ("#", number) => sheet.write(row, column, number.parse::<f64>().unwrap()).map(drop),
                ("@", day) => {
                    let day = ExcelDateTime::parse_from_str(day).unwrap();
                    sheet.write_with_format(row, column, &day, &date).map(drop)
                }
                ("=", formula) => {
                    let (formula, result) = formula.split_once('~').unwrap();
                    sheet
                        .write(row, column, Formula::new(formula).set_result(result))
                        .map(drop)
                }
                ("", _) => Ok(()),
                _ => sheet.write(row, column, cell).map(drop),
            }
            .unwrap();
        }
        row += 1;
    }
    workbook.save_to_buffer().unwrap()
}

/// What a file says.
fn parsed(file: &[u8]) -> Result<Records, Problems> {
    parse::parse(&Source::File(file.to_vec())).map(|parsed| parsed.records)
}

/// The small school as LibreOffice would keep it.
fn ods_book() -> Vec<u8> {
    let mut content = String::from("<office:document-content><office:body><office:spreadsheet>");
    let text = String::from_utf8(data("tests/data/small.txt")).unwrap();
    for line in text.lines() {
        let line = line.split_once(": ").map_or(line, |(title, headings)| {
            let close = if content.ends_with("</table:table-row>") {
                "</table:table>"
            } else {
                ""
            };
            content.push_str(&format!("{close}<table:table table:name=\"{title}\">"));
            headings
        });
        content.push_str("<table:table-row>");
        for cell in line.split('|') {
            let (sign, rest) = cell.split_at(cell.chars().next().map_or(0, char::len_utf8));
            let value = match sign {
                "#" => format!("office:value-type=\"float\" office:value=\"{rest}\"/>"),
                "@" => format!("office:value-type=\"date\" office:date-value=\"{rest}\"/>"),
                "" => String::from("table:number-columns-repeated=\"1\"/>"),
                _ => format!("office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"),
            };
            content.push_str(&format!("<table:table-cell {value}"));
        }
        content.push_str("</table:table-row>");
    }
    content.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [
        ("mimetype", kind),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest/>"),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn ods_says_the_same_as_xlsx() {
    let told = |file: &[u8]| parsed(file).unwrap_or_else(|problems| panic!("{}", problems.text(Locale::Ru)));
    assert_eq!(told(&ods_book()), told(&book(&[])));
}

/// What is told of the small school with words replaced; empty when nothing is wrong.
#[track_caller]
fn check(edits: &[(&str, &str)], expected: &[&str]) {
    let told = parsed(&book(edits)).err().unwrap_or_default();
    let told: Vec<String> = told.list().iter().map(|problem| problem.text(Locale::Ru)).collect();
    assert_eq!(told, expected);
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_480_800, 0).unwrap()
}

/// Runs a story on SQLite always, and on PostgreSQL when `TEST_POSTGRES_URL` is set, in a schema of its own.
#[expect(
    clippy::disallowed_methods,
    reason = "where the tests' PostgreSQL is concerns nobody else"
)]
async fn on_both(story: impl AsyncFn(&Db)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}", folder.path().join("t.db").display()))
        .await
        .unwrap();
    db.migrate().await.unwrap();
    story(&db).await;
    db.close().await;
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        println!("TEST_POSTGRES_URL is not set: SQLite only");
        return;
    };
    let schema = format!(
        "import_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let Db::Postgres(pool) = Db::open(&url).await.unwrap() else {
        panic!("TEST_POSTGRES_URL is no PostgreSQL's")
    };
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&pool)
        .await
        .unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    let db = Db::open(&format!("{url}{joint}options=-c%20search_path%3D{schema}"))
        .await
        .unwrap();
    db.migrate().await.unwrap();
    story(&db).await;
    db.close().await;
    sqlx::query(sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE")))
        .execute(&pool)
        .await
        .unwrap();
}

async fn load(db: &Db, file: &[u8]) -> Summary {
    let how = How {
        new_name: NewName::Another,
        ..How::default()
    };
    match import_as(db, Source::File(file.to_vec()), &how, moment())
        .await
        .unwrap()
    {
        Outcome::Done(summary) => summary,
        Outcome::Refused(problems) => panic!("{}", problems.text(Locale::Ru)),
    }
}

async fn held(db: &Db, file: &[u8]) -> Existing {
    let told = parsed(file).unwrap();
    let how = How {
        new_name: NewName::Another,
        ..How::default()
    };
    existing(&mut db.snapshot().await.unwrap(), &told, &how)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_school_is_held_as_its_workbook_tells_it_and_a_second_load_changes_nothing() {
    on_both(async |db| {
        for name in ["assets/sample/school.xlsx", "tests/data/openpyxl_small.xlsx"] {
            let file = data(name);
            let told = parsed(&file).unwrap_or_else(|problems| panic!("{}", problems.text(Locale::Ru)));
            let first = load(db, &file).await.total();
            assert_eq!((first.changed, first.same, first.removed), (0, 0, 0));
            assert_eq!(held(db, &file).await.records, told);
            let second = load(db, &file).await.total();
            assert_eq!(
                second,
                Counts {
                    same: first.new,
                    ..Counts::default()
                }
            );
        }
    })
    .await;
}

/// A pupil goes to the parallel class, and with the pupil the only group of that teacher.
const MOVED_PUPIL: [(&str, &str); 4] = [
    ("03.03.2013|7А", "03.03.2013|7Б"),
    ("7А|Английский язык|гр. 2|п2\n", ""),
    ("7А|Английский язык|гр. 2|с3|#3\n", ""),
    ("7А|Пн|#2|Английский язык|гр. 2||#32\n", ""),
];

#[tokio::test]
async fn a_changed_workbook_updates_and_keeps_what_something_may_hang_on() {
    on_both(async |db| {
        load(db, &book(&[])).await;
        let edits = [
            ("7А|Алгебра||Смирнова Е. В.|#4", "7А|Алгебра||с3|#5"),
            ("Смирнова Е. В.|#14", "|#15"),
            ("#1|||отменён", "#1|||замена"),
            ("замена|||", "замена|||с1"),
            ("Елена|Викторовна|администратор", "Елена|Викторовна|директор"),
            ("руководитель ступени 5–9", "администратор"),
            ("р1|Абрамова|Анна|Игоревна|п1, п2", "р1|Абрамова|Анна|Игоревна|п1"),
        ];
        let edits = [&MOVED_PUPIL[..], &edits].concat();
        let file = book(&edits);
        let total = load(db, &file).await.total();
        // People: none new. Gone: two roles, a child, a group's pupil, a lesson.
        assert_eq!((total.new, total.changed, total.removed), (2, 4, 5));
        let told = parsed(&file).unwrap();
        let held = held(db, &file).await;
        assert_eq!(
            (&held.records.slots, &held.records.changes),
            (&told.slots, &told.changes)
        );
        assert_eq!(
            (&held.records.roles, &held.records.guardians),
            (&told.roles, &told.guardians)
        );
        assert_eq!(
            (&held.records.enrolments, &held.records.members),
            (&told.enrolments, &told.members)
        );
        // The load and the group that the workbook no longer mentions are there still: lessons may hang on them.
        assert_eq!((held.records.loads.len(), held.records.groups.len()), (4, 2));
        // The transfer counts from the day of the import.
        assert_eq!(
            held.enrolled_since.get("п2"),
            Some(&NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
        );
        assert_eq!(load(db, &file).await.total().new, 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_when_one_cell_is_wrong() {
    on_both(async |db| {
        let file = book(&[("|п1, п2", "|п1, п9")]);
        let Outcome::Refused(problems) = import(db, &file, moment()).await.unwrap() else {
            panic!("it was taken")
        };
        assert_eq!(problems.total(), 1);
        assert_eq!(
            problems.text(Locale::En),
            "Nothing was changed in the journal. Mend 1 place:\n“Родители”, row 3, “Дети”: no pupil in the sheet \
             “Pupils” has the code “п9”. Mend the code; several children are parted by commas.\nMend the file and \
             load it again."
        );
        assert_eq!(held(db, &book(&[])).await.ids.school, None);
    })
    .await;
}

#[test]
fn formulas_that_nobody_counted_are_told() {
    let problems = parsed(&data("tests/data/openpyxl.xlsx")).unwrap_err();
    let told: Vec<String> = problems.list().iter().map(|problem| problem.text(Locale::En)).collect();
    let way_out = "a formula without a result. Open the file in Excel or LibreOffice and save it, or write the value \
                   itself.";
    assert_eq!(
        told,
        [
            format!("“Ученики”, row 4, “Дата рождения”: {way_out}"),
            format!("“Нагрузка”, row 4, “Часов в неделю”: {way_out}"),
        ]
    );
}

#[test]
fn the_first_two_hundred_problems_are_listed_and_the_rest_counted() {
    let rows: String = (0..300).map(|at| format!("\nк{at}|Сосна|Яна||завтра|7А")).collect();
    let problems = parsed(&book(&[("\nРодители:", &format!("{rows}\nРодители:"))])).unwrap_err();
    assert_eq!((problems.list().len(), problems.total()), (200, 300));
    assert!(
        problems.text(Locale::Ru).contains("И ещё 100 мест."),
        "{}",
        problems.text(Locale::Ru)
    );
}

#[test]
fn files_that_are_no_workbooks_are_told() {
    let told = |file: &[u8]| parsed(file).unwrap_err().list()[0].complaint.key;
    assert_eq!(told(b""), "file_unreadable");
    assert_eq!(told(&vec![0; 20 * 1024 * 1024 + 1]), "file_too_large");
    assert_eq!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "file_old");
    // 160 MB of spaces are a few kilobytes of ZIP.
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    let block = vec![b' '; 1024 * 1024];
    (0..160).for_each(|_| std::io::Write::write_all(&mut archive, &block).unwrap());
    assert_eq!(told(archive.finish().unwrap().get_ref()), "file_bomb");
    // One cell in ODS's last row and column would be a table of seventeen milliards.
    let far = "<table:table><table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell/></table:table-row>\
               <table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell \
               office:value=\"1\"/></table:table-row></table:table>";
    assert!(!ods::is_modest(far.as_bytes()));
    assert!(ods::is_modest(far.replace("1048575", "10").as_bytes()));
}

/// Ten thousand rows that hold formats and spaces only, and a cell in the sheet's last corner.
#[test]
fn empty_rows_and_a_far_cell_do_no_harm() {
    let spaces = "\n |  ".repeat(10_000);
    check(&[("\nГруппы:", &format!("{spaces}\nГруппы:"))], &[]);
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Школа")
        .unwrap()
        .write(1_048_575, 16_383, "x")
        .unwrap();
    let problems = parsed(&workbook.save_to_buffer().unwrap()).unwrap_err();
    assert!(problems.total() > 12);
}

/// `tests/data/problems.txt`: words of the small school to replace, and what is told then.
#[test]
fn each_problem_says_what_to_write_instead() {
    let cases = String::from_utf8(data("tests/data/problems.txt")).unwrap();
    for case in cases.split("\n\n") {
        let lines = || case.lines().filter(|line| !line.starts_with("# "));
        let edits: Vec<(String, String)> = lines()
            .filter_map(|line| line.split_once(" =>"))
            .map(|(from, to)| (from, to.strip_prefix(' ').unwrap_or(to)))
            .map(|(from, to)| (from.replace("\\n", "\n"), to.replace("\\n", "\n")))
            .collect();
        let edits: Vec<(&str, &str)> = edits.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        let expected: Vec<&str> = lines().filter_map(|line| line.strip_prefix("! ")).collect();
        check(&edits, &expected);
        // What is only remarked on is told when nothing is wrong.
        if expected.is_empty() {
            let remarks: Vec<&str> = lines().filter_map(|line| line.strip_prefix("? ")).collect();
            let told = parse::parse(&Source::File(book(&edits))).unwrap().warnings;
            let told: Vec<String> = told.iter().map(|warning| warning.text(Locale::Ru)).collect();
            assert_eq!(told, remarks);
        }
    }
}

/// Every key that the code names is there in both languages, and every one that is there is filled.
#[test]
fn all_words_are_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/school/import");
    let mut keys: Vec<String> = layout::Kind::ALL.iter().map(|kind| kind.key()).collect();
    let columns = layout::Kind::ALL.iter().flat_map(|kind| kind.columns());
    keys.extend(columns.map(|(column, _)| column.key()));
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.is_file()) {
        let source = std::fs::read_to_string(file).unwrap();
        for piece in source.split('"').filter(|piece| piece.starts_with("import.")) {
            keys.push(piece.to_owned());
        }
        for piece in source.split("Complaint::new(\"").skip(1) {
            keys.push(format!("import.problems.{}", piece.split('"').next().unwrap()));
        }
    }
    keys.retain(|key| {
        let is_counted = crate::words::text(Locale::Ru, &format!("{key}.one"), &[]) != format!("{key}.one");
        !key.ends_with('.') && !key.contains('{') && !is_counted
    });
    assert!(keys.len() > 100);
    for locale in [Locale::Ru, Locale::En] {
        let missing: Vec<&String> = keys
            .iter()
            .filter(|key| crate::words::text(locale, key, &[]) == **key)
            .collect();
        assert_eq!(missing, Vec::<&String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000), pk in any::<bool>()) {
        let start: &[u8] = if pk { b"PK\x03\x04" } else { b"" };
        prop_assert!(parsed(&[start, &bytes].concat()).is_err());
    }

    #[test]
    fn a_damaged_workbook_does_not_make_it_panic(spots in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut file = data("tests/data/openpyxl_small.xlsx");
        for (at, byte) in spots {
            let at = at.index(file.len());
            file[at] = byte;
        }
        drop(parsed(&file));
    }

    #[test]
    fn any_words_in_cells_do_not_make_it_panic(words in proptest::collection::vec("\\PC{0,12}", 12)) {
        let edit = words.iter().map(|word| word.replace(['|', '\n', '\r', '#', '@', '=', ':'], "")).collect::<Vec<_>>().join("|");
        drop(parsed(&book(&[("7А|Пн|#1|Алгебра||Смирнова Е. В.|#14", &edit)])));
    }
}
