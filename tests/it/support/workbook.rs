//! Workbooks to be loaded: a small school made for today, and the sample school with changes.
//!
//! The small one is for child processes, which live by the machine's own clock: no test may depend on the date.

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use chrono::{DateTime, Datelike as _, TimeDelta, Timelike as _, Utc};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

use super::databases::sample;

/// A school whose year holds the moment, with a lesson on every day of the week, and whose clocks stand near noon.
///
/// Its one class, 7А, has five pupils. Teacher `т1` gives algebra as lesson 3, from 11:00 to 13:59 or so.
pub fn school_of_today(now: DateTime<Utc>) -> Vec<u8> {
    // POSIX signs: Etc/GMT-10 is ten hours ahead.
    let ahead = 12 - i64::from(now.hour());
    let zone = match ahead {
        0 => "Etc/GMT".to_owned(),
        1.. => format!("Etc/GMT-{ahead}"),
        _ => format!("Etc/GMT+{}", -ahead),
    };
    let day = |days: i64| (now + TimeDelta::days(days)).format("%d.%m.%Y").to_string();
    let (starts, ends) = (day(-60), day(60));
    let year = format!("{}/{:02}", now.year(), (now.year() + 1) % 100);
    let weekdays = ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"];
    let mut timetable = vec![vec!["Класс", "День", "Урок", "Предмет", "Группа", "Кабинет"]];
    for weekday in weekdays {
        timetable.push(vec!["7А", weekday, "2", "Физика", "", "11"]);
        timetable.push(vec!["7А", weekday, "3", "Алгебра", "", "12"]);
    }
    let sheets: Vec<(&str, Vec<Vec<&str>>)> = vec![
        (
            "Школа",
            vec![
                vec!["Название", "Часовой пояс", "Телефон", "Учебный год", "Начало", "Конец"],
                vec!["Малая школа", &zone, "20-00-00", &year, &starts, &ends],
            ],
        ),
        (
            "Четверти",
            vec![
                vec!["Название", "С класса", "По класс", "Начало", "Конец"],
                vec!["I четверть", "1", "11", &starts, &ends],
            ],
        ),
        (
            "Каникулы",
            vec![vec!["Название", "С класса", "По класс", "Начало", "Конец"]],
        ),
        (
            "Звонки",
            vec![
                vec!["Урок", "Начало", "Конец"],
                vec!["1", "8:00", "8:45"],
                vec!["2", "9:00", "9:45"],
                vec!["3", "11:00", "13:59"],
            ],
        ),
        (
            "Сотрудники",
            vec![
                vec!["Код", "Фамилия", "Имя", "Отчество", "Роли"],
                vec!["т1", "Смирнова", "Елена", "Викторовна", "администратор"],
                vec!["т2", "Титов", "Вадим", "Андреевич", ""],
            ],
        ),
        ("Классы", vec![vec!["Класс", "Тьютор"], vec!["7А", "т1"]]),
        (
            "Ученики",
            vec![
                vec!["Код", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"],
                vec!["п1", "Белова", "Кира", "", "07.03.2013", "7А"],
                vec!["п2", "Волкова", "Анна", "", "08.03.2013", "7А"],
                vec!["п3", "Ким", "Марат", "", "09.03.2013", "7А"],
                vec!["п4", "Орлов", "Глеб", "", "10.03.2013", "7А"],
                vec!["п5", "Юдин", "Ян", "", "11.03.2013", "7А"],
            ],
        ),
        (
            "Родители",
            vec![
                vec!["Код", "Фамилия", "Имя", "Отчество", "Дети"],
                vec!["р1", "Белова", "Ольга", "Павловна", "п1"],
                vec!["р2", "Волкова", "Инна", "Петровна", "п2"],
                vec!["р3", "Ким", "Роман", "Ильич", "п3"],
            ],
        ),
        ("Предметы", vec![vec!["Предмет"], vec!["Алгебра"], vec!["Физика"]]),
        ("Группы", vec![vec!["Класс", "Предмет", "Группа", "Ученики"]]),
        (
            "Нагрузка",
            vec![
                vec!["Класс", "Предмет", "Группа", "Учитель", "Часов в неделю"],
                vec!["7А", "Алгебра", "", "т1", "7"],
                vec!["7А", "Физика", "", "т2", "7"],
            ],
        ),
        ("Расписание", timetable),
        (
            "Изменения",
            vec![vec![
                "Дата",
                "Класс",
                "Урок",
                "Предмет",
                "Группа",
                "Что",
                "На дату",
                "На урок",
                "Кто заменяет",
            ]],
        ),
    ];
    write(&sheets)
}

/// A workbook of texts.
pub fn write(sheets: &[(&str, Vec<Vec<&str>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (title, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*title).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet
                    .write(row.try_into().unwrap(), column.try_into().unwrap(), *cell)
                    .unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The sample school's workbook as texts, to be changed: sheet by sheet, row by row.
pub struct Sample(Vec<(String, Vec<Vec<String>>)>);

impl Sample {
    /// As it is.
    pub fn read() -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(sample())).unwrap();
        let sheets = book.worksheets();
        let rows = |range: &calamine::Range<Data>| range.rows().map(|row| row.iter().map(shown).collect()).collect();
        Self(
            sheets
                .iter()
                .map(|(title, range)| (title.clone(), rows(range)))
                .collect(),
        )
    }

    /// With one more row of a sheet.
    pub fn with(mut self, sheet: &str, row: &[&str]) -> Self {
        let rows = self.sheet(sheet);
        rows.push(row.iter().map(|cell| (*cell).to_owned()).collect());
        self
    }

    /// With another text wherever a sheet says this.
    pub fn saying(mut self, sheet: &str, (former, later): (&str, &str)) -> Self {
        let cells = self.sheet(sheet).iter_mut().flatten();
        let mut found = cells.filter(|cell| *cell == former).peekable();
        assert!(found.peek().is_some(), "{former} isn't there");
        found.for_each(|cell| later.clone_into(cell));
        self
    }

    fn sheet(&mut self, title: &str) -> &mut Vec<Vec<String>> {
        let found = self.0.iter_mut().find(|(known, _)| known == title);
        &mut found.unwrap_or_else(|| panic!("no sheet {title}")).1
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let borrowed: Vec<(&str, Vec<Vec<&str>>)> = self
            .0
            .iter()
            .map(|(title, rows)| {
                let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
                (title.as_str(), rows.collect())
            })
            .collect();
        write(&borrowed)
    }
}

fn shown(cell: &Data) -> String {
    match cell.as_datetime() {
        Some(at) if cell.is_datetime() && at.date().year() < 1950 => at.format("%H:%M").to_string(),
        Some(at) if cell.is_datetime() => at.format("%d.%m.%Y").to_string(),
        _ => cell.to_string(),
    }
}
