//! Other shapes of a workbook: a folder of CSV files, the marked copy, the empty one.

use super::*;

/// A workbook of texts as CSV files, each with its sheet's title.
fn csv_folder(encode: impl Fn(&str) -> Vec<u8>, sign: &str) -> Source {
    let text = String::from_utf8(data("tests/data/small.txt")).unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let line = match line.split_once(": ") {
            Some((title, headings)) => {
                files.push((title.to_owned(), String::new()));
                headings
            }
            None => line,
        };
        let cells: Vec<String> = line
            .split('|')
            .map(|cell| format!("\"{}\"", cell.trim_start_matches(['#', '@'])))
            .collect();
        files
            .last_mut()
            .unwrap()
            .1
            .push_str(&format!("{}\r\n", cells.join(sign)));
    }
    Source::Folder(files.into_iter().map(|(title, text)| (title, encode(&text))).collect())
}

#[test]
fn a_folder_of_csv_says_the_same_in_each_encoding() {
    let small = parsed(&book(&[])).unwrap();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let old = |text: &str| encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    for source in [
        csv_folder(utf8, ","),
        csv_folder(marked, ";"),
        csv_folder(old, ";"),
        csv_folder(old, "\t"),
    ] {
        let told = parse::parse(&source).unwrap_or_else(|problems| panic!("{}", problems.text(Locale::Ru)));
        assert_eq!(told.records, small);
    }
    let empty = parse::parse(&Source::Folder(Vec::new())).unwrap_err();
    assert_eq!(empty.list()[0].complaint.key, "folder_empty");
    let Source::Folder(mut files) = csv_folder(utf8, ",") else {
        panic!()
    };
    files[3].1 = data("tests/data/openpyxl_small.xlsx");
    let told = parse::parse(&Source::Folder(files)).unwrap_err();
    assert_eq!(told.list()[0].complaint.key, "csv_unreadable");
}

/// Opens a workbook, lets a change be made to its cells by sheet, and writes it anew.
fn mended(file: &[u8], mend: impl Fn(&str, &mut Vec<Vec<String>>)) -> Vec<u8> {
    use calamine::Reader as _;
    let mut source: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(file)).unwrap();
    let mut workbook = Workbook::new();
    for title in source.sheet_names() {
        let range = source.worksheet_range(&title).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); top as usize];
        rows.extend(range.rows().map(|row| {
            let gap = vec![String::new(); left as usize];
            gap.into_iter().chain(row.iter().map(shown)).collect()
        }));
        mend(&title, &mut rows);
        let sheet = workbook.add_worksheet().set_name(&title).unwrap();
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row, column, cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn shown(cell: &calamine::Data) -> String {
    use calamine::DataType as _;
    match (cell.is_datetime(), cell.as_datetime()) {
        (true, Some(moment)) if moment.date().format("%Y").to_string().as_str() > "1900" => {
            moment.format("%d.%m.%Y").to_string()
        }
        (true, Some(moment)) => moment.format("%H:%M").to_string(),
        _ => cell.to_string(),
    }
}

#[test]
fn the_marked_copy_shows_what_is_wrong_and_loads_when_it_is_mended() {
    let wrong = [
        ("@2013-03-03", "3 марта"),
        ("Белова|Ксения", "Белова|"),
        ("Родители:", "Родитли:"),
        ("Группы:", "Заметки: своё\n=1+1~2|@2026-09-01\nГруппы:"),
    ];
    let source = Source::File(book(&wrong));
    let problems = parse::parse(&source).unwrap_err();
    let copy = mark(&source, &problems, Locale::Ru).unwrap().unwrap();
    // A second mark of the marked copy finds the same.
    let again = parse::parse(&Source::File(copy.clone())).unwrap_err();
    assert_eq!(again, problems);
    let notes = notes_of(&copy);
    for said in [
        "«3 марта» — нужна дата: 03.03.2013.",
        "пусто. Заполните ячейку или удалите строку.",
    ] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    let whole = mended(&copy, |title, rows| match title {
        "Ученики" => {
            rows[1][4] = "03.03.2013".to_owned();
            rows[2][2] = "Ксения".to_owned();
        }
        "Заметки" => assert_eq!(rows[1], ["2", "01.09.2026"]),
        "Пометки" => assert_eq!(rows.len(), 4),
        _ => {}
    });
    let renamed = String::from_utf8_lossy(&whole).into_owned();
    assert!(!renamed.is_empty());
    let told = parse::parse(&Source::File(whole)).unwrap_err();
    assert_eq!(
        told.list().iter().map(|it| it.complaint.key).collect::<Vec<_>>(),
        ["sheet_misspelt"]
    );
}

/// The texts of a workbook's notes.
fn notes_of(file: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut texts = String::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        if entry.name().unwrap().contains("comments") {
            std::io::Read::read_to_string(&mut entry, &mut texts).unwrap();
        }
    }
    texts
}

#[test]
fn the_marked_copy_of_two_slips_loads_when_they_are_mended() {
    let source = Source::File(book(&[("@2013-03-03", "3 марта"), ("Белова|Ксения", "Белова|")]));
    let problems = parse::parse(&source).unwrap_err();
    let copy = mark(&source, &problems, Locale::Ru).unwrap().unwrap();
    let whole = mended(&copy, |title, rows| {
        if title == "Ученики" {
            rows[1][4] = "03.03.2013".to_owned();
            rows[2][2] = "Ксения".to_owned();
        }
    });
    assert_eq!(parsed(&whole).unwrap(), parsed(&book(&[])).unwrap());
    // What is no workbook at all has no copy.
    let nothing = Source::File(b"hello".to_vec());
    let problems = parse::parse(&nothing).unwrap_err();
    assert_eq!(mark(&nothing, &problems, Locale::Ru).unwrap(), None);
}

#[test]
fn the_empty_workbook_loads_when_it_is_filled_and_its_examples_do_no_harm() {
    for locale in [Locale::Ru, Locale::En] {
        let empty = template(locale).unwrap();
        let problems = parse::parse(&Source::File(empty.clone())).unwrap_err();
        let keys: Vec<&str> = problems.list().iter().map(|it| it.complaint.key).collect();
        assert_eq!(keys, ["sheet_empty"; 8], "{}", problems.text(Locale::Ru));
        let text = String::from_utf8(data("tests/data/small.txt")).unwrap();
        let filled = mended(&empty, |title, rows| {
            let kind = layout::Kind::called(title).unwrap();
            let mut is_its = false;
            for line in text.lines() {
                match line.split_once(": ") {
                    Some((own, _)) => is_its = layout::Kind::called(own) == Some(kind),
                    None if is_its => {
                        rows.push(
                            line.split('|')
                                .map(|cell| cell.trim_start_matches(['#', '@']).to_owned())
                                .collect(),
                        );
                    }
                    None => {}
                }
            }
        });
        let told =
            parse::parse(&Source::File(filled)).unwrap_or_else(|problems| panic!("{}", problems.text(Locale::Ru)));
        assert_eq!(told.records, parsed(&book(&[])).unwrap());
        // Written over with the mark left in: said, not skipped.
        let over = mended(&empty, |title, rows| {
            if layout::Kind::called(title) == Some(layout::Kind::Subjects) {
                rows[1][0] = "Химия".to_owned();
            }
        });
        let told = parse::parse(&Source::File(over)).unwrap_err();
        assert!(told.list().iter().any(|it| it.complaint.key == "example_changed"));
    }
}
